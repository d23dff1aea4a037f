#include "sim/care_region.h"

#include <algorithm>

#include "base/assert.h"
#include "base/text.h"

namespace bundel::sim {
namespace {

constexpr int practice_count = 13;
constexpr int kraamzorg_count = 4;
constexpr int neighbour_count = 2;
constexpr int igo_agb = 53'000'001;

// A treating person of the same kind of care; a hospital's is a gynaecologist (kind 03).
AgbCode treating_of(AgbCode organisation) {
    const auto own =
        static_cast<std::uint32_t>(*base::parse_digits(organisation.digits().substr(2), 999'999));
    if (organisation.kind() == 6) return AgbCode::of(3'070'000 + own % 10'000);
    return AgbCode::of(static_cast<std::uint32_t>(organisation.kind()) * 1'000'000 + 50'000 + own);
}

class Builder {
public:
    Builder(const Calibration& calibration, std::uint64_t seed, const Period& births)
        : calibration_(calibration), chance_(seed, "region", 0), births_(births) {}

    CareRegion build() {
        made_.region.igo = AgbCode::of(igo_agb);
        made_.region.first_day = start();
        for (int i = 1; i <= practice_count; ++i) add_practice(i);
        made_.hospital = member(6'002'001, "Ziekenhuis");
        for (int i = 1; i <= kraamzorg_count; ++i)
            made_.kraamzorg.push_back(member(33'002'000 + i, "Kraamzorg " + std::to_string(i)));
        made_.echo_centre = member(8'002'900, "Echocentrum");
        made_.tertiary = provider(6'002'950, "Perinatologisch centrum");
        for (int i = 1; i <= neighbour_count; ++i) add_neighbour(i);
        made_.labels = {{UzoviCode::of(9101), 35},
                        {UzoviCode::of(9102), 10},
                        {UzoviCode::of(9201), 35},
                        {UzoviCode::of(9301), 20}};
        return std::move(made_);
    }

private:
    // Two years before the first birth: earlier than any care for it.
    Date start() const { return births_.first.plus_months(-24); }

    AgbCode provider(int number, const std::string& name) {
        const auto agb = AgbCode::of(static_cast<std::uint32_t>(number));
        made_.region.providers[agb] = Provider{name, treating_of(agb)};
        return agb;
    }
    AgbCode member(int number, const std::string& name) {
        const auto agb = provider(number, name);
        made_.memberships.push_back({agb, Period::from(start())});
        return agb;
    }
    void add_practice(int number) {
        Practice practice;
        practice.agb = member(8'002'000 + number, "Praktijk " + std::to_string(number));
        practice.weight = chance_.between(2, 6);
        practice.effects = practice_effects(calibration_, chance_);
        made_.practices.push_back(practice);
    }
    void add_neighbour(int number) {
        const std::string name = " van buurregio " + std::to_string(number);
        made_.neighbours.push_back({provider(8'003'000 + number, "Praktijk" + name),
                                    provider(6'003'000 + number, "Ziekenhuis" + name),
                                    provider(33'003'000 + number, "Kraamzorg" + name)});
    }

    const Calibration& calibration_;
    Chance chance_;
    Period births_;
    CareRegion made_;
};

// The last practice joins after a quarter of the time, the one before it leaves at three quarters. A shorter
// stretch than two years has one of both by the length it has.
void change_memberships(CareRegion& region, const Period& births) {
    const auto of = [&](const Practice& practice) -> Membership& {
        return *std::find_if(region.memberships.begin(), region.memberships.end(),
                             [&](const Membership& one) { return one.organisation == practice.agb; });
    };
    const auto& practices = region.practices;
    of(practices.back()).period.first = births.first.plus_days(births.days() / 4);
    of(practices[practices.size() - 2]).period.last = births.first.plus_days(births.days() * 3 / 4);
}

// What the region agrees with one insurer, in euros, and how that insurer works: made up.
struct Insurer {
    std::vector<int> labels;
    const char* overlap_2023;
    int early_loss, prenatal, natal, postnatal;
    int answer_days, payment_days;
    const char* strictness;
};
const std::vector<Insurer>& insurers() {
    static const std::vector<Insurer> all{
        {{9101, 9102}, "in de prijs", 180, 1500, 1900, 1850, 14, 14, "streng"},
        {{9201}, "werkelijke aftrek", 190, 1520, 1880, 1830, 21, 7, "soepel"},
        {{9301}, "vaste aftrek", 185, 1490, 1910, 1860, 5, 30, "streng"}};
    return all;
}

// Read of one insurer (VGZ: rulebook.toml, mono.submit_months); that the others do likewise is a choice.
constexpr const char* submit_months = "12";

Agreed agreement(const Insurer& insurer, Regime regime, int surcharge, const Period& period) {
    const auto euros = [&](int amount) { return Cents::of(100 * (amount + surcharge)); };
    Agreed agreed;
    for (const int label : insurer.labels) agreed.labels.push_back(UzoviCode::of(label));
    agreed.period = period;
    agreed.overlap = regime == Regime::y2017 ? "terugvallen" : insurer.overlap_2023;
    if (agreed.overlap == "vaste aftrek") agreed.fixed_deduction = Cents::of(150'00);
    agreed.early_loss = euros(insurer.early_loss);
    agreed.prenatal = euros(insurer.prenatal);
    agreed.natal = euros(insurer.natal);
    agreed.postnatal = euros(insurer.postnatal);
    return agreed;
}

// One contract a year for each insurer; with changes the first insurer's of the first whole year is replaced
// on 1 July.
std::vector<Agreed> agreements(Regime regime, const Period& births, Changes changes) {
    std::vector<Agreed> all;
    const Period allowed = births_under(regime);
    const int first = std::max(births.first.plus_months(-12).year(), allowed.first.year());
    const int last = std::min(births.last.plus_months(12).year(), allowed.last.year());
    for (int year = first; year <= last; ++year) {
        const Period whole{Date::of(year, 1, 1), Date::of(year, 12, 31)};
        const int surcharge = 20 * (year - first);
        for (const Insurer& one : insurers()) {
            const bool replaced =
                changes == Changes::usual && &one == &insurers().front() && year == births.first.year();
            if (!replaced) {
                all.push_back(agreement(one, regime, surcharge, whole));
                continue;
            }
            all.push_back(agreement(one, regime, surcharge, {whole.first, Date::of(year, 6, 30)}));
            all.push_back(agreement(one, regime, surcharge + 35, {Date::of(year, 7, 1), whole.last}));
        }
    }
    return all;
}

std::string prices_cell(const Agreed& agreed, Regime regime) {
    const auto price = [&](const char* performance, Cents amount) {
        return std::string(performance) + " " + agreed.period.first.iso() + " " + agreed.period.last.iso() +
               " " + amount_cell(amount);
    };
    return (regime == Regime::y2017 ? price("early_loss", agreed.early_loss) + "|" : "") +
           price("prenatal", agreed.prenatal) + "|" + price("natal", agreed.natal) + "|" +
           price("postnatal", agreed.postnatal);
}

}  // namespace

bool CareRegion::takes_part(AgbCode organisation, Date day) const {
    return std::any_of(memberships.begin(), memberships.end(), [&](const Membership& one) {
        return one.organisation == organisation && one.period.contains(day);
    });
}

const Agreed* CareRegion::agreed_with(UzoviCode label, Date day) const {
    const auto found = std::find_if(agreed.begin(), agreed.end(), [&](const Agreed& one) {
        return one.period.contains(day) &&
               std::find(one.labels.begin(), one.labels.end(), label) != one.labels.end();
    });
    return found == agreed.end() ? nullptr : &*found;
}

Period births_under(Regime regime) {
    return regime == Regime::y2017 ? Period{Date::of(2017, 1, 1), Date::of(2022, 12, 31)}
                                   : Period::from(Date::of(2023, 1, 1));
}

CareRegion default_region(const Calibration& calibration, std::uint64_t seed, Regime regime,
                          const Period& births, Changes changes) {
    const Period allowed = births_under(regime);
    BUNDEL_ASSERT(allowed.contains(births.first) && allowed.contains(births.last));
    CareRegion region = Builder(calibration, seed, births).build();
    if (changes == Changes::usual) change_memberships(region, births);
    region.regime = regime;
    region.agreed = agreements(regime, births, changes);
    return region;
}

std::vector<Cells> membership_cells(const CareRegion& region) {
    std::vector<Cells> rows;
    for (const auto& one : region.memberships) {
        const auto agb = one.organisation.digits();
        const bool open = one.period.last == Date::far_future();
        rows.push_back({{"sleutel", "lid-" + agb},
                        {"organisatie", agb},
                        {"igo", region.region.igo.digits()},
                        {"begin", one.period.first.iso()},
                        {"eind", open ? "" : one.period.last.iso()},
                        {"status", "voorbeeld"}});
    }
    return rows;
}

std::vector<Cells> contract_cells(const CareRegion& region) {
    std::vector<Cells> rows;
    for (const Agreed& one : region.agreed) {
        std::string labels;
        for (const UzoviCode label : one.labels) labels += (labels.empty() ? "" : " ") + label.digits();
        rows.push_back(
            {{"sleutel", one.labels.front().digits() + "-" + one.period.first.iso()},
             {"igo", region.region.igo.digits()},
             {"labels", labels},
             {"begin", one.period.first.iso()},
             {"eind", one.period.last.iso()},
             {"regime", region.regime == Regime::y2017 ? "2017" : "2023"},
             {"status", "voorbeeld"},
             {"samenloop", one.overlap},
             {"vaste_aftrek", one.fixed_deduction.is_zero() ? "" : amount_cell(one.fixed_deduction)},
             {"indienen_maanden", submit_months},
             {"vraag_dagen", "30"},
             {"antwoord_dagen", "60"},
             {"prijzen", prices_cell(one, region.regime)}});
    }
    return rows;
}

std::vector<Cells> insurer_cells() {
    std::vector<Cells> rows;
    for (const Insurer& one : insurers()) {
        for (const int label : one.labels) {
            rows.push_back({{"uzovi", UzoviCode::of(label).digits()},
                            {"antwoord_dagen", std::to_string(one.answer_days)},
                            {"betaal_dagen", std::to_string(one.payment_days)},
                            {"indienen_maanden", submit_months},
                            {"strengheid", one.strictness},
                            {"status", "voorbeeld"}});
        }
    }
    return rows;
}

std::vector<Cells> name_cells(const Region& region) {
    std::vector<Cells> rows;
    for (const auto& [agb, provider] : region.providers)
        rows.push_back({{"code", agb.digits()}, {"naam", provider.name}});
    char letter = 'A';
    for (const Insurer& one : insurers()) {
        for (const int label : one.labels)
            rows.push_back(
                {{"code", UzoviCode::of(label).digits()}, {"naam", std::string("Verzekeraar ") + letter}});
        ++letter;
    }
    return rows;
}

}  // namespace bundel::sim
