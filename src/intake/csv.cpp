#include <set>
#include <type_traits>

#include "intake/row_facts.h"
#include "intake/within_file.h"

namespace bundel::intake {
namespace {

using base::FixedText;
using base::Severity;
using facts::FactKey;
using facts::JudgementKind;

class FormReader {
public:
    FormReader(const Form& form, const std::vector<wire::CsvRecord>& records, const std::string& file,
               const Source& source, Resolver& resolver, Findings& findings)
        : form_(form),
          records_(records),
          file_(file),
          source_(source),
          resolver_(resolver),
          findings_(findings) {}

    // Whose row it is: nobody when it was refused or is about no woman.
    base::Result<PersonId> read(std::size_t index, Intake& intake) {
        Row row = row_at(index);
        number_delivery(row, intake);
        const facts::Origin origin = origin_of(index);
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
            case FormKind::accounts:
                return region(row, bank_account(row), origin, intake, &facts::Reading::accounts);
            case FormKind::judgements: return judge(row, origin, intake);
            case FormKind::care_lines: return declare(row, index);
            case FormKind::activities:
                return take(row, activity_report(row), origin, intake, &facts::Reading::activities);
            case FormKind::bought:
                return take(row, bought_care(row), origin, intake, &facts::Reading::bought);
            case FormKind::outside:
                return take(row, outside_care(row), origin, intake, &facts::Reading::outside);
            case FormKind::children: return bear(row, origin, intake);
            case FormKind::payments: return pay(payment(row, records_[index]), row, intake);
            case FormKind::advances: return advance_on(advance(row, records_[index]), row, intake);
            case FormKind::settlements: return settle(settlement(row, records_[index]), row, intake);
            case FormKind::openings: return open(opening_balance(row, records_[index]), row, intake);
            case FormKind::adopted: return adopt(adopted_claim(row, records_[index]), row, intake);
        }
        BUNDEL_ASSERT(false);
        return PersonId{};
    }

    // Claim lines are taken when all are read: they are looked at against each other.
    void finish(Intake& intake) {
        refuse_within_file(lines_, [&](const ReadLine& one, const char* code, const char* return_code) {
            row_at(one.place).refuse(code, "regel", return_code);
        });
        for (ReadLine& one : lines_) {
            if (one.refused) continue;
            const PersonId person = one.line.person;
            intake.readings[person].lines.push_back(
                {std::move(one.line), source_.received, origin_of(one.place)});
        }
    }

private:
    Row row_at(std::size_t index) { return Row(form_, records_[index], file_, findings_); }
    facts::Origin origin_of(std::size_t index) const {
        return {source_.message, static_cast<std::int32_t>(records_[index].line)};
    }

    // A table that brings anything brings its number, also when every row was refused. The first row counts.
    void number_delivery(const Row& row, Intake& intake) const {
        if (!is_numbered(form_) || row.empty("levering") || row.empty("praktijk")) return;
        intake.deliveries.try_emplace(row.agb("praktijk"),
                                      std::string(form_.name) + " " + row.text("levering"));
    }

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

    template <class Fact>
    base::Result<PersonId> take(Row& row, Fact fact, const facts::Origin& origin, Intake& intake,
                                List<Fact> list) {
        IdentityRow woman = person_in(row, "");
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

    base::Result<PersonId> advance_on(Advance advance, Row& row, Intake& intake) {
        if (!row.refused() && !advances_.emplace(advance.key, advance.withdrawn).second)
            row.refuse("form_key_repeated", "sleutel");
        if (!row.refused()) intake.advances.push_back(std::move(advance));
        return PersonId{};
    }

    base::Result<PersonId> settle(Settlement settlement, Row& row, Intake& intake) {
        if (!row.refused() && !settlements_.emplace(settlement.key, settlement.withdrawn).second)
            row.refuse("form_key_repeated", "sleutel");
        if (!row.refused()) intake.settlements.push_back(std::move(settlement));
        return PersonId{};
    }

    // A row that is refused is not there, and then the balances do not add up: nothing is booked.
    static base::Result<PersonId> open(OpeningBalance opening, const Row& row, Intake& intake) {
        if (!row.refused()) intake.openings.push_back(std::move(opening));
        return PersonId{};
    }

    base::Result<PersonId> adopt(AdoptedClaim claim, Row& row, Intake& intake) {
        const IdentityRow woman = person_in(row, "");
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
            const IdentityRow woman = person_in(row, "ander_");
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

    base::Result<PersonId> declare(Row& row, std::size_t index) {
        facts::CareLine line = care_line(row, source_.received);
        const IdentityRow woman = person_in(row, "");
        if (row.refused()) return PersonId{};
        BUNDEL_TRY(person, resolver_.person(woman));
        line.person = person;
        line.person_known = woman.bsn.has_value();
        lines_.push_back({std::move(line), index, false});
        return person;
    }

    base::Result<PersonId> bear(Row& row, const facts::Origin& origin, Intake& intake) {
        facts::Child fact = child(row);
        const IdentityRow mother = person_in(row, "");
        const IdentityRow newborn = person_in(row, "kind_");
        if (!is_sound(row, fact.key)) return PersonId{};
        BUNDEL_TRY(person, resolver_.person(mother));
        BUNDEL_TRY(born, resolver_.person(newborn));
        if (person == born) {
            row.refuse("form_child_is_mother", "kind_bsn");
            return PersonId{};
        }
        fact.person = person;
        fact.child = born;
        intake.readings[person].children.push_back({fact, source_.received, origin});
        return person;
    }

    const Form& form_;
    const std::vector<wire::CsvRecord>& records_;
    const std::string& file_;
    const Source& source_;
    Resolver& resolver_;
    Findings& findings_;
    std::vector<ReadLine> lines_;
    std::set<std::pair<FixedText<40>, std::uint16_t>> keys_;
    std::set<std::tuple<UzoviCode, FixedText<40>, bool>> payments_;
    std::set<std::pair<FixedText<40>, bool>> advances_;
    std::set<std::pair<FixedText<40>, bool>> settlements_;
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
    FormReader reader(*form, *records, file, source, resolver, findings);
    std::map<long, PersonId> owners;
    for (const wire::CsvRow& row : table->rows) owners[row.line] = {};
    for (const base::Finding& left_out : found) {
        if (left_out.where.record > 1) owners[left_out.where.record] = {};
    }
    for (std::size_t i = 0; i < records->size(); ++i) {
        BUNDEL_TRY(person, reader.read(i, intake));
        owners[(*records)[i].line] = person;
    }
    reader.finish(intake);
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
