#include "play.h"

namespace bundel::testing {
using values::Cents;
using values::Date;

// Read once: never changed.
const rulebook::Rulebook& shipped_rulebook() {
    static const rulebook::Rulebook book = load_rulebook();
    return book;
}
const rulebook::Rulebook& second_catalogue() {
    static const rulebook::Rulebook book = load_rulebook(second_catalogue_files());
    return book;
}

Play::Play(const rulebook::Rulebook& rules)
    : layouts_(wire::testing::all_layouts()), world{fixture_.store,  fixture_.identities,
                                                    fixture_.outbox, rules,
                                                    layouts_,        engine::Settings{region_igo, false}} {}

void Play::import(const std::string& name, const std::string& bytes, Date received) {
    const auto imported = must("import", engine::import_file(world, name, bytes, received));
    if (imported.refused) throw Broken{"refused " + name + " " + imported.findings.front().code};
    const auto [at, fresh] = sources_.emplace(imported.message, Source{{}, received});
    if (fresh)
        at->second.lines = declared_in(bytes, layouts_);
    else
        at->second.received = std::min(at->second.received, received);
}

void Play::assess(Date as_of, std::size_t batch) {
    static_cast<void>(must("assess", engine::assess_due(world, as_of, {}, batch)));
}

engine::Run Play::run(Date as_of) {
    auto run = must("run", engine::run(world, as_of));
    Cents sum = run.divided.reserve + run.divided.undivided;
    for (const auto& [payee, share] : run.divided.shares) sum += share;
    if (sum != run.divided.pot) throw Broken{"shares are not the pot"};
    return run;
}

std::vector<std::string> Play::posted() {
    std::vector<std::string> fresh;
    for (const auto& [name, bytes] : posted_by_name()) fresh.push_back(bytes);
    return fresh;
}

std::map<std::string, std::string> Play::posted_by_name() {
    std::map<std::string, std::string> fresh;
    for (const auto& [name, bytes] : fixture_.outbox.sent) {
        if (name.starts_with("verzekeraars/") && seen_.insert(name).second) fresh[name] = bytes;
    }
    return fresh;
}

std::size_t Play::outgoing() {
    return fixture_.outbox.sent.size();
}

base::Digest Play::state() {
    return must("digest", engine::state_digest(world));
}
base::Digest Play::state(PersonId person) {
    return must("digest", engine::state_digest(world, person));
}

std::set<PersonId> Play::women(Date as_of) {
    std::set<PersonId> found;
    for (const PersonId person : must("persons", world.store.persons()))
        found.insert(must("load", engine::load_woman(world, person, as_of)).gathered.woman.person);
    return found;
}

std::map<PersonId, base::Digest> Play::cases() {
    std::map<PersonId, base::Digest> found;
    for (const PersonId person : must("persons", world.store.persons())) {
        if (const auto row = must("case", world.store.case_of(person))) found[person] = row->digest;
    }
    return found;
}

std::map<PersonId, std::vector<claim::Position>> Play::positions(Date as_of) {
    std::map<PersonId, std::vector<claim::Position>> found;
    for (const PersonId person : women(as_of)) {
        const auto loaded = must("load", engine::load_woman(world, person, as_of));
        auto net = claim::net_position(loaded.sent, world.rulebook);
        if (!net.empty()) found[person] = std::move(net);
    }
    return found;
}

std::string Play::history() {
    std::string text;
    for (const claim::Sent& claim : must("claims", world.store.all_claims())) {
        text += "\n  " + claim.person.hex().substr(0, 4) + " " + claim.declarant.digits() + "/" +
                claim.reference.str() + (claim.credit ? " credit of " + claim.debit.str() : "") + " " +
                claim.insurer.digits() + " " + claim.performance.str() + " " + claim.care.first.iso() + ".." +
                claim.care.last.iso() + " " + claim.amount.euros() + " granted " + claim.granted.euros() +
                " " + claim::word(claim.state) + " known on " + claim.as_of.iso();
    }
    return text;
}

namespace {

void check_parts(const pathway::Pathway& pathway, Cents& total) {
    std::map<std::uint32_t, Cents> placed;
    for (const auto& part : pathway.parts) placed[part.line] += part.amount;
    for (const auto& unplaced : pathway.unplaced) placed[unplaced.line] += unplaced.amount;
    for (std::uint32_t i = 0; i < pathway.known.lines.size(); ++i) {
        if (placed[i] != pathway.known.lines[i].fact.amount) throw Play::Broken{"parts are not the line"};
        total += pathway.known.lines[i].fact.amount;
    }
}

}  // namespace

// Of a reference used twice what was received first.
Cents Play::declared(Date as_of) const {
    std::vector<std::tuple<Date, base::Digest, const Source*>> known;
    for (const auto& [id, source] : sources_) {
        if (source.received <= as_of) known.emplace_back(source.received, id, &source);
    }
    std::sort(known.begin(), known.end());
    std::set<std::string> counted;
    Cents total;
    for (const auto& [received, id, source] : known) {
        for (const Declared& line : source->lines) {
            if (counted.insert(line.line).second) total += line.amount;
        }
    }
    return total;
}

void Play::check_sums(Date as_of) {
    const auto known = facts::known_on(must("agreements", engine::load_agreements(world)), as_of);
    Cents total;
    for (const PersonId person : women(as_of)) {
        const auto standing = must("stand", engine::stand(world, person, known, as_of));
        check_parts(standing.wanted.pathway, total);
        for (const auto& breach : claim::breaches(standing.loaded.sent, world.rulebook))
            throw Broken{std::string("breach ") + breach.code + " " + breach.reference.str()};
    }
    const Cents read = declared(as_of);
    if (total != read) throw Broken{"placed and unplaced " + total.euros() + ", read " + read.euros()};
}

void Play::check_sound() {
    const auto verified = must("verify", engine::verify(world));
    if (!verified.breaches.empty()) throw Broken{"verify: " + as_text(verified.breaches.front())};
}

}  // namespace bundel::testing
