#include "cli/ei_check.h"

#include <algorithm>
#include <memory>

#include "cli/console.h"
#include "cli/days.h"
#include "cli/scan_file.h"
#include "cli/standards.h"
#include "intake/content.h"

namespace bundel::cli {

using base::Finding;
using base::Result;
using base::Severity;

namespace {

Result<Checked> check_file(const std::string& path, const Standards& standards, const intake::Known& known,
                           intake::Seen& seen) {
    Checked checked;
    checked.file = path;
    std::unique_ptr<intake::ContentCheck> content;
    const auto begin = [&](const wire::LayoutRef& layout) -> Result<wire::Scan::Sink> {
        BUNDEL_TRY(made, intake::ContentCheck::create(layout, path, known, seen, checked.findings));
        content = std::move(made);
        return wire::Scan::Sink([&](const wire::Record& record, std::string_view bytes) {
            ++checked.records;
            content->add(record, bytes);
        });
    };
    BUNDEL_TRY(layout, scan_file(path, standards.layouts, checked.findings, begin));
    checked.layout = layout;
    if (content == nullptr) return checked;
    content->finish();
    checked.missing_lists = content->missing_lists();
    return checked;
}

std::int64_t count_of(const base::Findings& findings, Severity severity) {
    return std::ranges::count(findings, severity, &Finding::severity);
}

std::string told(const Checked& checked, const rulebook::Rulebook& rulebook) {
    const std::string kind = checked.layout == nullptr
                                 ? texts().sentence("ei_no_message")
                                 : checked.layout->message() + " " + checked.layout->version();
    std::string text = checked.file + ": " + kind + "\n";
    for (const Finding& finding : checked.findings) {
        text += "  " + texts().finding(finding) + "\n";
        const rulebook::ReturnCode* code = rulebook.return_code(finding.return_code);
        if (code != nullptr && !code->repair.empty())
            text +=
                "    " + texts().sentence("ei_repair", {{"repair", texts().sentence(code->repair)}}) + "\n";
    }
    return text;
}

std::string summary(const Checked& checked) {
    const auto number = [&](Severity severity) {
        return std::to_string(count_of(checked.findings, severity));
    };
    std::string text =
        "  " +
        texts().sentence("ei_checked", {{"records", texts().count("noun_record", checked.records)},
                                        {"x", number(Severity::file_refused)},
                                        {"t", number(Severity::claim_refused)},
                                        {"d", number(Severity::line_refused)},
                                        {"o", number(Severity::note)}}) +
        "\n";
    std::string lists;
    for (const std::string& list : checked.missing_lists) lists += (lists.empty() ? "" : ", ") + list;
    if (!lists.empty()) text += "  " + texts().sentence("ei_lists_missing", {{"lists", lists}}) + "\n";
    return text;
}

Exit tell(const Checked& checked, const Standards& standards, bool json) {
    print(json ? to_json(checked, standards.rulebook, texts())
               : told(checked, standards.rulebook) + summary(checked));
    const auto notes = count_of(checked.findings, Severity::note);
    return notes == static_cast<std::int64_t>(checked.findings.size()) ? Exit::done : Exit::refused;
}

Result<Exit> check_files(const Arguments& arguments, const Standards& standards, values::Date today) {
    intake::Known known = intake::known_of(standards.rulebook, today);
    known.whole_history = !arguments.earlier.empty();
    intake::Seen seen;
    for (const std::string& path : arguments.earlier) {
        BUNDEL_TRY(earlier, check_file(path, standards, known, seen));
        if (earlier.layout == nullptr) return base::Error{"ei_earlier_no_message", {{"file", path}}};
    }
    Exit exit = Exit::done;
    for (const std::string& path : arguments.paths) {
        const auto checked = check_file(path, standards, known, seen);
        if (!checked.ok()) complain(texts().error(checked.error()) + "\n");
        if (!checked.ok() || tell(*checked, standards, arguments.json) != Exit::done) exit = Exit::refused;
    }
    return exit;
}

}  // namespace

Exit ei_check(const Arguments& arguments) {
    const auto today = day_or_today(arguments.as_of);
    if (!today.ok()) return fail(today.error());
    const auto standards = load_standards(arguments.data);
    if (!standards.ok()) return fail(standards.error());
    const auto exit = check_files(arguments, *standards, *today);
    return exit.ok() ? *exit : fail(exit.error());
}

}  // namespace bundel::cli
