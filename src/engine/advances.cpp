#include "engine/advances.h"

#include <algorithm>

namespace bundel::engine {
using intake::Advance;
using intake::AdvanceMove;
using ledger::Account;
using ledger::AccountKind;
using ledger::Entry;
using ledger::Event;
using ledger::EventKind;
using rulebook::SetOff;
using values::Period;

namespace {

std::string row_key(const Advance& row) {
    return "voorschot:" + short_digest(row.key.view());
}

// What a row books, and what takes it back.
struct Moves {
    EventKind booked;
    EventKind withdrawn;
};

Moves moves_of(const Advance& row) {
    switch (row.move) {
        case AdvanceMove::received:
            return row.of_insurer
                       ? Moves{EventKind::advance_received, EventKind::advance_repaid}
                       : Moves{EventKind::participant_advance_repaid, EventKind::participant_advanced};
        case AdvanceMove::paid:
            return row.of_insurer
                       ? Moves{EventKind::advance_repaid, EventKind::advance_received}
                       : Moves{EventKind::participant_advanced, EventKind::participant_advance_repaid};
        case AdvanceMove::set_off: break;
    }
    return row.of_insurer ? Moves{EventKind::advance_set_off, EventKind::advance_set_off_reversed}
                          : Moves{EventKind::participant_advance_set_off,
                                  EventKind::participant_advance_set_off_reversed};
}

bool brings(EventKind kind) {
    return kind == EventKind::advance_received || kind == EventKind::participant_advanced;
}

Event booking(const Advance& row, Date day) {
    Event event;
    event.kind = moves_of(row).booked;
    event.key = row_key(row);
    event.booking_day = day;
    event.care_period = Period::day(row.day);
    event.insurer = row.insurer;
    event.participant = row.participant;
    event.amount = row.amount;
    return event;
}

Event taking_back(const Advance& row, Date day) {
    Event event = booking(row, day);
    event.kind = moves_of(row).withdrawn;
    event.earlier_key = event.key;
    event.key = reversal_key(event.key);
    return event;
}

Account account_of(const Advance& row) {
    return row.of_insurer ? Account::of(AccountKind::insurer_advance, row.insurer.digits())
                          : Account::of(AccountKind::participant_advance, row.participant.digits());
}

// What an advance account still has open: a debt to an insurer, a claim on a participant.
Cents open_on(const ledger::Book& book, const Account& account) {
    const Cents balance = book.balance(account);
    return account.kind() == AccountKind::insurer_advance ? -balance : balance;
}

// Why this row cannot be booked; none: it can, or it is no news.
Result<const char*> fault_of(const ledger::Book& book, const Advance& row, const Entry* known) {
    const Event wanted = booking(row, row.day);
    if (known != nullptr) {
        BUNDEL_TRY(draft, ledger::entry_for(wanted));
        const auto& kept = known->content;
        const bool same = kept.kind == draft.kind && kept.postings == draft.postings &&
                          kept.care_period == draft.care_period;
        if (!same) return "advance_key_reused";
    }
    const Cents open = open_on(book, account_of(row));
    const bool news = book.find(row.withdrawn ? reversal_key(row_key(row)) : row_key(row)) == nullptr;
    if (!news) return nullptr;
    if (row.withdrawn && known == nullptr) return "advance_unknown";
    const bool lessens = brings(wanted.kind) == row.withdrawn;
    if (lessens && row.amount > open) return row.withdrawn ? "advance_spent" : "advance_above_open";
    return nullptr;
}

Result<bool> take(Books& books, const Advance& row, const std::string& name, Date day,
                  base::Findings& findings) {
    const Entry* known = books.book().find(row_key(row));
    BUNDEL_TRY(fault, fault_of(books.book(), row, known));
    if (fault != nullptr) {
        refuse_row(findings, fault, name, row.record, row.key.view());
        return false;
    }
    const Event event = row.withdrawn ? taking_back(row, day) : booking(row, day);
    if (books.book().find(event.key) != nullptr) return false;
    BUNDEL_TRY_DONE(books.post(event));
    return true;
}

// ---- Set-off by rule ----

// Money that was paid in advance and is not set off, paid back or withdrawn.
struct Paid {
    std::string key;
    Cents amount;  // when it was paid
    Cents rest;
};

// As it stands, or as it stood at the end of `until` when that is less: what was booked later belongs to a
// later month, and what is gone by now is gone. Never below zero.
Cents least_until(const ledger::Book& book, const Account& account, bool is_debt, Date until) {
    Cents then;
    for (const Entry& entry : book.entries()) {
        if (entry.content.booking_day > until) continue;
        for (const auto& posting : entry.content.postings) {
            if (posting.account == account) then += posting.amount;
        }
    }
    const Cents now = book.balance(account);
    return std::max(Cents(), is_debt ? std::min(-then, -now) : std::min(then, now));
}

// Of one account, oldest first. What lessened the account lessened the oldest.
std::vector<Paid> advances_on(const ledger::Book& book, const Account& account, Date until) {
    std::vector<Paid> paid;
    Cents total;
    for (const Entry& entry : book.entries()) {
        const auto& content = entry.content;
        const bool is_advance = (brings(content.kind) && content.earlier_key.empty()) ||
                                content.kind == EventKind::opening_booked;
        if (!is_advance || content.booking_day > until || book.find(reversal_key(content.key)) != nullptr)
            continue;
        for (const auto& posting : content.postings) {
            if (posting.account != account) continue;
            const Cents amount =
                account.kind() == AccountKind::insurer_advance ? -posting.amount : posting.amount;
            if (amount <= Cents()) continue;
            paid.push_back({content.key, amount, amount});
            total += amount;
        }
    }
    Cents spent = total - open_on(book, account);
    for (Paid& one : paid) {
        const Cents taken = std::max(Cents(), std::min(spent, one.rest));
        one.rest -= taken;
        spent -= taken;
    }
    return paid;
}

// What an advance of this account may be set off against.
Cents against(const ledger::Book& book, const Account& account, Date until) {
    const bool of_insurer = account.kind() == AccountKind::insurer_advance;
    const AccountKind other = of_insurer ? AccountKind::granted : AccountKind::payable;
    return least_until(book, Account::of(other, account.party()), !of_insurer, until);
}

std::string set_off_key(const Period& month, const std::string& advance) {
    return "verrekend:" + month.first.iso().substr(0, 7) + "/" + short_digest(advance);
}

Result<Event> setting_off(const Account& account, const Paid& paid, Cents amount, const Period& month) {
    Event event;
    event.key = set_off_key(month, paid.key);
    event.earlier_key = paid.key;
    event.booking_day = month.last;
    event.care_period = month;
    event.amount = amount;
    if (account.kind() == AccountKind::insurer_advance) {
        event.kind = EventKind::advance_set_off;
        BUNDEL_TRY(insurer, UzoviCode::parse(account.party()));
        event.insurer = insurer;
    } else {
        event.kind = EventKind::participant_advance_set_off;
        BUNDEL_TRY(participant, AgbCode::parse(account.party()));
        event.participant = participant;
    }
    return event;
}

Result<Cents> set_off(Books& books, const Account& account, const SetOff& rule, const Period& month) {
    const bool is_debt = account.kind() == AccountKind::insurer_advance;
    Cents left = std::min(against(books.book(), account, month.last),
                          least_until(books.book(), account, is_debt, month.last));
    Cents total;
    for (const Paid& paid : advances_on(books.book(), account, month.last)) {
        if (books.book().find(set_off_key(month, paid.key)) != nullptr) continue;
        BUNDEL_TRY(most, values::scale(paid.amount, rule.share, values::Rounding::up));
        const Cents amount = std::min({paid.rest, most, left});
        if (amount <= Cents()) continue;
        BUNDEL_TRY(event, setting_off(account, paid, amount, month));
        BUNDEL_TRY_DONE(books.post(event));
        left -= amount;
        total += amount;
    }
    return total;
}

}  // namespace

Result<std::size_t> take_advances(World& world, const std::vector<Advance>& advances, const std::string& name,
                                  Date received, base::Findings& findings) {
    std::size_t fresh = 0;
    if (advances.empty()) return fresh;
    BUNDEL_TRY(books, Books::open(world.store));
    const Date day = open_day(books.book().contents().closings, received);
    // First what makes more open, then what makes it less; a withdrawal follows what it takes back.
    const auto turn = [](const Advance& row) {
        return row.withdrawn ? 2 : brings(moves_of(row).booked) ? 0 : 1;
    };
    for (const int now : {0, 1, 2}) {
        for (const Advance& row : advances) {
            if (turn(row) != now) continue;
            BUNDEL_TRY(news, take(books, row, name, day, findings));
            fresh += news ? 1 : 0;
        }
    }
    return fresh;
}

Result<std::vector<SetOffToCome>> set_offs_to_come(const World& world, const ledger::Book& book, Date as_of,
                                                   Date until) {
    std::vector<SetOffToCome> coming;
    for (const auto& [account, balance] : book.balances()) {
        const bool of_insurer = account.kind() == AccountKind::insurer_advance;
        if (!of_insurer && account.kind() != AccountKind::participant_advance) continue;
        std::vector<Paid> advances = advances_on(book, account, as_of);
        for (Period month = Period::month_of(as_of); month.last <= until;
             month = Period::month_of(month.last.plus_days(1))) {
            const SetOff* rule = world.rulebook.set_off_on(
                of_insurer ? SetOff::Of::insurer : SetOff::Of::participant, month.last);
            Cents amount;
            for (Paid& paid : advances) {
                if (rule == nullptr || book.find(set_off_key(month, paid.key)) != nullptr) continue;
                BUNDEL_TRY(most, values::scale(paid.amount, rule->share, values::Rounding::up));
                const Cents now = std::min(paid.rest, most);
                paid.rest -= now;
                amount += now;
            }
            if (amount > Cents()) coming.push_back({account, month.last, amount});
        }
    }
    return coming;
}

Result<SetOffs> set_off_advances(World& world, Books& books, const Period& month) {
    std::vector<Account> accounts;
    for (const auto& [account, balance] : books.book().balances()) {
        if (account.kind() == AccountKind::insurer_advance ||
            account.kind() == AccountKind::participant_advance)
            accounts.push_back(account);
    }
    SetOffs result;
    for (const Account& account : accounts) {
        const bool of_insurer = account.kind() == AccountKind::insurer_advance;
        const SetOff* rule =
            world.rulebook.set_off_on(of_insurer ? SetOff::Of::insurer : SetOff::Of::participant, month.last);
        if (rule == nullptr || open_on(books.book(), account) <= Cents()) continue;
        BUNDEL_TRY(amount, set_off(books, account, *rule, month));
        (of_insurer ? result.insurers : result.participants) += amount;
    }
    return result;
}

}  // namespace bundel::engine
