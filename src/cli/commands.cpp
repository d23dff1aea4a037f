#include "cli/commands.h"

#include <unistd.h>

#include <algorithm>
#include <filesystem>

#include "cli/console.h"
#include "cli/days.h"
#include "cli/division.h"
#include "cli/ei_anonymise.h"
#include "cli/ei_answer.h"
#include "cli/ei_check.h"
#include "cli/ei_diff.h"
#include "cli/ei_show.h"
#include "cli/forecast.h"
#include "cli/layout.h"
#include "cli/payout.h"
#include "cli/rules.h"
#include "cli/rules_diff.h"
#include "cli/screen.h"
#include "cli/serve.h"
#include "cli/statement.h"
#include "cli/transition.h"
#include "engine/accrual.h"
#include "engine/adopting.h"
#include "engine/books.h"
#include "engine/ceilings.h"
#include "engine/closing.h"
#include "engine/explain.h"
#include "engine/forget.h"
#include "engine/hours.h"
#include "ledger/journal.h"
#include "ledger/trial_balance.h"
#include "store/folders.h"
#include "store/inbox.h"
#include "store/workspace.h"
#include "wire/decode.h"

namespace bundel::cli {
using base::Done;
using base::Error;
using base::Result;
using engine::World;
using store::Taken;
using values::Date;
namespace fs = std::filesystem;

namespace {

// Only when a person is looking.
engine::Progress progress(const char* code) {
    if (isatty(STDERR_FILENO) == 0) return {};
    return [code](std::size_t done, std::size_t) {
        complain("\r" + texts().sentence(code, {{"done", texts().number(static_cast<std::int64_t>(done))}}) +
                 "  ");
    };
}

struct Day {
    Date as_of;
    Date received;
    std::optional<Date> cutover;  // adopt
    Date month;                   // close: its first day
    Date on;                      // export trial-balance
};
Result<Day> days_of(const Arguments& arguments) {
    BUNDEL_TRY(as_of, day_or_today(arguments.as_of));
    Day day{as_of, as_of, std::nullopt, as_of, as_of};
    if (arguments.received) {
        BUNDEL_TRY(received, day_or_today(arguments.received));
        day.received = received;
    }
    if (arguments.cutover) {
        BUNDEL_TRY(cutover, day_or_today(arguments.cutover));
        day.cutover = cutover;
    }
    if (arguments.on) {
        BUNDEL_TRY(on, day_or_today(arguments.on));
        day.on = on;
    }
    if (arguments.command == "close") {
        BUNDEL_TRY(month, engine::parse_month(arguments.target));
        day.month = month;
    }
    return day;
}

// Every file that a path stands for: itself, or what is in the folder.
Result<std::vector<std::string>> files_of(const std::vector<std::string>& paths) {
    std::vector<std::string> files;
    for (const std::string& path : paths) {
        std::error_code ignored;
        if (!fs::is_directory(path, ignored)) {
            files.push_back(path);
            continue;
        }
        BUNDEL_TRY(below, store::list_files(path));
        files.insert(files.end(), below.begin(), below.end());
    }
    return files;
}

void tell(const store::TakenFile& taken) {
    if (taken.error) return complain(texts().error(*taken.error) + "\n");
    print(imported_line(taken.imported, taken.name, texts()));
}

Exit import(store::Workspace& workspace, const Arguments& arguments, const Day& day) {
    const auto files = files_of(arguments.paths);
    if (!files.ok()) return fail(files.error());
    if (files->empty()) complain(texts().sentence("import_nothing") + "\n");
    Exit exit = files->empty() ? Exit::refused : Exit::done;
    for (const std::string& path : *files) {
        const auto taken = store::take_file(workspace.world(), path, path, day.received);
        if (!taken.ok()) return fail(taken.error());
        tell(*taken);
        if (taken->outcome != Taken::yes) exit = Exit::refused;
    }
    return exit;
}

Result<Taken> adopt_file(World& world, const std::string& path, Date cutover) {
    auto bytes = store::read_file(path, wire::file_bytes_max);
    if (!bytes.ok()) {
        complain(texts().error(bytes.error()) + "\n");
        return Taken::refused;
    }
    BUNDEL_TRY(adopted, engine::adopt_file(world, path, std::move(*bytes), cutover));
    print(adopted_line(adopted, path, texts()));
    if (adopted.imported.refused) return Taken::refused;
    return adopted.imported.findings.empty() ? Taken::yes : Taken::in_part;
}

// Then looks at everybody, to tell what was to be claimed before and was not taken over.
Result<Exit> adopt(store::Workspace& workspace, const Arguments& arguments, const Day& day) {
    World& world = workspace.world();
    BUNDEL_TRY(files, files_of(arguments.paths));
    if (files.empty()) complain(texts().sentence("import_nothing") + "\n");
    Exit exit = files.empty() ? Exit::refused : Exit::done;
    for (const std::string& path : files) {
        BUNDEL_TRY(taken, adopt_file(world, path, *day.cutover));
        if (taken != Taken::yes) exit = Exit::refused;
    }
    BUNDEL_TRY(assessed, engine::assess_due(world, day.as_of, progress("progress_assess")));
    static_cast<void>(assessed);
    BUNDEL_TRY(questions, world.store.questions());
    print(not_adopted_line(engine::not_adopted(questions), texts()));
    return exit;
}

Exit run(store::Workspace& workspace, const Day& day) {
    if (auto resumed = engine::resume(workspace.world(), day.as_of); !resumed.ok())
        return fail(resumed.error());
    const auto taken = store::empty_inbox(workspace.inbox(), workspace.world(), day.received, tell);
    if (!taken.ok()) return fail(taken.error());
    const auto done = engine::run(workspace.world(), day.as_of, progress("progress_assess"));
    if (!done.ok()) return fail(done.error());
    print(run_lines(*done, texts()));
    return *taken == Taken::yes && done->sending.refusals.empty() ? Exit::done : Exit::refused;
}

Exit assess(store::Workspace& workspace, const Day& day) {
    const auto assessed = engine::assess_due(workspace.world(), day.as_of, progress("progress_assess"));
    if (!assessed.ok()) return fail(assessed.error());
    print(texts().sentence("assessed",
                           {{"women", texts().number(static_cast<std::int64_t>(assessed->women))}}) +
          "\n");
    return Exit::done;
}

Exit claims(store::Workspace& workspace, const Arguments& arguments, const Day& day) {
    if (auto assessed = engine::assess_due(workspace.world(), day.as_of); !assessed.ok())
        return fail(assessed.error());
    const auto planned = engine::preview(workspace.world(), day.as_of);
    if (!planned.ok()) return fail(planned.error());
    print(arguments.json ? engine::to_json(*planned) : planned_lines(*planned, texts()));
    return Exit::done;
}

Exit send(store::Workspace& workspace, const Day& day) {
    if (auto open = engine::require_open(workspace.world().store, day.as_of); !open.ok())
        return fail(open.error());
    if (auto assessed = engine::assess_due(workspace.world(), day.as_of); !assessed.ok())
        return fail(assessed.error());
    const auto sending = engine::send_all(workspace.world(), day.as_of);
    if (!sending.ok()) return fail(sending.error());
    print(sending_lines(*sending, texts()));
    return sending->refusals.empty() ? Exit::done : Exit::refused;
}

Exit report(store::Workspace& workspace, const Arguments& arguments, const Day& day) {
    const auto overview = engine::overview(workspace.world(), day.as_of);
    if (!overview.ok()) return fail(overview.error());
    print(arguments.json ? engine::to_json(*overview)
                         : overview_screen(*overview, workspace.outbox(), texts()));
    return overview->books_sound ? Exit::done : Exit::broken;
}

Exit explain(store::Workspace& workspace, const Arguments& arguments, const Day& day) {
    const auto person = engine::whom(workspace.world(), arguments.target);
    if (!person.ok()) return fail(person.error());
    const auto explanation = engine::explain(workspace.world(), *person, day.as_of);
    if (!explanation.ok()) return fail(explanation.error());
    print(arguments.json ? engine::to_json(workspace.world(), *explanation)
                         : engine::to_text(workspace.world(), *explanation, texts()) +
                               reliance_line(engine::reliance_of(explanation->standing.wanted),
                                             "rests_on_phases", texts()));
    return Exit::done;
}

Exit worklist(store::Workspace& workspace, const Arguments& arguments) {
    const auto questions = workspace.world().store.questions();
    if (!questions.ok()) return fail(questions.error());
    const auto phases = engine::reliance_of_phases(workspace.world().store);
    if (!phases.ok()) return fail(phases.error());
    print(arguments.json ? engine::to_json(*questions, *phases)
                         : worklist_screen(*questions, *phases, texts()));
    return Exit::done;
}

Exit ready(store::Workspace& workspace, const Arguments& arguments, const Day& day) {
    const auto missing = engine::ready(workspace.world(), day.as_of);
    if (!missing.ok()) return fail(missing.error());
    print(arguments.json ? engine::to_json(*missing) : ready_lines(*missing, texts()));
    return missing->empty() ? Exit::done : Exit::refused;
}

Exit verify(store::Workspace& workspace, const Arguments& arguments) {
    const auto kept = [&](const base::Digest& digest) {
        return store::kept_rulebook(workspace.folder(), digest);
    };
    const auto verified = engine::verify(workspace.world(), kept);
    if (!verified.ok()) return fail(verified.error());
    print(arguments.json ? engine::to_json(*verified) : verified_lines(*verified, texts()));
    return verified->breaches.empty() ? Exit::done : Exit::broken;
}

Exit forget(store::Workspace& workspace, const Arguments& arguments, const Day& day) {
    const auto person = engine::whom(workspace.world(), arguments.target);
    if (!person.ok()) return fail(person.error());
    const auto forgotten = engine::forget(workspace.world(), *person, day.as_of);
    if (!forgotten.ok()) return fail(forgotten.error());
    print(texts().sentence("forgotten") + "\n");
    return Exit::done;
}

Exit close(store::Workspace& workspace, const Day& day) {
    const auto closed = engine::close_month(workspace.world(), day.month, day.as_of);
    if (!closed.ok()) return fail(closed.error());
    print(closed_lines(*closed, texts()));
    return Exit::done;
}

Exit accruals(store::Workspace& workspace, const Arguments& arguments, const Day& day) {
    const auto report = engine::work_report(workspace.world(), day.as_of);
    if (!report.ok()) return fail(report.error());
    print(arguments.json ? engine::to_json(*report) : accruals_screen(*report, texts()));
    return Exit::done;
}

Exit ceilings(store::Workspace& workspace, const Arguments& arguments, const Day& day) {
    const auto found = engine::ceilings(workspace.world(), day.as_of);
    if (!found.ok()) return fail(found.error());
    print(arguments.json ? engine::to_json(*found) : ceilings_screen(*found, texts()));
    return Exit::done;
}

Exit true_up(store::Workspace& workspace, const Arguments& arguments, const Day& day) {
    const auto found = engine::outside_by_year(workspace.world(), day.as_of);
    if (!found.ok()) return fail(found.error());
    const auto settled = engine::settled_claims(workspace.world(), day.as_of);
    if (!settled.ok()) return fail(settled.error());
    print(arguments.json ? engine::to_json(*found, *settled) : true_up_screen(*found, *settled, texts()));
    return Exit::done;
}

// Numbers and names above the journal as far as the rulebook has a chart; beancount cannot do without.
Result<std::string> journal(World& world, const std::string& format) {
    BUNDEL_TRY(books, engine::Books::open(world.store));
    BUNDEL_TRY(claims, world.store.all_claims());
    const std::string rests = reliance_line(engine::reliance_of(claims), "rests_on_claims", texts());
    std::string text = rests.empty() ? "" : "; " + rests + "\n";
    if (format != "beancount" && world.rulebook.chart().empty())
        return text + ledger::export_journal(books.book());
    BUNDEL_TRY(chart, ledger::Chart::make(world.rulebook.chart()));
    text += ledger::chart_comment(chart);
    return text + (format == "beancount" ? ledger::export_beancount(books.book().contents(), chart)
                                         : ledger::export_journal(books.book()));
}

Result<std::string> trial_balance(World& world, const Day& day) {
    BUNDEL_TRY(chart, ledger::Chart::make(world.rulebook.chart()));
    BUNDEL_TRY(books, engine::Books::open(world.store));
    BUNDEL_TRY(balance, ledger::trial_balance(books.book().contents(), day.on));
    return ledger::to_csv(balance, chart);
}

Exit print_or_fail(const Result<std::string>& text) {
    if (!text.ok()) return fail(text.error());
    print(*text);
    return Exit::done;
}

// Women that could not be decided are missing from what was printed.
Exit all_counted(std::size_t passed_over) {
    if (passed_over == 0) return Exit::done;
    complain(texts().sentence("accruals_passed_over",
                              {{"women", texts().number(static_cast<std::int64_t>(passed_over))}}) +
             "\n");
    return Exit::refused;
}

Exit export_hours(store::Workspace& workspace, const Day& day) {
    const auto hours = engine::hours(workspace.world(), day.as_of);
    if (!hours.ok()) return fail(hours.error());
    print(engine::to_csv(hours->rows));
    return all_counted(hours->passed_over);
}

Exit export_women(store::Workspace& workspace, const Day& day) {
    World& world = workspace.world();
    const auto passed_over = engine::explain_all(world, day.as_of, [&](const auto& explanation) {
        print(engine::to_json_line(world, explanation));
        return Done{};
    });
    if (!passed_over.ok()) return fail(passed_over.error());
    return all_counted(*passed_over);
}

Exit export_what(store::Workspace& workspace, const Arguments& arguments, const Day& day) {
    if (arguments.target == "women") return export_women(workspace, day);
    if (arguments.target == "hours") return export_hours(workspace, day);
    if (arguments.target == "trial-balance") return print_or_fail(trial_balance(workspace.world(), day));
    return print_or_fail(journal(workspace.world(), arguments.format));
}

Exit init(const Arguments& arguments) {
    // The IGO of the shipped example region; a live directory names its own.
    const std::string igo = arguments.igo.empty() && !arguments.live ? "53000001" : arguments.igo;
    const auto created = store::create_workspace(arguments.init_folder, igo, arguments.live);
    if (!created.ok()) return fail(created.error());
    print(texts().sentence(arguments.live ? "init_done_live" : "init_done_example",
                           {{"folder", arguments.init_folder}}) +
          "\n");
    return Exit::done;
}

}  // namespace

Exit carry_out(const Arguments& arguments) {
    if (arguments.command == "init") return init(arguments);
    if (arguments.command == "ei show") return ei_show(arguments);
    if (arguments.command == "ei check") return ei_check(arguments);
    if (arguments.command == "ei diff") return ei_diff(arguments);
    if (arguments.command == "ei anonymise") return ei_anonymise(arguments);
    if (arguments.command == "ei answer") return ei_answer(arguments);
    if (arguments.command == "layout import") return import_layout(arguments);
    if (arguments.command == "layout list") return list_layouts(arguments);
    if (arguments.command == "rules check") return check_rules(arguments);
    if (arguments.command == "rules test") return test_rules(arguments);
    if (arguments.command == "rules variables") return list_variables(arguments);
    if (arguments.command == "rules propose") return propose_rules(arguments);
    if (arguments.command == "rules approve") return approve_rules(arguments);
    if (arguments.command == "rules adopt") return adopt_rules(arguments);
    if (arguments.command == "transition") return find_transition(arguments);
    if (arguments.command == "serve") return serve(arguments);
    const auto day = days_of(arguments);
    if (!day.ok()) {
        fail(day.error());
        return Exit::usage;
    }
    auto workspace = store::Workspace::open(arguments.data);
    if (!workspace.ok()) return fail(workspace.error());
    store::Workspace& w = **workspace;
    const std::string& command = arguments.command;
    if (command == "import" || command == "answers") return import(w, arguments, *day);
    if (command == "adopt") {
        const auto adopted = adopt(w, arguments, *day);
        return adopted.ok() ? *adopted : fail(adopted.error());
    }
    if (command == "rules diff") return diff_rules(w, arguments, day->as_of);
    if (command.starts_with("payout ")) return payout(w, arguments, day->as_of);
    if (command == "run") return run(w, *day);
    if (command == "assess") return assess(w, *day);
    if (command == "claims") return claims(w, arguments, *day);
    if (command == "send") return send(w, *day);
    if (command == "divide") return divide(w, arguments, day->as_of);
    if (command == "report") return report(w, arguments, *day);
    if (command == "explain") return explain(w, arguments, *day);
    if (command == "worklist") return worklist(w, arguments);
    if (command == "ready") return ready(w, arguments, *day);
    if (command == "verify") return verify(w, arguments);
    if (command == "forget") return forget(w, arguments, *day);
    if (command == "close") return close(w, *day);
    if (command == "accruals") return accruals(w, arguments, *day);
    if (command == "ceilings") return ceilings(w, arguments, *day);
    if (command == "trueup") return true_up(w, arguments, *day);
    if (command == "forecast") return show_forecast(w, arguments, day->as_of);
    if (command == "statement") return write_statements(w, arguments, day->as_of);
    if (command == "export") return export_what(w, arguments, *day);
    BUNDEL_ASSERT(false);
    return Exit::usage;
}

}  // namespace bundel::cli
