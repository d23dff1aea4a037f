// What is fuzzed: each takes any bytes and asserts what must hold for all of them. Called by the libFuzzer
// programs and by the test that replays the corpus.
#pragma once

#include <string_view>

namespace bundel::fuzz {

// An EI file: never a crash, bounded findings, and what is read can be copied byte for byte.
void decode(std::string_view bytes);

// The checks of all levels over a stream: bounded findings, and of levels 1-3 the same as over the whole.
void check(std::string_view bytes);

// A CSV file: bounded findings, and what is read reads the same when written again.
void csv(std::string_view bytes);

// A file as a participant or insurer sends it, read into facts: its segments are its bytes again, and every
// fact is of a person whose segments are there.
void intake(std::string_view bytes);

// An EI file looked at, compared and shared: what is shown fits its field, a message is the same as itself,
// and what comes out of a good message is a good message of the same length.
void tools(std::string_view bytes);

// A layout file: refused by name, or good enough to decode and write with.
void layout(std::string_view bytes);

// A claim message of any kind, answered by what its checks say: a message that can be read, or an Error by
// name.
void answer(std::string_view bytes);
// A spreadsheet as text (wire/grid.h): refused by name, or a layout that reads and writes, and that is the
// same when it is read from its file again.
void ber(std::string_view bytes);

// A workbook, .xls or .xlsx: refused by name, or text that reads the same when written again.
void sheet(std::string_view bytes);

// FEEL, as an expression and as tests of a cell: refused by name, stopped by a limit, or a value that reads
// the same when it is printed.
void feel(std::string_view bytes);

// A decision model: refused by name, or each of its decisions gives a value or an Error by name, and so does
// its proof.
void dmn(std::string_view bytes);

// A bank statement: refused by name, or statements whose entries add up to their balances.
void camt(std::string_view bytes);

}  // namespace bundel::fuzz
