#include "intake/within_file.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

namespace bundel::intake {
namespace {

using facts::CareLine;

void refuse_repeated(std::vector<ReadLine>& lines, const Refuse& refuse) {
    std::set<values::LineId> seen;
    for (ReadLine& one : lines) {
        if (seen.insert(one.line.id).second) continue;
        one.refused = true;
        refuse(one, "intake_reference_repeated", "8021");
    }
}

// A hospital credits under a prestatierecord of its own, and its credited activities are not read.
bool cancel_each_other(const CareLine& debit, const CareLine& credit) {
    const bool named = credit.previous.empty() || credit.previous == debit.id.reference;
    CareLine mirrored = credit;
    mirrored.credit = false;
    mirrored.amount = -credit.amount;
    mirrored.id = debit.id;
    mirrored.previous = debit.previous;
    mirrored.service = debit.service;
    mirrored.activities = debit.activities;
    return named && !debit.credit && mirrored == debit;
}

// Together they say nothing, and which of the two was meant we cannot know: neither is taken.
void refuse_cancelled(std::vector<ReadLine>& lines, const Refuse& refuse) {
    const auto key = [](const CareLine& line) {
        return std::tuple(line.id.issuer, line.person, line.care, line.performance);
    };
    std::map<decltype(key(lines.front().line)), std::vector<ReadLine*>> debits;
    for (ReadLine& one : lines) {
        if (!one.refused && !one.line.credit) debits[key(one.line)].push_back(&one);
    }
    for (ReadLine& credit : lines) {
        const auto alike = debits.find(key(credit.line));
        if (credit.refused || !credit.line.credit || alike == debits.end()) continue;
        const auto debit = std::find_if(alike->second.begin(), alike->second.end(), [&](const ReadLine* one) {
            return !one->refused && cancel_each_other(one->line, credit.line);
        });
        if (debit == alike->second.end()) continue;
        for (ReadLine* one : {*debit, &credit}) {
            one->refused = true;
            refuse(*one, "intake_debit_and_credit", "8062");
        }
    }
}

}  // namespace

void refuse_within_file(std::vector<ReadLine>& lines, const Refuse& refuse) {
    refuse_repeated(lines, refuse);
    refuse_cancelled(lines, refuse);
}

}  // namespace bundel::intake
