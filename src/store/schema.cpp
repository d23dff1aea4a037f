#include "store/schema.h"

namespace bundel::store {

// Hashes and random ids stand in unique indexes, never as the clustered key: rows lie in the order of
// arrival. Person 0 is nobody. A person is forgotten by giving her row a fresh random id: what must stay
// (claims) keeps its number and loses her. Sealed columns hold encrypted bytes.
const Database::Kind store_kind{0x626e646c, 7, R"sql(
CREATE TABLE key_check(only INTEGER PRIMARY KEY CHECK(only = 1), digest BLOB NOT NULL) STRICT;
CREATE TABLE person(
    number INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE CHECK(length(id) = 16), forgotten INTEGER) STRICT;
INSERT INTO person VALUES(0, zeroblob(16), NULL);

CREATE TABLE message(
    number INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE, direction INTEGER NOT NULL, kind TEXT NOT NULL,
    name TEXT NOT NULL, segments INTEGER NOT NULL, link BLOB NOT NULL) STRICT;
CREATE TABLE segment(
    message INTEGER NOT NULL REFERENCES message, place INTEGER NOT NULL, person INTEGER NOT NULL REFERENCES person,
    commitment BLOB NOT NULL, salt BLOB, sealed BLOB, PRIMARY KEY(message, place)) STRICT;
CREATE INDEX segment_person ON segment(person);
CREATE TABLE receipt(
    message INTEGER NOT NULL REFERENCES message, received INTEGER NOT NULL,
    PRIMARY KEY(message, received)) STRICT, WITHOUT ROWID;
CREATE TABLE finding(number INTEGER PRIMARY KEY, message BLOB NOT NULL, sealed BLOB NOT NULL) STRICT;
CREATE INDEX finding_message ON finding(message);

CREATE TABLE reading(
    number INTEGER PRIMARY KEY, person INTEGER NOT NULL REFERENCES person,
    message INTEGER NOT NULL REFERENCES message, version INTEGER NOT NULL, sealed BLOB NOT NULL,
    UNIQUE(person, message)) STRICT;
CREATE INDEX reading_message ON reading(message);
CREATE TABLE line(
    number INTEGER PRIMARY KEY, issuer INTEGER NOT NULL, reference TEXT NOT NULL,
    person INTEGER NOT NULL REFERENCES person, content BLOB NOT NULL, message INTEGER NOT NULL REFERENCES message,
    record INTEGER NOT NULL, UNIQUE(issuer, reference, message)) STRICT;
CREATE INDEX line_person ON line(person);
CREATE TABLE successor(
    number INTEGER PRIMARY KEY, issuer INTEGER NOT NULL, reference TEXT NOT NULL, line_issuer INTEGER NOT NULL,
    line_reference TEXT NOT NULL, credit INTEGER NOT NULL, person INTEGER NOT NULL REFERENCES person,
    message INTEGER NOT NULL REFERENCES message,
    UNIQUE(issuer, reference, line_issuer, line_reference, credit, message)) STRICT;
CREATE INDEX successor_person ON successor(person);
CREATE TABLE link(
    a INTEGER NOT NULL REFERENCES person, b INTEGER NOT NULL REFERENCES person,
    PRIMARY KEY(a, b)) STRICT, WITHOUT ROWID;

CREATE TABLE dirty(person INTEGER PRIMARY KEY REFERENCES person) STRICT;
CREATE TABLE law(number INTEGER PRIMARY KEY, digest BLOB NOT NULL UNIQUE) STRICT;
CREATE TABLE assessment(
    person INTEGER PRIMARY KEY REFERENCES person, as_of INTEGER NOT NULL, valid_until INTEGER NOT NULL,
    digest BLOB NOT NULL, law INTEGER NOT NULL REFERENCES law, actions INTEGER NOT NULL, sealed BLOB NOT NULL) STRICT;
CREATE INDEX assessment_person ON assessment(person); -- without what is sealed: to turn many pages
CREATE INDEX assessment_as_of ON assessment(as_of);
CREATE INDEX assessment_valid_until ON assessment(valid_until);
CREATE INDEX assessment_law ON assessment(law);
CREATE INDEX assessment_actions ON assessment(person) WHERE actions > 0;
CREATE TABLE total(
    grouping TEXT NOT NULL, name TEXT NOT NULL, cases INTEGER NOT NULL, count INTEGER NOT NULL, amount INTEGER NOT NULL,
    PRIMARY KEY(grouping, name)) STRICT, WITHOUT ROWID;
CREATE TABLE question(
    number INTEGER PRIMARY KEY, person INTEGER NOT NULL REFERENCES person, id TEXT NOT NULL, key TEXT NOT NULL,
    code TEXT NOT NULL, sealed BLOB NOT NULL, amount INTEGER NOT NULL, deadline INTEGER) STRICT;
CREATE INDEX question_person ON question(person, key);
CREATE INDEX question_id ON question(id);
CREATE INDEX question_key ON question(key);
CREATE INDEX question_largest ON question(-amount, ifnull(deadline, 2932896), id);
CREATE INDEX question_soonest ON question(ifnull(deadline, 2932896), -amount, id);
CREATE INDEX question_largest_of ON question(code, -amount, ifnull(deadline, 2932896), id);
CREATE INDEX question_soonest_of ON question(code, ifnull(deadline, 2932896), -amount, id);
CREATE TABLE loss(
    number INTEGER PRIMARY KEY, person INTEGER NOT NULL REFERENCES person, participant INTEGER NOT NULL,
    issuer INTEGER NOT NULL, reference TEXT NOT NULL, amount INTEGER NOT NULL,
    latest_submit_day INTEGER NOT NULL) STRICT;
CREATE INDEX loss_person ON loss(person);

CREATE TABLE sequence(name TEXT PRIMARY KEY, last INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE outgoing(
    number INTEGER PRIMARY KEY, kind TEXT NOT NULL, file_name TEXT NOT NULL UNIQUE, invoice TEXT NOT NULL,
    declarant INTEGER NOT NULL, insurer INTEGER NOT NULL,
    message BLOB NOT NULL REFERENCES message(id) DEFERRABLE INITIALLY DEFERRED, as_of INTEGER NOT NULL,
    state INTEGER NOT NULL, sent_day INTEGER) STRICT;
CREATE UNIQUE INDEX outgoing_invoice ON outgoing(declarant, invoice) WHERE invoice <> '';
CREATE INDEX outgoing_not_sent ON outgoing(number) WHERE state < 2;
CREATE TABLE claim(
    number INTEGER PRIMARY KEY, reference TEXT NOT NULL, person INTEGER NOT NULL REFERENCES person,
    kind INTEGER NOT NULL, credit INTEGER NOT NULL, debit TEXT NOT NULL, declarant INTEGER NOT NULL,
    insurer INTEGER NOT NULL, performance TEXT NOT NULL, care_first INTEGER NOT NULL, care_last INTEGER NOT NULL,
    amount INTEGER NOT NULL, issuer INTEGER NOT NULL, line TEXT NOT NULL, phases INTEGER NOT NULL, contract TEXT NOT NULL,
    status INTEGER NOT NULL, content BLOB NOT NULL, trail BLOB NOT NULL, rulebook BLOB NOT NULL,
    as_of INTEGER NOT NULL, outgoing INTEGER REFERENCES outgoing DEFERRABLE INITIALLY DEFERRED,
    state INTEGER NOT NULL, sent_day INTEGER, answered_day INTEGER, granted INTEGER NOT NULL,
    paid INTEGER NOT NULL, code1 TEXT NOT NULL, code2 TEXT NOT NULL, code3 TEXT NOT NULL,
    UNIQUE(declarant, reference)) STRICT;
CREATE INDEX claim_person ON claim(person);
CREATE INDEX claim_outgoing ON claim(outgoing);
CREATE INDEX claim_state ON claim(state);
CREATE INDEX claim_insurer ON claim(insurer);
CREATE INDEX claim_amount ON claim(amount);
CREATE INDEX claim_sent_day ON claim(sent_day);
CREATE TABLE claim_step(
    number INTEGER PRIMARY KEY, claim INTEGER NOT NULL REFERENCES claim, day INTEGER NOT NULL, cause BLOB NOT NULL,
    state INTEGER NOT NULL, granted INTEGER NOT NULL, paid INTEGER NOT NULL, code1 TEXT NOT NULL,
    code2 TEXT NOT NULL, code3 TEXT NOT NULL) STRICT;
CREATE INDEX claim_step_claim ON claim_step(claim);
CREATE TABLE tombstone(
    person INTEGER NOT NULL REFERENCES person, declarant INTEGER NOT NULL, insurer INTEGER NOT NULL,
    performance TEXT NOT NULL, granted INTEGER NOT NULL,
    PRIMARY KEY(person, declarant, insurer, performance)) STRICT, WITHOUT ROWID;

CREATE TABLE payment(
    number INTEGER PRIMARY KEY, insurer INTEGER NOT NULL, key TEXT NOT NULL, withdrawn INTEGER NOT NULL,
    declarant INTEGER NOT NULL, reference TEXT NOT NULL, day INTEGER NOT NULL, amount INTEGER NOT NULL,
    applied INTEGER NOT NULL, message INTEGER NOT NULL REFERENCES message, settlement TEXT NOT NULL,
    UNIQUE(insurer, key)) STRICT;
CREATE INDEX payment_claim ON payment(declarant, reference);
CREATE INDEX payment_settlement ON payment(number) WHERE settlement <> '';
CREATE INDEX payment_open ON payment(number) WHERE applied <> amount AND withdrawn = 0;
CREATE TABLE statement(
    number INTEGER PRIMARY KEY, account TEXT NOT NULL, id TEXT NOT NULL, sequence INTEGER, opening_day INTEGER NOT NULL,
    opening INTEGER NOT NULL, closing_day INTEGER NOT NULL, closing INTEGER NOT NULL, content BLOB NOT NULL,
    message INTEGER NOT NULL REFERENCES message, UNIQUE(account, id)) STRICT;
CREATE TABLE movement(
    number INTEGER PRIMARY KEY, key BLOB NOT NULL UNIQUE, message INTEGER NOT NULL REFERENCES message,
    statement INTEGER NOT NULL, entry INTEGER NOT NULL, detail INTEGER NOT NULL, booked INTEGER NOT NULL,
    amount INTEGER NOT NULL, state INTEGER NOT NULL, insurer INTEGER NOT NULL) STRICT;
CREATE INDEX movement_unsettled ON movement(number) WHERE state < 2;
CREATE TABLE payout(
    number INTEGER PRIMARY KEY, proposed INTEGER NOT NULL, pay_on INTEGER NOT NULL, proposed_by TEXT NOT NULL,
    basis BLOB NOT NULL, state INTEGER NOT NULL, approved_by TEXT NOT NULL, approved INTEGER,
    outgoing INTEGER NOT NULL) STRICT;
CREATE TABLE payout_line(
    payout INTEGER NOT NULL REFERENCES payout, place INTEGER NOT NULL, participant INTEGER NOT NULL,
    amount INTEGER NOT NULL CHECK(amount > 0), account BLOB NOT NULL, first INTEGER NOT NULL,
    PRIMARY KEY(payout, place)) STRICT, WITHOUT ROWID;
CREATE TABLE account_approval(
    number INTEGER PRIMARY KEY, owner INTEGER NOT NULL, account BLOB NOT NULL, approved_by TEXT NOT NULL,
    day INTEGER NOT NULL) STRICT;
CREATE TABLE delivery(
    message INTEGER NOT NULL REFERENCES message, declarant INTEGER NOT NULL, invoice TEXT NOT NULL,
    dated INTEGER NOT NULL, lines INTEGER NOT NULL, amount INTEGER NOT NULL,
    PRIMARY KEY(message, declarant)) STRICT, WITHOUT ROWID;
CREATE TABLE cutover(only INTEGER PRIMARY KEY CHECK(only = 1), day INTEGER NOT NULL) STRICT;

CREATE TABLE entry(
    number INTEGER PRIMARY KEY, kind TEXT NOT NULL, key TEXT NOT NULL UNIQUE, booking_day INTEGER NOT NULL,
    care_first INTEGER NOT NULL, care_last INTEGER NOT NULL, earlier_key TEXT NOT NULL, digest BLOB NOT NULL) STRICT;
CREATE TABLE posting(
    entry INTEGER NOT NULL REFERENCES entry, place INTEGER NOT NULL, account TEXT NOT NULL, amount INTEGER NOT NULL,
    PRIMARY KEY(entry, place)) STRICT, WITHOUT ROWID;
CREATE INDEX posting_account ON posting(account, entry);
CREATE TABLE division(key TEXT PRIMARY KEY REFERENCES entry(key), content BLOB NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE division_part(
    key TEXT NOT NULL REFERENCES division, payee INTEGER NOT NULL, carried TEXT NOT NULL, entitled TEXT NOT NULL,
    PRIMARY KEY(key, payee)) STRICT, WITHOUT ROWID;
CREATE TABLE closing(
    number INTEGER PRIMARY KEY, first INTEGER NOT NULL, last INTEGER NOT NULL CHECK(last >= first),
    entries INTEGER NOT NULL, after INTEGER NOT NULL, digest BLOB NOT NULL) STRICT;
CREATE TABLE balance(account TEXT PRIMARY KEY, amount INTEGER NOT NULL) STRICT, WITHOUT ROWID;

-- A message without receipt is known never: 9999-12-31.
CREATE VIEW earliest AS
    SELECT number AS message, ifnull((SELECT min(received) FROM receipt WHERE message = number), 2932896) AS received
    FROM message;
CREATE VIEW line_row AS
    SELECT l.issuer, l.reference, p.id, l.content, m.id, l.record, e.received, l.person AS person, m.id AS message_id
    FROM line l JOIN person p ON p.number = l.person JOIN message m ON m.number = l.message
        JOIN earliest e ON e.message = l.message;
CREATE VIEW question_row AS
    SELECT p.id AS woman, q.key, q.code, q.sealed, q.amount, q.deadline, q.id AS id
    FROM question q JOIN person p ON p.number = q.person;
CREATE VIEW claim_row AS
    SELECT c.reference, p.id, c.kind, c.credit, c.debit, c.declarant, c.insurer, c.performance, c.care_first,
        c.care_last, c.amount, c.issuer, c.line, c.phases, c.contract, c.status, c.content, c.trail, c.rulebook,
        c.as_of, ifnull(c.outgoing, 0), c.state, c.sent_day, c.answered_day, c.granted, c.paid, c.code1, c.code2, c.code3,
        c.person AS person, c.outgoing AS outgoing
    FROM claim c JOIN person p ON p.number = c.person;

CREATE VIEW payment_row AS
    SELECT p.insurer, p.key, p.withdrawn, p.declarant, p.reference, p.day, p.amount, p.applied, m.id, e.received,
        p.settlement, p.number AS number
    FROM payment p JOIN message m ON m.number = p.message JOIN earliest e ON e.message = p.message;

CREATE TRIGGER payout_line_kept BEFORE UPDATE ON payout_line
    BEGIN SELECT RAISE(ABORT, 'payout_line is append-only'); END;
CREATE TRIGGER payout_line_stays BEFORE DELETE ON payout_line
    BEGIN SELECT RAISE(ABORT, 'payout_line is append-only'); END;
CREATE TRIGGER payout_final BEFORE UPDATE ON payout WHEN OLD.state >= 2
    BEGIN SELECT RAISE(ABORT, 'payout was ordered or dropped'); END;
CREATE TRIGGER entry_kept BEFORE UPDATE ON entry BEGIN SELECT RAISE(ABORT, 'entry is append-only'); END;
CREATE TRIGGER entry_stays BEFORE DELETE ON entry BEGIN SELECT RAISE(ABORT, 'entry is append-only'); END;
CREATE TRIGGER entry_next BEFORE INSERT ON entry
    WHEN NEW.number <> (SELECT ifnull(max(number), 0) + 1 FROM entry)
    BEGIN SELECT RAISE(ABORT, 'entry has not the next number'); END;
CREATE TRIGGER posting_kept BEFORE UPDATE ON posting BEGIN SELECT RAISE(ABORT, 'posting is append-only'); END;
CREATE TRIGGER posting_stays BEFORE DELETE ON posting BEGIN SELECT RAISE(ABORT, 'posting is append-only'); END;
CREATE TRIGGER division_kept BEFORE UPDATE ON division BEGIN SELECT RAISE(ABORT, 'division is history'); END;
CREATE TRIGGER division_stays BEFORE DELETE ON division BEGIN SELECT RAISE(ABORT, 'division is history'); END;
CREATE TRIGGER division_part_kept BEFORE UPDATE ON division_part
    BEGIN SELECT RAISE(ABORT, 'division_part is history'); END;
CREATE TRIGGER division_part_stays BEFORE DELETE ON division_part
    BEGIN SELECT RAISE(ABORT, 'division_part is history'); END;
CREATE TRIGGER entry_open BEFORE INSERT ON entry
    WHEN EXISTS(SELECT 1 FROM closing WHERE NEW.booking_day BETWEEN first AND last)
    BEGIN SELECT RAISE(ABORT, 'entry in a closed period'); END;
CREATE TRIGGER closing_next BEFORE INSERT ON closing
    WHEN NEW.number <> (SELECT ifnull(max(number), 0) + 1 FROM closing)
        OR EXISTS(SELECT 1 FROM closing WHERE NEW.first <= last AND first <= NEW.last)
    BEGIN SELECT RAISE(ABORT, 'closing does not follow'); END;
CREATE TRIGGER closing_kept BEFORE UPDATE ON closing BEGIN SELECT RAISE(ABORT, 'closing is append-only'); END;
CREATE TRIGGER closing_stays BEFORE DELETE ON closing BEGIN SELECT RAISE(ABORT, 'closing is append-only'); END;
CREATE TRIGGER claim_step_kept BEFORE UPDATE ON claim_step
    BEGIN SELECT RAISE(ABORT, 'claim_step is append-only'); END;
CREATE TRIGGER claim_step_stays BEFORE DELETE ON claim_step
    BEGIN SELECT RAISE(ABORT, 'claim_step is append-only'); END;
CREATE TRIGGER receipt_kept BEFORE UPDATE ON receipt BEGIN SELECT RAISE(ABORT, 'receipt is append-only'); END;
CREATE TRIGGER receipt_stays BEFORE DELETE ON receipt BEGIN SELECT RAISE(ABORT, 'receipt is append-only'); END;
CREATE TRIGGER message_kept BEFORE UPDATE ON message BEGIN SELECT RAISE(ABORT, 'message is append-only'); END;
CREATE TRIGGER message_stays BEFORE DELETE ON message BEGIN SELECT RAISE(ABORT, 'message is append-only'); END;
CREATE TRIGGER segment_kept BEFORE UPDATE ON segment
    WHEN NEW.sealed IS NOT NULL OR NEW.salt IS NOT NULL OR NEW.commitment <> OLD.commitment
        OR NEW.message <> OLD.message OR NEW.place <> OLD.place OR NEW.person <> OLD.person
    BEGIN SELECT RAISE(ABORT, 'segment can only be forgotten'); END;
CREATE TRIGGER segment_stays BEFORE DELETE ON segment BEGIN SELECT RAISE(ABORT, 'segment is append-only'); END;
CREATE TRIGGER claim_kept BEFORE UPDATE OF number, reference, person, kind, credit, debit, declarant, insurer,
        performance, care_first, care_last, amount, issuer, line, phases, contract, status, content, trail, rulebook,
        as_of, outgoing ON claim
    BEGIN SELECT RAISE(ABORT, 'claim is history'); END;
CREATE TRIGGER payment_kept BEFORE UPDATE OF number, insurer, key, declarant, reference, day, amount, message,
        settlement ON payment BEGIN SELECT RAISE(ABORT, 'payment is history'); END;
CREATE TRIGGER payment_stays BEFORE DELETE ON payment BEGIN SELECT RAISE(ABORT, 'payment is history'); END;
CREATE TRIGGER cutover_kept BEFORE UPDATE ON cutover BEGIN SELECT RAISE(ABORT, 'there is one cutover'); END;
CREATE TRIGGER cutover_stays BEFORE DELETE ON cutover BEGIN SELECT RAISE(ABORT, 'there is one cutover'); END;
CREATE TRIGGER claim_stays BEFORE DELETE ON claim BEGIN SELECT RAISE(ABORT, 'claim is history'); END;
)sql"};

}  // namespace bundel::store
