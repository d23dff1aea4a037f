#include "sim/region_files.h"

#include <deque>
#include <map>

#include "sim/claim_file.h"
#include "sim/files.h"
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
    bool to_igo;
    auto operator<=>(const Batch&) const = default;
};
struct Form {
    std::string practice;
    std::string name;
    auto operator<=>(const Form&) const = default;
};
struct LineOf {
    const Scenario* woman;
    Delivered* line;
};
struct RowOf {
    Cells cells;
    std::optional<Date>* received;
};
// What is handed in on one day.
struct DayBook {
    std::map<Batch, std::vector<LineOf>> lines;
    std::map<Form, std::vector<RowOf>> rows;
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
        BUNDEL_TRY_DONE(write_file(order_.out / "regio/lidmaatschappen.csv", csv(membership_cells(region_))));
        BUNDEL_TRY_DONE(write_file(order_.out / "regio/contracten.csv", csv(contract_cells(region_))));
        for (auto& [day, book] : days_) BUNDEL_TRY_DONE(hand_in(day, book));
        for (const auto& [name, bytes] : truth_files(region_, women_, mishaps_))
            BUNDEL_TRY_DONE(write_file(order_.out / "waarheid" / name, bytes));
        size_.mishaps = static_cast<long>(mishaps_.size());
        return size_;
    }

private:
    Result<Done> live(int number) {
        auto& woman = women_.emplace_back();
        woman.life = life_of(calibration_, region_, order_.seed, number, order_.births);
        woman.scenario.woman = woman.life.woman;
        const auto stream = [&](const char* purpose) {
            return Chance(order_.seed, purpose, static_cast<std::uint64_t>(number));
        };
        Chance care = stream("care");
        Chance noise = stream("noise");
        Chance told = stream("registration");
        woman.lines = disturb(rates_, region_, fees_, woman.life, care_of(region_, fees_, woman.life, care),
                              noise, mishaps_);
        woman.scenario.rows = registrations(rates_, region_, woman.life, told, mishaps_);
        for (auto& one : woman.lines)
            days_[one.handed_in].lines[{one.provider, one.line.insurer, one.to_igo}].push_back(
                {&woman.scenario, &one});
        woman.told.resize(woman.scenario.rows.size());
        for (std::size_t i = 0; i < woman.scenario.rows.size(); ++i) {
            const FormRow& row = woman.scenario.rows[i];
            BUNDEL_TRY(cells, form_cells(woman.scenario, row, static_cast<int>(i) + 1));
            days_[row.day].rows[{cells.at("praktijk"), row.form}].push_back({cells, &woman.told[i]});
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

    Result<Done> hand_in(Date day, DayBook& book) {
        for (auto& [batch, lines] : book.lines) BUNDEL_TRY_DONE(hand_in(day, batch, lines));
        for (auto& [form, rows] : book.rows) {
            const std::string name = form.name + "-" + form.practice + "-" + day.ei() + ".csv";
            const auto received = received_on(day, "igo/" + name);
            std::vector<Cells> cells;
            for (RowOf& row : rows) {
                *row.received = received;
                cells.push_back(std::move(row.cells));
            }
            if (received) BUNDEL_TRY_DONE(deliver(*received, "igo", name, csv(cells)));
        }
        return Done{};
    }

    Result<Done> hand_in(Date day, const Batch& batch, std::vector<LineOf>& lines) {
        const Kind kind = message_of(batch.provider);
        const std::string name = std::string(kind.message) + "-" + batch.provider.digits() + "-" +
                                 batch.insurer.digits() + "-" + day.ei() + ".txt";
        const std::string receiver = batch.to_igo ? "igo" : batch.insurer.digits();
        const auto received = received_on(day, receiver + "/" + name);
        std::vector<WomanLine> written;
        for (LineOf& one : lines) {
            one.line->received = received;
            written.push_back({one.woman, &one.line->line});
        }
        if (!received) return Done{};
        const Parties parties{batch.provider, region_.region.providers.at(batch.provider), batch.insurer};
        BUNDEL_TRY(bytes, claim_file(layouts_.find(kind.message, kind.version), parties, day, written));
        return deliver(*received, receiver, name, bytes);
    }

    // Late, lost or passed by the next one, as chance has it.
    std::optional<Date> received_on(Date day, const std::string& name) {
        Chance chance(order_.seed, "file " + name, 0);
        const auto delay = file_delay(rates_, name, chance, mishaps_);
        if (!delay) return std::nullopt;
        return day.plus_days(*delay);
    }

    Result<Done> deliver(Date received, const std::string& receiver, const std::string& name,
                         const std::string& bytes) {
        ++size_.files;
        return write_file(order_.out / "berichten" / received.iso() / receiver / name, bytes);
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
