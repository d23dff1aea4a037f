#include "wire/tables.h"

#include <cstring>

#include "wire/layout_reader.h"

namespace bundel::wire {
namespace {

char fill_of(const Field& field) {
    return field.kind == Kind::digits ? '0' : ' ';
}

FilledProbe probe_of(const Field& field, std::size_t index, std::size_t record_length) {
    const auto start = static_cast<std::size_t>(field.position - 1);
    const auto offset = std::min(start, record_length - 8);  // the load stays inside the record
    FilledProbe probe;
    probe.offset = static_cast<std::uint16_t>(offset);
    probe.field = static_cast<std::uint16_t>(index);
    std::array<std::uint8_t, 8> mask{};
    std::array<std::uint8_t, 8> fill{};
    const auto end = std::min(start + static_cast<std::size_t>(field.length), offset + 8);
    for (std::size_t i = start; i < end; ++i) {
        mask[i - offset] = 0xFF;
        fill[i - offset] = static_cast<std::uint8_t>(fill_of(field));
    }
    std::memcpy(&probe.mask, mask.data(), 8);
    std::memcpy(&probe.fill, fill.data(), 8);
    return probe;
}

// The classes of the columns of one field: its constant, digits, spaces, or any printable character.
void fill_classes(const Field& field, RecordTables& tables) {
    for (int i = 0; i < field.length; ++i) {
        std::uint8_t low = ' ';
        std::uint8_t span = 0xFF - ' ';
        if (!field.constant.empty()) {
            low = static_cast<std::uint8_t>(field.constant[static_cast<std::size_t>(i)]);
            span = 0;
        } else if (field.kind == Kind::digits) {
            low = '0';
            span = 9;
        } else if (field.use == Use::reserve) {
            span = 0;
        }
        tables.low.push_back(low);
        tables.span.push_back(span);
    }
}

}  // namespace

RecordTables compile_record(const RecordLayout& record, std::size_t length) {
    RecordTables tables;
    for (std::size_t i = 0; i < record.fields.size(); ++i) {
        const Field& field = record.fields[i];
        fill_classes(field, tables);
        tables.blank += field.constant.empty()
                            ? std::string(static_cast<std::size_t>(field.length), fill_of(field))
                            : field.constant;
        const bool can_be_empty = field.constant.empty() && !field.zero_is_value;
        if (field.use == Use::mandatory && can_be_empty) {
            tables.mandatory.push_back(probe_of(field, i, length));
        }
        if (field.is_date) {
            tables.date_offsets.push_back(static_cast<std::uint16_t>(field.position - 1));
        }
        if (field.element == "NUM040" && field.length == 12) {
            tables.number_offset = field.position - 1;
            tables.number_field = static_cast<int>(i);
        }
        if (field.element == "NUM109" && field.length == 4) {
            tables.comment_offset = field.position - 1;
            tables.comment_field = static_cast<int>(i);
        }
    }
    tables.is_detail = record.code != code_header && record.code != code_closing;
    return tables;
}

}  // namespace bundel::wire
