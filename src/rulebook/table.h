// Reading a table of a rulebook file key by key. The first mistake is kept and what follows it is not looked
// at, so that the loader reads as a list of what a rulebook contains. A key that nobody asked for is a
// mistake as well: a typing error must never become a silent default.
#pragma once

#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>

#include "base/result.h"
#include "rulebook/document.h"
#include "values/cents.h"
#include "values/date.h"
#include "values/identifiers.h"
#include "values/ratio.h"

namespace bundel::rulebook {

class FirstError {
public:
    void keep(base::Error error) {
        if (!error_) error_ = std::move(error);
    }
    const std::optional<base::Error>& get() const { return error_; }

private:
    std::optional<base::Error> error_;
};

template <class T>
struct Word {
    std::string_view text;
    T value;
};

class Table {
public:
    // `needed_from`: the day named when a value is missing.
    Table(FirstError& first, std::string file, const Node& node, std::string path, values::Date needed_from);
    ~Table();  // keeps rulebook_key_unknown for a key that was not asked for
    Table(const Table&) = delete;
    Table& operator=(const Table&) = delete;

    const std::string& file() const { return file_; }
    const std::string& path() const { return path_; }
    std::string path_of(std::string_view key) const;
    void need_from(values::Date day) { needed_from_ = day; }
    bool has(std::string_view key) const { return node_.find(key) != nullptr; }
    std::string written(std::string_view key) const;  // empty when it is not there

    // Each of these: rulebook_value_missing when the key is not there, rulebook_value_wrong when it is not
    // that; then the result means nothing.
    std::string text(std::string_view key);  // not empty
    int number(std::string_view key, int least, int most);
    bool flag(std::string_view key);
    values::Date date(std::string_view key);
    values::Ratio share(std::string_view key);  // 0..1
    values::Cents euros(std::string_view key);
    values::PerformanceCode performance(std::string_view key);
    values::AgbCode agb_named(std::string_view key);  // the key itself is the code
    values::PerformanceCode performance_named(std::string_view key);
    template <class T>
    T word(std::string_view key, std::span<const Word<T>> words) {
        const std::string found = text(key);
        std::string allowed;
        for (const Word<T>& word : words) {
            if (word.text == found) return word.value;
            allowed.append(allowed.empty() ? "" : ", ").append(word.text);
        }
        wrong(key, allowed);
        return words.front().value;
    }
    std::vector<std::string> texts(std::string_view key);  // a list of texts, not empty
    std::vector<std::string> keys() const;                 // all of them, sorted
    Table table(std::string_view key);
    // Each table of the list under `key`, in order of writing; none when the key is not there.
    template <class Read>
    void each(std::string_view key, Read read) {
        const Node* list = list_of_tables(key);
        for (std::size_t i = 0; list != nullptr && i < list->items.size(); ++i) {
            Table item(first_, file_, list->items[i], path_of(key) + "[" + std::to_string(i + 1) + "]",
                       needed_from_);
            read(item);
        }
    }

    void wrong(std::string_view key, const std::string& allowed);
    void keep(base::Error error) { first_.keep(std::move(error)); }
    int line_of(std::string_view key) const;

private:
    const Node& need(std::string_view key, Node::Kind kind, const char* allowed);
    const Node* list_of_tables(std::string_view key);
    template <class T>
    T parsed(std::string_view key, base::Result<T> result, const char* allowed) {
        if (result.ok()) return *std::move(result);
        wrong(key, allowed);
        return T{};
    }

    FirstError& first_;
    std::string file_;
    const Node& node_;
    std::string path_;
    values::Date needed_from_;
    std::set<std::string, std::less<>> asked_;
};

}  // namespace bundel::rulebook
