#include "paper/workbook.h"

#include <xlsxwriter.h>

#include <algorithm>
#include <cstdio>
#include <fstream>
#include <sstream>

namespace bundel::paper {
using base::Done;
using base::Error;
using base::Result;
using values::Cents;
using values::Date;

namespace {

constexpr std::int64_t exact_most = std::int64_t{1} << 53;  // beyond it not every whole number is a double
constexpr std::size_t text_most = 8000;  // bytes; Excel takes 32,767 characters, nobody reads that many

struct Formats {
    lxw_format *title, *heading, *strong, *band, *head, *head_right, *amount, *day, *count, *total,
        *total_amount, *total_day, *total_count;
};

struct Look {
    bool strong = false;
    const char* pattern = nullptr;
    bool edge = false;
};

lxw_format* format(lxw_workbook* book, const Look& look) {
    lxw_format* made = workbook_add_format(book);
    if (look.strong) format_set_bold(made);
    if (look.pattern != nullptr) format_set_num_format(made, look.pattern);
    if (look.edge) format_set_top(made, LXW_BORDER_THIN);
    return made;
}

Formats formats_of(lxw_workbook* book) {
    static constexpr const char* amount = "#,##0.00";
    static constexpr const char* day = "dd-mm-yyyy";
    static constexpr const char* count = "#,##0";
    Formats formats{};
    formats.title = format(book, {true});
    format_set_font_size(formats.title, 16);
    formats.heading = format(book, {true});
    format_set_font_size(formats.heading, 13);
    formats.strong = format(book, {true});
    formats.band = format(book, {true});
    format_set_bg_color(formats.band, 0xFFF1CC);
    formats.head = format(book, {true});
    format_set_bottom(formats.head, LXW_BORDER_THIN);
    format_set_text_wrap(formats.head);
    formats.head_right = format(book, {true});
    format_set_bottom(formats.head_right, LXW_BORDER_THIN);
    format_set_text_wrap(formats.head_right);
    format_set_align(formats.head_right, LXW_ALIGN_RIGHT);
    formats.amount = format(book, {false, amount});
    formats.day = format(book, {false, day});
    formats.count = format(book, {false, count});
    formats.total = format(book, {true, nullptr, true});
    formats.total_amount = format(book, {true, amount, true});
    formats.total_day = format(book, {true, day, true});
    formats.total_count = format(book, {true, count, true});
    return formats;
}

std::size_t characters(std::string_view text) {
    return static_cast<std::size_t>(std::count_if(
        text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

std::string cut(std::string text) {
    if (text.size() <= text_most) return text;
    std::size_t end = text_most;
    while ((static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
    return text.substr(0, end) + "…";
}

// One sheet, written from top to bottom.
class Sheet {
public:
    Sheet(lxw_worksheet* sheet, const Formats& formats) : sheet_(sheet), formats_(formats) {}

    void front(const Document& document) {
        text(document.title, formats_.title);
        for (const std::string& line : document.about) text(line, nullptr);
        for (const std::string& line : document.bands) text(line, formats_.band);
        ++row_;
    }

    void section(const Section& section) {
        if (!section.heading.empty()) text(section.heading, formats_.heading);
        tables_ = std::count_if(section.blocks.begin(), section.blocks.end(),
                                [](const Block& block) { return std::holds_alternative<Table>(block); });
        for (const Block& block : section.blocks) std::visit([&](const auto& b) { put(b); }, block);
        for (std::size_t i = 0; i < widths_.size(); ++i)
            worksheet_set_column(sheet_, column(i), column(i), static_cast<double>(widths_[i]), nullptr);
    }

    lxw_error failed() const { return failed_; }

private:
    static lxw_col_t column(std::size_t index) { return static_cast<lxw_col_t>(index); }

    void note(lxw_error error) {
        if (failed_ == LXW_NO_ERROR) failed_ = error;
    }
    // Texts that stand alone may run over the columns beside them; cells may not.
    void text(std::string_view given, lxw_format* format) {
        note(worksheet_write_string(sheet_, row_++, 0, cut(plain(given)).c_str(), format));
    }
    void widen(std::size_t index, std::size_t needed) {
        if (widths_.size() <= index) widths_.resize(index + 1, 10);
        widths_[index] = std::clamp<std::size_t>(needed + 2, widths_[index], 60);
    }

    void put(const Paragraph& paragraph) { text(paragraph.text, nullptr); }

    void put(const Headline& headline) {
        write(headline.label, 0, true);
        write(headline.amount, 1, true);
        row_ += 2;
    }

    void put(const Waterfall& fall) {
        if (!fall.title.empty()) text(fall.title, formats_.strong);
        for (const auto& bar : fall.bars) {
            write(bar.label, 0, bar.level);
            write(bar.amount, 1, bar.level);
            ++row_;
        }
        ++row_;
    }

    void put(const Table& table) {
        if (!table.title.empty()) text(table.title, formats_.strong);
        if (table.rows.empty()) {
            text(table.when_empty, nullptr);
            ++row_;
            return;
        }
        const lxw_row_t head = row_;
        for (std::size_t i = 0; i < table.columns.size(); ++i) {
            const Column& each = table.columns[i];
            const bool left = each.kind == Column::Kind::text || each.kind == Column::Kind::date;
            note(worksheet_write_string(sheet_, head, column(i), cut(plain(each.head)).c_str(),
                                        left ? formats_.head : formats_.head_right));
            widen(i, std::min<std::size_t>(characters(each.head), 18));
        }
        ++row_;
        lxw_row_t last = head;
        for (const Row& row : table.rows) {
            for (std::size_t i = 0; i < row.cells.size(); ++i) write(row.cells[i], i, row.total);
            if (!row.total) last = row_;
            ++row_;
        }
        if (tables_ == 1) {
            worksheet_freeze_panes(sheet_, head + 1, 0);
            if (last > head)
                note(worksheet_autofilter(sheet_, head, 0, last, column(table.columns.size() - 1)));
        }
        ++row_;
    }

    void write(const Cell& cell, std::size_t index, bool total) {
        if (const auto* amount = std::get_if<Cents>(&cell)) {
            write(*amount, index, total);
        } else if (const auto* day = std::get_if<Date>(&cell)) {
            lxw_datetime when{day->year(), day->month(), day->day(), 0, 0, 0};
            note(worksheet_write_datetime(sheet_, row_, column(index), &when,
                                          total ? formats_.total_day : formats_.day));
        } else if (const auto* number = std::get_if<std::int64_t>(&cell)) {
            note(worksheet_write_number(sheet_, row_, column(index), static_cast<double>(*number),
                                        total ? formats_.total_count : formats_.count));
        } else if (const auto* words = std::get_if<std::string>(&cell)) {
            write(*words, index, total);
            return;
        } else if (total) {
            note(worksheet_write_blank(sheet_, row_, column(index), formats_.total));
        }
        widen(index, characters(shown(cell)));
    }

    void write(Cents amount, std::size_t index, bool total) {
        const std::int64_t cents = amount.count();
        widen(index, characters(amount.euros()));
        if (cents > exact_most || cents < -exact_most) return write(amount.euros(), index, total);
        // Seventeen digits of the quotient give the decimal back: what Excel shows is the amount to the cent.
        note(worksheet_write_number(sheet_, row_, column(index), static_cast<double>(cents) / 100.0,
                                    total ? formats_.total_amount : formats_.amount));
    }

    void write(const std::string& words, std::size_t index, bool total) {
        const std::string clean = cut(plain(words));
        note(worksheet_write_string(sheet_, row_, column(index), clean.c_str(),
                                    total ? formats_.total : nullptr));
        widen(index, characters(clean));
    }

    lxw_worksheet* sheet_;
    const Formats& formats_;
    lxw_row_t row_ = 0;
    std::ptrdiff_t tables_ = 0;
    std::vector<std::size_t> widths_;
    lxw_error failed_ = LXW_NO_ERROR;
};

void describe(lxw_workbook* book, const Document& document) {
    std::string title = plain(document.title);
    std::string author = plain(document.author);
    lxw_doc_properties about{};
    about.title = title.data();
    about.author = author.data();
    // The clock of the machine would get into the bytes. The library takes zero for "now".
    about.created = std::max<time_t>(1, time_t{document.made.day_number()} * 86400);
    workbook_set_properties(book, &about);
}

lxw_error written(lxw_workbook* book, const Document& document) {
    describe(book, document);
    const Formats formats = formats_of(book);
    bool first = true;
    lxw_error failed = LXW_NO_ERROR;
    for (const Section& section : document.sections) {
        lxw_worksheet* made = workbook_add_worksheet(book, section.sheet.c_str());
        if (made == nullptr) {
            failed = LXW_ERROR_PARAMETER_VALIDATION;
            break;
        }
        worksheet_set_paper(made, 9);  // A4
        worksheet_fit_to_pages(made, 1, 0);
        Sheet sheet(made, formats);
        if (first) sheet.front(document);
        first = false;
        sheet.section(section);
        if (sheet.failed() != LXW_NO_ERROR) failed = sheet.failed();
    }
    const lxw_error closed = workbook_close(book);  // also frees it
    return failed != LXW_NO_ERROR ? failed : closed;
}

}  // namespace

Result<std::string> workbook(const Document& document, const std::string& scratch) {
    lxw_workbook* book = workbook_new(scratch.c_str());
    if (book == nullptr) return Error{"paper_failed", {{"why", "workbook"}}};
    const lxw_error failed = written(book, document);
    std::ostringstream bytes;
    bytes << std::ifstream(scratch, std::ios::binary).rdbuf();
    std::remove(scratch.c_str());
    if (failed != LXW_NO_ERROR) return Error{"paper_failed", {{"why", lxw_strerror(failed)}}};
    return std::move(bytes).str();
}

}  // namespace bundel::paper
