#include "engine/region.h"

#include "engine/banking.h"
#include "engine/closing.h"
#include "engine/payments.h"
#include "engine/women.h"
#include "facts/woman.h"
#include "intake/completeness.h"

namespace bundel::engine {

Result<std::set<std::string>> settled_questions(World& world, Date as_of) {
    BUNDEL_TRY(rows, world.store.readings(PersonId{}));
    facts::Woman nobody;
    for (const ReadingRow& row : rows) {
        BUNDEL_TRY(reading, facts::decode(row.blob, row.message, row.received));
        nobody.judgements.insert(nobody.judgements.end(), reading.judgements.begin(),
                                 reading.judgements.end());
    }
    std::set<std::string> settled;
    for (const auto& judgement : facts::known_on(nobody, as_of).judgements) {
        if (judgement.fact.kind == facts::JudgementKind::accept)
            settled.insert(judgement.fact.question.str());
    }
    return settled;
}

namespace {

std::string short_key(std::string text) {
    constexpr std::size_t longest = 64;  // what a judgement can name
    return text.size() <= longest ? text : text.substr(0, 31) + base::digest(text).hex().substr(0, 32);
}

QuestionRow question_for(const intake::Suspicion& suspicion) {
    const std::string participant = suspicion.declarant.digits();
    QuestionRow question;
    if (suspicion.kind == intake::Suspicion::Kind::numbers) {
        question.key = short_key("levering/" + participant + "/" + suspicion.first + "-" + suspicion.last);
        question.code = "delivery_numbers_missing";
        question.params = {{"participant", participant},
                           {"first", suspicion.first},
                           {"last", suspicion.last},
                           {"count", std::to_string(suspicion.missing)}};
    } else {
        const std::string month = month_text(suspicion.month.first);
        question.key = "levering/" + participant + "/" + month;
        question.code = "delivery_month_low";
        question.params = {{"participant", participant},
                           {"month", month},
                           {"lines", std::to_string(suspicion.lines)},
                           {"usual", std::to_string(suspicion.usual)}};
    }
    return question;
}

// Who was no participant all that month has nothing to deliver.
bool had_to_deliver(const facts::Agreements& known, const intake::Suspicion& suspicion) {
    return facts::membership_on(known, suspicion.declarant, suspicion.month.first) != nullptr &&
           facts::membership_on(known, suspicion.declarant, suspicion.month.last) != nullptr;
}

Result<Done> ask_about_deliveries(World& world, Date as_of) {
    BUNDEL_TRY(agreements, load_agreements(world));
    const facts::Agreements known = facts::known_on(agreements, as_of);
    BUNDEL_TRY(rows, world.store.deliveries());
    std::vector<intake::Delivery> deliveries;
    for (const DeliveryRow& row : rows) {
        if (row.received <= as_of) deliveries.push_back({row.declarant, row.invoice, row.dated, row.lines});
    }
    BUNDEL_TRY(settled, settled_questions(world, as_of));
    std::vector<QuestionRow> questions;
    for (const auto& suspicion : intake::suspicions(deliveries, world.rulebook.completeness(), as_of)) {
        if (!had_to_deliver(known, suspicion)) continue;
        QuestionRow question = question_for(suspicion);
        if (!settled.contains(question.key)) questions.push_back(std::move(question));
    }
    return world.store.put_topic("levering", questions);
}

}  // namespace

Result<Done> ask_about_region(World& world, Date as_of) {
    BUNDEL_TRY(transaction, Transaction::begin(world.store));
    BUNDEL_TRY_DONE(settle_movements(world, as_of));
    BUNDEL_TRY_DONE(ask_about_payments(world, as_of));
    BUNDEL_TRY_DONE(ask_about_bank(world, as_of));
    BUNDEL_TRY_DONE(ask_about_deliveries(world, as_of));
    return transaction.commit();
}

}  // namespace bundel::engine
