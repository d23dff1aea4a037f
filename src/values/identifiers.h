// Who and what: identifiers of persons, care providers, insurers and performances.
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "base/text.h"

namespace bundel::values {

// Citizen service number (burgerservicenummer). Only in wire, intake, the vault and reply. Nine digits that
// pass the eleven test (weights 9,8,7,6,5,4,3,2,-1; spec/codelists/identifiers.json), not all zeros, not the
// placeholder 999999999. Printing one is a decision of the caller: there is no operator<<.
class Bsn {
public:
    // Errors: bsn_syntax (not nine digits), bsn_absent (zeros or the placeholder: nobody), bsn_check (eleven
    // test).
    static base::Result<Bsn> parse(std::string_view text);
    std::string digits() const;
    auto operator<=>(const Bsn&) const = default;

private:
    explicit Bsn(std::uint32_t number) : number_(number) {}
    std::uint32_t number_;
};

// Random 128 bits given by the vault: the only identity of a person that inner rooms see. All zero is nobody.
struct PersonId {
    std::uint64_t high = 0;
    std::uint64_t low = 0;
    bool is_nobody() const { return high == 0 && low == 0; }
    auto operator<=>(const PersonId&) const = default;
    std::string hex() const;                                    // 32 lower-case hex digits
    static base::Result<PersonId> parse(std::string_view hex);  // Error: person_id_syntax
};

// Care provider code (AGB-code): 8 digits, the first two are the kind of provider (53 = samenwerkingsverband,
// so an IGO; 08 = verloskundigen; 33 = kraamzorg; 06 = ziekenhuizen). No check digit. Source:
// identifiers.json.
class AgbCode {
public:
    constexpr AgbCode() = default;  // none(): the field is empty
    static constexpr AgbCode none() { return AgbCode(); }
    // Eight digits; kind 01..99 and number 000001..999999. "00000000" is refused: an empty field is the
    // caller's to see. Errors: agb_syntax, agb_empty.
    static base::Result<AgbCode> parse(std::string_view text);
    static AgbCode of(std::uint32_t number);  // Contract: a valid code

    bool is_none() const { return number_ == 0; }
    int kind() const { return static_cast<int>(number_ / 1'000'000); }
    std::uint32_t number() const { return number_; }
    std::string digits() const;  // always 8
    constexpr auto operator<=>(const AgbCode&) const = default;

private:
    constexpr explicit AgbCode(std::uint32_t number) : number_(number) {}
    std::uint32_t number_ = 0;
};

// Insurer label (UZOVI-nummer): 4 digits, 0001..9999. Which concern and contract it belongs to is dated data.
class UzoviCode {
public:
    constexpr UzoviCode() = default;  // none
    static constexpr UzoviCode none() { return UzoviCode(); }
    static base::Result<UzoviCode> parse(std::string_view text);  // Errors: uzovi_syntax, uzovi_empty
    static UzoviCode of(int number);                              // Contract: 1..9999
    bool is_none() const { return number_ == 0; }
    std::uint16_t number() const { return number_; }
    std::string digits() const;
    constexpr auto operator<=>(const UzoviCode&) const = default;

private:
    constexpr explicit UzoviCode(std::uint16_t number) : number_(number) {}
    std::uint16_t number_ = 0;
};

// Performance (prestatie): the code list (COD367, "032" = verloskundige hulp, "069" = integrale geboortezorg)
// AND the code. A code without its list is no value. Written "032:1101". The code
// is 1..6 characters without space at either end.
struct PerformanceCode {
    std::uint16_t list = 0;  // 1..999
    base::FixedText<6> code;
    static base::Result<PerformanceCode> parse(std::string_view text);  // Error: performance_code_syntax
    static PerformanceCode of(int list, std::string_view code);         // Contract: valid
    std::string str() const;
    auto operator<=>(const PerformanceCode&) const = default;
};

// Reference of a claim line (referentienummer prestatierecord, NUM362): 1..20 characters, first one no space;
// unique per issuing AGB for five years.
using Reference = base::FixedText<20>;

// Identity of a claim line: who issued it and under which reference. Covers no BSN.
struct LineId {
    AgbCode issuer;
    Reference reference;
    auto operator<=>(const LineId&) const = default;
    std::string str() const;  // "08000101/V-0001"
};

}  // namespace bundel::values

template <>
struct std::hash<bundel::values::PersonId> {
    std::size_t operator()(const bundel::values::PersonId& id) const noexcept { return id.high ^ id.low; }
};
template <>
struct std::hash<bundel::values::LineId> {
    std::size_t operator()(const bundel::values::LineId& id) const noexcept {
        return std::hash<std::string_view>{}(id.reference.view()) * 31 + id.issuer.number();
    }
};
