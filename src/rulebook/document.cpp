#include "rulebook/document.h"

#include <toml++/toml.h>

#include <algorithm>
#include <sstream>

#include "base/text.h"

namespace bundel::rulebook {
namespace {

Node node_of(const toml::node& node, std::string_view key = {});

std::string iso(const toml::date& date) {
    return base::zero_padded(date.year, 4) + "-" + base::zero_padded(date.month, 2) + "-" +
           base::zero_padded(date.day, 2);
}

std::string as_written(const toml::node& node) {
    std::ostringstream text;
    node.visit([&](const auto& value) { text << value; });
    return text.str();
}

void fill_list(Node& to, const toml::array& from) {
    to.kind = Node::Kind::list;
    to.text = "[]";
    for (const toml::node& item : from) to.items.push_back(node_of(item));
}

void fill_table(Node& to, const toml::table& from) {
    to.kind = Node::Kind::table;
    to.text = "{}";
    for (const auto& [key, member] : from) to.items.push_back(node_of(member, key.str()));
    std::ranges::sort(to.items, {}, &Node::key);
}

Node scalar(Node::Kind kind, std::string text, std::int64_t number = 0) {
    Node result;
    result.kind = kind;
    result.text = std::move(text);
    result.number = number;
    return result;
}

Node content_of(const toml::node& node) {
    Node result;
    if (const auto* list = node.as_array()) {
        fill_list(result, *list);
    } else if (const auto* table = node.as_table()) {
        fill_table(result, *table);
    } else if (const auto* text = node.as_string()) {
        result = scalar(Node::Kind::text, text->get());
    } else if (const auto* number = node.as_integer()) {
        result = scalar(Node::Kind::number, std::to_string(number->get()), number->get());
    } else if (const auto* flag = node.as_boolean()) {
        result = scalar(Node::Kind::flag, flag->get() ? "true" : "false", flag->get() ? 1 : 0);
    } else if (const auto* date = node.as_date()) {
        result = scalar(Node::Kind::date, iso(date->get()));
    } else {
        result = scalar(Node::Kind::other, as_written(node));
    }
    return result;
}

Node node_of(const toml::node& node, std::string_view key) {
    Node result = content_of(node);
    result.key = key;
    result.line = static_cast<int>(node.source().begin.line);
    return result;
}

}  // namespace

const Node* Node::find(std::string_view name) const {
    if (kind != Kind::table) return nullptr;
    const auto found = std::ranges::find(items, name, &Node::key);
    return found == items.end() ? nullptr : &*found;
}

base::Result<Node> read_toml(const std::string& file, const std::string& content) {
    try {
        return node_of(toml::parse(content));
    } catch (const toml::parse_error& error) {
        const auto line = error.source().begin.line;
        return base::Error{"rulebook_syntax", {{"file", file}, {"line", std::to_string(line)}}};
    }
}

}  // namespace bundel::rulebook
