#include "rulebook/transition_file.h"

#include <gtest/gtest.h>

namespace bundel::rulebook {
namespace {

using values::Cents;
using values::Ratio;

constexpr const char* head = "jaren = 2\ngrens_van = \"vorig jaar\"\n";
constexpr const char* two = R"(
[[deelnemer]]
naam = "Noord"
nu = "400,00"
doel = "1/3"
[[deelnemer]]
naam = "Zuid"
nu = "600,00"
doel = "2/3"
)";

TEST(TransitionFile, IsReadAsItStands) {
    const auto got = read_transition("w.toml", R"(jaren = 2
grens_van = "vandaag"
verlies_per_jaar = "3%"
totalen = ["1100,00", "1200,00"]
[[deelnemer]]
naam = "Noord"
nu = "400,00"
doel = "30%"
bodem = "250,00"
winst_per_jaar = "10%"
[[deelnemer]]
naam = "Zuid"
nu = "600,00"
doel = "70%"
verlies_per_jaar = "1/2"
)");
    ASSERT_TRUE(got.ok()) << got.error().code;
    EXPECT_EQ(got->years, 2);
    EXPECT_TRUE(got->of_today);
    EXPECT_EQ(got->totals, (std::vector{Cents::of(1100'00), Cents::of(1200'00)}));
    ASSERT_EQ(got->parties.size(), 2U);
    EXPECT_EQ(got->parties[0].name, "Noord");
    EXPECT_EQ(got->parties[0].target, Ratio::of(3, 10));
    EXPECT_EQ(got->parties[0].loss, Ratio::of(3, 100));
    EXPECT_EQ(got->parties[0].gain, Ratio::of(1, 10));
    EXPECT_EQ(got->parties[0].floor, Cents::of(250'00));
    EXPECT_EQ(got->parties[1].loss, Ratio::of(1, 2));
    EXPECT_EQ(got->parties[1].gain, std::nullopt);
    const auto plain = read_transition("w.toml", std::string(head) + two);
    ASSERT_TRUE(plain.ok());
    EXPECT_EQ(plain->totals, (std::vector{Cents::of(1000'00), Cents::of(1000'00)}));
}

TEST(TransitionFile, WhatIsWrongIsSaidWithItsPlace) {
    struct Row {
        const char* name;
        std::string content;
        const char* code;
    };
    const std::string good = std::string(head) + two;
    const auto with = [&](const std::string& from, const std::string& to) {
        std::string content = good;
        return content.replace(content.find(from), from.size(), to);
    };
    const Row rows[] = {
        {"no TOML", "jaren = ", "wishes_syntax"},
        {"no years", with("jaren = 2\n", ""), "wishes_missing"},
        {"no base", with("grens_van = \"vorig jaar\"\n", ""), "wishes_missing"},
        {"another base", with("vorig jaar", "volgend jaar"), "wishes_wrong"},
        {"zero years", with("jaren = 2", "jaren = 0"), "wishes_wrong"},
        {"31 years", with("jaren = 2", "jaren = 31"), "wishes_wrong"},
        {"a typing error", with("nu =", "nuu ="), "wishes_missing"},
        {"a key too many", with("jaren = 2", "jaren = 2\njaar = 2"), "wishes_unknown"},
        {"below zero", with("400,00", "-400,00"), "wishes_wrong"},
        {"a fraction is no text", with("\"1/3\"", "0.333"), "wishes_wrong"},
        {"nobody", head, "wishes_wrong"},
        {"too few totals", with("jaren = 2", "jaren = 2\ntotalen = [\"1000,00\"]"), "wishes_wrong"},
        {"a total that is none", with("jaren = 2", "jaren = 2\ntotalen = [\"1000,00\", \"veel\"]"),
         "wishes_wrong"},
        {"together less than all", with("2/3", "1/3"), "wishes_targets"},
        {"more than all money",
         std::string(head) +
             [] {
                 std::string all;
                 for (int i = 0; i < 11; ++i)
                     all += "[[deelnemer]]\nnaam = \"d" + std::to_string(i) +
                            "\"\nnu = \"10000000000,00\"\ndoel = \"1/11\"\n";
                 return all;
             }(),
         "cents_overflow"},
        {"a name twice", with("Zuid", "Noord"), "wishes_name_twice"},
    };
    for (const Row& row : rows) {
        SCOPED_TRACE(row.name);
        const auto got = read_transition("w.toml", row.content);
        ASSERT_FALSE(got.ok());
        EXPECT_EQ(got.error().code, row.code);
    }
}

}  // namespace
}  // namespace bundel::rulebook
