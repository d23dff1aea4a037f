#include "store/columns.h"

namespace bundel::store {
using base::Digest;
using values::AgbCode;
using values::Cents;
using values::Date;
using values::PerformanceCode;
using values::PersonId;
using values::UzoviCode;

namespace {

void append_big_endian(std::string& bytes, std::uint64_t number) {
    for (int shift = 56; shift >= 0; shift -= 8) bytes.push_back(static_cast<char>((number >> shift) & 255));
}

std::uint64_t big_endian(std::string_view bytes) {
    std::uint64_t number = 0;
    for (const char byte : bytes) number = number << 8 | static_cast<unsigned char>(byte);
    return number;
}

template <class T>
T refused(Statement& row) {
    row.mark_damaged();
    return T{};
}

}  // namespace

std::string raw(PersonId person) {
    std::string bytes;
    append_big_endian(bytes, person.high);
    append_big_endian(bytes, person.low);
    return bytes;
}

void put(Statement& statement, PersonId person) {
    statement.put_blob(raw(person));
}

void put(Statement& statement, const PerformanceCode& performance) {
    statement.put_text(performance.list == 0 ? std::string() : performance.str());
}

template <>
std::int64_t take(Statement& row) {
    return row.number();
}

template <>
std::int32_t take(Statement& row) {
    const auto number = row.number();
    if (number < INT32_MIN || number > INT32_MAX) return refused<std::int32_t>(row);
    return static_cast<std::int32_t>(number);
}

template <>
bool take(Statement& row) {
    return row.number() != 0;
}

template <>
std::string take(Statement& row) {
    return std::string(row.text());
}

template <>
Digest take(Statement& row) {
    const auto bytes = row.blob();
    return bytes.size() == 32 ? Digest::from_raw(bytes) : refused<Digest>(row);
}

template <>
PersonId take(Statement& row) {
    const auto bytes = row.blob();
    if (bytes.size() != 16) return refused<PersonId>(row);
    return {big_endian(bytes.substr(0, 8)), big_endian(bytes.substr(8))};
}

template <>
Date take(Statement& row) {
    const auto day = row.number();
    if (day < Date::earliest_day || day > Date::latest_day) return refused<Date>(row);
    return Date::from_day_number(static_cast<std::int32_t>(day));
}

template <>
Cents take(Statement& row) {
    return Cents::of(row.number());
}

template <>
AgbCode take(Statement& row) {
    const auto number = row.number();
    if (number == 0) return AgbCode::none();
    if (number < 1'000'001 || number > 99'999'999 || number % 1'000'000 == 0) return refused<AgbCode>(row);
    return AgbCode::of(static_cast<std::uint32_t>(number));
}

template <>
UzoviCode take(Statement& row) {
    const auto number = row.number();
    if (number == 0) return UzoviCode::none();
    if (number < 1 || number > 9999) return refused<UzoviCode>(row);
    return UzoviCode::of(static_cast<int>(number));
}

template <>
PerformanceCode take(Statement& row) {
    const auto text = row.text();
    if (text.empty()) return {};
    const auto performance = PerformanceCode::parse(text);
    return performance.ok() ? *performance : refused<PerformanceCode>(row);
}

}  // namespace bundel::store
