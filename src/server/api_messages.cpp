#include <algorithm>

#include "engine/field_words.h"
#include "engine/importing.h"
#include "engine/messages.h"
#include "engine/women.h"
#include "intake/forms.h"
#include "server/handlers.h"
#include "server/sentences.h"
#include "server/shapes.h"
#include "wire/scan.h"

namespace bundel::server {
using base::Error;
using store::MessageLine;
using values::AgbCode;
using values::PersonId;

namespace {

constexpr const char* hidden_cell = "•••";

const char* direction_word(engine::Direction direction) {
    return direction == engine::Direction::received ? "received" : "sent";
}

Json message_shape(const MessageLine& line) {
    const bool has_day = line.received < values::Date::far_future();
    return {{"id", line.message.id.hex()},
            {"name", line.message.name},
            {"kind", line.message.kind},
            {"direction", direction_word(line.message.direction)},
            {"state_label", label(std::string("message_") + direction_word(line.message.direction))},
            {"received", has_day ? Json(line.received) : Json()},
            {"findings", line.findings}};
}

// The line as it stands, with what is personal covered.
std::string covered(const wire::Record& record, std::string_view bytes, const wire::Layout& layout,
                    const std::vector<wire::FieldView>& fields) {
    std::string out;
    if (record.index == wire::Record::unknown) return std::string(bytes.size(), '*');
    for (const wire::Field& field : layout.records()[record.index].fields) {
        const auto shown = std::find_if(fields.begin(), fields.end(),
                                        [&](const wire::FieldView& view) { return view.field == &field; });
        const std::size_t first = static_cast<std::size_t>(field.position) - 1;
        const std::size_t size = static_cast<std::size_t>(field.length);
        if (first >= bytes.size()) break;
        const std::string_view piece = bytes.substr(first, size);
        const bool is_blank = piece.find_first_not_of(' ') == std::string_view::npos;
        const bool is_open = shown != fields.end() && !shown->is_hidden;
        out += is_open || is_blank ? std::string(piece) : std::string(piece.size(), '*');
    }
    return out;
}

Json field_shape(const wire::FieldView& field, const rulebook::Rulebook& rulebook) {
    const auto words = engine::words_of(field, rulebook.codelists(), dutch());
    return {{"code", field.field->id},
            {"name", field.field->name},
            {"value", words.value},
            {"hidden", field.is_hidden},
            {"meaning", words.meaning.empty() ? Json() : Json(words.meaning)}};
}

// The records of an EI message from `page.offset` on.
Json ei_records(Call& call, const wire::LayoutRef& layout, const std::string& bytes) {
    Office& office = call.office;
    Json records = Json::array();
    std::int64_t number = 0;
    wire::Masks masks;
    wire::Viewer viewer(*layout, office.elements(), masks, false);
    base::Findings ignored;
    const auto tell = [&](const wire::Record& record, std::string_view line) {
        const auto fields = viewer.fields(record, line);
        const std::int64_t at = number++;
        if (at < call.page.offset || at >= call.page.offset + call.page.limit) return;
        const bool is_known = record.index != wire::Record::unknown;
        records.add({{"line", record.line},
                     {"kind", is_known ? Json(layout->records()[record.index].name) : Json()},
                     {"raw", covered(record, line, *layout, fields)},
                     {"fields", list(fields, [&](const auto& field) {
                          return field_shape(field, office.rulebook());
                      })}});
    };
    wire::Scan scan(layout, "", ignored, tell);
    scan.feed(bytes);
    scan.finish();
    return Json{{"records", std::move(records)}, {"records_total", number}};
}

bool is_personal_column(std::string_view name) {
    constexpr std::string_view open[] = {"sleutel",     "versie", "vervallen", "praktijk",    "uitspraak",
                                         "regel_agb",   "regel",  "claim",     "vraag",       "door",
                                         "uzovi",       "begin",  "eind",      "bedrag",      "prestatie",
                                         "organisatie", "labels", "regime",    "betaaldag",   "fase",
                                         "uitkomst",    "credit", "vorige",    "aantal",      "levering",
                                         "peildag",     "prijs",  "status",    "verzekeraar", "igo"};
    return std::find(std::begin(open), std::end(open), name) == std::end(open);
}

// A table shows only columns that are known to be about no person.
Json csv_records(Call& call, const wire::CsvTable& table) {
    Json records = Json::array();
    const auto rows = piece_of(table.rows, call.page);
    for (const wire::CsvRow& row : rows.rows) {
        Json fields = Json::array();
        std::vector<std::string> raw;
        for (std::size_t i = 0; i < table.header.size(); ++i) {
            const bool hidden = is_personal_column(table.header[i]) && !row.cells[i].empty();
            raw.push_back(hidden ? hidden_cell : row.cells[i]);
            fields.add({{"code", table.header[i]},
                        {"name", table.header[i]},
                        {"value", raw.back()},
                        {"hidden", hidden},
                        {"meaning", Json()}});
        }
        std::string line = wire::csv_line(raw, table.separator);
        while (!line.empty() && (line.back() == '\r' || line.back() == '\n')) line.pop_back();
        records.add({{"line", row.line}, {"kind", Json()}, {"raw", line}, {"fields", std::move(fields)}});
    }
    return Json{{"records", std::move(records)}, {"records_total", rows.total}};
}

Result<Json> records_of(Call& call, store::View& view, const base::Digest& id) {
    BUNDEL_TRY(bytes, view.reader().store().message_bytes(id));
    base::Findings ignored;
    if (const auto layout = view.world().layouts.recognise(bytes, "", ignored); layout != nullptr)
        return ei_records(call, layout, bytes);
    const auto table = engine::stored_table(view.world(), id);
    if (table.ok()) return csv_records(call, *table);
    return Json{{"records", Json::array()}, {"records_total", 0}};
}

// Who declares in an EI message: 0112 if filled, else 0111, else 0110 of the header.
std::string declarant_in(const wire::LayoutRef& layout, const std::string& bytes,
                         const wire::Elements& elements) {
    std::map<std::string, std::string> header;
    wire::Masks masks;
    wire::Viewer viewer(*layout, elements, masks, false);
    base::Findings ignored;
    wire::Scan scan(layout, "", ignored, [&](const wire::Record& record, std::string_view line) {
        if (!header.empty() || record.index == wire::Record::unknown) return;
        for (const wire::FieldView& field : viewer.fields(record, line))
            header[field.field->id] = field.value;
    });
    scan.feed(bytes);
    scan.finish();
    const auto empty = [](const std::string& code) {
        return code.find_first_not_of('0') == std::string::npos;
    };
    for (const char* id : {"0112", "0111", "0110"}) {
        if (!empty(header[id])) return header[id];
    }
    return "";
}

// A participant brings what a practice knows of its own women, and nothing that binds others.
bool is_of(const std::string& scope, const std::string& bytes, const wire::Layouts& layouts,
           const wire::Elements& elements) {
    base::Findings findings;
    if (const auto layout = layouts.recognise(bytes, "", findings); layout != nullptr)
        return !layout->is_return() && declarant_in(layout, bytes, elements) == scope;
    findings.clear();
    const auto table = wire::read_csv(bytes, "", findings);
    const auto* form = table ? intake::recognise(*table) : nullptr;
    const bool may_bring =
        form != nullptr && form->about_woman && form->kind != intake::FormKind::judgements &&
        form->kind != intake::FormKind::adopted && form->kind != intake::FormKind::outside &&
        form->kind != intake::FormKind::insurances;
    const int practice = may_bring ? table->column("praktijk") : -1;
    if (practice < 0) return false;
    return std::all_of(table->rows.begin(), table->rows.end(), [&](const wire::CsvRow& row) {
        return row.cells[static_cast<std::size_t>(practice)] == scope;
    });
}

// ---- Keys of facts: who gave one may replace or withdraw what stands under it, and nobody else ----

template <class Fact>
AgbCode reporter_of(const Fact&) {
    return {};
}
AgbCode reporter_of(const facts::Enrolment& fact) {
    return fact.practice;
}
AgbCode reporter_of(const facts::OutcomeReport& fact) {
    return fact.reporter;
}
AgbCode reporter_of(const facts::PhaseEnd& fact) {
    return fact.reporter;
}

// Is a fact under this key of somebody else: by its reporter, else by who brought the file?
template <class Fact>
Result<bool> is_of_another(engine::World& world, const std::vector<facts::Known<Fact>>& all,
                           std::string_view key, const std::string& scope) {
    for (const facts::Known<Fact>& known : all) {
        if (known.fact.key.key.view() != key || reporter_of(known.fact).digits() == scope) continue;
        BUNDEL_TRY(message, world.store.message(known.origin.message));
        if (!message.name.starts_with(scope + "/")) return true;
    }
    return false;
}

Result<bool> key_of_another(engine::World& world, PersonId woman, std::string_view key,
                            const std::string& scope) {
    BUNDEL_TRY(loaded, engine::load_woman(world, woman, values::Date::far_future()));
    const facts::Woman& known = loaded.gathered.woman;
    BUNDEL_TRY(enrolment, is_of_another(world, known.enrolments, key, scope));
    BUNDEL_TRY(outcome, is_of_another(world, known.outcomes, key, scope));
    BUNDEL_TRY(phase_end, is_of_another(world, known.phase_ends, key, scope));
    BUNDEL_TRY(activity, is_of_another(world, known.activities, key, scope));
    BUNDEL_TRY(bought, is_of_another(world, known.bought, key, scope));
    BUNDEL_TRY(child, is_of_another(world, known.children, key, scope));
    return enrolment || outcome || phase_end || activity || bought || child;
}

// Error: upload_key_taken{line}.
Result<base::Done> keep_to_own_keys(engine::World& world, const std::string& scope,
                                    const std::string& bytes) {
    base::Findings ignored;
    const auto table = wire::read_csv(bytes, "", ignored);
    const int key = table ? table->column("sleutel") : -1;
    const int bsn = table ? table->column("bsn") : -1;
    if (key < 0 || bsn < 0) return base::Done{};
    for (const wire::CsvRow& row : table->rows) {
        const auto number = values::Bsn::parse(base::trim(row.cells[static_cast<std::size_t>(bsn)]));
        if (!number.ok()) continue;
        BUNDEL_TRY(woman, world.identities.find(*number));
        if (!woman) continue;
        const std::string_view given = base::trim(row.cells[static_cast<std::size_t>(key)]);
        BUNDEL_TRY(taken, key_of_another(world, *woman, given, scope));
        if (taken) return Error{"upload_key_taken", {{"line", std::to_string(row.line)}}};
    }
    return base::Done{};
}

}  // namespace

Result<Reply> get_messages(Call& call) {
    store::MessageFilter filter;
    filter.kind = call.request.parameter("kind");
    filter.name = call.request.parameter("search");
    if (const std::string text = call.request.parameter("direction"); !text.empty()) {
        if (text != "received" && text != "sent") return Error{"parameter_wrong", {{"name", "direction"}}};
        filter.direction = text == "received" ? engine::Direction::received : engine::Direction::sent;
    }
    return as_reply(call.office.look([&](store::View& view) -> Result<Json> {
        BUNDEL_TRY(found, view.reader().messages(filter, call.page));
        return paged(found, call.page, message_shape);
    }));
}

Result<Reply> get_message(Call& call) {
    const auto id = base::Digest::parse(call.path["id"]);
    if (!id.ok()) return Error{"not_found"};
    return as_reply(call.office.look([&](store::View& view) -> Result<Json> {
        BUNDEL_TRY(row, view.reader().store().message(*id));
        BUNDEL_TRY(findings, view.reader().findings(*id));
        BUNDEL_TRY(records, records_of(call, view, *id));
        return Json{{"id", row.id.hex()},
                    {"name", row.name},
                    {"kind", row.kind},
                    {"direction", direction_word(row.direction)},
                    {"state_label", label(std::string("message_") + direction_word(row.direction))},
                    {"findings", findings_shape(findings)},
                    {"records", *records.field("records")},
                    {"records_total", *records.field("records_total")},
                    {"offset", call.page.offset},
                    {"limit", call.page.limit}};
    }));
}

Result<Reply> post_message(Call& call) {
    const std::string name = call.request.parameter("name");
    if (name.empty() || name.size() > 200 || name.find('/') != std::string::npos)
        return Error{"parameter_wrong", {{"name", "name"}}};
    if (call.request.body.empty()) return Error{"upload_empty"};
    const std::string known_as = call.own() ? call.scope() + "/" + name : name;
    return as_reply(call.office.change([&](engine::World& world) -> Result<Json> {
        if (call.own() && !is_of(call.scope(), call.request.body, world.layouts, call.office.elements()))
            return Error{"upload_not_yours"};
        if (call.own()) BUNDEL_TRY_DONE(keep_to_own_keys(world, call.scope(), call.request.body));
        BUNDEL_TRY(imported, engine::import_file(world, known_as, call.request.body, call.office.today()));
        call.reason = imported.message.hex();
        return Json{{"id", imported.message.hex()},
                    {"kind", imported.kind},
                    {"again", imported.again},
                    {"refused", imported.refused},
                    {"lines", imported.lines},
                    {"persons", imported.persons},
                    {"findings", findings_shape(imported.findings)}};
    }));
}

}  // namespace bundel::server
