// For tests and benchmarks: the layouts of rulebooks/layouts, and messages made from counted seeds.
// Synthetic: names and numbers are of nobody.
#pragma once

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

#include "values/date.h"
#include "wire/encode.h"
#include "wire/layout.h"

namespace bundel::wire::testing {

inline std::string layout_json(std::string_view name) {
    std::ifstream file(std::string(BUNDEL_SOURCE_DIR) + "/rulebooks/layouts/" + std::string(name) + ".json");
    return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

// The names of the files of rulebooks/layouts, sorted.
inline std::vector<std::string> layout_names() {
    std::vector<std::string> names;
    for (const auto& entry : std::filesystem::directory_iterator(BUNDEL_SOURCE_DIR "/rulebooks/layouts")) {
        names.push_back(entry.path().stem().string());
    }
    std::sort(names.begin(), names.end());
    return names;
}

inline Layouts read_layouts() {
    Layouts layouts;
    for (const std::string& name : layout_names()) {
        const auto done = layouts.read(layout_json(name));
        if (!done.ok()) std::cerr << name << ": " << done.error().code << "\n";
        BUNDEL_ASSERT(done.ok());
    }
    return layouts;
}

// Read once in a program.
inline const Layouts& all_layouts() {
    static const Layouts layouts = read_layouts();
    return layouts;
}

// By its message, the oldest version first ("ZH308"), or by its whole name ("ZH308-9.0"). Null: there is
// none.
inline LayoutRef layout(std::string_view name) {
    for (const LayoutRef& one : all_layouts().all()) {
        if (one->message() == name || one->name() == name) return one;
    }
    return nullptr;
}

inline std::uint64_t cases() {
    const char* text = std::getenv("BUNDEL_CASES");
    return text == nullptr ? 1000 : std::strtoull(text, nullptr, 10);
}

// splitmix64: the same numbers everywhere.
class Seeded {
public:
    explicit Seeded(std::uint64_t seed) : state_(seed) {}
    std::uint64_t next() {
        std::uint64_t z = (state_ += 0x9E3779B97F4A7C15);
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
    std::size_t below(std::size_t bound) { return static_cast<std::size_t>(next() % bound); }

private:
    std::uint64_t state_;
};

// How the fields of a message are filled: each empty where it may be, at its least, at its most, or by
// chance.
enum class Fill { empty, least, most, any };
inline constexpr Fill fills[] = {Fill::empty, Fill::least, Fill::most, Fill::any};

// A lawful content of the field.
inline std::string any_content(const Field& field, Seeded& seeded, Fill fill = Fill::any) {
    const auto length = static_cast<std::size_t>(field.length);
    const bool may_be_empty = field.use != Use::mandatory || field.zero_is_value;
    std::size_t choice = fill == Fill::any ? seeded.below(4) : static_cast<std::size_t>(fill);
    if (choice == 0 && may_be_empty) return "";
    if (fill == Fill::empty) choice = 1;
    if (field.is_date) {
        if (choice == 1) return "00010101";
        if (choice == 2) return "99991231";
        return values::Date::of(2020, 1, 1).plus_days(static_cast<int>(seeded.below(3000))).ei();
    }
    if (field.kind == Kind::digits) {
        if (choice == 1) return "1";
        if (choice == 2) return std::string(length, '9');
        std::string digits(1, static_cast<char>('1' + seeded.below(9)));
        while (digits.size() < length) digits += static_cast<char>('0' + seeded.below(10));
        return digits;
    }
    if (choice == 1) return "A";
    std::string text;
    const std::size_t size = choice == 2 ? length : 1 + seeded.below(length);
    while (text.size() < size) text += static_cast<char>('!' + seeded.below('~' - '!'));
    return text;
}

// Fills every field of the record appended last, but for those the writer fills or that the caller will.
inline void fill_record(Writer& writer, const Layout& layout, std::string_view code, Seeded& seeded,
                        Fill fill = Fill::any) {
    for (const Field& field : layout.records()[static_cast<std::size_t>(layout.record_index(code))].fields) {
        const bool is_left = !field.constant.empty() || field.use == Use::reserve ||
                             field.element == "NUM040" || field.element == "NUM109" ||
                             (field.id == "0107" && !layout.mark_value().empty());
        if (is_left) continue;
        std::string content = any_content(field, seeded, fill);
        const bool is_indicator = field.codelist == "COD043-VEKT";
        if (is_indicator) content = seeded.below(3) == 0 ? "C" : "D";
        writer.set(*layout.column(field.id), content);
    }
}

class MessageMaker {
public:
    MessageMaker(LayoutRef layout, std::uint64_t seed, Fill fill = Fill::any)
        : layout_(std::move(layout)), writer_(layout_), seeded_(seed), fill_(fill) {}

    std::string make(std::size_t women) {
        record("01");
        const std::size_t least = layout_->is_return() ? 0 : 1;
        const std::size_t count = least + seeded_.below(women);
        for (std::size_t i = 0; i < count; ++i) woman();
        writer_.close();
        if (layout_->is_return()) fill_totals();
        auto bytes = writer_.finish();
        BUNDEL_ASSERT(bytes.ok());
        return std::move(*bytes);
    }

private:
    void record(std::string_view code) {
        writer_.append(code);
        fill_record(writer_, *layout_, code, seeded_, fill_);
        if (!layout_->is_return() || code == "01") return;
        const bool is_comment = code == "98";
        if (!is_comment) number_ += 1 + static_cast<std::int64_t>(seeded_.below(3));
        comment_ = is_comment ? comment_ + 1 + static_cast<std::int64_t>(seeded_.below(2)) : 0;
        writer_.set(*layout_->column(std::string(code) + "02"), number_);
        if (is_comment) writer_.set(*layout_->column("9803"), comment_);
    }

    void comments() {
        for (std::size_t i = seeded_.below(3); i > 0; --i) record("98");
    }

    void woman() {
        record("02");
        comments();
        if (layout_->record_index("03") >= 0 && seeded_.below(4) == 0) {
            record("03");
            comments();
        }
        for (std::size_t i = 1 + seeded_.below(4); i > 0; --i) {
            record("04");
            comments();
            for (const char* below : {"06", "16"}) some(below);
        }
    }

    void some(std::string_view code) {
        if (layout_->record_index(code) < 0) return;
        for (std::size_t i = seeded_.below(4); i > 0; --i) {
            record(code);
            comments();
        }
    }

    // Of an answer: the caller sets the money and its signs.
    void fill_totals() {
        for (const Field& field : layout_->records().back().fields) {
            const Column column = *layout_->column(field.id);
            if (field.element.starts_with("BED"))
                writer_.set(column, static_cast<std::int64_t>(seeded_.below(1'000'000)));
            if (field.codelist == "COD043-VEKT") writer_.set(column, "D");
        }
    }

    LayoutRef layout_;
    Writer writer_;
    Seeded seeded_;
    Fill fill_;
    std::int64_t number_ = 0;
    std::int64_t comment_ = 0;
};

inline std::string any_message(const LayoutRef& layout, std::uint64_t seed, std::size_t women = 3,
                               Fill fill = Fill::any) {
    return MessageMaker(layout, seed, fill).make(women);
}

// Every layout, also with each insert that goes into it.
inline std::vector<LayoutRef> every_layout() {
    std::vector<LayoutRef> layouts = all_layouts().all();
    const std::size_t hosts = layouts.size();
    for (std::size_t i = 0; i < hosts; ++i) {
        for (const auto& [insert, version] :
             {std::pair("SB311", "1.0"), {"SB311", "2.0"}, {"SB312", "2.0-provisional"}}) {
            if (auto with = all_layouts().with_insert(layouts[i], insert, version)) layouts.push_back(with);
        }
    }
    return layouts;
}

}  // namespace bundel::wire::testing
