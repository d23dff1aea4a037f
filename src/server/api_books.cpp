#include "server/handlers.h"
#include "server/sentences.h"
#include "server/shapes.h"

namespace bundel::server {
using values::Cents;

namespace {

// "verzonden:53000001/B-0001" is about that claim of ours, and so is what has more behind it; a reference may
// have a '/' of its own. Other keys name no claim.
Result<Json> claim_of(engine::Store& store, const std::string& key) {
    const auto colon = key.find(':');
    const auto slash = key.find('/', colon == std::string::npos ? 0 : colon);
    if (colon == std::string::npos || slash == std::string::npos) return Json();
    const auto declarant = values::AgbCode::parse(std::string_view(key).substr(colon + 1, slash - colon - 1));
    if (!declarant.ok()) return Json();
    for (std::string reference = key.substr(slash + 1); !reference.empty();) {
        if (values::Reference::fits(reference)) {
            BUNDEL_TRY(claim, store.claim(*declarant, values::Reference::of(reference)));
            if (claim) return Json{{"declarant", declarant->digits()}, {"reference", reference}};
        }
        const auto end = reference.rfind('/');
        reference.resize(end == std::string::npos ? 0 : end);
    }
    return Json();
}

Json entry_shape(const ledger::Entry& entry, Json claim) {
    const ledger::EventRow& row = ledger::row_of(entry.content.kind);
    return {{"number", entry.number},
            {"kind", row.code},
            {"kind_label", row.title},
            {"key", entry.content.key},
            {"booking_day", entry.content.booking_day},
            {"care_first", entry.content.care_period.first},
            {"care_last", entry.content.care_period.last},
            {"earlier_key", entry.content.earlier_key.empty() ? Json() : Json(entry.content.earlier_key)},
            {"postings",
             list(entry.content.postings,
                  [](const ledger::Posting& posting) {
                      return Json{{"account", posting.account.path()}, {"amount_cents", posting.amount}};
                  })},
            {"claim", std::move(claim)}};
}

std::string group_of(const std::string& account) {
    return account.substr(0, account.find(':'));
}

}  // namespace

Result<Reply> get_accounts(Call& call) {
    Office& office = call.office;
    const auto slow = overview_of(office);
    if (slow.error) return *slow.error;
    return as_reply(office.look([&](store::View& view) -> Result<Json> {
        BUNDEL_TRY(balances, view.reader().balances());
        const std::vector<std::pair<std::string, Cents>> rows(balances.begin(), balances.end());
        Json shape = paged(piece_of(rows, call.page), call.page, [](const auto& row) {
            return Json{
                {"account", row.first}, {"group", group_of(row.first)}, {"balance_cents", row.second}};
        });
        shape.set("sound", slow.json->at("books_sound"));
        return shape;
    }));
}

Result<Reply> get_entries(Call& call) {
    const store::EntryFilter filter{call.request.parameter("account"), call.request.parameter("search")};
    return as_reply(call.office.look([&](store::View& view) -> Result<Json> {
        BUNDEL_TRY(found, view.reader().entries(filter, call.page));
        std::vector<Json> shapes;
        for (const ledger::Entry& entry : found.rows) {
            BUNDEL_TRY(claim, claim_of(view.reader().store(), entry.content.key));
            shapes.push_back(entry_shape(entry, std::move(claim)));
        }
        return paged(store::Paged<Json>{std::move(shapes), found.total}, call.page,
                     [](const Json& shape) { return shape; });
    }));
}

// The books side by side: what each declared, what each got of the bundles, and what is still to be paid.
Result<Reply> get_books(Call& call) {
    return as_reply(call.office.look([&](store::View& view) -> Result<Json> {
        BUNDEL_TRY(totals, view.reader().store().totals());
        BUNDEL_TRY(balances, view.reader().balances());
        const auto of = [&](const std::string& account) {
            const auto found = balances.find(account);
            return found == balances.end() ? Cents() : found->second;
        };
        const auto rows = counts_of(totals, "shadow");
        return paged(piece_of(rows, call.page), call.page, [&](const engine::CountRow& row) {
            return Json{{"participant", row.name},
                        {"shadow_cents", row.amount},
                        {"coming_cents", -of("deelnemer:" + row.name)},
                        {"advance_cents", of("voorschot_deelnemer:" + row.name)},
                        {"in_transit_cents", of("onderweg:" + row.name)}};
        });
    }));
}

}  // namespace bundel::server
