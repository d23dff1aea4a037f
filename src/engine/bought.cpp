#include "engine/bought.h"

#include <algorithm>
#include <set>

#include "engine/books.h"
#include "engine/outlook.h"
#include "engine/women.h"

namespace bundel::engine {
using facts::BoughtCare;
using facts::BoughtKind;
using ledger::AccountKind;
using ledger::Entry;
using ledger::Event;
using ledger::EventKind;

namespace {

std::string booking_key(const facts::FactKey& key, std::size_t number) {
    return "ingekocht:" + short_digest(key.key.view()) + "/" + std::to_string(number);
}

struct Booked {
    std::size_t number = 0;  // how many were booked so far
    const Entry* standing = nullptr;
};

Booked booked_of(const ledger::Book& book, const facts::FactKey& key) {
    Booked booked;
    while (const Entry* entry = book.find(booking_key(key, booked.number + 1))) {
        ++booked.number;
        booked.standing = book.find(reversal_key(entry->content.key)) == nullptr ? entry : nullptr;
    }
    return booked;
}

Event booking(const BoughtCare& bought, std::string key, Date day) {
    Event event;
    event.kind = EventKind::bought_booked;
    event.key = std::move(key);
    event.booking_day = day;
    event.care_period = bought.care;
    event.subject = subject_of(bought.kind);
    event.supplier = supplier_text(bought);
    event.amount = bought.amount;
    return event;
}

Event taking_back(const Entry& entry, Date day) {
    Event event;
    event.kind = EventKind::bought_reversed;
    event.key = reversal_key(entry.content.key);
    event.earlier_key = entry.content.key;
    event.booking_day = day;
    event.care_period = entry.content.care_period;
    for (const auto& posting : entry.content.postings) {
        if (posting.account.kind() == AccountKind::supplier) event.supplier = posting.account.party();
        if (posting.account.kind() != AccountKind::bought_care) continue;
        event.subject = posting.account.party();
        event.amount = posting.amount;
    }
    return event;
}

Result<bool> same(const Entry& entry, const Event& wanted) {
    BUNDEL_TRY(draft, ledger::entry_for(wanted));
    return draft.postings == entry.content.postings && draft.care_period == entry.content.care_period;
}

// `wanted`: what is known of it now; null when it was withdrawn, or is no longer of the IGO.
Result<bool> book(Books& books, const facts::FactKey& key, const BoughtCare* wanted, Date day) {
    const Booked booked = booked_of(books.book(), key);
    const bool costs = wanted != nullptr && !wanted->amount.is_zero();
    Event event;
    if (costs) event = booking(*wanted, booking_key(key, booked.number + 1), day);
    if (booked.number > 0) event.earlier_key = booking_key(key, booked.number);
    if (booked.standing != nullptr) {
        if (costs) {
            BUNDEL_TRY(unchanged, same(*booked.standing, event));
            if (unchanged) return false;
        }
        BUNDEL_TRY_DONE(books.post(taking_back(*booked.standing, day)));
    }
    if (costs) BUNDEL_TRY_DONE(books.post(event));
    return costs || booked.standing != nullptr;
}

Result<std::size_t> book_of(World& world, Books& books, const facts::Woman& ever, Date day) {
    const facts::Woman known = facts::known_on(ever, day);
    std::set<facts::FactKey> keys;
    for (const auto& bought : ever.bought) {
        facts::FactKey key;
        key.key = bought.fact.key.key;
        keys.insert(key);
    }
    std::size_t changed = 0;
    for (const auto& key : keys) {
        const auto now = std::find_if(known.bought.begin(), known.bought.end(), [&](const auto& bought) {
            return bought.fact.key.key == key.key && bought.fact.buyer == world.settings.igo;
        });
        BUNDEL_TRY(news, book(books, key, now == known.bought.end() ? nullptr : &now->fact, day));
        changed += news ? 1 : 0;
    }
    return changed;
}

// Nothing was ever bought: then nobody has to be looked at.
Result<bool> is_there_any(World& world, const Books& books) {
    const auto& entries = books.book().entries();
    if (std::any_of(entries.begin(), entries.end(),
                    [](const Entry& entry) { return entry.content.kind == EventKind::bought_booked; }))
        return true;
    BUNDEL_TRY(totals, world.store.totals());
    return std::any_of(totals.begin(), totals.end(), [&](const CountRow& row) {
        return row.group == group::bought && row.name.starts_with(world.settings.igo.digits());
    });
}

}  // namespace

const char* word(BoughtKind kind) {
    static constexpr const char* words[] = {"subcontracted", "laboratory", "second_opinion",
                                            "acute_elsewhere", "other"};
    return words[static_cast<std::size_t>(kind)];
}

const char* subject_of(BoughtKind kind) {
    static constexpr const char* words[] = {"onderaanneming", "laboratorium", "second_opinion",
                                            "acuut_elders", "overig"};
    return words[static_cast<std::size_t>(kind)];
}

std::string supplier_text(const BoughtCare& bought) {
    return bought.supplier.is_none() ? "onbekend" : bought.supplier.digits();
}

Result<std::size_t> book_bought(World& world, Date booking_day) {
    BUNDEL_TRY_DONE(require_open(world.store, booking_day));
    BUNDEL_TRY(books, Books::open(world.store));
    BUNDEL_TRY(any, is_there_any(world, books));
    if (!any) return std::size_t{0};
    BUNDEL_TRY(persons, world.store.persons());
    std::set<PersonId> seen;
    std::size_t changed = 0;
    for (const PersonId person : persons) {
        BUNDEL_TRY(loaded, load_woman(world, person, booking_day));
        const facts::Woman& woman = loaded.gathered.woman;
        if (woman.bought.empty() || !seen.insert(woman.person).second) continue;
        BUNDEL_TRY(transaction, Transaction::begin(world.store));
        BUNDEL_TRY(news, book_of(world, books, woman, booking_day));
        BUNDEL_TRY_DONE(transaction.commit());
        changed += news;
    }
    return changed;
}

}  // namespace bundel::engine
