#include "wire/compare.h"

#include <gtest/gtest.h>

#include <deque>
#include <fstream>

#include "base/text.h"
#include "wire/any_elements.h"
#include "wire/decode.h"
#include "wire/testing.h"

namespace bundel::wire {
namespace {

std::string golden(const std::string& name) {
    std::ifstream file(BUNDEL_SOURCE_DIR "/tests/golden/ei/" + name + ".asc", std::ios::binary);
    return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

Message read(const std::string& bytes) {
    base::Findings findings;
    auto message = decode(bytes, testing::all_layouts(), "x", findings);
    for (const auto& finding : findings) ADD_FAILURE() << finding.code << " " << finding.where.record;
    BUNDEL_ASSERT(message.has_value());
    return *std::move(message);
}

// What differs, in words: "04 0412 0427", "+98", "-02".
std::string told(const Message& before, const Message& after) {
    std::string words;
    for (const RecordChange& change : compare(before, after, testing::elements()).records) {
        if (!words.empty()) words += ", ";
        if (change.new_record == nullptr) {
            words += "-" + before.code(*change.old_record);
            continue;
        }
        words += (change.old_record == nullptr ? "+" : "") + after.code(*change.new_record);
        const auto& fields = after.layout().records()[change.new_record->index].fields;
        for (const auto& field : change.fields) words += " " + fields[field.new_field].id;
        for (const std::size_t field : change.added) words += " +" + fields[field].id;
    }
    return words;
}

// Lines of VK301, to be put in another order and closed again.
class Lines {
public:
    Lines() : lines_(base::split(bytes_, '\n')) { lines_.pop_back(); }

    void set(std::size_t line, const char* id, std::string text) {
        const auto column = *layout_->column(id);
        text.insert(column.kind == Kind::digits ? 0 : text.size(), column.length - text.size(),
                    column.kind == Kind::digits ? '0' : ' ');
        kept_.push_back(std::string(lines_[line]).replace(column.offset, column.length, text));
        lines_[line] = kept_.back();
    }

    // These lines, numbered and counted.
    Message made(std::initializer_list<std::size_t> order) const {
        Writer writer(layout_);
        for (const std::size_t line : order) writer.copy(lines_[line].substr(0, 310));
        const auto bytes = writer.close().finish();
        BUNDEL_ASSERT(bytes.ok());
        return read(*bytes);
    }
    Message all() const { return made({0, 1, 2, 3, 4, 5, 6}); }

private:
    LayoutRef layout_ = testing::layout("VK301");
    std::string bytes_ = golden("VK301");
    std::vector<std::string_view> lines_;
    std::deque<std::string> kept_;
};

// 0 header, 1 woman, 2 line, 3 credit, 4 comment on it, 5 other woman, 6 her line.
TEST(Compare, MatchesByWhatARecordIs) {
    struct Row {
        const char* name;
        void (*change)(Lines&);
        std::initializer_list<std::size_t> order;
        const char* told;
    };
    const Row rows[] = {
        {"nothing", [](Lines&) {}, {0, 1, 2, 3, 4, 5, 6}, ""},
        {"another order", [](Lines&) {}, {0, 5, 6, 1, 3, 4, 2}, ""},
        {"a line left out", [](Lines&) {}, {0, 1, 3, 4, 5, 6}, "99 9904 9906 9907 9908, -04"},
        {"a woman left out", [](Lines&) {}, {0, 1, 2, 3, 4}, "99 9902 9904 9906 9907 9908, -02, -04"},
        {"a line twice", [](Lines&) {}, {0, 1, 2, 2, 3, 4, 5, 6}, "+04, 99 9904 9906 9907"},
        {"header", [](Lines& l) { l.set(0, "0116", "F-18"); }, {0, 1, 2, 3, 4, 5, 6}, "01 0116"},
        {"name", [](Lines& l) { l.set(1, "0210", "Smit"); }, {0, 1, 2, 3, 4, 5, 6}, "02 0210"},
        {"amount", [](Lines& l) { l.set(2, "0427", "48706"); }, {0, 1, 2, 3, 4, 5, 6}, "04 0427, 99 9907"},
        {"reference", [](Lines& l) { l.set(2, "0429", "P-9"); }, {0, 1, 2, 3, 4, 5, 6}, "+04, -04"},
        {"BSN", [](Lines& l) { l.set(5, "0203", "999992879"); }, {0, 1, 2, 3, 4, 5, 6}, "+02, -02"},
        {"insurer", [](Lines& l) { l.set(5, "0204", "3311"); }, {0, 1, 2, 3, 4, 5, 6}, "+02, -02"},
        {"insured number", [](Lines& l) { l.set(5, "0205", "VZ-2"); }, {0, 1, 2, 3, 4, 5, 6}, "02 0205"},
        {"comment", [](Lines& l) { l.set(4, "9804", "niets"); }, {0, 1, 2, 3, 4, 5, 6}, "+98, -98"},
        {"comment elsewhere", [](Lines&) {}, {0, 1, 2, 4, 3, 5, 6}, "+98, -98"},
    };
    const Message before = Lines().all();
    for (const Row& row : rows) {
        SCOPED_TRACE(row.name);
        Lines lines;
        row.change(lines);
        EXPECT_EQ(told(before, lines.made(row.order)), row.told);
    }
}

TEST(Compare, WhoHasNoBsnIsKnownByHerNumber) {
    Lines before, after;
    for (const char* bsn : {"000000000", "999999999"}) {
        before.set(5, "0203", bsn);
        after.set(5, "0203", bsn);
        EXPECT_EQ(told(before.all(), after.all()), "");
    }
    after.set(5, "0205", "VZ-2");
    EXPECT_EQ(told(before.all(), after.all()), "+02, -02");
}

TEST(Compare, TotalsAreOfTheLines) {
    Lines lines;
    lines.set(2, "0427", "1");
    const Comparison comparison = compare(Lines().all(), lines.all(), testing::elements());
    EXPECT_EQ(comparison.old_total, values::Cents::of(25171));
    EXPECT_EQ(comparison.new_total, values::Cents::of(25171 - 48705 + 1));
    EXPECT_FALSE(compare(read(golden("VK301")), read(golden("VK302")), testing::elements()).new_total);
}

// The positions that the answer repeats are the same; then what it adds.
TEST(Compare, AMessageAndItsAnswer) {
    const std::string same = told(read(golden("VK301")), read(golden("VK302")));
    EXPECT_EQ(same,
              "01 +0181 +0182 +0196, 04 +0481 +0482 +0483 +0484, 04 +0481 +0482 +0483 +0484 +0496, "
              "04 +0481 +0482 +0483 +0484, 99 +9902 +9903 +9904 +9905 +9906 +9907 +9908 +9909 +9910");
}

// Every message of every layout: no difference with itself, all the difference with nothing like it.
TEST(Compare, IsSameOnlyWithItself) {
    for (const LayoutRef& layout : testing::all_layouts().all()) {
        for (std::uint64_t seed = 1; seed <= 20; ++seed) {
            SCOPED_TRACE(layout->name() + " seed " + std::to_string(seed));
            const Message one = read(testing::any_message(layout, seed));
            const Message other = read(testing::any_message(layout, seed + 100));
            EXPECT_TRUE(compare(one, one, testing::elements()).is_same());
            EXPECT_FALSE(compare(one, other, testing::elements()).is_same());
        }
    }
}

}  // namespace
}  // namespace bundel::wire
