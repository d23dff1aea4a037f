#include "cli/screen.h"

#include <algorithm>

#include "base/text.h"
#include "cli/columns.h"
#include "engine/sentences.h"

namespace bundel::cli {
using engine::CountRow;
using engine::Overview;
using texts::Texts;
using values::Cents;

namespace {

class Screen {
public:
    explicit Screen(const Texts& texts) : texts_(texts) {}

    void heading(const char* code) { out_ += "\n" + texts_.sentence(code) + "\n"; }
    void row(const std::string& name, std::int64_t count) {
        out_ += "  " + left(name, name_width) + right(texts_.number(count), count_width) + "\n";
    }
    void row(const std::string& name, std::int64_t count, Cents amount) {
        out_ += "  " + left(name, name_width) + right(texts_.number(count), count_width) +
                right(texts_.amount(amount), amount_width) + "\n";
    }
    void row(const std::string& name, Cents amount) {
        out_ +=
            "  " + left(name, name_width + count_width) + right(texts_.amount(amount), amount_width) + "\n";
    }
    void text(const std::string& line) { out_ += line + "\n"; }
    std::string take() { return std::move(out_); }

private:
    static constexpr std::size_t name_width = 46;
    static constexpr std::size_t count_width = 8;
    static constexpr std::size_t amount_width = 18;
    const Texts& texts_;
    std::string out_;
};

void counts(Screen& screen, const std::vector<CountRow>& rows, const Texts& texts,
            const std::string& prefix) {
    for (const CountRow& row : rows) screen.row(texts.sentence(prefix + row.name), row.count, row.amount);
}

void claims(Screen& screen, const Overview& overview, const Texts& texts) {
    screen.heading("screen_claims");
    for (const CountRow& row : overview.claims) {
        screen.row(texts.sentence("claim_" + row.group) + ", " + texts.sentence(row.name), row.count,
                   row.amount);
    }
    if (overview.claims.empty()) screen.text("  " + texts.sentence("screen_nothing"));
}

void reliance(Screen& screen, const Overview& overview, const Texts& texts) {
    screen.heading("screen_reliance");
    for (const CountRow& row : overview.reliance) {
        const std::string what =
            texts.sentence(row.group == "claim_status" ? "screen_claims_on" : "screen_phases_on");
        screen.row(what + " " + texts.sentence("screen_status_" + row.name), row.count);
    }
}

void bought(Screen& screen, const Overview& overview, const Texts& texts) {
    if (overview.bought.empty()) return;
    screen.heading("screen_bought");
    for (const CountRow& row : overview.bought) {
        const auto parts = base::split(row.name, '/');
        const std::string supplier(parts[1]);
        screen.row(
            texts.sentence("screen_bought_row",
                           {{"buyer", std::string(parts[0])},
                            {"supplier", supplier == "onbekend" ? texts.sentence("party_unknown") : supplier},
                            {"kind", texts.sentence("bought_" + std::string(parts[2]))}}),
            row.count, row.amount);
    }
}

void money(Screen& screen, const Overview& overview, const Texts& texts) {
    screen.heading("screen_books");
    screen.text("  " + texts.sentence(overview.books_sound ? "screen_books_sound" : "screen_books_broken"));
    for (const auto& [account, balance] : overview.balances) screen.row(account, balance);
    bought(screen, overview, texts);
    screen.heading("screen_shares");
    Cents total;
    for (const auto& [participant, amount] : overview.shares) {
        const auto shadow = overview.shadow.find(participant);
        const Cents declared = shadow == overview.shadow.end() ? Cents() : shadow->second;
        screen.row(participant.digits() + " (" +
                       texts.sentence("screen_declared", {{"amount", texts.amount(declared)}}) + ")",
                   amount);
        total += amount;
    }
    screen.row(texts.sentence("screen_total"), total);
}

}  // namespace

std::string overview_screen(const Overview& overview, const std::string& outbox, const Texts& texts) {
    Screen screen(texts);
    screen.text(texts.sentence(overview.live ? "screen_title_live" : "screen_title_example",
                               {{"day", overview.as_of.dutch()}}));
    screen.heading("screen_in");
    screen.row(texts.sentence("screen_messages_in"), overview.messages_received);
    screen.row(texts.sentence("screen_women"), overview.women);
    if (overview.without_bsn > 0) screen.row(texts.sentence("screen_without_bsn"), overview.without_bsn);
    screen.row(texts.sentence("screen_pregnancies"), overview.pregnancies);
    screen.heading("screen_dispositions");
    counts(screen, overview.dispositions, texts, "disposition_");
    screen.heading("screen_routes");
    counts(screen, overview.routes, texts, "screen_route_");
    claims(screen, overview, texts);
    money(screen, overview, texts);
    screen.heading("screen_work");
    screen.row(texts.sentence("screen_questions"), overview.questions, overview.questions_amount);
    Cents lost;
    for (const auto& loss : overview.losses) lost += loss.amount;
    screen.row(texts.sentence("screen_losses"), static_cast<std::int64_t>(overview.losses.size()), lost);
    reliance(screen, overview, texts);
    screen.text("");
    screen.text(texts.sentence("screen_where", {{"outbox", outbox}}));
    return screen.take();
}

std::string reliance_line(const engine::Reliance& reliance, const char* what, const Texts& texts) {
    if (reliance.only_verified()) return "";
    return texts.sentence(what, {{"verified", texts.number(reliance.verified)},
                                 {"example", texts.number(reliance.example)},
                                 {"provisional", texts.number(reliance.provisional)}}) +
           "\n";
}

std::string worklist_screen(const std::vector<engine::QuestionRow>& questions, const engine::Reliance& phases,
                            const Texts& texts) {
    std::string out = texts.count("noun_question", static_cast<std::int64_t>(questions.size())) + "\n";
    const auto not_adopted = engine::not_adopted(questions);
    if (not_adopted.claims > 0) out += not_adopted_line(not_adopted, texts);
    for (const auto& question : questions) {
        const std::string who = question.person.is_nobody() ? "-" : question.person.hex().substr(0, 8);
        out += texts.sentence("worklist_row", {{"person", who},
                                               {"amount", texts.amount(question.amount)},
                                               {"text", texts.sentence(question.code, question.params)},
                                               {"deadline", question.deadline ? question.deadline->dutch()
                                                                              : texts.sentence("date_none")},
                                               {"key", question.key}}) +
               "\n";
    }
    return out + reliance_line(phases, "rests_on_phases", texts);
}

std::string adopted_line(const engine::Adopted& adopted, const std::string& name, const Texts& texts) {
    const auto number = [&](std::size_t count) { return texts.number(static_cast<std::int64_t>(count)); };
    const auto& imported = adopted.imported;
    std::string out =
        texts.sentence(imported.refused ? "imported_refused" : "adopted",
                       {{"file", name},
                        {"kind", imported.kind.empty() ? texts.sentence("kind_unknown") : imported.kind},
                        {"claims", number(imported.lines)},
                        {"women", number(imported.persons)},
                        {"before", number(adopted.before)}}) +
        "\n";
    for (const auto& finding : imported.findings) out += "  " + texts.finding(finding) + "\n";
    return out;
}

std::string not_adopted_line(const engine::NotAdopted& not_adopted, const Texts& texts) {
    return texts.sentence("not_adopted", {{"claims", texts.number(not_adopted.claims)},
                                          {"amount", texts.amount(not_adopted.amount)}}) +
           "\n";
}

std::string imported_line(const engine::Imported& imported, const std::string& name, const Texts& texts) {
    std::string out = engine::sentence_of(imported, name, texts) + "\n";
    for (const auto& finding : imported.findings) out += "  " + texts.finding(finding) + "\n";
    return out;
}

std::string sending_lines(const engine::Sending& sending, const Texts& texts) {
    std::string out;
    for (const std::string& line : engine::sentences_of(sending, texts)) out += line + "\n";
    out += reliance_line(sending.reliance, "rests_on_claims", texts);
    for (const auto& refusal : sending.refusals) out += engine::sentence_of(refusal, texts) + "\n";
    return out;
}

std::string planned_lines(const std::vector<engine::PlannedClaim>& planned, const Texts& texts) {
    std::string out = texts.count("noun_claim", static_cast<std::int64_t>(planned.size())) + "\n";
    engine::Reliance reliance;
    for (const auto& item : planned) {
        const auto& claim = item.claim;
        const char* kind = claim::word(claim.kind, item.way, claim.credit);
        out +=
            texts.sentence("planned_row", {{"person", item.person.hex().substr(0, 8)},
                                           {"kind", texts.sentence(kind)},
                                           {"performance", claim.performance.str()},
                                           {"period", texts.period(claim.care)},
                                           {"amount", texts.amount(claim.amount)},
                                           {"insurer", claim.insurer.is_none() ? texts.sentence("no_insurer")
                                                                               : claim.insurer.digits()},
                                           {"declarant", claim.declarant.digits()}}) +
            "\n";
        reliance.add(claim.status);
    }
    return out + reliance_line(reliance, "rests_on_claims", texts);
}

std::string divided_lines(const engine::Divided& divided, const Texts& texts) {
    std::string out =
        texts.sentence("divided", {{"claims", texts.number(static_cast<std::int64_t>(divided.claims))},
                                   {"booked", texts.number(static_cast<std::int64_t>(divided.booked))},
                                   {"pot", texts.amount(divided.pot)},
                                   {"reserve", texts.amount(divided.reserve)},
                                   {"undivided", texts.amount(divided.undivided)}}) +
        "\n";
    for (const auto& [participant, amount] : divided.shares)
        out += "  " + participant.digits() + "  " + texts.amount(amount) + "\n";
    if (!divided.covered.is_zero())
        out += texts.sentence("divided_covered", {{"amount", texts.amount(divided.covered)}}) + "\n";
    if (divided.moved > 0)
        out += texts.sentence("divided_moved",
                              {{"cents", texts.number(static_cast<std::int64_t>(divided.moved))}}) +
               "\n";
    return out + reliance_line(divided.reliance, "rests_on_claims", texts);
}

std::string run_lines(const engine::Run& run, const Texts& texts) {
    std::string out;
    if (run.resumed > 0)
        out += texts.sentence("resumed", {{"files", texts.number(static_cast<std::int64_t>(run.resumed))}}) +
               "\n";
    out +=
        texts.sentence("assessed", {{"women", texts.number(static_cast<std::int64_t>(run.assessed.women))}}) +
        "\n";
    return out + sending_lines(run.sending, texts);
}

std::string ready_lines(const std::vector<engine::Missing>& missing, const Texts& texts) {
    if (missing.empty()) return texts.sentence("ready_yes") + "\n";
    std::string out =
        texts.sentence("ready_no", {{"count", texts.number(static_cast<std::int64_t>(missing.size()))}}) +
        "\n";
    const char* heading = "";
    for (const auto& item : missing) {
        const char* wanted = item.blocks ? "ready_blocking" : "ready_besides";
        if (std::string_view(heading) != wanted) out += texts.sentence(wanted) + "\n";
        heading = wanted;
        out += "- " + texts.sentence(item.code, item.params) + "\n";
    }
    return out;
}

std::string verified_lines(const engine::Verified& verified, const Texts& texts) {
    std::string out =
        texts.sentence(verified.breaches.empty() ? "verify_sound" : "verify_broken",
                       {{"claims", texts.number(static_cast<std::int64_t>(verified.claims))},
                        {"replayed", texts.number(static_cast<std::int64_t>(verified.replayed))}}) +
        "\n";
    for (const auto& breach : verified.breaches) out += "- " + texts.error(breach) + "\n";
    for (const auto& claim : verified.differences)
        out += "  " + texts.sentence("verify_difference", {{"claim", claim}}) + "\n";
    return out + reliance_line(verified.reliance, "rests_on_claims", texts);
}

std::string closed_lines(const engine::Closed& closed, const Texts& texts) {
    const std::string month = engine::month_text(closed.month.first);
    const std::string digest = texts.sentence("closed_digest", {{"digest", closed.digest.hex()}}) + "\n";
    if (closed.again) return texts.sentence("closed_again", {{"month", month}}) + "\n" + digest;
    std::string out =
        texts.sentence("closed_month", {{"month", month},
                                        {"entries", texts.number(static_cast<std::int64_t>(closed.entries))},
                                        {"accrued", texts.amount(closed.accrued)},
                                        {"taken_back", texts.amount(closed.taken_back)}}) +
        "\n";
    if (closed.without > 0)
        out += texts.sentence("accruals_without",
                              {{"cases", texts.number(static_cast<std::int64_t>(closed.without))}}) +
               "\n";
    if (!closed.planned.is_zero())
        out += texts.sentence("closed_planned", {{"amount", texts.amount(closed.planned)}}) + "\n";
    if (!closed.set_off.insurers.is_zero() || !closed.set_off.participants.is_zero())
        out +=
            texts.sentence("closed_set_off", {{"insurers", texts.amount(closed.set_off.insurers)},
                                              {"participants", texts.amount(closed.set_off.participants)}}) +
            "\n";
    return out + digest;
}

namespace {

std::string kind_text(const insight::CaseKind& kind, const Texts& texts) {
    static constexpr const char* phases[] = {"phase_prenatal", "phase_natal", "phase_postnatal"};
    static constexpr const char* disciplines[] = {"discipline_midwife", "discipline_hospital",
                                                  "discipline_kraamzorg", "discipline_other"};
    return texts.sentence(phases[static_cast<std::size_t>(kind.phase)]) + " " +
           texts.sentence(disciplines[static_cast<std::size_t>(kind.discipline)]);
}

std::string interval_text(const insight::Estimate& estimate, const Texts& texts) {
    return texts.sentence("accruals_interval",
                          {{"low", texts.amount(estimate.low)}, {"high", texts.amount(estimate.high)}});
}

void accrual_row(Screen& screen, const insight::Accrual& one, const Texts& texts) {
    screen.row(kind_text(one.kind, texts), static_cast<std::int64_t>(one.cases), one.received);
    const std::string history = texts.number(static_cast<std::int64_t>(one.history));
    if (one.estimate)
        screen.text("    " +
                    texts.sentence("accruals_to_come", {{"amount", texts.amount(one.estimate->to_come)},
                                                        {"interval", interval_text(*one.estimate, texts)},
                                                        {"history", history}}));
    else
        screen.text("    " + texts.sentence("accruals_too_few", {{"history", history}}));
}

void true_up(Screen& screen, const engine::WorkReport& report, const Texts& texts) {
    screen.text("");
    screen.text(texts.sentence(report.booked ? "accruals_true_up_booked" : "accruals_true_up_estimated",
                               {{"day", report.month_end.dutch()}}));
    for (const auto& one : report.true_up)
        screen.text("  " + texts.sentence("accruals_true_up_row", {{"kind", kind_text(one.kind, texts)},
                                                                   {"accrued", texts.amount(one.accrued)},
                                                                   {"arrived", texts.amount(one.arrived)}}));
    if (report.true_up.empty()) screen.text("  " + texts.sentence("screen_nothing"));
}

}  // namespace

std::string accruals_screen(const engine::WorkReport& report, const Texts& texts) {
    const auto& accruals = report.now.accruals;
    Screen screen(texts);
    screen.text(texts.sentence("accruals_title", {{"day", report.now.as_of.dutch()}}));
    screen.heading("accruals_columns");
    for (const auto& one : accruals.by_kind) accrual_row(screen, one, texts);
    if (accruals.by_kind.empty()) screen.text("  " + texts.sentence("screen_nothing"));
    screen.text("");
    screen.row(texts.sentence("accruals_together"), accruals.together.to_come);
    screen.text("    " + interval_text(accruals.together, texts));
    if (accruals.without > 0)
        screen.text(texts.sentence("accruals_without",
                                   {{"cases", texts.number(static_cast<std::int64_t>(accruals.without))}}));
    if (report.now.passed_over > 0)
        screen.text(
            texts.sentence("accruals_passed_over",
                           {{"women", texts.number(static_cast<std::int64_t>(report.now.passed_over))}}));
    true_up(screen, report, texts);
    return screen.take();
}

namespace {

// "412 van 400 (103,0%)"
std::string how_full(const std::string& found, const std::string& most, std::int64_t part, std::int64_t whole,
                     const Texts& texts) {
    const std::string share = whole == 0 ? "-" : texts.percent(values::Ratio::of(part, whole));
    return texts.sentence("ceilings_full", {{"found", found}, {"most", most}, {"share", share}});
}

void ceiling_rows(Screen& screen, const engine::Ceiling& one, const Texts& texts) {
    screen.text(texts.sentence("ceilings_contract",
                               {{"contract", one.contract}, {"year", std::to_string(one.year)}}));
    screen.row(texts.sentence("ceilings_claimed"), one.claimed.count, one.claimed.amount);
    screen.row(texts.sentence("ceilings_coming"), one.coming.count, one.coming.amount);
    if (one.unpriced > 0)
        screen.text("    " + texts.sentence("ceilings_unpriced", {{"count", texts.number(one.unpriced)}}));
    if (one.beyond)
        screen.row(texts.sentence("ceilings_beyond"), one.beyond->count, one.beyond->amount);
    else
        screen.text("  " + texts.sentence("ceilings_no_forecast"));
    const engine::Volume expected = one.expected();
    screen.row(texts.sentence("ceilings_expected"), expected.count, expected.amount);
    if (one.most_count)
        screen.text("  " + texts.sentence("ceilings_count") + " " +
                    how_full(texts.number(expected.count), texts.number(*one.most_count), expected.count,
                             *one.most_count, texts));
    if (one.most_amount)
        screen.text("  " + texts.sentence("ceilings_amount") + " " +
                    how_full(texts.amount(expected.amount), texts.amount(*one.most_amount),
                             expected.amount.count(), one.most_amount->count(), texts));
    if (!one.most_count && !one.most_amount) screen.text("  " + texts.sentence("ceilings_none"));
}

const char* policy_word(const std::optional<values::OverlapPolicy>& policy) {
    static constexpr const char* words[] = {"policy_priced_in", "policy_deduct_actual", "policy_deduct_fixed",
                                            "policy_true_up_yearly", "policy_fall_back"};
    return policy ? words[static_cast<std::size_t>(*policy)] : "party_unknown";
}

}  // namespace

std::string ceilings_screen(const std::vector<engine::Ceiling>& ceilings, const Texts& texts) {
    Screen screen(texts);
    for (const auto& one : ceilings) ceiling_rows(screen, one, texts);
    if (ceilings.empty()) screen.text(texts.sentence("ceilings_nothing"));
    return screen.take();
}

std::string true_up_screen(const std::vector<engine::Outside>& outside,
                           const std::vector<engine::SettledClaim>& settled, const Texts& texts) {
    Screen screen(texts);
    screen.text(texts.sentence("true_up_title"));
    for (const auto& one : outside) {
        screen.text("  " + texts.sentence("true_up_row", {{"contract", one.contract},
                                                          {"year", std::to_string(one.year)},
                                                          {"policy", texts.sentence(policy_word(one.policy))},
                                                          {"phases", texts.number(one.phases)},
                                                          {"count", texts.number(one.count)},
                                                          {"amount", texts.amount(one.amount)},
                                                          {"unknown", texts.number(one.unknown)}}));
    }
    if (outside.empty()) screen.text("  " + texts.sentence("screen_nothing"));
    if (settled.empty()) return screen.take();
    screen.text("");
    screen.text(texts.sentence("settled_title"));
    for (const auto& one : settled) {
        screen.text("  " + texts.sentence(one.agrees() ? "settled_same" : "settled_differs",
                                          {{"claim", one.claim.str()},
                                           {"insurer", one.insurer.digits()},
                                           {"year", std::to_string(one.year)},
                                           {"ours", texts.amount(one.ours)},
                                           {"theirs", texts.amount(one.theirs)},
                                           {"unknown", texts.number(one.unknown)}}));
    }
    return screen.take();
}

}  // namespace bundel::cli
