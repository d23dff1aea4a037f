// All layouts together: by name, by the bytes of a file, and with inserts.
#include <tuple>

#include "base/text.h"
#include "wire/layout.h"
#include "wire/layout_reader.h"

namespace bundel::wire {

using base::Done;
using base::Error;
using base::Result;

namespace {

constexpr std::size_t xml_head_bytes = 4096;

// With or without a byte order mark.
bool is_xml(std::string_view bytes) {
    if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
    const auto first = bytes.find_first_not_of(" \t\r\n");
    return first != std::string_view::npos && bytes[first] == '<';
}

base::Finding xml_finding(std::string_view bytes, const std::string& file,
                          const std::vector<NamedMessage>& named) {
    base::Finding finding{"xml_unknown", base::Severity::file_refused, {file, 0, "", 0, 0}, {}, "", "ei"};
    for (const NamedMessage& message : named) {
        if (bytes.substr(0, xml_head_bytes).find(message.xml_namespace) == std::string_view::npos) continue;
        finding.code = "message_by_name_only";
        finding.params = {{"message", message.message}, {"title", message.title}};
    }
    return finding;
}

// The first record with this code, in a file whose lines are as long as they should be. Empty: none.
std::string_view first_record(std::string_view bytes, std::size_t length, std::string_view code) {
    for (std::size_t at = 0; at + length <= bytes.size(); at += length + 2) {
        if (bytes.substr(at, code.size()) == code) return bytes.substr(at, length);
    }
    return {};
}

bool has_constants(std::string_view bytes, const RecordLayout& record) {
    for (const Field& field : record.fields) {
        const auto value = bytes.substr(static_cast<std::size_t>(field.position - 1),
                                        static_cast<std::size_t>(field.length));
        if (!field.constant.empty() && value != field.constant) return false;
    }
    return true;
}

}  // namespace

Result<Done> Layouts::read(std::string_view json) {
    BUNDEL_TRY(file, read_file_text(json));
    if (auto* name = std::get_if<NamedMessage>(&file)) {
        named_.push_back(std::move(*name));
        return Done{};
    }
    if (auto* insert = std::get_if<InsertText>(&file)) {
        BUNDEL_TRY_DONE(check_insert(*insert));
        inserts_.push_back(std::make_shared<const InsertText>(std::move(*insert)));
        for (const LayoutRef& host : layouts_) BUNDEL_TRY_DONE(combine(host, *inserts_.back()));
        return Done{};
    }
    const auto& text = std::get<LayoutText>(file);
    for (const std::string& ei_code : text.ei_codes) {
        BUNDEL_TRY(layout, build_layout(text, ei_code));
        BUNDEL_TRY_DONE(add(std::move(layout)));
    }
    return Done{};
}

Result<Done> Layouts::combine(const LayoutRef& host, const InsertText& insert) {
    if (!goes_into(insert, *host->text_)) return Done{};
    BUNDEL_TRY(layout, build_layout(wire::with_insert(*host->text_, insert), host->ei_code()));
    combined_.push_back({host, std::make_shared<const Layout>(std::move(layout))});
    return Done{};
}

LayoutRef Layouts::with_insert(const LayoutRef& host, std::string_view insert,
                               std::string_view version) const {
    for (const Combined& one : combined_) {
        if (one.host == host && one.layout->insert() == std::string(insert) + "-" + std::string(version)) {
            return one.layout;
        }
    }
    return nullptr;
}

LayoutRef Layouts::for_records(const LayoutRef& host, std::string_view bytes) const {
    for (const Combined& one : combined_) {
        if (one.host != host) continue;
        const auto index = static_cast<std::size_t>(one.layout->record_index(code_debtor));
        const RecordLayout& record = one.layout->records()[index];
        const auto first = first_record(bytes, host->record_length(), record.code);
        if (first.empty()) return host;
        if (has_constants(first, record)) return one.layout;
    }
    return host;
}

Result<Done> Layouts::add(Layout layout) {
    if (find(layout.ei_code(), layout.version_digits(), layout.subversion_digits())) {
        return Error{"layout_double", {{"layout", layout.name()}}};
    }
    layouts_.push_back(std::make_shared<const Layout>(std::move(layout)));
    for (const auto& insert : inserts_) BUNDEL_TRY_DONE(combine(layouts_.back(), *insert));
    return Done{};
}

LayoutRef Layouts::find(std::string_view ei_code, std::string_view version,
                        std::string_view subversion) const {
    for (const LayoutRef& layout : layouts_) {
        const bool same_version =
            layout->version_digits() == version && layout->subversion_digits() == subversion;
        if (layout->ei_code() == ei_code && same_version) return layout;
    }
    return nullptr;
}

LayoutRef Layouts::find(std::string_view message, std::string_view version) const {
    for (const LayoutRef& layout : layouts_) {
        if (layout->message() == message && layout->version() == version) return layout;
    }
    return nullptr;
}

LayoutRef Layouts::answer_to(const Layout& claims) const {
    const auto letters = [](const std::string& message) {
        return message.substr(0, message.find_first_of("0123456789"));
    };
    for (const LayoutRef& layout : layouts_) {
        const bool same_kind = letters(layout->message()) == letters(claims.message()) &&
                               layout->version_digits() == claims.version_digits() &&
                               layout->subversion_digits() == claims.subversion_digits();
        if (same_kind && layout->heen_length() == claims.record_length()) {
            return answering_insert(layout, claims);
        }
    }
    return nullptr;
}

// SB311 2.0 is answered by SB312 2.0.
LayoutRef Layouts::answering_insert(const LayoutRef& answer, const Layout& claims) const {
    if (claims.insert().empty()) return answer;
    const auto version = claims.insert().substr(claims.insert().find('-') + 1);
    for (const Combined& one : combined_) {
        const std::string& insert = one.layout->insert();
        if (one.host == answer && insert.substr(insert.find('-') + 1).starts_with(version)) return one.layout;
    }
    return answer;
}

LayoutRef Layouts::best(std::string_view message) const {
    const auto rank = [](const Layout& layout) {
        return std::tuple(layout.status() == Status::verified, layout.version_digits(),
                          layout.subversion_digits());
    };
    LayoutRef best;
    for (const LayoutRef& layout : layouts_) {
        if (layout->message() == message && (!best || rank(*layout) > rank(*best))) best = layout;
    }
    return best;
}

LayoutRef Layouts::recognise(std::string_view bytes, const std::string& file,
                             base::Findings& findings) const {
    const auto refuse = [&](const char* code, const char* return_code, const char* field, int first,
                            int last) {
        findings.push_back(
            {code, base::Severity::file_refused, {file, 1, field, first, last}, {}, return_code, "ei"});
        return LayoutRef{};
    };
    if (bytes.empty()) {
        findings.push_back(
            {"file_empty", base::Severity::file_refused, {file, 0, "", 0, 0}, {}, "0001", "ei"});
        return nullptr;
    }
    if (is_xml(bytes)) {
        findings.push_back(xml_finding(bytes, file, named_));
        return nullptr;
    }
    for (const std::string_view mark : {"\xEF\xBB\xBF", "\xFF\xFE", "\xFE\xFF"}) {
        if (bytes.starts_with(mark)) return refuse("byte_order_mark", "0002", "0101", 1, 2);
    }
    const auto head = bytes.substr(0, 9);
    if (head.size() < 9 || !base::all_digits(head) || head.substr(0, 2) != code_header) {
        return refuse("header_unreadable", "0002", "0101", 1, 2);
    }
    const auto code = head.substr(2, 3);
    const auto version = head.substr(5, 2);
    if (auto found = find(code, version, head.substr(7, 2))) return for_records(found, bytes);
    bool has_code = false;
    bool has_version = false;
    for (const LayoutRef& layout : layouts_) {
        has_code |= layout->ei_code() == code;
        has_version |= layout->ei_code() == code && layout->version_digits() == version;
    }
    if (!has_code) return refuse("message_kind_unknown", "0010", "0102", 3, 5);
    if (!has_version) return refuse("version_unknown", "0011", "0103", 6, 7);
    return refuse("subversion_unknown", "8027", "0104", 8, 9);
}

}  // namespace bundel::wire
