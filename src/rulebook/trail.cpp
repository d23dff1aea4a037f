#include "rulebook/trail.h"

#include <string>

namespace bundel::rulebook {

void Trail::append(const Trail& other) {
    notes_.insert(notes_.end(), other.notes_.begin(), other.notes_.end());
    weakest_ = values::weakest(weakest_, other.weakest_);
}

base::Digest Trail::digest() const {
    std::string bytes;
    bytes.reserve(notes_.size() * 64);
    const auto put = [&](std::int64_t number) {
        bytes.append(reinterpret_cast<const char*>(&number), sizeof number);
    };
    for (const Note& note : notes_) {
        bytes.append(note.step).push_back('\0');
        put(note.value);
        put(static_cast<int>(note.status));
        for (const Datum& datum : note.seen) {
            put(static_cast<int>(datum.kind));
            put(datum.number);
            if (datum.word != nullptr) bytes.append(datum.word).push_back('\0');
        }
    }
    return base::digest(bytes);
}

}  // namespace bundel::rulebook
