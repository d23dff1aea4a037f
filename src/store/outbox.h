// engine::Outbox in two folders of one file system: `staging` is ours alone, what is in `outbox` was sent.
#pragma once

#include <string>

#include "engine/ports.h"

namespace bundel::store {

// A file name is relative, its parts parted by '/'. A part is 1..100 letters, digits, '-', '_' or '.', does
// not begin with '.' and does not end in ".tmp" (readers of folders skip those). Error of every method:
// outbox_name.
bool is_outbox_name(std::string_view file_name);

class FolderOutbox final : public engine::Outbox {
public:
    FolderOutbox(std::string staging, std::string outbox)
        : staging_(std::move(staging)), outbox_(std::move(outbox)) {}

    // Staging the same name again replaces what was staged. Error: file_failed{file, why}.
    base::Result<base::Done> stage(const std::string& file_name, std::string_view bytes) override;
    bool is_staged(const std::string& file_name) override;
    // Errors: outbox_exists, outbox_not_staged, file_failed{file, why}.
    base::Result<base::Done> release(const std::string& file_name) override;

private:
    std::string staging_;
    std::string outbox_;
};

}  // namespace bundel::store
