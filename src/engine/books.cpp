#include "engine/books.h"

#include <algorithm>

namespace bundel::engine {
using claim::Kind;
using claim::Sent;
using claim::State;
using ledger::Event;
using ledger::EventKind;

namespace {

Event event_of(EventKind kind, std::string key, const Sent& claim, Cents amount, Date booking_day) {
    Event event;
    event.kind = kind;
    event.key = std::move(key);
    event.booking_day = booking_day;
    event.care_period = claim.care;
    event.insurer = claim.insurer;
    event.performance = claim.performance.str();
    event.amount = amount;
    return event;
}

std::string sent_key(const Sent& claim) {
    return event_key("verzonden", claim);
}

// Linked to the sending, which may stand in a month that is closed since. What was taken over from before
// bundel may have no entry.
Event answering(const Books& books, Event event, const Sent& claim) {
    if (books.book().find(sent_key(claim)) != nullptr) event.earlier_key = sent_key(claim);
    return event;
}

// What is not granted goes off vordering, what is granted moves to toegekend.
Result<Done> book_granted(Books& books, const Sent& claim, Date booking_day) {
    const bool rejected = claim.state == State::rejected;
    const Cents less = claim.amount - claim.granted;
    if (!less.is_zero()) {
        const Event lowered =
            event_of(rejected ? EventKind::claim_rejected : EventKind::claim_reduced,
                     event_key(rejected ? "afgewezen" : "verlaagd", claim), claim, less, booking_day);
        BUNDEL_TRY_DONE(books.post(answering(books, lowered, claim)));
    }
    if (claim.granted.is_zero()) return Done{};
    const Event approved =
        event_of(EventKind::claim_approved, event_key("toegekend", claim), claim, claim.granted, booking_day);
    return books.post(answering(books, approved, claim));
}

}  // namespace

Result<Books> Books::open(Store& store) {
    BUNDEL_TRY(entries, store.entries());
    BUNDEL_TRY(closings, store.closings());
    ledger::BookContents contents;
    contents.entries = std::move(entries);
    contents.closings = std::move(closings);
    for (const ledger::Entry& entry : contents.entries) {
        for (const ledger::Posting& posting : entry.content.postings)
            contents.balances[posting.account] += posting.amount;
    }
    BUNDEL_TRY(book, ledger::Book::restored(std::move(contents)));
    return Books(store, std::move(book));
}

Result<Done> Books::post(const Event& event) {
    BUNDEL_TRY(posted, book_.post(event));
    if (!posted.fresh) return Done{};
    return store_->add_entry(book_.entries().back());
}

Result<Done> Books::close(const values::Period& month) {
    const std::size_t closed = book_.contents().closings.size();
    BUNDEL_TRY(closing, book_.close(month));
    return book_.contents().closings.size() == closed ? Result<Done>(Done{}) : store_->add_closing(closing);
}

Date open_day(const std::vector<ledger::Closing>& closings, Date day) {
    for (const ledger::Closing& closing : closings) {  // in the order of their periods
        if (closing.period.contains(day)) day = closing.period.last.plus_days(1);
    }
    return day;
}

Result<Done> require_open(Store& store, Date day) {
    BUNDEL_TRY(closings, store.closings());
    const Date open = open_day(closings, day);
    if (open != day) return Error{"book_day_closed", {{"day", day.dutch()}, {"open", open.dutch()}}};
    return Done{};
}

std::string reversal_key(const std::string& key) {
    return key + "/terug";
}

std::string short_form(const Digest& digest) {
    return digest.hex().substr(0, 24);
}

std::string short_digest(std::string_view key) {
    return short_form(base::digest(key));
}

void refuse_row(base::Findings& findings, std::string code, const std::string& file, std::int32_t record,
                std::string_view key) {
    base::Finding finding;
    finding.code = std::move(code);
    finding.severity = base::Severity::line_refused;
    finding.where.file = file;
    finding.where.record = record;
    finding.params.emplace_back("key", key);
    finding.source = "docs/reference/csv.md";
    findings.push_back(std::move(finding));
}

std::string event_key(std::string_view what, const Sent& claim) {
    return std::string(what) + ":" + claim.declarant.digits() + "/" + claim.reference.str();
}

Result<Done> book_sent(Books& books, const Sent& claim, Date booking_day) {
    if (claim.kind != Kind::integrated || claim.credit || claim.amount.is_zero()) return Done{};
    return books.post(event_of(EventKind::claim_sent, sent_key(claim), claim, claim.amount, booking_day));
}

Result<Done> book_answer(Books& books, const Sent& claim, const std::vector<Sent>& of_woman,
                         const rulebook::Rulebook& rulebook, Date booking_day) {
    if (claim.kind != Kind::integrated) return Done{};
    if (!claim.credit) return book_granted(books, claim, booking_day);
    const auto debit = std::find_if(of_woman.begin(), of_woman.end(), [&](const Sent& other) {
        return !other.credit && other.declarant == claim.declarant && other.reference == claim.debit;
    });
    BUNDEL_ASSERT(debit != of_woman.end());  // a credit is only planned for a debit that was sent
    const bool gone = claim::standing(*debit, of_woman, rulebook) == claim::Standing::dead;
    if (!gone || debit->granted.is_zero()) return Done{};
    // What stood of the debit goes; its key names the debit, so that two credits of one debit book once.
    return books.post(answering(books,
                                event_of(EventKind::credit_accepted, event_key("gecrediteerd", *debit),
                                         *debit, debit->granted, booking_day),
                                *debit));
}

}  // namespace bundel::engine
