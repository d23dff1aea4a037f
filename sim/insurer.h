// The insurer's twin: reads what bundel sent, keeps its own books, and answers. Shares no rule with bundel:
// it knows only its own list of what was declared and granted, what it agreed (sim/insurer_rules.h), and the
// deviations of the scenarios. Of a hospital it judges the record 06; in the other messages the record 04.
//
// Without a deviation every line is approved in full, 14 days after it was sent. On its own it refuses: a BSN
// that is none (0435), a reference that was used (8021), a performance that stands already for the same days
// (0587), a credit without an approved debit (8017), of the wrong performance (0651), for the second time
// (8084). With rules it answers after the days of its label and refuses of a debit also: a woman who is not
// its own on the first day of care (0320), what comes after the submit term (0586), and of the integrated
// performances (list 069) what it has no contract for with this declarant on the first day of care (8022),
// what covers care from outside while its contracts let the bundle fall back (0587), and a price that was not
// agreed (0611; a lenient insurer grants at most what was).
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "base/result.h"
#include "sim/insurer_rules.h"
#include "sim/message_maker.h"
#include "sim/scenario.h"
#include "wire/layout.h"
#include "wire/message.h"

namespace bundel::sim {

// A message that is right. Error: sent_file_refused{file, finding}.
Result<wire::Message> readable(const File& file, const wire::Layouts& layouts);

// Care of the bundle that somebody who takes no part in the IGO declared to an insurer.
struct OutsideCare {
    UzoviCode insurer;
    std::string bsn;
    std::string declarant;
    std::string reference;
    Period care;
    Cents amount;
    bool withdrawn = false;  // credited after it was told
};

// Money for one claim, or back for one credit (negative).
struct Payment {
    UzoviCode insurer;
    std::string declarant;
    std::string reference;
    Cents amount;
};

// What the insurers decided on one line, for the comparison with what bundel says.
struct Verdict {
    UzoviCode insurer;
    std::string bsn;
    std::string reference;
    PerformanceCode performance;
    Period care;
    std::string previous;
    bool credit = false;
    Cents claimed;  // magnitude
    Cents granted;  // magnitude
    std::vector<std::string> codes;
    Date answered;
    std::string declarant;
    bool accepted() const { return codes.empty() || !granted.is_zero(); }
};

class Insurers {
public:
    static constexpr int usual_days = 14;

    // Without rules: approves what its own books allow.
    explicit Insurers(const wire::Layouts& layouts, const InsurerRules* rules = nullptr)
        : layouts_(layouts), rules_(rules) {}

    // Deviations of the woman behind this BSN; each is used once, in order.
    void expect(const std::string& bsn, const std::vector<Deviation>& deviations) {
        deviations_[bsn] = deviations;
    }

    // A claim message as a provider handed it in. From then on a line of this provider must arrive as it
    // left: every byte of it but the number of the record, and in a credit or under a new reference also all
    // but references and debit or credit. Error: sent_file_refused.
    Result<base::Done> handed_in(const File& file);

    // Without rules: this label lets bundles fall back.
    void let_fall_back(UzoviCode label) { fall_back_.insert(label); }

    // A claim message of somebody outside, paid as it is. Error: sent_file_refused.
    Result<base::Done> outside(UzoviCode insurer, const File& file);

    // Care outside of women whose integrated performance over it stands approved, of insurers that let
    // nothing fall back; told once, on `day`. Withdrawn when it was credited since.
    std::vector<OutsideCare> overlaps(Date day);

    // What is paid on `day`, each grant once: all that was granted at least the payment days of its label
    // ago. A credit takes back what was paid; a debit that was credited before it was paid never is.
    // Contract: there are rules.
    std::vector<Payment> payments(Date day);

    // A message found in the outbox for `insurer`. Errors: that of readable; sent_line_changed{file,
    // reference}; insurer_not_in_region{file, insurer}: the rules have no such label; those of wire::Writer.
    Result<base::Done> receive(UzoviCode insurer, const File& file, Date day);
    Result<base::Done> receive(UzoviCode insurer, const wire::Message& message, Date day);

    // Answers due on or before `day`, given once.
    std::vector<File> answers_due(Date day);
    std::optional<Date> next_answer() const;

    const std::vector<Verdict>& verdicts() const { return verdicts_; }

private:
    struct Line;
    struct Fields;
    Result<std::vector<Line>> lines_of(const wire::Message& message) const;
    Result<base::Done> check_unchanged(const wire::Message& message, const std::vector<Line>& lines) const;
    void take_back(const std::string& declarant, const Verdict& credit);
    bool stands(const Verdict& verdict) const;
    bool is_covered(const OutsideCare& care) const;
    bool lets_fall_back(UzoviCode label) const;
    bool falls_back(const Verdict& verdict) const;
    bool is_double(const Verdict& verdict) const;
    void judge(Verdict& verdict, Date day);
    void book(const Verdict& verdict);
    std::string objection(const Verdict& verdict, Date day) const;
    std::string objection_by_rules(const Verdict& verdict, Date day) const;
    std::string credit_objection(const Verdict& verdict) const;
    void judge_price(Verdict& verdict, Date day) const;
    bool is_paid_by(const Verdict& verdict, Date day) const;
    void deviate(Verdict& verdict, Date day);
    Result<File> answer(const wire::Message& message, const std::vector<Line>& lines, bool whole, Date day,
                        UzoviCode insurer);

    using Booked = std::pair<UzoviCode, std::string>;  // (insurer, reference)

    const wire::Layouts& layouts_;
    const InsurerRules* rules_;
    std::set<UzoviCode> fall_back_;
    std::map<std::string, std::vector<Deviation>> deviations_;
    std::map<Booked, std::size_t> books_;     // -> place in verdicts_
    std::map<Booked, std::size_t> credited_;  // debit -> place of its accepted credit
    std::vector<Verdict> verdicts_;
    std::vector<std::size_t> unpaid_;  // places of what was granted, in order of receipt
    std::set<std::size_t> paid_;       // places of debits
    std::multimap<Date, File> due_;
    std::map<std::pair<std::string, std::string>, std::string>
        originals_;                                           // (declarant, reference) -> content
    std::set<std::pair<std::string, std::string>> contents_;  // (declarant, content without references)
    std::multimap<std::string, std::size_t> of_woman_;  // BSN -> place in verdicts_ of what stands in books_
    std::multimap<std::string, OutsideCare> outside_;   // BSN -> care not told of yet
    struct Told {
        OutsideCare care;
        ToldOverlap overlap;
    };
    std::multimap<std::string, Told> told_;                           // BSN -> care told of
    std::set<std::pair<std::string, std::string>> declared_outside_;  // (declarant, reference)
    int number_ = 0;
};

}  // namespace bundel::sim
