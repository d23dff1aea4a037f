#include "values/identifiers.h"

#include <charconv>

namespace bundel::values {
using base::Error;
using base::Result;

Result<Bsn> Bsn::parse(std::string_view text) {
    if (text.size() != 9 || !base::all_digits(text)) return Error{"bsn_syntax"};
    if (text == "000000000" || text == "999999999") return Error{"bsn_absent"};
    int sum = 0;
    for (int i = 0; i < 8; ++i) sum += (text[static_cast<std::size_t>(i)] - '0') * (9 - i);
    sum -= text[8] - '0';
    if (sum % 11 != 0) return Error{"bsn_check"};
    return Bsn(static_cast<std::uint32_t>(*base::parse_digits(text)));
}

std::string Bsn::digits() const {
    return base::zero_padded(number_, 9);
}

std::string PersonId::hex() const {
    std::string text(32, '0');
    for (int i = 0; i < 16; ++i) {
        text[static_cast<std::size_t>(i)] = "0123456789abcdef"[(high >> (60 - 4 * i)) & 15];
        text[static_cast<std::size_t>(16 + i)] = "0123456789abcdef"[(low >> (60 - 4 * i)) & 15];
    }
    return text;
}

Result<PersonId> PersonId::parse(std::string_view hex) {
    PersonId id;
    if (hex.size() != 32) return Error{"person_id_syntax"};
    for (const char c : hex) {
        if (!((c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'))) return Error{"person_id_syntax"};
    }
    std::from_chars(hex.data(), hex.data() + 16, id.high, 16);
    std::from_chars(hex.data() + 16, hex.data() + 32, id.low, 16);
    return id;
}

Result<AgbCode> AgbCode::parse(std::string_view text) {
    if (text.size() != 8 || !base::all_digits(text)) return Error{"agb_syntax"};
    const auto number = static_cast<std::uint32_t>(*base::parse_digits(text));
    if (number == 0) return Error{"agb_empty"};
    if (number < 1'000'000 || number % 1'000'000 == 0) return Error{"agb_syntax"};
    return AgbCode(number);
}

AgbCode AgbCode::of(std::uint32_t number) {
    BUNDEL_ASSERT(number >= 1'000'001 && number <= 99'999'999 && number % 1'000'000 != 0);
    return AgbCode(number);
}

std::string AgbCode::digits() const {
    return base::zero_padded(number_, 8);
}

Result<UzoviCode> UzoviCode::parse(std::string_view text) {
    if (text.size() != 4 || !base::all_digits(text)) return Error{"uzovi_syntax"};
    const auto number = *base::parse_digits(text);
    if (number == 0) return Error{"uzovi_empty"};
    return UzoviCode(static_cast<std::uint16_t>(number));
}

UzoviCode UzoviCode::of(int number) {
    BUNDEL_ASSERT(number >= 1 && number <= 9999);
    return UzoviCode(static_cast<std::uint16_t>(number));
}

std::string UzoviCode::digits() const {
    return base::zero_padded(number_, 4);
}

namespace {
bool is_code(std::string_view text) {
    return !text.empty() && text.front() != ' ' && text.back() != ' ' && base::FixedText<6>::fits(text);
}
}  // namespace

Result<PerformanceCode> PerformanceCode::parse(std::string_view text) {
    if (text.size() < 5 || text.size() > 10 || text[3] != ':') return Error{"performance_code_syntax"};
    const auto list = base::parse_digits(text.substr(0, 3));
    const std::string_view code = text.substr(4);
    if (!list || *list == 0 || !is_code(code)) return Error{"performance_code_syntax"};
    return PerformanceCode{static_cast<std::uint16_t>(*list), base::FixedText<6>::of(code)};
}

PerformanceCode PerformanceCode::of(int list, std::string_view code) {
    BUNDEL_ASSERT(list >= 1 && list <= 999 && is_code(code));
    return {static_cast<std::uint16_t>(list), base::FixedText<6>::of(code)};
}

std::string PerformanceCode::str() const {
    return base::zero_padded(list, 3) + ":" + code.str();
}

std::string LineId::str() const {
    return issuer.digits() + "/" + reference.str();
}

}  // namespace bundel::values
