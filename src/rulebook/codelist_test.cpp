#include "rulebook/codelist.h"

#include <gtest/gtest.h>

#include "support/rulebook_files.h"
#include "support/small_rulebook.h"

namespace bundel::rulebook {
namespace {

const Rulebook& shipped() {
    static const Rulebook book = testing::load_rulebook();
    return book;
}

TEST(CodeLists, SayWhatTheyKnowAndNoMore) {
    struct Row {
        const char* list;
        const char* code;
        Listed listed;
    };
    const Row rows[] = {{"COD043-VEKT", "D", Listed::known},      {"COD043-VEKT", "E", Listed::absent},
                        {"COD046-NEN", "9", Listed::known},       {"COD046-NEN", "3", Listed::absent},
                        {"COD821-VEKT", "23", Listed::known},     {"COD821-VEKT", "24", Listed::unknown},
                        {"COD700-NEN1", "5", Listed::known},      {"COD829-NEN1", "5", Listed::known},
                        {"COD829-NEN1", "6", Listed::absent},     {"COD820-VEKT", "4", Listed::known},
                        {"COD954-VEKT", "8001", Listed::known},   {"COD954-VEKT", "9998", Listed::unknown},
                        {"AGB-organisatie", "53", Listed::known}, {"AGB-kwalificatie", "5314", Listed::known},
                        {"COD805-VEKT", "1", Listed::unknown},    {"", "", Listed::unknown}};
    for (const Row& row : rows) {
        EXPECT_EQ(shipped().codelists().look_up(row.list, row.code), row.listed) << row.list << row.code;
    }
    EXPECT_EQ(shipped().codelists().find("COD805-VEKT"), nullptr);
    EXPECT_EQ(shipped().codelists().find("COD701-NEN1")->name, "COD700-NEN1");
}

// Only a list whose source has all codes, or whose field allows no other, may refuse a code.
TEST(CodeLists, WhichAreComplete) {
    std::string complete;
    for (const CodeList& list : shipped().codelists().all()) {
        EXPECT_FALSE(list.title.empty()) << list.name;
        if (list.complete) complete += list.name + " ";
    }
    EXPECT_EQ(complete,
              "COD002-VEKT COD016-VEKT COD032-NEN COD043-VEKT COD046-NEN COD700-NEN1 COD833-VEKT "
              "COD841-VEKT COD856-VEKT ");
}

TEST(CodeLists, FilesAreRefusedByName) {
    const std::string good = R"({"codelist": "X-1", "also": ["Y-1"], "title": "t", "source": "s",
 "complete": true, "codes": [{"code": "A", "text": "a"}, {"code": "B", "text": "b"}]})";
    struct Row {
        const char* name;
        std::string from, to, error;
    };
    const Row rows[] = {
        {"nothing wrong", "", "", "none"},
        {"no JSON", "\"also\"", "also", "rulebook_syntax file=codelists/X-1.json line=1"},
        {"another name than the file", "X-1", "X-2",
         "rulebook_value_wrong file=codelists/X-1.json line=- key=codelist found=X-2 allowed=X-1"},
        {"no source", "\"s\"", "\"\"",
         "rulebook_value_wrong file=codelists/X-1.json line=- key=source found= allowed=a..z"},
        {"completeness not said", "\"complete\"", "\"whole\"",
         "rulebook_value_wrong file=codelists/X-1.json line=- key=complete found= allowed=true, false"},
        {"completeness as text", "true", "\"true\"", "rulebook_syntax file=codelists/X-1.json line=1"},
        {"no codes", "\"codes\"", "\"kodes\"",
         "rulebook_value_wrong file=codelists/X-1.json line=- key=codes found=[] allowed=[{code, text}]"},
        {"no code", "\"B\"", "\"\"",
         "rulebook_value_wrong file=codelists/X-1.json line=- key=codes[2].code found= allowed=1..16"},
        {"no text", "\"b\"", "\"\"",
         "rulebook_value_wrong file=codelists/X-1.json line=- key=codes[2].text found= allowed=a..z"},
        {"a code twice", "\"B\"", "\"A\"", "rulebook_value_twice file=codelists/X-1.json key=A"},
        {"its own name again", "Y-1", "X-1", "rulebook_value_twice file=codelists/X-1.json key=codelist"},
        {"the return codes again", "Y-1", "COD954-VEKT",
         "rulebook_value_twice file=codelists/X-1.json key=codelist"},
    };
    for (const Row& row : rows) {
        SCOPED_TRACE(row.name);
        Files files = small_book();
        files["codelists/X-1.json"] = good;
        if (!row.from.empty()) files = edited(files, "codelists/X-1.json", row.from, row.to);
        const auto loaded = Rulebook::load(files);
        EXPECT_EQ(loaded.ok() ? "none" : testing::as_text(loaded.error()), row.error);
    }
}

}  // namespace
}  // namespace bundel::rulebook
