#include "sim/region_files.h"

#include <deque>
#include <fstream>
#include <map>

#include "base/text.h"
#include "sim/claim_file.h"
#include "sim/message_maker.h"
#include "sim/registration.h"
#include "sim/truth.h"

namespace bundel::sim {
namespace fs = std::filesystem;
using base::Done;

namespace {

// The message a provider sends. A hospital sends the version that has room for its activities.
struct Kind {
    const char* message;
    const char* version;
};
Kind message_of(AgbCode provider) {
    if (provider.kind() == 8) return {"VK301", "2.2"};
    return provider.kind() == 6 ? Kind{"ZH308", "9.0"} : Kind{"KZ301", "3.2-provisional"};
}

struct Batch {
    AgbCode provider;
    UzoviCode insurer;
    auto operator<=>(const Batch&) const = default;
};
struct Form {
    std::string practice;
    std::string name;
    auto operator<=>(const Form&) const = default;
};
// What is handed in on one day.
struct DayBook {
    std::map<Batch, std::vector<WomanLine>> lines;
    std::map<Form, std::vector<Cells>> rows;
};

class RegionWriter {
public:
    RegionWriter(const RegionOrder& order, const Calibration& calibration, const Fees& fees,
                 const wire::Layouts& layouts)
        : order_(order),
          calibration_(calibration),
          fees_(fees),
          layouts_(layouts),
          rates_(order.noise ? NoiseRates() : NoiseRates::none()),
          region_(default_region(calibration, order.seed, order.regime, order.births,
                                 order.noise ? Changes::usual : Changes::none)) {}

    Result<RegionSize> write() {
        std::error_code failed;
        if (fs::exists(order_.out, failed))
            return Error{"sim_folder_exists", {{"folder", order_.out.string()}}};
        for (int number = 0; number < order_.women; ++number) BUNDEL_TRY_DONE(live(number));
        BUNDEL_TRY_DONE(put(order_.out / "regio/lidmaatschappen.csv", csv(membership_cells(region_))));
        BUNDEL_TRY_DONE(put(order_.out / "regio/contracten.csv", csv(contract_cells(region_))));
        for (const auto& [day, book] : days_) BUNDEL_TRY_DONE(hand_in(day, book));
        for (const auto& [name, bytes] : truth_files(region_, women_, mishaps_))
            BUNDEL_TRY_DONE(put(order_.out / "waarheid" / name, bytes));
        size_.mishaps = static_cast<long>(mishaps_.size());
        return size_;
    }

private:
    Result<Done> live(int number) {
        auto& woman = women_.emplace_back();
        woman.life = life_of(calibration_, region_, order_.seed, number, order_.births);
        woman.scenario.woman = woman.life.woman;
        Chance noise(order_.seed, "noise", static_cast<std::uint64_t>(number));
        woman.lines = disturb(rates_, region_, fees_, woman.life,
                              care_of(region_, fees_, woman.life, order_.seed), noise, mishaps_);
        Chance told(order_.seed, "registration", static_cast<std::uint64_t>(number));
        woman.scenario.rows = registrations(rates_, region_, woman.life, told, mishaps_);
        for (const auto& one : woman.lines)
            days_[one.handed_in].lines[{one.provider, one.line.insurer}].push_back(
                {&woman.scenario, &one.line});
        int place = 0;
        for (const auto& row : woman.scenario.rows) {
            BUNDEL_TRY(cells, form_cells(woman.scenario, row, ++place));
            days_[row.day].rows[{cells.at("praktijk"), row.form}].push_back(std::move(cells));
        }
        count(woman);
        return Done{};
    }

    void count(const WomanTruth& woman) {
        ++size_.women;
        size_.lines += static_cast<long>(woman.lines.size());
        size_.pregnancies += static_cast<long>(woman.life.pregnancies.size());
        for (const auto& one : woman.life.pregnancies) size_.births += one.pregnancy.is_birth() ? 1 : 0;
    }

    Result<Done> hand_in(Date day, const DayBook& book) {
        for (const auto& [batch, lines] : book.lines) {
            const Kind kind = message_of(batch.provider);
            const Parties parties{batch.provider, region_.region.providers.at(batch.provider), batch.insurer};
            BUNDEL_TRY(bytes, claim_file(layouts_.find(kind.message, kind.version), parties, day, lines));
            const std::string receiver =
                region_.takes_part(batch.provider, day) ? "igo" : batch.insurer.digits();
            const std::string name = std::string(kind.message) + "-" + batch.provider.digits() + "-" +
                                     batch.insurer.digits() + "-" + day.ei() + ".txt";
            BUNDEL_TRY_DONE(deliver(day, receiver, name, bytes));
        }
        for (const auto& [form, rows] : book.rows)
            BUNDEL_TRY_DONE(
                deliver(day, "igo", form.name + "-" + form.practice + "-" + day.ei() + ".csv", csv(rows)));
        return Done{};
    }

    // Late, lost or passed by the next one, as chance has it.
    Result<Done> deliver(Date day, const std::string& receiver, const std::string& name,
                         const std::string& bytes) {
        Chance chance(order_.seed, "file " + name, 0);
        const auto delay = file_delay(rates_, name, chance, mishaps_);
        if (!delay) return Done{};
        ++size_.files;
        return put(order_.out / "berichten" / day.plus_days(*delay).iso() / receiver / name, bytes);
    }

    static Result<Done> put(const fs::path& path, const std::string& bytes) {
        std::error_code failed;
        fs::create_directories(path.parent_path(), failed);
        std::ofstream out(path, std::ios::binary);
        out << bytes;
        out.close();
        if (failed || !out) return Error{"sim_file_unreadable", {{"file", path.string()}}};
        return Done{};
    }

    const RegionOrder& order_;
    const Calibration& calibration_;
    const Fees& fees_;
    const wire::Layouts& layouts_;
    NoiseRates rates_;
    CareRegion region_;
    std::deque<WomanTruth> women_;  // lines are pointed to: they stay where they are
    std::map<Date, DayBook> days_;
    std::vector<Mishap> mishaps_;
    RegionSize size_;
};

}  // namespace

Result<RegionSize> write_region(const RegionOrder& order, const Calibration& calibration, const Fees& fees,
                                const wire::Layouts& layouts) {
    return RegionWriter(order, calibration, fees, layouts).write();
}

}  // namespace bundel::sim
