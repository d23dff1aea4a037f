#include "engine/women.h"

#include <algorithm>
#include <deque>
#include <set>

#include "engine/counter.h"
#include "engine/outlook.h"
#include "engine/region.h"

namespace bundel::engine {
using claim::Case;
using claim::Plan;
using facts::Gathered;
using facts::PersonReadings;
using facts::Reading;

namespace {

Result<PersonReadings> readings_of(World& world, PersonId person) {
    PersonReadings result{person, {}};
    BUNDEL_TRY(rows, world.store.readings(person));
    for (const ReadingRow& row : rows) {
        BUNDEL_TRY(reading, facts::decode(row.blob, row.message, row.received));
        result.readings.push_back(std::move(reading));
    }
    return result;
}

// Everybody reachable through judgements, whenever they were made; which of those hold is decided by day.
Result<std::vector<PersonId>> reachable(World& world, PersonId person) {
    std::set<PersonId> found{person};
    std::deque<PersonId> open{person};
    while (!open.empty()) {
        const PersonId next = open.front();
        open.pop_front();
        BUNDEL_TRY(linked, world.store.linked(next));
        for (const PersonId other : linked) {
            if (found.insert(other).second) open.push_back(other);
        }
    }
    return std::vector<PersonId>(found.begin(), found.end());
}

// The same claim line may also have been read for somebody else (a BSN that was corrected under the same
// reference): it counts only where it was received first.
Result<Done> drop_lines_of_others(World& world, Gathered& gathered) {
    const auto given = [&](const facts::LineId& line) {
        return std::find(gathered.given.begin(), gathered.given.end(), line) != gathered.given.end();
    };
    std::vector<facts::Known<facts::CareLine>> kept;
    for (auto& line : gathered.woman.lines) {
        BUNDEL_TRY(rows, world.store.lines(line.fact.id));
        const bool elsewhere_first = std::any_of(rows.begin(), rows.end(), [&](const LineRow& row) {
            const bool hers =
                std::binary_search(gathered.cluster.begin(), gathered.cluster.end(), row.person);
            return !hers &&
                   std::tuple(row.received, row.message) < std::tuple(line.received, line.origin.message);
        });
        if (elsewhere_first && !given(line.fact.id)) {
            gathered.conflicts.push_back({line.fact.id, {}, {}, line.origin});
        } else {
            kept.push_back(std::move(line));
        }
    }
    gathered.woman.lines = std::move(kept);
    return Done{};
}

Result<Done> add_successors(World& world, Gathered& gathered) {
    std::set<facts::LineId> own;
    for (const auto& line : gathered.woman.lines) own.insert(line.fact.id);
    for (const auto& line : gathered.woman.lines) {
        BUNDEL_TRY(rows, world.store.successors(line.fact.id));
        for (const auto& successor : rows) {
            if (!own.contains(successor.fact.line)) gathered.woman.successors.push_back(successor);
        }
    }
    return Done{};
}

// Whose is a line that was passed on, when judgements come and go: a claim follows its line, also to somebody
// for whom it was not sent. A bundle stays with whom it was sent for.
class Owners {
public:
    Owners(const Gathered& gathered, const std::vector<PersonReadings>& all) : gathered_(gathered) {
        for (const auto& line : gathered.woman.lines) hers_.insert(line.fact.id);
        for (const PersonReadings& readings : all) {
            for (const Reading& reading : readings.readings) {
                for (const auto& line : reading.lines)
                    (reads_here(readings.person) ? read_here_ : read_elsewhere_).insert(line.fact.id);
            }
        }
        for (const auto& conflict : gathered.conflicts) read_here_.erase(conflict.line);
    }

    bool has(const claim::Sent& debit) const {
        if (debit.kind == claim::Kind::integrated) return in_cluster(debit.person);
        if (hers_.contains(debit.line)) return true;
        const bool given_away = read_here_.contains(debit.line) || read_elsewhere_.contains(debit.line);
        return in_cluster(debit.person) && !given_away;
    }

private:
    bool in_cluster(PersonId person) const {
        return std::binary_search(gathered_.cluster.begin(), gathered_.cluster.end(), person);
    }
    // Her own and her children's: set apart, both are hers to take back.
    bool reads_here(PersonId person) const {
        return in_cluster(person) ||
               std::binary_search(gathered_.children.begin(), gathered_.children.end(), person);
    }
    const Gathered& gathered_;
    std::set<facts::LineId> hers_;
    std::set<facts::LineId> read_here_;  // and not set apart
    std::set<facts::LineId> read_elsewhere_;
};

// Of all that was sent for her and everybody linked to her, what is hers. A credit goes where its debit goes.
std::vector<claim::Sent> claims_of(const Gathered& gathered, const std::vector<PersonReadings>& all,
                                   const std::vector<claim::Sent>& sent) {
    const Owners owners(gathered, all);
    std::set<std::pair<AgbCode, values::Reference>> hers;
    for (const claim::Sent& claim : sent) {
        if (!claim.credit && owners.has(claim)) hers.emplace(claim.declarant, claim.reference);
    }
    std::vector<claim::Sent> kept;
    for (const claim::Sent& claim : sent) {
        if (hers.contains({claim.declarant, claim.credit ? claim.debit : claim.reference}))
            kept.push_back(claim);
    }
    return kept;
}

QuestionRow question_row(PersonId person, const claim::Question& question, const Case& wanted) {
    QuestionRow row;
    row.person = person;
    row.key = question.key.str();
    row.code = question.code;
    row.amount = question.amount;
    row.deadline = question.deadline;
    if (question.line)
        row.params.emplace_back("line", wanted.pathway.known.lines[*question.line].fact.id.str());
    if (!question.claim.empty()) row.params.emplace_back("claim", question.claim.str());
    return row;
}

std::vector<QuestionRow> question_rows(PersonId person, const Standing& standing) {
    std::vector<QuestionRow> rows;
    for (const auto& question : standing.wanted.questions)
        rows.push_back(question_row(person, question, standing.wanted));
    for (const auto& question : standing.plan.questions)
        rows.push_back(question_row(person, question, standing.wanted));
    for (const auto& conflict : standing.loaded.gathered.conflicts) {
        const bool line = !conflict.line.reference.empty();
        const std::string name = line ? conflict.line.str() : conflict.key.key.str();
        QuestionRow row;
        row.person = person;
        row.key = "strijd/" + name;
        row.code = line ? "line_reference_reused" : "fact_key_reused";
        row.params = {{"key", name}};
        rows.push_back(row);
    }
    return rows;
}

std::vector<CountRow> counts_of(const World& world, const Standing& standing,
                                const facts::Agreements& known) {
    static constexpr const char* dispositions[] = {"in_scope",      "beside",   "state", "bought",
                                                   "not_maternity", "included", "ask"};
    static constexpr const char* routes[] = {"integrated", "mono", "hold", "ask"};
    static constexpr const char* statuses[] = {"verified", "example", "provisional"};
    const Case& wanted = standing.wanted;
    Counter counter;
    const bool empty = wanted.pathway.known.lines.empty() && wanted.pathway.pregnancies.empty() &&
                       wanted.pathway.known.enrolments.empty();
    const bool named = !wanted.pathway.known.enrolments.empty() || !wanted.pathway.pregnancies.empty() ||
                       std::any_of(wanted.pathway.known.lines.begin(), wanted.pathway.known.lines.end(),
                                   [](const auto& line) { return line.fact.person_known; });
    if (!empty) counter.add("woman", named ? "known" : "provisional", 1);
    counter.add("pregnancy", "all", static_cast<std::int64_t>(wanted.pathway.pregnancies.size()));
    for (std::size_t i = 0; i < wanted.selection.lines.size(); ++i) {
        const auto disposition = static_cast<std::size_t>(wanted.selection.lines[i].disposition);
        counter.add("disposition", dispositions[disposition], 1, wanted.pathway.known.lines[i].fact.amount);
    }
    for (const auto& phase : wanted.selection.phases) {
        counter.add("route", routes[static_cast<std::size_t>(phase.route.kind)], 1, phase.shadow);
        counter.add("phase_status", statuses[static_cast<std::size_t>(phase.trail.weakest())], 1);
    }
    for (const auto& ought : wanted.oughts)
        counter.add("ought_status", statuses[static_cast<std::size_t>(ought.status)], 1, ought.amount);
    for (const auto& part : wanted.pathway.parts) {
        const auto* decision = wanted.selection.decision_on(part.pregnancy, part.phase);
        const bool bundled = decision != nullptr &&
                             decision->route.kind == selection::RouteKind::integrated &&
                             wanted.selection.lines[part.line].ours;
        if (bundled)
            counter.add("shadow", wanted.pathway.known.lines[part.line].fact.declarant.digits(), 1,
                        part.amount);
    }
    auto rows = counter.rows();
    for (CountRow& row : outlook(standing, known, world.rulebook)) rows.push_back(std::move(row));
    return rows;
}

Digest standing_digest(const Standing& standing) {
    base::Hasher hasher;
    hasher.add(standing.wanted.digest());
    for (const auto& action : standing.plan.actions) {
        hasher.add(static_cast<int>(action.kind))
            .add(static_cast<std::int64_t>(action.ought))
            .add(action.debit.view());
    }
    for (const auto& question : standing.plan.questions) hasher.add(question.key.view());
    return hasher.finish();
}

// A look back: what was received after the day looked at is news on its own day.
Result<Date> day_before_next_receipt(World& world, Date as_of) {
    BUNDEL_TRY(receipts, world.store.receipts());
    Date next = Date::far_future();
    for (const auto& [message, received] : receipts) {
        if (received > as_of) next = std::min(next, received.plus_days(-1));
    }
    return next;
}

Result<Done> keep(World& world, PersonId person, const facts::Agreements& known, Date as_of,
                  Date no_news_until, const Standing& standing) {
    CaseRow row;
    row.person = person;
    row.as_of = as_of;
    row.law = law_digest(world);
    row.valid_until = no_news_until;
    std::vector<QuestionRow> questions;
    std::vector<LossRow> losses;
    // Of several persons that are one, the lowest holds the case; the others hold nothing.
    if (standing.loaded.gathered.woman.person == person) {
        row.valid_until = std::min(no_news_until, standing.wanted.valid_until);
        if (standing.plan.holds_until)
            row.valid_until = std::max(as_of, std::min(row.valid_until, *standing.plan.holds_until));
        row.digest = standing_digest(standing);
        row.actions = static_cast<std::int32_t>(standing.plan.actions.size());
        row.counts = counts_of(world, standing, known);
        questions = question_rows(person, standing);
        for (const auto& loss : standing.plan.losses)
            losses.push_back({person, loss.participant, loss.line, loss.amount, loss.latest_submit_day});
    }
    BUNDEL_TRY_DONE(world.store.put_case(row));
    BUNDEL_TRY_DONE(world.store.put_questions(person, questions));
    return world.store.put_losses(person, losses);
}

Result<Done> keep_failure(World& world, PersonId person, Date as_of, Date no_news_until, const Error& error) {
    CaseRow row;
    row.person = person;
    row.as_of = as_of;
    row.valid_until = no_news_until;
    row.law = law_digest(world);
    QuestionRow question;
    question.person = person;
    question.key = "regelboek/" + error.code;
    question.code = error.code;
    question.params = error.params;
    BUNDEL_TRY_DONE(world.store.put_case(row));
    BUNDEL_TRY_DONE(world.store.put_losses(person, {}));
    return world.store.put_questions(person, {question});
}

}  // namespace

bool is_about_rules(const Error& error) {
    return error.code == "rulebook_value_missing" || error.code == "rulebook_model_gap" ||
           error.code == "rulebook_model_unpriced";
}

Result<facts::Agreements> load_agreements(World& world) {
    facts::Agreements agreements;
    agreements.igo = world.settings.igo;
    BUNDEL_TRY(region, readings_of(world, PersonId{}));
    for (const Reading& reading : region.readings) {
        agreements.memberships.insert(agreements.memberships.end(), reading.memberships.begin(),
                                      reading.memberships.end());
        agreements.contracts.insert(agreements.contracts.end(), reading.contracts.begin(),
                                    reading.contracts.end());
        agreements.accounts.insert(agreements.accounts.end(), reading.accounts.begin(),
                                   reading.accounts.end());
    }
    return agreements;
}

Result<Loaded> load_woman(World& world, PersonId person, Date as_of) {
    BUNDEL_TRY(persons, reachable(world, person));
    std::vector<PersonReadings> all;
    for (const PersonId id : persons) {
        BUNDEL_TRY(readings, readings_of(world, id));
        all.push_back(std::move(readings));
    }
    Loaded loaded{facts::gather(person, all, as_of), {}};
    BUNDEL_TRY_DONE(drop_lines_of_others(world, loaded.gathered));
    BUNDEL_TRY_DONE(add_successors(world, loaded.gathered));
    std::vector<claim::Sent> sent;
    for (const PersonId id : persons) {
        BUNDEL_TRY(claims, world.store.claims_of(id));
        sent.insert(sent.end(), claims.begin(), claims.end());
    }
    loaded.sent = claims_of(loaded.gathered, all, sent);
    return loaded;
}

namespace {

// What ought to be claimed on the day before the cut-over (before that day: on the day itself), as it was
// known then.
Result<std::vector<claim::Ought>> oughts_before(World& world, PersonId person, Date cutover, Date as_of) {
    const Date day = std::min(as_of, cutover.plus_days(-1));
    BUNDEL_TRY(agreements, load_agreements(world));
    const facts::Agreements known = facts::known_on(agreements, day);
    BUNDEL_TRY(loaded, load_woman(world, person, day));
    BUNDEL_TRY(wanted,
               claim::assess_known(facts::known_on(loaded.gathered.woman, day), known, world.rulebook, day));
    return std::move(wanted.oughts);
}

bool taken_over(const claim::Sent& claim) {
    return claim.message == 0;
}

}  // namespace

Result<Standing> stand(World& world, PersonId person, const facts::Agreements& known, Date as_of) {
    BUNDEL_TRY(loaded, load_woman(world, person, as_of));
    BUNDEL_TRY(wanted, claim::assess_known(facts::known_on(loaded.gathered.woman, as_of), known,
                                           world.rulebook, as_of));
    Plan plan = claim::reconcile(wanted, loaded.sent, known, world.rulebook, as_of);
    BUNDEL_TRY(cutover, world.store.cutover());
    const bool looks_back =
        cutover && (!plan.actions.empty() || std::any_of(loaded.sent.begin(), loaded.sent.end(), taken_over));
    if (looks_back) {
        BUNDEL_TRY(earlier, oughts_before(world, person, *cutover, as_of));
        plan = claim::reconcile(wanted, loaded.sent, known, world.rulebook, as_of, earlier);
    }
    return Standing{std::move(loaded), std::move(wanted), std::move(plan)};
}

Result<std::size_t> for_each_woman(World& world, const facts::Agreements& known, Date as_of,
                                   const Look& look) {
    BUNDEL_TRY(persons, world.store.persons());
    std::set<PersonId> seen;
    std::size_t passed_over = 0;
    for (const PersonId person : persons) {
        BUNDEL_TRY(loaded, load_woman(world, person, as_of));
        if (!seen.insert(loaded.gathered.woman.person).second) continue;
        const auto wanted =
            claim::assess_known(facts::known_on(loaded.gathered.woman, as_of), known, world.rulebook, as_of);
        if (wanted.ok()) {
            BUNDEL_TRY_DONE(look(loaded, *wanted));
        } else if (is_about_rules(wanted.error())) {
            ++passed_over;
        } else {
            return wanted.error();
        }
    }
    return passed_over;
}

Result<Done> mark_with_linked(World& world, PersonId person) {
    BUNDEL_TRY(persons, reachable(world, person));
    for (const PersonId other : persons) BUNDEL_TRY_DONE(world.store.mark_dirty(other));
    return Done{};
}

Result<Assessed> assess_due(World& world, Date as_of, const Progress& progress, std::size_t batch) {
    BUNDEL_TRY(agreements, load_agreements(world));
    const facts::Agreements known = facts::known_on(agreements, as_of);
    BUNDEL_TRY(no_news_until, day_before_next_receipt(world, as_of));
    Assessed assessed;
    while (true) {
        BUNDEL_TRY(due, world.store.due(as_of, law_digest(world), batch));
        if (due.empty()) break;
        BUNDEL_TRY(transaction, Transaction::begin(world.store));
        for (const PersonId person : due) {
            auto standing = stand(world, person, known, as_of);
            if (standing.ok()) {
                BUNDEL_TRY_DONE(keep(world, person, known, as_of, no_news_until, *standing));
            } else if (is_about_rules(standing.error())) {
                BUNDEL_TRY_DONE(keep_failure(world, person, as_of, no_news_until, standing.error()));
                ++assessed.failed;
            } else {
                return standing.error();
            }
            ++assessed.women;
        }
        BUNDEL_TRY_DONE(transaction.commit());
        if (progress) progress(assessed.women, 0);
    }
    BUNDEL_TRY_DONE(ask_about_region(world, as_of));
    return assessed;
}

}  // namespace bundel::engine
