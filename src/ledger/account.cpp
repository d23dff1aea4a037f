#include "ledger/account.h"

#include <algorithm>

namespace bundel::ledger {
using base::Error;
using base::Result;

namespace {

constexpr ChartRow rows[] = {
    {AccountKind::receivable, "vordering", "gedeclareerd bij een verzekeraar, nog niet beantwoord", true},
    {AccountKind::to_divide, "te_verdelen", "opbrengst van een prestatie, nog niet verdeeld", true},
    {AccountKind::payable, "deelnemer", "aandeel van een deelnemer", true},
    {AccountKind::reserve, "reserve", "achtergehouden bij een verdeling", false},
    {AccountKind::unapplied, "onverwerkt", "ontvangen van een verzekeraar, declaratie nog onbekend", true},
    {AccountKind::bank, "bank", "bank", false},
    {AccountKind::accrued, "onderhanden_werk", "verwachte waarde van zorg die nog niet is gedeclareerd",
     true},
    {AccountKind::expected, "verwacht_te_verdelen", "wat voor die zorg te verdelen komt", true},
    {AccountKind::bought_care, "ingekochte_zorg", "kosten van zorg die de IGO inkocht", true},
    {AccountKind::supplier, "leverancier", "te betalen aan een leverancier van ingekochte zorg", true},
    {AccountKind::granted, "toegekend", "toegekend door een verzekeraar, nog niet betaald", true},
    {AccountKind::planned, "gepland", "nog te declareren bij een verzekeraar", true},
    {AccountKind::planned_contra, "verwacht_te_declareren", "tegenrekening van wat nog te declareren is",
     true},
    {AccountKind::insurer_advance, "voorschot_verzekeraar", "vooruit ontvangen van een verzekeraar", true},
    {AccountKind::participant_advance, "voorschot_deelnemer", "vooruit betaald aan een deelnemer", true},
    {AccountKind::in_transit, "onderweg", "betaalopdracht voor een deelnemer, nog niet op een afschrift",
     true},
    {AccountKind::covered, "gedekte_zorg", "achtergehouden bij een verdeling voor ingekochte zorg", true},
    {AccountKind::opening, "openingsbalans", "tegenrekening van de beginsaldi", false},
};

// A row stands at the place of its kind.
static_assert([] {
    for (std::size_t i = 0; i < std::size(rows); ++i) {
        if (rows[i].kind != static_cast<AccountKind>(i)) return false;
    }
    return true;
}());

bool is_party_character(char c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
           std::string_view(".-_/:").find(c) != std::string_view::npos;
}

bool is_party(std::string_view text) {
    return Account::Party::fits(text) && std::all_of(text.begin(), text.end(), is_party_character) &&
           text.front() != ':' && text.back() != ':' && text.find("::") == std::string_view::npos;
}

}  // namespace

std::span<const ChartRow> chart_rows() {
    return rows;
}

const ChartRow& row_of(AccountKind kind) {
    const auto at = static_cast<std::size_t>(kind);
    BUNDEL_ASSERT(at < std::size(rows));
    return rows[at];
}

Result<Account> Account::make(AccountKind kind, std::string_view party) {
    const ChartRow& row = row_of(kind);
    if (row.has_party && party.empty())
        return Error{"ledger_party_missing", {{"account", std::string(row.name)}}};
    if (!row.has_party && !party.empty())
        return Error{"ledger_party_unexpected", {{"account", std::string(row.name)}}};
    if (row.has_party && !is_party(party))
        return Error{"ledger_party_syntax", {{"account", std::string(row.name)}}};
    return Account(kind, Party::of(party));
}

Account Account::of(AccountKind kind, std::string_view party) {
    auto account = make(kind, party);
    BUNDEL_ASSERT(account.ok());
    return *account;
}

Result<Account> Account::parse(std::string_view path) {
    const auto colon = path.find(':');
    const std::string_view name = path.substr(0, colon);
    const auto row = std::find_if(std::begin(rows), std::end(rows), [&](auto& r) { return r.name == name; });
    if (row == std::end(rows)) return Error{"ledger_account_unknown"};
    if (colon == std::string_view::npos) return make(row->kind, "");
    if (colon + 1 == path.size()) return Error{"ledger_party_syntax", {{"account", std::string(name)}}};
    return make(row->kind, path.substr(colon + 1));
}

Account::Path Account::path_text() const {
    const ChartRow& row = row_of(kind_);
    Path path;
    path.append(row.name);
    if (row.has_party) path.append(":").append(party_.view());
    return path;
}

}  // namespace bundel::ledger
