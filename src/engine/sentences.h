// What was done and found, in sentences that every front says the same.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/importing.h"
#include "engine/rules.h"
#include "engine/rules_diff.h"
#include "engine/sending.h"
#include "texts/texts.h"

namespace bundel::engine {

std::string sentence_of(const Imported& imported, const std::string& name, const texts::Texts& texts);
// What was sent, and what participants must declare themselves.
std::vector<std::string> sentences_of(const Sending& sending, const texts::Texts& texts);
std::string sentence_of(const Refusal& refusal, const texts::Texts& texts);
std::string sentence_of(const RuleProblem& problem, const texts::Texts& texts);
std::string sentence_of(const std::optional<PhaseOutcome>& outcome, const texts::Texts& texts);

}  // namespace bundel::engine
