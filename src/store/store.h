// The store of a data directory: one SQLite file (engine::Store).
//
// Beyond the contract of the port: one process has the file at a time, a second gets store_in_use; the lock
// dies with its process. A failed commit() is rolled back. After an Error between begin() and commit() the
// caller rolls back: the method that failed may have done half its work. Outside begin()/commit() each method
// is kept by itself.
//
// A message must be added before its receipts, readings, lines and successors (Error: message_unknown). While
// it has no receipt its `received` is 9999-12-31: known never. persons() and persons_in() leave out nobody. A
// case holds from its as_of to its valid_until; on any other day it is due.
//
// Segments, readings, counts of a case, parameters of questions and findings are sealed under the key.
#pragma once

#include <memory>
#include <string>

#include "engine/ports.h"
#include "store/crypto.h"

namespace bundel::store {

class Vault;

// Opens or creates; ":memory:" is for tests. With a `vault`, what the vault was given since the last commit
// is made durable first by each commit(), so that no kept PersonId is without its identity; the vault
// outlives the store. Errors: store_in_use, store_newer{version, known}, store_foreign, store_damaged{what},
// store_key_wrong, store_failed{what}.
base::Result<std::unique_ptr<engine::Store>> open_store(const std::string& path, const Key& key,
                                                        Vault* vault = nullptr);

}  // namespace bundel::store
