// For tests: statements and batches made by chance, a statement written as a bank would, and golden files.
// The accounts are made up; they pass the check and are nobody's on purpose.
#pragma once

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

#include "bank/pain001.h"
#include "bank/statement.h"
#include "support/xml.h"

namespace bundel::bank::testing {
using bundel::testing::xml_escaped;
using values::Bic;

// The account with this number at a bank that does not exist.
inline Iban account_number(int number) {
    const std::string digits = std::to_string(number);
    const std::string rest = "VBLD" + std::string(10 - digits.size(), '0') + digits;
    for (int check = 2; check < 99; ++check) {
        const auto iban =
            Iban::parse("NL" + std::string(check < 10 ? "0" : "") + std::to_string(check) + rest);
        if (iban.ok()) return *iban;
    }
    std::abort();
}

inline std::string written_amount(Cents amount) {
    const auto cents = amount.is_negative() ? -amount.count() : amount.count();
    const std::string rest = std::to_string(cents % 100);
    return std::to_string(cents / 100) + "." + (rest.size() < 2 ? "0" : "") + rest;
}

// A camt.053 of one of the two versions, as a bank writes it.
class CamtWriter {
public:
    explicit CamtWriter(bool newer) : newer_(newer) {}

    std::string write(const std::vector<Statement>& statements) {
        text_ =
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Document "
            "xmlns=\"urn:iso:std:iso:20022:tech:xsd:camt.053.001." +
            std::string(newer_ ? "08" : "02") +
            "\">\n<BkToCstmrStmt>\n<GrpHdr><MsgId>VOORBEELD</MsgId><CreDtTm>2024-06-03T06:00:00</CreDtTm></"
            "GrpHdr>\n";
        for (const Statement& statement : statements) add(statement);
        return text_ + "</BkToCstmrStmt>\n</Document>\n";
    }

private:
    void put(const char* name, const std::string& value) {
        if (!value.empty()) text_ += std::string("<") + name + ">" + xml_escaped(value) + "</" + name + ">";
    }
    void put_amount(Cents amount, bool with_side = true) {
        text_ += "<Amt Ccy=\"EUR\">" + written_amount(amount) + "</Amt>";
        if (with_side) put("CdtDbtInd", amount.is_negative() ? "DBIT" : "CRDT");
    }
    void add(const char* code, const Balance& balance) {
        text_ += std::string("<Bal><Tp><CdOrPrtry><Cd>") + code + "</Cd></CdOrPrtry></Tp>";
        put_amount(balance.amount);
        text_ += "<Dt><Dt>" + balance.day.iso() + "</Dt></Dt></Bal>\n";
    }
    void add(const Statement& statement) {
        text_ += "<Stmt>";
        put("Id", statement.id);
        if (statement.number) put("ElctrncSeqNb", std::to_string(*statement.number));
        put("CreDtTm", "2024-06-03T06:00:00");
        text_ += "<Acct><Id><IBAN>" + statement.account.str() + "</IBAN></Id><Ccy>EUR</Ccy></Acct>\n";
        add("OPBD", statement.opening);
        add("CLBD", statement.closing);
        for (const Entry& entry : statement.entries) add(entry);
        text_ += "</Stmt>\n";
    }
    void add(const Entry& entry) {
        text_ += "<Ntry>";
        put_amount(entry.amount);
        if (entry.reversal) put("RvslInd", "true");
        text_ += newer_ ? "<Sts><Cd>BOOK</Cd></Sts>" : "<Sts>BOOK</Sts>";
        text_ += "<BookgDt><Dt>" + entry.booked.iso() + "</Dt></BookgDt><ValDt><Dt>" + entry.valued.iso() +
                 "</Dt></ValDt>";
        put("AcctSvcrRef", entry.reference);
        text_ += "<BkTxCd></BkTxCd>\n<NtryDtls>";
        if (!entry.batch.empty()) text_ += "<Btch><PmtInfId>" + entry.batch + "</PmtInfId></Btch>";
        for (const Detail& detail : entry.details) add(detail, entry.amount.is_negative());
        text_ += "</NtryDtls>";
        put("AddtlNtryInf", entry.about);
        text_ += "</Ntry>\n";
    }
    void add(const Detail& detail, bool out) {
        text_ += "<TxDtls><Refs>";
        put("AcctSvcrRef", detail.reference);
        put("EndToEndId", detail.end_to_end.empty() ? "NOTPROVIDED" : detail.end_to_end);
        text_ += "</Refs>";
        if (newer_)
            put_amount(detail.amount);
        else
            text_ += "<AmtDtls><TxAmt><Amt Ccy=\"EUR\">" + written_amount(detail.amount) +
                     "</Amt></TxAmt></AmtDtls>";
        const std::string side = out ? "Cdtr" : "Dbtr";
        text_ += "<RltdPties><" + side + ">" + (newer_ ? "<Pty>" : "");
        put("Nm", detail.name);
        text_ += std::string(newer_ ? "</Pty>" : "") + "</" + side + ">";
        if (detail.counterparty)
            text_ += "<" + side + "Acct><Id><IBAN>" + detail.counterparty->str() + "</IBAN></Id></" + side +
                     "Acct>";
        text_ += "</RltdPties><RmtInf>";
        put("Ustrd", detail.remittance);
        if (!detail.structured.empty())
            text_ += "<Strd><CdtrRefInf><Ref>" + detail.structured + "</Ref></CdtrRefInf></Strd>";
        text_ += "</RmtInf>";
        if (!detail.return_reason.empty())
            text_ += "<RtrInf><Rsn><Cd>" + detail.return_reason + "</Cd></Rsn></RtrInf>";
        text_ += "</TxDtls>";
    }
    bool newer_;
    std::string text_;
};

// tests/golden/bank/<name>; written anew with BUNDEL_UPDATE_GOLDEN=1.
inline std::filesystem::path golden_path(const std::string& name) {
    return std::filesystem::path(BUNDEL_SOURCE_DIR) / "tests/golden/bank" / name;
}
inline std::string content_of(const std::filesystem::path& path) {
    std::stringstream content;
    content << std::ifstream(path).rdbuf();
    return content.str();
}
inline void expect_golden(const std::string& name, const std::string& text) {
    const auto path = golden_path(name);
    if (std::getenv("BUNDEL_UPDATE_GOLDEN") != nullptr) std::ofstream(path) << text;
    EXPECT_EQ(text, content_of(path)) << path;
}

}  // namespace bundel::bank::testing
