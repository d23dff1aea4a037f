#include "cli/payout.h"

#include "base/text.h"
#include "cli/console.h"
#include "cli/days.h"
#include "engine/payouts.h"

namespace bundel::cli {
using base::Error;
using base::Result;
using engine::NotPaid;
using engine::PayoutCandidate;
using engine::PayoutRow;
using engine::PayoutState;
using values::Cents;
using values::Date;

namespace {

std::string number(std::int64_t value) {
    return std::to_string(value);
}

Cents total_of(const PayoutRow& payout) {
    Cents total;
    for (const auto& line : payout.lines) total += line.amount;
    return total;
}

void show(const PayoutCandidate& one) {
    if (one.why == NotPaid::nothing) return;
    const base::Params params{
        {"participant", one.participant.digits()},          {"amount", texts().amount(one.amount)},
        {"balance", texts().amount(one.balance)},           {"advance", texts().amount(one.advance)},
        {"on_the_way", texts().amount(one.on_the_way)},     {"account", one.account},
        {"reason", texts().sentence(engine::word(one.why))}};
    if (one.why != NotPaid::none)
        print("  " + texts().sentence("payout_line_not", params) + "\n");
    else
        print("  " + texts().sentence(one.first ? "payout_line_first" : "payout_line", params) + "\n");
}

Result<Exit> propose(store::Workspace& workspace, const Arguments& arguments, Date as_of) {
    Date pay_on = as_of;
    if (arguments.day) {
        BUNDEL_TRY(day, day_or_today(arguments.day));
        pay_on = day;
    }
    BUNDEL_TRY(proposed, engine::propose_payout(workspace.world(), arguments.by, as_of, pay_on));
    const base::Params params{{"number", number(proposed.number)},
                              {"total", texts().amount(proposed.total)},
                              {"day", pay_on.dutch()}};
    print(texts().sentence(proposed.number == 0 ? "payout_none_proposed" : "payout_proposed", params) + "\n");
    for (const PayoutCandidate& one : proposed.candidates) show(one);
    if (proposed.dropped > 0) print(texts().sentence("payout_took_over") + "\n");
    return Exit::done;
}

// A number is a proposal; else it is the account that may be paid to.
Result<Exit> approve(store::Workspace& workspace, const Arguments& arguments, Date as_of) {
    if (const auto proposal = base::parse_digits(arguments.target)) {
        BUNDEL_TRY(payout, engine::approve_payout(workspace.world(), *proposal, arguments.by, as_of));
        print(texts().sentence("payout_approved_line", {{"number", number(payout.number)},
                                                        {"total", texts().amount(total_of(payout))}}) +
              "\n");
        return Exit::done;
    }
    BUNDEL_TRY(account, values::Iban::parse(arguments.target));
    BUNDEL_TRY(owners, engine::approve_account(workspace.world(), account, arguments.by, as_of));
    print(texts().sentence(
              "payout_account_approved",
              {{"account", account.masked()}, {"participants", number(static_cast<std::int64_t>(owners))}}) +
          "\n");
    return Exit::done;
}

Result<Exit> send(store::Workspace& workspace, Date as_of) {
    BUNDEL_TRY(ordered, engine::send_payouts(workspace.world(), as_of));
    for (const PayoutRow& payout : ordered.sent) {
        print(texts().sentence("payout_sent_line",
                               {{"number", number(payout.number)},
                                {"total", texts().amount(total_of(payout))},
                                {"file", "bank/" + engine::reference_of(payout.number) + ".xml"}}) +
              "\n");
    }
    for (const PayoutRow& payout : ordered.dropped)
        print(texts().sentence("payout_dropped_line", {{"number", number(payout.number)}}) + "\n");
    if (ordered.sent.empty() && ordered.dropped.empty())
        print(texts().sentence("payout_nothing_to_send") + "\n");
    return ordered.dropped.empty() ? Exit::done : Exit::refused;
}

const char* word(PayoutState state) {
    switch (state) {
        case PayoutState::proposed: return "payout_state_proposed";
        case PayoutState::approved: return "payout_state_approved";
        case PayoutState::ordered: return "payout_state_ordered";
        case PayoutState::dropped: return "payout_state_dropped";
    }
    return "";
}

Result<Exit> list(store::Workspace& workspace) {
    BUNDEL_TRY(payouts, workspace.world().store.payouts());
    BUNDEL_TRY(books, engine::Books::open(workspace.world().store));
    if (payouts.empty()) print(texts().sentence("payout_list_empty") + "\n");
    for (const PayoutRow& payout : payouts) {
        std::int64_t paid = 0;
        std::int64_t back = 0;
        for (std::size_t i = 1; i <= payout.lines.size(); ++i) {
            const std::string reference = engine::reference_of(payout.number, i);
            paid += books.book().find(engine::paid_key(reference)) != nullptr ? 1 : 0;
            back += books.book().find(engine::refunded_key(reference)) != nullptr ? 1 : 0;
        }
        print(texts().sentence("payout_list_line",
                               {{"number", number(payout.number)},
                                {"day", payout.pay_on.dutch()},
                                {"total", texts().amount(total_of(payout))},
                                {"lines", number(static_cast<std::int64_t>(payout.lines.size()))},
                                {"state", texts().sentence(word(payout.state))},
                                {"by", payout.proposed_by},
                                {"approved_by", payout.approved_by.empty() ? "-" : payout.approved_by},
                                {"paid", number(paid)},
                                {"back", number(back)}}) +
              "\n");
    }
    return Exit::done;
}

}  // namespace

Exit payout(store::Workspace& workspace, const Arguments& arguments, Date as_of) {
    const auto exit = arguments.command == "payout propose"   ? propose(workspace, arguments, as_of)
                      : arguments.command == "payout approve" ? approve(workspace, arguments, as_of)
                      : arguments.command == "payout send"    ? send(workspace, as_of)
                                                              : list(workspace);
    return exit.ok() ? *exit : fail(exit.error());
}

}  // namespace bundel::cli
