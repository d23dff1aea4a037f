#include "sim/found.h"

#include <nlohmann/json.hpp>

#include "base/text.h"

namespace bundel::sim {
namespace {
using nlohmann::json;

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

Phase phase_of(const std::string& word) {
    for (const Phase phase : {Phase::prenatal, Phase::natal}) {
        if (word == phase_word(phase)) return phase;
    }
    return Phase::postnatal;
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

Result<Found> parse_found(std::string_view text) {
    try {
        return found_from(json::parse(text));
    } catch (const json::exception& error) {
        return Error{"explain_unreadable", {{"what", error.what()}}};
    }
}

}  // namespace bundel::sim
