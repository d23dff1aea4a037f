// What a person sees while a command works.
#pragma once

#include <string>

#include "base/result.h"
#include "cli/commands.h"
#include "texts/texts.h"

namespace bundel::cli {

const texts::Texts& texts();
void print(const std::string& text);
void complain(const std::string& text);  // beside what was asked for
// `exit`, or failed when not all that was printed could be written.
Exit finish_output(Exit exit);
Exit fail(const base::Error& error);  // says why the work could not be done

}  // namespace bundel::cli
