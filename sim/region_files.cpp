#include "sim/region_files.h"

#include "base/text.h"
#include "sim/claim_file.h"
#include "sim/files.h"
#include "sim/registration.h"

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

// Where a file stands among those that were received.
struct Place {
    Date day;
    std::string receiver;
    bool message;
    std::string name;
    auto operator<=>(const Place&) const = default;
};
// What it will be made of. Points into the day books.
struct Content {
    Date handed_in;
    const Batch* batch = nullptr;
    std::string series;  // of tables: "uitkomsten "
    std::string number;  // of the invoice, or of the table in its series
    const std::vector<LineOf>* lines = nullptr;
    const std::vector<RowOf>* rows = nullptr;
};

class Maker {
public:
    Maker(const RegionOrder& order, const Calibration& calibration, const Fees& fees,
          const wire::Layouts& layouts)
        : order_(order),
          calibration_(calibration),
          fees_(fees),
          layouts_(layouts),
          rates_(order.noise ? order.rates : NoiseRates::none()) {
        made_.region = default_region(calibration, order.seed, order.regime, order.births,
                                      order.noise ? Changes::usual : Changes::none);
        made_.region.choices = order.choices;
    }

    Result<MadeRegion> make(const Receive& receive) {
        for (const int number : order_.only) BUNDEL_TRY_DONE(live(number));
        for (int number = 0; order_.only.empty() && number < order_.women; ++number)
            BUNDEL_TRY_DONE(live(number));
        for (const auto& [day, book] : days_) hand_in(day, book);
        for (const auto& [place, content] : files_) {
            BUNDEL_TRY(bytes, bytes_of(content));
            BUNDEL_TRY_DONE(receive({place.day, place.receiver, {place.name, std::move(bytes)}}));
        }
        made_.size.files = static_cast<long>(files_.size());
        made_.size.mishaps = static_cast<long>(made_.mishaps.size());
        return std::move(made_);
    }

private:
    Result<Done> live(int number) {
        auto& woman = made_.women.emplace_back();  // lines are pointed to: they stay where they are
        woman.life = life_of(calibration_, made_.region, order_.seed, number, order_.births);
        woman.scenario.woman = woman.life.woman;
        const auto stream = [&](const char* purpose) {
            return Chance(order_.seed, purpose, static_cast<std::uint64_t>(number));
        };
        Chance care = stream("care");
        Chance noise = stream("noise");
        Chance told = stream("registration");
        woman.lines = disturb(rates_, made_.region, fees_, woman.life,
                              care_of(made_.region, fees_, woman.life, care), noise, made_.mishaps);
        woman.scenario.rows = registrations(rates_, made_.region, woman.life, told, made_.mishaps);
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
        RegionSize& size = made_.size;
        ++size.women;
        size.lines += static_cast<long>(woman.lines.size());
        size.pregnancies += static_cast<long>(woman.life.pregnancies.size());
        for (const auto& one : woman.life.pregnancies) size.births += one.pregnancy.is_birth() ? 1 : 0;
    }

    void hand_in(Date day, const DayBook& book) {
        for (const auto& [batch, lines] : book.lines) {
            const std::string name = std::string(message_of(batch.provider).message) + "-" +
                                     batch.provider.digits() + "-" + batch.insurer.digits() + "-" + day.ei() +
                                     ".txt";
            const std::string receiver = batch.to_igo ? "igo" : batch.insurer.digits();
            deliver({day, receiver, true, name},
                    {day, &batch, "", next_invoice(batch.provider, receiver), &lines, nullptr});
        }
        for (const auto& [form, rows] : book.rows)
            deliver({day, "igo", false, form.name + "-" + form.practice + "-" + day.ei() + ".csv"},
                    {day, nullptr, form.name + " ", next_delivery(form), nullptr, &rows});
    }

    // Each provider numbers its invoices one by one, in a series for each receiver: "I000017", "9101-000003".
    std::string next_invoice(AgbCode provider, const std::string& receiver) {
        const int number = ++invoices_[{provider, receiver}];
        return (receiver == "igo" ? "I" : receiver + "-") + base::zero_padded(number, 6);
    }

    std::string next_delivery(const Form& form) { return base::zero_padded(++deliveries_[form], 4); }

    // Late, lost or passed by the next one, as chance has it; what is in it is received with it.
    void deliver(Place place, const Content& content) {
        const std::string subject = place.receiver + "/" + place.name;
        Chance chance(order_.seed, "file " + subject, 0);
        const auto delay = file_delay(rates_, subject, chance, made_.mishaps);
        if (!delay) {
            made_.mishaps.back().number = content.series + content.number;
            return;
        }
        place.day = place.day.plus_days(*delay);
        if (content.lines != nullptr) {
            for (const LineOf& one : *content.lines) one.line->received = place.day;
        } else {
            for (const RowOf& one : *content.rows) *one.received = place.day;
        }
        files_.emplace(std::move(place), content);
    }

    Result<std::string> bytes_of(const Content& content) const {
        if (content.rows != nullptr) {
            std::vector<Cells> cells;
            for (const RowOf& one : *content.rows) {
                cells.push_back(one.cells);
                cells.back()["levering"] = content.number;
            }
            return csv(cells);
        }
        const Batch& batch = *content.batch;
        const Kind kind = message_of(batch.provider);
        const Parties parties{batch.provider, made_.region.region.providers.at(batch.provider), batch.insurer,
                              content.number};
        std::vector<WomanLine> lines;
        for (const LineOf& one : *content.lines) lines.push_back({one.woman, &one.line->line});
        return claim_file(layouts_.find(kind.message, kind.version), parties, content.handed_in, lines);
    }

    const RegionOrder& order_;
    const Calibration& calibration_;
    const Fees& fees_;
    const wire::Layouts& layouts_;
    NoiseRates rates_;
    std::map<Date, DayBook> days_;
    std::map<std::pair<AgbCode, std::string>, int> invoices_;
    std::map<Form, int> deliveries_;
    std::map<Place, Content> files_;
    MadeRegion made_;
};

}  // namespace

Result<MadeRegion> make_region(const RegionOrder& order, const Calibration& calibration, const Fees& fees,
                               const wire::Layouts& layouts, const Receive& receive) {
    return Maker(order, calibration, fees, layouts).make(receive);
}

std::vector<File> own_files(const CareRegion& region) {
    return {{"lidmaatschappen.csv", csv(membership_cells(region))},
            {"contracten.csv", csv(contract_cells(region))}};
}

Result<RegionSize> write_region(const RegionOrder& order, const Calibration& calibration, const Fees& fees,
                                const wire::Layouts& layouts) {
    std::error_code failed;
    if (fs::exists(order.out, failed)) return Error{"sim_folder_exists", {{"folder", order.out.string()}}};
    const auto receive = [&](const Received& one) {
        return write_file(order.out / "berichten" / one.day.iso() / one.receiver / one.file.name,
                          one.file.bytes);
    };
    BUNDEL_TRY(made, make_region(order, calibration, fees, layouts, receive));
    BUNDEL_TRY_DONE(write_file(order.out / "verzekeraars/verzekeraars.csv", csv(insurer_cells())));
    BUNDEL_TRY_DONE(write_file(order.out / "namen.csv", csv(name_cells(made.region.region))));
    for (const File& file : own_files(made.region))
        BUNDEL_TRY_DONE(write_file(order.out / "regio" / file.name, file.bytes));
    for (const auto& [name, bytes] : truth_files(made.region, made.women, made.mishaps))
        BUNDEL_TRY_DONE(write_file(order.out / "waarheid" / name, bytes));
    return made.size;
}

}  // namespace bundel::sim
