#include "engine/statement_document.h"

#include <algorithm>
#include <map>

namespace bundel::engine {
using paper::Block;
using paper::Cell;
using paper::Column;
using paper::Document;
using paper::Headline;
using paper::Paragraph;
using paper::Row;
using paper::Section;
using paper::Table;
using paper::Waterfall;
using texts::Texts;
using values::Period;

namespace {

enum class Length { month, quarter, year, other };
Length length_of(const Period& period) {
    const Date after = period.last.plus_days(1);
    if (period.first.day() != 1) return Length::other;
    if (after == period.first.plus_months(1)) return Length::month;
    if (after == period.first.plus_months(3) && period.first.month() % 3 == 1) return Length::quarter;
    if (after == period.first.plus_months(12) && period.first.month() == 1) return Length::year;
    return Length::other;
}

std::string quarter_of(Date first) {
    return std::to_string((first.month() + 2) / 3);
}

// Steps of one name in one model, added up over claims.
struct StepSum {
    values::Status status = values::Status::verified;
    std::string model, name, source;
    Cents basis, taken, own;
};

class Telling {
public:
    Telling(const Statement& statement, const Texts& texts) : statement_(statement), texts_(texts) {}

    Document document() const {
        Document document;
        document.title = title();
        document.author = say("statement_about_igo", {{"igo", statement_.igo.digits()}});
        document.about = {
            say("statement_about_participant", {{"participant", statement_.participant.digits()}}),
            document.author,
            say("statement_about_period",
                {{"period", texts_.period(statement_.period)}, {"day", texts_.day(statement_.as_of)}})};
        document.bands = bands();
        document.made = statement_.as_of;
        document.sections = {summary(),     claims(),   steps(), lines(),
                             corrections(), payments(), late(),  rests()};
        return document;
    }

private:
    std::string say(std::string_view code, const base::Params& params = {}) const {
        return texts_.sentence(code, params);
    }

    std::string title() const {
        const Date first = statement_.period.first;
        const std::string year = std::to_string(first.year());
        switch (length_of(statement_.period)) {
            case Length::month:
                return say("statement_title_month",
                           {{"month", say("statement_month_" + base::zero_padded(first.month(), 2))},
                            {"year", year}});
            case Length::quarter:
                return say("statement_title_quarter", {{"quarter", quarter_of(first)}, {"year", year}});
            case Length::year: return say("statement_title_year", {{"year", year}});
            case Length::other: break;
        }
        return say("statement_title");
    }

    std::vector<std::string> bands() const {
        std::vector<std::string> bands;
        if (statement_.open_from)
            bands.push_back(say("statement_band_open", {{"day", texts_.day(*statement_.open_from)}}));
        const Reliance& rests = statement_.reliance;
        const std::int64_t weak = rests.example + rests.provisional;
        if (weak > 0) {
            bands.push_back(
                say("statement_band_reliance", {{"weak", texts_.number(weak)},
                                                {"all", texts_.number(weak + rests.verified)},
                                                {"example", texts_.number(rests.example)},
                                                {"provisional", texts_.number(rests.provisional)}}));
        }
        return bands;
    }

    // ---- Page one ----

    Section summary() const {
        Section section{"", say("statement_sheet_summary"), false, {}};
        section.blocks.push_back(headline());
        section.blocks.push_back(fall());
        const Position& closing = statement_.closing;
        if (!closing.advanced.is_zero() || !closing.in_transit.is_zero()) {
            section.blocks.push_back(
                Paragraph{say("statement_closing_parts", {{"coming", texts_.amount(closing.coming)},
                                                          {"in_transit", texts_.amount(closing.in_transit)},
                                                          {"advanced", texts_.amount(closing.advanced)}})});
        }
        add_value(section);
        if (!statement_.divided.empty()) add_steps(section);
        if (!statement_.late.empty()) section.blocks.push_back(late_note());
        return section;
    }

    Headline headline() const {
        const Cents closing = statement_.closing.total();
        const char* label = closing.is_zero()       ? "statement_headline_even"
                            : closing.is_negative() ? "statement_headline_owes"
                                                    : "statement_headline_owed";
        return {say(label), closing.is_negative() ? -closing : closing};
    }

    Waterfall fall() const {
        const auto balance = [&](const char* code, Date day, Cents amount) {
            return Waterfall::Bar{say(code, {{"day", texts_.day(day)}}), amount, true};
        };
        Waterfall fall{say("statement_fall"), {}};
        fall.bars.push_back(
            balance("statement_opening", statement_.period.first, statement_.opening.total()));
        fall.bars.push_back({say("statement_divided"), total(statement_.divided), false});
        fall.bars.push_back({say("statement_corrected"), total(statement_.corrections), false});
        std::map<ledger::EventKind, Cents> kinds;
        for (const Payment& payment : statement_.payments) kinds[payment.kind] += payment.change.total();
        for (const auto& [kind, amount] : kinds) {
            if (!amount.is_zero()) fall.bars.push_back({title_of(kind), amount, false});
        }
        fall.bars.push_back(balance("statement_closing", statement_.period.last, statement_.closing.total()));
        return fall;
    }

    static std::string title_of(ledger::EventKind kind) {
        std::string title(ledger::row_of(kind).title);
        if (!title.empty() && title[0] >= 'a' && title[0] <= 'z')
            title[0] = static_cast<char>(title[0] - 'a' + 'A');
        return title;
    }

    static Cents total(const std::vector<PotShare>& shares) {
        Cents total;
        for (const PotShare& share : shares) total += share.change();
        return total;
    }

    void add_value(Section& section) const {
        Cents value;
        Cents share;
        for (const PotShare& each : statement_.divided) {
            if (!each.reasoning) continue;
            value += each.reasoning->value;
            share += each.after;
        }
        if (!statement_.divided.empty()) {
            const Cents more = share - value;
            const char* code = more.is_zero()       ? "statement_value_same"
                               : more.is_negative() ? "statement_value_less"
                                                    : "statement_value_more";
            section.blocks.push_back(Paragraph{
                more.is_zero()
                    ? say(code)
                    : say(code, {{"difference", texts_.amount(more.is_negative() ? -more : more)}})});
        }
        section.blocks.push_back(value_table(value, share));
    }

    std::string performance_of(const PotShare& share) const {
        return share.performance_name.empty() ? share.performance
                                              : share.performance + " " + share.performance_name;
    }

    std::string phases_of(values::PhaseSet phases) const {
        static constexpr const char* codes[] = {"statement_phase_prenatal", "statement_phase_natal",
                                                "statement_phase_postnatal"};
        std::string text;
        for (const values::PhaseKind phase : values::all_phases) {
            if (!phases.contains(phase)) continue;
            text += (text.empty() ? "" : ", ") + say(codes[static_cast<std::size_t>(phase)]);
        }
        return text;
    }

    Table value_table(Cents value, Cents share) const {
        struct Sum {
            std::int64_t claims = 0;
            Cents value, share;
        };
        std::map<std::pair<std::string, std::string>, Sum> sums;
        Sum unknown;
        std::int64_t claims = 0;
        for (const PotShare& each : statement_.divided) {
            Sum& sum = each.reasoning ? sums[{performance_of(each), phases_of(each.phases)}] : unknown;
            sum.claims += static_cast<std::int64_t>(each.claims);
            claims += static_cast<std::int64_t>(each.claims);
            sum.share += each.after;
            if (each.reasoning) sum.value += each.reasoning->value;
        }
        Table table{say("statement_value_table"),
                    {text("performance"), text("phases"), count("claims"), amount("value"), amount("share"),
                     amount("difference")},
                    {},
                    say("statement_value_empty")};
        for (const auto& [key, sum] : sums)
            table.rows.push_back(
                {{key.first, key.second, sum.claims, sum.value, sum.share, sum.share - sum.value}});
        if (unknown.claims > 0 || !unknown.share.is_zero())
            table.rows.push_back(
                {{say("statement_step_unknown"), {}, unknown.claims, {}, unknown.share, {}}});
        if (table.rows.size() > 1) {
            table.rows.push_back(
                {{say("statement_total"), {}, claims, value, share + unknown.share, share - value}, true});
        }
        return table;
    }

    // In the order in which they were first taken.
    std::vector<StepSum> step_sums() const {
        std::vector<StepSum> sums;
        for (const auto* shares : {&statement_.divided, &statement_.corrections}) {
            for (const PotShare& share : *shares) {
                if (share.reasoning) add_steps_of(share, shares == &statement_.divided, sums);
            }
        }
        return sums;
    }

    static void add_steps_of(const PotShare& share, bool counts, std::vector<StepSum>& sums) {
        for (const OwnStep& step : share.reasoning->steps) {
            auto found = std::find_if(sums.begin(), sums.end(), [&](const StepSum& sum) {
                return sum.model == share.model && sum.name == step.name && sum.source == step.source;
            });
            if (found == sums.end())
                found =
                    sums.insert(sums.end(), {step.status, share.model, step.name, step.source, {}, {}, {}});
            found->status = values::weakest(found->status, step.status);
            if (!counts) continue;
            found->basis += step.basis;
            found->taken += step.taken;
            found->own += step.own;
        }
    }

    void add_steps(Section& section) const {
        Table table{say("statement_step_table"),
                    {text("step"), text("status"), amount("basis"), amount("taken"), amount("share")},
                    {},
                    ""};
        Cents pot, undivided, others, unknown;
        std::int64_t rounding = 0;
        std::int64_t steps = 0;
        for (const PotShare& share : statement_.divided) {
            if (!share.reasoning) {
                unknown += share.after;
                continue;
            }
            pot += share.reasoning->pot;
            undivided += share.reasoning->undivided;
            others += share.reasoning->others;
            for (const OwnStep& step : share.reasoning->steps) {
                rounding += step.rounding;
                if (!step.own.is_zero()) ++steps;
            }
        }
        table.rows.push_back({{say("statement_step_pot"), {}, pot, {}, {}}});
        for (const StepSum& sum : step_sums()) {
            if (sum.basis.is_zero() && sum.taken.is_zero()) continue;
            table.rows.push_back({{sum.name, status(sum.status), sum.basis, sum.taken, sum.own}});
        }
        if (!undivided.is_zero())
            table.rows.push_back({{say("statement_step_undivided"), {}, {}, undivided, {}}});
        if (!unknown.is_zero()) table.rows.push_back({{say("statement_step_unknown"), {}, {}, {}, unknown}});
        table.rows.push_back({{say("statement_step_others"), {}, {}, others, {}}});
        table.rows.push_back({{say("statement_step_share"), {}, {}, {}, total(statement_.divided)}, true});
        section.blocks.push_back(std::move(table));
        const auto size =
            Cents::of((rounding < 0 ? -rounding : rounding) / 10'000);  // of a hundredth of a cent
        section.blocks.push_back(Paragraph{
            say(size.is_zero() ? "statement_rounding_none"
                : rounding < 0 ? "statement_rounding_less"
                               : "statement_rounding_more",
                {{"steps", texts_.count("statement_rounding_steps", steps)}, {"cents", size.euros()}})});
    }

    Paragraph late_note() const {
        Cents lost;
        for (const LateLine& line : statement_.late) lost += line.amount;
        const auto lines = static_cast<std::int64_t>(statement_.late.size());
        return {say("statement_late_note", {{"lines", texts_.count("statement_late_lines", lines)},
                                            {"amount", texts_.amount(lost)}})};
    }

    // ---- Details ----

    Column text(const char* head) const {
        return {say("statement_head_" + std::string(head)), Column::Kind::text};
    }
    Column amount(const char* head) const {
        return {say("statement_head_" + std::string(head)), Column::Kind::amount};
    }
    Column date(const char* head) const {
        return {say("statement_head_" + std::string(head)), Column::Kind::date};
    }
    Column count(const char* head) const {
        return {say("statement_head_" + std::string(head)), Column::Kind::count};
    }
    std::string status(values::Status status) const {
        static constexpr const char* codes[] = {"status_verified", "status_example", "status_provisional"};
        return say(codes[static_cast<std::size_t>(status)]);
    }

    // A section of one table; `note` may be empty.
    Section detail(const char* name, bool new_page, std::vector<Column> columns, std::vector<Row> rows,
                   const char* note = "") const {
        const std::string code = name;
        Section section{say("statement_" + code), say("statement_sheet_" + code), new_page, {}};
        if (*note != '\0' && !rows.empty()) section.blocks.push_back(Paragraph{say(note)});
        section.blocks.push_back(
            Table{"", std::move(columns), std::move(rows), say("statement_" + code + "_empty")});
        return section;
    }

    Section claims() const {
        std::vector<Row> rows;
        Cents pot, reserve, others, share, value;
        for (const PotShare& each : statement_.divided) {
            Row row{{each.pot,
                     each.performance,
                     each.care.first,
                     each.care.last,
                     each.booked,
                     {},
                     {},
                     {},
                     each.after,
                     {}}};
            share += each.after;
            if (each.reasoning) {
                const Reasoning& why = *each.reasoning;
                row.cells[5] = why.pot;
                row.cells[6] = why.reserve + why.covered + why.undivided;
                row.cells[7] = why.others;
                row.cells[9] = why.value;
                pot += why.pot;
                reserve += why.reserve + why.covered + why.undivided;
                others += why.others;
                value += why.value;
            }
            rows.push_back(std::move(row));
        }
        if (!rows.empty())
            rows.push_back(
                {{say("statement_total"), {}, {}, {}, {}, pot, reserve, others, share, value}, true});
        return detail("claims", true,
                      {text("claim"), text("performance"), date("first"), date("last"), date("booked"),
                       amount("pot"), amount("reserve"), amount("others"), amount("share"), amount("value")},
                      std::move(rows), "statement_claims_note");
    }

    Section steps() const {
        std::vector<Row> rows;
        for (const PotShare& each : statement_.divided) {
            if (!each.reasoning) continue;
            for (const OwnStep& step : each.reasoning->steps) {
                rows.push_back(
                    {{each.pot, step.name, status(step.status), step.basis, step.taken, step.own}});
            }
        }
        return detail(
            "steps", false,
            {text("claim"), text("step"), text("status"), amount("basis"), amount("taken"), amount("share")},
            std::move(rows));
    }

    Section lines() const {
        std::vector<Row> rows;
        Cents value;
        for (const PotShare& each : statement_.divided) {
            if (!each.reasoning) continue;
            for (const OwnLine& line : each.reasoning->lines) {
                rows.push_back(
                    {{line.line.reference.str(), each.pot, line.care.first, line.care.last, line.value}});
                value += line.value;
            }
        }
        if (!rows.empty()) rows.push_back({{say("statement_total"), {}, {}, {}, value}, true});
        return detail("lines", false,
                      {text("line"), text("claim"), date("first"), date("last"), amount("declared")},
                      std::move(rows), "statement_lines_note");
    }

    Section corrections() const {
        std::vector<Row> rows;
        for (const PotShare& each : statement_.corrections) {
            rows.push_back({{each.pot, each.performance, each.care.first, each.care.last,
                             each.earlier->booked, number(each.earlier->entry), each.booked,
                             number(each.entry), each.before, each.after, each.change()}});
        }
        if (!rows.empty()) {
            rows.push_back(
                {{say("statement_total"), {}, {}, {}, {}, {}, {}, {}, {}, {}, total(statement_.corrections)},
                 true});
        }
        return detail("corrections", false,
                      {text("claim"), text("performance"), date("first"), date("last"),
                       date("earlier_booked"), count("earlier_entry"), date("booked"), count("entry"),
                       amount("before"), amount("after"), amount("difference")},
                      std::move(rows), "statement_corrections_note");
    }

    static std::int64_t number(std::uint64_t entry) { return static_cast<std::int64_t>(entry); }

    Section payments() const {
        std::vector<Row> rows;
        Position sum;
        for (const Payment& each : statement_.payments) {
            const Position& change = each.change;
            rows.push_back({{each.booked, title_of(each.kind), number(each.entry), change.coming,
                             change.advanced, change.in_transit, change.total()}});
            sum.coming += change.coming;
            sum.advanced += change.advanced;
            sum.in_transit += change.in_transit;
        }
        if (!rows.empty()) {
            rows.push_back(
                {{{}, say("statement_total"), {}, sum.coming, sum.advanced, sum.in_transit, sum.total()},
                 true});
        }
        return detail("payments", false,
                      {date("booked"), text("what"), count("entry"), amount("coming"), amount("advanced"),
                       amount("in_transit"), amount("balance")},
                      std::move(rows));
    }

    Section late() const {
        std::vector<Row> rows;
        for (const LateLine& each : statement_.late)
            rows.push_back({{each.line.reference.str(), each.latest_submit_day, each.amount}});
        return detail("late", false, {text("line"), date("day"), amount("amount")}, std::move(rows));
    }

    Section rests() const {
        std::vector<Row> rows;
        for (const StepSum& sum : step_sums())
            rows.push_back({{sum.model, sum.name, sum.source, status(sum.status)}});
        return detail("rests", false, {text("model"), text("step"), text("source"), text("status")},
                      std::move(rows), "statement_rests_note");
    }

    const Statement& statement_;
    const Texts& texts_;
};

}  // namespace

Document statement_document(const Statement& statement, const Texts& texts) {
    return Telling(statement, texts).document();
}

std::string period_name(const Period& period) {
    const std::string first = period.first.iso();
    switch (length_of(period)) {
        case Length::month: return first.substr(0, 7);
        case Length::quarter: return first.substr(0, 5) + "K" + quarter_of(period.first);
        case Length::year: return first.substr(0, 4);
        case Length::other: break;
    }
    return first + "_" + period.last.iso();
}

}  // namespace bundel::engine
