#include "engine/answers.h"

#include <algorithm>
#include <set>

#include "engine/books.h"
#include "engine/messages.h"
#include "engine/payments.h"
#include "engine/women.h"
#include "reply/reply.h"

namespace bundel::engine {
using base::Finding;
using base::Severity;
using claim::Kind;
using claim::Sent;
using claim::State;
using facts::FixedText;

namespace {

// COD954: the whole message is approved (domain: VEKTIS retourinformatie). On record 01 it speaks for every
// line.
constexpr std::string_view fully_approved = "8001";
// COD954: nothing to say of this record; the codes stand at the lines.
const std::string nothing_to_say = "0200";

struct Verdict {
    Sent claim;
    Cents calculated;  // signed as the insurer wrote it
    std::vector<std::string> codes;
};

void find(base::Findings& findings, const char* code, const std::string& file, std::string reference) {
    Finding finding;
    finding.code = code;
    finding.severity = Severity::line_refused;
    finding.where.file = file;
    finding.params.emplace_back("reference", std::move(reference));
    findings.push_back(std::move(finding));
}

State state_for(const Sent& claim, Cents granted) {
    if (granted == claim.amount) return State::approved;
    return granted.is_zero() ? State::rejected : State::approved_other_amount;
}

void set_codes(Sent& claim, const std::vector<std::string>& codes) {
    claim.codes = {};
    std::size_t i = 0;
    for (const std::string& code : codes) {
        if (i < claim.codes.size() && FixedText<4>::fits(code)) claim.codes[i++] = FixedText<4>::of(code);
    }
}

// A claim that was not answered before gets its answer; a second, other answer is refused, nothing is
// overwritten.
bool take(Sent& claim, Cents granted, const std::vector<std::string>& codes, Date received,
          const std::string& file, base::Findings& findings) {
    const State next = state_for(claim, granted);
    if (claim::is_final(claim.state)) {
        const bool same = claim.granted == granted;
        if (!same) find(findings, "answer_contradicts", file, claim.reference.str());
        return false;
    }
    if (!claim::may_follow(claim.state, next)) {
        find(findings, "answer_before_sending", file, claim.reference.str());
        return false;
    }
    claim.state = next;
    claim.granted = granted;
    claim.answered_day = received;
    set_codes(claim, codes);
    return true;
}

struct Answering {
    World& world;
    const intake::Answers& answers;
    Digest message;
    const std::string& file;
    Date received;
    base::Findings& findings;
};

// What is said of single lines, then what is said of the whole file.
Result<std::vector<Verdict>> verdicts_of(Answering& a, const Outgoing& outgoing) {
    std::vector<Verdict> verdicts;
    std::set<Reference> named;
    for (const intake::AnswerLine& line : a.answers.lines) {
        BUNDEL_TRY(claim, a.world.store.claim(a.answers.declarant, line.reference));
        if (!claim || claim->message != outgoing.number) {
            find(a.findings, "answer_unknown_reference", a.file, line.reference.str());
            continue;
        }
        named.insert(line.reference);
        const Cents granted = claim->credit ? -line.granted : line.granted;
        if (granted.is_negative())
            find(a.findings, "answer_wrong_side", a.file, line.reference.str());
        else if (granted > claim->amount)
            find(a.findings, "answer_above_claim", a.file, line.reference.str());
        else if (take(*claim, granted, line.codes, a.received, a.file, a.findings))
            verdicts.push_back({*claim, line.calculated, line.codes});
    }
    const auto& codes = a.answers.codes;
    const bool all_good = std::find(codes.begin(), codes.end(), fully_approved) != codes.end();
    const bool all_bad = !all_good && !codes.empty() && a.answers.lines.empty();
    if (!all_good && !all_bad) return verdicts;
    BUNDEL_TRY(claims, a.world.store.claims_in(outgoing.number));
    for (Sent& claim : claims) {
        if (named.contains(claim.reference) || claim::is_final(claim.state)) continue;
        const Cents granted = all_good ? claim.amount : Cents();
        if (!take(claim, granted, codes, a.received, a.file, a.findings)) continue;
        verdicts.push_back({claim, claim.credit ? -granted : granted, codes});
    }
    return verdicts;
}

// Claims from before the first day went out in messages that we do not have: their answers are known by the
// references in them.
Result<bool> about_adopted(World& world, const intake::Answers& answers) {
    for (const intake::AnswerLine& line : answers.lines) {
        BUNDEL_TRY(claim, world.store.claim(answers.declarant, line.reference));
        if (claim && claim->message == 0) return true;
    }
    return false;
}

bool tells_outside_care(const World& world, const Sent& claim) {
    if (claim.credit || claim.kind != Kind::integrated || claim.state != State::rejected) return false;
    return std::any_of(claim.codes.begin(), claim.codes.end(), [&](const auto& code) {
        const auto* known = code.empty() ? nullptr : world.rulebook.return_code(code.view());
        return known != nullptr && known->outside_care;
    });
}

facts::Known<facts::OutsideCare> outside_care(const Answering& a, const Sent& claim) {
    facts::OutsideCare care;
    care.key.key = FixedText<40>::of("afwijzing/" + claim.declarant.digits() + "/" + claim.reference.str());
    care.person = claim.person;
    care.source = facts::OutsideSource::return_code;
    care.insurer = claim.insurer;
    care.care = claim.care;
    care.claim = claim.reference;
    return {care, a.received, {a.message, 1}};
}

// The line of a participant that this claim carries, also under a reference of ours, where it was received
// first. None for a credit of our own making: the participant never declared that.
Result<std::optional<LineRow>> source_of(World& world, const Sent& claim) {
    const bool ours = claim.credit && claim.line.reference != claim.reference;
    if (claim.kind != Kind::forwarded || ours) return std::optional<LineRow>();
    BUNDEL_TRY(rows, world.store.lines(claim.line));
    const auto first = first_received(rows);
    return first == rows.end() ? std::optional<LineRow>() : std::optional<LineRow>(*first);
}

std::optional<Date> latest_submit_day(const World& world, const Sent& claim) {
    return claim.care.last.plus_months(world.rulebook.mono_terms().submit_months.value);
}

// Nobody published this layout: no participant's program was made to read it. The answer itself is kept.
void note_not_returned(const Answering& a, const wire::Layout& layout, AgbCode participant) {
    Finding note;
    note.code = "answer_not_returned";
    note.where.file = a.file;
    note.params = {{"layout", layout.name()}, {"participant", participant.digits()}};
    a.findings.push_back(std::move(note));
}

// The insurer's codes were of our message. Approved in full may be said of another only when all of it is
// answered.
std::vector<std::string> header_codes(std::vector<std::string> codes, const wire::Message& source,
                                      const std::vector<reply::Verdict>& verdicts) {
    if (verdicts.size() < reply::lines_in(source)) std::erase(codes, fully_approved);
    if (codes.empty()) codes.push_back(nothing_to_say);
    return codes;
}

Result<Done> plan_return(Answering& a, const Digest& source_id,
                         const std::vector<std::pair<LineRow, Verdict>>& lines) {
    auto source = stored_message(a.world, source_id);
    if (!source.ok()) return Done{};  // somebody in it was forgotten: there is nothing left to answer to
    const auto layout = a.world.layouts.answer_to(source->layout());
    if (!layout) return Error{"answer_layout_missing", {{"layout", source->layout().name()}}};
    if (a.world.settings.live && layout->status() != wire::Status::verified) {
        note_not_returned(a, *layout, lines.front().second.claim.declarant);
        return Done{};
    }
    std::vector<reply::Verdict> verdicts;
    for (const auto& [row, verdict] : lines) {
        BUNDEL_TRY(record, record_index(*source, row.record));
        const Sent& claim = verdict.claim;
        verdicts.push_back({record, claim.person, verdict.calculated,
                            claim.credit ? -claim.granted : claim.granted, verdict.codes,
                            reply::advice(claim, a.world.rulebook, texts::Texts::dutch(),
                                          latest_submit_day(a.world, claim))});
    }
    const Date day = a.answers.day.value_or(a.received);
    BUNDEL_TRY(segments, reply::write_return(layout, *source, a.answers.insurer_reference, day,
                                             header_codes(a.answers.codes, *source, verdicts), verdicts));
    Outgoing outgoing;
    outgoing.kind = layout->name();
    outgoing.declarant = lines.front().second.claim.declarant;
    outgoing.as_of = a.received;
    BUNDEL_TRY(number, a.world.store.next_number("return"));
    outgoing.file_name = "deelnemers/" + outgoing.declarant.digits() + "/" + layout->message() + "_" +
                         outgoing.declarant.digits() + "_R" + base::zero_padded(number, 9) + ".txt";
    BUNDEL_TRY(planned, plan_message(a.world, outgoing, segments));
    static_cast<void>(planned);
    return Done{};
}

Result<Done> keep_verdict(Answering& a, const Verdict& verdict, Books& books,
                          std::map<PersonId, facts::Reading>& outside) {
    const Sent& claim = verdict.claim;
    BUNDEL_TRY_DONE(a.world.store.set_claim(claim, a.received, a.message));
    BUNDEL_TRY(of_woman, a.world.store.claims_of(claim.person));
    const Date booking_day = open_day(books.book().contents().closings, a.received);
    BUNDEL_TRY_DONE(book_answer(books, claim, of_woman, a.world.rulebook, booking_day));
    BUNDEL_TRY_DONE(apply_waiting(a.world, books, claim, booking_day));
    if (tells_outside_care(a.world, claim)) outside[claim.person].outside.push_back(outside_care(a, claim));
    return mark_with_linked(a.world, claim.person);
}

}  // namespace

Result<Applied> apply(World& world, const intake::Answers& answers, const Digest& message,
                      const std::string& name, Date received, base::Findings& findings) {
    Answering a{world, answers, message, name, received, findings};
    BUNDEL_TRY(outgoing, world.store.outgoing_by_invoice(answers.declarant, answers.invoice));
    if (!outgoing) {
        BUNDEL_TRY(adopted, about_adopted(world, answers));
        if (adopted) outgoing = Outgoing{};  // number 0: of no message of ours
    }
    if (!outgoing) {
        find(findings, "answer_unknown_invoice", name, answers.invoice);
        findings.back().severity = Severity::claim_refused;
        return Applied{};
    }
    BUNDEL_TRY(verdicts, verdicts_of(a, *outgoing));
    BUNDEL_TRY(books, Books::open(world.store));
    std::map<PersonId, facts::Reading> outside;
    std::map<Digest, std::vector<std::pair<LineRow, Verdict>>> returns;
    std::set<PersonId> persons;
    for (const Verdict& verdict : verdicts) {
        BUNDEL_TRY_DONE(keep_verdict(a, verdict, books, outside));
        persons.insert(verdict.claim.person);
        BUNDEL_TRY(source, source_of(world, verdict.claim));
        if (source) returns[source->message].emplace_back(*source, verdict);
    }
    for (const auto& [person, reading] : outside) {
        BUNDEL_TRY_DONE(
            world.store.put_reading(person, message, facts::intake_version, facts::encode(reading)));
    }
    for (const auto& [source, lines] : returns) BUNDEL_TRY_DONE(plan_return(a, source, lines));
    return Applied{verdicts.size(), persons.size()};
}

}  // namespace bundel::engine
