// Everything of the simulator that reads JSON, in the one file that includes the library.
#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/text.h"
#include "sim/compare.h"
#include "sim/found.h"
#include "sim/play_log.h"

namespace bundel::sim {
namespace {
using nlohmann::json;

// ---- what a scenario expects ----

std::string text_of(const json& value) {
    if (value.is_null()) return "";
    if (value.is_boolean()) return value.get<bool>() ? "ja" : "nee";
    if (value.is_string()) return value.get<std::string>();
    if (value.is_number_integer()) return std::to_string(value.get<std::int64_t>());
    std::string joined;
    for (const auto& one : value) joined += (joined.empty() ? "" : " ") + text_of(one);
    return joined;
}

Row row_of(const json& object, std::string_view kind) {
    Row row;
    for (const auto& column : expected_columns(kind)) {
        if (object.contains(column.json)) row[column.name] = text_of(object[column.json]);
    }
    return row;
}

// The phases of all pregnancies in one list, with the number of their pregnancy.
json phases_of(const json& document) {
    json phases = json::array();
    int number = 0;
    for (const auto& pregnancy : document.at("pregnancies")) {
        ++number;
        for (json phase : pregnancy.at("phases")) {
            phase["pregnancy"] = number;
            phases.push_back(std::move(phase));
        }
    }
    return phases;
}

// Lines with their parts as columns.
json lines_of(const json& document) {
    json lines = json::array();
    for (json line : document.at("lines")) {
        for (const auto& part : line.at("parts"))
            line[part.at("phase").get<std::string>()] = part.at("cents");
        lines.push_back(std::move(line));
    }
    return lines;
}

bool credit_accepted_before(const std::string& bsn, const std::string& day,
                            const std::vector<Verdict>& verdicts) {
    return std::any_of(verdicts.begin(), verdicts.end(), [&](const Verdict& verdict) {
        return verdict.bsn == bsn && verdict.credit && verdict.accepted() && verdict.answered.iso() <= day;
    });
}

// ---- what bundel found ----

std::string text(const json& object, const char* name) {
    const auto& value = object.at(name);
    return value.is_null() ? "" : value.get<std::string>();
}
Cents cents(const json& object, const char* name) {
    const auto& value = object.at(name);
    return value.is_null() ? Cents() : Cents::of(value.get<std::int64_t>());
}
std::optional<Date> day(const json& object, const char* name) {
    const auto date = Date::parse(text(object, name));
    if (!date.ok()) return std::nullopt;
    return *date;
}

FoundPhase phase_from(const json& object, std::size_t pregnancy) {
    FoundPhase phase;
    phase.pregnancy = pregnancy;
    phase.phase = phase_of(text(object, "phase"));
    phase.route = text(object, "route");
    phase.reason = text(object, "reason");
    phase.performance = text(object, "performance");
    phase.insurer = text(object, "insurer");
    phase.price = cents(object, "price_cents");
    phase.latest_submit_day = day(object, "latest_submit_day");
    return phase;
}

FoundLine line_from(const json& object) {
    FoundLine line{text(object, "line"), text(object, "disposition"), text(object, "standing"), {}};
    for (const auto& part : object.at("parts"))
        line.parts[phase_of(text(part, "phase"))] = cents(part, "cents");
    return line;
}

FoundClaim claim_from(const json& object) {
    FoundClaim claim;
    claim.reference = text(object, "reference");
    claim.debit = text(object, "debit");
    claim.performance = text(object, "performance");
    claim.insurer = text(object, "insurer");
    claim.state = text(object, "state");
    claim.care = {day(object, "first").value_or(Date()), day(object, "last").value_or(Date())};
    claim.integrated = text(object, "kind") == "integrated";
    claim.credit = object.at("credit").get<bool>();
    for (const auto& code : object.at("codes")) claim.is_refused_as_double |= code == "0587";
    claim.amount = cents(object, "amount_cents");
    claim.granted = cents(object, "granted_cents");
    claim.sent = day(object, "sent_day");
    claim.answered = day(object, "answered_day");
    return claim;
}

// "regel/08000101/V-1/code", "fase/1/prenataal/code"
FoundQuestion question_from(const json& object) {
    FoundQuestion question;
    question.code = text(object, "code");
    const std::string key = text(object, "key");
    const auto parts = base::split(key, '/');
    if (parts.size() == 4 && parts[0] == "regel")
        question.line = std::string(parts[1]) + "/" + std::string(parts[2]);
    if (parts.size() == 4 && parts[0] == "fase") {
        question.pregnancy = static_cast<std::size_t>(base::parse_digits(parts[1]).value_or(1)) - 1;
        question.phase = parts[2] == "prenataal" ? Phase::prenatal
                         : parts[2] == "nataal"  ? Phase::natal
                                                 : Phase::postnatal;
    }
    return question;
}

Found found_from(const json& document) {
    Found found;
    for (const auto& one : document.at("enrolments")) found.enrolments.push_back(text(one, "key"));
    for (const auto& one : document.at("pregnancies")) {
        for (const auto& phase : one.at("phases"))
            found.phases.push_back(phase_from(phase, found.pregnancies.size()));
        found.pregnancies.push_back({day(one, "due"), day(one, "end")});
    }
    for (const auto& one : document.at("lines")) found.lines.push_back(line_from(one));
    for (const auto& one : document.at("claims")) found.claims.push_back(claim_from(one));
    for (const auto& one : document.at("questions")) found.questions.push_back(question_from(one));
    for (const auto& one : document.at("losses")) found.lost += cents(one, "amount_cents");
    return found;
}

}  // namespace

Result<std::map<std::string, std::vector<Row>>> explained_rows(std::string_view text, const std::string& bsn,
                                                               const std::vector<Verdict>& verdicts) {
    try {
        const json document = json::parse(text);
        const std::pair<const char*, json> lists[] = {
            {"zwangerschap", document.at("pregnancies")},
            {"fase", phases_of(document)},
            {"regel", lines_of(document)},
            {"claim", document.at("claims")},
            {"vraag", document.at("questions")},
            {"verlies", document.at("losses")},
            {"saldo", document.at("net_position")},
            {"verdeling", document.at("division")},
            {"ingekocht", document.value("bought", json::array())},
        };
        std::map<std::string, std::vector<Row>> rows;
        for (const auto& [kind, list] : lists) {
            auto& of_kind = rows[kind];
            for (const auto& object : list) of_kind.push_back(row_of(object, kind));
        }
        for (auto& claim : rows["claim"]) {
            const bool after = credit_accepted_before(bsn, claim["verzonden"], verdicts);
            claim["na_creditering"] = after ? "ja" : "nee";
        }
        return rows;
    } catch (const json::exception& error) {
        return Error{"explain_unreadable", {{"what", error.what()}}};
    }
}

Result<Found> parse_found(std::string_view text) {
    try {
        return found_from(json::parse(text));
    } catch (const json::exception& error) {
        return Error{"explain_unreadable", {{"what", error.what()}}};
    }
}

Result<base::Done> PlayLog::add_questions(std::string_view worklist, Date day) {
    try {
        const json document = json::parse(worklist);
        for (const auto& question : document.at("questions")) {
            const std::string code = text(question, "code");
            if (!code.starts_with("delivery_")) continue;
            const auto& params = question.at("params");
            const auto word = [&](const char* name) {
                return params.contains(name) ? text(params, name) : "";
            };
            suspected.try_emplace(text(question, "key"),
                                  Suspected{word("participant"), code, word("first"), word("last"), day});
        }
        return base::Done{};
    } catch (const json::exception& error) {
        return Error{"worklist_unreadable", {{"what", error.what()}}};
    }
}

}  // namespace bundel::sim
