#include "ledger/trial_balance.h"

#include <algorithm>

#include "wire/csv.h"

namespace bundel::ledger {
using base::Done;
using base::Result;
using values::Cents;
using values::Date;

namespace {

using Cells = std::vector<std::string>;

Result<Done> grow(Cents& sum, Cents by) {
    BUNDEL_TRY(grown, values::add(sum, by));
    sum = grown;
    return Done{};
}

Result<Done> add(TrialLine& line, Cents amount, bool is_earlier) {
    BUNDEL_TRY_DONE(grow(line.balance, amount));
    if (is_earlier) return grow(line.opening, amount);
    if (!amount.is_negative()) return grow(line.debit, amount);
    if (amount.count() == INT64_MIN) return base::Error{"cents_overflow"};
    return grow(line.credit, -amount);
}

Result<Done> add(TrialLine& sum, const TrialLine& line) {
    BUNDEL_TRY_DONE(grow(sum.opening, line.opening));
    BUNDEL_TRY_DONE(grow(sum.debit, line.debit));
    BUNDEL_TRY_DONE(grow(sum.credit, line.credit));
    return grow(sum.balance, line.balance);
}

TrialLine nothing() {
    return {Account::of(AccountKind::bank), {}, {}, {}, {}};
}

std::string csv_line(Cells words, const TrialLine& line) {
    for (const Cents amount : {line.opening, line.debit, line.credit, line.balance})
        words.push_back(amount.plain_euros());
    return wire::csv_line(words);
}

}  // namespace

Result<TrialBalance> trial_balance(const BookContents& book, Date on) {
    TrialBalance result{{Date::of(on.year(), 1, 1), on}, {}};
    std::map<Account, TrialLine> lines;
    for (const Entry& entry : book.entries) {
        const Date day = entry.content.booking_day;
        if (day > on) continue;
        for (const Posting& posting : entry.content.postings) {
            auto [line, is_new] =
                lines.try_emplace(posting.account, TrialLine{posting.account, {}, {}, {}, {}});
            BUNDEL_TRY_DONE(add(line->second, posting.amount, day < result.period.first));
        }
    }
    TrialLine sum = nothing();
    for (const auto& [account, line] : lines) {
        BUNDEL_ASSERT(line.opening + line.debit - line.credit == line.balance);
        BUNDEL_TRY_DONE(add(sum, line));
        result.lines.push_back(line);
    }
    for (const Cents difference : {sum.opening, sum.balance}) {
        if (!difference.is_zero())
            return base::Error{"ledger_trial_balance", {{"difference", difference.euros()}}};
    }
    return result;
}

std::string_view word_of(AccountType type) {
    static constexpr std::string_view words[] = {"activa", "passiva", "baten", "lasten", "buiten de balans"};
    return words[static_cast<std::size_t>(type)];
}

Result<std::string> to_csv(const TrialBalance& balance, const Chart& chart) {
    const auto number = [&](const TrialLine& line) -> const std::string& {
        return chart.of(line.account.kind()).number;
    };
    std::vector<TrialLine> lines = balance.lines;
    std::ranges::stable_sort(lines, {}, number);
    TrialLine on = nothing();
    TrialLine off = nothing();
    TrialLine all = nothing();
    std::string csv =
        wire::csv_line(Cells{"nummer", "rekening", "naam", "soort", "begin", "debet", "credit", "saldo"});
    for (const TrialLine& line : lines) {
        const ChartLine& row = chart.of(line.account.kind());
        csv += csv_line({row.number, line.account.path(), row.name, std::string(word_of(row.type))}, line);
        BUNDEL_TRY_DONE(add(row.type == AccountType::off_balance ? off : on, line));
        BUNDEL_TRY_DONE(add(all, line));
    }
    csv += csv_line({"", "", "balans en resultaat", ""}, on);
    csv += csv_line({"", "", std::string(word_of(AccountType::off_balance)), ""}, off);
    csv += csv_line({"", "", "totaal", ""}, all);
    return csv;
}

}  // namespace bundel::ledger
