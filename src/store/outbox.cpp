#include "store/outbox.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>

#include "base/text.h"
#include "store/files.h"

namespace bundel::store {
using base::Done;
using base::Error;
using base::Result;

namespace {

constexpr unsigned file_mode = 0640;
constexpr std::size_t part_size_max = 100;

bool is_part(std::string_view part) {
    if (part.empty() || part.size() > part_size_max || part.front() == '.' || part.ends_with(".tmp"))
        return false;
    return std::all_of(part.begin(), part.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
               c == '_' || c == '.';
    });
}

bool same_file(const std::string& a, const std::string& b) {
    struct stat one {};
    struct stat other {};
    return ::stat(a.c_str(), &one) == 0 && ::stat(b.c_str(), &other) == 0 && one.st_dev == other.st_dev &&
           one.st_ino == other.st_ino;
}

// For file systems that cannot rename without overwriting. Stopped between the two steps the file has both
// names; the next release() finds that and finishes.
Result<Done> link_then_unlink(const std::string& from, const std::string& to) {
    if (::link(from.c_str(), to.c_str()) != 0 && !(errno == EEXIST && same_file(from, to)))
        return file_failed(to);
    if (::unlink(from.c_str()) != 0) return file_failed(from);
    return Done{};
}

Result<Done> rename_new(const std::string& from, const std::string& to) {
    if (same_file(from, to)) return link_then_unlink(from, to);
    if (::renameat2(AT_FDCWD, from.c_str(), AT_FDCWD, to.c_str(), RENAME_NOREPLACE) == 0) return Done{};
    if (errno == EINVAL || errno == ENOSYS) return link_then_unlink(from, to);
    return file_failed(to);
}

bool exists(const std::string& path) {
    struct stat about {};
    return ::lstat(path.c_str(), &about) == 0;
}

}  // namespace

bool is_outbox_name(std::string_view file_name) {
    const auto parts = base::split(file_name, '/');
    return std::all_of(parts.begin(), parts.end(), is_part);
}

Result<Done> FolderOutbox::stage(const std::string& file_name, std::string_view bytes) {
    if (!is_outbox_name(file_name)) return Error{"outbox_name"};
    const std::string path = staging_ + "/" + file_name;
    const std::string folder = folder_of(path);
    BUNDEL_TRY_DONE(make_folders(folder));
    const std::string unfinished = path + ".tmp";
    BUNDEL_TRY_DONE(write_through(unfinished, bytes, file_mode));
    if (::rename(unfinished.c_str(), path.c_str()) != 0) return file_failed(path);
    return sync_folder(folder);
}

bool FolderOutbox::is_staged(const std::string& file_name) {
    return is_outbox_name(file_name) && exists(staging_ + "/" + file_name);
}

Result<Done> FolderOutbox::release(const std::string& file_name) {
    if (!is_outbox_name(file_name)) return Error{"outbox_name"};
    const std::string from = staging_ + "/" + file_name;
    const std::string to = outbox_ + "/" + file_name;
    if (exists(to) && !same_file(from, to)) return Error{"outbox_exists", {{"file", file_name}}};
    if (!exists(from)) return Error{"outbox_not_staged", {{"file", file_name}}};
    BUNDEL_TRY_DONE(make_folders(folder_of(to)));
    BUNDEL_TRY_DONE(rename_new(from, to));
    BUNDEL_TRY_DONE(sync_folder(folder_of(to)));
    return sync_folder(folder_of(from));
}

}  // namespace bundel::store
