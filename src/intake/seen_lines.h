// Invoices and lines against those seen before: a number is used once in five years, a credit takes back one
// debit that was sent, once, and not in the same file. Only for this room.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

#include "base/finding.h"
#include "base/hash.h"
#include "values/date.h"

namespace bundel::intake {

// Half a digest: two in a billion files of a million lines would collide.
using Key = std::pair<std::uint64_t, std::uint64_t>;
struct KeyHash {
    std::size_t operator()(const Key& key) const { return static_cast<std::size_t>(key.first); }
};
Key key_of(const base::Hasher& hasher);

// A record that has a reference of its own.
struct SeenLine {
    std::string_view own, previous;  // previous may be empty
    Key content;                     // what it says, number, references and sides apart
    std::uint8_t record = 0;         // 4, 6 or 16
    bool is_claim = false;           // the record that asks for money
    bool is_credit = false;
};

// What is wrong with a line, as a Finding about its own or its previous reference.
struct SeenFault {
    const char* code;
    const char* return_code;  // empty: that of the field
    bool is_of_previous;
    bool is_note;
};

class SeenLines {
public:
    // From here on it is about this message. `layout`: layouts of another name say the same in other bytes.
    void begin(std::string_view layout);
    // Of whom the numbers are, and since when; once per message, before its lines.
    void declare(std::string declarant, const std::optional<values::Date>& dated);
    // The end of the message: what it said is now seen before.
    void finish() { ++messages_; }

    // Whether an earlier message has this invoice number.
    bool repeats_invoice(std::string_view number);
    // whole_history: a debit that was not seen was not sent.
    std::vector<SeenFault> add(const SeenLine& line, bool whole_history);

private:
    struct Sent {
        Key content;
        std::uint32_t layout = 0;
        std::uint32_t message = 0;  // the how manieth
        std::int32_t dated = 0;     // day number of its invoice; 0: not known
        std::uint8_t record = 0;
        bool is_credit = false;
    };
    struct Invoice {
        std::uint32_t message = 0;
        std::int32_t dated = 0;
    };

    Key number_key(std::string_view number) const;
    bool is_within_five_years(std::int32_t before) const;
    void check_debit(const SeenLine& line, const Key& key, std::vector<SeenFault>& faults);
    void check_credit(const SeenLine& line, bool whole_history, std::vector<SeenFault>& faults);
    void compare(const SeenLine& credit, const Sent& debit, std::vector<SeenFault>& faults) const;

    std::unordered_map<Key, Sent, KeyHash> lines_;  // by declarant and reference
    std::unordered_set<Key, KeyHash> credited_;     // references that a credit took back
    std::unordered_map<Key, Invoice, KeyHash> invoices_;
    std::uint32_t messages_ = 0;  // finished

    // Of this message.
    std::string declarant_;
    std::int32_t dated_ = 0;
    std::uint32_t layout_ = 0;
    std::unordered_set<Key, KeyHash> debits_;      // what its debits say
    std::unordered_map<Key, Key, KeyHash> named_;  // what its credits say, by the reference they name
};

}  // namespace bundel::intake
