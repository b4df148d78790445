"""`bythebook prove`: explore every path of a document, and say what holds on all of them.

Exit codes: 0 all that was looked at holds, 1 something does not, 2 the document cannot be run.
"""

from __future__ import annotations

import argparse
import gc
import json
import sys
import time
import tomllib
from collections.abc import Iterator, Sequence
from importlib import metadata
from pathlib import Path
from typing import Final

from bythebook.adapters.folder import find_document
from bythebook.adapters.library import read_routine, sidecar
from bythebook.adapters.proof_report import Part, Proof, as_data, as_page, extent, part_of
from bythebook.adapters.shelf import CannotRun, house
from bythebook.adapters.system_clock import SystemClock
from bythebook.cli.common import EXIT_FAILED, add_document, check_report, coloured, explained, write_report
from bythebook.compiler.release import build_release
from bythebook.engine.decide import POLICY_VERSION
from bythebook.proving.moves import Bounds
from bythebook.proving.outside import outside_of
from bythebook.proving.report import Verdict, played
from bythebook.proving.rules import Rule, RuleWrong, read_rule
from bythebook.proving.search import Broken, Search
from bythebook.routine.wording import Release

RULES: Final = "rules.toml"
STATES: Final = 4_000
MEANINGS: Final = 2
SHOWN_MAX: Final = 3
"""So many ways to break one property are shown."""

EPILOG: Final = """\
It tries every meaning of a message, every result of a function that the document tells apart, failures, silence, and
what humans do: take a case, settle a fact, hand back at any line. Two searches: customers and functions alone, with
messages of up to two meanings; then humans too, with one meaning a message.

Your own rules stand in rules.toml beside the document:
  rules = ["never case_resolution before 5.1", "after the end only a human"]
docs/proof.md has every form of them, and says what exact and bounded mean.
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.epilog = EPILOG
    add_document(parser)
    parser.add_argument(
        "--states",
        type=_count,
        default=STATES,
        metavar="N",
        help=f"look at so many places in each search (default {STATES:,}); 0 for all, however long that takes",
    )
    parser.add_argument(
        "--meanings", type=_count, default=MEANINGS, metavar="N", help="how many meanings a message has (default 2)"
    )
    parser.add_argument("--no-humans", action="store_true", help="leave out what humans do")
    parser.add_argument(
        "--rule", action="append", default=[], metavar="RULE", help="a rule besides those of rules.toml"
    )
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument("--report", metavar="FILE", type=Path, help="write a report: .html or .json")


def _count(text: str) -> int:
    if not text.isdigit():
        raise argparse.ArgumentTypeError(f"{text!r} is no whole number from 0")
    return int(text)


def run(arguments: argparse.Namespace) -> int:
    """Prove a document; 0 where all holds, 1 where something does not, 2 where it cannot be run."""
    return explained(lambda: _prove(arguments))


def _prove(arguments: argparse.Namespace) -> int:
    check_report(arguments.report)
    path = find_document(arguments.document)
    release = _release(path)
    try:
        rules = tuple(read_rule(release, text) for text in (*_own_rules(path), *arguments.rule))
    except RuleWrong as wrong:
        print(f"bythebook: {wrong}", file=sys.stderr)
        return EXIT_FAILED
    parts = [_search("customers and functions", release, Bounds(arguments.meanings, humans=False), rules, arguments)]
    if not arguments.no_humans:
        parts.append(_search("humans too", release, Bounds(min(arguments.meanings, 1)), rules, arguments))
    program = f"bythebook {metadata.version('bythebook')}, policy {POLICY_VERSION}"
    proof = Proof(SystemClock().now(), program, release, tuple(parts))
    data = json.dumps(as_data(proof), ensure_ascii=False, indent=2)
    write_report(arguments.report, lambda: as_page(proof), data)
    print(data if arguments.json else "\n".join(_told(proof, sys.stdout.isatty())))
    return 0 if proof.holds else 1


def _release(path: Path) -> Release:
    found = read_routine(path)
    release, compiled, _ = build_release(found.name, found.files, house())
    if release is None or not compiled.ok:
        raise CannotRun(f"{found.name} has errors; `bythebook check` shows them")
    return release


def _own_rules(path: Path) -> Sequence[str]:
    place = sidecar(path, RULES)
    if place is None or not place.is_file():
        return ()
    try:
        found = tomllib.loads(place.read_text(encoding="utf-8")).get("rules", [])
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as failure:
        raise CannotRun(f"cannot read {place}: {failure}") from failure
    if not isinstance(found, list) or not all(isinstance(text, str) for text in found):
        raise CannotRun(f'{place}: `rules` is a list of sentences, such as rules = ["case_resolution at most once"]')
    return found


def _search(
    name: str, release: Release, bounds: Bounds, rules: tuple[Rule, ...], arguments: argparse.Namespace
) -> Part:
    search = Search(release, outside_of(release), bounds, rules, arguments.states)
    begun = time.monotonic()
    shows = sys.stderr.isatty()

    def told(at: Search) -> None:
        if shows and at.explored % 50 == 0:
            bar = f"{at.explored:,} places looked at, {at.states - at.explored:,} waiting, {at.depth} moves deep"
            print(f"\r{name}: {bar}\x1b[K", end="", file=sys.stderr, flush=True)

    collects = gc.isenabled()
    gc.disable()  # places are kept and never go round in a circle: looking for such takes a tenth of the time
    try:
        search.run(told)
    finally:
        if collects:
            gc.enable()
        if shows:
            print("\r\x1b[K", end="", file=sys.stderr, flush=True)
    return part_of(name, search, rules, time.monotonic() - begun)


# ---------------------------------------------------------------- telling it


def _told(proof: Proof, colour: bool) -> Iterator[str]:
    release = proof.release
    yield f"{release.titled}, release {release.digest[:12]}"
    for part in proof.parts:
        yield ""
        yield f"{part.name}: {extent(part.search)} ({part.seconds:.1f} s)"
        for verdict in part.verdicts:
            yield f"  {_mark(verdict, colour)} {verdict.name}: {verdict.says}"
            if verdict.open:
                yield f"         not reached as far as was looked: {', '.join(verdict.open)}"
            for broken in verdict.broken[:SHOWN_MAX]:
                yield from _way(release, broken)
            if len(verdict.broken) > SHOWN_MAX:
                yield f"         and {len(verdict.broken) - SHOWN_MAX} more"


def _mark(verdict: Verdict, colour: bool) -> str:
    if verdict.broken:
        return coloured("BROKEN", "1;31", colour)
    return coloured("open  ", "33", colour) if verdict.open else coloured("holds ", "32", colour)


def _way(release: Release, broken: Broken) -> Iterator[str]:
    yield f"         {broken.how}"
    for who, words in played(release, broken.path):
        first, *rest = words.splitlines() or [""]
        yield f"           {who}: {first}{' ...' if rest else ''}"
