#include "intake/row_facts.h"

namespace bundel::intake {
using facts::EnrolmentEnd;
using facts::JudgementKind;
using facts::Outcome;
using values::Payer;

IdentityRow person_in(Row& row, const std::string& prefix) {
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
    // Both are about the question they name.
    const auto told_by = kind == JudgementKind::send_anyway ? JudgementKind::accept : kind;
    for (const Subject& subject : subjects) {
        const bool is_its = subject.kind == told_by;
        if (is_its && subject.is_required && row.empty(subject.column))
            row.refuse("form_subject_missing", subject.column);
        if (!is_its && !row.empty(subject.column)) row.refuse("form_subject_unexpected", subject.column);
    }
}

}  // namespace bundel::intake
