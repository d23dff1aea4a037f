// Everything that touches folders: outbox, inbox, key file, clock.
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <atomic>
#include <ctime>
#include <thread>

#include "store/clock.h"
#include "store/files.h"
#include "store/inbox.h"
#include "store/key_file.h"
#include "store/outbox.h"
#include "store/testing.h"

namespace bundel::store {
namespace {

namespace fs = std::filesystem;

template <class T>
std::string code_of(const base::Result<T>& result) {
    return result.ok() ? "" : result.error().code;
}

void write(const std::string& path, const std::string& bytes) {
    fs::create_directories(fs::path(path).parent_path());
    std::ofstream(path, std::ios::binary) << bytes;
}

class OutboxTest : public ::testing::Test {
protected:
    TempFolder folder{"outbox"};
    FolderOutbox outbox{folder.path("staging"), folder.path("out")};
    const std::string name = "verzekeraars/1234/a-1_b.txt";
};

TEST_F(OutboxTest, StagedIsNotSentUntilReleased) {
    ASSERT_TRUE(outbox.stage(name, "first").ok());
    ASSERT_TRUE(outbox.stage(name, "second").ok()) << "a restart stages again";
    EXPECT_TRUE(outbox.is_staged(name));
    EXPECT_FALSE(fs::exists(folder.path("out")));
    ASSERT_TRUE(outbox.release(name).ok());
    EXPECT_FALSE(outbox.is_staged(name));
    EXPECT_EQ(content_of(folder.path("out/" + name)), "second");
    EXPECT_TRUE(list_files(folder.path("staging"))->empty()) << "nothing unfinished stays";
}

TEST_F(OutboxTest, NothingSentIsRewritten) {
    ASSERT_TRUE(outbox.stage(name, "first").ok());
    ASSERT_TRUE(outbox.release(name).ok());
    EXPECT_EQ(code_of(outbox.release(name)), "outbox_exists");
    ASSERT_TRUE(outbox.stage(name, "other").ok());
    EXPECT_EQ(code_of(outbox.release(name)), "outbox_exists");
    EXPECT_EQ(content_of(folder.path("out/" + name)), "first");
}

TEST_F(OutboxTest, ReleaseWithoutStagingIsAnError) {
    EXPECT_EQ(code_of(outbox.release(name)), "outbox_not_staged");
}

TEST_F(OutboxTest, ReleaseStoppedBetweenLinkAndUnlinkIsFinished) {
    ASSERT_TRUE(outbox.stage(name, "bytes").ok());
    fs::create_directories(folder.path("out/verzekeraars/1234"));
    fs::create_hard_link(folder.path("staging/" + name), folder.path("out/" + name));
    ASSERT_TRUE(outbox.release(name).ok());
    EXPECT_FALSE(outbox.is_staged(name));
    EXPECT_EQ(content_of(folder.path("out/" + name)), "bytes");
}

TEST_F(OutboxTest, AFileInTheWayOfAFolderIsAnError) {
    write(folder.path("out/verzekeraars"), "in the way");
    ASSERT_TRUE(outbox.stage(name, "bytes").ok());
    EXPECT_EQ(code_of(outbox.release(name)), "file_failed");
    EXPECT_TRUE(outbox.is_staged(name));
}

TEST_F(OutboxTest, NamesStayInsideTheFolder) {
    struct Row {
        std::string name;
        bool good;
    };
    const Row rows[] = {
        {"a", true},
        {"a/b.txt", true},
        {"A-1_2.x.y/b", true},
        {"a..b", true},
        {std::string(100, 'a'), true},
        {"", false},
        {"/a", false},
        {"a/", false},
        {"a//b", false},
        {"..", false},
        {"a/../b", false},
        {".", false},
        {".hidden", false},
        {"a/.b", false},
        {"a b", false},
        {"a\\b", false},
        {"a\nb", false},
        {"é", false},
        {"a.tmp", false},
        {"a.tmp/b", false},
        {std::string("a\0b", 3), false},
        {std::string(101, 'a'), false},
    };
    for (const Row& row : rows) {
        SCOPED_TRACE(row.name);
        EXPECT_EQ(is_outbox_name(row.name), row.good);
        EXPECT_EQ(code_of(outbox.stage(row.name, "")), row.good ? "" : "outbox_name");
        EXPECT_EQ(outbox.is_staged(row.name), row.good);
        EXPECT_EQ(code_of(outbox.release(row.name)), row.good ? "" : "outbox_name");
        fs::remove_all(folder.path("out"));
        fs::remove_all(folder.path("staging"));
    }
}

TEST(Inbox, ReadsRegularFilesUpToTheBound) {
    const TempFolder folder("inbox");
    const std::string bytes("12345\0\r\n", 8);
    write(folder.path("a.txt"), bytes);
    write(folder.path("empty.txt"), "");
    fs::create_symlink(folder.path("a.txt"), folder.path("link"));
    ASSERT_EQ(::mkfifo(folder.path("pipe").c_str(), 0600), 0);
    fs::resize_file((write(folder.path("huge"), ""), folder.path("huge")), std::uintmax_t{300'000'001});
    struct Row {
        std::string path;
        std::size_t bytes_max;
        std::string code;
    };
    const Row rows[] = {
        {folder.path("a.txt"), 8, ""},
        {folder.path("a.txt"), 7, "file_too_large"},
        {folder.path("empty.txt"), 0, ""},
        {folder.path("link"), 8, ""},
        {folder.path("pipe"), 8, "file_no_regular"},
        {folder.path(), 8, "file_no_regular"},
        {"/dev/zero", 8, "file_no_regular"},
        {folder.path("huge"), 300'000'000, "file_too_large"},
        {folder.path("none"), 8, "file_missing"},
        {folder.path("a.txt/none"), 8, "file_failed"},
    };
    for (const Row& row : rows) EXPECT_EQ(code_of(read_file(row.path, row.bytes_max)), row.code) << row.path;
    EXPECT_EQ(*read_file(folder.path("link"), 8), bytes);
    EXPECT_EQ(*read_file(folder.path("empty.txt"), 0), "");
}

// A writer that never rests: what is read is whole or refused, never half of one and half of the next.
TEST(Inbox, AFileThatIsWrittenIsRefused) {
    const TempFolder folder("inbox");
    const std::string path = folder.path("a.txt");
    write(path, std::string(1 << 20, 'a'));
    std::atomic<bool> stop = false;
    std::thread writer([&] {
        for (char letter = 'b'; !stop; letter = letter == 'y' ? 'b' : static_cast<char>(letter + 1)) {
            std::ofstream out(path, std::ios::binary | std::ios::in);
            for (int i = 0; i < 16; ++i) out << std::string(1 << 16, letter) << std::flush;
        }
    });
    int refused = 0;
    for (int i = 0; i < 200; ++i) {
        const auto bytes = read_file(path, 1 << 21);
        refused += code_of(bytes) == "file_still_written";
        EXPECT_TRUE(bytes.ok() || code_of(bytes) == "file_still_written");
    }
    stop = true;
    writer.join();
    EXPECT_GT(refused, 0);
}

TEST(Inbox, ListsByNameWithoutHiddenAndUnfinished) {
    const TempFolder folder("inbox");
    for (const char* name : {"b.txt", "a/z.txt", "a.txt", "a/b/c.csv", ".hidden", "x.tmp", "y.part",
                             ".git/config", "old.tmp/inside.txt"})
        write(folder.path(name), "x");
    fs::create_directories(folder.path("empty"));
    fs::create_directory_symlink(folder.path(), folder.path("loop"));
    const std::vector<std::string> expected{folder.path("a.txt"), folder.path("a/b/c.csv"),
                                            folder.path("a/z.txt"), folder.path("b.txt"),
                                            folder.path("loop")};
    EXPECT_EQ(*list_files(folder.path("")), expected);
    EXPECT_EQ(code_of(read_file(folder.path("loop"), 9)), "file_no_regular");
    EXPECT_EQ(code_of(list_files(folder.path("none"))), "file_missing");
    EXPECT_EQ(code_of(list_files(folder.path("a.txt"))), "file_failed");
}

TEST(KeyFile, IsMadeOnceForTheOwnerOnly) {
    const TempFolder folder("key");
    const std::string path = folder.path("bundel.key");
    EXPECT_EQ(code_of(read_key(path)), "key_file_missing");
    const auto made = create_key(path);
    ASSERT_TRUE(made.ok());
    EXPECT_EQ(read_key(path)->view(), made->view());
    EXPECT_EQ(code_of(create_key(path)), "key_file_exists");
    EXPECT_EQ(read_key(path)->view(), made->view()) << "the old one stays";
    EXPECT_NE(create_key(folder.path("other.key"))->view(), made->view());
    EXPECT_EQ(list_files(folder.path())->size(), 2U);
    struct Row {
        unsigned mode;
        std::string code;
    };
    for (const Row& row :
         {Row{0600, ""}, Row{0400, ""}, Row{0640, "key_file_readable_by_others"},
          Row{0604, "key_file_readable_by_others"}, Row{0620, "key_file_readable_by_others"}}) {
        ASSERT_EQ(::chmod(path.c_str(), row.mode), 0);
        EXPECT_EQ(code_of(read_key(path)), row.code) << std::oct << row.mode;
    }
}

TEST(KeyFile, HoldsExactly32Bytes) {
    const TempFolder folder("key");
    for (const std::size_t size : {std::size_t{0}, Key::size - 1, Key::size, Key::size + 1}) {
        const std::string path = folder.path(std::to_string(size));
        ASSERT_TRUE(write_through(path, std::string(size, 'k'), 0600).ok());
        EXPECT_EQ(code_of(read_key(path)), size == Key::size ? "" : "key_file_wrong") << size;
    }
    fs::create_directory(folder.path("folder"));
    EXPECT_EQ(code_of(read_key(folder.path("folder"))), "key_file_wrong");
    EXPECT_EQ(code_of(create_key(folder.path("none/key"))), "file_failed");
}

TEST(SystemClock, IsTheDayOfTheMachine) {
    SystemClock clock;
    const auto day_of = [](std::time_t at) {
        char text[11];
        std::strftime(text, sizeof text, "%Y-%m-%d", std::localtime(&at));
        return std::string(text);
    };
    const std::string before = day_of(std::time(nullptr));
    const std::string today = clock.today().iso();
    EXPECT_TRUE(today == before || today == day_of(std::time(nullptr)));
}

}  // namespace
}  // namespace bundel::store
