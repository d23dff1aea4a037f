// What somebody is entitled to before it is rounded to cents, and how far what was given is off.
#pragma once

#include <compare>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/int128.h"
#include "base/result.h"
#include "values/cents.h"
#include "values/identifiers.h"

namespace bundel::distribution {

// An amount in units of 10^-18 cent. A share is rounded down to a unit and what is then missing of the whole
// goes to the lowest codes, so that a billion divisions are off by a millionth of a cent at most.
class Exact {
public:
    static constexpr int decimals = 18;

    constexpr Exact() = default;
    static constexpr Exact of_units(base::Int128 units) { return Exact(units); }
    static Exact of(values::Cents cents);
    // Cents with up to 18 decimals behind a point: "-74.9925". Error: exact_syntax.
    static base::Result<Exact> parse(std::string_view text);

    constexpr base::Int128 units() const { return units_; }
    std::string str() const;  // parse(x.str()) == x
    Exact operator+(Exact other) const;
    Exact operator-(Exact other) const;
    Exact operator-() const { return Exact() - *this; }
    constexpr auto operator<=>(const Exact&) const = default;

private:
    constexpr explicit Exact(base::Int128 units) : units_(units) {}
    base::Int128 units_ = 0;
};

// Per payee: entitled less given, over all that was divided so far. What it owes decides who gets the odd
// cents of the next pot, so that nobody drifts.
class Carry {
public:
    Exact of(values::AgbCode payee) const;
    void add(values::AgbCode payee, Exact entitled, values::Cents given);
    void take_back(values::AgbCode payee, Exact entitled, values::Cents given);
    const std::map<values::AgbCode, Exact>& owed() const { return owed_; }
    bool operator==(const Carry&) const = default;

    struct Move {
        values::AgbCode from, to;  // one cent
        bool operator==(const Move&) const = default;
    };
    // One cent at a time from who got too much to who got too little, until nobody is more than one cent off.
    // Seldom any: only when who shares differs from pot to pot. Contract: what is owed adds up to zero.
    std::vector<Move> settle();

private:
    std::map<values::AgbCode, Exact> owed_;
};

}  // namespace bundel::distribution
