"""`bythebook doctor`: whether all is well. It changes nothing."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from bythebook.adapters.doctor import (
    Examinable,
    of_clock,
    of_database,
    of_disk,
    of_file,
    of_keys,
    of_retention,
    of_schema,
)
from bythebook.adapters.master_keys import LocalMasterKeys
from bythebook.adapters.onnx_encoder import FILES, MODEL_FILE, MODEL_SHA256, VOCABULARY_FILE, VOCABULARY_SHA256
from bythebook.adapters.schema_look import look_at
from bythebook.adapters.system_clock import SystemClock
from bythebook.bootstrap import Installation, Outside, build_installation, master_keys, on_postgres, open_store
from bythebook.cli.common import add_database, coloured, explained, settings_of
from bythebook.cli.progress import Progress
from bythebook.releasing import as_released, release_log
from bythebook.service.desk import find
from bythebook.service.doctor import CaseDoctor, Finding, Level, every_case
from bythebook.service.how_many import how_many
from bythebook.service.ports import CaseStore
from bythebook.settings import Settings

EXIT_WRONG = 1
COLOUR = {Level.WELL: "32", Level.WARNING: "33", Level.WRONG: "31"}

HOW = """\
Looks at the settings, the schema, the database, the disk, the clock, the keys, the model, the documents, and then at
every case: its chain, its log, its row, its snapshot, and what is owed to it. --quick leaves the cases out, --case
looks at one. A database of an older schema is not looked into further: upgrade it first.
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.epilog = HOW
    parser.add_argument("--case", metavar="CASE", help="look at this case only: its id, or the beginning of it")
    parser.add_argument("--quick", action="store_true", help="do not go through the cases")
    parser.add_argument("--document", action="append", metavar="DOCUMENT", help="what is served, as `serve` takes it")
    add_database(parser)
    parser.add_argument("--json", action="store_true", help="as one JSON object")


def run(arguments: argparse.Namespace) -> int:
    """Examine: 0 when nothing is wrong, 1 when something is, 2 when it cannot be told."""

    def work() -> int:
        settings = settings_of(arguments)
        findings = tuple(_all(settings, arguments))
        wrong = any(finding.level is Level.WRONG for finding in findings)
        if arguments.json:
            print(json.dumps({"well": not wrong, "findings": [_as_data(finding) for finding in findings]}, indent=2))
        else:
            _print(findings)
        return EXIT_WRONG if wrong else 0

    return explained(work)


def _all(settings: Settings, arguments: argparse.Namespace) -> Iterator[Finding]:
    server = on_postgres(settings)
    look = look_at(settings.database)
    yield of_schema(look)
    yield of_file(FILES / MODEL_FILE, MODEL_SHA256)
    yield of_file(FILES / VOCABULARY_FILE, VOCABULARY_SHA256)
    if not server:
        yield of_disk(Path(settings.database))
    if look.to_do or look.too_new:
        return
    store = open_store(settings)
    try:
        assert isinstance(store, Examinable)
        yield from of_database(store)
        newest = store.summaries(limit=1)
        yield of_clock(SystemClock().now(), newest[0].updated_at if newest else None, store.server_time())
        masters = master_keys(settings)
        known = dict(masters.keys) if isinstance(masters, LocalMasterKeys) else {}
        yield from of_keys(store, masters, frozenset(known))
        yield of_retention(settings.erase_resolved_days + settings.erase_abandoned_days, store, masters)
        installation, finding = _loaded(settings, store)
        yield finding
        if installation is not None and not (arguments.quick and arguments.case is None):
            yield from _of_cases(store, installation, arguments.case)
    finally:
        store.close()


def _loaded(settings: Settings, store: CaseStore) -> tuple[Installation | None, Finding]:
    """Build the documents as `serve` would; the reader is of no matter here."""
    try:
        released = Outside(load=as_released(release_log(store)))
        installation = build_installation(replace(settings, reader="lexicon"), store, outside=released)
    except Exception as failure:  # whatever keeps the documents from running is what is to be told
        return None, Finding("documents", Level.WRONG, str(failure).splitlines()[0], "bythebook check")
    names = ", ".join(release.name for release in installation.shelf.loaded)
    return installation, Finding("documents", Level.WELL, f"they run: {names}")


def _of_cases(store: CaseStore, installation: Installation, only: str | None) -> Sequence[Finding]:
    runner = installation.runner
    doctor = CaseDoctor(store, lambda digest: runner.releases.get(digest).release, runner.clock)
    with Progress(sys.stderr) as progress:
        cases = (find(store, only),) if only is not None else every_case(store)
        doctor.examine(cases, lambda count: progress.tell(f"{how_many(count, 'case')} examined"))
    return doctor.findings()


def _as_data(finding: Finding) -> dict[str, object]:
    return {
        "check": finding.check,
        "level": finding.level.value,
        "text": finding.text,
        "help": finding.help,
        "cases": list(finding.cases),
    }


def _print(findings: Sequence[Finding]) -> None:
    to_terminal = sys.stdout.isatty() and "NO_COLOR" not in os.environ
    for finding in findings:
        level = coloured(f"{finding.level.value:<8}", COLOUR[finding.level], to_terminal)
        print(f"{level} {finding.check:<10} {finding.text}")
        if finding.level is not Level.WELL and finding.help:
            print(f"{'':<20}help: {finding.help}")
        for case_id in finding.cases:
            print(f"{'':<20}{case_id}")
