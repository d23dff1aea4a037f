#include "cli/ei_check.h"

#include <algorithm>
#include <memory>
#include <optional>

#include "cli/blocks.h"
#include "cli/console.h"
#include "cli/days.h"
#include "cli/standards.h"
#include "intake/content.h"
#include "wire/scan.h"

namespace bundel::cli {

using base::Finding;
using base::Result;
using base::Severity;

namespace {

// One file, block by block, through both checks.
class FileCheck {
public:
    FileCheck(const Standards& standards, const intake::Known& known, intake::Seen& seen, std::string path)
        : standards_(standards), known_(known), seen_(seen) {
        checked_.file = std::move(path);
    }

    Result<Checked> check() && {
        BUNDEL_TRY_DONE(each_block(checked_.file, [&](std::string_view block) { return take(block); }));
        if (error_) return *error_;
        if (scan_ == nullptr) return std::move(checked_);
        scan_->finish();
        content_->finish();
        checked_.missing_lists = content_->missing_lists();
        return std::move(checked_);
    }

private:
    bool take(std::string_view block) {
        if (scan_ == nullptr && !begin(block)) return false;
        scan_->feed(block);
        return !scan_->is_done();
    }

    bool begin(std::string_view block) {
        checked_.layout = standards_.layouts.recognise(block, checked_.file, checked_.findings);
        if (checked_.layout == nullptr) return false;
        auto content =
            intake::ContentCheck::create(checked_.layout, checked_.file, known_, seen_, checked_.findings);
        if (!content) {
            error_ = content.error();
            return false;
        }
        content_ = std::move(*content);
        scan_ = std::make_unique<wire::Scan>(checked_.layout, checked_.file, checked_.findings,
                                             [this](const wire::Record& record, std::string_view bytes) {
                                                 ++checked_.records;
                                                 content_->add(record, bytes);
                                             });
        return true;
    }

    const Standards& standards_;
    const intake::Known& known_;
    intake::Seen& seen_;
    Checked checked_;
    std::optional<base::Error> error_;
    std::unique_ptr<intake::ContentCheck> content_;
    std::unique_ptr<wire::Scan> scan_;
};

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
        BUNDEL_TRY(earlier, FileCheck(standards, known, seen, path).check());
        if (earlier.layout == nullptr) return base::Error{"ei_earlier_no_message", {{"file", path}}};
    }
    Exit exit = Exit::done;
    for (const std::string& path : arguments.paths) {
        const auto checked = FileCheck(standards, known, seen, path).check();
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
