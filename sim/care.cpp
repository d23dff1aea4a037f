#include "sim/care.h"

#include <algorithm>

#include "base/assert.h"
#include "base/text.h"
#include "wire/csv.h"

namespace bundel::sim {
namespace {

constexpr int midwife_list = 32;
constexpr int example_list = 999;
constexpr int postnatal_days = 42;
constexpr int dbc_days = 120;
constexpr int last_year_of_scan_in_insurance = 2023;  // from 2024 the 20 weeks scan is paid by the state

// Bills go out once a month, each provider on a day of its own.
Date next_bill(AgbCode provider, Date last) {
    const int own = static_cast<int>(*base::parse_digits(provider.digits(), 99'999'999) % 10);
    return Period::month_of(last).last.plus_days(3 + own);
}

// The borders of midwife codes, in completed days: "0 t/m 14", "15 t/m 29" and "na 29 weken" (ZK-2017).
enum class Stage { early, middle, late };
Stage stage_at(const Pregnancy& pregnancy, Date last) {
    const int weeks = days_between(pregnancy.onset, last) / 7;
    return weeks <= 14 ? Stage::early : weeks <= 29 ? Stage::middle : Stage::late;
}

const char* part_code(Stage stage) {
    return stage == Stage::early ? "1201" : stage == Stage::middle ? "1204" : "1203";
}
const char* first_practice_code(Stage stage) {
    return stage == Stage::early ? "1301" : stage == Stage::middle ? "1302" : "1303";
}
const char* second_practice_code(Stage stage) {
    return stage == Stage::early ? "1351" : "1352";
}

constexpr std::string_view birth_of_several = "037631";
constexpr std::string_view birth_by_instrument = "037651";
constexpr std::string_view other_birth = "037611";

std::string birth_activity(const Pregnancy& pregnancy) {
    if (pregnancy.children.size() > 1) return std::string(birth_of_several);
    return std::string(pregnancy.mode == Mode::instrumental ? birth_by_instrument : other_birth);
}

class Biller {
public:
    Biller(const CareRegion& region, const Fees& fees, const Life& life, Chance& chance)
        : region_(region), fees_(fees), life_(life), chance_(chance) {}

    std::vector<Delivered> all() {
        for (index_ = 0; index_ < life_.pregnancies.size(); ++index_) {
            const Carried& carried = life_.pregnancies[index_];
            const auto kraamzorg = region_.kraamzorg[chance_.place(region_.kraamzorg.size())];
            midwife(carried);
            scans(carried.pregnancy);
            hospital(carried);
            maternity_care(carried, kraamzorg);
        }
        std::stable_sort(lines_.begin(), lines_.end(), [](const Delivered& a, const Delivered& b) {
            return a.line.care.first < b.line.care.first;
        });
        return std::move(lines_);
    }

private:
    ClaimLine& add(AgbCode provider, int list, const char* code, const Period& care) {
        const auto reference = life_.woman.number + "-" + base::zero_padded(++count_, 2);
        lines_.push_back(delivered(region_, fees_, life_, index_,
                                   {provider, reference, PerformanceCode::of(list, code), care}));
        return lines_.back().line;
    }
    void add_timed(AgbCode provider, const char* code, const Period& care, int minutes, Date birth) {
        ClaimLine& line = add(provider, example_list, code, care);
        line.minutes = minutes;
        line.tariff = line.amount;  // for an hour; minutes come in quarters of an hour
        line.amount = Cents::of(line.amount.count() * minutes / 60);
        line.partus = birth;
    }

    const Practice& practice() const { return region_.practices[life_.practice]; }

    // The region she moved to, on a day after she did; null before.
    const Neighbour* moved_to(const Carried& carried, Date day) const {
        const bool moved = carried.move && carried.move->day <= day;
        return moved ? &region_.neighbours[carried.move->neighbour] : nullptr;
    }
    AgbCode practice_on(const Carried& carried, Date day) const {
        const Neighbour* other = moved_to(carried, day);
        return other != nullptr ? other->practice : practice().agb;
    }

    void midwife(const Carried& carried) {
        const Pregnancy& pregnancy = carried.pregnancy;
        if (!pregnancy.second_line_from_start) prenatal(carried);
        if (!pregnancy.is_birth()) return;
        const bool in_hands =
            !pregnancy.second_line_from_start && !pregnancy.referred && !pregnancy.referred_in_labour;
        const auto now = practice_on(carried, pregnancy.end);
        if (in_hands) add(now, midwife_list, "1102", Period::day(pregnancy.end)).partus = pregnancy.end;
        const Period after{pregnancy.end.plus_days(1), pregnancy.end.plus_days(postnatal_days)};
        add(now, midwife_list, "1103", after).partus = pregnancy.end;
    }

    void prenatal(const Carried& carried) {
        const Pregnancy& pregnancy = carried.pregnancy;
        const Date last =
            pregnancy.referred ? pregnancy.referred->plus_days(-1) : pregnancy.end.plus_days(-1);
        if (carried.move) {
            const Period before{pregnancy.first_visit, carried.move->day.plus_days(-1)};
            const Stage stage = stage_at(pregnancy, before.last);
            add(practice().agb, midwife_list, first_practice_code(stage), before);
            add(practice_on(carried, last), midwife_list, second_practice_code(stage),
                {carried.move->day, last});
            return;
        }
        const bool whole = !pregnancy.referred && pregnancy.is_birth();
        const char* code = whole ? "1101" : part_code(stage_at(pregnancy, last));
        add(practice().agb, midwife_list, code,
            {pregnancy.first_visit, std::max(last, pregnancy.first_visit)});
    }

    void scans(const Pregnancy& pregnancy) {
        if (pregnancy.dating_scan)
            add(region_.echo_centre, example_list, "9906", Period::day(*pregnancy.dating_scan));
        if (pregnancy.scan20 && pregnancy.scan20->year() <= last_year_of_scan_in_insurance)
            add(region_.echo_centre, example_list, "9905", Period::day(*pregnancy.scan20));
        if (pregnancy.advanced_scan)
            add(region_.tertiary, example_list, "GUO", Period::day(*pregnancy.advanced_scan));
    }

    void hospital(const Carried& carried) {
        const Pregnancy& pregnancy = carried.pregnancy;
        std::optional<Date> from = pregnancy.referred;
        if (pregnancy.second_line_from_start) from = pregnancy.first_visit;
        const Neighbour* other = moved_to(carried, pregnancy.end);
        const auto agb = other != nullptr ? other->hospital : region_.hospital;
        const bool in_labour = pregnancy.place == Place::hospital;
        const bool vaginal = in_labour && pregnancy.mode != Mode::caesarean;
        bool told = false;
        if (from && *from < pregnancy.end) told = consultations(agb, pregnancy, *from, vaginal);
        if (in_labour && !told) delivery(agb, pregnancy);
        if (in_labour) nursing(agb, pregnancy);
        if (pregnancy.readmission) add(agb, example_list, "DBCPOS", Period::day(*pregnancy.readmission));
    }

    // DBCs of at most 120 days. The last one takes in a vaginal birth and a check after it when it can; the
    // value says whether it did.
    bool consultations(AgbCode agb, const Pregnancy& pregnancy, Date from, bool vaginal) {
        Date first = from;
        while (first.plus_days(dbc_days) <= pregnancy.end) {
            consultation(agb, {first, first.plus_days(dbc_days - 1)});
            first = first.plus_days(dbc_days);
        }
        if (first >= pregnancy.end) return false;
        const Date check = pregnancy.end.plus_days(chance_.between(8, 40));
        const bool spans = vaginal && chance_.happens(500'000) && check < first.plus_days(dbc_days);
        const Period care{first, spans ? check : pregnancy.end.plus_days(-1)};
        ClaimLine& line = consultation(agb, {first, pregnancy.end.plus_days(-1)});
        if (!spans) return false;
        line.care = care;
        line.activities.push_back({birth_activity(pregnancy), pregnancy.end, 1});
        line.activities.push_back({"037943", check, 1});
        lines_.back().handed_in = next_bill(agb, check);
        return true;
    }

    // Its activities are visits on the first day and every four weeks.
    ClaimLine& consultation(AgbCode agb, const Period& care) {
        ClaimLine& line = add(agb, example_list, "DBCZW", care);
        for (Date day = care.first; day <= care.last; day = day.plus_days(28))
            line.activities.push_back({"037600", day, 1});
        close_late(line.care.last);
        return line;
    }

    void delivery(AgbCode agb, const Pregnancy& pregnancy) {
        ClaimLine& line = add(agb, example_list, "DBCPAR", Period::day(pregnancy.end));
        if (pregnancy.mode != Mode::caesarean)
            line.activities.push_back({birth_activity(pregnancy), pregnancy.end, 1});
        close_late(pregnancy.end);
    }

    void nursing(AgbCode agb, const Pregnancy& pregnancy) {
        if (pregnancy.stay_nights == 0) return;
        add(agb, example_list, "VERPL",
            {pregnancy.end.plus_days(1), pregnancy.end.plus_days(pregnancy.stay_nights)});
        close_late(pregnancy.end);
    }

    // A DBC is closed some six weeks after the last thing done, often later.
    void close_late(Date last) {
        lines_.back().handed_in =
            next_bill(lines_.back().provider, last.plus_days(chance_.between(42, dbc_days)));
    }

    void maternity_care(const Carried& carried, AgbCode own) {
        const Pregnancy& pregnancy = carried.pregnancy;
        const Date enrolled = pregnancy.onset.plus_days(chance_.between(16 * 7, 22 * 7));
        const Date intake = pregnancy.onset.plus_days(chance_.between(29 * 7, 34 * 7));
        const auto agb_on = [&](Date day) {
            const Neighbour* other = moved_to(carried, day);
            return other != nullptr ? other->kraamzorg : own;
        };
        if (enrolled < pregnancy.end) add(agb_on(enrolled), example_list, "KZINS", Period::day(enrolled));
        if (intake < pregnancy.end) add(agb_on(intake), example_list, "KZINT", Period::day(intake));
        const auto agb = agb_on(pregnancy.end);
        if (pregnancy.partus_assistance)
            add_timed(agb, "KZPAU", Period::day(pregnancy.end), 240, pregnancy.end);
        if (pregnancy.kraamzorg_minutes == 0) return;
        const Date first = pregnancy.end.plus_days(pregnancy.stay_nights);
        add_timed(agb, "KZUUR", {first, first.plus_days(pregnancy.kraamzorg_days - 1)},
                  pregnancy.kraamzorg_minutes, pregnancy.end);
    }

    const CareRegion& region_;
    const Fees& fees_;
    const Life& life_;
    Chance& chance_;
    std::size_t index_ = 0;
    int count_ = 0;
    std::vector<Delivered> lines_;
};

}  // namespace

bool is_birth(std::string_view activity) {
    return activity == birth_of_several || activity == birth_by_instrument || activity == other_birth;
}

Result<Fees> Fees::parse(std::string_view csv) {
    base::Findings findings;
    const auto table = wire::read_csv(csv, "fees.csv", findings);
    const auto unreadable = [](long line, const char* what) {
        return Error{"fees_unreadable", {{"line", std::to_string(line)}, {"what", what}}};
    };
    if (!table || !findings.empty()) return unreadable(0, "csv");
    const int code = table->column("prestatie");
    const int cents = table->column("centen");
    if (code < 0 || cents < 0) return unreadable(1, "kolom");
    Fees fees;
    for (const auto& row : table->rows) {
        const auto performance = PerformanceCode::parse(row.cells[static_cast<std::size_t>(code)]);
        const auto amount = base::parse_digits(row.cells[static_cast<std::size_t>(cents)], 100'000'000);
        if (!performance.ok() || !amount) return unreadable(row.line, "cel");
        fees.amounts_[*performance] = Cents::of(*amount);
    }
    return fees;
}

Cents Fees::of(const PerformanceCode& code) const {
    const auto found = amounts_.find(code);
    BUNDEL_ASSERT(found != amounts_.end());
    return found->second;
}

Delivered delivered(const CareRegion& region, const Fees& fees, const Life& life, std::size_t pregnancy,
                    const Care& care) {
    Delivered one;
    one.provider = care.provider;
    one.pregnancy = pregnancy;
    one.line.reference = care.reference;
    one.line.performance = care.performance;
    one.line.care = care.period;
    one.line.amount = fees.of(care.performance);
    one.line.insurer = life.insurer_on(care.period.first);
    one.handed_in = next_bill(care.provider, care.period.last);
    one.to_igo = region.takes_part(care.provider, life.pregnancies[pregnancy].pregnancy.onset);
    return one;
}

std::vector<Delivered> care_of(const CareRegion& region, const Fees& fees, const Life& life, Chance& chance) {
    return Biller(region, fees, life, chance).all();
}

}  // namespace bundel::sim
