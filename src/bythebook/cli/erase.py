"""`bythebook erase`: destroy the key of a case."""

from __future__ import annotations

import argparse
import json
import sys
from typing import Final

from bythebook.adapters.system_clock import SystemClock
from bythebook.bootstrap import open_store
from bythebook.cli.common import EXIT_FAILED, add_database, explained, settings_of
from bythebook.letting_in import access_of
from bythebook.service.desk import find
from bythebook.service.erasing import Erasing
from bythebook.service.people import Deed, Noted
from bythebook.service.ports import CaseStore, NotSealed
from bythebook.settings import Settings

WHY: Final = "asked for at the desk"
YES: Final = ("y", "yes")
EXIT_LEFT: Final = 1

HOW: Final = """\
What customers and humans said and what functions took and returned can be read by nobody any more; the log stays,
with its chain whole: which steps were entered, which lines were said, when. There is no way back. docs/privacy.md
tells what a backup made before still holds.
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.epilog = HOW
    parser.add_argument("case", help="the case's id; its beginning is enough")
    add_database(parser)
    parser.add_argument("--why", default=WHY, help=f"why, as the log tells it: nothing private (default: {WHY})")
    parser.add_argument("--as", dest="human", help="who you are, as the log names you")
    parser.add_argument("--yes", action="store_true", help="do not ask first")
    parser.add_argument("--json", action="store_true", help="tell what was done as one JSON object")


def run(arguments: argparse.Namespace) -> int:
    """Erase a case: 0 when it is done, 1 when the answer was no, 2 when it cannot be."""

    def work() -> int:
        settings = settings_of(arguments)
        store = open_store(settings)
        try:
            return _erase(store, settings, arguments)
        finally:
            store.close()

    return explained(work)


def _erase(store: CaseStore, settings: Settings, arguments: argparse.Namespace) -> int:
    case_id = find(store, arguments.case)
    row = store.summary(case_id)
    what = f"case {case_id} ({row.routine}, {row.status.value}, {row.version} entries)"
    if not arguments.yes and (refused := _asked(what)) is not None:
        return refused
    by = arguments.human or settings.human
    try:
        after = Erasing(store, SystemClock()).erase(case_id, by, arguments.why)
    except NotSealed:
        print(f"bythebook: {what} was opened without a master key, so there is no key to destroy", file=sys.stderr)
        print(
            "help: with BYTHEBOOK_MASTER_KEY_FILE set, cases that open from then on can be erased "
            "(`bythebook keys new` makes a key); this one goes only with the whole database",
            file=sys.stderr,
        )
        return EXIT_FAILED
    access_of(settings, store).note(Noted(after.at or SystemClock().now(), by, Deed.CASE_ERASED, case_id, "by hand"))
    broken = store.verify(case_id)
    if arguments.json:
        told = {
            "case": case_id,
            "erased_at": after.at.isoformat(timespec="seconds") if after.at else None,
            "by": by,
            "why": arguments.why,
            "version": after.version,
            "chain_whole": broken is None,
            "previous": after.previous,
            "continued_in": after.continued_in,
        }
        print(json.dumps(told))
    else:
        print(f"{what} is erased; its chain is {'whole' if broken is None else f'broken at version {broken}'}")
        for other in filter(None, (after.previous, after.continued_in)):
            print(f"it hangs together with case {other}, which is kept: bythebook erase {other}")
    return 0


def _asked(what: str) -> int | None:
    """Return None when the answer is yes, else how the command ends."""
    if not sys.stdin.isatty():
        print("bythebook: there is no terminal to ask on; say --yes to erase without asking", file=sys.stderr)
        return EXIT_FAILED
    print(f"Erase {what}? There is no way back. [y/N] ", end="", file=sys.stderr, flush=True)
    if sys.stdin.readline().strip().lower() in YES:
        return None
    print("nothing was erased", file=sys.stderr)
    return EXIT_LEFT
