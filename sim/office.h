// The back office: the data directory of bundel, with what comes in and goes out of it.
#pragma once

#include <filesystem>
#include <set>
#include <string>
#include <vector>

#include "base/result.h"
#include "sim/insurer.h"

namespace bundel::sim {

class Office {
public:
    Office(std::filesystem::path data, std::string program)
        : data_(std::move(data)), program_(std::move(program)) {}

    // What the program printed. Errors: those of run_program; program_failed{command, output}.
    Result<std::string> bundel(std::vector<std::string> words) const;
    Result<base::Done> init() const;
    Result<base::Done> run(Date day) const;

    // A file appears in the inbox at once, never half. Error: sim_file_unwritable{file}.
    Result<base::Done> put(const File& file);

    // Every message in the outbox that was not read before. Errors: those of Insurers::receive.
    Result<base::Done> let_read(Insurers& insurers, Date day);

    std::size_t put_count() const { return put_; }
    std::size_t read_count() const { return read_.size(); }

private:
    std::filesystem::path data_;
    std::string program_;
    std::set<std::filesystem::path> read_;
    std::size_t put_ = 0;
};

}  // namespace bundel::sim
