// bundel transition: the path from today's division to another one, or what stands in its way.
#pragma once

#include "cli/commands.h"
#include "insight/transition.h"
#include "texts/texts.h"

namespace bundel::cli {

Exit find_transition(const Arguments& arguments);

std::string transition_screen(const insight::TransitionWishes& wishes, const insight::Transition& transition,
                              const texts::Texts& texts);

}  // namespace bundel::cli
