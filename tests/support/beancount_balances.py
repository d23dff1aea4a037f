"""Balances of a journal by beancount, one "path|amount EUR" a line; path is the metadata of the open directive.
Any error of beancount ends it with exit code 1."""

import sys

from beancount import loader
from beancount.core import data, realization

entries, errors, options = loader.load_file(sys.argv[1])
for error in errors:
    print(error)
if errors:
    sys.exit(1)
paths = {entry.account: entry.meta["path"] for entry in entries if isinstance(entry, data.Open)}
for account in realization.iter_children(realization.realize(entries), leaf_only=False):
    for position in account.balance:
        print(f"{paths[account.account]}|{position.units.to_string()}".replace(",", ""))
