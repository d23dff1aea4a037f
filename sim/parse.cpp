// TOML to Scenario, Region and the figures of a calibration.
#include <toml++/toml.h>

#include <algorithm>
#include <initializer_list>
#include <set>

#include "base/text.h"
#include "sim/calibration.h"
#include "sim/choices.h"
#include "sim/insurer_rules.h"
#include "sim/scenario.h"
#include "sim/score_print.h"

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

int figure_number(Reader& reader, const toml::node& node) {
    const auto value = node.value<std::int64_t>();
    if (node.is_integer() && value && *value >= 0 && *value <= INT32_MAX) return static_cast<int>(*value);
    reader.fail("scenario_value", node, "value");
    return 0;
}

Figure read_figure(Reader& reader, const toml::table& table, std::string_view name) {
    reader.only(table, {"value", "unit", "status", "source"});
    Figure figure;
    figure.name = name;
    figure.line = static_cast<int>(table.source().begin.line);
    figure.unit = reader.text(table, "unit");
    figure.status = reader.text(table, "status");
    figure.source = reader.text(table, "source");
    static const std::set<std::string> statuses = {"sourced", "derived", "memory"};
    if (statuses.count(figure.status) == 0) reader.fail("scenario_value", table, "status");
    if (figure.source.empty()) reader.fail("scenario_value", table, "source");
    const auto* value = table.get("value");
    if (value == nullptr) {
        reader.fail("scenario_key_missing", table, "value");
        return figure;
    }
    figure.is_list = value->is_array();
    if (!figure.is_list) {
        figure.values = {figure_number(reader, *value)};
    } else {
        for (const auto& node : *value->as_array()) figure.values.push_back(figure_number(reader, node));
    }
    return figure;
}

// TOML keeps no order; the lines do.
std::vector<Figure> read_figures(Reader& reader, const toml::table& file) {
    std::vector<Figure> figures;
    for (const auto& [key, node] : file) {
        if (node.is_table()) {
            figures.push_back(read_figure(reader, *node.as_table(), key.str()));
        } else {
            reader.fail("scenario_value", node, key.str());
        }
    }
    std::sort(figures.begin(), figures.end(),
              [](const Figure& a, const Figure& b) { return a.line < b.line; });
    return figures;
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

// A regime says much more; the rest of it is none of the insurer's business.
std::map<std::string, PerformanceCode> read_performances(Reader& reader, const toml::table& file) {
    std::map<std::string, PerformanceCode> codes;
    const auto* rows = file["performance"].as_array();
    if (rows == nullptr) return codes;
    for (const auto& node : *rows) {
        const auto* row = node.as_table();
        if (row == nullptr)
            reader.fail("scenario_value", node, "performance");
        else
            codes[reader.text(*row, "id")] = read_performance(reader, *row);
    }
    return codes;
}

// The word under a key of a regime, as "mono"; yes and no as "true" and "false".
std::string chosen(const toml::table& file, const std::string& key) {
    const auto value = file.at_path(key)["value"];
    if (const auto yes = value.value<bool>()) return *yes ? "true" : "false";
    return value.value_or(std::string());
}

struct Choice {
    const char* key;
    const char* usual;
    const char* other;  // none: the model knows the usual only
    bool Choices::*is_other;
};
constexpr Choice choices[] = {
    {"payment.overlap_blocks", "false", "true", &Choices::outside_breaks},
    {"payment.break_extent", "phase", "pregnancy", &Choices::breaks_whole_pregnancy},
    {"payment.left_early", "integrated", "mono", &Choices::left_early_is_mono},
    {"phases.activity_key", "by_count", "by_days", &Choices::activities_by_days},
    {"payment.no_contract", "mono", nullptr, nullptr},
    {"phases.birth_day", "natal", nullptr, nullptr},
    {"reference_day.insurer", "phase_start", nullptr, nullptr},
    {"reference_day.contract", "phase_start", nullptr, nullptr},
    {"reference_day.membership", "pregnancy_start", nullptr, nullptr}};

// NZa registreren-en-declareren (ruling R5a): a loss before 16 weeks is a performance of its own, where the
// regime has that performance.
constexpr int early_loss_border = 16 * 7;

int early_loss_days(const toml::table& file) {
    const auto* rows = file["performance"].as_array();
    if (rows == nullptr) return 0;
    for (const auto& node : *rows) {
        const auto* row = node.as_table();
        if (row != nullptr && (*row)["id"].value_or(std::string()) == "early_loss") return early_loss_border;
    }
    return 0;
}

}  // namespace

Result<Choices> parse_choices(std::string_view text, const std::string& file) {
    std::optional<Error> unknown;
    const auto read = [&](Reader&, const toml::table& table) {
        Choices found;
        for (const Choice& choice : choices) {
            const std::string value = chosen(table, choice.key);
            const bool is_other = choice.other != nullptr && value == choice.other;
            if (choice.is_other != nullptr) found.*choice.is_other = is_other;
            if (!is_other && value != choice.usual)
                unknown =
                    Error{"sim_choice_unknown", {{"file", file}, {"key", choice.key}, {"value", value}}};
        }
        found.early_loss_days = early_loss_days(table);
        return found;
    };
    BUNDEL_TRY(found, parse<Choices>(text, file, read));
    if (unknown) return *unknown;
    return found;
}

Result<WorkMinutes> parse_work(std::string_view text, const std::string& file) {
    std::optional<Error> unknown;
    const auto minutes = [&](const toml::node_view<const toml::node>& node, const std::string& key) {
        const auto value = node["value"].value<long>();
        if (!value) unknown = Error{"sim_choice_unknown", {{"file", file}, {"key", key}, {"value", ""}}};
        return value.value_or(0);
    };
    const auto read = [&](Reader&, const toml::table& table) {
        WorkMinutes found;
        found.sort_pregnancy = minutes(table.at_path("work.sort_pregnancy"), "work.sort_pregnancy");
        found.of_question["rest"] = minutes(table.at_path("work.question.rest"), "work.question.rest");
        if (const auto* rows = table.at_path("work.question").as_table()) {
            for (const auto& [code, node] : *rows) {
                const std::string name(code.str());
                found.of_question[name] = minutes(toml::node_view<const toml::node>(node), name);
            }
        }
        return found;
    };
    BUNDEL_TRY(found, parse<WorkMinutes>(text, file, read));
    if (unknown) return *unknown;
    return found;
}

Result<Scenario> parse_scenario(std::string_view toml, const std::string& file) {
    return parse<Scenario>(toml, file, [&](Reader& reader, const toml::table& table) {
        return read_scenario(reader, table, file);
    });
}

Result<Region> parse_region(std::string_view toml, const std::string& file) {
    return parse<Region>(toml, file, read_region);
}

Result<std::vector<Figure>> parse_figures(std::string_view toml, const std::string& file) {
    return parse<std::vector<Figure>>(toml, file, read_figures);
}

Result<std::map<std::string, PerformanceCode>> parse_performances(std::string_view toml,
                                                                  const std::string& file) {
    return parse<std::map<std::string, PerformanceCode>>(toml, file, read_performances);
}

}  // namespace bundel::sim
