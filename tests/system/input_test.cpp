// Bad input through the program: told by file, record, field and columns; nothing of it is kept; no value of
// the file in what is said; in bounded time and memory.
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <fstream>
#include <random>
#include <thread>

#include "base/text.h"
#include "engine/report.h"
#include "sim/message_maker.h"
#include "store/workspace.h"
#include "system/holding.h"
#include "system/process.h"

namespace bundel::testing {
namespace {
namespace fs = std::filesystem;

const values::Date day = values::Date::of(2018, 2, 1);

// A message of two women, as the simulator makes it.
std::string good_message(const wire::Layouts& layouts) {
    std::vector<sim::Scenario> women;
    const fs::path examples = BUNDEL_SOURCE_DIR "/examples/delta";
    for (const auto& [file, text] : files_below(examples / "vrouwen")) {
        if (file.starts_with("01-") || file.starts_with("02a-"))
            women.push_back(must(sim::parse_scenario(text, file)));
    }
    const auto region = must(sim::parse_region(files_below(examples).at("regio.toml"), "regio.toml"));
    const auto files = must(sim::files_of_day(women, region, values::Date::of(2018, 1, 5), layouts));
    EXPECT_EQ(files.size(), 1U);
    return files.front().bytes;
}

class Input : public ::testing::Test {
protected:
    Input()
        : folder_("input"),
          data_((folder_.path / "data").string()),
          file_((folder_.path / "in.txt").string()) {
        must(store::create_workspace(data_, "53000001", false));
        good_ = good_message(must(store::Workspace::open(data_))->world().layouts);
        length_ = good_.find("\r\n") + 2;
        for (const auto& line : base::split(good_, '\n')) {
            if (!line.starts_with("02")) continue;
            for (const auto& [from, count] : {std::pair(14U, 9U), {53U, 8U}, {63U, 25U}})
                personal_.emplace_back(base::trim(line.substr(from, count)));
        }
        EXPECT_GE(personal_.size(), 6U);
    }

    void write(const std::string& bytes) { std::ofstream(file_, std::ios::binary) << bytes; }
    std::string held() {
        return without_findings(holding(must(store::Workspace::open(data_))->world(), day));
    }

    Ended import() { return import(file_); }
    Ended import(const std::string& path) {
        const Ended ended =
            run_process({BUNDEL_PROGRAM, "import", path, "--data", data_, "--as-of", day.iso()}, 60);
        for (const auto& value : personal_)
            EXPECT_EQ((ended.out + ended.err).find(value), std::string::npos) << "a personal value is told";
        return ended;
    }

    // Refused as a whole: told with this, and nothing is kept of it.
    void expect_refused(const std::string& bytes, const std::string& told) {
        SCOPED_TRACE(told);
        write(bytes);
        const std::string before = held();
        const Ended ended = import();
        EXPECT_EQ(ended.exit_code, 1) << ended.out << ended.err;
        EXPECT_NE((ended.out + ended.err).find(told), std::string::npos) << ended.out << ended.err;
        EXPECT_EQ(held(), before);
    }

    std::string record(std::size_t number) const { return good_.substr((number - 1) * length_, length_); }
    std::string with(std::size_t number, std::size_t column, const std::string& text) const {
        std::string bytes = good_;
        return bytes.replace((number - 1) * length_ + column - 1, text.size(), text);
    }

    static std::string without_findings(const std::string& held) {
        std::string kept;
        for (const auto line : base::split(held, '\n')) {
            if (!line.starts_with("finding ")) kept.append(line).append("\n");
        }
        return kept;
    }

    OwnFolder folder_;
    std::string data_;
    std::string file_;
    std::string good_;
    std::size_t length_ = 0;
    std::vector<std::string> personal_;
};

TEST_F(Input, CutOffAnywhereNothingIsTaken) {
    const std::size_t size = good_.size();
    std::vector<std::size_t> lengths = {1, 2, 4, 5, 8, 9, 10, length_ - 2, length_ - 1, length_, length_ + 1};
    for (std::size_t at = 2 * length_; at < size; at += length_)
        lengths.insert(lengths.end(), {at - 1, at, at + 7});
    lengths.insert(lengths.end(), {size - 1, size - 2, size - 3});
    for (const std::size_t length : lengths) {
        if (length < size) expect_refused(good_.substr(0, length), length < 5 ? "in.txt" : "bestand");
    }
    EXPECT_GT(lengths.size(), 30U);
}

TEST_F(Input, EveryFaultSaysWhere) {
    const std::string csv = "sleutel;organisatie;igo;begin;status\r\n";
    std::string noise;
    std::mt19937 random(7);
    for (int i = 0; i < 50'000; ++i) noise.push_back(static_cast<char>(random()));
    std::string short_record = good_;
    short_record.erase(3 * length_ - 12, 5);
    const struct {
        const char* what;
        std::string bytes;
        const char* told;
    } rows[] = {
        {"empty", "", "[file_empty"},
        {"a record of the wrong length", short_record, "regel 3: "},
        {"the length", short_record, "[record_length, 0804"},
        {"an unknown record", with(3, 1, "77"), "regel 3, kolommen 1-2: "},
        {"letters in the number of a record", with(3, 3, "00000000000X"),
         "regel 3, veld 0402, kolommen 3-14: "},
        {"a wrong count", with(good_.size() / length_, 15, "000099"),
         "regel 10, veld 9904, kolommen 15-20: "},
        {"a wrong total", with(good_.size() / length_, 34, "00000000099"), "[closing_total, 0150"},
        {"no closing record", good_.substr(0, good_.size() - length_), "[closing_missing, 8026"},
        {"more after the closing record", good_ + record(2), "[record_after_closing, 8026"},
        {"no CR/LF at the end", good_.substr(0, good_.size() - 2), "[crlf_missing, 8095"},
        {"a message that nobody knows", with(1, 3, "999"), "regel 1, veld 0102, kolommen 3-5: "},
        {"a version that nobody knows", with(1, 6, "77"), "regel 1, veld 0103, kolommen 6-7: "},
        {"ASCII zeros", std::string(5'000, '0'), "[header_unreadable, 0002"},
        {"NUL bytes", std::string(5'000, '\0'), "[csv_control_character"},
        {"noise", noise, "in.txt"},
        {"noise behind a good beginning", good_.substr(0, 9) + noise, "in.txt, regel 1"},
        {"a CSV with an unknown header", "a;b;c\r\n1;2;3\r\n", "in.txt, regel 1: "},
        {"a CSV without a mandatory column",
         "sleutel;organisatie;igo;status\r\nx;08000101;53000001;voorbeeld\r\n", "in.txt"},
        {"a CSV with a column twice", "sleutel;sleutel;" + csv, "in.txt, regel 1"},
    };
    for (const auto& row : rows) {
        SCOPED_TRACE(row.what);
        expect_refused(row.bytes, row.told);
    }
}

// A fault of one line is told and that line is left out; the others are taken, and the exit code says so.
TEST_F(Input, AFaultOfOneLineLeavesOutThatLine) {
    const struct {
        const char* what;
        std::string bytes;
        const char* told;
    } rows[] = {
        {"letters in an amount", with(3, 158, "X"), "regel 3, veld 04"},
        {"an impossible date", with(3, 73, "20170231"), "regel 3, veld 04"},
        {"an end before the begin", with(3, 81, "19990101"), "regel 3"},
        {"a birth date that is none", with(2, 54, "19881341"), "regel 2, veld 02"},
    };
    for (const auto& row : rows) {
        SCOPED_TRACE(row.what);
        write(row.bytes);
        const Ended ended = import();
        EXPECT_EQ(ended.exit_code, 1) << ended.out << ended.err;
        EXPECT_NE(ended.out.find(row.told), std::string::npos) << ended.out;
        EXPECT_EQ(ended.out.find("niets overgenomen"), std::string::npos) << ended.out;
    }
}

TEST_F(Input, TheSameBadFileTwiceIsToldOnce) {
    write(good_.substr(0, good_.size() - length_));
    import();
    const std::string once = holding(must(store::Workspace::open(data_))->world(), day);
    import();
    EXPECT_EQ(holding(must(store::Workspace::open(data_))->world(), day), once);
}

// A refused CSV must not have made its women known either: nothing of it is in the vault.
TEST_F(Input, WhoIsInARefusedFileIsNotKnown) {
    write(good_.substr(0, good_.size() - length_));
    import();
    const auto workspace = must(store::Workspace::open(data_));
    for (const auto& value : personal_) {
        const auto bsn = values::Bsn::parse(value);
        if (bsn.ok()) {
            EXPECT_FALSE(must(workspace->world().identities.find(*bsn)));
        }
    }
}

TEST_F(Input, WhatIsNoFileIsRefusedAtOnce) {
    const std::string before = held();
    const std::string pipe = (folder_.path / "pipe").string();
    ASSERT_EQ(::mkfifo(pipe.c_str(), 0600), 0);
    const std::string empty = (folder_.path / "empty").string();
    fs::create_directory(empty);
    const std::string locked = (folder_.path / "locked.txt").string();
    std::ofstream(locked) << good_;
    ASSERT_EQ(::chmod(locked.c_str(), 0), 0);
    const struct {
        std::string path;
        const char* told;
    } rows[] = {
        {pipe, "[file_no_regular]"},
        {"/dev/zero", "[file_no_regular]"},
        {(folder_.path / "none.txt").string(), "[file_missing]"},
        {empty, "geen bestanden"},
        {locked, "[file_failed]"},
    };
    for (const auto& row : rows) {
        SCOPED_TRACE(row.path);
        if (row.path == locked && ::getuid() == 0) continue;  // root reads everything
        const Ended ended = import(row.path);
        EXPECT_EQ(ended.exit_code, 1);
        EXPECT_NE(ended.err.find(row.told), std::string::npos) << ended.out << ended.err;
    }
    EXPECT_EQ(held(), before);
}

// Whatever was read while it grew is told to be unfinished, or a refused piece; never half of it is taken.
TEST_F(Input, AFileThatIsStillWrittenIsNeverTakenHalf) {
    const std::string before = held();
    std::string large = record(1);
    while (large.size() < (std::size_t{40} << 20)) large += record(2) + record(3);
    write(large);
    std::atomic<bool> stop = false;
    std::thread writer([&] {
        std::ofstream out(file_, std::ios::binary | std::ios::app);
        while (!stop) {
            out << record(3) << std::flush;
            ::usleep(100);
        }
    });
    const Ended ended = import();
    stop = true;
    writer.join();
    EXPECT_EQ(ended.exit_code, 1);
    EXPECT_NE(ended.err.find("[file_still_written]"), std::string::npos) << ended.out << ended.err;
    EXPECT_EQ(held(), before);
}

// Sparse: it takes no place. Above the limit nothing is read; at the limit it is read and refused.
TEST_F(Input, AGigabyteOfZeros) {
    const std::string before = held();
    write("");
    ASSERT_EQ(::truncate(file_.c_str(), off_t{1} << 30), 0);
    const Ended above = import();
    EXPECT_EQ(above.exit_code, 1);
    EXPECT_NE(above.err.find("[file_too_large]"), std::string::npos) << above.err;
    if (!BUNDEL_SANITIZED) {
        EXPECT_LT(above.megabytes, 64);
    }

    ASSERT_EQ(::truncate(file_.c_str(), off_t{300} << 20), 0);
    const Ended nul = import();
    EXPECT_EQ(nul.exit_code, 1);
    EXPECT_NE(nul.out.find("[csv_control_character"), std::string::npos) << nul.out;
    write(std::string(std::size_t{300} << 20, '0'));
    const Ended zeros = import();
    EXPECT_EQ(zeros.exit_code, 1);
    EXPECT_NE(zeros.out.find("[header_unreadable"), std::string::npos) << zeros.out;
    write(record(1) + std::string((std::size_t{300} << 20) - length_, '0'));
    const Ended behind = import();
    EXPECT_EQ(behind.exit_code, 1);
    EXPECT_NE(behind.out.find("[record_length"), std::string::npos) << behind.out;
    for (const Ended* ended : {&nul, &zeros, &behind}) {
        if (BUNDEL_SANITIZED) continue;
        EXPECT_LT(ended->megabytes, 1200);
    }
    EXPECT_EQ(held(), before);
}

}  // namespace
}  // namespace bundel::testing
