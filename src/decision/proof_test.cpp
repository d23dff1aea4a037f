// Proofs: gaps, overlaps and dead rules that were put in are all found, nothing is found in what is complete,
// and small tables agree with brute force over all their inputs.
#include "decision/proof.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <set>

#include "decision/testing.h"

namespace bundel::decision {
namespace {

using testing::Rows;
using testing::Variable;
using Problem = ProofProblem::Kind;

Proof prove_last(const Model& model, Reach reach = Reach::graph) {
    const auto last = static_cast<std::uint32_t>(model.decisions().size() - 1);
    const auto proof = prove(model, last, reach);
    EXPECT_TRUE(proof.ok()) << (proof.ok() ? "" : proof.error().code);
    return proof.ok() ? *proof : Proof{};
}

bool found(const Proof& proof, Problem kind, std::uint32_t rule, std::uint32_t other = 0) {
    return std::ranges::any_of(proof.problems, [&](const ProofProblem& problem) {
        return problem.kind == kind && problem.rule == rule && problem.other == other;
    });
}

std::string text_of(const ProofProblem& problem) {
    std::string text;
    for (const auto& [name, value] : problem.example)
        text += (text.empty() ? "" : ", ") + name + "=" + value.format();
    return text;
}

// ---- single tables, by hand ----

TEST(Proof, BothSidesOfEveryBorder) {
    struct Row {
        const char* name;
        Variable variable;
        std::vector<const char*> cells;
        std::vector<const char*> gaps;  // examples; an overlap is "+"
    };
    const Row rows[] = {
        {"numbers meet", {"x", "number", "[0..10]"}, {"< 5", ">= 5"}, {}},
        {"the border itself is missing", {"x", "number", "[0..10]"}, {"< 5", "> 5"}, {"x=5"}},
        {"the border is in both", {"x", "number", "[0..10]"}, {"<= 5", ">= 5"}, {"+"}},
        {"between two whole numbers lie others", {"x", "number", "[0..10]"}, {"<= 5", ">= 6"}, {"x=5.5"}},
        {"not when only whole ones are allowed",
         {"x", "number", "? in [0..10] and floor(?) = ?"},
         {"<= 5", ">= 6"},
         {}},
        {"days step by one",
         {"x", "date", "[@\"2024-01-01\"..@\"2024-12-31\"]"},
         {"<= @\"2024-05-31\"", ">= @\"2024-06-01\""},
         {}},
        {"a day is missing",
         {"x", "date", "[@\"2024-01-01\"..@\"2024-12-31\"]"},
         {"< @\"2024-05-31\"", ">= @\"2024-06-01\""},
         {"x=date(\"2024-05-31\")"}},
        {"the ends of the domain", {"x", "number", "[0..10]"}, {"(0..10)"}, {"x=0"}},
        {"a boolean", {"x", "boolean", ""}, {"true"}, {"x=false"}},
        {"a word", {"x", "string", "\"a\", \"b\", \"c\""}, {"\"a\"", "\"c\""}, {"x=\"b\""}},
        {"not", {"x", "string", "\"a\", \"b\", \"c\""}, {"\"a\"", "not(\"a\")"}, {}},
        {"null when it is allowed", {"x", "number", "null, [0..10]"}, {"[0..10]"}, {"x=null"}},
        {"null that is not", {"x", "number", "[0..10]"}, {"[0..10]"}, {}},
        {"all", {"x", "number", "[0..10]"}, {"-"}, {}},
    };
    for (const Row& row : rows) {
        SCOPED_TRACE(row.name);
        Rows table{"d", "UNIQUE", {"x"}, {}};
        for (const char* cell : row.cells) table.rows.push_back({cell, "1"});
        const Proof proof = prove_last(testing::load(testing::model({row.variable}, {table})));
        std::vector<std::string> got;
        for (const auto& problem : proof.problems)
            got.push_back(problem.kind == Problem::overlap ? "+" : text_of(problem));
        std::ranges::sort(got);
        EXPECT_EQ(got, std::vector<std::string>(row.gaps.begin(), row.gaps.end()));
    }
}

TEST(Proof, WhatCannotBeProvedIsRefusedByCell) {
    const auto code = [](const std::vector<Variable>& variables, const Rows& table) {
        const Model model = testing::load(testing::model(variables, {table}));
        const auto proof = prove(model, 0, Reach::graph);
        if (proof.ok()) return std::string("ok");
        std::string cell;
        for (const auto& [name, value] : proof.error().params) cell = name == "cell" ? value : cell;
        return proof.error().code + " " + cell;
    };
    const std::vector<Variable> x{{"x", "number", "[0..9]"}};
    EXPECT_EQ(code(x, {"d", "UNIQUE", {"x"}, {{"-", "1"}}}), "ok");
    EXPECT_EQ(code(x, {"d", "FIRST", {"x"}, {{"-", "1"}}}), "proof_hit_policy 0:0");
    EXPECT_EQ(code(x, {"d", "UNIQUE", {"x"}, {{"-", "1"}, {"? > 1", "1"}}}), "proof_test 2:1");
    EXPECT_EQ(code(x, {"d", "UNIQUE", {"x"}, {{"-", "x + 1"}}}), "proof_output 1:2");
    EXPECT_EQ(code({{"x", "number", ""}}, {"d", "UNIQUE", {"x"}, {{"-", "1"}}}), "proof_domain 0:1");
    // Allowed values whose borders cannot be read.
    EXPECT_EQ(code({{"x", "number", "? * 2 < 7"}}, {"d", "UNIQUE", {"x"}, {{"-", "1"}}}), "proof_domain 0:1");
    EXPECT_EQ(code({{"x", "number", "? >= 0 and ? < 7"}}, {"d", "UNIQUE", {"x"}, {{"-", "1"}}}), "ok");
}

// ---- tables over tables ----

// a decides "low", "high" (and never "odd"); b rests on a and on x itself.
Model graph(const std::vector<std::vector<std::string>>& b_rows,
            const std::vector<std::vector<std::string>>& a_rows) {
    return testing::load(
        testing::model({{"x", "number", "[0..100]"}, {"y", "boolean", ""}},
                       {{"a", "UNIQUE", {"x"}, a_rows}, {"b", "UNIQUE", {"!a", "x", "y"}, b_rows}}));
}

const std::vector<std::vector<std::string>> a_complete = {{"< 50", "\"low\""}, {">= 50", "\"high\""}};

TEST(Proof, AGraphIsJudgedByWhatItsTablesProduce) {
    const Proof complete = prove_last(
        graph({{"\"low\"", "-", "-", "1"}, {"\"high\"", "-", "true", "2"}, {"\"high\"", "-", "false", "3"}},
              a_complete));
    EXPECT_TRUE(complete.holds());

    // Nothing upstream says "odd"; and where a says "high", x is not below 50.
    const Proof dead = prove_last(graph({{"\"low\"", "-", "-", "1"},
                                         {"\"high\"", ">= 50", "-", "2"},
                                         {"\"high\"", "< 50", "-", "3"},
                                         {"\"odd\"", "-", "-", "4"}},
                                        a_complete));
    EXPECT_EQ(dead.problems.size(), 2U);
    EXPECT_TRUE(found(dead, Problem::dead_rule, 2));
    EXPECT_TRUE(found(dead, Problem::dead_rule, 3));

    // An overlap of the cells that no input meets is none; an overlap that one meets has the example.
    const Proof apart =
        prove_last(graph({{"\"low\"", "< 50", "-", "1"}, {"\"high\"", "-", "-", "2"}}, a_complete));
    EXPECT_TRUE(apart.holds());
    const Proof overlap = prove_last(graph({{"\"low\"", "-", "-", "1"},
                                            {"-", ">= 60", "-", "2"},
                                            {"\"high\"", "-", "true", "3"},
                                            {"\"high\"", "< 60", "false", "4"}},
                                           a_complete));
    ASSERT_EQ(overlap.problems.size(), 1U);
    EXPECT_TRUE(found(overlap, Problem::overlap, 1, 2));
    EXPECT_EQ(text_of(overlap.problems[0]), "x=60, y=true");

    // A gap upstream is told of the table upstream, once.
    const Proof upstream =
        prove_last(graph({{"-", "-", "-", "1"}}, {{"< 50", "\"low\""}, {"> 50", "\"high\""}}));
    ASSERT_EQ(upstream.problems.size(), 1U);
    EXPECT_EQ(upstream.problems[0].decision, 0U);
    EXPECT_EQ(text_of(upstream.problems[0]), "x=50");
}

// Eight tables of nine rules each below one: 9^8 combinations of rules, and few of outcomes.
TEST(Proof, RulesThatLeadToTheSameAreFollowedOnce) {
    std::vector<Variable> variables;
    std::vector<Rows> tables;
    Rows last{"z", "UNIQUE", {}, {{}}};
    for (int t = 0; t < 8; ++t) {
        const std::string name = "t" + std::to_string(t);
        variables.push_back({"x" + std::to_string(t), "number", "[0..90)"});
        Rows table{name, "UNIQUE", {variables.back().name}, {}};
        for (int i = 0; i < 9; ++i) {
            const std::string from = std::to_string(10 * i);
            table.rows.push_back(
                {"[" + from + ".." + std::to_string(10 * i + 10) + ")", i % 3 == 0 ? "\"a\"" : "\"b\""});
        }
        tables.push_back(table);
        last.columns.push_back("!" + name);
        last.rows[0].push_back("-");
    }
    last.rows.push_back(last.rows[0]);
    last.rows[0][7] = "\"a\"";
    last.rows[1][7] = "\"b\"";
    last.rows[0].push_back("1");
    last.rows[1].push_back("2");
    tables.push_back(last);
    const Proof proof = prove_last(testing::load(testing::model(variables, tables)));
    EXPECT_TRUE(proof.holds());
    EXPECT_LT(proof.regions, 10'000U);
}

// An entry of an input, a table with two outputs, and a default that closes what the rules leave open.
Model people(const std::string& otherwise, const std::string& last_cell) {
    const auto cells = [](std::initializer_list<std::string> in, std::initializer_list<std::string> out) {
        std::string text = "<rule>";
        for (const auto& one : in)
            text += "<inputEntry><text>" + testing::xml_escaped(one) + "</text></inputEntry>";
        for (const auto& one : out) text += "<outputEntry><text>" + one + "</text></outputEntry>";
        return text + "</rule>";
    };
    const std::string default_entry =
        otherwise.empty() ? "" : "<defaultOutputEntry><text>" + otherwise + "</text></defaultOutputEntry>";
    const auto column = [](const std::string& text) {
        return "<input><inputExpression><text>" + text + "</text></inputExpression></input>";
    };
    return testing::load(testing::definitions(
        "<itemDefinition name=\"person\"><itemComponent "
        "name=\"age\"><typeRef>number</typeRef><allowedValues><text>"
        "[0..120]</text></allowedValues></itemComponent></itemDefinition>"
        "<inputData id=\"p\" name=\"p\"><variable name=\"p\" typeRef=\"person\"/></inputData>"
        "<decision id=\"a\" name=\"a\"><informationRequirement><requiredInput "
        "href=\"#p\"/></informationRequirement>"
        "<decisionTable>" +
        column("p.age") + "<output name=\"group\">" + default_entry + "</output><output name=\"fee\">" +
        default_entry + "</output>" + cells({"< 18"}, {"\"child\"", "\"low\""}) +
        cells({"> 65"}, {"\"old\"", "\"low\""}) +
        "</decisionTable></decision>"
        "<decision id=\"b\" name=\"b\"><informationRequirement><requiredDecision "
        "href=\"#a\"/></informationRequirement>"
        "<decisionTable>" +
        column("a.group") + column("a.fee") + "<output/>" + cells({"\"child\", \"old\"", "\"low\""}, {"1"}) +
        cells({last_cell, "-"}, {"2"}) + "</decisionTable></decision>"));
}

TEST(Proof, EntriesOutputsAndDefaults) {
    const Proof open = prove_last(people("", "\"none\""));
    ASSERT_EQ(open.problems.size(), 2U);
    EXPECT_EQ(text_of(open.problems[0]), "p.age=18");
    EXPECT_TRUE(found(open, Problem::dead_rule, 1));  // nothing upstream says "none"
    EXPECT_TRUE(prove_last(people("\"none\"", "\"none\"")).holds());
    const Proof gap = prove_last(people("\"other\"", "\"none\""));
    EXPECT_TRUE(found(gap, Problem::dead_rule, 1));
    ASSERT_EQ(gap.problems.size(), 2U);
    EXPECT_EQ(gap.problems[0].decision, 1U);
    EXPECT_EQ(text_of(gap.problems[0]), "p.age=18");
    const Proof overlap = prove_last(people("\"none\"", "not(\"old\")"));
    ASSERT_EQ(overlap.problems.size(), 1U);
    EXPECT_TRUE(found(overlap, Problem::overlap, 0, 1));
    EXPECT_EQ(text_of(overlap.problems[0]), "p.age=0");
}

// ---- seeded faults ----

struct Cut {
    std::vector<Variable> variables;
    Rows table;
};

// A complete table without overlaps: the domains are split again and again, each part a rule.
Cut any_complete(std::uint64_t seed) {
    std::mt19937_64 chance(seed);
    const auto below = [&](std::size_t n) { return static_cast<std::size_t>(chance() % n); };
    struct Part {
        std::vector<std::pair<int, int>> spans;  // per column [first, last] of 0..7
    };
    const std::size_t columns = 2 + below(4);
    Cut cut;
    cut.table = {"d", "UNIQUE", {}, {}};
    for (std::size_t c = 0; c < columns; ++c) {
        const std::string name = "v" + std::to_string(c);
        cut.table.columns.push_back(name);
        if (c % 2 == 0) {
            cut.variables.push_back({name, "number", "[0..8)"});
        } else {
            cut.variables.push_back(
                {name, "string", "\"s0\", \"s1\", \"s2\", \"s3\", \"s4\", \"s5\", \"s6\", \"s7\""});
        }
    }
    std::vector<Part> parts{{std::vector<std::pair<int, int>>(columns, {0, 7})}};
    for (std::size_t i = 0; i < 6 + below(30); ++i) {
        Part& part = parts[below(parts.size())];
        const std::size_t c = below(columns);
        const auto [first, last] = part.spans[c];
        if (first == last) continue;
        const int at = first + static_cast<int>(below(static_cast<std::size_t>(last - first)));
        Part right = part;
        part.spans[c].second = at;
        right.spans[c].first = at + 1;
        parts.push_back(std::move(right));
    }
    for (const Part& part : parts) {
        std::vector<std::string> row;
        for (std::size_t c = 0; c < columns; ++c) {
            const auto [first, last] = part.spans[c];
            if (first == 0 && last == 7) {
                row.push_back("-");
            } else if (c % 2 == 0) {
                row.push_back("[" + std::to_string(first) + ".." + std::to_string(last + 1) + ")");
            } else {
                std::string words;
                for (int w = first; w <= last; ++w)
                    words += (words.empty() ? "\"s" : ", \"s") + std::to_string(w) + "\"";
                row.push_back(words);
            }
        }
        row.push_back(std::to_string(cut.table.rows.size()));
        cut.table.rows.push_back(std::move(row));
    }
    return cut;
}

// The example of a problem is what it says: that many rules of the table match it.
void expect_matches(const Model& model, const ProofProblem& problem, std::size_t wanted) {
    std::vector<Value> inputs(model.inputs().size());
    for (const auto& [name, value] : problem.example) inputs[*model.input(name)] = value;
    Trail trail;
    const auto value = model.evaluate(problem.decision, inputs, &trail);
    ASSERT_TRUE(value.ok());
    ASSERT_FALSE(trail.entries.empty());
    const std::size_t matched = trail.entries.back().rule_count;
    EXPECT_TRUE(wanted == 0 ? matched == 0 : matched >= wanted) << text_of(problem);
}

TEST(Proof, SeededFaultsAreFound) {
    for (std::uint64_t seed = 1; seed <= 120; ++seed) {
        SCOPED_TRACE(::testing::Message() << "seed " << seed);
        Cut cut = any_complete(seed);
        EXPECT_TRUE(prove_last(testing::load(testing::model(cut.variables, {cut.table}))).holds());
        auto& rows = cut.table.rows;
        const std::size_t rule = static_cast<std::size_t>(seed) % rows.size();
        if (rows.size() < 2) continue;

        Cut gap = cut;  // a rule is taken out
        gap.table.rows.erase(gap.table.rows.begin() + static_cast<std::ptrdiff_t>(rule));
        const Model with_gap = testing::load(testing::model(gap.variables, {gap.table}));
        const Proof gaps = prove_last(with_gap);
        ASSERT_FALSE(gaps.holds());
        for (const auto& problem : gaps.problems) {
            EXPECT_EQ(problem.kind, Problem::gap);
            expect_matches(with_gap, problem, 0);
        }

        Cut twice = cut;  // a rule is there twice
        twice.table.rows.push_back(rows[rule]);
        const Model with_twice = testing::load(testing::model(twice.variables, {twice.table}));
        const Proof overlaps = prove_last(with_twice);
        ASSERT_EQ(overlaps.problems.size(), 1U);
        EXPECT_TRUE(found(overlaps, Problem::overlap, static_cast<std::uint32_t>(rule),
                          static_cast<std::uint32_t>(rows.size())));
        expect_matches(with_twice, overlaps.problems[0], 2);

        Cut wide = cut;  // a cell is widened
        auto& cells = wide.table.rows[rule];
        const auto cell =
            std::find_if(cells.begin(), cells.end() - 1, [](const auto& text) { return text != "-"; });
        *cell = "-";
        const Model with_wide = testing::load(testing::model(wide.variables, {wide.table}));
        const Proof widened = prove_last(with_wide);
        EXPECT_FALSE(widened.holds());
        for (const auto& problem : widened.problems) {
            EXPECT_EQ(problem.kind, Problem::overlap);
            expect_matches(with_wide, problem, 2);
        }

        Cut dead = cut;  // a rule outside the domain
        dead.table.rows.insert(dead.table.rows.begin() + static_cast<std::ptrdiff_t>(rule), rows[rule]);
        dead.table.rows[rule][0] = ">= 8";
        const Proof deads = prove_last(testing::load(testing::model(dead.variables, {dead.table})));
        ASSERT_EQ(deads.problems.size(), 1U);
        EXPECT_TRUE(found(deads, Problem::dead_rule, static_cast<std::uint32_t>(rule)));
    }
}

// ---- brute force ----

// Random tables, mostly broken, over two inputs and a table in between; every input tried.
TEST(Proof, AgreesWithBruteForce) {
    const char* numbers[] = {"-", "< 2", ">= 2", "1", "[1..3)", "(1..3]", "not(2)", "> 3", "0, 3"};
    const char* words[] = {"-", "\"p\"", "\"q\"", "not(\"p\")", "\"p\", \"r\""};
    const char* samples[] = {"0", "0.5", "1", "1.5", "2", "2.5", "3", "3.5", "4"};
    for (std::uint64_t seed = 1; seed <= 300; ++seed) {
        SCOPED_TRACE(::testing::Message() << "seed " << seed);
        std::mt19937_64 chance(seed);
        const auto pick = [&](const auto& from) { return std::string(from[chance() % std::size(from)]); };
        Rows a{"a", "UNIQUE", {"x", "w"}, {}};
        Rows b{"b", "UNIQUE", {"!a", "x"}, {}};
        for (std::size_t i = 0; i < 1 + chance() % 4; ++i)
            a.rows.push_back({pick(numbers), pick(words), "\"" + std::string(1, "pqr"[chance() % 3]) + "\""});
        for (std::size_t i = 0; i < 1 + chance() % 4; ++i)
            b.rows.push_back({pick(words), pick(numbers), std::to_string(i)});
        const Model model = testing::load(
            testing::model({{"x", "number", "[0..4]"}, {"w", "string", "\"p\", \"q\", \"r\""}}, {a, b}));
        std::set<std::pair<std::uint32_t, std::uint32_t>> live;
        std::set<std::tuple<std::uint32_t, std::uint32_t, std::uint32_t>> overlaps;
        std::set<std::uint32_t> gaps;
        for (const char* x : samples) {
            for (const char* w : {"\"p\"", "\"q\"", "\"r\""}) {
                const std::vector<Value> inputs{testing::value(x), testing::value(w)};
                Trail trail;
                ASSERT_TRUE(model.evaluate(1, inputs, &trail).ok());
                ASSERT_EQ(trail.entries.size(), 2U);
                // Each rule upstream leads on, also where two match (a U table then has no value to go on
                // with).
                for (const std::uint32_t i : trail.rules_of(trail.entries[0])) {
                    live.insert({0, i});
                    for (const std::uint32_t j : trail.rules_of(trail.entries[0])) {
                        if (i < j) overlaps.insert({0, i, j});
                    }
                }
                if (trail.entries[0].rule_count == 0) gaps.insert(0);
                if (trail.entries[0].rule_count != 1) continue;
                for (const std::uint32_t i : trail.rules_of(trail.entries[1])) {
                    live.insert({1, i});
                    for (const std::uint32_t j : trail.rules_of(trail.entries[1])) {
                        if (i < j) overlaps.insert({1, i, j});
                    }
                }
                if (trail.entries[1].rule_count == 0) gaps.insert(1);
            }
        }
        const Proof proof = prove_last(model);
        const bool upstream_is_clean =
            std::ranges::none_of(overlaps, [](const auto& one) { return std::get<0>(one) == 0; });
        std::set<std::pair<std::uint32_t, std::uint32_t>> dead;
        std::set<std::tuple<std::uint32_t, std::uint32_t, std::uint32_t>> proved_overlaps;
        std::set<std::uint32_t> proved_gaps;
        for (const auto& problem : proof.problems) {
            if (problem.kind == Problem::gap) proved_gaps.insert(problem.decision);
            if (problem.kind == Problem::overlap)
                proved_overlaps.insert({problem.decision, problem.rule, problem.other});
            if (problem.kind == Problem::dead_rule) dead.insert({problem.decision, problem.rule});
        }
        const auto of = [](auto all, std::uint32_t last) {
            std::erase_if(all, [&](const auto& one) { return std::get<0>(one) > last; });
            return all;
        };
        // Below a table that answers twice, b is judged for both answers: compared only when a is clean.
        const std::uint32_t last = upstream_is_clean ? 1 : 0;
        EXPECT_EQ(of(proved_overlaps, last), of(overlaps, last));
        std::set<std::pair<std::uint32_t, std::uint32_t>> brute_dead;
        for (std::uint32_t d = 0; d <= 1; ++d) {
            for (std::uint32_t i = 0; i < model.table(d).rules.size(); ++i) {
                if (!live.contains({d, i})) brute_dead.insert({d, i});
            }
        }
        EXPECT_EQ(of(dead, last), of(brute_dead, last));
        std::erase_if(gaps, [&](std::uint32_t d) { return d > last; });
        std::erase_if(proved_gaps, [&](std::uint32_t d) { return d > last; });
        EXPECT_EQ(proved_gaps, gaps);
    }
}

}  // namespace
}  // namespace bundel::decision
