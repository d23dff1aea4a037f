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
Exit fail(const base::Error& error);     // says why the work could not be done

}  // namespace bundel::cli
