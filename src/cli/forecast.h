// bundel forecast: thirteen weeks of cash.
#pragma once

#include "cli/commands.h"
#include "engine/forecast.h"
#include "store/workspace.h"
#include "texts/texts.h"

namespace bundel::cli {

Exit show_forecast(store::Workspace& workspace, const Arguments& arguments, values::Date as_of);

std::string forecast_screen(const engine::CashOutlook& outlook, const texts::Texts& texts);

}  // namespace bundel::cli
