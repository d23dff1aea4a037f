// Law snapshots as data: regimes, catalogue of performances, tariffs, scope, splits, windows. A rulebook is
// immutable and has a digest over its files. Every value has a period, a source and a status; each has a
// ValueId by which a trail can name it. A required value that is missing is an Error naming file, key and
// date; never a zero.
#pragma once

#include <array>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/hash.h"
#include "base/result.h"
#include "rulebook/codelist.h"
#include "rulebook/division_model.h"
#include "values/care.h"
#include "values/cents.h"
#include "values/date.h"
#include "values/gestation.h"
#include "values/identifiers.h"
#include "values/ratio.h"

namespace bundel::rulebook {
using values::BreakExtent;
using values::OverlapPolicy;
using values::OwnPaymentIn;
using values::PhaseKind;
using values::PhaseSet;
using values::ReferenceDay;
using values::Status;

// Index into Rulebook::values(). 0 names no value.
using ValueId = std::uint16_t;

// What `explain` and the reference page need to know of a value.
struct ValueInfo {
    std::string file;  // "regimes/2017.toml"
    std::string key;   // "phases.birth_day"
    std::string text;  // the value as written
    values::Period period;
    Status status = Status::example;
    std::string source;  // key of docs/sources.md, or "not found: ..." with what is missing
};

template <class T>
struct Value {
    T value{};
    ValueId id = 0;
    Status status = Status::example;
};

// How the day of birth is placed; no claim message has a clock time.
enum class BirthDayRule : std::uint8_t { prenatal, natal, postnatal };
// What happens when a forwarded line would cover phases that go different ways (midwife code 1001 with only
// the natal phase broken). couple_to_mono: every phase the line covers goes mono. ask_part_codes: the part in
// the mono phase waits for the practice to credit the line and declare the part codes.
enum class SpanningLine : std::uint8_t { couple_to_mono, ask_part_codes };
// A phase that ended because the woman left (moved, referred to outside) before it was complete.
enum class LeftEarly : std::uint8_t { integrated, mono, ask };
// Care with no contract for the insurer on the reference day. integrated: at the IGO's own price list for
// insurers without a contract.
enum class NoContract : std::uint8_t { mono, integrated, ask };
// The key by which a DBC is divided over the phases: each of its activities counts as often as it was done
// (by_count), or each day on which something was done counts once (by_days).
enum class ActivityKey : std::uint8_t { by_count, by_days };
// Hours that an insurer asks to be reported.
enum class Hours : std::uint8_t { none, kraamzorg, partus_assistance };

// included: in the tariff of another performance, never declared by itself.
enum class Disposition : std::uint8_t { in_scope, beside, state, bought, not_maternity, included, ask };

// Where a line of a performance falls. by_activities: by the days of the activities declared with it.
enum class Placement : std::uint8_t { prenatal, natal, postnatal, by_day, split, by_activities };

// What the law says of one declared performance in a period.
struct Scope {
    values::PerformanceCode performance;
    values::Period period;  // care time
    Disposition disposition = Disposition::ask;
    Placement placement = Placement::by_day;
    std::array<values::Ratio, 3> split{};  // prenatal, natal, postnatal; adds up to 1 when placement is split
    bool birth = false;                    // its first day is the day of birth
    Hours hours = Hours::none;
    int at_most = 0;    // lines of one declarant in a pregnancy, of all codes of `group`; 0: no such border
    ValueId group = 0;  // the same for all codes that stand in one [[scope]]
    ValueId id = 0;
    Status status = Status::example;
};

// What an activity of a hospital (zorgactiviteit) tells of the pregnancy.
struct ActivityRule {
    base::FixedText<10> code;
    values::Period period;
    bool birth = false;  // its day is the day of birth
    int children = 0;    // at least; 0: it does not say
    ValueId id = 0;
    Status status = Status::example;
};

// The own payment (eigen bijdrage) of a woman for an hour of a performance.
struct OwnPayment {
    values::PerformanceCode performance;
    values::Period period;
    values::Cents per_hour;
    ValueId id = 0;
    Status status = Status::example;
};

// How heavy the care of a pregnancy is (zorgzwaarte), where a catalogue splits by it: the first that applies.
struct CareWeight {
    base::FixedText<16> id;
    int children_at_least = 0;                          // 0: the number of children does not count
    std::vector<base::FixedText<10>> activities;        // any of these was done
    std::vector<values::PerformanceCode> performances;  // any of these was declared, in scope
    ValueId value = 0;
    Status status = Status::example;
};

// An integrated performance (integrale prestatie).
struct Performance {
    base::FixedText<32> id;        // "early_loss", "prenatal": stable name inside bundel
    std::string name;              // official Dutch name, or marked "voorbeeld"
    values::PerformanceCode code;  // list 069
    values::Period period;         // in the catalogue, by the regime's reference day
    PhaseSet phases;               // what it pays: one phase, or several together
    bool derivable = true;         // false: a placeholder that no rule derives (names and codes not found)
    ValueId id_value = 0;
    Status status = Status::example;
};

class SelectionModel;  // selection_model.h

// One regime of payment.
struct Regime {
    base::FixedText<16> id;  // "2017", "2023"
    std::string name;
    values::Period period;
    ValueId value = 0;
    Status status = Status::verified;

    std::shared_ptr<const SelectionModel> model;  // never null: which care is in the bundle, how a phase goes
    Value<bool> overlap_blocks;                   // 2017-2022: care by an outsider breaks the bundle
    bool live_allowed = true;                     // false: nothing is sent under it from a live directory
    Value<BreakExtent> break_extent;
    Value<SpanningLine> spanning_line;
    Value<LeftEarly> left_early;
    Value<NoContract> no_contract;
    Value<BirthDayRule> birth_day;
    Value<ActivityKey> activity_key;
    Value<int> postnatal_days;  // last postnatal day = day of birth + this
    std::array<Value<int>, 3>
        hold_days;  // per phase: days after its end in which outside care may still show
    Value<ReferenceDay> insurer_day;
    Value<ReferenceDay> contract_day;
    Value<ReferenceDay> tariff_day;
    Value<ReferenceDay> membership_day;

    std::vector<Scope> scopes;              // sorted by (performance, first day)
    std::vector<Performance> performances;  // by (phases, id)
    std::vector<CareWeight> care_weights;   // in order of precedence

    // The row for this performance on this day; none when the law names it nowhere.
    const Scope* scope_on(const values::PerformanceCode& performance, values::Date day) const;
    // The derivable performance with this id that the catalogue has on this day; none when it has none.
    const Performance* performance_on(std::string_view id, values::Date day) const;
};

// Windows for recognising pregnancies (domain/quality.md section 6).
struct Windows {
    Value<int> due_tolerance_days;        // due dates closer than this speak of the same pregnancy
    Value<int> birth_term_min_days;       // from 0+0 to a live birth at least
    Value<int> stillbirth_term_min_days;  // to a stillbirth at least
    Value<int> birth_term_max_days;       // and to either at most
    Value<int> loss_term_min_days;
    Value<int> loss_term_max_days;   // a loss later than this is a stillbirth report
    Value<int> birth_to_birth_days;  // least days between two births
    Value<int> loss_to_birth_days;   // least days from a loss to a later birth
    Value<int>
        unfinished_days;  // without any outcome a pregnancy counts as ended this long after its due date
};

// Terms of a participant's own line that is passed on (mono): no contract of the IGO speaks of them.
struct MonoTerms {
    Value<int> submit_months;     // latest day to submit = last care day + this
    Value<int> ask_before_days;   // waiting becomes a question this many days before that day
    Value<int> answer_term_days;  // no answer after this: a question
};

// When it looks as if something of a participant never arrived. No law: habits of who delivers.
struct Completeness {
    Value<int> habit_invoices;     // so many steps of one in its invoice numbers make a habit
    Value<int> largest_gap;        // more numbers missing at once are another series, not lost files
    Value<int> gap_months;         // a gap in the numbers is asked about for so many months
    Value<int> history_months;     // so many whole months are looked at
    Value<int> low_percent;        // of the median of those months; a month with fewer lines is low
    Value<int> least_lines;        // a smaller median says nothing of a month
    Value<int> patience_days;      // before that many days a number is late, not missing
    Value<int> month_closed_days;  // a month is whole this many days after its end
};

// How accruals (onderhanden werk) are estimated.
struct AccrualTerms {
    Value<int> least_history;  // finished cases of a kind at least; fewer give no estimate
    Value<int> history_days;   // cases that finished longer ago no longer count
    // Nothing more is expected of a phase so many days after its end.
    struct CompleteAfter {
        Value<int> midwife, hospital, kraamzorg, other;
    } complete_after_days;
};

// How participants are paid out. No law: what the IGO chose and what its bank takes.
enum class PaymentFile : std::uint8_t { pain_001_03, pain_001_09 };
struct PayoutTerms {
    Value<values::Cents> least;  // a smaller balance waits for the next time
    Value<PaymentFile> file;     // betaalbestand
    Value<int> wait_days;        // from payment by the insurer to what participants get of it
};

// What work by hand takes, in minutes: to say what is saved. Estimates, no law.
struct WorkTerms {
    Value<int> sort_pregnancy;  // to sort the lines of one pregnancy without bundel
    // To read a question, look it up, telephone and answer.
    struct Question {
        Value<int> line_person_unknown, delivery_numbers_missing, delivery_month_low, rest;
    } question;
    int minutes_of(std::string_view question_code) const;
};

// Tariff of a single-discipline performance (for what-if and for checks; a received line is worth what it
// declares).
struct Tariff {
    values::PerformanceCode performance;
    values::Period period;
    values::Cents amount;
    ValueId id = 0;
    Status status = Status::example;
};

// Meaning and next step of a return code (COD954).
struct ReturnCode {
    std::string code;           // "0587"
    std::string text;           // Dutch, as published
    char severity = ' ';        // X, T, D, O or blank
    std::string repair;         // key of a sentence with the suggested repair; empty when there is none
    bool outside_care = false;  // tells of care by somebody outside (0587)
    enum class Credit : std::uint8_t { rejected, no_debit_known, already_credited, wrong_previous };
    Credit on_credit = Credit::rejected;  // what it means on a credit line (8017, 8084, 0651)
};

// A row of the chart of accounts (rekeningschema). Which accounts there are is the ledger's to know.
enum class AccountType : std::uint8_t { asset, liability, income, expense, off_balance };
struct ChartLine {
    std::string account;  // "vordering"; each once
    std::string number;   // 1..8 digits; each once
    std::string name;     // Dutch
    AccountType type = AccountType::asset;
    ValueId id = 0;
    Status status = Status::example;
};

// How advances are set off (verrekenen) at the close of a month, oldest first.
struct SetOff {
    enum class Of : std::uint8_t { insurer, participant };
    Of of = Of::insurer;
    values::Period period;  // contains the last day of the month
    values::Ratio share{};  // of each advance, at most in one month
    ValueId id = 0;
    Status status = Status::example;
};

class Rulebook {
public:
    // Path inside the rulebook folder ("regimes/2017.toml") -> contents. Read are rulebook.toml,
    // regimes/*.toml, models/*.dmn (those that a regime names), scope/*.toml, activities/*.toml,
    // own_payment/*.toml, tariffs/*.toml, division/*.toml, codelists/*.json (COD954 must be there) and
    // codelists/return-meaning.toml, and, where they are there, chart.toml and set_off.toml; another .toml or
    // .dmn is refused, any other file (layouts, the tests beside the models, variables.toml) is not looked
    // at. The first mistake is the Error: rulebook_syntax{file,line}, rulebook_value_missing{file,key,date},
    // rulebook_value_wrong{file,line,key,found, allowed}, rulebook_value_twice{file,key},
    // rulebook_key_unknown{file,line,key}, rulebook_split_not_one{file,line,key,sum},
    // rulebook_overlap{file,key,date,other_file,other_key} (two values for the same day),
    // rulebook_file_missing{file}, rulebook_file_unknown{file}, rulebook_too_many_values{count}; those of
    // SelectionModel::load.
    static base::Result<Rulebook> load(const std::map<std::string, std::string>& files);

    const std::string& id() const { return id_; }
    const base::Digest& digest() const { return digest_; }            // of the files read: names and bytes
    const std::vector<ValueInfo>& values() const { return values_; }  // [0] is the empty value
    const Value<ReferenceDay>& regime_day() const { return regime_day_; }
    const Windows& windows() const { return windows_; }
    const MonoTerms& mono_terms() const { return mono_terms_; }
    const Completeness& completeness() const { return completeness_; }
    const AccrualTerms& accrual_terms() const { return accrual_terms_; }
    const PayoutTerms& payout_terms() const { return payout_terms_; }
    const WorkTerms& work_terms() const { return work_terms_; }
    // Rank of evidence for a due date, best first; contains every DueDateSource once.
    const std::vector<values::DueDateSource>& due_date_rank() const { return due_date_rank_; }
    const std::vector<Regime>& regimes() const { return regimes_; }

    // Errors: rulebook_value_missing{file,key,date} when no regime, tariff, model covers the day.
    base::Result<const Regime*> regime_on(values::Date day) const;
    base::Result<const Tariff*> tariff_on(const values::PerformanceCode& performance, values::Date day) const;
    base::Result<const DivisionModel*> division_on(values::Date day) const;
    const std::vector<DivisionModel>& divisions() const { return divisions_; }  // by period
    // In order of writing; empty when there is no chart.toml.
    const std::vector<ChartLine>& chart() const { return chart_; }
    // None: advances are not set off by rule on that day.
    const SetOff* set_off_on(SetOff::Of of, values::Date day) const;
    // None: our list does not say what it tells.
    const ActivityRule* activity_on(std::string_view code, values::Date day) const;
    // Is there an own payment on this performance, in whatever year?
    bool bears_own_payment(const values::PerformanceCode& performance) const;
    // None: not known for that day.
    const OwnPayment* own_payment_on(const values::PerformanceCode& performance, values::Date day) const;
    // Where declared amounts include it, unless a contract says otherwise. Contract: bears_own_payment.
    const Value<OwnPaymentIn>& own_payment_in() const { return own_payment_in_; }
    // The code as published, or none when our list does not have it.
    const ReturnCode* return_code(std::string_view code) const;
    const std::vector<ReturnCode>& return_codes() const { return return_codes_; }  // sorted by code
    // Every published list, the return codes (COD954-VEKT) included.
    const CodeLists& codelists() const { return codelists_; }

private:
    friend class Loader;
    std::string id_;
    values::Date from_;  // the first day this rulebook speaks of
    base::Digest digest_;
    std::vector<ValueInfo> values_;
    Value<ReferenceDay> regime_day_;
    Windows windows_;
    MonoTerms mono_terms_;
    Completeness completeness_;
    AccrualTerms accrual_terms_;
    PayoutTerms payout_terms_;
    WorkTerms work_terms_;
    std::vector<values::DueDateSource> due_date_rank_;
    std::vector<Regime> regimes_;
    std::vector<Tariff> tariffs_;
    std::vector<DivisionModel> divisions_;
    std::vector<ChartLine> chart_;
    std::vector<SetOff> set_offs_;
    std::vector<ActivityRule> activities_;
    std::vector<OwnPayment> own_payments_;
    Value<OwnPaymentIn> own_payment_in_;
    std::vector<ReturnCode> return_codes_;
    CodeLists codelists_;
};

}  // namespace bundel::rulebook
