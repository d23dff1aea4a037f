#include "engine/approval.h"

#include <algorithm>
#include <vector>

#include "base/text.h"
#include "wire/csv.h"

namespace bundel::engine {
using base::Digest;
using base::Error;
using base::Result;

namespace {

const std::vector<std::string> header{"dag", "zegel", "wie", "toelichting"};

struct Row {
    Digest seal;  // of the files
    Signature signature;
};

std::string name_key(const std::string& who) {
    std::string key(base::trim(who));
    for (char& letter : key)
        letter = letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter + 32) : letter;
    return key;
}

bool is_one_line(const std::string& text) {
    return !base::trim(text).empty() && text.find_first_of("\r\n") == std::string::npos;
}

Result<std::vector<Row>> rows_in(const RulebookFiles& files, const char* file) {
    std::vector<Row> rows;
    const auto found = files.find(file);
    if (found == files.end()) return rows;
    base::Findings findings;
    const auto table = wire::read_csv(found->second, file, findings);
    if (!table || !findings.empty() || table->header != header)
        return Error{"approval_file", {{"file", file}, {"line", "1"}}};
    for (const wire::CsvRow& row : table->rows) {
        const auto day = values::Date::parse(row.cells[0]);
        const auto seal = Digest::parse(row.cells[1]);
        if (!day.ok() || !seal.ok() || !is_one_line(row.cells[2]))
            return Error{"approval_file", {{"file", file}, {"line", std::to_string(row.line)}}};
        rows.push_back({*seal, {*day, row.cells[2], row.cells[3]}});
    }
    return rows;
}

std::string with_row(const RulebookFiles& files, const char* file, const Signature& signature) {
    const auto found = files.find(file);
    std::string before = found == files.end() ? wire::csv_line(header) : found->second;
    if (!before.ends_with('\n')) before += "\r\n";
    const std::vector<std::string> cells{signature.day.iso(), files_digest(files).hex(),
                                         std::string(base::trim(signature.who)), signature.note};
    return before + wire::csv_line(cells);
}

// Who proposed exactly these files. Error: approval_no_proposal when nobody did.
Result<std::vector<std::string>> proposers(const RulebookFiles& files) {
    BUNDEL_TRY(rows, rows_in(files, proposals_file));
    const Digest seal = files_digest(files);
    std::vector<std::string> names;
    for (const Row& row : rows) {
        if (row.seal == seal) names.push_back(name_key(row.signature.who));
    }
    if (names.empty()) return Error{"approval_no_proposal"};
    return names;
}

bool proposed_by(const std::vector<std::string>& names, const std::string& who) {
    return std::ranges::find(names, name_key(who)) != names.end();
}

}  // namespace

bool is_name(const std::string& who) {
    return is_one_line(who);
}

bool is_same_name(const std::string& a, const std::string& b) {
    return name_key(a) == name_key(b);
}

Digest files_digest(const RulebookFiles& files) {
    base::Hasher hasher;
    for (const auto& [file, content] : files) {
        if (file != proposals_file && file != approvals_file) hasher.add(file).add(content);
    }
    return hasher.finish();
}

Result<std::string> propose(const RulebookFiles& files, const Signature& signature) {
    if (!is_one_line(signature.who)) return Error{"approval_name"};
    BUNDEL_TRY(before, rows_in(files, proposals_file));
    static_cast<void>(before);
    return with_row(files, proposals_file, signature);
}

Result<std::string> approve(const RulebookFiles& files, const Signature& signature) {
    if (!is_one_line(signature.who)) return Error{"approval_name"};
    if (!is_one_line(signature.note)) return Error{"approval_note"};
    BUNDEL_TRY(before, rows_in(files, approvals_file));
    static_cast<void>(before);
    BUNDEL_TRY(names, proposers(files));
    if (proposed_by(names, signature.who))
        return Error{"approval_own", {{"who", std::string(base::trim(signature.who))}}};
    return with_row(files, approvals_file, signature);
}

Result<Signature> standing_approval(const RulebookFiles& files) {
    BUNDEL_TRY(names, proposers(files));
    BUNDEL_TRY(rows, rows_in(files, approvals_file));
    const Digest seal = files_digest(files);
    for (const Row& row : rows) {
        if (row.seal == seal && !proposed_by(names, row.signature.who)) return row.signature;
    }
    return Error{"approval_missing"};
}

}  // namespace bundel::engine
