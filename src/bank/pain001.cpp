#include "bank/pain001.h"

#include <algorithm>

#include "bank/letters.h"
#include "base/text.h"

namespace bundel::bank {
using base::Done;
using base::Error;
using base::Result;
using values::Cents;

namespace {

constexpr std::size_t reference_max = 35;
constexpr std::size_t name_max = 70;
constexpr std::size_t remittance_max = 140;
constexpr Cents largest = Cents::of(99'999'999'999);

// Source: EPC132-08 1.4: no slash at either end, no two in a row.
bool is_reference(const std::string& text) {
    return !text.empty() && text.size() <= reference_max && in_sepa_letters(text) == text &&
           text.front() != '/' && text.back() != '/' && text.front() != ' ' && text.back() != ' ' &&
           text.find("//") == std::string::npos;
}

// In letters that fit; nothing when it cannot be.
std::optional<std::string> fitted(std::string_view text, std::size_t most) {
    auto plain = in_sepa_letters(base::trim(text));
    return plain && plain->size() <= most ? plain : std::nullopt;
}

std::string decimal(Cents amount) {
    return std::to_string(amount.count() / 100) + "." + base::zero_padded(amount.count() % 100, 2);
}

class Xml {
public:
    explicit Xml(std::string_view first) : text_(first) {}
    void open(const std::string& name, const std::string& attributes = {}) {
        line("<" + name + attributes + ">");
        open_.push_back(name);
    }
    void close() {
        const std::string name = open_.back();
        open_.pop_back();
        line("</" + name + ">");
    }
    // Contract: `value` is in SEPA letters: of these none but the quote means anything, and only in an
    // attribute.
    void value(const std::string& name, std::string_view value, const std::string& attributes = {}) {
        line("<" + name + attributes + ">" + std::string(value) + "</" + name + ">");
    }
    std::string take() {
        BUNDEL_ASSERT(open_.empty());
        return std::move(text_);
    }

private:
    void line(const std::string& written) { text_ += std::string(2 * open_.size(), ' ') + written + "\n"; }
    std::string text_;
    std::vector<std::string> open_;
};

struct Within {
    Xml& xml;
    Within(Xml& whole, const std::string& name, const std::string& attributes = {}) : xml(whole) {
        xml.open(name, attributes);
    }
    Within(const Within&) = delete;
    ~Within() { xml.close(); }
};

Result<Done> check(const Batch& batch) {
    if (batch.orders.empty()) return Error{"pain_no_orders"};
    if (!is_reference(batch.id)) return Error{"pain_reference", {{"reference", batch.id}}};
    if (batch.requested < batch.created) return Error{"pain_day_passed"};
    if (!fitted(batch.name, name_max) || base::trim(batch.name).empty())
        return Error{"pain_name", {{"reference", batch.id}}};
    if (!batch.account.in_sepa()) return Error{"pain_not_sepa", {{"reference", batch.id}}};
    return Done{};
}

Result<Done> check(const Order& order) {
    const base::Params which{{"reference", order.end_to_end}};
    if (!is_reference(order.end_to_end)) return Error{"pain_reference", which};
    if (order.amount <= Cents() || order.amount > largest) return Error{"pain_amount", which};
    if (!fitted(order.name, name_max) || base::trim(order.name).empty()) return Error{"pain_name", which};
    if (!fitted(order.remittance, remittance_max)) return Error{"pain_remittance", which};
    if (!order.account.in_sepa()) return Error{"pain_not_sepa", which};
    return Done{};
}

void account(Xml& xml, const std::string& name, const values::Iban& iban) {
    Within account(xml, name);
    Within id(xml, "Id");
    xml.value("IBAN", iban.str());
}

// Source: EPC132-08: without a BIC the bank is named by "NOTPROVIDED".
void own_bank(Xml& xml, const Batch& batch) {
    Within agent(xml, "DbtrAgt");
    Within institution(xml, "FinInstnId");
    if (batch.bank) return xml.value(batch.version == PainVersion::v03 ? "BIC" : "BICFI", batch.bank->str());
    Within other(xml, "Othr");
    xml.value("Id", "NOTPROVIDED");
}

void write_order(Xml& xml, const Order& order) {
    Within transfer(xml, "CdtTrfTxInf");
    {
        Within id(xml, "PmtId");
        xml.value("EndToEndId", order.end_to_end);
    }
    {
        Within amount(xml, "Amt");
        xml.value("InstdAmt", decimal(order.amount), " Ccy=\"EUR\"");
    }
    {
        Within party(xml, "Cdtr");
        xml.value("Nm", *fitted(order.name, name_max));
    }
    account(xml, "CdtrAcct", order.account);
    if (base::trim(order.remittance).empty()) return;
    Within remittance(xml, "RmtInf");
    xml.value("Ustrd", *fitted(order.remittance, remittance_max));
}

void totals(Xml& xml, std::size_t count, Cents sum) {
    xml.value("NbOfTxs", std::to_string(count));
    xml.value("CtrlSum", decimal(sum));
}

void write_payment(Xml& xml, const Batch& batch, const std::vector<Order>& orders, Cents sum) {
    Within payment(xml, "PmtInf");
    xml.value("PmtInfId", batch.id);
    xml.value("PmtMtd", "TRF");
    xml.value("BtchBookg", "false");
    totals(xml, orders.size(), sum);
    {
        Within type(xml, "PmtTpInf");
        Within level(xml, "SvcLvl");
        xml.value("Cd", "SEPA");
    }
    if (batch.version == PainVersion::v03) {
        xml.value("ReqdExctnDt", batch.requested.iso());
    } else {
        Within day(xml, "ReqdExctnDt");
        xml.value("Dt", batch.requested.iso());
    }
    {
        Within party(xml, "Dbtr");
        xml.value("Nm", *fitted(batch.name, name_max));
    }
    account(xml, "DbtrAcct", batch.account);
    own_bank(xml, batch);
    xml.value("ChrgBr", "SLEV");
    for (const Order& order : orders) write_order(xml, order);
}

}  // namespace

std::string_view name_of(PainVersion version) {
    return version == PainVersion::v03 ? "pain.001.001.03" : "pain.001.001.09";
}

Result<PainVersion> parse_pain_version(std::string_view name) {
    for (const PainVersion version : {PainVersion::v03, PainVersion::v09}) {
        if (name_of(version) == name) return version;
    }
    return Error{"pain_version", {{"found", std::string(name.substr(0, 20))}}};
}

Result<std::string> write_pain001(const Batch& batch) {
    BUNDEL_TRY_DONE(check(batch));
    std::vector<Order> orders = batch.orders;
    std::ranges::sort(orders, {}, &Order::end_to_end);
    Cents sum;
    for (std::size_t i = 0; i < orders.size(); ++i) {
        BUNDEL_TRY_DONE(check(orders[i]));
        if (i > 0 && orders[i - 1].end_to_end == orders[i].end_to_end)
            return Error{"pain_reference_twice", {{"reference", orders[i].end_to_end}}};
        BUNDEL_TRY(grown, values::add(sum, orders[i].amount));
        sum = grown;
    }
    Xml xml("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    {
        Within document(
            xml, "Document",
            " xmlns=\"urn:iso:std:iso:20022:tech:xsd:" + std::string(name_of(batch.version)) + "\"");
        Within initiation(xml, "CstmrCdtTrfInitn");
        {
            Within header(xml, "GrpHdr");
            xml.value("MsgId", batch.id);
            xml.value("CreDtTm", batch.created.iso() + "T00:00:00");
            totals(xml, orders.size(), sum);
            Within party(xml, "InitgPty");
            xml.value("Nm", *fitted(batch.name, name_max));
        }
        write_payment(xml, batch, orders, sum);
    }
    return xml.take();
}

}  // namespace bundel::bank
