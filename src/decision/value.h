// Value: what a FEEL expression gives. Cheap to copy: what is large is shared and never changes.
//
// same() is "the same value" for tests and proofs: it never is unknown. FEEL's own "=", which may be null, is
// equal() in feel_compare.h.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "base/assert.h"
#include "decision/calendar.h"
#include "decision/number.h"

namespace bundel::decision {

class Value;
struct Function;  // feel_evaluate.h
struct Range;

using List = std::vector<Value>;
// Entries in the order they were made; a name stands in it once.
using Context = std::vector<std::pair<std::string, Value>>;

enum class Kind : std::uint8_t {
    null,
    boolean,
    number,
    string,
    date,
    time,
    date_time,
    day_time_duration,
    year_month_duration,
    range,
    list,
    context,
    function
};

class Value {
    using Data = std::variant<std::monostate, bool, Number, std::shared_ptr<const std::string>, Date,
                              std::shared_ptr<const Time>, std::shared_ptr<const DateTime>, DayTimeDuration,
                              YearMonthDuration, std::shared_ptr<const Range>, std::shared_ptr<const List>,
                              std::shared_ptr<const Context>, std::shared_ptr<const Function>>;
    template <std::size_t I>
    const auto& get() const {
        const auto* held = std::get_if<I>(&data_);
        BUNDEL_ASSERT(held != nullptr);
        return *held;
    }

public:
    Value() = default;  // null
    static Value of(bool truth) { return Value(Data(std::in_place_index<1>, truth)); }
    static Value of(const Number& number) { return Value(Data(std::in_place_index<2>, number)); }
    static Value of(std::int64_t integer) { return of(Number::of(integer)); }
    static Value of(int integer) { return of(Number::of(integer)); }
    static Value of(std::string text) {
        return Value(Data(std::in_place_index<3>, std::make_shared<const std::string>(std::move(text))));
    }
    static Value of(const char* text) { return of(std::string(text)); }
    static Value of(Date date) { return Value(Data(std::in_place_index<4>, date)); }
    static Value of(Time time) {
        return Value(Data(std::in_place_index<5>, std::make_shared<const Time>(std::move(time))));
    }
    static Value of(DateTime moment) {
        return Value(Data(std::in_place_index<6>, std::make_shared<const DateTime>(std::move(moment))));
    }
    static Value of(DayTimeDuration duration) { return Value(Data(std::in_place_index<7>, duration)); }
    static Value of(YearMonthDuration duration) { return Value(Data(std::in_place_index<8>, duration)); }
    static Value of(Range range);
    static Value of(List list);
    static Value of(Context context);
    static Value of(std::shared_ptr<const Function> function, std::uint32_t nesting = 0);
    // Nothing of an optional is null.
    template <class T>
    static Value of(std::optional<T> maybe) {
        return maybe ? of(std::move(*maybe)) : Value();
    }

    Kind kind() const { return static_cast<Kind>(data_.index()); }
    bool is_null() const { return kind() == Kind::null; }
    bool is_true() const { return kind() == Kind::boolean && boolean(); }
    bool is_false() const { return kind() == Kind::boolean && !boolean(); }

    // How deep lists and contexts stand in each other: 0 for a number, 1 for a list of numbers. What walks a
    // value recursively may go so deep; evaluation keeps it within Limits::nesting.
    std::uint32_t nesting() const { return nesting_; }

    // Contract: kind() is the one of the name.
    bool boolean() const { return get<1>(); }
    const Number& number() const { return get<2>(); }
    const std::string& string() const { return *get<3>(); }
    Date date() const { return get<4>(); }
    const Time& time() const { return *get<5>(); }
    const DateTime& date_time() const { return *get<6>(); }
    DayTimeDuration day_time_duration() const { return get<7>(); }
    YearMonthDuration year_month_duration() const { return get<8>(); }
    const Range& range() const { return *get<9>(); }
    const List& list() const { return *get<10>(); }
    const Context& context() const { return *get<11>(); }
    const std::shared_ptr<const Function>& function() const { return get<12>(); }

    // The entry of a context; nullptr when it is none, or has no such entry.
    const Value* entry(std::string_view name) const;

    // FEEL text: a literal or constructor that gives the value again (a function: "function").
    std::string format() const;

private:
    explicit Value(Data data, std::uint32_t nesting = 0) : data_(std::move(data)), nesting_(nesting) {}
    Data data_;
    std::uint32_t nesting_ = 0;
};

// "(< 5)" has no low end: it is unbounded. A null end that is not (a null value between brackets) is unknown,
// and so is what lies in the range.
struct Range {
    Value low;
    Value high;
    bool low_closed = false;
    bool high_closed = false;
    bool low_unbounded = false;
    bool high_unbounded = false;
};

bool same(const Value& a, const Value& b);

}  // namespace bundel::decision
