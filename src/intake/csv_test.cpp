#include <gtest/gtest.h>

#include <fstream>
#include <iterator>

#include "base/text.h"
#include "intake/forms.h"
#include "support/any_vault.h"

namespace bundel::intake {
namespace {

const Source source{base::digest("csv"), Date::of(2024, 5, 6)};
const char* const woman = "123456782";

struct Read {
    std::optional<Intake> intake;
    Findings findings;
    AnyVault vault;
};

Read read(const std::string& bytes) {
    Read result;
    auto intake = read_csv(bytes, "test.csv", source, result.vault, result.findings);
    BUNDEL_ASSERT(intake.ok());
    result.intake = std::move(*intake);
    return result;
}

std::size_t facts_in(const Intake& intake) {
    std::size_t count = intake.payments.size() + intake.adopted.size() + intake.advances.size() +
                        intake.openings.size() + intake.settlements.size();
    for (const auto& [person, reading] : intake.readings) {
        count += reading.enrolments.size() + reading.outcomes.size() + reading.phase_ends.size() +
                 reading.insurances.size() + reading.judgements.size() + reading.memberships.size() +
                 reading.contracts.size() + reading.lines.size() + reading.activities.size() +
                 reading.bought.size() + reading.outside.size() + reading.children.size() +
                 reading.accounts.size();
    }
    return count;
}

std::string page() {
    std::ifstream file(std::string(BUNDEL_SOURCE_DIR) + "/docs/reference/csv.md");
    return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

std::vector<std::string> examples() {
    std::vector<std::string> found;
    const std::string text = page();
    const std::string open = "```csv\n";
    for (auto at = text.find(open); at != std::string::npos; at = text.find(open, at + 1)) {
        const auto start = at + open.size();
        found.push_back(text.substr(start, text.find("```", start) - start));
    }
    return found;
}

TEST(Forms, ThePageHasAnExampleOfEachThatIsReadWhole) {
    std::vector<std::string> kinds;
    for (const std::string& example : examples()) {
        SCOPED_TRACE(example);
        const Read got = read(example);
        ASSERT_TRUE(got.intake);
        EXPECT_TRUE(got.findings.empty());
        const auto rows = static_cast<std::size_t>(std::count(example.begin(), example.end(), '\n')) - 1;
        EXPECT_EQ(facts_in(*got.intake), rows);
        EXPECT_EQ(bytes_of(got.intake->segments), example);
        if (kinds.empty() || kinds.back() != got.intake->kind) kinds.push_back(got.intake->kind);
    }
    std::vector<std::string> expected;
    for (const Form& form : forms()) expected.push_back("csv " + std::string(form.name));
    EXPECT_EQ(kinds, expected);
}

std::string row_on_page(const wire::CsvColumn& column) {
    std::string meaning(column.meaning);
    if (const auto bar = meaning.find('|'); bar != std::string::npos) meaning.insert(bar, "\\");
    return "| " + std::string(column.name) + " |" + (column.column_required ? " ja |" : " |") +
           (column.cell_required ? " ja | " : " | ") + meaning + " |\n";
}

TEST(Forms, ThePageTellsEveryColumnAndWord) {
    const std::string text = page();
    for (const Form& form : forms()) {
        SCOPED_TRACE(form.name);
        std::string table = "| kolom | kolom | cel | betekenis |\n|---|---|---|---|\n";
        for (const wire::CsvColumn& column : form.columns) {
            table += row_on_page(column);
            for (const Word& word : words_of(column.name))
                EXPECT_NE(text.find("`" + std::string(word.text) + "`"), std::string::npos) << word.text;
        }
        EXPECT_NE(text.find(table), std::string::npos) << table;
    }
}

TEST(Forms, AMarkIsOfOneFormOnlyAndRequired) {
    for (const Form& form : forms()) {
        for (const Form& other : forms()) {
            const bool has = std::any_of(other.columns.begin(), other.columns.end(), [&](const auto& column) {
                return column.name == form.mark && column.column_required;
            });
            EXPECT_EQ(has, form.kind == other.kind) << form.mark << " " << other.name;
        }
    }
}

TEST(Forms, HeaderFaultsRefuseTheFile) {
    struct Row {
        const char* bytes;
        const char* code;
    };
    const Row rows[] = {
        {"", "file_empty"},
        {"sleutel;bsn\nx;123456782\n", "form_unknown"},
        {"sleutel;a_terme;uitkomst\nx;;\n", "form_unknown"},
        {"sleutel;organisatie;igo\nx;08000101;53000001\n", "csv_column_missing"},
        {"sleutel;organisatie;igo;begin;kleur\nx;08000101;53000001;2024-01-01;rood\n", "csv_column_unknown"},
    };
    for (const Row& row : rows) {
        SCOPED_TRACE(row.bytes);
        const Read got = read(row.bytes);
        EXPECT_FALSE(got.intake);
        ASSERT_FALSE(got.findings.empty());
        EXPECT_EQ(got.findings[0].code, row.code);
        EXPECT_EQ(got.findings[0].severity, base::Severity::file_refused);
        EXPECT_TRUE(got.vault.seen.empty());
    }
}

const std::string enrolments =
    "sleutel;versie;vervallen;bsn;praktijk;patientnummer;begin;eind;reden;a_terme;a_terme_bron;a_terme_"
    "marge\n";
const std::string outcomes = "sleutel;bsn;praktijk;patientnummer;uitkomst;datum;kinderen;zwangerschapsduur\n";
const std::string phase_ends = "sleutel;bsn;fase;datum;reden\n";
const std::string insurances = "sleutel;bsn;verzekeraar;betaler;begin;eind\n";
const std::string accounts = "sleutel;houder;uzovi;iban;naam;begin;eind;status;door\n";
const std::string memberships = "sleutel;organisatie;igo;begin;eind;status\n";
const std::string contracts =
    "sleutel;igo;labels;begin;eind;regime;samenloop;indienen_maanden;vraag_dagen;antwoord_dagen;vaste_aftrek;"
    "peildag_tarief;prijzen\n";
const std::string agreed =  // what a contract may add
    "sleutel;igo;labels;begin;regime;samenloop;indienen_maanden;vraag_dagen;antwoord_dagen;prijzen;"
    "prestaties;"
    "passant;eigen_bijdrage;plafond_aantal;plafond_omzet\n";
const std::string care_lines =
    "praktijk;regel;vorige;credit;bsn;patientnummer;uzovi;prestatie;begin;eind;aantal;minuten;bedrag;"
    "activiteiten;factuurdatum\n";
const std::string activities = "sleutel;bsn;regel_agb;regel;activiteit;datum;aantal\n";
const std::string bought = "sleutel;bsn;inkoop;koper;leverancier;begin;eind;bedrag\n";
const std::string outside = "sleutel;bsn;uzovi;declarant;begin;eind;bedrag\n";
const std::string children = "sleutel;bsn;kind_bsn;kind_praktijk;kind_patientnummer;geboren\n";
const std::string advances = "sleutel;vervallen;voorschot;partij;dag;beweging;bedrag\n";
const std::string openings = "rekening;beginsaldo\n";
const std::string payments = "sleutel;vervallen;uzovi;indiener;claim;betaaldag;bedrag\n";
const std::string settled_payments = "sleutel;uzovi;indiener;claim;van_afrekening;betaaldag;bedrag\n";
const std::string settlements = "sleutel;vervallen;afrekening;uzovi;jaar;claim;bedrag\n";
const std::string judgements =
    "sleutel;bsn;patientnummer;uitspraak;ander_bsn;ander_praktijk;ander_patientnummer;regel_agb;regel;claim;"
    "vraag;door\n";

TEST(Forms, RowsThatAreRefusedAndTheirNeighboursAtTheBorder) {
    struct Row {
        const std::string& header;
        std::string row;
        const char* code;  // "": taken
        const char* column;
    };
    const std::string long_key(41, 'k');
    const Row rows[] = {
        {enrolments, "a;;;123456782;08000101;;2024-01-01;;;;;", "", ""},
        {enrolments, ";;;123456782;08000101;;2024-01-01;;;;;", "csv_cell_empty", "sleutel"},
        {enrolments, long_key + ";;;123456782;08000101;;2024-01-01;;;;;", "form_text_long", "sleutel"},
        {enrolments, long_key.substr(1) + ";;;123456782;08000101;;2024-01-01;;;;;", "", ""},
        {enrolments, "a;0;;123456782;08000101;;2024-01-01;;;;;", "form_number_range", "versie"},
        {enrolments, "a;65535;;123456782;08000101;;2024-01-01;;;;;", "", ""},
        {enrolments, "a;65536;;123456782;08000101;;2024-01-01;;;;;", "form_number_range", "versie"},
        {enrolments, "a;;misschien;123456782;08000101;;2024-01-01;;;;;", "csv_cell_yes_no", "vervallen"},
        {enrolments, "a;;;123456783;08000101;V1;2024-01-01;;;;;", "form_bsn_wrong", "bsn"},
        {enrolments, "a;;;999999999;08000101;V1;2024-01-01;;;;;", "", ""},
        {enrolments, "a;;;999999999;08000101;;2024-01-01;;;;;", "form_woman_missing", "patientnummer"},
        {enrolments, "a;;;;08000101;;2024-01-01;;;;;", "form_woman_missing", "patientnummer"},
        {enrolments, "a;;;;08000101;V1;2024-01-01;;;;;", "", ""},
        {enrolments, "a;;;123456782;00000001;;2024-01-01;;;;;", "csv_cell_agb", "praktijk"},
        {enrolments, "a;;;123456782;08000101;;2024-01-02;2024-01-01;;;;", "form_period_reversed", "eind"},
        {enrolments, "a;;;123456782;08000101;;2024-01-02;2024-01-02;;;;", "", ""},
        {enrolments, "a;;;123456782;08000101;;2024-02-30;;;;;", "csv_cell_day", "begin"},
        {enrolments, "a;;;123456782;08000101;;2024-01-01;;verhuisd;;;", "form_end_missing", "eind"},
        {enrolments, "a;;;123456782;08000101;;2024-01-01;2024-01-01;weg;;;", "form_word_unknown", "reden"},
        {enrolments, "a;;;123456782;08000101;;2024-01-01;;;2024-09-01;gok;", "form_word_unknown",
         "a_terme_bron"},
        {enrolments, "a;;;123456782;08000101;;2024-01-01;;;2024-09-01;;60", "", ""},
        {enrolments, "a;;;123456782;08000101;;2024-01-01;;;2024-09-01;;61", "form_number_range",
         "a_terme_marge"},
        {outcomes, "a;;08000101;V1;miskraam;2024-01-01;;", "", ""},
        {outcomes, "a;;;V1;miskraam;2024-01-01;;", "form_woman_missing", "patientnummer"},
        {outcomes, "a;123456782;;;weg;2024-01-01;;", "form_word_unknown", "uitkomst"},
        {outcomes, "a;123456782;;;levend_geboren;2024-01-01;1;", "", ""},
        {outcomes, "a;123456782;;;levend geboren;2024-01-01;;", "form_children_missing", "kinderen"},
        {outcomes, "a;123456782;;;doodgeboren;2024-01-01;0;", "form_children_missing", "kinderen"},
        {outcomes, "a;123456782;;;miskraam;2024-01-01;1;", "form_children_unexpected", "kinderen"},
        {outcomes, "a;123456782;;;levend geboren;2024-01-01;9;44+6", "", ""},
        {outcomes, "a;123456782;;;miskraam;2024-01-01;10;", "form_number_range", "kinderen"},
        {outcomes, "a;123456782;;;levend geboren;2024-01-01;1;45+0", "form_gestational_age",
         "zwangerschapsduur"},
        {phase_ends, "a;123456782;nataal;2024-01-01;bevallen", "", ""},
        {phase_ends, "a;123456782;nageboorte;2024-01-01;", "form_word_unknown", "fase"},
        {phase_ends, "a;123456782;nataal;2024-01-01;klaar", "form_word_unknown", "reden"},
        {phase_ends, "a;;nataal;2024-01-01;", "form_woman_missing", "patientnummer"},
        {insurances, "a;123456782;9101;;2024-01-01;", "", ""},
        {insurances, "a;123456782;;;2024-01-01;", "form_insurer_missing", "verzekeraar"},
        {insurances, "a;123456782;9101;staat;2024-01-01;", "form_insurer_unexpected", "verzekeraar"},
        {insurances, "a;123456782;;staat;2024-01-01;", "", ""},
        {insurances, "a;123456782;9101;wij;2024-01-01;", "form_word_unknown", "betaler"},
        {insurances, "a;123456782;9101;;2024-01-02;2024-01-01", "form_period_reversed", "eind"},
        {memberships, "a;08000101;53000001;2024-01-01;;", "", ""},
        {memberships, "a;08000101;53000001;2024-01-02;2024-01-01;", "form_period_reversed", "eind"},
        {memberships, "a;08000101;53000001;2024-01-01;;zeker", "form_word_unknown", "status"},
        {memberships, "a;;53000001;2024-01-01;;", "csv_cell_empty", "organisatie"},
        {accounts, "a;08000101;;NL41VBLD0000000801;Praktijk;2024-01-01;;;Anna", "", ""},
        {accounts, "a;;9991;nl41 vbld 0000 0008 01;Verzekeraar;2024-01-01;;;Anna", "", ""},
        {accounts, "a;;;NL41VBLD0000000801;Praktijk;2024-01-01;;;Anna", "form_account_owner", "houder"},
        {accounts, "a;08000101;9991;NL41VBLD0000000801;Praktijk;2024-01-01;;;Anna", "form_account_owner",
         "houder"},
        {accounts, "a;08000101;;NL42VBLD0000000801;Praktijk;2024-01-01;;;Anna", "form_iban", "iban"},
        {accounts, "a;08000101;;NL41VBLD0000000801;;2024-01-01;;;Anna", "csv_cell_empty", "naam"},
        {accounts, "a;08000101;;NL41VBLD0000000801;Praktijk;2024-01-01;;;", "csv_cell_empty", "door"},
        {accounts, "a;08000101;;NL41VBLD0000000801;Praktijk;2024-01-02;2024-01-01;;Anna",
         "form_period_reversed", "eind"},
        {contracts, "a;53000001;9101;2024-01-01;;2023;terugvallen;12;60;45;;;", "", ""},
        {contracts, "a;53000001;9101 9101;2024-01-01;;2023;terugvallen;12;60;45;;;", "form_labels", "labels"},
        {contracts, "a;53000001;91011;2024-01-01;;2023;terugvallen;12;60;45;;;", "form_labels", "labels"},
        {contracts, "a;53000001;9101;2024-01-02;2024-01-01;2023;terugvallen;12;60;45;;;",
         "form_period_reversed", "eind"},
        {contracts, "a;53000001;9101;2024-01-01;;12345678901234567;terugvallen;12;60;45;;;", "form_text_long",
         "regime"},
        {contracts, "a;53000001;9101;2024-01-01;;2023;nooit;12;60;45;;;", "form_word_unknown", "samenloop"},
        {contracts, "a;53000001;9101;2024-01-01;;2023;terugvallen;0;60;45;;;", "form_number_range",
         "indienen_maanden"},
        {contracts, "a;53000001;9101;2024-01-01;;2023;terugvallen;120;0;1;;;", "", ""},
        {contracts, "a;53000001;9101;2024-01-01;;2023;terugvallen;121;60;45;;;", "form_number_range",
         "indienen_maanden"},
        {contracts, "a;53000001;9101;2024-01-01;;2023;terugvallen;12;3651;45;;;", "form_number_range",
         "vraag_dagen"},
        {contracts, "a;53000001;9101;2024-01-01;;2023;terugvallen;12;60;0;;;", "form_number_range",
         "antwoord_dagen"},
        {contracts, "a;53000001;9101;2024-01-01;;2023;vaste aftrek;12;60;45;;;", "form_deduction",
         "vaste_aftrek"},
        {contracts, "a;53000001;9101;2024-01-01;;2023;terugvallen;12;60;45;1;;", "form_deduction",
         "vaste_aftrek"},
        {contracts, "a;53000001;9101;2024-01-01;;2023;vaste_aftrek;12;60;45;0;;", "", ""},
        {contracts, "a;53000001;9101;2024-01-01;;2023;vaste aftrek;12;60;45;-1;;", "form_amount_negative",
         "vaste_aftrek"},
        {contracts, "a;53000001;9101;2024-01-01;;2023;terugvallen;12;60;45;;ooit;", "form_word_unknown",
         "peildag_tarief"},
        {contracts, "a;53000001;9101;2024-01-01;;2023;terugvallen;12;60;45;;;prenatal 2024-01-01 700,00",
         "form_prices", "prijzen"},
        {contracts,
         "a;53000001;9101;2024-01-01;;2023;terugvallen;12;60;45;;;prenatal 2024-01-02 2024-01-01 1",
         "form_prices", "prijzen"},
        {contracts, "a;53000001;9101;2024-01-01;;2023;terugvallen;12;60;45;;;prenatal 2024-01-01 - -1",
         "form_prices", "prijzen"},
        {contracts,
         "a;53000001;9101;2024-01-01;;2023;terugvallen;12;60;45;;;p 2024-01-01 2024-01-02 1|p 2024-01-02 - 1",
         "form_prices_overlap", "prijzen"},
        {contracts,
         "a;53000001;9101;2024-01-01;;2023;terugvallen;12;60;45;;;p 2024-01-01 2024-01-02 1|p 2024-01-03 - 1",
         "", ""},
        {judgements, "a;123456782;;zelfde persoon;957136171;;;;;;;wie", "", ""},
        {judgements, "a;123456782;;zelfde persoon;957136172;;;;;;;wie", "form_bsn_wrong", "ander_bsn"},
        {judgements, "a;123456782;;zelfde persoon;;08000101;;;;;;wie", "form_woman_missing",
         "ander_patientnummer"},
        {judgements, "a;123456782;;zelfde persoon;957136171;;;;r;;;wie", "form_subject_unexpected", "regel"},
        {judgements, "a;123456782;;regel is van haar;;;;08000101;;;;wie", "form_subject_missing", "regel"},
        {judgements, "a;123456782;;regel is van haar;;;;;r;;;wie", "form_subject_missing", "regel_agb"},
        {judgements, "a;123456782;;opnieuw versturen;;;;;;;;wie", "form_subject_missing", "claim"},
        {judgements, "a;;;opnieuw versturen;;;;;;c;;wie", "form_woman_missing", "patientnummer"},
        {judgements, "a;;;akkoord;;;;;;;v;wie", "", ""},
        {judgements, "a;;V1;akkoord;;;;;;;v;wie", "form_woman_missing", "patientnummer"},
        {judgements, "a;123456782;;akkoord;;;;;;;;wie", "form_subject_missing", "vraag"},
        {judgements, "a;123456782;;alsnog versturen;;;;;;;v;wie", "", ""},
        {judgements, "a;123456782;;alsnog versturen;;;;;;;;wie", "form_subject_missing", "vraag"},
        {judgements, "a;123456782;;alsnog versturen;;;;;;c;v;wie", "form_subject_unexpected", "claim"},
        {judgements, "a;123456782;;oordeel;;;;;;;;wie", "form_word_unknown", "uitspraak"},
        {judgements, "a;123456782;;akkoord;;;;;;;v;", "csv_cell_empty", "door"},
        {judgements, "a;123456782;;akkoord;;;;;;;v;een naam van 21 tekens", "form_text_long", "door"},
        {agreed, "a;53000001;;2024-01-01;2023;terugvallen;12;60;45;;;;;;", "form_labels_or_passer", "labels"},
        {agreed, "a;53000001;;2024-01-01;2023;terugvallen;12;60;45;;;ja;;;", "", ""},
        {agreed, "a;53000001;9101;2024-01-01;2023;terugvallen;12;60;45;;;ja;;;", "form_labels_or_passer",
         "labels"},
        {agreed, "a;53000001;9101;2024-01-01;2023;terugvallen;12;60;45;;prenatal prenatal;;;;",
         "form_performances", "prestaties"},
        {agreed, "a;53000001;9101;2024-01-01;2023;terugvallen;12;60;45;;;;soms;;", "form_word_unknown",
         "eigen_bijdrage"},
        {agreed, "a;53000001;9101;2024-01-01;2023;terugvallen;12;60;45;;;;;1000000;", "form_number_range",
         "plafond_aantal"},
        {agreed, "a;53000001;9101;2024-01-01;2023;terugvallen;12;60;45;;;;;0;0", "", ""},
        {agreed, "a;53000001;9101;2024-01-01;2023;terugvallen;12;60;45;;;;;;-1", "form_amount_negative",
         "plafond_omzet"},
        {care_lines, "06000101;r;;;123456782;;9101;041:15B123;2024-05-06;2024-05-06;;;1;;", "", ""},
        {care_lines, "06000101;r;;;123456782;;9101;041:15B123;2024-05-06;2024-05-07;;;1;;",
         "form_after_invoice", "eind"},
        {care_lines, "06000101;r;;;123456782;;9101;041:15B123;2024-05-07;2024-05-07;;;1;;",
         "form_after_invoice", "begin"},
        {care_lines, "06000101;r;;;123456782;;9101;041:15B123;2024-05-02;2024-05-02;;;1;;2024-05-01",
         "form_after_invoice", "begin"},
        {care_lines, "06000101;r;;;123456782;;9101;041:15B123;2024-05-02;2024-05-01;;;1;;",
         "form_period_reversed", "eind"},
        {care_lines, "06000101;;;;123456782;;9101;041:15B123;2024-05-01;2024-05-01;;;1;;", "csv_cell_empty",
         "regel"},
        {care_lines, "06000101;12345678901234567890;;;123456782;;9101;041:1;2024-05-01;2024-05-01;;;1;;", "",
         ""},
        {care_lines, "06000101;123456789012345678901;;;123456782;;9101;041:1;2024-05-01;2024-05-01;;;1;;",
         "form_text_long", "regel"},
        {care_lines, "06000101;r;;;123456783;;9101;041:1;2024-05-01;2024-05-01;;;1;;", "form_bsn_wrong",
         "bsn"},
        {care_lines, "06000101;r;;;;;9101;041:1;2024-05-01;2024-05-01;;;1;;", "form_woman_missing",
         "patientnummer"},
        {care_lines, "06000101;r;;;;P1;9101;041:1;2024-05-01;2024-05-01;;;1;;", "", ""},
        {care_lines, "06000101;r;;;123456782;;;041:1;2024-05-01;2024-05-01;;;1;;", "csv_cell_empty", "uzovi"},
        {care_lines, "06000101;r;;;123456782;;9101;15B123;2024-05-01;2024-05-01;;;1;;",
         "csv_cell_performance", "prestatie"},
        {care_lines, "06000101;r;;;123456782;;9101;041:1;2024-05-01;2024-05-01;;;-1;;",
         "form_amount_negative", "bedrag"},
        {care_lines, "06000101;r;;ja;123456782;;9101;041:1;2024-05-01;2024-05-01;;;0;;", "", ""},
        {care_lines, "06000101;r;;;123456782;;9101;041:1;2024-05-01;2024-05-01;9999;999999;1;;", "", ""},
        {care_lines, "06000101;r;;;123456782;;9101;041:1;2024-05-01;2024-05-01;10000;;1;;",
         "form_number_range", "aantal"},
        {care_lines, "06000101;r;;;123456782;;9101;041:1;2024-05-01;2024-05-01;;1000000;1;;",
         "form_number_range", "minuten"},
        {care_lines, "06000101;r;;;123456782;;9101;041:1;2024-05-01;2024-05-01;;;1;037611 2024-05-01;",
         "form_activities", "activiteiten"},
        {care_lines, "06000101;r;;;123456782;;9101;041:1;2024-05-01;2024-05-01;;;1;037611 2024-02-30 1;",
         "form_activities", "activiteiten"},
        {care_lines, "06000101;r;;;123456782;;9101;041:1;2024-05-01;2024-05-01;;;1;12345678901 2024-05-01 1;",
         "form_activities", "activiteiten"},
        {care_lines, "06000101;r;;;123456782;;9101;041:1;2024-04-01;2024-04-09;;;1;037611 2024-04-09 1;", "",
         ""},
        {care_lines, "06000101;r;;;123456782;;9101;041:1;2024-04-01;2024-04-09;;;1;037611 2024-04-10 1;",
         "form_activity_day", "activiteiten"},
        {care_lines, "06000101;r;;;123456782;;9101;041:1;2024-05-01;2024-05-01;;;1000000000,00;;", "", ""},
        {care_lines, "06000101;r;;;123456782;;9101;041:1;2024-05-01;2024-05-01;;;1000000000,01;;",
         "form_amount_large", "bedrag"},
        {activities, "a;123456782;06000101;T-1;037611;2024-05-16;", "", ""},
        {activities, "a;123456782;06000101;T-1;12345678901;2024-05-16;", "form_text_long", "activiteit"},
        {activities, "a;123456782;06000101;T-1;037611;2024-05-16;10000", "form_number_range", "aantal"},
        {activities, "a;;06000101;T-1;037611;2024-05-16;", "form_woman_missing", "patientnummer"},
        {bought, "a;123456782;laboratorium;08000101;;2024-05-01;2024-05-01;-4,50", "", ""},
        {bought, "a;123456782;bloemen;08000101;;2024-05-01;2024-05-01;4", "form_word_unknown", "inkoop"},
        {bought, "a;123456782;anders;08000101;;2024-05-02;2024-05-01;4", "form_period_reversed", "eind"},
        {outside, "a;123456782;9101;;2024-05-01;2024-05-01;", "", ""},
        {outside, "a;123456782;9101;08000909;2024-05-01;2024-05-01;-1", "form_amount_negative", "bedrag"},
        {outside, "a;123456782;9101;;2024-05-02;2024-05-01;", "form_period_reversed", "eind"},
        {children, "a;123456782;957136171;;;2024-05-01", "", ""},
        {children, "a;123456782;;06000101;K1;2024-05-01", "", ""},
        {children, "a;123456782;;06000101;;2024-05-01", "form_woman_missing", "kind_patientnummer"},
        {children, "a;123456782;957136172;;;2024-05-01", "form_bsn_wrong", "kind_bsn"},
        {children, "a;123456782;123456782;;;2024-05-01", "form_child_is_mother", "kind_bsn"},

        {payments, "a;;9101;53000001;B-1;2024-01-01;700,00", "", ""},
        {payments, "a;ja;9101;53000001;;2024-01-01;-0,01", "", ""},
        {payments, "a;;9101;53000001;B-1;2024-01-01;0,00", "form_amount_zero", "bedrag"},
        {payments, "a;;9101;53000001;21 tekens is er een te;2024-01-01;1", "form_text_long", "claim"},
        {payments, "a;;9101;;B-1;2024-01-01;1", "csv_cell_empty", "indiener"},
        {payments, "a;;;53000001;B-1;2024-01-01;1", "csv_cell_empty", "uzovi"},

        {settled_payments, "a;9101;53000001;;a-1;2024-01-01;1", "", ""},
        {settled_payments, "a;9101;53000001;B-1;a-1;2024-01-01;1", "form_payment_of_two", "van_afrekening"},
        {settled_payments, "a;9101;53000001;;aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa;2024-01-01;1",
         "form_text_long", "van_afrekening"},

        {settlements, "a;;samenloop;9101;2024;B-1;-45,00", "", ""},
        {settlements, "a;ja;kwaliteit;9101;2024;;0,01", "", ""},
        {settlements, "a;;samenloop;9101;2024;;-0,01", "", ""},
        {settlements, "a;;kwaliteit;9101;2024;;0,00", "form_amount_zero", "bedrag"},
        {settlements, "a;;korting;9101;2024;;1", "form_word_unknown", "afrekening"},
        {settlements, "a;misschien;kwaliteit;9101;2024;;1", "csv_cell_yes_no", "vervallen"},
        {settlements, "a;;kwaliteit;;2024;;1", "csv_cell_empty", "uzovi"},
        {settlements, "a;;kwaliteit;9101;;;1", "csv_cell_empty", "jaar"},
        {settlements, "a;;kwaliteit;9101;2017;;1", "", ""},
        {settlements, "a;;kwaliteit;9101;2016;;1", "form_number_range", "jaar"},
        {settlements, "a;;kwaliteit;9101;2999;;1", "", ""},
        {settlements, "a;;kwaliteit;9101;3000;;1", "form_number_range", "jaar"},
        {settlements, "a;;samenloop;9101;2024;20 tekens is er geen;1", "", ""},
        {settlements, "a;;samenloop;9101;2024;21 tekens is er een te;1", "form_text_long", "claim"},
        {settlements, ";;kwaliteit;9101;2024;;1", "csv_cell_empty", "sleutel"},
        {settlements, "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa;;kwaliteit;9101;2024;;1", "form_text_long",
         "sleutel"},
        {settlements, "a;;kwaliteit;9101;2024;;veel", "csv_cell_euros", "bedrag"},

        {advances, "a;;verzekeraar;9101;2024-01-01;ontvangen;0,01", "", ""},
        {advances, "a;ja;deelnemer;08000101;2024-01-01;verrekend;1", "", ""},
        {advances, "a;;verzekeraar;9101;2024-01-01;ontvangen;0,00", "form_number_range", "bedrag"},
        {advances, "a;;verzekeraar;9101;2024-01-01;ontvangen;-0,01", "form_number_range", "bedrag"},
        {advances, "a;;bank;9101;2024-01-01;ontvangen;1", "form_word_unknown", "voorschot"},
        {advances, "a;;verzekeraar;9101;2024-01-01;geleend;1", "form_word_unknown", "beweging"},
        {advances, "a;;verzekeraar;08000101;2024-01-01;betaald;1", "form_advance_party", "partij"},
        {advances, "a;;deelnemer;9101;2024-01-01;betaald;1", "form_advance_party", "partij"},
        {advances, ";;deelnemer;08000101;2024-01-01;betaald;1", "csv_cell_empty", "sleutel"},
        {openings, "toegekend:9101;-12,50", "", ""},
        {openings, "bank;0", "", ""},
        {openings, ";1", "csv_cell_empty", "rekening"},
        {openings, "bank;", "csv_cell_empty", "beginsaldo"},
        {openings, std::string(65, 'r') + ";1", "form_text_long", "rekening"},
    };
    for (const Row& row : rows) {
        SCOPED_TRACE(row.row);
        const std::string bytes = row.header + row.row + "\n";
        const Read got = read(bytes);
        ASSERT_TRUE(got.intake);
        EXPECT_EQ(bytes_of(got.intake->segments), bytes);
        const bool is_taken = *row.code == '\0';
        EXPECT_EQ(facts_in(*got.intake), is_taken ? 1u : 0u);
        ASSERT_EQ(got.findings.size(), is_taken ? 0u : 1u);
        if (is_taken) continue;
        EXPECT_EQ(got.findings[0].code, row.code);
        EXPECT_EQ(got.findings[0].where.field, row.column);
        EXPECT_EQ(got.findings[0].where.record, 2);
        EXPECT_EQ(got.findings[0].severity, base::Severity::line_refused);
    }
}

TEST(Forms, ARefusedRowIsRefusedAlone) {
    const std::string bytes = enrolments + "a;;;123456782;08000101;;2024-01-01;;;;;\n" +
                              "b;;;123456783;08000101;;2024-01-01;;;;;\n" + "c;;;957136171\n" +
                              "a;1;;957136171;08000101;;2024-01-01;;;;;\n" +
                              "d;;;957136171;08000101;;2024-01-01;;;;;\n";
    const Read got = read(bytes);
    ASSERT_TRUE(got.intake);
    EXPECT_EQ(facts_in(*got.intake), 2u);
    std::vector<std::string> codes;
    for (const auto& finding : got.findings)
        codes.push_back(std::to_string(finding.where.record) + finding.code);
    EXPECT_EQ(codes, (std::vector<std::string>{"4csv_width", "3form_bsn_wrong", "5form_key_repeated"}));
    // Header, and each row apart: what was refused is kept, but not under a woman whose row it is not.
    const auto& segments = got.intake->segments;
    ASSERT_EQ(segments.size(), 6u);
    EXPECT_EQ(bytes_of(segments), bytes);
    EXPECT_TRUE(segments[0].person.is_nobody());
    EXPECT_EQ(segments[1].person, got.vault.of(woman));
    EXPECT_EQ(segments[5].person, got.vault.of("957136171"));
    for (const std::size_t refused : {2u, 3u, 4u}) {
        EXPECT_FALSE(segments[refused].person.is_nobody());
        EXPECT_FALSE(got.intake->readings.contains(segments[refused].person));
    }
}

TEST(Forms, AFileMayBeNumberedByPractice) {
    const std::string header = "sleutel;bsn;praktijk;levering;uitkomst;datum\n";
    const std::string row = ";levend geboren;2024-03-01\n";
    using Numbers = std::map<AgbCode, std::string>;
    const AgbCode star = AgbCode::of(8'000'101);
    const AgbCode moon = AgbCode::of(8'000'102);
    EXPECT_EQ(
        read(header + "a;123456782;08000101;0012" + row + "b;123456782;08000101;" + row).intake->deliveries,
        (Numbers{{star, "uitkomsten 0012"}}));
    EXPECT_EQ(read(header + "a;123456782;08000101;" + row + "b;123456782;08000101;12" + row +
                   "c;123456782;08000101;13" + row + "d;123456782;08000102;7" + row)
                  .intake->deliveries,
              (Numbers{{star, "uitkomsten 12"}, {moon, "uitkomsten 7"}}))
        << "the first number counts";
    EXPECT_EQ(read(header + "a;123456783;08000101;12" + row).intake->deliveries,
              (Numbers{{star, "uitkomsten 12"}}))
        << "it did arrive, whatever is wrong with it";
    EXPECT_EQ(read(header + "a;123456782;;12" + row).intake->deliveries, Numbers{}) << "of whom";
}

TEST(Forms, APaymentInFull) {
    const Read got = read(payments + "z-1;ja;9101;53000001;B-1;20-09-2024;-700,00\n");
    ASSERT_TRUE(got.findings.empty());
    const Payment expected{base::FixedText<40>::of("z-1"),
                           true,
                           UzoviCode::of(9101),
                           AgbCode::of(53'000'001),
                           Reference::of("B-1"),
                           Date::of(2024, 9, 20),
                           Cents::of(-700'00),
                           2};
    EXPECT_EQ(got.intake->payments, std::vector{expected});
    EXPECT_TRUE(got.intake->readings.empty());
    EXPECT_TRUE(got.vault.seen.empty());
}

// Keys are an insurer's own; what takes a row back may stand in the same file.
TEST(Forms, APaymentIsKnownByInsurerAndKey) {
    const std::string row = ";53000001;B-1;2024-09-20;700,00\n";
    const Read got =
        read(payments + "z-1;;9101" + row + "z-1;;9201" + row + "z-1;ja;9101" + row + "z-1;;9101" + row);
    ASSERT_EQ(got.findings.size(), 1u);
    EXPECT_EQ(got.findings[0].code, "form_key_repeated");
    EXPECT_EQ(got.findings[0].where.record, 5);
    EXPECT_EQ(got.intake->payments.size(), 3u);
}

TEST(Forms, AnAdvanceInFull) {
    const Read got = read(advances + "v-1;ja;verzekeraar;9101;15-01-2024;verrekend;700,00\n" +
                          "v-1;;deelnemer;08000101;2024-01-16;betaald;12\n" +
                          "v-1;;deelnemer;08000101;2024-01-16;betaald;12\n");
    ASSERT_EQ(got.findings.size(), 1u);
    EXPECT_EQ(got.findings[0].code, "form_key_repeated");
    const auto key = base::FixedText<40>::of("v-1");
    const std::vector<Advance> expected{{key, true, true, UzoviCode::of(9101), AgbCode::none(),
                                         Date::of(2024, 1, 15), AdvanceMove::set_off, Cents::of(700'00), 2},
                                        {key, false, false, UzoviCode::none(), AgbCode::of(8'000'101),
                                         Date::of(2024, 1, 16), AdvanceMove::paid, Cents::of(12'00), 3}};
    EXPECT_EQ(got.intake->advances, expected);
    EXPECT_TRUE(got.vault.seen.empty());
}

TEST(Forms, ASettlementInFull) {
    const std::string row = ";samenloop;9101;2024;BD1;-45,00\n";
    const Read got = read(settlements + "a-1;" + row + "a-1;ja" + row + "a-1;;kwaliteit;9201;2023;;1\n" +
                          "a-1;ja" + row + "a-2;;kwaliteit;9101;2024;;2500,00\n");
    ASSERT_EQ(got.findings.size(), 2u)
        << "a key is one, whoever the insurer is; its withdrawal is another row";
    for (const auto& finding : got.findings) EXPECT_EQ(finding.code, "form_key_repeated");
    EXPECT_EQ(got.findings[0].where.record, 4);
    EXPECT_EQ(got.findings[1].where.record, 5);
    const Settlement first{base::FixedText<40>::of("a-1"),
                           false,
                           SettlementOf::overlap,
                           UzoviCode::of(9101),
                           2024,
                           Reference::of("BD1"),
                           Cents::of(-45'00),
                           2};
    Settlement withdrawn = first;
    withdrawn.withdrawn = true;
    withdrawn.record = 3;
    const Settlement reward{base::FixedText<40>::of("a-2"),
                            false,
                            SettlementOf::quality,
                            UzoviCode::of(9101),
                            2024,
                            Reference(),
                            Cents::of(2500'00),
                            6};
    EXPECT_EQ(got.intake->settlements, (std::vector{first, withdrawn, reward}));
    EXPECT_TRUE(got.intake->readings.empty());
    EXPECT_TRUE(got.vault.seen.empty());
}

TEST(Forms, AnOpeningBalanceInFull) {
    const Read got = read(openings + "bank;1.250,00\nbank;1250,00\nreserve;-1250,00\n");
    EXPECT_EQ(got.intake->kind, opening_kind);
    const std::vector<OpeningBalance> expected{{"bank", Cents::of(1250'00), 3},
                                               {"reserve", Cents::of(-1250'00), 4}};
    EXPECT_EQ(got.intake->openings, expected) << "a row that cannot be read is not there";
    EXPECT_EQ(got.findings.size(), 1u);
}

TEST(Forms, AnEnrolmentInFull) {
    const Read got = read(
        enrolments + "x;3;ja;12345672;08000101;V1;01-02-2024;20240301;verhuisd;2024-09-01;termijnecho;3\n");
    ASSERT_TRUE(got.findings.empty());
    const PersonId person = got.vault.of("012345672");
    const auto& known = got.intake->readings.at(person).enrolments.at(0);
    facts::Enrolment expected;
    expected.key = {base::FixedText<40>::of("x"), 3, true};
    expected.person = person;
    expected.practice = AgbCode::of(8'000'101);
    expected.begin = Date::of(2024, 2, 1);
    expected.end = Date::of(2024, 3, 1);
    expected.end_reason = facts::EnrolmentEnd::moved;
    expected.due = values::DueDate{Date::of(2024, 9, 1), values::DueDateSource::dating_scan, 3};
    EXPECT_EQ(known.fact, expected);
    EXPECT_EQ(known.received, source.received);
    EXPECT_EQ(known.origin, (facts::Origin{source.message, 2}));
}

TEST(Forms, AnEnrolmentTellsTheVaultWhoSheIs) {
    const std::string header =
        "sleutel;bsn;praktijk;begin;a_terme;geboortedatum;geslacht;naam;voorvoegsel;voorletters;postcode;"
        "huisnummer;toevoeging\n";
    const std::string row = "x;123456782;08000101;2024-01-15;2024-08-20;1990-02-28;";
    const Read got = read(header + row + "2;Proef;van der;A;1234 AB;12;bis\n");
    ASSERT_TRUE(got.findings.empty());
    const IdentityRow& seen = got.vault.seen.at(0);
    EXPECT_EQ(seen.birth_date, Date::of(1990, 2, 28));
    EXPECT_EQ(seen.sex + seen.name + seen.prefix + seen.initials, "2Proefvan derA");
    EXPECT_EQ(seen.postcode + seen.house_number + seen.house_number_addition, "1234AB12bis");
    const Read refused = read(header + row + "3;Proef;;A;;;\n");
    ASSERT_EQ(refused.findings.size(), 1u);
    EXPECT_EQ(refused.findings[0].where.field, "geslacht");
    EXPECT_EQ(facts_in(*refused.intake), 0u);
}

TEST(Forms, AContractInFull) {
    const Read got = read(contracts +
                          "c;53000001;9102 9101;2024-01-01;;2023;vaste aftrek;12;60;45;50,00;einde fase;"
                          "prenatal 2025-01-01 - 720 | early_loss 2024-01-01 2024-12-31 180,00\n");
    ASSERT_TRUE(got.findings.empty());
    const facts::Contract& fact = got.intake->readings.at(PersonId{}).contracts.at(0).fact;
    EXPECT_EQ(fact.labels, (std::vector<UzoviCode>{UzoviCode::of(9101), UzoviCode::of(9102)}));
    EXPECT_EQ(fact.period, values::Period::from(Date::of(2024, 1, 1)));
    EXPECT_EQ(fact.regime.view(), "2023");
    EXPECT_EQ(fact.status, values::Status::example);
    EXPECT_EQ(fact.overlap, values::OverlapPolicy::deduct_fixed);
    EXPECT_EQ(fact.submit_months, 12);
    EXPECT_EQ(fact.ask_before_days, 60);
    EXPECT_EQ(fact.answer_term_days, 45);
    EXPECT_EQ(fact.deduct_fixed, Cents::of(50'00));
    EXPECT_EQ(fact.tariff_day, values::ReferenceDay::phase_end);
    ASSERT_EQ(fact.prices.size(), 2u);
    EXPECT_EQ(fact.prices[0].performance.view(), "early_loss");
    EXPECT_EQ(fact.prices[0].amount, Cents::of(180'00));
    EXPECT_EQ(fact.prices[1].period, values::Period::from(Date::of(2025, 1, 1)));
}

TEST(Forms, WhatAContractMayAddInFull) {
    const Read got =
        read(agreed +
             "c;53000001;9101;2024-01-01;2023;in de prijs;12;60;45;;prenatal early_loss;nee;niet in "
             "bedrag;400;250000,00\np;53000001;;2024-01-01;2023;in de prijs;12;60;45;;;ja;;;\n");
    ASSERT_TRUE(got.findings.empty());
    const auto& both = got.intake->readings.at(PersonId{}).contracts;
    const facts::Contract& contract = both.at(0).fact;
    ASSERT_EQ(contract.performances.size(), 2u);
    EXPECT_EQ(contract.performances[0].view(), "early_loss");  // sorted
    EXPECT_FALSE(contract.uncontracted);
    EXPECT_EQ(contract.own_payment, values::OwnPaymentIn::not_declared);
    EXPECT_EQ(contract.ceiling_count, 400);
    EXPECT_EQ(contract.ceiling_amount, Cents::of(250'000'00));
    const facts::Contract& passers = both.at(1).fact;
    EXPECT_TRUE(passers.uncontracted);
    EXPECT_TRUE(passers.labels.empty());
    EXPECT_TRUE(passers.performances.empty());
    EXPECT_FALSE(passers.own_payment || passers.ceiling_count || passers.ceiling_amount);
}

TEST(Forms, AClaimLineOfATableInFull) {
    const Read got = read(
        "praktijk;regel;vorige;credit;bsn;patientnummer;uzovi;prestatie;begin;eind;partus;uitvoerder;"
        "verwijzer;aantal;minuten;tarief;bedrag;zorgproduct;subtraject;activiteiten\n"
        "06000101;T-4;T-0;ja;123456782;Z1;9101;041:15B123;2024-03-01;2024-04-20;2024-04-02;06001101;"
        "08001102;2;90;600,00;1200,00;150101001;D-3;190036 2024-04-16 2 | 037611 2024-03-16 1\n");
    ASSERT_TRUE(got.findings.empty());
    facts::CareLine expected;
    expected.id = {AgbCode::of(6'000'101), Reference::of("T-4")};
    expected.person = got.vault.of(woman);
    expected.declarant = AgbCode::of(6'000'101);
    expected.treating = AgbCode::of(6'001'101);
    expected.referrer = AgbCode::of(8'001'102);
    expected.insurer = UzoviCode::of(9101);
    expected.performance = PerformanceCode::of(41, "15B123");
    expected.care = {Date::of(2024, 3, 1), Date::of(2024, 4, 20)};
    expected.partus = Date::of(2024, 4, 2);
    expected.quantity = 2;
    expected.minutes = 90;
    expected.tariff = Cents::of(600'00);
    expected.amount = Cents::of(-1200'00);
    expected.credit = true;
    expected.previous = Reference::of("T-0");
    expected.service = Reference::of("D-3");
    expected.product = base::FixedText<9>::of("150101001");
    expected.activities = {{base::FixedText<10>::of("037611"), Date::of(2024, 3, 16), 1},
                           {base::FixedText<10>::of("190036"), Date::of(2024, 4, 16), 2}};
    expected.delivery = facts::Delivery::table;
    const auto& known = got.intake->readings.at(expected.person).lines.at(0);
    EXPECT_EQ(known.fact, expected);
    EXPECT_EQ(known.origin, (facts::Origin{source.message, 2}));
    EXPECT_EQ(got.vault.seen.at(0).declarant, AgbCode::of(6'000'101));
}

TEST(Forms, AWomanWithoutBsnWaits) {
    const Read got = read(care_lines + "06000101;r;;;;P1;9101;041:1;2024-05-01;2024-05-01;;;1;;\n");
    EXPECT_FALSE(got.intake->readings.at(got.vault.of("06000101/P1")).lines.at(0).fact.person_known);
}

// The same rules as in a message.
TEST(Forms, ClaimLinesOfOneTableAgainstEachOther) {
    struct Row {
        const char* why;
        std::string second;
        std::size_t taken;
        const char* code;
    };
    const std::string rest = ";123456782;;9101;041:1;2024-05-01;2024-05-01;;;10;;\n";
    const Row rows[] = {
        {"equal content is two lines", "06000101;s;;" + rest, 2, ""},
        {"one reference twice", "06000101;r;;" + rest, 1, "intake_reference_repeated"},
        {"the reference of another practice", "06000102;r;;" + rest, 2, ""},
        {"debit and the credit that names it", "06000101;s;r;ja" + rest, 0, "intake_debit_and_credit"},
        {"credit of an earlier line", "06000101;s;q;ja" + rest, 2, ""},
    };
    for (const Row& row : rows) {
        SCOPED_TRACE(row.why);
        const std::string bytes = care_lines + "06000101;r;;" + rest + row.second;
        const Read got = read(bytes);
        EXPECT_EQ(facts_in(*got.intake), row.taken);
        EXPECT_EQ(bytes_of(got.intake->segments), bytes);
        ASSERT_EQ(got.findings.empty(), *row.code == '\0');
        for (const auto& finding : got.findings) {
            EXPECT_EQ(finding.code, row.code);
            EXPECT_EQ(finding.where.field, "regel");
        }
    }
}

TEST(Forms, FactsOfTheHospitalTheInvoiceAndTheInsurerInFull) {
    const Read za = read(activities + "a;123456782;06000101;T-4;037611;2024-05-16;3\n");
    const auto& report = za.intake->readings.at(za.vault.of(woman)).activities.at(0).fact;
    EXPECT_EQ(report.line, (values::LineId{AgbCode::of(6'000'101), Reference::of("T-4")}));
    EXPECT_EQ(report.activity,
              (facts::Activity{base::FixedText<10>::of("037611"), Date::of(2024, 5, 16), 3}));
    const Read cost =
        read(bought + "b;123456782;second_opinion;53000001;06000202;2024-05-01;2024-05-03;48,50\n");
    const auto& invoice = cost.intake->readings.at(cost.vault.of(woman)).bought.at(0).fact;
    EXPECT_EQ(invoice.kind, facts::BoughtKind::second_opinion);
    EXPECT_EQ(invoice.buyer, AgbCode::of(53'000'001));
    EXPECT_EQ(invoice.supplier, AgbCode::of(6'000'202));
    EXPECT_EQ(invoice.care, (values::Period{Date::of(2024, 5, 1), Date::of(2024, 5, 3)}));
    EXPECT_EQ(invoice.amount, Cents::of(48'50));
    const Read overlap = read(outside + "o;123456782;9101;08000909;2024-05-01;2024-05-03;310\n");
    const auto& care = overlap.intake->readings.at(overlap.vault.of(woman)).outside.at(0).fact;
    EXPECT_EQ(care.source, facts::OutsideSource::overlap_file);
    EXPECT_EQ(care.insurer, UzoviCode::of(9101));
    EXPECT_EQ(care.declarant, AgbCode::of(8'000'909));
    EXPECT_EQ(care.amount, Cents::of(310'00));
    EXPECT_TRUE(care.claim.empty());
}

TEST(Forms, AChildIsAPersonOfItsOwn) {
    const Read got = read(children + "k;123456782;957136171;;;2024-05-01\n");
    const PersonId mother = got.vault.of(woman);
    const auto& fact = got.intake->readings.at(mother).children.at(0).fact;
    EXPECT_EQ(fact.person, mother);
    EXPECT_EQ(fact.child, got.vault.of("957136171"));
    EXPECT_EQ(fact.born, Date::of(2024, 5, 1));
    const Read refused = read(children + ";123456782;957136171;;;2024-05-01\n");
    EXPECT_FALSE(refused.vault.persons.contains("957136171"));  // a refused row makes nobody known
}

TEST(Forms, AJudgementNamesTheOther) {
    const Read got = read(judgements + "u;123456782;;zelfde_persoon;;08000101;V9;;;;;wie\n");
    ASSERT_TRUE(got.findings.empty());
    const auto& fact = got.intake->readings.at(got.vault.of(woman)).judgements.at(0).fact;
    EXPECT_EQ(fact.kind, facts::JudgementKind::same_person);
    EXPECT_EQ(fact.other, got.vault.of("08000101/V9"));
    EXPECT_EQ(fact.by.view(), "wie");
}

TEST(Forms, AVaultThatFailsIsAnError) {
    AnyVault vault;
    vault.full = true;
    Findings findings;
    const auto result =
        read_csv(phase_ends + "a;123456782;nataal;2024-01-01;\n", "f", source, vault, findings);
    ASSERT_FALSE(result.ok());
    EXPECT_EQ(result.error().code, "vault_full");
}

}  // namespace
}  // namespace bundel::intake
