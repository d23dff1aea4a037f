#include <algorithm>
#include <array>

#include "reply/draft.h"
#include "reply/reply.h"
#include "reply/source.h"
#include "wire/csv.h"

namespace bundel::reply {
namespace {

using values::Payer;
using values::Status;

constexpr std::array<std::string_view, 14> columns = {
    "referentie", "regel",  "credit",  "neemt_terug", "patientnummer",        "prestatie", "begin",
    "eind",       "bedrag", "betaler", "uzovi",       "uiterste_indiendatum", "waarden",   "reden"};

// As participants write them in their own tables.
constexpr std::string_view payers[] = {"verzekeraar", "staat", "asielopvang", "zelf", "buitenland"};
constexpr std::string_view statuses[] = {"vastgesteld", "voorbeeld", "voorlopig"};
constexpr const char* reasons[] = {"list_reason_table", "list_reason_state", "list_reason_asylum",
                                   "list_reason_self", "list_reason_foreign"};

const char* reason_of(const ListLine& line) {
    if (!line.claim.credit) return reasons[static_cast<std::size_t>(*line.payer)];
    const bool own_credit = line.claim.line.reference == line.claim.reference;
    return own_credit ? "list_reason_own_credit" : "list_reason_take_back";
}

std::array<std::string, columns.size()> cells_of(const ListLine& line, const texts::Texts& texts) {
    const claim::Sent& claim = line.claim;
    return {claim.reference.str(),
            claim.line.reference.str(),
            claim.credit ? "ja" : "nee",
            claim.debit.str(),
            line.patient_number,
            claim.performance.str(),
            claim.care.first.iso(),
            claim.care.last.iso(),
            claim.amount.plain_euros(),
            line.payer ? std::string(payers[static_cast<std::size_t>(*line.payer)]) : "",
            claim.insurer.is_none() ? "" : claim.insurer.digits(),
            line.latest_submit_day ? line.latest_submit_day->iso() : "",
            std::string(statuses[static_cast<std::size_t>(claim.status)]),
            texts.sentence(reason_of(line))};
}

}  // namespace

std::vector<Segment> write_list(std::span<const ListLine> lines, const texts::Texts& texts) {
    std::vector<const ListLine*> sorted;
    for (const ListLine& line : lines) sorted.push_back(&line);
    std::sort(sorted.begin(), sorted.end(),
              [](const ListLine* a, const ListLine* b) { return a->claim.reference < b->claim.reference; });
    const std::vector<std::string> header(columns.begin(), columns.end());
    std::vector<Segment> segments{{{}, wire::csv_line(header)}};
    for (const ListLine* line : sorted)
        segments.push_back({line->claim.person, wire::csv_line(cells_of(*line, texts))});
    return segments;
}

Result<std::string> patient_number(const wire::Message& source, std::size_t record) {
    const wire::Record& insured = insured_above(source, record);
    // One thing under two names in the standards: of midwives and kraamzorg, and of hospitals.
    auto column = column_of(source.layout(), wire::code_insured, "COD038");
    if (!column.ok()) column = column_of(source.layout(), wire::code_insured, "NUM366");
    if (!column.ok()) return column.error();
    return wire::utf8(source.field(insured, *column));
}

}  // namespace bundel::reply
