#include "engine/run.h"

#include "engine/bought.h"
#include "engine/ceilings.h"
#include "engine/settlements.h"
#include "engine/women.h"

namespace bundel::engine {

Result<Run> run(World& world, Date as_of, const Progress& progress) {
    Run run;
    BUNDEL_TRY(resumed, resume(world, as_of));
    run.resumed = resumed;
    BUNDEL_TRY(first, assess_due(world, as_of, progress));
    run.assessed = first;
    BUNDEL_TRY(sending, send_all(world, as_of));
    run.sending = std::move(sending);
    BUNDEL_TRY(after, assess_due(world, as_of, progress));
    run.assessed.failed += after.failed;
    BUNDEL_TRY(divided, divide_all(world, as_of));
    run.divided = std::move(divided);
    BUNDEL_TRY(bought, book_bought(world, as_of));
    run.bought = bought;
    BUNDEL_TRY_DONE(ask_about_ceilings(world, as_of));
    BUNDEL_TRY_DONE(ask_about_settlements(world, as_of));
    return run;
}

}  // namespace bundel::engine
