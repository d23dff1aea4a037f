#include "rulebook/selection_model.h"

#include <algorithm>
#include <array>
#include <set>

#include "base/text.h"
#include "rulebook/standing.h"

namespace bundel::rulebook {
using base::Done;
using base::Error;
using base::Result;

namespace {

enum class Shape : std::uint8_t { word, truth, number, text };
using Words = std::span<const std::string_view>;

constexpr std::string_view place_words[] = {"in een fase",           "buiten de bundel",  "verrekend",
                                            "credit zonder debet",   "mogelijk dubbel",   "persoon onbekend",
                                            "niet in de lijsten",    "geen zwangerschap", "fase onbekend",
                                            "activiteiten onbekend", "over fasen heen"};
constexpr std::string_view payer_words[] = {"verzekeraar", "staat", "asielopvang", "zelf", "buitenland"};
constexpr std::string_view scope_words[] = {"in de bundel", "ernaast",           "nooit naar de verzekeraar",
                                            "ingekocht",    "geen geboortezorg", "inbegrepen",
                                            "vragen",       "niet genoemd"};
constexpr std::string_view evidence_words[] = {"controle", "regel", "tegenstrijdig", "geen"};
constexpr std::string_view count_words[] = {"geen", "een", "meer"};
constexpr std::string_view regime_words[] = {"zelfde", "ander"};
constexpr std::string_view no_contract_words[] = {"mono", "integraal", "vragen"};
constexpr std::string_view extent_words[] = {"fase", "zwangerschap"};
constexpr std::string_view overlap_words[] = {"in de prijs",  "werkelijke aftrek",
                                              "vaste aftrek", "jaarlijkse verrekening",
                                              "terugvallen",  "geen contract"};
constexpr std::string_view left_words[] = {"integraal", "mono", "vragen"};
constexpr std::string_view phase_words[] = {"prenataal", "nataal", "postnataal"};
constexpr std::string_view end_words[] = {"geen", "uitkomst gemeld", "einde gemeld", "uitgeschreven",
                                          "venster"};
constexpr std::string_view route_words[] = {"integraal", "mono", "wachten", "vragen"};
constexpr std::string_view spanning_words[] = {"meetrekken", "deelcodes vragen"};
constexpr std::string_view together_words[] = {"geen", "integraal", "mono", "open"};

constexpr std::string_view whose_words[] = {"van ons", "van buiten", "geen van beide"};
constexpr std::string_view truth_words[] = {"false", "true"};
constexpr std::string_view contracting_words[] = {"contract",
                                                  "prijslijst",
                                                  "geen verzekeraar bekend",
                                                  "verzekeraars spreken elkaar tegen",
                                                  "betaler is geen verzekeraar",
                                                  "meer contracten",
                                                  "contract van een ander regime",
                                                  "zonder contract mono",
                                                  "zonder contract vragen",
                                                  "meer prijslijsten",
                                                  "geen prijslijst"};
constexpr std::string_view effect_words[] = {"geen",
                                             "breekt",
                                             "zit in de prijs",
                                             "jaarlijks verrekend",
                                             "werkelijk bedrag eraf",
                                             "vast bedrag eraf",
                                             "bedrag onbekend",
                                             "aftrek niet afgesproken"};
constexpr std::string_view time_words[] = {"loopt nog", "uitkomst onbekend", "wacht op zorg van buiten",
                                           "voorbij"};
constexpr std::string_view coupled_words[] = {"blijft", "mono", "wachten", "vragen"};

struct VariableRow {
    std::string_view id;
    Shape shape;
    Words words{};
};
constexpr std::array<VariableRow, variable_count> variables{{
    {"line_place", Shape::word, place_words},
    {"above_limit", Shape::truth},
    {"payer", Shape::word, payer_words},
    {"scope", Shape::word, scope_words},
    {"by_member", Shape::truth},
    {"own_lines", Shape::number},
    {"enrolled", Shape::truth},
    {"insurer_evidence", Shape::word, evidence_words},
    {"contracts", Shape::word, count_words},
    {"contract_regime", Shape::word, regime_words},
    {"no_contract", Shape::word, no_contract_words},
    {"price_lists", Shape::word, count_words},
    {"price_list_regime", Shape::word, regime_words},
    {"break_extent", Shape::word, extent_words},
    {"overlap", Shape::word, overlap_words},
    {"outside_blocks", Shape::truth},
    {"outside_in_phase", Shape::number},
    {"outside_in_pregnancy", Shape::number},
    {"outside_unknown", Shape::number},
    {"fixed_deduction", Shape::truth},
    {"left_early", Shape::truth},
    {"when_left", Shape::word, left_words},
    {"phase", Shape::word, phase_words},
    {"end_evidence", Shape::word, end_words},
    {"days_since_end", Shape::number},
    {"hold_days", Shape::number},
    {"days_since_question_day", Shape::number},
    {"pregnancy_ended", Shape::truth},
    {"natal_phase", Shape::truth},
    {"age_known", Shape::truth},
    {"age_at_end", Shape::number},
    {"care_weight", Shape::text},
    {"performance_listed", Shape::truth},
    {"phase_contracted", Shape::truth},
    {"performance_contracted", Shape::truth},
    {"price_known", Shape::truth},
    {"net_cents", Shape::number},
    {"due_dates_conflict", Shape::truth},
    {"own_route", Shape::word, route_words},
    {"line_spans_mono", Shape::truth},
    {"spanning_line", Shape::word, spanning_words},
    {"paid_together", Shape::word, together_words},
}};
const VariableRow& row_of(Variable variable) {
    return variables[static_cast<std::size_t>(variable)];
}

struct AskedRow {
    std::string_view id;
    Words words;          // none: any text
    std::size_t outputs;  // with a reason: 2
};
constexpr std::array<AskedRow, asked_count> questions{{
    {"disposition", Words(scope_words).first(7), 2},
    {"whose_care", whose_words, 1},
    {"own_care", truth_words, 1},
    {"contracting", contracting_words, 1},
    {"outside_care", effect_words, 1},
    {"completeness", {}, 1},
    {"time", time_words, 1},
    {"performance", {}, 1},
    {"price", {}, 1},
    {"route", route_words, 2},
    {"coupling", coupled_words, 2},
}};

constexpr Variable time_variables[] = {Variable::days_since_end, Variable::days_since_question_day};

decision::Kind kind_of(Shape shape) {
    switch (shape) {
        case Shape::truth: return decision::Kind::boolean;
        case Shape::number: return decision::Kind::number;
        case Shape::word:
        case Shape::text: return decision::Kind::string;
    }
    return decision::Kind::null;
}

// A text without its quotation marks; it lives as long as the model. Null: neither text nor truth.
const char* as_text(const decision::Value& value) {
    if (value.kind() == decision::Kind::string) return value.string().c_str();
    return value.kind() == decision::Kind::boolean ? truth_words[value.boolean() ? 1 : 0].data() : nullptr;
}

// "contract: contract, prijslijst; zorg van buiten: breekt -> mono, broken_by_outside_care": what the rule
// looks at and what it gives.
std::string text_of(const decision::Table& table, const decision::TableRule& rule) {
    std::string text, given;
    for (std::size_t i = 0; i < rule.inputs.size(); ++i) {
        if (rule.inputs[i].text == "-") continue;
        text += (text.empty() ? "" : "; ") + table.inputs[i].expression.text + ": " + rule.inputs[i].text;
    }
    for (const decision::Cell& cell : rule.outputs) given += (given.empty() ? "" : ", ") + cell.text;
    text += " -> " + given;
    std::erase(text, '"');
    return text;
}

std::string annotation(const decision::Table& table, const decision::TableRule& rule, std::string_view name) {
    const auto found = std::ranges::find(table.annotation_names, name);
    const auto at = static_cast<std::size_t>(found - table.annotation_names.begin());
    return at < rule.annotations.size() ? rule.annotations[at] : std::string();
}

struct Cited {
    std::optional<Status> status;
    std::string source;
};

// "verified: NR/REG-2312" in the description of the row, which most programs for DMN show beside it; where
// there is none, in its annotations status and bron.
Cited cited(const decision::Table& table, const decision::TableRule& rule) {
    if (rule.description.empty())
        return {status_named(annotation(table, rule, "status")), annotation(table, rule, "bron")};
    const auto colon = rule.description.find(':');
    if (colon == std::string::npos) return {};
    return {status_named(base::trim(rule.description.substr(0, colon))),
            std::string(base::trim(rule.description.substr(colon + 1)))};
}

}  // namespace

std::string_view id_of(Variable variable) {
    return row_of(variable).id;
}
std::string_view id_of(Asked asked) {
    return questions[static_cast<std::size_t>(asked)].id;
}
std::span<const std::string_view> words_of(Variable variable) {
    return row_of(variable).words;
}

Observations::Observations(const SelectionModel& model)
    : model_(&model), codes_(model.model().inputs().size(), not_observed) {}

void Observations::put_word(Variable variable, std::size_t word) {
    const auto& words = model_->words_[static_cast<std::size_t>(variable)];
    BUNDEL_ASSERT(word < row_of(variable).words.size());
    if (!words.empty()) put(variable, words[word]);
}

// A model that does not ask for it decides without.
void Observations::put(Variable variable, Code code) {
    const int input = model_->inputs_[static_cast<std::size_t>(variable)];
    if (input >= 0) codes_[static_cast<std::size_t>(input)] = code;
}

void Observations::text(Variable variable, std::string_view value) {
    put(variable, decision::Value::of(std::string(value)));
}

bool Observations::put(Variable variable, const decision::Value& value) {
    const decision::InputData* input = model_->input_of(variable);
    const auto code = input == nullptr ? std::nullopt : CompiledTables::code_of(*input, value);
    put(variable, code.value_or(not_observed));
    return code.has_value();
}

decision::Value Observations::value(Variable variable) const {
    const int input = model_->inputs_[static_cast<std::size_t>(variable)];
    if (input < 0) return {};
    const auto at = static_cast<std::size_t>(input);
    return CompiledTables::value_of(model_->model().inputs()[at], codes_[at]);
}

std::vector<decision::Value> Observations::values() const {
    std::vector<decision::Value> values;
    for (std::size_t i = 0; i < codes_.size(); ++i)
        values.push_back(CompiledTables::value_of(model_->model().inputs()[i], codes_[i]));
    return values;
}

const decision::InputData* SelectionModel::input_of(Variable variable) const {
    const int input = inputs_[static_cast<std::size_t>(variable)];
    return input < 0 ? nullptr : &model_.inputs()[static_cast<std::size_t>(input)];
}

std::vector<decision::Value> SelectionModel::border_values(Variable variable) const {
    std::set<std::int64_t> numbers;
    const auto input = static_cast<std::uint32_t>(inputs_[static_cast<std::size_t>(variable)]);
    const std::vector<std::pair<std::uint32_t, std::int64_t>> itself{{input, 1}};
    for (const CompiledTables::NumberColumn& column : tables_.numbers()) {
        if (column.sum.terms != itself || column.sum.constant != 0) continue;
        for (const std::int64_t border : column.borders) numbers.insert({border - 1, border, border + 1});
    }
    std::vector<decision::Value> values;
    for (const std::int64_t number : numbers) values.push_back(decision::Value::of(number));
    return values;
}

Result<SelectionModel> SelectionModel::load(std::string_view bytes, const std::string& file) {
    BUNDEL_TRY(model, decision::Model::load(bytes, file));
    BUNDEL_TRY(tables, CompiledTables::compile(model));
    SelectionModel made(std::move(model), std::move(tables));
    BUNDEL_TRY_DONE(made.bind_variables());
    BUNDEL_TRY_DONE(made.bind_rules());
    for (std::size_t i = 0; i < asked_count; ++i) BUNDEL_TRY_DONE(made.bind_answers(static_cast<Asked>(i)));
    return made;
}

Result<Done> SelectionModel::bind_variables() {
    const auto inputs = model_.inputs();
    for (std::size_t i = 0; i < inputs.size(); ++i) {
        const decision::InputData& input = inputs[i];
        const auto row = std::ranges::find(variables, input.id, &VariableRow::id);
        const bool fits =
            row != variables.end() && (input.type == nullptr || input.type->kind == kind_of(row->shape));
        if (!fits)
            return Error{
                "rulebook_model_variable",
                {{"file", model_.name()}, {"line", std::to_string(input.line)}, {"variable", input.name}}};
        const auto at = static_cast<std::size_t>(row - variables.begin());
        inputs_[at] = static_cast<int>(i);
        for (const std::string_view word : row->words) {
            const auto code = CompiledTables::code_of(input, decision::Value::of(std::string(word)));
            if (code) {
                words_[at].push_back(*code);
                continue;
            }
            return Error{"rulebook_model_word",
                         {{"file", model_.name()},
                          {"line", std::to_string(input.line)},
                          {"variable", input.name},
                          {"word", std::string(word)}}};
        }
    }
    return Done{};
}

Result<Done> SelectionModel::bind_rules() {
    for (std::uint32_t number = 0; number < model_.table_count(); ++number) {
        const decision::Table& table = model_.table(number);
        first_rule_.push_back(rules_.size());
        for (const decision::TableRule& rule : table.rules) {
            const auto& [status, source] = cited(table, rule);
            const bool sound = status && !source.empty() && may_stand(*status, source);
            if (!sound)
                return Error{
                    "rulebook_model_source",
                    {{"file", model_.name()}, {"line", std::to_string(rule.line)}, {"rule", rule.id}}};
            rules_.push_back({table.owner_id + "." + rule.id, text_of(table, rule), *status, source});
        }
    }
    return Done{};
}

Result<Done> SelectionModel::bind_answers(Asked asked) {
    const AskedRow& row = questions[static_cast<std::size_t>(asked)];
    Bound& bound = bound_[static_cast<std::size_t>(asked)];
    const auto found = model_.decision(row.id);
    const decision::Table* table = found ? model_.decisions()[*found].table : nullptr;
    if (table == nullptr || table->outputs.size() != row.outputs)
        return Error{"rulebook_model_decision", {{"file", model_.name()}, {"decision", std::string(row.id)}}};
    bound.table = table->number;
    asked_of_table_.resize(model_.table_count(), -1);
    asked_of_table_[table->number] = static_cast<int>(asked);
    for (const decision::TableRule& rule : table->rules) BUNDEL_TRY_DONE(bind_answer(asked, rule, bound));
    return Done{};
}

// What a rule answers is constant, so it is found by the number of the rule.
Result<Done> SelectionModel::bind_answer(Asked asked, const decision::TableRule& rule, Bound& bound) {
    const AskedRow& row = questions[static_cast<std::size_t>(asked)];
    const auto refuse = [&](const decision::Cell& cell) {
        std::string allowed;
        for (const std::string_view word : row.words)
            allowed.append(allowed.empty() ? "" : ", ").append(word);
        return Error{"rulebook_model_answer",
                     {{"file", model_.name()},
                      {"line", std::to_string(cell.line)},
                      {"decision", std::string(row.id)},
                      {"found", cell.text},
                      {"allowed", allowed.empty() ? "\"...\"" : allowed}}};
    };
    Answer answer;
    for (std::size_t i = 0; i < rule.outputs.size(); ++i) {
        const decision::Cell& cell = rule.outputs[i];
        const char* text = cell.node.op == decision::Op::literal ? as_text(cell.node.value) : nullptr;
        if (text == nullptr) return refuse(cell);
        (i == 0 ? answer.text : answer.reason) = text;
        if (i > 0 || row.words.empty()) continue;
        const auto word = std::ranges::find(row.words, std::string_view(text));
        if (word == row.words.end()) return refuse(cell);
        answer.word = static_cast<std::size_t>(word - row.words.begin());
    }
    bound.answers.push_back(answer);
    return Done{};
}

Result<Answer> SelectionModel::ask(Asked asked, const Observations& seen, Trail* trail) const {
    const Bound& bound = bound_[static_cast<std::size_t>(asked)];
    std::vector<int> matched;
    if (!tables_.decide(bound.table, seen.codes(), matched))
        return Error{"rulebook_model_gap",
                     {{"file", model_.name()}, {"decision", model_.table(bound.table).owner_name}}};
    Answer answer = bound.answers[static_cast<std::size_t>(matched[bound.table])];
    rest_on(bound.table, matched, answer, trail);
    return answer;
}

// Those it looks at first, so that the trail reads in the order of thought.
void SelectionModel::rest_on(std::uint32_t table, std::vector<int>& matched, Answer& answer,
                             Trail* trail) const {
    const auto rule = static_cast<std::size_t>(std::exchange(matched[table], CompiledTables::not_asked));
    for (const std::uint32_t other : tables_.looked_at(table, rule)) {
        if (matched[other] < 0) continue;  // told already
        if (const int asked = asked_of_table_[other]; asked >= 0) {
            const auto at = static_cast<std::size_t>(asked);
            answer.words[at] = bound_[at].answers[static_cast<std::size_t>(matched[other])].word;
        }
        rest_on(other, matched, answer, trail);
    }
    const std::size_t at = first_rule_[table] + rule;
    answer.status = values::weakest(answer.status, rules_[at].status);
    if (trail != nullptr)
        trail->note("rule_applied", static_cast<ValueId>(first_value_ + at), rules_[at].status);
}

// On a border, and the day after it: "<= 7" changes there.
std::vector<int> SelectionModel::days_ahead(const Observations& seen) const {
    std::vector<int> days;
    for (const CompiledTables::NumberColumn& column : tables_.numbers()) {
        std::int64_t a_day = 0;  // by how much it grows
        for (const auto& [input, factor] : column.sum.terms) {
            const bool grows = std::ranges::any_of(time_variables, [&](Variable variable) {
                return inputs_[static_cast<std::size_t>(variable)] == static_cast<int>(input);
            });
            if (grows) a_day += factor;
        }
        const auto now = column.sum.of(seen.codes());
        if (a_day == 0 || !now) continue;
        for (const std::int64_t border : column.borders) {
            const std::int64_t ahead = (border - *now) / a_day;
            for (const std::int64_t day : {ahead, ahead + 1}) {
                if (day > 0 && day <= 36'500) days.push_back(static_cast<int>(day));
            }
        }
    }
    std::ranges::sort(days);
    days.erase(std::unique(days.begin(), days.end()), days.end());
    return days;
}

}  // namespace bundel::rulebook
