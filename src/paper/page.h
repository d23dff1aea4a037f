// Where everything of a document stands on A4. Knows the width of text only by what it is told, so that it
// can be judged without a font: nothing outside the margins, nothing over anything else, nothing left out.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "paper/document.h"

namespace bundel::paper {

// Unit: points (1/72 inch), from the top left corner. Floating point for places only, never for amounts.
inline constexpr double page_width = 595.28;
inline constexpr double page_height = 841.89;
inline constexpr double margin = 50;

struct Ink {
    double red = 0, green = 0, blue = 0;  // 0..1
};

struct Face {
    double size = 9;
    bool strong = false;
};

struct Words {
    double x = 0, y = 0;  // left end of the baseline
    double width = 0;     // as measured
    Face face;
    Ink ink;
    std::string text;
};

struct Box {
    double x = 0, y = 0, width = 0, height = 0;
    Ink ink;
};

struct Page {
    std::vector<Box> boxes;  // under the words
    std::vector<Words> words;
    std::vector<std::string> headings;  // of sections that begin here
};

// Width of the text in this face.
using Measure = std::function<double(std::string_view text, const Face& face)>;

// At least one page. Text that is too wide is wrapped; a cell of more than `most_lines` lines ends in an
// ellipsis.
inline constexpr std::size_t most_lines = 8;
std::vector<Page> lay_out(const Document& document, const Measure& measure);

// Lines no wider than `width`: between words where that is possible, else between characters; never empty. A
// width that holds no character gives one character a line.
std::vector<std::string> wrapped(std::string_view text, double width, const Face& face,
                                 const Measure& measure);

}  // namespace bundel::paper
