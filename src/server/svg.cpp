#include "server/svg.h"

#include <algorithm>

#include "base/assert.h"

namespace bundel::server {

namespace {

std::string escaped(std::string_view text) {
    std::string out;
    for (const char c : text) {
        switch (c) {
            case '<': out += "&lt;"; break;
            case '>': out += "&gt;"; break;
            case '&': out += "&amp;"; break;
            case '"': out += "&quot;"; break;
            default: out.push_back(c);
        }
    }
    return out;
}

std::string attribute(const char* name, std::int64_t value) {
    return std::string(" ") + name + "=\"" + std::to_string(value) + "\"";
}

constexpr const char* ink = "#1f2a33";
constexpr const char* gain = "#1b6e53";
constexpr const char* loss = "#a8431d";
constexpr const char* faint = "#5c6b77";

// Where a value lies between the least and the most, in 0..width. Contract: amounts of people, so far below
// the size at which this would overflow.
std::int64_t place(std::int64_t value, std::int64_t least, std::int64_t most, std::int64_t width) {
    if (most <= least) return 0;
    BUNDEL_ASSERT(most - least < INT64_MAX / 1024 && width < 1024);
    return (value - least) * width / (most - least);
}

}  // namespace

Svg::Svg(int width, int height, const std::string& title, const std::string& about) {
    out_ = "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" viewBox=\"0 0 " + std::to_string(width) +
           " " + std::to_string(height) + "\" font-family=\"sans-serif\" font-size=\"13\"><title>" +
           escaped(title) + "</title><desc>" + escaped(about) + "</desc>";
}

void Svg::box(std::int64_t x, std::int64_t y, std::int64_t width, std::int64_t height, const char* fill,
              const std::string& tip) {
    out_ += "<rect" + attribute("x", x) + attribute("y", y) +
            attribute("width", std::max<std::int64_t>(width, 1)) + attribute("height", height) + " fill=\"" +
            fill + "\"";
    out_ += tip.empty() ? "/>" : "><title>" + escaped(tip) + "</title></rect>";
}

void Svg::line(std::int64_t x1, std::int64_t y1, std::int64_t x2, std::int64_t y2, const char* stroke) {
    out_ += "<line" + attribute("x1", x1) + attribute("y1", y1) + attribute("x2", x2) + attribute("y2", y2) +
            " stroke=\"" + stroke + "\"/>";
}

void Svg::text(std::int64_t x, std::int64_t y, const std::string& words, Anchor anchor, bool strong) {
    static constexpr const char* anchors[] = {"start", "middle", "end"};
    out_ += "<text" + attribute("x", x) + attribute("y", y) + " fill=\"" + ink + "\" text-anchor=\"" +
            anchors[static_cast<std::size_t>(anchor)] + "\"" + (strong ? " font-weight=\"bold\"" : "") + ">" +
            escaped(words) + "</text>";
}

std::string Svg::finish() {
    return std::move(out_) + "</svg>";
}

std::string bars_svg(const std::string& title, const std::string& about, const std::vector<Bar>& bars) {
    constexpr int row = 26;
    constexpr int left = 190;
    constexpr int right = 130;
    constexpr int wide = 480;
    std::int64_t least = 0;
    std::int64_t most = 0;
    for (const Bar& bar : bars) {
        least = std::min({least, bar.value, bar.interval ? bar.interval->first : 0});
        most = std::max({most, bar.value, bar.interval ? bar.interval->second : 0});
    }
    Svg svg(left + wide + right, row * static_cast<int>(bars.size()) + 12, title, about);
    const std::int64_t zero = left + place(0, least, most, wide);
    std::int64_t y = 6;
    for (const Bar& bar : bars) {
        const std::int64_t end = left + place(bar.value, least, most, wide);
        svg.text(left - 8, y + 17, bar.label, Svg::Anchor::end);
        svg.box(std::min(zero, end), y + 4, std::max(zero, end) - std::min(zero, end), row - 8,
                bar.value < 0 ? loss : gain, bar.label + ": " + bar.shown);
        if (bar.interval)
            svg.line(left + place(bar.interval->first, least, most, wide), y + row / 2,
                     left + place(bar.interval->second, least, most, wide), y + row / 2, ink);
        svg.text(left + wide + 8, y + 17, bar.shown);
        y += row;
    }
    svg.line(zero, 0, zero, y + 6, faint);
    return svg.finish();
}

}  // namespace bundel::server
