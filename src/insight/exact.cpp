#include "insight/exact.h"

#include <gmp.h>

#include <array>

#include "base/assert.h"

namespace bundel::insight {
static_assert(sizeof(long) == sizeof(std::int64_t), "the library takes longs");

struct Exact::Number {
    Number() { mpq_init(&value); }
    Number(const Number& other) {
        mpq_init(&value);
        mpq_set(&value, &other.value);
    }
    Number& operator=(const Number&) = delete;
    ~Number() { mpq_clear(&value); }
    __mpq_struct value;
};

Exact::Exact() : number_(std::make_unique<Number>()) {}
Exact::Exact(const Exact& other) : number_(std::make_unique<Number>(*other.number_)) {}
Exact::Exact(Exact&& other) noexcept = default;
Exact& Exact::operator=(const Exact& other) {
    if (this != &other) number_ = std::make_unique<Number>(*other.number_);
    return *this;
}
Exact& Exact::operator=(Exact&& other) noexcept = default;
Exact::~Exact() = default;

Exact Exact::of(std::int64_t numerator, std::int64_t denominator) {
    BUNDEL_ASSERT(denominator > 0);
    Exact result;
    mpq_set_si(&result.number_->value, numerator, static_cast<unsigned long>(denominator));
    mpq_canonicalize(&result.number_->value);
    return result;
}

Exact Exact::operator+(const Exact& other) const {
    Exact result;
    mpq_add(&result.number_->value, &number_->value, &other.number_->value);
    return result;
}

Exact Exact::operator-(const Exact& other) const {
    Exact result;
    mpq_sub(&result.number_->value, &number_->value, &other.number_->value);
    return result;
}

Exact Exact::operator*(const Exact& other) const {
    Exact result;
    mpq_mul(&result.number_->value, &number_->value, &other.number_->value);
    return result;
}

Exact Exact::operator/(const Exact& other) const {
    BUNDEL_ASSERT(other.sign() != 0);
    Exact result;
    mpq_div(&result.number_->value, &number_->value, &other.number_->value);
    return result;
}

Exact& Exact::operator+=(const Exact& other) {
    mpq_add(&number_->value, &number_->value, &other.number_->value);
    return *this;
}

Exact& Exact::operator-=(const Exact& other) {
    mpq_sub(&number_->value, &number_->value, &other.number_->value);
    return *this;
}

std::strong_ordering Exact::operator<=>(const Exact& other) const {
    return mpq_cmp(&number_->value, &other.number_->value) <=> 0;
}

bool Exact::operator==(const Exact& other) const {
    return mpq_equal(&number_->value, &other.number_->value) != 0;
}

int Exact::sign() const {
    const int compared = mpz_cmp_si(mpq_numref(&number_->value), 0);
    return compared < 0 ? -1 : compared > 0 ? 1 : 0;
}

Exact Exact::denominator() const {
    Exact result;
    mpq_set_z(&result.number_->value, mpq_denref(&number_->value));
    return result;
}

std::optional<std::int64_t> Exact::whole() const {
    std::array<__mpz_struct, 1> quotient;
    mpz_init(quotient.data());
    mpz_tdiv_q(quotient.data(), mpq_numref(&number_->value), mpq_denref(&number_->value));
    std::optional<std::int64_t> result;
    if (mpz_fits_slong_p(quotient.data()) != 0) result = mpz_get_si(quotient.data());
    mpz_clear(quotient.data());
    return result;
}

std::string Exact::str() const {
    const std::size_t digits =
        mpz_sizeinbase(mpq_numref(&number_->value), 10) + mpz_sizeinbase(mpq_denref(&number_->value), 10);
    std::string text(digits + 3, '\0');
    mpq_get_str(text.data(), 10, &number_->value);
    text.resize(text.find('\0'));
    return text;
}

Exact sum(std::vector<Exact> terms) {
    if (terms.empty()) return {};
    for (std::size_t step = 1; step < terms.size(); step *= 2) {
        for (std::size_t i = 0; i + step < terms.size(); i += 2 * step) terms[i] += terms[i + step];
    }
    return terms.front();
}

}  // namespace bundel::insight
