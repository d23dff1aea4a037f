#include "cli/ei_show.h"

#include <algorithm>
#include <memory>

#include "cli/console.h"
#include "cli/ei_fields.h"
#include "cli/scan_file.h"
#include "cli/standards.h"

namespace bundel::cli {
using base::Finding;
using base::Severity;

namespace {

constexpr std::size_t name_width = 48;
constexpr std::size_t value_width = 26;

// Inside the tree everybody knows where it is, and that nothing is taken in.
std::string told(const Finding& finding) {
    const std::string also = finding.return_code.empty() ? "" : ", " + finding.return_code;
    return "! [" + finding.code + also + "] " + texts().sentence(finding.code, finding.params) + "\n";
}

// Of no record that is shown.
std::string lone(const Finding& finding) {
    if (finding.where.record == 0) return told(finding);
    const std::string number = std::to_string(finding.where.record);
    return texts().sentence("where_record", {{"record", number}}) + ": " + told(finding);
}

class Tree {
public:
    explicit Tree(const rulebook::CodeLists& lists) : lists_(lists) {}

    std::string record(const ShownRecord& shown) {
        const std::string indent(2 * depth_of(code_of(shown)), ' ');
        std::string text = indent + heading(shown) + "\n";
        text += marks(shown, "", indent + "  ");
        for (const wire::FieldView& field : shown.fields) {
            const std::string wrong = marks(shown, field.field->id, indent + "    ");
            // Its only value is in the heading.
            if (field.field->constant.empty() || !wrong.empty()) text += indent + "  " + line(field) + "\n";
            text += wrong;
        }
        return text;
    }

private:
    // What is wrong with a field; of no field: with the record, or with a field that is not shown.
    static std::string marks(const ShownRecord& shown, const std::string& id, const std::string& indent) {
        std::string text;
        for (const Finding& finding : shown.findings) {
            const bool is_shown = std::ranges::any_of(
                shown.fields, [&](const auto& one) { return one.field->id == finding.where.field; });
            if (id == (is_shown ? finding.where.field : "")) text += indent + told(finding);
        }
        return text;
    }

    static std::string heading(const ShownRecord& shown) {
        const std::string number = std::to_string(shown.record.line);
        if (code_of(shown).empty()) return texts().sentence("ei_unknown_record", {{"line", number}});
        const auto& record = shown.layout->records()[shown.record.index];
        return texts().sentence("ei_record",
                                {{"line", number}, {"code", record.code}, {"name", record.name}});
    }

    std::string line(const wire::FieldView& field) const {
        const FieldWords words = words_of(field, lists_, texts());
        const std::string begin = field.field->id + "  " + in_column(field.field->name, name_width) + "  ";
        return words.meaning.empty() ? begin + words.value
                                     : begin + in_column(words.value, value_width) + "  " + words.meaning;
    }

    // How deep a record stands below the insured person; a comment stands below what it is about.
    std::size_t depth_of(const std::string& code) {
        if (code == wire::code_comment) return detail_depth_ + 1;
        const bool is_top = code.empty() || code == wire::code_header || code == wire::code_insured ||
                            code == wire::code_closing;
        const bool is_below_line = code == wire::code_tariff || code == wire::code_activity;
        detail_depth_ = is_top ? 0 : is_below_line ? 2 : 1;
        return detail_depth_;
    }

    const rulebook::CodeLists& lists_;
    std::size_t detail_depth_ = 0;
};

// One file. A record is told when the next one comes: what is wrong with the last is only known at the end.
class FileShow {
public:
    FileShow(const Standards& standards, const Arguments& arguments, std::string path)
        : standards_(standards),
          arguments_(arguments),
          path_(std::move(path)),
          tree_(standards.rulebook.codelists()) {}

    base::Result<Exit> show() {
        BUNDEL_TRY(layout, scan_file(path_, standards_.layouts, findings_,
                                     [this](const wire::LayoutRef& found) { return begin(found); }));
        if (layout == nullptr) return refuse();
        tell_record();
        for (const Finding& finding : findings_) tell(finding);
        return is_refused_ ? Exit::refused : Exit::done;
    }

private:
    base::Result<wire::Scan::Sink> begin(const wire::LayoutRef& layout) {
        layout_ = layout;
        viewer_ = std::make_unique<wire::Viewer>(*layout_, standards_.elements, masks_, arguments_.reveal);
        const char* title = layout_->is_return() ? "ei_title_answer" : "ei_title";
        if (!arguments_.json) {
            print(texts().sentence(
                      title,
                      {{"file", path_}, {"message", layout_->message()}, {"version", layout_->version()}}) +
                  "\n");
        }
        return wire::Scan::Sink(
            [this](const wire::Record& record, std::string_view bytes) { keep(record, bytes); });
    }

    base::Result<Exit> refuse() const {
        for (const Finding& finding : findings_) complain(texts().finding(finding) + "\n");
        return Exit::refused;
    }

    void keep(const wire::Record& record, std::string_view bytes) {
        tell_record();
        kept_ = {path_, layout_.get(), record, viewer_->fields(record, bytes), {}};
        has_kept_ = true;
    }

    void tell_record() {
        if (!has_kept_) return;
        has_kept_ = false;
        const auto is_of_it = [&](const Finding& one) {
            return one.where.record == static_cast<long>(kept_.record.line);
        };
        std::ranges::copy_if(findings_, std::back_inserter(kept_.findings), is_of_it);
        for (const Finding& finding : kept_.findings) is_refused_ |= finding.severity != Severity::note;
        print(arguments_.json ? to_json(kept_, standards_.rulebook.codelists(), texts())
                              : tree_.record(kept_));
        // Told once. The Scan only adds behind.
        std::erase_if(findings_, is_of_it);
    }

    // About a line that is no record, or about the file.
    void tell(const Finding& finding) {
        is_refused_ |= finding.severity != Severity::note;
        if (!arguments_.json) return print(lone(finding));
        const wire::Record none{0, static_cast<std::uint32_t>(finding.where.record), wire::Record::unknown,
                                true};
        print(to_json({path_, layout_.get(), none, {}, {finding}}, standards_.rulebook.codelists(), texts()));
    }

    const Standards& standards_;
    const Arguments& arguments_;
    std::string path_;
    base::Findings findings_;  // not told yet
    wire::LayoutRef layout_;
    wire::Masks masks_;
    std::unique_ptr<wire::Viewer> viewer_;
    Tree tree_;
    ShownRecord kept_;
    bool has_kept_ = false;
    bool is_refused_ = false;
};

}  // namespace

Exit ei_show(const Arguments& arguments) {
    const auto standards = load_standards(arguments.data);
    if (!standards.ok()) return fail(standards.error());
    Exit exit = Exit::done;
    for (const std::string& path : arguments.paths) {
        const auto shown = FileShow(*standards, arguments, path).show();
        if (!shown.ok()) complain(texts().error(shown.error()) + "\n");
        if (!shown.ok() || *shown != Exit::done) exit = Exit::refused;
    }
    return exit;
}

}  // namespace bundel::cli
