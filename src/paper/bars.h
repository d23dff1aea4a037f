// Where the bars of a waterfall stand.
#pragma once

#include <vector>

#include "paper/document.h"

namespace bundel::paper {

// From the left, in the unit of the width that was given; every bar is inside it. Places, not amounts.
struct Bars {
    struct Bar {
        double from = 0, length = 0;
    };
    double zero = 0;
    std::vector<Bar> bars;  // of Waterfall::bars, same index
};
Bars bars_of(const Waterfall& fall, double width);

}  // namespace bundel::paper
