#include "sim/region_insurers.h"

#include <algorithm>

#include "sim/elements.h"
#include "sim/files.h"
#include "sim/form_file.h"
#include "wire/decode.h"

namespace bundel::sim {
namespace fs = std::filesystem;
using base::Done;

namespace {

constexpr int day_of_month = 15;  // for what they do once a month: a choice

std::vector<fs::path> folders_in(const fs::path& folder) {
    std::vector<fs::path> folders;
    std::error_code none;
    for (const auto& entry : fs::directory_iterator(folder, none)) {
        if (entry.is_directory()) folders.push_back(entry.path());
    }
    std::sort(folders.begin(), folders.end());
    return folders;
}

// A reference is used once by a declarant, so it is a key.
Cells payment_cells(const Payment& one, Date day) {
    return {{"sleutel", one.insurer.digits() + "-" + one.declarant + "-" + one.reference},
            {"uzovi", one.insurer.digits()},
            {"indiener", one.declarant},
            {"claim", one.reference},
            {"betaaldag", day.iso()},
            {"bedrag", one.amount.plain_euros()}};
}

// For each label a file of its rows.
template <class Item, class ToCells>
void add_tables(const std::vector<Item>& items, const std::string& form, Date day, ToCells to_cells,
                std::vector<File>& files) {
    std::map<UzoviCode, std::vector<Cells>> tables;
    for (const Item& one : items) tables[one.insurer].push_back(to_cells(one));
    for (const auto& [label, rows] : tables)
        files.push_back({form + "-" + label.digits() + "-" + day.ei() + ".csv", csv(rows)});
}

}  // namespace

Cells overlap_cells(const OutsideCare& one) {
    return {{"sleutel", one.insurer.digits() + "-" + one.declarant + "-" + one.reference},
            {"bsn", one.bsn},
            {"uzovi", one.insurer.digits()},
            {"declarant", one.declarant},
            {"begin", one.care.first.iso()},
            {"eind", one.care.last.iso()},
            {"bedrag", amount_cell(one.amount)},
            {"versie", one.withdrawn ? "2" : "1"},
            {"vervallen", one.withdrawn ? "ja" : "nee"}};
}

Result<std::vector<RegionNews>> news_of(const fs::path& region) {
    const auto messages = region / "berichten";
    std::vector<RegionNews> news;
    for (const auto& folder : folders_in(messages)) {
        BUNDEL_TRY(day, Date::parse(folder.filename().string()));
        news.push_back({day, folder});
    }
    if (news.empty()) return Error{"sim_file_unreadable", {{"file", messages.string()}}};
    return news;
}

Result<RegionKnowledge> read_knowledge(const fs::path& region, const fs::path& layouts) {
    BUNDEL_TRY(news, news_of(region));
    BUNDEL_TRY(read, read_layouts(layouts));
    BUNDEL_TRY(rules, read_insurer_rules(region, layouts / "../regimes"));
    return RegionKnowledge{std::move(news), std::move(read), std::move(rules)};
}

RegionInsurers::RegionInsurers(RegionKnowledge known)
    : known_(std::move(known)),
      insurers_(known_.layouts, &known_.rules),
      lived_(known_.news.front().day.plus_days(-1)) {}

Result<RegionInsurers::Sent> RegionInsurers::read_sent(UzoviCode insurer, const fs::path& path) const {
    const auto name = path.filename().string();
    BUNDEL_TRY(bytes, read_file(path));
    BUNDEL_TRY(message, readable({name, std::move(bytes)}, known_.layouts));
    BUNDEL_TRY(dated, column_of(message.layout(), wire::code_header, "DAT031"));
    BUNDEL_TRY(invoice, column_of(message.layout(), wire::code_header, "NUM029"));
    const auto& header = message.records().front();
    const auto day = wire::date(message.field(header, dated));
    if (!day) return Error{"sent_file_refused", {{"file", name}, {"finding", "DAT031"}}};
    return Sent{*day, wire::utf8(message.field(header, invoice)), insurer, std::move(message)};
}

Result<Done> RegionInsurers::read_outbox(const fs::path& outbox) {
    if (!fs::is_directory(outbox)) return Error{"sim_file_unreadable", {{"file", outbox.string()}}};
    for (const auto& folder : folders_in(outbox / "verzekeraars")) {
        BUNDEL_TRY(insurer, UzoviCode::parse(folder.filename().string()));
        for (const auto& path : files_in(folder, ".txt")) {
            if (!read_.insert(path).second) continue;
            BUNDEL_TRY(sent, read_sent(insurer, path));
            waiting_.push_back(std::move(sent));
        }
    }
    std::stable_sort(waiting_.begin(), waiting_.end(), [](const Sent& a, const Sent& b) {
        return std::tie(a.dated, a.invoice) < std::tie(b.dated, b.invoice);
    });
    return receive_dated(lived_);
}

Result<Done> RegionInsurers::receive_dated(Date last) {
    while (!waiting_.empty() && waiting_.front().dated <= last) {
        const Sent sent = std::move(waiting_.front());
        waiting_.pop_front();
        BUNDEL_TRY_DONE(insurers_.receive(sent.insurer, sent.message, sent.dated));
    }
    return Done{};
}

Result<std::vector<File>> RegionInsurers::live_until(Date day) {
    std::vector<File> files;
    while (lived_ < day) {
        const Date today = lived_.plus_days(1);
        BUNDEL_TRY_DONE(live(today, files));
        lived_ = today;
        BUNDEL_TRY_DONE(receive_dated(today));  // bundel works at the end of the day
    }
    return files;
}

Result<Done> RegionInsurers::live(Date day, std::vector<File>& files) {
    for (; next_ < known_.news.size() && known_.news[next_].day <= day; ++next_)
        BUNDEL_TRY_DONE(hand_in(known_.news[next_].folder));
    for (auto& file : insurers_.answers_due(day)) {
        files.push_back(std::move(file));
        ++answered_;
    }
    if (day.day() != day_of_month) return Done{};
    add_tables(insurers_.overlaps(day), "samenloop", day, overlap_cells, files);
    add_tables(
        insurers_.payments(day), "betalingen", day,
        [&](const Payment& one) { return payment_cells(one, day); }, files);
    return Done{};
}

// Messages to the IGO too: what it passes on must arrive as it left.
Result<Done> RegionInsurers::hand_in(const fs::path& folder) {
    for (const auto& receiver : folders_in(folder)) {
        for (const auto& path : files_in(receiver, ".txt")) {
            BUNDEL_TRY(bytes, read_file(path));
            const File file{path.filename().string(), std::move(bytes)};
            if (receiver.filename() == "igo") {
                BUNDEL_TRY_DONE(insurers_.handed_in(file));
                continue;
            }
            BUNDEL_TRY(insurer, UzoviCode::parse(receiver.filename().string()));
            BUNDEL_TRY_DONE(insurers_.outside(insurer, file));
        }
    }
    return Done{};
}

namespace {

// True: it was not there yet. It appears at once, never half.
Result<bool> write_once(const fs::path& folder, const File& file) {
    const auto path = folder / file.name;
    if (fs::exists(path)) {
        BUNDEL_TRY(bytes, read_file(path));
        if (bytes != file.bytes) return Error{"insurer_file_differs", {{"file", path.string()}}};
        return false;
    }
    const auto half = folder / ("." + file.name + ".half");
    BUNDEL_TRY_DONE(write_file(half, file.bytes));
    std::error_code failed;
    fs::rename(half, path, failed);
    if (failed) return Error{"sim_file_unwritable", {{"file", path.string()}}};
    return true;
}

InsurerCount count_of(const std::vector<Verdict>& verdicts) {
    InsurerCount count;
    count.judged = static_cast<long>(verdicts.size());
    for (const Verdict& one : verdicts) {
        if (one.codes.empty()) {
            ++count.granted;
        } else if (one.accepted()) {
            ++count.reduced;
        } else {
            ++count.refused[one.codes.front()];
        }
    }
    return count;
}

}  // namespace

Result<InsurerCount> run_insurers(const InsurerRun& run) {
    BUNDEL_TRY(known, read_knowledge(run.region, run.layouts));
    RegionInsurers insurers(std::move(known));
    BUNDEL_TRY_DONE(insurers.read_outbox(run.outbox));
    BUNDEL_TRY(files, insurers.live_until(run.as_of));
    InsurerCount count = count_of(insurers.verdicts());
    for (const File& file : files) {
        BUNDEL_TRY(is_new, write_once(run.out, file));
        count.written += is_new ? 1 : 0;
    }
    return count;
}

void print_count(const InsurerCount& count, std::ostream& out) {
    long refused = 0;
    for (const auto& [code, lines] : count.refused) refused += lines;
    out << count.judged << " regels beoordeeld: " << count.granted << " toegekend, " << count.reduced
        << " voor een lager bedrag, " << refused << " afgewezen\n";
    for (const auto& [code, lines] : count.refused) out << "  " << code << "  " << lines << "\n";
    out << count.written << " nieuwe bestanden geschreven\n";
}

}  // namespace bundel::sim
