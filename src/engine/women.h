// One woman from the store, and the assessment of all who are due.
#pragma once

#include <functional>

#include "claim/case.h"
#include "claim/reconcile.h"
#include "engine/world.h"
#include "facts/gather.h"

namespace bundel::engine {

Result<facts::Agreements> load_agreements(World& world);

// Her facts, with everybody a judgement links to her, and all that was sent for any of them.
struct Loaded {
    facts::Gathered gathered;
    std::vector<claim::Sent> sent;
};
Result<Loaded> load_woman(World& world, PersonId person, Date as_of);

// She must be assessed again, and everybody a judgement links to her.
Result<Done> mark_with_linked(World& world, PersonId person);

// What ought to be, what is sent, and what to do next. Points into the agreements it was made with: they live
// longer.
struct Standing {
    Loaded loaded;
    claim::Case wanted;
    claim::Plan plan;
};
Result<Standing> stand(World& world, PersonId person, const facts::Agreements& known, Date as_of);

// A rule value that her care needs is missing: nothing is guessed for her, the others go on.
bool is_about_rules(const Error& error);

// Looks at every woman once (of several persons that are one under the lowest), assessed on `as_of`; what was
// sent for her is that of today. Gives how many could not be decided because a rule value is missing: they
// are passed over. Who was forgotten is nobody.
using Look = std::function<Result<Done>(const Loaded& loaded, const claim::Case& wanted)>;
Result<std::size_t> for_each_woman(World& world, const facts::Agreements& known, Date as_of,
                                   const Look& look);

struct Assessed {
    std::size_t women = 0;
    std::size_t failed = 0;  // became a question: a rule value is missing for her care
};
// Everybody with news, expired, or assessed under another law, then the region; in transactions of at most
// `batch` women, so that a stopped run resumes. The outcome does not depend on `batch`.
Result<Assessed> assess_due(World& world, Date as_of, const Progress& progress = {},
                            std::size_t batch = 1000);

}  // namespace bundel::engine
