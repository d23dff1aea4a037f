// What can be expected: every kind of row and its columns, with the name it has in the JSON of `bundel
// explain`.
#include <string_view>

#include "sim/scenario.h"

namespace bundel::sim {
namespace {

constexpr ExpectedColumn columns[] = {
    {"zwangerschap", "begin", "onset", Shape::day},
    {"zwangerschap", "a_terme", "due", Shape::day},
    {"zwangerschap", "einde", "end", Shape::day},
    {"zwangerschap", "afloop", "outcome", Shape::word},
    {"zwangerschap", "kinderen", "children", Shape::number},

    {"fase", "zwangerschap", "pregnancy", Shape::number},
    {"fase", "fase", "phase", Shape::word},
    {"fase", "route", "route", Shape::word},
    {"fase", "reden", "reason", Shape::word},
    {"fase", "prestatie", "performance", Shape::word},
    {"fase", "prijs", "price_cents", Shape::euros},
    {"fase", "betaald_met", "paid_with", Shape::word},
    {"fase", "afgetrokken", "deducted_cents", Shape::euros},
    {"fase", "schaduw", "shadow_cents", Shape::euros},
    {"fase", "verzekeraar", "insurer", Shape::word},
    {"fase", "contract", "contract", Shape::word},
    {"fase", "regime", "regime", Shape::word},
    {"fase", "status", "status", Shape::word},

    {"regel", "regel", "line", Shape::word},
    {"regel", "bestemming", "disposition", Shape::word},
    {"regel", "reden", "reason", Shape::word},
    {"regel", "stand", "standing", Shape::word},
    {"regel", "bedrag", "amount_cents", Shape::euros},
    {"regel", "bruto", "gross_cents", Shape::euros},
    {"regel", "eigen_bijdrage", "own_payment_cents", Shape::euros},
    {"regel", "netto", "net_cents", Shape::euros},
    {"regel", "prenataal", "prenatal", Shape::euros},
    {"regel", "nataal", "natal", Shape::euros},
    {"regel", "postnataal", "postnatal", Shape::euros},
    {"regel", "niet_geplaatst", "unplaced", Shape::word},

    {"claim", "soort", "kind", Shape::word},
    {"claim", "credit", "credit", Shape::yes_no},
    {"claim", "prestatie", "performance", Shape::word},
    {"claim", "verzekeraar", "insurer", Shape::word},
    {"claim", "declarant", "declarant", Shape::word},
    {"claim", "bedrag", "amount_cents", Shape::euros},
    {"claim", "staat", "state", Shape::word},
    {"claim", "toegekend", "granted_cents", Shape::euros},
    {"claim", "codes", "codes", Shape::words},
    {"claim", "verzonden", "sent_day", Shape::day},
    {"claim", "na_creditering", "after_credit", Shape::yes_no},

    {"vraag", "code", "code", Shape::word},
    {"vraag", "bedrag", "amount_cents", Shape::euros},
    {"vraag", "termijn", "deadline", Shape::day},

    {"verlies", "deelnemer", "participant", Shape::word},
    {"verlies", "regel", "line", Shape::word},
    {"verlies", "bedrag", "amount_cents", Shape::euros},

    {"saldo", "declarant", "declarant", Shape::word},
    {"saldo", "verzekeraar", "insurer", Shape::word},
    {"saldo", "prestatie", "performance", Shape::word},
    {"saldo", "bedrag", "amount_cents", Shape::euros},

    {"ingekocht", "soort", "kind", Shape::word},
    {"ingekocht", "koper", "buyer", Shape::word},
    {"ingekocht", "leverancier", "supplier", Shape::word},
    {"ingekocht", "bedrag", "amount_cents", Shape::euros},

    {"verdeling", "ontvanger", "payee", Shape::word},
    {"verdeling", "bedrag", "amount_cents", Shape::euros},
};

}  // namespace

std::vector<ExpectedColumn> expected_columns(std::string_view kind) {
    std::vector<ExpectedColumn> found;
    for (const auto& column : columns) {
        if (kind == column.kind) found.push_back(column);
    }
    return found;
}

}  // namespace bundel::sim
