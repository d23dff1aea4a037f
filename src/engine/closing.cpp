#include "engine/closing.h"

#include <algorithm>

#include "engine/books.h"

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
    if (is_closed(books.book(), closed.month)) {
        closed.again = true;
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
    BUNDEL_TRY_DONE(books.close(closed.month));
    closed.entries = books.book().contents().closings.back().entries;
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
