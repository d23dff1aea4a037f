#include "sim/noise.h"

namespace bundel::sim {
namespace {

Cents corrected_amount(Cents amount) {
    return Cents::of(amount.count() - amount.count() / 10);
}

class Disturber {
public:
    Disturber(const NoiseRates& rates, const CareRegion& region, const Fees& fees, const Life& life,
              Chance& chance, std::vector<Mishap>& mishaps)
        : rates_(rates), region_(region), fees_(fees), life_(life), chance_(chance), mishaps_(mishaps) {}

    std::vector<Delivered> all(std::vector<Delivered> lines) {
        for (auto& one : lines) disturb_line(std::move(one));
        for (std::size_t i = 0; i < life_.pregnancies.size(); ++i) add_outside_care(i);
        return std::move(made_);
    }

private:
    bool happens(int per_million) { return chance_.happens(per_million); }

    void tell(Fault fault, const Delivered& line, int days = 0) {
        mishaps_.push_back({fault, life_.woman.number, line.line.reference, days});
    }

    void disturb_line(Delivered one) {
        const bool late = happens(rates_.late_line);
        const bool wrong_bsn = happens(rates_.wrong_bsn_digit);
        const bool twice = happens(rates_.line_sent_twice);
        const bool corrected = happens(rates_.corrected_line);
        if (late) {
            const Date was = one.handed_in;
            one.handed_in = was.plus_months(chance_.between(1, 6));
            tell(Fault::late_line, one, days_between(was, one.handed_in));
        }
        if (wrong_bsn) {
            one.line.bsn = BsnUse::wrong;
            tell(Fault::wrong_bsn_digit, one);
        }
        made_.push_back(one);
        if (twice) send_again(one);
        if (corrected && !twice) correct(one);
    }

    void send_again(Delivered one) {
        one.handed_in = one.handed_in.plus_months(1);
        tell(Fault::line_sent_twice, one);
        made_.push_back(std::move(one));
    }

    // A credit of the line in the next bill; half the time a line with another amount in its place.
    void correct(const Delivered& one) {
        const bool replaced = happens(500'000);
        Delivered credit = one;
        credit.handed_in = one.handed_in.plus_months(chance_.between(1, 3));
        credit.line.credit = true;
        credit.line.previous = one.line.reference;
        credit.line.reference = one.line.reference + "C";
        tell(replaced ? Fault::line_corrected : Fault::line_credited, one);
        made_.push_back(credit);
        if (!replaced) return;
        Delivered again = one;
        again.handed_in = credit.handed_in.plus_months(1);
        again.line.reference = one.line.reference + "D";
        again.line.amount = corrected_amount(one.line.amount);
        again.line.tariff.reset();
        made_.push_back(std::move(again));
    }

    // A CTG at a practice of a neighbour, somewhere in the prenatal phase.
    void add_outside_care(std::size_t index) {
        const bool hidden = happens(rates_.hidden_outside_care);
        const Pregnancy& pregnancy = life_.pregnancies[index].pregnancy;
        const int first = days_between(pregnancy.first_visit, pregnancy.end);
        const int place = chance_.below(first > 1 ? first - 1 : 1);
        const auto provider = region_.neighbours[chance_.place(region_.neighbours.size())].practice;
        if (!hidden || first <= 1) return;
        Delivered one =
            delivered(region_, fees_, life_, index,
                      {provider, life_.woman.number + "-H" + std::to_string(index + 1),
                       PerformanceCode::of(32, "9019"), Period::day(pregnancy.first_visit.plus_days(place))});
        one.handed_in = Period::month_of(one.line.care.last).last.plus_days(9);
        tell(Fault::hidden_outside_care, one);
        made_.push_back(std::move(one));
    }

    const NoiseRates& rates_;
    const CareRegion& region_;
    const Fees& fees_;
    const Life& life_;
    Chance& chance_;
    std::vector<Mishap>& mishaps_;
    std::vector<Delivered> made_;
};

}  // namespace

NoiseRates NoiseRates::none() {
    return {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0};
}

const char* fault_word(Fault fault) {
    switch (fault) {
        case Fault::late_file: return "late_file";
        case Fault::lost_file: return "lost_file";
        case Fault::file_out_of_order: return "file_out_of_order";
        case Fault::late_line: return "late_line";
        case Fault::line_sent_twice: return "line_sent_twice";
        case Fault::line_corrected: return "line_corrected";
        case Fault::line_credited: return "line_credited";
        case Fault::wrong_bsn_digit: return "wrong_bsn_digit";
        case Fault::wrong_due_days: return "wrong_due_days";
        case Fault::wrong_due_month: return "wrong_due_month";
        case Fault::missing_enrolment: return "missing_enrolment";
        case Fault::hidden_outside_care: break;
    }
    return "hidden_outside_care";
}

std::vector<Delivered> disturb(const NoiseRates& rates, const CareRegion& region, const Fees& fees,
                               const Life& life, std::vector<Delivered> lines, Chance& chance,
                               std::vector<Mishap>& mishaps) {
    return Disturber(rates, region, fees, life, chance, mishaps).all(std::move(lines));
}

int due_date_error(const NoiseRates& rates, const Life& life, std::size_t pregnancy, Chance& chance,
                   std::vector<Mishap>& mishaps) {
    const bool days_off = chance.happens(rates.wrong_due_days);
    const bool month_off = chance.happens(rates.wrong_due_month);
    const int size = month_off ? 30 : chance.between(1, 9);
    const int error = chance.happens(500'000) ? size : -size;
    if (!days_off && !month_off) return 0;
    mishaps.push_back({month_off ? Fault::wrong_due_month : Fault::wrong_due_days, life.woman.number,
                       std::to_string(pregnancy + 1), error});
    return error;
}

std::optional<int> file_delay(const NoiseRates& rates, const std::string& name, Chance& chance,
                              std::vector<Mishap>& mishaps) {
    const bool lost = chance.happens(rates.lost_file);
    const bool late = chance.happens(rates.late_file);
    const bool out_of_order = chance.happens(rates.file_out_of_order);
    const int weeks = chance.between(1, 8);
    if (lost) {
        mishaps.push_back({Fault::lost_file, "", name, 0});
        return std::nullopt;
    }
    if (late) {
        mishaps.push_back({Fault::late_file, "", name, 7 * weeks});
        return 7 * weeks;
    }
    if (!out_of_order) return 0;
    // Past the next bill of the same provider, which is a month later.
    mishaps.push_back({Fault::file_out_of_order, "", name, 33});
    return 33;
}

}  // namespace bundel::sim
