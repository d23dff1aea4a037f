// For tests: a grid as .xlsx, in the ways that programs write it.
#pragma once

#include <zip.h>

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/assert.h"
#include "support/xml.h"
#include "wire/grid.h"

namespace bundel::sheet::testing {
using bundel::testing::xml_escaped;

inline std::string column_letters(std::size_t column) {
    std::string letters;
    for (++column; column > 0; column = (column - 1) / 26) {
        letters.insert(letters.begin(), static_cast<char>('A' + (column - 1) % 26));
    }
    return letters;
}

inline std::string zipped(const std::map<std::string, std::string>& files) {
    zip_error_t error;
    zip_error_init(&error);
    zip_source_t* source = zip_source_buffer_create(nullptr, 0, 0, &error);
    zip_source_keep(source);
    zip_t* zip = zip_open_from_source(source, ZIP_TRUNCATE, &error);
    BUNDEL_ASSERT(zip != nullptr);
    for (const auto& [name, content] : files) {
        zip_source_t* one = zip_source_buffer(zip, content.data(), content.size(), 0);
        const zip_int64_t index = zip_file_add(zip, name.c_str(), one, 0);
        BUNDEL_ASSERT(index >= 0);
        // The same bytes on any day.
        zip_file_set_dostime(zip, static_cast<zip_uint64_t>(index), 0, 0x3C21, 0);
    }
    BUNDEL_ASSERT(zip_close(zip) == 0);
    zip_source_open(source);
    zip_source_seek(source, 0, SEEK_END);
    std::string bytes(static_cast<std::size_t>(zip_source_tell(source)), '\0');
    zip_source_seek(source, 0, SEEK_SET);
    zip_source_read(source, bytes.data(), bytes.size());
    zip_source_close(source);
    zip_source_free(source);
    zip_error_fini(&error);
    return bytes;
}

enum class Texts { shared, in_cells };

// Cells of digits only become numbers, unless a zero stands in front.
inline std::map<std::string, std::string> xlsx_parts(const wire::Grid& grid, Texts texts,
                                                     bool has_prefix = false) {
    const std::string p = has_prefix ? "x:" : "";
    std::map<std::string, std::string> files;
    std::string sheets, relations, shared;
    std::size_t count = 0;
    for (std::size_t i = 0; i < grid.sheets.size(); ++i) {
        const std::string id = std::to_string(i + 1);
        std::string rows;
        for (const auto& row : grid.sheets[i].rows) {
            rows += "<" + p + "row r=\"" + std::to_string(row.number) + "\">";
            for (std::size_t k = 0; k < row.cells.size(); ++k) {
                const std::string& cell = row.cells[k];
                if (cell.empty()) continue;
                const bool is_number = cell.size() < 10 && cell[0] != '0' &&
                                       cell.find_first_not_of("0123456789") == std::string::npos;
                rows += "<" + p + "c r=\"" + column_letters(k) + std::to_string(row.number) + "\"";
                if (is_number) {
                    rows += "><" + p + "v>" + cell + "</" + p + "v>";
                } else if (texts == Texts::shared) {
                    rows += " t=\"s\"><" + p + "v>" + std::to_string(count++) + "</" + p + "v>";
                    shared += "<" + p + "si><" + p + "t>" + xml_escaped(cell) + "</" + p + "t></" + p + "si>";
                } else {
                    rows += " t=\"inlineStr\"><" + p + "is><" + p + "t>" + xml_escaped(cell) + "</" + p +
                            "t></" + p + "is>";
                }
                rows += "</" + p + "c>";
            }
            rows += "</" + p + "row>";
        }
        files["xl/worksheets/sheet" + id + ".xml"] =
            "<" + p + "worksheet><" + p + "sheetData>" + rows + "</" + p + "sheetData></" + p + "worksheet>";
        sheets += "<" + p + "sheet name=\"" + xml_escaped(grid.sheets[i].name) + "\" sheetId=\"" + id +
                  "\" r:id=\"rId" + id + "\"/>";
        // The one from the root, the other beside the workbook.
        relations += "<Relationship Id=\"rId" + id + "\" Type=\"a/worksheet\" Target=\"" +
                     (i % 2 == 0 ? "/xl/" : "") + "worksheets/sheet" + id + ".xml\"/>";
    }
    if (texts == Texts::shared) {
        files["xl/sharedStrings.xml"] = "<" + p + "sst>" + shared + "</" + p + "sst>";
        relations += "<Relationship Id=\"rId90\" Type=\"a/sharedStrings\" Target=\"sharedStrings.xml\"/>";
    }
    files["xl/workbook.xml"] =
        "<" + p + "workbook><" + p + "sheets>" + sheets + "</" + p + "sheets></" + p + "workbook>";
    files["xl/_rels/workbook.xml.rels"] = "<Relationships>" + relations + "</Relationships>";
    return files;
}

inline std::string xlsx_of(const wire::Grid& grid, Texts texts = Texts::shared) {
    return zipped(xlsx_parts(grid, texts));
}

}  // namespace bundel::sheet::testing
