#include <algorithm>

#include "intake/row_facts.h"
#include "values/iban.h"

namespace bundel::intake {
using base::FixedText;

namespace {

std::vector<UzoviCode> labels(Row& row) {
    std::vector<UzoviCode> found;
    for (const std::string_view piece : pieces(row.text("labels"), ' ')) {
        const auto code = UzoviCode::parse(piece);
        if (!code || std::find(found.begin(), found.end(), *code) != found.end()) {
            row.refuse("form_labels", "labels");
            return {};
        }
        found.push_back(*code);
    }
    std::sort(found.begin(), found.end());
    return found;
}

// "prenatal 2024-01-01 2024-12-31 700,00"; "-" for an open end.
std::optional<facts::Price> price_of(std::string_view text) {
    const auto words = pieces(text, ' ');
    if (words.size() != 4 || !FixedText<32>::fits(words[0])) return std::nullopt;
    const auto first = day_of(words[1]);
    const auto last = words[2] == "-" ? Date::far_future() : day_of(words[2]);
    const auto amount = Cents::parse_euros(words[3]);
    if (!first || !last || *last < *first || !amount || amount->is_negative() || *amount > largest_amount)
        return std::nullopt;
    return facts::Price{FixedText<32>::of(words[0]), {*first, *last}, *amount};
}

std::vector<facts::Price> prices(Row& row) {
    std::vector<facts::Price> found;
    for (const std::string_view piece : pieces(row.text("prijzen"), '|')) {
        const auto price = price_of(piece);
        if (!price) {
            row.refuse("form_prices", "prijzen");
            return {};
        }
        found.push_back(*price);
    }
    std::sort(found.begin(), found.end(), [](const facts::Price& a, const facts::Price& b) {
        return std::tie(a.performance, a.period) < std::tie(b.performance, b.period);
    });
    const auto twice = std::adjacent_find(found.begin(), found.end(), [](const auto& a, const auto& b) {
        return a.performance == b.performance && a.period.overlaps(b.period);
    });
    if (twice != found.end()) row.refuse("form_prices_overlap", "prijzen");
    return found;
}

std::vector<FixedText<32>> performances(Row& row) {
    std::vector<FixedText<32>> found;
    for (const std::string_view piece : pieces(row.text("prestaties"), ' ')) {
        const bool is_fresh = FixedText<32>::fits(piece) &&
                              std::find(found.begin(), found.end(), FixedText<32>::of(piece)) == found.end();
        if (!is_fresh) {
            row.refuse("form_performances", "prestaties");
            return {};
        }
        found.push_back(FixedText<32>::of(piece));
    }
    std::sort(found.begin(), found.end());
    return found;
}

}  // namespace

facts::Membership membership(Row& row) {
    facts::Membership fact;
    fact.key = row.key();
    fact.organisation = row.agb("organisatie");
    fact.igo = row.agb("igo");
    fact.period = row.period();
    fact.status = row.word("status", values::Status::verified);
    return fact;
}

facts::Contract contract(Row& row) {
    facts::Contract fact;
    fact.key = row.key();
    fact.igo = row.agb("igo");
    fact.labels = labels(row);
    fact.uncontracted = row.yes("passant");
    if (fact.uncontracted != row.empty("labels")) row.refuse("form_labels_or_passer", "labels");
    fact.period = row.period();
    fact.regime = row.fixed<16>("regime");
    fact.status = row.word("status", values::Status::example);
    fact.overlap = row.word("samenloop", values::OverlapPolicy::fall_back);
    fact.submit_months = row.number("indienen_maanden", 1, 120, 1);
    fact.ask_before_days = row.number("vraag_dagen", 0, 3650, 0);
    fact.answer_term_days = row.number("antwoord_dagen", 1, 3650, 1);
    fact.break_extent = row.word_if<values::BreakExtent>("breuk");
    fact.tariff_day = row.word_if<values::ReferenceDay>("peildag_tarief");
    fact.membership_day = row.word_if<values::ReferenceDay>("peildag_lidmaatschap");
    fact.deduct_fixed = row.euros_not_negative("vaste_aftrek");
    const bool deducts = fact.overlap == values::OverlapPolicy::deduct_fixed;
    if (deducts != fact.deduct_fixed.has_value()) row.refuse("form_deduction", "vaste_aftrek");
    fact.prices = prices(row);
    fact.performances = performances(row);
    fact.own_payment = row.word_if<values::OwnPaymentIn>("eigen_bijdrage");
    if (!row.empty("plafond_aantal")) fact.ceiling_count = row.number("plafond_aantal", 0, 999'999, 0);
    fact.ceiling_amount = row.euros_not_negative("plafond_omzet");
    return fact;
}

facts::BankAccount bank_account(Row& row) {
    facts::BankAccount fact;
    fact.key = row.key();
    fact.owner = row.agb("houder");
    fact.insurer = row.uzovi("uzovi");
    if (fact.owner.is_none() == fact.insurer.is_none()) row.refuse("form_account_owner", "houder");
    const auto iban = values::Iban::parse(row.text("iban"));
    if (iban.ok())
        fact.iban = FixedText<34>::of(iban->str());
    else
        row.refuse("form_iban", "iban");
    fact.name = row.fixed<140>("naam");
    fact.period = row.period();
    fact.status = row.word("status", values::Status::verified);
    fact.by = row.fixed<40>("door");
    return fact;
}

}  // namespace bundel::intake
