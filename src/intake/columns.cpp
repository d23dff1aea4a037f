#include "intake/columns.h"

namespace bundel::intake {
namespace {

// Looks up many; the first that is missing is the Error.
class Finder {
public:
    Finder(const wire::Layout& layout, std::string_view record) : layout_(layout), record_(record) {}

    std::optional<wire::Column> maybe(std::string_view element) const {
        return find_column(layout_, record_, element);
    }

    Finder& find(wire::Column& column, std::string_view element) { return either(column, element, element); }

    // The standards have different elements for one thing.
    Finder& either(wire::Column& column, std::string_view element, std::string_view other) {
        auto found = maybe(element);
        if (!found) found = maybe(other);
        if (found) column = *found;
        if (!found && missing_.empty()) missing_ = element;
        return *this;
    }

    Finder& find(OwnerColumns& owner) { return find(owner.bsn, "NUM313").find(owner.insurer, "COD061"); }

    Finder& find(CodeColumns& codes) {
        return find(codes[0], "COD954").find(codes[1], "COD955").find(codes[2], "COD956");
    }

    template <class Columns>
    base::Result<Columns> result(Columns columns) const {
        if (missing_.empty()) return columns;
        return base::Error{"layout_element_missing",
                           {{"layout", layout_.name()}, {"element", std::string(record_) + " " + missing_}}};
    }

private:
    const wire::Layout& layout_;
    std::string_view record_;
    std::string missing_;
};

}  // namespace

std::optional<wire::Column> find_column(const wire::Layout& layout, std::string_view record,
                                        std::string_view element) {
    const int index = layout.record_index(record);
    if (index < 0) return std::nullopt;
    for (const wire::Field& field : layout.records()[static_cast<std::size_t>(index)].fields) {
        if (field.element != element) continue;
        const auto column = layout.column(field.id);
        return column ? std::optional(*column) : std::nullopt;
    }
    return std::nullopt;
}

base::Result<HeaderColumns> header_columns(const wire::Layout& layout) {
    HeaderColumns columns;
    Finder finder(layout, wire::code_header);
    finder.find(columns.receiver, "COD061")
        .find(columns.provider, "COD009")
        .find(columns.practice, "COD181")
        .find(columns.institution, "COD031")
        .find(columns.invoice, "NUM029")
        .find(columns.dated, "DAT031");
    return finder.result(columns);
}

base::Result<InsuredColumns> insured_columns(const wire::Layout& layout) {
    InsuredColumns columns;
    Finder finder(layout, wire::code_insured);
    finder.find(columns.bsn, "NUM313")
        .find(columns.insurer, "COD061")
        .find(columns.insured_number, "NUM003")
        .either(columns.patient_number, "COD038", "NUM366")
        .find(columns.birth_date, "DAT006")
        .find(columns.sex, "COD134")
        .find(columns.name, "NAM193")
        .find(columns.prefix, "NAM194")
        .find(columns.partner_name, "NAM191")
        .find(columns.partner_prefix, "NAM192")
        .find(columns.initials, "NAM025")
        .find(columns.postcode, "COD083")
        .find(columns.house_number, "NUM030")
        .find(columns.house_number_addition, "NUM079");
    return finder.result(columns);
}

std::string_view line_record(const wire::Layout& layout) {
    return layout.record_index(wire::code_tariff) < 0 ? wire::code_performance : wire::code_tariff;
}

base::Result<ServiceColumns> service_columns(const wire::Layout& layout) {
    ServiceColumns columns;
    Finder finder(layout, wire::code_performance);
    finder.find(columns.owner)
        .find(columns.begin, "DAT001")
        .find(columns.end, "DAT003")
        .find(columns.referrer, "COD836")
        .find(columns.quantity, "ANT054")
        .find(columns.reference, "NUM362");
    columns.partus = finder.maybe("DAT221");
    columns.unit = finder.maybe("COD218");
    columns.product = finder.maybe("COD988");
    return finder.result(columns);
}

base::Result<LineColumns> line_columns(const wire::Layout& layout) {
    LineColumns columns;
    const std::string_view record = line_record(layout);
    columns.under_service = record == wire::code_tariff;
    Finder finder(layout, record);
    finder.find(columns.owner)
        .either(columns.list, "COD367", "COD692")
        .either(columns.code, "COD388", "COD695")
        .find(columns.treating, "COD089")
        .find(columns.tariff, "BED160")
        .find(columns.calculated_side, "COD668")
        .find(columns.amount, "BED161")
        .find(columns.side, "COD665")
        .either(columns.reference, "NUM362", "NUM371")
        .either(columns.previous, "NUM363", "NUM372");
    columns.other_list = finder.maybe("COD677");
    return finder.result(columns);
}

base::Result<std::optional<ActivityColumns>> activity_columns(const wire::Layout& layout) {
    if (layout.record_index(wire::code_activity) < 0) return std::optional<ActivityColumns>();
    ActivityColumns columns;
    Finder finder(layout, wire::code_activity);
    finder.find(columns.owner)
        .find(columns.code, "COD329")
        .find(columns.day, "DAT315")
        .find(columns.count, "ANT054")
        .find(columns.side, "COD043");
    BUNDEL_TRY(found, finder.result(columns));
    return std::optional(found);
}

base::Result<AnswerColumns> answer_columns(const wire::Layout& layout) {
    AnswerColumns columns;
    Finder header(layout, wire::code_header);
    header.find(columns.insurer_reference, "NUM370").find(columns.day, "DAT277").find(columns.header_codes);
    Finder insured(layout, wire::code_insured);
    insured.find(columns.insured_codes);
    Finder service(layout, wire::code_performance);
    if (line_record(layout) != wire::code_performance) service.find(columns.service_codes.emplace());
    Finder line(layout, line_record(layout));
    line.either(columns.reference, "NUM362", "NUM371")
        .find(columns.calculated, "BED165")
        .find(columns.calculated_side, "COD672")
        .find(columns.granted, "BED166")
        .find(columns.granted_side, "COD673")
        .find(columns.line_codes);
    BUNDEL_TRY(with_header, header.result(columns));
    BUNDEL_TRY(with_insured, insured.result(with_header));
    BUNDEL_TRY(with_service, service.result(with_insured));
    return line.result(with_service);
}

}  // namespace bundel::intake
