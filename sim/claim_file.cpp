#include "sim/claim_file.h"

#include <algorithm>

#include "base/hash.h"
#include "sim/elements.h"
#include "sim/message_maker.h"
#include "wire/encode.h"

namespace bundel::sim {
namespace {

constexpr int hospital = 6;
constexpr int midwife = 8;

// Fills records by data element. The first Error sticks.
class ElementWriter {
public:
    explicit ElementWriter(const wire::LayoutRef& layout) : layout_(*layout), writer_(layout) {}

    bool has_record(std::string_view code) const { return layout_.record_index(code) >= 0; }

    ElementWriter& record(std::string_view code) {
        record_ = code;
        writer_.append(code);
        return *this;
    }
    template <class Value>
    ElementWriter& set(std::string_view element, const Value& value) {
        const auto column = column_of(layout_, record_, element);
        if (column.ok()) {
            writer_.set(*column, value);
        } else if (!error_) {
            error_ = column.error();
        }
        return *this;
    }
    // An element that not every version of the message has.
    template <class Value>
    ElementWriter& set_if_there(std::string_view element, const Value& value) {
        return column_of(layout_, record_, element).ok() ? set(element, value) : *this;
    }
    ElementWriter& amount(std::string_view element, std::string_view indicator, Cents cents) {
        return set(element, Cents::of(std::abs(cents.count()))).set(indicator, cents < Cents() ? "C" : "D");
    }
    Result<std::string> finish() {
        if (error_) return *error_;
        writer_.close();
        return writer_.finish();
    }

private:
    const wire::Layout& layout_;
    wire::Writer writer_;
    std::string record_;
    std::optional<Error> error_;
};

Period span(const std::vector<WomanLine>& lines) {
    Period all = lines.front().line->care;
    for (const auto& one : lines) {
        all.first = std::min(all.first, one.line->care.first);
        all.last = std::max(all.last, one.line->care.last);
    }
    return all;
}

// Of twelve characters at most; a provider that sends two kinds of message on a day numbers them apart.
std::string invoice_of(const wire::Layout& layout, const Parties& parties, Date day) {
    if (!parties.invoice.empty()) return parties.invoice;
    const bool usual = layout.message() + " " + layout.version() == usual_message(parties.agb);
    return day.ei().substr(2) + "-" + parties.insurer.digits() + (usual ? "" : "B");
}

void write_head(ElementWriter& writer, const std::string& invoice, const Parties& parties, Date day,
                const Period& care) {
    const bool practice = parties.agb.kind() == midwife;
    writer.record("01").set("COD856", "P").set("COD061", parties.insurer.digits());
    if (practice) writer.set("COD009", parties.agb.digits());
    writer.set(practice ? "COD181" : "COD031", parties.agb.digits()).set("COD833", practice ? "03" : "04");
    writer.set("DAT043", care.first).set("DAT044", care.last);
    writer.set("NUM029", invoice);
    writer.set("DAT031", day).set("COD363", "EUR");
}

// A child is born on the day of partus.
Date born_of(const WomanLine& one) {
    const bool child = one.line->bsn == BsnUse::child;
    return child ? one.line->partus.value_or(one.line->care.first) : one.scenario->woman.born;
}

void write_person(ElementWriter& writer, const Parties& parties, const WomanLine& one,
                  const std::string& bsn) {
    const Woman& woman = one.scenario->woman;
    const bool child = one.line->bsn == BsnUse::child;
    writer.record("02").set("NUM313", bsn).set("COD061", parties.insurer.digits());
    const auto patient = patient_number(woman) + (child ? "K" : "");
    writer.set_if_there("COD038", patient).set_if_there("NUM366", patient);
    writer.set("DAT006", born_of(one)).set("COD134", child ? "1" : "2").set("COD700", "1");
    writer.set("NAM193", (child ? "Test Kind " : "Test Vrouw ") + woman.number);
    writer.set("NAM025", "T").set("COD841", "2");
}

// Record 04 of VK301 and KZ301.
void write_line(ElementWriter& writer, const Parties& parties, const ClaimLine& line,
                const std::string& bsn) {
    const Cents amount = line.credit ? -line.amount : line.amount;
    const bool timed = line.minutes > 0;
    writer.record("04").set("NUM313", bsn).set("COD061", parties.insurer.digits()).set("COD820", "1");
    writer.set("DAT001", line.care.first).set("DAT003", line.care.last).set("DAT221", line.partus);
    writer.set("COD367", line.performance.list).set("COD388", line.performance.code.view());
    const auto treating = line.treating.is_none() ? parties.provider.treating : line.treating;
    writer.set("COD089", treating.digits());
    writer.set("COD952", parties.agb.kind() == midwife ? "0800" : "3301");
    writer.set("ANT054", timed ? line.minutes : 1);
    if (timed) writer.set("COD218", "01");  // COD218 01: minuut
    writer.set("BED160", line.tariff.value_or(line.amount)).amount("BED153", "COD668", amount);
    writer.amount("BED161", "COD665", amount).set("NUM362", line.reference).set("NUM363", line.previous);
}

// The reference of record 04 is not that of record 06 under it.
std::string service_reference(const std::string& reference) {
    return reference.empty() ? "" : "P" + reference.substr(0, 19);
}

// 192 of the 200 positions, different for every line.
std::string made_up_hash(const ClaimLine& line) {
    const auto hex = base::digest(line.reference).hex();
    return hex + hex + hex;
}

void write_hospital_head(ElementWriter& writer, const Parties& parties, std::string_view record,
                         const ClaimLine& line, const std::string& bsn) {
    writer.record(record).set("NUM313", bsn).set("COD061", parties.insurer.digits());
    writer.set(record == "04" ? "COD367" : "COD692", line.performance.list);
    writer.set("COD695", line.performance.code.view()).set("DAT001", line.care.first).set("NUM123", 1);
}

void write_service(ElementWriter& writer, const Parties& parties, const WomanLine& one,
                   const std::string& bsn) {
    const ClaimLine& line = *one.line;
    write_hospital_head(writer, parties, "04", line, bsn);
    writer.set("COD150", "1").set_if_there("DAT006", born_of(one)).set("DAT003", line.care.last);
    writer.set("COD988", "990000000").set("NUM368", "T" + one.scenario->woman.number);
    writer.set("DAT291", line.care.first).set("NUM379", "S" + one.scenario->woman.number);
    writer.set("COD327", "01").set("ANT054", 1).set("COD994", "J").set_if_there("COD651", "01");
    writer.set("COD989", made_up_hash(line)).set("NUM383", "1.0").set("NUM384", "1.0");
    writer.set("COD153", "GRP").set("NUM385", "20170101.1").set("NUM386", "TABEL-" + line.reference);
    writer.set("COD328", "P").set("COD043", line.credit ? "C" : "D");
    writer.set("NUM362", service_reference(line.reference)).set("NUM363", service_reference(line.previous));
}

void write_tariff(ElementWriter& writer, const Parties& parties, const ClaimLine& line,
                  const std::string& bsn) {
    const Cents amount = line.credit ? -line.amount : line.amount;
    write_hospital_head(writer, parties, "06", line, bsn);
    const auto treating = line.treating.is_none() ? parties.provider.treating : line.treating;
    writer.set("COD029", "09").set("COD089", treating.digits()).set("COD286", "0307");
    writer.set("BED160", line.tariff.value_or(line.amount)).set("ANT094", "10000");
    writer.amount("BED153", "COD668", amount).amount("BED161", "COD665", amount);
    writer.set("NUM371", line.reference).set("NUM372", line.previous);
}

void write_activities(ElementWriter& writer, const Parties& parties, const ClaimLine& line,
                      const std::string& bsn) {
    int place = 0;
    for (const auto& activity : line.activities) {
        const auto number = line.reference + "-" + std::to_string(++place);
        write_hospital_head(writer, parties, "16", line, bsn);
        writer.set("COD099", number).set("COD329", activity.code).set("DAT315", activity.day);
        writer.set("DAT316", activity.day).set("ANT054", activity.count);
        writer.set("COD043", line.credit ? "C" : "D").set("NUM415", number);
        if (!line.previous.empty()) writer.set("NUM416", line.previous + "-" + std::to_string(place));
    }
}

}  // namespace

std::string_view usual_message(AgbCode provider) {
    if (provider.kind() == midwife) return "VK301 2.2";
    return provider.kind() == hospital ? "ZH308 8.0" : "KZ301 3.2-provisional";
}

// Lines stand under the record of their person: one record 02 for each stretch of lines of one woman and BSN
// use.
Result<std::string> claim_file(const wire::LayoutRef& layout, const Parties& parties, Date day,
                               const std::vector<WomanLine>& lines) {
    ElementWriter writer(layout);
    write_head(writer, invoice_of(*layout, parties, day), parties, day, span(lines));
    const WomanLine* last = nullptr;
    for (const auto& one : lines) {
        BUNDEL_TRY(bsn, written_bsn(one.scenario->woman.number, one.line->bsn));
        const bool same =
            last != nullptr && last->scenario == one.scenario && last->line->bsn == one.line->bsn;
        if (!same) write_person(writer, parties, one, bsn);
        last = &one;
        if (parties.agb.kind() != hospital) {
            write_line(writer, parties, *one.line, bsn);
            continue;
        }
        write_service(writer, parties, one, bsn);
        write_tariff(writer, parties, *one.line, bsn);
        if (writer.has_record("16")) write_activities(writer, parties, *one.line, bsn);
    }
    return writer.finish();
}

}  // namespace bundel::sim
