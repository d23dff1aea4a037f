#include "engine/transition.h"

#include <numeric>

#include "base/int128.h"

namespace bundel::engine {
using base::Error;
using base::Int128;
using base::Result;
using insight::TransitionWishes;
using rulebook::TransitionFile;
using values::Cents;

namespace {

// Whole numbers in the proportion of the targets.
Result<std::vector<std::int64_t>> weights_of(const TransitionFile& file) {
    Int128 common = 1;
    for (const auto& party : file.parties) {
        const std::int64_t denominator = party.target.denominator();
        common *= denominator / std::gcd(static_cast<std::int64_t>(common), denominator);
        if (common > INT64_MAX) return Error{"ratio_overflow"};
    }
    std::vector<std::int64_t> weights;
    for (const auto& party : file.parties)
        weights.push_back(party.target.numerator() *
                          (static_cast<std::int64_t>(common) / party.target.denominator()));
    return weights;
}

Result<std::optional<std::int64_t>> ppm_of(const std::optional<values::Ratio>& limit,
                                           const std::string& name) {
    if (!limit) return std::optional<std::int64_t>();
    const Int128 ppm = Int128{limit->numerator()} * 1'000'000;
    if (ppm % limit->denominator() != 0) return Error{"wishes_limit", {{"name", name}}};
    return std::optional(static_cast<std::int64_t>(ppm / limit->denominator()));
}

}  // namespace

Result<TransitionWishes> wishes_of(const TransitionFile& file) {
    TransitionWishes wishes;
    wishes.base = file.of_today ? insight::LimitBase::today : insight::LimitBase::previous_year;
    Cents today;
    for (const auto& party : file.parties) {
        BUNDEL_TRY(loss, ppm_of(party.loss, party.name));
        BUNDEL_TRY(gain, ppm_of(party.gain, party.name));
        wishes.parties.push_back({party.name, party.today, {}, loss, gain, party.floor});
        today += party.today;
    }
    wishes.totals.push_back(today);
    wishes.totals.insert(wishes.totals.end(), file.totals.begin(), file.totals.end());
    BUNDEL_TRY(weights, weights_of(file));
    for (const Cents total : wishes.totals) {
        BUNDEL_TRY(parts, values::split(total, weights));
        for (std::size_t p = 0; p < parts.size(); ++p) wishes.parties[p].target.push_back(parts[p]);
    }
    return wishes;
}

}  // namespace bundel::engine
