// Check levels 4 and 5 of the official test portal for any EI message (domain/ei.md section 4): 4 the content
// of a field by itself (code list, pattern, eleven test), 5 its relation to other fields, to the records
// above it and to lines seen before. Levels 1-3 are wire's (wire/scan.h), which also gives the records.
//
// Severity and return code are those of the field in its layout, unless a return code of COD954 names the
// very relation. Findings, all with field and columns, and never a value:
//   4  content_leading_space, content_pattern{pattern}, content_code_absent{list},
//      content_code_unlisted{list} (note: what was found of the list is not complete), content_bsn,
//      content_agb, content_performance_unlisted (note: the rulebook does not have it)
//   5  content_*{other} of the table in content_rules.cpp; content_payee 8029, content_declarant 0014,
//      content_debtor_record 8075, content_invoice_in_future 0025, content_reference_repeated 8021,
//      content_invoice_repeated 0030, content_debit_and_credit 8062, content_debit_unknown 8017,
//      content_credited_before 8084, content_previous_self 0651
//   findings_capped: the rest was counted, not told.
// "Seen before" is of the messages whose check ran earlier with the same Seen.
//
// An answer (xx302) repeats what was sent: of it only the fields that the answer adds are looked at: their
// content, that no line gets more than it asked (content_granted_high), and that all approved is all that was
// declared (content_granted_total).
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/finding.h"
#include "base/result.h"
#include "rulebook/rulebook.h"
#include "values/date.h"
#include "values/identifiers.h"
#include "wire/decode.h"

namespace bundel::intake {

// What is known beside the message.
struct Known {
    const rulebook::CodeLists& lists;
    std::vector<values::PerformanceCode> performances;  // sorted; of a list that is not in it nothing is said
    std::optional<values::Date> today;                  // none: no day is in the future
    bool whole_history =
        false;  // Seen has every earlier message: a debit that is not there is unknown (8017)
};

// With the performances that the regimes of the rulebook name. Contract: the rulebook outlives it.
Known known_of(const rulebook::Rulebook& rulebook, std::optional<values::Date> today);

// The invoices and lines of messages checked so far, by keyed digests: a reference is unique for five years
// per declarant. 40 to 120 bytes for each line.
class Seen {
public:
    Seen();
    ~Seen();
    Seen(const Seen&) = delete;
    Seen& operator=(const Seen&) = delete;

private:
    friend class ContentCheck;
    struct Lines;
    std::unique_ptr<Lines> lines_;
};

class ContentCheck {
public:
    // Adds at most `bound` findings. Error: pattern_wrong{layout, field}. Contract: `known`, `seen` and
    // `findings` outlive the check.
    static base::Result<std::unique_ptr<ContentCheck>> create(wire::LayoutRef layout, const std::string& file,
                                                              const Known& known, Seen& seen,
                                                              base::Findings& findings,
                                                              std::size_t bound = wire::findings_max);
    ~ContentCheck();

    // In the order of the file; wire::Scan::Sink. What levels 1-3 refused is not looked at.
    void add(const wire::Record& record, std::string_view bytes);
    // The end of the message: what it said is now seen before.
    void finish();

    // Code lists that fields of this layout name and that are not here, sorted.
    const std::vector<std::string>& missing_lists() const;

private:
    class Checker;
    explicit ContentCheck(std::unique_ptr<Checker> checker);
    std::unique_ptr<Checker> checker_;
};

// Over a message that was decoded: all its findings.
base::Result<base::Done> check_content(const wire::Message& message, const Known& known, Seen& seen,
                                       base::Findings& findings);

// What would be refused elsewhere of a message that intake takes, as far as findings_max goes: added to
// `findings` as notes, but for fields of which `findings` says something already. Errors as
// ContentCheck::create.
base::Result<base::Done> note_content(const wire::Message& message, const Known& known,
                                      base::Findings& findings);

}  // namespace bundel::intake
