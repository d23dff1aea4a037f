// Pattern: a regular expression of a message specification, over one whole field. The specification of AW319
// uses look-ahead, so it is Perl's kind. Only for this room.
#pragma once

#include <memory>
#include <optional>
#include <string_view>

namespace bundel::intake {

class Pattern {
public:
    // The text is UTF-8; fields are ISO 8859-1, and so is what is matched. Nothing: it is no pattern.
    static std::optional<Pattern> parse(std::string_view utf8);

    // The field as it stands, fill characters included. A pattern that takes too many steps to decide says
    // yes: it may not stop a file.
    bool matches(std::string_view field) const;

private:
    struct Compiled;
    std::shared_ptr<const Compiled> compiled_;
};

}  // namespace bundel::intake
