#include "cli/arguments.h"

#include <CLI/CLI.hpp>
#include <cstdlib>
#include <sstream>

#include "texts/texts.h"

namespace bundel::cli {
namespace {

std::string say(const char* code) {
    return texts::Texts::dutch().sentence(code);
}

// The library's own words, in Dutch.
void speak_dutch(CLI::App& app) {
    const std::pair<const char*, const char*> labels[] = {{"Usage", "help_label_usage"},
                                                          {"OPTIONS", "help_label_options"},
                                                          {"Positionals", "help_label_positionals"},
                                                          {"SUBCOMMAND", "help_label_subcommand"},
                                                          {"REQUIRED", "help_label_required"},
                                                          {"Env", "help_label_env"},
                                                          {"Excludes", "help_label_excludes"},
                                                          {"TEXT", "help_label_text"}};
    for (const auto& [label, code] : labels) app.get_formatter()->label(label, say(code));
    app.option_defaults()->group(say("help_label_options"));
    app.set_help_flag("-h,--help", say("help_help"));
}

// What is wrong with the words, by the kind of fault; the library's own remark is English.
std::string complaint(const CLI::ParseError& error) {
    const bool unknown = error.get_name() == "ExtrasError";
    const bool missing = error.get_name() == "RequiredError";
    return say(unknown ? "usage_unknown" : missing ? "usage_missing" : "usage_wrong") + "\n";
}

CLI::App* subcommand(CLI::App& app, const char* name) {
    CLI::App* sub = app.add_subcommand(name, say((std::string("help_") + name).c_str()));
    sub->group(say("help_label_commands"));
    sub->get_help_ptr()->group(say("help_label_options"));
    return sub;
}

// What every command has, after the command's own words.
CLI::App* command(CLI::App& app, Arguments& arguments, const char* name) {
    CLI::App* sub = subcommand(app, name);
    sub->add_option("--data", arguments.data, say("help_data"));
    sub->add_option("--as-of", arguments.as_of, say("help_as_of"));
    sub->callback([&arguments, name] { arguments.command = name; });
    return sub;
}

// A command on a message itself. It needs no data directory.
CLI::App* ei_command(CLI::App& ei, Arguments& arguments, const char* name) {
    CLI::App* sub = ei.add_subcommand(name, say((std::string("help_ei_") + name).c_str()));
    sub->group(say("help_label_commands"));
    sub->get_help_ptr()->group(say("help_label_options"));
    sub->add_option("--data", arguments.data, say("help_ei_data"));
    sub->callback([&arguments, name] { arguments.command = std::string("ei ") + name; });
    return sub;
}

void declare_ei(CLI::App& app, Arguments& arguments) {
    CLI::App* ei = subcommand(app, "ei");
    ei->require_subcommand(1);
    CLI::App* show = ei_command(*ei, arguments, "show");
    show->add_option("FILE", arguments.paths, say("help_ei_files"))->required();
    CLI::App* check = ei_command(*ei, arguments, "check");
    check->add_option("FILE", arguments.paths, say("help_ei_files"))->required();
    check->add_option("--earlier", arguments.earlier, say("help_ei_earlier"));
    check->add_option("--as-of", arguments.as_of, say("help_ei_check_day"));
    check->add_flag("--json", arguments.json, say("help_json"));
    CLI::App* diff = ei_command(*ei, arguments, "diff");
    diff->add_option("FILES", arguments.paths, say("help_ei_two_files"))->required()->expected(2);
    for (CLI::App* sub : {show, diff}) {
        sub->add_flag("--reveal", arguments.reveal, say("help_ei_reveal"));
        sub->add_flag("--json", arguments.json, say("help_json"));
    }
    CLI::App* anonymise = ei_command(*ei, arguments, "anonymise");
    anonymise->add_option("FILE", arguments.paths, say("help_ei_files"))->required();
    anonymise->add_option("--key", arguments.key, say("help_ei_key"))->required();
    anonymise->add_option("--out", arguments.out, say("help_ei_out"))->required();
    CLI::App* answer = ei_command(*ei, arguments, "answer");
    answer->add_option("FILE", arguments.target, say("help_ei_answer_file"))->required();
    answer->add_option("--verdicts", arguments.verdicts, say("help_ei_verdicts"));
    answer->add_option("--reference", arguments.reference, say("help_ei_reference"));
    answer->add_option("--as-of", arguments.as_of, say("help_ei_answer_day"));
}

// Commands about layouts need no more than a rulebook.
void declare_layout(CLI::App& app, Arguments& arguments) {
    CLI::App* layout = subcommand(app, "layout");
    layout->require_subcommand(1);
    for (const char* name : {"import", "list"}) {
        CLI::App* sub = layout->add_subcommand(name, say((std::string("help_layout_") + name).c_str()));
        sub->group(say("help_label_commands"));
        sub->get_help_ptr()->group(say("help_label_options"));
        sub->add_option("--data", arguments.data, say("help_data"));
        sub->callback([&arguments, name] { arguments.command = std::string("layout ") + name; });
        if (std::string_view(name) != "import") continue;
        sub->add_option("FILE", arguments.paths, say("help_layout_file"))->required()->expected(1);
    }
}

CLI::App* rules_command(CLI::App& rules, Arguments& arguments, const char* name) {
    CLI::App* sub = rules.add_subcommand(name, say((std::string("help_rules_") + name).c_str()));
    sub->group(say("help_label_commands"));
    sub->get_help_ptr()->group(say("help_label_options"));
    sub->callback([&arguments, name] { arguments.command = std::string("rules ") + name; });
    return sub;
}

// Commands about the rulebook itself; only adopt needs a data directory.
void declare_rules(CLI::App& app, Arguments& arguments) {
    CLI::App* rules = subcommand(app, "rules");
    rules->require_subcommand(1);
    for (const char* name : {"check", "test", "variables"}) {
        CLI::App* sub = rules_command(*rules, arguments, name);
        sub->add_option("--rulebook", arguments.rulebook, say("help_rules_rulebook"));
        sub->add_option("--data", arguments.data, say("help_data"));
        sub->add_flag("--json", arguments.json, say("help_json"));
    }
    for (const char* name : {"propose", "approve"}) {
        CLI::App* sub = rules_command(*rules, arguments, name);
        sub->add_option("--rulebook", arguments.rulebook, say("help_rules_rulebook"))->required();
        sub->add_option("--by", arguments.by, say("help_rules_by"))->required();
        sub->add_option("--as-of", arguments.as_of, say("help_as_of"));
        if (std::string_view(name) == "approve")
            sub->add_option("--note", arguments.note, say("help_rules_note"))->required();
    }
    CLI::App* diff = rules_command(*rules, arguments, "diff");
    diff->add_option("MAP", arguments.paths, say("help_rules_diff_folders"))->required()->expected(2);
    diff->add_option("--data", arguments.data, say("help_data"));
    diff->add_option("--as-of", arguments.as_of, say("help_as_of"));
    diff->add_flag("--csv", arguments.csv, say("help_rules_csv"));
    CLI::App* adopt = rules_command(*rules, arguments, "adopt");
    adopt->add_option("--rulebook", arguments.rulebook, say("help_rules_rulebook"))->required();
    adopt->add_option("--data", arguments.data, say("help_data"));
}

// About a file of wishes and nothing else.
void declare_transition(CLI::App& app, Arguments& arguments) {
    CLI::App* sub = subcommand(app, "transition");
    sub->add_option("FILE", arguments.target, say("help_transition_file"))->required();
    sub->add_flag("--json", arguments.json, say("help_json"));
    sub->callback([&arguments] { arguments.command = "transition"; });
}

// Money to participants.
void declare_payout(CLI::App& app, Arguments& arguments) {
    CLI::App* payout = subcommand(app, "payout");
    payout->require_subcommand(1);
    for (const char* name : {"propose", "approve", "send", "list"}) {
        CLI::App* sub = payout->add_subcommand(name, say((std::string("help_payout_") + name).c_str()));
        sub->group(say("help_label_commands"));
        sub->get_help_ptr()->group(say("help_label_options"));
        sub->add_option("--data", arguments.data, say("help_data"));
        sub->add_option("--as-of", arguments.as_of, say("help_as_of"));
        sub->callback([&arguments, name] { arguments.command = std::string("payout ") + name; });
        const std::string_view which = name;
        if (which == "approve")
            sub->add_option("WHAT", arguments.target, say("help_payout_what"))->required();
        if (which == "propose") sub->add_option("--day", arguments.day, say("help_payout_day"));
        if (which == "propose" || which == "approve")
            sub->add_option("--by", arguments.by, say("help_payout_by"))->required();
    }
}

void declare(CLI::App& app, Arguments& arguments) {
    CLI::App* init = subcommand(app, "init");
    auto* example = init->add_option("--example", arguments.init_folder, say("help_example"));
    auto* live = init->add_option("--live", arguments.init_folder, say("help_live"));
    example->excludes(live);
    init->add_option("--igo", arguments.igo, say("help_igo"));
    init->callback([&arguments, live] {
        arguments.command = "init";
        arguments.live = live->count() > 0;
    });
    for (const char* name : {"import", "answers"}) {
        CLI::App* sub = command(app, arguments, name);
        sub->add_option("PATH", arguments.paths, say("help_paths"))->required();
        sub->add_option("--received", arguments.received, say("help_received"));
    }
    CLI::App* adopt = command(app, arguments, "adopt");
    adopt->add_option("PATH", arguments.paths, say("help_paths"))->required();
    adopt->add_option("--cutover", arguments.cutover, say("help_cutover"))->required();
    for (const char* name : {"assess", "send", "run"}) command(app, arguments, name);
    CLI::App* divide = command(app, arguments, "divide");
    divide->add_option("--model", arguments.model, say("help_divide_model"));
    divide->add_option("--compare", arguments.compare, say("help_divide_compare"));
    divide->add_option("--period", arguments.period, say("help_divide_period"));
    divide->add_option("--other-period", arguments.other_period, say("help_divide_other_period"));
    divide->add_option("--shifts", arguments.shifts, say("help_divide_shifts"));
    divide->add_option("--seed", arguments.seed, say("help_divide_seed"));
    divide->add_flag("--json", arguments.json, say("help_json"));
    for (const char* name :
         {"claims", "report", "worklist", "ready", "verify", "accruals", "ceilings", "trueup", "forecast"}) {
        command(app, arguments, name)->add_flag("--json", arguments.json, say("help_json"));
    }
    CLI::App* explain = command(app, arguments, "explain");
    explain->add_option("WHO,--patient", arguments.target, say("help_who"))->required();
    explain->add_flag("--json", arguments.json, say("help_json"));
    command(app, arguments, "forget")->add_option("WHO", arguments.target, say("help_who"))->required();
    command(app, arguments, "close")->add_option("MONTH", arguments.target, say("help_month"))->required();
    CLI::App* statement = command(app, arguments, "statement");
    statement->add_option("PARTICIPANT", arguments.target, say("help_statement_participant"));
    statement->add_option("--period", arguments.period, say("help_statement_period"));
    statement->add_option("--out", arguments.out, say("help_statement_out"))->required();
    CLI::App* exported = command(app, arguments, "export");
    exported->add_option("WHAT", arguments.target, say("help_export_what"))
        ->required()
        ->check(CLI::IsMember({"journal", "trial-balance", "hours", "women"}));
    exported->add_option("--format", arguments.format, say("help_export_format"))
        ->check(CLI::IsMember({"hledger", "beancount"}));
    exported->add_option("--on", arguments.on, say("help_export_on"));
    CLI::App* serve = command(app, arguments, "serve");
    serve->add_option("--listen", arguments.listen, say("help_serve_listen"));
    serve->add_flag("--openapi", arguments.openapi, say("help_serve_openapi"));
    declare_ei(app, arguments);
    declare_layout(app, arguments);
    declare_rules(app, arguments);
    declare_transition(app, arguments);
    declare_payout(app, arguments);
}

}  // namespace

Parsed parse(int count, const char* const* words) {
    Arguments arguments;
    CLI::App app{say("help_program"), "bundel"};
    app.require_subcommand(1);
    speak_dutch(app);
    app.set_version_flag("--version", "bundel 0.1.0", say("help_version"));
    declare(app, arguments);
    try {
        app.parse(count, words);
    } catch (const CLI::ParseError& error) {
        if (error.get_exit_code() != 0) return {std::nullopt, 2, complaint(error)};
        std::ostringstream text;
        app.exit(error, text, text);
        return {std::nullopt, 0, text.str()};
    }
    // Not by CLI11: it reads the environment for each subcommand, after the words of this one.
    const char* folder = std::getenv("BUNDEL_DATA");
    const char* here = arguments.command.starts_with("ei ") ? "" : ".";
    if (arguments.data.empty()) arguments.data = folder != nullptr && *folder != '\0' ? folder : here;
    const bool no_folder = arguments.command == "init" && arguments.init_folder.empty();
    if (no_folder) return {std::nullopt, 2, say("init_needs_folder") + "\n"};
    return {arguments, 0, ""};
}

}  // namespace bundel::cli
