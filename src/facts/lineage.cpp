#include "facts/lineage.h"

#include <algorithm>
#include <numeric>
#include <optional>
#include <tuple>

namespace bundel::facts {
namespace {

using Index = std::size_t;

// Who came first is the same for every order of arrival: the day of receipt, then the identity.
bool came_first(const Known<CareLine>& a, const Known<CareLine>& b) {
    return std::tie(a.received, a.fact.id) < std::tie(b.received, b.fact.id);
}

class Lineages {
public:
    explicit Lineages(const Woman& known)
        : lines_(known.lines),
          order_(lines_.size()),
          named_(lines_.size()),
          standings_(lines_.size(), Standing::effective) {
        std::iota(order_.begin(), order_.end(), Index{0});
        if (someone_names_another(known)) find_names();
    }

    std::vector<Standing> find(const Woman& known) {
        mark_credits_sent_again();
        match_credits();
        mark_replaced();
        mark_successors(known.successors);
        mark_persons_unknown();
        mark_possible_duplicates();
        return std::move(standings_);
    }

private:
    bool someone_names_another(const Woman& known) const {
        return !known.successors.empty() || std::any_of(lines_.begin(), lines_.end(), [](const auto& line) {
            return !line.fact.previous.empty();
        });
    }

    void find_names() {
        by_id_ = order_;
        std::sort(by_id_.begin(), by_id_.end(),
                  [&](Index a, Index b) { return lines_[a].fact.id < lines_[b].fact.id; });
        for (const Index index : order_) {
            const CareLine& line = lines_[index].fact;
            if (!line.previous.empty()) named_[index] = line_of({line.id.issuer, line.previous});
        }
    }

    std::optional<Index> line_of(const LineId& id) const {
        const auto before = [&](Index index, const LineId& wanted) { return lines_[index].fact.id < wanted; };
        const auto at = std::lower_bound(by_id_.begin(), by_id_.end(), id, before);
        if (at == by_id_.end() || lines_[*at].fact.id != id) return std::nullopt;
        return *at;
    }

    // Lines that name each other in a circle are no evidence: else none of them would count.
    bool in_circle(Index line) const {
        auto next = named_[line];
        for (Index steps = 0; next && steps <= lines_.size(); ++steps) {
            if (*next == line) return true;
            next = named_[*next];
        }
        return false;
    }

    // The debit that a line is about, through the credits between them.
    std::optional<Index> debit_behind(std::optional<Index> named) const {
        for (Index steps = 0; named && steps <= lines_.size(); ++steps) {
            if (!lines_[*named].fact.credit) return named;
            named = named_[*named];
        }
        return std::nullopt;
    }

    bool is_credit(Index index) const { return lines_[index].fact.credit; }

    void mark_credits_sent_again() {
        for (const Index index : order_) {
            const auto named = named_[index];
            if (named && is_credit(index) && is_credit(*named) && debit_behind(named))
                standings_[*named] = Standing::replaced;
        }
    }

    bool cancels(Index credit, Index debit) const {
        const auto net = values::add(lines_[debit].fact.amount, lines_[credit].fact.amount);
        return standings_[debit] == Standing::effective && net.ok() && net->is_zero();
    }

    // A debit is cancelled once: by the credit that came first.
    void match_credits() {
        std::vector<Index> credits;
        for (const Index index : order_) {
            if (is_credit(index) && standings_[index] == Standing::effective) credits.push_back(index);
        }
        std::sort(credits.begin(), credits.end(),
                  [&](Index a, Index b) { return came_first(lines_[a], lines_[b]); });
        for (const Index credit : credits) {
            const auto debit = debit_behind(named_[credit]);
            const bool matched = debit && cancels(credit, *debit);
            standings_[credit] = matched ? Standing::credit : Standing::credit_unmatched;
            if (matched) standings_[*debit] = Standing::credited;
        }
    }

    void settle(std::optional<Index> debit, Standing standing) {
        if (debit && standings_[*debit] == Standing::effective) standings_[*debit] = standing;
    }

    void mark_replaced() {
        for (const Index index : order_) {
            if (named_[index] && !is_credit(index) && !in_circle(index))
                settle(debit_behind(named_[index]), Standing::replaced);
        }
    }

    void mark_successors(const std::vector<Known<Successor>>& successors) {
        for (const Known<Successor>& successor : successors) {
            if (line_of(successor.fact.line))
                continue;  // her own line: its amount is known, it was judged above
            settle(debit_behind(line_of(successor.fact.predecessor)),
                   successor.fact.credit ? Standing::credited : Standing::replaced);
        }
    }

    void mark_persons_unknown() {
        for (const Index index : order_) {
            Standing& standing = standings_[index];
            const bool counts = standing == Standing::effective || standing == Standing::credit_unmatched;
            if (counts && !lines_[index].fact.person_known) standing = Standing::person_unknown;
        }
    }

    void mark_possible_duplicates() {
        const auto content = [&](Index index) {
            const CareLine& line = lines_[index].fact;
            return std::tie(line.care, line.declarant, line.performance);
        };
        std::erase_if(order_, [&](Index index) { return standings_[index] != Standing::effective; });
        std::sort(order_.begin(), order_.end(), [&](Index a, Index b) {
            if (content(a) != content(b)) return content(a) < content(b);
            return came_first(lines_[a], lines_[b]);
        });
        for (std::size_t i = 1; i < order_.size(); ++i) {
            if (content(order_[i]) == content(order_[i - 1]))
                standings_[order_[i]] = Standing::possible_duplicate;
        }
    }

    const std::vector<Known<CareLine>>& lines_;
    std::vector<Index> order_;
    std::vector<Index> by_id_;                 // empty when no line names another
    std::vector<std::optional<Index>> named_;  // per line: the line it names as previous, when known
    std::vector<Standing> standings_;
};

}  // namespace

std::vector<Standing> standings(const Woman& known) {
    return Lineages(known).find(known);
}

}  // namespace bundel::facts
