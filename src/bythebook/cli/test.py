"""`bythebook test`: play a document's conversations and say where they depart; what of the document they reach.

Exit codes: 0 all went as written, 1 something did not (or too little is reached), 2 nothing could be played.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from difflib import SequenceMatcher
from pathlib import Path
from typing import Final

from bythebook.cli.common import coloured, explained, settings_of
from bythebook.cli.generating import generate
from bythebook.cli.junit import junit
from bythebook.cli.suites import Played, Result, mend, play_suite, scripts_of, suites
from bythebook.routine.wording import Release
from bythebook.service.how_many import how_many
from bythebook.testing.coverage import Coverage, Kind
from bythebook.testing.coverage_page import as_data, page, told
from bythebook.testing.script import NOTHING

EPILOG: Final = """\
Conversations stand in Markdown in the folder `tests` beside the document: docs/testing-documents.md.

  bythebook test my-folder                    play them
  bythebook test my-folder -k refund          those with "refund" in their title, or conversations.md:23
  bythebook test my-folder --update           write what was said into the expectations that were not met
  bythebook test my-folder --coverage         what of the document they reach, over its text
  bythebook test my-folder --generate         write conversations that reach all of it
  bythebook test A B --tests A/tests          documents that are loaded together
"""
WORDS_MAX: Final = 72


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.epilog = EPILOG
    parser.add_argument(
        "document",
        nargs="*",
        metavar="DIR",
        help="a document's folder, its `tests` folder or one file of it, or a folder of documents (default: the "
        "shipped document)",
    )
    parser.add_argument("--tests", default="", metavar="PATH", help="other conversations: a folder, or one file")
    parser.add_argument("-k", dest="wanted", default="", metavar="WORDS", help="only conversations with these words")
    parser.add_argument("-x", "--stop", action="store_true", help="stop at the first departure")
    parser.add_argument("-v", "--verbose", action="store_true", help="name those that went as written, too")
    parser.add_argument("--update", action="store_true", help="rewrite the expectations that are not met")
    parser.add_argument("--reader", choices=("local", "lexicon"), help="who reads the messages (default: local)")
    parser.add_argument("--coverage", action="store_true", help="show what they reach, over the document's text")
    parser.add_argument("--coverage-html", default="", metavar="FILE", help="write it as a page")
    parser.add_argument("--coverage-json", default="", metavar="FILE", help="write it as JSON")
    parser.add_argument(
        "--lines-at-least",
        type=_percent,
        default=0,
        metavar="N",
        help="fail where fewer per cent of lines are reached",
    )
    parser.add_argument(
        "--generate", action="store_true", help="write conversations for every path into tests/every-path.md"
    )
    parser.add_argument("--output", default="", metavar="FILE", help="with --generate: write there; - for the screen")
    parser.add_argument("--junit", default="", metavar="FILE", help="write the results as JUnit XML")
    parser.add_argument("--json", action="store_true", help="print one JSON object")


def _percent(text: str) -> int:
    if not text.isdigit() or int(text) > 100:
        raise argparse.ArgumentTypeError(f"{text!r} is no number from 0 to 100")
    return int(text)


def run(arguments: argparse.Namespace) -> int:
    """Play what is to be played."""
    return explained(lambda: _test(arguments))


def _test(arguments: argparse.Namespace) -> int:
    settings = replace(settings_of(argparse.Namespace(reader=arguments.reader)), document=())
    if arguments.generate:
        return generate(arguments, settings)
    begun = time.monotonic()
    played: list[Played] = []
    for suite in suites(arguments.document, arguments.tests):
        chosen = scripts_of(suite, arguments.wanted)
        if chosen:
            progress = _Progress(len(chosen), arguments.stop)
            played.append(play_suite(suite, chosen, settings, arguments.update, progress.told))
            progress.clear()
    if not played:
        print(f"bythebook: no conversation has {arguments.wanted!r} in its title", file=sys.stderr)
        return 2
    seconds = time.monotonic() - begun
    changed = mend([result for one in played for result in one.results]) if arguments.update else {}
    for name, text in _files(arguments, played):
        Path(name).write_text(text, encoding="utf-8")
    low = _below(played, arguments.lines_at_least)
    if arguments.json:
        print(json.dumps(_as_data(played, seconds), ensure_ascii=False, indent=2))
    else:
        for line in _report(arguments, played, seconds):
            print(line)
        for file, count in changed.items():
            print(f"{file}: {how_many(count, 'expectation')} rewritten")
    for coverage, reached, count in low:
        name = coverage.release.name
        print(f"bythebook: {reached} of {count} lines of {name} are reached, too few", file=sys.stderr)
    return 1 if low or any(_wrong(arguments, result) for one in played for result in one.results) else 0


def _wrong(arguments: argparse.Namespace, result: Result) -> bool:
    """With --update, what could be rewritten is right from now on."""
    if arguments.update:
        return any(not one.same and not one.mended for one in result.compared)
    return result.departure is not None


class _Progress:
    """How far it is, on a terminal."""

    def __init__(self, count: int, stop: bool) -> None:
        self._count, self._stop, self._done = count, stop, 0
        self._shown = sys.stderr.isatty()

    def told(self, result: Result) -> bool:
        """Show that one more was played; say whether to go on."""
        self._done += 1
        if self._shown:
            print(f"\r{self._done} of {self._count}\x1b[K", end="", file=sys.stderr, flush=True)
        return not (self._stop and result.departure is not None)

    def clear(self) -> None:
        """Leave no trace."""
        if self._shown:
            print("\r\x1b[K", end="", file=sys.stderr, flush=True)


def _files(arguments: argparse.Namespace, played: Sequence[Played]) -> Iterator[tuple[str, str]]:
    coverages = [coverage for one in played for coverage in one.coverages]
    if arguments.junit:
        yield arguments.junit, junit(played)
    if arguments.coverage_html:
        yield arguments.coverage_html, page(coverages)
    if arguments.coverage_json:
        found = [as_data(coverage) for coverage in coverages]
        yield arguments.coverage_json, json.dumps(found, ensure_ascii=False, indent=2) + "\n"


def _below(played: Sequence[Played], wanted: int) -> list[tuple[Coverage, int, int]]:
    found = [(cover, *cover.counts().get(Kind.LINE, (0, 0))) for one in played for cover in one.coverages]
    return [(cover, reached, count) for cover, reached, count in found if reached * 100 < wanted * count]


# ---------------------------------------------------------------- telling it


def _report(arguments: argparse.Namespace, played: Sequence[Played], seconds: float) -> Iterator[str]:
    colour = sys.stdout.isatty()
    for one in played:
        for result in one.results:
            place = f"{result.file}:{result.script.line}: {result.script.title}"
            if result.departure is not None and not (arguments.update and not _wrong(arguments, result)):
                yield f"{coloured('DEPARTS', '1;31', colour)} {place}"
                yield from _departure(one, result, colour)
            elif arguments.verbose:
                yield f"{coloured('as written', '32', colour)} {place}"
    if arguments.coverage:
        for one in played:
            for coverage in one.coverages:
                yield ""
                yield coverage.release.name
                yield from told(coverage)
        yield ""
    results = [result for one in played for result in one.results]
    wrong = sum(result.departure is not None for result in results)
    how = f"{wrong} depart{'s' if wrong == 1 else ''}" if wrong else "all as written"
    yield f"{how_many(len(results), 'conversation')}, {how} ({seconds:.1f} s)"


def _departure(played: Played, result: Result, colour: bool) -> Iterator[str]:
    departure = result.departure
    assert departure is not None
    heard = _heard(result, departure.line)
    yield f"  line {departure.line}{f', after {heard}' if heard else ''}"
    kind, colon, labels = departure.expected.partition(": ")
    if kind == "Assistant" and colon:
        yield from _differing(played, labels, departure.found, departure.answer.get("said"), colour)
    else:
        yield from (f"    {coloured('-', '31', colour)} {line}" for line in departure.expected.splitlines())
        yield from (f"    {coloured('+', '32', colour)} {line}" for line in departure.found.splitlines())
    reading = departure.answer.get("reading")
    if isinstance(reading, dict):
        choices = ", ".join(f"{one['id']} {one['confidence']:.2f}" for one in reading["choices"]) or NOTHING
        unsure = ", unsure" if reading["unsure"] else ""
        yield f"  read as {choices}{unsure} (by {reading['reader']})"
    if result.why:
        yield f"  because {'; '.join(result.why)}"


def _heard(result: Result, line: int) -> str:
    """Return what happened last before a line, as it stands in the file."""
    before = [beat.line for beat in result.script.beats if beat.line < line and beat.kind in ("say", "press")]
    if not before:
        return ""
    lines = result.file.read_text(encoding="utf-8").splitlines()
    return lines[before[-1] - 1].strip()


def _differing(played: Played, expected: str, found: str, said: object, colour: bool) -> Iterator[str]:
    """Yield both rows of lines as one, with their words: `-` was expected and not said, `+` was said instead."""
    texts = {str(one["line"]): str(one["text"]) for one in said} if isinstance(said, list) else {}
    wanted, got = ([part.strip() for part in row.split(",")] for row in (expected, found))
    releases = [coverage.release for coverage in played.coverages]
    width = max(len(label) for label in (*wanted, *got))
    for how, begin, end, start, stop in SequenceMatcher(None, wanted, got, autojunk=False).get_opcodes():
        if how == "equal":
            yield from (f"      {label:<{width}}  {_words(texts, releases, label)}" for label in wanted[begin:end])
            continue
        for label in wanted[begin:end]:
            yield f"    {coloured('-', '31', colour)} {label:<{width}}  {_words({}, releases, label)}"
        for label in got[start:stop]:
            yield f"    {coloured('+', '32', colour)} {label:<{width}}  {_words(texts, releases, label)}"


def _words(texts: dict[str, str], releases: Sequence[Release], label: str) -> str:
    """Return a line's words: as they were said, else as they stand in the document."""
    text = texts.get(label, "")
    for release in releases:
        line = release.routine.line(label)
        if not text and line is not None:
            text = release.document.text[line.span.start : line.span.end]
    short = " ".join(text.split())
    return short if len(short) <= WORDS_MAX else short[: WORDS_MAX - 4] + " ..."


def _as_data(played: Sequence[Played], seconds: float) -> dict[str, object]:
    results = [result for one in played for result in one.results]
    return {
        "as_written": all(result.departure is None for result in results),
        "seconds": round(seconds, 3),
        "conversations": [
            {
                "file": str(result.file),
                "line": result.script.line,
                "title": result.script.title,
                "as_written": result.departure is None,
                "seconds": round(result.seconds, 4),
                **(_departed(result) if result.departure is not None else {}),
            }
            for result in results
        ],
        "coverage": [as_data(coverage) for one in played for coverage in one.coverages],
    }


def _departed(result: Result) -> dict[str, object]:
    departure = result.departure
    assert departure is not None
    return {
        "departure": {
            "line": departure.line,
            "expected": departure.expected,
            "found": departure.found,
            "reading": departure.answer.get("reading"),
            "why": list(result.why),
        }
    }
