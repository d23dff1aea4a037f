#include "reply/reply.h"

namespace bundel::reply {
namespace {

using claim::State;

bool is_short(const claim::Sent& claim) {
    return claim.state == State::rejected || claim.state == State::approved_other_amount;
}

std::string verdict(const claim::Sent& claim, const texts::Texts& texts) {
    if (claim.state == State::rejected) {
        return texts.sentence(claim.credit ? "advice_credit_rejected" : "advice_rejected");
    }
    return texts.sentence("advice_reduced", {{"granted", texts.amount(claim.granted)},
                                             {"claimed", texts.amount(claim.amount)}});
}

void add_code(std::vector<std::string>& sentences, std::string_view code, const rulebook::Rulebook& rulebook,
              const texts::Texts& texts) {
    const rulebook::ReturnCode* known = rulebook.return_code(code);
    if (known == nullptr) {
        sentences.push_back(texts.sentence("advice_code_unknown", {{"code", std::string(code)}}));
        return;
    }
    sentences.push_back(texts.sentence("advice_code", {{"code", known->code}, {"text", known->text}}));
    if (!known->repair.empty()) sentences.push_back(texts.sentence(known->repair));
}

}  // namespace

std::vector<std::string> advice(const claim::Sent& claim, const rulebook::Rulebook& rulebook,
                                const texts::Texts& texts, std::optional<Date> latest_submit_day) {
    std::vector<std::string> sentences;
    if (is_short(claim)) sentences.push_back(verdict(claim, texts));
    for (const auto& code : claim.codes) {
        if (!code.empty()) add_code(sentences, code.view(), rulebook, texts);
    }
    if (is_short(claim) && !claim.credit && latest_submit_day) {
        sentences.push_back(texts.sentence("advice_deadline", {{"day", texts.day(*latest_submit_day)}}));
    }
    return sentences;
}

}  // namespace bundel::reply
