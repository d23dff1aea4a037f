// The book `actual` beside the store: what is posted is kept in the same transaction.
#pragma once

#include "engine/world.h"
#include "ledger/book.h"

namespace bundel::engine {

class Books {
public:
    // Errors: store_failed, ledger_numbers_broken, ledger_key_reused.
    static Result<Books> open(Store& store);

    // Books the event and keeps the entry; the same event again is a no-op. Errors: those of
    // ledger::Book::post.
    Result<Done> post(const ledger::Event& event);
    const ledger::Book& book() const { return book_; }
    // Nothing can be booked in `month` from now on. Errors: those of ledger::Book::close.
    Result<Done> close(const values::Period& month);

private:
    Books(Store& store, ledger::Book book) : store_(&store), book_(std::move(book)) {}
    Store* store_;
    ledger::Book book_;
};

// The first day not before `day` on which can be booked: what we hear late of a closed month is booked after
// it.
Date open_day(const std::vector<ledger::Closing>& closings, Date day);
// Whoever works on `day` books on that day, or not at all. Error: book_day_closed{day, open}.
Result<Done> require_open(Store& store, Date day);

// Of the event that takes the entry of this key back.
std::string reversal_key(const std::string& key);
// Names a row in the key of an entry: its own key is the sender's, and nothing it may contain reaches the
// book.
std::string short_digest(std::string_view key);
std::string short_form(const Digest& digest);
// A row about money that cannot be booked: Finding `code`{key}, line_refused. The other rows go on.
void refuse_row(base::Findings& findings, std::string code, const std::string& file, std::int32_t record,
                std::string_view key);

// Names of the events of a claim, fixed for good: the key of an entry.
std::string event_key(std::string_view what, const claim::Sent& claim);

// Only claims of the IGO are receivables; what is forwarded belongs to the participant.
Result<Done> book_sent(Books& books, const claim::Sent& claim, Date booking_day);
// The answer on a debit or a credit, after its state was set.
Result<Done> book_answer(Books& books, const claim::Sent& claim, const std::vector<claim::Sent>& of_woman,
                         const rulebook::Rulebook& rulebook, Date booking_day);

}  // namespace bundel::engine
