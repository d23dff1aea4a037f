#include "wire/encode.h"

#include <algorithm>

#include "base/text.h"
#include "wire/swar.h"
#include "wire/tables.h"

namespace bundel::wire {

Writer::Writer(LayoutRef layout) : Writer(layout, layout->is_return() ? Numbering::kept : Numbering::fresh) {}

Writer::Writer(LayoutRef layout, Numbering numbering) : layout_(std::move(layout)), numbering_(numbering) {}

void Writer::fail(const char* code, const char* key, std::string_view value) {
    if (error_) return;
    error_ = base::Error{code, {{"layout", layout_->name()}, {key, std::string(value)}}};
}

char* Writer::current_at(std::size_t offset) {
    return bytes_.data() + bytes_.size() - 2 - layout_->record_length() + offset;
}

std::string_view Writer::current() const {
    const std::size_t length = layout_->record_length();
    return std::string_view(bytes_).substr(bytes_.size() - 2 - length, length);
}

// Contract: number >= 0 and fits.
void Writer::write_digits(std::size_t offset, std::size_t length, std::int64_t number) {
    const std::string digits = base::zero_padded(number, static_cast<int>(length));
    BUNDEL_ASSERT(digits.size() == length);
    std::copy(digits.begin(), digits.end(), current_at(offset));
}

// Appends a blank record where the standard allows one.
bool Writer::start_record(int index, std::string_view what) {
    if (error_) return false;
    if (index < 0) {
        fail("writer_record_unknown", "record", what);
        return false;
    }
    const Tables& tables = layout_->tables();
    const auto next =
        tables.order.states[static_cast<std::size_t>(state_)].next[static_cast<std::size_t>(index)];
    if (next < 0) {
        fail("writer_record_order", "record", what);
        return false;
    }
    state_ = next;
    index_ = index;
    bytes_ += tables.records[static_cast<std::size_t>(index)].blank;
    bytes_ += "\r\n";
    return true;
}

void Writer::number_record() {
    const RecordTables& tables = layout_->tables().records[static_cast<std::size_t>(index_)];
    if (!tables.is_detail) return;
    const auto number_offset = static_cast<std::size_t>(tables.number_offset);
    const bool is_comment = index_ == layout_->tables().comment;
    if (numbering_ == Numbering::kept) {
        if (!is_comment) detail_number_ = number(current().substr(number_offset, 12)).value_or(0);
        return;
    }
    comment_number_ = is_comment ? comment_number_ + 1 : 0;
    detail_number_ += is_comment ? 0 : 1;
    if (comment_number_ > 9999) return fail("writer_comments_full", "record", code_comment);
    write_digits(number_offset, 12, detail_number_);
    if (is_comment) write_digits(static_cast<std::size_t>(tables.comment_offset), 4, comment_number_);
}

void Writer::stamp_mark() {
    if (index_ != layout_->tables().header) return;
    const std::string& mark = layout_->mark_value();
    std::copy(mark.begin(), mark.end(), current_at(layout_->mark_column().offset));
}

Writer& Writer::append(std::string_view code) {
    const int index = layout_->record_index(code);
    if (!start_record(index, code)) return *this;
    number_record();
    stamp_mark();
    return *this;
}

Writer& Writer::copy(std::string_view record) {
    const bool is_widened = layout_->is_return() && record.size() == layout_->heen_length();
    if (record.size() != layout_->record_length() && !is_widened) {
        fail("writer_record_size", "record", record.substr(0, 2));
        return *this;
    }
    const int index = layout_->record_index(record.substr(0, 2));
    if (index == layout_->tables().closing) {
        fail("writer_record_unknown", "record", code_closing);
        return *this;
    }
    if (!start_record(index, index < 0 ? std::string_view("?") : record.substr(0, 2))) return *this;
    std::copy(record.begin(), record.end(), current_at(0));
    for (const Field& field : layout_->records()[static_cast<std::size_t>(index)].fields) {
        std::copy(field.constant.begin(), field.constant.end(),
                  current_at(static_cast<std::size_t>(field.position - 1)));
    }
    stamp_mark();
    number_record();
    return *this;
}

// Is this column one of the record appended last.
bool Writer::open_for(const Column& column) {
    if (error_) return false;
    if (index_ == column.record) return true;
    fail("writer_not_open", "field", layout_->field(column).id);
    return false;
}

// Contract: raw is as long as the column.
void Writer::put(const Column& column, std::string_view raw) {
    const Field& field = layout_->field(column);
    const bool is_mark = !layout_->mark_value().empty() && column.record == layout_->tables().header &&
                         column.offset == layout_->mark_column().offset;
    const std::string& only = is_mark ? layout_->mark_value() : field.constant;
    if (!only.empty() && raw != only) return fail("writer_constant", "field", field.id);
    std::copy(raw.begin(), raw.end(), current_at(column.offset));
    const RecordTables& tables = layout_->tables().records[static_cast<std::size_t>(index_)];
    const bool is_number = column.field == tables.number_field && index_ != layout_->tables().comment;
    if (is_number) detail_number_ = number(raw).value_or(detail_number_);
}

Writer& Writer::set(const Column& column, std::string_view text) {
    if (!open_for(column)) return *this;
    const Field& field = layout_->field(column);
    const auto plain = ascii(text);
    if (!plain) {
        fail("writer_character", "field", field.id);
        return *this;
    }
    if (plain->size() > column.length) {
        fail("writer_too_long", "field", field.id);
        return *this;
    }
    std::string raw(column.length - plain->size(), column.kind == Kind::digits ? '0' : ' ');
    raw.insert(column.kind == Kind::digits ? raw.size() : 0, *plain);
    if (column.kind == Kind::digits && !base::all_digits(raw)) {
        fail("writer_not_digits", "field", field.id);
        return *this;
    }
    put(column, raw);
    return *this;
}

Writer& Writer::set(const Column& column, std::int64_t number) {
    if (number >= 0) return set(column, std::to_string(number));
    if (open_for(column)) fail("writer_negative", "field", layout_->field(column).id);
    return *this;
}

Writer& Writer::set(const Column& column, values::Date day) {
    return set(column, day.ei());
}

Writer& Writer::set(const Column& column, values::Cents amount) {
    return set(column, amount.count());
}

Writer& Writer::set(const Column& column, const std::optional<values::Date>& day) {
    return day ? set(column, *day) : set(column, std::string_view());
}

Writer& Writer::set_signed(const Column& amount, const Column& indicator, values::Cents cents) {
    const bool is_credit = cents.is_negative();
    return set(amount, is_credit ? -cents : cents).set(indicator, is_credit ? "C" : "D");
}

Writer& Writer::close() {
    if (!start_record(layout_->tables().closing, code_closing)) return *this;
    count_totals();
    return *this;
}

void Writer::count_totals() {
    const Tables& tables = layout_->tables();
    const std::size_t stride = layout_->record_length() + 2;
    std::vector<std::int64_t> counts(tables.records.size(), 0);
    std::int64_t details = 0;
    std::int64_t total = 0;
    const TotalRule& rule = tables.total;
    for (std::size_t at = 0; at + stride < bytes_.size(); at += stride) {
        const auto index = layout_->record_index(std::string_view(bytes_).substr(at, 2));
        ++counts[static_cast<std::size_t>(index)];
        details += tables.records[static_cast<std::size_t>(index)].is_detail ? 1 : 0;
        if (!rule.present || index != rule.of_amount.record) continue;
        const auto amount =
            number(std::string_view(bytes_).substr(at + rule.of_amount.offset, rule.of_amount.length));
        const bool is_credit = bytes_[at + rule.of_sign.offset] == 'C';
        total += is_credit ? -amount.value_or(0) : amount.value_or(0);
    }
    for (const CountRule& count : tables.counts) {
        const std::int64_t counted = count.record == CountRule::all_details ? details
                                     : count.record < 0                     ? 0
                                                        : counts[static_cast<std::size_t>(count.record)];
        set(count.field, counted);
    }
    if (rule.present) set_signed(rule.amount, rule.sign, values::Cents::of(total));
}

base::Result<std::string> Writer::finish() {
    if (error_) return *error_;
    const auto& now = layout_->tables().order.states[static_cast<std::size_t>(state_)];
    if (!now.may_end) return base::Error{"writer_not_closed", {{"layout", layout_->name()}}};
    return std::move(bytes_);
}

}  // namespace bundel::wire
