// The made-up region: the same bytes for the same seed, files that keep their layout, mishaps as often as
// they should be, and the truth by a model of its own.
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "sim/any_pregnancy.h"
#include "sim/files.h"
#include "sim/knowable.h"
#include "sim/naive.h"
#include "sim/region_files.h"
#include "sim/registration.h"
#include "wire/csv.h"
#include "wire/decode.h"
#include "wire/testing.h"

namespace bundel::sim {
namespace {
namespace fs = std::filesystem;

const Period births{Date::of(2024, 1, 1), Date::of(2024, 12, 31)};

const Calibration& figures() {
    static const Calibration all = shipped_calibration();
    return all;
}
const Fees& fees() {
    static const Fees all = *Fees::parse(*read_file(fs::path(BUNDEL_SOURCE_DIR) / "sim/fees.csv"));
    return all;
}

class RegionOnDisk : public testing::Test {
protected:
    void TearDown() override { fs::remove_all(folder_); }

    RegionSize write(const std::string& name, std::uint64_t seed, bool noise) {
        const auto size = write_region({seed, 120, births, Regime::y2023, noise, folder_ / name}, figures(),
                                       fees(), wire::testing::all_layouts());
        EXPECT_TRUE(size.ok()) << size.error().code;
        return size.ok() ? *size : RegionSize();
    }
    std::map<std::string, std::string> files(const std::string& name) const {
        std::map<std::string, std::string> all;
        for (const auto& entry : fs::recursive_directory_iterator(folder_ / name)) {
            if (entry.is_regular_file())
                all[fs::relative(entry.path(), folder_ / name).generic_string()] = *read_file(entry.path());
        }
        return all;
    }

    fs::path folder_ = fs::path(testing::TempDir()) / "bundel region test";
};

TEST_F(RegionOnDisk, TheSameSeedGivesTheSameBytes) {
    write("a", 5, true);
    write("b", 5, true);
    write("c", 6, true);
    EXPECT_EQ(files("a"), files("b"));
    EXPECT_NE(files("a"), files("c"));
    const auto again = write_region({5, 1, births, Regime::y2023, true, folder_ / "a"}, figures(), fees(),
                                    wire::testing::all_layouts());
    ASSERT_FALSE(again.ok());
    EXPECT_EQ(again.error().code, "sim_folder_exists");
}

TEST_F(RegionOnDisk, EveryFileKeepsItsLayout) {
    write("a", 5, true);
    int messages = 0;
    for (const auto& [name, bytes] : files("a")) {
        base::Findings findings;
        if (name.ends_with(".txt")) {
            ++messages;
            EXPECT_TRUE(wire::decode(bytes, wire::testing::all_layouts(), name, findings).has_value())
                << name;
        } else {
            EXPECT_TRUE(wire::read_csv(bytes, name, findings).has_value()) << name;
        }
        EXPECT_EQ(findings.size(), 0U) << name << " " << findings.front().code;
    }
    EXPECT_GT(messages, 100);
}

TEST_F(RegionOnDisk, WithoutNoiseNothingGoesWrong) {
    EXPECT_EQ(write("a", 5, false).mishaps, 0);
    EXPECT_EQ(files("a").at("waarheid/ruis.csv"), "fout;vrouw;onderwerp;dagen;nummer\r\n");
}

std::vector<Received> received(const RegionOrder& order, MadeRegion& made) {
    std::vector<Received> files;
    auto result =
        make_region(order, figures(), fees(), wire::testing::all_layouts(), [&](const Received& one) {
            files.push_back(one);
            return Result<base::Done>(base::Done{});
        });
    EXPECT_TRUE(result.ok()) << result.error().code;
    if (result.ok()) made = *std::move(result);
    return files;
}

std::string told(const WomanTruth& woman) {
    std::string all = woman.life.woman.number;
    for (const Delivered& one : woman.lines)
        all += " " + one.line.reference + " " + one.line.amount.euros() + " " + one.handed_in.iso();
    for (const FormRow& row : woman.scenario.rows) all += " " + row.form + " " + row.day.iso();
    return all;
}

// Who leaves out the others may not change her or the days on which her files come in.
TEST(MadeInMemory, AWomanIsWhoSheIsWithoutTheOthers) {
    RegionOrder order{5, 40, births, Regime::y2023, true, {}};
    MadeRegion all, some;
    std::map<std::string, Date> days;
    for (const Received& one : received(order, all)) days[one.receiver + one.file.name] = one.day;
    order.only = {3, 7, 31};
    const auto files = received(order, some);
    ASSERT_EQ(some.women.size(), 3U);
    for (std::size_t i = 0; i < 3; ++i)
        EXPECT_EQ(told(some.women[i]), told(all.women[static_cast<std::size_t>(order.only[i])]));
    EXPECT_GT(files.size(), 10U);
    for (const Received& one : files) EXPECT_EQ(days.at(one.receiver + one.file.name), one.day);
}

TEST(MadeInMemory, FilesComeInTheOrderOfTheirDays) {
    MadeRegion made;
    const auto files = received({5, 40, births, Regime::y2023, true, {}}, made);
    EXPECT_EQ(static_cast<long>(files.size()), made.size.files);
    EXPECT_TRUE(std::is_sorted(files.begin(), files.end(),
                               [](const Received& a, const Received& b) { return a.day < b.day; }));
}

TEST(MadeInMemory, StopsWhenAFileIsNotTaken) {
    int given = 0;
    const auto made = make_region({5, 40, births, Regime::y2023, true, {}}, figures(), fees(),
                                  wire::testing::all_layouts(), [&](const Received&) {
                                      ++given;
                                      return Result<base::Done>(Error{"sim_file_unwritable", {}});
                                  });
    EXPECT_FALSE(made.ok());
    EXPECT_EQ(given, 1);
}

// Each rate within five standard deviations of what it should be.
TEST(Noise, HappensAsOftenAsItShould) {
    const CareRegion region = default_region(figures(), 3, Regime::y2023, births, Changes::usual);
    const NoiseRates rates;
    std::map<Fault, long> seen;
    long lines = 0, pregnancies = 0;
    for (int number = 0; number < 4'000; ++number) {
        const Life life = life_of(figures(), region, 3, number, births);
        Chance care(3, "care", static_cast<std::uint64_t>(number));
        const auto meant = care_of(region, fees(), life, care);
        Chance chance(3, "noise", static_cast<std::uint64_t>(number));
        std::vector<Mishap> mishaps;
        disturb(rates, region, fees(), life, meant, chance, mishaps);
        registrations(rates, region, life, chance, mishaps);
        lines += static_cast<long>(meant.size());
        pregnancies += static_cast<long>(life.pregnancies.size());
        for (const Mishap& one : mishaps) ++seen[one.fault];
    }
    const auto near = [](long count, long of, int per_million) {
        const long meant = of * per_million / 1'000'000;
        return (count - meant) * (count - meant) <= 25 * meant + 25;
    };
    EXPECT_TRUE(near(seen[Fault::late_line], lines, 20'000)) << seen[Fault::late_line];
    EXPECT_TRUE(near(seen[Fault::line_sent_twice], lines, 5'000)) << seen[Fault::line_sent_twice];
    EXPECT_TRUE(near(seen[Fault::line_corrected] + seen[Fault::line_credited], lines, 15'000));
    EXPECT_TRUE(near(seen[Fault::wrong_bsn_digit], lines, 2'000)) << seen[Fault::wrong_bsn_digit];
    EXPECT_TRUE(near(seen[Fault::wrong_due_days], pregnancies, 20'000)) << seen[Fault::wrong_due_days];
    EXPECT_TRUE(near(seen[Fault::missing_enrolment], pregnancies, 20'000)) << seen[Fault::missing_enrolment];
    EXPECT_TRUE(near(seen[Fault::hidden_outside_care], pregnancies, 30'000));
}

TEST(Region, HasItsProvidersAndChanges) {
    const CareRegion quiet = default_region(figures(), 3, Regime::y2023, births, Changes::none);
    EXPECT_EQ(quiet.practices.size(), 13U);
    EXPECT_EQ(quiet.kraamzorg.size(), 4U);
    EXPECT_EQ(quiet.neighbours.size(), 2U);
    EXPECT_EQ(quiet.labels.size(), 4U);
    for (const Practice& one : quiet.practices) EXPECT_TRUE(quiet.takes_part(one.agb, births.first));
    EXPECT_FALSE(quiet.takes_part(quiet.tertiary, births.first));
    EXPECT_EQ(quiet.agreed_with(UzoviCode::of(9999), births.first), nullptr);
    const CareRegion changed = default_region(figures(), 3, Regime::y2023, births, Changes::usual);
    EXPECT_FALSE(changed.takes_part(changed.practices.back().agb, births.first));
    EXPECT_TRUE(changed.takes_part(changed.practices.back().agb, births.last));
    EXPECT_FALSE(changed.takes_part(changed.practices[11].agb, births.last));
    EXPECT_NE(changed.agreed_with(UzoviCode::of(9101), Date::of(2024, 6, 30))->prenatal,
              changed.agreed_with(UzoviCode::of(9101), Date::of(2024, 7, 1))->prenatal);
}

// ---- The naive model, by hand ----

class Naive : public testing::Test {
protected:
    Naive() {
        life_.woman = {"R000001", region().practices[0].agb, UzoviCode::of(9201), Date::of(1990, 1, 1)};
        life_.practice = 0;
        life_.insured = {{Date::of(2022, 1, 1), UzoviCode::of(9201)}};
        Pregnancy pregnancy;
        pregnancy.onset = Date::of(2023, 9, 1);
        pregnancy.first_visit = Date::of(2023, 11, 1);
        pregnancy.end = Date::of(2024, 6, 7);
        pregnancy.children.resize(1);
        life_.pregnancies.push_back({pregnancy, {}, {}});
    }
    virtual const CareRegion& region() const {
        static const CareRegion made = default_region(figures(), 3, Regime::y2023, births, Changes::none);
        return made;
    }
    void add(AgbCode provider, int list, const char* code, Date day, const char* reference,
             int cents = 100'00) {
        Delivered one;
        one.provider = provider;
        one.pregnancy = 0;
        one.line.reference = reference;
        one.line.performance = PerformanceCode::of(list, code);
        one.line.care = Period::day(day);
        one.line.amount = Cents::of(cents);
        lines_.push_back(one);
    }
    // "prenatal integrated inside 152000; ..."
    std::string due(const CareRegion& where) const {
        std::string all;
        for (const DuePhase& one : phases_due(where, life_, lines_, rows_)) {
            all += (all.empty() ? "" : "; ") + std::string(phase_word(one.phase)) +
                   (one.integrated ? " integrated " : " mono ") + one.reason + " " +
                   std::to_string(one.price.count());
        }
        return all;
    }

    Life life_;
    std::vector<Delivered> lines_;
    std::vector<FormRow> rows_;
};

TEST_F(Naive, CareInsideMakesItsPhaseIntegratedAtThePriceOfItsFirstDay) {
    add(region().practices[0].agb, 32, "1101", Date::of(2023, 11, 1), "a");
    EXPECT_EQ(due(region()), "prenatal integrated inside 152000");
    add(region().practices[0].agb, 32, "1102", Date::of(2024, 6, 7), "b");
    EXPECT_EQ(due(region()), "prenatal integrated inside 152000; natal integrated inside 190000");
}

TEST_F(Naive, CareOutsideIsDeductedAsTheContractSays) {
    add(region().practices[0].agb, 32, "1101", Date::of(2023, 11, 1), "a");
    add(region().neighbours[0].practice, 32, "9019", Date::of(2024, 2, 1), "b", 280'00);
    EXPECT_EQ(due(region()), "prenatal integrated inside 124000") << "9201: what it cost";
    life_.insured.front().label = UzoviCode::of(9301);
    EXPECT_EQ(due(region()), "prenatal integrated inside 134000") << "9301: a fixed sum";
    life_.insured.front().label = UzoviCode::of(9101);
    EXPECT_EQ(due(region()), "prenatal integrated inside 150000") << "9101: nothing";
    add(region().tertiary, 999, "GUO", Date::of(2024, 2, 1), "c");
    EXPECT_EQ(due(region()), "prenatal integrated inside 150000") << "beside the bundle";
}

TEST_F(Naive, BeforeTwentyThreeItBreaksTheBundle) {
    const Period old{Date::of(2018, 1, 1), Date::of(2018, 12, 31)};
    CareRegion where = default_region(figures(), 3, Regime::y2017, old, Changes::none);
    where.choices = shipped_choices(Regime::y2017);
    Pregnancy& pregnancy = life_.pregnancies.front().pregnancy;
    pregnancy.onset = Date::of(2017, 9, 1);
    pregnancy.first_visit = Date::of(2017, 11, 1);
    pregnancy.end = Date::of(2018, 6, 7);
    add(where.practices[0].agb, 32, "1101", Date::of(2017, 11, 1), "a");
    add(where.practices[0].agb, 32, "1103", Date::of(2018, 6, 8), "b");
    EXPECT_EQ(due(where), "prenatal integrated inside 152000; postnatal integrated inside 185000");
    add(where.neighbours[0].practice, 32, "9019", Date::of(2018, 2, 1), "c");
    EXPECT_EQ(due(where), "prenatal mono outside_care 0; postnatal mono outside_care 0");
}

TEST_F(Naive, WhatWasTakenBackIsNoCareUnlessSheIsEnrolled) {
    add(region().practices[0].agb, 32, "1102", Date::of(2024, 6, 7), "a");
    add(region().practices[0].agb, 32, "1102", Date::of(2024, 6, 7), "aC");
    lines_.back().line.credit = true;
    lines_.back().line.previous = "a";
    EXPECT_EQ(due(region()), "");
    rows_.push_back(
        {Date::of(2023, 12, 5),
         "inschrijvingen",
         {{"sleutel", enrolment_key(life_.woman, 0)}, {"begin", "2023-11-01"}, {"eind", "2024-06-07"}}});
    EXPECT_EQ(due(region()), "prenatal integrated inside 152000; natal integrated inside 190000");
}

// Each choice of the rulebook is one the model makes too.
TEST_F(Naive, MakesTheChoicesOfTheRulebook) {
    const Choices old = shipped_choices(Regime::y2017);
    EXPECT_EQ(old, (Choices{true, true, true, false, 112}));
    EXPECT_EQ(shipped_choices(Regime::y2023), (Choices{false, true, true, false, 0}));
    CareRegion where = region();
    add(where.practices[0].agb, 32, "1101", Date::of(2023, 11, 1), "a");
    add(where.practices[0].agb, 32, "1103", Date::of(2024, 6, 8), "b");
    add(where.neighbours[0].practice, 32, "9019", Date::of(2024, 2, 1), "c");
    where.choices.outside_breaks = true;
    EXPECT_EQ(due(where), "prenatal mono outside_care 0; postnatal mono outside_care 0");
    where.choices.breaks_whole_pregnancy = false;
    EXPECT_EQ(due(where), "prenatal mono outside_care 0; postnatal integrated inside 185000");
    lines_.pop_back();
    life_.pregnancies.front().move = Move{Date::of(2024, 2, 1), 0};
    EXPECT_EQ(due(where), "prenatal mono left_early 0; postnatal integrated inside 185000");
    where.choices.left_early_is_mono = false;
    EXPECT_EQ(due(where), "prenatal integrated inside 152000; postnatal integrated inside 185000");
    life_.pregnancies.front().move.reset();
    Pregnancy& pregnancy = life_.pregnancies.front().pregnancy;
    pregnancy.children.clear();
    pregnancy.end = pregnancy.onset.plus_days(111);
    lines_.pop_back();
    const Agreed& agreed = *where.agreed_with(UzoviCode::of(9201), pregnancy.first_visit);
    const std::string early = "prenatal integrated inside " + std::to_string(agreed.early_loss.count());
    EXPECT_EQ(due(where), "prenatal integrated inside 152000") << "no price of its own";
    where.choices.early_loss_days = 112;
    EXPECT_EQ(due(where), early);
    pregnancy.end = pregnancy.onset.plus_days(112);
    EXPECT_EQ(due(where), "prenatal integrated inside 152000");
}

TEST(ChoicesTest, AnAnswerTheModelDoesNotKnowIsRefused) {
    std::string text = *read_file(fs::path(BUNDEL_SOURCE_DIR) / "rulebooks/regimes/2023.toml");
    const auto at = text.find("left_early = { value = \"mono\"");
    ASSERT_NE(at, std::string::npos);
    text.replace(at, 29, "left_early = { value = \"ask\"");
    const auto refused = parse_choices(text, "2023.toml");
    ASSERT_FALSE(refused.ok());
    EXPECT_EQ(refused.error().code, "sim_choice_unknown");
    EXPECT_EQ(refused.error().params[1].second, "payment.left_early");
    EXPECT_FALSE(parse_choices("x", "f").ok());
    EXPECT_FALSE(parse_choices("", "f").ok()) << "nothing chosen";
}

TEST_F(Naive, AHospitalLineIsSharedByWhatWasDoneInEachPhase) {
    add(region().hospital, 999, "DBCZW", Date::of(2024, 5, 1), "a", 100'00);
    lines_.back().line.activities = {{"039999", Date::of(2024, 6, 6), 1},
                                     {"037611", Date::of(2024, 6, 7), 1},
                                     {"039999", Date::of(2024, 6, 8), 1}};
    using Parts = std::map<Phase, Cents>;
    const auto third = Cents::of(33'33);
    EXPECT_EQ(lines_due(region(), life_, lines_)[0].parts,
              (Parts{{Phase::prenatal, Cents::of(33'34)}, {Phase::natal, third}, {Phase::postnatal, third}}));
    lines_.back().line.activities[2].count = 2;  // 25.00, 25.00, 50.00
    EXPECT_EQ(lines_due(region(), life_, lines_)[0].parts.at(Phase::postnatal), Cents::of(50'00));
    lines_.back().line.amount = Cents::of(6);  // 1.5, 1.5, 3
    EXPECT_EQ(lines_due(region(), life_, lines_)[0].parts, (Parts{{Phase::prenatal, Cents::of(2)},
                                                                  {Phase::natal, Cents::of(1)},
                                                                  {Phase::postnatal, Cents::of(3)}}));
    lines_.back().line.activities.clear();
    EXPECT_EQ(lines_due(region(), life_, lines_)[0].parts, (Parts{{Phase::prenatal, Cents::of(6)}}));
}

TEST_F(Naive, ALineTakenBackHasNoParts) {
    add(region().practices[0].agb, 32, "1102", Date::of(2024, 6, 7), "a");
    add(region().practices[0].agb, 32, "1102", Date::of(2024, 6, 7), "aC");
    lines_.back().line.credit = true;
    lines_.back().line.previous = "a";
    add(region().tertiary, 999, "GUO", Date::of(2024, 2, 1), "c");
    const auto due = lines_due(region(), life_, lines_);
    EXPECT_STREQ(standing_word(due[0].standing), "credited");
    EXPECT_STREQ(standing_word(due[1].standing), "credit");
    EXPECT_TRUE(due[0].parts.empty() && due[1].parts.empty() && due[2].parts.empty());
    EXPECT_TRUE(due[2].beside);
}

// ---- What could be known, day by day ----

class Knowable : public Naive {
protected:
    // "2023-12-05 prenatal 152000; ..."
    std::string known() const {
        std::string all;
        for (const KnownPhase& one : knowable(region(), life_, lines_, told_)) {
            all += (all.empty() ? "" : "; ") + one.from.iso() + (one.outside ? " (ook buiten) " : " ") +
                   phase_word(one.due.phase) + " " +
                   (one.gone             ? "none"
                    : one.due.integrated ? std::to_string(one.due.price.count())
                                         : "mono");
        }
        return all;
    }
    void deliver(AgbCode provider, const char* code, Date care, const char* reference,
                 std::optional<Date> received) {
        add(provider, 32, code, care, reference);
        lines_.back().received = received;
        lines_.back().to_igo = region().takes_part(provider, care);
    }
    void tell(std::optional<Date> received, const char* form, Cells cells) {
        told_.push_back({{Date::of(2023, 12, 5), form, std::move(cells)}, received});
    }
    Cells enrolment(const char* due) const {
        return {{"sleutel", enrolment_key(life_.woman, 0)}, {"begin", "2023-11-01"}, {"a_terme", due}};
    }

    std::vector<ToldRow> told_;
};

TEST_F(Knowable, ALineIsKnownFromTheDayItCame) {
    deliver(region().practices[0].agb, "1101", Date::of(2023, 11, 1), "a", Date::of(2024, 7, 4));
    EXPECT_EQ(known(), "2024-07-04 prenatal 152000");
    lines_.back().received.reset();
    EXPECT_EQ(known(), "") << "lost";
    lines_.back().received = Date::of(2024, 7, 4);
    lines_.back().line.bsn = BsnUse::wrong;
    EXPECT_EQ(known(), "") << "under a number of nobody";
}

TEST_F(Knowable, AScanAloneTellsOfNoPregnancy) {
    deliver(region().echo_centre, "9906", Date::of(2023, 12, 1), "a", Date::of(2024, 1, 3));
    lines_.back().line.performance = PerformanceCode::of(999, "9906");
    EXPECT_EQ(known(), "");
    deliver(region().practices[0].agb, "1102", Date::of(2024, 6, 7), "b", Date::of(2024, 7, 4));
    EXPECT_EQ(known(), "2024-07-04 prenatal 152000; 2024-07-04 natal 190000");
    deliver(region().practices[0].agb, "1102", Date::of(2024, 6, 7), "bC", Date::of(2024, 8, 4));
    lines_.back().line.credit = true;
    lines_.back().line.previous = "b";
    EXPECT_EQ(known(),
              "2024-07-04 prenatal 152000; 2024-07-04 natal 190000; 2024-08-04 prenatal none; "
              "2024-08-04 natal none")
        << "and what told of it was taken back";
}

TEST_F(Knowable, OutsideCareIsKnownOnlyWithTheInsurer) {
    deliver(region().practices[0].agb, "1101", Date::of(2023, 11, 1), "a", Date::of(2024, 7, 4));
    deliver(region().neighbours[0].practice, "9019", Date::of(2024, 2, 1), "b", Date::of(2024, 8, 1));
    EXPECT_EQ(known(),
              "2024-07-04 prenatal 152000; 2024-07-04 (ook buiten) prenatal 152000; "
              "2024-08-01 (ook buiten) prenatal 142000");
}

// The contract of her insurer changes on 1 July; a practice that joined counts from the day she became
// pregnant.
TEST_F(Knowable, ADueDateIsAsItWasWritten) {
    deliver(region().practices[0].agb, "1101", Date::of(2023, 11, 1), "a", Date::of(2024, 7, 4));
    tell(Date::of(2023, 12, 5), "inschrijvingen", enrolment("2024-06-07"));
    EXPECT_EQ(known().substr(0, 26), "2023-12-05 prenatal 152000");
    told_.front().row.cells["a_terme"] = "2022-06-07";  // nobody took part then
    EXPECT_EQ(known(),
              "2023-12-05 prenatal 152000; 2023-12-05 natal 190000; 2023-12-05 postnatal 185000; "
              "2024-07-04 prenatal 142000")
        << "so her practice is one from outside";
    told_.front().received.reset();
    EXPECT_EQ(known(), "2024-07-04 prenatal 152000") << "lost: the lines tell";
}

TEST_F(Knowable, TheInsurerIsWhoWasTold) {
    deliver(region().practices[0].agb, "1101", Date::of(2023, 11, 1), "a", Date::of(2024, 7, 4));
    const Cells first{{"sleutel", "c1"}, {"verzekeraar", "9101"}, {"begin", "2022-01-01"}};
    tell(Date::of(2024, 8, 4), "verzekeringen", first);
    EXPECT_EQ(known(), "2024-07-04 prenatal 152000; 2024-08-04 prenatal 150000");
}

TEST_F(Naive, WhoMovedAwayLeavesThePhaseMono) {
    add(region().practices[0].agb, 32, "1302", Date::of(2023, 11, 1), "a");
    life_.pregnancies.front().move = Move{Date::of(2024, 2, 1), 0};
    EXPECT_EQ(due(region()), "prenatal mono left_early 0");
}

}  // namespace
}  // namespace bundel::sim
