#include "intake/columns.h"

#include <algorithm>

namespace bundel::intake {
namespace {

// Looks up many; the first that is missing is the Error.
class Finder {
public:
    Finder(const wire::Layout& layout, std::string_view record) : layout_(layout), record_(record) {}

    std::optional<wire::Column> maybe(std::string_view element) const {
        const int index = layout_.record_index(record_);
        if (index < 0) return std::nullopt;
        const auto& fields = layout_.records()[static_cast<std::size_t>(index)].fields;
        const auto field = std::find_if(fields.begin(), fields.end(),
                                        [&](const wire::Field& one) { return one.element == element; });
        if (field == fields.end()) return std::nullopt;
        const auto column = layout_.column(field->id);
        return column ? std::optional(*column) : std::nullopt;
    }

    Finder& find(wire::Column& column, std::string_view element) {
        const auto found = maybe(element);
        if (found) column = *found;
        if (!found && missing_.empty()) missing_ = element;
        return *this;
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
        .find(columns.patient_number, "COD038")
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

base::Result<LineColumns> line_columns(const wire::Layout& layout) {
    LineColumns columns;
    Finder finder(layout, wire::code_performance);
    finder.find(columns.bsn, "NUM313")
        .find(columns.insurer, "COD061")
        .find(columns.begin, "DAT001")
        .find(columns.end, "DAT003")
        .find(columns.list, "COD367")
        .find(columns.code, "COD388")
        .find(columns.treating, "COD089")
        .find(columns.referrer, "COD836")
        .find(columns.quantity, "ANT054")
        .find(columns.tariff, "BED160")
        .find(columns.calculated_side, "COD668")
        .find(columns.amount, "BED161")
        .find(columns.side, "COD665")
        .find(columns.reference, "NUM362")
        .find(columns.previous, "NUM363");
    columns.partus = finder.maybe("DAT221");
    return finder.result(columns);
}

base::Result<AnswerColumns> answer_columns(const wire::Layout& layout) {
    static constexpr std::string_view codes[] = {"COD954", "COD955", "COD956"};
    AnswerColumns columns;
    Finder header(layout, wire::code_header);
    header.find(columns.insurer_reference, "NUM370").find(columns.day, "DAT277");
    Finder line(layout, wire::code_performance);
    line.find(columns.reference, "NUM362")
        .find(columns.calculated, "BED165")
        .find(columns.calculated_side, "COD672")
        .find(columns.granted, "BED166")
        .find(columns.granted_side, "COD673");
    for (std::size_t i = 0; i < 3; ++i) {
        header.find(columns.header_codes[i], codes[i]);
        line.find(columns.line_codes[i], codes[i]);
    }
    BUNDEL_TRY(in_header, header.result(columns));
    return line.result(in_header);
}

}  // namespace bundel::intake
