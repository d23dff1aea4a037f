// What each route of the API does. The table is in routes.cpp.
#pragma once

#include "server/router.h"

namespace bundel::server {

using base::Result;

// api_session.cpp
Result<Reply> get_session(Call& call);
Result<Reply> log_in(Call& call);
Result<Reply> log_out(Call& call);
Result<Reply> change_password(Call& call);
// api_today.cpp
Result<Reply> get_today(Call& call);
Result<Reply> get_run(Call& call);
Result<Reply> start_run(Call& call);
Result<Reply> get_aggregates(Call& call);
// api_work.cpp
Result<Reply> get_questions(Call& call);
Result<Reply> get_question(Call& call);
Result<Reply> answer_question(Call& call);
Result<Reply> get_judgements(Call& call);
Result<Reply> undo_judgement(Call& call);
// api_women.cpp
Result<Reply> get_women(Call& call);
Result<Reply> search_women(Call& call);
Result<Reply> get_woman(Call& call);
Result<Reply> reveal(Call& call);
// api_claims.cpp
Result<Reply> get_claims(Call& call);
Result<Reply> get_claim(Call& call);
// api_messages.cpp
Result<Reply> get_messages(Call& call);
Result<Reply> get_message(Call& call);
Result<Reply> post_message(Call& call);
// api_parties.cpp
Result<Reply> get_participants(Call& call);
Result<Reply> get_contracts(Call& call);
Result<Reply> get_names(Call& call);
// api_division.cpp
Result<Reply> get_models(Call& call);
Result<Reply> compare_models(Call& call);
Result<Reply> get_shares(Call& call);
Result<Reply> get_forecast(Call& call);
// api_books.cpp
Result<Reply> get_accounts(Call& call);
Result<Reply> get_entries(Call& call);
Result<Reply> get_books(Call& call);
// api_rules.cpp
Result<Reply> get_rules(Call& call);
Result<Reply> get_decision(Call& call);
Result<Reply> get_variables(Call& call);
Result<Reply> get_rulebooks(Call& call);
Result<Reply> get_rules_diff(Call& call);
// api_admin.cpp
Result<Reply> get_people(Call& call);
Result<Reply> add_person(Call& call);
Result<Reply> set_person(Call& call);
Result<Reply> reset_password(Call& call);
Result<Reply> get_audit(Call& call);
Result<Reply> get_system(Call& call);
Result<Reply> get_visibility(Call& call);
// api_mine.cpp
Result<Reply> get_mine(Call& call);
Result<Reply> get_my_lines(Call& call);
Result<Reply> get_my_statement_pdf(Call& call);
Result<Reply> get_my_statement_xlsx(Call& call);

}  // namespace bundel::server
