// Our payment files against the schemas that ISO 20022 publishes (iso20022/README.md), judged by xmllint.
#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "bank/pain001.h"
#include "bank/testing.h"

namespace bundel::bank {
namespace {
namespace fs = std::filesystem;

const fs::path schemas = fs::path(BUNDEL_SOURCE_DIR) / "tests/conformance/iso20022";

struct Judged {
    bool valid = false;
    std::string said;
};

Judged judge(PainVersion version, const std::string& text) {
    const fs::path file = fs::temp_directory_path() / ("bundel-pain-" + std::to_string(::getpid()) + ".xml");
    std::ofstream(file) << text;
    const fs::path schema = schemas / (std::string(name_of(version)) + ".xsd");
    EXPECT_TRUE(fs::exists(schema)) << schema;
    const std::string command =
        "xmllint --nonet --noout --schema '" + schema.string() + "' '" + file.string() + "' 2>&1";
    Judged judged;
    FILE* pipe = ::popen(command.c_str(), "r");
    if (pipe == nullptr) return judged;
    char piece[512];
    while (std::fgets(piece, sizeof piece, pipe) != nullptr) judged.said += piece;
    judged.valid = ::pclose(pipe) == 0;
    fs::remove(file);
    return judged;
}

Batch any_batch(PainVersion version, bool with_bank, int orders) {
    Batch batch{"U000000001",
                Date::of(2024, 6, 3),
                Date::of(2024, 6, 5),
                "IGO Voorbeeld",
                testing::account_number(1),
                std::nullopt,
                {},
                version};
    if (with_bank) batch.bank = values::Bic::parse("VBLDNL2AXXX").value();
    for (int i = 0; i < orders; ++i)
        batch.orders.push_back({"U000000001-" + std::to_string(1000 + i),
                                Cents::of(1 + 99'999'999'998 / (i + 1)),
                                i % 2 == 0 ? std::string(70, 'n') : "Kraamzorg 't Vóórbeeld & Zn.",
                                testing::account_number(800 + i), i % 3 == 0 ? "" : std::string(140, 'o')});
    return batch;
}

TEST(Pain001Schema, EveryFileOfOursIsValid) {
    for (const PainVersion version : {PainVersion::v03, PainVersion::v09}) {
        for (const bool with_bank : {false, true}) {
            for (const int orders : {1, 2, 50}) {
                SCOPED_TRACE(std::string(name_of(version)) + " " + std::to_string(orders));
                const auto judged =
                    judge(version, write_pain001(any_batch(version, with_bank, orders)).value());
                EXPECT_TRUE(judged.valid) << judged.said;
            }
        }
    }
}

// Else the judge judges nothing.
TEST(Pain001Schema, TheJudgeSeesAFault) {
    for (const PainVersion version : {PainVersion::v03, PainVersion::v09}) {
        const std::string text = write_pain001(any_batch(version, false, 2)).value();
        for (const auto& [from, to] : {std::pair<std::string, std::string>{"<PmtMtd>TRF<", "<PmtMtd>XXX<"},
                                       {"Ccy=\"EUR\"", "Ccy=\"EURO\""},
                                       {"<BtchBookg>false</BtchBookg>", "<BtchBookg>nee</BtchBookg>"},
                                       {"<ChrgBr>SLEV</ChrgBr>", "<ChrgBrr>SLEV</ChrgBrr>"}}) {
            std::string damaged = text;
            damaged.replace(damaged.find(from), from.size(), to);
            EXPECT_FALSE(judge(version, damaged).valid) << to;
        }
    }
}

}  // namespace
}  // namespace bundel::bank
