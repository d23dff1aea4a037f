#include "engine/settlements.h"

#include <algorithm>
#include <set>

#include "base/text.h"
#include "engine/comparison.h"
#include "engine/payments.h"
#include "ledger/check.h"

namespace bundel::engine {
using intake::Settlement;
using intake::SettlementOf;
using ledger::Entry;
using ledger::Event;
using ledger::EventKind;

namespace {

constexpr std::string_view no_claim = "-";

// "afrekening:samenloop/9101/2024/BD0000000004/" and the short digest of the key of the row.
std::string row_key(const Settlement& row) {
    return "afrekening:" + std::string(pot_name(row.of)) + "/" + row.insurer.digits() + "/" +
           std::to_string(row.year) + "/" + (row.claim.empty() ? std::string(no_claim) : row.claim.str()) +
           "/" + short_digest(row.key.view());
}

Event booking(const Settlement& row, Date day) {
    Event event;
    event.kind = row.of == SettlementOf::overlap ? EventKind::true_up_booked : EventKind::reward_booked;
    event.key = row_key(row);
    event.booking_day = day;
    event.care_period = {Date::of(row.year, 1, 1), Date::of(row.year, 12, 31)};
    event.insurer = row.insurer;
    event.amount = row.amount;
    return event;
}

Event taking_back(const Settlement& row, Date day) {
    Event event = booking(row, day);
    event.kind = row.of == SettlementOf::overlap ? EventKind::true_up_reversed : EventKind::reward_reversed;
    event.earlier_key = event.key;
    event.key = reversal_key(event.key);
    return event;
}

bool is_settlement(const Entry& entry) {
    return entry.content.kind == EventKind::true_up_booked || entry.content.kind == EventKind::reward_booked;
}

// The entry of a row with this key, whatever else it says.
const Entry* entry_of(const ledger::Book& book, std::string_view key) {
    const std::string end = "/" + short_digest(key);
    const auto found = std::ranges::find_if(book.entries(), [&](const Entry& entry) {
        return is_settlement(entry) && entry.content.key.ends_with(end);
    });
    return found == book.entries().end() ? nullptr : &*found;
}

// Why this row cannot be booked; none: it can, or it is no news.
Result<const char*> fault_of(World& world, const ledger::Book& book, const Settlement& row) {
    const Entry* known = entry_of(book, row.key.view());
    if (known != nullptr) {
        BUNDEL_TRY(draft, ledger::entry_for(booking(row, known->content.booking_day)));
        const bool same = known->content.key == row_key(row) && known->content.postings == draft.postings;
        return same ? nullptr : "settlement_key_reused";
    }
    if (row.withdrawn) return "settlement_unknown";
    if (row.claim.empty()) return nullptr;
    BUNDEL_TRY(claim, world.store.claim(world.settings.igo, row.claim));
    return claim && claim->insurer == row.insurer ? nullptr : "settlement_claim_unknown";
}

// "samenloop/9101/2024/BD0000000004" of a key.
struct KeyParts {
    SettlementOf of = SettlementOf::overlap;
    UzoviCode insurer;
    int year = 0;
    Reference claim;
};
KeyParts parts_of(std::string_view key) {
    key.remove_prefix(std::string_view("afrekening:").size());
    const auto next = [&] {
        const auto slash = key.find('/');
        const std::string_view part = key.substr(0, slash);
        key.remove_prefix(slash + 1);
        return part;
    };
    KeyParts parts;
    parts.of = next() == pot_name(SettlementOf::overlap) ? SettlementOf::overlap : SettlementOf::quality;
    parts.insurer = *UzoviCode::parse(next());
    parts.year = static_cast<int>(*base::parse_digits(next()));
    // A reference of ours has no slash; one of before may.
    const std::string_view claim = key.substr(0, key.rfind('/'));
    if (claim != no_claim) parts.claim = Reference::of(claim);
    return parts;
}

Cents amount_of(const Entry& entry) {
    for (const auto& posting : entry.content.postings) {
        if (posting.account.kind() == ledger::AccountKind::receivable) return posting.amount;
    }
    return {};
}

Cents standing_amount(const ledger::Book& book, const Entry& entry) {
    return book.find(reversal_key(entry.content.key)) != nullptr ? Cents() : amount_of(entry);
}

bool is_letter_or_digit(char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

// The pieces of a text that begin and end where a word does, as long as a key that is looked for.
std::vector<std::string_view> phrases_in(std::string_view text) {
    constexpr std::size_t shortest = 4;
    constexpr std::size_t longest = 40;
    const auto inside_word = [&](std::size_t place) {  // between this one and the one before it
        return place > 0 && place < text.size() && is_letter_or_digit(text[place - 1]) &&
               is_letter_or_digit(text[place]);
    };
    std::vector<std::string_view> found;
    for (std::size_t first = 0; first < text.size(); ++first) {
        if (text[first] == ' ' || inside_word(first)) continue;
        for (std::size_t size = shortest; size <= longest && first + size <= text.size(); ++size) {
            if (text[first + size - 1] != ' ' && !inside_word(first + size))
                found.push_back(text.substr(first, size));
        }
    }
    return found;
}

const Settled* find(const std::vector<Settled>& settled, UzoviCode insurer, int year) {
    const auto found = std::ranges::find_if(settled, [&](const Settled& one) {
        return one.of == SettlementOf::overlap && one.insurer == insurer && one.year == year;
    });
    return found == settled.end() ? nullptr : &*found;
}

// Care outside in the phases that the claim is for, where the contract settles it by the year.
void add_outside(const Standing& standing, const claim::Sent& claim, SettledClaim& settled) {
    for (const auto& decision : standing.wanted.selection.phases) {
        const bool here = is_for(claim, standing.wanted.pathway, decision.pregnancy, decision.phase) &&
                          decision.contract != nullptr &&
                          decision.contract->overlap == values::OverlapPolicy::true_up_yearly;
        if (!here) continue;
        settled.ours += decision.outside.amount;
        settled.unknown += decision.outside.unknown;
    }
}

}  // namespace

std::string_view pot_name(SettlementOf of) {
    return of == SettlementOf::overlap ? ledger::overlap_pot : ledger::quality_pot;
}

Result<std::size_t> take_settlements(World& world, const std::vector<Settlement>& settlements,
                                     const std::string& name, Date received, base::Findings& findings) {
    std::size_t fresh = 0;
    if (settlements.empty()) return fresh;
    BUNDEL_TRY(books, Books::open(world.store));
    const Date day = open_day(books.book().contents().closings, received);
    for (const bool withdrawn : {false, true}) {
        for (const Settlement& row : settlements) {
            if (row.withdrawn != withdrawn) continue;
            BUNDEL_TRY(fault, fault_of(world, books.book(), row));
            if (fault != nullptr) {
                refuse_row(findings, fault, name, row.record, row.key.view());
                continue;
            }
            const Event event = withdrawn ? taking_back(row, day) : booking(row, day);
            if (books.book().find(event.key) != nullptr) continue;
            BUNDEL_TRY_DONE(books.post(event));
            BUNDEL_TRY_DONE(withdrawn ? put_aside(world, books, row.insurer, row.key.view(), day)
                                      : apply_waiting(world, books, row.insurer, row.key.view(), day));
            ++fresh;
        }
    }
    return fresh;
}

std::optional<Due> due_of(const ledger::Book& book, const std::vector<PaymentRow>& payments,
                          UzoviCode insurer, std::string_view key) {
    const Entry* entry = entry_of(book, key);
    if (entry == nullptr || parts_of(entry->content.key).insurer != insurer) return std::nullopt;
    Due due{entry->content.care_period, standing_amount(book, *entry), {}};
    for (const PaymentRow& row : payments) {
        if (row.insurer == insurer && row.settlement.view() == key) due.paid += row.applied;
    }
    return due;
}

Cents applicable(Cents amount, const Due& due) {
    if (amount.is_negative())
        return -std::min(-amount, std::max(Cents(), due.paid - std::min(Cents(), due.granted)));
    return std::min(amount, std::max(Cents(), std::max(Cents(), due.granted) - due.paid));
}

std::vector<NamedRow> rows_named(const ledger::Book& book, std::string_view text) {
    std::map<std::string, UzoviCode> booked;
    for (const Entry& entry : book.entries()) {
        const std::string& key = entry.content.key;
        if (is_settlement(entry)) booked.emplace(key.substr(key.rfind('/') + 1), parts_of(key).insurer);
    }
    std::vector<NamedRow> named;
    if (booked.empty()) return named;
    for (const std::string_view phrase : phrases_in(text)) {
        const auto found = booked.find(short_digest(phrase));
        if (found == booked.end()) continue;
        named.push_back({std::string(phrase), found->second});
        booked.erase(found);
    }
    return named;
}

Result<Done> compare_settlements(World& world, const ledger::Book& book, std::vector<Error>& breaches) {
    std::map<UzoviCode, Cents> open;
    for (const Entry& entry : book.entries()) {
        if (is_settlement(entry)) open[parts_of(entry.content.key).insurer] += standing_amount(book, entry);
    }
    BUNDEL_TRY(payments, world.store.settlement_payments());
    for (const PaymentRow& row : payments) {
        if (!row.applied.is_zero()) open[row.insurer] -= row.applied;
    }
    BUNDEL_TRY(receivables, ledger::receivables(book.contents()));
    for (const auto& [account, parts] : receivables) {
        const auto insurer = UzoviCode::parse(account.party());
        if (!insurer.ok()) continue;  // only in what the book began with
        const auto found = open.find(*insurer);
        const Cents told = found == open.end() ? Cents() : found->second;
        if (told != parts.settled) {
            breaches.push_back({"breach_settlement",
                                {{"insurer", insurer->digits()},
                                 {"booked", parts.settled.euros()},
                                 {"open", told.euros()}}});
        }
    }
    return Done{};
}

std::vector<Settled> settled_in(const ledger::Book& book) {
    std::map<std::tuple<SettlementOf, UzoviCode, int>, Settled> found;
    for (const Entry& entry : book.entries()) {
        if (!is_settlement(entry) || book.find(reversal_key(entry.content.key)) != nullptr) continue;
        const KeyParts parts = parts_of(entry.content.key);
        Settled& settled = found[{parts.of, parts.insurer, parts.year}];
        settled.of = parts.of;
        settled.insurer = parts.insurer;
        settled.year = parts.year;
        settled.amount += amount_of(entry);
        if (!parts.claim.empty()) settled.claims[parts.claim] += amount_of(entry);
    }
    std::vector<Settled> result;
    for (auto& [key, settled] : found) result.push_back(std::move(settled));
    return result;
}

Result<std::vector<SettledClaim>> settled_claims(World& world, Date as_of) {
    std::vector<SettledClaim> result;
    BUNDEL_TRY(books, Books::open(world.store));
    const auto settled = settled_in(books.book());
    if (settled.empty()) return result;
    BUNDEL_TRY(
        passed_over, for_each_standing(world, as_of, [&](const Standing& standing) -> Result<Done> {
            for (const claim::Sent& claim : standing.loaded.sent) {
                if (!is_divided(claim)) continue;
                const Settled* told = find(settled, claim.insurer, claim.care.first.year());
                if (told == nullptr) continue;
                SettledClaim one{claim.reference, claim.insurer, told->year, {}, 0, {}};
                if (claim::standing(claim, standing.loaded.sent, world.rulebook) != claim::Standing::dead)
                    add_outside(standing, claim, one);
                if (const auto found = told->claims.find(claim.reference); found != told->claims.end())
                    one.theirs = -found->second;
                if (one != SettledClaim{claim.reference, claim.insurer, told->year, {}, 0, {}})
                    result.push_back(one);
            }
            return Done{};
        }));
    static_cast<void>(passed_over);  // they stand on the work list
    std::ranges::sort(result, {}, &SettledClaim::claim);
    return result;
}

Result<Done> ask_about_settlements(World& world, Date as_of) {
    BUNDEL_TRY(claims, settled_claims(world, as_of));
    std::vector<QuestionRow> questions;
    for (const SettledClaim& one : claims) {
        if (one.agrees()) continue;
        QuestionRow question;
        question.key = "samenloop/" + one.claim.str();
        question.code = "settlement_differs";
        question.params = {{"claim", one.claim.str()},         {"insurer", one.insurer.digits()},
                           {"year", std::to_string(one.year)}, {"ours", one.ours.euros()},
                           {"theirs", one.theirs.euros()},     {"unknown", std::to_string(one.unknown)}};
        question.amount = std::max(one.ours - one.theirs, one.theirs - one.ours);
        questions.push_back(std::move(question));
    }
    return world.store.put_topic("samenloop", questions);
}

}  // namespace bundel::engine
