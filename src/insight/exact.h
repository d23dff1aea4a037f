// An exact fraction of any size, in lowest terms. For sums of many fractions with unlike denominators, where
// values::Ratio would overflow. Slow beside integers: not for loops over lines.
#pragma once

#include <compare>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "values/ratio.h"

namespace bundel::insight {

class Exact {
public:
    Exact();  // 0
    Exact(const Exact& other);
    Exact(Exact&& other) noexcept;  // leaves `other` fit only to be assigned to or destroyed
    Exact& operator=(const Exact& other);
    Exact& operator=(Exact&& other) noexcept;
    ~Exact();

    // Contract: denominator > 0.
    static Exact of(std::int64_t numerator, std::int64_t denominator = 1);
    static Exact of(values::Ratio ratio) { return of(ratio.numerator(), ratio.denominator()); }

    Exact operator+(const Exact& other) const;
    Exact operator-(const Exact& other) const;
    Exact operator*(const Exact& other) const;
    Exact operator/(const Exact& other) const;  // Contract: other is not zero.
    Exact& operator+=(const Exact& other);
    Exact& operator-=(const Exact& other);
    std::strong_ordering operator<=>(const Exact& other) const;
    bool operator==(const Exact& other) const;

    int sign() const;           // -1, 0, 1
    Exact denominator() const;  // > 0; that times this is whole
    // Without its fraction, so towards zero. None: it does not fit.
    std::optional<std::int64_t> whole() const;
    std::string str() const;  // "3/4", "-2"

private:
    struct Number;
    std::unique_ptr<Number> number_;
};

// In pairs, so that the denominators grow as late as can be.
Exact sum(std::vector<Exact> terms);

}  // namespace bundel::insight
