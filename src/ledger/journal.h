// The book as a plain-text journal: one text that hledger and ledger both read, and one for beancount.
#pragma once

#include <string>

#include "ledger/book.h"
#include "ledger/chart.h"

namespace bundel::ledger {

// Entries in book order. ISO dates, entry number as code, Dutch title of the kind as description, event key
// as comment ("; event=..."; every byte outside A-Z a-z 0-9 . - _ / : @ + is %-escaped, so that no key can
// add a tag or a date). Amounts in EUR with exactly two decimals behind a point.
std::string export_journal(const BookContents& book);
inline std::string export_journal(const Book& book) {
    return export_journal(book.contents());
}

// Comments that say which number, name and type each account has; goes above the journal.
std::string chart_comment(const Chart& chart);

// Likewise for beancount. An account gets the root of its type (activa Assets, passiva Liabilities, baten
// Income, lasten Expenses, buiten de balans Equity); its path follows with a capital before each part and a
// dash for what beancount does not allow ("Assets:Onderhanden-werk:Prenataal:Verloskunde"), and stands whole
// in the metadata `path` of its open directive. Two paths never become one account: the later one in the
// order of accounts gets "-2" behind it.
std::string export_beancount(const BookContents& book, const Chart& chart);

}  // namespace bundel::ledger
