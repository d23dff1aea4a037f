// Bank accounts: the number of an account (IBAN) and the code of a bank (BIC).
#pragma once

#include <compare>
#include <string>
#include <string_view>

#include "base/result.h"
#include "base/text.h"

namespace bundel::values {

// International Bank Account Number (IBAN): country, two check digits, account number of that country. Kept
// without spaces, in capitals. It passes the check modulo 97 and, for the countries of SEPA, has their
// length; for another country any length of 15..34. Whether the account exists is not known.
//
// An IBAN of a practice run by one person is a personal value: it stands in no message or log; masked() may.
//
// Sources: ISO 13616-1 (structure, check), the IBAN registry of SWIFT (lengths).
class Iban {
public:
    // "NL91ABNA0417164300", also in groups of four with single spaces and in small letters.
    // Errors: iban_syntax, iban_length, iban_check.
    static base::Result<Iban> parse(std::string_view text);
    static Iban of(std::string_view text);  // Contract: parse() accepts it

    std::string str() const { return text_.str(); }  // parse(x.str()) == x
    std::string grouped() const;                     // "NL91 ABNA 0417 1643 00"; parse() reads it back
    std::string masked() const;                      // "NL91…4300": enough to recognise, not to pay
    std::string_view country() const { return text_.view().substr(0, 2); }
    bool in_sepa() const;  // euro credit transfers by pain.001 reach it
    auto operator<=>(const Iban&) const = default;

private:
    using Text = base::FixedText<34>;
    explicit Iban(Text text) : text_(text) {}
    Text text_;
};

// Business Identifier Code (BIC, ISO 9362): bank, country, place, and perhaps a branch: 8 or 11 characters.
class Bic {
public:
    static base::Result<Bic> parse(std::string_view text);  // Error: bic_syntax
    std::string str() const { return text_.str(); }         // parse(x.str()) == x
    auto operator<=>(const Bic&) const = default;

private:
    using Text = base::FixedText<11>;
    explicit Bic(Text text) : text_(text) {}
    Text text_;
};

}  // namespace bundel::values
