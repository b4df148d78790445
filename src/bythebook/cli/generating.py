"""`bythebook test --generate`: conversations for every path of a document, written into its tests."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from bythebook.adapters.folder import find_document
from bythebook.adapters.library import sidecar
from bythebook.cli.suites import TESTS, Suite, play_suite, rehearsed, scripts_of
from bythebook.proving.outside import outside_of
from bythebook.routine.wording import Release
from bythebook.service.how_many import how_many
from bythebook.settings import Settings
from bythebook.testing.coverage import Coverage
from bythebook.testing.coverage_page import counted
from bythebook.testing.covering import covering, dead_ends
from bythebook.testing.generated import HEADER, Written, page, write

FILE: Final = "every-path.md"
STDOUT: Final = "-"


class NotOurs(Exception):
    """A file is in the way that somebody else wrote."""


def generate(arguments: argparse.Namespace, settings: Settings) -> int:
    """Write the conversations for one document; 0 when they then go as written, 1 when not, 2 without a place."""
    given = arguments.document[0] if arguments.document else ""
    try:
        target = _target(given, arguments.output)
    except NotOurs as wrong:
        print(f"bythebook: {wrong}", file=sys.stderr)
        return 2
    document = (str(find_document(given)),)
    rehearsal = rehearsed(settings, document)
    release = rehearsal.runner.releases.current().release
    ways = covering(release, outside_of(release), told=_progress)
    if sys.stderr.isatty():
        print("\r\x1b[K", end="", file=sys.stderr, flush=True)
    written = tuple(write(rehearsal, release, ways))
    text = page(release.titled, written)
    if target is None:
        print(text, end="")
        return 0
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(text, encoding="utf-8")
    suite = Suite(document, (target,))
    played = play_suite(suite, scripts_of(suite, ""), settings)
    departs = [result.name for result in played.results if result.departure is not None]
    for line in _told(release, target, written, played.coverages[0], dead_ends(release, ways)):
        print(line)
    for name in departs:
        print(f"bythebook: {name} does not go as written", file=sys.stderr)
    return 1 if departs else 0


def _target(given: str, output: str) -> Path | None:
    """Return the file to write, None for standard output."""
    if output == STDOUT:
        return None
    place = sidecar(find_document(given), TESTS)
    if not output and place is None:
        raise NotOurs(f"{given} has no folder of its own; say where to write with --output FILE, or --output -")
    assert output or place is not None
    target = Path(output) if output else Path(str(place)) / FILE
    if target.exists() and not target.read_text(encoding="utf-8").startswith(HEADER):
        raise NotOurs(f"{target} was not written by --generate and stays as it is; give another with --output FILE")
    return target


def _told(
    release: Release, target: Path, written: tuple[Written, ...], coverage: Coverage, missed: tuple[str, ...]
) -> Iterator[str]:
    yield f"{target}: {how_many(len(written), 'conversation')}"
    yield from counted(coverage)
    told = sum(one.told for one in written)
    if told:
        yield f"of {told} messages it says what they are read as: no example is read so at their place"
    if missed:
        yield f"not found in reach: {', '.join(missed)}"


def _progress(looked: int) -> None:
    if sys.stderr.isatty() and looked % 20 == 0:
        print(f"\r{looked:,} places looked at\x1b[K", end="", file=sys.stderr, flush=True)
