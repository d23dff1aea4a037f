#include "wire/ber_sheet.h"

#include <algorithm>
#include <optional>
#include <set>

#include "base/text.h"

namespace bundel::wire {

using base::Done;
using base::Error;
using base::Result;

namespace {

// The head ----------------------------------------------------------------------------------------------

struct Label {
    const char* key;
    std::vector<std::string_view> words;
};

const Label label_message{"Standaardcode", {"standaardcode", "codestandaard", "berichtcode"}};
const Label label_ei_code{"Code EI-bericht",
                          {"codeeibericht", "codeexterneintegratiebericht", "eiberichtcode"}};
const Label label_version{"Versie", {"versie", "versienummer", "versiestandaard"}};
const Label label_issued{"Versiedatum", {"versiedatum", "datumversie"}};
const Label label_status{"Status", {"status", "statusstandaard"}};
const Label label_title{"Standaardnaam/-bericht", {"standaardnaambericht", "standaardnaam", "naamstandaard"}};
const Label label_traits{"Kenmerken", {"kenmerken", "recordlengte"}};

// A row of the head is a label and its value; a table has more cells in a row.
constexpr std::size_t head_cells_max = 4;

// The value right of the label, in the first sheet that has one. Empty: none.
std::string head_value(const Grid& grid, const Label& label) {
    for (const GridSheet& sheet : grid.sheets) {
        for (const GridRow& row : sheet.rows) {
            std::vector<const std::string*> filled;
            for (const std::string& cell : row.cells) {
                if (!base::trim(cell).empty()) filled.push_back(&cell);
            }
            if (filled.size() < 2 || filled.size() > head_cells_max) continue;
            const auto word = header_word(*filled[0]);
            const bool is_label =
                std::find(label.words.begin(), label.words.end(), word) != label.words.end();
            if (is_label) return std::string(base::trim(*filled[1]));
        }
    }
    return "";
}

Error head_missing(const Label& label) {
    return Error{"ber_head_missing", {{"label", label.key}}};
}

std::vector<std::string> numbers_in(std::string_view text, std::size_t digits) {
    std::vector<std::string> numbers;
    std::string run;
    for (const char c : std::string(text) + " ") {
        if (c >= '0' && c <= '9') {
            run += c;
        } else {
            const bool is_new = std::find(numbers.begin(), numbers.end(), run) == numbers.end();
            if (run.size() == digits && is_new) numbers.push_back(run);
            run.clear();
        }
    }
    return numbers;
}

bool is_message(std::string_view text) {
    const auto letters = text.find_first_of("0123456789");
    const bool has_letters = letters != std::string_view::npos && letters >= 2 && letters <= 4;
    if (!has_letters || text.size() != letters + 3 || !base::all_digits(text.substr(letters))) return false;
    return std::all_of(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(letters),
                       [](char c) { return c >= 'A' && c <= 'Z'; });
}

// "1.3", "9" (a cell that was the number 9.0), "v3.2".
bool read_version(std::string_view text, Ber& ber) {
    if (!text.empty() && (text.front() == 'v' || text.front() == 'V')) text.remove_prefix(1);
    const auto parts = base::split(text, '.');
    const auto major = base::parse_digits(parts[0], 99);
    const auto minor = parts.size() > 1 ? base::parse_digits(parts[1], 99) : std::optional<std::int64_t>(0);
    if (parts.size() > 2 || !major || !minor) return false;
    ber.version = static_cast<int>(*major);
    ber.subversion = static_cast<int>(*minor);
    return true;
}

// "Recordlengte = 310 posities." Zero: not said.
int record_length(const std::string& traits) {
    std::string lower = traits;
    for (char& c : lower) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    const auto word = lower.find("lengte");
    if (word == std::string::npos && !base::all_digits(lower)) return 0;
    const auto at = lower.find_first_of("0123456789", word == std::string::npos ? 0 : word);
    if (at == std::string::npos) return 0;
    const auto end = lower.find_first_not_of("0123456789", at);
    return static_cast<int>(base::parse_digits(lower.substr(at, end - at), 10'000).value_or(0));
}

Result<Done> read_head(const Grid& grid, Ber& ber) {
    ber.message = head_value(grid, label_message);
    if (ber.message.empty()) return head_missing(label_message);
    if (!is_message(ber.message)) return Error{"ber_message"};
    const std::string version = head_value(grid, label_version);
    if (version.empty()) return head_missing(label_version);
    if (!read_version(version, ber)) return Error{"ber_version"};
    ber.status = head_value(grid, label_status);
    if (ber.status.empty()) return head_missing(label_status);
    ber.title = head_value(grid, label_title);
    ber.issued = head_value(grid, label_issued);
    ber.ei_codes = numbers_in(head_value(grid, label_ei_code), 3);
    ber.record_length = record_length(head_value(grid, label_traits));
    return Done{};
}

// The fields --------------------------------------------------------------------------------------------

enum Name : std::size_t {
    record_code,
    field_number,
    field_name,
    type,
    length,
    use,
    element,  // must be there
    last_position,
    first_position,
    record_name,
    pattern,
    codelist,
    regex,
    filling,
    conditions
};
constexpr std::size_t needed = element + 1;
constexpr std::size_t least_of_a_table = 5;

const std::vector<ColumnNames>& names() {
    static const std::vector<ColumnNames> all = {
        {"Recordcode", {"recordcode", "coderecord", "recordtype", "kenmerkrecord"}},
        {"Volgnummer", {"volgnummer", "rubrieknummer", "rubriek", "rubrieknr", "volgnr", "nummerrubriek"}},
        {"Naam gegevenselement",
         {"naamgegevenselement", "gegevenselement", "gegevensnaam", "naamgegeven", "naamrubriek", "naam"}},
        {"Type", {"type", "veldtype", "gegevenstype", "typegegeven"}},
        {"Lengte", {"lengte", "veldlengte", "lengtegegeven"}},
        {"Verplichting", {"verplichting", "verplicht", "indicatieverplichting", "mco"}},
        {"Code gegeven",
         {"codegegeven", "codegegevenselement", "gegevenscode", "codeelement", "elementcode"}},
        {"Eindpositie", {"eindpositie", "eindpos", "positietotenmet", "positietm", "totenmet", "tm"}},
        {"Beginpositie", {"beginpositie", "beginpos", "startpositie", "positievanaf", "vanaf", "positie"}},
        {"Recordnaam", {"recordnaam", "naamrecord"}},
        {"Patroon", {"patroon", "formaat"}},
        {"Code codelijst", {"codecodelijst", "codelijstcode", "codelijst"}},
        {"Reguliere expressie",
         {"reguliereexpressie", "regex", "regularexpression", "reguliereexpressies", "regexp"}},
        {"Beschrijving codering berichtspecifiek",
         {"beschrijvingcoderingberichtspecifiek", "coderingberichtspecifiek", "berichtspecifiek"}},
        {"Constraints/condities",
         {"constraintscondities", "constraints", "condities", "constraintsconditie", "constraintsencondities",
          "regels"}}};
    return all;
}

Kind kind_of(const std::string& text, bool& is_known) {
    const auto word = header_word(text);
    is_known = word == "n" || word == "an";
    return word == "n" ? Kind::digits : Kind::text;
}

// One line, no double spaces: what stands in JSON is read by people too.
std::string one_line(std::string_view text) {
    std::string line;
    for (const char c : base::trim(text)) {
        const bool is_space = c == ' ' || c == '\n' || c == '\t';
        if (!is_space) line += c;
        if (is_space && !line.empty() && line.back() != ' ') line += ' ';
    }
    return std::string(base::trim_right(line));
}

class FieldTable {
public:
    FieldTable(const Table& table, Ber& ber) : table_(table), ber_(ber) {}

    Result<Done> read() {
        ber_.sheet = table_.sheet->name;
        for (std::size_t i = table_.header + 1; i < table_.sheet->rows.size(); ++i) {
            row_ = &table_.sheet->rows[i];
            if (is_no_field()) continue;
            BUNDEL_TRY_DONE(read_row());
        }
        if (ber_.records.empty()) return Error{"ber_none"};
        return Done{};
    }

private:
    Error error(const char* code, base::Params more = {}) const {
        base::Params params{{"sheet", ber_.sheet}, {"row", std::to_string(row_->number)}};
        params.insert(params.end(), more.begin(), more.end());
        return {code, params};
    }
    std::string text(Name name) const { return one_line(table_.cell(*row_, name)); }

    // Notes below the table, a heading between records, the headers again on a next page.
    bool is_no_field() const {
        const bool is_header = header_word(text(length)) == names()[length].words[0];
        const auto filled = std::count_if(row_->cells.begin(), row_->cells.end(),
                                          [](const std::string& cell) { return !base::trim(cell).empty(); });
        return is_header || filled < 2 ||
               (text(field_number).empty() && text(type).empty() && text(length).empty());
    }

    Result<Done> read_row() {
        BUNDEL_TRY_DONE(enter_record());
        BerField one;
        one.row = row_->number;
        BUNDEL_TRY_DONE(read_identity(one.field));
        bool is_type = false;
        one.field.kind = kind_of(text(type), is_type);
        if (!is_type) return error("ber_type");
        const std::string word = text(use);
        if (word.size() != 1 || std::string_view("MCOS").find(word) == std::string_view::npos) {
            return error("ber_use");
        }
        one.field.use = static_cast<Use>(word[0]);
        BUNDEL_TRY_DONE(read_place(one.field));
        one.field.pattern = text(pattern);
        one.field.is_date = one.field.pattern == "EEJJMMDD";
        one.field.codelist = text(codelist);
        one.field.regex = text(regex);
        one.field.rule = text(filling);
        const std::string more = text(conditions);
        if (!more.empty()) one.field.rule += (one.field.rule.empty() ? "" : " | ") + more;
        ber_.records.back().fields.push_back(std::move(one));
        return Done{};
    }

    // The code may stand only in the first row of a record (merged cells).
    Result<Done> enter_record() {
        const std::string word = text(record_code);
        if (word.empty() && !ber_.records.empty()) return Done{};
        const auto number = base::parse_digits(word, 99);
        if (!number) return error("ber_record_code");
        const std::string code = base::zero_padded(*number, 2);
        if (!ber_.records.empty() && ber_.records.back().code == code) return Done{};
        if (!seen_.insert(code).second) return error("ber_record_double", {{"record", code}});
        ber_.records.push_back({code, text(record_name), {}});
        return Done{};
    }

    // 101, "0101" and "01.01" are field 0101; so is 1 in record 01.
    Result<Done> read_identity(Field& field) {
        std::string digits = text(field_number);
        std::erase(digits, '.');
        const std::string& record = ber_.records.back().code;
        const auto number = base::parse_digits(digits, 9999);
        if (!number) return error("ber_field_number");
        const bool is_short = digits.size() <= 2 && record != "00";
        field.id = is_short ? record + base::zero_padded(*number, 2) : base::zero_padded(*number, 4);
        if (!field.id.starts_with(record)) return error("ber_field_number");
        field.name = text(field_name);
        if (field.name.empty())
            return error("ber_field_empty", {{"column", std::string(names()[field_name].key)}});
        field.element = text(element);
        if (field.element.empty())
            return error("ber_field_empty", {{"column", std::string(names()[element].key)}});
        return Done{};
    }

    Result<Done> read_place(Field& field) {
        BUNDEL_TRY(width, read_number(length));
        const bool by_end = table_.columns[last_position] >= 0;
        BUNDEL_TRY(place, read_number(by_end ? last_position : first_position));
        field.length = width;
        field.position = by_end ? place - width + 1 : place;
        const auto& before = ber_.records.back().fields;
        const int next = before.empty() ? 1 : before.back().field.position + before.back().field.length;
        if (field.position > next) return error("ber_gap", {{"field", field.id}});
        if (field.position < next) return error("ber_overlap", {{"field", field.id}});
        return Done{};
    }

    Result<int> read_number(Name name) {
        const auto number = base::parse_digits(text(name), 10'000);
        if (!number || *number < 1) return error("ber_number", {{"column", std::string(names()[name].key)}});
        return static_cast<int>(*number);
    }

    const Table& table_;
    Ber& ber_;
    const GridRow* row_ = nullptr;
    std::set<std::string> seen_;
};

Result<Done> read_fields(const Grid& grid, Ber& ber) {
    std::size_t found = 0;
    const Table table = find_table(grid, names(), found);
    if (found < least_of_a_table) return Error{"ber_none"};
    const auto missing = [&](Name name) {
        return Error{"ber_column_missing",
                     {{"sheet", table.sheet->name},
                      {"row", std::to_string(table.sheet->rows[table.header].number)},
                      {"column", std::string(names()[name].key)}}};
    };
    for (std::size_t name = 0; name < needed; ++name) {
        if (table.columns[name] < 0) return missing(static_cast<Name>(name));
    }
    if (table.columns[last_position] < 0 && table.columns[first_position] < 0) return missing(last_position);
    return FieldTable(table, ber).read();
}

Result<Done> check_lengths(Ber& ber) {
    const auto end_of = [](const BerRecord& record) {
        const Field& last = record.fields.back().field;
        return last.position + last.length - 1;
    };
    if (ber.record_length == 0) {
        for (const BerRecord& record : ber.records)
            ber.record_length = std::max(ber.record_length, end_of(record));
    }
    for (const BerRecord& record : ber.records) {
        if (end_of(record) == ber.record_length) continue;
        return Error{"ber_record_length",
                     {{"record", record.code},
                      {"found", std::to_string(end_of(record))},
                      {"length", std::to_string(ber.record_length)}}};
    }
    return Done{};
}

}  // namespace

Result<Ber> read_ber(const Grid& grid) {
    Ber ber;
    BUNDEL_TRY_DONE(read_fields(grid, ber));
    BUNDEL_TRY_DONE(read_head(grid, ber));
    BUNDEL_TRY_DONE(check_lengths(ber));
    BUNDEL_TRY(structure, read_ber_structure(grid));
    ber.structure = std::move(structure);
    return ber;
}

}  // namespace bundel::wire
