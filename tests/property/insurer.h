// An insurer that judges by what a claim says and by nothing else: who declares, to whom, which performance,
// how much. Never by reference, day or what came before; so the same claim gets the same answer however it
// came about.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "wire/testing.h"

namespace bundel::testing {

class ContentInsurer {
public:
    enum class Habit { approves, rejects_some, reduces_some, both };
    ContentInsurer(Habit habit, std::uint64_t salt) : habit_(habit), salt_(salt) {}

    // The answer to a claim message: one message, or two that each answer some of its lines. A credit is
    // always accepted. `serial` numbers the insurer's own messages.
    std::vector<std::string> answers(const std::string& bytes, int& serial, bool in_two) const;

private:
    struct Verdict {
        std::int64_t granted = 0;  // magnitude in cents
        const char* code = "";
    };
    Verdict judge(const std::string& content, std::int64_t claimed) const;
    values::Cents write_verdict(wire::Writer& writer, const wire::Layout& layout,
                                const wire::Message& message, const wire::Record& line) const;
    std::string answer(const std::string& bytes, int serial, std::size_t part, std::size_t parts) const;

    Habit habit_;
    std::uint64_t salt_;
};

}  // namespace bundel::testing
