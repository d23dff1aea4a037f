#include "rulebook/reading.h"

#include "rulebook/standing.h"

namespace bundel::rulebook {
using values::Date;
using values::Period;
using values::Status;

namespace {

constexpr Word<Status> status_words[] = {{status_names[0], Status::verified},
                                         {status_names[1], Status::example},
                                         {status_names[2], Status::provisional}};

}  // namespace

Period period_of(Table& table, const Period& widest) {
    const Date first = table.has("from") ? table.date("from") : widest.first;
    const Date last = table.has("to") ? table.date("to") : widest.last;
    if (first <= last) return {first, last};
    table.wrong(table.has("to") ? "to" : "from", first.iso() + " <= from <= to");
    return {first, first};
}

Standing standing_of(Table& table) {
    const auto status = table.word<Status>("status", status_words);
    std::string source = table.text("source");
    if (!may_stand(status, source)) table.wrong("source", "verified: ...");
    return {status, std::move(source)};
}

}  // namespace bundel::rulebook
