#include "bank/camt053.h"
#include "base/assert.h"
#include "fuzz/targets.h"

namespace bundel::fuzz {

void camt(std::string_view bytes) {
    base::Findings findings;
    const auto statements = bank::read_camt053(bytes, "fuzz.xml", findings);
    BUNDEL_ASSERT(statements || !findings.empty());
    BUNDEL_ASSERT(findings.size() <= bytes.size() + 1);
    if (!statements) return;
    for (const bank::Statement& statement : *statements) {
        values::Cents sum = statement.opening.amount;
        for (const bank::Entry& entry : statement.entries) {
            BUNDEL_ASSERT(!entry.details.empty());
            values::Cents details;
            for (const bank::Detail& detail : entry.details) details += detail.amount;
            BUNDEL_ASSERT(details == entry.amount);
            sum += entry.amount;
        }
        BUNDEL_ASSERT(sum == statement.closing.amount);
    }
}

}  // namespace bundel::fuzz
