// What the desk says in Dutch of things that have no sentence of their own.
#pragma once

#include <string>
#include <vector>

#include "engine/run.h"
#include "store/folders.h"
#include "texts/texts.h"

namespace bundel::server {

inline const texts::Texts& dutch() {
    return texts::Texts::dutch();
}
// The sentence of a code without holes.
inline std::string label(const std::string& code) {
    return dutch().sentence(code);
}

// What a question of this code is about, whatever its particulars: its sentence with "…" in the holes.
std::string question_kind(const std::string& code);

void tell_run(const engine::Run& run, std::vector<std::string>& lines, std::vector<std::string>& refusals);
std::string taken_line(const store::TakenFile& taken);
std::string instant(std::int64_t seconds);  // "2026-11-28T08:15:00Z"; empty for 0

}  // namespace bundel::server
