#include "engine/opening.h"

#include <algorithm>
#include <set>

namespace bundel::engine {
using intake::OpeningBalance;
using ledger::Account;
using ledger::AccountKind;
using ledger::EventKind;

namespace {

bool may_open(AccountKind kind) {
    static constexpr AccountKind filled_by_us[] = {AccountKind::opening, AccountKind::planned,
                                                   AccountKind::planned_contra, AccountKind::accrued,
                                                   AccountKind::expected};
    return std::ranges::find(filled_by_us, kind) == std::end(filled_by_us);
}

struct Refusing {
    const std::string& name;
    base::Findings& findings;

    void row(const OpeningBalance& row, const char* code) const {
        find(code, base::Severity::line_refused, row.record, {{"account", row.account}});
    }
    void file(const char* code, base::Params params = {}) const {
        find(code, base::Severity::file_refused, 0, std::move(params));
    }

private:
    void find(const char* code, base::Severity severity, std::int32_t record, base::Params params) const {
        base::Finding finding;
        finding.code = code;
        finding.severity = severity;
        finding.where.file = name;
        finding.where.record = record;
        finding.params = std::move(params);
        finding.source = "docs/reference/csv.md";
        findings.push_back(std::move(finding));
    }
};

std::vector<Account> accounts_of(const std::vector<OpeningBalance>& openings, const Refusing& refuse) {
    std::vector<Account> accounts;
    std::set<Account> seen;
    for (const OpeningBalance& row : openings) {
        const auto account = Account::parse(row.account);
        if (!account.ok())
            refuse.row(row, "opening_account_unknown");
        else if (!may_open(account->kind()))
            refuse.row(row, "opening_account_wrong");
        else if (!seen.insert(*account).second)
            refuse.row(row, "opening_account_twice");
        else
            accounts.push_back(*account);
    }
    return accounts;
}

// Why the book takes no opening balances any more; none: it does.
const char* begun(const ledger::Book& book, OpeningAt at) {
    const auto& entries = book.entries();
    if (at == OpeningAt::empty_book) return entries.empty() ? nullptr : "opening_book_begun";
    const bool opened = std::any_of(entries.begin(), entries.end(), [](const auto& entry) {
        return entry.content.kind == EventKind::opening_booked;
    });
    return opened ? "opening_twice" : nullptr;
}

}  // namespace

Result<std::size_t> take_openings(World& world, const std::vector<OpeningBalance>& openings,
                                  const std::string& name, Date day, OpeningAt at, base::Findings& findings) {
    const Refusing refuse{name, findings};
    if (!findings.empty()) refuse.file("opening_incomplete");
    BUNDEL_TRY(books, Books::open(world.store));
    if (const char* code = begun(books.book(), at)) refuse.file(code);
    const std::vector<Account> accounts = accounts_of(openings, refuse);
    std::vector<Cents> amounts;
    for (const OpeningBalance& row : openings) amounts.push_back(row.amount);
    BUNDEL_TRY(difference, values::sum(amounts));
    if (!difference.is_zero()) refuse.file("opening_unbalanced", {{"difference", difference.euros()}});
    if (!findings.empty()) return std::size_t{0};
    BUNDEL_TRY_DONE(require_open(world.store, day));
    std::size_t booked = 0;
    for (std::size_t i = 0; i < openings.size(); ++i) {
        if (openings[i].amount.is_zero()) continue;
        ledger::Event event;
        event.kind = EventKind::opening_booked;
        event.key = "beginsaldo:" + accounts[i].path();
        event.booking_day = day;
        event.care_period = values::Period::day(day);
        event.account = accounts[i];
        event.amount = openings[i].amount;
        BUNDEL_TRY_DONE(books.post(event));
        ++booked;
    }
    return booked;
}

}  // namespace bundel::engine
