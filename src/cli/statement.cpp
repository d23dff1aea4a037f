#include "cli/statement.h"

#include <filesystem>

#include "cli/console.h"
#include "engine/statement_document.h"
#include "paper/html.h"
#include "paper/pdf.h"
#include "paper/workbook.h"
#include "store/files.h"

namespace bundel::cli {
using base::Done;
using base::Error;
using base::Result;
using engine::Statement;
using values::AgbCode;
using values::Period;

namespace {

struct Asked {
    std::optional<AgbCode> participant;  // none: everybody
    std::optional<Period> period;        // none: the usual one
};
Result<Asked> asked(const Arguments& arguments) {
    Asked asked;
    if (!arguments.target.empty()) {
        BUNDEL_TRY(participant, AgbCode::parse(arguments.target));
        asked.participant = participant;
    }
    if (!arguments.period.empty()) {
        BUNDEL_TRY(period, engine::parse_statement_period(arguments.period));
        asked.period = period;
    }
    return asked;
}

// A reader never sees half a file, and a stop leaves the one that was.
Result<Done> write_whole(const std::string& path, const std::string& bytes) {
    const std::string fresh = path + ".nieuw";
    BUNDEL_TRY_DONE(store::write_through(fresh, bytes, 0640));
    std::error_code error;
    std::filesystem::rename(fresh, path, error);
    if (error) return Error{"file_failed", {{"file", path}, {"why", error.message()}}};
    return store::sync_folder(store::folder_of(path));
}

Result<Done> write_statement(const Statement& statement, const std::string& folder) {
    const paper::Document document = engine::statement_document(statement, texts());
    const std::string stem = folder + "/afrekening-" + engine::period_name(statement.period);
    BUNDEL_TRY_DONE(store::make_folders(folder));
    BUNDEL_TRY(pdf, paper::pdf(document));
    BUNDEL_TRY(workbook, paper::workbook(document, stem + ".xlsx.nieuw"));
    BUNDEL_TRY_DONE(write_whole(stem + ".pdf", pdf));
    BUNDEL_TRY_DONE(write_whole(stem + ".xlsx", workbook));
    return write_whole(stem + ".html", paper::html(document));
}

Result<Done> write_all(store::Workspace& workspace, const Arguments& arguments, const Asked& asked,
                       values::Date as_of) {
    engine::World& world = workspace.world();
    auto period = asked.period ? Result<Period>(*asked.period) : engine::usual_statement_period(world, as_of);
    if (!period.ok()) return period.error();
    BUNDEL_TRY(statements, engine::statements_of(world, asked.participant, *period, as_of));
    if (statements.empty()) complain(texts().sentence("statement_nobody") + "\n");
    for (const Statement& statement : statements) {
        const std::string participant = statement.participant.digits();
        const std::string folder = arguments.out + "/" + participant;
        BUNDEL_TRY_DONE(write_statement(statement, folder));
        print(texts().sentence(statement.open_from ? "statement_written_open" : "statement_written",
                               {{"participant", participant},
                                {"folder", folder},
                                {"amount", texts().amount(statement.closing.total())}}) +
              "\n");
    }
    return Done{};
}

}  // namespace

Exit write_statements(store::Workspace& workspace, const Arguments& arguments, values::Date as_of) {
    const auto what = asked(arguments);
    if (!what.ok()) {
        fail(what.error());
        return Exit::usage;
    }
    const auto written = write_all(workspace, arguments, *what, as_of);
    return written.ok() ? Exit::done : fail(written.error());
}

}  // namespace bundel::cli
