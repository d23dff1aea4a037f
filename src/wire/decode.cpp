#include "wire/decode.h"

#include <utility>
#include <vector>

#include "wire/scan.h"

namespace bundel::wire {

std::optional<Message> decode(std::string bytes, LayoutRef layout, const std::string& file,
                              base::Findings& findings) {
    BUNDEL_ASSERT(layout != nullptr);
    std::vector<Record> records;
    if (bytes.size() <= file_bytes_max) records.reserve(bytes.size() / (layout->record_length() + 2) + 1);
    Scan scan(layout, file, findings,
              [&](const Record& record, std::string_view) { records.push_back(record); });
    scan.feed(bytes);
    scan.finish();
    if (scan.is_refused()) return std::nullopt;
    return Message(std::move(layout), file, std::move(bytes), std::move(records));
}

std::optional<Message> decode(std::string bytes, const Layouts& layouts, const std::string& file,
                              base::Findings& findings) {
    LayoutRef layout = layouts.recognise(bytes, file, findings);
    if (layout == nullptr) return std::nullopt;
    return decode(std::move(bytes), std::move(layout), file, findings);
}

}  // namespace bundel::wire
