// How the things of the engine look in the API, with every code in words. Of what the role may not see the
// router takes the fields away afterwards.
#pragma once

#include "engine/explain.h"
#include "server/router.h"

namespace bundel::server {

Json claim_shape(const claim::Sent& claim, const rulebook::Rulebook& rulebook);
Json codes_shape(const std::array<base::FixedText<4>, 3>& codes, const rulebook::Rulebook& rulebook);
Json question_shape(const engine::QuestionRow& question);
Json phase_shape(const engine::World& world, const engine::Explanation& explanation,
                 const selection::PhaseDecision& decision);
Json line_shape(const engine::Explanation& explanation, std::uint32_t index);
Json lines_shape(const engine::Explanation& explanation);
Json woman_shape(const engine::World& world, const engine::Explanation& explanation,
                 const std::vector<engine::QuestionRow>& questions,
                 const std::map<std::string, std::string>& names);
Json findings_shape(const base::Findings& findings);
Json status_fields(values::Status status);
Json counts_shape(const std::vector<engine::CountRow>& rows, const std::string& prefix);
Json rests_shape(const engine::Reliance& reliance);

// Those of one group, as they come.
std::vector<engine::CountRow> counts_of(const std::vector<engine::CountRow>& totals, std::string_view group);

// Counting all claims and the whole book takes longer than a page may: `claims` and `books_sound` as of the
// last change.
Office::Worked overview_of(Office& office);

// "4f2a91c0": enough of a PersonId to talk about.
std::string short_name(values::PersonId person);

template <class Rows, class Make>
Json paged(const store::Paged<Rows>& found, const store::Page& page, Make make) {
    return Json{{"items", list(found.rows, make)},
                {"total", found.total},
                {"offset", page.offset},
                {"limit", page.limit}};
}

// Of a list that is in memory as a whole the piece that was asked for.
template <class Row>
store::Paged<Row> piece_of(const std::vector<Row>& rows, const store::Page& page) {
    store::Paged<Row> found;
    found.total = static_cast<std::int64_t>(rows.size());
    const std::int64_t first = std::min(page.offset, found.total);
    const std::int64_t last = std::min(found.total, first + page.limit);
    found.rows.assign(rows.begin() + first, rows.begin() + last);
    return found;
}

}  // namespace bundel::server
