// The selection model (beslismodel) of a regime: which care is in the bundle and how each phase goes, as
// decision tables in a DMN file. The program observes and asks; what follows from what stands in the file.
//
// A variable is an observation (who, when, what), or a choice that the regime or the contract fills in; never
// a verdict. Their Dutch names stand in the file, their meaning in docs/reference/variables.md.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "decision/model.h"
#include "rulebook/compiled_tables.h"
#include "rulebook/rulebook.h"
#include "rulebook/trail.h"

namespace bundel::rulebook {

// In brackets whose words it takes, in the order of that type.
enum class Variable : std::uint8_t {
    line_place,               // [LinePlace]
    above_limit,              // more lines of one declarant than allowed in a pregnancy
    payer,                    // [values::Payer]
    scope,                    // [Disposition] what the list of the performance says, or unlisted_scope
    by_member,                // the declarant is a member on the reference day
    own_lines,                // lines in the phase that are ours
    enrolled,                 // with a member, when the phase began
    insurer_evidence,         // [InsurerEvidence]
    contracts,                // [Count] with her insurer on the reference day
    contract_regime,          // [RegimeOf]
    no_contract,              // [NoContract] choice
    price_lists,              // [Count] of the IGO itself on the reference day
    price_list_regime,        // [RegimeOf]
    break_extent,             // [values::BreakExtent] choice
    overlap,                  // [values::OverlapPolicy] of the contract, or no_overlap_policy
    outside_blocks,           // choice of the regime
    outside_in_phase,         // care from outside, by number
    outside_in_pregnancy,     //
    outside_unknown,          // of that in the phase: the amount is not known
    fixed_deduction,          // the contract has one
    left_early,               //
    when_left,                // [LeftEarly] choice
    phase,                    // [values::PhaseKind]
    end_evidence,             // [pathway::EndEvidence]
    days_since_end,           // from the last day of the phase to today; negative before it
    hold_days,                // choice
    days_since_question_day,  // from the day on which waiting becomes a question; negative before it
    pregnancy_ended,          //
    natal_phase,              // there was one, or will be
    age_known,                // gestational age at the end
    age_at_end,               // in days; 0 when it is not known
    care_weight,              // text: of Regime::care_weights, or no_care_weight
    performance_listed,       // the catalogue has the performance on the tariff day
    phase_contracted,         // the contract is for some performance of the phase
    performance_contracted,   //
    price_known,              //
    net_cents,                // price less what goes off it
    due_dates_conflict,       //
    own_route,                // [Outcome of route]
    line_spans_mono,          // a line of ours in this phase is also in a mono phase
    spanning_line,            // [SpanningLine] choice
    paid_together             // [PaidTogether]
};
inline constexpr std::size_t variable_count = static_cast<std::size_t>(Variable::paid_together) + 1;

enum class LinePlace : std::uint8_t {
    in_phase,
    outside_the_bundle,
    settled,
    credit_unmatched,
    possible_duplicate,
    person_unknown,
    not_in_rulebook,
    no_pregnancy,
    phase_unknown,
    activities_unknown,
    spans_phases
};
enum class InsurerEvidence : std::uint8_t { check, line, contradiction, none };
enum class Count : std::uint8_t { none, one, more };
enum class RegimeOf : std::uint8_t { same, other };
enum class PaidTogether : std::uint8_t { none, integrated, mono, open };
inline constexpr Disposition unlisted_scope{static_cast<std::uint8_t>(Disposition::ask) + 1};
inline constexpr values::OverlapPolicy no_overlap_policy{
    static_cast<std::uint8_t>(values::OverlapPolicy::fall_back) + 1};
inline constexpr std::string_view no_care_weight = "geen";

// What is asked, with the words of its first answer in the order of these types.
enum class Asked : std::uint8_t {
    disposition,   // [Disposition], and a reason
    whose_care,    // [WhoseCare]
    own_care,      // 0 no, 1 yes
    contracting,   // [Contracting]
    outside_care,  // [OutsideEffect]
    completeness,  // its words are the model's own, as those of price
    time,          // [TimeOf]
    performance,   // the id of one of Regime::performances, or another text that the price table knows
    price,
    route,    // [selection::RouteKind], and a reason
    coupling  // [Coupled], and a reason
};
inline constexpr std::size_t asked_count = static_cast<std::size_t>(Asked::coupling) + 1;

enum class WhoseCare : std::uint8_t { ours, outside, neither };
enum class Contracting : std::uint8_t {
    contract,
    price_list,
    insurer_unknown,
    insurers_contradict,
    no_insurer,
    contracts_ambiguous,
    other_regime,
    none_mono,
    none_ask,
    price_lists_ambiguous,
    price_list_none
};
enum class OutsideEffect : std::uint8_t {
    none,
    breaks,
    priced_in,
    trued_up,
    deduct_actual,
    deduct_fixed,
    amount_unknown,
    deduction_missing
};
enum class TimeOf : std::uint8_t { goes_on, outcome_unknown, outside_awaited, over };
enum class Coupled : std::uint8_t { stays, mono, waits, asks };

class SelectionModel;

// What was observed for one decision; what is not put in is not known to the tables.
class Observations {
public:
    explicit Observations(const SelectionModel& model);
    template <class Enum>
    void word(Variable variable, Enum value) {
        put_word(variable, static_cast<std::size_t>(value));
    }
    void truth(Variable variable, bool value) { put(variable, value ? 1 : 0); }
    void number(Variable variable, std::int64_t value) { put(variable, value); }
    void text(Variable variable, std::string_view value);  // none of the allowed values: not known

    // As they stand in the model. False: its type does not allow the value.
    bool put(Variable variable, const decision::Value& value);
    decision::Value value(Variable variable) const;  // null: not put in, or the model does not ask for it
    std::vector<decision::Value> values() const;     // in the order of Model::inputs()
    const std::vector<Code>& codes() const { return codes_; }

private:
    void put_word(Variable variable, std::size_t word);
    void put(Variable variable, Code code);
    const SelectionModel* model_;
    std::vector<Code> codes_;  // by input
};

struct Answer {
    std::size_t word = 0;              // of the first output, where its words are the program's
    const char* text = "";             // the first output as it stands in the file
    const char* reason = "";           // the second; both live as long as the model
    Status status = Status::verified;  // the weakest of the rules that it rests on
    // By Asked: what the rule, or one that it rests on, looked at.
    std::array<std::optional<std::size_t>, asked_count> words{};
    bool looked_at(Asked asked) const { return words[static_cast<std::size_t>(asked)].has_value(); }
};

class SelectionModel {
public:
    // Errors: those of decision::Model::load and CompiledTables::compile; rulebook_model_variable{file, line,
    // variable} (an input that the program does not observe, or of another type), rulebook_model_word{file,
    // line, variable, word} (a word of the program that the type lacks), rulebook_model_decision{file,
    // decision} (not there, or no table with the outputs it should have), rulebook_model_answer{file, line,
    // decision, found, allowed}, rulebook_model_source{file, line, rule} (a rule without source or status:
    // "verified: NR/REG-2312" in its description, or the annotations status and bron).
    static base::Result<SelectionModel> load(std::string_view bytes, const std::string& file);

    // Every rule of every table is a value of the rulebook, with its source and status.
    struct Rule {
        std::string key;   // "route.route_12"
        std::string text;  // "contract: contract; zorg van buiten: breekt -> mono, broken_by_outside_care"
        Status status = Status::example;
        std::string source;
    };
    const std::vector<Rule>& rules() const { return rules_; }
    void number_rules(ValueId first) { first_value_ = first; }  // of rules().front()

    // Each rule that it rests on becomes a note "rule_applied": that of the table asked, and of the tables
    // whose answer that rule looks at (its cell is not "-"), and so on. Error: rulebook_model_gap{file,
    // decision} when no rule or more than one matches.
    base::Result<Answer> ask(Asked asked, const Observations& seen, Trail* trail) const;

    const decision::Model& model() const { return model_; }
    const decision::InputData* input_of(Variable variable) const;  // none: the model does not ask for it
    // The borders in the tables of this number, with the whole numbers beside them, ascending; its type need
    // not allow them all.
    std::vector<decision::Value> border_values(Variable variable) const;
    // Days ahead, ascending, on which time alone may change the route: where a border in the tables is
    // reached by a variable that grows by one a day.
    std::vector<int> days_ahead(const Observations& seen) const;

private:
    friend class Observations;
    struct Bound {
        std::uint32_t table = 0;
        std::vector<Answer> answers;  // by rule
    };

    SelectionModel(decision::Model model, CompiledTables tables)
        : model_(std::move(model)), tables_(std::move(tables)) {}
    base::Result<base::Done> bind_variables();
    base::Result<base::Done> bind_rules();
    void rest_on(std::uint32_t table, std::vector<int>& matched, Answer& answer, Trail* trail) const;
    base::Result<base::Done> bind_answers(Asked asked);
    base::Result<base::Done> bind_answer(Asked asked, const decision::TableRule& rule, Bound& bound);

    decision::Model model_;
    CompiledTables tables_;
    std::vector<int> inputs_ =
        std::vector<int>(variable_count, -1);  // index in Model::inputs(); -1: not asked
    std::vector<std::vector<Code>> words_ = std::vector<std::vector<Code>>(variable_count);
    std::vector<Bound> bound_ = std::vector<Bound>(asked_count);
    std::vector<Rule> rules_;
    std::vector<std::size_t> first_rule_;  // by table: index in rules_
    std::vector<int> asked_of_table_;      // by table: an Asked, or -1
    ValueId first_value_ = 0;
};

// The id in DMN: "insurer_evidence", "route".
std::string_view id_of(Variable variable);
std::string_view id_of(Asked asked);
std::span<const std::string_view> words_of(Variable variable);  // none: no word

}  // namespace bundel::rulebook
