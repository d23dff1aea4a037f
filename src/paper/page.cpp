#include "paper/page.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "paper/bars.h"
#include "texts/texts.h"

namespace bundel::paper {
using values::Cents;

namespace {

constexpr Ink black{0.10, 0.12, 0.15};
constexpr Ink grey{0.36, 0.40, 0.45};
constexpr Ink rule{0.80, 0.83, 0.86};
constexpr Ink shade{0.955, 0.965, 0.975};
constexpr Ink blue{0.10, 0.28, 0.45};
constexpr Ink more{0.25, 0.58, 0.50};
constexpr Ink less{0.80, 0.45, 0.20};
constexpr Ink warning{1.0, 0.945, 0.80};
constexpr Ink warning_edge{0.85, 0.60, 0.10};

constexpr double inner_width = page_width - 2 * margin;
constexpr double foot_height = 26;
constexpr double bottom = page_height - margin - foot_height;
constexpr double gap = 9;          // between columns
constexpr double least_text = 62;  // width of a column with text
constexpr double leading = 1.32;   // distance of baselines, in sizes

std::size_t character_length(char lead) {
    const auto byte = static_cast<unsigned char>(lead);
    return byte < 0x80 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4;
}

// The longest beginning of `text` that fits, at least one character.
std::size_t fitting(std::string_view text, double width, const Face& face, const Measure& measure) {
    std::size_t end = character_length(text.front());
    while (end < text.size()) {
        const std::size_t next = end + character_length(text[end]);
        if (measure(text.substr(0, next), face) > width) break;
        end = next;
    }
    return end;
}

std::vector<std::string_view> words_of(std::string_view text) {
    std::vector<std::string_view> words;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t start = text.find_first_not_of(' ', at);
        if (start == std::string_view::npos) break;
        at = std::min(text.find(' ', start), text.size());
        words.push_back(text.substr(start, at - start));
    }
    return words;
}

std::vector<std::string> shortened(std::vector<std::string> lines, double width, const Face& face,
                                   const Measure& measure) {
    if (lines.size() <= most_lines) return lines;
    lines.resize(most_lines);
    std::string& last = lines.back();
    while (!last.empty() && measure(last + "…", face) > width) {
        std::size_t start = last.size() - 1;
        while (start > 0 && (static_cast<unsigned char>(last[start]) & 0xC0) == 0x80) --start;
        last.resize(start);
    }
    last += "…";
    return lines;
}

bool is_number(const Column& column) {
    return column.kind == Column::Kind::amount || column.kind == Column::Kind::count;
}

// A table as it will stand on paper: a size at which its columns fit, and their widths.
struct Grid {
    Face face, head;
    std::vector<double> widths;  // without the gap
    double height(std::size_t lines) const { return static_cast<double>(lines) * face.size * leading + 5; }
};

class Columns {
public:
    Columns(const Table& table, const Measure& measure) : table_(table), measure_(measure) {}

    Grid fitted() const {
        for (double size = 8.5; size > 4; size -= 0.5) {
            if (auto grid = at_size(size)) return *grid;
        }
        Grid grid = faces(4.5);  // nothing fits: every column the same, and cells wrap
        grid.widths.assign(table_.columns.size(), room() / static_cast<double>(table_.columns.size()));
        return grid;
    }

private:
    static Grid faces(double size) { return {{size, false}, {size - 0.5, true}, {}}; }
    double room() const { return inner_width - gap * static_cast<double>(table_.columns.size() - 1); }

    std::optional<Grid> at_size(double size) const {
        Grid grid = faces(size);
        std::vector<double> natural;
        double numbers = 0;
        double texts = 0;
        for (std::size_t i = 0; i < table_.columns.size(); ++i) {
            natural.push_back(natural_width(i, grid));
            if (table_.columns[i].kind == Column::Kind::text)
                texts += std::min(least_text, natural.back());
            else
                numbers += natural.back();
        }
        if (numbers + texts > room()) return std::nullopt;
        grid.widths = natural;
        share_out(grid, room() - numbers);
        return grid;
    }

    double natural_width(std::size_t column, const Grid& grid) const {
        double width = 0;
        for (const auto& word : words_of(table_.columns[column].head))
            width = std::max(width, measure_(word, grid.head));
        const Face strong{grid.face.size, true};
        for (const Row& row : table_.rows)
            width = std::max(width, measure_(shown(row.cells[column]), row.total ? strong : grid.face));
        return width + 0.5;
    }

    // What texts get: each what it needs while there is enough, the widest give in; what is over goes to them
    // too.
    void share_out(Grid& grid, double width) const {
        std::vector<std::size_t> open;
        for (std::size_t i = 0; i < table_.columns.size(); ++i) {
            if (table_.columns[i].kind == Column::Kind::text) open.push_back(i);
        }
        std::sort(open.begin(), open.end(), [&](auto a, auto b) {
            return std::pair(grid.widths[a], a) < std::pair(grid.widths[b], b);
        });
        for (std::size_t n = 0; n < open.size(); ++n) {
            const double fair = width / static_cast<double>(open.size() - n);
            double& mine = grid.widths[open[n]];
            mine = n + 1 == open.size() ? fair : std::min(mine, fair);
            width -= mine;
        }
    }

    const Table& table_;
    const Measure& measure_;
};

class Writer {
public:
    explicit Writer(const Measure& measure) : measure_(measure) { turn(); }

    std::vector<Page> done(const Document& document) {
        for (std::size_t i = 0; i < pages_.size(); ++i) {
            const std::string number = texts::Texts::dutch().sentence(
                "paper_page", {{"page", std::to_string(i + 1)}, {"pages", std::to_string(pages_.size())}});
            const Face small{7.5, false};
            Page& page = pages_[i];
            const double y = page_height - margin;
            page.boxes.push_back({margin, y - 12, inner_width, 0.6, rule});
            const double width = measure_(number, small);
            page.words.push_back({page_width - margin - width, y, width, small, grey, number});
            const std::string title = wrapped(plain(document.title + " · " +
                                                    (document.about.empty() ? "" : document.about.front())),
                                              inner_width - width - gap, small, measure_)
                                          .front();
            page.words.push_back({margin, y, measure_(title, small), small, grey, title});
        }
        return std::move(pages_);
    }

    void front(const Document& document) {
        text(document.title, {20, true}, blue);
        down(2);
        for (const std::string& line : document.about) text(line, {9, false}, grey);
        down(8);
        for (const std::string& line : document.bands) band(line);
    }

    void section(const Section& section, bool first) {
        const bool fresh = section.new_page && !first;
        if (fresh) turn();
        if (!section.heading.empty()) {
            need(70);
            pages_.back().headings.push_back(plain(section.heading));
            text(section.heading, {13, true}, blue);
            down(5);
        }
        for (const Block& block : section.blocks) std::visit([&](const auto& b) { put(b); }, block);
        down(6);
    }

private:
    void turn() {
        pages_.emplace_back();
        y_ = margin;
    }
    bool need(double height) {
        if (y_ + height <= bottom) return false;
        turn();
        return true;
    }
    void down(double height) { y_ += height; }
    Page& page() { return pages_.back(); }

    void word(const std::string& text, double x, double y, const Face& face, const Ink& ink) {
        page().words.push_back({x, y, measure_(text, face), face, ink, text});
    }
    void right(const std::string& text, double end, double y, const Face& face, const Ink& ink) {
        word(text, end - measure_(text, face), y, face, ink);
    }

    void text(std::string_view given, const Face& face, const Ink& ink, double inset = 0) {
        for (const std::string& line : wrapped(plain(given), inner_width - 2 * inset, face, measure_)) {
            need(face.size * leading);
            word(line, margin + inset, y_ + face.size, face, ink);
            down(face.size * leading);
        }
    }

    void band(const std::string& given) {
        const Face face{9, true};
        const auto lines = wrapped(plain(given), inner_width - 24, face, measure_);
        const double height = static_cast<double>(lines.size()) * face.size * leading + 12;
        need(height);
        page().boxes.push_back({margin, y_, inner_width, height, warning});
        page().boxes.push_back({margin, y_, 4, height, warning_edge});
        double y = y_ + 6;
        for (const std::string& line : lines) {
            word(line, margin + 14, y + face.size, face, black);
            y += face.size * leading;
        }
        down(height + 6);
    }

    void put(const Paragraph& paragraph) {
        text(paragraph.text, {9, false}, black);
        down(6);
    }

    void put(const Headline& headline) {
        const std::string amount = texts::Texts::dutch().amount(headline.amount);
        Face big{22, true};
        while (measure_(amount, big) > inner_width - 28) big.size -= 1;
        need(58);
        page().boxes.push_back({margin, y_, inner_width, 54, shade});
        const Face small{9.5, false};
        word(wrapped(plain(headline.label), inner_width - 28, small, measure_).front(), margin + 14, y_ + 17,
             small, grey);
        word(amount, margin + 14, y_ + 42, big, blue);
        down(66);
    }

    void put(const Waterfall& fall) {
        if (!fall.title.empty()) title(fall.title, 17 * static_cast<double>(fall.bars.size()));
        const Face face{9, false};
        const Face strong{9, true};
        double amounts = 0;
        for (const auto& bar : fall.bars) amounts = std::max(amounts, measure_(bar.amount.euros(), strong));
        const double labels = 190;
        const double left = margin + labels + gap;
        const double width = std::max(page_width - margin - amounts - gap - left, 20.0);
        const Bars places = bars_of(fall, width);
        for (std::size_t i = 0; i < fall.bars.size(); ++i) {
            const auto& bar = fall.bars[i];
            const Face& own = bar.level ? strong : face;
            const auto lines = wrapped(plain(bar.label), labels, own, measure_);
            const double height = std::max(17.0, static_cast<double>(lines.size()) * 12 + 5);
            need(height);
            if (bar.level) page().boxes.push_back({margin, y_ - 1, inner_width, height, shade});
            page().boxes.push_back({left + places.zero - 0.3, y_ - 1, 0.6, height, rule});
            const auto [from, length] = places.bars[i];
            const Ink& ink = bar.level ? blue : bar.amount.is_negative() ? less : more;
            if (length > 0) page().boxes.push_back({left + from, y_ + 2.5, std::max(length, 0.8), 10, ink});
            double y = y_ + 11;
            for (const std::string& line : lines) {
                word(line, margin + (bar.level ? 4 : 12), y, own, black);
                y += 12;
            }
            right(bar.amount.euros(), page_width - margin - 4, y_ + 11, own, black);
            down(height);
        }
        down(10);
    }

    // ---- Table ----

    void title(const std::string& text_of, double with = 40) {
        need(with + 20);
        text(text_of, {10, true}, black);
        down(3);
    }

    void put(const Table& table) {
        if (table.rows.empty()) {
            if (!table.title.empty()) title(table.title);
            text(table.when_empty, {9, false}, grey);
            down(8);
            return;
        }
        const Grid grid = Columns(table, measure_).fitted();
        if (!table.title.empty()) title(table.title, 60);
        head(table, grid);
        bool shaded = false;
        for (const Row& each : table.rows) {
            row(table, each, grid, shaded);
            shaded = !shaded;
        }
        down(10);
    }

    void head(const Table& table, const Grid& grid) {
        std::vector<std::vector<std::string>> cells;
        std::size_t most = 1;
        for (std::size_t i = 0; i < table.columns.size(); ++i) {
            cells.push_back(
                shortened(wrapped(plain(table.columns[i].head), grid.widths[i], grid.head, measure_),
                          grid.widths[i], grid.head, measure_));
            most = std::max(most, cells.back().size());
        }
        const double line = grid.head.size * leading;
        const double height = static_cast<double>(most) * line + 4;
        need(height + grid.height(1));
        double x = margin;
        for (std::size_t i = 0; i < cells.size(); ++i) {
            double y = y_ + static_cast<double>(most - cells[i].size()) * line + grid.head.size;
            for (const std::string& part : cells[i]) {
                place(part, x, grid.widths[i], y, grid.head, grey, is_number(table.columns[i]));
                y += line;
            }
            x += grid.widths[i] + gap;
        }
        down(height);
        page().boxes.push_back({margin, y_ - 1.5, inner_width, 0.8, grey});
    }

    void place(const std::string& part, double x, double width, double y, const Face& face, const Ink& ink,
               bool to_the_right) {
        if (to_the_right)
            right(part, x + width, y, face, ink);
        else
            word(part, x, y, face, ink);
    }

    void row(const Table& table, const Row& given, const Grid& grid, bool shaded) {
        const Face face{grid.face.size, given.total};
        std::vector<std::vector<std::string>> cells;
        std::size_t most = 1;
        for (std::size_t i = 0; i < given.cells.size(); ++i) {
            cells.push_back(shortened(wrapped(shown(given.cells[i]), grid.widths[i], face, measure_),
                                      grid.widths[i], face, measure_));
            most = std::max(most, cells.back().size());
        }
        const double height = grid.height(most);
        if (need(height)) head(table, grid);
        if (given.total)
            page().boxes.push_back({margin, y_, inner_width, 0.8, black});
        else if (shaded)
            page().boxes.push_back({margin, y_, inner_width, height, shade});
        double x = margin;
        for (std::size_t i = 0; i < cells.size(); ++i) {
            double y = y_ + grid.face.size + 2.5;
            for (const std::string& part : cells[i]) {
                place(part, x, grid.widths[i], y, face, black, is_number(table.columns[i]));
                y += grid.face.size * leading;
            }
            x += grid.widths[i] + gap;
        }
        down(height);
    }

    const Measure& measure_;
    std::vector<Page> pages_;
    double y_ = margin;
};

}  // namespace

std::vector<std::string> wrapped(std::string_view text, double width, const Face& face,
                                 const Measure& measure) {
    std::vector<std::string> lines;
    std::string line;
    for (std::string_view word : words_of(text)) {
        const std::string longer = line.empty() ? std::string(word) : line + " " + std::string(word);
        if (measure(longer, face) <= width) {
            line = longer;
            continue;
        }
        if (!line.empty()) lines.push_back(std::exchange(line, {}));
        while (measure(word, face) > width && word.size() > character_length(word.front())) {
            const std::size_t end = fitting(word, width, face, measure);
            lines.emplace_back(word.substr(0, end));
            word.remove_prefix(end);
        }
        line = word;
    }
    if (!line.empty() || lines.empty()) lines.push_back(line);
    return lines;
}

std::vector<Page> lay_out(const Document& document, const Measure& measure) {
    Writer writer(measure);
    writer.front(document);
    bool first = true;
    for (const Section& section : document.sections) writer.section(section, std::exchange(first, false));
    return writer.done(document);
}

}  // namespace bundel::paper
