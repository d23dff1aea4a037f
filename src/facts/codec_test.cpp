#include "facts/codec.h"

#include <gtest/gtest.h>

#include "support/any_reading.h"
#include "support/property.h"

namespace bundel::facts {
namespace {

using testing::expect_law;

const Date received = Date::of(2024, 5, 6);
const Digest message = base::digest("message");

template <class Fact>
void receive(std::vector<Known<Fact>>& facts) {
    for (auto& known : facts) {
        known.received = received;
        known.origin.message = message;
    }
}

Reading any_reading(std::uint64_t seed) {
    Reading reading = AnyReading(seed).reading();
    receive(reading.lines);
    receive(reading.enrolments);
    receive(reading.outcomes);
    receive(reading.phase_ends);
    receive(reading.insurances);
    receive(reading.outside);
    receive(reading.judgements);
    receive(reading.memberships);
    receive(reading.contracts);
    receive(reading.activities);
    receive(reading.bought);
    receive(reading.children);
    receive(reading.accounts);
    return reading;
}

TEST(Codec, RoundTrip) {
    expect_law("decode(encode(reading)) = reading", [](std::uint64_t seed) {
        const Reading reading = any_reading(seed);
        const auto again = decode(encode(reading), message, received);
        RC_ASSERT(again.ok());
        RC_ASSERT(*again == reading);
    });
}

TEST(Codec, BordersOfNumbers) {
    CareLine line;
    line.amount = Cents::of(INT64_MIN);
    line.tariff = Cents::of(INT64_MAX);
    line.quantity = INT32_MIN;
    line.care = {Date::of(1, 1, 1), Date::far_future()};
    line.person = {UINT64_MAX, 0};
    line.id = {AgbCode::of(99'999'999), Reference::of("12345678901234567890")};
    Reading reading;
    reading.lines = {{line, received, {message, INT32_MAX}}};
    EXPECT_EQ(*decode(encode(reading), message, received), reading);
    EXPECT_FALSE(reading.empty());
    EXPECT_TRUE(Reading{}.empty());
    EXPECT_EQ(*decode(encode({}), message, received), Reading{});
}

bool damaged(std::string_view bytes) {
    const auto result = decode(bytes, message, received);
    return !result.ok() && result.error() == base::Error{"reading_damaged"};
}

TEST(Codec, EveryDamageIsFound) {
    expect_law("a bit turned, bytes cut off or added: reading_damaged", [](std::uint64_t seed) {
        std::string bytes = encode(any_reading(seed));
        const std::size_t at = *rc::gen::inRange<std::size_t>(0, bytes.size());
        RC_ASSERT(damaged(std::string_view(bytes).substr(0, at)));
        RC_ASSERT(damaged(bytes + '\0'));
        bytes[at] = static_cast<char>(bytes[at] ^ (1 << *rc::gen::inRange(0, 8)));
        RC_ASSERT(damaged(bytes));
    });
}

// With the checksum made to fit, as somebody who means harm would.
std::string sealed(std::string bytes) {
    const Digest sum = base::digest(std::string_view(bytes).substr(9));
    return bytes.replace(1, 8, sum.view().substr(0, 8));
}

TEST(Codec, ForgedBytesAreRefusedOrCanonical) {
    expect_law("what is decoded is written as the very same bytes", [](std::uint64_t seed) {
        std::string bytes = encode(any_reading(seed));
        for (int times = *rc::gen::inRange(1, 4); times > 0 && bytes.size() > 9; --times) {
            const std::size_t at = *rc::gen::inRange<std::size_t>(9, bytes.size());
            switch (*rc::gen::inRange(0, 3)) {
                case 0: bytes[at] = *rc::gen::arbitrary<char>(); break;
                case 1: bytes.erase(at, 1); break;
                default: bytes.insert(at, 1, *rc::gen::arbitrary<char>());
            }
        }
        const std::string forged = sealed(bytes);
        const auto result = decode(forged, message, received);
        const bool lawful = !result.ok() || encode(*result) == forged;
        RC_ASSERT(lawful);
    });
}

TEST(Codec, ForgedBodiesTable) {
    struct Row {
        const char* why;
        std::string body;
        bool is_read;
    };
    const std::string none(13, '\0');
    const Row rows[] = {
        {"thirteen empty lists", none, true},
        {"twelve", none.substr(1), false},
        {"fourteen", none + '\0', false},
        {"a count in two bytes where one would do", std::string("\x80\0", 2) + none.substr(1), false},
        {"more items than bytes", "\x7f" + none, false},
        {"a number of more than 64 bits", std::string(9, '\xff') + "\x02" + none, false},
        {"an endless number", std::string(40, '\xff'), false},
    };
    for (const Row& row : rows) {
        SCOPED_TRACE(row.why);
        const std::string bytes = sealed(std::string("\3") + std::string(8, ' ') + row.body);
        EXPECT_EQ(decode(bytes, message, received).ok(), row.is_read);
    }
}

TEST(Codec, AnotherFormatIsNotRead) {
    std::string bytes = encode({});
    bytes[0] = 1;
    EXPECT_TRUE(damaged(bytes));
    EXPECT_TRUE(damaged(""));
}

// The bytes are kept for years: a change of format must be meant.
TEST(Codec, BytesOfAKnownReading) {
    CareLine line;
    line.id = {AgbCode::of(8'000'101), Reference::of("V-1")};
    line.amount = Cents::of(-64);
    Reading reading;
    reading.lines = {{line, received, {message, 3}}};
    const std::string bytes = encode(reading);
    EXPECT_EQ(base::digest(bytes).hex(), "b310cdbf3d4e43bae7da2294c367b9c007d3091badb5a7f4cecd46f06f18ba53");
    EXPECT_EQ(content_digest(line).hex(), "20df9445568d608e06ccb47bfc67b822cf95f312972af743f1bff6deed88495d");
}

TEST(ContentDigest, TellsEveryFieldApartButNotTheWoman) {
    const CareLine line = AnyReading(1).line();
    CareLine other = line;
    other.person = {1, 2};
    other.person_known = !line.person_known;
    EXPECT_EQ(content_digest(other), content_digest(line));
    const auto differs = [&](auto change) {
        CareLine changed = line;
        change(changed);
        return content_digest(changed) != content_digest(line);
    };
    EXPECT_TRUE(differs([](CareLine& c) { c.id.reference = Reference::of("X"); }));
    EXPECT_TRUE(differs([](CareLine& c) { c.id.issuer = AgbCode::of(8'000'199); }));
    EXPECT_TRUE(differs([](CareLine& c) { c.declarant = AgbCode::of(8'000'199); }));
    EXPECT_TRUE(differs([](CareLine& c) { c.treating = AgbCode::of(8'000'199); }));
    EXPECT_TRUE(differs([](CareLine& c) { c.referrer = AgbCode::of(8'000'199); }));
    EXPECT_TRUE(
        differs([&](CareLine& c) { c.payer = line.payer == Payer::self ? Payer::state : Payer::self; }));
    EXPECT_TRUE(differs([](CareLine& c) { c.insurer = UzoviCode::of(7); }));
    EXPECT_TRUE(differs([](CareLine& c) { c.performance = PerformanceCode::of(69, "1101"); }));
    EXPECT_TRUE(differs([](CareLine& c) { c.care.first = Date::of(2020, 1, 1); }));
    EXPECT_TRUE(differs([](CareLine& c) { c.care.last = Date::of(2030, 1, 1); }));
    EXPECT_TRUE(differs([](CareLine& c) { c.partus = Date::of(2020, 1, 1); }));
    EXPECT_TRUE(differs([](CareLine& c) { c.quantity += 1; }));
    EXPECT_TRUE(differs([](CareLine& c) { c.tariff += Cents::of(1); }));
    EXPECT_TRUE(differs([](CareLine& c) { c.amount += Cents::of(1); }));
    EXPECT_TRUE(differs([](CareLine& c) { c.credit = !c.credit; }));
    EXPECT_TRUE(differs([](CareLine& c) { c.previous = Reference::of("Y"); }));
}

}  // namespace
}  // namespace bundel::facts
