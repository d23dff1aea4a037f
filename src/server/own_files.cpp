#include "server/own_files.h"

#include <algorithm>
#include <filesystem>

#include "base/text.h"
#include "store/inbox.h"
#include "store/workspace.h"
#include "values/identifiers.h"
#include "wire/csv.h"

namespace bundel::server {
using base::Error;
using base::Result;

namespace fs = std::filesystem;

namespace {

constexpr std::size_t file_most = std::size_t{1} << 20;
constexpr wire::CsvColumn name_columns[] = {
    {"code", wire::CsvKind::digits, true, true, "AGB-code of UZOVI-nummer."},
    {"naam", wire::CsvKind::text, true, true, "Naam."},
};
constexpr wire::CsvForm names_form{"namen", name_columns};

bool is_there(const std::string& path) {
    std::error_code ignored;
    return fs::exists(path, ignored);
}

Error names_wrong(const base::Findings& findings) {
    const auto line = findings.empty() ? 0 : findings.front().where.record;
    return Error{"names_wrong", {{"line", std::to_string(line)}}};
}

Result<std::map<std::string, std::string>> read_names(const std::string& path) {
    std::map<std::string, std::string> names;
    if (!is_there(path)) return names;
    BUNDEL_TRY(bytes, store::read_file(path, file_most));
    base::Findings findings;
    const auto table = wire::read_csv(bytes, "namen.csv", findings);
    const auto rows = table ? wire::read_form(*table, names_form, findings) : std::nullopt;
    if (!rows || !findings.empty()) return names_wrong(findings);
    for (const wire::CsvRecord& row : *rows) {
        const std::string& code = row.cells[0];
        if (!values::AgbCode::parse(code).ok() && !values::UzoviCode::parse(code).ok())
            return Error{"names_wrong", {{"line", std::to_string(row.line)}}};
        names[code] = row.cells[1];
    }
    return names;
}

Result<std::vector<rulebook::DivisionModel>> read_models(const std::string& folder) {
    std::vector<rulebook::DivisionModel> models;
    if (!is_there(folder)) return models;
    BUNDEL_TRY(paths, store::list_files(folder));
    for (const std::string& path : paths) {
        if (!path.ends_with(".toml")) continue;
        BUNDEL_TRY(bytes, store::read_file(path, file_most));
        BUNDEL_TRY(model, rulebook::load_division(path.substr(folder.size() + 1), bytes));
        models.push_back(std::move(model));
    }
    return models;
}

Result<std::map<std::string, rulebook::Rulebook>> read_rulebooks(const std::string& folder) {
    std::map<std::string, rulebook::Rulebook> rulebooks;
    std::error_code ignored;
    for (const auto& entry : fs::directory_iterator(folder, ignored)) {
        if (!entry.is_directory()) continue;
        BUNDEL_TRY(files, store::rulebook_files(entry.path().string()));
        BUNDEL_TRY(book, rulebook::Rulebook::load(files));
        rulebooks.emplace(entry.path().filename().string(), std::move(book));
    }
    return rulebooks;
}

}  // namespace

Result<OwnFiles> read_own_files(const std::string& data) {
    OwnFiles own;
    BUNDEL_TRY(names, read_names(data + "/namen.csv"));
    own.names = std::move(names);
    BUNDEL_TRY(models, read_models(data + "/verdeelmodellen"));
    own.models = std::move(models);
    BUNDEL_TRY(rulebooks, read_rulebooks(data + "/regelvoorstellen"));
    own.rulebooks = std::move(rulebooks);
    return own;
}

}  // namespace bundel::server
