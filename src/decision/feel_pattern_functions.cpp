// matches(), replace() and split(): regular expressions as PCRE2 reads them, which agrees with XPath on all
// that both know. Each match is bounded in steps and depth.
#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include <array>
#include <memory>

#include "decision/built_in.h"

namespace bundel::decision {
namespace {

struct Free {
    void operator()(pcre2_code* code) const { pcre2_code_free(code); }
    void operator()(pcre2_match_data* data) const { pcre2_match_data_free(data); }
    void operator()(pcre2_match_context* context) const { pcre2_match_context_free(context); }
    void operator()(pcre2_compile_context* context) const { pcre2_compile_context_free(context); }
};

std::optional<std::uint32_t> options_of(std::string_view flags) {
    std::uint32_t options = PCRE2_UTF | PCRE2_NEVER_BACKSLASH_C | PCRE2_DOLLAR_ENDONLY;
    for (const char flag : flags) {
        switch (flag) {
            case 's': options |= PCRE2_DOTALL; break;
            case 'm': options |= PCRE2_MULTILINE; break;
            case 'i': options |= PCRE2_CASELESS; break;
            case 'x': break;  // see rewrite
            case 'q': options |= PCRE2_LITERAL; break;
            default: return std::nullopt;
        }
    }
    if (options & PCRE2_LITERAL) options &= ~(PCRE2_DOLLAR_ENDONLY | PCRE2_DOTALL | PCRE2_MULTILINE);
    return options;
}

// How a pattern is written for PCRE2. XPath has subtraction of classes and blocks of Unicode, which PCRE2
// lacks, and forbids back-references in a class, which PCRE2 reads as something else: with those there is no
// pattern.
enum class Written : std::uint8_t { well, wrong, unsupported };

Written rewrite(std::string_view text, bool free_spacing, std::string& result) {
    bool in_class = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (free_spacing && !in_class && (c == ' ' || c == '\t' || c == '\n' || c == '\r')) continue;
        if (c == '\\') {
            std::size_t next = i + 1;
            while (free_spacing && !in_class && next < text.size() && text[next] == ' ') ++next;
            if (next >= text.size()) return Written::wrong;
            if (in_class && text[next] >= '0' && text[next] <= '9') return Written::wrong;
            if ((text[next] == 'p' || text[next] == 'P') && text.substr(next).find("Is") == 2)
                return Written::unsupported;
            result += c;
            result += text[next];
            i = next;
            continue;
        }
        if (c == '[' && in_class) return i > 0 && text[i - 1] == '-' ? Written::unsupported : Written::wrong;
        if (c == '[') in_class = true;
        if (c == ']') in_class = false;
        result += c;
    }
    return Written::well;
}

class Pattern {
public:
    // Nothing is found by a pattern that is no pattern.
    Pattern(std::string_view text, std::uint32_t options, Run& run) : run_(run) {
        int error = 0;
        std::size_t at = 0;
        const std::unique_ptr<pcre2_compile_context, Free> compiling(pcre2_compile_context_create(nullptr));
        pcre2_set_newline(compiling.get(), PCRE2_NEWLINE_ANYCRLF);  // "." is neither of the two
        pcre2_set_parens_nest_limit(compiling.get(), 100);
        code_.reset(pcre2_compile(bytes(text), text.size(), options, &error, &at, compiling.get()));
        // A property that PCRE2 does not know may be one of XPath.
        if (error == PCRE2_ERROR_UNKNOWN_UNICODE_PROPERTY ||
            error == PCRE2_ERROR_MALFORMED_UNICODE_PROPERTY) {
            run.stop("decision_pattern");
        }
        if (!code_) return;
        match_.reset(pcre2_match_data_create_from_pattern(code_.get(), nullptr));
        context_.reset(pcre2_match_context_create(nullptr));
        pcre2_set_match_limit(context_.get(), 200'000);
        pcre2_set_depth_limit(context_.get(), 2'000);
    }
    bool ok() const { return code_ != nullptr; }

    struct Found {
        std::size_t first;
        std::size_t last;
    };
    std::optional<Found> find(std::string_view subject, std::size_t from) {
        run_.spend(100 + (subject.size() - from) / 64);
        const int count =
            pcre2_match(code_.get(), bytes(subject), subject.size(), from, 0, match_.get(), context_.get());
        if (count == PCRE2_ERROR_MATCHLIMIT || count == PCRE2_ERROR_DEPTHLIMIT ||
            count == PCRE2_ERROR_HEAPLIMIT) {
            run_.stop("decision_limit_steps");
        }
        if (count < 0) return std::nullopt;
        groups_ = static_cast<std::size_t>(count);
        const std::size_t* ends = pcre2_get_ovector_pointer(match_.get());
        if (ends[1] < ends[0]) return std::nullopt;  // \K inside a look-ahead
        return Found{ends[0], ends[1]};
    }
    // Of the last find.
    std::string_view group(std::string_view subject, std::size_t number) const {
        const std::size_t* ends = pcre2_get_ovector_pointer(match_.get());
        if (number >= groups_ || ends[2 * number] == PCRE2_UNSET) return {};
        return subject.substr(ends[2 * number], ends[2 * number + 1] - ends[2 * number]);
    }

private:
    static PCRE2_SPTR bytes(std::string_view text) { return reinterpret_cast<PCRE2_SPTR>(text.data()); }

    Run& run_;
    std::unique_ptr<pcre2_code, Free> code_;
    std::unique_ptr<pcre2_match_data, Free> match_;
    std::unique_ptr<pcre2_match_context, Free> context_;
    std::size_t groups_ = 0;
};

// The pattern of arguments 1 and `flags`; nothing when one is no text, or no pattern.
std::optional<Pattern> pattern_of(const Arguments& arguments, std::size_t flags) {
    const std::string* text = arguments.string(1);
    if (text == nullptr || arguments.string(0) == nullptr) return std::nullopt;
    if (arguments.has(flags) && arguments.string(flags) == nullptr) return std::nullopt;
    const std::string given = arguments.has(flags) ? *arguments.string(flags) : "";
    const auto options = options_of(given);
    if (!options) return std::nullopt;
    std::string rewritten;
    if (*options & PCRE2_LITERAL) {
        rewritten = *text;
    } else {
        const auto written = rewrite(*text, given.find('x') != std::string::npos, rewritten);
        if (written == Written::unsupported) arguments.run().stop("decision_pattern");
        if (written != Written::well) return std::nullopt;
    }
    Pattern pattern(rewritten, *options, arguments.run());
    return pattern.ok() ? std::optional(std::move(pattern)) : std::nullopt;
}

Value matches(const Arguments& arguments) {
    auto pattern = pattern_of(arguments, 2);
    return pattern ? Value::of(pattern->find(*arguments.string(0), 0).has_value()) : Value();
}

// XPath: $1..$9 are groups, $0 the whole, \$ and \\ themselves. Anything else behind \ or $ is wrong.
bool add_replacement(std::string& result, std::string_view replacement, std::string_view subject,
                     const Pattern& pattern) {
    for (std::size_t i = 0; i < replacement.size(); ++i) {
        const char c = replacement[i];
        if (c != '$' && c != '\\') {
            result += c;
            continue;
        }
        if (++i == replacement.size()) return false;
        const char next = replacement[i];
        if (c == '\\' && (next == '\\' || next == '$')) {
            result += next;
        } else if (c == '$' && next >= '0' && next <= '9') {
            result += pattern.group(subject, static_cast<std::size_t>(next - '0'));
        } else {
            return false;
        }
    }
    return true;
}

// Where the search goes on: an empty match moves one character.
std::size_t next_start(std::string_view subject, const Pattern::Found& found) {
    if (found.last > found.first) return found.last;
    std::size_t next = found.last + 1;
    while (next < subject.size() && (static_cast<unsigned char>(subject[next]) & 0xC0) == 0x80) ++next;
    return next;
}

Value replace(const Arguments& arguments) {
    auto pattern = pattern_of(arguments, 3);
    const std::string* replacement = arguments.string(2);
    if (!pattern || replacement == nullptr) return {};
    const std::string& subject = *arguments.string(0);
    const bool literal = arguments.has(3) && arguments.string(3)->find('q') != std::string::npos;
    std::string result;
    std::size_t copied = 0;
    for (std::size_t from = 0; from <= subject.size();) {
        const auto found = pattern->find(subject, from);
        if (!found || found->first < copied) break;
        result.append(subject, copied, found->first - copied);
        if (literal) {
            result += *replacement;
        } else if (!add_replacement(result, *replacement, subject, *pattern)) {
            return {};
        }
        copied = found->last;
        from = next_start(subject, *found);
        if (result.size() > Limits::string) arguments.run().stop("decision_limit_size");
        if (arguments.run().stopped()) return {};
    }
    return Value::of(result.append(subject, copied));
}

Value split(const Arguments& arguments) {
    auto pattern = pattern_of(arguments, 2);
    if (!pattern) return {};
    const std::string& subject = *arguments.string(0);
    List parts;
    std::size_t copied = 0;
    for (std::size_t from = 0; from <= subject.size();) {
        const auto found = pattern->find(subject, from);
        if (!found || found->first < copied || arguments.run().stopped()) break;
        if (found->last > found->first) {
            parts.push_back(Value::of(subject.substr(copied, found->first - copied)));
            copied = found->last;
        }
        from = next_start(subject, *found);
    }
    parts.push_back(Value::of(subject.substr(copied)));
    return Value::of(std::move(parts));
}

constexpr std::array functions{
    BuiltIn{"matches", "input, pattern, flags?", Kind::boolean, matches},
    BuiltIn{"replace", "input, pattern, replacement, flags?", Kind::string, replace},
    BuiltIn{"split", "string, delimiter", Kind::list, split},
};

}  // namespace

std::span<const BuiltIn> pattern_functions() {
    return functions;
}

}  // namespace bundel::decision
