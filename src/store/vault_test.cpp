#include "store/vault.h"

#include <gtest/gtest.h>

#include "store/testing.h"
#include "support/store_fixture.h"

namespace bundel::store {
namespace {

using intake::IdentityRow;
using testing::StoreFixture;
using values::AgbCode;
using values::Bsn;
using values::Date;
using values::PersonId;

const AgbCode practice = AgbCode::of(8000101);
const AgbCode other_practice = AgbCode::of(8000102);

// Synthetic numbers that pass the eleven test.
Bsn bsn(const char* digits) {
    return Bsn::parse(digits).value();
}

IdentityRow row_of(const char* digits, AgbCode declarant, const char* patient_number) {
    IdentityRow row;
    if (*digits != '\0') row.bsn = bsn(digits);
    row.declarant = declarant;
    row.patient_number = patient_number;
    return row;
}

IdentityRow full_row() {
    IdentityRow row = row_of("111222333", practice, "P-1");
    row.insured_number = "insured";
    row.insurer = values::UzoviCode::of(1234);
    row.birth_date = Date::of(1990, 2, 28);
    row.sex = "2";
    row.name = "Example-name";
    row.prefix = "van";
    row.partner_name = "Example-partner";
    row.partner_prefix = "de";
    row.initials = "E";
    row.postcode = "1234AB";
    row.house_number = "7";
    row.house_number_addition = "b";
    return row;
}

template <class T>
std::string code_of(const base::Result<T>& result) {
    return result.ok() ? "" : result.error().code;
}

TEST(Vault, WhoIsTheSamePerson) {
    struct Row {
        const char* name;
        IdentityRow first;
        IdentityRow second;
        bool same;
    };
    const Row rows[] = {
        {"one BSN, two practices", row_of("111222333", practice, "P-1"),
         row_of("111222333", other_practice, "X"), true},
        {"two BSNs, one patient number", row_of("111222333", practice, "P-1"),
         row_of("123456782", practice, "P-1"), false},
        {"no BSN, one patient number", row_of("", practice, "P-1"), row_of("", practice, "P-1"), true},
        {"no BSN, two patient numbers", row_of("", practice, "P-1"), row_of("", practice, "P-2"), false},
        {"no BSN, two practices", row_of("", practice, "P-1"), row_of("", other_practice, "P-1"), false},
        {"BSN comes later", row_of("", practice, "P-1"), row_of("111222333", practice, "P-1"), false},
        {"BSN came before", row_of("111222333", practice, "P-1"), row_of("", practice, "P-1"), false},
        {"digits move between code and number", row_of("", AgbCode::of(8000101), "2"),
         row_of("", AgbCode::of(80001012), ""), false},
    };
    for (const Row& row : rows) {
        SCOPED_TRACE(row.name);
        for (const auto ids : {PersonIds::random, PersonIds::from_identity}) {
            const auto vault = open_vault(":memory:", StoreFixture::key(), ids).value();
            const auto first = vault->person(row.first);
            const auto second = vault->person(row.second);
            ASSERT_TRUE(first.ok());
            if (row.second.bsn || !row.second.patient_number.empty()) {
                ASSERT_TRUE(second.ok());
                EXPECT_EQ(*first == *second, row.same);
            } else {
                EXPECT_EQ(code_of(second), "identity_absent");
            }
            EXPECT_EQ(*vault->person(row.first), *first) << "and stays so";
        }
    }
}

TEST(Vault, IdentityIsTheLatestRowWhole) {
    const auto vault = open_vault(":memory:", StoreFixture::key()).value();
    const PersonId person = *vault->person(row_of("111222333", other_practice, ""));
    EXPECT_EQ(*vault->identity(person), row_of("111222333", other_practice, ""));
    ASSERT_EQ(*vault->person(full_row()), person);
    EXPECT_EQ(*vault->identity(person), full_row());
    EXPECT_EQ(code_of(vault->identity(PersonId{1, 2})), "person_unknown");
}

TEST(Vault, FindsByBsnAndByPatientNumber) {
    const auto vault = open_vault(":memory:", StoreFixture::key()).value();
    const PersonId provisional = *vault->person(row_of("", practice, "P-1"));
    EXPECT_EQ(*vault->find(practice, "P-1"), provisional);
    EXPECT_EQ(*vault->find(bsn("111222333")), std::nullopt);
    const PersonId person = *vault->person(row_of("111222333", practice, "P-1"));
    EXPECT_EQ(*vault->find(bsn("111222333")), person);
    EXPECT_EQ(*vault->find(practice, "P-1"), person) << "with BSN beats provisional";
    EXPECT_EQ(*vault->find(other_practice, "P-1"), std::nullopt);
    EXPECT_EQ(*vault->find(practice, ""), std::nullopt);
    ASSERT_TRUE(vault->person(row_of("123456782", practice, "P-1")).ok());
    EXPECT_EQ(*vault->find(practice, "P-1"), std::nullopt) << "a contradiction is not guessed away";
}

TEST(Vault, IdsFromIdentityDoNotDependOnOrderOrVault) {
    const IdentityRow rows[] = {row_of("111222333", practice, "P-1"), row_of("", practice, "P-1"),
                                row_of("123456782", practice, "P-2")};
    const auto one = open_vault(":memory:", StoreFixture::key(), PersonIds::from_identity).value();
    const auto two = open_vault(":memory:", StoreFixture::key(), PersonIds::from_identity).value();
    const auto keyed = open_vault(":memory:", Key::random(), PersonIds::from_identity).value();
    const auto random = open_vault(":memory:", StoreFixture::key(), PersonIds::random).value();
    std::vector<PersonId> forward;
    for (const IdentityRow& row : rows) forward.push_back(*one->person(row));
    for (std::size_t i = 3; i-- > 0;) {
        EXPECT_EQ(*two->person(rows[i]), forward[i]);
        EXPECT_NE(*keyed->person(rows[i]), forward[i]) << "without the key nobody can make them";
        EXPECT_NE(*random->person(rows[i]), forward[i]);
    }
}

TEST(Vault, ForgetsOnePerson) {
    const auto vault = open_vault(":memory:", StoreFixture::key()).value();
    const PersonId person = *vault->person(full_row());
    const PersonId other = *vault->person(row_of("123456782", practice, "P-2"));
    ASSERT_TRUE(vault->forget(person).ok());
    EXPECT_EQ(code_of(vault->identity(person)), "person_unknown");
    EXPECT_EQ(*vault->find(bsn("111222333")), std::nullopt);
    EXPECT_EQ(*vault->find(practice, "P-1"), std::nullopt);
    EXPECT_EQ(*vault->find(bsn("123456782")), other);
    EXPECT_TRUE(vault->forget(person).ok());
    EXPECT_NE(*vault->person(full_row()), person) << "who comes back is new";
}

TEST(Vault, FileHoldsNothingReadableAndNothingForgotten) {
    const TempFolder folder("vault");
    const std::string path = folder.path("vault.db");
    const auto whole = [&] { return content_of(path) + content_of(path + "-wal"); };
    const auto vault = open_vault(path, StoreFixture::key()).value();
    const PersonId person = *vault->person(full_row());
    ASSERT_NE(whole().find(raw(person)), std::string::npos);
    for (const char* text : {"111222333", "Example-name", "Example-partner", "1234AB", "P-1", "insured"})
        EXPECT_EQ(whole().find(text), std::string::npos) << text;
    ASSERT_TRUE(vault->forget(person).ok());
    EXPECT_EQ(whole().find(raw(person)), std::string::npos);
}

TEST(Vault, FileIsOursAloneAndUnderItsKey) {
    const TempFolder folder("vault");
    const std::string path = folder.path("vault.db");
    auto vault = open_vault(path, StoreFixture::key());
    const PersonId person = *(*vault)->person(full_row());
    EXPECT_EQ(code_of(open_vault(path, StoreFixture::key())), "store_in_use");
    vault->reset();
    EXPECT_EQ(code_of(open_vault(path, Key::random())), "store_key_wrong");
    EXPECT_EQ(code_of(open_store(path, StoreFixture::key())), "store_foreign");
    EXPECT_EQ(*open_vault(path, StoreFixture::key()).value()->find(bsn("111222333")), person);
}

TEST(Vault, SettlesBeforeItsStoreCommits) {
    const TempFolder folder("vault");
    const auto vault = open_vault(folder.path("vault.db"), StoreFixture::key()).value();
    const auto store = open_store(folder.path("store.db"), StoreFixture::key(), vault.get()).value();
    ASSERT_TRUE(store->begin().ok());
    const PersonId person = *vault->person(full_row());
    const auto in_file = [&] {
        return (content_of(folder.path("vault.db")) + content_of(folder.path("vault.db-wal")))
                   .find(raw(person)) != std::string::npos;
    };
    EXPECT_FALSE(in_file());
    EXPECT_EQ(*vault->find(bsn("111222333")), person) << "seen at once";
    ASSERT_TRUE(store->commit().ok());
    EXPECT_TRUE(in_file());
    ASSERT_TRUE(vault->person(row_of("123456782", practice, "P-2")).ok());
    ASSERT_TRUE(vault->forget(person).ok());
    EXPECT_FALSE(in_file());
}

}  // namespace
}  // namespace bundel::store
