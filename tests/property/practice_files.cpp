#include "practice_files.h"

#include <algorithm>
#include <set>

#include "base/text.h"
#include "elements.h"
#include "wire/csv.h"
#include "wire/decode.h"
#include "wire/encode.h"
#include "wire/testing.h"

namespace bundel::testing {
using values::Cents;
using values::Date;

namespace {

constexpr int kind_of_midwives = 8;

// Fills records by data element.
class ElementWriter {
public:
    explicit ElementWriter(wire::LayoutRef layout) : layout_(*layout), writer_(std::move(layout)) {}

    ElementWriter& record(std::string_view code) {
        record_ = code;
        writer_.append(code);
        return *this;
    }
    template <class Value>
    ElementWriter& set(std::string_view element, const Value& value) {
        writer_.set(column_of(layout_, record_, element), value);
        return *this;
    }
    template <class Value>
    ElementWriter& set_if_there(std::string_view element, const Value& value) {
        return column_if(layout_, record_, element) ? set(element, value) : *this;
    }
    ElementWriter& amount(std::string_view element, std::string_view side, Cents cents) {
        writer_.set_signed(column_of(layout_, record_, element), column_of(layout_, record_, side), cents);
        return *this;
    }
    bool has_record(std::string_view code) const { return layout_.record_index(code) >= 0; }
    std::string finish() {
        writer_.close();
        auto bytes = writer_.finish();
        BUNDEL_ASSERT(bytes.ok());
        return std::move(*bytes);
    }

private:
    const wire::Layout& layout_;
    wire::Writer writer_;
    std::string record_;
};

bool is_midwife(const Line& line) {
    return line.practice.kind() == kind_of_midwives;
}

const char* side(const Line& line) {
    return line.credit ? "C" : "D";
}

Cents amount(const Line& line) {
    return Cents::of(line.credit ? -line.cents : line.cents);
}

std::string written_bsn(const Line& line) {
    return line.bsn.empty() ? "999999999" : line.bsn;
}

// Who has no BSN is known to her insurer by its own number.
std::string insured_number(const Line& line) {
    return line.bsn.empty() ? "N" + line.patient : "";
}

void write_head(ElementWriter& writer, const std::vector<Line>& lines, const std::string& invoice, Date day) {
    const Line& any = lines.front();
    Date first = any.care.first;
    Date last = any.care.last;
    for (const Line& line : lines) {
        first = std::min(first, line.care.first);
        last = std::max(last, line.care.last);
    }
    writer.record("01").set("COD856", "P").set("COD061", any.insurer);
    writer.set(is_midwife(any) ? "COD181" : "COD031", any.practice.digits());
    if (is_midwife(any)) writer.set("COD009", any.practice.digits());
    writer.set("COD833", is_midwife(any) ? "03" : "04").set("DAT043", first).set("DAT044", last);
    writer.set("NUM029", invoice).set("DAT031", day).set("COD363", "EUR");
}

void write_woman(ElementWriter& writer, const Line& line) {
    writer.record("02").set("NUM313", written_bsn(line)).set("COD061", line.insurer);
    writer.set("NUM003", insured_number(line));
    writer.set_if_there("COD038", line.patient).set_if_there("NUM366", line.patient);
    writer.set("DAT006", Date::of(1990, 1, 1)).set("COD134", "2").set("COD700", "1");
    writer.set("NAM193", "Voorbeeld").set("NAM025", "V").set("COD841", "2");
}

// Record 04 of VK301 and KZ301.
void write_performance(ElementWriter& writer, const Line& line) {
    writer.record("04").set("NUM313", written_bsn(line)).set("COD061", line.insurer).set("COD820", "1");
    writer.set("NUM003", insured_number(line));
    writer.set("DAT001", line.care.first).set("DAT003", line.care.last);
    writer.set("COD367", line.list).set("COD388", line.code).set("COD089", line.practice.digits());
    writer.set("COD952", is_midwife(line) ? "0800" : "3301").set("ANT054", std::max(1, line.minutes));
    if (line.minutes > 0) writer.set("COD218", "01");  // COD218 01: minuut
    writer.set("BED160", Cents::of(line.cents)).amount("BED153", "COD668", amount(line));
    writer.amount("BED161", "COD665", amount(line));
    writer.set("NUM362", line.reference).set("NUM363", line.previous);
}

ElementWriter& hospital_record(ElementWriter& writer, const Line& line, std::string_view record) {
    writer.record(record).set("NUM313", written_bsn(line)).set("COD061", line.insurer);
    writer.set("NUM003", insured_number(line));
    writer.set(record == wire::code_performance ? "COD367" : "COD692", line.list).set("COD695", line.code);
    return writer.set("DAT001", line.care.first).set("NUM123", 1);
}

// The reference of record 04 is not that of record 06 under it.
std::string service_reference(const std::string& reference) {
    return reference.empty() ? "" : "P" + reference;
}

void write_service(ElementWriter& writer, const Line& line) {
    hospital_record(writer, line, "04").set("COD150", "1").set_if_there("DAT006", Date::of(1990, 1, 1));
    writer.set("DAT003", line.care.last).set("COD988", "990000000").set("ANT054", 1);
    writer.set("COD043", side(line)).set("NUM362", service_reference(line.reference));
    writer.set("NUM363", service_reference(line.previous));
}

void write_tariff(ElementWriter& writer, const Line& line) {
    hospital_record(writer, line, "06").set("COD029", "09").set("COD089", line.practice.digits());
    writer.set("BED160", Cents::of(line.cents)).set("ANT094", "10000");  // ANT094 10000: 100%
    writer.amount("BED153", "COD668", amount(line)).amount("BED161", "COD665", amount(line));
    writer.set("NUM371", line.reference).set("NUM372", line.previous);
}

void write_activities(ElementWriter& writer, const Line& line) {
    int number = 0;
    for (const DatedActivity& activity : line.activities) {
        const std::string reference = line.reference + "/" + std::to_string(++number);
        hospital_record(writer, line, "16").set("COD099", reference).set("COD329", activity.code);
        writer.set("DAT315", activity.day).set("DAT316", activity.day).set("ANT054", activity.count);
        writer.set("COD043", side(line)).set("NUM415", reference);
        if (!line.previous.empty()) writer.set("NUM416", line.previous + "/" + std::to_string(number));
    }
}

void write_line(ElementWriter& writer, const Line& line) {
    if (!writer.has_record(wire::code_tariff)) return write_performance(writer, line);
    write_service(writer, line);
    write_tariff(writer, line);
    if (writer.has_record(wire::code_activity)) write_activities(writer, line);
}

std::string message_of(const std::vector<Line>& lines, const std::string& invoice, Date received) {
    ElementWriter writer(wire::testing::layout(lines.front().form));
    write_head(writer, lines, invoice, received);
    const Line* last = nullptr;
    for (const Line& line : lines) {
        if (last == nullptr || last->patient != line.patient || last->bsn != line.bsn)
            write_woman(writer, line);
        write_line(writer, line);
        last = &line;
    }
    return writer.finish();
}

std::string code_of(const Line& line) {
    return base::zero_padded(line.list, 3) + ":" + line.code;
}

std::string activities_of(const Line& line) {
    std::string text;
    for (const auto& [code, day, count] : line.activities)
        text += (text.empty() ? "" : " | ") + code + " " + day.iso() + " " + std::to_string(count);
    return text;
}

// As a cell takes it: without the point that people read.
std::string written_euros(std::int64_t cents) {
    return std::to_string(cents / 100) + "," + base::zero_padded(cents % 100, 2);
}

Cells row_of(const Line& line, Date received) {
    return {{"praktijk", line.practice.digits()},
            {"regel", line.reference},
            {"vorige", line.previous},
            {"credit", line.credit ? "ja" : "nee"},
            {"bsn", line.bsn},
            {"patientnummer", line.patient},
            {"uzovi", line.insurer},
            {"prestatie", code_of(line)},
            {"begin", line.care.first.iso()},
            {"eind", line.care.last.iso()},
            {"minuten", line.minutes > 0 ? std::to_string(line.minutes) : ""},
            {"bedrag", written_euros(line.cents)},
            {"activiteiten", activities_of(line)},
            {"factuurdatum", received.iso()}};
}

std::string told(const Line& line) {
    return line.form + " " + line.patient + (line.bsn.empty() ? " (zonder bsn) " : " ") +
           line.practice.digits() + "/" + line.reference + " " + code_of(line) + " " + line.care.first.iso() +
           ".." + line.care.last.iso() + " " + (line.credit ? "-" : "") + std::to_string(line.cents) + " " +
           line.insurer + (line.previous.empty() ? "" : " na " + line.previous) + " " + activities_of(line);
}

std::string written(const std::vector<Cells>& rows) {
    std::set<std::string> names;
    for (const Cells& row : rows) {
        for (const auto& [name, value] : row) names.insert(name);
    }
    std::string bytes = wire::csv_line(std::vector<std::string>(names.begin(), names.end()));
    for (const Cells& row : rows) {
        std::vector<std::string> cells;
        for (const std::string& name : names) cells.push_back(row.contains(name) ? row.at(name) : "");
        bytes += wire::csv_line(cells);
    }
    return bytes;
}

std::string table_of(const std::vector<Line>& lines, Date received) {
    std::vector<Cells> rows;
    for (const Line& line : lines) rows.push_back(row_of(line, received));
    return written(rows);
}

std::vector<Declared> declared_in_message(const wire::Message& message) {
    const wire::Layout& layout = message.layout();
    const std::string_view place = line_record(layout);
    const bool hospital = place == wire::code_tariff;
    const auto amount = column_of(layout, place, "BED161");
    const auto side = column_of(layout, place, "COD665");
    const auto reference = column_of(layout, place, hospital ? "NUM371" : "NUM362");
    const auto head = [&](std::string_view element) {
        return message.field(message.records().front(), column_of(layout, "01", element));
    };
    const auto institution = head("COD031");
    const bool practice = wire::is_empty(institution, wire::Kind::digits);
    const std::string issuer(practice ? head("COD181") : institution);
    std::vector<Declared> lines;
    for (const auto& record : message.records()) {
        if (message.code(record) != place) continue;
        lines.push_back({issuer + "/" + wire::utf8(message.field(record, reference)),
                         *wire::signed_cents(message.field(record, amount), message.field(record, side))});
    }
    return lines;
}

std::vector<Declared> declared_in_table(const wire::CsvTable& rows) {
    if (rows.column("prestatie") < 0) return {};
    const auto cell = [&](const wire::CsvRow& row, std::string_view name) {
        return row.cells[static_cast<std::size_t>(rows.column(name))];
    };
    std::vector<Declared> lines;
    for (const wire::CsvRow& row : rows.rows) {
        const Cents amount = *Cents::parse_euros(cell(row, "bedrag"));
        lines.push_back({cell(row, "praktijk") + "/" + cell(row, "regel"),
                         cell(row, "credit") == "ja" ? -amount : amount});
    }
    return lines;
}

bool is_message(const std::string& bytes, const wire::Layouts& layouts, bool answer) {
    return std::any_of(layouts.all().begin(), layouts.all().end(), [&](const wire::LayoutRef& layout) {
        return layout->is_return() == answer && bytes.starts_with("01" + layout->ei_code());
    });
}

}  // namespace

File claim_file(const std::vector<Line>& lines, const std::string& invoice, Date received) {
    std::string about;
    for (const Line& line : lines) about += "\n      " + told(line);
    const bool rows = lines.front().form == table;
    return {"declaraties " + invoice, rows ? table_of(lines, received) : message_of(lines, invoice, received),
            received, about};
}

File form_file(const std::string& form, const std::vector<Cells>& rows, Date received) {
    std::string about;
    for (const Cells& row : rows) {
        about += "\n     ";
        for (const auto& [name, value] : row) {
            if (!value.empty()) about += " " + name + "=" + value;
        }
    }
    return {form, written(rows), received, about};
}

std::vector<Declared> declared_in(const std::string& bytes, const wire::Layouts& layouts) {
    base::Findings findings;
    if (is_message(bytes, layouts, true)) return {};
    if (is_message(bytes, layouts, false)) {
        const auto message = wire::decode(bytes, layouts, "", findings);
        BUNDEL_ASSERT(message.has_value());
        return declared_in_message(*message);
    }
    const auto rows = wire::read_csv(bytes, "", findings);
    BUNDEL_ASSERT(rows.has_value());
    return declared_in_table(*rows);
}

}  // namespace bundel::testing
