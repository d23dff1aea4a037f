// The trail of a decision: data, not sentences. Which step, by which value of the rulebook or which fact,
// what was looked at, what came out. The Dutch sentence is made at the edge from the table of texts. Trails
// are not stored: explain recomputes them; what was sent keeps the trail's digest.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "base/hash.h"
#include "rulebook/rulebook.h"

namespace bundel::rulebook {

// What was looked at. A line is its index in the known facts of the woman; a fact likewise.
struct Datum {
    enum class Kind : std::uint8_t { none, date, days, cents, agb, uzovi, count, line, phase, word };
    Kind kind = Kind::none;
    std::int64_t number = 0;     // day number, cents, code, ...
    const char* word = nullptr;  // kind word: a literal; its meaning is a text code
    static Datum of(values::Date date) { return {Kind::date, date.day_number(), nullptr}; }
    static Datum of(values::Cents cents) { return {Kind::cents, cents.count(), nullptr}; }
    static Datum of(values::AgbCode agb) { return {Kind::agb, agb.number(), nullptr}; }
    static Datum of(values::UzoviCode uzovi) { return {Kind::uzovi, uzovi.number(), nullptr}; }
    static Datum of(values::PhaseKind phase) { return {Kind::phase, static_cast<int>(phase), nullptr}; }
    static Datum days(int days) { return {Kind::days, days, nullptr}; }
    static Datum count(std::int64_t count) { return {Kind::count, count, nullptr}; }
    static Datum line(std::size_t index) { return {Kind::line, static_cast<std::int64_t>(index), nullptr}; }
    static Datum of_word(const char* word) { return {Kind::word, 0, word}; }
};

struct Note {
    const char* step;   // a literal: text code of the sentence, "break_outsider"
    ValueId value = 0;  // the rule that decided; 0: a fact alone did
    Status status = Status::verified;
    std::array<Datum, 3> seen{};
};

class Trail {
public:
    // `step` and the words in `seen` must be literals (they are kept as pointers).
    void note(const char* step, ValueId value, Status status, Datum a = {}, Datum b = {}, Datum c = {}) {
        if (notes_.size() == notes_.capacity()) notes_.reserve(2 * notes_.size() + 16);
        notes_.push_back({step, value, status, {a, b, c}});
        weakest_ = values::weakest(weakest_, status);
    }
    template <class T>
    void note(const char* step, const Value<T>& value, Datum a = {}, Datum b = {}, Datum c = {}) {
        note(step, value.id, value.status, a, b, c);
    }
    void fact(const char* step, Datum a = {}, Datum b = {}, Datum c = {}) {
        note(step, 0, Status::verified, a, b, c);
    }
    void append(const Trail& other);

    const std::vector<Note>& notes() const { return notes_; }
    Status weakest() const { return weakest_; }
    base::Digest digest() const;

private:
    std::vector<Note> notes_;
    Status weakest_ = Status::verified;
};

}  // namespace bundel::rulebook
