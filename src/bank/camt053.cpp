#include "bank/camt053.h"

#include <algorithm>
#include <pugixml.hpp>
#include <set>

#include "base/text.h"

namespace bundel::bank {
using base::Finding;
using base::Findings;
using base::Severity;
using Xml = pugi::xml_node;

namespace {

constexpr std::string_view name_space = "urn:iso:std:iso:20022:tech:xsd:camt.053.001.";
constexpr std::string_view versions[] = {"02", "08"};

struct Refused {};

// A stranger's element may have any name.
constexpr std::size_t path_max = 200;

// Digits with at most one point and at most two decimals that are not zero: "1310.75", "12", "0.50000".
// Nothing when it is anything else, or above `amount_max`.
std::optional<Cents> cents_in(std::string_view text) {
    const auto point = text.find('.');
    const std::string_view whole = text.substr(0, point);
    std::string decimals(point == std::string_view::npos ? "" : text.substr(point + 1));
    if (point != std::string_view::npos && !base::all_digits(decimals)) return std::nullopt;
    while (decimals.size() > 2 && decimals.back() == '0') decimals.pop_back();
    if (decimals.size() > 2) return std::nullopt;
    decimals.resize(2, '0');
    const auto euros = base::parse_digits(whole, amount_max.count() / 100);
    const auto rest = base::parse_digits(decimals, 99);
    if (!euros || !rest) return std::nullopt;
    const Cents amount = Cents::of(*euros * 100 + *rest);
    return amount > amount_max ? std::nullopt : std::optional(amount);
}

std::string_view local_name(Xml xml) {
    const std::string_view full = xml.name();
    const auto colon = full.rfind(':');
    return colon == std::string_view::npos ? full : full.substr(colon + 1);
}

// The first child, grandchild, ... along the path; null when one is not there.
Xml at(Xml xml, std::initializer_list<std::string_view> path) {
    for (const std::string_view name : path) {
        const auto children = xml.children();
        const auto found = std::find_if(children.begin(), children.end(),
                                        [&](Xml child) { return local_name(child) == name; });
        xml = found == children.end() ? Xml() : *found;
    }
    return xml;
}

std::string text_of(Xml xml) {
    return std::string(base::trim(xml.child_value()));
}

std::string text_at(Xml xml, std::initializer_list<std::string_view> path) {
    return text_of(at(xml, path));
}

// Nobody's reference: banks write it where the payer gave none.
std::string given(std::string text) {
    return text == "NOTPROVIDED" ? std::string() : text;
}

std::string path_of(Xml xml) {
    std::string path;
    for (; xml && xml.type() == pugi::node_element; xml = xml.parent())
        path = std::string(local_name(xml)) + (path.empty() ? "" : "/" + path);
    return path.substr(0, path_max);
}

class Reader {
public:
    Reader(std::string_view bytes, const std::string& file, Findings& findings)
        : bytes_(bytes), file_(file), findings_(findings) {}

    std::vector<Statement> read();

private:
    void tell(const char* code, Severity severity, Xml xml, base::Params params = {}) {
        Finding finding;
        finding.code = code;
        finding.severity = severity;
        finding.where.file = file_;
        finding.where.record = xml ? line_of(xml) : 0;
        finding.where.field = path_of(xml);
        finding.params = std::move(params);
        finding.source = "camt.053";
        findings_.push_back(std::move(finding));
    }
    [[noreturn]] void refuse(const char* code, Xml xml, base::Params params = {}) {
        tell(code, Severity::file_refused, xml, std::move(params));
        throw Refused{};
    }
    long line_of(Xml xml) const {
        const auto offset = std::min(static_cast<std::size_t>(xml.offset_debug()), bytes_.size());
        return 1 + std::count(bytes_.begin(), bytes_.begin() + static_cast<std::ptrdiff_t>(offset), '\n');
    }
    // What must be there.
    Xml need(Xml xml, std::initializer_list<std::string_view> path) {
        const Xml found = at(xml, path);
        if (!found) refuse("camt_value_missing", xml, {{"element", std::string(*(path.end() - 1))}});
        return found;
    }

    void check_outside();
    void check_depth(Xml top);
    Xml message_in(const pugi::xml_document& document);
    Statement statement(Xml xml);
    Iban account(Xml xml);
    Cents amount(Xml xml);
    Cents signed_amount(Xml xml);
    Date day(Xml xml);
    std::optional<Balance> balance(Xml statement, std::string_view code);
    bool is_booked(Xml entry);
    Entry entry(Xml xml);
    std::vector<Detail> details(Xml xml, const Entry& entry);
    Detail detail(Xml xml, const Entry& entry);
    void check_sum(const Statement& statement, Xml xml);

    std::string_view bytes_;
    const std::string& file_;
    Findings& findings_;
};

void Reader::check_outside() {
    if (bytes_.size() > file_bytes_max) refuse("camt_too_large", {});
    if (bytes_.find("<!DOCTYPE") != std::string_view::npos ||
        bytes_.find("<!ENTITY") != std::string_view::npos)
        refuse("camt_doctype", {});
}

// Without recursion: depth is what is in doubt.
void Reader::check_depth(Xml top) {
    int depth = 0;
    for (Xml xml = top; xml;) {
        if (depth > depth_max) refuse("camt_too_deep", xml);
        if (xml.first_child()) {
            xml = xml.first_child();
            ++depth;
            continue;
        }
        while (xml && xml != top && !xml.next_sibling()) {
            xml = xml.parent();
            --depth;
        }
        xml = xml == top ? Xml() : xml.next_sibling();
    }
}

Xml Reader::message_in(const pugi::xml_document& document) {
    const Xml top = document.document_element();
    const std::string_view full = top.name();
    const std::string prefix(full.substr(0, full.size() - local_name(top).size()));
    const std::string attribute = prefix.empty() ? "xmlns" : "xmlns:" + prefix.substr(0, prefix.size() - 1);
    const std::string_view written = top.attribute(attribute.c_str()).value();
    const bool is_ours = local_name(top) == "Document" && written.starts_with(name_space);
    const std::string_view version = is_ours ? written.substr(name_space.size()) : std::string_view();
    if (std::ranges::find(versions, version) == std::ranges::end(versions))
        refuse("camt_version", top,
               {{"found", is_ours ? "camt.053.001." + std::string(version.substr(0, 8)) : "?"}});
    return need(top, {"BkToCstmrStmt"});
}

Iban Reader::account(Xml xml) {
    const Xml found = need(xml, {"Acct", "Id"});
    const auto iban = Iban::parse(text_at(found, {"IBAN"}));
    if (!iban.ok()) refuse("camt_account", found);
    const Xml currency = at(xml, {"Acct", "Ccy"});
    if (currency && text_of(currency) != "EUR")
        refuse("camt_currency", currency, {{"found", text_of(currency).substr(0, 3)}});
    return *iban;
}

// Without sign, as it stands there.
Cents Reader::amount(Xml xml) {
    const std::string_view currency = xml.attribute("Ccy").value();
    if (currency != "EUR") refuse("camt_currency", xml, {{"found", std::string(currency.substr(0, 3))}});
    const auto cents = cents_in(text_of(xml));
    if (!cents) refuse("camt_value_wrong", xml);
    return *cents;
}

Cents Reader::signed_amount(Xml xml) {
    const Cents without_sign = amount(need(xml, {"Amt"}));
    const Xml side = need(xml, {"CdtDbtInd"});
    const std::string word = text_of(side);
    if (word != "CRDT" && word != "DBIT") refuse("camt_value_wrong", side);
    return word == "CRDT" ? without_sign : -without_sign;
}

// A day, or the day of a moment.
Date Reader::day(Xml xml) {
    const Xml date = at(xml, {"Dt"});
    const std::string text = text_of(date ? date : need(xml, {"DtTm"}));
    const auto found = Date::parse(std::string_view(text).substr(0, 10));
    if (!found.ok()) refuse("camt_value_wrong", xml);
    return *found;
}

std::optional<Balance> Reader::balance(Xml statement, std::string_view code) {
    for (const Xml one : statement.children()) {
        if (local_name(one) != "Bal" || text_at(one, {"Tp", "CdOrPrtry", "Cd"}) != code) continue;
        return Balance{day(need(one, {"Dt"})), signed_amount(one)};
    }
    return std::nullopt;
}

// .02: <Sts>BOOK</Sts>; .08: <Sts><Cd>BOOK</Cd></Sts>.
bool Reader::is_booked(Xml entry) {
    const Xml status = need(entry, {"Sts"});
    const Xml code = at(status, {"Cd"});
    return text_of(code ? code : status) == "BOOK";
}

Detail Reader::detail(Xml xml, const Entry& entry) {
    Detail detail;
    // .08 has an amount of its own; .02 under the details of the amount.
    Xml own = at(xml, {"Amt"});
    if (!own) own = at(xml, {"AmtDtls", "TxAmt", "Amt"});
    if (own) {
        const Cents without_sign = amount(own);
        const std::string side = text_at(xml, {"CdtDbtInd"});
        const bool out = side.empty() ? entry.amount.is_negative() : side == "DBIT";
        detail.amount = out ? -without_sign : without_sign;
    }
    detail.end_to_end = given(text_at(xml, {"Refs", "EndToEndId"}));
    detail.reference = text_at(xml, {"Refs", "AcctSvcrRef"});
    detail.structured = text_at(xml, {"RmtInf", "Strd", "CdtrRefInf", "Ref"});
    for (const Xml line : at(xml, {"RmtInf"}).children()) {
        if (local_name(line) != "Ustrd") continue;
        detail.remittance += (detail.remittance.empty() ? "" : " ") + text_of(line);
    }
    // Who paid us, or whom we paid. .08 has the party one deeper.
    const bool came_in = !entry.amount.is_negative();
    const Xml parties = at(xml, {"RltdPties"});
    const Xml party = at(parties, {came_in ? "Dbtr" : "Cdtr"});
    detail.name = text_at(at(party, {"Pty"}) ? at(party, {"Pty"}) : party, {"Nm"});
    const Xml number = at(parties, {came_in ? "DbtrAcct" : "CdtrAcct", "Id", "IBAN"});
    if (number) {
        const auto iban = Iban::parse(text_of(number));
        if (iban.ok()) detail.counterparty = *iban;
        if (!iban.ok()) tell("camt_counterparty", Severity::note, number);
    }
    detail.return_reason = text_at(xml, {"RtrInf", "Rsn", "Cd"});
    return detail;
}

std::vector<Detail> Reader::details(Xml xml, const Entry& entry) {
    std::vector<Detail> found;
    for (const Xml block : xml.children()) {
        if (local_name(block) != "NtryDtls") continue;
        for (const Xml one : block.children()) {
            if (local_name(one) == "TxDtls") found.push_back(detail(one, entry));
        }
    }
    if (found.empty()) found.emplace_back();
    // What stands alone is the whole entry, also in the currency of somebody else.
    if (found.size() == 1) found.front().amount = entry.amount;
    Cents sum;
    for (const Detail& one : found) sum += one.amount;
    if (sum == entry.amount) return found;
    tell("camt_details_differ", Severity::note, xml);
    Detail whole;
    whole.amount = entry.amount;
    for (const Detail& one : found)
        if (!one.remittance.empty())
            whole.remittance += (whole.remittance.empty() ? "" : " ") + one.remittance;
    return {whole};
}

Entry Reader::entry(Xml xml) {
    Entry entry;
    entry.amount = signed_amount(xml);
    if (entry.amount.is_zero()) refuse("camt_value_wrong", xml);
    const std::string reversal = text_at(xml, {"RvslInd"});
    entry.reversal = reversal == "true" || reversal == "1";
    entry.booked = day(need(xml, {"BookgDt"}));
    const Xml valued = at(xml, {"ValDt"});
    entry.valued = valued ? day(valued) : entry.booked;
    entry.reference = text_at(xml, {"AcctSvcrRef"});
    if (entry.reference.empty()) entry.reference = text_at(xml, {"NtryRef"});
    entry.batch = given(text_at(xml, {"NtryDtls", "Btch", "PmtInfId"}));
    if (entry.batch.empty()) entry.batch = given(text_at(xml, {"NtryDtls", "Btch", "MsgId"}));
    entry.about = text_at(xml, {"AddtlNtryInf"});
    entry.details = details(xml, entry);
    return entry;
}

void Reader::check_sum(const Statement& statement, Xml xml) {
    Cents entries;
    for (const Entry& entry : statement.entries) entries += entry.amount;
    const Cents difference = statement.closing.amount - statement.opening.amount - entries;
    if (difference.is_zero()) return;
    refuse("camt_balance", xml,
           {{"statement", statement.id},
            {"opening", statement.opening.amount.euros()},
            {"entries", entries.euros()},
            {"closing", statement.closing.amount.euros()},
            {"difference", difference.euros()}});
}

Statement Reader::statement(Xml xml) {
    Statement statement{text_of(need(xml, {"Id"})), std::nullopt, account(xml), {}, {}, {}};
    if (statement.id.empty() || statement.id.size() > 35) refuse("camt_value_wrong", need(xml, {"Id"}));
    // The legal number counts the statements; the electronic one also counts their repetition.
    for (const char* name : {"LglSeqNb", "ElctrncSeqNb"}) {
        const auto number = base::parse_digits(text_at(xml, {name}), 999'999'999'999);
        if (!statement.number && number) statement.number = *number;
    }
    // A bank that splits a day gives the opening of the part: PRCD is the closing of the day before.
    auto opening = balance(xml, "OPBD");
    if (!opening) opening = balance(xml, "PRCD");
    const auto closing = balance(xml, "CLBD");
    if (!opening || !closing) refuse("camt_value_missing", xml, {{"element", opening ? "CLBD" : "OPBD"}});
    statement.opening = *opening;
    statement.closing = *closing;
    for (const Xml one : xml.children()) {
        if (local_name(one) != "Ntry") continue;
        if (is_booked(one))
            statement.entries.push_back(entry(one));
        else
            tell("camt_not_booked", Severity::note, one);
    }
    check_sum(statement, xml);
    return statement;
}

std::vector<Statement> Reader::read() {
    check_outside();
    pugi::xml_document document;
    const auto parsed = document.load_buffer(bytes_.data(), bytes_.size());
    if (!parsed) refuse("camt_syntax", {});
    check_depth(document.document_element());
    std::vector<Statement> statements;
    std::set<std::pair<Iban, std::string>> seen;
    for (const Xml xml : message_in(document).children()) {
        if (local_name(xml) != "Stmt") continue;
        statements.push_back(statement(xml));
        if (!seen.emplace(statements.back().account, statements.back().id).second)
            refuse("camt_statement_twice", xml, {{"statement", statements.back().id}});
    }
    if (statements.empty()) refuse("camt_no_statement", {});
    return statements;
}

}  // namespace

bool is_camt053(std::string_view bytes) {
    return bytes.substr(0, 4096).find(name_space.substr(0, name_space.size() - 5)) != std::string_view::npos;
}

std::optional<std::vector<Statement>> read_camt053(std::string_view bytes, const std::string& file,
                                                   Findings& findings) {
    try {
        return Reader(bytes, file, findings).read();
    } catch (const Refused&) {
        return std::nullopt;
    }
}

}  // namespace bundel::bank
