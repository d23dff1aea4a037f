// The one table of sentences for people. Inner rooms give codes and named params; this room makes sentences.
//
// Source: texts.d/<room>.json, flat objects {"code": "Zin met {gat}"}; the build merges them into one table
// and fails on a code that appears twice. A second language is a second table with the same codes.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/finding.h"
#include "base/result.h"
#include "values/cents.h"
#include "values/date.h"
#include "values/ratio.h"

namespace bundel::texts {

// A hole is written {name}, name in lower_snake. A count noun is written "vrouw|vrouwen".
struct Sentence {
    std::string_view code;
    std::string_view text;
};

// The names of the holes in `text`, in order of appearance. Error: sentence_syntax (a brace that is no hole).
base::Result<std::vector<std::string>> holes(std::string_view text);

class Texts {
public:
    // Contract: sorted by code, no code twice; the table outlives this object.
    explicit Texts(std::span<const Sentence> sorted);
    static const Texts& dutch();

    bool has(std::string_view code) const;
    std::span<const Sentence> all() const { return table_; }

    // The sentence with its holes filled. A missing code renders as itself with its params, "code [a=1,
    // b=2]", and a hole without param as "{hole}": visible, never a crash. Tests find both before a user
    // does.
    std::string sentence(std::string_view code, const base::Params& params = {}) const;

    // Where, what, the code and source to read on, what follows:
    // "bestand a.asc, regel 17, veld 0203, kolommen 15-23: ... [bsn_check, 0804, VK301 0203]. Regel 17 wordt
    // geweigerd." Parts that are not known are left out.
    std::string finding(const base::Finding& finding) const;
    std::string error(const base::Error& error) const;  // "... [code]."

    // "1 vrouw", "1.204 vrouwen"; `code` names a count noun of the table. 0 and -2 take the plural.
    std::string count(std::string_view code, std::int64_t number) const;
    std::string number(std::int64_t number) const;  // "1.204"
    std::string amount(values::Cents cents) const;  // "€ 1.310,75", "€ -0,05"
    // One decimal, half away from zero: 1/8 is "12,5%", 1/3 is "33,3%". Range: |ratio| < 9 * 10^15.
    std::string percent(values::Ratio ratio) const;
    std::string day(values::Date date) const;         // "29-02-2024"
    std::string period(values::Period period) const;  // "01-01-2024 t/m 31-12-2024", "vanaf 01-01-2024"

private:
    const Sentence* find(std::string_view code) const;
    std::string where(const base::Where& where) const;

    std::span<const Sentence> table_;
};

}  // namespace bundel::texts
