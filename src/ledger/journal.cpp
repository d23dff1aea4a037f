#include "ledger/journal.h"

#include <set>

#include "base/text.h"
#include "ledger/trial_balance.h"

namespace bundel::ledger {
namespace {

std::string decimal_euros(values::Cents amount) {
    const bool negative = amount.is_negative();
    const std::uint64_t count = static_cast<std::uint64_t>(amount.count());
    const std::uint64_t magnitude = negative ? 0 - count : count;
    return (negative ? "-" : "") + std::to_string(magnitude / 100) + "." +
           base::zero_padded(static_cast<std::int64_t>(magnitude % 100), 2);
}

bool is_plain(char c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
           std::string_view(".-_/:@+").find(c) != std::string_view::npos;
}

std::string escaped(std::string_view key) {
    static constexpr char hex[] = "0123456789ABCDEF";
    std::string text;
    for (const char c : key) {
        const auto byte = static_cast<unsigned char>(c);
        if (is_plain(c))
            text += c;
        else
            (((text += '%') += hex[byte >> 4]) += hex[byte & 15]);
    }
    return text;
}

void write(std::string& text, const Entry& entry) {
    const Draft& content = entry.content;
    text += content.booking_day.iso() + " (" + std::to_string(entry.number) + ") ";
    text.append(row_of(content.kind).title) += '\n';
    text += "    ; event=" + escaped(content.key) + "\n";
    text += "    ; care=" + content.care_period.first.iso() + ".." + content.care_period.last.iso() + "\n";
    if (!content.earlier_key.empty()) text += "    ; earlier=" + escaped(content.earlier_key) + "\n";
    for (const Posting& posting : content.postings)
        text += "    " + posting.account.path() + "  " + decimal_euros(posting.amount) + " EUR\n";
    text += "\n";
}

bool is_letter_or_digit(char c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

std::string_view root_of(AccountType type) {
    static constexpr std::string_view roots[] = {"Assets", "Liabilities", "Income", "Expenses", "Equity"};
    return roots[static_cast<std::size_t>(type)];
}

// A part of a name in beancount begins with a capital or a digit and goes on with letters, digits and dashes.
std::string beancount_part(std::string_view part) {
    std::string text(part);
    for (char& c : text) c = is_letter_or_digit(c) ? c : '-';
    if (text.front() == '-') text.insert(0, "X");
    if (text.front() >= 'a' && text.front() <= 'z')
        text.front() = static_cast<char>(text.front() - 'a' + 'A');
    return text;
}

using Names = std::map<Account, std::string>;

Names beancount_names(const BookContents& book, const Chart& chart) {
    std::set<Account> accounts;
    for (const Entry& entry : book.entries) {
        for (const Posting& posting : entry.content.postings) accounts.insert(posting.account);
    }
    Names names;
    std::set<std::string> taken;
    for (const Account& account : accounts) {
        std::string name(root_of(chart.of(account.kind()).type));
        const std::string path = account.path();
        for (const std::string_view part : base::split(path, ':')) name += ":" + beancount_part(part);
        std::string free = name;
        for (int i = 2; !taken.insert(free).second; ++i) free = name + "-" + std::to_string(i);
        names.emplace(account, std::move(free));
    }
    return names;
}

std::string opened(const BookContents& book, const Names& names) {
    std::map<Account, values::Date> first;
    for (const Entry& entry : book.entries) {
        for (const Posting& posting : entry.content.postings) {
            const auto [day, is_new] = first.try_emplace(posting.account, entry.content.booking_day);
            day->second = std::min(day->second, entry.content.booking_day);
        }
    }
    std::string text;
    for (const auto& [account, day] : first)
        text += day.iso() + " open " + names.at(account) + " EUR\n  path: \"" + account.path() + "\"\n";
    return text;
}

void write_beancount(std::string& text, const Entry& entry, const Names& names) {
    const Draft& content = entry.content;
    text += "\n" + content.booking_day.iso() + " * \"";
    text.append(row_of(content.kind).title) += "\"\n";
    text += "  number: \"" + std::to_string(entry.number) + "\"\n";
    text += "  event: \"" + escaped(content.key) + "\"\n";
    text += "  care: \"" + content.care_period.first.iso() + ".." + content.care_period.last.iso() + "\"\n";
    if (!content.earlier_key.empty()) text += "  earlier: \"" + escaped(content.earlier_key) + "\"\n";
    for (const Posting& posting : content.postings)
        text += "  " + names.at(posting.account) + "  " + decimal_euros(posting.amount) + " EUR\n";
}

}  // namespace

std::string chart_comment(const Chart& chart) {
    std::string text;
    for (const ChartRow& row : chart_rows()) {
        const ChartLine& line = chart.of(row.kind);
        text += "; " + line.number + " " + line.account + ": " + line.name + " (";
        text.append(word_of(line.type)) += ")\n";
    }
    return text + "\n";
}

std::string export_beancount(const BookContents& book, const Chart& chart) {
    const Names names = beancount_names(book, chart);
    std::string text = "option \"operating_currency\" \"EUR\"\n\n" + opened(book, names);
    for (const Entry& entry : book.entries) write_beancount(text, entry, names);
    return text;
}

std::string export_journal(const BookContents& book) {
    std::string text;
    for (const Entry& entry : book.entries) write(text, entry);
    return text;
}

}  // namespace bundel::ledger
