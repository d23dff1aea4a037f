// A program as a process of its own: what it said, how it ended, what it used.
#pragma once

#include <optional>
#include <string>
#include <vector>

// A sanitizer takes memory and time of its own: what a program needs is measured without one.
#if defined(__SANITIZE_ADDRESS__)
#define BUNDEL_SANITIZED true
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define BUNDEL_SANITIZED true
#endif
#endif
#ifndef BUNDEL_SANITIZED
#define BUNDEL_SANITIZED false
#endif

namespace bundel::testing {

struct Ended {
    int exit_code = -1;  // -1: killed
    std::string out;
    std::string err;
    double seconds = 0;
    long megabytes = 0;  // the most it held at one time
};

// Killed (SIGKILL) when it still runs after so many seconds.
Ended run_process(const std::vector<std::string>& words, std::optional<double> kill_after = std::nullopt);

}  // namespace bundel::testing
