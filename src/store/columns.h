// How the values of the outer rooms stand in columns. What comes back is checked: a damaged value marks the
// row.
#pragma once

#include <concepts>
#include <optional>
#include <string>
#include <type_traits>

#include "base/hash.h"
#include "base/text.h"
#include "store/database.h"
#include "values/cents.h"
#include "values/date.h"
#include "values/identifiers.h"

namespace bundel::store {

struct Blob {
    std::string_view bytes;
};

template <class T>
requires(std::integral<T> || std::is_enum_v<T>) void put(Statement& statement, T value) {
    statement.put_number(static_cast<std::int64_t>(value));
}
inline void put(Statement& statement, std::string_view text) {
    statement.put_text(text);
}
inline void put(Statement& statement, const std::string& text) {
    statement.put_text(text);
}
inline void put(Statement& statement, Blob blob) {
    statement.put_blob(blob.bytes);
}
inline void put(Statement& statement, const base::Digest& digest) {
    statement.put_blob(digest.view());
}
void put(Statement& statement, values::PersonId person);
inline void put(Statement& statement, values::Date date) {
    statement.put_number(date.day_number());
}
inline void put(Statement& statement, values::Cents cents) {
    statement.put_number(cents.count());
}
inline void put(Statement& statement, values::AgbCode code) {
    statement.put_number(code.number());
}
inline void put(Statement& statement, values::UzoviCode code) {
    statement.put_number(code.number());
}
void put(Statement& statement, const values::PerformanceCode& performance);
template <std::size_t N>
void put(Statement& statement, const base::FixedText<N>& text) {
    statement.put_text(text.view());
}
template <class T>
void put(Statement& statement, const std::optional<T>& value) {
    if (value) {
        put(statement, *value);
    } else {
        statement.put_null();
    }
}

template <class T>
T take(Statement& row);
template <>
std::int64_t take(Statement& row);
template <>
std::int32_t take(Statement& row);
template <>
bool take(Statement& row);
template <>
std::string take(Statement& row);
template <>
base::Digest take(Statement& row);
template <>
values::PersonId take(Statement& row);
template <>
values::Date take(Statement& row);
template <>
values::Cents take(Statement& row);
template <>
values::AgbCode take(Statement& row);
template <>
values::UzoviCode take(Statement& row);
template <>
values::PerformanceCode take(Statement& row);

template <class Text>
Text take_text(Statement& row) {
    const auto text = row.text();
    if (Text::fits(text)) return Text::of(text);
    row.mark_damaged();
    return Text();
}

// A word of an enum that counts up from zero to `last`.
template <class Word>
Word take_word(Statement& row, Word last) {
    const auto number = row.number();
    if (number >= 0 && number <= static_cast<std::int64_t>(last)) return static_cast<Word>(number);
    row.mark_damaged();
    return Word{};
}

template <class T>
std::optional<T> take_optional(Statement& row) {
    if (row.skip_null()) return std::nullopt;
    return take<T>(row);
}

inline values::LineId take_line(Statement& row) {
    const auto issuer = take<values::AgbCode>(row);
    return {issuer, take_text<values::Reference>(row)};
}

// The 16 bytes of a PersonId, high half first: in the order of PersonId itself.
std::string raw(values::PersonId person);

}  // namespace bundel::store
