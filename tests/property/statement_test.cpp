// Statements of participants over made-up regions: what they add up to, and that nobody reads of another.
#include <gtest/gtest.h>

#include <functional>

#include "engine/books.h"
#include "engine/forget.h"
#include "engine/statement_document.h"
#include "insurer.h"
#include "paper/html.h"
#include "paper/pdf.h"
#include "paper/testing.h"
#include "paper/workbook.h"
#include "play.h"
#include "support/property.h"

namespace bundel::testing {
namespace {

using engine::Position;
using engine::PotShare;
using engine::Statement;
using ledger::Event;
using ledger::EventKind;
using paper::testing::scratch;
using values::AgbCode;
using values::Cents;
using values::Date;
using values::Period;

// The shipped rulebook with another pot than a claim: "month", "quarter", "year". Read once each.
const rulebook::Rulebook& dividing_by(const std::string& pot) {
    if (pot == "claim") return shipped_rulebook();
    static std::map<std::string, rulebook::Rulebook> books;
    const auto found = books.find(pot);
    if (found != books.end()) return found->second;
    auto files = rulebook_files();
    std::string& model = files.at("division/example.toml");
    const std::string claim = "pot = \"claim\"";
    model.replace(model.find(claim), claim.size(), "pot = \"" + pot + "\"");
    return books.emplace(pot, load_rulebook(files)).first->second;
}

// Month by month from the first file on: what comes in is worked on the 15th, answers come a month later,
// late lines and credits later still. What was divided before then is corrected.
struct Lived {
    Play play;
    Date first, last;
    std::map<Date, std::string> at_the_time;  // by month: all statements of it, told on the day of its run

    explicit Lived(std::uint64_t seed, Shape shape, const std::string& pot = "claim")
        : play(dividing_by(pot)) {
        Region region = any_region(seed, shape);
        std::stable_sort(region.files.begin(), region.files.end(),
                         [](const File& a, const File& b) { return a.received < b.received; });
        first = Period::month_of(region.files.front().received).first;
        const ContentInsurer insurer(ContentInsurer::Habit::reduces_some, seed);
        std::size_t next = 0;
        std::vector<std::string> answers;
        int serial = 0;
        for (Date day = first.plus_days(14);; day = day.plus_months(1)) {
            for (; next < region.files.size() && region.files[next].received <= day; ++next)
                play.import(region.files[next]);
            for (const std::string& answer : std::exchange(answers, {})) play.import("antwoord", answer, day);
            play.run(day);
            for (const std::string& bytes : play.posted()) {
                for (auto& answer : insurer.answers(bytes, serial, false))
                    answers.push_back(std::move(answer));
            }
            last = day;
            at_the_time[day] = told(day);
            if (next == region.files.size() && answers.empty() && day > region.last.plus_months(1)) return;
        }
    }

    std::vector<Statement> statements(const Period& period) {
        return must("statements", engine::statements_of(play.world, std::nullopt, period, last));
    }
    // What is too late is that of now: the case may have been repaired since.
    std::string told(Date day) {
        std::string text;
        for (Statement& one : must(
                 "statements", engine::statements_of(play.world, std::nullopt, Period::month_of(day), day))) {
            one.late.clear();
            text += paper::html(engine::statement_document(one, texts::Texts::dutch()));
        }
        return text;
    }
    std::vector<Statement> all() { return statements({first, last}); }

    void post(const Event& event) {
        auto books = must("books", engine::Books::open(play.world.store));
        must("post", books.post(event));
    }
    Event event(EventKind kind, AgbCode participant, std::int64_t cents, Date day, const std::string& key) {
        Event event;
        event.kind = kind;
        event.key = key;
        event.booking_day = day;
        event.care_period = Period::month_of(day);
        event.participant = participant;
        event.amount = Cents::of(cents);
        return event;
    }
};

Cents owed_by_book(Play& play, Date until) {
    Cents owed;
    for (const auto& entry : must("entries", play.world.store.entries())) {
        if (entry.content.booking_day > until) continue;
        for (const auto& posting : entry.content.postings) {
            const auto kind = posting.account.kind();
            if (kind == ledger::AccountKind::payable || kind == ledger::AccountKind::participant_advance ||
                kind == ledger::AccountKind::in_transit)
                owed -= posting.amount;
        }
    }
    return owed;
}

Position sum(const std::vector<Statement>& statements, Position Statement::*which) {
    Position total;
    for (const Statement& one : statements) {
        total.coming += (one.*which).coming;
        total.advanced += (one.*which).advanced;
        total.in_transit += (one.*which).in_transit;
    }
    return total;
}

Cents moved(const Statement& statement) {
    Cents total;
    for (const auto& share : statement.divided) total += share.change();
    for (const auto& share : statement.corrections) total += share.change();
    for (const auto& payment : statement.payments) total += payment.change.total();
    return total;
}

long regions() {
    return std::max(1L, from_environment("BUNDEL_CASES", 1000) / 100);
}

template <class Law>
void in_regions(Law law) {
    const auto seed = static_cast<std::uint64_t>(from_environment("BUNDEL_SEED", 1));
    static constexpr const char* shared_pots[] = {"month", "quarter", "year"};
    for (std::uint64_t i = seed; i < seed + static_cast<std::uint64_t>(regions()); ++i) {
        for (const char* pot : {"claim", shared_pots[i % 3]}) {
            SCOPED_TRACE(::testing::Message() << pot << " BUNDEL_SEED=" << i << " BUNDEL_CASES=1");
            try {
                Lived lived(i, i % 2 == 0 ? Shape::narrow : Shape::wide, pot);
                law(lived);
            } catch (const Play::Broken& broken) {
                FAIL() << broken.what;
            }
            if (::testing::Test::HasFatalFailure()) return;
        }
    }
}

// What an office does beside dividing: each participant gets an advance, part of it is set off, a payout is
// ordered, paid, and one comes back.
void pay(Lived& lived) {
    const Date day = lived.last;
    int number = 0;
    for (const Statement& one : lived.all()) {
        const std::string key = std::to_string(++number);
        const AgbCode who = one.participant;
        lived.post(lived.event(EventKind::participant_advanced, who, 500'00, day.plus_days(-40), "v" + key));
        lived.post(
            lived.event(EventKind::participant_advance_set_off, who, 120'00, day.plus_days(-10), "s" + key));
        lived.post(lived.event(EventKind::payout_ordered, who, 300'01, day.plus_days(-9), "o" + key));
        lived.post(lived.event(EventKind::payout_paid, who, 200'00, day.plus_days(-8), "p" + key));
        lived.post(lived.event(EventKind::payout_returned, who, 60'01, day.plus_days(-1), "r" + key));
    }
}

TEST(StatementLaws, AllTogetherAreTheBook) {
    std::size_t divided = 0;
    in_regions([&](Lived& lived) {
        pay(lived);
        const auto all = lived.all();
        ASSERT_EQ(sum(all, &Statement::closing).total(), owed_by_book(lived.play, lived.last));
        ASSERT_EQ(sum(all, &Statement::opening).total(), Cents());
        for (const Statement& one : all) {
            ASSERT_EQ(one.opening.total() + moved(one), one.closing.total());
            ASSERT_TRUE(one.corrections.empty());  // nothing is of an earlier period
            for (const auto& share : one.divided)
                ASSERT_TRUE(share.reasoning.has_value() || share.after.is_zero()) << share.pot;
            divided += one.divided.size();
        }
    });
    EXPECT_TRUE(divided > 0 || regions() < 10);  // else nothing was looked at
}

TEST(StatementLaws, OnePeriodEndsWhereTheNextBegins) {
    std::size_t corrections = 0;
    in_regions([&](Lived& lived) {
        pay(lived);
        std::map<AgbCode, Cents> added;
        std::map<AgbCode, Position> before;
        for (Date month = lived.first; month <= lived.last; month = month.plus_months(1)) {
            for (const Statement& one : lived.statements(Period::month_of(month))) {
                ASSERT_EQ(one.opening, before[one.participant]);
                before[one.participant] = one.closing;
                added[one.participant] += moved(one);
                for (const PotShare& share : one.corrections) {
                    ASSERT_LT(share.earlier->booked, one.period.first);
                    ASSERT_LT(share.earlier->entry, share.entry);
                }
                corrections += one.corrections.size();
            }
        }
        for (const Statement& one : lived.statements({lived.first, Period::month_of(lived.last).last})) {
            ASSERT_EQ(added[one.participant], moved(one));
            ASSERT_EQ(before[one.participant], one.closing);
        }
    });
    EXPECT_TRUE(corrections > 0 || regions() < 10);
}

TEST(StatementLaws, AnOldStatementIsTheSameWhenItIsMadeAgain) {
    in_regions([](Lived& lived) {
        for (const auto& [day, told] : lived.at_the_time) ASSERT_EQ(lived.told(day), told) << day.iso();
    });
}

// Her money stays as it was booked; nobody can say any more how it came to be.
TEST(StatementLaws, WhoIsForgottenLeavesTheAmounts) {
    std::size_t without = 0;
    in_regions([&](Lived& lived) {
        const auto before = lived.all();
        for (const auto person : must("persons", lived.play.world.store.persons()))
            static_cast<void>(
                engine::forget(lived.play.world, person, lived.last));  // refused while a claim is open
        const auto after = lived.all();
        ASSERT_EQ(sum(after, &Statement::closing), sum(before, &Statement::closing));
        for (const Statement& one : after) {
            for (const PotShare& share : one.divided) without += share.reasoning ? 0U : 1U;
            must("pdf", paper::pdf(engine::statement_document(one, texts::Texts::dutch())));
        }
    });
    EXPECT_TRUE(without > 0 || regions() < 10);
}

TEST(StatementLaws, StepsLinesAndOthersAddUp) {
    in_regions([](Lived& lived) {
        for (const Statement& one : lived.all()) {
            for (const PotShare& share : one.divided) {
                if (!share.reasoning) continue;
                const auto& why = *share.reasoning;
                ASSERT_EQ(why.reserve + why.covered + why.undivided + why.others + share.after, why.pot);
                Cents steps, lines;
                for (const auto& step : why.steps) steps += step.own;
                for (const auto& line : why.lines) {
                    ASSERT_EQ(line.line.issuer, one.participant);
                    lines += line.value;
                }
                ASSERT_EQ(steps, share.after);
                ASSERT_EQ(lines, why.value);
                for (const auto& step : why.steps) {
                    ASSERT_LT(step.rounding, 1'000'000);
                    ASSERT_GT(step.rounding, -1'000'000);
                }
            }
        }
    });
}

values::LineId line_of(const char* reference) {
    return {AgbCode::of(8'000'101), values::Reference::of(reference)};
}

// ---- Own lines only ----

// All that can be read in the three files.
std::string read_all(const paper::Document& document) {
    const std::string pdf = must("pdf", paper::pdf(document));
    const std::string xlsx = must("workbook", paper::workbook(document, scratch("made.xlsx")));
    std::string text = paper::testing::text_of_pdf(pdf, scratch("read.pdf"));
    text += paper::testing::output_of("pdfinfo " + paper::testing::written_to(scratch("read.pdf"), pdf));
    text += paper::testing::output_of("unzip -p " + paper::testing::written_to(scratch("read.xlsx"), xlsx));
    return text + paper::html(document);
}

// The number or word alone: not inside a longer one.
bool stands_in(const std::string& text, const std::string& word) {
    const auto part_of_it = [](char c) {
        return std::isalnum(static_cast<unsigned char>(c)) || c == '.' || c == ',';
    };
    for (auto at = text.find(word); at != std::string::npos; at = text.find(word, at + 1)) {
        const bool begins = at == 0 || !part_of_it(text[at - 1]);
        const auto after = at + word.size();
        if (begins && (after == text.size() || !part_of_it(text[after]))) return true;
    }
    return false;
}

// What is the participant's own to know, by claim: also what anybody could subtract from it.
std::set<Cents> may_know(const Statement& own) {
    std::set<Cents> known;
    for (const auto* shares : {&own.divided, &own.corrections}) {
        for (const PotShare& share : *shares) {
            known.insert({share.before, share.after, share.change()});
            if (!share.reasoning) continue;
            const auto& why = *share.reasoning;
            known.insert({why.pot, why.reserve, why.reserve + why.covered + why.undivided, why.others,
                          why.value, why.value - share.after, share.after - why.value});
            for (const auto& line : why.lines) known.insert(line.value);
            for (const auto& step : why.steps) known.insert({step.basis, step.taken, step.own});
        }
    }
    return known;
}

void expect_nobody_reads_of_another(const std::string& pot, std::size_t least_amounts) {
    SCOPED_TRACE(pot);
    Lived lived(21, Shape::wide, pot);
    const auto all = lived.all();
    ASSERT_GT(all.size(), 3U);
    std::set<std::string> persons;
    for (const auto person : must("persons", lived.play.world.store.persons())) persons.insert(person.hex());
    std::size_t amounts = 0;
    for (const Statement& own : all) {
        SCOPED_TRACE(own.participant.digits());
        const std::string text = read_all(engine::statement_document(own, texts::Texts::dutch()));
        ASSERT_TRUE(stands_in(text, own.participant.digits()));
        const auto known = may_know(own);
        for (const Statement& other : all) {
            if (other.participant == own.participant) continue;
            EXPECT_EQ(text.find(other.participant.digits()), std::string::npos);
            for (const PotShare& share : other.divided) {
                if (!known.contains(share.after)) {
                    EXPECT_FALSE(stands_in(text, share.after.euros())) << share.after.euros();
                    ++amounts;
                }
                if (!share.reasoning) continue;
                for (const auto& line : share.reasoning->lines) {
                    if (known.contains(line.value)) continue;
                    EXPECT_FALSE(stands_in(text, line.value.euros())) << line.value.euros();
                }
            }
        }
        for (const std::string& person : persons) EXPECT_EQ(text.find(person), std::string::npos);
        EXPECT_EQ(text.find("Voorbeeld,"), std::string::npos);
        for (std::size_t woman = 0; woman < 40; ++woman)
            EXPECT_EQ(text.find(made_up_bsn(woman)), std::string::npos);
    }
    EXPECT_GT(amounts, least_amounts);  // else nothing was looked for
}

TEST(StatementPrivacy, NobodyReadsOfAnother) {
    expect_nobody_reads_of_another("claim", 20);
}

TEST(StatementPrivacy, NobodyReadsOfAnotherInASharedPot) {
    expect_nobody_reads_of_another("month", 5);
}

// A pot of a month, quarter or year says how many claims it holds, and is for the care of all of them.
TEST(StatementLaws, ASharedPotIsOneShareOfManyClaims) {
    struct Row {
        const char* pot;
        int months;
    };
    for (const Row& row : {Row{"month", 1}, Row{"quarter", 3}, Row{"year", 12}}) {
        SCOPED_TRACE(row.pot);
        Lived lived(21, Shape::wide, row.pot);
        std::size_t shared = 0;
        for (const Statement& one : lived.all()) {
            std::set<std::string> pots;
            for (const PotShare& share : one.divided) {
                EXPECT_TRUE(pots.insert(share.pot).second) << "twice: " << share.pot;
                EXPECT_EQ(share.care.first.day(), 1);
                EXPECT_EQ(share.care,
                          (Period{share.care.first, share.care.first.plus_months(row.months).plus_days(-1)}));
                shared += share.claims > 1 ? 1U : 0U;
            }
        }
        EXPECT_GT(shared, 0U);
    }
}

// ---- What it looks like ----

engine::Reasoning reasoning(std::int64_t pot, std::int64_t own, std::int64_t value, values::Status status) {
    using distribution::StepKind;
    engine::Reasoning why;
    const auto reserve = Cents::of(pot / 50);
    why.pot = Cents::of(pot);
    why.reserve = reserve;
    why.others = Cents::of(pot - pot / 50 - own);
    why.value = Cents::of(value);
    why.steps = {{"Reserve", "Besluit 2024-1", status, StepKind::reserve, why.pot, reserve, {}, 0},
                 {"Naar activiteit van alle deelnemers aan het verdeelmodel van deze regio", "Besluit 2024-1",
                  status, StepKind::split, why.pot - reserve, why.pot - reserve, Cents::of(own), -420'000}};
    why.lines = {{values::Reference::of("BD0000000007"),
                  line_of("V-1"),
                  {Date::of(2024, 1, 3), Date::of(2024, 4, 30)},
                  Cents::of(value)}};
    return why;
}

// With everything that can be in one.
Statement whole_statement() {
    const auto share = [](const char* claim, std::uint64_t entry, std::int64_t before, std::int64_t after) {
        PotShare made;
        made.pot = claim;
        made.claims = 1;
        made.performance = "069:990002";
        made.performance_name = "Geboortezorg prenataal voor zwangeren met een lange omschrijving & een é";
        made.phases = values::PhaseSet::of(values::PhaseKind::prenatal);
        made.care = {Date::of(2024, 1, 3), Date::of(2024, 4, 30)};
        made.booked = Date::of(2024, 5, 15);
        made.entry = entry;
        made.before = Cents::of(before);
        made.after = Cents::of(after);
        return made;
    };
    Statement statement;
    statement.participant = AgbCode::of(8'000'101);
    statement.igo = region_igo;
    statement.period = Period::month_of(Date::of(2024, 5, 1));
    statement.as_of = Date::of(2024, 6, 3);
    statement.open_from = Date::of(2024, 5, 1);
    statement.opening = {Cents::of(1'000'00), Cents::of(-250'00), {}};
    statement.divided = {share("BD0000000007", 12, 0, 876'43), share("BD0000000009", 14, 0, 120'00)};
    statement.divided[0].model = "model-2024";
    statement.divided[0].reasoning = reasoning(1'500'00, 876'43, 900'00, values::Status::example);
    statement.corrections = {share("BD0000000003", 16, 430'10, 0)};
    statement.corrections[0].earlier = PotShare::Earlier{5, Date::of(2024, 4, 15)};
    statement.reliance = {1, 2, 0};
    statement.payments = {{17,
                           Date::of(2024, 5, 20),
                           EventKind::payout_ordered,
                           {Cents::of(-2'000'00), {}, Cents::of(2'000'00)}},
                          {18, Date::of(2024, 5, 21), EventKind::payout_paid, {{}, {}, Cents::of(-1'900'00)}},
                          {19,
                           Date::of(2024, 5, 22),
                           EventKind::participant_advance_set_off,
                           {Cents::of(-50'00), Cents::of(50'00), {}}}};
    statement.late = {{line_of("V-9"), Date::of(2024, 5, 31), Cents::of(75'50)}};
    statement.closing = {Cents::of(1'000'00 + 876'43 + 120'00 - 430'10 - 2'000'00 - 50'00),
                         Cents::of(-200'00), Cents::of(100'00)};
    return statement;
}

TEST(Statement, IsAsTheGoldenFiles) {
    const auto document = engine::statement_document(whole_statement(), texts::Texts::dutch());
    const std::string text =
        paper::testing::text_of_pdf(must("pdf", paper::pdf(document)), scratch("golden.pdf"));
    EXPECT_EQ(text, paper::testing::golden("statement.txt", text));
    const std::string xlsx = must("workbook", paper::workbook(document, scratch("made.xlsx")));
    for (const char* sheet : {"1", "2", "5", "6"}) {
        const std::string xml = paper::testing::xml_in_workbook(
            xlsx, "xl/worksheets/sheet" + std::string(sheet) + ".xml", scratch("golden.xlsx"));
        EXPECT_EQ(xml, paper::testing::golden("statement-" + std::string(sheet) + ".xml", xml));
    }
}

// What a treasurer reads first stands on the first page, whatever comes behind.
TEST(Statement, PageOneIsEnough) {
    Statement statement = whole_statement();
    for (std::size_t i = 0; i < 5'000; ++i) statement.divided.push_back(statement.divided[0]);
    statement.closing.coming += Cents::of(5'000 * 876'43);
    const auto document = engine::statement_document(statement, texts::Texts::dutch());
    const std::string pdf = must("pdf", paper::pdf(document));
    const std::string first = paper::testing::output_of(
        "pdftotext -layout -l 1 " + paper::testing::written_to(scratch("first.pdf"), pdf) + " -");
    for (const char* part : {"Afrekening mei 2024", "08000101", "Voorlopig.", "niet zijn geverifieerd",
                             "€ 4.381.566,33", "Beginsaldo 01-05-2024", "Eindsaldo 31-05-2024", "Totaal",
                             "Andere deelnemers samen", "Afronding", "Niet op tijd te declareren"})
        EXPECT_NE(first.find(part), std::string::npos) << part << "\n" << first;
}

TEST(Statement, AnAmountToPayIsSaidAsOne) {
    const auto document = engine::statement_document(whole_statement(), texts::Texts::dutch());
    const auto& headline = std::get<paper::Headline>(document.sections[0].blocks[0]);
    EXPECT_EQ(headline.label, "U heeft nog te betalen");
    EXPECT_EQ(headline.amount, Cents::of(583'67));
}

// ---- What is asked ----

TEST(Statement, PeriodsAsWritten) {
    const struct {
        const char* text;
        const char* period;
    } rows[] = {
        {"2024-05", "01-05-2024..31-05-2024 2024-05"},
        {"2024-02", "01-02-2024..29-02-2024 2024-02"},
        {"2024-K1", "01-01-2024..31-03-2024 2024-K1"},
        {"2024-K4", "01-10-2024..31-12-2024 2024-K4"},
        {"2024", "01-01-2024..31-12-2024 2024"},
        {"2024-05-01:2024-06-15", "01-05-2024..15-06-2024 2024-05-01_2024-06-15"},
        {"2024-05-03:2024-05-03", "03-05-2024..03-05-2024 2024-05-03_2024-05-03"},
        {"2024-06-15:2024-05-01", "period_reversed"},
        {"2024-K0", "statement_period_syntax"},
        {"2024-K5", "statement_period_syntax"},
        {"2024-13", "statement_period_syntax"},
        {"24-05", "statement_period_syntax"},
        {"2024-5", "statement_period_syntax"},
        {"2024-05-01", "statement_period_syntax"},
        {"2024-05-01:2024-05-32", "statement_period_syntax"},
        {"2024-05-01:2024-06-15:", "statement_period_syntax"},
        {"", "statement_period_syntax"},
    };
    for (const auto& row : rows) {
        const auto period = engine::parse_statement_period(row.text);
        EXPECT_EQ(period.ok() ? period->first.dutch() + ".." + period->last.dutch() + " " +
                                    engine::period_name(*period)
                              : period.error().code,
                  row.period)
            << row.text;
    }
}

TEST(Statement, AnUnknownParticipantIsRefusedAndAMemberWithoutMoneyIsNot) {
    Lived lived(1, Shape::narrow);
    const Period before{lived.first.plus_months(-2), lived.first.plus_days(-1)};
    const auto unknown = engine::statements_of(lived.play.world, AgbCode::of(8'999'999), before, lived.last);
    ASSERT_FALSE(unknown.ok());
    EXPECT_EQ(as_text(unknown.error()), "statement_participant_unknown participant=08999999");
    const auto all = lived.all();
    const auto one =
        must("one", engine::statements_of(lived.play.world, all.front().participant, before, lived.last));
    ASSERT_EQ(one.size(), 1U);
    EXPECT_EQ(one.front().closing.total(), Cents());
    EXPECT_TRUE(one.front().divided.empty());
    const auto document = engine::statement_document(one.front(), texts::Texts::dutch());
    EXPECT_NE(read_all(document).find("Er staat niets meer open"), std::string::npos);
}

TEST(Statement, IsFinalWhenNothingCanBeBookedInItAnyMore) {
    Lived lived(1, Shape::narrow);
    const Period month = Period::month_of(lived.first.plus_months(1));
    const auto open_from = [&](const Period& period) { return lived.statements(period).front().open_from; };
    const Period two{month.first, month.last.plus_days(1)};
    EXPECT_EQ(open_from(month), month.first);
    auto books = must("books", engine::Books::open(lived.play.world.store));
    must("close", books.close(month));
    EXPECT_EQ(open_from(month), std::nullopt);
    EXPECT_EQ(open_from(two), month.last.plus_days(1));
    EXPECT_EQ(must("usual", engine::usual_statement_period(lived.play.world, lived.last)), month);
    const auto bands = [&](const Period& period) {
        return engine::statement_document(lived.statements(period).front(), texts::Texts::dutch()).bands;
    };
    for (const auto& band : bands(month)) EXPECT_FALSE(band.starts_with("Voorlopig")) << band;
    EXPECT_TRUE(bands(two).front().starts_with("Voorlopig. Vanaf " + month.last.plus_days(1).dutch()));
}

}  // namespace
}  // namespace bundel::testing
