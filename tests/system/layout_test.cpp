// One command replaces the provisional layout: from then on bundles go out in what the spreadsheet says.
#include <gtest/gtest.h>

#include <fstream>

#include "sheet/any_xls.h"
#include "sheet/any_xlsx.h"
#include "sheet/workbook.h"
#include "support/example_ber.h"
#include "system/holding.h"
#include "system/process.h"

namespace bundel::testing {
namespace {
namespace fs = std::filesystem;

const std::string sources = BUNDEL_SOURCE_DIR;

Ended bundel(std::vector<std::string> words) {
    words.insert(words.begin(), BUNDEL_PROGRAM);
    return run_process(words, 60);
}

bool says(const std::string& text, const std::string& words) {
    return text.find(words) != std::string::npos;
}

class LayoutImport : public ::testing::Test {
protected:
    LayoutImport() : folder_("layout"), data_((folder_.path / "data").string()) {}

    void make(const char* kind) {
        ASSERT_EQ(bundel({"init", kind, data_, "--igo", "53000001"}).exit_code, 0);
    }
    std::string file(const std::string& name, const std::string& bytes) const {
        const std::string path = (folder_.path / name).string();
        std::ofstream(path, std::ios::binary) << bytes;
        return path;
    }
    Ended import(const std::string& path) const {
        return bundel({"layout", "import", path, "--data", data_});
    }
    Ended on_data(std::vector<std::string> words) const {
        words.insert(words.end(), {"--data", data_});
        return bundel(std::move(words));
    }

    OwnFolder folder_;
    std::string data_;
};

TEST_F(LayoutImport, TheOfficialOneTakesThePlaceOfTheProvisionalOne) {
    make("--live");
    EXPECT_TRUE(says(on_data({"ready"}).out, "KZ301-3.2-provisional"));
    const Ended done =
        import(file("KZ301v3.2_BERu1.xlsx", sheet::testing::xlsx_of(example_ber("STANDAARD"))));
    EXPECT_EQ(done.exit_code, 0) << done.err;
    EXPECT_TRUE(says(done.out, "KZ301 3.2: geverifieerd, 310 posities")) << done.out;
    EXPECT_TRUE(says(done.out, "record 04 PRESTATIERECORD: 28 rubrieken")) << done.out;
    EXPECT_TRUE(says(done.out, "KZ301-3.2-provisional (voorlopig)")) << done.out;
    EXPECT_TRUE(says(done.out, "0427: nieuw, posities 192-201")) << done.out;
    EXPECT_TRUE(says(done.out, "0480: posities 192-310 worden 202-310")) << done.out;
    EXPECT_FALSE(fs::exists(data_ + "/regelboek/layouts/KZ301-3.2-provisional.json"));
    EXPECT_TRUE(fs::exists(data_ + "/regelboek/layouts/KZ301-3.2.json"));
    const std::string ready = on_data({"ready"}).out;
    EXPECT_FALSE(says(ready, "KZ301-3.2-provisional")) << ready;
    EXPECT_TRUE(says(ready, "KZ302-3.2-provisional")) << "its answer still is";
    const std::string list = on_data({"layout", "list"}).out;
    EXPECT_TRUE(says(list, "KZ301 3.2: geverifieerd")) << list;
    EXPECT_FALSE(says(list, "KZ301 3.2-provisional")) << list;
}

TEST_F(LayoutImport, TheSameFileAgainChangesNothing) {
    make("--live");
    const std::string path = file("a.xls", sheet::testing::xls_of(example_ber("STANDAARD")));
    ASSERT_EQ(import(path).exit_code, 0);
    const auto before = files_below(data_ + "/regelboek");
    const Ended again = import(path);
    EXPECT_EQ(again.exit_code, 0) << again.err;
    EXPECT_TRUE(says(again.out, "de rubrieken zijn gelijk")) << again.out;
    EXPECT_EQ(files_below(data_ + "/regelboek"), before);
}

// What the tutorial does, after the import: two insurers get their bundles in the new layout.
void take_in_tutorial(const std::function<Ended(std::vector<std::string>)>& on_data) {
    const std::string files = sources + "/docs/tutorial/files/";
    const std::vector<std::vector<std::string>> steps = {
        {"import", sources + "/examples/delta/regio", "--received", "2017-01-05"},
        {"import", files + "inschrijvingen.csv", "--received", "2017-04-05"},
        {"import", files + "uitkomsten.csv", "--received", "2017-12-05"},
        {"import", files + "ster-2018-01-05.txt", "--received", "2018-01-05"},
        {"run", "--as-of", "2018-02-01"}};
    for (const auto& step : steps) {
        const Ended done = on_data(step);
        ASSERT_EQ(done.exit_code, 0) << step[0] << done.out << done.err;
    }
}

TEST_F(LayoutImport, BundlesGoOutInIt) {
    make("--example");
    ASSERT_EQ(import(file("x.xlsx", sheet::testing::xlsx_of(example_ber("STANDAARD")))).exit_code, 0);
    take_in_tutorial([&](std::vector<std::string> words) { return on_data(std::move(words)); });
    std::size_t bundles = 0;
    for (const auto& [name, bytes] : files_below(data_ + "/outbox")) {
        if (!says(name, "KZ301_")) continue;
        ++bundles;
        EXPECT_EQ(bytes.substr(0, 9), "011500302");
        EXPECT_EQ(bytes.size() % 312, 0U);
    }
    EXPECT_GT(bundles, 0U);
}

// Messages were kept that were read in the old columns: another layout would read them differently.
TEST_F(LayoutImport, WhatIsInUseStays) {
    make("--example");
    take_in_tutorial([&](std::vector<std::string> words) { return on_data(std::move(words)); });
    const auto before = files_below(data_ + "/regelboek");
    const Ended done = import(file("x.xlsx", sheet::testing::xlsx_of(example_ber("STANDAARD"))));
    EXPECT_EQ(done.exit_code, 3);
    EXPECT_TRUE(says(done.err, "KZ301-3.2-provisional")) << done.err;
    EXPECT_EQ(files_below(data_ + "/regelboek"), before);
}

TEST_F(LayoutImport, OutsideADataDirectoryItIsPrinted) {
    const std::string path = file("x.xlsx", sheet::testing::xlsx_of(example_ber("STANDAARD")));
    const fs::path here = fs::current_path();
    fs::current_path(folder_.path);
    const Ended done = bundel({"layout", "import", path});
    const Ended list = bundel({"layout", "list"});
    fs::current_path(here);
    EXPECT_EQ(done.exit_code, 0) << done.err;
    const auto layout = wire::Layout::parse(done.out);
    ASSERT_TRUE(layout.ok());
    EXPECT_EQ(layout->name(), "KZ301-3.2");
    EXPECT_TRUE(says(done.err, "KZ301 3.2: geverifieerd")) << done.err;
    EXPECT_TRUE(says(list.out, "VK301 2.2: geverifieerd")) << list.out;
    EXPECT_EQ(bundel({"layout", "list", "--data", data_}).exit_code, 3);
}

TEST_F(LayoutImport, RefusedIsSaidAndChangesNothing) {
    make("--example");
    const auto before = files_below(data_ + "/regelboek");
    wire::Grid gap = example_ber("STANDAARD");
    for (wire::GridRow& row : gap.sheets[1].rows) {
        if (row.cell(3) == "0203") row.cells[8] = "24";
    }
    struct Row {
        std::string name, bytes;
        const char* words;
    };
    const Row rows[] = {
        {"gap.xlsx", sheet::testing::xlsx_of(gap), "vóór rubriek 0203 ontbreken posities"},
        {"other.xlsx", sheet::testing::xlsx_of({{{"Blad1", {{1, {"Naam", "Bedrag"}}}}}}),
         "geen berichtspecificatie"},
        {"text.xlsx", "Recordcode;Lengte", "geen rekenblad"},
        {"half.xlsx", sheet::testing::xlsx_of(gap).substr(0, 2000), "beschadigd"},
        {"half.xls", sheet::testing::xls_of(gap).substr(0, 5000), "beschadigd"},
    };
    for (const Row& row : rows) {
        SCOPED_TRACE(row.name);
        const Ended done = import(file(row.name, row.bytes));
        EXPECT_EQ(done.exit_code, 3);
        EXPECT_TRUE(says(done.err, row.words)) << done.err;
    }
    EXPECT_EQ(import((folder_.path / "nowhere.xlsx").string()).exit_code, 3);
    EXPECT_EQ(import(folder_.path.string()).exit_code, 3);
    EXPECT_EQ(files_below(data_ + "/regelboek"), before);
    for (const auto& words : std::vector<std::vector<std::string>>{{"layout"},
                                                                   {"layout", "import"},
                                                                   {"layout", "leer"},
                                                                   {"layout", "import", "a", "b"},
                                                                   {"layout", "list", "x"}}) {
        EXPECT_EQ(bundel(words).exit_code, 2) << words.size();
    }
}

// A file that stops bundel-sheet itself is an Error of bundel.
TEST_F(LayoutImport, WhatStopsTheReaderDoesNotStopUs) {
    make("--example");
    auto parts = sheet::testing::xlsx_parts(example_ber("STANDAARD"), sheet::testing::Texts::shared);
    parts["xl/worksheets/sheet1.xml"] =
        "<worksheet>" + std::string(std::size_t{120} << 20, ' ') + "</worksheet>";
    const Ended done = import(file("bomb.xlsx", sheet::testing::zipped(parts)));
    EXPECT_EQ(done.exit_code, 3);
    EXPECT_TRUE(says(done.err, "veel groter")) << done.err;
}

// The file that the how-to uses is the example, and says of itself that it is invented.
TEST(LayoutExample, TheFileInTheDocumentsIsTheExample) {
    std::ifstream in(sources + "/docs/how-to/files/VOORBEELD-KZ301.xlsx", std::ios::binary);
    const std::string bytes{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
    const auto grid = sheet::read_workbook(bytes);
    ASSERT_TRUE(grid.ok());
    EXPECT_EQ(wire::write_grid(*grid), wire::write_grid(example_ber("VERZONNEN VOORBEELD")));
}

}  // namespace
}  // namespace bundel::testing
