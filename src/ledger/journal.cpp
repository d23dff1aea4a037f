#include "ledger/journal.h"

#include "base/text.h"

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

}  // namespace

std::string export_journal(const BookContents& book) {
    std::string text;
    for (const Entry& entry : book.entries) write(text, entry);
    return text;
}

}  // namespace bundel::ledger
