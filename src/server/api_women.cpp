#include "engine/explain.h"
#include "server/handlers.h"
#include "server/sentences.h"
#include "server/shapes.h"

namespace bundel::server {
using base::Error;
using values::PersonId;

namespace {

constexpr std::size_t reason_least = 5;
constexpr std::size_t reason_most = 200;

// What can be shown of a person, one field at a time.
Result<std::string> identity_field(const intake::IdentityRow& identity, const std::string& field) {
    if (field == "bsn") return identity.bsn ? identity.bsn->digits() : std::string();
    if (field == "birth_date") return identity.birth_date ? identity.birth_date->iso() : std::string();
    if (field == "name") return identity.initials + " " + identity.prefix + " " + identity.name;
    if (field == "patient_number") return identity.declarant.digits() + "/" + identity.patient_number;
    if (field == "insured_number") return identity.insured_number;
    return Error{"reveal_field", {{"field", field}}};
}

Json row_shape(const store::WomanLine& line, const std::optional<engine::CaseRow>& kept) {
    std::int64_t pregnancies = 0;
    std::int64_t phases = 0;
    values::Cents amount;
    if (kept) {
        for (const auto& row : kept->counts) {
            if (row.group == "pregnancy") pregnancies += row.count;
            if (row.group == "route") phases += row.count;
            if (row.group == "route") amount += row.amount;
        }
    }
    return {{"id", line.person.hex()},
            {"short", short_name(line.person)},
            {"as_of", line.as_of},
            {"actions", line.actions},
            {"questions", line.questions},
            {"pregnancies", pregnancies},
            {"phases", phases},
            {"amount_cents", amount}};
}

Result<PersonId> person_of(const std::string& hex) {
    const auto person = PersonId::parse(hex);
    if (!person.ok() || person->is_nobody()) return Error{"explain_nobody"};
    return *person;
}

// By what somebody has in hand. A name that the engine would look for among all claims or persons is looked
// up here.
Result<PersonId> find(store::View& view, const std::string& text) {
    const bool is_named = text.find('/') != std::string::npos || values::Bsn::parse(text).ok();
    if (is_named) return engine::whom(view.world(), text);
    if (values::Reference::fits(text) && !text.empty()) {
        store::ClaimFilter filter;
        filter.reference = text;
        BUNDEL_TRY(claims, view.reader().claims(filter, store::ClaimOrder::newest, {0, 2}));
        if (claims.total == 1 && claims.rows[0].reference.view() == text) return claims.rows[0].person;
    }
    if (text.size() < 8 || text.size() > 32) return Error{"explain_nobody"};
    BUNDEL_TRY(persons, view.reader().persons_like(text));
    if (persons.size() != 1) return Error{persons.empty() ? "explain_nobody" : "explain_ambiguous"};
    return persons.front();
}

}  // namespace

Result<Reply> get_women(Call& call) {
    const std::string filter = call.request.parameter("filter");
    if (!filter.empty() && filter != "questions" && filter != "actions")
        return Error{"parameter_wrong", {{"name", "filter"}}};
    const auto with = filter == "questions" ? store::WomenWith::questions
                      : filter == "actions" ? store::WomenWith::actions
                                            : store::WomenWith::anything;
    return as_reply(call.office.look([&](store::View& view) -> Result<Json> {
        BUNDEL_TRY(found, view.reader().women(with, call.page));
        Json items = Json::array();
        for (const store::WomanLine& line : found.rows) {
            BUNDEL_TRY(kept, view.reader().store().case_of(line.person));
            items.add(row_shape(line, kept));
        }
        return Json{{"items", std::move(items)},
                    {"total", found.total},
                    {"offset", call.page.offset},
                    {"limit", call.page.limit}};
    }));
}

Result<Reply> search_women(Call& call) {
    const std::string text = call.body.text_of("text");
    return as_reply(call.office.look([&](store::View& view) -> Result<Json> {
        const auto person = find(view, text);
        if (!person.ok() && person.error().code == "explain_nobody")
            return Json{{"items", Json::array()}, {"total", 0}};
        if (!person.ok()) return person.error();
        call.woman = *person;
        return Json{{"items", Json::array().add({{"id", person->hex()}, {"short", short_name(*person)}})},
                    {"total", 1}};
    }));
}

Result<Reply> get_woman(Call& call) {
    BUNDEL_TRY(person, person_of(call.path["id"]));
    return as_reply(call.office.look([&](store::View& view) -> Result<Json> {
        BUNDEL_TRY(identity, view.world().identities.identity(person));
        static_cast<void>(identity);
        call.woman = person;
        BUNDEL_TRY(explained, engine::explain(view.world(), person, call.office.today()));
        BUNDEL_TRY(questions, view.reader().questions_of(person));
        return woman_shape(view.world(), explained, questions, call.office.own().names);
    }));
}

Result<Reply> reveal(Call& call) {
    BUNDEL_TRY(person, person_of(call.path["id"]));
    const std::string field = call.body.text_of("field");
    call.woman = person;
    call.reason = base::trim(call.body.text_of("reason"));
    if (call.reason.size() < reason_least || call.reason.size() > reason_most) return Error{"answer_reason"};
    return as_reply(call.office.look([&](store::View& view) -> Result<Json> {
        BUNDEL_TRY(identity, view.world().identities.identity(person));
        BUNDEL_TRY(value, identity_field(identity, field));
        return Json{{"field", field}, {"value", value}};
    }));
}

}  // namespace bundel::server
