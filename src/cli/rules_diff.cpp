#include "cli/rules_diff.h"

#include <algorithm>

#include "cli/console.h"
#include "engine/explain.h"
#include "engine/sentences.h"

namespace bundel::cli {
using base::Result;
using engine::ParticipantChange;
using engine::ParticipantValue;
using engine::PhaseChange;
using engine::Portfolio;
using engine::RulesDiff;
using texts::Texts;

namespace {

constexpr std::size_t changes_shown = 40;

std::string number(const Texts& texts, std::size_t count) {
    return texts.number(static_cast<std::int64_t>(count));
}

std::string portfolio_line(const char* code, const Portfolio& portfolio, const Texts& texts) {
    return texts.sentence(code, {{"women", number(texts, portfolio.women)},
                                 {"phases", number(texts, portfolio.phases)},
                                 {"claims", number(texts, portfolio.claims)},
                                 {"amount", texts.amount(portfolio.claimed)}}) +
           "\n";
}

std::string change_line(const PhaseChange& change, const Texts& texts) {
    return "  " +
           texts.sentence(
               "rules_diff_phase",
               {{"woman", change.person.hex().substr(0, 8)},
                {"pregnancy", std::to_string(change.pregnancy + 1)},
                {"phase", texts.sentence(engine::phase_words[static_cast<std::size_t>(change.phase)])},
                {"before", engine::sentence_of(change.before, texts)},
                {"after", engine::sentence_of(change.after, texts)}}) +
           "\n";
}

std::string participant_line(const ParticipantChange& change, const Texts& texts) {
    const auto from_to = [&](values::Cents ParticipantValue::*part) {
        return texts.amount(change.before.*part) + " > " + texts.amount(change.after.*part);
    };
    return "  " +
           texts.sentence("rules_diff_participant", {{"participant", change.participant.digits()},
                                                     {"bundled", from_to(&ParticipantValue::bundled)},
                                                     {"mono", from_to(&ParticipantValue::mono)},
                                                     {"open", from_to(&ParticipantValue::open)}}) +
           "\n";
}

std::string diff_lines(const RulesDiff& diff, const Texts& texts) {
    std::string out = portfolio_line("rules_diff_before", diff.before, texts) +
                      portfolio_line("rules_diff_after", diff.after, texts);
    out += texts.sentence("rules_diff_difference",
                          {{"amount", texts.amount(diff.after.claimed - diff.before.claimed)}}) +
           "\n";
    if (diff.before.undecided + diff.after.undecided > 0)
        out += texts.sentence("rules_diff_undecided", {{"before", number(texts, diff.before.undecided)},
                                                       {"after", number(texts, diff.after.undecided)}}) +
               "\n";
    if (diff.changes.empty()) return out + texts.sentence("rules_diff_same") + "\n";
    out += "\n" + texts.sentence("rules_diff_phases", {{"count", number(texts, diff.changes.size())}}) + "\n";
    for (std::size_t i = 0; i < std::min(changes_shown, diff.changes.size()); ++i)
        out += change_line(diff.changes[i], texts);
    if (diff.changes.size() > changes_shown)
        out += "  " +
               texts.sentence("rules_diff_more",
                              {{"count", number(texts, diff.changes.size() - changes_shown)}}) +
               "\n";
    out += "\n" + texts.sentence("rules_diff_participants") + "\n";
    for (const ParticipantChange& change : diff.participants) out += participant_line(change, texts);
    return out;
}

Result<RulesDiff> compare(store::Workspace& workspace, const Arguments& arguments, values::Date as_of) {
    std::vector<rulebook::Rulebook> books;
    for (const std::string& folder : arguments.paths) {
        BUNDEL_TRY(files, store::rulebook_files(folder));
        BUNDEL_TRY(book, rulebook::Rulebook::load(files));
        books.push_back(std::move(book));
    }
    const engine::World& here = workspace.world();
    const auto under = [&](const rulebook::Rulebook& book) {
        return engine::World{here.store, here.identities, here.outbox, book, here.layouts, here.settings};
    };
    engine::World before = under(books.front());
    engine::World after = under(books.back());
    return engine::rules_diff(before, after, as_of);
}

}  // namespace

Exit diff_rules(store::Workspace& workspace, const Arguments& arguments, values::Date as_of) {
    const auto diff = compare(workspace, arguments, as_of);
    if (!diff.ok()) return fail(diff.error());
    print(arguments.csv ? engine::to_csv(*diff) : diff_lines(*diff, texts()));
    return Exit::done;
}

}  // namespace bundel::cli
