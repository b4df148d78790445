"""`bythebook replay`: decide recorded cases again, and say whether the same comes out to the byte."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from typing import Final

from bythebook.adapters.event_codec import encode
from bythebook.cli.common import add_database, explained, settings_of
from bythebook.cli.recorded import recorded
from bythebook.engine.decide import POLICY_VERSION, policy_of
from bythebook.engine.event import Event
from bythebook.service.desk import find
from bythebook.service.doctor import every_case
from bythebook.service.how_many import how_many
from bythebook.service.ports import CaseStore
from bythebook.service.proof import Difference, ReleaseOf, decided_again, is_erased

HOW: Final = """\
The facts of the log (messages, readings, results, silence, humans) are handed to the engine again, with the release
that the case ran on. What it decides is compared with the log, event by event, as stored text.

Of an erased case nothing can be decided again: its words are gone. `bythebook audit` compares what is left by digest.

exit codes: 0 the same to the byte, 1 something differs, 2 the case cannot be read
"""
ERASED: Final = "was erased: nothing can be decided again without its words; `bythebook audit` compares their digests"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.epilog = HOW
    parser.add_argument(
        "case", nargs="?", default="", help="the case's id; its beginning is enough (default: every case)"
    )
    add_database(parser)
    parser.add_argument("--json", action="store_true", help="one JSON object a case")


def run(arguments: argparse.Namespace) -> int:
    """Replay one case or all: 0 where all are the same, 1 where one differs, 2 where one cannot be read."""

    def work() -> int:
        with recorded(settings_of(arguments)) as (store, release_of):
            cases = [find(store, arguments.case)] if arguments.case else every_case(store)
            differ = [_one(store, release_of, case_id, arguments.json) for case_id in cases]
        if not arguments.case and not arguments.json:
            print(f"{how_many(len(differ), 'case')}, {sum(differ):,} differ")
        return 1 if any(differ) else 0

    return explained(work)


def _one(store: CaseStore, release_of: ReleaseOf, case_id: str, as_json: bool) -> bool:
    events = store.load(case_id)
    if is_erased(events):
        print(json.dumps({"case": case_id, "same": None, "erased": True}) if as_json else f"{case_id}: {ERASED}")
        return False
    found = decided_again(release_of, events, encode)
    if as_json:
        print(json.dumps(as_data(case_id, found), ensure_ascii=False))
    elif found is None:
        policy = policy_of(events)
        opened = f", opened under {policy or 'none that was noted'}" if policy != POLICY_VERSION else ""
        again = f"decided again the same to the byte (policy {POLICY_VERSION}{opened})"
        print(f"{case_id}: {len(events):,} events, {again}")
    else:
        print("\n".join(_told(case_id, policy_of(events), found)))
    sys.stdout.flush()
    return found is not None


def _told(case_id: str, policy: int, found: Difference) -> Iterator[str]:
    yield f"{case_id}: differs at event {found.at}"
    yield f"  recorded  {_shown(found.recorded)}"
    yield f"  decided   {_shown(found.decided) if found.decided is not None else found.why or 'nothing'}"
    yield from _parted(found.recorded, found.decided)
    if policy != POLICY_VERSION:
        yield f"  the case was opened under policy {policy or 'unknown'}, this is policy {POLICY_VERSION}"


def _shown(event: Event | None) -> str:
    return encode(event) if event is not None else "nothing: the log ends here"


def _parted(recorded: Event | None, decided: Event | None) -> Iterator[str]:
    """Name the fields in which two events of one kind differ, as those of long texts are hard to find."""
    if recorded is None or decided is None or type(recorded) is not type(decided):
        return
    was, is_now = json.loads(encode(recorded)), json.loads(encode(decided))
    fields = [name for name in {**was, **is_now} if was.get(name) != is_now.get(name)]
    yield f"  differing {', '.join(fields)}"


def as_data(case_id: str, found: Difference | None) -> dict[str, object]:
    """Return what came of a case as plain data."""
    data: dict[str, object] = {"case": case_id, "same": found is None, "policy": POLICY_VERSION}
    if found is not None:
        data |= {"at": found.at, "why": found.why}
        data["recorded"] = json.loads(encode(found.recorded)) if found.recorded is not None else None
        data["decided"] = json.loads(encode(found.decided)) if found.decided is not None else None
    return data
