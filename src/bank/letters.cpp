#include "bank/letters.h"

#include <algorithm>

namespace bundel::bank {
namespace {

struct StandIn {
    std::string_view letter;  // UTF-8
    std::string_view instead;
};

// Sorted by how a Dutch name meets them: the accents of west and middle Europe, then signs.
constexpr StandIn stand_ins[] = {
    {"á", "a"}, {"à", "a"},   {"â", "a"}, {"ä", "a"},  {"ã", "a"},  {"å", "a"},  {"ā", "a"},  {"ă", "a"},
    {"ą", "a"}, {"æ", "ae"},  {"ç", "c"}, {"ć", "c"},  {"č", "c"},  {"ď", "d"},  {"đ", "d"},  {"ð", "d"},
    {"é", "e"}, {"è", "e"},   {"ê", "e"}, {"ë", "e"},  {"ē", "e"},  {"ė", "e"},  {"ę", "e"},  {"ě", "e"},
    {"ğ", "g"}, {"í", "i"},   {"ì", "i"}, {"î", "i"},  {"ï", "i"},  {"ī", "i"},  {"ı", "i"},  {"ł", "l"},
    {"ñ", "n"}, {"ń", "n"},   {"ň", "n"}, {"ó", "o"},  {"ò", "o"},  {"ô", "o"},  {"ö", "o"},  {"õ", "o"},
    {"ø", "o"}, {"ō", "o"},   {"ő", "o"}, {"œ", "oe"}, {"ř", "r"},  {"ś", "s"},  {"š", "s"},  {"ş", "s"},
    {"ș", "s"}, {"ß", "ss"},  {"ť", "t"}, {"ţ", "t"},  {"ț", "t"},  {"þ", "th"}, {"ú", "u"},  {"ù", "u"},
    {"û", "u"}, {"ü", "u"},   {"ū", "u"}, {"ů", "u"},  {"ű", "u"},  {"ý", "y"},  {"ÿ", "y"},  {"ź", "z"},
    {"ż", "z"}, {"ž", "z"},   {"Á", "A"}, {"À", "A"},  {"Â", "A"},  {"Ä", "A"},  {"Ã", "A"},  {"Å", "A"},
    {"Ā", "A"}, {"Ă", "A"},   {"Ą", "A"}, {"Æ", "AE"}, {"Ç", "C"},  {"Ć", "C"},  {"Č", "C"},  {"Ď", "D"},
    {"Đ", "D"}, {"Ð", "D"},   {"É", "E"}, {"È", "E"},  {"Ê", "E"},  {"Ë", "E"},  {"Ē", "E"},  {"Ė", "E"},
    {"Ę", "E"}, {"Ě", "E"},   {"Ğ", "G"}, {"Í", "I"},  {"Ì", "I"},  {"Î", "I"},  {"Ï", "I"},  {"Ī", "I"},
    {"İ", "I"}, {"Ł", "L"},   {"Ñ", "N"}, {"Ń", "N"},  {"Ň", "N"},  {"Ó", "O"},  {"Ò", "O"},  {"Ô", "O"},
    {"Ö", "O"}, {"Õ", "O"},   {"Ø", "O"}, {"Ō", "O"},  {"Ő", "O"},  {"Œ", "OE"}, {"Ř", "R"},  {"Ś", "S"},
    {"Š", "S"}, {"Ş", "S"},   {"Ș", "S"}, {"Ť", "T"},  {"Ţ", "T"},  {"Ț", "T"},  {"Þ", "TH"}, {"Ú", "U"},
    {"Ù", "U"}, {"Û", "U"},   {"Ü", "U"}, {"Ū", "U"},  {"Ů", "U"},  {"Ű", "U"},  {"Ý", "Y"},  {"Ÿ", "Y"},
    {"Ź", "Z"}, {"Ż", "Z"},   {"Ž", "Z"}, {"ĳ", "ij"}, {"Ĳ", "IJ"}, {"&", "+"},  {"’", "'"},  {"‘", "'"},
    {"`", "'"}, {"\"", "'"},  {"“", "'"}, {"”", "'"},  {"–", "-"},  {"—", "-"},  {"_", "-"},  {";", ","},
    {"!", "."}, {"@", "(at)"}};

bool is_plain(char c) {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    return letter || std::string_view("/-?:().,'+ ").find(c) != std::string_view::npos;
}

}  // namespace

std::optional<std::string> in_sepa_letters(std::string_view text) {
    std::string result;
    while (!text.empty()) {
        if (is_plain(text.front())) {
            result += text.front();
            text.remove_prefix(1);
            continue;
        }
        const auto found =
            std::ranges::find_if(stand_ins, [&](const StandIn& one) { return text.starts_with(one.letter); });
        if (found == std::ranges::end(stand_ins)) return std::nullopt;
        result += found->instead;
        text.remove_prefix(found->letter.size());
    }
    return result;
}

}  // namespace bundel::bank
