// Pieces of long lists, for a screen: rows from `offset` on, at most `limit`, newest first unless said
// otherwise. Each reads no more than it gives and, the first time after a change, what it counts.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "claim/claim.h"
#include "engine/ports.h"
#include "store/crypto.h"
#include "values/identifiers.h"

namespace bundel::store {

struct Page {
    std::int64_t offset = 0;
    std::int64_t limit = 50;
};

template <class Row>
struct Paged {
    std::vector<Row> rows;
    std::int64_t total = 0;  // that the filter lets through
};

// What is none or empty lets everything through.
struct ClaimFilter {
    std::optional<claim::State> state;
    std::optional<claim::Kind> kind;
    std::vector<values::UzoviCode> insurers;
    values::AgbCode declarant;
    std::string reference;  // begins with
};
enum class ClaimOrder : std::uint8_t { newest, largest, last_sent };

struct MessageFilter {
    std::optional<engine::Direction> direction;
    std::string kind;  // begins with
    std::string name;  // has in it
};
struct MessageLine {
    engine::MessageRow message;
    values::Date received;  // earliest receipt; 9999-12-31: none (it is one of ours)
    std::int64_t findings = 0;
};

struct EntryFilter {
    std::string account;  // a whole path, or one that it begins with when it ends in ':'
    std::string key;      // begins with
};

enum class QuestionOrder : std::uint8_t { largest, soonest };
struct QuestionFilter {
    std::string code;
    QuestionOrder order = QuestionOrder::largest;
};
// A question in the row of those asked for; before and after: their ids, empty at an end.
struct QuestionPlace {
    engine::QuestionRow question;
    std::string before, after;
};
struct QuestionKind {
    std::string code;
    std::int64_t count = 0;
    values::Cents amount;
    std::optional<values::Date> soonest;
};
struct Sum {
    std::int64_t count = 0;
    values::Cents amount;
};

enum class WomenWith : std::uint8_t { anything, questions, actions };
struct WomanLine {
    values::PersonId person;
    values::Date as_of;
    std::int32_t actions = 0;
    std::int64_t questions = 0;
};

// A step in the life of a claim.
struct ClaimStep {
    values::Date day;
    base::Digest cause;  // the message that brought it; zero: our own doing
    claim::State state = claim::State::planned;
    values::Cents granted, paid;
    std::array<base::FixedText<4>, 3> codes{};
};

class SqliteStore;
class Database;

// A view of the store of a data directory that this process has open, for one thread. Everything between
// begin() and end() is as it was at one moment.
class Reader {
public:
    // Errors: as of open_store().
    static base::Result<std::unique_ptr<Reader>> open(const std::string& path, const Key& key);
    Reader(const Reader&) = delete;
    Reader& operator=(const Reader&) = delete;
    ~Reader();

    engine::Store& store();  // what would change something gives store_failed
    base::Result<base::Done> begin();
    void end();
    // Another number whenever something was committed since.
    base::Result<std::int64_t> version();

    base::Result<Paged<claim::Sent>> claims(const ClaimFilter& filter, ClaimOrder order, const Page& page);
    base::Result<std::vector<ClaimStep>> steps(values::AgbCode declarant, const values::Reference& reference);
    base::Result<std::optional<engine::Outgoing>> outgoing(std::int64_t number);
    base::Result<Paged<MessageLine>> messages(const MessageFilter& filter, const Page& page);
    base::Result<base::Findings> findings(const base::Digest& message);
    base::Result<Paged<ledger::Entry>> entries(const EntryFilter& filter, const Page& page);
    base::Result<std::map<std::string, values::Cents>> balances();  // by account
    base::Result<Paged<WomanLine>> women(WomenWith with, const Page& page);
    base::Result<Paged<engine::QuestionRow>> questions(const QuestionFilter& filter, const Page& page);
    base::Result<std::optional<QuestionPlace>> question(const std::string& id, const QuestionFilter& filter);
    base::Result<std::vector<engine::QuestionRow>> questions_about(values::AgbCode declarant,
                                                                   const values::Reference& claim);
    base::Result<std::vector<engine::QuestionRow>> questions_of(values::PersonId woman);
    base::Result<std::vector<QuestionKind>> question_kinds();  // largest amount first
    base::Result<Sum> losses();
    // At most two persons whose id begins with these hex digits (8..32); forgotten ones are not found.
    base::Result<std::vector<values::PersonId>> persons_like(const std::string& hex);

private:
    Reader(std::unique_ptr<SqliteStore> store, Database& database);
    struct Condition;
    base::Result<std::vector<std::string>> accounts_of(const std::string& group);
    base::Result<std::vector<std::string>> newest_on(const std::vector<std::string>& accounts,
                                                     const Page& page);
    base::Result<std::string> beside(const engine::QuestionRow& question, const QuestionFilter& filter,
                                     bool is_after);
    base::Result<std::int64_t> count(const std::string& what, const std::vector<std::string>& values);

    std::unique_ptr<SqliteStore> store_;
    Database& database_;
    std::int64_t counted_at_ = -1;
    std::map<std::string, std::int64_t> counts_;  // of filters, as of counted_at_
};

}  // namespace bundel::store
