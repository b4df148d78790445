"""`bythebook keys`: master keys for cases at rest."""

from __future__ import annotations

import argparse
import sys
from typing import Protocol, runtime_checkable

from bythebook.adapters.master_keys import new_master_key
from bythebook.bootstrap import master_keys, open_store
from bythebook.cli.common import EXIT_FAILED, add_database, explained, settings_of
from bythebook.settings import Settings

HOW = """\
  bythebook keys new > master.keys        a first key: for the program alone, with a copy elsewhere
  BYTHEBOOK_MASTER_KEY_FILE=master.keys   cases that open from now on are sealed
  bythebook keys status                   which master key wraps, and how many cases an older one wrapped
  bythebook keys rotate                   wrap all keys with the first in the file; after it the older ones can go
"""


@runtime_checkable
class Rewraps(Protocol):
    """A store whose cases have keys."""

    def wrapped_by_others(self, limit: int = 1000) -> list[str]: ...

    def rewrap(self, case_id: str) -> None: ...


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.epilog = HOW
    parser.add_argument("what", choices=("new", "status", "rotate"), help="what to do")
    add_database(parser)


def run(arguments: argparse.Namespace) -> int:
    """Make a key, or look at those in use, or wrap the keys of cases anew."""
    if arguments.what == "new":
        print(new_master_key())
        return 0
    return explained(lambda: _with_store(settings_of(arguments), arguments.what))


def _with_store(settings: Settings, what: str) -> int:
    masters = master_keys(settings)
    if masters is None:
        print("bythebook: no master key is set, so new cases are not sealed", file=sys.stderr)
        print("help: bythebook keys new > master.keys, then set BYTHEBOOK_MASTER_KEY_FILE to it", file=sys.stderr)
        return EXIT_FAILED
    store = open_store(settings)
    try:
        assert isinstance(store, Rewraps)
        return _rotate(store, masters.current) if what == "rotate" else _status(store, masters.current)
    finally:
        store.close()


def _status(store: Rewraps, current: str) -> int:
    old = len(store.wrapped_by_others(limit=1_000_000))
    print(f"current master key: {current}")
    print(f"cases whose key an older one wrapped: {old:,}")
    return 0


def _rotate(store: Rewraps, current: str) -> int:
    """Wrap batch after batch; broken off, it goes on where it was."""
    done = 0
    while cases := store.wrapped_by_others():
        for case in cases:
            store.rewrap(case)
        done += len(cases)
        if sys.stderr.isatty():
            print(f"\r{done:,} keys wrapped", end="", file=sys.stderr, flush=True)
    print(f"{done:,} keys wrapped with {current}; older master keys are needed no more")
    return 0
