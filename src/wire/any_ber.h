// For tests: a BER as Vektis could have published it, made from a layout; in the older and the newer form,
// with columns in any order and headers in any spelling. Synthetic: what the rules say is made up here.
#pragma once

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "wire/grid.h"
#include "wire/layout_reader.h"
#include "wire/testing.h"

namespace bundel::wire::testing {

struct BerForm {
    bool has_structure = false;      // newer form: a table of records
    bool by_first_position = false;  // instead of the last
    bool has_blank_rows = false;     // between records, with the headers again below
    bool is_code_once = false;       // merged cells: the record code only in its first row
    bool is_number_short = false;    // 101 instead of 0101
    bool is_spelled_oddly = false;   // headers in capitals, with line ends and hyphens
    std::uint64_t shuffle = 0;       // of the columns
};

inline BerForm any_form(std::uint64_t seed) {
    Seeded seeded(seed);
    const auto coin = [&] { return seeded.below(2) == 1; };
    return {coin(), coin(), coin(), coin(), coin(), coin(), seeded.next()};
}

class BerMaker {
public:
    BerMaker(const Layout& layout, const LayoutText& text, const BerForm& form)
        : layout_(layout), text_(text), form_(form) {}

    Grid make() {
        Grid grid{{head(), fields()}};
        if (form_.has_structure) grid.sheets.insert(grid.sheets.begin() + 1, structure());
        return grid;
    }

private:
    using Row = std::vector<std::string>;

    static void add(GridSheet& sheet, int skip, Row cells) {
        while (!cells.empty() && cells.back().empty()) cells.pop_back();
        const int last = sheet.rows.empty() ? 0 : sheet.rows.back().number;
        if (!cells.empty()) sheet.rows.push_back({last + 1 + skip, std::move(cells)});
    }

    std::string version() const { return text_.version.substr(0, text_.version.find('-')); }

    GridSheet head() const {
        GridSheet sheet{"GIS022", {}};
        add(sheet, 0, {"Externe-integratiestandaard"});
        add(sheet, 3, {"Standaardnaam/-bericht", "VOORBEELD"});
        add(sheet, 0, {"Standaardcode", layout_.message()});
        add(sheet, 0, {"Code EI-bericht", layout_.ei_code()});
        add(sheet, 0, {"Versie", version()});
        add(sheet, 0, {"Versiedatum", "2030-01-31"});
        add(sheet, 0, {"Status", "STANDAARD"});
        add(sheet, 2,
            {"Kenmerken", "Recordlengte = " + std::to_string(layout_.record_length()) + " posities."});
        add(sheet, 4, {"Versiedatum"});
        return sheet;
    }

    std::string spelled(const std::string& header) const {
        if (!form_.is_spelled_oddly) return header;
        std::string odd;
        for (const char c : header) {
            odd += c == ' ' ? '\n' : c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
        }
        return " " + odd + "-";
    }

    GridSheet structure() const {
        GridSheet sheet{"GISR504", {}};
        add(sheet, 0, {"Berichtstructuur"});
        add(sheet, 1, {spelled("Niveau"), spelled("Recordcode"), spelled("Minimum"), spelled("Maximum")});
        add_places(sheet, text_.structure, 1);
        return sheet;
    }
    static void add_places(GridSheet& sheet, const std::vector<Place>& places, int level) {
        for (const Place& place : places) {
            add(sheet, 0,
                {std::to_string(level), place.code, place.is_required ? "1" : "0",
                 place.may_repeat ? "n" : "1"});
            add_places(sheet, place.children, level + 1);
        }
    }

    // Header and cell of every column, in the order of the older form.
    std::vector<std::pair<std::string, std::string>> cells(const RecordLayout& record, const Field& field,
                                                           bool is_first) const {
        const bool hides_code = form_.is_code_once && !is_first;
        const int place = form_.by_first_position ? field.position : field.position + field.length - 1;
        const bool is_bsn = field.element == "NUM313";
        const std::string use = is_bsn ? "M" : std::string(1, static_cast<char>(field.use));
        const std::string number =
            form_.is_number_short && field.id.front() == '0' ? field.id.substr(1) : field.id;
        return {{"Standaardcode", layout_.message()},
                {"Recordnaam", hides_code ? "" : record.name},
                {"Recordcode", hides_code ? "" : record.code},
                {"Volgnummer", number},
                {"Naam gegevenselement", field.name},
                {"Type", field.kind == Kind::digits ? "N" : "AN"},
                {"Lengte", std::to_string(field.length)},
                {"Patroon", field.pattern},
                {form_.by_first_position ? "Beginpositie" : "Eindpositie", std::to_string(place)},
                {"Verplichting", use},
                {"Sleutel", ""},
                {"Code gegeven", field.element},
                {"Organisatiecode", "VEKT"},
                {"Code codelijst", field.codelist},
                {"Reguliere expressie", field.regex},
                {"Constraints/condities",
                 field.constant.empty() ? "" : "Waarde '" + field.constant + "' vullen."}};
    }

    Row in_order(const std::vector<std::pair<std::string, std::string>>& cells, bool is_header) const {
        std::vector<std::size_t> order(cells.size());
        for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
        Seeded seeded(form_.shuffle);
        for (std::size_t i = order.size(); form_.shuffle != 0 && i > 1; --i) {
            std::swap(order[i - 1], order[seeded.below(i)]);
        }
        Row row;
        for (const std::size_t i : order)
            row.push_back(is_header ? spelled(cells[i].first) : cells[i].second);
        return row;
    }

    GridSheet fields() const {
        GridSheet sheet{"GIS027-028", {}};
        add(sheet, 0, {"Berichtstructuur en specificaties"});
        add(sheet, 1, {"Standaardcode", "", layout_.message()});
        add(sheet, 0, {"", "", "Unieke identificatie"});
        for (std::size_t i = 0; i < layout_.records().size(); ++i) {
            const RecordLayout& record = layout_.records()[i];
            const bool is_new_page = i == 0 || form_.has_blank_rows;
            if (is_new_page) add(sheet, 1, in_order(cells(record, record.fields[0], true), true));
            bool is_first = true;
            for (const Field& field : record.fields) {
                add(sheet, 0, in_order(cells(record, field, is_first), false));
                is_first = false;
            }
        }
        add(sheet, 3, {"Voorbeeld, door niemand uitgegeven"});
        return sheet;
    }

    const Layout& layout_;
    const LayoutText& text_;
    const BerForm& form_;
};

inline Grid any_ber(const Layout& layout, const BerForm& form) {
    const auto text = read_file_text(layout_json(layout.name()));
    BUNDEL_ASSERT(text.ok());
    return BerMaker(layout, std::get<LayoutText>(*text), form).make();
}

}  // namespace bundel::wire::testing
