#include "wire/layout.h"

#include <set>

#include "base/text.h"
#include "wire/layout_reader.h"
#include "wire/tables.h"

namespace bundel::wire {

using base::Done;
using base::Error;
using base::Result;

namespace {

constexpr std::size_t record_length_min = 16;
constexpr std::size_t record_length_max = 4096;

Error wrong_value(const char* key) {
    return Error{"layout_value", {{"key", key}}};
}

bool constant_fits(const Field& field) {
    if (field.constant.empty()) return true;
    if (field.constant.size() != static_cast<std::size_t>(field.length)) return false;
    return field.kind == Kind::text || base::all_digits(field.constant);
}

Result<Done> check_fields(const RecordLayout& record, std::size_t record_length, std::set<std::string>& ids) {
    int next = 1;
    for (const Field& field : record.fields) {
        if (field.position != next || field.length < 1) {
            return Error{"layout_gap", {{"record", record.code}, {"field", field.id}}};
        }
        if (!ids.insert(field.id).second) return Error{"layout_field_double", {{"field", field.id}}};
        if (!constant_fits(field)) return wrong_value("const");
        if (field.is_date && (field.length != 8 || field.kind != Kind::digits)) return wrong_value("pattern");
        next += field.length;
    }
    const bool fits = static_cast<std::size_t>(next - 1) == record_length && record.fields.size() <= 255;
    if (!fits) return Error{"layout_length", {{"record", record.code}}};
    return Done{};
}

Result<Done> check_records(const LayoutText& text) {
    std::set<std::string> codes;
    std::set<std::string> ids;
    for (const RecordLayout& record : text.records) {
        const bool is_code = record.code.size() == 2 && base::all_digits(record.code);
        if (!is_code || !codes.insert(record.code).second) return wrong_value("code");
        BUNDEL_TRY_DONE(check_fields(record, static_cast<std::size_t>(text.record_length), ids));
        const Field& mark = record.fields.front();
        if (mark.constant != record.code) return wrong_value("const");
    }
    for (const auto code : {code_header, code_comment, code_closing}) {
        if (codes.count(std::string(code)) == 0)
            return Error{"layout_structure", {{"record", std::string(code)}}};
    }
    return Done{};
}

// "2.2" and "3.2-provisional" -> 2, 2 and 3, 2.
Result<std::pair<std::string, std::string>> version_digits(const std::string& version) {
    const auto plain = std::string_view(version).substr(0, version.find('-'));
    const auto parts = base::split(plain, '.');
    if (parts.size() != 2) return wrong_value("version");
    const auto major = base::parse_digits(parts[0], 99);
    const auto minor = base::parse_digits(parts[1], 99);
    if (!major || !minor) return wrong_value("version");
    return std::pair{base::zero_padded(*major, 2), base::zero_padded(*minor, 2)};
}

bool is_number(const Layout& layout, const Column& column, std::size_t length_max) {
    return layout.field(column).kind == Kind::digits && column.length <= length_max;
}

}  // namespace

// Fills a Layout step by step; the steps depend on those before.
class LayoutReader {
public:
    LayoutReader(LayoutText text, std::string ei_code)
        : text_(std::move(text)), ei_code_(std::move(ei_code)) {}

    Result<Layout> read() {
        layout_.text_ = std::make_shared<const LayoutText>(text_);
        BUNDEL_TRY_DONE(read_head());
        fill_ei_code();
        BUNDEL_TRY_DONE(check_records(text_));
        layout_.records_ = std::move(text_.records);
        name_columns();
        BUNDEL_TRY_DONE(check_header());
        BUNDEL_TRY_DONE(read_mark());
        BUNDEL_TRY_DONE(compile());
        layout_.tables_ = std::make_shared<const Tables>(std::move(tables_));
        return std::move(layout_);
    }

private:
    Result<Done> read_head() {
        const auto length = static_cast<std::size_t>(text_.record_length);
        if (length < record_length_min || length > record_length_max) return wrong_value("record_length");
        if (static_cast<std::size_t>(text_.heen_length) >= length) return wrong_value("heen_length");
        if (ei_code_.size() != 3 || !base::all_digits(ei_code_)) return wrong_value("ei_code");
        if (text_.status != "verified" && text_.status != "provisional") return wrong_value("status");
        if (text_.records.empty() || text_.records.size() > 50) return wrong_value("records");
        BUNDEL_TRY(digits, version_digits(text_.version));
        layout_.message_ = text_.message;
        layout_.version_ = text_.version;
        layout_.source_ = text_.source;
        layout_.insert_ = text_.insert;
        layout_.ei_code_ = ei_code_;
        layout_.version_digits_ = digits.first;
        layout_.subversion_digits_ = digits.second;
        layout_.status_ = text_.status == "verified" ? Status::verified : Status::provisional;
        layout_.record_length_ = length;
        layout_.heen_length_ = static_cast<std::size_t>(text_.heen_length);
        return Done{};
    }

    // A message that goes by several codes states none in its columns; its layout is that of one of them.
    void fill_ei_code() {
        if (text_.ei_codes.size() < 2) return;
        for (RecordLayout& record : text_.records) {
            const bool has_code = record.code == code_header && record.fields.size() > 1;
            if (has_code) record.fields[1].constant = ei_code_;
        }
    }

    // Of two fields with one name the first; check_records refuses them.
    void name_columns() {
        for (std::size_t record = 0; record < layout_.records_.size(); ++record) {
            const auto& fields = layout_.records_[record].fields;
            for (std::size_t i = 0; i < fields.size(); ++i) {
                layout_.columns_.emplace(
                    fields[i].id,
                    Column{static_cast<std::uint16_t>(fields[i].position - 1),
                           static_cast<std::uint16_t>(fields[i].length), static_cast<std::uint8_t>(record),
                           static_cast<std::uint8_t>(i), fields[i].kind});
            }
        }
    }

    // Record 01 names the message in its first nine positions: recognise() reads no further.
    Result<Done> check_header() {
        const auto& fields =
            layout_.records_[static_cast<std::size_t>(layout_.record_index(code_header))].fields;
        std::string first;
        for (std::size_t i = 0; i < std::min<std::size_t>(4, fields.size()); ++i) first += fields[i].constant;
        const auto wanted = std::string(code_header) + layout_.ei_code_ + layout_.version_digits_ +
                            layout_.subversion_digits_;
        if (first != wanted) return wrong_value("const");
        return Done{};
    }

    Result<Done> read_mark() {
        const bool is_provisional = layout_.status_ == Status::provisional;
        if (text_.mark_value.empty()) return is_provisional ? Result<Done>(wrong_value("mark")) : Done{};
        BUNDEL_TRY(column, layout_.column(text_.mark_field));
        const bool fits = column.kind == Kind::text && column.length == text_.mark_value.size();
        if (!fits || column.record != layout_.record_index(code_header)) return wrong_value("mark");
        layout_.mark_column_ = column;
        layout_.mark_value_ = text_.mark_value;
        return Done{};
    }

    Result<Done> compile() {
        tables_.record_of_code.fill(-1);
        for (std::size_t i = 0; i < layout_.records_.size(); ++i) {
            const RecordLayout& record = layout_.records_[i];
            tables_.records.push_back(compile_record(record, layout_.record_length_));
            tables_.record_of_code[static_cast<std::size_t>(*base::parse_digits(record.code))] =
                static_cast<std::int8_t>(i);
            const RecordTables& compiled = tables_.records.back();
            if (compiled.is_detail && compiled.number_offset < 0) return wrong_value("NUM040");
            if (record.code == code_comment && compiled.comment_offset < 0) return wrong_value("NUM109");
        }
        tables_.header = layout_.record_index(code_header);
        tables_.comment = layout_.record_index(code_comment);
        tables_.closing = layout_.record_index(code_closing);
        BUNDEL_TRY(order, compile_order(layout_, text_.structure, text_.header_alone));
        tables_.order = std::move(order);
        BUNDEL_TRY_DONE(compile_counts());
        return compile_total();
    }

    Result<Done> compile_counts() {
        for (const auto& count : text_.counts) {
            BUNDEL_TRY(column, layout_.column(count.field));
            const bool in_closing = column.record == tables_.closing && is_number(layout_, column, 18);
            if (!in_closing) return wrong_value("counts");
            const int record =
                count.record == "detail" ? CountRule::all_details : layout_.record_index(count.record);
            tables_.counts.push_back({column, record});
        }
        return Done{};
    }

    Result<Done> compile_total() {
        if (text_.total_field.empty()) return Done{};
        BUNDEL_TRY(amount, layout_.column(text_.total_field));
        BUNDEL_TRY(sign, layout_.column(text_.total_sign));
        BUNDEL_TRY(of_amount, layout_.column(text_.total_of));
        BUNDEL_TRY(of_sign, layout_.column(text_.total_of_sign));
        const bool in_closing = amount.record == tables_.closing && sign.record == tables_.closing;
        const bool in_detail = of_amount.record == of_sign.record && of_amount.record != tables_.closing;
        // Nine digits of cents: a billion records sum without overflow.
        const bool are_numbers = is_number(layout_, amount, 18) && is_number(layout_, of_amount, 9);
        const bool are_signs = sign.length == 1 && of_sign.length == 1;
        if (!in_closing || !in_detail || !are_numbers || !are_signs) return wrong_value("total");
        tables_.total = {true, amount, sign, of_amount, of_sign};
        return Done{};
    }

    LayoutText text_;
    std::string ei_code_;
    Layout layout_;
    Tables tables_;
};

Result<Layout> build_layout(LayoutText text, const std::string& ei_code) {
    return LayoutReader(std::move(text), ei_code).read();
}

Result<Layout> Layout::parse(std::string_view json) {
    BUNDEL_TRY(file, read_file_text(json));
    auto* text = std::get_if<LayoutText>(&file);
    if (text == nullptr) return wrong_value("kind");
    const std::string ei_code = text->ei_codes.front();
    return build_layout(std::move(*text), ei_code);
}

Result<Done> check_insert(const InsertText& insert) {
    const LayoutText& text = insert.text;
    if (text.records.size() != 1 || text.structure.size() != 1) return wrong_value("records");
    if (text.status != "verified" && text.status != "provisional") return wrong_value("status");
    std::set<std::string> ids;
    const RecordLayout& record = text.records.front();
    BUNDEL_TRY_DONE(check_fields(record, static_cast<std::size_t>(text.record_length), ids));
    const bool is_record = record.fields.front().constant == record.code && ids.count(insert.reserve) == 1;
    return is_record ? Result<Done>(Done{}) : wrong_value("reserve");
}

int Layout::record_index(std::string_view code) const {
    for (std::size_t i = 0; i < records_.size(); ++i) {
        if (records_[i].code == code) return static_cast<int>(i);
    }
    return -1;
}

Result<Column> Layout::column(std::string_view id) const {
    if (const auto found = columns_.find(id); found != columns_.end()) return found->second;
    return Error{"layout_field_unknown", {{"layout", name()}, {"field", std::string(id)}}};
}

}  // namespace bundel::wire
