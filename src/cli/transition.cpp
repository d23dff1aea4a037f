#include "cli/transition.h"

#include <algorithm>

#include "cli/console.h"
#include "cli/ei_fields.h"
#include "engine/transition.h"
#include "store/inbox.h"

namespace bundel::cli {
using base::Result;
using insight::Transition;
using insight::TransitionOutcome;
using insight::TransitionWishes;
using texts::Texts;
using values::Cents;
using values::Ratio;

namespace {

constexpr std::size_t file_bytes_max = std::size_t{1} << 20;

// "2,3456%": of a limit one decimal is not enough to see that it is kept.
std::string ppm_text(std::int64_t ppm) {
    std::string digits = std::to_string(ppm % 10'000);
    digits.insert(0, 4 - digits.size(), '0');
    while (digits.size() > 1 && digits.ends_with('0')) digits.pop_back();
    return std::to_string(ppm / 10'000) + "," + digits + "%";
}

std::string to_the_right(const std::string& text, std::size_t width) {
    const std::string padded = in_column(text, width);
    const std::size_t blanks = padded.size() - text.size();
    return std::string(blanks, ' ') + text;
}

std::string part_text(Cents part, Cents whole, const Texts& texts) {
    return whole.count() == 0 ? "-" : texts.percent(Ratio::of(part.count(), whole.count()));
}

std::string row_text(const std::string& name, const std::string& amount, const std::string& share,
                     const std::string& change) {
    std::string row = "  " + in_column(name, 30) + to_the_right(amount, 18) + to_the_right(share, 9) +
                      to_the_right(change, 10);
    row.resize(row.find_last_not_of(' ') + 1);
    return row + "\n";
}

std::string year_text(const TransitionWishes& wishes, const Transition& transition, std::size_t year,
                      const Texts& texts) {
    std::string text = year == 0 ? texts.sentence("transition_today")
                                 : texts.sentence("transition_year", {{"year", std::to_string(year)}});
    text += "\n";
    for (std::size_t p = 0; p < wishes.parties.size(); ++p) {
        const Cents now = transition.path[year][p];
        const std::string change =
            year == 0 ? ""
                      : part_text(now - transition.path[year - 1][p], transition.path[year - 1][p], texts);
        text +=
            row_text(wishes.parties[p].name, now.euros(), part_text(now, wishes.totals[year], texts), change);
    }
    return text + row_text(texts.sentence("transition_total"), wishes.totals[year].euros(), "", "");
}

std::string found_text(const TransitionWishes& wishes, const Transition& transition, const Texts& texts) {
    const std::size_t years = transition.path.size() - 1;
    if (years == 0) return texts.sentence("transition_is_there") + "\n";
    std::string text = texts.sentence(
        "transition_found", {{"years", texts.count("noun_year", static_cast<std::int64_t>(years))}});
    text +=
        " " + texts.sentence(transition.soonest ? "transition_soonest" : "transition_soonest_unknown") + "\n";
    const bool of_today = wishes.base == insight::LimitBase::today;
    text += texts.sentence(of_today ? "transition_loss_of_today" : "transition_loss",
                           {{"loss", ppm_text(transition.largest_loss)},
                            {"possible", ppm_text(transition.least_possible_loss)}}) +
            "\n\n";
    text += row_text(texts.sentence("transition_participant"), texts.sentence("transition_euros"),
                     texts.sentence("transition_share"), texts.sentence("transition_change"));
    for (std::size_t year = 0; year <= years; ++year) text += year_text(wishes, transition, year, texts);
    return text;
}

std::string blocker_text(const TransitionWishes& wishes, const insight::Blocker& blocker,
                         const Texts& texts) {
    const insight::PartyWish& party = wishes.parties[blocker.party];
    const base::Params who{{"name", party.name}};
    const auto with = [&](const std::string& limit) {
        base::Params params = who;
        params.emplace_back("limit", limit);
        return params;
    };
    switch (blocker.limit) {
        case insight::Limit::loss:
            return texts.sentence("transition_blocks_loss", with(ppm_text(*party.loss)));
        case insight::Limit::gain:
            return texts.sentence("transition_blocks_gain", with(ppm_text(*party.gain)));
        case insight::Limit::floor: break;
    }
    return texts.sentence("transition_blocks_floor", with(texts.amount(*party.floor)));
}

std::string none_text(const TransitionWishes& wishes, const Transition& transition, const Texts& texts) {
    std::string text =
        texts.sentence("transition_none", {{"years", texts.count("noun_year", wishes.years())}}) + "\n";
    for (const insight::Blocker& blocker : transition.blockers)
        text += "  " + blocker_text(wishes, blocker, texts) + "\n";
    text += texts.sentence(transition.minimal ? "transition_minimal" : "transition_not_minimal") + "\n";
    if (transition.loss_that_would_do)
        text += texts.sentence("transition_would_do", {{"loss", ppm_text(*transition.loss_that_would_do)}}) +
                "\n";
    return text;
}

Result<Exit> searched(const Arguments& arguments) {
    BUNDEL_TRY(content, store::read_file(arguments.target, file_bytes_max));
    BUNDEL_TRY(file, rulebook::read_transition(arguments.target, content));
    BUNDEL_TRY(wishes, engine::wishes_of(file));
    const Transition transition = insight::find_transition(wishes);
    print(arguments.json ? engine::to_json(wishes, transition)
                         : transition_screen(wishes, transition, texts()));
    switch (transition.outcome) {
        case TransitionOutcome::found: return Exit::done;
        case TransitionOutcome::none: return Exit::refused;
        case TransitionOutcome::unknown: break;
    }
    return Exit::failed;
}

}  // namespace

std::string transition_screen(const TransitionWishes& wishes, const Transition& transition,
                              const Texts& texts) {
    switch (transition.outcome) {
        case TransitionOutcome::found: return found_text(wishes, transition, texts);
        case TransitionOutcome::none: return none_text(wishes, transition, texts);
        case TransitionOutcome::unknown: break;
    }
    return texts.sentence("transition_unknown") + "\n";
}

Exit find_transition(const Arguments& arguments) {
    const auto exit = searched(arguments);
    return exit.ok() ? *exit : fail(exit.error());
}

}  // namespace bundel::cli
