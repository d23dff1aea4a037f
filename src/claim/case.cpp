#include "claim/case.h"

#include <algorithm>

#include "claim/forwarding.h"

namespace bundel::claim {
using base::Result;
using rulebook::Rulebook;
using selection::PhaseDecision;
using selection::RouteKind;

namespace {

FixedText<64> question_key(std::string text) {
    if (text.size() > 64) text = text.substr(0, 31) + base::digest(text).hex().substr(0, 32);
    return FixedText<64>::of(text);
}

// Of how the dates were found, and of the decision.
Digest trail_of(const Case& made, const PhaseDecision& decision) {
    const auto phase = static_cast<std::size_t>(&decision - made.selection.phases.data());
    return base::Hasher()
        .add(made.pregnancy_trails[decision.pregnancy])
        .add(made.phase_trails[phase])
        .finish();
}

// The phase itself, or one that is paid in its claim.
bool is_paid_by(const PhaseDecision& paid, const PhaseDecision& by) {
    return paid.pregnancy == by.pregnancy &&
           (paid.phase == by.phase || (paid.paid_with == by.phase && paid.paid_with.has_value()));
}

Ought bundle(const Case& made, const PhaseDecision& decision, AgbCode igo) {
    Ought ought;
    ought.kind = Kind::integrated;
    ought.declarant = igo;
    ought.insurer = decision.insurer;
    ought.performance = decision.route.performance->code;
    for (const PhaseDecision& paid : made.selection.phases) {
        if (!is_paid_by(paid, decision)) continue;
        const Period& period = made.pathway.pregnancies[paid.pregnancy].phase(paid.phase).period;
        if (ought.phases.empty()) ought.care = period;
        ought.care = {std::min(ought.care.first, period.first), std::max(ought.care.last, period.last)};
        ought.phases.add(paid.phase);
    }
    ought.amount = decision.route.price;
    ought.pregnancy = decision.pregnancy;
    ought.latest_submit_day = *decision.latest_submit_day;
    ought.contract = decision.contract->key.key;
    ought.status = made.pathway.trails[decision.pregnancy].weakest();
    base::Hasher trails;
    for (const PhaseDecision& paid : made.selection.phases) {
        if (!is_paid_by(paid, decision)) continue;
        ought.status = values::weakest(ought.status, paid.trail.weakest());
        trails.add(trail_of(made, paid));
    }
    ought.trail = ought.phases.several() ? trails.finish() : trail_of(made, decision);
    return ought;
}

Question phase_question(const PhaseDecision& decision) {
    static constexpr const char* names[] = {"prenataal", "nataal", "postnataal"};
    Question question;
    question.key =
        question_key("fase/" + std::to_string(decision.pregnancy + 1) + "/" +
                     names[static_cast<std::size_t>(decision.phase)] + "/" + decision.route.reason);
    question.code = decision.route.reason;
    question.amount = decision.shadow;
    question.deadline = decision.latest_submit_day;
    return question;
}

Question line_question(const Case& made, std::uint32_t index, const char* code,
                       std::optional<Date> deadline) {
    const facts::CareLine& line = made.pathway.known.lines[index].fact;
    Question question;
    question.key = question_key("regel/" + line.id.str() + "/" + code);
    question.code = code;
    question.amount = line.amount;
    question.deadline = deadline;
    question.line = index;
    return question;
}

// Of the decisions on the phases it has a part in, else of its disposition.
Digest trail_of_line(const Case& made, std::uint32_t line) {
    base::Hasher hasher;
    hasher.add(std::string_view(made.selection.lines[line].reason));
    for (const pathway::Part& part : made.pathway.parts) {
        if (part.line != line) continue;
        for (const PhaseDecision& decision : made.selection.phases) {
            if (decision.pregnancy == part.pregnancy && decision.phase == part.phase)
                hasher.add(trail_of(made, decision));
        }
    }
    return hasher.finish();
}

void add_lines(Case& made, const Rulebook& rulebook, Date as_of) {
    for (std::uint32_t i = 0; i < made.pathway.known.lines.size(); ++i) {
        Forwarding forwarding = forward(made.pathway, made.selection, i, rulebook, as_of);
        if (forwarding.kind == Forwarding::Kind::send) {
            forwarding.ought.trail = trail_of_line(made, i);
            made.oughts.push_back(forwarding.ought);
        }
        if (forwarding.kind == Forwarding::Kind::ask) {
            made.questions.push_back(line_question(made, i, forwarding.reason, forwarding.deadline));
        }
        if (forwarding.holds_until) made.valid_until = std::min(made.valid_until, *forwarding.holds_until);
    }
}

bool accepted(const Case& made, const Question& question) {
    return std::any_of(made.pathway.known.judgements.begin(), made.pathway.known.judgements.end(),
                       [&](const auto& judgement) {
                           return judgement.fact.kind == facts::JudgementKind::accept &&
                                  judgement.fact.question.view() == question.key.view();
                       });
}

}  // namespace

Result<Case> assess_known(facts::Woman woman, const facts::Agreements& known, const Rulebook& rulebook,
                          Date as_of) {
    Case made;
    made.valid_until = Date::far_future();
    BUNDEL_TRY(pathway, pathway::build(std::move(woman), rulebook, as_of));
    made.pathway = std::move(pathway);
    BUNDEL_TRY(selection, selection::decide(made.pathway, known, rulebook, as_of));
    made.selection = std::move(selection);
    for (const auto& until : {made.pathway.holds_until, made.selection.holds_until}) {
        if (until) made.valid_until = std::min(made.valid_until, *until);
    }
    made.oughts.reserve(made.selection.phases.size() + made.selection.lines.size());
    made.phase_trails.reserve(made.selection.phases.size());
    for (const auto& trail : made.pathway.trails) made.pregnancy_trails.push_back(trail.digest());
    for (const PhaseDecision& decision : made.selection.phases)
        made.phase_trails.push_back(decision.trail.digest());
    for (const PhaseDecision& decision : made.selection.phases) {
        if (decision.route.kind == RouteKind::integrated && !decision.paid_with)
            made.oughts.push_back(bundle(made, decision, known.igo));
        if (decision.route.kind == RouteKind::ask) made.questions.push_back(phase_question(decision));
    }
    add_lines(made, rulebook, as_of);
    std::erase_if(made.questions, [&](const Question& question) { return accepted(made, question); });
    std::sort(made.oughts.begin(), made.oughts.end(), [](const Ought& a, const Ought& b) {
        return std::tuple(a.kind, a.performance, a.insurer, a.care, a.line) <
               std::tuple(b.kind, b.performance, b.insurer, b.care, b.line);
    });
    std::sort(made.questions.begin(), made.questions.end(),
              [](const Question& a, const Question& b) { return a.key < b.key; });
    made.valid_until = std::max(made.valid_until, as_of);
    return made;
}

namespace {

// Bytes of numbers (lowest byte first) and of texts with their length, digested at once: half the time of a
// Hasher that is given as many small pieces.
class Bytes {
public:
    Bytes() { bytes_.reserve(2048); }
    Bytes& add(std::int64_t number) {
        std::array<char, 8> raw;
        for (std::size_t i = 0; i < raw.size(); ++i)
            raw[i] = static_cast<char>((static_cast<std::uint64_t>(number) >> (8 * i)) & 255);
        bytes_.append(raw.data(), raw.size());
        return *this;
    }
    Bytes& add(std::string_view text) {
        add(static_cast<std::int64_t>(text.size()));
        bytes_.append(text);
        return *this;
    }
    Bytes& add(const Digest& digest) {
        bytes_.append(digest.view());
        return *this;
    }
    Digest digest() const { return base::digest(bytes_); }

private:
    std::string bytes_;
};

template <class Item, class Add>
void add_all(Bytes& bytes, const std::vector<Item>& items, Add add) {
    bytes.add(static_cast<std::int64_t>(items.size()));
    for (const Item& item : items) add(item);
}

}  // namespace

Digest Case::digest() const {
    Bytes bytes;
    add_all(bytes, pregnancy_trails, [&](const Digest& trail) { bytes.add(trail); });
    add_all(bytes, phase_trails, [&](const Digest& trail) { bytes.add(trail); });
    add_all(bytes, selection.phases,
            [&](const PhaseDecision& phase) { bytes.add(std::string_view(phase.route.reason)); });
    add_all(bytes, selection.lines, [&](const selection::LineDecision& line) {
        if (line.own_payment) bytes.add(line.own_payment->net.count()).add(line.own_payment->gross.count());
    });
    add_all(bytes, pathway.parts, [&](const pathway::Part& part) {
        bytes.add(part.line).add(part.pregnancy).add(static_cast<int>(part.phase)).add(part.amount.count());
    });
    add_all(bytes, pathway.unplaced, [&](const pathway::Unplaced& unplaced) {
        bytes.add(unplaced.line).add(static_cast<int>(unplaced.reason));
    });
    add_all(bytes, selection.lines, [&](const selection::LineDecision& line) {
        bytes.add(static_cast<int>(line.disposition)).add(std::string_view(line.reason)).add(line.by_member);
    });
    add_all(bytes, oughts, [&](const Ought& ought) {
        bytes.add(static_cast<int>(ought.kind)).add(ought.declarant.number()).add(ought.insurer.number());
        bytes.add(ought.performance.list).add(ought.performance.code.view()).add(ought.amount.count());
        bytes.add(ought.care.first.day_number()).add(ought.care.last.day_number());
        bytes.add(ought.line.reference.view()).add(ought.latest_submit_day.day_number());
    });
    add_all(bytes, questions,
            [&](const Question& question) { bytes.add(question.key.view()).add(question.amount.count()); });
    return bytes.digest();
}

}  // namespace bundel::claim
