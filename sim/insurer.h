// The insurer's twin: reads what bundel sent, keeps its own books, and answers. Shares no rule with bundel:
// it knows only its own list of what was declared and granted, and the deviations of the scenarios. Of a
// hospital it judges the record 06; in the other messages the record 04.
//
// Without a deviation every line is approved in full, 14 days after it was sent. On its own it refuses: a BSN
// that is none (0435), a reference that was used (8021), a performance that stands already for the same days
// (0587), a credit without an approved debit (8017), of the wrong performance (0651), for the second time
// (8084).
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "base/result.h"
#include "sim/message_maker.h"
#include "sim/scenario.h"
#include "wire/layout.h"
#include "wire/message.h"

namespace bundel::sim {

// Care that somebody who takes no part in the IGO declared to an insurer.
struct OutsideCare {
    UzoviCode insurer;
    std::string bsn;
    std::string declarant;
    std::string reference;
    Period care;
    Cents amount;  // signed
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
    bool accepted() const { return codes.empty() || !granted.is_zero(); }
};

class Insurers {
public:
    static constexpr int usual_days = 14;

    explicit Insurers(const wire::Layouts& layouts) : layouts_(layouts) {}

    // Deviations of the woman behind this BSN; each is used once, in order.
    void expect(const std::string& bsn, const std::vector<Deviation>& deviations) {
        deviations_[bsn] = deviations;
    }

    // A claim message as a provider handed it in. From then on a line of this provider must arrive as it
    // left: every byte of it but the number of the record, and in a credit or under a new reference also all
    // but references and debit or credit. Error: sent_file_refused.
    Result<base::Done> handed_in(const File& file);

    // A claim message of somebody outside, paid as it is. While an insurer lets bundles fall back, it refuses
    // an integrated performance (list 069) over such care of the same woman: 0587. Error: sent_file_refused.
    Result<base::Done> outside(UzoviCode insurer, const File& file);
    void let_fall_back(UzoviCode insurer) { fall_back_.insert(insurer); }

    // Care outside of women whose integrated performance over it stands approved, of insurers that let
    // nothing fall back; told once.
    std::vector<OutsideCare> overlaps();

    // A file found in the outbox for `insurer`. Errors: sent_file_refused{file, finding} when it breaks its
    // layout; sent_line_changed{file, reference}; those of wire::Writer.
    Result<base::Done> receive(UzoviCode insurer, const File& file, Date day);

    // Answers due on or before `day`, given once.
    std::vector<File> answers_due(Date day);
    std::optional<Date> next_answer() const;

    const std::vector<Verdict>& verdicts() const { return verdicts_; }

private:
    struct Line;
    struct Fields;
    Result<std::vector<Line>> lines_of(const wire::Message& message) const;
    Result<base::Done> check_unchanged(const wire::Message& message, const std::vector<Line>& lines) const;
    bool stands(const Verdict& verdict) const;
    bool is_covered(const OutsideCare& care) const;
    void judge(UzoviCode insurer, Verdict& verdict, Date day);
    std::string objection(UzoviCode insurer, const Verdict& verdict) const;
    std::string credit_objection(UzoviCode insurer, const Verdict& verdict) const;
    void deviate(Verdict& verdict, Date day);
    Result<File> answer(const wire::Message& message, const std::vector<Line>& lines, bool whole, Date day,
                        UzoviCode insurer);

    const wire::Layouts& layouts_;
    std::map<std::string, std::vector<Deviation>> deviations_;
    std::map<std::pair<UzoviCode, std::string>, std::size_t> books_;  // (insurer, reference) -> verdict
    std::set<std::pair<UzoviCode, std::string>> credited_;
    std::vector<Verdict> verdicts_;
    std::multimap<Date, File> due_;
    std::map<std::pair<std::string, std::string>, std::string>
        originals_;                                           // (declarant, reference) -> content
    std::set<std::pair<std::string, std::string>> contents_;  // (declarant, content without references)
    std::multimap<std::string, std::size_t> of_woman_;  // BSN -> place in verdicts_ of what stands in books_
    std::multimap<std::string, OutsideCare> outside_;   // BSN -> care not told of yet
    std::set<UzoviCode> fall_back_;
    int number_ = 0;
};

}  // namespace bundel::sim
