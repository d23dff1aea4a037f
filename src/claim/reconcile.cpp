#include "claim/reconcile.h"

#include <algorithm>

namespace bundel::claim {
using rulebook::Rulebook;

namespace {

struct Context {
    const Case& wanted;
    std::span<const Sent> sent;
    const facts::Agreements& known;
    const Rulebook& rulebook;
    Date as_of;
    std::span<const Ought> earlier;  // before the cut-over
};

// A debit of ours with how it stands, and the ought it answers, if any.
struct Debit {
    const Sent* claim = nullptr;
    Standing standing = Standing::dead;
    std::optional<std::size_t> ought;
};

std::vector<Debit> debits_of(const Context& context) {
    std::vector<Debit> debits;
    for (const Sent& claim : context.sent) {
        if (!claim.credit)
            debits.push_back({&claim, standing(claim, context.sent, context.rulebook), std::nullopt});
    }
    std::sort(debits.begin(), debits.end(), [](const Debit& a, const Debit& b) {
        return std::tuple(a.claim->care, a.claim->reference) < std::tuple(b.claim->care, b.claim->reference);
    });
    return debits;
}

bool same_performance(const Ought& ought, const Sent& claim) {
    return ought.kind == claim.kind && ought.declarant == claim.declarant && ought.insurer == claim.insurer &&
           ought.performance == claim.performance && ought.care.overlaps(claim.care);
}

// Which sent claim answers which ought: first the very same line, then (performance, payer, overlapping care)
// in order of care and reference. Claims that are dead answer nothing.
std::vector<std::optional<std::size_t>> match(const Context& context, std::vector<Debit>& debits) {
    std::vector<std::optional<std::size_t>> answered(context.wanted.oughts.size());
    const auto pair_up = [&](auto fits) {
        for (std::size_t i = 0; i < context.wanted.oughts.size(); ++i) {
            for (std::size_t d = 0; d < debits.size() && !answered[i]; ++d) {
                const bool free = !debits[d].ought && debits[d].standing != Standing::dead;
                if (!free || !fits(context.wanted.oughts[i], *debits[d].claim)) continue;
                debits[d].ought = i;
                answered[i] = d;
            }
        }
    };
    pair_up([](const Ought& ought, const Sent& claim) {
        return same_performance(ought, claim) && ought.kind == Kind::forwarded && ought.line == claim.line;
    });
    pair_up(same_performance);
    return answered;
}

Question claim_question(const Sent& claim, const char* code, std::optional<Date> deadline) {
    Question question;
    question.key = FixedText<64>::of("claim/" + claim.declarant.digits() + "/" + claim.reference.str() + "/" +
                                     std::string(code).substr(0, 28));
    question.code = code;
    question.amount = claim.amount;
    question.deadline = deadline;
    question.claim = claim.reference;
    return question;
}

Question before_cutover(const Ought& earlier, const Ought& wanted) {
    const bool line = earlier.kind == Kind::forwarded;
    Question question;
    // By what it was then: that does not change any more.
    question.key =
        FixedText<64>::of("overgang/" + (line ? earlier.line.str()
                                              : earlier.performance.str() + "/" + earlier.insurer.digits() +
                                                    "/" + earlier.care.first.iso()));
    question.code = "before_cutover";
    question.amount = wanted.amount;
    question.deadline = wanted.latest_submit_day;
    return question;
}

bool may_go_anyway(const Context& context, const Question& question) {
    return std::any_of(context.wanted.pathway.known.judgements.begin(),
                       context.wanted.pathway.known.judgements.end(), [&](const auto& judgement) {
                           return judgement.fact.kind == facts::JudgementKind::send_anyway &&
                                  judgement.fact.question == question.key;
                       });
}

// Of the oughts those that this claim could answer, as what they come to.
std::vector<Digest> contents_for(const Sent& claim, std::span<const Ought> oughts) {
    std::vector<Digest> contents;
    for (const Ought& ought : oughts) {
        const bool its =
            same_performance(ought, claim) && (ought.kind == Kind::integrated || ought.line == claim.line);
        if (its) contents.push_back(ought.content());
    }
    std::sort(contents.begin(), contents.end());
    return contents;
}

bool judged(const Context& context, const Sent& claim, facts::JudgementKind kind) {
    return std::any_of(context.wanted.pathway.known.judgements.begin(),
                       context.wanted.pathway.known.judgements.end(), [&](const auto& judgement) {
                           return judgement.fact.kind == kind && judgement.fact.claim == claim.reference;
                       });
}

int answer_term(const Context& context, const Sent& claim) {
    if (claim.kind == Kind::integrated) {
        for (const auto& contract : context.known.contracts) {
            if (contract.fact.key.key == claim.contract) return contract.fact.answer_term_days;
        }
    }
    return context.rulebook.mono_terms().answer_term_days.value;
}

class Planner {
public:
    explicit Planner(const Context& context)
        : context_(context), debits_(debits_of(context)), answered_(match(context, debits_)) {}

    Plan plan() {
        for (const Sent& claim : context_.sent) wait_for_answer(claim);
        for (const Debit& debit : debits_) {
            if (!debit.ought) take_back(debit);
        }
        for (std::size_t i = 0; i < answered_.size(); ++i) {
            if (answered_[i])
                keep_or_replace(i, debits_[*answered_[i]]);
            else
                send_new(i);
        }
        settle_questions();
        return std::move(plan_);
    }

private:
    const Ought& ought(std::size_t index) const { return context_.wanted.oughts[index]; }

    void hold_until(Date last_same) {
        plan_.holds_until = plan_.holds_until ? std::min(*plan_.holds_until, last_same) : last_same;
    }

    // No final answer yet: past the term it is a question, never an automatic resend.
    void wait_for_answer(const Sent& claim) {
        if (is_final(claim.state)) return;
        plan_.awaiting = true;
        if (!claim.sent_day) return;
        const Date term = claim.sent_day->plus_days(answer_term(context_, claim));
        if (context_.as_of > term)
            plan_.questions.push_back(claim_question(claim, "answer_overdue", std::nullopt));
        else
            hold_until(term);
    }

    // Stands at the insurer and ought not to. Open: its answer comes first. Crediting: likewise.
    void take_back(const Debit& debit) {
        if (debit.standing == Standing::live) credit_if_news(*debit.claim);
        if (debit.standing == Standing::stuck) credit_once_more(*debit.claim);
    }

    // A claim that was taken over and that is as much, or as little, as it ought to be as it was before the
    // cut-over: no news, so nothing goes by itself.
    void credit_if_news(const Sent& claim) {
        const bool taken_over = claim.message == 0;
        const bool news = !taken_over || contents_for(claim, context_.wanted.oughts) !=
                                             contents_for(claim, context_.earlier);
        Question question = claim_question(claim, "adopted_differs", std::nullopt);
        if (news || may_go_anyway(context_, question)) return credit(claim);
        plan_.questions.push_back(std::move(question));
    }

    void keep_or_replace(std::size_t index, const Debit& debit) {
        const Sent& claim = *debit.claim;
        switch (debit.standing) {
            case Standing::open: return;
            case Standing::crediting: return;
            case Standing::stuck: return credit_once_more(claim);
            case Standing::dead: BUNDEL_ASSERT(false);
            case Standing::live: break;
        }
        if (ought(index).amount != claim.amount || in_the_way(debit)) return credit_if_news(claim);
        const bool reduced = claim.granted < claim.amount;  // also when that was paid
        if (!reduced) return;
        if (judged(context_, claim, facts::JudgementKind::send_again)) return credit(claim);
        plan_.questions.push_back(claim_question(claim, "claim_reduced", ought(index).latest_submit_day));
        plan_.questions.back().amount = claim.amount - claim.granted;
    }

    void send_new(std::size_t index) {
        const Ought& wanted = ought(index);
        if (blocked_by_standing_claim(wanted)) return;
        if (const Sent* refused = refused_before(wanted)) {
            plan_.questions.push_back(claim_question(*refused, "claim_rejected", wanted.latest_submit_day));
            return;
        }
        if (const Ought* earlier = wanted_before_cutover(wanted)) {
            Question question = before_cutover(*earlier, wanted);
            if (!may_go_anyway(context_, question)) return plan_.questions.push_back(std::move(question));
        }
        if (context_.as_of > wanted.latest_submit_day) return lose(wanted);
        hold_until(wanted.latest_submit_day);
        Action action;
        action.kind = Action::Kind::send;
        action.ought = index;
        action.new_reference = wanted.kind == Kind::forwarded && line_was_sent(wanted.line);
        plan_.actions.push_back(action);
    }

    // Something of the same care still stands that ought not to: the new claim waits until that is gone.
    bool blocked_by_standing_claim(const Ought& wanted) const {
        return std::any_of(debits_.begin(), debits_.end(), [&](const Debit& debit) {
            if (debit.standing == Standing::dead) return false;
            return debit.ought ? holds_days_of(debit, wanted) : same_care(wanted, *debit.claim);
        });
    }

    // A bundle was sent for days that now belong to another: what was one pregnancy turned out to be two.
    bool holds_days_of(const Debit& debit, const Ought& wanted) const {
        const Sent& claim = *debit.claim;
        return wanted.kind == Kind::integrated && claim.kind == Kind::integrated &&
               wanted.performance == claim.performance && wanted.care.overlaps(claim.care) &&
               claim.care != ought(*debit.ought).care;
    }

    // The other could go out if this one were sent anew for its own days.
    bool in_the_way(const Debit& debit) const {
        for (std::size_t i = 0; i < answered_.size(); ++i) {
            const bool could_go = !answered_[i] && refused_before(ought(i)) == nullptr &&
                                  context_.as_of <= ought(i).latest_submit_day;
            if (could_go && holds_days_of(debit, ought(i))) return true;
        }
        return false;
    }

    // By their days, or because a line has a part in the phase of a bundle: a line may be placed in a phase
    // by its performance on a day outside it.
    bool same_care(const Ought& wanted, const Sent& claim) const {
        if (wanted.care.overlaps(claim.care)) return true;
        if (wanted.kind == claim.kind) return false;
        const bool bundle_wanted = wanted.kind == Kind::integrated;
        const LineId& line = bundle_wanted ? claim.line : wanted.line;
        const Period& bundle = bundle_wanted ? wanted.care : claim.care;
        const auto phases = bundle_wanted ? wanted.phases : claim.phases;
        const pathway::Pathway& pathway = context_.wanted.pathway;
        return std::any_of(pathway.parts.begin(), pathway.parts.end(), [&](const pathway::Part& part) {
            return phases.contains(part.phase) && pathway.known.lines[part.line].fact.id == line &&
                   pathway.pregnancies[part.pregnancy].phase(part.phase).period.overlaps(bundle);
        });
    }

    // The identical claim was refused and nothing is new since: of those the first that no person let go
    // again. One judgement is good for one try.
    const Sent* refused_before(const Ought& wanted) const {
        const Digest content = wanted.content();
        for (const Debit& debit : debits_) {
            const Sent& claim = *debit.claim;
            const bool refused = claim.state == State::rejected && claim.content == content &&
                                 claim.care.overlaps(wanted.care);
            if (refused && !judged(context_, claim, facts::JudgementKind::send_again)) return &claim;
        }
        return nullptr;
    }

    // It was to be claimed before the cut-over, and nothing of it went out from here since.
    const Ought* wanted_before_cutover(const Ought& wanted) const {
        const bool ours = std::any_of(context_.sent.begin(), context_.sent.end(), [&](const Sent& claim) {
            return claim.message != 0 && same_performance(wanted, claim) &&
                   (wanted.kind == Kind::integrated || is_about(claim, wanted.line));
        });
        if (ours) return nullptr;
        const Digest content = wanted.content();
        const auto found =
            std::find_if(context_.earlier.begin(), context_.earlier.end(), [&](const Ought& earlier) {
                return earlier.content() == content && earlier.care.overlaps(wanted.care);
            });
        return found == context_.earlier.end() ? nullptr : &*found;
    }

    // It carries this line, or credits what does.
    bool is_about(const Sent& claim, const LineId& line) const {
        if (!claim.credit) return claim.line == line;
        return std::any_of(context_.sent.begin(), context_.sent.end(), [&](const Sent& debit) {
            return !debit.credit && debit.declarant == claim.declarant && debit.reference == claim.debit &&
                   debit.line == line;
        });
    }

    bool line_was_sent(const LineId& line) const {
        return std::any_of(context_.sent.begin(), context_.sent.end(), [&](const Sent& claim) {
            return claim.kind == Kind::forwarded && !claim.credit && claim.line == line;
        });
    }

    void lose(const Ought& wanted) {
        plan_.losses.push_back({wanted.declarant, wanted.line, wanted.amount, wanted.latest_submit_day});
    }

    void credit(const Sent& debit) {
        Action action;
        action.kind = Action::Kind::credit;
        action.debit = debit.reference;
        action.declarant = debit.declarant;
        if (debit.kind == Kind::forwarded) action.carrier = own_credit_of(debit.line);
        plan_.actions.push_back(action);
    }

    // The participant's own credit line for this line, when there is one that we did not pass on yet.
    LineId own_credit_of(const LineId& line) const {
        for (const auto& known : context_.wanted.pathway.known.lines) {
            const facts::CareLine& candidate = known.fact;
            const bool names = candidate.credit && candidate.id.issuer == line.issuer &&
                               candidate.previous == line.reference;
            if (names && !carried(candidate.id)) return candidate.id;
        }
        return {};
    }

    bool carried(const LineId& line) const {
        return std::any_of(context_.sent.begin(), context_.sent.end(),
                           [&](const Sent& claim) { return claim.credit && claim.line == line; });
    }

    // Its credit was refused. Each refusal is a question of its own until a person says to try once more.
    void credit_once_more(const Sent& debit) {
        bool asked = false;
        for (const Sent& refused : context_.sent) {
            const bool of_debit = refused.credit && refused.declarant == debit.declarant &&
                                  refused.debit == debit.reference && refused.state == State::rejected;
            if (!of_debit || judged(context_, refused, facts::JudgementKind::send_again)) continue;
            plan_.questions.push_back(claim_question(refused, "credit_refused", std::nullopt));
            asked = true;
        }
        if (!asked) credit(debit);
    }

    void settle_questions() {
        std::erase_if(plan_.questions, [&](const Question& question) {
            return std::any_of(context_.wanted.pathway.known.judgements.begin(),
                               context_.wanted.pathway.known.judgements.end(), [&](const auto& judgement) {
                                   return judgement.fact.kind == facts::JudgementKind::accept &&
                                          judgement.fact.question == question.key;
                               });
        });
        std::sort(plan_.questions.begin(), plan_.questions.end(),
                  [](const Question& a, const Question& b) { return a.key < b.key; });
    }

    const Context& context_;
    std::vector<Debit> debits_;
    std::vector<std::optional<std::size_t>> answered_;
    Plan plan_;
};

}  // namespace

Plan reconcile(const Case& wanted, std::span<const Sent> sent, const facts::Agreements& known,
               const Rulebook& rulebook, Date as_of, std::span<const Ought> earlier) {
    const Context context{wanted, sent, known, rulebook, as_of, earlier};
    return Planner(context).plan();
}

}  // namespace bundel::claim
