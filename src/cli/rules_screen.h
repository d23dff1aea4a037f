// What `bundel rules check` and `bundel rules test` show.
#pragma once

#include <string>
#include <vector>

#include "engine/rules.h"
#include "texts/texts.h"

namespace bundel::cli {

std::string checked_lines(const std::vector<engine::CheckedModel>& models, const texts::Texts& texts);
std::string tested_lines(const std::vector<engine::TestedModel>& models, const texts::Texts& texts);

}  // namespace bundel::cli
