#include "server/judgements.h"

#include <algorithm>

#include "base/text.h"
#include "engine/messages.h"
#include "server/sentences.h"
#include "wire/csv.h"

namespace bundel::server {
using base::Error;
using base::Result;
using engine::QuestionRow;

namespace {

constexpr const char* header =
    "sleutel;versie;vervallen;bsn;praktijk;patientnummer;uitspraak;ander_bsn;regel_agb;regel;"
    "claim;vraag;door;reden\r\n";
constexpr std::string_view form_kind = "csv uitspraken";
constexpr std::size_t reason_most = 200;
constexpr std::size_t by_most = 20;

const Choice accept_it{"akkoord", "choice_accept", {}};
const Choice send_again{"opnieuw versturen", "choice_send_again", {}};
const Choice send_anyway{"alsnog versturen", "choice_send_anyway", {}};
const Choice is_hers{"regel is van haar", "choice_is_hers", {{"bsn", "field_bsn"}}};

// "claim/53000001/BD0000000002/claim_reduced" or "regel/08000101/V-1/...".
struct Named {
    std::string kind, agb, reference;
};
Named named_in(const std::string& key) {
    const auto parts = base::split(key, '/');
    if (parts.size() < 4) return {};
    const std::size_t front = parts[0].size() + parts[1].size() + 2;
    const std::size_t back = parts.back().size() + 1;
    return {std::string(parts[0]), std::string(parts[1]), key.substr(front, key.size() - front - back)};
}

Result<std::string> checked_reason(const std::string& reason) {
    const std::string_view text = base::trim(reason);
    for (const char c : text) {
        if (static_cast<unsigned char>(c) < 0x20) return Error{"answer_reason"};
    }
    if (text.empty() || text.size() > reason_most) return Error{"answer_reason"};
    return std::string(text);
}

// How the form names a woman: by BSN, or by the patient number of a practice when there is none.
Result<base::Done> name_woman(engine::World& world, values::PersonId person,
                              std::map<std::string, std::string>& row) {
    if (person.is_nobody()) return base::Done{};
    BUNDEL_TRY(identity, world.identities.identity(person));
    if (identity.bsn) {
        row["bsn"] = identity.bsn->digits();
    } else {
        row["praktijk"] = identity.declarant.digits();
        row["patientnummer"] = identity.patient_number;
    }
    return base::Done{};
}

std::string table_of(std::map<std::string, std::string> row) {
    std::vector<std::string> cells;
    for (const std::string_view column : base::split(base::trim_right(header, '\n'), ';'))
        cells.push_back(row[std::string(base::trim_right(column, '\r'))]);
    return header + wire::csv_line(cells);
}

std::string cell(const wire::CsvTable& table, const wire::CsvRow& row, const char* column) {
    const int index = table.column(column);
    return index < 0 ? std::string() : row.cells[static_cast<std::size_t>(index)];
}

Judged judged_in(const wire::CsvTable& table, const wire::CsvRow& row, values::Date day) {
    Judged judged;
    judged.key = cell(table, row, "sleutel");
    judged.version = base::parse_digits(cell(table, row, "versie"), 65535).value_or(1);
    judged.withdrawn = cell(table, row, "vervallen") == "ja";
    judged.verdict = cell(table, row, "uitspraak");
    judged.question = cell(table, row, "vraag");
    if (judged.question.empty()) judged.question = cell(table, row, "claim");
    if (judged.question.empty()) judged.question = cell(table, row, "regel");
    judged.reason = cell(table, row, "reden");
    judged.by = cell(table, row, "door");
    judged.day = day;
    return judged;
}

// Messages with judgements, newest first.
Result<std::vector<store::MessageLine>> messages_of(store::View& view) {
    const store::MessageFilter filter{engine::Direction::received, std::string(form_kind), ""};
    BUNDEL_TRY(found, view.reader().messages(filter, {0, INT32_MAX}));
    return found.rows;
}

// Of one that was forgotten there is none.
Result<std::optional<wire::CsvTable>> table_in(store::View& view, const store::MessageLine& line) {
    auto table = engine::stored_table(view.world(), line.message.id);
    if (table.ok()) return std::optional(std::move(*table));
    if (table.error().code == "message_forgotten") return std::optional<wire::CsvTable>();
    return table.error();
}

Result<std::vector<Judged>> judged_in(store::View& view, const store::MessageLine& line) {
    std::vector<Judged> judged;
    BUNDEL_TRY(table, table_in(view, line));
    if (!table) return judged;
    for (const wire::CsvRow& row : table->rows) judged.push_back(judged_in(*table, row, line.received));
    return judged;
}

}  // namespace

std::vector<Choice> choices_for(const QuestionRow& question) {
    const Named named = named_in(question.key);
    std::vector<Choice> choices;
    if (question.code == "before_cutover") choices.push_back(send_anyway);
    if (named.kind == "claim" && question.code != "before_cutover") choices.push_back(send_again);
    if (named.kind == "regel" && question.code.find("person") != std::string::npos)
        choices.push_back(is_hers);
    choices.push_back(accept_it);
    return choices;
}

std::string verdict_label(const std::string& written) {
    std::string verdict = written;
    std::replace(verdict.begin(), verdict.end(), '_', ' ');  // as the form reads it
    for (const Choice* choice : {&accept_it, &send_again, &send_anyway, &is_hers}) {
        if (verdict == choice->verdict) return label(choice->label);
    }
    return verdict;
}

Result<std::string> judgement_csv(engine::World& world, const QuestionRow& question, const Json& body,
                                  const std::string& key, const std::string& by) {
    BUNDEL_TRY(reason, checked_reason(body.text_of("reason")));
    std::map<std::string, std::string> row{
        {"sleutel", key}, {"door", by.substr(0, by_most)}, {"reden", reason}};
    const std::string verdict = body.text_of("verdict");
    const auto choices = choices_for(question);
    const auto chosen = std::find_if(choices.begin(), choices.end(),
                                     [&](const Choice& choice) { return choice.verdict == verdict; });
    if (chosen == choices.end()) return Error{"answer_verdict"};
    row["uitspraak"] = verdict;
    BUNDEL_TRY_DONE(name_woman(world, question.person, row));
    const Named named = named_in(question.key);
    if (verdict == accept_it.verdict || verdict == send_anyway.verdict) row["vraag"] = question.key;
    if (verdict == send_again.verdict) row["claim"] = named.reference;
    if (verdict == is_hers.verdict) {
        row["regel_agb"] = named.agb;
        row["regel"] = named.reference;
        row["praktijk"].clear();
        row["patientnummer"].clear();
    }
    for (const ChoiceField& field : chosen->fields) {
        row[field.name] = body.text_of(field.name);
        if (row[field.name].empty()) return Error{"answer_field", {{"field", field.name}}};
    }
    return table_of(std::move(row));
}

Result<std::vector<Judged>> Judgements::all(store::View& view) {
    BUNDEL_TRY(messages, messages_of(view));
    const std::lock_guard<std::mutex> lock(reading_);
    std::vector<Judged> all;
    std::map<std::string, std::size_t> index;
    for (const store::MessageLine& line : messages) {
        auto table = tables_.find(line.message.id);
        if (table == tables_.end()) {
            BUNDEL_TRY(judged, judged_in(view, line));
            table = tables_.emplace(line.message.id, std::move(judged)).first;
        }
        for (const Judged& judged : table->second) {
            const auto [known, is_new] = index.emplace(judged.key, all.size());
            if (is_new)
                all.push_back(judged);
            else if (all[known->second].version < judged.version)
                all[known->second] = judged;
        }
    }
    return all;
}

Result<std::string> withdrawal_csv(store::View& view, const std::string& key, const std::string& reason,
                                   const std::string& by) {
    BUNDEL_TRY(why, checked_reason(reason));
    BUNDEL_TRY(messages, messages_of(view));
    std::map<std::string, std::string> latest;
    std::int64_t version = 0;
    for (const store::MessageLine& line : messages) {
        BUNDEL_TRY(table, table_in(view, line));
        if (!table) continue;
        for (const wire::CsvRow& row : table->rows) {
            const Judged judged = judged_in(*table, row, line.received);
            if (judged.key != key || judged.version <= version) continue;
            version = judged.version;
            latest.clear();
            for (std::size_t i = 0; i < table->header.size(); ++i) latest[table->header[i]] = row.cells[i];
        }
    }
    if (version == 0 || latest["vervallen"] == "ja") return Error{"judgement_unknown"};
    latest["versie"] = std::to_string(version + 1);
    latest["vervallen"] = "ja";
    latest["door"] = by.substr(0, by_most);
    latest["reden"] = why;
    return table_of(std::move(latest));
}

}  // namespace bundel::server
