#include "cli/ei_answer.h"

#include <algorithm>

#include "cli/console.h"
#include "cli/days.h"
#include "cli/standards.h"
#include "intake/content.h"
#include "reply/rulings.h"
#include "store/inbox.h"
#include "wire/decode.h"

namespace bundel::cli {
using base::Done;
using base::Error;
using base::Findings;
using base::Result;
using values::Date;

namespace {

constexpr std::size_t reference_size = 24;  // NUM370 of every answer
constexpr std::size_t verdict_bytes_max = std::size_t{64} << 20;

void tell(const Findings& findings) {
    for (const auto& finding : findings) complain(texts::Texts::dutch().finding(finding) + "\n");
}

bool is_refused(const Findings& findings) {
    return std::ranges::any_of(findings, [](const base::Finding& finding) {
        return finding.severity == base::Severity::file_refused;
    });
}

// All levels; of a file that cannot be read what was found before that.
Result<Done> check(const wire::Message& message, const Standards& standards, Date day, Findings& findings) {
    if (is_refused(findings)) return Done{};
    intake::Seen seen;
    return intake::check_content(message, intake::known_of(standards.rulebook, day), seen, findings);
}

Result<std::vector<reply::Ruling>> rulings_of(const std::string& path, const wire::Message& message,
                                              const rulebook::Rulebook& rulebook, Findings& findings) {
    if (path.empty()) return std::vector<reply::Ruling>{};
    BUNDEL_TRY(bytes, store::read_file(path, verdict_bytes_max));
    return reply::read_rulings(bytes, path, message, rulebook, findings);
}

// Nothing: told why not.
Result<std::optional<std::string>> answer(const Arguments& arguments) {
    BUNDEL_TRY(day, day_or_today(arguments.as_of));
    if (arguments.reference.size() > reference_size || arguments.reference.starts_with(' '))
        return Error{"argument_reference", {{"most", std::to_string(reference_size)}}};
    BUNDEL_TRY(standards, load_standards(arguments.data));
    BUNDEL_TRY(bytes, store::read_file(arguments.target, wire::file_bytes_max));
    Findings findings;
    const auto message = reply::received(standards.layouts, std::move(bytes), arguments.target, findings);
    if (message.ok()) BUNDEL_TRY_DONE(check(*message, standards, day, findings));
    tell(findings);
    if (!message.ok()) {
        complain(texts::Texts::dutch().error(message.error()) + "\n");
        return std::optional<std::string>();
    }
    Findings of_verdicts;
    BUNDEL_TRY(rulings, rulings_of(arguments.verdicts, *message, standards.rulebook, of_verdicts));
    tell(of_verdicts);
    if (!of_verdicts.empty()) {
        complain(texts().sentence("ei_no_answer") + "\n");
        return std::optional<std::string>();
    }
    BUNDEL_TRY(judgement, reply::judge(*message, findings, rulings));
    BUNDEL_TRY(segments,
               reply::write_answer(standards.layouts, *message, arguments.reference, day, judgement));
    return std::optional(reply::bytes_of(segments));
}

}  // namespace

Exit ei_answer(const Arguments& arguments) {
    const auto written = answer(arguments);
    if (!written.ok()) return fail(written.error());
    if (!*written) return Exit::refused;
    print(**written);
    return Exit::done;
}

}  // namespace bundel::cli
