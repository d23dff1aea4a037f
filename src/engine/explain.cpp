#include "engine/explain.h"

#include <algorithm>

#include "base/text.h"
#include "engine/bought.h"
#include "engine/rule_words.h"
#include "selection/nearest.h"

namespace bundel::engine {
using claim::Sent;
using pathway::Part;
using pathway::Phase;
using pathway::Pregnancy;
using rulebook::Datum;
using rulebook::Note;
using selection::PhaseDecision;
using selection::RouteKind;
using texts::Texts;
using values::PhaseKind;

namespace {

constexpr const char* status_words[] = {"status_verified", "status_example", "status_provisional"};

class Writer {
public:
    Writer(const World& world, const Explanation& explanation, const Texts& texts)
        : world_(world),
          explanation_(explanation),
          pathway_(explanation.standing.wanted.pathway),
          texts_(texts) {}

    std::string write() {
        line(0, texts_.sentence("explain_title", {{"day", explanation_.as_of.dutch()},
                                                  {"person", pathway_.known.person.hex().substr(0, 8)}}));
        for (std::size_t i = 0; i < pathway_.pregnancies.size(); ++i) pregnancy(i);
        unplaced_lines();
        bought();
        claims();
        questions();
        losses();
        return std::move(out_);
    }

    // The lines about one thing, each without its dash.
    std::vector<std::string> reasons(const PhaseDecision& decision) {
        trail(decision);
        return taken();
    }
    std::vector<std::string> reasons(std::size_t pregnancy) {
        for (const Note& step : pathway_.trails[pregnancy].notes()) note(0, step);
        return taken();
    }
    std::vector<std::string> nearest_other(const PhaseDecision& decision) {
        nearest(decision);
        return taken();
    }

private:
    std::vector<std::string> taken() {
        std::vector<std::string> lines;
        for (std::string_view one : base::split(out_, '\n')) {
            one = base::trim(one);
            if (one.starts_with("- ")) one.remove_prefix(2);
            if (!one.empty()) lines.emplace_back(one);
        }
        out_.clear();
        return lines;
    }

    void line(int indent, const std::string& text) {
        out_.append(static_cast<std::size_t>(indent) * 2, ' ').append(text).push_back('\n');
    }

    std::string datum(const Datum& seen) const {
        switch (seen.kind) {
            case Datum::Kind::none: return "";
            case Datum::Kind::date:
                return Date::from_day_number(static_cast<std::int32_t>(seen.number)).dutch();
            case Datum::Kind::days:
            case Datum::Kind::count: return texts_.number(seen.number);
            case Datum::Kind::cents: return texts_.amount(Cents::of(seen.number));
            case Datum::Kind::agb:
                return seen.number == 0 ? texts_.sentence("party_unknown")
                                        : base::zero_padded(seen.number, 8);
            case Datum::Kind::uzovi: return base::zero_padded(seen.number, 4);
            case Datum::Kind::line:
                return pathway_.known.lines[static_cast<std::size_t>(seen.number)].fact.id.str();
            case Datum::Kind::phase: return texts_.sentence(phase_words[seen.number]);
            case Datum::Kind::word: return texts_.sentence(seen.word);
        }
        return "";
    }

    // The sentence of one step, then where the rule stands and how sure its value is.
    static bool is_rule(const Note& note) { return std::string_view(note.step) == "rule_applied"; }

    void note(int indent, const Note& note) {
        base::Params params;
        static constexpr const char* names[] = {"a", "b", "c"};
        for (std::size_t i = 0; i < note.seen.size(); ++i) {
            if (note.seen[i].kind != Datum::Kind::none) params.emplace_back(names[i], datum(note.seen[i]));
        }
        std::string text = "- " + texts_.sentence(note.step, params);
        if (note.value != 0) text += " " + rule(note.value);
        line(indent, text + status(note.status));
    }

    // Where the rule stands, what it says and where it comes from.
    std::string rule(rulebook::ValueId id) const {
        const auto& value = world_.rulebook.values()[id];
        return texts_.sentence("explain_rule", {{"key", value.file + ", " + value.key},
                                                {"value", value.text},
                                                {"source", source_text(value.source, texts_)}});
    }

    std::string payer(UzoviCode insurer) const {
        return insurer.is_none() ? texts_.sentence("no_insurer") : insurer.digits();
    }

    std::string status(values::Status status) const {
        if (status == values::Status::verified) return "";
        return " (" + texts_.sentence(status_words[static_cast<std::size_t>(status)]) + ")";
    }

    void pregnancy(std::size_t index) {
        const Pregnancy& pregnancy = pathway_.pregnancies[index];
        out_.push_back('\n');
        line(0, texts_.sentence(
                    "explain_pregnancy",
                    {{"number", std::to_string(index + 1)},
                     {"onset", pregnancy.onset.dutch()},
                     {"due", pregnancy.due ? pregnancy.due->on.dutch() : texts_.sentence("date_unknown")}}));
        for (const Note& step : pathway_.trails[index].notes()) note(1, step);
        for (const PhaseDecision& decision : explanation_.standing.wanted.selection.phases) {
            if (decision.pregnancy == index) phase(decision);
        }
    }

    void phase(const PhaseDecision& decision) {
        const Phase& phase = pathway_.pregnancies[decision.pregnancy].phase(decision.phase);
        out_.push_back('\n');
        const std::string name = texts_.sentence(phase_words[static_cast<std::size_t>(decision.phase)]);
        line(1, texts_.sentence(
                    "explain_phase",
                    {{"phase", name},
                     {"period", texts_.period(phase.period)},
                     {"route", texts_.sentence(route_words[static_cast<std::size_t>(decision.route.kind)])},
                     {"reason", texts_.sentence(decision.route.reason)}}));
        if (decision.route.kind == RouteKind::integrated && !decision.paid_with) {
            line(2, texts_.sentence("explain_performance", {{"name", decision.route.performance->name},
                                                            {"code", decision.route.performance->code.str()},
                                                            {"price", texts_.amount(decision.route.price)},
                                                            {"insurer", decision.insurer.digits()}}));
        }
        if (decision.route.until)
            line(2, texts_.sentence("explain_until", {{"day", decision.route.until->dutch()}}));
        if (decision.latest_submit_day)
            line(2, texts_.sentence("explain_latest", {{"day", decision.latest_submit_day->dutch()}}));
        trail(decision);
        nearest(decision);
        for (const Part& part : pathway_.parts) {
            if (part.pregnancy == decision.pregnancy && part.phase == decision.phase)
                care_line(2, part.line, part.amount, part.scope);
        }
    }

    void trail(const PhaseDecision& decision) {
        const auto& notes = decision.trail.notes();
        for (std::size_t i = 0; i < notes.size(); ++i) {
            // Of the tables that rest on each other the last rule says it; the trail has them all.
            const bool rests_on_more = i + 1 < notes.size() && is_rule(notes[i]) && is_rule(notes[i + 1]);
            if (!rests_on_more) note(2, notes[i]);
        }
    }

    void nearest(const PhaseDecision& decision) {
        const auto found = selection::nearest_other(decision);
        if (!found.ok() || !*found) return;
        const selection::Alternative& other = **found;
        const std::string route = texts_.sentence(route_words[static_cast<std::size_t>(other.kind)]);
        const std::string who = outsiders(decision);
        const bool outside = other.variable == rulebook::Variable::outside_in_phase ||
                             other.variable == rulebook::Variable::outside_in_pregnancy;
        if (outside && !who.empty() && other.instead.format() == "0")
            return line(2,
                        "- " + texts_.sentence("explain_nearest_member", {{"who", who}, {"route", route}}));
        line(2, "- " + texts_.sentence("explain_nearest",
                                       {{"variable", decision.regime->model->input_of(other.variable)->name},
                                        {"instead", word_of(other.instead)},
                                        {"now", word_of(other.now)},
                                        {"route", route}}));
    }

    // "08000900 op 10-11-2023": who gave the care outside, when each of it is a line that we have.
    std::string outsiders(const PhaseDecision& decision) const {
        std::string text;
        for (const Note& note : decision.trail.notes()) {
            if (std::string_view(note.step) == "outside_reported") return "";
            if (std::string_view(note.step) != "outside_line") continue;
            text += (text.empty() ? "" : ", ") +
                    texts_.sentence("explain_outsider",
                                    {{"who", datum(note.seen[1])}, {"day", datum(note.seen[2])}});
        }
        return text;
    }

    void care_line(int indent, std::uint32_t index, Cents here, const rulebook::Scope* scope) {
        const auto& known = pathway_.known.lines[index];
        const auto& care = known.fact;
        const auto& decision = explanation_.standing.wanted.selection.lines[index];
        line(indent, texts_.sentence(
                         "explain_line",
                         {{"line", care.id.str()},
                          {"performance", care.performance.str()},
                          {"period", texts_.period(care.care)},
                          {"amount", texts_.amount(care.amount)},
                          {"here", texts_.amount(here)},
                          {"declarant", care.declarant.digits()},
                          {"treating", care.treating.is_none() ? texts_.sentence("party_unknown")
                                                               : care.treating.digits()},
                          {"received", known.received.dutch()},
                          {"member", texts_.sentence(decision.by_member ? "party_member" : "party_outside")},
                          {"reason", texts_.sentence(decision.reason)}}));
        if (scope != nullptr) line(indent + 1, rule(scope->id) + status(scope->status));
        if (decision.own_payment) own_payment(indent + 1, *decision.own_payment);
    }

    void own_payment(int indent, const selection::OwnPayment& own) {
        if (!own.amount) return line(indent, texts_.sentence("explain_own_payment_unknown"));
        line(indent, texts_.sentence("explain_own_payment", {{"own", texts_.amount(*own.amount)},
                                                             {"gross", texts_.amount(own.gross)},
                                                             {"net", texts_.amount(own.net)}}) +
                         " " + rule(own.rate) + status(own.status));
    }

    void unplaced_lines() {
        if (pathway_.unplaced.empty()) return;
        out_.push_back('\n');
        line(0, texts_.sentence("explain_unplaced"));
        for (const auto& unplaced : pathway_.unplaced) care_line(1, unplaced.line, Cents(), unplaced.scope);
    }

    void bought() {
        if (pathway_.known.bought.empty()) return;
        out_.push_back('\n');
        line(0, texts_.sentence("explain_bought"));
        for (const auto& known : pathway_.known.bought) {
            const auto& fact = known.fact;
            line(1, texts_.sentence("explain_bought_row",
                                    {{"kind", texts_.sentence(std::string("bought_") + word(fact.kind))},
                                     {"period", texts_.period(fact.care)},
                                     {"amount", texts_.amount(fact.amount)},
                                     {"buyer", fact.buyer.digits()},
                                     {"supplier", fact.supplier.is_none() ? texts_.sentence("party_unknown")
                                                                          : fact.supplier.digits()},
                                     {"received", known.received.dutch()}}));
        }
    }

    void claims() {
        out_.push_back('\n');
        line(0, texts_.sentence(explanation_.standing.loaded.sent.empty() ? "explain_no_claims"
                                                                          : "explain_claims"));
        for (const Sent& sent : explanation_.standing.loaded.sent) claim(sent);
    }

    void claim(const Sent& sent) {
        const char* kind = claim::word(sent.kind, claim::way_of(sent), sent.credit);
        line(1, texts_.sentence("explain_claim", {{"reference", sent.reference.str()},
                                                  {"kind", texts_.sentence(kind)},
                                                  {"performance", sent.performance.str()},
                                                  {"amount", texts_.amount(sent.amount)},
                                                  {"insurer", payer(sent.insurer)},
                                                  {"declarant", sent.declarant.digits()},
                                                  {"state", texts_.sentence(claim::word(sent.state))},
                                                  {"day", sent.sent_day ? sent.sent_day->dutch()
                                                                        : texts_.sentence("date_unknown")}}));
        if (sent.message == 0) line(2, texts_.sentence("explain_adopted"));
        if (sent.credit) line(2, texts_.sentence("explain_credits", {{"debit", sent.debit.str()}}));
        if (claim::is_final(sent.state) && sent.state != claim::State::handed_over) {
            line(2, texts_.sentence("explain_answer",
                                    {{"day", sent.answered_day ? sent.answered_day->dutch()
                                                               : texts_.sentence("date_unknown")},
                                     {"granted", texts_.amount(sent.granted)}}));
        }
        if (!sent.paid.is_zero())
            line(2, texts_.sentence("explain_paid", {{"paid", texts_.amount(sent.paid)}}));
        for (const auto& code : sent.codes) {
            if (code.empty()) continue;
            const auto* known = world_.rulebook.return_code(code.view());
            line(2, texts_.sentence(
                        "explain_code",
                        {{"code", code.str()},
                         {"text", known != nullptr ? known->text : texts_.sentence("code_unknown")}}));
        }
        for (const ClaimDivision& division : explanation_.divisions) {
            if (division.claim.declarant == sent.declarant && division.claim.reference == sent.reference)
                shares(division);
        }
    }

    void shares(const ClaimDivision& division) {
        if (division.pot.amount.is_zero()) return;
        if (division.of.shared)
            return line(2,
                        texts_.sentence("explain_shared_pot", {{"model", division.of.model->id.str()},
                                                               {"first", division.of.period.first.dutch()},
                                                               {"last", division.of.period.last.dutch()}}));
        for (const auto& step : division.division.steps) {
            line(2, texts_.sentence("explain_step", {{"step", step.step},
                                                     {"basis", texts_.amount(step.basis)},
                                                     {"taken", texts_.amount(step.taken)},
                                                     {"source", source_text(step.source, texts_)}}));
            for (const auto& share : step.shares) {
                line(3, texts_.sentence("explain_share", {{"payee", share.payee.digits()},
                                                          {"amount", texts_.amount(share.amount)},
                                                          {"weight", texts_.number(share.weight)},
                                                          {"total", texts_.number(step.total_weight)}}));
            }
        }
        for (const auto& [kind, amount] : division.division.covered)
            line(2, texts_.sentence("explain_covered", {{"kind", kind}, {"amount", texts_.amount(amount)}}));
        if (!division.division.undivided.is_zero())
            line(2, texts_.sentence("explain_undivided",
                                    {{"amount", texts_.amount(division.division.undivided)}}));
    }

    void questions() {
        const auto& wanted = explanation_.standing.wanted.questions;
        const auto& plan = explanation_.standing.plan.questions;
        if (wanted.empty() && plan.empty()) return;
        out_.push_back('\n');
        line(0, texts_.sentence("explain_questions"));
        for (const auto* list : {&wanted, &plan}) {
            for (const auto& question : *list) {
                line(1, texts_.sentence("explain_question",
                                        {{"key", question.key.str()},
                                         {"text", texts_.sentence(question.code)},
                                         {"amount", texts_.amount(question.amount)},
                                         {"deadline", question.deadline ? question.deadline->dutch()
                                                                        : texts_.sentence("date_none")}}));
            }
        }
    }

    void losses() {
        for (const auto& loss : explanation_.standing.plan.losses) {
            line(0, texts_.sentence("explain_loss", {{"participant", loss.participant.digits()},
                                                     {"amount", texts_.amount(loss.amount)},
                                                     {"day", loss.latest_submit_day.dutch()}}));
        }
    }

    const World& world_;
    const Explanation& explanation_;
    const pathway::Pathway& pathway_;
    const Texts& texts_;
    std::string out_;
};

Result<PersonId> only(const std::vector<PersonId>& found) {
    if (found.empty()) return Error{"explain_nobody"};
    if (std::any_of(found.begin(), found.end(), [&](PersonId id) { return id != found.front(); }))
        return Error{"explain_ambiguous"};
    return found.front();
}

}  // namespace

Result<Explanation> explain(World& world, PersonId person, Date as_of) {
    BUNDEL_TRY(agreements, load_agreements(world));
    facts::Agreements known = facts::known_on(agreements, as_of);
    BUNDEL_TRY(standing, stand(world, person, known, as_of));
    BUNDEL_TRY(divisions, divisions_of(world, standing));
    return Explanation{std::move(known), std::move(standing), std::move(divisions), as_of};
}

Result<std::size_t> explain_all(World& world, Date as_of, const Told& told) {
    BUNDEL_TRY(agreements, load_agreements(world));
    const facts::Agreements known = facts::known_on(agreements, as_of);
    BUNDEL_TRY(persons, world.store.persons());
    std::size_t passed_over = 0;
    for (const PersonId person : persons) {
        auto standing = stand(world, person, known, as_of);
        if (!standing.ok()) {
            if (!is_about_rules(standing.error())) return standing.error();
            ++passed_over;
            continue;
        }
        // Of several persons that are one, the lowest tells for all.
        if (standing->loaded.gathered.woman.person != person) continue;
        BUNDEL_TRY(divisions, divisions_of(world, *standing));
        BUNDEL_TRY_DONE(told({known, *std::move(standing), std::move(divisions), as_of}));
    }
    return passed_over;
}

Result<PersonId> whom(World& world, std::string_view name) {
    std::vector<PersonId> found;
    if (const auto bsn = values::Bsn::parse(name); bsn.ok()) {
        BUNDEL_TRY(person, world.identities.find(*bsn));
        if (person) return *person;
    }
    const auto slash = name.find('/');
    if (slash != std::string_view::npos) {
        const auto agb = AgbCode::parse(name.substr(0, slash));
        if (!agb.ok()) return Error{"explain_nobody"};
        const std::string_view rest = name.substr(slash + 1);
        BUNDEL_TRY(patient, world.identities.find(*agb, rest));
        if (patient) return *patient;
        if (!Reference::fits(rest)) return Error{"explain_nobody"};
        const auto reference = Reference::of(rest);
        BUNDEL_TRY(lines, world.store.lines({*agb, reference}));
        for (const LineRow& line : lines) found.push_back(line.person);
        BUNDEL_TRY(claim, world.store.claim(*agb, reference));
        if (claim) found.push_back(claim->person);
        return only(found);
    }
    if (Reference::fits(name)) {
        BUNDEL_TRY(claims, world.store.all_claims());
        for (const Sent& claim : claims) {
            if (claim.reference.view() == name) found.push_back(claim.person);
        }
    }
    if (found.empty() && name.size() >= 8) {
        BUNDEL_TRY(persons, world.store.persons());
        for (const PersonId person : persons) {
            if (person.hex().starts_with(name)) found.push_back(person);
        }
    }
    return only(found);
}

std::string source_text(const std::string& source, const Texts& texts) {
    constexpr std::string_view missing = "not found: ";
    if (!source.starts_with(missing)) return source;
    return texts.sentence("source_not_found", {{"what", source.substr(missing.size())}});
}

std::vector<std::string> phase_reasons(const World& world, const Explanation& explanation,
                                       const PhaseDecision& decision, const Texts& texts) {
    return Writer(world, explanation, texts).reasons(decision);
}

std::vector<std::string> pregnancy_reasons(const World& world, const Explanation& explanation,
                                           std::size_t pregnancy, const Texts& texts) {
    return Writer(world, explanation, texts).reasons(pregnancy);
}

std::string nearest_other(const World& world, const Explanation& explanation, const PhaseDecision& decision,
                          const Texts& texts) {
    const auto lines = Writer(world, explanation, texts).nearest_other(decision);
    return lines.empty() ? std::string() : lines.front();
}

std::string to_text(const World& world, const Explanation& explanation, const Texts& texts) {
    return Writer(world, explanation, texts).write();
}

}  // namespace bundel::engine
