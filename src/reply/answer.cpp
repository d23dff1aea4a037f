#include "reply/answer.h"

#include <algorithm>

#include "reply/draft.h"
#include "reply/source.h"
#include "wire/decode.h"

namespace bundel::reply {
namespace {

using base::Finding;
using base::Severity;
using wire::Message;

// COD954; their texts are in rulebooks/codelists/COD954.json.
const std::string file_rejected = "0001";
const std::string nothing_to_say = "0200";
const std::string fully_approved = "8001";
const std::string not_assessed = "8002";
const std::string record_rejected = "8072";
const std::string claim_not_taken = "8074";
constexpr std::size_t codes_max = 3;

void add_code(std::vector<std::string>& codes, const std::string& code) {
    const bool is_new = std::ranges::find(codes, code) == codes.end();
    if (is_new && codes.size() < codes_max) codes.push_back(code);
}

// What is said of one record.
struct Said {
    std::vector<std::string> codes;
    bool is_refused = false;
    Cents calculated, granted;  // of a line
};

class Judge {
public:
    explicit Judge(const Message& message)
        : message_(message), line_code_(code_of_lines(message.layout())), said_(message.records().size()) {}

    Result<Judgement> judge(const base::Findings& findings, std::span<const Ruling> rulings) {
        for (const Finding& finding : findings) take(finding);
        for (const Ruling& ruling : rulings) take_whole(ruling);
        if (!whole_.empty()) return Judgement{whole_, {}, Cents()};
        for (const Ruling& ruling : rulings) {
            if (!is_line(ruling.record)) take(ruling);
        }
        refuse_below();
        BUNDEL_TRY_DONE(fill_amounts());
        for (const Ruling& ruling : rulings) {
            if (is_line(ruling.record)) take(ruling);
        }
        return judgement(!rulings.empty());
    }

private:
    bool is_line(std::size_t record) const { return code_of(record) == line_code_; }
    const std::string& code_of(std::size_t record) const { return message_.code(message_.records()[record]); }

    void take(const Finding& finding) {
        // Of the records that were left out each knows that it was refused.
        const bool is_cap = finding.code == "findings_capped" && finding.severity == Severity::line_refused;
        if (finding.severity == Severity::note || is_cap) return;
        const auto record = index_of(finding.where.record);
        const bool of_whole = finding.severity != Severity::line_refused || !record ||
                              code_of(*record) == wire::code_header || code_of(*record) == wire::code_closing;
        if (of_whole) {
            const std::string& general =
                finding.severity == Severity::file_refused ? file_rejected : claim_not_taken;
            return add_code(whole_, finding.return_code.empty() ? general : finding.return_code);
        }
        said_[*record].is_refused = true;
        add_code(said_[*record].codes, finding.return_code.empty() ? record_rejected : finding.return_code);
    }

    // Records stand in the order of their lines. None: not a record of the message.
    std::optional<std::size_t> index_of(long line) const {
        const auto records = message_.records();
        const auto found = std::ranges::lower_bound(
            records, line, {}, [](const wire::Record& record) { return static_cast<long>(record.line); });
        if (found == records.end() || static_cast<long>(found->line) != line) return std::nullopt;
        return static_cast<std::size_t>(found - records.begin());
    }

    void take_whole(const Ruling& ruling) {
        if (code_of(ruling.record) != wire::code_header) return;
        for (const std::string& code : ruling.codes) add_code(whole_, code);
    }

    // Not every finding of levels 1-3 is told (findings_capped): the record knows whether it was refused.
    void refuse_below() {
        for (std::size_t i = 0; i < said_.size(); ++i) {
            Said& said = said_[i];
            if (message_.records()[i].refused && !said.is_refused) {
                said = {{record_rejected}, true, {}, {}};
            }
            const auto above = record_above(message_, i);
            const bool hangs = above && said_[*above].is_refused && code_of(i) != wire::code_comment;
            if (hangs && !said.is_refused) said = {{not_assessed}, true, {}, {}};
        }
    }

    Result<base::Done> fill_amounts() {
        BUNDEL_TRY(amount, column_of(message_.layout(), line_code_, "BED161"));
        BUNDEL_TRY(indicator, column_of(message_.layout(), line_code_, "COD665"));
        for (std::size_t i = 0; i < said_.size(); ++i) {
            if (!is_line(i) || said_[i].is_refused) continue;
            const wire::Record& line = message_.records()[i];
            said_[i].granted =
                wire::signed_cents(message_.field(line, amount), message_.field(line, indicator))
                    .value_or(Cents());
            said_[i].calculated = said_[i].granted;
        }
        return base::Done{};
    }

    void take(const Ruling& ruling) {
        Said& said = said_[ruling.record];
        BUNDEL_ASSERT(ruling.granted.has_value() == is_line(ruling.record));
        BUNDEL_ASSERT(ruling.calculated.has_value() == is_line(ruling.record));
        BUNDEL_ASSERT(ruling.codes.size() <= codes_max);
        said = {ruling.codes, ruling.refuses && !is_line(ruling.record), ruling.calculated.value_or(Cents()),
                ruling.granted.value_or(Cents())};
    }

    Result<Judgement> judgement(bool is_ruled) const {
        const bool is_silent =
            !is_ruled && std::ranges::all_of(said_, [](const Said& said) { return said.codes.empty(); });
        Judgement result{{is_silent ? fully_approved : nothing_to_say}, {}, {}};
        std::vector<Cents> granted;
        for (std::size_t i = 0; i < said_.size(); ++i) {
            const Said& said = said_[i];
            granted.push_back(said.granted);
            const bool comes_back = !is_silent && (is_line(i) || !said.codes.empty());
            if (comes_back) result.verdicts.push_back({i, {}, said.calculated, said.granted, said.codes, {}});
        }
        BUNDEL_TRY(total, values::sum(granted));
        result.granted = total;
        return result;
    }

    const Message& message_;
    std::string_view line_code_;
    std::vector<std::string> whole_;  // codes that refuse the whole
    std::vector<Said> said_;          // per record
};

// Of a file that is refused: its first line when that is a record 01, its last when that is a 99.
Result<Message> what_is_left(const wire::LayoutRef& layout, std::string bytes, const std::string& file) {
    const std::size_t length = layout->record_length();
    const auto is_record = [&](std::size_t at, std::string_view code) {
        const auto line = std::string_view(bytes).substr(at, length);
        return line.size() == length && line.starts_with(code) && line.find('\n') == std::string_view::npos;
    };
    if (!is_record(0, wire::code_header)) return base::Error{"answer_header_missing"};
    const auto index = [&](std::string_view code) {
        return static_cast<std::uint8_t>(layout->record_index(code));
    };
    std::vector<wire::Record> records{{0, 1, index(wire::code_header), false}};
    const std::size_t last = bytes.size() < 2 * (length + 2) ? 0 : bytes.size() - length - 2;
    if (last > 0 && bytes.ends_with("\r\n") && is_record(last, wire::code_closing)) {
        records.push_back({static_cast<std::uint32_t>(last), 2, index(wire::code_closing), false});
    }
    return Message(layout, file, std::move(bytes), std::move(records));
}

// A widened debtor record would carry the columns of another version.
bool can_come_back(const wire::Layout& answer, const Message& source, std::size_t record) {
    const std::string& code = source.code(source.records()[record]);
    if (code == wire::code_debtor && source.layout().insert().empty() != answer.insert().empty())
        return false;
    const auto above = record_above(source, record);
    return answer.record_index(code) >= 0 && (!above || can_come_back(answer, source, *above));
}

}  // namespace

Result<Judgement> judge(const Message& message, const base::Findings& findings,
                        std::span<const Ruling> rulings) {
    return Judge(message).judge(findings, rulings);
}

Result<Message> received(const wire::Layouts& layouts, std::string bytes, const std::string& file,
                         base::Findings& findings) {
    const auto layout = layouts.recognise(bytes, file, findings);
    if (layout == nullptr) return base::Error{"answer_header_missing"};
    auto message = wire::decode(bytes, layout, file, findings);
    if (message) return *std::move(message);
    return what_is_left(layout, std::move(bytes), file);
}

Result<std::vector<Segment>> write_answer(const wire::Layouts& layouts, const Message& source,
                                          std::string_view insurer_reference, Date day,
                                          const Judgement& judgement) {
    const auto answer = layouts.answer_to(source.layout());
    if (source.layout().is_return())
        return base::Error{"answer_of_answer", {{"layout", source.layout().name()}}};
    if (answer == nullptr) {
        return base::Error{"answer_layout_missing", {{"layout", source.layout().name()}}};
    }
    std::vector<Verdict> verdicts;
    for (const Verdict& verdict : judgement.verdicts) {
        if (can_come_back(*answer, source, verdict.record)) verdicts.push_back(verdict);
    }
    return write_return(answer, source, insurer_reference, day, judgement.codes, verdicts, judgement.granted);
}

}  // namespace bundel::reply
