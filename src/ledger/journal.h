// The book as a plain-text journal, one text that hledger and ledger both read.
#pragma once

#include <string>

#include "ledger/book.h"

namespace bundel::ledger {

// Entries in book order. ISO dates, entry number as code, Dutch title of the kind as description, event key
// as comment ("; event=..."; every byte outside A-Z a-z 0-9 . - _ / : @ + is %-escaped, so that no key can
// add a tag or a date). Amounts in EUR with exactly two decimals behind a point.
std::string export_journal(const BookContents& book);
inline std::string export_journal(const Book& book) {
    return export_journal(book.contents());
}

}  // namespace bundel::ledger
