// Random work against a model that keeps everything in plain maps and adds up from scratch.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>

#include "store/testing.h"
#include "support/property.h"
#include "support/store_fixture.h"

namespace bundel::store {
namespace {

using base::Digest;
using engine::CaseRow;
using engine::CountRow;
using engine::QuestionRow;
using values::Cents;
using values::Date;
using values::PersonId;

struct Model {
    std::set<std::pair<Digest, Date>> receipts;
    std::map<PersonId, CaseRow> cases;
    std::map<PersonId, std::vector<QuestionRow>> questions;
    std::set<PersonId> dirty;
    std::set<std::pair<PersonId, Digest>> readings;
    std::set<Digest> forgotten;  // messages with a part of somebody who was forgotten
};

constexpr std::uint64_t persons = 4;
constexpr std::size_t messages = 3;

PersonId any_person() {
    return {1, *rc::gen::inRange<std::uint64_t>(1, persons + 1)};
}

Date any_day() {
    return Date::of(2024, 1, 1).plus_days(*rc::gen::inRange(0, 4));
}

Digest any_law() {
    return base::digest(*rc::gen::element<std::string>("old law", "new law"));
}

std::vector<CountRow> any_counts() {
    std::vector<CountRow> counts(*rc::gen::inRange<std::size_t>(0, 4));
    for (CountRow& row : counts) {
        row.group = *rc::gen::element<std::string>("route", "claim");
        row.name = *rc::gen::element<std::string>("a", "b", "");
        row.count = *rc::gen::inRange(-2, 3);
        row.amount = Cents::of(*rc::gen::inRange(-500, 500));
    }
    return counts;
}

std::vector<QuestionRow> any_questions(PersonId person) {
    std::vector<QuestionRow> questions(*rc::gen::inRange<std::size_t>(0, 3));
    int number = 0;
    for (QuestionRow& row : questions) {
        row.person = person;
        row.key = *rc::gen::element<std::string>("x", "y") + std::to_string(number++);
        row.code = "ask";
        row.amount = Cents::of(*rc::gen::inRange(0, 3));
        if (*rc::gen::arbitrary<bool>()) row.deadline = any_day();
    }
    return questions;
}

class World {
public:
    World() : store(*open) {
        for (std::size_t i = 0; i < messages; ++i) {
            std::vector<engine::Segment> segments{{{}, "head " + std::to_string(i)}};
            for (std::uint64_t p = 1; p <= persons; ++p) {
                if ((i + p) % 2 == 0) segments.push_back({{1, p}, "part"});
            }
            ids.push_back(kept_message(store, segments));
            parts.push_back(segments);
        }
    }

    void step() {
        const PersonId person = any_person();
        const std::size_t which = *rc::gen::inRange<std::size_t>(0, messages);
        const Digest message = ids[which];
        switch (*rc::gen::inRange(0, 8)) {
            case 0: {
                const Date day = any_day();
                const bool fresh = model.receipts.emplace(message, day).second;
                RC_ASSERT(*store.add_receipt(message, day) == fresh);
                break;
            }
            case 1:
            case 2: {
                const Date day = any_day();
                const CaseRow row{person,
                                  day,
                                  day.plus_days(*rc::gen::inRange(0, 3)),
                                  base::digest("case"),
                                  any_law(),
                                  *rc::gen::inRange(0, 2),
                                  any_counts()};
                RC_ASSERT(store.put_case(row).ok());
                model.cases[person] = row;
                model.dirty.erase(person);
                break;
            }
            case 3: {
                const auto questions = any_questions(person);
                RC_ASSERT(store.put_questions(person, questions).ok());
                model.questions[person] = questions;
                break;
            }
            case 4:
                RC_ASSERT(store.mark_dirty(person).ok());
                model.dirty.insert(person);
                break;
            case 5:
                RC_ASSERT(store.put_reading(person, message, 1, "facts").ok());
                model.readings.emplace(person, message);
                break;
            case 6: {
                QuestionRow row{
                    {}, *rc::gen::element<std::string>("m1", "m2"), "ask", {}, Cents::of(1), std::nullopt};
                RC_ASSERT(store.add_question(row).ok());
                auto& about_nobody = model.questions[PersonId{}];
                const auto same = [&](const QuestionRow& known) { return known.key == row.key; };
                if (std::none_of(about_nobody.begin(), about_nobody.end(), same)) about_nobody.push_back(row);
                break;
            }
            default:
                if (*rc::gen::inRange(0, 4) == 0) forget(person);
        }
    }

    // Some work is thrown away: then nothing of it may show.
    void batch() {
        const Model before = model;
        RC_ASSERT(store.begin().ok());
        for (int i = *rc::gen::inRange(0, 8); i > 0; --i) step();
        if (*rc::gen::inRange(0, 3) > 0) {
            RC_ASSERT(store.commit().ok());
        } else {
            store.rollback();
            model = before;
        }
    }

    void compare() {
        const std::vector<std::pair<Digest, Date>> receipts(model.receipts.begin(), model.receipts.end());
        RC_ASSERT(*store.receipts() == receipts);
        RC_ASSERT(*store.totals() == totals());
        RC_ASSERT(*store.questions() == questions());
        for (int i = 0; i < 6; ++i) compare_due(Date::of(2024, 1, 1).plus_days(i), base::digest("new law"));
        std::set<PersonId> with_reading;
        for (const auto& [person, message] : model.readings) with_reading.insert(person);
        RC_ASSERT(*store.persons() == std::vector(with_reading.begin(), with_reading.end()));
        for (const Digest& id : ids) RC_ASSERT(store.message_bytes(id).ok() == !model.forgotten.contains(id));
        RC_ASSERT(store.check()->empty());
    }

private:
    void forget(PersonId person) {
        RC_ASSERT(store.forget(person, Date::of(2024, 1, 9)).ok());
        model.cases.erase(person);
        model.questions.erase(person);
        model.dirty.erase(person);
        std::erase_if(model.readings, [&](const auto& reading) { return reading.first == person; });
        for (std::size_t i = 0; i < messages; ++i) {
            for (const auto& segment : parts[i]) {
                if (segment.person == person) model.forgotten.insert(ids[i]);
            }
        }
    }

    std::vector<CountRow> totals() const {
        std::map<std::pair<std::string, std::string>, CountRow> sums;
        for (const auto& [person, row] : model.cases) {
            for (const CountRow& count : row.counts) {
                CountRow& sum = sums[{count.group, count.name}];
                sum = {count.group, count.name, sum.count + count.count, sum.amount + count.amount};
            }
        }
        std::vector<CountRow> rows;
        for (const auto& [key, row] : sums) rows.push_back(row);
        return rows;
    }

    std::vector<QuestionRow> questions() const {
        std::vector<QuestionRow> rows;
        for (const auto& [person, questions] : model.questions)
            rows.insert(rows.end(), questions.begin(), questions.end());
        const auto rank = [](const QuestionRow& row) {
            return std::tuple(-row.amount.count(), row.deadline.value_or(Date::far_future()), row.key,
                              row.person);
        };
        std::sort(rows.begin(), rows.end(), [&](const auto& a, const auto& b) { return rank(a) < rank(b); });
        return rows;
    }

    void compare_due(Date as_of, const Digest& law) {
        std::set<PersonId> expected = model.dirty;
        for (const auto& [person, row] : model.cases) {
            if (as_of < row.as_of || row.valid_until < as_of || row.law != law) expected.insert(person);
        }
        RC_ASSERT(*store.due(as_of, law, 100) == std::vector(expected.begin(), expected.end()));
    }

    std::unique_ptr<engine::Store> open = open_store(":memory:", testing::StoreFixture::key()).value();
    engine::Store& store;
    std::vector<Digest> ids;
    std::vector<std::vector<engine::Segment>> parts;
    Model model;
};

TEST(StoreLaw, KeepsTheSameAsThePlainModel) {
    testing::expect_law("store = model", [] {
        World world;
        for (int i = *rc::gen::inRange(1, 6); i > 0; --i) world.batch();
        world.compare();
    });
}

}  // namespace
}  // namespace bundel::store
