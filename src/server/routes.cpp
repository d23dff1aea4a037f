// The table of the API.
#include "server/handlers.h"

namespace bundel::server {

namespace {

std::vector<Route> all_routes() {
    using M = Method;
    std::vector<Route> routes{
        {M::get, "/session", "Who is logged in", get_session, {}, {}, nullptr, Asks::session},
        {M::post,
         "/session",
         "Log in",
         log_in,
         {},
         {{"name", "account"}, {"password", "password"}},
         "login",
         Asks::nothing},
        {M::remove, "/session", "Log out", log_out, {}, {}, "logout", Asks::session},
        {M::post,
         "/session/password",
         "Change the own password",
         change_password,
         {},
         {{"old", "password now"}, {"new", "at least 12 characters"}},
         "change_password",
         Asks::session},

        {M::get, "/today", "What came in, what waits, what went by itself", get_today},
        {M::get, "/run", "The last run and the watched folders", get_run},
        {M::post, "/run", "Take in the watched folders, assess, send and divide", start_run, {}, {}, "run"},
        {M::get, "/aggregates", "Counts of ten or more", get_aggregates},

        {M::get,
         "/questions",
         "The work list",
         get_questions,
         {{"code", "only of this kind"}, {"sort", "-amount (default) or deadline"}}},
        {M::get,
         "/questions/{id}",
         "A question with its evidence",
         get_question,
         {{"code", "as in the list"}, {"sort", "as in the list"}},
         {},
         "view_woman"},
        {M::post,
         "/questions/{id}/answer",
         "Answer a question by a judgement",
         answer_question,
         {},
         {{"verdict", "one of its choices"}, {"reason", "why"}, {"bsn", "where the choice asks it"}},
         "answer"},
        {M::get, "/judgements", "What was answered", get_judgements},
        {M::post,
         "/judgements/{key}/undo",
         "Take a judgement back",
         undo_judgement,
         {},
         {{"reason", "why"}},
         "undo"},

        {M::get, "/women", "Women that were assessed", get_women, {{"filter", "questions or actions"}}},
        {M::post,
         "/women/search",
         "Find a woman",
         search_women,
         {},
         {{"text", "BSN, practice/patient number, claim, line, or the beginning of an id"}},
         "search_woman"},
        {M::get, "/women/{id}", "One woman", get_woman, {}, {}, "view_woman"},
        {M::post,
         "/women/{id}/reveal",
         "Show one fact of who she is",
         reveal,
         {},
         {{"field", "bsn, birth_date, name, patient_number or insured_number"}, {"reason", "why"}},
         "reveal"},

        {M::get,
         "/claims",
         "Claims",
         get_claims,
         {{"state", "sent, rejected, ..."},
          {"kind", "integrated or forwarded"},
          {"insurer", "UZOVI"},
          {"declarant", "AGB"},
          {"search", "beginning of a reference"},
          {"sort", "-number (default), -amount or -sent_day"}}},
        {M::get, "/claims/{declarant}/{reference}", "One claim", get_claim, {}, {}, "view_claim"},

        {M::get,
         "/messages",
         "Messages",
         get_messages,
         {{"direction", "received or sent"},
          {"kind", "beginning of the kind"},
          {"search", "part of the name"}}},
        {M::get, "/messages/{id}", "One message, raw beside decoded", get_message, {}, {}, "view_message"},
        {M::post, "/messages", "Bring a file", post_message, {{"name", "name of the file"}}, {}, "upload"},

        {M::get, "/participants", "Participants with their memberships", get_participants},
        {M::get, "/contracts", "Contracts", get_contracts},
        {M::get, "/names", "Names of participants and insurers", get_names},

        {M::get, "/division/models", "Models of division", get_models},
        {M::get,
         "/division/compare",
         "Two models on the same care",
         compare_models,
         {{"a", "model, or geldend"}, {"b", "model, or geldend"}}},
        {M::get, "/division/shares", "Share of each participant", get_shares},
        {M::get, "/division/forecast", "Cash of the coming weeks", get_forecast},

        {M::get, "/ledger/accounts", "Accounts with their balance", get_accounts},
        {M::get,
         "/ledger/entries",
         "Entries",
         get_entries,
         {{"account", "a path, or the beginning of one with ':' behind it"},
          {"search", "beginning of a key"}}},
        {M::get, "/ledger/books", "Books side by side", get_books},

        {M::get, "/rules", "Regimes and their decision tables", get_rules},
        {M::get, "/rules/variables", "Variables of the decisions", get_variables},
        {M::get, "/rulebooks", "Rulebooks to compare with", get_rulebooks},
        {M::get, "/rulebooks/{rulebook}", "What it would change on the same facts", get_rules_diff},
        {M::get, "/rules/{regime}/{decision}", "A decision table with tests and proof", get_decision},

        {M::get, "/people", "Accounts", get_people},
        {M::post,
         "/people",
         "Make an account",
         add_person,
         {},
         {{"name", "2 to 20 of a-z, 0-9, '.', '-'"}, {"role", "role"}, {"scope", "AGB or UZOVI"}},
         "add_account"},
        {M::post,
         "/people/{name}",
         "Switch an account on or off",
         set_person,
         {},
         {{"active", "true or false"}},
         "set_account"},
        {M::post,
         "/people/{name}/password",
         "A new one-time password",
         reset_password,
         {},
         {},
         "reset_password"},
        {M::get,
         "/audit",
         "What was done",
         get_audit,
         {{"actor", "account"}, {"event", "event"}, {"woman", "id"}},
         {},
         "view_audit"},
        {M::get, "/system", "State of the system", get_system},
        {M::get, "/visibility", "Who sees what", get_visibility},

        {M::get,
         "/mine",
         "Statement of the own participant",
         get_mine,
         {{"period", "2024-05, 2024-K2, 2024"}}},
        {M::get, "/mine/lines", "Own lines", get_my_lines},
        {M::get, "/mine/statement.pdf", "Own statement, PDF", get_my_statement_pdf, {{"period", "as above"}}},
        {M::get,
         "/mine/statement.xlsx",
         "Own statement, XLSX",
         get_my_statement_xlsx,
         {{"period", "as above"}}},
    };
    for (Route& route : routes) {
        const std::string type = Visibility::of_program().answer_of(route.name());
        route.is_list = Visibility::of_program().has_field(type, "items");
        route.takes_bytes = route.name() == "POST /messages";
        route.says_once = type == "PersonAdded" || type == "Revealed";
    }
    return routes;
}

}  // namespace

const std::vector<Route>& routes() {
    static const std::vector<Route> all = all_routes();
    return all;
}

}  // namespace bundel::server
