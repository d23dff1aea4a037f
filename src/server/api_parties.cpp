#include <algorithm>

#include "engine/women.h"
#include "insight/accrual.h"
#include "server/handlers.h"
#include "server/sentences.h"
#include "server/shapes.h"

namespace bundel::server {
using values::AgbCode;
using values::Cents;

namespace {

constexpr std::string_view coming_account = "deelnemer:";

const char* discipline_of(AgbCode code) {
    static constexpr const char* names[] = {"midwife", "hospital", "kraamzorg", "other"};
    return names[static_cast<std::size_t>(insight::discipline_of(code))];
}

Json membership_shape(const facts::Known<facts::Membership>& known) {
    const bool is_open = known.fact.period.last == values::Date::far_future();
    return {{"key", known.fact.key.key.str()},
            {"first", known.fact.period.first},
            {"last", is_open ? Json() : Json(known.fact.period.last)},
            {"received", known.received},
            {"status_label", *status_fields(known.fact.status).field("status_label")}};
}

// "NL69 •••• 7890": enough to know it again.
std::string masked(std::string_view iban) {
    return iban.size() < 8
               ? "••••"
               : std::string(iban.substr(0, 4)) + " •••• " + std::string(iban.substr(iban.size() - 4));
}

struct Party {
    Json memberships = Json::array();
    Json accounts = Json::array();
};

std::map<AgbCode, Party> parties_of(const facts::Agreements& known) {
    std::map<AgbCode, Party> parties;
    for (const auto& membership : known.memberships)
        parties[membership.fact.organisation].memberships.add(membership_shape(membership));
    for (const auto& account : known.accounts) {
        if (account.fact.owner.is_none()) continue;
        parties[account.fact.owner].accounts.add(
            {{"masked", masked(account.fact.iban.view())}, {"first", account.fact.period.first}});
    }
    return parties;
}

std::map<AgbCode, Cents> shadow_of(const std::vector<engine::CountRow>& totals) {
    std::map<AgbCode, Cents> shadow;
    for (const auto& row : totals) {
        const auto code = AgbCode::parse(row.name);
        if (row.group == "shadow" && code.ok()) shadow[*code] += row.amount;
    }
    return shadow;
}

Json price_shape(const facts::Price& price, const rulebook::Rulebook& rulebook) {
    std::string name;
    for (const auto& regime : rulebook.regimes()) {
        for (const auto& performance : regime.performances) {
            if (performance.id == price.performance) name = performance.name;
        }
    }
    return {{"performance", price.performance.str()},
            {"name", name.empty() ? Json() : Json(name)},
            {"first", price.period.first},
            {"price_cents", price.amount}};
}

Json contract_shape(const facts::Known<facts::Contract>& known, const rulebook::Rulebook& rulebook) {
    static constexpr const char* policies[] = {"priced_in", "deduct_actual", "deduct_fixed", "true_up_yearly",
                                               "fall_back"};
    const facts::Contract& contract = known.fact;
    const bool is_open = contract.period.last == values::Date::far_future();
    std::string labels;
    for (const auto& label_code : contract.labels)
        labels += (labels.empty() ? "" : ", ") + label_code.digits();
    std::string performances;
    for (const auto& id : contract.performances)
        performances += (performances.empty() ? "" : ", ") + id.str();
    return {
        {"key", contract.key.key.str()},
        {"version", contract.key.version},
        {"insurer", contract.uncontracted ? label("contract_passers_by") : labels},
        {"regime", contract.regime.str()},
        {"first", contract.period.first},
        {"last", is_open ? Json() : Json(contract.period.last)},
        {"received", known.received},
        {"policy_label",
         label(std::string("policy_") + policies[static_cast<std::size_t>(contract.overlap)])},
        {"performances", performances.empty() ? label("contract_all_performances") : performances},
        {"submit_months", contract.submit_months},
        {"answer_term_days", contract.answer_term_days},
        {"status", *status_fields(contract.status).field("status")},
        {"status_label", *status_fields(contract.status).field("status_label")},
        {"prices", list(contract.prices, [&](const auto& price) { return price_shape(price, rulebook); })}};
}

}  // namespace

Result<Reply> get_participants(Call& call) {
    return as_reply(call.office.look([&](store::View& view) -> Result<Json> {
        BUNDEL_TRY(all, engine::load_agreements(view.world()));
        const auto known = facts::known_on(all, call.office.today());
        auto parties = parties_of(known);
        BUNDEL_TRY(totals, view.reader().store().totals());
        const auto shadow = shadow_of(totals);
        BUNDEL_TRY(balances, view.reader().balances());
        for (const auto& [code, amount] : shadow) parties.try_emplace(code);
        const std::vector<std::pair<AgbCode, Party>> rows(parties.begin(), parties.end());
        return paged(piece_of(rows, call.page), call.page, [&](const auto& row) {
            const auto value = shadow.find(row.first);
            const auto balance = balances.find(std::string(coming_account) + row.first.digits());
            return Json{{"code", row.first.digits()},
                        {"discipline", discipline_of(row.first)},
                        {"discipline_label", label(std::string("discipline_") + discipline_of(row.first))},
                        {"memberships", row.second.memberships},
                        {"accounts", row.second.accounts},
                        {"shadow_cents", value == shadow.end() ? Cents() : value->second},
                        {"share_cents", balance == balances.end() ? Cents() : -balance->second}};
        });
    }));
}

Result<Reply> get_contracts(Call& call) {
    return as_reply(call.office.look([&](store::View& view) -> Result<Json> {
        BUNDEL_TRY(all, engine::load_agreements(view.world()));
        const auto known = facts::known_on(all, call.office.today());
        return paged(piece_of(known.contracts, call.page), call.page,
                     [&](const auto& one) { return contract_shape(one, call.office.rulebook()); });
    }));
}

Result<Reply> get_names(Call& call) {
    Json items = list(call.office.own().names, [](const auto& entry) {
        return Json{{"code", entry.first}, {"name", entry.second}};
    });
    return Reply(Json{{"items", std::move(items)}, {"total", call.office.own().names.size()}});
}

}  // namespace bundel::server
