// Pictures of the desk: SVG with title and description, in whole units, without style sheets or scripts. What
// a picture shows stands in a table beside it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace bundel::server {

class Svg {
public:
    // `about` becomes the description that a screen reader says.
    Svg(int width, int height, const std::string& title, const std::string& about);
    void box(std::int64_t x, std::int64_t y, std::int64_t width, std::int64_t height, const char* fill,
             const std::string& tip = {});
    void line(std::int64_t x1, std::int64_t y1, std::int64_t x2, std::int64_t y2, const char* stroke);
    enum class Anchor : std::uint8_t { start, middle, end };
    void text(std::int64_t x, std::int64_t y, const std::string& words, Anchor anchor = Anchor::start,
              bool strong = false);
    std::string finish();

private:
    std::string out_;
};

// Horizontal bars from zero to both sides, each with its label and what it says at its end; an interval is a
// thin line over the bar.
struct Bar {
    std::string label;
    std::string shown;
    std::int64_t value = 0;
    std::optional<std::pair<std::int64_t, std::int64_t>> interval;
};
std::string bars_svg(const std::string& title, const std::string& about, const std::vector<Bar>& bars);

}  // namespace bundel::server
