#include "wire/csv.h"

#include <algorithm>

#include "base/text.h"
#include "values/cents.h"
#include "values/date.h"
#include "values/identifiers.h"
#include "wire/collector.h"
#include "wire/decode.h"
#include "wire/utf8.h"

namespace bundel::wire {
namespace {

using base::Severity;

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

char lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

std::string header_name(std::string_view text) {
    std::string name(base::trim(text));
    std::transform(name.begin(), name.end(), name.begin(), lower);
    return name;
}

// The separator that occurs most in the first line, outside quotes.
char separator_of(std::string_view bytes) {
    long semicolons = 0;
    long commas = 0;
    bool in_quotes = false;
    for (const char c : bytes) {
        if (c == '"') in_quotes = !in_quotes;
        if (in_quotes) continue;
        if (c == '\n') break;
        semicolons += c == ';' ? 1 : 0;
        commas += c == ',' ? 1 : 0;
    }
    return commas > semicolons ? ',' : ';';
}

class CsvReader {
public:
    CsvReader(std::string_view bytes, char separator, Collector& collector)
        : bytes_(bytes), separator_(separator), collector_(collector) {}

    bool at_end() const { return at_ >= bytes_.size(); }
    long line() const { return line_; }

    // The cells of the next row. False: a fault that makes the rest unreadable.
    bool read_row(std::vector<std::string>& cells) {
        cells.clear();
        row_line_ = line_;
        while (true) {
            std::string cell;
            const bool is_read = starts_with('"') ? read_quoted(cell) : read_plain(cell);
            if (!is_read) return false;
            cells.push_back(std::move(cell));
            if (at_end() || take_line_end()) return true;
            ++at_;  // the separator
        }
    }

    long row_line() const { return row_line_; }

    void refuse(const char* code, long line) {
        collector_.add(
            {code, Severity::file_refused, {collector_.file(), line, "", 0, 0}, {}, "", "RFC 4180"});
    }

private:
    bool starts_with(char c) const { return at_ < bytes_.size() && bytes_[at_] == c; }

    bool at_line_end() const {
        return starts_with('\n') || (starts_with('\r') && bytes_.substr(at_, 2) == "\r\n");
    }

    bool take_line_end() {
        if (!at_line_end()) return false;
        at_ += bytes_[at_] == '\r' ? 2U : 1U;
        ++line_;
        return true;
    }

    bool read_plain(std::string& cell) {
        const std::size_t start = at_;
        while (!at_end() && !starts_with(separator_) && !at_line_end()) {
            const char c = bytes_[at_];
            if (c == '"') return refuse_here("csv_quote_inside");
            if (is_control(c)) return refuse_here("csv_control_character");
            ++at_;
        }
        cell = bytes_.substr(start, at_ - start);
        return true;
    }

    bool read_quoted(std::string& cell) {
        const long opened = line_;
        ++at_;
        while (!at_end()) {
            const char c = bytes_[at_++];
            if (c != '"') {
                line_ += c == '\n' ? 1 : 0;
                if (is_control(c) && c != '\n' && c != '\r') return refuse_here("csv_control_character");
                cell += c;
            } else if (starts_with('"')) {
                cell += '"';
                ++at_;
            } else {
                const bool is_closed = at_end() || starts_with(separator_) || at_line_end();
                return is_closed || refuse_here("csv_text_after_quote");
            }
        }
        refuse("csv_quote_open", opened);
        return false;
    }

    static bool is_control(char c) {
        const auto byte = static_cast<unsigned char>(c);
        return (byte < ' ' && c != '\t') || byte == 0x7F;
    }

    bool refuse_here(const char* code) {
        refuse(code, line_);
        return false;
    }

    std::string_view bytes_;
    char separator_;
    Collector& collector_;
    std::size_t at_ = 0;
    long line_ = 1;
    long row_line_ = 1;
};

bool check_header(const std::vector<std::string>& header, CsvReader& reader) {
    std::vector<std::string> names;
    for (const std::string& cell : header) names.push_back(header_name(cell));
    const bool has_empty = std::find(names.begin(), names.end(), "") != names.end();
    if (has_empty) reader.refuse("csv_header_empty", 1);
    std::sort(names.begin(), names.end());
    const bool has_double = std::adjacent_find(names.begin(), names.end()) != names.end();
    if (has_double && !has_empty) reader.refuse("csv_header_double", 1);
    return !has_empty && !has_double;
}

void read_table(CsvReader& reader, CsvTable& table, Collector& collector) {
    if (!reader.read_row(table.header) || !check_header(table.header, reader)) return;
    std::vector<std::string> cells;
    while (!reader.at_end() && !collector.may_stop()) {
        if (!reader.read_row(cells)) return;
        const bool is_blank = cells.size() == 1 && cells[0].empty();
        if (is_blank) continue;
        if (cells.size() != table.header.size()) {
            collector.add(
                {"csv_width",
                 Severity::line_refused,
                 {table.file, reader.row_line(), "", 0, 0},
                 {{"expected", std::to_string(table.header.size())}, {"found", std::to_string(cells.size())}},
                 "",
                 "RFC 4180"});
            continue;
        }
        table.rows.push_back({reader.row_line(), std::move(cells)});
    }
}

const char* size_fault(std::string_view bytes) {
    if (bytes.empty()) return "file_empty";
    return bytes.size() > file_bytes_max ? "file_over_limit" : nullptr;
}

// --- forms ---

bool is_day(std::string_view text) {
    if (text.size() == 10 && text[2] == '-' && text[5] == '-') {  // 29-02-2024
        std::string iso(text.substr(6));
        iso.append("-").append(text.substr(3, 2)).append("-").append(text.substr(0, 2));
        return values::Date::parse(iso).ok();
    }
    return values::Date::parse(text).ok();
}

bool is_whole_number(std::string_view text) {
    if (!text.empty() && text.front() == '-') text.remove_prefix(1);
    return base::parse_digits(text).has_value();
}

bool has_kind(std::string_view text, CsvKind kind) {
    switch (kind) {
        case CsvKind::text: return true;
        case CsvKind::day: return is_day(text);
        case CsvKind::euros: return values::Cents::parse_euros(text).ok();
        case CsvKind::cents: return is_whole_number(text);
        case CsvKind::digits: return base::all_digits(text);
        case CsvKind::agb: return values::AgbCode::parse(text).ok();
        case CsvKind::uzovi: return values::UzoviCode::parse(text).ok();
        case CsvKind::bsn: return (text.size() == 8 || text.size() == 9) && base::all_digits(text);
        case CsvKind::performance: return values::PerformanceCode::parse(text).ok();
        case CsvKind::yes_no: return text == "ja" || text == "nee";
    }
    return false;
}

// Per kind its own Finding: the sentence says what the cell should look like.
const char* kind_fault(CsvKind kind) {
    switch (kind) {
        case CsvKind::day: return "csv_cell_day";
        case CsvKind::euros: return "csv_cell_euros";
        case CsvKind::cents: return "csv_cell_cents";
        case CsvKind::digits: return "csv_cell_digits";
        case CsvKind::agb: return "csv_cell_agb";
        case CsvKind::uzovi: return "csv_cell_uzovi";
        case CsvKind::bsn: return "csv_cell_bsn";
        case CsvKind::performance: return "csv_cell_performance";
        case CsvKind::yes_no: return "csv_cell_yes_no";
        case CsvKind::text: break;
    }
    return "csv_cell_empty";
}

class FormReader {
public:
    FormReader(const CsvTable& table, const CsvForm& form, Collector& collector)
        : table_(table), form_(form), collector_(collector) {}

    // Where each column of the form stands in the table; -1 absent.
    void read_header() {
        for (const CsvColumn& column : form_.columns) {
            places_.push_back(table_.column(column.name));
            if (places_.back() >= 0 || !column.column_required) continue;
            tell("csv_column_missing", Severity::file_refused, 1, std::string(column.name), 0);
        }
        for (std::size_t i = 0; i < table_.header.size(); ++i) {
            if (std::find(places_.begin(), places_.end(), static_cast<int>(i)) != places_.end()) continue;
            tell("csv_column_unknown", Severity::file_refused, 1, "", static_cast<int>(i) + 1);
        }
    }

    std::vector<CsvRecord> read_rows() {
        std::vector<CsvRecord> records;
        for (const CsvRow& row : table_.rows) {
            CsvRecord record{row.line, {}};
            bool is_sound = true;
            for (std::size_t i = 0; i < places_.size(); ++i) {
                const auto place = places_[i];
                record.cells.emplace_back(place < 0 ? std::string_view()
                                                    : base::trim(row.cells[static_cast<std::size_t>(place)]));
                if (place >= 0) is_sound &= check_cell(row.line, record.cells.back(), i);
            }
            if (is_sound) records.push_back(std::move(record));
        }
        return records;
    }

private:
    bool check_cell(long line, const std::string& cell, std::size_t i) {
        const CsvColumn& column = form_.columns[i];
        const int place = places_[i] + 1;
        if (cell.empty() && !column.cell_required) return true;
        if (!cell.empty() && has_kind(cell, column.kind)) return true;
        const char* code = cell.empty() ? "csv_cell_empty" : kind_fault(column.kind);
        tell(code, Severity::line_refused, line, std::string(column.name), place);
        return false;
    }

    void tell(const char* code, Severity severity, long line, std::string field, int place) {
        collector_.add({code,
                        severity,
                        {table_.file, line, std::move(field), place, place},
                        {{"form", std::string(form_.name)}},
                        "",
                        ""});
    }

    const CsvTable& table_;
    const CsvForm& form_;
    Collector& collector_;
    std::vector<int> places_;
};

}  // namespace

int CsvTable::column(std::string_view name) const {
    const std::string wanted = header_name(name);
    for (std::size_t i = 0; i < header.size(); ++i) {
        if (header_name(header[i]) == wanted) return static_cast<int>(i);
    }
    return -1;
}

std::optional<CsvTable> read_csv(std::string_view bytes, const std::string& file, base::Findings& findings) {
    Collector collector(findings, findings_max, file);
    if (bytes.substr(0, 3) == byte_order_mark) bytes.remove_prefix(3);
    const char* fault = size_fault(bytes);
    if (fault == nullptr && !is_utf8(bytes)) fault = "csv_not_utf8";
    if (fault != nullptr) {
        collector.add({fault, Severity::file_refused, {file, 0, "", 0, 0}, {}, "", "RFC 4180"});
        return std::nullopt;
    }
    CsvTable table{file, separator_of(bytes), {}, {}};
    CsvReader reader(bytes, table.separator, collector);
    read_table(reader, table, collector);
    collector.finish();
    if (collector.is_refused()) return std::nullopt;
    return table;
}

std::string csv_line(std::span<const std::string> cells, char separator) {
    std::string line;
    for (std::size_t i = 0; i < cells.size(); ++i) {
        if (i > 0) line += separator;
        const bool is_plain = cells[i].find_first_of("\";,\r\n") == std::string::npos;
        if (is_plain) {
            line += cells[i];
            continue;
        }
        line += '"';
        for (const char c : cells[i]) line.append(c == '"' ? 2 : 1, c);
        line += '"';
    }
    return line + "\r\n";
}

std::optional<std::vector<CsvRecord>> read_form(const CsvTable& table, const CsvForm& form,
                                                base::Findings& findings) {
    Collector collector(findings, findings_max, table.file);
    FormReader reader(table, form, collector);
    reader.read_header();
    std::vector<CsvRecord> records;
    if (!collector.is_refused()) records = reader.read_rows();
    collector.finish();
    if (collector.is_refused()) return std::nullopt;
    return records;
}

}  // namespace bundel::wire
