// Shifts of tasks (zorgverschuivingen) that a region considers: who stops doing what, and who does it then.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "values/care.h"
#include "values/cents.h"
#include "values/identifiers.h"

namespace bundel::rulebook {

// One unit of it, in declared value: what `from` declares less and `to` more.
struct TaskShift {
    std::string name;
    values::PhaseKind phase = values::PhaseKind::prenatal;
    values::AgbCode from, to;
    values::Cents gives_up, takes_on;  // above 0, 0 or more
    values::Status status = values::Status::example;
    std::string source;
};

// [[shift]] with name, phase, from, to, gives_up, takes_on, status, source. Errors: rulebook_syntax,
// rulebook_value_*, rulebook_key_unknown.
base::Result<std::vector<TaskShift>> load_task_shifts(const std::string& file, const std::string& content);

}  // namespace bundel::rulebook
