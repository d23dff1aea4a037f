// Rows about the money of the IGO that no claim is about: they become history.
#include "intake/row_facts.h"

namespace bundel::intake {
namespace {

// An account of the ledger is looked up where the ledger is known: here it is a text that fits on a line.
constexpr std::size_t account_length = 64;

}  // namespace

Advance advance(Row& row, const wire::CsvRecord& record) {
    Advance found;
    found.record = static_cast<std::int32_t>(record.line);
    found.key = row.fixed<40>("sleutel");
    found.withdrawn = row.yes("vervallen");
    found.of_insurer = row.word<AdvanceOf>("voorschot", AdvanceOf::insurer) == AdvanceOf::insurer;
    if (found.of_insurer) {
        if (const auto insurer = UzoviCode::parse(row.text("partij")); insurer.ok())
            found.insurer = *insurer;
        else
            row.refuse("form_advance_party", "partij");
    } else if (const auto participant = AgbCode::parse(row.text("partij")); participant.ok()) {
        found.participant = *participant;
    } else {
        row.refuse("form_advance_party", "partij");
    }
    found.day = row.day("dag");
    found.move = row.word<AdvanceMove>("beweging", AdvanceMove::received);
    found.amount = row.euros("bedrag").value_or(Cents());
    if (found.amount <= Cents()) row.refuse("form_number_range", "bedrag");
    return found;
}

Settlement settlement(Row& row, const wire::CsvRecord& record) {
    Settlement found;
    found.record = static_cast<std::int32_t>(record.line);
    found.key = row.fixed<40>("sleutel");
    found.withdrawn = row.yes("vervallen");
    found.of = row.word<SettlementOf>("afrekening", SettlementOf::overlap);
    found.insurer = row.uzovi("uzovi");
    found.year = row.number("jaar", 2017, 2999, 2017);
    found.claim = row.fixed<20>("claim");
    found.amount = row.euros("bedrag").value_or(Cents());
    if (found.amount.is_zero()) row.refuse("form_amount_zero", "bedrag");
    return found;
}

OpeningBalance opening_balance(Row& row, const wire::CsvRecord& record) {
    OpeningBalance found;
    found.record = static_cast<std::int32_t>(record.line);
    found.account = row.text("rekening");
    if (found.account.size() > account_length) row.refuse("form_text_long", "rekening");
    found.amount = row.euros("beginsaldo").value_or(Cents());
    return found;
}

}  // namespace bundel::intake
