// The letters that every bank of SEPA takes: a-z A-Z 0-9 / - ? : ( ) . , ' + and the space.
//
// Source: EPC217-08, SEPA requirements for an extended character set: a bank may refuse any other.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace bundel::bank {

// The text in these letters: accents go ("é" -> "e"), ligatures become two ("ß" -> "ss"), a few signs have a
// stand-in ("&" -> "+"), by a table. Nothing when a character has none there, or the text is not UTF-8: a
// name is never sent mutilated without anybody having said so.
std::optional<std::string> in_sepa_letters(std::string_view text);

}  // namespace bundel::bank
