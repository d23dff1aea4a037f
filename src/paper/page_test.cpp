// Where everything stands: inside the margins, over nothing else, nothing left out.
#include "paper/page.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "paper/bars.h"
#include "paper/testing.h"
#include "support/property.h"

namespace bundel::paper {
namespace {
using bundel::testing::expect_law;
using paper::testing::example;
using paper::testing::long_table;
using values::Cents;
using values::Date;

// Every character as wide as the widest of most fonts.
double measure(std::string_view text, const Face& face) {
    const auto characters = std::count_if(
        text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; });
    return static_cast<double>(characters) * face.size * (face.strong ? 0.7 : 0.62);
}

bool overlap(const Words& a, const Words& b) {
    const auto top = [](const Words& w) { return w.y - 0.75 * w.face.size; };
    const bool apart =
        a.x + a.width <= b.x + 0.01 || b.x + b.width <= a.x + 0.01 || a.y <= top(b) || b.y <= top(a);
    return !apart;
}

std::string fault_in(const Page& page) {
    for (const Words& words : page.words) {
        const bool inside = words.x >= margin - 0.01 && words.x + words.width <= page_width - margin + 0.01 &&
                            words.y - words.face.size >= margin - 1 && words.y <= page_height - margin + 0.01;
        if (!inside) return "outside the margins: " + words.text;
    }
    for (const Box& box : page.boxes) {
        if (box.x < margin - 0.5 || box.x + box.width > page_width - margin + 0.5 || box.width < 0 ||
            box.height < 0 || box.y + box.height > page_height - margin + 0.5)
            return "a box outside the margins";
    }
    for (std::size_t i = 0; i < page.words.size(); ++i) {
        for (std::size_t j = i + 1; j < page.words.size(); ++j) {
            if (overlap(page.words[i], page.words[j]))
                return "'" + page.words[i].text + "' lies over '" + page.words[j].text + "'";
        }
    }
    return "";
}

std::string fault_in(const std::vector<Page>& pages) {
    for (const Page& page : pages) {
        if (const std::string fault = fault_in(page); !fault.empty()) return fault;
    }
    return "";
}

// All characters but spaces, in the order of the document: a wrapped text reads on.
std::string run_together(const std::vector<Page>& pages) {
    std::string text;
    for (const Page& page : pages) {
        for (const Words& words : page.words) text += words.text;
    }
    std::erase(text, ' ');
    return text;
}

std::size_t times(const std::string& text, const std::string& part) {
    std::size_t found = 0;
    for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++found;
    return found;
}

TEST(Wrapped, BetweenWordsElseBetweenCharacters) {
    const Face face{1, false};  // a character is 0.62 wide
    using Lines = std::vector<std::string>;
    const struct {
        const char* text;
        double width;
        Lines lines;
    } rows[] = {
        {"", 10, {""}},
        {"   ", 10, {""}},
        {"een twee", 0.62 * 8, {"een twee"}},
        {"een twee", 0.62 * 7.9, {"een", "twee"}},
        {"  een   twee ", 0.62 * 8, {"een twee"}},
        {"eentwee", 0.62 * 4, {"eent", "wee"}},
        {"a eentwee b", 0.62 * 5, {"a", "eentw", "ee b"}},
        {"één€", 0.62 * 2, {"éé", "n€"}},
        {"abc", 0, {"a", "b", "c"}},
    };
    for (const auto& row : rows)
        EXPECT_EQ(wrapped(row.text, row.width, face, measure), row.lines) << row.text;
}

TEST(Pages, TheExampleFitsOnTwo) {
    const auto pages = lay_out(example(), measure);
    ASSERT_EQ(pages.size(), 2U);
    EXPECT_EQ(fault_in(pages), "");
    EXPECT_EQ(pages[1].headings, std::vector<std::string>{"Regels"});
    const std::string text = run_together(pages);
    for (const char* part :
         {"pagina1van2", "pagina2van2", "€1.499,95", "-1.500,05", "29-02-2024", "1.204", "Geenregels."})
        EXPECT_NE(text.find(part), std::string::npos) << part;
}

TEST(Pages, FiveThousandRowsAllThereUnderARepeatedHead) {
    const auto pages = lay_out(long_table(5'000), measure);
    EXPECT_EQ(fault_in(pages), "");
    EXPECT_GT(pages.size(), 90U);
    const std::string text = run_together(pages);
    EXPECT_EQ(times(text, "BD"), 5'000U);
    EXPECT_EQ(times(text, "Aandeel"), pages.size() - 1);
}

TEST(Pages, ATitleNeverStandsAloneAtTheFoot) {
    for (std::size_t filler = 0; filler < 60; ++filler) {
        Document document = example();
        auto& blocks = document.sections.front().blocks;
        const Block table = blocks.back();
        blocks.clear();
        for (std::size_t i = 0; i < filler; ++i) blocks.push_back(Paragraph{"Regel."});
        blocks.push_back(table);
        for (const Page& page : lay_out(document, measure)) {
            const auto title = std::find_if(page.words.begin(), page.words.end(),
                                            [](const Words& words) { return words.text == "Prestaties"; });
            if (title == page.words.end()) continue;
            const bool row = std::any_of(title, page.words.end(),
                                         [](const Words& words) { return words.text.starts_with("=SOM"); });
            EXPECT_TRUE(row) << filler;
        }
    }
}

TEST(Pages, ATextBeyondAllBoundsEndsInAnEllipsis) {
    Document document = long_table(1);
    auto& table = std::get<Table>(document.sections.back().blocks[0]);
    std::string endless;
    for (int i = 0; i < 4'000; ++i) endless += "lang ";
    table.rows[0].cells[0] = endless;
    const auto pages = lay_out(document, measure);
    EXPECT_EQ(fault_in(pages), "");
    EXPECT_EQ(times(run_together(pages), "…"), 1U);
}

TEST(Bars, LevelsStandOnZeroAndChangesHangBetween) {
    const auto bars = bars_of(std::get<Waterfall>(example().sections[0].blocks[1]), 400);
    // -1000 .. 3000 over 400: a tenth of a point per euro, zero at 100.
    EXPECT_NEAR(bars.zero, 100, 0.01);
    const double wanted[][2] = {{0, 100}, {0, 400}, {250, 150}, {100, 150}};
    for (std::size_t i = 0; i < 4; ++i) {
        EXPECT_NEAR(bars.bars[i].from, wanted[i][0], 0.01) << i;
        EXPECT_NEAR(bars.bars[i].length, wanted[i][1], 0.01) << i;
    }
    const auto none = bars_of({"", {{"a", Cents(), true}, {"b", Cents(), false}}}, 400);
    for (const auto& bar : none.bars) EXPECT_EQ(bar.length, 0);
}

// ---- Laws ----

std::string any_text() {
    static const std::vector<std::string> parts{"a",     "één",
                                                " ",     "Verloskundigenpraktijk",
                                                "€",     "069:990002",
                                                "\t",    "\xC3",
                                                "-",     "0123456789012345678901",
                                                "Zoë",   "\xF0\x9F\x91\xB6",
                                                "\xFF ", "dag.en",
                                                " ",     "…"};
    std::string text;
    const int length = *rc::gen::weightedElement<int>({{4, 2}, {4, 8}, {1, 60}});
    for (int i = 0; i < length; ++i) text += *rc::gen::elementOf(parts);
    return text;
}

Cents any_amount() {
    return Cents::of(*rc::gen::weightedOneOf<std::int64_t>(
        {{1, rc::gen::element<std::int64_t>(0, INT64_MAX, -INT64_MAX, -1)},
         {4, rc::gen::inRange<std::int64_t>(-10'000'00, 10'000'000'00)}}));
}

Table any_table() {
    using Kind = Column::Kind;
    Table table{any_text(), {}, {}, any_text()};
    const int columns = *rc::gen::inRange(1, 12);
    for (int i = 0; i < columns; ++i)
        table.columns.push_back(
            {any_text(), *rc::gen::element(Kind::text, Kind::amount, Kind::date, Kind::count)});
    const int rows = *rc::gen::element(0, 1, 3, 30);
    for (int i = 0; i < rows; ++i) {
        Row row;
        row.total = i + 1 == rows;
        for (const Column& column : table.columns) {
            switch (column.kind) {
                case Kind::text: row.cells.emplace_back(any_text()); break;
                case Kind::amount: row.cells.emplace_back(any_amount()); break;
                case Kind::date: row.cells.emplace_back(Date::of(2024, 2, 29)); break;
                case Kind::count: row.cells.emplace_back(*rc::gen::arbitrary<std::int64_t>()); break;
            }
        }
        table.rows.push_back(std::move(row));
    }
    return table;
}

Document any_document() {
    Document document = example();
    document.title = any_text();
    document.about = {any_text(), any_text()};
    document.bands = {any_text()};
    Waterfall fall{any_text(), {}};
    for (int i = 0; i < 5; ++i)
        fall.bars.push_back({any_text(), Cents::of(any_amount().count() / 8), i % 2 == 0});
    document.sections[0].blocks = {Headline{any_text(), any_amount()}, fall, any_table(),
                                   Paragraph{any_text()}};
    document.sections[1].blocks = {any_table()};
    return document;
}

TEST(Laws, NothingLeavesThePageOrLiesOverAnything) {
    expect_law("inside and apart", [] {
        const std::string fault = fault_in(lay_out(any_document(), measure));
        if (!fault.empty()) RC_FAIL(fault);
    });
}

TEST(Laws, EveryAmountIsWhole) {
    expect_law("amounts", [] {
        Document document = long_table(0);
        Table table = any_table();
        document.sections.back().blocks = {table};
        const std::string text = run_together(lay_out(document, measure));
        for (const Row& row : table.rows) {
            for (const Cell& cell : row.cells) {
                if (!std::holds_alternative<std::string>(cell)) {
                    // A wrapped amount would be read as two.
                    RC_ASSERT(table.columns.size() > 8 || text.find(shown(cell)) != std::string::npos);
                }
            }
        }
    });
}

}  // namespace
}  // namespace bundel::paper
