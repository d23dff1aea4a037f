// What happened while a region was played and cannot be seen afterwards: REGION/gespeeld.
#pragma once

#include <filesystem>
#include <map>
#include <string>

#include "sim/message_maker.h"

namespace bundel::sim {

// bundel asked whether a file got lost.
struct Suspected {
    std::string participant;
    std::string code;         // "delivery_numbers_missing", "delivery_month_low"
    std::string first, last;  // numbers of invoices; empty: of no numbers
    Date first_asked;
};

struct PlayLog {
    Date last;                         // day on which bundel ran
    std::map<std::string, Date> told;  // line "08000101/V-1" of care from outside -> first told by an insurer
    std::map<std::string, Suspected> suspected;  // by the key of the question

    // A file of care from outside that an insurer gave on this day. Error: sim_file_unreadable{file}.
    Result<base::Done> add_overlaps(const File& file, Date day);

    // `worklist`: of `bundel worklist --json` on this day. Error: worklist_unreadable{what}.
    Result<base::Done> add_questions(std::string_view worklist, Date day);

    // laatste.csv, verteld.csv and vermoedens.csv. Errors: sim_file_unwritable{file};
    // sim_file_unreadable{file}.
    Result<base::Done> write(const std::filesystem::path& folder) const;
    static Result<PlayLog> read(const std::filesystem::path& folder);
};

}  // namespace bundel::sim
