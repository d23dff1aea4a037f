#include "bank/camt053.h"

#include <gtest/gtest.h>

#include "bank/testing.h"
#include "support/property.h"

namespace bundel::bank {
namespace {
using testing::account_number;
using testing::CamtWriter;

const Date monday = Date::of(2024, 6, 3);

Statement small_statement() {
    Detail from_insurer;
    from_insurer.amount = Cents::of(1310'75);
    from_insurer.remittance = "B000000001 voorbeeld & co";
    from_insurer.name = "Voorbeeldverzekeraar";
    from_insurer.counterparty = account_number(9991);
    Entry came_in{Cents::of(1310'75), false, monday, monday, "2024-1", "", "", {from_insurer}};

    Detail one;
    one.amount = Cents::of(-100'00);
    one.end_to_end = "U000000001-0001";
    one.name = "Verloskundigen Voorbeeld";
    one.counterparty = account_number(801);
    Detail other = one;
    other.amount = Cents::of(-50'01);
    other.end_to_end = "U000000001-0002";
    other.counterparty = account_number(802);
    Entry batch{Cents::of(-150'01), false,        monday, monday.plus_days(1),
                "2024-2",           "U000000001", "",     {one, other}};

    Detail back = one;
    back.amount = Cents::of(100'00);
    back.counterparty = account_number(801);
    back.return_reason = "AC04";
    Entry returned{Cents::of(100'00), true, monday, monday, "2024-3", "", "retour", {back}};

    return {"VB-2024-001",
            1,
            account_number(1),
            {Date::of(2024, 6, 2), Cents::of(-74)},
            {monday, Cents::of(1260'00)},
            {came_in, batch, returned}};
}

std::vector<std::string> codes(const base::Findings& findings) {
    std::vector<std::string> all;
    for (const auto& one : findings) all.push_back(one.code);
    return all;
}

std::string text_of(const std::vector<Statement>& statements) {
    std::ostringstream out;
    for (const Statement& s : statements) {
        out << "statement " << s.id << " number " << (s.number ? std::to_string(*s.number) : "-")
            << " account " << s.account.str() << "\n  opening " << s.opening.day.iso() << " "
            << s.opening.amount.plain_euros() << "\n  closing " << s.closing.day.iso() << " "
            << s.closing.amount.plain_euros() << "\n";
        for (const Entry& e : s.entries) {
            out << "  entry " << e.amount.plain_euros() << (e.reversal ? " reversal" : "") << " booked "
                << e.booked.iso() << " valued " << e.valued.iso() << " [" << e.reference << "] batch ["
                << e.batch << "] [" << e.about << "]\n";
            for (const Detail& d : e.details)
                out << "    " << d.amount.plain_euros() << " e2e [" << d.end_to_end << "] ref ["
                    << d.reference << "] structured [" << d.structured << "] [" << d.remittance << "] ["
                    << d.name << "] " << (d.counterparty ? d.counterparty->str() : "-") << " ["
                    << d.return_reason << "]\n";
        }
    }
    return out.str();
}

// Two files written by hand after the guideline of the Dutch banks, with what a reader must see in them.
TEST(Camt053, ReadsTheExamplesAsTheGoldenFilesSay) {
    for (const char* name : {"statement.02", "statement.08"}) {
        base::Findings findings;
        const auto read = read_camt053(testing::content_of(testing::golden_path(std::string(name) + ".xml")),
                                       name, findings);
        ASSERT_TRUE(read.has_value()) << name;
        EXPECT_TRUE(is_camt053(testing::content_of(testing::golden_path(std::string(name) + ".xml"))));
        testing::expect_golden(std::string(name) + ".txt", text_of(*read));
    }
}

TEST(Camt053, WhatIsWrittenIsReadBack) {
    for (const bool newer : {false, true}) {
        base::Findings findings;
        const auto read = read_camt053(CamtWriter(newer).write({small_statement()}), "x.xml", findings);
        ASSERT_TRUE(read.has_value());
        EXPECT_TRUE(findings.empty());
        EXPECT_EQ(*read, std::vector<Statement>{small_statement()}) << text_of(*read);
    }
}

struct Change {
    const char* name;
    std::string from;
    std::string to;
    const char* code;
    bool refused;
};

std::string replaced(std::string text, const std::string& from, const std::string& to) {
    const auto at = text.find(from);
    EXPECT_NE(at, std::string::npos) << from;
    return text.replace(at, from.size(), to);
}

TEST(Camt053, EachFaultHasItsName) {
    const std::string sound = CamtWriter(true).write({small_statement()});
    const Change changes[] = {
        {"entities", "<Document", "<!DOCTYPE x [<!ENTITY e \"e\">]><Document", "camt_doctype", true},
        {"no xml", "</Document>", "<Document>", "camt_syntax", true},
        {"other version", "camt.053.001.08", "camt.053.001.07", "camt_version", true},
        {"other message", "camt.053.001.08", "camt.054.001.08", "camt_version", true},
        {"no account", account_number(1).str(), "NL00VBLD0000000001", "camt_account", true},
        {"account in dollars", "<Ccy>EUR</Ccy>", "<Ccy>USD</Ccy>", "camt_currency", true},
        {"entry in dollars", "<Ntry><Amt Ccy=\"EUR\">", "<Ntry><Amt Ccy=\"USD\">", "camt_currency", true},
        {"no opening balance", "<Cd>OPBD</Cd>", "<Cd>ITBD</Cd>", "camt_value_missing", true},
        {"no closing balance", "<Cd>CLBD</Cd>", "<Cd>CLAV</Cd>", "camt_value_missing", true},
        {"no booking day", "BookgDt", "BookDt", "camt_syntax", true},
        {"no side", "<CdtDbtInd>CRDT</CdtDbtInd><Sts>", "<Sts>", "camt_value_missing", true},
        {"a side of its own", "<CdtDbtInd>CRDT</CdtDbtInd><Sts>", "<CdtDbtInd>X</CdtDbtInd><Sts>",
         "camt_value_wrong", true},
        {"three decimals", ">1310.75<", ">1310.755<", "camt_value_wrong", true},
        {"a comma", ">1310.75<", ">1310,75<", "camt_value_wrong", true},
        {"a sign", ">1310.75<", ">-1310.75<", "camt_value_wrong", true},
        {"no digits before the point", ">1310.75<", ">.75<", "camt_value_wrong", true},
        {"nothing behind the point", ">1310.75<", ">1310.<", "camt_value_wrong", true},
        {"more than there is", ">1310.75<", ">10000000000.01<", "camt_value_wrong", true},
        {"an entry of nothing", ">1310.75<", ">0.00<", "camt_value_wrong", true},
        {"a day that does not exist", "<BookgDt><Dt>2024-06-03", "<BookgDt><Dt>2024-06-31",
         "camt_value_wrong", true},
        {"a cent too much", ">1260.00<", ">1260.01<", "camt_balance", true},
        {"pending", "<Cd>BOOK</Cd>", "<Cd>PDNG</Cd>", "camt_balance", true},
        {"no statements", "<Stmt>", "<Rpt>", "camt_syntax", true},
        {"details that differ", "<Amt Ccy=\"EUR\">50.01<", "<Amt Ccy=\"EUR\">50.02<", "camt_details_differ",
         false},
        {"wrong account of the other", account_number(9991).str(), "NL00VBLD0000009991", "camt_counterparty",
         false},
    };
    for (const Change& change : changes) {
        SCOPED_TRACE(change.name);
        base::Findings findings;
        const auto read = read_camt053(replaced(sound, change.from, change.to), "x.xml", findings);
        EXPECT_EQ(read.has_value(), !change.refused);
        ASSERT_FALSE(findings.empty());
        EXPECT_EQ(findings.back().code, change.code);
        EXPECT_EQ(findings.back().severity,
                  change.refused ? base::Severity::file_refused : base::Severity::note);
    }
}

TEST(Camt053, SeveralStatementsButEachOnce) {
    Statement other = small_statement();
    other.id = "VB-2024-002";
    base::Findings findings;
    const auto two = read_camt053(CamtWriter(true).write({small_statement(), other}), "x.xml", findings);
    ASSERT_TRUE(two.has_value());
    EXPECT_EQ(two->size(), 2U);
    EXPECT_FALSE(read_camt053(CamtWriter(true).write({other, other}), "x.xml", findings).has_value());
    EXPECT_EQ(codes(findings), std::vector<std::string>{"camt_statement_twice"});
    findings.clear();
    EXPECT_FALSE(read_camt053(CamtWriter(true).write({}), "x.xml", findings).has_value());
    EXPECT_EQ(codes(findings), std::vector<std::string>{"camt_no_statement"});
}

// A pending entry is not in the balance, so it is not in the statement.
TEST(Camt053, WhatIsNotBookedIsLeftOut) {
    Statement statement = small_statement();
    statement.closing.amount = Cents::of(1160'00);
    std::string text = CamtWriter(true).write({statement});
    text = text.replace(text.rfind("<Cd>BOOK</Cd>"), 13, "<Cd>INFO</Cd>");
    base::Findings findings;
    const auto read = read_camt053(text, "x.xml", findings);
    ASSERT_TRUE(read.has_value());
    EXPECT_EQ(read->front().entries.size(), 2U);
    EXPECT_EQ(codes(findings), std::vector<std::string>{"camt_not_booked"});
}

// A file made to harm: deep, or with more than we hold.
TEST(Camt053, HostileFilesEndInAFinding) {
    const auto code_of = [](const std::string& text) {
        base::Findings findings;
        EXPECT_FALSE(read_camt053(text, "x.xml", findings).has_value());
        return findings.empty() ? std::string() : findings.back().code;
    };
    const std::string head = "<Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:camt.053.001.08\">";
    std::string deep = head;
    for (int i = 0; i < 200'000; ++i) deep += "<a>";
    for (int i = 0; i < 200'000; ++i) deep += "</a>";
    EXPECT_EQ(code_of(deep + "</Document>"), "camt_too_deep");
    EXPECT_EQ(code_of(std::string(file_bytes_max + 1, ' ')), "camt_too_large");
    EXPECT_EQ(code_of(""), "camt_syntax");
    EXPECT_EQ(code_of(std::string(100, '\0')), "camt_syntax");
    EXPECT_EQ(code_of("<Document>&bomb;</Document>"), "camt_version");
}

Iban any_account() {
    return account_number(*rc::gen::inRange(1, 9999));
}

std::string any_word() {
    return *rc::gen::element<std::string>("", "B000000001", "BD0000000017", "vóór <&> na",
                                          "RF18539007547034");
}

Statement any_statement(int number) {
    Statement statement{"S" + std::to_string(number), std::nullopt, account_number(1), {}, {}, {}};
    if (*rc::gen::arbitrary<bool>()) statement.number = number;
    statement.opening = {monday, Cents::of(*rc::gen::inRange(-100'000, 100'000))};
    statement.closing = statement.opening;
    const int entries = *rc::gen::inRange(0, 5);
    for (int i = 0; i < entries; ++i) {
        Entry entry;
        const bool out = *rc::gen::arbitrary<bool>();
        const int details = *rc::gen::inRange(1, 4);
        for (int d = 0; d < details; ++d) {
            Detail detail;
            detail.amount = Cents::of((out ? -1 : 1) * *rc::gen::inRange(1, 1'000'000));
            detail.end_to_end = *rc::gen::element<std::string>("", "U000000001-0001");
            detail.remittance = any_word();
            detail.name = any_word();
            if (*rc::gen::arbitrary<bool>()) detail.counterparty = any_account();
            entry.amount += detail.amount;
            entry.details.push_back(detail);
        }
        entry.booked = monday.plus_days(*rc::gen::inRange(0, 5));
        entry.valued = entry.booked;
        entry.reference = *rc::gen::element<std::string>("", "A1", "A2");
        statement.closing.amount += entry.amount;
        statement.entries.push_back(entry);
    }
    return statement;
}

TEST(Camt053, AnyStatementSurvivesWritingAndReading) {
    bundel::testing::expect_law("read(write(x)) == x", [] {
        const std::vector<Statement> statements{any_statement(1), any_statement(2)};
        base::Findings findings;
        const auto read =
            read_camt053(CamtWriter(*rc::gen::arbitrary<bool>()).write(statements), "x.xml", findings);
        RC_ASSERT(read.has_value());
        RC_ASSERT(findings.empty());
        RC_ASSERT(*read == statements);
    });
}

// Whatever is cut off or changed: never a crash, and what is taken balances.
TEST(Camt053, ADamagedFileNeverGivesMoneyThatDoesNotAddUp) {
    const std::string sound = CamtWriter(true).write({small_statement()});
    bundel::testing::expect_law("a damaged file is refused or balances", [&] {
        std::string text = sound;
        const int changes = *rc::gen::inRange(1, 4);
        for (int i = 0; i < changes; ++i)
            text[*rc::gen::inRange<std::size_t>(0, text.size())] =
                *rc::gen::element('0', '9', '<', '>', ' ', '-');
        if (*rc::gen::arbitrary<bool>()) text.resize(*rc::gen::inRange<std::size_t>(0, text.size()));
        base::Findings findings;
        const auto read = read_camt053(text, "x.xml", findings);
        RC_ASSERT(read.has_value() || !findings.empty());
        if (!read) return;
        for (const Statement& statement : *read) {
            Cents sum = statement.opening.amount;
            for (const Entry& entry : statement.entries) {
                Cents details;
                for (const Detail& detail : entry.details) details += detail.amount;
                RC_ASSERT(details == entry.amount);
                sum += entry.amount;
            }
            RC_ASSERT(sum == statement.closing.amount);
        }
    });
}

}  // namespace
}  // namespace bundel::bank
