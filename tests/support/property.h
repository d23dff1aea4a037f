// A law checked on many generated cases. Cases per law: BUNDEL_CASES (default 1000); seed: BUNDEL_SEED
// (default 1), printed with the smallest counter-example.
#pragma once

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/detail/TestListenerAdapter.h>

#include <cstdlib>
#include <sstream>
#include <string>
#include <unordered_map>

namespace bundel::testing {

inline long from_environment(const char* name, long otherwise) {
    const char* text = std::getenv(name);
    return text == nullptr ? otherwise : std::strtol(text, nullptr, 10);
}

// `law` takes generated arguments and uses RC_ASSERT / RC_PRE, or returns bool.
template <class Law>
void expect_law(const std::string& name, Law law) {
    rc::detail::TestMetadata about;
    about.id = name;
    rc::detail::TestParams params;
    params.seed = static_cast<std::uint64_t>(from_environment("BUNDEL_SEED", 1));
    params.maxSuccess = static_cast<int>(from_environment("BUNDEL_CASES", 1000));
    // An own listener and no reproduce map: with the library's own, a random seed that is not used is
    // printed.
    rc::detail::TestListenerAdapter silent;
    const std::unordered_map<std::string, rc::detail::Reproduce> none;
    const auto result = rc::detail::checkTestable(law, about, params, silent, none);
    if (result.template is<rc::detail::SuccessResult>()) return;
    std::ostringstream message;
    rc::detail::printResultMessage(result, message);
    ADD_FAILURE() << name << " (seed " << params.seed << ")\n" << message.str();
}

}  // namespace bundel::testing
