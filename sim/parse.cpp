// TOML to Scenario, Region and Calibration.
#include <toml++/toml.h>

#include <algorithm>
#include <initializer_list>
#include <set>

#include "base/text.h"
#include "sim/calibration.h"
#include "sim/scenario.h"

namespace bundel::sim {
namespace {

// Words a midwife reads -> words of the program. A word that is not here stands for itself.
const std::map<std::string, std::string, std::less<>> dutch_words = {
    {"prenataal", "prenatal"},
    {"nataal", "natal"},
    {"postnataal", "postnatal"},
    {"integraal", "integrated"},
    {"wacht", "hold"},
    {"vraag", "ask"},
    {"binnen", "in_scope"},
    {"naast", "beside"},
    {"staat", "state"},
    {"ingekocht", "bought"},
    {"geen geboortezorg", "not_maternity"},
    {"inbegrepen", "included"},
    {"doorgestuurd", "forwarded"},
    {"verzonden", "sent"},
    {"goedgekeurd", "approved"},
    {"ander bedrag", "approved_other_amount"},
    {"afgewezen", "rejected"},
    {"overgedragen", "handed_over"},
    {"second opinion", "second_opinion"},
    {"laboratorium", "laboratory"},
    {"levend geboren", "live_birth"},
    {"doodgeboren", "stillbirth"},
    {"miskraam", "miscarriage"},
    {"telt", "effective"},
    {"gecrediteerd", "credited"},
    {"creditregel", "credit"},
    {"vervangen", "replaced"},
    {"persoon onbekend", "person_unknown"},
};

const std::map<std::string, std::string, std::less<>> forms = {
    {"inschrijving", "inschrijvingen"}, {"uitkomst", "uitkomsten"},
    {"fase_einde", "fase-einden"},      {"verzekering", "verzekeringen"},
    {"uitspraak", "uitspraken"},        {"ingekocht", "ingekochte-zorg"},
    {"samenloop", "samenloop"},         {"kind", "kinderen"},
    {"betaling", "betalingen"},         {"overgenomen", "overgenomen-claims"},
};

Date to_date(const toml::date& day) {
    return Date::of(day.year, day.month, day.day);
}

// Reads values out of TOML; the first thing that is wrong sticks.
class Reader {
public:
    explicit Reader(std::string file) : file_(std::move(file)) {}

    const std::optional<Error>& error() const { return error_; }

    void fail(const char* code, const toml::node& at, std::string_view key) {
        if (error_) return;
        const auto line = std::to_string(at.source().begin.line);
        error_ = Error{code, {{"file", file_}, {"line", line}, {"key", std::string(key)}}};
    }

    void only(const toml::table& table, std::initializer_list<std::string_view> keys) {
        for (const auto& [key, node] : table) {
            if (std::find(keys.begin(), keys.end(), key.str()) == keys.end()) {
                fail("scenario_key_unknown", node, key.str());
            }
        }
    }

    std::string text(const toml::table& table, std::string_view key) {
        const auto* node = need(table, key);
        return node == nullptr ? "" : string_of(*node, key);
    }
    std::string text_or(const toml::table& table, std::string_view key, const std::string& otherwise) {
        const auto* node = table.get(key);
        return node == nullptr ? otherwise : string_of(*node, key);
    }
    bool yes(const toml::table& table, std::string_view key) {
        const auto* node = table.get(key);
        if (node == nullptr) return false;
        if (!node->is_boolean()) fail("scenario_value", *node, key);
        return node->value_or(false);
    }
    int number(const toml::table& table, std::string_view key) {
        return need(table, key) == nullptr ? 0 : number_or(table, key, 0);
    }
    int number_or(const toml::table& table, std::string_view key, int otherwise) {
        const auto* node = table.get(key);
        if (node == nullptr) return otherwise;
        if (!node->is_integer()) fail("scenario_value", *node, key);
        return node->value_or(otherwise);
    }
    std::optional<Date> day_if(const toml::table& table, std::string_view key) {
        const auto* node = table.get(key);
        if (node == nullptr) return std::nullopt;
        if (node->is_date()) return to_date(node->as_date()->get());
        fail("scenario_value", *node, key);
        return std::nullopt;
    }
    Date day(const toml::table& table, std::string_view key) {
        need(table, key);
        return day_if(table, key).value_or(Date());
    }
    // A value read by one of the parse functions of room values, from text.
    template <class Value>
    Value parsed(const toml::table& table, std::string_view key, const std::string& text,
                 Result<Value> (*parse)(std::string_view), Value otherwise) {
        if (text.empty()) return otherwise;
        auto value = parse(text);
        if (value.ok()) return *value;
        const auto* node = table.get(key);
        fail("scenario_value", node == nullptr ? static_cast<const toml::node&>(table) : *node, key);
        return otherwise;
    }
    AgbCode agb(const toml::table& table, std::string_view key, AgbCode otherwise = AgbCode::none()) {
        return parsed(table, key, text_or(table, key, ""), &AgbCode::parse, otherwise);
    }
    UzoviCode uzovi(const toml::table& table, std::string_view key, UzoviCode otherwise = UzoviCode::none()) {
        return parsed(table, key, text_or(table, key, ""), &UzoviCode::parse, otherwise);
    }
    Cents euros(const toml::table& table, std::string_view key) {
        return parsed(table, key, text(table, key), &Cents::parse_euros, Cents());
    }
    std::vector<std::string> words(const toml::table& table, std::string_view key) {
        std::vector<std::string> result;
        for (const auto& node : *list(table, key)) result.push_back(string_of(node, key));
        return result;
    }
    // Every table of the array under this key; none when there is no such key.
    template <class Do>
    void each(const toml::table& table, std::string_view key, Do act) {
        for (const auto& node : *list(table, key)) {
            if (node.is_table()) {
                act(*node.as_table());
            } else {
                fail("scenario_value", node, key);
            }
        }
    }

    // A cell of a CSV form or an expected value, in canonical writing.
    std::string cell(const toml::node& node, std::string_view key) {
        if (node.is_date()) return to_date(node.as_date()->get()).iso();
        if (node.is_boolean()) return node.value_or(false) ? "ja" : "nee";
        if (node.is_integer()) return std::to_string(node.value_or(std::int64_t{0}));
        return string_of(node, key);
    }

private:
    const toml::node* need(const toml::table& table, std::string_view key) {
        const auto* node = table.get(key);
        if (node == nullptr) fail("scenario_key_missing", table, key);
        return node;
    }
    std::string string_of(const toml::node& node, std::string_view key) {
        if (!node.is_string()) fail("scenario_value", node, key);
        return node.value_or(std::string());
    }
    const toml::array* list(const toml::table& table, std::string_view key) {
        static const toml::array none;
        const auto* node = table.get(key);
        if (node == nullptr) return &none;
        if (node->is_array()) return node->as_array();
        fail("scenario_value", *node, key);
        return &none;
    }

    std::string file_;
    std::optional<Error> error_;
};

Woman read_woman(Reader& reader, const toml::table& file) {
    Woman woman;
    woman.number = reader.text(file, "nummer");
    const auto* table = file["vrouw"].as_table();
    if (table == nullptr) {
        reader.fail("scenario_key_missing", file, "vrouw");
        return woman;
    }
    reader.only(*table, {"praktijk", "verzekeraar", "geboren"});
    woman.practice = reader.agb(*table, "praktijk");
    woman.insurer = reader.uzovi(*table, "verzekeraar");
    woman.born = reader.day(*table, "geboren");
    return woman;
}

BsnUse read_bsn(Reader& reader, const toml::table& table) {
    const auto word = reader.text_or(table, "bsn", "eigen");
    if (word == "eigen") return BsnUse::own;
    if (word == "geen") return BsnUse::none;
    if (word == "kind") return BsnUse::child;
    if (word != "fout") reader.fail("scenario_value", table, "bsn");
    return BsnUse::wrong;
}

// "1101" is a code of list 032 (verloskundige hulp); any other list is written "069:990002".
PerformanceCode read_performance(Reader& reader, const toml::table& table) {
    auto code = reader.text(table, "code");
    if (code.find(':') == std::string::npos) code = "032:" + code;
    return reader.parsed(table, "code", code, &PerformanceCode::parse, PerformanceCode());
}

// "3:30" -> 210. Time is declared in whole minutes, above zero.
int read_minutes(Reader& reader, const toml::table& table) {
    const auto text = reader.text_or(table, "uren", "");
    if (text.empty()) return 0;
    const auto colon = text.find(':');
    const auto hours = base::parse_digits(std::string_view(text).substr(0, colon), 999);
    const auto minutes = colon == std::string::npos || text.size() != colon + 3
                             ? std::nullopt
                             : base::parse_digits(std::string_view(text).substr(colon + 1), 59);
    if (hours && minutes && *hours * 60 + *minutes > 0) return static_cast<int>(*hours * 60 + *minutes);
    reader.fail("scenario_value", table, "uren");
    return 0;
}

Activity read_activity(Reader& reader, const toml::table& table) {
    reader.only(table, {"code", "dag", "aantal"});
    return {reader.text(table, "code"), reader.day(table, "dag"), reader.number_or(table, "aantal", 1)};
}

ClaimLine read_line(Reader& reader, const toml::table& table, const Woman& woman) {
    reader.only(table, {"regel", "code", "begin", "eind", "partus", "uren", "activiteiten", "tarief",
                        "bedrag", "credit", "vorige", "behandelaar", "verzekeraar", "bsn"});
    ClaimLine line;
    line.reference = reader.text(table, "regel");
    line.performance = read_performance(reader, table);
    line.care.first = reader.day(table, "begin");
    line.care.last = reader.day_if(table, "eind").value_or(line.care.first);
    line.partus = reader.day_if(table, "partus");
    line.minutes = read_minutes(reader, table);
    reader.each(table, "activiteiten",
                [&](const toml::table& one) { line.activities.push_back(read_activity(reader, one)); });
    if (table.contains("tarief")) line.tariff = reader.euros(table, "tarief");
    line.amount = reader.euros(table, "bedrag");
    line.credit = reader.yes(table, "credit");
    line.previous = reader.text_or(table, "vorige", "");
    line.treating = reader.agb(table, "behandelaar");
    line.insurer = reader.uzovi(table, "verzekeraar", woman.insurer);
    line.bsn = read_bsn(reader, table);
    const bool fits = values::Reference::fits(line.reference) && !line.reference.empty();
    if (!fits) reader.fail("scenario_value", table, "regel");
    if (line.care.last < line.care.first) reader.fail("scenario_value", table, "eind");
    return line;
}

Declaration read_declaration(Reader& reader, const toml::table& table, const Woman& woman) {
    reader.only(table, {"dag", "aanbieder", "bericht", "regels"});
    Declaration declaration{reader.day(table, "dag"),
                            reader.agb(table, "aanbieder", woman.practice),
                            reader.text_or(table, "bericht", ""),
                            {}};
    reader.each(table, "regels", [&](const toml::table& line) {
        declaration.lines.push_back(read_line(reader, line, woman));
        if (declaration.day < declaration.lines.back().care.last) {
            reader.fail("scenario_value", line,
                        "eind");  // an invoice is not older than its care (8176, 8178)
        }
    });
    return declaration;
}

FormRow read_row(Reader& reader, const toml::table& table, const std::string& form) {
    FormRow row{reader.day(table, "dag"), form, {}};
    for (const auto& [key, node] : table) {
        if (key.str() != "dag") row.cells[std::string(key.str())] = reader.cell(node, key.str());
    }
    return row;
}

Deviation read_deviation(Reader& reader, const toml::table& table) {
    reader.only(table, {"regel", "prestatie", "credit", "wat", "codes", "toegekend", "na_dagen"});
    static const std::map<std::string, Deviation::Kind> kinds = {
        {"afwijzen", Deviation::Kind::reject},
        {"ander bedrag", Deviation::Kind::other_amount},
        {"laat", Deviation::Kind::late},
        {"kwijt", Deviation::Kind::lost}};
    Deviation deviation;
    deviation.reference = reader.text_or(table, "regel", "");
    deviation.performance = reader.text_or(table, "prestatie", "");
    deviation.credit = reader.yes(table, "credit");
    const auto kind = kinds.find(reader.text(table, "wat"));
    if (kind == kinds.end()) {
        reader.fail("scenario_value", table, "wat");
        return deviation;
    }
    deviation.kind = kind->second;
    using enum Deviation::Kind;
    if (deviation.kind == late || deviation.kind == lost) deviation.days = reader.number(table, "na_dagen");
    if (deviation.kind == other_amount) deviation.amount = reader.euros(table, "toegekend");
    deviation.codes = reader.words(table, "codes");
    const bool needs_code = deviation.kind == reject;
    if ((needs_code && deviation.codes.empty()) || deviation.codes.size() > 3) {
        reader.fail("scenario_value", table, "codes");
    }
    return deviation;
}

std::string expected_value(Reader& reader, const toml::table& table, const toml::node& node,
                           const ExpectedColumn& column) {
    if (column.shape == Shape::euros) return std::to_string(reader.euros(table, column.name).count());
    if (column.shape == Shape::words) {
        std::string joined;
        for (const auto& word : reader.words(table, column.name))
            joined += (joined.empty() ? "" : " ") + word;
        return joined;
    }
    const auto text = reader.cell(node, column.name);
    const auto word = dutch_words.find(text);
    return column.shape == Shape::word && word != dutch_words.end() ? word->second : text;
}

Row read_expected_row(Reader& reader, const toml::table& table, std::string_view kind) {
    Row row;
    const auto columns = expected_columns(kind);
    for (const auto& [key, node] : table) {
        const auto column = std::find_if(columns.begin(), columns.end(),
                                         [&](const auto& one) { return key.str() == one.name; });
        if (column == columns.end()) {
            reader.fail("scenario_key_unknown", node, key.str());
        } else {
            row[column->name] = expected_value(reader, table, node, *column);
        }
    }
    return row;
}

Expectation read_expectation(Reader& reader, const toml::table& table) {
    Expectation expectation;
    expectation.day = reader.day_if(table, "op");
    for (const auto& [key, node] : table) {
        const std::string kind(key.str());
        if (kind == "op") continue;
        if (expected_columns(kind).empty()) reader.fail("scenario_key_unknown", node, kind);
        auto& rows = expectation.rows[kind];
        reader.each(table, kind,
                    [&](const toml::table& row) { rows.push_back(read_expected_row(reader, row, kind)); });
    }
    return expectation;
}

Scenario read_scenario(Reader& reader, const toml::table& table, const std::string& file) {
    reader.only(table, {"nummer", "titel", "uitleg", "vrouw", "declaratie", "inschrijving", "uitkomst",
                        "fase_einde", "verzekering", "uitspraak", "ingekocht", "samenloop", "kind",
                        "betaling", "overgenomen", "antwoord", "verwacht"});
    Scenario scenario;
    scenario.file = file;
    scenario.title = reader.text(table, "titel");
    reader.text(table, "uitleg");
    scenario.woman = read_woman(reader, table);
    reader.each(table, "declaratie", [&](const toml::table& one) {
        scenario.declarations.push_back(read_declaration(reader, one, scenario.woman));
    });
    for (const auto& [word, form] : forms) {
        reader.each(table, word,
                    [&](const toml::table& one) { scenario.rows.push_back(read_row(reader, one, form)); });
    }
    reader.each(table, "antwoord",
                [&](const toml::table& one) { scenario.deviations.push_back(read_deviation(reader, one)); });
    reader.each(table, "verwacht", [&](const toml::table& one) {
        scenario.expectations.push_back(read_expectation(reader, one));
    });
    return scenario;
}

Region read_region(Reader& reader, const toml::table& table) {
    reader.only(table, {"igo", "eerste_dag", "aanbieder"});
    Region region;
    region.igo = reader.agb(table, "igo");
    region.first_day = reader.day(table, "eerste_dag");
    reader.each(table, "aanbieder", [&](const toml::table& one) {
        reader.only(one, {"agb", "naam", "behandelaar"});
        region.providers[reader.agb(one, "agb")] = {reader.text(one, "naam"), reader.agb(one, "behandelaar")};
    });
    return region;
}

template <class Value, class Read>
Result<Value> parse(std::string_view text, const std::string& file, Read read) {
    try {
        const toml::table table = toml::parse(text, file);
        Reader reader(file);
        Value value = read(reader, table);
        if (reader.error()) return *reader.error();
        return value;
    } catch (const toml::parse_error& error) {
        return Error{"scenario_syntax",
                     {{"file", file},
                      {"line", std::to_string(error.source().begin.line)},
                      {"key", std::string(error.description())}}};
    }
}

// The figures by name: a list has one weight for each class, a number is within its range.
struct FigureList {
    const char* name;
    std::vector<int> Calibration::*member;
    std::size_t size;
};
constexpr FigureList figure_lists[] = {
    {"parity", &Calibration::parity, 4},
    {"age_nulliparous", &Calibration::age_nulliparous, 5},
    {"age_parous", &Calibration::age_parous, 5},
    {"ends_early", &Calibration::ends_early, 4},
    {"weeks_singleton", &Calibration::weeks_singleton, 7},
    {"weeks_multiple", &Calibration::weeks_multiple, 7},
    {"place_under_midwife", &Calibration::place_under_midwife, 3},
    {"labour_nulliparous", &Calibration::labour_nulliparous, 3},
    {"labour_parous", &Calibration::labour_parous, 3},
    {"stillborn", &Calibration::stillborn, 7},
    {"died_after_birth", &Calibration::died_after_birth, 7},
};
struct FigureNumber {
    const char* name;
    int Calibration::*member;
};
constexpr FigureNumber figure_numbers[] = {
    {"lost_early", &Calibration::lost_early},
    {"multiple", &Calibration::multiple},
    {"second_line_from_start", &Calibration::second_line_from_start},
    {"referred_before_nulliparous", &Calibration::referred_before_nulliparous},
    {"referred_before_parous", &Calibration::referred_before_parous},
    {"referred_in_labour_nulliparous", &Calibration::referred_in_labour_nulliparous},
    {"referred_in_labour_parous", &Calibration::referred_in_labour_parous},
    {"caesarean_nulliparous", &Calibration::caesarean_nulliparous},
    {"caesarean_parous", &Calibration::caesarean_parous},
    {"instrumental_nulliparous", &Calibration::instrumental_nulliparous},
    {"instrumental_parous", &Calibration::instrumental_parous},
    {"epidural_nulliparous", &Calibration::epidural_nulliparous},
    {"epidural_parous", &Calibration::epidural_parous},
    {"haemorrhage_nulliparous", &Calibration::haemorrhage_nulliparous},
    {"haemorrhage_parous", &Calibration::haemorrhage_parous},
    {"episiotomy_midwife_nulliparous", &Calibration::episiotomy_midwife_nulliparous},
    {"episiotomy_midwife_parous", &Calibration::episiotomy_midwife_parous},
    {"episiotomy_hospital_nulliparous", &Calibration::episiotomy_hospital_nulliparous},
    {"episiotomy_hospital_parous", &Calibration::episiotomy_hospital_parous},
    {"severe_tear", &Calibration::severe_tear},
    {"small_singleton", &Calibration::small_singleton},
    {"small_multiple", &Calibration::small_multiple},
    {"girl", &Calibration::girl},
    {"dating_scan", &Calibration::dating_scan},
    {"scan20", &Calibration::scan20},
    {"advanced_scan", &Calibration::advanced_scan},
    {"kraamzorg", &Calibration::kraamzorg},
    {"partus_assistance", &Calibration::partus_assistance},
    {"readmission", &Calibration::readmission},
    {"pregnant_again", &Calibration::pregnant_again},
    {"pregnant_after_loss", &Calibration::pregnant_after_loss},
    {"insurer_switch", &Calibration::insurer_switch},
    {"move", &Calibration::move},
    {"spread_referral", &Calibration::spread_referral},
    {"spread_induction", &Calibration::spread_induction},
    {"spread_haemorrhage", &Calibration::spread_haemorrhage},
    {"kraamzorg_mean_minutes", &Calibration::kraamzorg_mean_minutes},
    {"kraamzorg_spread_minutes", &Calibration::kraamzorg_spread_minutes},
    {"kraamzorg_least_minutes", &Calibration::kraamzorg_least_minutes},
    {"kraamzorg_most_minutes", &Calibration::kraamzorg_most_minutes},
    {"kraamzorg_days", &Calibration::kraamzorg_days},
};

constexpr int largest_figure = 1'000'000;

// The table of a figure; none when it is not there or not whole.
const toml::table* figure(Reader& reader, const toml::table& all, const char* name) {
    const auto* node = all.get(name);
    if (node == nullptr || !node->is_table()) {
        reader.fail(node == nullptr ? "scenario_key_missing" : "scenario_value", all, name);
        return nullptr;
    }
    const auto* table = node->as_table();
    reader.only(*table, {"value", "status", "source"});
    reader.text(*table, "status");
    reader.text(*table, "source");
    return table;
}

int in_range(Reader& reader, const toml::node& node, const char* name) {
    const auto value = node.is_integer() ? node.value_or(std::int64_t{-1}) : -1;
    if (value < 0 || value > largest_figure) reader.fail("scenario_value", node, name);
    return static_cast<int>(std::clamp<std::int64_t>(value, 0, largest_figure));
}

std::vector<int> weights(Reader& reader, const toml::table& table, const FigureList& list) {
    std::vector<int> read;
    const auto* values = table.get_as<toml::array>("value");
    if (values == nullptr || values->size() != list.size) {
        reader.fail("scenario_value", table, list.name);
        return read;
    }
    for (const auto& node : *values) read.push_back(in_range(reader, node, list.name));
    if (std::all_of(read.begin(), read.end(), [](int one) { return one == 0; }))
        reader.fail("scenario_value", table, list.name);
    return read;
}

bool is_figure(std::string_view name) {
    return std::any_of(std::begin(figure_lists), std::end(figure_lists),
                       [&](const auto& one) { return one.name == name; }) ||
           std::any_of(std::begin(figure_numbers), std::end(figure_numbers),
                       [&](const auto& one) { return one.name == name; });
}

Calibration read_calibration(Reader& reader, const toml::table& all) {
    Calibration read{};
    for (const auto& [name, node] : all) {
        if (!is_figure(name.str())) reader.fail("scenario_key_unknown", node, name.str());
    }
    for (const auto& one : figure_lists) {
        if (const auto* table = figure(reader, all, one.name))
            read.*one.member = weights(reader, *table, one);
    }
    for (const auto& one : figure_numbers) {
        const auto* table = figure(reader, all, one.name);
        const auto* value = table == nullptr ? nullptr : table->get("value");
        if (table != nullptr && value == nullptr) reader.fail("scenario_key_missing", *table, one.name);
        if (value != nullptr) read.*one.member = in_range(reader, *value, one.name);
    }
    return read;
}

}  // namespace

Result<Scenario> parse_scenario(std::string_view toml, const std::string& file) {
    return parse<Scenario>(toml, file, [&](Reader& reader, const toml::table& table) {
        return read_scenario(reader, table, file);
    });
}

Result<Region> parse_region(std::string_view toml, const std::string& file) {
    return parse<Region>(toml, file, read_region);
}

Result<Calibration> parse_calibration(std::string_view toml, const std::string& file) {
    return parse<Calibration>(toml, file, read_calibration);
}

}  // namespace bundel::sim
