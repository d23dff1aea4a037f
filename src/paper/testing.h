// A document with everything in it, for the tests of the three renderers.
#pragma once

#include <gtest/gtest.h>
#include <stdlib.h>

#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

#include "base/assert.h"
#include "paper/document.h"

namespace bundel::paper::testing {
using values::Cents;
using values::Date;

inline Document example() {
    using Kind = Column::Kind;
    Document document;
    document.title = "Afrekening mei 2024";
    document.author = "IGO 53000001";
    document.about = {"Deelnemer 08000101", "Praktijk Zoë & Øyvind, 's-Gravenhage"};
    document.bands = {"Voorlopig: dit kan nog veranderen."};
    document.made = Date::of(2024, 6, 1);
    Waterfall fall{"Zo kwam het saldo tot stand",
                   {{"Beginsaldo", Cents::of(-1'000'00), true},
                    {"Verdeeld", Cents::of(4'000'00), false},
                    {"Uitbetaald", Cents::of(-1'500'05), false},
                    {"Eindsaldo", Cents::of(1'499'95), true}}};
    Table table{"Prestaties",
                {{"Prestatie", Kind::text},
                 {"Van", Kind::date},
                 {"Declaraties", Kind::count},
                 {"Uw aandeel", Kind::amount}},
                {{{"=SOM(A1:A9)", Date::of(2024, 2, 29), std::int64_t{1204}, Cents::of(1'310'75)}},
                 {{"<b>één & ander</b>", Date::of(2024, 5, 31), std::int64_t{-1}, Cents::of(-5)}},
                 {{"Onbekend", {}, {}, {}}},
                 {{"Totaal", {}, std::int64_t{1203}, Cents::of(1'310'70)}, true}},
                ""};
    document.sections.push_back({"",
                                 "Samenvatting",
                                 false,
                                 {Headline{"U heeft nog te ontvangen", Cents::of(1'499'95)}, fall, table}});
    document.sections.push_back(
        {"Regels",
         "Regels",
         true,
         {Paragraph{"Bedragen in euro's (€)."}, Table{"", table.columns, {}, "Geen regels."}}});
    return document;
}

inline Document long_table(std::size_t rows) {
    Document document = example();
    Table table{
        "",
        {{"Declaratie", Column::Kind::text}, {"Van", Column::Kind::date}, {"Aandeel", Column::Kind::amount}},
        {},
        ""};
    for (std::size_t i = 0; i < rows; ++i)
        table.rows.push_back(
            {{"BD" + std::to_string(i), Date::of(2024, 1, 1), Cents::of(static_cast<std::int64_t>(i))}});
    document.sections.back().blocks = {table};
    return document;
}

// A folder of this run alone, gone at its end.
inline std::string scratch(const std::string& name) {
    struct Folder {
        std::string path = ::testing::TempDir() + "bundel-paper-XXXXXX";
        Folder() { BUNDEL_ASSERT(::mkdtemp(path.data()) != nullptr); }
        ~Folder() {
            std::error_code ignored;
            std::filesystem::remove_all(path, ignored);
        }
    };
    static const Folder folder;
    return folder.path + "/" + name;
}

// What a program of the system says. Contract: it is there, and ends well.
inline std::string output_of(const std::string& command) {
    std::FILE* pipe = ::popen(command.c_str(), "r");
    BUNDEL_ASSERT(pipe != nullptr);
    std::string text;
    std::array<char, 65536> block;
    while (const std::size_t length = std::fread(block.data(), 1, block.size(), pipe))
        text.append(block.data(), length);
    BUNDEL_ASSERT(::pclose(pipe) == 0);
    return text;
}

inline std::string written_to(const std::string& path, const std::string& bytes) {
    std::ofstream(path, std::ios::binary) << bytes;
    return "'" + path + "'";
}

// The text of a PDF as it stands on the pages, as a reader copies it.
inline std::string text_of_pdf(const std::string& bytes, const std::string& scratch) {
    return output_of("pdftotext -layout " + written_to(scratch, bytes) + " -");
}

// A file in an XLSX, one element on a line.
inline std::string xml_in_workbook(const std::string& bytes, const std::string& name,
                                   const std::string& scratch) {
    std::string lines;
    for (const char c : output_of("unzip -p " + written_to(scratch, bytes) + " '" + name + "'")) {
        if (c == '<' && !lines.empty() && lines.back() == '>') lines += '\n';
        lines += c;
    }
    return lines + "\n";
}

// Same as the golden file; with BUNDEL_GOLDEN=write the golden file becomes what was made.
inline std::string golden(const std::string& name, const std::string& made) {
    const std::string path = std::string(BUNDEL_SOURCE_DIR) + "/tests/golden/paper/" + name;
    const char* write = std::getenv("BUNDEL_GOLDEN");
    if (write != nullptr && std::string_view(write) == "write") std::ofstream(path, std::ios::binary) << made;
    std::stringstream text;
    text << std::ifstream(path, std::ios::binary).rdbuf();
    return std::move(text).str();
}

}  // namespace bundel::paper::testing
