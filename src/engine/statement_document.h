// A statement as a document for people: page one to understand, details behind.
#pragma once

#include "engine/statement.h"
#include "paper/document.h"
#include "texts/texts.h"

namespace bundel::engine {

// Says what the statement says and nothing else; the tables add up to it.
paper::Document statement_document(const Statement& statement, const texts::Texts& texts);

// "2024-05", "2024-K2", "2024", "2024-05-01_2024-06-15": for names of files.
std::string period_name(const values::Period& period);

}  // namespace bundel::engine
