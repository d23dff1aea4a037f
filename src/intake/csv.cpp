#include <algorithm>
#include <set>
#include <type_traits>

#include "base/text.h"
#include "intake/forms.h"
#include "intake/intake.h"

namespace bundel::intake {
namespace {

using base::FixedText;
using base::Severity;
using facts::EnrolmentEnd;
using facts::FactKey;
using facts::JudgementKind;
using facts::Outcome;
using values::Payer;
using values::Period;

std::optional<Date> day_of(std::string_view text) {
    std::string iso(text);
    if (text.size() == 10 && text[2] == '-')  // 29-02-2024
        iso = iso.substr(6) + "-" + iso.substr(3, 2) + "-" + iso.substr(0, 2);
    const auto day = Date::parse(iso);
    return day ? std::optional(*day) : std::nullopt;
}

// One row. What is wrong is told once per column, and the row is refused; reading goes on, so that everything
// wrong with it is told.
class Row {
public:
    Row(const Form& form, const wire::CsvRecord& record, const std::string& file, Findings& findings)
        : form_(form), record_(record), file_(file), findings_(findings) {}

    bool refused() const { return refused_; }

    void refuse(const char* code, std::string_view column, const char* return_code = "") {
        const auto place = static_cast<int>(index_of(column)) + 1;
        refused_ = true;
        base::Finding finding;
        finding.code = code;
        finding.severity = Severity::line_refused;
        finding.where = {file_, record_.line, std::string(column), place, place};
        finding.return_code = return_code;
        finding.source = "docs/reference/csv.md";
        findings_.push_back(std::move(finding));
    }

    const std::string& text(std::string_view column) const { return record_.cells[index_of(column)]; }
    bool empty(std::string_view column) const { return text(column).empty(); }

    std::optional<Date> day_if(std::string_view column) const {
        return empty(column) ? std::nullopt : day_of(text(column));
    }
    Date day(std::string_view column) const { return day_if(column).value_or(Date()); }  // wire: it is a day

    AgbCode agb(std::string_view column) const {
        const auto code = AgbCode::parse(text(column));
        return code ? *code : AgbCode::none();
    }
    UzoviCode uzovi(std::string_view column) const {
        const auto code = UzoviCode::parse(text(column));
        return code ? *code : UzoviCode::none();
    }
    std::optional<Cents> euros(std::string_view column) const {
        const auto amount = Cents::parse_euros(text(column));
        return amount ? std::optional(*amount) : std::nullopt;
    }

    template <std::size_t N>
    FixedText<N> fixed(std::string_view column) {
        if (FixedText<N>::fits(text(column))) return FixedText<N>::of(text(column));
        refuse("form_text_long", column);
        return {};
    }

    std::int32_t number(std::string_view column, std::int32_t min, std::int32_t max,
                        std::int32_t when_empty) {
        if (empty(column)) return when_empty;
        const auto found = base::parse_digits(text(column), max);
        if (found && *found >= min) return static_cast<std::int32_t>(*found);
        refuse("form_number_range", column);
        return when_empty;
    }

    template <class Value>
    std::optional<Value> word_if(std::string_view column) {
        if (empty(column)) return std::nullopt;
        std::string wanted = text(column);
        std::replace(wanted.begin(), wanted.end(), '_', ' ');
        for (const Word& word : words_of(column)) {
            if (word.text == wanted) return static_cast<Value>(word.value);
        }
        refuse("form_word_unknown", column);
        return std::nullopt;
    }
    template <class Value>
    Value word(std::string_view column, Value otherwise) {
        return word_if<Value>(column).value_or(otherwise);
    }

    FactKey key() {
        const auto version = static_cast<std::uint16_t>(number("versie", 1, UINT16_MAX, 1));
        return {fixed<40>("sleutel"), version, text("vervallen") == "ja"};
    }

    // "begin" and "eind"; an empty end is open.
    Period period() {
        const Period period{day("begin"), day_if("eind").value_or(Date::far_future())};
        if (period.last < period.first) refuse("form_period_reversed", "eind");
        return period;
    }

private:
    std::size_t index_of(std::string_view column) const {
        const auto found = std::find_if(form_.columns.begin(), form_.columns.end(),
                                        [&](const wire::CsvColumn& one) { return one.name == column; });
        BUNDEL_ASSERT(found != form_.columns.end());
        return static_cast<std::size_t>(found - form_.columns.begin());
    }

    const Form& form_;
    const wire::CsvRecord& record_;
    const std::string& file_;
    Findings& findings_;
    bool refused_ = false;
};

IdentityRow woman_in(Row& row, const std::string& prefix) {
    IdentityRow woman;
    woman.declarant = row.agb(prefix + "praktijk");
    woman.patient_number = row.text(prefix + "patientnummer");
    std::string digits = row.text(prefix + "bsn");
    if (digits.size() == 8) digits.insert(0, 1, '0');
    const auto bsn = values::Bsn::parse(digits);
    if (bsn) woman.bsn = *bsn;
    const bool is_wrong = !bsn && bsn.error().code == "bsn_check";
    const bool is_named = woman.bsn || (!woman.declarant.is_none() && !woman.patient_number.empty());
    if (is_wrong)
        row.refuse("form_bsn_wrong", prefix + "bsn", "0435");
    else if (!is_named)
        row.refuse("form_woman_missing", prefix + "patientnummer");
    return woman;
}

// What an enrolment may tell of who she is; only the vault keeps it.
void add_details(Row& row, IdentityRow& woman) {
    woman.birth_date = row.day_if("geboortedatum");
    woman.sex = row.text("geslacht");
    woman.name = row.text("naam");
    woman.prefix = row.text("voorvoegsel");
    woman.initials = row.text("voorletters");
    woman.postcode = row.text("postcode");
    std::erase(woman.postcode, ' ');
    woman.house_number = row.text("huisnummer");
    woman.house_number_addition = row.text("toevoeging");
    if (!woman.sex.empty() && woman.sex != "1" && woman.sex != "2")
        row.refuse("form_number_range", "geslacht");
}

facts::Enrolment enrolment(Row& row) {
    facts::Enrolment fact;
    fact.key = row.key();
    fact.practice = row.agb("praktijk");
    fact.begin = row.period().first;
    fact.end = row.day_if("eind");
    fact.end_reason = row.word("reden", EnrolmentEnd::none);
    if (!row.empty("reden") && !fact.end) row.refuse("form_end_missing", "eind");
    const auto source = row.word("a_terme_bron", values::DueDateSource::registered);
    const int precision = row.number("a_terme_marge", 0, 60, 0);
    if (const auto due = row.day_if("a_terme")) fact.due = values::DueDate{*due, source, precision};
    return fact;
}

facts::OutcomeReport outcome(Row& row) {
    facts::OutcomeReport fact;
    fact.key = row.key();
    fact.reporter = row.agb("praktijk");
    fact.outcome = row.word("uitkomst", Outcome::unknown);
    fact.day = row.day("datum");
    fact.children = row.number("kinderen", 0, 9, 0);
    const bool is_birth = fact.outcome == Outcome::live_birth || fact.outcome == Outcome::stillbirth;
    if (is_birth && fact.children == 0) row.refuse("form_children_missing", "kinderen");
    if (!is_birth && fact.children != 0) row.refuse("form_children_unexpected", "kinderen");
    if (row.empty("zwangerschapsduur")) return fact;
    const auto age = values::GestationalAge::parse(row.text("zwangerschapsduur"));
    if (age) fact.age = *age;
    if (!age) row.refuse("form_gestational_age", "zwangerschapsduur");
    return fact;
}

facts::PhaseEnd phase_end(Row& row) {
    facts::PhaseEnd fact;
    fact.key = row.key();
    fact.phase = row.word("fase", values::PhaseKind::prenatal);
    fact.last_day = row.day("datum");
    fact.reason = row.word("reden", EnrolmentEnd::none);
    fact.reporter = row.agb("praktijk");
    return fact;
}

facts::Insurance insurance(Row& row) {
    facts::Insurance fact;
    fact.key = row.key();
    fact.payer = row.word("betaler", Payer::insurer);
    fact.insurer = row.uzovi("verzekeraar");
    fact.period = row.period();
    const bool by_insurer = fact.payer == Payer::insurer;
    if (by_insurer && fact.insurer.is_none()) row.refuse("form_insurer_missing", "verzekeraar");
    if (!by_insurer && !fact.insurer.is_none()) row.refuse("form_insurer_unexpected", "verzekeraar");
    return fact;
}

facts::Membership membership(Row& row) {
    facts::Membership fact;
    fact.key = row.key();
    fact.organisation = row.agb("organisatie");
    fact.igo = row.agb("igo");
    fact.period = row.period();
    fact.status = row.word("status", values::Status::verified);
    return fact;
}

std::vector<std::string_view> pieces(std::string_view text, char separator) {
    std::vector<std::string_view> found;
    for (const std::string_view piece : base::split(text, separator)) {
        if (!base::trim(piece).empty()) found.push_back(base::trim(piece));
    }
    return found;
}

std::vector<UzoviCode> labels(Row& row) {
    std::vector<UzoviCode> found;
    for (const std::string_view piece : pieces(row.text("labels"), ' ')) {
        const auto code = UzoviCode::parse(piece);
        if (!code || std::find(found.begin(), found.end(), *code) != found.end()) {
            row.refuse("form_labels", "labels");
            return {};
        }
        found.push_back(*code);
    }
    std::sort(found.begin(), found.end());
    return found;
}

// "prenatal 2024-01-01 2024-12-31 700,00"; "-" for an open end.
std::optional<facts::Price> price_of(std::string_view text) {
    const auto words = pieces(text, ' ');
    if (words.size() != 4 || !FixedText<32>::fits(words[0])) return std::nullopt;
    const auto first = day_of(words[1]);
    const auto last = words[2] == "-" ? Date::far_future() : day_of(words[2]);
    const auto amount = Cents::parse_euros(words[3]);
    if (!first || !last || *last < *first || !amount || amount->is_negative()) return std::nullopt;
    return facts::Price{FixedText<32>::of(words[0]), {*first, *last}, *amount};
}

std::vector<facts::Price> prices(Row& row) {
    std::vector<facts::Price> found;
    for (const std::string_view piece : pieces(row.text("prijzen"), '|')) {
        const auto price = price_of(piece);
        if (!price) {
            row.refuse("form_prices", "prijzen");
            return {};
        }
        found.push_back(*price);
    }
    std::sort(found.begin(), found.end(), [](const facts::Price& a, const facts::Price& b) {
        return std::tie(a.performance, a.period) < std::tie(b.performance, b.period);
    });
    const auto twice = std::adjacent_find(found.begin(), found.end(), [](const auto& a, const auto& b) {
        return a.performance == b.performance && a.period.overlaps(b.period);
    });
    if (twice != found.end()) row.refuse("form_prices_overlap", "prijzen");
    return found;
}

facts::Contract contract(Row& row) {
    facts::Contract fact;
    fact.key = row.key();
    fact.igo = row.agb("igo");
    fact.labels = labels(row);
    fact.period = row.period();
    fact.regime = row.fixed<16>("regime");
    fact.status = row.word("status", values::Status::example);
    fact.overlap = row.word("samenloop", values::OverlapPolicy::fall_back);
    fact.submit_months = row.number("indienen_maanden", 1, 120, 1);
    fact.ask_before_days = row.number("vraag_dagen", 0, 3650, 0);
    fact.answer_term_days = row.number("antwoord_dagen", 1, 3650, 1);
    fact.break_extent = row.word_if<values::BreakExtent>("breuk");
    fact.tariff_day = row.word_if<values::ReferenceDay>("peildag_tarief");
    fact.membership_day = row.word_if<values::ReferenceDay>("peildag_lidmaatschap");
    fact.deduct_fixed = row.euros("vaste_aftrek");
    const bool deducts = fact.overlap == values::OverlapPolicy::deduct_fixed;
    if (deducts != fact.deduct_fixed.has_value()) row.refuse("form_deduction", "vaste_aftrek");
    if (fact.deduct_fixed && fact.deduct_fixed->is_negative())
        row.refuse("form_amount_negative", "vaste_aftrek");
    fact.prices = prices(row);
    return fact;
}

facts::Judgement judgement(Row& row) {
    facts::Judgement fact;
    fact.key = row.key();
    fact.kind = row.word("uitspraak", JudgementKind::accept);
    fact.line = {row.agb("regel_agb"), row.fixed<20>("regel")};
    fact.claim = row.fixed<20>("claim");
    fact.question = row.fixed<64>("vraag");
    fact.by = row.fixed<20>("door");
    return fact;
}

Payment payment(Row& row, const wire::CsvRecord& record) {
    Payment found;
    found.key = row.fixed<40>("sleutel");
    found.withdrawn = row.text("vervallen") == "ja";
    found.insurer = row.uzovi("uzovi");
    found.declarant = row.agb("declarant");
    found.claim = row.fixed<20>("claim");
    found.day = row.day("betaaldag");
    found.amount = row.euros("bedrag").value_or(Cents());
    found.record = static_cast<std::int32_t>(record.line);
    if (found.amount.is_zero()) row.refuse("form_amount_zero", "bedrag");
    return found;
}

values::PhaseSet phases(Row& row, bool forwarded) {
    values::PhaseSet found;
    bool known = true;
    for (const std::string_view name : pieces(row.text("fasen"), ' ')) {
        const auto words = words_of("fase");
        const auto phase =
            std::find_if(words.begin(), words.end(), [&](const Word& word) { return word.text == name; });
        known = known && phase != words.end();
        if (known) found.add(static_cast<values::PhaseKind>(phase->value));
    }
    if (!known || found.empty() != forwarded) row.refuse("form_phases_wrong", "fasen");
    return found;
}

std::vector<FixedText<4>> return_codes(Row& row) {
    std::vector<FixedText<4>> found;
    for (const std::string_view code : pieces(row.text("retourcodes"), ' ')) {
        if (!FixedText<4>::fits(code) || found.size() == 3) {
            row.refuse("form_codes_wrong", "retourcodes");
            return {};
        }
        found.push_back(FixedText<4>::of(code));
    }
    return found;
}

// What was granted follows from the state, or says more of it.
void add_answer(Row& row, AdoptedClaim& claim) {
    claim.state = row.word("stand", AdoptedState::sent);
    claim.answered = row.day_if("beantwoord");
    const auto written = row.euros("toegekend");
    if (claim.state == AdoptedState::sent) {
        if (claim.answered) row.refuse("form_answer_unexpected", "beantwoord");
        if (written) row.refuse("form_answer_unexpected", "toegekend");
        return;
    }
    if (!claim.answered) row.refuse("form_answer_missing", "beantwoord");
    if (claim.answered && *claim.answered < claim.sent) row.refuse("form_days_disordered", "beantwoord");
    const Cents whole = claim.state == AdoptedState::approved ? claim.amount : Cents();
    claim.granted = written.value_or(whole);
    const bool in_part = claim.granted > Cents() && claim.granted < claim.amount;
    const bool fits = claim.state == AdoptedState::approved_other_amount ? in_part : claim.granted == whole;
    if (!fits) row.refuse("form_granted_wrong", "toegekend");
}

void add_payment(Row& row, AdoptedClaim& claim) {
    claim.paid = row.euros("betaald").value_or(Cents());
    claim.paid_day = row.day_if("betaald_op");
    const Cents most = claim.debit.empty() ? claim.granted : Cents();
    if (claim.paid.is_negative() || claim.paid > most) row.refuse("form_paid_wrong", "betaald");
    if (claim.paid.is_zero() == claim.paid_day.has_value()) row.refuse("form_paid_wrong", "betaald_op");
}

AdoptedClaim adopted_claim(Row& row, const wire::CsvRecord& record) {
    AdoptedClaim claim;
    claim.record = static_cast<std::int32_t>(record.line);
    claim.forwarded = row.word<std::uint8_t>("claimsoort", 0) != 0;
    claim.declarant = row.agb("declarant");
    claim.reference = row.fixed<20>("referentie");
    claim.debit = row.fixed<20>("credit_van");
    claim.line = row.fixed<20>("regel");
    claim.insurer = row.uzovi("uzovi");
    if (const auto code = PerformanceCode::parse(row.text("prestatie")))
        claim.performance = *code;
    else
        row.refuse("form_performance_wrong", "prestatie");
    claim.care = {row.day("eerste_dag"), row.day("laatste_dag")};
    if (claim.care.last < claim.care.first) row.refuse("form_period_reversed", "laatste_dag");
    claim.amount = row.euros("bedrag").value_or(Cents());
    if (claim.amount <= Cents()) row.refuse("form_number_range", "bedrag");
    claim.phases = phases(row, claim.forwarded);
    claim.contract = row.fixed<40>("contract");
    claim.sent = row.day("verzonden");
    add_answer(row, claim);
    claim.codes = return_codes(row);
    add_payment(row, claim);
    return claim;
}

// What each kind of judgement is about, and nothing else: a cell too many is a mistake in what was decided.
void check_subject(Row& row, JudgementKind kind) {
    struct Subject {
        std::string_view column;
        JudgementKind kind;
        bool is_required;
    };
    static constexpr Subject subjects[] = {{"ander_bsn", JudgementKind::same_person, false},
                                           {"ander_praktijk", JudgementKind::same_person, false},
                                           {"ander_patientnummer", JudgementKind::same_person, false},
                                           {"regel_agb", JudgementKind::line_is_hers, true},
                                           {"regel", JudgementKind::line_is_hers, true},
                                           {"claim", JudgementKind::send_again, true},
                                           {"vraag", JudgementKind::accept, true}};
    const auto told_by =
        kind == JudgementKind::send_anyway ? JudgementKind::accept : kind;  // by its question
    for (const Subject& subject : subjects) {
        const bool is_its = subject.kind == told_by;
        if (is_its && subject.is_required && row.empty(subject.column))
            row.refuse("form_subject_missing", subject.column);
        if (!is_its && !row.empty(subject.column)) row.refuse("form_subject_unexpected", subject.column);
    }
}

class FormReader {
public:
    FormReader(const Form& form, const std::string& file, const Source& source, Resolver& resolver,
               Findings& findings)
        : form_(form), file_(file), source_(source), resolver_(resolver), findings_(findings) {}

    // Whose row it is: nobody when it was refused or is about no woman.
    base::Result<PersonId> read(const wire::CsvRecord& record, Intake& intake) {
        Row row(form_, record, file_, findings_);
        const facts::Origin origin{source_.message, static_cast<std::int32_t>(record.line)};
        switch (form_.kind) {
            case FormKind::enrolments:
                return take(row, enrolment(row), origin, intake, &facts::Reading::enrolments);
            case FormKind::outcomes:
                return take(row, outcome(row), origin, intake, &facts::Reading::outcomes);
            case FormKind::phase_ends:
                return take(row, phase_end(row), origin, intake, &facts::Reading::phase_ends);
            case FormKind::insurances:
                return take(row, insurance(row), origin, intake, &facts::Reading::insurances);
            case FormKind::memberships:
                return region(row, membership(row), origin, intake, &facts::Reading::memberships);
            case FormKind::contracts:
                return region(row, contract(row), origin, intake, &facts::Reading::contracts);
            case FormKind::judgements: return judge(row, origin, intake);
            case FormKind::payments: return pay(payment(row, record), row, intake);
            case FormKind::adopted: return adopt(adopted_claim(row, record), row, intake);
        }
        BUNDEL_ASSERT(false);
        return PersonId{};
    }

private:
    template <class Fact>
    using List = std::vector<facts::Known<Fact>> facts::Reading::*;

    bool is_sound(Row& row, const FactKey& key) {
        if (!row.refused() && !keys_.emplace(key.key, key.version).second)
            row.refuse("form_key_repeated", "sleutel");
        return !row.refused();
    }

    template <class Fact>
    base::Result<PersonId> region(Row& row, Fact fact, const facts::Origin& origin, Intake& intake,
                                  List<Fact> list) {
        if (is_sound(row, fact.key))
            (intake.readings[PersonId{}].*list).push_back({std::move(fact), source_.received, origin});
        return PersonId{};
    }

    // The vault is asked last: a row that is refused makes nobody known.
    template <class Fact>
    base::Result<PersonId> take(Row& row, Fact fact, const facts::Origin& origin, Intake& intake,
                                List<Fact> list) {
        IdentityRow woman = woman_in(row, "");
        if constexpr (std::is_same_v<Fact, facts::Enrolment>) add_details(row, woman);
        if (!is_sound(row, fact.key)) return PersonId{};
        BUNDEL_TRY(person, resolver_.person(woman));
        fact.person = person;
        (intake.readings[person].*list).push_back({std::move(fact), source_.received, origin});
        return person;
    }

    base::Result<PersonId> pay(Payment payment, Row& row, Intake& intake) {
        // A withdrawn row may stand below the row that it takes back.
        if (!row.refused() && !payments_.emplace(payment.insurer, payment.key, payment.withdrawn).second)
            row.refuse("form_key_repeated", "sleutel");
        if (!row.refused()) intake.payments.push_back(std::move(payment));
        return PersonId{};
    }

    base::Result<PersonId> adopt(AdoptedClaim claim, Row& row, Intake& intake) {
        const IdentityRow woman = woman_in(row, "");
        if (row.refused()) return PersonId{};
        BUNDEL_TRY(person, resolver_.person(woman));
        claim.person = person;
        intake.adopted.push_back(std::move(claim));
        return person;
    }

    base::Result<PersonId> judge(Row& row, const facts::Origin& origin, Intake& intake) {
        facts::Judgement fact = judgement(row);
        if (!row.refused()) check_subject(row, fact.kind);
        if (!row.refused() && fact.kind == JudgementKind::same_person) {
            const IdentityRow woman = woman_in(row, "ander_");
            if (row.refused()) return PersonId{};
            BUNDEL_TRY(other, resolver_.person(woman));
            fact.other = other;
        }
        // A question may be about a message and not about a woman.
        const bool about_nobody =
            fact.kind == JudgementKind::accept && row.empty("bsn") && row.empty("patientnummer");
        if (about_nobody) return region(row, fact, origin, intake, &facts::Reading::judgements);
        return take(row, fact, origin, intake, &facts::Reading::judgements);
    }

    const Form& form_;
    const std::string& file_;
    const Source& source_;
    Resolver& resolver_;
    Findings& findings_;
    std::set<std::pair<FixedText<40>, std::uint16_t>> keys_;
    std::set<std::tuple<UzoviCode, FixedText<40>, bool>> payments_;
};

// Byte offset at which each line starts; line n at index n - 1, one more for the end.
std::vector<std::size_t> line_starts(std::string_view bytes) {
    std::vector<std::size_t> starts{0};
    for (std::size_t at = bytes.find('\n'); at != std::string_view::npos; at = bytes.find('\n', at + 1))
        starts.push_back(at + 1);
    return starts;
}

// Header, and rows from line to line. Owner: line where a row starts and whose it is.
std::vector<facts::Segment> segments_of(std::string_view bytes, const std::map<long, PersonId>& owners) {
    const auto starts = line_starts(bytes);
    std::vector<facts::Segment> segments;
    std::size_t at = 0;
    PersonId owner;
    const auto close = [&](std::size_t end) {
        if (end > at) segments.push_back({owner, std::string(bytes.substr(at, end - at))});
        at = end;
    };
    for (const auto& [line, person] : owners) {
        close(starts[static_cast<std::size_t>(line) - 1]);
        owner = person;
    }
    close(bytes.size());
    return segments;
}

}  // namespace

base::Result<std::optional<Intake>> read_csv(std::string_view bytes, const std::string& file,
                                             const Source& source, Resolver& resolver, Findings& findings) {
    Findings found;
    const auto table = wire::read_csv(bytes, file, found);
    findings.insert(findings.end(), found.begin(), found.end());
    if (!table) return std::optional<Intake>();
    const Form* form = recognise(*table);
    if (form == nullptr) {
        findings.push_back(
            {"form_unknown", Severity::file_refused, {file, 1, "", 0, 0}, {}, "", "docs/reference/csv.md"});
        return std::optional<Intake>();
    }
    const auto records = wire::read_form(*table, {form->name, form->columns}, findings);
    if (!records) return std::optional<Intake>();

    Intake intake;
    intake.kind = "csv " + std::string(form->name);
    FormReader reader(*form, file, source, resolver, findings);
    std::map<long, PersonId> owners;
    for (const wire::CsvRow& row : table->rows) owners[row.line] = {};
    for (const base::Finding& left_out : found) {
        if (left_out.where.record > 1) owners[left_out.where.record] = {};
    }
    for (const wire::CsvRecord& record : *records) {
        BUNDEL_TRY(person, reader.read(record, intake));
        owners[record.line] = person;
    }
    // A refused row may hold a BSN: it is kept under a person of its own, so that it can be forgotten.
    for (auto& [line, person] : owners) {
        if (!form->about_woman || !person.is_nobody()) continue;
        IdentityRow nobody;
        nobody.patient_number = "?" + source.message.hex().substr(0, 16) + "/" + std::to_string(line);
        BUNDEL_TRY(own, resolver.person(nobody));
        person = own;
    }
    intake.segments = segments_of(bytes, owners);
    return std::optional<Intake>(std::move(intake));
}

}  // namespace bundel::intake
