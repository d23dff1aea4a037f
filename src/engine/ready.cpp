#include "engine/ready.h"

#include <algorithm>
#include <set>

#include "engine/sending.h"
#include "engine/women.h"
#include "texts/texts.h"

namespace bundel::engine {

namespace {

using facts::Contract;

// Kinds of AGB code of those who give integrated care. Source: identifiers.json.
struct Discipline {
    int kind;
    const char* name;  // code of its Dutch name
};
constexpr Discipline disciplines[] = {
    {8, "discipline_midwife"}, {33, "discipline_kraamzorg"}, {6, "discipline_hospital"}};

template <class Fact>
std::vector<const Fact*> in_force(const std::vector<facts::Known<Fact>>& known, Date day) {
    std::vector<const Fact*> found;
    for (const auto& one : known) {
        if (one.fact.period.contains(day)) found.push_back(&one.fact);
    }
    return found;
}

class Checklist {
public:
    Checklist(World& world, Date as_of) : world_(world), as_of_(as_of) {}

    Result<std::vector<Missing>> check() {
        BUNDEL_TRY(agreements, load_agreements(world_));
        known_ = facts::known_on(agreements, as_of_);
        members_ = in_force(known_.memberships, as_of_);
        contracts_ = in_force(known_.contracts, as_of_);
        if (members_.empty()) add("ready_no_members", {{"day", as_of_.dutch()}});
        if (contracts_.empty()) add("ready_no_contract", {{"day", as_of_.dutch()}});
        BUNDEL_TRY_DONE(check_women());
        for (const Contract* contract : contracts_) check_contract(*contract);
        BUNDEL_TRY_DONE(check_deliveries());
        BUNDEL_TRY_DONE(check_layouts());
        check_values();
        check_disciplines();
        std::stable_partition(missing_.begin(), missing_.end(),
                              [](const Missing& one) { return one.blocks; });
        return std::move(missing_);
    }

private:
    void add(const char* code, base::Params params, bool blocks = true) {
        missing_.push_back({code, std::move(params), blocks});
    }

    bool has_contract(UzoviCode insurer) const {
        return facts::contract_on(known_, insurer, as_of_).contract != nullptr ||
               facts::uncontracted_on(known_, as_of_).contract != nullptr;
    }

    // Insurers of women whose care can still be claimed.
    std::set<UzoviCode> insurers_in(const facts::Reading& reading) const {
        const Date since = as_of_.plus_months(-world_.rulebook.mono_terms().submit_months.value);
        std::set<UzoviCode> found;
        for (const auto& insurance : reading.insurances) {
            if (insurance.fact.period.contains(as_of_)) found.insert(insurance.fact.insurer);
        }
        for (const auto& line : reading.lines) {
            if (line.fact.care.last >= since) found.insert(line.fact.insurer);
        }
        found.erase(UzoviCode::none());
        return found;
    }

    Result<Done> check_women() {
        BUNDEL_TRY(persons, world_.store.persons());
        bool enrolments = false;
        bool outcomes = false;
        std::map<UzoviCode, std::int64_t> women;
        for (const PersonId person : persons) {
            BUNDEL_TRY(rows, world_.store.readings(person));
            std::set<UzoviCode> insurers;
            for (const ReadingRow& row : rows) {
                if (row.received > as_of_) continue;
                BUNDEL_TRY(reading, facts::decode(row.blob, row.message, row.received));
                enrolments = enrolments || !reading.enrolments.empty();
                outcomes = outcomes || !reading.outcomes.empty();
                insurers.merge(insurers_in(reading));
            }
            for (const UzoviCode insurer : insurers) ++women[insurer];
        }
        for (const auto& [insurer, count] : women) {
            if (has_contract(insurer)) continue;
            add("ready_insurer_without_contract",
                {{"insurer", insurer.digits()}, {"women", std::to_string(count)}, {"day", as_of_.dutch()}},
                contracts_.empty());
        }
        if (!enrolments) add("ready_no_enrolments", {});
        if (!outcomes) add("ready_no_outcomes", {});
        return Done{};
    }

    // A performance that its regime derives, that the contract is for, and that has no price.
    void check_contract(const Contract& contract) {
        const std::string key = contract.key.key.str();
        if (contract.status != values::Status::verified) add("ready_contract_example", {{"contract", key}});
        for (const auto& regime : world_.rulebook.regimes()) {
            if (regime.id != contract.regime) continue;
            for (const auto& performance : regime.performances) {
                const bool derived = performance.derivable && performance.period.contains(as_of_);
                if (derived && facts::is_for(contract, performance.id) &&
                    facts::price_on(contract, performance.id, as_of_) == nullptr)
                    add("ready_contract_price",
                        {{"contract", key}, {"performance", performance.id.str()}, {"day", as_of_.dutch()}});
            }
        }
    }

    Result<Done> check_deliveries() {
        BUNDEL_TRY(deliveries, world_.store.deliveries());
        std::set<AgbCode> delivered;
        for (const DeliveryRow& row : deliveries) {
            if (row.received <= as_of_ && row.lines > 0) delivered.insert(row.declarant);
        }
        if (delivered.empty()) {
            add("ready_no_claims", {});
            return Done{};
        }
        for (const auto* member : members_) {
            if (!delivered.contains(member->organisation))
                add("ready_member_silent", {{"participant", member->organisation.digits()}}, false);
        }
        return Done{};
    }

    // Provisional layouts that something of ours would be written or read in: bundles with their answers, and
    // what participants deliver.
    Result<Done> check_layouts() {
        BUNDEL_TRY(received, world_.store.messages(Direction::received));
        std::set<std::string> claims;
        for (const MessageRow& row : received) claims.insert(row.kind);
        const auto bundles = world_.layouts.best(bundle_message);
        if (bundles) claims.insert(bundles->name());
        std::set<wire::LayoutRef> needed;
        for (const auto& layout : world_.layouts.all()) {
            if (!claims.contains(layout->name())) continue;
            needed.insert(layout);
            if (const auto answer = world_.layouts.answer_to(*layout)) needed.insert(answer);
        }
        for (const auto& layout : world_.layouts.all()) {
            const bool is_provisional = layout->status() != wire::Status::verified;
            if (is_provisional && needed.contains(layout))
                add("ready_layout_provisional", {{"layout", layout->name()}});
        }
        return Done{};
    }

    void check_values() {
        for (const auto& value : world_.rulebook.values()) {
            const bool current = value.period.contains(as_of_);
            if (value.file.empty() || value.status == values::Status::verified || !current) continue;
            const bool suspicion = value.key.starts_with("completeness.");
            add("ready_value",
                {{"file", value.file}, {"key", value.key}, {"value", value.text}, {"source", value.source}},
                !suspicion);
        }
    }

    void check_disciplines() {
        for (const Discipline& discipline : disciplines) {
            const bool any = std::any_of(members_.begin(), members_.end(), [&](const auto* member) {
                return member->organisation.kind() == discipline.kind;
            });
            if (any || members_.empty()) continue;
            add("ready_no_discipline",
                {{"discipline", texts::Texts::dutch().sentence(discipline.name)},
                 {"kind", base::zero_padded(discipline.kind, 2)}},
                false);
        }
    }

    World& world_;
    Date as_of_;
    facts::Agreements known_;
    std::vector<const facts::Membership*> members_;
    std::vector<const Contract*> contracts_;
    std::vector<Missing> missing_;
};

}  // namespace

Result<std::vector<Missing>> ready(World& world, Date as_of) {
    return Checklist(world, as_of).check();
}

}  // namespace bundel::engine
