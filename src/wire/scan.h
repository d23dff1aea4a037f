// Scan: check levels 1-3 over a stream of bytes, in constant memory: blocks go in, records come out. What is
// checked and found is the contract of decode.h; decode is a Scan that keeps what comes out.
//
//   Scan scan(layout, "in.asc", findings, [&](const Record& record, std::string_view bytes) { ... });
//   while (...) scan.feed(block);   // of any size, cut anywhere
//   scan.finish();
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "base/finding.h"
#include "wire/message.h"

namespace bundel::wire {

// A line longer than this is never looked at whole.
inline constexpr std::size_t line_bytes_max = std::size_t{64} << 10;

class Scan {
public:
    // Called for each line in the order of the file, when all there is to say of it has been said. `bytes`
    // are those of the line without its end and live for the call only. A line that is no record of this
    // layout (then the file is refused) has Record::unknown as index or another size than the layout's
    // records.
    using Sink = std::function<void(const Record& record, std::string_view bytes)>;

    // Contract: layout is not null; `findings` outlives the Scan and gets at most findings_max more.
    Scan(LayoutRef layout, std::string file, base::Findings& findings, Sink sink);
    ~Scan();
    Scan(const Scan&) = delete;
    Scan& operator=(const Scan&) = delete;

    void feed(std::string_view block);
    // The end of the stream. Once, and last.
    void finish();

    bool is_refused() const;  // the whole file, so far
    // Refused, and no finding more would be told: feeding on has no use, and does nothing.
    bool is_done() const;

private:
    class Lines;
    std::unique_ptr<Lines> lines_;
};

}  // namespace bundel::wire
