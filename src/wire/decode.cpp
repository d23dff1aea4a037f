#include "wire/decode.h"

#include <algorithm>
#include <cstring>
#include <utility>

#include "base/text.h"
#include "wire/collector.h"
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

class Decoder {
public:
    Decoder(std::string_view bytes, const Layout& layout, Collector& collector)
        : bytes_(bytes),
          layout_(layout),
          tables_(layout.tables()),
          collector_(collector),
          source_(layout.name()),
          counts_(layout.records().size(), 0) {
        records_.reserve(bytes.size() / (layout.record_length() + 2) + 1);
    }

    std::vector<Record> read() {
        std::size_t at = 0;
        while (at < bytes_.size() && !collector_.may_stop() && !is_stopped_) {
            ++line_;
            at = read_line(at);
        }
        if (!is_stopped_) check_end();
        return std::move(records_);
    }

private:
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
        const bool has_length = line.content.size() == layout_.record_length();
        if (index < 0) refuse("record_code", "0002", 1, 2);
        if (!has_length) {
            refuse("record_length", "0804", 0, 0, {{"expected", std::to_string(layout_.record_length())}});
        }
        if (!line.has_crlf) refuse("crlf_missing", "8095", 0, 0);
        if (index < 0) return line.next;
        begin_record(at, index);
        if (has_length) {
            read_misshapen(line.content.data(), tables_.records[static_cast<std::size_t>(index)], index);
            if (index == tables_.header) check_mark(line.content.data());
        } else if (index == tables_.header && !layout_.mark_value().empty()) {
            refuse_unmarked();
        }
        return line.next;
    }

    int index_of(const char* bytes) const {
        const auto tens = static_cast<unsigned>(bytes[0] - '0');
        const auto ones = static_cast<unsigned>(bytes[1] - '0');
        if (tens > 9 || ones > 9) return -1;
        return tables_.record_of_code[tens * 10 + ones];
    }

    // Level 2: is this record allowed here.
    void begin_record(std::size_t at, int index) {
        records_.push_back({static_cast<std::uint32_t>(at), line_, static_cast<std::uint8_t>(index), false});
        ++counts_[static_cast<std::size_t>(index)];
        const auto& now = tables_.order.states[static_cast<std::size_t>(state_)];
        const auto next = now.next[static_cast<std::size_t>(index)];
        if (next >= 0) {
            state_ = next;
        } else {
            recover_order(now, index);
        }
        if (index == tables_.closing) closing_ = records_.size() - 1;
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
        if (now.record == tables_.closing && closing_ < records_.size()) return check_closing();
        if (!now.may_end && !collector_.may_stop()) refuse("closing_missing", "8026", 0, 0);
    }

    // When lines were odd the counts say nothing new.
    void check_closing() {
        if (has_line_fault_) return;
        const Record& record = records_[closing_];
        const char* bytes = bytes_.data() + record.offset;
        for (const CountRule& rule : tables_.counts) check_count(bytes, record, rule);
        if (tables_.total.present && is_total_known_) check_total(bytes, record);
    }

    void check_count(const char* bytes, const Record& record, const CountRule& rule) {
        const auto stated = base::parse_digits({bytes + rule.field.offset, rule.field.length});
        if (!stated || *stated == counted(rule)) return;  // letters are told by the fields
        tell_closing("closing_count", record, rule.field, {{"found", std::to_string(counted(rule))}});
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

    void check_total(const char* bytes, const Record& record) {
        const TotalRule& rule = tables_.total;
        const auto stated = base::parse_digits({bytes + rule.amount.offset, rule.amount.length});
        if (!stated) return;
        const std::int64_t with_sign = bytes[rule.sign.offset] == 'C' ? -*stated : *stated;
        if (with_sign != total_) tell_closing("closing_total", record, rule.amount, {});
    }

    void tell_closing(const char* code, const Record& record, const Column& column, base::Params params) {
        const Field& field = layout_.field(column);
        const base::Where where{collector_.file(), static_cast<long>(record.line), field.id, field.position,
                                field.position + field.length - 1};
        collector_.add({code, Severity::file_refused, where, std::move(params), field.return_code, source_});
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
        Record& record = records_.back();
        const Field& field = layout_.records()[record.index].fields[static_cast<std::size_t>(index)];
        if (severity != Severity::note) record.refused = true;
        const base::Where where{collector_.file(), static_cast<long>(line_), field.id, field.position,
                                field.position + field.length - 1};
        collector_.add({code, severity, where, {{"name", field.name}}, return_code, source_});
    }

    std::string_view bytes_;
    const Layout& layout_;
    const Tables& tables_;
    Collector& collector_;
    std::string source_;
    std::vector<Record> records_;
    std::vector<std::int64_t> counts_;  // per kind of record
    std::uint32_t line_ = 0;
    int state_ = 0;
    std::size_t closing_ = SIZE_MAX;  // index of record 99
    std::int64_t detail_number_ = 0;
    std::int64_t comment_number_ = 0;
    std::int64_t total_ = 0;
    bool is_total_known_ = true;
    bool has_line_fault_ = false;
    bool is_stopped_ = false;
};

// Level 1 for a layout that is given.
bool has_size(std::string_view bytes, Collector& collector) {
    const char* code = bytes.empty()                   ? "file_empty"
                       : bytes.size() > file_bytes_max ? "file_over_limit"
                                                       : nullptr;
    if (code == nullptr) return true;
    collector.add({code, Severity::file_refused, {collector.file(), 0, "", 0, 0}, {}, "0001", "ei"});
    return false;
}

}  // namespace

std::optional<Message> decode(std::string bytes, LayoutRef layout, const std::string& file,
                              base::Findings& findings) {
    BUNDEL_ASSERT(layout != nullptr);
    Collector collector(findings, findings_max, file);
    if (!has_size(bytes, collector)) return std::nullopt;
    std::vector<Record> records = Decoder(bytes, *layout, collector).read();
    collector.finish();
    if (collector.is_refused()) return std::nullopt;
    return Message(std::move(layout), file, std::move(bytes), std::move(records));
}

std::optional<Message> decode(std::string bytes, const Layouts& layouts, const std::string& file,
                              base::Findings& findings) {
    LayoutRef layout = layouts.recognise(bytes, file, findings);
    if (layout == nullptr) return std::nullopt;
    return decode(std::move(bytes), std::move(layout), file, findings);
}

}  // namespace bundel::wire
