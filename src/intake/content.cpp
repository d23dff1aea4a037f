#include "intake/content.h"

#include <algorithm>
#include <array>
#include <utility>

#include "base/text.h"
#include "intake/columns.h"
#include "intake/content_rules.h"
#include "intake/seen_lines.h"
#include "wire/collector.h"

namespace bundel::intake {
namespace {

using base::Severity;
using rulebook::Listed;
using wire::Column;
using wire::Field;
using wire::Kind;
using wire::Layout;
using wire::Record;

// A record of the message, kept while those below it are read.
struct Above {
    std::string bytes;
    bool is_sound = false;  // read, and not refused by levels 1-3
};

// The references of a kind of record that has its own.
struct ReferenceColumns {
    Column own, previous;
    std::optional<Column> side;
    std::vector<Column> left_out;  // not part of what the line says: number, references, sides
};

std::optional<ReferenceColumns> reference_columns(const Layout& layout, std::string_view record,
                                                  std::string_view own, std::string_view previous,
                                                  std::string_view side) {
    const auto number = find_column(layout, record, "NUM040");
    const auto reference = find_column(layout, record, own);
    const auto named = find_column(layout, record, previous);
    if (!number || !reference || !named) return std::nullopt;
    ReferenceColumns columns{
        *reference, *named, find_column(layout, record, side), {*number, *reference, *named}};
    for (const std::string_view element : {"COD043", "COD665", "COD668"}) {
        if (const auto indicator = find_column(layout, record, element))
            columns.left_out.push_back(*indicator);
    }
    return columns;
}

struct PerformanceColumns {
    Column list, code;
};

std::optional<PerformanceColumns> performance_columns(const Layout& layout, std::string_view record) {
    const auto either = [&](std::string_view one, std::string_view other) {
        const auto found = find_column(layout, record, one);
        return found ? found : find_column(layout, record, other);
    };
    const auto list = either("COD367", "COD692");
    const auto code = either("COD388", "COD695");
    if (!list || !code) return std::nullopt;
    return PerformanceColumns{*list, *code};
}

}  // namespace

struct Seen::Lines : SeenLines {};

Seen::Seen() : lines_(std::make_unique<Lines>()) {}
Seen::~Seen() = default;

class ContentCheck::Checker {
public:
    Checker(wire::LayoutRef layout, ContentRules rules, const std::string& file, const Known& known,
            Seen::Lines& seen, base::Findings& findings, std::size_t bound)
        : layout_ref_(std::move(layout)),
          layout_(*layout_ref_),
          rules_(std::move(rules)),
          known_(known),
          seen_(seen),
          collector_(findings, bound, file),
          source_(layout_.name()),
          above_(layout_.records().size()),
          performances_(layout_.records().size()),
          references_(layout_.records().size()) {
        seen_.begin(source_);
        find_references();
        for (const std::string_view record : {wire::code_performance, wire::code_tariff}) {
            const auto columns = performance_columns(layout_, record);
            if (columns) performances_[columns->code.record] = columns;
        }
    }

    void add(const Record& record, std::string_view bytes) {
        if (record.index == Record::unknown || bytes.size() != layout_.record_length()) return;
        Above& here = above_[record.index];
        here.is_sound = !record.refused;
        here.bytes = bytes;
        record_ = record;
        bytes_ = bytes;
        forget_below(record.index);
        if (record.refused) return;
        for (const FieldCheck& check : rules_.fields[record.index]) check_field(check);
        for (const RelationCheck& check : rules_.relations[record.index]) check_relation(check);
        if (layout_.is_return())
            check_answer();
        else
            check_record();
    }

    void finish() {
        seen_.finish();
        collector_.finish();
    }

    const ContentRules& rules() const { return rules_; }

private:
    void find_references() {
        struct Row {
            std::string_view record, own, previous, side;
        };
        static constexpr Row rows[] = {{wire::code_performance, "NUM362", "NUM363", "COD665"},
                                       {wire::code_tariff, "NUM371", "NUM372", "COD665"},
                                       {wire::code_activity, "NUM415", "NUM416", "COD043"}};
        for (const Row& row : rows) {
            auto columns = reference_columns(layout_, row.record, row.own, row.previous, row.side);
            if (!columns) continue;
            // A performance whose money stands in records under it has a side of its own.
            if (!columns->side) columns->side = find_column(layout_, row.record, "COD043");
            references_[columns->own.record] = std::move(columns);
        }
    }

    // A new insured person has no debtor and no performance yet.
    void forget_below(std::uint8_t index) {
        const std::string& code = layout_.records()[index].code;
        if (code != wire::code_insured && code != wire::code_performance) return;
        for (std::size_t i = 0; i < above_.size(); ++i) {
            const std::string& other = layout_.records()[i].code;
            const bool stays = i == index || other == wire::code_header || other == wire::code_insured;
            if (!stays) above_[i].is_sound = false;
        }
    }

    std::string_view field(const Column& column) const { return bytes_.substr(column.offset, column.length); }

    // The field of this record or of the one above; nothing when that one is not to be relied on.
    std::optional<std::string_view> field_of(const Column& column) const {
        if (column.record == record_.index) return field(column);
        const Above& above = above_[column.record];
        if (!above.is_sound) return std::nullopt;
        return std::string_view(above.bytes).substr(column.offset, column.length);
    }

    bool is_empty(const Column& column) const { return wire::is_empty(field(column), column.kind); }

    void tell(const char* code, const Column& column, base::Params params, std::string_view return_code,
              Severity severity) {
        const Field& of = layout_.field(column);
        params.insert(params.begin(), {"name", of.name});
        base::Finding finding;
        finding.code = code;
        finding.severity = severity;
        finding.where = {collector_.file(), static_cast<long>(record_.line), of.id, of.position,
                         of.position + of.length - 1};
        finding.params = std::move(params);
        finding.return_code = return_code;
        finding.source = source_;
        collector_.add(std::move(finding));
    }
    void tell(const char* code, const Column& column, base::Params params = {},
              std::string_view return_code = "") {
        const Field& of = layout_.field(column);
        tell(code, column, std::move(params), return_code.empty() ? of.return_code : return_code,
             of.severity);
    }

    // Level 4.
    void check_field(const FieldCheck& check) {
        const std::string_view value = field(check.column);
        if (check.pattern && !check.pattern->matches(value))
            return tell("content_pattern", check.column, {{"pattern", layout_.field(check.column).regex}});
        if (check.rule == FieldRule::bsn) return check_bsn(check.column, value);
        if (wire::is_empty(value, check.column.kind)) return;
        if (check.may_not_begin_with_space && value.front() == ' ')
            return tell("content_leading_space", check.column);
        if (check.rule == FieldRule::agb && !values::AgbCode::parse(value))
            return tell("content_agb", check.column);
        if (!check.letters.empty() && !has_letters(value, check.letters))
            return tell("content_pattern", check.column, {{"pattern", std::string(check.letters)}});
        if (!check.allowed.empty() && check.allowed.find(value) == std::string_view::npos)
            return tell("content_value", check.column, {{"allowed", std::string(check.allowed)}});
        if (check.list != nullptr) check_listed(check, wire::text(value));
    }

    // Nines stand for nobody known (rule of field 0203).
    void check_bsn(const Column& column, std::string_view value) {
        const bool is_dummy = value.find_first_not_of('9') == std::string_view::npos;
        if (!is_dummy && !values::Bsn::parse(value)) tell("content_bsn", column);
    }

    static bool has_letters(std::string_view value, std::string_view letters) {
        for (std::size_t i = 0; i < letters.size(); ++i) {
            const char c = value[i];
            const bool is_digit = c >= '0' && c <= '9';
            const bool is_letter = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
            if (letters[i] == 'N' ? !is_digit : !is_letter) return false;
        }
        return true;
    }

    void check_listed(const FieldCheck& check, std::string_view value) {
        if (check.list->contains(value)) return;
        base::Params params{{"list", check.list->name}};
        if (check.list->complete) return tell("content_code_absent", check.column, std::move(params));
        tell("content_code_unlisted", check.column, std::move(params),
             layout_.field(check.column).return_code, Severity::note);
    }

    // Level 5, by the table.
    void check_relation(const RelationCheck& check) {
        const auto other = field_of(check.other);
        if (!other || agrees(check, field(check.column), *other)) return;
        tell(check.rule->code, check.column, {{"other", layout_.field(check.other).id}},
             check.rule->return_code);
    }

    static bool is_side(std::string_view value) { return value == "D" || value == "C"; }

    static bool agrees(const RelationCheck& check, std::string_view value, std::string_view other) {
        const bool is_filled = !wire::is_empty(value, check.column.kind);
        const bool other_filled = !wire::is_empty(other, check.other.kind);
        switch (check.rule->relation) {
            case Relation::same: return value == other;
            case Relation::not_before: return !is_filled || !other_filled || value >= other;
            case Relation::not_after: return !is_filled || !other_filled || value <= other;
            case Relation::same_side: return !is_side(value) || !is_side(other) || value == other;
            case Relation::at_most: return !other_filled || wire::number(value) <= wire::number(other);
            case Relation::at_least: return !is_filled || wire::number(value) >= wire::number(other);
            case Relation::filled_with: return is_filled == other_filled;
            case Relation::needed_with: return is_filled || !other_filled;
            case Relation::needed_without: return is_filled || other_filled;
            case Relation::filled_when_two: return is_filled == (other == "2");
            case Relation::needed_on_credit: return is_filled || other != "C";
            case Relation::needed_without_bsn:
                return is_filled || other.find_first_not_of('9') != std::string_view::npos;
        }
        return true;
    }

    // All approved (8001) is all that was declared. Else lines that do not come back have a part in the
    // total.
    void check_answer() {
        if (layout_.records()[record_.index].code != wire::code_closing) return;
        const auto granted = find_column(layout_, wire::code_closing, "BED167");
        const auto side = find_column(layout_, wire::code_closing, "COD665");
        const auto declared = find_column(layout_, wire::code_closing, "BED168");
        const auto other = find_column(layout_, wire::code_closing, "COD668");
        if (!granted || !side || !declared || !other || !is_all_approved()) return;
        const bool is_same = wire::signed_cents(field(*granted), field(*side)) ==
                             wire::signed_cents(field(*declared), field(*other));
        if (!is_same) tell("content_granted_total", *granted, {{"other", layout_.field(*declared).id}});
    }

    bool is_all_approved() const {
        for (const std::string_view element : {"COD954", "COD955", "COD956"}) {
            const auto column = header_column(element);
            const auto code = column ? field_of(*column) : std::nullopt;
            if (code == "8001") return true;
        }
        return false;
    }

    // Level 5, what the table cannot say.
    void check_record() {
        const std::string& code = layout_.records()[record_.index].code;
        if (code == wire::code_header) check_header();
        if (code == wire::code_debtor) check_debtor();
        if (references_[record_.index]) check_references(*references_[record_.index]);
        if (performances_[record_.index]) check_performance(*performances_[record_.index]);
    }

    std::optional<Column> header_column(std::string_view element) const {
        return find_column(layout_, wire::code_header, element);
    }

    void check_header() {
        check_dated();
        check_receiver();
        check_declarant();
        check_payee();
        check_invoice();
    }

    // To an insurer, or through a billing office.
    void check_receiver() {
        const auto insurer = header_column("COD061");
        const auto bureau = header_column("COD377");
        if (insurer && bureau && is_empty(*insurer) && is_empty(*bureau))
            tell("content_receiver", *insurer, {{"other", layout_.field(*bureau).id}});
    }

    void check_dated() {
        const auto column = header_column("DAT031");
        const auto day = column ? wire::date(field(*column)) : std::nullopt;
        if (day && known_.today && *day > *known_.today) tell("content_invoice_in_future", *column);
    }

    // Institution, or practice with its provider, or a provider alone.
    void check_declarant() {
        declarant_.clear();
        for (const std::string_view element : {"COD031", "COD181", "COD009"}) {
            const auto column = header_column(element);
            if (!column || is_empty(*column) || !declarant_.empty()) continue;
            declarant_ = field(*column);
        }
        const auto provider = header_column("COD009");
        if (declarant_.empty() && provider) tell("content_declarant", *provider);
    }

    // 01..04 points at the field of who is to be paid.
    void check_payee() {
        static constexpr std::array<std::string_view, 4> elements = {"COD377", "COD009", "COD181", "COD031"};
        const auto payee = header_column("COD833");
        if (!payee) return;
        const auto number = wire::number(field(*payee)).value_or(0);
        if (number < 1 || number > 4) return tell("content_value", *payee, {{"allowed", "01 02 03 04"}});
        const auto pointed = header_column(elements[static_cast<std::size_t>(number - 1)]);
        if (pointed && is_empty(*pointed))
            tell("content_payee", *payee, {{"other", layout_.field(*pointed).id}});
    }

    void check_invoice() {
        const auto dated = header_column("DAT031");
        seen_.declare(declarant_, dated ? wire::date(field(*dated)) : std::nullopt);
        const auto invoice = header_column("NUM029");
        if (!invoice || is_empty(*invoice)) return;
        if (seen_.repeats_invoice(wire::text(field(*invoice)))) tell("content_invoice_repeated", *invoice);
    }

    // A debtor is named to a billing office only.
    void check_debtor() {
        const auto receiver = header_column("COD061");
        const auto to = receiver ? field_of(*receiver) : std::nullopt;
        const bool to_insurer = to && !wire::is_empty(*to, Kind::digits);
        const auto mark = find_column(layout_, wire::code_debtor, "COD001");
        if (to_insurer && mark) tell("content_debtor_record", *mark, {}, "8075", Severity::claim_refused);
    }

    // Of a list that the rulebook knows codes of.
    void check_performance(const PerformanceColumns& columns) {
        const auto performance = values::PerformanceCode::parse(std::string(field(columns.list)) + ":" +
                                                                std::string(wire::text(field(columns.code))));
        if (!performance) return;  // the code lists say so
        const auto& known = known_.performances;
        const auto of_list =
            std::find_if(known.begin(), known.end(),
                         [&](const values::PerformanceCode& one) { return one.list == performance->list; });
        if (of_list == known.end() || std::binary_search(known.begin(), known.end(), *performance)) return;
        tell("content_performance_unlisted", columns.code, {}, layout_.field(columns.code).return_code,
             Severity::note);
    }

    // What a record says, without its number, references and sides.
    static std::string said(std::string_view bytes, const ReferenceColumns& columns) {
        std::string content(bytes);
        for (const Column& column : columns.left_out)
            content.replace(column.offset, column.length, column.length, ' ');
        return content;
    }

    // A tariff says what it says under its performance.
    Key content_key(const ReferenceColumns& columns) const {
        base::Hasher hasher;
        hasher.add(said(bytes_, columns));
        const int service = layout_.record_index(wire::code_performance);
        const bool is_tariff = layout_.records()[record_.index].code == wire::code_tariff;
        if (!is_tariff || service < 0) return key_of(hasher);
        const auto above = static_cast<std::size_t>(service);
        if (references_[above] && above_[above].is_sound)
            hasher.add(said(above_[above].bytes, *references_[above]));
        return key_of(hasher);
    }

    bool is_claim_line() const {
        const bool has_tariffs = layout_.record_index(wire::code_tariff) >= 0;
        return layout_.records()[record_.index].code ==
               (has_tariffs ? wire::code_tariff : wire::code_performance);
    }

    void check_references(const ReferenceColumns& columns) {
        if (is_empty(columns.own)) return;  // mandatory: level 3
        SeenLine line;
        line.own = wire::text(field(columns.own));
        line.previous = wire::text(field(columns.previous));
        line.content = content_key(columns);
        line.record = static_cast<std::uint8_t>(*base::parse_digits(layout_.records()[record_.index].code));
        line.is_claim = is_claim_line();
        line.is_credit = columns.side && field(*columns.side) == "C";
        for (const SeenFault& fault : seen_.add(line, known_.whole_history)) {
            const Column& column = fault.is_of_previous ? columns.previous : columns.own;
            if (fault.is_note)
                tell(fault.code, column, {}, fault.return_code, Severity::note);
            else
                tell(fault.code, column, {}, fault.return_code);
        }
    }

    wire::LayoutRef layout_ref_;
    const Layout& layout_;
    ContentRules rules_;
    const Known& known_;
    Seen::Lines& seen_;
    wire::Collector collector_;
    std::string source_;
    std::vector<Above> above_;  // per record of the layout, the last one read
    std::vector<std::optional<PerformanceColumns>> performances_;
    std::vector<std::optional<ReferenceColumns>> references_;  // likewise
    std::string declarant_;
    Record record_;
    std::string_view bytes_;
};

ContentCheck::ContentCheck(std::unique_ptr<Checker> checker) : checker_(std::move(checker)) {}
ContentCheck::~ContentCheck() = default;

base::Result<std::unique_ptr<ContentCheck>> ContentCheck::create(wire::LayoutRef layout,
                                                                 const std::string& file, const Known& known,
                                                                 Seen& seen, base::Findings& findings,
                                                                 std::size_t bound) {
    BUNDEL_ASSERT(layout != nullptr);
    BUNDEL_TRY(rules, content_rules(*layout, known.lists));
    auto checker = std::make_unique<Checker>(std::move(layout), std::move(rules), file, known, *seen.lines_,
                                             findings, bound);
    return std::unique_ptr<ContentCheck>(new ContentCheck(std::move(checker)));
}

void ContentCheck::add(const Record& record, std::string_view bytes) {
    checker_->add(record, bytes);
}

void ContentCheck::finish() {
    checker_->finish();
}

const std::vector<std::string>& ContentCheck::missing_lists() const {
    return checker_->rules().missing_lists;
}

namespace {

base::Result<base::Done> check_records(const wire::Message& message, const Known& known, Seen& seen,
                                       base::Findings& findings, std::size_t bound) {
    BUNDEL_TRY(check,
               ContentCheck::create(message.layout_ref(), message.file(), known, seen, findings, bound));
    for (const Record& record : message.records()) check->add(record, message.record_bytes(record));
    check->finish();
    return base::Done{};
}

}  // namespace

base::Result<base::Done> check_content(const wire::Message& message, const Known& known, Seen& seen,
                                       base::Findings& findings) {
    return check_records(message, known, seen, findings, SIZE_MAX);
}

Known known_of(const rulebook::Rulebook& rulebook, std::optional<values::Date> today) {
    Known known{rulebook.codelists(), {}, today, false};
    for (const rulebook::Regime& regime : rulebook.regimes()) {
        for (const rulebook::Scope& scope : regime.scopes) known.performances.push_back(scope.performance);
        for (const auto& performance : regime.performances) known.performances.push_back(performance.code);
    }
    std::sort(known.performances.begin(), known.performances.end());
    return known;
}

base::Result<base::Done> note_content(const wire::Message& message, const Known& known,
                                      base::Findings& findings) {
    Seen seen;
    base::Findings official;
    BUNDEL_TRY_DONE(check_records(message, known, seen, official, wire::findings_max));
    for (base::Finding& finding : official) {
        const bool is_said = std::any_of(findings.begin(), findings.end(), [&](const base::Finding& said) {
            return said.where.record == finding.where.record && said.where.field == finding.where.field;
        });
        if (is_said || finding.severity == Severity::note) continue;
        finding.severity = Severity::note;
        findings.push_back(std::move(finding));
    }
    return base::Done{};
}

}  // namespace bundel::intake
