#include "paper/bars.h"

#include <algorithm>

namespace bundel::paper {

Bars bars_of(const Waterfall& fall, double width) {
    std::vector<std::pair<double, double>> spans;
    double level = 0;
    double lowest = 0;
    double highest = 0;
    for (const auto& bar : fall.bars) {
        const auto amount = static_cast<double>(bar.amount.count());
        const double from = bar.level ? 0 : level;
        level = bar.level ? amount : level + amount;
        spans.push_back(std::minmax(from, level));
        lowest = std::min(lowest, level);
        highest = std::max(highest, level);
    }
    const double scale = highest > lowest ? width / (highest - lowest) : 0;
    Bars result;
    result.zero = -lowest * scale;
    for (const auto& [from, to] : spans)
        result.bars.push_back({(from - lowest) * scale, (to - from) * scale});
    return result;
}

}  // namespace bundel::paper
