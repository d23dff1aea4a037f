#include "bank/match.h"

#include <algorithm>
#include <map>
#include <set>

#include "base/assert.h"

namespace bundel::bank {
namespace {

// The words of a text: letters and digits, in capitals.
std::set<std::string, std::less<>> words_in(std::string_view text) {
    std::set<std::string, std::less<>> words;
    std::string word;
    const auto finish = [&] {
        if (!word.empty()) words.insert(std::move(word));
        word.clear();
    };
    for (const char c : text) {
        const bool small = c >= 'a' && c <= 'z';
        const bool kept = small || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        if (kept)
            word += small ? static_cast<char>(c - 'a' + 'A') : c;
        else
            finish();
    }
    finish();
    return words;
}

// Every word of the name stands in the text: "B-0001" also where a bank made it "B 0001".
bool named(std::string_view name, const std::set<std::string, std::less<>>& words) {
    const auto parts = words_in(name);
    return !parts.empty() &&
           std::ranges::all_of(parts, [&](const std::string& part) { return words.contains(part); });
}

using Indices = std::vector<std::size_t>;

class Matching {
public:
    Matching(Cents amount, std::string_view remittance, const std::vector<Claim>& claims)
        : amount_(amount), claims_(claims), words_(words_in(remittance)) {
        for (std::size_t i = 0; i < claims.size(); ++i) by_invoice_[claims[i].invoice].push_back(i);
        for (const auto& [invoice, indices] : by_invoice_) {
            if (!invoice.empty() && named(invoice, words_)) named_invoices_.push_back(invoice);
        }
        for (std::size_t i = 0; i < claims.size(); ++i) {
            if (named(claims[i].reference, words_)) named_claims_.push_back(i);
        }
    }

    Match find() {
        if (amount_.is_negative()) return taken_back();
        if (!named_invoices_.empty() || !named_claims_.empty()) return by_name();
        return by_amount();
    }

private:
    Match no(NoMatch why, std::vector<std::string> suggestions) const {
        if (suggestions.size() > 3) suggestions.resize(3);
        return {{}, why, std::move(suggestions)};
    }

    Indices of_named_invoices() const {
        Indices all;
        for (const std::string& invoice : named_invoices_) {
            const Indices& one = by_invoice_.at(invoice);
            all.insert(all.end(), one.begin(), one.end());
        }
        return all;
    }

    Indices all_named() const {
        Indices all = of_named_invoices();
        all.insert(all.end(), named_claims_.begin(), named_claims_.end());
        std::ranges::sort(all);
        const auto twice = std::ranges::unique(all);
        all.erase(twice.begin(), twice.end());
        return all;
    }

    bool is_one_claim(const Indices& of_invoices) const {
        if (named_claims_.size() != 1) return false;
        return of_invoices.empty() ||
               std::ranges::find(of_invoices, named_claims_.front()) != of_invoices.end();
    }

    template <class Amount>
    Match parts(const Indices& indices, Amount amount) const {
        Match match;
        for (const std::size_t i : indices) {
            const Cents part = amount(claims_[i]);
            if (!part.is_zero()) match.parts.push_back({i, part});
        }
        return match;
    }
    static Cents open(const Claim& claim) { return claim.open; }
    static Cents paid_back(const Claim& claim) { return -claim.paid; }

    template <class Amount>
    bool adds_up(const Indices& indices, Amount amount) const {
        Cents sum;
        for (const std::size_t i : indices) sum += amount(claims_[i]);
        return !indices.empty() && sum == amount_;
    }

    Match by_name() const {
        const Indices whole = of_named_invoices();
        if (adds_up(whole, open)) return parts(whole, open);
        if (adds_up(named_claims_, open)) return parts(named_claims_, open);
        if (adds_up(all_named(), open)) return parts(all_named(), open);
        if (is_one_claim(whole)) return {{{named_claims_.front(), amount_}}, NoMatch::none, {}};
        const auto answered = [&](std::size_t i) { return claims_[i].answered; };
        const bool waits =
            !std::ranges::all_of(whole, answered) || !std::ranges::all_of(named_claims_, answered);
        return no(waits ? NoMatch::not_answered : NoMatch::amount_differs, named_invoices_);
    }

    Match taken_back() const {
        const Indices whole = of_named_invoices();
        if (adds_up(whole, paid_back)) return parts(whole, paid_back);
        if (adds_up(named_claims_, paid_back)) return parts(named_claims_, paid_back);
        if (is_one_claim(whole)) return {{{named_claims_.front(), amount_}}, NoMatch::none, {}};
        return no(NoMatch::paid_too_little, named_invoices_);
    }

    struct Candidate {
        std::string invoice;
        Cents open;
    };
    // Answered invoices with something open that is not more than the amount.
    std::vector<Candidate> candidates() const {
        std::vector<Candidate> found;
        for (const auto& [invoice, indices] : by_invoice_) {
            Cents sum;
            bool answered = !invoice.empty();
            for (const std::size_t i : indices) {
                sum += claims_[i].open;
                answered = answered && claims_[i].answered;
            }
            if (answered && sum > Cents() && sum <= amount_) found.push_back({invoice, sum});
        }
        return found;
    }

    Match by_amount() {
        candidates_ = candidates();
        for (std::size_t i = 0; i < candidates_.size(); ++i) {
            if (candidates_[i].open == amount_) found_.push_back({i});
        }
        if (found_.empty() && candidates_.size() <= candidates_max) {
            Indices chosen;
            combine(0, amount_, chosen);
        }
        if (found_.empty()) return no(NoMatch::nothing_open, nearest());
        std::vector<std::string> invoices;
        for (const Indices& one : found_) {
            for (const std::size_t i : one) invoices.push_back(candidates_[i].invoice);
        }
        if (found_.size() > 1) return no(NoMatch::ambiguous, invoices);
        Indices whole;
        for (const std::string& invoice : invoices) {
            const Indices& one = by_invoice_.at(invoice);
            whole.insert(whole.end(), one.begin(), one.end());
        }
        return parts(whole, open);
    }

    // Two are as good as more: both mean that it is not unique.
    void combine(std::size_t from, Cents rest, Indices& chosen) {
        if (rest.is_zero()) found_.push_back(chosen);
        if (rest.is_zero() || chosen.size() == combined_max) return;
        for (std::size_t i = from; i < candidates_.size() && found_.size() < 2; ++i) {
            if (candidates_[i].open > rest) continue;
            chosen.push_back(i);
            combine(i + 1, rest - candidates_[i].open, chosen);
            chosen.pop_back();
        }
    }

    std::vector<std::string> nearest() const {
        std::vector<Candidate> sorted = candidates_;
        std::ranges::stable_sort(sorted, std::greater<>(), &Candidate::open);
        std::vector<std::string> invoices;
        for (const Candidate& one : sorted) invoices.push_back(one.invoice);
        return invoices;
    }

    Cents amount_;
    const std::vector<Claim>& claims_;
    std::set<std::string, std::less<>> words_;
    std::map<std::string, Indices> by_invoice_;
    std::vector<std::string> named_invoices_;
    Indices named_claims_;
    std::vector<Candidate> candidates_;
    std::vector<Indices> found_;
};

}  // namespace

Match match(Cents amount, std::string_view remittance, const std::vector<Claim>& claims) {
    BUNDEL_ASSERT(!amount.is_zero());
    Match found = Matching(amount, remittance, claims).find();
    Cents sum;
    for (const Part& part : found.parts) sum += part.amount;
    BUNDEL_ASSERT(found.parts.empty() || sum == amount);
    BUNDEL_ASSERT(found.parts.empty() == (found.why != NoMatch::none));
    return found;
}

}  // namespace bundel::bank
