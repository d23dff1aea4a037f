#include "intake/pattern.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include "base/assert.h"
#include "wire/utf8.h"

namespace bundel::intake {
namespace {

constexpr std::uint32_t steps_max = 100'000;

std::string latin1(std::string_view utf8) {
    std::string result;
    while (!utf8.empty()) {
        const auto code = wire::take_code_point(utf8);
        if (!code) break;
        result += *code < 0x100 ? static_cast<char>(*code) : '?';
    }
    return result;
}

}  // namespace

struct Pattern::Compiled {
    pcre2_code* code = nullptr;
    pcre2_match_context* limits = nullptr;
    pcre2_match_data* match = nullptr;

    explicit Compiled(pcre2_code* compiled)
        : code(compiled),
          limits(pcre2_match_context_create(nullptr)),
          match(pcre2_match_data_create(1, nullptr)) {
        BUNDEL_ASSERT(limits != nullptr && match != nullptr);
        pcre2_set_match_limit(limits, steps_max);
        pcre2_set_depth_limit(limits, 1000);
    }
    Compiled(const Compiled&) = delete;
    Compiled& operator=(const Compiled&) = delete;
    ~Compiled() {
        pcre2_match_data_free(match);
        pcre2_match_context_free(limits);
        pcre2_code_free(code);
    }
};

std::optional<Pattern> Pattern::parse(std::string_view utf8) {
    const std::string text = latin1(utf8);
    int error = 0;
    PCRE2_SIZE position = 0;
    pcre2_code* code =
        pcre2_compile(reinterpret_cast<PCRE2_SPTR>(text.data()), text.size(),
                      PCRE2_ANCHORED | PCRE2_ENDANCHORED | PCRE2_DOTALL, &error, &position, nullptr);
    if (code == nullptr) return std::nullopt;
    Pattern pattern;
    pattern.compiled_ = std::make_shared<const Compiled>(code);
    return pattern;
}

bool Pattern::matches(std::string_view field) const {
    const int found = pcre2_match(compiled_->code, reinterpret_cast<PCRE2_SPTR>(field.data()), field.size(),
                                  0, 0, compiled_->match, compiled_->limits);
    return found != PCRE2_ERROR_NOMATCH;
}

}  // namespace bundel::intake
