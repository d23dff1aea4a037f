// Words that rules, agreements and facts share.
#pragma once

#include <compare>
#include <cstdint>

#include "base/assert.h"

namespace bundel::values {

// Status of a value that comes from a rule or an agreement; carried through to decision, claim, report and
// journal. Later is weaker: weakest() of what took part is the status of an outcome.
enum class Status : std::uint8_t { verified, example, provisional };
constexpr Status weakest(Status a, Status b) {
    return a < b ? b : a;
}

// Phases (fasen) of a pregnancy: prenatal from the first care because of the pregnancy to active labour,
// natal to two hours after the placenta, postnatal after. Source: NR/REG-2201; NZa FAQ (nza.md 2.1).
enum class PhaseKind : std::uint8_t { prenatal, natal, postnatal };
inline constexpr PhaseKind all_phases[] = {PhaseKind::prenatal, PhaseKind::natal, PhaseKind::postnatal};

// Phases that one performance of the bundle pays together; a catalogue may merge phases. May be empty.
class PhaseSet {
public:
    constexpr PhaseSet() = default;
    static constexpr PhaseSet of(PhaseKind kind) { return PhaseSet(bit(kind)); }
    // Contract: 0..7, bit 0 is prenatal.
    static constexpr PhaseSet from_bits(std::uint8_t bits) {
        BUNDEL_ASSERT(bits < 8);
        return PhaseSet(bits);
    }
    constexpr PhaseSet& add(PhaseKind kind) {
        bits_ = static_cast<std::uint8_t>(bits_ | bit(kind));
        return *this;
    }
    constexpr bool contains(PhaseKind kind) const { return (bits_ & bit(kind)) != 0; }
    constexpr bool empty() const { return bits_ == 0; }
    constexpr bool several() const { return (bits_ & (bits_ - 1)) != 0; }
    // Contract: not empty.
    constexpr PhaseKind first() const {
        BUNDEL_ASSERT(!empty());
        return contains(PhaseKind::prenatal) ? PhaseKind::prenatal
               : contains(PhaseKind::natal)  ? PhaseKind::natal
                                             : PhaseKind::postnatal;
    }
    constexpr std::uint8_t bits() const { return bits_; }
    constexpr auto operator<=>(const PhaseSet&) const = default;

private:
    constexpr explicit PhaseSet(std::uint8_t bits) : bits_(bits) {}
    static constexpr std::uint8_t bit(PhaseKind kind) {
        return static_cast<std::uint8_t>(1U << static_cast<unsigned>(kind));
    }
    std::uint8_t bits_ = 0;
};

// Who pays in the end. Everything that is not `insurer` is never claimed from an insurer.
enum class Payer : std::uint8_t { insurer, state, asylum, self, foreign };

// What a contract says of care outside (samenloop) from 2023 on.
enum class OverlapPolicy : std::uint8_t { priced_in, deduct_actual, deduct_fixed, true_up_yearly, fall_back };

// The day on which insurer, contract, regime, tariff or membership is looked up (peildatum).
enum class ReferenceDay : std::uint8_t { phase_start, phase_end, birth, first_activity, pregnancy_start };

// Does the amount that kraamzorg declares include the own payment (eigen bijdrage) of the woman? By agreement
// with the insurer.
enum class OwnPaymentIn : std::uint8_t { declared, not_declared };

// How far care outside breaks the bundle (bundelbreker); not found in the rules, so a parameter.
enum class BreakExtent : std::uint8_t { phase, pregnancy };

}  // namespace bundel::values
