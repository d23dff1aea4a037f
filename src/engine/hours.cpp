#include "engine/hours.h"

#include <algorithm>

#include "engine/women.h"
#include "wire/csv.h"

namespace bundel::engine {
using pathway::Part;
using selection::PhaseDecision;
using selection::RouteKind;

namespace {

using Key = std::tuple<UzoviCode, AgbCode, int, int>;
using Rows = std::map<Key, HoursRow>;

const PhaseDecision* bundle_of(const claim::Case& wanted, const Part& part) {
    const PhaseDecision* decision = wanted.selection.decision_on(part.pregnancy, part.phase);
    return decision != nullptr && decision->route.kind == RouteKind::integrated ? decision : nullptr;
}

// The hours it is about and the bundle it is in; none when a part of it is in no bundle.
struct Counted {
    rulebook::Hours hours = rulebook::Hours::none;
    const PhaseDecision* bundle = nullptr;
};
std::optional<Counted> counted(const claim::Case& wanted, std::uint32_t line) {
    if (!wanted.selection.lines[line].ours) return std::nullopt;
    Counted result;
    for (const Part& part : wanted.pathway.parts) {
        if (part.line != line) continue;
        const PhaseDecision* bundle = bundle_of(wanted, part);
        if (bundle == nullptr || part.scope == nullptr || part.scope->hours == rulebook::Hours::none)
            return std::nullopt;
        result = {part.scope->hours, bundle};
    }
    return result.bundle == nullptr ? std::nullopt : std::optional(result);
}

void add_own_payment(Cents declared, const std::optional<selection::OwnPayment>& own, HoursRow& row) {
    row.gross += own ? own->gross : declared;
    row.net += own ? own->net : declared;
    if (own && own->amount) row.own_payment += *own->amount;
    if (own && !own->amount) ++row.own_payment_unknown;
}

void add(const claim::Case& wanted, Rows& rows) {
    for (std::uint32_t i = 0; i < wanted.pathway.known.lines.size(); ++i) {
        const auto found = counted(wanted, i);
        if (!found) continue;
        const facts::CareLine& line = wanted.pathway.known.lines[i].fact;
        const Key key{found->bundle->insurer, line.declarant, line.care.first.year(),
                      line.care.first.month()};
        HoursRow& row = rows[key];
        std::tie(row.insurer, row.participant, row.year, row.month) = key;
        ++row.lines;
        (found->hours == rulebook::Hours::kraamzorg ? row.kraamzorg_minutes : row.partus_minutes) +=
            line.minutes;
        row.declared += line.amount;
        add_own_payment(line.amount, wanted.selection.lines[i].own_payment, row);
    }
}

}  // namespace

Result<Hours> hours(World& world, Date as_of) {
    BUNDEL_TRY(agreements, load_agreements(world));
    const facts::Agreements known = facts::known_on(agreements, as_of);
    Rows rows;
    BUNDEL_TRY(passed_over, for_each_woman(world, known, as_of, [&](const Loaded&, const auto& wanted) {
                   add(wanted, rows);
                   return Result<Done>(Done{});
               }));
    Hours result{{}, passed_over};
    for (const auto& [key, row] : rows) result.rows.push_back(row);
    return result;
}

std::string to_csv(const std::vector<HoursRow>& rows) {
    using Cells = std::vector<std::string>;
    std::string csv = wire::csv_line(Cells{"verzekeraar", "deelnemer", "jaar", "maand", "regels",
                                           "minuten_kraamzorg", "minuten_partusassistentie", "gedeclareerd",
                                           "bruto", "eigen_bijdrage", "netto", "eigen_bijdrage_onbekend"});
    for (const HoursRow& row : rows) {
        csv += wire::csv_line(Cells{
            row.insurer.digits(), row.participant.digits(), std::to_string(row.year),
            std::to_string(row.month), std::to_string(row.lines), std::to_string(row.kraamzorg_minutes),
            std::to_string(row.partus_minutes), row.declared.plain_euros(), row.gross.plain_euros(),
            row.own_payment.plain_euros(), row.net.plain_euros(), std::to_string(row.own_payment_unknown)});
    }
    return csv;
}

}  // namespace bundel::engine
