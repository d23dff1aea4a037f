// Answers to questions, as rows of the form "uitspraken": what can be said of a question, the row that says
// it, and what was said before.
#pragma once

#include <map>
#include <mutex>
#include <string>
#include <vector>

#include "server/json.h"
#include "store/workspace.h"

namespace bundel::server {

// A field that the person fills in; its name is the column of the form.
struct ChoiceField {
    const char* name;
    const char* label;  // code of the sentence
};
struct Choice {
    const char* verdict;  // the word of the column `uitspraak`
    const char* label;    // code of the sentence
    std::vector<ChoiceField> fields;
};
std::vector<Choice> choices_for(const engine::QuestionRow& question);
// The verdict as its choice says it; one that the desk does not offer in the words of the form.
std::string verdict_label(const std::string& written);

// The table with the one row of this answer. Errors: answer_verdict (no choice for this question),
// answer_reason (none, or too long), answer_field{field}, person_unknown.
base::Result<std::string> judgement_csv(engine::World& world, const engine::QuestionRow& question,
                                        const Json& body, const std::string& key, const std::string& by);

struct Judged {
    std::string key;
    std::int64_t version = 1;
    bool withdrawn = false;
    std::string verdict, question, reason, by;
    values::Date day;
};
// What was answered until now. A table is read once: what was received stays as it is, and a person is
// forgotten only while the desk is closed.
class Judgements {
public:
    // The last version of each, newest first.
    base::Result<std::vector<Judged>> all(store::View& view);

private:
    std::mutex reading_;
    std::map<base::Digest, std::vector<Judged>> tables_;
};
// The table with the row that takes it back. Errors: judgement_unknown, answer_reason.
base::Result<std::string> withdrawal_csv(store::View& view, const std::string& key, const std::string& reason,
                                         const std::string& by);

}  // namespace bundel::server
