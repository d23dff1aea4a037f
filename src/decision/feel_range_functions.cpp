// DMN 1.5 table 82, relations between points and ranges, and range(). Every relation that has a mirror image
// is written once.
#include <array>

#include "decision/built_in.h"
#include "decision/feel_parser.h"

namespace bundel::decision {
namespace {

// A point is the range that holds only itself.
struct Span {
    Value low;
    Value high;
    bool low_in = true;
    bool high_in = true;
    bool is_point = true;
};

std::optional<Span> span_of(const Value& value) {
    if (value.is_null() || value.kind() == Kind::list || value.kind() == Kind::context) return std::nullopt;
    if (value.kind() != Kind::range) return Span{value, value};
    const Range& range = value.range();
    return Span{range.low, range.high, range.low_closed, range.high_closed, false};
}

using Known = std::optional<std::strong_ordering>;

// How the four pairs of ends of a and b lie. Made only when all can be compared.
struct Lie {
    std::strong_ordering start_start;
    std::strong_ordering start_end;
    std::strong_ordering end_start;
    std::strong_ordering end_end;
};

std::optional<Lie> lie_of(const Span& a, const Span& b) {
    const Known ss = order(a.low, b.low);
    const Known se = order(a.low, b.high);
    const Known es = order(a.high, b.low);
    const Known ee = order(a.high, b.high);
    if (!ss || !se || !es || !ee) return std::nullopt;
    return Lie{*ss, *se, *es, *ee};
}

using Relation = bool (*)(const Span& a, const Span& b, const Lie& lie);

bool is_before(const Span& a, const Span& b, const Lie& lie) {
    return lie.end_start < 0 || (lie.end_start == 0 && (!a.high_in || !b.low_in));
}
bool meets(const Span& a, const Span& b, const Lie& lie) {
    return a.high_in && b.low_in && lie.end_start == 0;
}
bool overlaps(const Span& a, const Span& b, const Lie& lie) {
    const bool a_reaches = lie.end_start > 0 || (lie.end_start == 0 && a.high_in && b.low_in);
    const bool b_reaches = lie.start_end < 0 || (lie.start_end == 0 && a.low_in && b.high_in);
    return a_reaches && b_reaches;
}
bool overlaps_before(const Span& a, const Span& b, const Lie& lie) {
    const bool starts_before = lie.start_start < 0 || (lie.start_start == 0 && a.low_in && !b.low_in);
    const bool reaches = lie.end_start > 0 || (lie.end_start == 0 && a.high_in && b.low_in);
    const bool ends_within = lie.end_end < 0 || (lie.end_end == 0 && (!a.high_in || b.high_in));
    return starts_before && reaches && ends_within;
}
bool finishes(const Span& a, const Span& b, const Lie& lie) {
    const bool within = lie.start_start > 0 || (lie.start_start == 0 && (!a.low_in || b.low_in));
    return lie.end_end == 0 && a.high_in == b.high_in && within;
}
bool includes(const Span& a, const Span& b, const Lie& lie) {
    const bool starts = lie.start_start < 0 || (lie.start_start == 0 && (a.low_in || !b.low_in));
    const bool ends = lie.end_end > 0 || (lie.end_end == 0 && (a.high_in || !b.high_in));
    return starts && ends;
}
bool starts(const Span& a, const Span& b, const Lie& lie) {
    const bool within = lie.end_end < 0 || (lie.end_end == 0 && (!a.high_in || b.high_in));
    return lie.start_start == 0 && a.low_in == b.low_in && within;
}
bool coincides(const Span& a, const Span& b, const Lie& lie) {
    return lie.start_start == 0 && lie.end_end == 0 && a.low_in == b.low_in && a.high_in == b.high_in;
}

// Which arguments may be points.
enum class Points { neither, first, second, both, first_or_both };

bool may_be_points(Points points, const Span& a, const Span& b) {
    switch (points) {
        case Points::neither: return !a.is_point && !b.is_point;
        case Points::first: return !b.is_point;
        case Points::second: return !a.is_point;
        case Points::both: return true;
        case Points::first_or_both: return a.is_point == b.is_point;
    }
    return false;
}

Value related(const Arguments& arguments, Relation relation, Points points, bool mirrored) {
    const auto a = span_of(arguments[mirrored ? 1 : 0]);
    const auto b = span_of(arguments[mirrored ? 0 : 1]);
    if (!a || !b || !may_be_points(points, *a, *b)) return {};
    const auto lie = lie_of(*a, *b);
    return lie ? Value::of(relation(*a, *b, *lie)) : Value();
}

template <Relation relation, Points points, bool mirrored = false>
Value relate(const Arguments& arguments) {
    return related(arguments, relation, points, mirrored);
}

bool is_constant(const Node& node) {
    return node.op == Op::literal
               ? node.value.kind() != Kind::function
               : node.op == Op::call && node.children.size() == 2 && node.children[0].op == Op::literal &&
                     node.children[1].op == Op::literal &&
                     (node.children[0].name == "date" || node.children[0].name == "time" ||
                      node.children[0].name == "date and time" || node.children[0].name == "duration");
}

// "[1..3]": the text of a range between constants.
Value to_range(const Arguments& arguments) {
    const std::string* text = arguments.string(0);
    if (text == nullptr) return {};
    auto parsed = parse_expression(*text, {});
    if (!parsed.ok() || parsed.node().op != Op::range || parsed.node().children.size() != 2) return {};
    const Node& node = parsed.node();
    if (!is_constant(node.children[0]) || !is_constant(node.children[1])) return {};
    const Value value = evaluate(node, arguments.run());
    if (value.kind() != Kind::range) return {};
    const Range& range = value.range();
    if (range.low.is_null() && range.low_closed) return {};
    if (range.high.is_null() && range.high_closed) return {};
    if (range.low.is_null() || range.high.is_null()) return value;
    const auto found = order(range.low, range.high);
    return found && *found <= 0 ? value : Value();
}

constexpr std::array functions{
    BuiltIn{"before", "a, b", Kind::boolean, relate<is_before, Points::both>},
    BuiltIn{"after", "a, b", Kind::boolean, relate<is_before, Points::both, true>},
    BuiltIn{"meets", "range1, range2", Kind::boolean, relate<meets, Points::neither>},
    BuiltIn{"met by", "range1, range2", Kind::boolean, relate<meets, Points::neither, true>},
    BuiltIn{"overlaps", "range1, range2", Kind::boolean, relate<overlaps, Points::neither>},
    BuiltIn{"overlaps before", "range1, range2", Kind::boolean, relate<overlaps_before, Points::neither>},
    BuiltIn{"overlaps after", "range1, range2", Kind::boolean,
            relate<overlaps_before, Points::neither, true>},
    BuiltIn{"finishes", "a, range", Kind::boolean, relate<finishes, Points::first>},
    BuiltIn{"finished by", "range, a", Kind::boolean, relate<finishes, Points::first, true>},
    BuiltIn{"includes", "range, a", Kind::boolean, relate<includes, Points::second>},
    BuiltIn{"during", "a, range", Kind::boolean, relate<includes, Points::second, true>},
    BuiltIn{"starts", "a, range", Kind::boolean, relate<starts, Points::first>},
    BuiltIn{"started by", "range, a", Kind::boolean, relate<starts, Points::first, true>},
    BuiltIn{"coincides", "a, b", Kind::boolean, relate<coincides, Points::first_or_both>},
    BuiltIn{"range", "from", Kind::range, to_range},
};

}  // namespace

std::span<const BuiltIn> range_functions() {
    return functions;
}

}  // namespace bundel::decision
