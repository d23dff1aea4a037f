#include "cli/division.h"

#include <deque>

#include "cli/columns.h"
#include "cli/console.h"
#include "cli/screen.h"
#include "engine/comparison.h"
#include "engine/incentives.h"
#include "engine/statement.h"
#include "store/inbox.h"

namespace bundel::cli {
using base::Error;
using base::Result;
using engine::Comparison;
using engine::Incentive;
using engine::Side;
using insight::Difference;
using rulebook::DivisionModel;
using texts::Texts;
using values::Cents;
using values::Date;
using values::Period;

namespace {

constexpr std::size_t model_file_max = 1 << 20;
constexpr const char* in_force = "geldend";

const char* word(insight::Discipline discipline) {
    static constexpr const char* words[] = {"discipline_midwife", "discipline_hospital",
                                            "discipline_kraamzorg", "discipline_other"};
    return words[static_cast<std::size_t>(discipline)];
}

// ---- What is asked for ----

// "geldend", the id of a model of the rulebook, or a file with one.
Result<Side> side_of(const engine::World& world, const std::string& name, const Period& care,
                     std::deque<DivisionModel>& read) {
    Side side{name.empty() ? in_force : name, nullptr, care};
    if (side.name == in_force) return side;
    for (const DivisionModel& model : world.rulebook.divisions()) {
        if (model.id.view() == side.name) side.model = &model;
    }
    if (side.model != nullptr) return side;
    BUNDEL_TRY(bytes, store::read_file(name, model_file_max));
    BUNDEL_TRY(model, rulebook::load_division(name, bytes));
    read.push_back(std::move(model));
    side.name = read.back().id.str();
    side.model = &read.back();
    return side;
}

Result<Period> care_of(const std::string& text) {
    return text.empty()
               ? Result<Period>(Period{Date::from_day_number(Date::earliest_day), Date::far_future()})
               : engine::parse_statement_period(text);
}

// ---- What is shown ----

std::string signed_amount(Cents amount, const Texts& texts) {
    return (amount > Cents() ? "+" : "") + texts.amount(amount);
}

// Parts per million as "+1,25 %".
std::string percent(std::int64_t ppm, const Texts& texts) {
    return (ppm > 0 ? "+" : "") + texts.percent(values::Ratio::of(ppm, 1'000'000));
}

// A table is 120 wide: amounts of a region, up to a hundred million, without a sign of the euro.
constexpr std::size_t name_width = 26;
constexpr std::size_t amount_width = 15;
constexpr std::size_t percent_width = 9;
constexpr std::size_t sure_width = 8;
constexpr std::size_t party_width = 10;

std::string signed_euros(Cents amount) {
    return (amount > Cents() ? "+" : "") + amount.euros();
}

std::string how_sure(const Difference& difference, const Comparison& comparison, const Texts& texts) {
    if (!comparison.same_care) return "";
    switch (difference.spread) {
        case insight::Spread::unknown: return "  " + texts.sentence("comparison_too_few");
        case insight::Spread::none: return "  " + texts.sentence("comparison_no_spread");
        case insight::Spread::some: break;
    }
    const std::string sure =
        difference.same_sign ? texts.percent(values::Ratio::of(*difference.same_sign, comparison.replicates))
                             : "-";
    return right(signed_euros(Cents::of(difference.cents->low)), amount_width) +
           right(signed_euros(Cents::of(difference.cents->high)), amount_width) + right(sure, sure_width);
}

std::string difference_row(const std::string& name, const Difference& difference,
                           const Comparison& comparison, const Texts& texts) {
    const std::string share = difference.ppm ? percent(*difference.ppm, texts) : "-";
    return "  " + left(name, name_width) + right(difference.a.euros(), amount_width) +
           right(difference.b.euros(), amount_width) +
           right(signed_euros(difference.b - difference.a), amount_width) + right(share, percent_width) +
           how_sure(difference, comparison, texts) + "\n";
}

std::string kept_row(const char* code, Cents a, Cents b, const Texts& texts) {
    if (a.is_zero() && b.is_zero()) return "";
    return "  " + left(texts.sentence(code), name_width) + right(a.euros(), amount_width) +
           right(b.euros(), amount_width) + right(signed_euros(b - a), amount_width) + "\n";
}

std::string terms_row(const std::string& name, const insight::Terms& terms) {
    std::string row = "  " + left(name, party_width);
    using insight::Factor;
    for (const Factor factor :
         {Factor::price, Factor::volume, Factor::mix, Factor::breaks, Factor::task_shift})
        row += right(signed_euros(terms.of(factor)), amount_width);
    return row + right(signed_euros(terms.rounding), amount_width) +
           right(signed_euros(terms.total()), amount_width) + "\n";
}

std::string side_line(const char* letter, const Side& side, const engine::SideTotals& totals,
                      const Texts& texts) {
    const bool all = side.care.last == Date::far_future();
    const std::string care = all ? texts.sentence("comparison_all_care")
                                 : texts.sentence("comparison_care", {{"first", side.care.first.dutch()},
                                                                      {"last", side.care.last.dutch()}});
    return texts.sentence("comparison_side",
                          {{"letter", letter},
                           {"model", side.name},
                           {"care", care},
                           {"claims", texts.number(static_cast<std::int64_t>(totals.claims))},
                           {"pregnancies", texts.number(static_cast<std::int64_t>(totals.pregnancies))}}) +
           "\n";
}

std::string heading(const Comparison& comparison, const Texts& texts) {
    const auto say = [&](const char* code) { return texts.sentence(code); };
    std::string text = "  " + left(say("comparison_participant"), name_width);
    for (const char* code : {"comparison_a", "comparison_b", "comparison_difference"})
        text += right(say(code), amount_width);
    text += right(say("comparison_of_a"), percent_width);
    if (comparison.same_care)
        text += right(say("comparison_low"), amount_width) + right(say("comparison_high"), amount_width) +
                right(say("comparison_sure"), sure_width);
    return text + "\n";
}

std::string terms_heading(const Texts& texts) {
    std::string out = texts.sentence("comparison_terms") + "\n  " + left("", party_width);
    for (const char* code : {"term_price", "term_volume", "term_mix", "term_breaks", "term_task_shift",
                             "term_rounding", "comparison_together"})
        out += right(texts.sentence(code), amount_width);
    return out + "\n";
}

}  // namespace

std::string comparison_screen(const Comparison& comparison, const Texts& texts) {
    std::string out = side_line("A", comparison.a, comparison.a_totals, texts) +
                      side_line("B", comparison.b, comparison.b_totals, texts) +
                      texts.sentence("comparison_euros") + "\n\n" + heading(comparison, texts);
    for (const auto& row : comparison.participants)
        out += difference_row(row.participant.digits() + " " + texts.sentence(word(row.discipline)),
                              row.difference, comparison, texts);
    out += "\n";
    for (const auto& [discipline, difference] : comparison.disciplines)
        out += difference_row(texts.sentence(word(discipline)), difference, comparison, texts);
    out += difference_row(texts.sentence("comparison_together"), comparison.together, comparison, texts);
    const auto& a = comparison.a_totals;
    const auto& b = comparison.b_totals;
    out += "\n" + kept_row("comparison_pot", a.pot, b.pot, texts) +
           kept_row("comparison_reserve", a.reserve, b.reserve, texts) +
           kept_row("comparison_covered", a.covered, b.covered, texts) +
           kept_row("comparison_undivided", a.undivided, b.undivided, texts) +
           kept_row("comparison_mono", a.mono, b.mono, texts);
    out += "\n" + terms_heading(texts);
    for (const auto& row : comparison.participants) out += terms_row(row.participant.digits(), row.terms);
    out += terms_row(texts.sentence("comparison_together"), comparison.terms);
    out += "\n" +
           texts.sentence(comparison.same_care ? "comparison_how_sure" : "comparison_other_care",
                          {{"replicates", texts.number(comparison.replicates)}}) +
           "\n";
    if (values::weakest(a.status, b.status) != values::Status::verified)
        out += texts.sentence("comparison_example") + "\n";
    if (comparison.passed_over > 0)
        out += texts.sentence("accruals_passed_over",
                              {{"women", texts.number(static_cast<std::int64_t>(comparison.passed_over))}}) +
               "\n";
    return out;
}

namespace {

std::string incentive_lines(const Incentive& incentive, const Texts& texts) {
    const auto& shift = incentive.shift;
    std::string out = texts.sentence("incentive_shift", {{"name", shift.name},
                                                         {"from", shift.from.digits()},
                                                         {"to", shift.to.digits()},
                                                         {"gives_up", texts.amount(shift.gives_up)},
                                                         {"takes_on", texts.amount(shift.takes_on)}}) +
                      "\n";
    if (incentive.pots == 0) return out + "  " + texts.sentence("incentive_nowhere") + "\n";
    out += "  " +
           texts.sentence("incentive_pots",
                          {{"pots", texts.number(static_cast<std::int64_t>(incentive.pots))}}) +
           "\n";
    const auto row = [&](const std::string& name, Cents total, Cents mono) {
        const Cents unit = incentive.per_unit(total);
        if (total.is_zero() && mono.is_zero()) return;
        out += "  " + left(name, 28) + right(signed_amount(unit, texts), 16) +
               right(signed_amount(mono, texts), 16) + right(signed_amount(unit - mono, texts), 16) + "\n";
    };
    out += "  " + left("", 28) + right(texts.sentence("incentive_bundle"), 16) +
           right(texts.sentence("incentive_mono"), 16) + right(texts.sentence("comparison_difference"), 16) +
           "\n";
    for (const auto& [party, total] : incentive.parties) {
        Cents mono;
        if (party == shift.from) mono -= shift.gives_up;
        if (party == shift.to) mono += shift.takes_on;
        row(party.digits(), total, mono);
    }
    row(texts.sentence("comparison_reserve"), incentive.reserve, Cents());
    row(texts.sentence("comparison_undivided"), incentive.undivided, Cents());
    return out;
}

// ---- Each way to ask ----

Exit book(store::Workspace& workspace, Date as_of) {
    const auto divided = engine::divide_all(workspace.world(), as_of);
    if (!divided.ok()) return fail(divided.error());
    print(divided_lines(*divided, texts()));
    return Exit::done;
}

Result<Exit> compare(store::Workspace& workspace, const Arguments& arguments, Date as_of) {
    engine::World& world = workspace.world();
    std::deque<DivisionModel> read;
    BUNDEL_TRY(a_care, care_of(arguments.period));
    BUNDEL_TRY(b_care, care_of(arguments.other_period.empty() ? arguments.period : arguments.other_period));
    BUNDEL_TRY(a, side_of(world, arguments.model, a_care, read));
    const bool same_model = arguments.compare.empty() && !arguments.other_period.empty();
    BUNDEL_TRY(b, side_of(world, same_model ? arguments.model : arguments.compare, b_care, read));
    insight::Resampling resampling;
    resampling.seed = arguments.seed;
    BUNDEL_TRY(comparison, engine::compare(world, a, b, resampling, as_of));
    print(arguments.json ? engine::to_json(comparison) : comparison_screen(comparison, texts()));
    return Exit::done;
}

Result<Exit> weigh_shifts(store::Workspace& workspace, const Arguments& arguments, Date as_of) {
    engine::World& world = workspace.world();
    std::deque<DivisionModel> read;
    BUNDEL_TRY(care, care_of(arguments.period));
    BUNDEL_TRY(side, side_of(world, arguments.model, care, read));
    BUNDEL_TRY(bytes, store::read_file(arguments.shifts, model_file_max));
    BUNDEL_TRY(shifts, rulebook::load_task_shifts(arguments.shifts, bytes));
    BUNDEL_TRY(found, engine::incentives(world, side, shifts, as_of));
    if (arguments.json) {
        print(engine::to_json(found));
        return Exit::done;
    }
    for (const Incentive& incentive : found.shifts) print(incentive_lines(incentive, texts()) + "\n");
    print(texts().sentence("incentive_note", {{"model", side.name}}) + "\n");
    return Exit::done;
}

Exit told(const Result<Exit>& exit) {
    return exit.ok() ? *exit : fail(exit.error());
}

}  // namespace

Exit divide(store::Workspace& workspace, const Arguments& arguments, Date as_of) {
    const bool compares = !arguments.compare.empty() || !arguments.other_period.empty();
    if (!arguments.shifts.empty() && !compares) return told(weigh_shifts(workspace, arguments, as_of));
    if (compares && arguments.shifts.empty()) return told(compare(workspace, arguments, as_of));
    if (arguments.model.empty() && arguments.period.empty() && !compares) return book(workspace, as_of);
    complain(texts().sentence("divide_what") + "\n");
    return Exit::usage;
}

}  // namespace bundel::cli
