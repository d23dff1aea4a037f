#include "cli/forecast.h"

#include "cli/console.h"
#include "cli/ei_fields.h"

namespace bundel::cli {
using insight::CashFlow;
using insight::InsurerCash;
using texts::Texts;
using values::Cents;

namespace {

constexpr std::size_t low = 0;
constexpr std::size_t expected = 1;
constexpr std::size_t high = 2;

std::string row_text(const std::string& name, const std::vector<std::string>& columns) {
    std::string row = in_column(name, 12);
    for (const std::string& column : columns) {
        constexpr std::size_t width = 15;
        const std::size_t blanks = in_column(column, width).size() - column.size();
        row += std::string(blanks, ' ') + column;
    }
    row.resize(row.find_last_not_of(' ') + 1);
    return row + "\n";
}

// In, out and closing of the expected line; closing of the two others.
std::string weeks_text(const insight::CashForecast& forecast, const Texts& texts) {
    const auto say = [&](const char* code) { return texts.sentence(code); };
    std::string text =
        row_text(say("forecast_heading_week"),
                 {say("forecast_heading_in"), say("forecast_heading_out"), say("forecast_heading_closing"),
                  say("forecast_heading_low"), say("forecast_heading_high")});
    text += row_text(say("forecast_opening"), {"", "", forecast.weeks[0][expected].opening.euros()});
    for (std::size_t week = 0; week < insight::forecast_weeks; ++week) {
        const CashFlow& flow = forecast.weeks[week][expected];
        text +=
            row_text(forecast.mondays[week].dutch(),
                     {flow.in.euros(), flow.out.euros(), flow.closing.euros(),
                      forecast.weeks[week][low].closing.euros(), forecast.weeks[week][high].closing.euros()});
    }
    return text + row_text(say("forecast_later"),
                           {forecast.later_in[expected].euros(), forecast.later_out[expected].euros()});
}

std::string insurer_text(const InsurerCash& insurer, const Texts& texts) {
    const std::string payments = texts.count("noun_payment", static_cast<std::int64_t>(insurer.payments));
    const std::string basis =
        insurer.basis == insight::DelayBasis::history
            ? texts.sentence("forecast_history", {{"high", std::to_string(insurer.days[high])},
                                                  {"expected", std::to_string(insurer.days[expected])},
                                                  {"low", std::to_string(insurer.days[low])},
                                                  {"payments", payments}})
            : texts.sentence("forecast_term",
                             {{"payments", payments}, {"days", std::to_string(insurer.days[expected])}});
    const std::string open = texts.amount(insurer.open);
    return "  " +
           (insurer.insurer.is_none()
                ? texts.sentence("forecast_work", {{"open", open}, {"basis", basis}})
                : texts.sentence("forecast_insurer",
                                 {{"insurer", insurer.insurer.digits()}, {"open", open}, {"basis", basis}})) +
           "\n";
}

// Thousandths as a percentage.
std::string part_text(int thousandths, const Texts& texts) {
    return texts.percent(values::Ratio::of(thousandths, 1000));
}

std::string rejected_text(const InsurerCash& insurer, const Texts& texts) {
    const std::string answers = texts.count("noun_answer", insurer.answers.claims);
    if (!insurer.rejected_part) return texts.sentence("forecast_rejected_unknown", {{"answers", answers}});
    return texts.sentence("forecast_rejected",
                          {{"expected", part_text(insurer.rejected_part->expected, texts)},
                           {"rejected", std::to_string(insurer.answers.rejected)},
                           {"answers", answers},
                           {"low", part_text(insurer.rejected_part->low, texts)},
                           {"high", part_text(insurer.rejected_part->high, texts)},
                           {"amount", texts.amount(insurer.rejected[expected])}});
}

// What is paid in advance, and what is on its way.
std::string advances_text(const engine::CashOutlook& outlook, const Texts& texts) {
    std::string text;
    const auto say = [&](const char* code, Cents amount) {
        if (!amount.is_zero()) text += texts.sentence(code, {{"amount", texts.amount(amount)}}) + "\n";
    };
    say("forecast_set_off", outlook.forecast.set_off_in[expected]);
    say("forecast_held_back", outlook.held_back + outlook.forecast.set_off_out[expected]);
    say("forecast_on_the_way", outlook.on_the_way);
    return text;
}

// What the lines rest on.
std::string grounds_text(const engine::CashOutlook& outlook, const Texts& texts) {
    std::string text;
    for (const InsurerCash& insurer : outlook.forecast.insurers)
        text += insurer_text(insurer, texts) + "    " + rejected_text(insurer, texts) + "\n";
    const std::string days = std::to_string(outlook.payout_days);
    text +=
        outlook.claim_days
            ? texts.sentence(
                  "forecast_claim_days",
                  {{"days", std::to_string(*outlook.claim_days)},
                   {"claims", texts.count("noun_claim", static_cast<std::int64_t>(outlook.claim_history))}})
            : texts.sentence("forecast_claim_days_unknown");
    text +=
        "\n" +
        (outlook.divided ? texts.sentence("forecast_divided",
                                          {{"share", texts.percent(outlook.to_participants)}, {"days", days}})
                         : texts.sentence("forecast_not_divided", {{"days", days}})) +
        "\n" + advances_text(outlook, texts);
    if (!outlook.due.is_zero())
        text += texts.sentence("forecast_due", {{"due", texts.amount(outlook.due)}}) + "\n";
    if (!outlook.forecast.late.is_zero())
        text += texts.sentence("forecast_late", {{"late", texts.amount(outlook.forecast.late)}}) + "\n";
    return text + texts.sentence("forecast_not_foreseen") + "\n";
}

}  // namespace

std::string forecast_screen(const engine::CashOutlook& outlook, const Texts& texts) {
    return texts.sentence("forecast_title", {{"day", outlook.forecast.as_of.dutch()}}) + "\n\n" +
           weeks_text(outlook.forecast, texts) + "\n" + grounds_text(outlook, texts);
}

Exit show_forecast(store::Workspace& workspace, const Arguments& arguments, values::Date as_of) {
    const auto outlook = engine::cash_outlook(workspace.world(), as_of);
    if (!outlook.ok()) return fail(outlook.error());
    print(arguments.json ? engine::to_json(*outlook) : forecast_screen(*outlook, texts()));
    return Exit::done;
}

}  // namespace bundel::cli
