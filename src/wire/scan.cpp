#include "wire/scan.h"

#include <algorithm>
#include <cstring>
#include <optional>
#include <utility>

#include "base/text.h"
#include "wire/collector.h"
#include "wire/decode.h"
#include "wire/swar.h"
#include "wire/tables.h"

namespace bundel::wire {
namespace {

using base::Severity;

constexpr std::int64_t unreadable = -1;

// Every byte in the class of its column. No branch per byte: the compiler makes vectors of it.
bool has_classes(const char* bytes, const RecordTables& tables) {
    const std::uint8_t* low = tables.low.data();
    const std::uint8_t* span = tables.span.data();
    const std::size_t size = tables.low.size();
    std::uint8_t bad = 0;
    for (std::size_t i = 0; i < size; ++i) {
        const auto above = static_cast<std::uint8_t>(static_cast<std::uint8_t>(bytes[i]) - low[i]);
        bad = static_cast<std::uint8_t>(bad | (std::max(above, span[i]) ^ span[i]));
    }
    return bad == 0;
}

// False: perhaps a mandatory field is empty. True: surely none is.
bool has_mandatory(const char* bytes, const RecordTables& tables) {
    bool is_filled = true;
    for (const FilledProbe& probe : tables.mandatory) {
        is_filled &= ((load8(bytes + probe.offset) & probe.mask) != probe.fill);
    }
    return is_filled;
}

// Contract: has_classes.
bool has_days(const char* bytes, const RecordTables& tables) {
    bool are_days = true;
    for (const std::uint16_t offset : tables.date_offsets) are_days &= is_day_or_zeros(bytes + offset);
    return are_days;
}

std::string_view view_of(const char* bytes, const Field& field) {
    return {bytes + field.position - 1, static_cast<std::size_t>(field.length)};
}

bool has_control(std::string_view field) {
    return std::any_of(field.begin(), field.end(),
                       [](char c) { return static_cast<unsigned char>(c) < ' '; });
}

// One line of the file, without its line end.
struct Line {
    std::string_view content;
    std::size_t next = 0;  // offset of the next line
    bool has_crlf = false;
};

Line split_line(std::string_view bytes, std::size_t at) {
    const auto end = bytes.find('\n', at);
    if (end == std::string_view::npos) return {bytes.substr(at), bytes.size(), false};
    Line line{bytes.substr(at, end - at), end + 1, false};
    if (!line.content.empty() && line.content.back() == '\r') {
        line.content.remove_suffix(1);
        line.has_crlf = true;
    }
    return line;
}

}  // namespace

// All of a Scan; here so that the header needs no tables.
class Scan::Lines {
public:
    Lines(LayoutRef layout, std::string file, base::Findings& findings, Sink sink)
        : layout_ref_(std::move(layout)),
          layout_(*layout_ref_),
          tables_(layout_.tables()),
          collector_(findings, findings_max, std::move(file)),
          sink_(std::move(sink)),
          source_(layout_.name()),
          counts_(layout_.records().size(), 0) {}

    void feed(std::string_view block) {
        if (is_done()) return;
        total_bytes_ += block.size();
        if (total_bytes_ > file_bytes_max) return refuse_file("file_over_limit");
        if (is_skipping_ && !skip_line(block)) return;
        if (!carry_.empty() && !complete_carry(block)) return;
        const auto last = block.rfind('\n');
        const std::size_t whole = last == std::string_view::npos ? 0 : last + 1;
        read_lines(block.substr(0, whole));
        carry(block.substr(whole));
    }

    void finish() {
        if (!carry_.empty()) read_lines(std::exchange(carry_, {}));
        if (total_bytes_ == 0) refuse_file("file_empty");
        if (!is_stopped_) check_end();
        collector_.finish();
    }

    bool is_refused() const { return collector_.is_refused(); }
    bool is_done() const { return is_stopped_ || collector_.may_stop(); }

private:
    // Level 1: nothing of the lines is looked at any more.
    void refuse_file(const char* code) {
        is_stopped_ = true;
        collector_.add({code, Severity::file_refused, {collector_.file(), 0, "", 0, 0}, {}, "0001", "ei"});
    }

    // The rest of a line that was too long. False: it does not end in this block.
    bool skip_line(std::string_view& block) {
        const auto end = block.find('\n');
        if (end == std::string_view::npos) return false;
        block.remove_prefix(end + 1);
        is_skipping_ = false;
        return true;
    }

    // The line that began in an earlier block. False: it does not end in this one.
    bool complete_carry(std::string_view& block) {
        const auto end = block.find('\n');
        const std::size_t taken = end == std::string_view::npos ? block.size() : end + 1;
        const std::string_view rest = block.substr(taken);
        carry_ += block.substr(0, std::min(taken, line_bytes_max + 1));
        if (end == std::string_view::npos) return carry({}), false;
        read_lines(std::exchange(carry_, {}));
        block = rest;
        return true;
    }

    // Keeps the beginning of a line; of one that is too long no more than shows that it is.
    void carry(std::string_view begin) {
        carry_ += begin.substr(0, line_bytes_max + 1);
        if (carry_.size() <= line_bytes_max) return;
        read_lines(std::exchange(carry_, {}));
        is_skipping_ = true;
    }

    void read_lines(std::string_view lines) {
        bytes_ = lines;
        for (std::size_t at = 0; at < bytes_.size() && !is_done();) {
            ++line_;
            at = read_line(at);
        }
        offset_ += lines.size();
    }

    // The usual line: as long as the layout says, known code, every byte in its class. Anything else is
    // looked at with care.
    std::size_t read_line(std::size_t at) {
        const std::size_t length = layout_.record_length();
        const char* bytes = bytes_.data() + at;
        const bool is_whole =
            at + length + 2 <= bytes_.size() && bytes[length] == '\r' && bytes[length + 1] == '\n';
        const int index = is_whole ? index_of(bytes) : -1;
        if (index < 0) return read_odd_line(at);
        const RecordTables& tables = tables_.records[static_cast<std::size_t>(index)];
        const bool has_shape = has_classes(bytes, tables);
        if (!has_shape && std::memchr(bytes, '\n', length) != nullptr) return read_odd_line(at);
        begin_record(at, index);
        if (has_shape) {
            check_numbers(bytes, tables, index, true);
            add_to_total(bytes, index, true);
            if (!has_mandatory(bytes, tables) || !has_days(bytes, tables)) check_fields(bytes, index);
        } else {
            read_misshapen(bytes, tables, index);
        }
        if (index == tables_.header) check_mark(bytes);
        sink_(record_, {bytes, length});
        return at + length + 2;
    }

    void read_misshapen(const char* bytes, const RecordTables& tables, int index) {
        check_numbers(bytes, tables, index, false);
        add_to_total(bytes, index, false);
        check_fields(bytes, index);
    }

    // Wrong length, no CRLF, or a code that is not known. The order is still followed.
    std::size_t read_odd_line(std::size_t at) {
        const Line line = split_line(bytes_, at);
        has_line_fault_ = true;
        if (line.content.empty()) {
            refuse("crlf_without_record", "8095", 0, 0);
            return line.next;
        }
        const int index = line.content.size() < 2 ? -1 : index_of(line.content.data());
        check_line(line, index);
        if (index < 0) {
            record_ = {offset_of(at), line_, Record::unknown, true};
        } else {
            begin_record(at, index);
            check_odd_record(line.content, index);
        }
        sink_(record_, line.content.substr(0, line_bytes_max + 1));
        return line.next;
    }

    void check_line(const Line& line, int index) {
        if (index < 0) refuse("record_code", "0002", 1, 2);
        if (line.content.size() != layout_.record_length())
            refuse("record_length", "0804", 0, 0, {{"expected", std::to_string(layout_.record_length())}});
        // The end of a line that is too long was not seen.
        if (!line.has_crlf && line.content.size() <= line_bytes_max) refuse("crlf_missing", "8095", 0, 0);
    }

    void check_odd_record(std::string_view content, int index) {
        if (content.size() == layout_.record_length()) {
            read_misshapen(content.data(), tables_.records[static_cast<std::size_t>(index)], index);
            if (index == tables_.header) check_mark(content.data());
        } else if (index == tables_.header && !layout_.mark_value().empty()) {
            refuse_unmarked();
        }
    }

    std::uint32_t offset_of(std::size_t at) const { return static_cast<std::uint32_t>(offset_ + at); }

    int index_of(const char* bytes) const {
        const auto tens = static_cast<unsigned>(bytes[0] - '0');
        const auto ones = static_cast<unsigned>(bytes[1] - '0');
        if (tens > 9 || ones > 9) return -1;
        return tables_.record_of_code[tens * 10 + ones];
    }

    // Level 2: is this record allowed here.
    void begin_record(std::size_t at, int index) {
        record_ = {offset_of(at), line_, static_cast<std::uint8_t>(index), false};
        ++counts_[static_cast<std::size_t>(index)];
        const auto& now = tables_.order.states[static_cast<std::size_t>(state_)];
        const auto next = now.next[static_cast<std::size_t>(index)];
        if (next >= 0) {
            state_ = next;
        } else {
            recover_order(now, index);
        }
        if (index != tables_.closing) return;
        closing_line_ = line_;
        closing_bytes_ = bytes_.substr(at, layout_.record_length());
    }

    void recover_order(const Order::State& now, int index) {
        has_line_fault_ = true;
        refuse(order_code(now, index), "8026", 1, 2,
               {{"record", layout_.records()[static_cast<std::size_t>(index)].code}});
        const bool keeps_place =
            index == tables_.header || index == tables_.comment || now.record == tables_.closing;
        if (!keeps_place || state_ == 0) state_ = tables_.order.first_state[static_cast<std::size_t>(index)];
    }

    const char* order_code(const Order::State& now, int index) const {
        if (state_ == 0) return "header_missing";
        if (index == tables_.header) return "header_repeated";
        if (now.record == tables_.closing) {
            return index == tables_.closing ? "closing_repeated" : "record_after_closing";
        }
        if (index == tables_.comment) return "comment_without_detail";
        if (now.record == index && !now.may_repeat) return "record_repeated";
        return "record_order";
    }

    // Level 2: numbers of detail records and comments.
    void check_numbers(const char* bytes, const RecordTables& tables, int index, bool has_shape) {
        if (!tables.is_detail) return;
        const char* at = bytes + tables.number_offset;
        const std::int64_t number = has_shape || base::all_digits({at, 12}) ? number12(at) : unreadable;
        if (index == tables_.comment) {
            if (number != detail_number_) refuse_field("comment_other_detail", "0801", tables.number_field);
            return check_comment_number(bytes, tables, has_shape);
        }
        const bool follows = layout_.is_return() ? number > detail_number_ : number == detail_number_ + 1;
        if (!follows) refuse_field("detail_number", "0801", tables.number_field);
        if (number != unreadable) detail_number_ = number;
        comment_number_ = 0;
    }

    void check_comment_number(const char* bytes, const RecordTables& tables, bool has_shape) {
        const char* at = bytes + tables.comment_offset;
        const std::int64_t number = has_shape || base::all_digits({at, 4}) ? number4(at) : unreadable;
        const bool follows = layout_.is_return() ? number > comment_number_ : number == comment_number_ + 1;
        comment_number_ = layout_.is_return() ? std::max(number, comment_number_) : comment_number_ + 1;
        if (follows || number == unreadable) return;  // letters are told by the fields
        add_field("comment_number", "0754", Severity::line_refused, tables.comment_field);
    }

    void add_to_total(const char* bytes, int index, bool has_shape) {
        const TotalRule& rule = tables_.total;
        if (!rule.present || index != rule.of_amount.record) return;
        const char* at = bytes + rule.of_amount.offset;
        const bool is_known = has_shape || base::all_digits({at, rule.of_amount.length});
        is_total_known_ &= is_known;
        if (!is_known) return;
        const std::int64_t amount =
            rule.of_amount.length == 8 ? number8(at) : *base::parse_digits({at, rule.of_amount.length});
        total_ += bytes[rule.of_sign.offset] == 'C' ? -amount : amount;
    }

    // Level 3, field by field.
    void check_fields(const char* bytes, int index) {
        const RecordLayout& record = layout_.records()[static_cast<std::size_t>(index)];
        for (std::size_t i = 0; i < record.fields.size(); ++i) {
            const Field& field = record.fields[i];
            const char* code = shape_fault(view_of(bytes, field), field);
            if (code == nullptr) continue;
            add_field(code, field.return_code, field.severity, static_cast<int>(i));
        }
    }

    static const char* shape_fault(std::string_view value, const Field& field) {
        if (!field.constant.empty()) return value == field.constant ? nullptr : "field_constant";
        if (field.kind == Kind::text && has_control(value)) return "field_control_character";
        if (field.use == Use::reserve) return is_empty(value, Kind::text) ? nullptr : "field_reserve";
        if (field.kind == Kind::digits && !base::all_digits(value)) return "field_not_digits";
        if (field.is_date && !is_day_or_zeros(value.data())) return "field_no_date";
        const bool must_be_filled = field.use == Use::mandatory && !field.zero_is_value;
        return must_be_filled && is_empty(value, field.kind) ? "field_empty" : nullptr;
    }

    void check_mark(const char* bytes) {
        if (layout_.mark_value().empty()) return;
        const Column& mark = layout_.mark_column();
        if (std::string_view(bytes + mark.offset, mark.length) != layout_.mark_value()) refuse_unmarked();
    }

    void refuse_unmarked() {
        refuse_field("provisional_layout_unmarked", "", layout_.mark_column().field);
        is_stopped_ = true;
    }

    // Level 2 and 3: is there a closing record, and does it count what was read.
    void check_end() {
        const auto& now = tables_.order.states[static_cast<std::size_t>(state_)];
        if (now.record == tables_.closing && closing_line_ > 0) return check_closing();
        if (!now.may_end && !collector_.may_stop()) refuse("closing_missing", "8026", 0, 0);
    }

    // When lines were odd the counts say nothing new.
    void check_closing() {
        if (has_line_fault_) return;
        for (const CountRule& rule : tables_.counts) check_count(rule);
        if (tables_.total.present && is_total_known_) check_total();
    }

    std::optional<std::int64_t> stated(const Column& column) const {  // letters are told by the fields
        return base::parse_digits(std::string_view(closing_bytes_).substr(column.offset, column.length));
    }

    void check_count(const CountRule& rule) {
        const auto count = stated(rule.field);
        if (!count || *count == counted(rule)) return;
        tell_closing("closing_count", rule.field, {{"found", std::to_string(counted(rule))}});
    }

    std::int64_t counted(const CountRule& rule) const {
        if (rule.record >= 0) return counts_[static_cast<std::size_t>(rule.record)];
        if (rule.record == CountRule::none) return 0;
        std::int64_t details = 0;
        for (std::size_t i = 0; i < counts_.size(); ++i) {
            if (tables_.records[i].is_detail) details += counts_[i];
        }
        return details;
    }

    void check_total() {
        const TotalRule& rule = tables_.total;
        const auto total = stated(rule.amount);
        if (!total) return;
        const std::int64_t with_sign = closing_bytes_[rule.sign.offset] == 'C' ? -*total : *total;
        if (with_sign != total_) tell_closing("closing_total", rule.amount, {});
    }

    void tell_closing(const char* code, const Column& column, base::Params params) {
        const Field& field = layout_.field(column);
        collector_.add({code, Severity::file_refused, where(field, closing_line_), std::move(params),
                        field.return_code, source_});
    }

    base::Where where(const Field& field, std::uint32_t line) const {
        return {collector_.file(), static_cast<long>(line), field.id, field.position,
                field.position + field.length - 1};
    }

    void refuse(const char* code, const char* return_code, int first, int last, base::Params params = {}) {
        collector_.add({code,
                        Severity::file_refused,
                        {collector_.file(), static_cast<long>(line_), "", first, last},
                        std::move(params),
                        return_code,
                        source_});
    }

    void refuse_field(const char* code, const char* return_code, int field) {
        has_line_fault_ = true;
        add_field(code, return_code, Severity::file_refused, field);
    }

    // About a field of the record read last.
    void add_field(const char* code, const std::string& return_code, Severity severity, int index) {
        const Field& field = layout_.records()[record_.index].fields[static_cast<std::size_t>(index)];
        if (severity != Severity::note) record_.refused = true;
        collector_.add({code, severity, where(field, line_), {{"name", field.name}}, return_code, source_});
    }

    LayoutRef layout_ref_;
    const Layout& layout_;
    const Tables& tables_;
    Collector collector_;
    Sink sink_;
    std::string source_;
    std::vector<std::int64_t> counts_;  // per kind of record
    std::string carry_;                 // the beginning of a line that did not end yet
    std::string_view bytes_;            // the lines being read
    std::size_t offset_ = 0;            // of bytes_ in the file
    std::size_t total_bytes_ = 0;
    Record record_;  // read last
    std::uint32_t line_ = 0;
    int state_ = 0;
    std::string closing_bytes_;  // record 99
    std::uint32_t closing_line_ = 0;
    std::int64_t detail_number_ = 0;
    std::int64_t comment_number_ = 0;
    std::int64_t total_ = 0;
    bool is_total_known_ = true;
    bool has_line_fault_ = false;
    bool is_skipping_ = false;  // the rest of a line that is too long
    bool is_stopped_ = false;
};

Scan::Scan(LayoutRef layout, std::string file, base::Findings& findings, Sink sink) {
    BUNDEL_ASSERT(layout != nullptr);
    lines_ = std::make_unique<Lines>(std::move(layout), std::move(file), findings, std::move(sink));
}

Scan::~Scan() = default;

void Scan::feed(std::string_view block) {
    lines_->feed(block);
}

void Scan::finish() {
    lines_->finish();
}

bool Scan::is_refused() const {
    return lines_->is_refused();
}

bool Scan::is_done() const {
    return lines_->is_done();
}

}  // namespace bundel::wire
