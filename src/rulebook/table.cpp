#include "rulebook/table.h"

namespace bundel::rulebook {
namespace {

const Node& nothing() {
    static const Node node;
    return node;
}

}  // namespace

Table::Table(FirstError& first, std::string file, const Node& node, std::string path,
             values::Date needed_from)
    : first_(first), file_(std::move(file)), node_(node), path_(std::move(path)), needed_from_(needed_from) {}

Table::~Table() {
    for (const Node& member : node_.items) {
        if (asked_.contains(member.key)) continue;
        keep(base::Error{
            "rulebook_key_unknown",
            {{"file", file_}, {"line", std::to_string(member.line)}, {"key", path_of(member.key)}}});
    }
}

std::string Table::path_of(std::string_view key) const {
    return path_.empty() ? std::string(key) : path_ + "." + std::string(key);
}

std::string Table::written(std::string_view key) const {
    const Node* node = node_.find(key);
    return node == nullptr ? "" : node->text;
}

int Table::line_of(std::string_view key) const {
    const Node* node = node_.find(key);
    return node == nullptr ? node_.line : node->line;
}

void Table::wrong(std::string_view key, const std::string& allowed) {
    keep(base::Error{"rulebook_value_wrong",
                     {{"file", file_},
                      {"line", std::to_string(line_of(key))},
                      {"key", path_of(key)},
                      {"found", written(key)},
                      {"allowed", allowed}}});
}

const Node& Table::need(std::string_view key, Node::Kind kind, const char* allowed) {
    asked_.emplace(key);
    const Node* node = node_.find(key);
    if (node == nullptr) {
        keep(base::Error{"rulebook_value_missing",
                         {{"file", file_}, {"key", path_of(key)}, {"date", needed_from_.iso()}}});
        return nothing();
    }
    if (node->kind != kind) {
        wrong(key, allowed);
        return nothing();
    }
    return *node;
}

std::string Table::text(std::string_view key) {
    const Node& node = need(key, Node::Kind::text, "\"...\"");
    if (has(key) && node.text.empty()) wrong(key, "\"...\"");
    return node.text;
}

int Table::number(std::string_view key, int least, int most) {
    const std::string allowed = std::to_string(least) + ".." + std::to_string(most);
    const Node& node = need(key, Node::Kind::number, allowed.c_str());
    if (node.kind != Node::Kind::number) return least;
    if (node.number >= least && node.number <= most) return static_cast<int>(node.number);
    wrong(key, allowed);
    return least;
}

bool Table::flag(std::string_view key) {
    return need(key, Node::Kind::flag, "true, false").number != 0;
}

values::Date Table::date(std::string_view key) {
    const Node& node = need(key, Node::Kind::date, "2017-01-31");
    return node.kind == Node::Kind::date ? parsed(key, values::Date::parse(node.text), "2017-01-31")
                                         : values::Date();
}

values::Ratio Table::share(std::string_view key) {
    static const char* const allowed = "0..1: \"3/4\", \"12.5%\"";
    const auto share = parsed(key, values::Ratio::parse(text(key)), allowed);
    if (share < values::Ratio::of(0, 1) || share > values::Ratio::of(1, 1)) wrong(key, allowed);
    return share;
}

values::Cents Table::euros(std::string_view key) {
    return parsed(key, values::Cents::parse_euros(text(key)), "\"1310,75\"");
}

values::PerformanceCode Table::performance(std::string_view key) {
    return parsed(key, values::PerformanceCode::parse(text(key)), "\"032:1101\"");
}

values::PerformanceCode Table::performance_named(std::string_view key) {
    return parsed(key, values::PerformanceCode::parse(key), "032:1101 = ...");
}

values::AgbCode Table::agb_named(std::string_view key) {
    return parsed(key, values::AgbCode::parse(key), "08000101 = ...");
}

std::vector<std::string> Table::texts(std::string_view key) {
    const Node& list = need(key, Node::Kind::list, "[\"...\"]");
    std::vector<std::string> result;
    for (const Node& item : list.items) {
        if (item.kind != Node::Kind::text || item.text.empty()) wrong(key, "[\"...\"]");
        result.push_back(item.text);
    }
    if (has(key) && result.empty()) wrong(key, "[\"...\"]");
    return result;
}

std::vector<std::string> Table::keys() const {
    std::vector<std::string> result;
    for (const Node& member : node_.items) result.push_back(member.key);
    return result;
}

Table Table::table(std::string_view key) {
    return Table(first_, file_, need(key, Node::Kind::table, "{ ... }"), path_of(key), needed_from_);
}

const Node* Table::list_of_tables(std::string_view key) {
    if (!has(key)) return nullptr;
    const Node& list = need(key, Node::Kind::list, "[{ ... }]");
    for (const Node& item : list.items) {
        if (item.kind == Node::Kind::table) continue;
        wrong(key, "[{ ... }]");
        return nullptr;
    }
    return &list;
}

}  // namespace bundel::rulebook
