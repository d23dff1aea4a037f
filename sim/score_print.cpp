#include "sim/score_print.h"

#include <algorithm>

#include "base/text.h"

namespace bundel::sim {
namespace {

constexpr std::size_t differences_shown = 20;
long minutes_of(const WorkMinutes& minutes, const std::string& code) {
    const auto found = minutes.of_question.find(code);
    return found == minutes.of_question.end() ? minutes.of_question.at("rest") : found->second;
}

// "97,3": tenths rounded down, so that 100,0 is all.
std::string percent(long part, long whole) {
    const long tenths = whole == 0 ? 0 : part * 1'000 / whole;
    return std::to_string(tenths / 10) + "," + std::to_string(tenths % 10);
}

std::string padded(std::string text, std::size_t width) {
    return text.size() < width ? text + std::string(width - text.size(), ' ') : text;
}

std::string euros(Cents cents) {
    return "€ " + cents.euros();
}

void print_agreement(const char* what, const Agreement& agreement, std::ostream& out) {
    out << "  " << padded(what, 34) << percent(agreement.right, agreement.all()) << " % van "
        << agreement.all() << " goed";
    for (const auto& [cause, count] : agreement.unknowable)
        out << ", " << count << " niet te weten (" << cause << ")";
    if (agreement.left_open > 0) out << ", " << agreement.left_open << " aan een mens gevraagd";
    out << ", " << agreement.wrong << " fout\n";
}

void print_counts(const std::map<std::string, long>& counts, std::ostream& out) {
    if (counts.empty()) out << "geen";
    const char* before = "";
    for (const auto& [name, count] : counts) {
        out << before << name << " " << count;
        before = ", ";
    }
}

void print_work(const Score& score, const WorkMinutes& work, std::ostream& out) {
    long count = 0, minutes = 0;
    for (const auto& [code, times] : score.questions) {
        count += times;
        minutes += times * minutes_of(work, code);
    }
    const auto per_hundred = [&](long spent) {
        return score.pregnancies == 0 ? 0 : spent * 100 / score.pregnancies;
    };
    out << "  vragen aan een mens               " << count << " (";
    print_counts(score.questions, out);
    out << ")\n  minuten per 100 zwangerschappen   " << per_hundred(minutes) << ", met de hand "
        << per_hundred(score.pregnancies * work.sort_pregnancy) << " (geschat)\n";
}

}  // namespace

void print_score(const Score& score, const WorkMinutes& minutes, std::ostream& out) {
    out << "Waarheid tegen bundel: " << score.women << " vrouwen, " << score.pregnancies
        << " zwangerschappen\n\n  waarheid     bundel       fasen\n";
    for (const auto& [pair, count] : score.routes)
        out << "  " << padded(pair.first, 13) << padded(pair.second, 13) << count << "\n";
    out << "\n";
    print_agreement("fasen: route en prijs", score.phases, out);
    print_agreement("regels: bestemming en delen", score.lines, out);
    print_agreement("claims, elke dag dat zij stonden", score.claims, out);
    out << "  afwijking in prijs                " << euros(score.price_difference) << "\n"
        << "  integraal en op tijd goedgekeurd  " << score.settled << " fasen\n"
        << "  zonder mensenhand                 " << percent(score.straight, score.phases.all()) << " %\n"
        << "  verloren omzet                    " << euros(score.lost) << "\n"
        << "  verloren bestanden                " << score.lost_files << ", vermoed " << score.suspected
        << "; vermoedens zonder verlies: ";
    print_counts(score.false_suspicions, out);
    out << "\n";
    print_work(score, minutes, out);
    if (!score.differences.empty()) out << "\nVerschillen (" << score.differences.size() << "):\n";
    for (std::size_t i = 0; i < std::min(score.differences.size(), differences_shown); ++i)
        out << "  " << score.differences[i] << "\n";
}

std::string score_plot(const Score& score) {
    struct Bar {
        const char* name;
        long part, whole;
    };
    const Bar bars[] = {{"fasen goed", score.phases.right, score.phases.all()},
                        {"regels goed", score.lines.right, score.lines.all()},
                        {"claims goed, elke dag", score.claims.right, score.claims.all()},
                        {"zonder mensenhand", score.straight, score.phases.all()}};
    std::string svg =
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"640\" height=\"190\" role=\"img\" "
        "aria-labelledby=\"t d\" font-family=\"sans-serif\" font-size=\"14\">\n"
        "<title id=\"t\">Waarheid tegen bundel</title>\n<desc id=\"d\">Aandeel van " +
        std::to_string(score.phases.all()) + " fasen, " + std::to_string(score.lines.all()) + " regels en " +
        std::to_string(score.claims.all()) + " claims</desc>\n";
    int y = 20;
    for (const Bar& bar : bars) {
        const long width = bar.whole == 0 ? 0 : bar.part * 360 / bar.whole;
        svg += "<text x=\"0\" y=\"" + std::to_string(y + 16) + "\">" + bar.name +
               "</text><rect x=\"190\" y=\"" + std::to_string(y) + "\" width=\"" + std::to_string(width) +
               "\" height=\"22\" fill=\"#1a5fb4\"/><text x=\"" + std::to_string(198 + width) + "\" y=\"" +
               std::to_string(y + 16) + "\">" + percent(bar.part, bar.whole) + " %</text>\n";
        y += 40;
    }
    return svg + "</svg>\n";
}

}  // namespace bundel::sim
