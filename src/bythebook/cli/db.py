"""`bythebook db`: the schema of the database, and bringing it up to date."""

from __future__ import annotations

import argparse
import json
import sys

from bythebook.adapters.migrate import about
from bythebook.adapters.schema import SchemaTooNew
from bythebook.adapters.schema_look import SchemaLook, look_at
from bythebook.bootstrap import on_postgres, open_store
from bythebook.cli.common import add_database, explained, settings_of
from bythebook.settings import Settings

EXIT_BEHIND = 1

HOW = """\
  bythebook db status     the schema of the database, this program's, and what an upgrade would do; nothing is changed
  bythebook db upgrade    bring the schema up to date, in one transaction: it is done whole, or not at all

Any command that opens the cases brings an older schema up to date by itself; a newer one is refused by every command.
There is no way back to an older schema but a backup: take one first (bythebook backup FILE).
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.epilog = HOW
    parser.add_argument("what", choices=("status", "upgrade"), help="what to do")
    add_database(parser)
    parser.add_argument("--json", action="store_true", help="as one JSON object")


def run(arguments: argparse.Namespace) -> int:
    """Look or upgrade: 0 when the schema is up to date, 1 when it is behind, 2 when it is newer or cannot be had."""

    def work() -> int:
        settings = settings_of(arguments)
        on_postgres(settings)
        before = look_at(settings.database)
        if before.too_new:
            raise SchemaTooNew(before.place, str(before.revision))
        if arguments.what == "upgrade":
            return _upgrade(settings, before, as_json=arguments.json)
        _tell(before, as_json=arguments.json)
        return EXIT_BEHIND if before.to_do else 0

    return explained(work)


def _upgrade(settings: Settings, before: SchemaLook, *, as_json: bool) -> int:
    open_store(settings).close()
    after = look_at(settings.database)
    assert not after.to_do, "a store that opened is up to date"
    if as_json:
        _tell(after, as_json=True, done=before.to_do)
        return 0
    for revision in before.to_do:
        print(f"done: {revision} {about(revision)}")
    _tell(after, as_json=False)
    return 0


def _tell(found: SchemaLook, *, as_json: bool, done: tuple[str, ...] = ()) -> None:
    if as_json:
        told = {
            "database": found.place,
            "kind": found.kind,
            "schema": found.revision,
            "program": found.head,
            "to_do": [{"revision": revision, "about": about(revision)} for revision in found.to_do],
            "done": list(done),
        }
        print(json.dumps(told))
        return
    has = f"schema {found.revision}" if found.revision else "no tables yet"
    state = "up to date" if not found.to_do else f"this program's is {found.head}"
    print(f"{found.place} ({found.kind}): {has}, {state}")
    for revision in found.to_do:
        print(f"to be done: {revision} {about(revision)}")
    if found.to_do and found.revision:
        print("help: bythebook backup FILE, then bythebook db upgrade", file=sys.stderr)
