#include "wire/ber.h"

#include <algorithm>

#include "base/text.h"
#include "wire/ber_sheet.h"
#include "wire/layout_writer.h"
#include "wire/return_code.h"

namespace bundel::wire {

using base::Done;
using base::Error;
using base::Result;

namespace {

constexpr std::string_view bsn_element = "NUM313";
constexpr std::string_view mark_value = "BUNDEL-SIM";
constexpr std::string_view mark_field = "0107";

const BerRecord* record_of(const Ber& ber, std::string_view code) {
    const auto found = std::find_if(ber.records.begin(), ber.records.end(),
                                    [&](const BerRecord& record) { return record.code == code; });
    return found == ber.records.end() ? nullptr : &*found;
}

Error row_error(const char* code, const Ber& ber, const BerField& field) {
    return Error{code, {{"sheet", ber.sheet}, {"row", std::to_string(field.row)}, {"field", field.field.id}}};
}

// Values between quotes: "Waarde '176' vullen." Only those as long as the field.
std::vector<std::string> quoted_values(const BerField& one) {
    std::vector<std::string> values;
    const std::string& rule = one.field.rule;
    for (auto at = rule.find('\''); at != std::string::npos; at = rule.find('\'', at + 1)) {
        const auto end = rule.find('\'', at + 1);
        if (end == std::string::npos) break;
        const std::string value = rule.substr(at + 1, end - at - 1);
        const bool is_value =
            value.size() == static_cast<std::size_t>(one.field.length) && base::all_digits(value);
        if (is_value && std::find(values.begin(), values.end(), value) == values.end())
            values.push_back(value);
        at = end;
    }
    return values;
}

// The rule of 0102 may name more messages than the head, which then names the first of them.
Result<Done> settle_ei_codes(Ber& ber, const BerField& field) {
    const auto said = quoted_values(field);
    if (said.empty()) return Done{};
    for (const std::string& code : ber.ei_codes) {
        const bool is_said = std::find(said.begin(), said.end(), code) != said.end();
        if (!is_said) return row_error("ber_constant", ber, field);
    }
    ber.ei_codes = said;
    return Done{};
}

// What stands in the first four fields of record 01 follows from the head; what a rule says of it must agree.
Result<Done> settle_constant(Ber& ber, const BerRecord& record, BerField& one) {
    Field& field = one.field;
    if (field.id == "0102") {
        BUNDEL_TRY_DONE(settle_ei_codes(ber, one));
        field.constant = ber.ei_codes.size() == 1 ? ber.ei_codes.front() : "";
        return Done{};
    }
    if (field.id == record.code + "01") field.constant = record.code;
    if (field.id == "0103") field.constant = base::zero_padded(ber.version, field.length);
    if (field.id == "0104") field.constant = base::zero_padded(ber.subversion, field.length);
    if (field.constant.empty()) return Done{};
    // A condition before it may quote another value ("anders '00' vullen"); the last is the one of this
    // message.
    const auto said = quoted_values(one);
    if (!said.empty() && said.back() != field.constant) return row_error("ber_constant", ber, one);
    return Done{};
}

Result<Done> settle_constants(Ber& ber) {
    for (BerRecord& record : ber.records) {
        for (BerField& one : record.fields) BUNDEL_TRY_DONE(settle_constant(ber, record, one));
    }
    if (ber.ei_codes.empty()) return Error{"ber_ei_code"};
    return Done{};
}

bool is_return_code(const Field& field) {
    return field.element == "COD954" || field.element == "COD955" || field.element == "COD956";
}

bool is_answer(const Ber& ber) {
    for (const BerRecord& record : ber.records) {
        for (const BerField& one : record.fields) {
            if (is_return_code(one.field)) return true;
        }
    }
    return false;
}

// In a record of an answer all that is the receiver's stands behind the positions of the claim, and its
// fields are numbered from 81 on. Record 99 is counted anew and repeats nothing. 0: not to be told, or no two
// records agree.
int repeated_length(const Ber& ber) {
    int length = 0;
    for (const BerRecord& record : ber.records) {
        if (record.code == code_closing) continue;
        const auto first = std::find_if(record.fields.begin(), record.fields.end(), [](const BerField& one) {
            return base::parse_digits(one.field.id.substr(2)).value_or(0) > 80;
        });
        if (first == record.fields.end()) return 0;
        const int repeated = first->field.position - 1;
        if (length != 0 && repeated != length) return 0;
        length = repeated;
    }
    return length;
}

struct Below {
    const char* code;
    const char* parent;  // empty: the file itself
    bool is_required;
    bool may_repeat;
};

// domain/ei.md section 2: 01 (02 98* [03 98*] (04 98* (06 98*)* (16 98*)*)+ )+ 99.
constexpr Below generic[] = {{"01", "", true, false},    {"02", "", true, true},   {"99", "", true, false},
                             {"03", "02", false, false}, {"04", "02", true, true}, {"06", "04", false, true},
                             {"16", "04", false, true}};

std::vector<Place> generic_places(const Ber& ber, std::string_view parent) {
    std::vector<Place> places;
    const bool is_detail = !parent.empty();
    if (is_detail && record_of(ber, code_comment) != nullptr) {
        places.push_back({std::string(code_comment), false, true, {}});
    }
    for (const Below& below : generic) {
        if (below.parent != parent || record_of(ber, below.code) == nullptr) continue;
        const bool is_end = below.code == code_header || below.code == code_closing;
        places.push_back({below.code, below.is_required, below.may_repeat,
                          is_end ? std::vector<Place>{} : generic_places(ber, below.code)});
    }
    return places;
}

Result<std::vector<Place>> structure_of(const Ber& ber, bool answer) {
    std::vector<Place> structure = ber.structure;
    if (structure.empty()) {
        for (const BerRecord& record : ber.records) {
            const bool is_known = record.code == code_comment ||
                                  std::any_of(std::begin(generic), std::end(generic),
                                              [&](const Below& below) { return record.code == below.code; });
            if (!is_known) return Error{"ber_order_unknown", {{"record", record.code}}};
        }
        structure = generic_places(ber, "");
    }
    // A message that is refused as a whole is answered with record 01 only.
    for (Place& place : structure) {
        if (answer && place.code == code_insured) place.is_required = false;
    }
    return structure;
}

// "AANTAL VERZEKERDENRECORDS (RETOUR)" counts the record of that name, "TOTAAL AANTAL DETAILRECORDS" all of
// them. A record that the message does not have has its count all the same.
std::string counted_record(const Ber& ber, const std::string& name) {
    if (name.find("TOTAAL AANTAL DETAILRECORDS") == 0) return "detail";
    if (name.find("AANTAL ") != 0) return "";
    for (const BerRecord& record : ber.records) {
        if (!record.name.empty() && name.find("AANTAL " + record.name + "S") == 0) return record.code;
    }
    return name.find("AANTAL DEBITEURRECORDS") == 0 ? "03" : "";
}

// The field with this name in the record, and the indicator that follows it at once.
struct Amount {
    std::string field, sign;
};
Amount amount_of(const BerRecord* record, std::string_view name) {
    if (record == nullptr) return {};
    for (std::size_t i = 0; i + 1 < record->fields.size(); ++i) {
        const Field& amount = record->fields[i].field;
        const Field& sign = record->fields[i + 1].field;
        const bool is_pair = amount.name.starts_with(name) && amount.kind == Kind::digits &&
                             sign.name.starts_with("INDICATIE DEBET/CREDIT") && sign.length == 1;
        if (is_pair) return {amount.id, sign.id};
    }
    return {};
}

Result<base::Done> add_closing(const Ber& ber, LayoutFile& file) {
    const BerRecord* closing = record_of(ber, code_closing);
    if (closing == nullptr) return base::Done{};  // the structure says so
    for (const BerField& one : closing->fields) {
        const std::string record = counted_record(ber, one.field.name);
        if (!record.empty() && one.field.kind == Kind::digits) file.counts.push_back({one.field.id, record});
    }
    // Without them a message that is not whole, or asks another amount, would pass.
    if (file.counts.empty()) return Error{"ber_closing_unknown", {{"what", "TOTAAL AANTAL DETAILRECORDS"}}};
    // Of an answer the total is the one that was sent, whatever is returned.
    if (file.heen_length > 0) return base::Done{};
    const Amount total = amount_of(closing, "TOTAAL DECLARATIEBEDRAG");
    Amount summed = amount_of(record_of(ber, code_tariff), "DECLARATIEBEDRAG");
    if (summed.field.empty()) summed = amount_of(record_of(ber, code_performance), "DECLARATIEBEDRAG");
    if (total.field.empty()) return Error{"ber_closing_unknown", {{"what", "TOTAAL DECLARATIEBEDRAG"}}};
    if (summed.field.empty()) return Error{"ber_closing_unknown", {{"what", "DECLARATIEBEDRAG"}}};
    file.total_field = total.field;
    file.total_sign = total.sign;
    file.total_of = summed.field;
    file.total_of_sign = summed.sign;
    return base::Done{};
}

// What an answer repeats of the claim may be the very reason of the refusal: only what makes the file
// readable still refuses it.
ReturnCodeOf answer_code_of(std::string_view record, const Field& field, int heen_length,
                            const Layouts& known, std::span<const ReturnText> texts) {
    if (auto code = known_code(record, field, known, true)) return *code;
    const bool is_repeated = record != code_closing && field.position <= heen_length;
    if (!is_repeated) return {"", usual_severity(record, field)};
    ReturnCodeOf code = return_code_of(record, field, known, texts);
    const bool is_frame = !field.constant.empty() || field.id == "0102" || field.element == "NUM040";
    if (!is_frame) code.severity = base::Severity::note;
    return code;
}

FieldFile field_of(const BerRecord& record, const BerField& one, int heen_length, const Layouts& known,
                   std::span<const ReturnText> texts) {
    FieldFile file{one.field, ""};
    Field& field = file.field;
    const bool is_bsn = field.element == bsn_element && field.use == Use::mandatory;
    if (is_bsn) {
        field.use = Use::conditional;
        file.use_note = "M in the standard; read as C: whether she is somebody is judged above the columns";
    }
    const auto kind = field.element.substr(0, 3);
    field.zero_is_value = field.kind == Kind::digits && (kind == "BED" || kind == "ANT");
    const ReturnCodeOf code = heen_length > 0 ? answer_code_of(record.code, field, heen_length, known, texts)
                                              : return_code_of(record.code, field, known, texts);
    field.return_code = code.code;
    field.severity = code.severity;
    return file;
}

void add_status(const Ber& ber, std::string_view name, LayoutFile& file) {
    const bool is_standard = ber.status == "STANDAARD";
    file.version = std::to_string(ber.version) + "." + std::to_string(ber.subversion);
    file.status = is_standard ? "verified" : "provisional";
    file.source = std::string(name) + " (BER of Vektis, " + ber.message + " " + file.version +
                  (ber.issued.empty() ? "" : ", " + ber.issued) + ", status " + ber.status + ")";
    if (is_standard) return;
    file.version += "-provisional";
    file.mark_field = mark_field;
    file.mark_value = mark_value;
    file.note = "Not a published standard: its status is " + ber.status +
                ". Only for files that carry the mark of the simulator.";
}

Result<LayoutFile> file_of(const Ber& ber, std::string_view name, const Layouts& known,
                           std::span<const ReturnText> texts) {
    LayoutFile file;
    file.message = ber.message;
    file.title = ber.title;
    file.ei_codes = ber.ei_codes;
    file.record_length = ber.record_length;
    add_status(ber, name, file);
    const bool answer = is_answer(ber);
    if (answer) {
        file.heen_length = repeated_length(ber);
        file.header_alone = true;
        if (file.heen_length == 0) return Error{"ber_answer_unknown"};
    }
    BUNDEL_TRY(structure, structure_of(ber, answer));
    file.structure = std::move(structure);
    file.structure_source =
        ber.structure.empty() ? "generic format; the spreadsheet does not say" : "the spreadsheet";
    BUNDEL_TRY_DONE(add_closing(ber, file));
    for (const BerRecord& record : ber.records) {
        file.records.push_back({record.code, record.name, {}});
        for (const BerField& one : record.fields) {
            file.records.back().fields.push_back(field_of(record, one, file.heen_length, known, texts));
        }
    }
    return file;
}

}  // namespace

Result<Learnt> learn_layout(const Grid& grid, std::string_view file, const Layouts& known,
                            std::span<const ReturnText> return_texts) {
    BUNDEL_TRY(ber, read_ber(grid));
    BUNDEL_TRY_DONE(settle_constants(ber));
    BUNDEL_TRY(written, file_of(ber, file, known, return_texts));
    std::string json = write_layout(written);
    BUNDEL_TRY(layout, Layout::parse(json));
    return Learnt{std::move(json), std::move(layout)};
}

}  // namespace bundel::wire
