// What became of the actions of reconcile, without store, messages or clock: claims are planned, sent and
// answered by a small insurer.
#pragma once

#include <functional>
#include <vector>

#include "claim/reconcile.h"
#include "support/case_builder.h"

namespace bundel::testing {
using claim::Case;
using claim::Plan;
using claim::Sent;
using claim::State;

inline Case assessed(const Woman& woman, Date as_of, const Region& region = testing::region(),
                     const rulebook::Rulebook& book = real_rulebook()) {
    // The contracts that the case points into are gone when this returns: tests look at its values only.
    const facts::Agreements known = facts::known_on(region.agreements, as_of);
    auto made = claim::assess_known(facts::known_on(woman.facts, as_of), known, book, as_of);
    EXPECT_TRUE(made.ok()) << (made.ok() ? "" : as_text(made.error()));
    return std::move(made).value();
}

// The claims of one woman as they go out and come back.
class Desk {
public:
    std::vector<Sent> sent;

    // References are numbered on: "C-1", "C-2", ... A line that was never sent keeps its own.
    void carry_out(const Plan& plan, const Case& wanted, Date as_of) {
        ++message_;
        for (const auto& action : plan.actions) {
            if (action.kind == claim::Action::Kind::send)
                sent.push_back(claim_of(wanted.oughts[action.ought], action, as_of));
            else
                sent.push_back(credit_of(action, as_of));
        }
    }

    // `verdict` gives the amount granted; none refuses.
    using Verdict = std::function<std::optional<values::Cents>(const Sent&)>;
    void answer(Sent& claim, const Verdict& verdict, Date on) const {
        BUNDEL_ASSERT(!claim::is_final(claim.state));
        const auto granted = verdict(claim);
        claim.answered_day = on;
        claim.granted = granted.value_or(values::Cents{});
        if (!granted)
            claim.state = State::rejected;
        else
            claim.state = *granted == claim.amount ? State::approved : State::approved_other_amount;
    }
    void answer_all(const Verdict& verdict, Date on) {
        for (Sent& claim : sent) {
            if (!claim::is_final(claim.state)) answer(claim, verdict, on);
        }
    }

private:
    values::Reference next() { return values::Reference::of("C-" + std::to_string(++references_)); }

    Sent claim_of(const claim::Ought& ought, const claim::Action& action, Date as_of) {
        Sent claim;
        const bool own = ought.kind == claim::Kind::forwarded && !action.new_reference;
        claim.reference = own ? ought.line.reference : next();
        claim.kind = ought.kind;
        claim.declarant = ought.declarant;
        claim.insurer = ought.insurer;
        claim.performance = ought.performance;
        claim.care = ought.care;
        claim.amount = ought.amount;
        claim.line = ought.line;
        claim.phases = ought.phases;
        claim.contract = ought.contract;
        claim.content = ought.content();
        claim.trail = ought.trail;
        return as_sent(claim, as_of);
    }

    Sent credit_of(const claim::Action& action, Date as_of) {
        const auto debit = std::find_if(sent.begin(), sent.end(), [&](const Sent& claim) {
            return !claim.credit && claim.declarant == action.declarant && claim.reference == action.debit;
        });
        BUNDEL_ASSERT(debit != sent.end());
        Sent credit = *debit;
        credit.credit = true;
        credit.debit = debit->reference;
        credit.granted = {};
        credit.answered_day.reset();
        if (action.carrier.issuer.is_none()) {
            credit.reference = next();
        } else {
            credit.line = action.carrier;
            credit.reference = action.carrier.reference;
        }
        return as_sent(credit, as_of);
    }

    Sent as_sent(Sent claim, Date as_of) const {
        claim.as_of = as_of;
        claim.sent_day = as_of;
        claim.state = State::sent;
        claim.message = message_;
        return claim;
    }

    int references_ = 0;
    std::int64_t message_ = 0;
};

inline std::optional<values::Cents> approve(const Sent& claim) {
    return claim.amount;
}

}  // namespace bundel::testing
