"""`bythebook audit`: whether logs are what was written, and only the document was run; a report, and archives."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from dataclasses import replace
from importlib import metadata
from pathlib import Path
from typing import Final

from bythebook.adapters.audit_report import Report, as_data, as_page
from bythebook.adapters.case_archive import Archivist
from bythebook.adapters.ed25519 import SigningKeys, read_signing_keys
from bythebook.adapters.system_clock import SystemClock
from bythebook.auditing import Auditors, auditors_of, covering, signing_keys
from bythebook.bootstrap import open_store
from bythebook.cli.cases import moment
from bythebook.cli.common import add_database, check_report, explained, settings_of, write_report
from bythebook.cli.progress import Progress
from bythebook.engine.decide import POLICY_VERSION, Refused
from bythebook.service.auditing_places import Found
from bythebook.service.desk import find
from bythebook.service.doctor import every_case
from bythebook.service.how_many import how_many
from bythebook.service.ports import CaseStore, KeyUnavailable
from bythebook.service.search import CaseQuery
from bythebook.settings import Settings, SettingWrong

EXIT_WRONG: Final = 1
FOUND_MAX: Final = 10_000
"""Findings that a report lists; of more, their number alone."""

DIGEST_CHARACTERS: Final = 64
HOW: Final = """\
  bythebook audit                                  every case, and what stands around them
  bythebook audit --since 7d --report audit.html   cases that changed in a week; a page to keep (.json for a machine)
  bythebook audit --case 3f2a --archive FOLDER     one case, and an archive that others check with verify_case.py
  bythebook audit --trust public.keys              believe these keys, and not those of this installation
  bythebook audit --expect 12:9f86d081...          a checkpoint that was noted down is here still (number:digest)

exit codes: 0 nothing is wrong, 1 something is, 2 it cannot be told
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.epilog = HOW
    parser.add_argument("--since", metavar="TIME", help="only cases that changed then or later: a date, or 7d")
    parser.add_argument("--case", metavar="CASE", help="only this one: its id, or the beginning of it")
    parser.add_argument("--report", metavar="FILE", type=Path, help="write a report: .html or .json")
    parser.add_argument("--archive", metavar="FOLDER", type=Path, help="write an archive of each case")
    parser.add_argument("--trust", metavar="FILE", type=Path, help="the public keys to believe")
    parser.add_argument("--expect", metavar="NUMBER:DIGEST", help="a checkpoint that has to be here")
    parser.add_argument("--json", action="store_true", help="the report as one JSON object")
    add_database(parser)


def run(arguments: argparse.Namespace) -> int:
    """Audit: 0 when nothing is wrong, 1 when something is, 2 when it cannot be told."""

    def work() -> int:
        settings = settings_of(arguments)
        expected = _expected(arguments.expect)
        check_report(arguments.report)
        keys = _trusted(arguments.trust) if arguments.trust is not None else signing_keys(settings)
        store = open_store(settings)
        try:
            report = _audited(store, auditors_of(store, keys), settings, arguments, expected)
        finally:
            store.close()
        _tell(report, arguments)
        return 0 if report.well else EXIT_WRONG

    return explained(work)


def _audited(
    store: CaseStore,
    auditors: Auditors,
    settings: Settings,
    arguments: argparse.Namespace,
    expected: tuple[int, str] | None,
) -> Report:
    query, scope = _scope(store, arguments)
    around = auditors.around
    whole = not (arguments.case or arguments.since)
    only = covering(auditors, query.beginning) if arguments.case else None
    found = list(around.findings(with_cases=whole, expected=expected, only=only))
    auditors.cases.believe(around.believed)
    archivist = Archivist(
        store, auditors.checkpoints, lambda digest: auditors.shelf.get(digest).release, auditors.keys
    )
    with Progress(sys.stderr) as progress:
        for count, case_id in enumerate(every_case(store, query), 1):
            found += auditors.cases.case(case_id)
            if arguments.archive is not None:
                _archive(archivist, case_id, arguments.archive)
            progress.tell(f"{how_many(count, 'case')} audited, {how_many(len(found), 'finding')}")
    newest = auditors.checkpoints.last()
    return Report(
        at=SystemClock().now(),
        database=settings.database_shown,
        program=f"bythebook {metadata.version('bythebook')}, policy {POLICY_VERSION}",
        scope=scope,
        counts=auditors.cases.counts,
        checkpoints=len(auditors.checkpoints.checkpoints()),
        newest=f"{newest.number}, {newest.said.get('at')}, {newest.digest}" if newest is not None else "",
        keys=tuple(auditors.keys.public),
        found=tuple(found[:FOUND_MAX]),
        notes=tuple(_notes(auditors, len(found), expects=expected is not None)),
    )


def _archive(archivist: Archivist, case_id: str, folder: Path) -> None:
    try:
        archivist.write(case_id, folder)
    except OSError as failure:
        raise Refused(f"cannot write into {folder}: {failure.strerror}") from failure
    except Exception as failure:  # a log or a release that cannot be read: the report says why
        print(f"bythebook: no archive of {case_id}: {failure}", file=sys.stderr)


def _notes(auditors: Auditors, found: int, *, expects: bool) -> Iterator[str]:
    counts, checkpoints = auditors.cases.counts, auditors.checkpoints.checkpoints()
    if auditors.keys.empty:
        yield (
            "No key for checkpoints is believed: somebody who may write to the database could have chained a log "
            "anew, and it would not be seen. `bythebook checkpoint new-key` makes one."
        )
    elif not checkpoints:
        yield (
            "There is no checkpoint: a log that was chained anew would not be seen, nor that cases are gone. "
            "Where some were made, they were taken out, or this is another database."
        )
    elif counts.uncovered:
        later = how_many(counts.uncovered, "case has", "cases have")
        yield f"{later} entries after the newest checkpoint: `bythebook checkpoint make` covers them from now on."
    if checkpoints and not expects:
        newest = checkpoints[-1]
        yield (
            f"the newest checkpoint is {newest.number}:{newest.digest}, of {newest.said.get('at')}. Note it down: "
            "whether newer ones were taken out, or an older copy put in its place, shows with --expect alone."
        )
    if counts.locked:
        sealed = how_many(counts.locked, "case is", "cases are")
        yield f"{sealed} sealed and no key is here: their texts were compared by digest alone."
    if counts.erased:
        erased = how_many(counts.erased, "case was", "cases were")
        yield f"{erased} erased: their texts were compared by digest alone."
    if counts.filled:
        yield (
            f"{how_many(counts.filled, 'text is', 'texts are')} sealed and no words of the document itself: "
            "that the source is there is all we know of it."
        )
    if counts.other_policy:
        others = how_many(counts.other_policy, "case was", "cases were")
        yield (
            f"{others} opened under another policy version and would be decided otherwise today: "
            "audit them with the program of that version."
        )
    if found > FOUND_MAX:
        yield f"{found:,} findings in all; the first {FOUND_MAX:,} are listed."


def _scope(store: CaseStore, arguments: argparse.Namespace) -> tuple[CaseQuery, str]:
    if arguments.case:
        case_id = find(store, arguments.case)
        return CaseQuery(beginning=case_id, by_id=True), f"case {case_id}"
    if arguments.since:
        since = moment(arguments.since, SystemClock().now())
        return CaseQuery(changed_from=since, by_id=True), f"changed since {since:%Y-%m-%d %H:%M} UTC"
    return CaseQuery(by_id=True), "all"


def _trusted(file: Path) -> SigningKeys:
    try:
        return replace(read_signing_keys(file.read_text(encoding="utf-8")), private=None)
    except (OSError, ValueError, KeyUnavailable) as failure:
        raise SettingWrong(f"cannot read the keys in {file}: {failure}") from failure


def _expected(given: str | None) -> tuple[int, str] | None:
    if given is None:
        return None
    number, _, digest = given.partition(":")
    if not number.isdigit() or len(digest) != DIGEST_CHARACTERS:
        raise Refused(
            f"{given!r} is no checkpoint; write its number, a colon and its whole digest, as `list` shows them"
        )
    return int(number), digest


def _tell(report: Report, arguments: argparse.Namespace) -> None:
    data = json.dumps(as_data(report), ensure_ascii=False, indent=2)
    write_report(arguments.report, lambda: as_page(report), data)
    if arguments.json:
        print(data)
        return
    for one in report.found:
        print(_line(one))
    counts = report.counts
    looked_at = ((counts.cases, "case"), (counts.events, "event"), (counts.texts, "text"), (counts.calls, "call"))
    print(f"{', '.join(how_many(number, what) for number, what in looked_at)} audited")
    for note in report.notes:
        print(f"note: {note}")
    print("all holds" if report.well else f"{len(report.found):,} findings")


def _line(one: Found) -> str:
    return f"{one.check}: {one.text}" + (f"\n  {one.where}" if one.where else "")
