#include "sheet/package.h"

#include <zip.h>

namespace bundel::sheet {
namespace {

struct CloseFile {
    void operator()(zip_file_t* file) const { zip_fclose(file); }
};

class Zip : public Package {
public:
    explicit Zip(zip_t* zip) : zip_(zip) {}
    ~Zip() override { zip_discard(zip_); }
    Zip(const Zip&) = delete;
    Zip& operator=(const Zip&) = delete;

    std::optional<std::string> file(const std::string& path) override {
        const std::unique_ptr<zip_file_t, CloseFile> opened(zip_fopen(zip_, path.c_str(), 0));
        if (!opened) return std::nullopt;
        std::string content;
        char block[16 * 1024];
        while (true) {
            const zip_int64_t got = zip_fread(opened.get(), block, sizeof block);
            if (got < 0) return std::nullopt;
            if (got == 0) return content;
            // The size in the file may lie: counted while unpacking.
            unpacked_ += static_cast<std::size_t>(got);
            if (unpacked_ > unpacked_max) return std::nullopt;
            content.append(block, static_cast<std::size_t>(got));
        }
    }
    bool is_too_large() const override { return unpacked_ > unpacked_max; }

private:
    zip_t* zip_;
    std::size_t unpacked_ = 0;
};

}  // namespace

std::unique_ptr<Package> Package::open(std::string_view bytes) {
    zip_error_t error;
    zip_error_init(&error);
    zip_source_t* source = zip_source_buffer_create(bytes.data(), bytes.size(), 0, &error);
    zip_t* zip = source == nullptr ? nullptr : zip_open_from_source(source, ZIP_RDONLY, &error);
    if (zip == nullptr && source != nullptr) zip_source_free(source);
    zip_error_fini(&error);
    return zip == nullptr ? nullptr : std::make_unique<Zip>(zip);
}

}  // namespace bundel::sheet
