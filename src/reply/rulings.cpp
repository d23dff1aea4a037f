#include "reply/rulings.h"

#include <algorithm>

#include "base/text.h"
#include "reply/draft.h"
#include "reply/source.h"
#include "wire/csv.h"

namespace bundel::reply {
namespace {

using wire::CsvColumn;
using wire::CsvKind;

constexpr CsvColumn columns[] = {
    {"regel", CsvKind::digits, true, true, "Regelnummer van het record in het bericht."},
    {"codes", CsvKind::text, false, false, "Ten hoogste drie retourcodes, met spaties ertussen."},
    {"berekend", CsvKind::euros, false, false, "Berekend bedrag zorgverzekeraar; credit met een min."},
    {"toegekend", CsvKind::euros, false, false, "Toegekend bedrag; credit met een min."}};
constexpr wire::CsvForm form{"uitslagen", columns};
enum Cell : std::size_t { cell_line, cell_codes, cell_calculated, cell_granted };

// Amounts have eight digits in every message.
constexpr Cents amount_end = Cents::of(100'000'000);

class Reader {
public:
    Reader(const wire::Message& message, const rulebook::Rulebook& rulebook, std::string file,
           base::Findings& findings)
        : message_(message), rulebook_(rulebook), file_(std::move(file)), findings_(findings) {}

    void read(const wire::CsvRecord& row) {
        row_ = &row;
        const auto record = record_of();
        if (!record) return refuse("ruling_record_unknown", cell_line);
        const bool is_twice =
            std::ranges::any_of(rulings_, [&](const Ruling& ruling) { return ruling.record == *record; });
        if (is_twice) return refuse("ruling_record_twice", cell_line);
        Ruling ruling{*record, {}, {}, {}};
        if (!read_codes(ruling)) return refuse("ruling_codes_wrong", cell_codes);
        if (is_header(ruling) && !ruling.refuses) return refuse("ruling_code_no_refusal", cell_codes);
        const char* wrong = read_amounts(ruling);
        if (wrong == nullptr && ruling.granted) wrong = compare(ruling);
        if (wrong != nullptr) return refuse(wrong, cell_granted);
        rulings_.push_back(std::move(ruling));
    }

    std::vector<Ruling> take() && { return std::move(rulings_); }

private:
    const std::string& cell(Cell cell) const { return row_->cells[cell]; }

    const std::string& code_of(std::size_t record) const { return message_.code(message_.records()[record]); }

    std::optional<std::size_t> record_of() const {
        const auto line = base::parse_digits(cell(cell_line), UINT32_MAX);
        const auto records = message_.records();
        const auto found = std::ranges::find_if(records, [&](const wire::Record& record) {
            return line && record.line == static_cast<std::uint32_t>(*line);
        });
        if (found == records.end() || message_.code(*found) == wire::code_closing) return std::nullopt;
        return static_cast<std::size_t>(found - records.begin());
    }

    bool is_header(const Ruling& ruling) const { return code_of(ruling.record) == wire::code_header; }

    // Severity as COD954 has it; of a code that it does not have nobody knows.
    bool is_refusal(const std::string& code) const {
        const rulebook::ReturnCode* known = rulebook_.return_code(code);
        return known != nullptr && std::string_view("XTD").find(known->severity) != std::string_view::npos;
    }

    bool read_codes(Ruling& ruling) const {
        for (const std::string_view code : base::split(cell(cell_codes), ' ')) {
            if (code.empty()) continue;
            if (code.size() != 4 || !base::all_digits(code)) return false;
            ruling.codes.emplace_back(code);
        }
        ruling.refuses =
            std::ranges::any_of(ruling.codes, [&](const auto& code) { return is_refusal(code); });
        return ruling.codes.size() <= 3 && (!is_header(ruling) || !ruling.codes.empty());
    }

    // Null, or what is wrong.
    const char* read_amounts(Ruling& ruling) const {
        const bool is_line = code_of(ruling.record) == code_of_lines(message_.layout());
        const std::string& calculated = cell(cell_calculated);
        const std::string& granted = cell(cell_granted);
        if (is_line && (calculated.empty() || granted.empty())) return "ruling_amounts_missing";
        if (!is_line) return calculated.empty() && granted.empty() ? nullptr : "ruling_amounts_unexpected";
        const auto fits = [](const Cents& amount) { return -amount_end < amount && amount < amount_end; };
        const auto of_calculated = Cents::parse_euros(calculated);
        const auto of_granted = Cents::parse_euros(granted);
        if (!of_calculated.ok() || !fits(*of_calculated)) return "ruling_amount_large";
        if (!of_granted.ok() || !fits(*of_granted)) return "ruling_amount_large";
        ruling.calculated = *of_calculated;
        ruling.granted = *of_granted;
        return nullptr;
    }

    // A line that was read has an amount and its side; one that was not is refused by the checks.
    Cents declared(std::size_t record) const {
        const wire::Record& line = message_.records()[record];
        const auto amount = column_of(message_.layout(), message_.code(line), "BED161");
        const auto side = column_of(message_.layout(), message_.code(line), "COD665");
        if (!amount.ok() || !side.ok()) return Cents();
        return wire::signed_cents(message_.field(line, *amount), message_.field(line, *side))
            .value_or(Cents());
    }

    // Null, or what does not go with what was declared.
    const char* compare(const Ruling& ruling) const {
        const Cents asked = declared(ruling.record);
        const auto is_other_side = [&](const Cents& amount) {
            return !amount.is_zero() && !asked.is_zero() && amount.is_negative() != asked.is_negative();
        };
        if (is_other_side(*ruling.calculated) || is_other_side(*ruling.granted)) return "ruling_amount_side";
        const Cents most = asked.is_negative() ? -asked : asked;
        if (*ruling.granted > most || *ruling.granted < -most) return "ruling_granted_high";
        const bool is_unexplained = ruling.granted->is_zero() && !asked.is_zero() && ruling.codes.empty();
        return is_unexplained ? "ruling_code_missing" : nullptr;
    }

    void refuse(const char* code, Cell cell) {
        base::Finding finding;
        finding.code = code;
        finding.severity = base::Severity::line_refused;
        finding.where = {file_, row_->line, std::string(columns[cell].name), 0, 0};
        finding.source = "docs/reference/csv.md";
        findings_.push_back(std::move(finding));
    }

    const wire::Message& message_;
    const rulebook::Rulebook& rulebook_;
    std::string file_;
    base::Findings& findings_;
    const wire::CsvRecord* row_ = nullptr;
    std::vector<Ruling> rulings_;
};

}  // namespace

std::vector<Ruling> read_rulings(std::string_view bytes, const std::string& file,
                                 const wire::Message& message, const rulebook::Rulebook& rulebook,
                                 base::Findings& findings) {
    const auto table = wire::read_csv(bytes, file, findings);
    if (!table) return {};
    const auto rows = wire::read_form(*table, form, findings);
    if (!rows) return {};
    Reader reader(message, rulebook, file, findings);
    for (const wire::CsvRecord& row : *rows) reader.read(row);
    return std::move(reader).take();
}

}  // namespace bundel::reply
