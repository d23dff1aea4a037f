#include "engine/closing.h"

#include <algorithm>

#include "engine/books.h"
#include "engine/verify.h"
#include "ledger/check.h"
#include "ledger/trial_balance.h"

namespace bundel::engine {
using insight::CaseKind;
using ledger::Entry;
using ledger::Event;
using ledger::EventKind;
using values::Period;

namespace {

std::string accrual_key(Date month, const CaseKind& kind) {
    return "onderhanden:" + month_text(month) + "/" + subject_of(kind);
}

// The first month that is not closed. With nothing closed it is that of the earliest booking.
Date first_open_month(const ledger::Book& book, Date otherwise) {
    const auto& closings = book.contents().closings;
    if (!closings.empty()) return closings.back().period.last.plus_days(1);
    Date earliest = otherwise;
    for (const Entry& entry : book.entries()) earliest = std::min(earliest, entry.content.booking_day);
    return Period::month_of(earliest).first;
}

Event accrual_event(EventKind kind, std::string key, const std::string& subject, Cents amount,
                    const Period& month) {
    Event event;
    event.kind = kind;
    event.key = std::move(key);
    event.booking_day = month.last;
    event.care_period = month;
    event.subject = subject;
    event.amount = amount;
    return event;
}

// Debit of onderhanden_werk: what it is of, and how much.
const ledger::Posting& accrued_in(const Entry& entry) {
    const auto& postings = entry.content.postings;
    const auto found = std::find_if(postings.begin(), postings.end(), [](const auto& posting) {
        return posting.account.kind() == ledger::AccountKind::accrued;
    });
    BUNDEL_ASSERT(found != postings.end());
    return *found;
}

Result<Cents> take_back(Books& books, const Period& month) {
    Cents total;
    std::vector<Event> events;
    for (const Entry& entry : books.book().entries()) {
        const std::string& key = entry.content.key;
        if (entry.content.kind != EventKind::accrual_booked ||
            books.book().find(reversal_key(key)) != nullptr)
            continue;
        const auto& posting = accrued_in(entry);
        Event event = accrual_event(EventKind::accrual_reversed, reversal_key(key),
                                    std::string(posting.account.party()), posting.amount, month);
        event.care_period = entry.content.care_period;
        event.earlier_key = key;
        events.push_back(std::move(event));
        total += posting.amount;
    }
    for (const Event& event : events) BUNDEL_TRY_DONE(books.post(event));
    return total;
}

Result<Cents> accrue(Books& books, const Work& work, const Period& month) {
    Cents total;
    for (const auto& one : work.accruals.by_kind) {
        if (!one.estimate || one.estimate->to_come.is_zero()) continue;
        BUNDEL_TRY_DONE(
            books.post(accrual_event(EventKind::accrual_booked, accrual_key(month.first, one.kind),
                                     subject_of(one.kind), one.estimate->to_come, month)));
        total += one.estimate->to_come;
    }
    return total;
}

Result<Done> withdraw_plans(Books& books, const Period& month) {
    std::vector<Event> events;
    for (const Entry& entry : books.book().entries()) {
        const auto& content = entry.content;
        if (content.kind != EventKind::claim_planned ||
            books.book().find(reversal_key(content.key)) != nullptr)
            continue;
        Event event;
        event.kind = EventKind::plan_withdrawn;
        event.key = reversal_key(content.key);
        event.earlier_key = content.key;
        event.booking_day = month.last;
        event.care_period = content.care_period;
        for (const auto& posting : content.postings) {
            if (posting.account.kind() == ledger::AccountKind::planned_contra) {
                event.performance = posting.account.party();
            } else {
                BUNDEL_TRY(insurer, UzoviCode::parse(posting.account.party()));
                event.insurer = insurer;
                event.amount = posting.amount;
            }
        }
        events.push_back(std::move(event));
    }
    for (const Event& event : events) BUNDEL_TRY_DONE(books.post(event));
    return Done{};
}

Result<Cents> plan(Books& books, const Work& work, const Period& month) {
    Cents total;
    for (const auto& [whom, amount] : work.planned) {
        Event event;
        event.kind = EventKind::claim_planned;
        event.insurer = whom.first;
        event.performance = whom.second.str();
        event.key =
            "gepland:" + month_text(month.first) + "/" + event.insurer.digits() + "/" + event.performance;
        event.booking_day = month.last;
        event.care_period = month;
        event.amount = amount;
        BUNDEL_TRY_DONE(books.post(event));
        total += amount;
    }
    return total;
}

Result<Done> same_as_estimated(const ledger::Book& book, const Work& work) {
    std::map<ledger::Account, Cents> estimated;
    for (const auto& [account, balance] : book.balances()) {
        if (account.kind() == ledger::AccountKind::accrued) estimated[account];
    }
    for (const auto& one : work.accruals.by_kind) {
        if (one.estimate)
            estimated[ledger::Account::of(ledger::AccountKind::accrued, subject_of(one.kind))] =
                one.estimate->to_come;
    }
    for (const auto& [account, amount] : estimated) {
        if (book.balance(account) != amount)
            return Error{"close_work_differs",
                         {{"account", account.path()},
                          {"booked", book.balance(account).euros()},
                          {"estimated", amount.euros()}}};
    }
    return Done{};
}

// A month is not closed over a book that is not sound.
Result<Done> require_sound(World& world, const ledger::Book& book, const Work& work, const Period& month) {
    const auto breaches = ledger::check(book);
    if (!breaches.empty()) return Error{breaches.front().code, breaches.front().params};
    BUNDEL_TRY(trial, ledger::trial_balance(book.contents(), month.last));
    static_cast<void>(trial);
    std::vector<Error> of_claims;
    BUNDEL_TRY_DONE(compare_receivables(world, book, of_claims));
    if (!of_claims.empty()) return of_claims.front();
    return same_as_estimated(book, work);
}

bool is_closed(const ledger::Book& book, const Period& month) {
    const auto& closings = book.contents().closings;
    return std::any_of(closings.begin(), closings.end(),
                       [&](const auto& closing) { return closing.period == month; });
}

}  // namespace

Result<Closed> close_month(World& world, Date first, Date as_of) {
    BUNDEL_ASSERT(first.day() == 1);
    Closed closed;
    closed.month = Period::month_of(first);
    BUNDEL_TRY(books, Books::open(world.store));
    for (const auto& closing : books.book().contents().closings) {
        if (closing.period != closed.month) continue;
        closed.again = true;
        closed.digest = closing.digest;
        return closed;
    }
    if (as_of <= closed.month.last)
        return Error{"close_month_not_over",
                     {{"month", month_text(first)}, {"last", closed.month.last.dutch()}}};
    const Date expected = first_open_month(books.book(), first);
    if (expected != first)
        return Error{"close_out_of_order",
                     {{"month", month_text(first)}, {"expected", month_text(expected)}}};
    BUNDEL_TRY(work, work_in_progress(world, closed.month.last));
    closed.without = work.accruals.without;
    BUNDEL_TRY(transaction, Transaction::begin(world.store));
    BUNDEL_TRY(taken_back, take_back(books, closed.month));
    closed.taken_back = taken_back;
    BUNDEL_TRY(accrued, accrue(books, work, closed.month));
    closed.accrued = accrued;
    BUNDEL_TRY_DONE(withdraw_plans(books, closed.month));
    BUNDEL_TRY(planned, plan(books, work, closed.month));
    closed.planned = planned;
    BUNDEL_TRY(set_off, set_off_advances(world, books, closed.month));
    closed.set_off = set_off;
    BUNDEL_TRY_DONE(require_sound(world, books.book(), work, closed.month));
    BUNDEL_TRY_DONE(books.close(closed.month));
    closed.entries = books.book().contents().closings.back().entries;
    closed.digest = books.book().contents().closings.back().digest;
    BUNDEL_TRY_DONE(transaction.commit());
    return closed;
}

Result<Date> parse_month(std::string_view text) {
    const auto first = Date::parse(std::string(text) + "-01");
    if (text.size() != 7 || !first.ok()) return Error{"close_month_syntax", {{"text", std::string(text)}}};
    return *first;
}

std::string month_text(Date day) {
    return day.iso().substr(0, 7);
}

Result<std::optional<std::map<CaseKind, Cents>>> booked_accruals(World& world, Date month_end) {
    using Found = std::optional<std::map<CaseKind, Cents>>;
    BUNDEL_TRY(books, Books::open(world.store));
    const Period month = Period::month_of(month_end);
    if (!is_closed(books.book(), month)) return Found();
    std::map<CaseKind, Cents> accrued;
    for (const values::PhaseKind phase : values::all_phases) {
        for (const insight::Discipline discipline : insight::all_disciplines) {
            const CaseKind kind{phase, discipline};
            if (const Entry* entry = books.book().find(accrual_key(month.first, kind)))
                accrued[kind] = accrued_in(*entry).amount;
        }
    }
    return Found(std::move(accrued));
}

}  // namespace bundel::engine
