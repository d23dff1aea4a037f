// The commands on a message itself: bundel ei show, check, diff, anonymise.
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "base/text.h"
#include "system/holding.h"
#include "system/process.h"
#include "values/identifiers.h"

namespace bundel::testing {
namespace {
namespace fs = std::filesystem;

const fs::path golden = fs::path(BUNDEL_SOURCE_DIR) / "tests/golden/ei";

std::string bytes_of(const fs::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

class Ei : public ::testing::Test {
protected:
    Ei() : folder_("ei") {
        for (const char* name : {"VK301", "VK302", "ZH308"})
            fs::copy_file(golden / (std::string(name) + ".asc"), at(name));
    }

    std::string at(const std::string& name) const { return (folder_.path / name).string(); }
    void write(const std::string& name, const std::string& bytes) const {
        std::ofstream(at(name), std::ios::binary) << bytes;
    }

    // In the folder, so that no name of this machine stands in what is said.
    Ended ei(std::vector<std::string> words) const {
        words.insert(words.begin(), {"/bin/sh", "-c", "cd \"$0\" && unset BUNDEL_DATA && exec \"$@\"",
                                     folder_.path.string(), BUNDEL_PROGRAM, "ei"});
        return run_process(words);
    }

    // Written anew with BUNDEL_UPDATE_GOLDEN=1.
    static void expect_golden(const std::string& name, const std::string& text) {
        if (std::getenv("BUNDEL_UPDATE_GOLDEN") != nullptr) std::ofstream(golden / name) << text;
        EXPECT_EQ(text, bytes_of(golden / name)) << name;
    }

    // A fault of each kind: a shifted line, letters in a number, no day, a reserve that is used, a line of
    // nothing, and no closing record.
    std::string with_faults() const {
        std::string bytes = bytes_of(at("VK301"));
        bytes.resize(312 * 7);
        bytes.replace(312 * 6 + 64, 4, "Jans");
        bytes.replace(312 * 5 + 250, 6, "Jansen");
        bytes.replace(312 * 3 + 60, 5, "");
        bytes.replace(312 * 2 + 8, 2, "xx");
        return bytes + "77 Jansen\r\n\r\n";
    }

    OwnFolder folder_;
};

TEST_F(Ei, ShowsATree) {
    for (const char* name : {"VK301", "VK302", "ZH308"}) {
        const Ended ended = ei({"show", name});
        EXPECT_EQ(ended.exit_code, 0) << ended.err;
        expect_golden(std::string("show-") + name + ".txt", ended.out);
    }
    expect_golden("show-VK301-revealed.txt", ei({"show", "VK301", "--reveal"}).out);
    expect_golden("show-VK301.json", ei({"show", "VK301", "--json"}).out);
}

TEST_F(Ei, ShowsWhatCanBeReadOfAFileWithFaults) {
    write("faults", with_faults());
    const Ended ended = ei({"show", "faults"});
    EXPECT_EQ(ended.exit_code, 1);
    expect_golden("show-faults.txt", ended.out);
    expect_golden("show-faults.json", ei({"show", "faults", "--json"}).out);
}

TEST_F(Ei, HidesPersonsWithoutReveal) {
    write("faults", with_faults());
    for (const char* name : {"VK301", "VK302", "ZH308", "faults"}) {
        for (const char* json : {"", "--json"}) {
            std::vector<std::string> words{"show", name};
            if (*json != '\0') words.emplace_back(json);
            const Ended ended = ei(words);
            for (const char* value : {"999990019", "999991772", "Voorbeeld", "van der", "1234AB", "19900506",
                                      "mevrouw", "VZ-100", "Jans", "123456789B01", "A.B."})
                EXPECT_EQ((ended.out + ended.err).find(value), std::string::npos) << name << " " << value;
        }
    }
    EXPECT_NE(ei({"show", "VK301", "--reveal"}).out.find("Voorbeeld"), std::string::npos);
}

TEST_F(Ei, SaysWhenItIsNoMessage) {
    write("text", "Geachte mevrouw Jansen,\n");
    write("empty", "");
    for (const char* name : {"text", "empty", "nothere", "."}) {
        const Ended ended = ei({"show", name, "VK301"});
        EXPECT_EQ(ended.exit_code, 1) << name;
        EXPECT_FALSE(ended.err.empty()) << name;
        EXPECT_EQ(ended.err.find("Jansen"), std::string::npos);
        EXPECT_NE(ended.out.find("persoon 2"), std::string::npos) << "the next file is shown";
    }
    EXPECT_EQ(ei({"diff", "text", "VK301"}).exit_code, 3);
    EXPECT_EQ(ei({"diff", "VK301"}).exit_code, 2);
    EXPECT_EQ(ei({"show", "VK301", "--data", "nothere"}).exit_code, 3);
}

TEST_F(Ei, MemoryDoesNotGrowWithTheFile) {
    const std::string small = bytes_of(at("VK301"));
    std::string large = small.substr(0, 312);
    int number = 0;
    for (std::size_t line = 0; line < 24'000; ++line) {
        const std::size_t from = 312 * (1 + line % 6);
        number += small.substr(from, 2) == "98" ? 0 : 1;
        std::string record = small.substr(from, 312);
        large += record.replace(2, 12, base::zero_padded(number, 12));
    }
    write("large", large + small.substr(312 * 7));
    const Ended few = ei({"show", "VK301"});
    const Ended many = ei({"show", "large"});
    EXPECT_GT(many.out.size(), 3000 * few.out.size());
    EXPECT_TRUE(BUNDEL_SANITIZED || many.megabytes <= few.megabytes + 3) << many.megabytes;
}

TEST_F(Ei, ChecksOnFiveLevels) {
    EXPECT_EQ(ei({"check", "VK301", "VK302", "ZH308", "--as-of", "2024-05-01"}).out.find("Herstel"),
              std::string::npos);
    std::string bytes = bytes_of(at("VK301"));
    bytes.replace(312 * 1 + 61, 1, "7");         // 0208: no such sex
    bytes.replace(312 * 2 + 72, 8, "20250101");  // 0412: after the invoice
    bytes.replace(312 * 6 + 3, 1, "x");
    write("faults", bytes);
    const Ended ended = ei({"check", "faults", "--as-of", "2024-05-01"});
    EXPECT_EQ(ended.exit_code, 1);
    expect_golden("check-faults.txt", ended.out);
    expect_golden("check-faults.json", ei({"check", "faults", "--json", "--as-of", "2024-05-01"}).out);
}

TEST_F(Ei, ReadsAPipe) {
    const auto piped = [&](const std::string& command) {
        return run_process({"/bin/sh", "-c", "cd \"$0\" && unset BUNDEL_DATA && " + command,
                            folder_.path.string(), BUNDEL_PROGRAM});
    };
    const Ended slow =
        piped("(head -c 5 VK301; tail -c +6 VK301) | \"$1\" ei check /dev/stdin --as-of 2024-05-01");
    EXPECT_EQ(slow.exit_code, 0) << slow.out << slow.err;
    const Ended endless =
        piped("(head -c 312 VK301; cat /dev/zero) | \"$1\" ei check /dev/stdin --as-of 2024-05-01");
    EXPECT_EQ(endless.exit_code, 1);
    EXPECT_NE(endless.out.find("file_over_limit"), std::string::npos) << endless.out;
    EXPECT_TRUE(BUNDEL_SANITIZED || endless.megabytes < 64) << endless.megabytes;
}

TEST_F(Ei, AFullDiskIsTold) {
    if (!fs::exists("/dev/full")) GTEST_SKIP() << "not run: there is no /dev/full here";
    const Ended ended =
        run_process({"/bin/sh", "-c", "cd \"$0\" && unset BUNDEL_DATA && \"$1\" ei answer VK301 > /dev/full",
                     folder_.path.string(), BUNDEL_PROGRAM});
    EXPECT_EQ(ended.exit_code, 3);
    EXPECT_NE(ended.err.find("niet geheel geschreven"), std::string::npos) << ended.err;
}

TEST_F(Ei, ChecksAgainstWhatWasSentBefore) {
    EXPECT_EQ(ei({"check", "VK301", "--as-of", "2024-05-01"}).exit_code, 0);
    const Ended again = ei({"check", "VK301", "--earlier", "VK301", "--as-of", "2024-05-01"});
    EXPECT_EQ(again.exit_code, 1);
    EXPECT_NE(again.out.find("content_invoice_repeated, 0030"), std::string::npos) << again.out;
    EXPECT_NE(again.out.find("content_reference_repeated, 8021"), std::string::npos) << again.out;
    write("text", "Geachte mevrouw Jansen,\n");
    EXPECT_EQ(ei({"check", "VK301", "--earlier", "text"}).exit_code, 3);
    EXPECT_EQ(ei({"check", "text", "nothere"}).exit_code, 1);
}

// A file as large as the channel takes, and every line of it says something else: the most there is to
// remember. Counts are wrong, so that the end of the file is seen to be read.
TEST_F(Ei, ChecksTheLargestFileInBoundedMemory) {
    const std::string small = bytes_of(at("VK301"));
    const std::size_t lines = BUNDEL_SANITIZED ? 20'000 : (std::size_t{300} << 20) / 312 - 2;
    std::ofstream large(at("large"), std::ios::binary);
    large << small.substr(0, 312) << small.substr(312, 312);
    for (std::size_t line = 1; line < lines; ++line) {
        std::string record = small.substr(312 * 2, 312);
        record.replace(2, 12, base::zero_padded(static_cast<std::int64_t>(line + 1), 12));
        record.replace(154, 8, base::zero_padded(static_cast<std::int64_t>(line), 8));    // 0427
        record.replace(163, 20, base::zero_padded(static_cast<std::int64_t>(line), 20));  // 0429
        large << record;
    }
    large << small.substr(small.size() - 312);
    large.close();
    const Ended ended = ei({"check", "large", "--as-of", "2024-05-01"});
    EXPECT_NE(ended.out.find("closing_count, 0158"), std::string::npos) << ended.out.substr(0, 2000);
    EXPECT_TRUE(BUNDEL_SANITIZED || ended.megabytes <= 256) << ended.megabytes;
    RecordProperty("megabytes", static_cast<int>(ended.megabytes));
}

TEST_F(Ei, TellsWhatChanged) {
    std::string bytes = bytes_of(at("VK301"));
    const auto replace = [&](const std::string& from, const std::string& to) {
        bytes.replace(bytes.find(from), from.size(), to);
    };
    replace("F-2024-17", "F-2024-18");
    replace("Voorbeeld", "Jansen   ");
    replace("gebeld met mevrouw", "niet gebeld, was  ");
    write("later", bytes);
    const Ended same = ei({"diff", "VK301", "VK301"});
    EXPECT_EQ(same.exit_code, 0) << same.err;
    const Ended changed = ei({"diff", "VK301", "later"});
    EXPECT_EQ(changed.exit_code, 1);
    expect_golden("diff.txt", same.out + changed.out + ei({"diff", "VK301", "VK302"}).out);
    expect_golden("diff.json", ei({"diff", "VK301", "later", "--json"}).out);
    EXPECT_EQ(changed.out.find("Jansen"), std::string::npos);
    EXPECT_NE(ei({"diff", "VK301", "later", "--reveal"}).out.find("Voorbeeld -> Jansen"), std::string::npos);
}

std::vector<std::string> files_in(const fs::path& folder) {
    std::vector<std::string> files;
    if (!fs::exists(folder)) return files;
    for (const auto& entry : fs::directory_iterator(folder)) files.push_back(entry.path().string());
    std::sort(files.begin(), files.end());
    return files;
}

TEST_F(Ei, MakesFilesToShare) {
    const Ended first = ei({"anonymise", "VK301", "VK302", "ZH308", "--key", "keys/key", "--out", "out"});
    EXPECT_EQ(first.exit_code, 0) << first.err;
    EXPECT_NE(first.err.find("keys/key"), std::string::npos) << "a key is made, and that is said";
    struct stat about {};
    ASSERT_EQ(::stat(at("keys/key").c_str(), &about), 0);
    EXPECT_EQ(about.st_mode & 0777U, 0600U);
    EXPECT_EQ(about.st_size, 32);

    const auto files = files_in(at("out"));
    ASSERT_EQ(files.size(), 3U);
    std::string bsn;
    for (const std::string& file : files) {
        EXPECT_EQ(ei({"show", file}).exit_code, 0) << file;
        const std::string bytes = bytes_of(file);
        const std::string here = bytes.substr(bytes.find("\r\n") + 2 + 14, 9);
        EXPECT_TRUE(values::Bsn::parse(here).ok());
        EXPECT_NE(here, "999990019");
        EXPECT_TRUE(bsn.empty() || here == bsn) << "the same woman in every file";
        bsn = here;
    }

    // The same again: the same files, and the key is used, not made.
    const Ended again = ei({"anonymise", "VK301", "VK302", "ZH308", "--key", "keys/key", "--out", "out"});
    EXPECT_EQ(again.exit_code, 0);
    EXPECT_TRUE(again.err.empty()) << again.err;
    EXPECT_EQ(files_in(at("out")), files);
    for (const char* name : {"VK301", "VK302", "ZH308"})
        EXPECT_EQ(bytes_of(at(name)), bytes_of(golden / (std::string(name) + ".asc"))) << "left alone";
}

TEST_F(Ei, SharesNothingOfAFileWithFaults) {
    write("faults", with_faults());
    std::string bytes = bytes_of(at("VK301"));
    bytes.replace(312 * 2 + 58, 1, "x");
    write("one-line", bytes);
    const Ended ended = ei({"anonymise", "faults", "one-line", "VK301", "--key", "key", "--out", "out"});
    EXPECT_EQ(ended.exit_code, 1);
    EXPECT_EQ(files_in(at("out")).size(), 1U);
    EXPECT_NE(ended.err.find("one-line"), std::string::npos);
    EXPECT_EQ((ended.out + ended.err).find("Jans"), std::string::npos);
}

TEST_F(Ei, OverwritesNothing) {
    ASSERT_EQ(ei({"anonymise", "VK301", "--key", "key", "--out", "out"}).exit_code, 0);
    const std::string file = files_in(at("out")).at(0);
    std::ofstream(file) << "mine";
    EXPECT_EQ(ei({"anonymise", "VK301", "--key", "key", "--out", "out"}).exit_code, 3);
    EXPECT_EQ(bytes_of(file), "mine");
    write("open-key", std::string(32, 'k'));
    ::chmod(at("open-key").c_str(), 0644);
    EXPECT_EQ(ei({"anonymise", "VK301", "--key", "open-key", "--out", "out2"}).exit_code, 3);
    EXPECT_TRUE(files_in(at("out2")).empty());
}

}  // namespace
}  // namespace bundel::testing
