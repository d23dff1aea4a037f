#include "store/pages.h"

#include <functional>
#include <set>

#include "store/schema.h"
#include "store/sqlite_store.h"

namespace bundel::store {
using claim::Sent;

// "WHERE a AND b", and the values of its question marks in order. A number is bound as text too: SQLite
// reads it by the column it is compared with.
struct Reader::Condition {
    std::string sql;
    std::vector<std::string> values;

    void add(const std::string& term, std::vector<std::string> of_term) {
        sql += (sql.empty() ? " WHERE " : " AND ") + term;
        values.insert(values.end(), of_term.begin(), of_term.end());
    }
    void begins(const std::string& column, const std::string& text) {
        if (!text.empty()) add("substr(" + column + ", 1, ?) = ?", {std::to_string(text.size()), text});
    }
};

namespace {

std::string number_text(std::int64_t number) {
    return std::to_string(number);
}

template <class Read>
auto rows_of(Database& database, std::string sql, const std::vector<std::string>& values, const Page& page,
             Read read) -> Result<std::vector<std::invoke_result_t<Read, Statement&>>> {
    std::vector<std::invoke_result_t<Read, Statement&>> found;
    BUNDEL_TRY(row, database.prepare(database.lasting(std::move(sql))));
    for (const std::string& value : values) row.put_text(value);
    row.put_number(page.limit);
    row.put_number(page.offset);
    while (true) {
        BUNDEL_TRY(any, row.step());
        if (!any) return found;
        found.push_back(read(row));
        if (row.damaged()) return damaged_row("a page");
    }
}

const char* order_of(ClaimOrder order) {
    switch (order) {
        case ClaimOrder::newest: return "number DESC";
        case ClaimOrder::largest: return "amount DESC, number DESC";
        case ClaimOrder::last_sent: return "sent_day DESC, number DESC";
    }
    return "number DESC";
}

MessageLine take_message_line(Statement& row) {
    MessageLine line;
    line.message = take_message(row);
    line.received = take<Date>(row);
    line.findings = take<std::int64_t>(row);
    return line;
}

WomanLine take_woman(Statement& row) {
    WomanLine line;
    line.person = take<PersonId>(row);
    line.as_of = take<Date>(row);
    line.actions = take<std::int32_t>(row);
    line.questions = take<std::int64_t>(row);
    return line;
}

ClaimStep take_step(Statement& row) {
    ClaimStep step;
    step.day = take<Date>(row);
    step.cause = take<Digest>(row);
    step.state = take_word(row, claim::State::handed_over);
    step.granted = take<Cents>(row);
    step.paid = take<Cents>(row);
    for (auto& code : step.codes) code = take_text<base::FixedText<4>>(row);
    return step;
}

}  // namespace

Reader::Reader(std::unique_ptr<SqliteStore> store, Database& database)
    : store_(std::move(store)), database_(database) {}
Reader::~Reader() = default;

Result<std::unique_ptr<Reader>> Reader::open(const std::string& path, const Key& key) {
    BUNDEL_TRY(database, Database::open_reader(path, store_kind));
    Database& seen = *database;
    auto store = std::make_unique<SqliteStore>(std::move(database), key, nullptr);
    BUNDEL_TRY_DONE(store->check_key());
    return std::unique_ptr<Reader>(new Reader(std::move(store), seen));
}

engine::Store& Reader::store() {
    return *store_;
}

Result<Done> Reader::begin() {
    return database_.run("BEGIN");
}

void Reader::end() {
    if (database_.in_transaction()) static_cast<void>(database_.run("ROLLBACK"));
}

Result<std::int64_t> Reader::version() {
    BUNDEL_TRY(version, database_.first("PRAGMA data_version", take<std::int64_t>));
    return version.value_or(0);
}

// A count over a whole table is read once for each state of the store.
Result<std::int64_t> Reader::count(const std::string& what, const std::vector<std::string>& values) {
    BUNDEL_TRY(now, version());
    if (now != counted_at_) counts_.clear();
    counted_at_ = now;
    std::string key = what;
    for (const std::string& value : values) key += '\0' + value;
    const auto known = counts_.find(key);
    if (known != counts_.end()) return known->second;
    BUNDEL_TRY(row, database_.prepare(database_.lasting("SELECT count(*) FROM " + what)));
    for (const std::string& value : values) row.put_text(value);
    BUNDEL_TRY_DONE(row.step());
    return counts_[key] = row.number();
}

Result<Paged<Sent>> Reader::claims(const ClaimFilter& filter, ClaimOrder order, const Page& page) {
    Condition where;
    if (filter.state) where.add("state = ?", {number_text(static_cast<std::int64_t>(*filter.state))});
    if (filter.kind) where.add("kind = ?", {number_text(static_cast<std::int64_t>(*filter.kind))});
    if (!filter.declarant.is_none()) where.add("declarant = ?", {number_text(filter.declarant.number())});
    if (!filter.insurers.empty()) {
        std::string marks;
        std::vector<std::string> values;
        for (const UzoviCode insurer : filter.insurers) {
            marks += marks.empty() ? "?" : ", ?";
            values.push_back(number_text(insurer.number()));
        }
        where.add("insurer IN (" + marks + ")", std::move(values));
    }
    where.begins("reference", filter.reference);
    Paged<Sent> found;
    BUNDEL_TRY(total, count("claim" + where.sql, where.values));
    found.total = total;
    const std::string numbers =
        "SELECT number FROM claim" + where.sql + " ORDER BY " + order_of(order) + " LIMIT ? OFFSET ?";
    BUNDEL_TRY(rows, rows_of(database_, numbers, where.values, page, take<std::int64_t>));
    for (const std::int64_t number : rows) {
        BUNDEL_TRY(claim, database_.first("SELECT * FROM claim_row WHERE (declarant, reference) = "
                                          "(SELECT declarant, reference FROM claim WHERE number = ?)",
                                          take_sent, number));
        found.rows.push_back(std::move(claim.value()));
    }
    return found;
}

Result<std::vector<ClaimStep>> Reader::steps(AgbCode declarant, const Reference& reference) {
    return database_.all(
        "SELECT day, cause, state, granted, paid, code1, code2, code3 FROM claim_step WHERE claim = "
        "(SELECT number FROM claim WHERE declarant = ? AND reference = ?) ORDER BY number",
        take_step, declarant, reference);
}

Result<std::optional<Outgoing>> Reader::outgoing(std::int64_t number) {
    return database_.first("SELECT * FROM outgoing WHERE number = ?", take_outgoing, number);
}

Result<Paged<MessageLine>> Reader::messages(const MessageFilter& filter, const Page& page) {
    Condition where;
    if (filter.direction)
        where.add("direction = ?", {number_text(static_cast<std::int64_t>(*filter.direction))});
    where.begins("kind", filter.kind);
    if (!filter.name.empty()) where.add("instr(name, ?) > 0", {filter.name});
    Paged<MessageLine> found;
    BUNDEL_TRY(total, count("message" + where.sql, where.values));
    found.total = total;
    BUNDEL_TRY(rows, rows_of(database_,
                             "SELECT m.id, m.direction, m.kind, m.name, "
                             "(SELECT received FROM earliest WHERE message = m.number), "
                             "(SELECT count(*) FROM finding f WHERE f.message = m.id) "
                             "FROM message m" +
                                 where.sql + " ORDER BY m.number DESC LIMIT ? OFFSET ?",
                             where.values, page, take_message_line));
    found.rows = std::move(rows);
    return found;
}

Result<base::Findings> Reader::findings(const Digest& message) {
    return store_->findings_of(message);
}

namespace {

constexpr std::int64_t listed_most = 500;  // numbers named one by one; a whole export is looked for

// Where the names end that begin with "deelnemer:".
std::string end_of(const std::string& group) {
    return group.substr(0, group.size() - 1) + ';';
}

}  // namespace

Result<std::vector<std::string>> Reader::accounts_of(const std::string& group) {
    return database_.all("SELECT account FROM balance WHERE account >= ? AND account < ?", take<std::string>,
                         group, end_of(group));
}

// The entries of one page, as texts, newest first.
Result<std::vector<std::string>> Reader::newest_on(const std::vector<std::string>& accounts,
                                                   const Page& page) {
    std::set<std::int64_t, std::greater<>> newest;
    for (const std::string& account : accounts) {
        BUNDEL_TRY(numbers,
                   database_.all("SELECT entry FROM posting WHERE account = ? ORDER BY entry DESC LIMIT ?",
                                 take<std::int64_t>, account, page.offset + page.limit));
        newest.insert(numbers.begin(), numbers.end());
    }
    std::vector<std::string> shown;
    std::int64_t place = 0;
    for (const std::int64_t number : newest) {
        if (place >= page.offset && place < page.offset + page.limit) shown.push_back(number_text(number));
        ++place;
    }
    return shown;
}

Result<Paged<ledger::Entry>> Reader::entries(const EntryFilter& filter, const Page& page) {
    Condition where;
    const bool is_group = filter.account.ends_with(':');
    // The index has the newest entries of an account in order; an entry has at most one posting on it.
    const bool is_listed = !filter.account.empty() && filter.key.empty() && page.limit <= listed_most;
    if (is_listed) {
        BUNDEL_TRY(accounts,
                   is_group ? accounts_of(filter.account) : std::vector<std::string>{filter.account});
        BUNDEL_TRY(numbers, newest_on(accounts, page));
        std::string marks;
        for (std::size_t i = 0; i < numbers.size(); ++i) marks += i == 0 ? "?" : ", ?";
        where.add("number IN (" + marks + ")", numbers);
    } else if (is_group) {
        where.add("EXISTS(SELECT 1 FROM posting WHERE entry = number AND account >= ? AND account < ?)",
                  {filter.account, end_of(filter.account)});
    } else if (!filter.account.empty()) {
        where.add("EXISTS(SELECT 1 FROM posting WHERE entry = number AND account = ?)", {filter.account});
    }
    where.begins("key", filter.key);
    Paged<ledger::Entry> found;
    BUNDEL_TRY(total, !is_listed ? count("entry" + where.sql, where.values)
                      : is_group
                          ? count("(SELECT DISTINCT entry FROM posting WHERE account >= ? AND account < ?)",
                                  {filter.account, end_of(filter.account)})
                          : count("posting WHERE account = ?", {filter.account}));
    found.total = total;
    BUNDEL_TRY(
        rows, rows_of(database_, "SELECT * FROM entry" + where.sql + " ORDER BY number DESC LIMIT ? OFFSET ?",
                      where.values, is_listed ? Page{0, page.limit} : page, take_entry));
    found.rows = std::move(rows);
    for (ledger::Entry& entry : found.rows) {
        const auto add = [&](Statement& row) {
            const auto account = ledger::Account::parse(row.text());
            const auto amount = take<Cents>(row);
            if (!account.ok()) row.mark_damaged();
            if (account.ok()) entry.content.postings.push_back({*account, amount});
            return Done{};
        };
        BUNDEL_TRY_DONE(database_.all("SELECT account, amount FROM posting WHERE entry = ? ORDER BY place",
                                      add, entry.number));
    }
    return found;
}

Result<std::map<std::string, Cents>> Reader::balances() {
    const auto read = [](Statement& row) {
        auto account = take<std::string>(row);
        return std::pair(std::move(account), take<Cents>(row));
    };
    BUNDEL_TRY(rows, database_.all("SELECT account, amount FROM balance ORDER BY account", read));
    return std::map<std::string, Cents>(rows.begin(), rows.end());
}

Result<Paged<WomanLine>> Reader::women(WomenWith with, const Page& page) {
    const std::string where = with == WomenWith::actions ? " WHERE actions > 0"
                              : with == WomenWith::questions
                                  ? " WHERE person IN (SELECT person FROM question)"
                                  : "";
    // Pages that are passed over are counted in an index: a row itself is large.
    const std::string from =
        with == WomenWith::actions ? "assessment" : "assessment INDEXED BY assessment_person";
    Paged<WomanLine> found;
    BUNDEL_TRY(total, count("assessment" + where, {}));
    found.total = total;
    BUNDEL_TRY(rows,
               rows_of(database_,
                       "SELECT p.id, a.as_of, a.actions, "
                       "(SELECT count(*) FROM question q WHERE q.person = a.person) "
                       "FROM assessment a JOIN person p ON p.number = a.person "
                       "WHERE a.person IN (SELECT person FROM " +
                           from + where + " ORDER BY person DESC LIMIT ? OFFSET ?) ORDER BY a.person DESC",
                       {}, page, take_woman));
    found.rows = std::move(rows);
    return found;
}

namespace {

const std::string deadline_key = "ifnull(deadline, 2932896)";

// The row that all pages of the work list are pieces of; indexes have these expressions.
std::string in_row(QuestionOrder order, const std::string& direction) {
    const bool is_largest = order == QuestionOrder::largest;
    return (is_largest ? "-amount" : deadline_key) + direction + ", " +
           (is_largest ? deadline_key : "-amount") + direction + ", id" + direction;
}

}  // namespace

Result<Paged<engine::QuestionRow>> Reader::questions(const QuestionFilter& filter, const Page& page) {
    Condition where;
    if (!filter.code.empty()) where.add("code = ?", {filter.code});
    Paged<engine::QuestionRow> found;
    BUNDEL_TRY(total, count("question" + where.sql, where.values));
    found.total = total;
    BUNDEL_TRY(rows,
               rows_of(database_,
                       "SELECT * FROM question_row" + where.sql + " ORDER BY " + in_row(filter.order, "") +
                           " LIMIT ? OFFSET ?",
                       where.values, page, [this](Statement& row) { return store_->take_question(row); }));
    found.rows = std::move(rows);
    return found;
}

// The id of the nearest on that side; empty when there is none.
Result<std::string> Reader::beside(const engine::QuestionRow& question, const QuestionFilter& filter,
                                   bool is_after) {
    const std::string sql = "SELECT id FROM question WHERE " +
                            std::string(filter.code.empty() ? "?1 = ''" : "code = ?1") + " AND (" +
                            in_row(filter.order, "") + ")" + (is_after ? " > " : " < ") + "(?2, ?3, ?4)" +
                            " ORDER BY " + in_row(filter.order, is_after ? "" : " DESC") + " LIMIT 1";
    const std::int64_t amount = -question.amount.count();
    const std::int64_t day = question.deadline.value_or(Date::far_future()).day_number();
    const bool is_largest = filter.order == QuestionOrder::largest;
    BUNDEL_TRY(id, database_.first(database_.lasting(sql), take<std::string>, filter.code,
                                   is_largest ? amount : day, is_largest ? day : amount, question.id()));
    return id.value_or("");
}

Result<std::optional<QuestionPlace>> Reader::question(const std::string& id, const QuestionFilter& filter) {
    BUNDEL_TRY(found, database_.first(
                          "SELECT * FROM question_row WHERE id = ?",
                          [this](Statement& row) { return store_->take_question(row); }, id));
    if (!found) return std::optional<QuestionPlace>();
    BUNDEL_TRY(before, beside(*found, filter, false));
    BUNDEL_TRY(after, beside(*found, filter, true));
    return std::optional(QuestionPlace{std::move(*found), before, after});
}

Result<std::vector<engine::QuestionRow>> Reader::questions_about(AgbCode declarant, const Reference& claim) {
    const std::string about = "claim/" + declarant.digits() + "/" + claim.str();
    return database_.all(
        "SELECT * FROM question_row WHERE key > ? AND key < ? AND key = ? || code ORDER BY key",
        [this](Statement& row) { return store_->take_question(row); }, about + "/", about + "0", about + "/");
}

Result<std::vector<engine::QuestionRow>> Reader::questions_of(PersonId woman) {
    return database_.all(
        "SELECT * FROM question_row WHERE woman = ? ORDER BY key",
        [this](Statement& row) { return store_->take_question(row); }, woman);
}

Result<std::vector<QuestionKind>> Reader::question_kinds() {
    const auto read = [](Statement& row) {
        QuestionKind kind;
        kind.code = take<std::string>(row);
        kind.count = take<std::int64_t>(row);
        kind.amount = take<Cents>(row);
        kind.soonest = take_optional<Date>(row);
        return kind;
    };
    return database_.all(
        "SELECT code, count(*), sum(amount), min(deadline) FROM question GROUP BY code ORDER BY sum(amount) "
        "DESC, code",
        read);
}

Result<Sum> Reader::losses() {
    const auto read = [](Statement& row) {
        Sum sum;
        sum.count = take<std::int64_t>(row);
        sum.amount = take<Cents>(row);
        return sum;
    };
    BUNDEL_TRY(sum, database_.first("SELECT count(*), ifnull(sum(amount), 0) FROM loss", read));
    return sum.value_or(Sum{});
}

Result<std::vector<PersonId>> Reader::persons_like(const std::string& hex) {
    BUNDEL_ASSERT(hex.size() >= 8 && hex.size() <= 32);
    const auto first = PersonId::parse(hex + std::string(32 - hex.size(), '0'));
    const auto last = PersonId::parse(hex + std::string(32 - hex.size(), 'f'));
    if (!first.ok() || !last.ok()) return std::vector<PersonId>();
    return database_.all("SELECT id FROM person WHERE id BETWEEN ? AND ? AND forgotten IS NULL LIMIT 2",
                         take<PersonId>, *first, *last);
}

}  // namespace bundel::store
