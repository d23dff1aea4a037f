#include "sim/score.h"

#include <algorithm>

#include "base/text.h"
#include "sim/compare.h"
#include "sim/files.h"
#include "sim/program.h"

namespace bundel::sim {
namespace {

constexpr int minutes_per_question = 10;
constexpr int minutes_by_hand = 15;
constexpr std::size_t differences_shown = 20;

using Rows = std::vector<Row>;

using ByWoman = std::map<std::string, Rows>;
ByWoman by_woman(const Rows& rows) {
    ByWoman sorted;
    for (const Row& row : rows) sorted[row.at("vrouw")].push_back(row);
    return sorted;
}

std::string cell(const Row& row, const char* name) {
    const auto found = row.find(name);
    return found == row.end() ? "" : found->second;
}

std::int64_t number(const Row& row, const char* name) {
    return base::parse_digits(cell(row, name), 1'000'000'000'000).value_or(0);
}

// Closer than this two reports speak of one end, or of one due date that may be a month off.
constexpr int end_tolerance = 14;
constexpr int due_tolerance = 45;

bool is_near(const std::string& one, const std::string& other, int days) {
    const auto first = Date::parse(one);
    const auto second = Date::parse(other);
    return first.ok() && second.ok() && std::abs(days_between(*first, *second)) <= days;
}

// The number bundel gives to a pregnancy of the truth, by its end or else by its due date; "none" when it
// knows of none.
std::string number_in(const Rows& found, const Row& truth) {
    const auto by = [&](const char* column, int days) {
        return std::find_if(found.begin(), found.end(), [&](const Row& row) {
            return is_near(cell(row, column), truth.at(column), days);
        });
    };
    auto same = by("einde", end_tolerance);
    if (same == found.end()) same = by("a_terme", due_tolerance);
    return same == found.end() ? "none" : std::to_string(same - found.begin() + 1);
}

bool is_same_phase(const Row& phase, const Row& due) {
    return cell(phase, "zwangerschap") == cell(due, "bij") && cell(phase, "fase") == cell(due, "fase");
}

const Row* find_phase(const Rows& found, const Row& due) {
    const auto same =
        std::find_if(found.begin(), found.end(), [&](const Row& row) { return is_same_phase(row, due); });
    return same == found.end() ? nullptr : &*same;
}

class Scorer {
public:
    explicit Scorer(const ScoreOrder& order) : order_(order) {}

    Result<Score> run() {
        BUNDEL_TRY(women, read_rows(order_.region / "waarheid/vrouwen.csv"));
        BUNDEL_TRY(pregnancies, read_rows(order_.region / "waarheid/zwangerschappen.csv"));
        BUNDEL_TRY(phases, read_rows(order_.region / "waarheid/fasen.csv"));
        BUNDEL_TRY(lines, read_rows(order_.region / "waarheid/regels.csv"));
        for (const Row& line : lines) {
            if (line.at("ontvanger") == "igo")
                known_by_.emplace(line.at("vrouw"), line.at("agb") + "/" + line.at("regel"));
        }
        score_.women = static_cast<long>(women.size());
        score_.pregnancies = static_cast<long>(pregnancies.size());
        pregnancies_ = by_woman(pregnancies);
        const ByWoman due = by_woman(phases);
        for (const Row& woman : women) {
            const auto hers = due.find(woman.at("vrouw"));
            BUNDEL_TRY_DONE(compare(woman, hers == due.end() ? Rows() : hers->second));
        }
        return score_;
    }

private:
    Result<base::Done> compare(const Row& woman, Rows due) {
        const auto line = known_by_.find(woman.at("vrouw"));
        const auto patient =
            line == known_by_.end() ? woman.at("praktijk") + "/" + woman.at("patientnummer") : line->second;
        const std::vector<std::string> command{order_.program,       "explain", "--data",
                                               order_.data.string(), "--as-of", order_.as_of.iso(),
                                               "--patient",          patient,   "--json"};
        BUNDEL_TRY(ran, run_program(command, Complaints::captured));
        std::map<std::string, Rows> found;
        if (ran.exit_code == 0) {  // else nobody by that number: what she is owed was not found
            BUNDEL_TRY(rows, explained_rows(ran.output, woman.at("bsn"), {}));
            found = std::move(rows);
        }
        score_.questions += static_cast<long>(found["vraag"].size());
        for (Row& phase : due) {
            const auto place = static_cast<std::size_t>(number(phase, "zwangerschap")) - 1;
            phase["bij"] = number_in(found["zwangerschap"], pregnancies_.at(woman.at("vrouw"))[place]);
            judge(phase, found);
        }
        for (const Row& phase : found["fase"]) {
            const bool is_due = std::any_of(due.begin(), due.end(),
                                            [&](const Row& one) { return is_same_phase(phase, one); });
            if (!is_due) not_due(woman, phase);
        }
        return base::Done{};
    }

    void tell(const Row& phase, const std::string& what) {
        score_.differences.push_back(phase.at("vrouw") + " zwangerschap " + phase.at("zwangerschap") + " " +
                                     phase.at("fase") + ": " + what);
    }

    void judge(const Row& due, std::map<std::string, Rows>& found) {
        const Row* phase = find_phase(found["fase"], due);
        const std::string route = phase == nullptr ? "none" : cell(*phase, "route");
        ++score_.phases;
        ++score_.routes[{due.at("route"), route}];
        if (route != due.at("route")) {
            tell(due, due.at("route") + " (" + due.at("reden") + "), bundel " + route +
                          (phase == nullptr ? "" : " (" + cell(*phase, "reden") + ")"));
            return;
        }
        const bool integrated = route == "integrated";
        if (integrated) compare_price(due, *phase);
        const bool is_settled = integrated && settled(due, *phase, found["claim"]);
        score_.settled += is_settled ? 1 : 0;
        if ((!integrated || is_settled) && found["vraag"].empty()) ++score_.straight;
    }

    void compare_price(const Row& due, const Row& phase) {
        const auto distance = std::abs(number(due, "centen") - number(phase, "prijs"));
        if (distance == 0) return;
        ++score_.wrong_price;
        score_.price_difference += Cents::of(distance);
        tell(due, "prijs " + due.at("centen") + ", bundel " + cell(phase, "prijs") + " cent");
    }

    static bool settled(const Row& due, const Row& phase, const Rows& claims) {
        return std::any_of(claims.begin(), claims.end(), [&](const Row& claim) {
            const auto state = cell(claim, "staat");
            return cell(claim, "credit") == "nee" && cell(claim, "prestatie") == cell(phase, "prestatie") &&
                   (state == "approved" || state == "paid") && cell(claim, "toegekend") == due.at("centen");
        });
    }

    // A phase the truth does not have.
    void not_due(const Row& woman, Row phase) {
        ++score_.phases;
        ++score_.routes[{"none", cell(phase, "route")}];
        phase["vrouw"] = woman.at("vrouw");
        tell(phase, "niet, bundel " + cell(phase, "route") + " (" + cell(phase, "reden") + ")");
    }

    const ScoreOrder& order_;
    ByWoman pregnancies_;
    std::map<std::string, std::string> known_by_;  // woman -> a line of hers that the IGO was sent
    Score score_;
};

// "97,3": tenths rounded down, so that 100,0 is all.
std::string percent(long part, long whole) {
    const long tenths = whole == 0 ? 0 : part * 1'000 / whole;
    return std::to_string(tenths / 10) + "," + std::to_string(tenths % 10);
}

long routed_right(const Score& score) {
    long right = 0;
    for (const auto& [pair, count] : score.routes) right += pair.first == pair.second ? count : 0;
    return right;
}

}  // namespace

Result<Score> score(const ScoreOrder& order) {
    return Scorer(order).run();
}

void print_score(const Score& score, std::ostream& out) {
    out << "Waarheid tegen bundel: " << score.women << " vrouwen, " << score.pregnancies
        << " zwangerschappen, " << score.phases << " fasen\n\n"
        << "  waarheid     bundel       fasen\n";
    for (const auto& [pair, count] : score.routes) {
        const auto padded = [](std::string word) {
            return word + std::string(13 - std::min<std::size_t>(12, word.size()), ' ');
        };
        out << "  " << padded(pair.first) << padded(pair.second) << count << "\n";
    }
    const long hand = score.pregnancies * minutes_by_hand;
    const long now = score.questions * minutes_per_question;
    const auto per_hundred = [&](long minutes) {
        return score.pregnancies == 0 ? 0 : minutes * 100 / score.pregnancies;
    };
    out << "\n  goed gerouteerd                " << percent(routed_right(score), score.phases) << " %\n"
        << "  verkeerde prijs                " << score.wrong_price << " fasen, samen "
        << score.price_difference.count() << " cent\n"
        << "  integraal en goedgekeurd       " << score.settled << " fasen\n"
        << "  zonder mensenhand              " << percent(score.straight, score.phases) << " %\n"
        << "  vragen aan een mens            " << score.questions << "\n"
        << "  minuten per 100 zwangerschappen " << per_hundred(now) << ", met de hand " << per_hundred(hand)
        << " (geschat: 10 per vraag, 15 per zwangerschap met de hand)\n";
    if (!score.differences.empty()) out << "\nVerschillen (" << score.differences.size() << "):\n";
    for (std::size_t i = 0; i < std::min(score.differences.size(), differences_shown); ++i)
        out << "  " << score.differences[i] << "\n";
}

std::string score_plot(const Score& score) {
    struct Bar {
        const char* name;
        long count;
    };
    const Bar bars[] = {{"goed gerouteerd", routed_right(score)},
                        {"integraal en goedgekeurd", score.settled},
                        {"zonder mensenhand", score.straight}};
    std::string svg =
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"640\" height=\"150\" role=\"img\" "
        "aria-labelledby=\"t d\" font-family=\"sans-serif\" font-size=\"14\">\n"
        "<title id=\"t\">Waarheid tegen bundel</title>\n<desc id=\"d\">Aandeel van " +
        std::to_string(score.phases) + " fasen</desc>\n";
    int y = 20;
    for (const Bar& bar : bars) {
        const long width = score.phases == 0 ? 0 : bar.count * 360 / score.phases;
        svg += "<text x=\"0\" y=\"" + std::to_string(y + 16) + "\">" + bar.name +
               "</text><rect x=\"190\" y=\"" + std::to_string(y) + "\" width=\"" + std::to_string(width) +
               "\" height=\"22\" fill=\"#1a5fb4\"/><text x=\"" + std::to_string(198 + width) + "\" y=\"" +
               std::to_string(y + 16) + "\">" + percent(bar.count, score.phases) + " %</text>\n";
        y += 40;
    }
    return svg + "</svg>\n";
}

}  // namespace bundel::sim
