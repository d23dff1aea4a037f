// The files of a rulebook, read in the order: general, regimes, scope, tariffs, division, code lists.
#include <algorithm>
#include <functional>
#include <set>

#include "base/text.h"
#include "rulebook/codelist_json.h"
#include "rulebook/division_model.h"
#include "rulebook/inventory.h"
#include "rulebook/reading.h"
#include "rulebook/rulebook.h"
#include "rulebook/selection_model.h"
#include "rulebook/standing.h"
#include "rulebook/table.h"

namespace bundel::rulebook {
namespace {

using Files = std::map<std::string, std::string>;
using values::Date;
using values::Period;

const std::string return_codes_file = "codelists/COD954.json";

constexpr Word<ReferenceDay> reference_days[] = {{"phase_start", ReferenceDay::phase_start},
                                                 {"phase_end", ReferenceDay::phase_end},
                                                 {"birth", ReferenceDay::birth},
                                                 {"first_activity", ReferenceDay::first_activity},
                                                 {"pregnancy_start", ReferenceDay::pregnancy_start}};
constexpr Word<BreakExtent> break_extents[] = {{"phase", BreakExtent::phase},
                                               {"pregnancy", BreakExtent::pregnancy}};
constexpr Word<SpanningLine> spanning_lines[] = {{"couple_to_mono", SpanningLine::couple_to_mono},
                                                 {"ask_part_codes", SpanningLine::ask_part_codes}};
constexpr Word<LeftEarly> left_early_words[] = {
    {"integrated", LeftEarly::integrated}, {"mono", LeftEarly::mono}, {"ask", LeftEarly::ask}};
constexpr Word<NoContract> no_contract_words[] = {
    {"mono", NoContract::mono}, {"integrated", NoContract::integrated}, {"ask", NoContract::ask}};
constexpr Word<ActivityKey> activity_keys[] = {{"by_count", ActivityKey::by_count},
                                               {"by_days", ActivityKey::by_days}};
constexpr Word<Hours> hours_words[] = {{"kraamzorg", Hours::kraamzorg},
                                       {"partus_assistance", Hours::partus_assistance}};
constexpr Word<OwnPaymentIn> own_payment_words[] = {{"declared", OwnPaymentIn::declared},
                                                    {"not_declared", OwnPaymentIn::not_declared}};
constexpr Word<BirthDayRule> birth_day_words[] = {{"prenatal", BirthDayRule::prenatal},
                                                  {"natal", BirthDayRule::natal},
                                                  {"postnatal", BirthDayRule::postnatal}};
constexpr Word<PhaseKind> phase_words[] = {
    {"prenatal", PhaseKind::prenatal}, {"natal", PhaseKind::natal}, {"postnatal", PhaseKind::postnatal}};
constexpr Word<Disposition> disposition_words[] = {
    {"in_scope", Disposition::in_scope}, {"beside", Disposition::beside},
    {"state", Disposition::state},       {"bought", Disposition::bought},
    {"ask", Disposition::ask},           {"not_maternity", Disposition::not_maternity},
    {"included", Disposition::included}};
constexpr Word<Placement> placement_words[] = {
    {"prenatal", Placement::prenatal},   {"natal", Placement::natal},
    {"postnatal", Placement::postnatal}, {"by_day", Placement::by_day},
    {"split", Placement::split},         {"by_activities", Placement::by_activities}};
constexpr Word<values::DueDateSource> due_date_words[] = {
    {"registered", values::DueDateSource::registered},
    {"dating_scan", values::DueDateSource::dating_scan},
    {"gestational_age", values::DueDateSource::gestational_age},
    {"codes", values::DueDateSource::codes},
    {"delivery_minus_term", values::DueDateSource::delivery_minus_term}};
constexpr Word<AccountType> account_types[] = {{"activa", AccountType::asset},
                                               {"passiva", AccountType::liability},
                                               {"baten", AccountType::income},
                                               {"lasten", AccountType::expense},
                                               {"buiten de balans", AccountType::off_balance}};
constexpr Word<SetOff::Of> set_off_words[] = {{"verzekeraar", SetOff::Of::insurer},
                                              {"deelnemer", SetOff::Of::participant}};
constexpr Word<ReturnCode::Credit> credit_words[] = {
    {"rejected", ReturnCode::Credit::rejected},
    {"no_debit_known", ReturnCode::Credit::no_debit_known},
    {"already_credited", ReturnCode::Credit::already_credited},
    {"wrong_previous", ReturnCode::Credit::wrong_previous}};

bool is_code_list(std::string_view file) {
    return file.starts_with("codelists/") && file.ends_with(".json");
}

// The inventory explains; the law does not depend on it.
bool is_rulebook_file(std::string_view file) {
    return (file.ends_with(".toml") && file != inventory_file) || file.ends_with(".dmn") ||
           is_code_list(file);
}

base::Digest digest_of(const Files& files) {
    base::Hasher hasher;
    for (const auto& [file, content] : files) {
        if (is_rulebook_file(file)) hasher.add(file).add(content);
    }
    return hasher.finish();
}

// Not needed to decide anything: a rulebook from before them goes on without.
constexpr std::string_view chart_file = "chart.toml";
constexpr std::string_view set_off_file = "set_off.toml";

// A row that holds in a period, named by its value: for the one law of periods, "one value per day".
struct Held {
    std::string what;  // rows with the same text speak of the same value
    Period period;
    ValueId id;
};

std::optional<std::pair<Held, Held>> overlap(std::vector<Held> rows) {
    std::ranges::sort(rows, [](const Held& a, const Held& b) {
        return std::tie(a.what, a.period, a.id) < std::tie(b.what, b.period, b.id);
    });
    for (std::size_t i = 1; i < rows.size(); ++i) {
        const Held& before = rows[i - 1];
        if (before.what == rows[i].what && before.period.overlaps(rows[i].period)) {
            return std::pair(before, rows[i]);
        }
    }
    return std::nullopt;
}

}  // namespace

class Loader {
public:
    explicit Loader(const Files& files) : files_(files) {
        book_.values_.emplace_back();
        book_.digest_ = digest_of(files);
    }

    base::Result<Rulebook> load() {
        refuse_unknown_files();
        read("rulebook.toml", [this](Table& file) { general(file); });
        each_file("regimes/", [this](Table& file) { regime(file); });
        each_file("scope/", [this](Table& file) { scopes(file); });
        each_file("activities/", [this](Table& file) { activities(file); });
        each_file("own_payment/", [this](Table& file) { own_payments(file); });
        each_file("tariffs/", [this](Table& file) { tariffs(file); });
        each_file("division/", [this](Table& file) { division(file); });
        if (files_.contains(std::string(chart_file)))
            read(std::string(chart_file), [this](Table& file) { chart(file); });
        if (files_.contains(std::string(set_off_file)))
            read(std::string(set_off_file), [this](Table& file) { set_offs(file); });
        return_codes();
        code_lists();
        if (book_.values_.size() > UINT16_MAX) {
            first_.keep(
                base::Error{"rulebook_too_many_values", {{"count", std::to_string(book_.values_.size())}}});
        }
        if (first_.get()) return *first_.get();
        sort();
        refuse_overlaps();
        if (first_.get()) return *first_.get();
        return std::move(book_);
    }

private:
    using Read = std::function<void(Table&)>;

    void refuse_unknown_files() {
        static constexpr std::string_view folders[] = {"regimes/", "scope/",    "activities/", "own_payment/",
                                                       "tariffs/", "division/", "models/"};
        for (const auto& [file, content] : files_) {
            const bool known =
                !is_rulebook_file(file) || file == "rulebook.toml" || is_code_list(file) ||
                file == "codelists/return-meaning.toml" || file == chart_file || file == set_off_file ||
                std::ranges::any_of(folders, [&](auto folder) { return file.starts_with(folder); });
            if (!known) first_.keep(base::Error{"rulebook_file_unknown", {{"file", file}}});
        }
    }

    void each_file(std::string_view folder, const Read& reader) {
        for (const auto& [file, content] : files_) {
            if (file.starts_with(folder) && is_rulebook_file(file)) read(file, reader);
        }
    }

    void read(const std::string& file, const Read& reader) {
        const auto found = files_.find(file);
        if (found == files_.end()) return first_.keep(base::Error{"rulebook_file_missing", {{"file", file}}});
        const auto tree = read_toml(file, found->second);
        if (!tree.ok()) return first_.keep(tree.error());
        Table table(first_, file, *tree, "", book_.from_);
        reader(table);
    }

    ValueId add(const Table& table, std::string key, std::string text, const Period& period,
                const Standing& standing) {
        book_.values_.push_back(
            {table.file(), std::move(key), std::move(text), period, standing.status, standing.source});
        return static_cast<ValueId>(book_.values_.size() - 1);
    }

    // key = { value = ..., status = ..., source = ... }
    template <class T, class ReadOne>
    Value<T> value(Table& parent, std::string_view key, const Period& period, ReadOne read_one) {
        Table table = parent.table(key);
        const Standing stands = standing_of(table);
        const T content = read_one(table);
        return {content, add(table, table.path(), table.written("value"), period, stands), stands.status};
    }
    template <class T>
    Value<T> word(Table& parent, std::string_view key, const Period& period, std::span<const Word<T>> words) {
        return value<T>(parent, key, period, [&](Table& table) { return table.word<T>("value", words); });
    }
    Value<int> days(Table& parent, std::string_view key, const Period& period) {
        return value<int>(parent, key, period, [](Table& table) { return table.number("value", 0, 3650); });
    }

    void general(Table& file) {
        book_.id_ = file.text("id");
        book_.from_ = file.date("from");
        file.need_from(book_.from_);
        const Period period = Period::from(book_.from_);
        Table reference_day = file.table("reference_day");
        book_.regime_day_ = word<ReferenceDay>(reference_day, "regime", period, reference_days);
        due_dates(file, period);
        Table windows = file.table("windows");
        book_.windows_ = {.due_tolerance_days = days(windows, "due_tolerance_days", period),
                          .birth_term_min_days = days(windows, "birth_term_min_days", period),
                          .stillbirth_term_min_days = days(windows, "stillbirth_term_min_days", period),
                          .birth_term_max_days = days(windows, "birth_term_max_days", period),
                          .loss_term_min_days = days(windows, "loss_term_min_days", period),
                          .loss_term_max_days = days(windows, "loss_term_max_days", period),
                          .birth_to_birth_days = days(windows, "birth_to_birth_days", period),
                          .loss_to_birth_days = days(windows, "loss_to_birth_days", period),
                          .unfinished_days = days(windows, "unfinished_days", period)};
        refuse_reversed(windows, "birth_term_max_days", book_.windows_.birth_term_min_days,
                        book_.windows_.birth_term_max_days);
        refuse_reversed(windows, "birth_term_max_days", book_.windows_.stillbirth_term_min_days,
                        book_.windows_.birth_term_max_days);
        refuse_reversed(windows, "loss_term_max_days", book_.windows_.loss_term_min_days,
                        book_.windows_.loss_term_max_days);
        Table mono = file.table("mono");
        book_.mono_terms_ = {.submit_months = days(mono, "submit_months", period),
                             .ask_before_days = days(mono, "ask_before_days", period),
                             .answer_term_days = days(mono, "answer_term_days", period)};
        Table completeness = file.table("completeness");
        book_.completeness_ = {.habit_invoices = days(completeness, "habit_invoices", period),
                               .largest_gap = days(completeness, "largest_gap", period),
                               .gap_months = days(completeness, "gap_months", period),
                               .history_months = days(completeness, "history_months", period),
                               .low_percent = days(completeness, "low_percent", period),
                               .least_lines = days(completeness, "least_lines", period),
                               .patience_days = days(completeness, "patience_days", period),
                               .month_closed_days = days(completeness, "month_closed_days", period)};
        accruals(file, period);
        payouts(file, period);
        work(file, period);
    }

    void work(Table& file, const Period& period) {
        Table rules = file.table("work");
        book_.work_terms_.sort_pregnancy = days(rules, "sort_pregnancy", period);
        Table question = rules.table("question");
        book_.work_terms_.question = {
            .line_person_unknown = days(question, "line_person_unknown", period),
            .delivery_numbers_missing = days(question, "delivery_numbers_missing", period),
            .delivery_month_low = days(question, "delivery_month_low", period),
            .rest = days(question, "rest", period)};
    }

    void payouts(Table& file, const Period& period) {
        static constexpr Word<PaymentFile> files[] = {{"pain.001.001.03", PaymentFile::pain_001_03},
                                                      {"pain.001.001.09", PaymentFile::pain_001_09}};
        Table rules = file.table("payout");
        book_.payout_terms_.least =
            value<values::Cents>(rules, "least", period, [](Table& table) { return table.euros("value"); });
        book_.payout_terms_.file = word<PaymentFile>(rules, "file", period, files);
        book_.payout_terms_.wait_days = days(rules, "wait_days", period);
    }

    void accruals(Table& file, const Period& period) {
        Table rules = file.table("accrual");
        const auto cases = [](Table& table) { return table.number("value", 1, 1'000'000); };
        book_.accrual_terms_.least_history = value<int>(rules, "least_history", period, cases);
        book_.accrual_terms_.history_days = days(rules, "history_days", period);
        Table complete = rules.table("complete_after_days");
        book_.accrual_terms_.complete_after_days = {.midwife = days(complete, "midwife", period),
                                                    .hospital = days(complete, "hospital", period),
                                                    .kraamzorg = days(complete, "kraamzorg", period),
                                                    .other = days(complete, "other", period)};
    }

    static void refuse_reversed(Table& windows, std::string_view key, const Value<int>& least,
                                const Value<int>& most) {
        if (most.value < least.value) windows.wrong(key, ">= " + std::to_string(least.value));
    }

    // Every kind of evidence once, best first.
    void due_dates(Table& file, const Period& period) {
        Table rank = file.table("due_date_rank");
        const Standing stands = standing_of(rank);
        std::string written;
        const auto texts = rank.texts("value");
        for (const std::string& text : texts) {
            const auto found = std::ranges::find(due_date_words, text, &Word<values::DueDateSource>::text);
            if (found != std::end(due_date_words)) book_.due_date_rank_.push_back(found->value);
            written += (written.empty() ? "" : " > ") + text;
        }
        auto sorted = book_.due_date_rank_;
        std::ranges::sort(sorted);
        const bool each_once = std::ranges::adjacent_find(sorted) == sorted.end();
        if (!each_once || sorted.size() != texts.size() || sorted.size() != std::size(due_date_words)) {
            rank.wrong("value", "registered, dating_scan, gestational_age, codes, delivery_minus_term");
        }
        add(rank, rank.path(), written, period, stands);
    }

    void regime(Table& file) {
        Regime regime;
        regime.id = short_text<16>(file, "id");
        regime.name = file.text("name");
        file.date("from");
        regime.period = period_of(file, always);
        file.need_from(regime.period.first);
        const Standing stands = standing_of(file);
        regime.status = stands.status;
        regime.value = add(file, "regime", regime.name, regime.period, stands);
        payment(file, regime);
        phases(file, regime);
        regime.model = model(file, regime.period);
        Table days_of = file.table("reference_day");
        regime.insurer_day = word<ReferenceDay>(days_of, "insurer", regime.period, reference_days);
        regime.contract_day = word<ReferenceDay>(days_of, "contract", regime.period, reference_days);
        regime.tariff_day = word<ReferenceDay>(days_of, "tariff", regime.period, reference_days);
        regime.membership_day = word<ReferenceDay>(days_of, "membership", regime.period, reference_days);
        file.each("care_weight",
                  [&](Table& row) { regime.care_weights.push_back(care_weight(row, regime.period)); });
        file.each("performance",
                  [&](Table& row) { regime.performances.push_back(performance(row, regime)); });
        book_.regimes_.push_back(std::move(regime));
    }

    // Every rule of its tables is a value of the rulebook. What went wrong before leaves nothing to decide
    // by.
    std::shared_ptr<const SelectionModel> model(Table& file, const Period& period) {
        const std::string name = file.text("model");
        const auto found = files_.find(name);
        if (found == files_.end()) {
            first_.keep(base::Error{"rulebook_file_missing", {{"file", name}}});
            return nullptr;
        }
        auto made = SelectionModel::load(found->second, name);
        if (!made.ok()) {
            first_.keep(made.error());
            return nullptr;
        }
        made->number_rules(static_cast<ValueId>(book_.values_.size()));
        for (const SelectionModel::Rule& rule : made->rules())
            book_.values_.push_back({name, rule.key, rule.text, period, rule.status, rule.source});
        return std::make_shared<const SelectionModel>(*std::move(made));
    }

    void payment(Table& file, Regime& regime) {
        const auto flag = [](Table& table) { return table.flag("value"); };
        Table rules = file.table("payment");
        regime.live_allowed = value<bool>(rules, "live_allowed", regime.period, flag).value;
        regime.overlap_blocks = value<bool>(rules, "overlap_blocks", regime.period, flag);
        regime.break_extent = word<BreakExtent>(rules, "break_extent", regime.period, break_extents);
        regime.spanning_line = word<SpanningLine>(rules, "spanning_line", regime.period, spanning_lines);
        regime.left_early = word<LeftEarly>(rules, "left_early", regime.period, left_early_words);
        regime.no_contract = word<NoContract>(rules, "no_contract", regime.period, no_contract_words);
    }

    void phases(Table& file, Regime& regime) {
        Table rules = file.table("phases");
        regime.birth_day = word<BirthDayRule>(rules, "birth_day", regime.period, birth_day_words);
        regime.activity_key = word<ActivityKey>(rules, "activity_key", regime.period, activity_keys);
        regime.postnatal_days = days(rules, "postnatal_days", regime.period);
        Table hold = rules.table("hold_days");
        for (const Word<PhaseKind>& phase : phase_words) {
            regime.hold_days[static_cast<std::size_t>(phase.value)] = days(hold, phase.text, regime.period);
        }
    }

    CareWeight care_weight(Table& row, const Period& period) {
        CareWeight result;
        result.id = short_text<16>(row, "id");
        if (row.has("children_at_least")) result.children_at_least = row.number("children_at_least", 1, 9);
        if (row.has("activities")) result.activities = activity_codes(row, "activities");
        if (row.has("performances")) {
            for (const std::string& code : row.texts("performances")) {
                const auto performance = values::PerformanceCode::parse(code);
                if (performance.ok()) result.performances.push_back(*performance);
                if (!performance.ok()) row.wrong("performances", "\"032:1101\"");
            }
        }
        const bool never =
            result.children_at_least == 0 && result.activities.empty() && result.performances.empty();
        if (never) row.wrong("id", "children_at_least, activities, performances");
        const Standing stands = standing_of(row);
        result.status = stands.status;
        result.value = add(row, "care_weight." + result.id.str(), weight_text(result), period, stands);
        return result;
    }

    static std::string weight_text(const CareWeight& weight) {
        std::string text;
        if (weight.children_at_least > 0) text = "children >= " + std::to_string(weight.children_at_least);
        const auto more = [&](const std::string& code) { text += (text.empty() ? "" : ", ") + code; };
        for (const auto& code : weight.activities) more(code.str());
        for (const auto& code : weight.performances) more(code.str());
        return text;
    }

    std::vector<base::FixedText<10>> activity_codes(Table& row, std::string_view key) {
        std::vector<base::FixedText<10>> codes;
        for (const std::string& code : row.texts(key)) {
            if (base::FixedText<10>::fits(code) && !code.empty())
                codes.push_back(base::FixedText<10>::of(code));
            else
                row.wrong(key, "\"037611\"");
        }
        return codes;
    }

    // One phase, or several that it pays together.
    PhaseSet phases_of(Table& row) {
        if (!row.has("phases")) return PhaseSet::of(row.word<PhaseKind>("phase", phase_words));
        PhaseSet phases;
        for (const std::string& text : row.texts("phases")) {
            const auto found = std::ranges::find(phase_words, text, &Word<PhaseKind>::text);
            if (found == std::end(phase_words) || phases.contains(found->value)) {
                row.wrong("phases", "prenatal, natal, postnatal");
                return phases;
            }
            phases.add(found->value);
        }
        return phases;
    }

    Performance performance(Table& row, const Regime& regime) {
        Performance result;
        result.id = short_text<32>(row, "id");
        result.name = row.text("name");
        result.code = row.performance("code");
        result.period = period_of(row, regime.period);
        if (row.has("derivable")) result.derivable = row.flag("derivable");
        // Which phase a performance belongs to whose name was not found is not known either.
        if (result.derivable || row.has("phase") || row.has("phases")) result.phases = phases_of(row);
        const Standing stands = standing_of(row);
        result.status = stands.status;
        result.id_value = add(row, "performance." + result.id.str(), result.code.str() + " " + result.name,
                              result.period, stands);
        return result;
    }

    void activities(Table& file) {
        file.each("activity", [this](Table& group) {
            ActivityRule rule;
            const auto codes = activity_codes(group, "codes");
            if (group.has("birth")) rule.birth = group.flag("birth");
            if (group.has("children")) rule.children = group.number("children", 1, 9);
            if (!rule.birth && rule.children == 0) group.wrong("codes", "birth, children");
            if (!group.has("periods")) group.texts("periods");
            group.each("periods", [&](Table& row) {
                rule.period = period_of(row, always);
                const Standing stands = standing_of(row);
                rule.status = stands.status;
                const std::string written =
                    std::string(rule.birth ? "birth" : "") + (rule.birth && rule.children > 0 ? ", " : "") +
                    (rule.children > 0 ? "children >= " + std::to_string(rule.children) : "");
                for (const auto& code : codes) {
                    rule.code = code;
                    rule.id = add(group, "activity." + code.str(), written, rule.period, stands);
                    book_.activities_.push_back(rule);
                }
            });
        });
    }

    void own_payments(Table& file) {
        book_.own_payment_in_ =
            word<OwnPaymentIn>(file, "own_payment_in", Period::from(book_.from_), own_payment_words);
        file.each("own_payment", [this](Table& group) {
            OwnPayment row;
            group.date("from");
            row.period = period_of(group, always);
            row.per_hour = group.euros("euros_per_hour");
            const Standing stands = standing_of(group);
            row.status = stands.status;
            for (const std::string& code : group.texts("codes")) {
                const auto performance = values::PerformanceCode::parse(code);
                if (!performance.ok()) return group.wrong("codes", "\"011:000000\"");
                row.performance = *performance;
                row.id =
                    add(group, "own_payment." + code, group.written("euros_per_hour"), row.period, stands);
                book_.own_payments_.push_back(row);
            }
        });
    }

    void scopes(Table& file) {
        file.each("scope", [this](Table& group) { scope_group(group); });
    }

    // What holds for all codes of the group; each of its periods gives one row per code and regime.
    void scope_group(Table& group) {
        Scope row;
        row.group = static_cast<ValueId>(book_.values_.size());
        row.disposition = group.word<Disposition>("disposition", disposition_words);
        std::string written = group.written("disposition");
        if (row.disposition == Disposition::in_scope) {
            row.placement = group.word<Placement>("placement", placement_words);
            written += ", " + group.written("placement");
        }
        if (row.placement == Placement::split) written += split(group, row.split);
        if (group.has("birth")) row.birth = group.flag("birth");
        if (row.birth) written += ", birth";
        if (group.has("hours")) {
            row.hours = group.word<Hours>("hours", hours_words);
            written += ", hours " + group.written("hours");
        }
        if (group.has("at_most")) {
            row.at_most = group.number("at_most", 1, 99);
            written += ", at most " + std::to_string(row.at_most);
        }
        if (group.has("why")) group.text("why");
        const auto codes = group.texts("codes");
        const auto in_regimes = group.has("regimes") ? group.texts("regimes") : std::vector<std::string>{};
        refuse_unknown_regimes(group, in_regimes);
        if (!group.has("periods")) group.texts("periods");
        group.each("periods",
                   [&](Table& period) { scope_rows(group, period, codes, in_regimes, row, written); });
    }

    void scope_rows(Table& group, Table& period, const std::vector<std::string>& codes,
                    const std::vector<std::string>& in_regimes, Scope row, const std::string& written) {
        row.period = period_of(period, always);
        const Standing stands = standing_of(period);
        row.status = stands.status;
        for (const std::string& code : codes) {
            const auto performance = values::PerformanceCode::parse(code);
            if (!performance.ok()) return group.wrong("codes", "\"032:1101\"");
            row.performance = *performance;
            row.id = add(group, "scope." + code, written, row.period, stands);
            for (Regime& regime : book_.regimes_) {
                const bool meant =
                    in_regimes.empty() || std::ranges::find(in_regimes, regime.id.str()) != in_regimes.end();
                if (meant) regime.scopes.push_back(row);
            }
        }
    }

    void refuse_unknown_regimes(Table& group, const std::vector<std::string>& ids) {
        for (const std::string& id : ids) {
            const bool known = std::ranges::any_of(
                book_.regimes_, [&](const Regime& regime) { return regime.id.view() == id; });
            if (!known) group.wrong("regimes", "regimes/*.toml: id");
        }
    }

    // The exact shares of the phases in a line that covers all three.
    std::string split(Table& group, std::array<values::Ratio, 3>& shares) {
        Table table = group.table("split");
        values::Ratio sum;
        std::string written;
        for (const Word<PhaseKind>& phase : phase_words) {
            values::Ratio& share = shares[static_cast<std::size_t>(phase.value)];
            share = table.share(phase.text);
            const auto added = values::add(sum, share);
            if (!added.ok()) {
                table.wrong(phase.text, "1/1000000");
                return written;
            }
            sum = *added;
            written += " " + table.written(phase.text);
        }
        if (sum != values::Ratio::of(1, 1)) {
            first_.keep(base::Error{"rulebook_split_not_one",
                                    {{"file", table.file()},
                                     {"line", std::to_string(group.line_of("split"))},
                                     {"key", table.path()},
                                     {"sum", sum.str()}}});
        }
        return written;
    }

    void tariffs(Table& file) {
        file.each("tariff", [this](Table& group) {
            group.date("from");
            const Period period = period_of(group, always);
            const Standing stands = standing_of(group);
            Table amounts = group.table("euros");
            for (const std::string& code : amounts.keys()) {
                Tariff tariff;
                tariff.performance = amounts.performance_named(code);
                tariff.period = period;
                tariff.amount = amounts.euros(code);
                tariff.status = stands.status;
                tariff.id = add(group, "tariff." + code, amounts.written(code), period, stands);
                book_.tariffs_.push_back(tariff);
            }
        });
    }

    void division(Table& file) {
        DivisionModel model = read_division(file);
        const Standing stands{model.status, model.source};
        model.value = add(file, "division", model.id.str(), model.period, stands);
        for (const distribution::Step& step : model.model.steps)
            add(file, "division." + step.name, word_of(step.rule), step.period, {step.status, step.source});
        book_.divisions_.push_back(std::move(model));
    }

    void chart(Table& file) {
        const Standing stands = standing_of(file);
        std::set<std::string> taken;
        file.each("account", [&](Table& row) {
            ChartLine line;
            line.account = row.text("account");
            line.number = row.text("number");
            line.name = row.text("name");
            line.type = row.word<AccountType>("type", account_types);
            line.status = stands.status;
            const bool digits = line.number.size() <= 8 && base::all_digits(line.number);
            if (!digits) row.wrong("number", "1..8 x 0-9");
            for (const char* key : {"account", "number"}) {
                if (!taken.insert(key + (":" + row.written(key))).second)
                    row.keep({"rulebook_value_twice", {{"file", row.file()}, {"key", row.path_of(key)}}});
            }
            line.id = add(row, "chart." + line.account,
                          line.number + " " + line.name + " (" + row.written("type") + ")", always, stands);
            book_.chart_.push_back(std::move(line));
        });
        if (book_.chart_.empty()) file.texts("account");
    }

    void set_offs(Table& file) {
        file.each("set_off", [&](Table& row) {
            SetOff rule;
            rule.of = row.word<SetOff::Of>("of", set_off_words);
            rule.period = period_of(row, always);
            rule.share = row.share("share");
            const Standing stands = standing_of(row);
            rule.status = stands.status;
            rule.id = add(row, "set_off." + row.written("of"), row.written("share"), rule.period, stands);
            book_.set_offs_.push_back(rule);
        });
        if (book_.set_offs_.empty()) file.texts("set_off");
    }

    void return_codes() {
        const auto list = files_.find(return_codes_file);
        if (list == files_.end()) {
            return first_.keep(base::Error{"rulebook_file_missing", {{"file", return_codes_file}}});
        }
        auto codes = read_return_codes(list->first, list->second);
        if (!codes.ok()) return first_.keep(codes.error());
        book_.return_codes_ = *std::move(codes);
        read("codelists/return-meaning.toml", [this](Table& file) { meanings(file); });
    }

    void code_lists() {
        std::vector<CodeList> lists{return_code_list()};
        for (const auto& [file, content] : files_) {
            if (!is_code_list(file) || file == return_codes_file) continue;
            auto list = read_code_list(file, content);
            if (!list.ok()) return first_.keep(list.error());
            lists.push_back(*std::move(list));
        }
        refuse_names_twice(lists);
        if (!first_.get()) book_.codelists_ = CodeLists(std::move(lists));
    }

    // The return codes are a list like the others to who asks whether a code exists.
    CodeList return_code_list() const {
        CodeList list{"COD954-VEKT", {}, "Retourcodes", "codelists/COD954.json", false, {}};
        for (const ReturnCode& row : book_.return_codes_) list.codes.push_back({row.code, row.text});
        return list;
    }

    void refuse_names_twice(const std::vector<CodeList>& lists) {
        std::set<std::string> names;
        for (const CodeList& list : lists) {
            bool is_new = names.insert(list.name).second;
            for (const std::string& name : list.also) is_new = names.insert(name).second && is_new;
            if (!is_new) {
                first_.keep(base::Error{"rulebook_value_twice",
                                        {{"file", "codelists/" + list.name + ".json"}, {"key", "codelist"}}});
            }
        }
    }

    void meanings(Table& file) {
        const Standing stands = standing_of(file);
        Table codes = file.table("codes");
        for (const std::string& code : codes.keys()) {
            Table row = codes.table(code);
            const auto found = std::ranges::lower_bound(book_.return_codes_, code, {}, &ReturnCode::code);
            if (found == book_.return_codes_.end() || found->code != code) {
                return codes.wrong(code, "codelists/COD954.json");
            }
            if (row.has("repair")) found->repair = row.text("repair");
            if (row.has("outside_care")) found->outside_care = row.flag("outside_care");
            if (row.has("on_credit"))
                found->on_credit = row.word<ReturnCode::Credit>("on_credit", credit_words);
            if (!found->outside_care && found->on_credit == ReturnCode::Credit::rejected) continue;
            const std::string written = found->outside_care ? "outside_care" : row.written("on_credit");
            add(file, "codes." + code, written, Period::from(book_.from_), stands);
        }
    }

    void sort() {
        std::ranges::sort(book_.regimes_, {}, [](const Regime& regime) { return regime.period; });
        for (Regime& regime : book_.regimes_) {
            std::ranges::sort(regime.scopes, {},
                              [](const Scope& row) { return std::pair(row.performance, row.period); });
            std::ranges::sort(regime.performances, {},
                              [](const Performance& row) { return std::pair(row.phases, row.id); });
        }
        std::ranges::sort(book_.tariffs_, {},
                          [](const Tariff& row) { return std::pair(row.performance, row.period); });
        std::ranges::sort(book_.activities_, {},
                          [](const ActivityRule& row) { return std::pair(row.code, row.period); });
        std::ranges::sort(book_.own_payments_, {},
                          [](const OwnPayment& row) { return std::pair(row.performance, row.period); });
        std::ranges::sort(book_.divisions_, {}, [](const DivisionModel& model) { return model.period; });
    }

    void refuse_overlaps() {
        std::vector<Held> rows;
        for (const Regime& regime : book_.regimes_) rows.push_back({"regime", regime.period, regime.value});
        for (const DivisionModel& model : book_.divisions_)
            rows.push_back({"division", model.period, model.value});
        for (const Tariff& row : book_.tariffs_) {
            rows.push_back({"tariff " + row.performance.str(), row.period, row.id});
        }
        for (const ActivityRule& row : book_.activities_)
            rows.push_back({"activity " + row.code.str(), row.period, row.id});
        for (const SetOff& row : book_.set_offs_)
            rows.push_back({row.of == SetOff::Of::insurer ? "set_off insurer" : "set_off participant",
                            row.period, row.id});
        for (const OwnPayment& row : book_.own_payments_)
            rows.push_back({"own payment " + row.performance.str(), row.period, row.id});
        refuse_overlap(rows);
        for (const Regime& regime : book_.regimes_) refuse_overlap(held_by(regime));
    }

    static std::vector<Held> held_by(const Regime& regime) {
        std::vector<Held> rows;
        for (const Scope& row : regime.scopes)
            rows.push_back({"scope " + row.performance.str(), row.period, row.id});
        for (const Performance& row : regime.performances) {
            rows.push_back({"id " + row.id.str(), row.period, row.id_value});
            rows.push_back({"code " + row.code.str(), row.period, row.id_value});
        }
        return rows;
    }

    void refuse_overlap(std::vector<Held> rows) {
        const auto found = overlap(std::move(rows));
        if (!found) return;
        const auto& [before, after] = *found;
        const ValueInfo& first = book_.values_[before.id];
        const ValueInfo& second = book_.values_[after.id];
        first_.keep(base::Error{"rulebook_overlap",
                                {{"file", second.file},
                                 {"key", second.key},
                                 {"date", after.period.first.iso()},
                                 {"other_file", first.file},
                                 {"other_key", first.key}}});
    }

    const Files& files_;
    FirstError first_;
    Rulebook book_;
};

base::Result<Rulebook> Rulebook::load(const std::map<std::string, std::string>& files) {
    return Loader(files).load();
}

}  // namespace bundel::rulebook
