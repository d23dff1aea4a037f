// Statements, the movements on them, payouts, and the accounts that may be paid to.
#include "store/sqlite_store.h"

namespace bundel::store {
using engine::AccountApproval;
using engine::MovementRow;
using engine::MovementState;
using engine::PayoutLine;
using engine::PayoutRow;
using engine::PayoutState;
using engine::StatementRow;

namespace {

StatementRow take_statement(Statement& row) {
    StatementRow statement;
    statement.account = take<std::string>(row);
    statement.id = take<std::string>(row);
    statement.number = take_optional<std::int64_t>(row);
    statement.opening_day = take<Date>(row);
    statement.opening = take<Cents>(row);
    statement.closing_day = take<Date>(row);
    statement.closing = take<Cents>(row);
    statement.content = take<Digest>(row);
    statement.message = take<Digest>(row);
    return statement;
}

MovementRow take_movement(Statement& row) {
    MovementRow movement;
    movement.key = take<Digest>(row);
    movement.message = take<Digest>(row);
    movement.statement = take<std::int32_t>(row);
    movement.entry = take<std::int32_t>(row);
    movement.detail = take<std::int32_t>(row);
    movement.booked = take<Date>(row);
    movement.amount = take<Cents>(row);
    movement.state = take_word(row, MovementState::settled);
    movement.insurer = take<UzoviCode>(row);
    return movement;
}

PayoutRow take_payout(Statement& row) {
    PayoutRow payout;
    payout.number = take<std::int64_t>(row);
    payout.proposed = take<Date>(row);
    payout.pay_on = take<Date>(row);
    payout.proposed_by = take<std::string>(row);
    payout.basis = take<Digest>(row);
    payout.state = take_word(row, PayoutState::dropped);
    payout.approved_by = take<std::string>(row);
    payout.approved = take_optional<Date>(row);
    payout.outgoing = take<std::int64_t>(row);
    return payout;
}

PayoutLine take_payout_line(Statement& row) {
    PayoutLine line;
    line.participant = take<AgbCode>(row);
    line.amount = take<Cents>(row);
    line.account = take<Digest>(row);
    line.first = take<bool>(row);
    return line;
}

AccountApproval take_approval(Statement& row) {
    AccountApproval approval;
    approval.owner = take<AgbCode>(row);
    approval.account = take<Digest>(row);
    approval.by = take<std::string>(row);
    approval.day = take<Date>(row);
    return approval;
}

}  // namespace

Result<Done> SqliteStore::add_statement(const StatementRow& row) {
    Together together(*database_);
    BUNDEL_TRY_DONE(together.begin());
    BUNDEL_TRY(message, number_of(row.message));
    BUNDEL_TRY_DONE(
        database_->execute("INSERT INTO statement(account, id, sequence, opening_day, opening, closing_day, "
                           "closing, content, message) "
                           "VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?)",
                           row.account, row.id, row.number, row.opening_day, row.opening, row.closing_day,
                           row.closing, row.content, message));
    return together.keep();
}

Result<std::vector<StatementRow>> SqliteStore::statements() {
    return database_->all(
        "SELECT s.account, s.id, s.sequence, s.opening_day, s.opening, s.closing_day, s.closing, s.content, "
        "m.id "
        "FROM statement s JOIN message m ON m.number = s.message ORDER BY s.account, s.closing_day, s.number",
        take_statement);
}

Result<bool> SqliteStore::add_movement(const MovementRow& row) {
    Together together(*database_);
    BUNDEL_TRY_DONE(together.begin());
    BUNDEL_TRY(known,
               database_->first("SELECT number FROM movement WHERE key = ?", take<std::int64_t>, row.key));
    if (known) return false;
    BUNDEL_TRY(message, number_of(row.message));
    BUNDEL_TRY_DONE(database_->execute(
        "INSERT INTO movement(key, message, statement, entry, detail, booked, amount, state, insurer) "
        "VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?)",
        row.key, message, row.statement, row.entry, row.detail, row.booked, row.amount, row.state,
        row.insurer));
    BUNDEL_TRY_DONE(together.keep());
    return true;
}

Result<Done> SqliteStore::set_movement(const Digest& key, MovementState state, UzoviCode insurer) {
    return database_->execute("UPDATE movement SET state = ?, insurer = ? WHERE key = ?", state, insurer,
                              key);
}

Result<std::vector<MovementRow>> SqliteStore::unsettled_movements() {
    return database_->all(
        "SELECT v.key, m.id, v.statement, v.entry, v.detail, v.booked, v.amount, v.state, v.insurer "
        "FROM movement v JOIN message m ON m.number = v.message WHERE v.state < 2 ORDER BY v.number",
        take_movement);
}

Result<Done> SqliteStore::add_payout(const PayoutRow& row) {
    Together together(*database_);
    BUNDEL_TRY_DONE(together.begin());
    BUNDEL_TRY_DONE(database_->execute("INSERT INTO payout VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?)", row.number,
                                       row.proposed, row.pay_on, row.proposed_by, row.basis, row.state,
                                       row.approved_by, row.approved, row.outgoing));
    std::int64_t place = 0;
    for (const PayoutLine& line : row.lines)
        BUNDEL_TRY_DONE(database_->execute("INSERT INTO payout_line VALUES(?, ?, ?, ?, ?, ?)", row.number,
                                           ++place, line.participant, line.amount, line.account, line.first));
    return together.keep();
}

Result<Done> SqliteStore::set_payout(const PayoutRow& row) {
    return database_->execute(
        "UPDATE payout SET state = ?, approved_by = ?, approved = ?, outgoing = ? WHERE number = ?",
        row.state, row.approved_by, row.approved, row.outgoing, row.number);
}

Result<std::vector<PayoutRow>> SqliteStore::payouts() {
    BUNDEL_TRY(rows, database_->all("SELECT * FROM payout ORDER BY number", take_payout));
    for (PayoutRow& row : rows) {
        BUNDEL_TRY(lines, database_->all("SELECT participant, amount, account, first FROM payout_line "
                                         "WHERE payout = ? ORDER BY place",
                                         take_payout_line, row.number));
        row.lines = std::move(lines);
    }
    return rows;
}

Result<Done> SqliteStore::add_account_approval(const AccountApproval& approval) {
    return database_->execute(
        "INSERT INTO account_approval(owner, account, approved_by, day) VALUES(?, ?, ?, ?)", approval.owner,
        approval.account, approval.by, approval.day);
}

Result<std::vector<AccountApproval>> SqliteStore::account_approvals() {
    return database_->all("SELECT owner, account, approved_by, day FROM account_approval ORDER BY number",
                          take_approval);
}

}  // namespace bundel::store
