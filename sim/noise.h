// What goes wrong between the care and the files: people type, forget and send twice. Every fault is told to
// the truth, with its cause, so that a decision can be held against what could be known.
#pragma once

#include <string>
#include <vector>

#include "sim/care.h"

namespace bundel::sim {

// How often, per million of what is named. The defaults are those of the issue that asked for the simulator:
// a choice, not a measurement.
struct NoiseRates {
    int late_file = 30'000;            // of files
    int lost_file = 2'000;             // of files
    int file_out_of_order = 50'000;    // of files
    int late_line = 20'000;            // of lines
    int line_sent_twice = 5'000;       // of lines
    int corrected_line = 15'000;       // of lines; half of them only credited
    int wrong_bsn_digit = 2'000;       // of lines
    int wrong_due_days = 20'000;       // of pregnancies
    int wrong_due_month = 2'000;       // of pregnancies
    int missing_enrolment = 20'000;    // of pregnancies
    int hidden_outside_care = 30'000;  // of pregnancies

    static NoiseRates none();
};

enum class Fault {
    late_file,
    lost_file,
    file_out_of_order,
    late_line,
    line_sent_twice,
    line_corrected,
    line_credited,
    wrong_bsn_digit,
    wrong_due_days,
    wrong_due_month,
    missing_enrolment,
    hidden_outside_care
};
const char* fault_word(Fault fault);  // "late_file"

// One fault as the truth knows it.
struct Mishap {
    Fault fault;
    std::string woman;        // empty: of a file
    std::string subject;      // reference of the line, name of the file, or number of the pregnancy
    int days = 0;             // how much later, or how far the due date is off
    std::string number = {};  // of a file that was lost
};

// The lines as they are handed in: late, twice, corrected, under a wrong number; and care outside the region
// that only the insurer hears of. Mishaps are added to `mishaps`.
std::vector<Delivered> disturb(const NoiseRates& rates, const CareRegion& region, const Fees& fees,
                               const Life& life, std::vector<Delivered> lines, Chance& chance,
                               std::vector<Mishap>& mishaps);

// How many days the due date of this pregnancy is written wrong; 0: right.
int due_date_error(const NoiseRates& rates, const Life& life, std::size_t pregnancy, Chance& chance,
                   std::vector<Mishap>& mishaps);

// What happens to a file: the days by which it is received later; none when it is lost.
std::optional<int> file_delay(const NoiseRates& rates, const std::string& name, Chance& chance,
                              std::vector<Mishap>& mishaps);

}  // namespace bundel::sim
