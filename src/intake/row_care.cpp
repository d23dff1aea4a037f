#include <algorithm>

#include "intake/row_facts.h"

namespace bundel::intake {
using base::FixedText;

namespace {

// "037611 2024-05-16 1"
std::optional<facts::Activity> activity_of(std::string_view text) {
    const auto words = pieces(text, ' ');
    if (words.size() != 3 || !FixedText<10>::fits(words[0])) return std::nullopt;
    const auto day = day_of(words[1]);
    const auto count = base::parse_digits(words[2], 9999);
    if (!day || !count) return std::nullopt;
    return facts::Activity{FixedText<10>::of(words[0]), *day, static_cast<std::int32_t>(*count)};
}

// Within the days of their line: a wrong year would otherwise tell of a birth that never was.
std::vector<facts::Activity> activities(Row& row, const values::Period& care) {
    std::vector<facts::Activity> found;
    for (const std::string_view piece : pieces(row.text("activiteiten"), '|')) {
        const auto activity = activity_of(piece);
        if (!activity) {
            row.refuse("form_activities", "activiteiten");
            return {};
        }
        if (!care.contains(activity->day)) row.refuse("form_activity_day", "activiteiten");
        found.push_back(*activity);
    }
    std::sort(found.begin(), found.end());
    return found;
}

void check_days(Row& row, const values::Period& care, Date known) {
    if (care.first > known)
        row.refuse("form_after_invoice", "begin", "8177");
    else if (care.last > known)
        row.refuse("form_after_invoice", "eind", "8178");
}

}  // namespace

facts::CareLine care_line(Row& row, Date received) {
    facts::CareLine line;
    line.declarant = row.agb("praktijk");
    line.id = {line.declarant, row.fixed<20>("regel")};
    line.previous = row.fixed<20>("vorige");
    line.treating = row.agb("uitvoerder");
    line.referrer = row.agb("verwijzer");
    line.insurer = row.uzovi("uzovi");
    const auto performance = PerformanceCode::parse(row.text("prestatie"));
    if (performance) line.performance = *performance;  // wire: it is one
    line.care = row.period();
    line.partus = row.day_if("partus");
    line.quantity = row.number("aantal", 0, 9999, 1);
    line.minutes = row.number("minuten", 0, 999'999, 0);
    line.tariff = row.euros_not_negative("tarief").value_or(Cents());
    line.credit = row.yes("credit");
    const Cents amount = row.euros_not_negative("bedrag").value_or(Cents());
    line.amount = line.credit ? -amount : amount;
    line.service = row.fixed<20>("subtraject");
    line.product = row.fixed<9>("zorgproduct");
    line.activities = activities(row, line.care);
    line.delivery = facts::Delivery::table;
    check_days(row, line.care, row.day_if("factuurdatum").value_or(received));
    return line;
}

facts::ActivityReport activity_report(Row& row) {
    facts::ActivityReport fact;
    fact.key = row.key();
    fact.line = {row.agb("regel_agb"), row.fixed<20>("regel")};
    fact.activity = {row.fixed<10>("activiteit"), row.day("datum"), row.number("aantal", 0, 9999, 1)};
    return fact;
}

facts::BoughtCare bought_care(Row& row) {
    facts::BoughtCare fact;
    fact.key = row.key();
    fact.kind = row.word("inkoop", facts::BoughtKind::other);
    fact.buyer = row.agb("koper");
    fact.supplier = row.agb("leverancier");
    fact.care = row.period();
    fact.amount = row.euros("bedrag").value_or(Cents());
    return fact;
}

facts::OutsideCare outside_care(Row& row) {
    facts::OutsideCare fact;
    fact.key = row.key();
    fact.source = facts::OutsideSource::overlap_file;
    fact.insurer = row.uzovi("uzovi");
    fact.declarant = row.agb("declarant");
    fact.care = row.period();
    fact.amount = row.euros_not_negative("bedrag");
    return fact;
}

facts::Child child(Row& row) {
    facts::Child fact;
    fact.key = row.key();
    fact.born = row.day("geboren");
    return fact;
}

}  // namespace bundel::intake
