// Text for the terminal. Every sentence from the table of texts.
#pragma once

#include <string>
#include <vector>

#include "engine/adopting.h"
#include "engine/ceilings.h"
#include "engine/closing.h"
#include "engine/importing.h"
#include "engine/ready.h"
#include "engine/report.h"
#include "engine/run.h"
#include "engine/settlements.h"
#include "engine/verify.h"
#include "texts/texts.h"

namespace bundel::cli {

std::string overview_screen(const engine::Overview& overview, const std::string& outbox,
                            const texts::Texts& texts);
std::string worklist_screen(const std::vector<engine::QuestionRow>& questions, const engine::Reliance& phases,
                            const texts::Texts& texts);
// How many of these rest on values that are not real; empty when none does. `what`: code of a sentence with
// holes for the counts.
std::string reliance_line(const engine::Reliance& reliance, const char* what, const texts::Texts& texts);
std::string imported_line(const engine::Imported& imported, const std::string& name,
                          const texts::Texts& texts);
std::string adopted_line(const engine::Adopted& adopted, const std::string& name, const texts::Texts& texts);
std::string not_adopted_line(const engine::NotAdopted& not_adopted, const texts::Texts& texts);
std::string run_lines(const engine::Run& run, const texts::Texts& texts);
std::string sending_lines(const engine::Sending& sending, const texts::Texts& texts);
std::string planned_lines(const std::vector<engine::PlannedClaim>& planned, const texts::Texts& texts);
std::string divided_lines(const engine::Divided& divided, const texts::Texts& texts);
std::string ready_lines(const std::vector<engine::Missing>& missing, const texts::Texts& texts);
std::string closed_lines(const engine::Closed& closed, const texts::Texts& texts);
std::string accruals_screen(const engine::WorkReport& report, const texts::Texts& texts);
std::string ceilings_screen(const std::vector<engine::Ceiling>& ceilings, const texts::Texts& texts);
std::string true_up_screen(const std::vector<engine::Outside>& outside,
                           const std::vector<engine::SettledClaim>& settled, const texts::Texts& texts);
std::string verified_lines(const engine::Verified& verified, const texts::Texts& texts);

}  // namespace bundel::cli
