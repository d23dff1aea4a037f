// Every input of the corpus, and what fuzzing found before, in the ordinary tests.
#include "fuzz/replay.h"

#include "fuzz/targets.h"

namespace bundel::fuzz {
namespace {

TEST(Corpus, Decode) {
    replay("decode", decode);
}
TEST(Corpus, Check) {
    replay("decode", check);
    replay("answer", check);
}
TEST(Corpus, Tools) {
    replay("decode", tools);
}
TEST(Corpus, Csv) {
    replay("csv", csv);
}
TEST(Corpus, Intake) {
    replay("intake", intake);
    replay("decode", intake);
    replay("csv", intake);
}
TEST(Corpus, Answer) {
    replay("answer", answer);
    replay("decode", answer);
}
TEST(Corpus, Layout) {
    replay("layout", layout);
}
TEST(Corpus, Ber) {
    replay("ber", ber);
}
TEST(Corpus, Feel) {
    replay("feel", feel);
}
TEST(Corpus, Dmn) {
    replay("dmn", dmn);
}
TEST(Corpus, Camt) {
    replay("camt", camt);
}

}  // namespace
}  // namespace bundel::fuzz
