#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <regex>

#include "reply/testing.h"
#include "support/rulebook_files.h"

namespace bundel::reply {
namespace {

using claim::State;
using ::testing::AnyOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::StartsWith;

const rulebook::Rulebook& book() {
    static const rulebook::Rulebook loaded = bundel::testing::load_rulebook();
    return loaded;
}

claim::Sent answered(State state, std::initializer_list<const char*> codes) {
    claim::Sent claim = testing::claim_of(0, "A");
    claim.state = state;
    std::size_t at = 0;
    for (const char* code : codes) claim.codes[at++] = base::FixedText<4>::of(code);
    return claim;
}

std::vector<std::string> said(const claim::Sent& claim, std::optional<Date> latest = Date::of(2025, 9, 30)) {
    return advice(claim, book(), texts::Texts::dutch(), latest);
}

TEST(Advice, MeaningRepairAndDeadlineOfARejection) {
    EXPECT_THAT(said(answered(State::rejected, {"0587", "8002"})),
                ElementsAre("De zorgverzekeraar heeft deze regel afgewezen.", StartsWith("Retourcode 0587: "),
                            StartsWith("Iemand anders heeft deze zorg al gedeclareerd"),
                            StartsWith("Retourcode 8002: "), HasSubstr("30-09-2025")));
}

TEST(Advice, WithoutDeadlineNoneIsNamed) {
    EXPECT_THAT(said(answered(State::rejected, {}), std::nullopt),
                ElementsAre("De zorgverzekeraar heeft deze regel afgewezen."));
}

TEST(Advice, ReductionNamesBothAmounts) {
    claim::Sent claim = answered(State::approved_other_amount, {});
    claim.granted = Cents::of(100'00);
    EXPECT_THAT(said(claim), ElementsAre("De zorgverzekeraar heeft van deze regel € 100,00 toegekend; "
                                         "gedeclareerd was € 123,45.",
                                         HasSubstr("30-09-2025")));
}

TEST(Advice, RejectedCreditHasNoDeadline) {
    claim::Sent claim = answered(State::rejected, {"8084"});
    claim.credit = true;
    EXPECT_THAT(said(claim), ElementsAre(StartsWith("De zorgverzekeraar heeft deze creditregel geweigerd"),
                                         StartsWith("Retourcode 8084: "), StartsWith("De debetregel is al")));
}

TEST(Advice, ApprovalSaysOnlyWhatTheInsurerSays) {
    EXPECT_THAT(said(answered(State::approved, {})), IsEmpty());
    EXPECT_THAT(said(answered(State::approved, {"8001"})), ElementsAre(StartsWith("Retourcode 8001: ")));
}

TEST(Advice, UnknownCodeIsNamed) {
    ASSERT_EQ(book().return_code("9999"), nullptr);
    EXPECT_THAT(said(answered(State::approved, {"9999"})),
                ElementsAre(HasSubstr("9999: deze code staat niet in onze codelijst")));
}

// Every published code gives whole sentences that can stand in a message.
TEST(Advice, EveryCodeOfTheListCanBeWritten) {
    const auto files = bundel::testing::rulebook_files();
    const std::string& json = files.at("codelists/COD954.json");
    static const std::regex entry(R"re("code"\s*:\s*"(\w{4})")re");
    std::size_t codes = 0;
    for (std::sregex_iterator i(json.begin(), json.end(), entry), end; i != end; ++i, ++codes) {
        const std::string code = (*i)[1];
        ASSERT_NE(book().return_code(code), nullptr) << code;
        for (const std::string& sentence : said(answered(State::rejected, {code.c_str()}))) {
            EXPECT_TRUE(wire::ascii(sentence).ok()) << sentence;
            EXPECT_THAT(sentence, Not(AnyOf(HasSubstr("{"), HasSubstr("repair_"), HasSubstr("advice_"))));
        }
    }
    EXPECT_GT(codes, 100U);
}

}  // namespace
}  // namespace bundel::reply
