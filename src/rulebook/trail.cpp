#include "rulebook/trail.h"

#include <string>

namespace bundel::rulebook {

void Trail::append(const Trail& other) {
    notes_.insert(notes_.end(), other.notes_.begin(), other.notes_.end());
    weakest_ = values::weakest(weakest_, other.weakest_);
}

// Each note: step and NUL, value, status, and of each datum its kind and what it holds. Numbers lowest byte
// first: the same digest on every machine.
base::Digest Trail::digest() const {
    std::string bytes;
    bytes.reserve(notes_.size() * 96);
    const auto put = [&](auto number) {
        std::array<char, sizeof number> raw;
        for (std::size_t i = 0; i < raw.size(); ++i) raw[i] = static_cast<char>((number >> (8 * i)) & 255);
        bytes.append(raw.data(), raw.size());
    };
    for (const Note& note : notes_) {
        bytes.append(note.step).push_back('\0');
        put(note.value);
        bytes.push_back(static_cast<char>(note.status));
        for (const Datum& datum : note.seen) {
            bytes.push_back(static_cast<char>(datum.kind));
            if (datum.kind == Datum::Kind::word)
                bytes.append(datum.word).push_back('\0');
            else if (datum.kind != Datum::Kind::none)
                put(static_cast<std::uint64_t>(datum.number));
        }
    }
    return base::digest(bytes);
}

}  // namespace bundel::rulebook
