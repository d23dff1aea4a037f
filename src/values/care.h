// Words that rules, agreements and facts share.
#pragma once

#include <cstdint>

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

// Who pays in the end. Everything that is not `insurer` is never claimed from an insurer.
enum class Payer : std::uint8_t { insurer, state, asylum, self, foreign };

// What a contract says of care outside (samenloop) from 2023 on.
enum class OverlapPolicy : std::uint8_t { priced_in, deduct_actual, deduct_fixed, true_up_yearly, fall_back };

// The day on which insurer, contract, regime, tariff or membership is looked up (peildatum).
enum class ReferenceDay : std::uint8_t { phase_start, phase_end, birth, first_activity, pregnancy_start };

// How far care outside breaks the bundle (bundelbreker); not found in the rules, so a parameter.
enum class BreakExtent : std::uint8_t { phase, pregnancy };

}  // namespace bundel::values
