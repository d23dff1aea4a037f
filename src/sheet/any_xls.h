// For tests: a grid as .xls (BIFF8), the least that is one.
#pragma once

#include <bit>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "wire/grid.h"

namespace bundel::sheet::testing {

inline std::string bytes16(std::uint32_t number) {
    return {static_cast<char>(number & 0xFF), static_cast<char>((number >> 8) & 0xFF)};
}
inline std::string bytes32(std::uint32_t number) {
    return bytes16(number & 0xFFFF) + bytes16(number >> 16);
}
inline std::string bytes_of(double number) {
    const auto bits = std::bit_cast<std::uint64_t>(number);
    return bytes32(static_cast<std::uint32_t>(bits)) + bytes32(static_cast<std::uint32_t>(bits >> 32));
}
inline std::string biff(std::uint32_t kind, const std::string& content) {
    return bytes16(kind) + bytes16(static_cast<std::uint32_t>(content.size())) + content;
}

// ASCII with its length in front, one byte per character.
inline std::string narrow(const std::string& text, std::size_t length_size) {
    const auto length = bytes16(static_cast<std::uint32_t>(text.size())).substr(0, length_size);
    return length + std::string(1, '\0') + text;
}

// A stream of this name in a container with sectors of 512 bytes.
inline std::string compound(std::string stream, const std::string& name = "Workbook") {
    constexpr std::size_t size = 512;
    stream.resize((std::max<std::size_t>(stream.size(), 4096) + size - 1) / size * size);
    const auto sectors = static_cast<std::uint32_t>(stream.size() / size);
    // Sector 0 the table (more when the stream is long), then the directory, then the stream.
    const std::uint32_t tables = (sectors + 2 + 127) / 126;
    std::string table;
    for (std::uint32_t i = 0; i < tables; ++i) table += bytes32(0xFFFFFFFD);
    table += bytes32(0xFFFFFFFE);
    for (std::uint32_t i = 1; i < sectors; ++i) table += bytes32(tables + 1 + i);
    table += bytes32(0xFFFFFFFE);
    table.resize(tables * size, '\xFF');
    std::string wide;
    for (const char c : name) wide += {c, '\0'};
    std::string entry = wide;
    entry.resize(64);
    entry += bytes16(static_cast<std::uint32_t>(wide.size() + 2)) + std::string("\2\0", 2);
    entry.resize(116);
    entry += bytes32(tables + 1) + bytes32(static_cast<std::uint32_t>(stream.size())) + bytes32(0);
    entry.resize(size);
    std::string head("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8);
    head.resize(24);
    head += bytes16(0x3E) + bytes16(3) + bytes16(0xFFFE) + bytes16(9) + bytes16(6);
    head.resize(44);
    head += bytes32(tables) + bytes32(tables) + bytes32(0) + bytes32(4096) + bytes32(0xFFFFFFFE) +
            bytes32(0) + bytes32(0xFFFFFFFE) + bytes32(0);
    for (std::uint32_t i = 0; i < tables; ++i) head += bytes32(i);
    head.resize(size, '\xFF');
    return head + table + entry + stream;
}

struct XlsPart {
    std::string name;
    std::string records;  // of the cells
};
inline const std::string begin_globals = biff(0x809, bytes16(0x0600) + bytes16(5) + std::string(12, '\0'));
inline const std::string begin_sheet = biff(0x809, bytes16(0x0600) + bytes16(0x10) + std::string(12, '\0'));
inline const std::string end_part = biff(0x0A, "");

// `globals`: records of the workbook, the sheets left out.
inline std::string workbook_stream(const std::string& globals, const std::vector<XlsPart>& parts) {
    std::size_t start = begin_globals.size() + globals.size() + end_part.size();
    for (const XlsPart& part : parts) start += 4 + 6 + 2 + part.name.size();
    std::string bound, sheets;
    for (const XlsPart& part : parts) {
        bound += biff(0x85, bytes32(static_cast<std::uint32_t>(start + sheets.size())) + bytes16(0) +
                                narrow(part.name, 1));
        sheets += begin_sheet + part.records + end_part;
    }
    return begin_globals + globals + bound + end_part + sheets;
}

// All cells as shared texts.
inline std::string xls_of(const wire::Grid& grid) {
    std::string texts, shared;
    std::uint32_t count = 0;
    std::vector<XlsPart> parts;
    // A table longer than one record goes on in the next; texts are kept whole here.
    const auto add = [&](const std::string& text) {
        if (texts.size() + text.size() > 8000) {
            shared += biff(0x3C, texts);
            texts.clear();
        }
        texts += narrow(text, 2);
        return count++;
    };
    for (const auto& sheet : grid.sheets) {
        std::string records;
        for (const auto& row : sheet.rows) {
            for (std::size_t k = 0; k < row.cells.size(); ++k) {
                if (row.cells[k].empty()) continue;
                records += biff(0xFD, bytes16(static_cast<std::uint32_t>(row.number - 1)) +
                                          bytes16(static_cast<std::uint32_t>(k)) + bytes16(0) +
                                          bytes32(add(row.cells[k])));
            }
        }
        parts.push_back({sheet.name, records});
    }
    shared += biff(0x3C, texts);
    const std::string first = biff(0xFC, bytes32(count) + bytes32(count));
    return compound(workbook_stream(first + shared, parts));
}

}  // namespace bundel::sheet::testing
