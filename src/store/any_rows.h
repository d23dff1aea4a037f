// Rows, claims and entries for the tests of the store.
#pragma once

#include "store/testing.h"
#include "values/identifiers.h"

namespace bundel::store {

inline const values::PersonId nobody;
inline const values::PersonId anna{1, 7};
inline const values::PersonId bea{2, 3};
inline const values::PersonId carla{2, 4};
inline const values::Date day1 = values::Date::of(2024, 3, 1);
inline const values::Date day2 = values::Date::of(2024, 3, 2);
inline const values::Date day3 = values::Date::of(2024, 3, 3);
inline const values::AgbCode igo = values::AgbCode::of(53000001);
inline const values::AgbCode practice = values::AgbCode::of(8000101);

inline values::LineId line(const char* reference) {
    return {practice, values::Reference::of(reference)};
}

inline std::vector<std::string> codes(const base::Result<std::vector<base::Error>>& wrong) {
    std::vector<std::string> found;
    if (!wrong.ok()) return {"could not look: " + wrong.error().code};
    for (const base::Error& error : *wrong) found.push_back(error.code);
    return found;
}
inline const std::vector<std::string> sound;

template <class T>
std::string code_of(const base::Result<T>& result) {
    return result.ok() ? "" : result.error().code;
}

inline claim::Sent some_claim(const char* reference, values::PersonId person) {
    claim::Sent claim;
    claim.reference = values::Reference::of(reference);
    claim.person = person;
    claim.declarant = igo;
    claim.insurer = values::UzoviCode::of(1234);
    claim.performance = values::PerformanceCode::of(69, "E01");
    claim.care = {day1, day2};
    claim.amount = values::Cents::of(1000'00);
    claim.phases = values::PhaseSet::of(values::PhaseKind::natal);
    claim.contract = base::FixedText<40>::of("example");
    claim.content = base::digest("content");
    claim.trail = base::digest("trail");
    claim.rulebook = base::digest("rulebook");
    claim.as_of = day2;
    return claim;
}

inline ledger::Entry some_entry(const base::Digest& previous, std::uint64_t number, std::int64_t cents) {
    ledger::Draft draft;
    draft.kind = ledger::EventKind::claim_sent;
    draft.key = "sent:53000001/B-" + std::to_string(number);
    draft.booking_day = day1;
    draft.care_period = {day1, day2};
    draft.postings = {
        {ledger::Account::of(ledger::AccountKind::receivable, "1234"), values::Cents::of(cents)},
        {ledger::Account::of(ledger::AccountKind::to_divide, "069:E01"), values::Cents::of(-cents)}};
    return {number, draft, ledger::entry_digest(previous, number, draft)};
}

// The day of some_entry(), closed after it.
inline ledger::Closing some_closing(const ledger::Entry& entry) {
    const values::Period period = values::Period::day(day1);
    return {period, 1, entry.number, ledger::closing_digest(base::Digest{}, period, {&entry, 1})};
}

inline const base::Digest law = base::digest("law");

inline engine::CaseRow some_case(values::PersonId person) {
    return {
        person, day2, day2, base::digest("case"), law, 2, {{"route", "mono", 1, values::Cents::of(5'00)}}};
}

}  // namespace bundel::store
