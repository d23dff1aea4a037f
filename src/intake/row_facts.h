// What a row of each form means. The persons are not in the facts yet: the vault is asked last, so that a row
// that is refused makes nobody known. Only for this room.
#pragma once

#include "intake/row.h"

namespace bundel::intake {

// The woman of the row, or with a prefix the other person in it: columns <prefix>bsn, <prefix>praktijk,
// <prefix>patientnummer. Findings: form_bsn_wrong, form_woman_missing.
IdentityRow person_in(Row& row, const std::string& prefix);
// What an enrolment may tell of who she is; only the vault keeps it.
void add_details(Row& row, IdentityRow& woman);

facts::Enrolment enrolment(Row& row);
facts::OutcomeReport outcome(Row& row);
facts::PhaseEnd phase_end(Row& row);
facts::Insurance insurance(Row& row);
facts::Judgement judgement(Row& row);
// What each kind of judgement is about, and nothing else: a cell too many is a mistake in what was decided.
void check_subject(Row& row, facts::JudgementKind kind);

// Care may not be later than the invoice or, when its day is not given, than the receipt.
facts::CareLine care_line(Row& row, Date received);
facts::ActivityReport activity_report(Row& row);
facts::BoughtCare bought_care(Row& row);
facts::OutsideCare outside_care(Row& row);
facts::Child child(Row& row);

// History, no facts. `record` names the row in findings.
Payment payment(Row& row, const wire::CsvRecord& record);
Advance advance(Row& row, const wire::CsvRecord& record);
Settlement settlement(Row& row, const wire::CsvRecord& record);
OpeningBalance opening_balance(Row& row, const wire::CsvRecord& record);
AdoptedClaim adopted_claim(Row& row, const wire::CsvRecord& record);

facts::Membership membership(Row& row);
facts::Contract contract(Row& row);
facts::BankAccount bank_account(Row& row);

}  // namespace bundel::intake
