// Payments of insurers, what was delivered, what divisions rest on, and the day from which this directory
// does the work.
#include "store/sqlite_store.h"

namespace bundel::store {
namespace {

PaymentRow take_payment(Statement& row) {
    PaymentRow payment;
    payment.insurer = take<UzoviCode>(row);
    payment.key = take_text<base::FixedText<40>>(row);
    payment.withdrawn = take<bool>(row);
    payment.declarant = take<AgbCode>(row);
    payment.claim = take_text<Reference>(row);
    payment.day = take<Date>(row);
    payment.amount = take<Cents>(row);
    payment.applied = take<Cents>(row);
    payment.message = take<Digest>(row);
    payment.received = take<Date>(row);
    payment.settlement = take_text<base::FixedText<40>>(row);
    return payment;
}

DeliveryRow take_delivery(Statement& row) {
    DeliveryRow delivery;
    delivery.message = take<Digest>(row);
    delivery.declarant = take<AgbCode>(row);
    delivery.invoice = take<std::string>(row);
    delivery.dated = take<Date>(row);
    delivery.lines = take<std::int64_t>(row);
    delivery.amount = take<Cents>(row);
    delivery.received = take<Date>(row);
    return delivery;
}

DivisionRow take_division(Statement& row) {
    DivisionRow division;
    division.key = take<std::string>(row);
    division.content = take<Digest>(row);
    return division;
}

DivisionRow::Part take_part(Statement& row) {
    DivisionRow::Part part;
    part.payee = take<AgbCode>(row);
    part.carried = take<std::string>(row);
    part.entitled = take<std::string>(row);
    return part;
}

}  // namespace

Result<Done> SqliteStore::put_payment(const PaymentRow& row) {
    Together together(*database_);
    BUNDEL_TRY_DONE(together.begin());
    BUNDEL_TRY(message, number_of(row.message));
    BUNDEL_TRY_DONE(database_->execute(
        "INSERT INTO payment(insurer, key, withdrawn, declarant, reference, day, amount, applied, message, "
        "settlement) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT(insurer, key) DO UPDATE SET withdrawn "
        "= "
        "excluded.withdrawn, applied = excluded.applied",
        row.insurer, row.key, row.withdrawn, row.declarant, row.claim, row.day, row.amount, row.applied,
        message, row.settlement));
    return together.keep();
}

Result<std::optional<PaymentRow>> SqliteStore::payment(UzoviCode insurer, std::string_view key) {
    return database_->first("SELECT * FROM payment_row WHERE insurer = ? AND key = ?", take_payment, insurer,
                            key);
}

Result<std::vector<PaymentRow>> SqliteStore::payments_on(AgbCode declarant, const Reference& claim) {
    return database_->all("SELECT * FROM payment_row WHERE declarant = ? AND reference = ? ORDER BY number",
                          take_payment, declarant, claim);
}

Result<std::vector<PaymentRow>> SqliteStore::settlement_payments() {
    return database_->all("SELECT * FROM payment_row WHERE settlement <> '' ORDER BY number", take_payment);
}

Result<std::vector<PaymentRow>> SqliteStore::open_payments() {
    return database_->all(
        "SELECT * FROM payment_row WHERE applied <> amount AND withdrawn = 0 ORDER BY number", take_payment);
}

Result<std::vector<PaymentRow>> SqliteStore::all_payments() {
    return database_->all("SELECT * FROM payment_row ORDER BY number", take_payment);
}

Result<Done> SqliteStore::add_delivery(const DeliveryRow& row) {
    Together together(*database_);
    BUNDEL_TRY_DONE(together.begin());
    BUNDEL_TRY(message, number_of(row.message));
    BUNDEL_TRY_DONE(database_->execute("INSERT INTO delivery VALUES(?, ?, ?, ?, ?, ?)", message,
                                       row.declarant, row.invoice, row.dated, row.lines, row.amount));
    return together.keep();
}

Result<std::vector<DeliveryRow>> SqliteStore::deliveries() {
    return database_->all(
        "SELECT m.id, d.declarant, d.invoice, d.dated, d.lines, d.amount, e.received FROM delivery d "
        "JOIN message m ON m.number = d.message JOIN earliest e ON e.message = d.message "
        "ORDER BY d.declarant, m.id",
        take_delivery);
}

Result<Done> SqliteStore::add_division(const DivisionRow& row) {
    Together together(*database_);
    BUNDEL_TRY_DONE(together.begin());
    BUNDEL_TRY_DONE(database_->execute("INSERT INTO division VALUES(?, ?)", row.key, row.content));
    for (const DivisionRow::Part& part : row.parts)
        BUNDEL_TRY_DONE(database_->execute("INSERT INTO division_part VALUES(?, ?, ?, ?)", row.key,
                                           part.payee, part.carried, part.entitled));
    return together.keep();
}

Result<std::optional<DivisionRow>> SqliteStore::division(std::string_view key) {
    BUNDEL_TRY(row, database_->first("SELECT key, content FROM division WHERE key = ?", take_division, key));
    if (!row) return row;
    BUNDEL_TRY(parts, database_->all("SELECT payee, carried, entitled FROM division_part WHERE key = ? "
                                     "ORDER BY payee",
                                     take_part, key));
    row->parts = std::move(parts);
    return row;
}

Result<std::vector<DivisionRow>> SqliteStore::divisions() {
    BUNDEL_TRY(rows, database_->all("SELECT key, content FROM division ORDER BY key", take_division));
    BUNDEL_TRY(parts, database_->all("SELECT key, payee, carried, entitled FROM division_part "
                                     "ORDER BY key, payee",
                                     [](Statement& row) {
                                         auto key = take<std::string>(row);
                                         return std::pair(std::move(key), take_part(row));
                                     }));
    auto at = rows.begin();
    for (auto& [key, part] : parts) {
        while (at->key != key) ++at;
        at->parts.push_back(std::move(part));
    }
    return rows;
}

Result<std::optional<Date>> SqliteStore::cutover() {
    return database_->first("SELECT day FROM cutover", take<Date>);
}

Result<Done> SqliteStore::set_cutover(Date day) {
    BUNDEL_TRY(kept, cutover());
    if (!kept) return database_->execute("INSERT INTO cutover VALUES(1, ?)", day);
    if (*kept != day) return Error{"cutover_differs", {{"day", kept->dutch()}}};
    return Done{};
}

}  // namespace bundel::store
