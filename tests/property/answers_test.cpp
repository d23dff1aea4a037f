// What a receiver says of a claim message is what its declarant reads in the answer: the return message
// between them loses nothing and adds nothing. For every message that has an answer.
#include <gtest/gtest.h>

#include "intake/intake.h"
#include "reply/answer.h"
#include "wire/decode.h"
#include "wire/testing.h"

namespace bundel {
namespace {

using values::Cents;
using wire::testing::Seeded;

class Everybody : public intake::Resolver {
public:
    base::Result<values::PersonId> person(const intake::IdentityRow&) override {
        return values::PersonId{1, ++count_};
    }

private:
    std::uint64_t count_ = 0;
};

struct Said {
    Cents calculated, granted;
    std::vector<std::string> codes;
    bool operator==(const Said&) const = default;
};

bool is_line(const wire::Message& message, const wire::Record& record) {
    const bool has_tariffs = message.layout().record_index(wire::code_tariff) >= 0;
    return message.code(record) == (has_tariffs ? wire::code_tariff : wire::code_performance);
}

// A line to which nothing is granted says why itself; else the records above it speak.
reply::Ruling any_ruling(std::size_t record, bool is_line, Seeded& seeded) {
    reply::Ruling ruling{record, {}, {}, {}};
    if (is_line) {
        const auto amount = [&] { return Cents::of(static_cast<std::int64_t>(seeded.below(100'000'000))); };
        ruling.calculated = seeded.below(3) == 0 ? -amount() : amount();
        ruling.granted = seeded.below(3) == 0 ? Cents() : seeded.below(3) == 0 ? -amount() : amount();
    }
    const std::size_t least = is_line && ruling.granted->is_zero() ? 1 : 0;
    for (auto codes = least + seeded.below(4 - least); codes > 0; --codes) {
        ruling.codes.push_back(std::to_string(8000 + seeded.below(100)));
    }
    return ruling;
}

std::vector<reply::Ruling> any_rulings(const wire::Message& message, Seeded& seeded) {
    std::vector<reply::Ruling> rulings;
    for (std::size_t i = 1; i + 1 < message.records().size(); ++i) {
        const bool of_line = is_line(message, message.records()[i]);
        if (of_line || seeded.below(3) == 0) rulings.push_back(any_ruling(i, of_line, seeded));
    }
    return rulings;
}

TEST(Answers, AreReadAsTheyWereMeant) {
    const wire::Layouts& layouts = wire::testing::all_layouts();
    std::vector<wire::LayoutRef> answered;
    for (const auto& layout : layouts.all()) {
        if (layouts.answer_to(*layout)) answered.push_back(layout);
    }
    ASSERT_EQ(answered.size(), 6U);
    for (std::uint64_t seed = 1; seed <= wire::testing::cases(); ++seed) {
        const wire::LayoutRef& layout = answered[seed % answered.size()];
        SCOPED_TRACE(layout->name() + " seed " + std::to_string(seed));
        Seeded seeded(seed);
        base::Findings findings;
        const auto sent = wire::decode(wire::testing::any_message(layout, seed), layout, "in.asc", findings);
        ASSERT_TRUE(sent.has_value());
        const auto rulings = any_rulings(*sent, seeded);
        std::vector<Said> said;
        for (const reply::Ruling& ruling : rulings) {
            if (ruling.granted) said.push_back({*ruling.calculated, *ruling.granted, ruling.codes});
        }
        const auto judgement = reply::judge(*sent, findings, rulings);
        ASSERT_TRUE(judgement.ok());
        const auto written =
            reply::write_answer(layouts, *sent, "ZV-1", values::Date::of(2024, 3, 1), *judgement);
        ASSERT_TRUE(written.ok()) << written.error().code;
        const auto returned =
            wire::decode(reply::bytes_of(*written), layouts.answer_to(*layout), "out.asc", findings);
        ASSERT_TRUE(returned.has_value());
        ASSERT_TRUE(findings.empty()) << findings.front().code;
        Everybody everybody;
        const auto answers = intake::read_answers(*returned, everybody, findings);
        ASSERT_TRUE(answers.ok());
        std::vector<Said> read;
        for (const auto& line : answers->lines) read.push_back({line.calculated, line.granted, line.codes});
        ASSERT_EQ(read, said);
        EXPECT_EQ(answers->codes, judgement->codes);
        EXPECT_EQ(answers->insurer_reference, "ZV-1");
    }
}

}  // namespace
}  // namespace bundel
