// The fact set of one woman, and the agreements of the region, as known on a day.
#pragma once

#include <vector>

#include "facts/facts.h"

namespace bundel::facts {

// All facts about one woman that were ever received, in no particular order, every version. Only known_on()
// gives what may be looked at.
struct Woman {
    PersonId person;
    std::vector<Known<CareLine>> lines;
    std::vector<Known<Enrolment>> enrolments;
    std::vector<Known<OutcomeReport>> outcomes;
    std::vector<Known<PhaseEnd>> phase_ends;
    std::vector<Known<Insurance>> insurances;
    std::vector<Known<OutsideCare>> outside;
    std::vector<Known<Judgement>> judgements;
    std::vector<Known<Successor>> successors;
    std::vector<Known<ActivityReport>> activities;
    std::vector<Known<BoughtCare>> bought;
    std::vector<Known<Child>> children;
};

// What was known on `as_of`: receipts up to and including that day, of keyed facts the highest version,
// without withdrawn ones; every list in its canonical order (lines by care, then id; the rest by key), so
// that nothing that follows can depend on the order of arrival.
Woman known_on(const Woman& woman, Date as_of);

// Agreements of the region. Same rules.
struct Agreements {
    AgbCode igo;
    std::vector<Known<Membership>> memberships;
    std::vector<Known<Contract>> contracts;
    std::vector<Known<BankAccount>> accounts;
};
Agreements known_on(const Agreements& agreements, Date as_of);

// Was `organisation` a member of the IGO on `day`? The fact that says so, or none.
const Known<Membership>* membership_on(const Agreements& known, AgbCode organisation, Date day);
// The account of a participant, or of the IGO, on `day`. Two at once is a contradiction of the data: the
// first by key is given and `ambiguous` set, so that nobody is paid on a guess.
struct AccountFound {
    const Known<BankAccount>* account = nullptr;
    bool ambiguous = false;
};
AccountFound account_on(const Agreements& known, AgbCode owner, Date day);
// The labels that pay from this account on `day`, sorted: a concern may pay for all of its labels from one.
std::vector<UzoviCode> insurers_at(const Agreements& known, std::string_view iban, Date day);
// The contract for this insurer label in force on `day`. Two at once is a contradiction of the data: the
// first by key is given and `ambiguous` set.
struct ContractFound {
    const Known<Contract>* contract = nullptr;
    bool ambiguous = false;
};
ContractFound contract_on(const Agreements& known, UzoviCode insurer, Date day);
// The IGO's price list for insurers without a contract in force on `day`. As above.
ContractFound uncontracted_on(const Agreements& known, Date day);
// Does the contract name this performance of the catalogue, or all of them?
bool is_for(const Contract& contract, const FixedText<32>& performance);
// Its price for this performance on `day`; none when it has none.
const Price* price_on(const Contract& contract, const FixedText<32>& performance, Date day);

}  // namespace bundel::facts
