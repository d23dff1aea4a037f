#include "system/holding.h"

#include <unistd.h>

#include <fstream>
#include <sstream>

#include "engine/report.h"

namespace bundel::testing {
namespace fs = std::filesystem;
using namespace engine;

namespace {

std::string day(const std::optional<Date>& date) {
    return date ? date->iso() : "-";
}

std::string of_claim(const claim::Sent& claim) {
    std::string text = "claim " + claim.declarant.digits() + "/" + claim.reference.str();
    text += claim.credit ? " credits " + claim.debit.str() : " debit";
    text += " " + claim.insurer.digits() + " " + claim.performance.str() + " " + claim.care.first.iso() +
            " " + claim.care.last.iso() + " " + claim.amount.euros() + " " + claim.line.str() + " message " +
            std::to_string(claim.message) + " " + claim::word(claim.state) + " " + claim.as_of.iso() + " " +
            day(claim.sent_day) + " " + day(claim.answered_day) + " " + claim.granted.euros() + " " +
            claim.trail.hex();
    for (const auto& code : claim.codes) text += " " + code.str();
    return text;
}

std::string of_outgoing(const Outgoing& o) {
    return "outgoing " + std::to_string(o.number) + " " + o.kind + " " + o.file_name + " " + o.message.hex() +
           " " + o.as_of.iso() + " " + std::to_string(static_cast<int>(o.state)) + " " + day(o.sent_day);
}

std::string of_question(const QuestionRow& q) {
    std::string text = "question " + q.person.hex() + " " + q.key + " " + q.code + " " + q.amount.euros() +
                       " " + day(q.deadline);
    for (const auto& [name, value] : q.params) text += " " + name + "=" + value;
    return text;
}

std::string of_finding(const base::Finding& f) {
    return "finding " + f.code + " " + f.where.file + " " + std::to_string(f.where.record) + " " +
           f.where.field;
}

void messages(Store& store, std::ostream& out) {
    for (const auto direction : {Direction::received, Direction::sent}) {
        for (const auto& row : must(store.messages(direction)))
            out << "message " << row.id.hex() << " " << row.kind << " " << row.name << "\n";
    }
    for (const auto& [message, received] : must(store.receipts()))
        out << "receipt " << message.hex() << " " << received.iso() << "\n";
}

void readings(Store& store, PersonId person, std::ostream& out) {
    for (const auto& row : must(store.readings(person)))
        out << "reading " << person.hex() << " " << row.message.hex() << " " << base::digest(row.blob).hex()
            << "\n";
}

void women(World& world, std::ostream& out) {
    readings(world.store, PersonId{}, out);
    for (const PersonId person : must(world.store.persons())) {
        out << "person " << person.hex() << (world.identities.identity(person).ok() ? "" : " NOBODY") << "\n";
        readings(world.store, person, out);
        const auto row = must(world.store.case_of(person));
        if (row)
            out << "case " << row->as_of.iso() << " " << row->digest.hex() << " " << row->actions << "\n";
    }
}

}  // namespace

std::map<std::string, std::string> files_below(const fs::path& folder) {
    std::map<std::string, std::string> files;
    if (!fs::is_directory(folder)) return files;
    for (const auto& entry : fs::recursive_directory_iterator(folder)) {
        if (!entry.is_regular_file()) continue;
        std::stringstream text;
        text << std::ifstream(entry.path(), std::ios::binary).rdbuf();
        files[fs::relative(entry.path(), folder).string()] = text.str();
    }
    return files;
}

std::string holding(World& world, Date as_of) {
    std::stringstream out;
    Store& store = world.store;
    messages(store, out);
    women(world, out);
    for (const auto& question : must(store.questions())) out << of_question(question) << "\n";
    for (const auto& finding : must(store.findings())) out << of_finding(finding) << "\n";
    for (const auto& outgoing : must(store.all_outgoing())) out << of_outgoing(outgoing) << "\n";
    for (const auto& claim : must(store.all_claims())) out << of_claim(claim) << "\n";
    for (const auto& entry : must(store.entries()))
        out << "entry " << entry.number << " " << entry.content.key << " " << entry.digest.hex() << "\n";
    for (const auto& row : must(store.statements()))
        out << "statement " << row.account << " " << row.id << " " << row.content.hex() << "\n";
    for (const auto& row : must(store.unsettled_movements()))
        out << "movement " << row.key.hex() << " " << row.amount.euros() << " " << static_cast<int>(row.state)
            << "\n";
    for (const auto& row : must(store.payouts()))
        out << "payout " << row.number << " " << static_cast<int>(row.state) << " " << row.approved_by << " "
            << row.outgoing << " " << row.lines.size() << "\n";
    for (const auto& closing : must(store.closings()))
        out << "closing " << closing.period.first.iso() << " " << closing.digest.hex() << "\n";
    out << to_json(must(overview(world, as_of))) << "\n";
    return out.str();
}

OwnFolder::OwnFolder(const std::string& name) {
    const fs::path memory = "/dev/shm";
    std::error_code problem;
    const fs::path above = fs::is_directory(memory, problem) ? memory : fs::temp_directory_path();
    path = above / ("bundel-" + name + "-" + std::to_string(::getpid()));
    fs::remove_all(path);
    fs::create_directories(path);
}

OwnFolder::~OwnFolder() {
    std::error_code problem;
    fs::remove_all(path, problem);
}

}  // namespace bundel::testing
