// Rows that become history: what was paid, and what was claimed before the first day.
#include "intake/row_facts.h"

namespace bundel::intake {
using base::FixedText;

namespace {

values::PhaseSet phases(Row& row, bool forwarded) {
    values::PhaseSet found;
    bool known = true;
    for (const std::string_view name : pieces(row.text("fasen"), ' ')) {
        const auto words = words_of("fase");
        const auto phase =
            std::find_if(words.begin(), words.end(), [&](const Word& word) { return word.text == name; });
        known = known && phase != words.end();
        if (known) found.add(static_cast<values::PhaseKind>(phase->value));
    }
    if (!known || found.empty() != forwarded) row.refuse("form_phases_wrong", "fasen");
    return found;
}

std::vector<FixedText<4>> return_codes(Row& row) {
    std::vector<FixedText<4>> found;
    for (const std::string_view code : pieces(row.text("retourcodes"), ' ')) {
        if (!FixedText<4>::fits(code) || found.size() == 3) {
            row.refuse("form_codes_wrong", "retourcodes");
            return {};
        }
        found.push_back(FixedText<4>::of(code));
    }
    return found;
}

// What was granted follows from the state, or says more of it.
void add_answer(Row& row, AdoptedClaim& claim) {
    claim.state = row.word("stand", AdoptedState::sent);
    claim.answered = row.day_if("beantwoord");
    const auto written = row.euros("toegekend");
    if (claim.state == AdoptedState::sent) {
        if (claim.answered) row.refuse("form_answer_unexpected", "beantwoord");
        if (written) row.refuse("form_answer_unexpected", "toegekend");
        return;
    }
    if (!claim.answered) row.refuse("form_answer_missing", "beantwoord");
    if (claim.answered && *claim.answered < claim.sent) row.refuse("form_days_disordered", "beantwoord");
    const bool all = claim.state == AdoptedState::approved || claim.state == AdoptedState::handed_over;
    const Cents whole = all ? claim.amount : Cents();
    claim.granted = written.value_or(whole);
    const bool in_part = claim.granted > Cents() && claim.granted < claim.amount;
    const bool fits = claim.state == AdoptedState::approved_other_amount ? in_part : claim.granted == whole;
    if (!fits) row.refuse("form_granted_wrong", "toegekend");
}

void add_payment(Row& row, AdoptedClaim& claim) {
    claim.paid = row.euros("betaald").value_or(Cents());
    claim.paid_day = row.day_if("betaald_op");
    const Cents most = claim.debit.empty() ? claim.granted : Cents();
    if (claim.paid.is_negative() || claim.paid > most) row.refuse("form_paid_wrong", "betaald");
    if (claim.paid.is_zero() == claim.paid_day.has_value()) row.refuse("form_paid_wrong", "betaald_op");
}

}  // namespace

Payment payment(Row& row, const wire::CsvRecord& record) {
    Payment found;
    found.key = row.fixed<40>("sleutel");
    found.withdrawn = row.text("vervallen") == "ja";
    found.insurer = row.uzovi("uzovi");
    found.declarant = row.agb("indiener");
    found.claim = row.fixed<20>("claim");
    found.settlement = row.fixed<40>("van_afrekening");
    if (!found.claim.empty() && !found.settlement.empty())
        row.refuse("form_payment_of_two", "van_afrekening");
    found.day = row.day("betaaldag");
    found.amount = row.euros("bedrag").value_or(Cents());
    found.record = static_cast<std::int32_t>(record.line);
    if (found.amount.is_zero()) row.refuse("form_amount_zero", "bedrag");
    return found;
}

AdoptedClaim adopted_claim(Row& row, const wire::CsvRecord& record) {
    AdoptedClaim claim;
    claim.record = static_cast<std::int32_t>(record.line);
    claim.forwarded = row.word<std::uint8_t>("claimsoort", 0) != 0;
    claim.declarant = row.agb("indiener");
    claim.reference = row.fixed<20>("referentie");
    claim.debit = row.fixed<20>("credit_van");
    claim.line = row.fixed<20>("regel");
    claim.insurer = row.uzovi("uzovi");
    if (const auto code = PerformanceCode::parse(row.text("prestatiecode")))
        claim.performance = *code;
    else
        row.refuse("form_performance_wrong", "prestatiecode");
    claim.care = {row.day("eerste_dag"), row.day("laatste_dag")};
    if (claim.care.last < claim.care.first) row.refuse("form_period_reversed", "laatste_dag");
    claim.amount = row.euros("bedrag").value_or(Cents());
    if (claim.amount <= Cents()) row.refuse("form_number_range", "bedrag");
    claim.phases = phases(row, claim.forwarded);
    claim.contract = row.fixed<40>("contract");
    claim.sent = row.day("verzonden");
    add_answer(row, claim);
    const bool on_list = claim.forwarded && claim.state == AdoptedState::handed_over;
    if (claim.state == AdoptedState::handed_over && !claim.forwarded)
        row.refuse("form_handed_over_wrong", "stand");
    if (claim.insurer.is_none() && !on_list) row.refuse("form_insurer_missing", "uzovi");
    claim.codes = return_codes(row);
    add_payment(row, claim);
    return claim;
}

}  // namespace bundel::intake
