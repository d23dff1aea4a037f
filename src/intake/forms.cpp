#include "intake/forms.h"

#include <algorithm>

#include "base/text.h"
#include "facts/facts.h"
#include "intake/intake.h"

namespace bundel::intake {
namespace {

using wire::CsvColumn;
using wire::CsvKind;

// Whether the column and its cells may be left out.
constexpr bool required = true;
constexpr bool optional = false;

constexpr CsvColumn key_column{"sleutel", CsvKind::text, required, required,
                               "Eigen kenmerk van het feit, ten hoogste 40 tekens."};
constexpr CsvColumn version_column{"versie", CsvKind::digits, optional, optional,
                                   "Versie van het feit, 1 t/m 65535; leeg is 1. De hoogste geldt."};
constexpr CsvColumn withdrawn_column{"vervallen", CsvKind::yes_no, optional, optional,
                                     "Ja: het feit is ingetrokken. Leeg is nee."};
constexpr CsvColumn bsn_column{"bsn", CsvKind::bsn, optional, optional,
                               "Burgerservicenummer van de vrouw; leeg wanneer het niet bekend is."};
constexpr CsvColumn practice_column{"praktijk", CsvKind::agb, optional, optional,
                                    "AGB-code van wie het meldt en het patientnummer gaf."};
constexpr CsvColumn patient_column{"patientnummer", CsvKind::text, optional, optional,
                                   "Nummer van de vrouw bij deze praktijk; nodig wanneer er geen BSN is."};
constexpr CsvColumn delivery_column{"levering", CsvKind::digits, optional, optional,
                                    "Volgnummer van dit bestand: de praktijk nummert dit formulier vanaf 1, "
                                    "zodat een verloren bestand opvalt."};
constexpr CsvColumn begin_column{"begin", CsvKind::day, required, required, "Eerste dag."};
constexpr CsvColumn end_column{"eind", CsvKind::day, optional, optional,
                               "Laatste dag (t/m); leeg is nog open."};
constexpr CsvColumn igo_column{"igo", CsvKind::agb, required, required, "AGB-code van de IGO."};

constexpr CsvColumn enrolment_columns[] = {
    key_column,
    version_column,
    withdrawn_column,
    bsn_column,
    {"praktijk", CsvKind::agb, required, required, "AGB-code van de praktijk waar zij in zorg is."},
    patient_column,
    delivery_column,
    begin_column,
    end_column,
    {"reden", CsvKind::text, optional, optional, "Waarom de inschrijving eindigde."},
    {"a_terme", CsvKind::day, required, optional, "A terme datum (40+0)."},
    {"a_terme_bron", CsvKind::text, optional, optional, "Hoe die is gevonden; leeg is geregistreerd."},
    {"a_terme_marge", CsvKind::digits, optional, optional, "Onzekerheid in dagen, 0 t/m 60; leeg is 0."},
    {"geboortedatum", CsvKind::day, optional, optional,
     "Van de vrouw; zonder wacht de integrale declaratie op haar eerste declaratiebericht."},
    {"geslacht", CsvKind::digits, optional, optional, "1 of 2, als in het declaratiebericht."},
    {"naam", CsvKind::text, optional, optional, "Geboortenaam."},
    {"voorvoegsel", CsvKind::text, optional, optional, "Voorvoegsel bij de geboortenaam."},
    {"voorletters", CsvKind::text, optional, optional, "Voorletters."},
    {"postcode", CsvKind::text, optional, optional, "Postcode van haar huis, als 1234AB."},
    {"huisnummer", CsvKind::digits, optional, optional, "Huisnummer."},
    {"toevoeging", CsvKind::text, optional, optional, "Toevoeging bij het huisnummer."}};

constexpr CsvColumn outcome_columns[] = {
    key_column,
    version_column,
    withdrawn_column,
    bsn_column,
    practice_column,
    patient_column,
    delivery_column,
    {"uitkomst", CsvKind::text, required, required, "Hoe de zwangerschap eindigde."},
    {"datum", CsvKind::day, required, required, "Dag van de bevalling of van het einde."},
    {"kinderen", CsvKind::digits, optional, optional, "Aantal kinderen, 1 t/m 9; alleen bij een geboorte."},
    {"zwangerschapsduur", CsvKind::text, optional, optional, "Amenorroeduur op die dag, als 39+4."}};

constexpr CsvColumn phase_end_columns[] = {
    key_column,
    version_column,
    withdrawn_column,
    bsn_column,
    practice_column,
    patient_column,
    delivery_column,
    {"fase", CsvKind::text, required, required, "Welke fase eindigde."},
    {"datum", CsvKind::day, required, required, "Laatste dag van de fase."},
    {"reden", CsvKind::text, optional, optional, "Waarom de fase eindigde."}};

constexpr CsvColumn insurance_columns[] = {
    key_column,
    version_column,
    withdrawn_column,
    bsn_column,
    practice_column,
    patient_column,
    delivery_column,
    {"verzekeraar", CsvKind::uzovi, required, optional, "UZOVI-nummer; alleen bij betaler verzekeraar."},
    {"betaler", CsvKind::text, optional, optional, "Wie betaalt; leeg is verzekeraar."},
    begin_column,
    end_column};

constexpr CsvColumn membership_columns[] = {
    key_column,
    version_column,
    withdrawn_column,
    {"organisatie", CsvKind::agb, required, required, "AGB-code van de deelnemer."},
    igo_column,
    begin_column,
    end_column,
    {"status", CsvKind::text, optional, optional, "Hoe zeker dit is; leeg is vastgesteld."}};

constexpr CsvColumn account_columns[] = {
    key_column,
    version_column,
    withdrawn_column,
    {"houder", CsvKind::agb, optional, optional,
     "AGB-code van de deelnemer of van de IGO zelf; leeg bij een zorgverzekeraar."},
    {"uzovi", CsvKind::uzovi, optional, optional,
     "UZOVI-nummer van de zorgverzekeraar; leeg bij een deelnemer."},
    {"iban", CsvKind::text, required, required, "Rekeningnummer (IBAN)."},
    {"naam", CsvKind::text, required, required, "Naam zoals die bij de rekening staat."},
    begin_column,
    end_column,
    {"status", CsvKind::text, optional, optional, "Hoe zeker dit is; leeg is vastgesteld."},
    {"door", CsvKind::text, required, required,
     "Wie de rekening opgeeft, ten hoogste 40 tekens; een ander keurt haar goed."}};

constexpr CsvColumn contract_columns[] = {
    key_column,
    version_column,
    withdrawn_column,
    igo_column,
    {"labels", CsvKind::text, required, optional,
     "UZOVI-nummers waarvoor het geldt, met spaties ertussen; leeg bij passanten."},
    begin_column,
    end_column,
    {"regime", CsvKind::text, required, required, "Regime van de spelregels, bijvoorbeeld 2023."},
    {"status", CsvKind::text, optional, optional, "Hoe zeker dit is; leeg is voorbeeld."},
    {"samenloop", CsvKind::text, required, required, "Wat geldt bij zorg van buiten."},
    {"indienen_maanden", CsvKind::digits, required, required,
     "Indientermijn in maanden na de laatste zorgdag."},
    {"vraag_dagen", CsvKind::digits, required, required, "Zoveel dagen daarvoor wordt wachten een vraag."},
    {"antwoord_dagen", CsvKind::digits, required, required,
     "Na zoveel dagen zonder antwoord komt er een vraag."},
    {"breuk", CsvKind::text, optional, optional, "Hoe ver een breuk reikt; leeg is volgens het regime."},
    {"peildag_tarief", CsvKind::text, optional, optional,
     "Peildag van het tarief; leeg is volgens het regime."},
    {"peildag_lidmaatschap", CsvKind::text, optional, optional,
     "Peildag van het lidmaatschap; leeg is volgens het regime."},
    {"vaste_aftrek", CsvKind::euros, optional, optional,
     "Aftrek per gebroken fase; alleen en altijd bij samenloop vaste aftrek."},
    {"prijzen", CsvKind::text, required, optional,
     "Prijzen met | ertussen, elk als: prestatie eerste-dag laatste-dag bedrag; open einde is een -."},
    {"prestaties", CsvKind::text, optional, optional,
     "Prestaties waarvoor het alleen geldt, met spaties ertussen; leeg is alle."},
    {"passant", CsvKind::yes_no, optional, optional,
     "Ja: dit is de prijslijst voor verzekeraars zonder contract. Leeg is nee."},
    {"eigen_bijdrage", CsvKind::text, optional, optional,
     "Of kraamzorg die mee declareert; leeg is volgens de spelregels."},
    {"plafond_aantal", CsvKind::digits, optional, optional,
     "Ten hoogste zoveel integrale declaraties per kalenderjaar van zorg."},
    {"plafond_omzet", CsvKind::euros, optional, optional,
     "Ten hoogste dit bedrag aan integrale declaraties per kalenderjaar van zorg."}};

constexpr CsvColumn judgement_columns[] = {
    key_column,
    version_column,
    withdrawn_column,
    bsn_column,
    practice_column,
    patient_column,
    {"uitspraak", CsvKind::text, required, required, "Wat er is beslist."},
    {"ander_bsn", CsvKind::bsn, optional, optional, "Zelfde persoon: het BSN van de ander."},
    {"ander_praktijk", CsvKind::agb, optional, optional, "Zelfde persoon: praktijk van het patientnummer."},
    {"ander_patientnummer", CsvKind::text, optional, optional, "Zelfde persoon: patientnummer van de ander."},
    {"regel_agb", CsvKind::agb, optional, optional, "Regel is van haar: AGB-code van de declarant."},
    {"regel", CsvKind::text, optional, optional, "Regel is van haar: referentienummer van de regel."},
    {"claim", CsvKind::text, optional, optional, "Opnieuw versturen: referentienummer van onze claim."},
    {"vraag", CsvKind::text, optional, optional,
     "Akkoord, alsnog versturen: kenmerk van de vraag op de werklijst."},
    {"door", CsvKind::text, required, required,
     "Wie dit besliste, ten hoogste 20 tekens; geen patientgegevens."},
    {"reden", CsvKind::text, optional, optional, "Waarom; geen patientgegevens."}};

constexpr CsvColumn last_day_column{"eind", CsvKind::day, required, required, "Laatste dag (t/m)."};
constexpr CsvColumn insurer_column{"uzovi", CsvKind::uzovi, required, required,
                                   "UZOVI-nummer van haar verzekeraar."};

constexpr CsvColumn care_line_columns[] = {
    {"praktijk", CsvKind::agb, required, required,
     "AGB-code van de instelling of praktijk die declareert en het patientnummer gaf."},
    {"regel", CsvKind::text, required, required,
     "Eigen referentienummer van de regel, ten hoogste 20 tekens, vijf jaar uniek."},
    {"vorige", CsvKind::text, optional, optional,
     "Referentienummer van de regel die deze crediteert of vervangt."},
    {"credit", CsvKind::yes_no, optional, optional, "Ja: deze regel neemt een eerdere terug. Leeg is nee."},
    bsn_column,
    patient_column,
    delivery_column,
    insurer_column,
    {"prestatie", CsvKind::performance, required, required,
     "Prestatiecodelijst en prestatiecode, als 041:15B123."},
    begin_column,
    last_day_column,
    {"partus", CsvKind::day, optional, optional, "Dag van de bevalling, als die bij de regel hoort."},
    {"uitvoerder", CsvKind::agb, optional, optional, "AGB-code van de behandelaar."},
    {"verwijzer", CsvKind::agb, optional, optional, "AGB-code van de verwijzer."},
    {"aantal", CsvKind::digits, optional, optional, "Aantal, 0 t/m 9999; leeg is 1."},
    {"minuten", CsvKind::digits, optional, optional,
     "Duur van de zorg in minuten; leeg wanneer niet naar tijd wordt gedeclareerd."},
    {"tarief", CsvKind::euros, optional, optional, "Tarief per eenheid."},
    {"bedrag", CsvKind::euros, required, required, "Gedeclareerd bedrag; ook bij credit zonder min."},
    {"zorgproduct", CsvKind::text, optional, optional, "Ziekenhuis: zorgproductcode, ten hoogste 9 tekens."},
    {"subtraject", CsvKind::text, optional, optional,
     "Ziekenhuis: eigen kenmerk van de DBC waar de regel onder valt, ten hoogste 20 tekens."},
    {"activiteiten", CsvKind::text, optional, optional,
     "Ziekenhuis: zorgactiviteiten met | ertussen, elk als: code dag aantal."},
    {"factuurdatum", CsvKind::day, optional, optional,
     "Dagtekening van de factuur; leeg is de dag van ontvangst."}};

constexpr CsvColumn activity_columns[] = {
    key_column,
    version_column,
    withdrawn_column,
    bsn_column,
    practice_column,
    patient_column,
    delivery_column,
    {"regel_agb", CsvKind::agb, required, required, "AGB-code van wie de regel declareerde."},
    {"regel", CsvKind::text, required, required,
     "Referentienummer van het tarief of van de prestatie erboven."},
    {"activiteit", CsvKind::text, required, required, "Code van de zorgactiviteit, ten hoogste 10 tekens."},
    {"datum", CsvKind::day, required, required, "Dag van de zorgactiviteit."},
    {"aantal", CsvKind::digits, optional, optional, "Aantal, 0 t/m 9999; leeg is 1."}};

constexpr CsvColumn bought_columns[] = {
    key_column,
    version_column,
    withdrawn_column,
    bsn_column,
    practice_column,
    patient_column,
    {"inkoop", CsvKind::text, required, required, "Wat er is ingekocht."},
    {"koper", CsvKind::agb, required, required, "AGB-code van de IGO of deelnemer die de factuur betaalt."},
    {"leverancier", CsvKind::agb, optional, optional, "AGB-code van wie de zorg gaf."},
    begin_column,
    last_day_column,
    {"bedrag", CsvKind::euros, required, required,
     "Bedrag van de factuur; een creditfactuur heeft een min."}};

constexpr CsvColumn outside_columns[] = {
    key_column,
    version_column,
    withdrawn_column,
    bsn_column,
    practice_column,
    patient_column,
    {"uzovi", CsvKind::uzovi, required, required, "UZOVI-nummer van de verzekeraar die het opgeeft."},
    {"declarant", CsvKind::agb, required, optional,
     "AGB-code van wie de zorg buiten de IGO declareerde; leeg wanneer de verzekeraar dat niet zegt."},
    begin_column,
    last_day_column,
    {"bedrag", CsvKind::euros, optional, optional,
     "Wat de verzekeraar ervoor betaalde; leeg wanneer hij dat niet zegt."}};

constexpr CsvColumn child_columns[] = {
    key_column,
    version_column,
    withdrawn_column,
    bsn_column,
    practice_column,
    patient_column,
    delivery_column,
    {"kind_bsn", CsvKind::bsn, optional, optional, "Burgerservicenummer van het kind."},
    {"kind_praktijk", CsvKind::agb, optional, optional, "Zonder BSN: praktijk van het patientnummer."},
    {"kind_patientnummer", CsvKind::text, optional, optional, "Zonder BSN: patientnummer van het kind."},
    {"geboren", CsvKind::day, required, required, "Geboortedag van het kind."}};

constexpr CsvColumn payment_columns[] = {
    {"sleutel", CsvKind::text, required, required,
     "Eigen kenmerk van de betaalregel, ten hoogste 40 tekens; uniek bij de verzekeraar."},
    withdrawn_column,
    {"uzovi", CsvKind::uzovi, required, required,
     "UZOVI-nummer waaraan de declaratie is verzonden, dus wie betaalt."},
    {"indiener", CsvKind::agb, required, required, "AGB-code van wie declareerde: de IGO of een deelnemer."},
    {"claim", CsvKind::text, optional, optional,
     "Referentienummer van de declaratie; leeg wanneer de verzekeraar het niet noemt."},
    {"van_afrekening", CsvKind::text, optional, optional,
     "Sleutel van de afrekening waarvan dit de betaling is; claim is dan leeg."},
    {"betaaldag", CsvKind::day, required, required, "Dag van de betaling."},
    {"bedrag", CsvKind::euros, required, required,
     "Wat is betaald; met een min ervoor wat is teruggehaald (storno)."}};

constexpr CsvColumn adopted_columns[] = {
    bsn_column,
    practice_column,
    patient_column,
    {"claimsoort", CsvKind::text, required, required, "Van de IGO of van een deelnemer."},
    {"indiener", CsvKind::agb, required, required, "AGB-code van wie declareerde."},
    {"referentie", CsvKind::text, required, required,
     "Referentienummer zoals het is verzonden; per declarant eenmalig."},
    {"credit_van", CsvKind::text, optional, optional,
     "Alleen van een creditdeclaratie: referentienummer van wat zij crediteert."},
    {"regel", CsvKind::text, optional, optional,
     "Doorgestuurd: referentienummer van de regel van de deelnemer; leeg is gelijk aan de referentie."},
    {"uzovi", CsvKind::uzovi, required, optional,
     "UZOVI-nummer waaraan zij is verzonden; alleen leeg als zij is overgedragen."},
    {"prestatiecode", CsvKind::performance, required, required, "Prestatielijst en code, als 032:1101."},
    {"eerste_dag", CsvKind::day, required, required, "Eerste zorgdag."},
    {"laatste_dag", CsvKind::day, required, required, "Laatste zorgdag."},
    {"bedrag", CsvKind::euros, required, required, "Gedeclareerd bedrag, ook van een credit zonder min."},
    {"verzonden", CsvKind::day, required, required, "Dag van verzending."},
    {"stand", CsvKind::text, required, required, "Wat er met haar gebeurde."},
    {"toegekend", CsvKind::euros, optional, optional, "Toegekend bedrag; leeg volgt uit de stand."},
    {"beantwoord", CsvKind::day, optional, optional, "Dag van het antwoord; altijd bij een antwoord."},
    {"retourcodes", CsvKind::text, optional, optional, "Ten hoogste drie, met spaties ertussen."},
    {"betaald", CsvKind::euros, optional, optional, "Wat er op is betaald, min wat is teruggehaald."},
    {"betaald_op", CsvKind::day, optional, optional, "Dag van de laatste betaling; altijd bij een betaling."},
    {"fasen", CsvKind::text, optional, optional,
     "Integraal: de fasen die zij betaalt, met spaties ertussen."},
    {"contract", CsvKind::text, optional, optional, "Integraal: sleutel van het contract."}};

constexpr CsvColumn advance_columns[] = {
    {"sleutel", CsvKind::text, required, required,
     "Eigen kenmerk van de regel, ten hoogste 40 tekens; uniek."},
    withdrawn_column,
    {"voorschot", CsvKind::text, required, required, "Van wie of aan wie het voorschot is."},
    {"partij", CsvKind::text, required, required,
     "UZOVI-nummer van de verzekeraar, of AGB-code van de deelnemer."},
    {"dag", CsvKind::day, required, required, "Dag waarop het is betaald of verrekend."},
    {"beweging", CsvKind::text, required, required,
     "Wat er met het voorschot gebeurde, gezien vanuit de IGO."},
    {"bedrag", CsvKind::euros, required, required, "Hoeveel; groter dan nul."}};

constexpr CsvColumn settlement_columns[] = {
    {"sleutel", CsvKind::text, required, required,
     "Eigen kenmerk van de regel, ten hoogste 40 tekens; uniek."},
    withdrawn_column,
    {"afrekening", CsvKind::text, required, required, "Waarover wordt afgerekend."},
    {"uzovi", CsvKind::uzovi, required, required, "UZOVI-nummer van de verzekeraar."},
    {"jaar", CsvKind::digits, required, required, "Kalenderjaar waarover het gaat."},
    {"claim", CsvKind::text, optional, optional, "Onze referentie van de declaratie, bij samenloop."},
    {"bedrag", CsvKind::euros, required, required,
     "Hoeveel; boven nul betaalt de verzekeraar, met een min de IGO."}};

constexpr CsvColumn opening_columns[] = {
    {"rekening", CsvKind::text, required, required,
     "Rekening zoals in de proef- en saldibalans, als toegekend:9101."},
    {"beginsaldo", CsvKind::euros, required, required, "Saldo bij het begin: debet, of met een min credit."}};

constexpr Form all_forms[] = {
    {FormKind::enrolments, "inschrijvingen", "a_terme", true, enrolment_columns},
    {FormKind::outcomes, "uitkomsten", "uitkomst", true, outcome_columns},
    {FormKind::phase_ends, "fase-einden", "fase", true, phase_end_columns},
    {FormKind::insurances, "verzekeringen", "verzekeraar", true, insurance_columns},
    {FormKind::memberships, "lidmaatschappen", "organisatie", false, membership_columns},
    {FormKind::contracts, "contracten", "labels", false, contract_columns},
    {FormKind::judgements, "uitspraken", "uitspraak", true, judgement_columns},
    {FormKind::care_lines, "declaraties", "prestatie", true, care_line_columns},
    {FormKind::activities, "zorgactiviteiten", "activiteit", true, activity_columns},
    {FormKind::bought, "ingekochte zorg", "inkoop", true, bought_columns},
    {FormKind::outside, "samenloop", "declarant", true, outside_columns},
    {FormKind::children, "kinderen", "geboren", true, child_columns},
    {FormKind::payments, "betalingen", "betaaldag", false, payment_columns},
    {FormKind::adopted, "overgenomen claims", "verzonden", true, adopted_columns},
    {FormKind::accounts, "bankrekeningen", "iban", false, account_columns},
    {FormKind::advances, "voorschotten", "voorschot", false, advance_columns},
    {FormKind::settlements, "afrekeningen", "afrekening", false, settlement_columns},
    {FormKind::openings, "openingsbalans", "beginsaldo", false, opening_columns}};

template <class Value>
constexpr Word word(std::string_view text, Value value) {
    return {text, static_cast<std::uint8_t>(value)};
}

using facts::BoughtKind;
using facts::EnrolmentEnd;
using facts::JudgementKind;
using facts::Outcome;
using values::BreakExtent;
using values::DueDateSource;
using values::OverlapPolicy;
using values::OwnPaymentIn;
using values::Payer;
using values::PhaseKind;
using values::ReferenceDay;
using values::Status;

constexpr Word end_words[] = {word("bevallen", EnrolmentEnd::birth), word("verwezen", EnrolmentEnd::referred),
                              word("verhuisd", EnrolmentEnd::moved), word("gestopt", EnrolmentEnd::stopped)};
constexpr Word due_words[] = {
    word("geregistreerd", DueDateSource::registered), word("termijnecho", DueDateSource::dating_scan),
    word("zwangerschapsduur", DueDateSource::gestational_age), word("codes", DueDateSource::codes),
    word("bevalling", DueDateSource::delivery_minus_term)};
constexpr Word outcome_words[] = {word("levend geboren", Outcome::live_birth),
                                  word("doodgeboren", Outcome::stillbirth),
                                  word("miskraam", Outcome::miscarriage),
                                  word("afgebroken", Outcome::termination),
                                  word("buitenbaarmoederlijk", Outcome::ectopic),
                                  word("mola", Outcome::molar),
                                  word("onbekend", Outcome::unknown)};
constexpr Word phase_words[] = {word("prenataal", PhaseKind::prenatal), word("nataal", PhaseKind::natal),
                                word("postnataal", PhaseKind::postnatal)};
constexpr Word payer_words[] = {word("verzekeraar", Payer::insurer), word("staat", Payer::state),
                                word("asielopvang", Payer::asylum), word("zelf", Payer::self),
                                word("buitenland", Payer::foreign)};
constexpr Word status_words[] = {word("vastgesteld", Status::verified), word("voorbeeld", Status::example),
                                 word("voorlopig", Status::provisional)};
constexpr Word overlap_words[] = {word("in de prijs", OverlapPolicy::priced_in),
                                  word("werkelijke aftrek", OverlapPolicy::deduct_actual),
                                  word("vaste aftrek", OverlapPolicy::deduct_fixed),
                                  word("jaarlijkse verrekening", OverlapPolicy::true_up_yearly),
                                  word("terugvallen", OverlapPolicy::fall_back)};
constexpr Word break_words[] = {word("fase", BreakExtent::phase),
                                word("zwangerschap", BreakExtent::pregnancy)};
constexpr Word day_words[] = {
    word("begin fase", ReferenceDay::phase_start), word("einde fase", ReferenceDay::phase_end),
    word("geboorte", ReferenceDay::birth), word("eerste activiteit", ReferenceDay::first_activity),
    word("begin zwangerschap", ReferenceDay::pregnancy_start)};
constexpr Word judgement_words[] = {word("zelfde persoon", JudgementKind::same_person),
                                    word("regel is van haar", JudgementKind::line_is_hers),
                                    word("opnieuw versturen", JudgementKind::send_again),
                                    word("akkoord", JudgementKind::accept),
                                    word("alsnog versturen", JudgementKind::send_anyway)};

constexpr Word claim_words[] = {{"integraal", 0}, {"doorgestuurd", 1}};
constexpr Word adopted_words[] = {
    word("verzonden", AdoptedState::sent), word("goedgekeurd", AdoptedState::approved),
    word("goedgekeurd met ander bedrag", AdoptedState::approved_other_amount),
    word("afgewezen", AdoptedState::rejected), word("overgedragen", AdoptedState::handed_over)};

constexpr Word bought_words[] = {
    word("uitbesteed", BoughtKind::subcontracted), word("laboratorium", BoughtKind::laboratory),
    word("second opinion", BoughtKind::second_opinion), word("acuut elders", BoughtKind::acute_elsewhere),
    word("anders", BoughtKind::other)};
constexpr Word settlement_words[] = {word("samenloop", SettlementOf::overlap),
                                     word("kwaliteit", SettlementOf::quality)};
constexpr Word advance_words[] = {word("verzekeraar", AdvanceOf::insurer),
                                  word("deelnemer", AdvanceOf::participant)};
constexpr Word move_words[] = {word("ontvangen", AdvanceMove::received), word("betaald", AdvanceMove::paid),
                               word("verrekend", AdvanceMove::set_off)};
constexpr Word own_payment_words[] = {word("in bedrag", OwnPaymentIn::declared),
                                      word("niet in bedrag", OwnPaymentIn::not_declared)};

struct WordColumn {
    std::string_view column;
    std::span<const Word> words;
};
constexpr WordColumn word_columns[] = {{"reden", end_words},
                                       {"a_terme_bron", due_words},
                                       {"uitkomst", outcome_words},
                                       {"fase", phase_words},
                                       {"betaler", payer_words},
                                       {"status", status_words},
                                       {"samenloop", overlap_words},
                                       {"breuk", break_words},
                                       {"peildag_tarief", day_words},
                                       {"peildag_lidmaatschap", day_words},
                                       {"uitspraak", judgement_words},
                                       {"inkoop", bought_words},
                                       {"eigen_bijdrage", own_payment_words},
                                       {"claimsoort", claim_words},
                                       {"voorschot", advance_words},
                                       {"afrekening", settlement_words},
                                       {"beweging", move_words},
                                       {"stand", adopted_words}};

}  // namespace

std::span<const Form> forms() {
    return all_forms;
}

bool is_numbered(const Form& form) {
    return std::any_of(form.columns.begin(), form.columns.end(),
                       [](const CsvColumn& column) { return column.name == delivery_column.name; });
}

const Form* recognise(const wire::CsvTable& table) {
    const Form* found = nullptr;
    for (const Form& form : all_forms) {
        if (table.column(form.mark) < 0) continue;
        if (found != nullptr) return nullptr;
        found = &form;
    }
    return found;
}

std::span<const Word> words_of(std::string_view column) {
    for (const WordColumn& one : word_columns) {
        if (one.column == column) return one.words;
    }
    return {};
}

}  // namespace bundel::intake
