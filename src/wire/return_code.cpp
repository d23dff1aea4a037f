#include "wire/return_code.h"

#include <algorithm>
#include <array>

namespace bundel::wire {

using base::Severity;

namespace {

std::string lower(std::string_view text) {
    std::string result(text);
    for (char& c : result) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    return result;
}

Severity severity_of(char letter) {
    if (letter == 'X') return Severity::file_refused;
    if (letter == 'T') return Severity::claim_refused;
    return letter == 'O' ? Severity::note : Severity::line_refused;
}

// "(voorlooprecord)" and such at the end of a text narrow it to a record or a person.
bool is_about(const std::string& text, std::string_view record, const std::string& name) {
    const auto has = [&](const char* word) { return text.find(word) != std::string::npos; };
    if (has("(voorlooprecord)") && record != code_header) return false;
    if (has("(detailrecord)") && (record == code_header || record == code_closing)) return false;
    for (const auto& person :
         {std::array{"(verzekerde)", "verzekerde"}, std::array{"(debiteur)", "debiteur"}}) {
        if (has(person[0]) && name.find(person[1]) == std::string::npos) return false;
    }
    return true;
}

// The length of the phrase at the start of `subject` that `name` begins with; 0: none. What the name says
// more must be a word of its own.
std::size_t shared(std::string_view subject, std::string_view name) {
    if (subject.empty() || !name.starts_with(subject)) return 0;
    const auto rest = name.substr(subject.size());
    const bool is_whole = rest.empty() || rest.front() == ' ' || rest.starts_with("record");
    return is_whole ? subject.size() : 0;
}

// "Machtigingsnummer / meldingsnummer zorgverzekeraar ontbreekt of is onjuist.": two subjects. 0: not about
// it.
std::size_t fit(const std::string& text, const std::string& name) {
    const auto end = text.find(" ontbre");
    if (end == std::string::npos) return 0;
    std::string_view subject = std::string_view(text).substr(0, end);
    if (subject.ends_with(',')) subject.remove_suffix(1);
    // "(Begin-/eind)datum prestatie"
    if (subject.starts_with('(')) subject.remove_prefix(std::min(subject.find(')'), subject.size() - 1) + 1);
    std::size_t best = shared(subject, name);
    for (const std::string_view between : {" / ", " of "}) {
        const auto at = subject.find(between);
        if (at == std::string_view::npos) continue;
        best = std::max(
            {best, shared(subject.substr(0, at), name), shared(subject.substr(at + between.size()), name)});
    }
    return best;
}

}  // namespace

std::optional<ReturnCodeOf> known_code(std::string_view record, const Field& field, const Layouts& known,
                                       bool answers) {
    for (const LayoutRef& layout : known.all()) {
        const int index = layout->is_return() != answers ? -1 : layout->record_index(record);
        if (index < 0) continue;
        for (const Field& one : layout->records()[static_cast<std::size_t>(index)].fields) {
            if (one.element == field.element) return ReturnCodeOf{one.return_code, one.severity};
        }
    }
    return std::nullopt;
}

ReturnCodeOf return_code_of(std::string_view record, const Field& field, const Layouts& known,
                            std::span<const ReturnText> texts) {
    if (auto found = known_code(record, field, known, false)) return *found;
    const std::string name = lower(field.name);
    const bool is_detail = record != code_header && record != code_closing;
    ReturnCodeOf best{"", usual_severity(record, field)};
    std::size_t longest = 0;
    for (const ReturnText& one : texts) {
        const bool is_of_detail = one.severity != 'X' && one.severity != 'T';
        const std::string text = lower(one.text);
        if (is_of_detail != is_detail || !is_about(text, record, name)) continue;
        const std::size_t length = fit(text, name);
        if (length <= longest) continue;
        longest = length;
        best = {one.code, severity_of(one.severity)};
    }
    return best;
}

Severity usual_severity(std::string_view record, const Field& field) {
    if (field.use == Use::reserve) return Severity::note;
    if (record == code_header) return Severity::claim_refused;
    return record == code_closing ? Severity::file_refused : Severity::line_refused;
}

}  // namespace bundel::wire
