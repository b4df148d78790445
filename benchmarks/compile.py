"""What compiling costs against the length of a document: seconds, how they grow, and what the shipped document takes.

    python benchmarks/compile.py [--lines 10240] [--json]

Documents are made by repeating and varying real constructs: the wordings of the routine language, the fixtures and
the shipped document, with numbers, names and words changed from one repetition to the next. Each kind is compiled at
lengths that double. The exponent is the slope of a straight line through the logarithms: 1 is linear. A doubling that
takes twice as long is linear too; times below a few milliseconds are mostly fixed cost.
"""

from __future__ import annotations

import argparse
import json
import math
import re
import statistics
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path
from typing import Final

from bythebook.adapters.folder import read_folder, shipped_routines
from bythebook.adapters.shelf import house
from bythebook.bootstrap import build_rehearsal
from bythebook.cli.checking import check
from bythebook.compiler.account import account
from bythebook.compiler.compile import compile_document
from bythebook.compiler.release import build_release
from bythebook.compiler.wording import WORDINGS
from bythebook.routine.graph import graph_of
from bythebook.settings import Settings
from bythebook.source.span import SourceFile

ROOT: Final = Path(__file__).parent.parent
FIRST: Final = 10
LAST: Final = 10_240
FIT_FROM: Final = 160
"""Lines from which the exponent is fitted: below, fixed cost hides how time grows."""

SECONDS_MIN: Final = 0.2
"""A measurement is repeated until it has taken so long."""

TIMES_MAX: Final = 7
DEFINITIONS: Final = "Function Definitions"
NUMBER: Final = re.compile(r"^\d+(?=[.)])")
NAME: Final = re.compile(r"(?<=`)([a-z]\w+)")
WORD: Final = re.compile(r"\b(plan|order|membership|account|parcel|city|room|price)\b")


def shipped() -> str:
    """Return the shipped document."""
    _, files = read_folder(shipped_routines() / "business-associate-agreement")
    return files["document.md"].decode("utf-8")


# ---------------------------------------------------------------- documents to compile


def varied(line: str, turn: int) -> str:
    """Return a line with other names and words than in the turn before."""
    line = NAME.sub(lambda match: f"{match[1]}_{turn}", line)
    return WORD.sub(lambda match: f"{match[1]} {turn}", line)


def repeated(text: str) -> Iterator[str]:
    """Yield the steps of a document over and over, numbered on."""
    whole = text.split("\n")
    begins = next(at for at, row in enumerate(whole) if NUMBER.match(row))
    ends = next((at for at, row in enumerate(whole) if DEFINITIONS in row), len(whole))
    rows = [row for row in whole[begins:ends] if row.strip()]
    step = count(1)
    for turn in count():
        for row in rows:
            number = NUMBER.match(row)
            numbered = f"{next(step)}{row[number.end() :]}" if number else row
            yield varied(numbered, turn)


def wordings() -> Iterator[str]:
    """Yield steps with one wording each, as the page of wordings lists them."""
    for step in count(1):
        wording = WORDINGS[step % len(WORDINGS)]
        yield varied(f"{step}. {wording.example}", step)
        if wording.example.endswith(":"):
            yield f'   - Say: "It is done, for the {step}th time."'


def branches() -> Iterator[str]:
    """Yield steps that call, decide by what came back, ask, collect, go on elsewhere and come back."""
    for step in count(1):
        yield f"{step}. Look the order up."
        yield "   a. Ask the customer for their order number."
        yield f"   b. Call the `find_order_{step}(order_number)` function."
        yield "   c. If the order is not found, then:"
        yield f"      - Proceed to step {max(1, step // 2)}."
        yield f"   d. Else if order_{step} is 'SENT', then:"
        yield f'      - Inform the customer: "Order {step} was sent."'
        yield "   e. Else:"
        yield "      - Ask the customer if they would like to wait."
        yield "      - If the customer agrees, retry twice."


def flat() -> Iterator[str]:
    """Yield bullets under one step: siblings without end."""
    yield "1. Help the customer."
    for turn in count(1):
        yield f"- If the customer asks about matter {turn}, inform them that it is free."


def unknown() -> Iterator[str]:
    """Yield lines that are not understood, each to be reported."""
    for turn in count(1):
        yield f"{turn}. Juggle with {turn} balls (or more), to and fro, as the case may be."


def paths() -> Iterator[str]:
    """Yield a guide with paths that follow each other, and a list of actions that lines name."""
    yield "## Available actions"
    for turn in range(1, 13):
        yield f"- **Check Lamp Part{turn}** - Checks if part{turn} of the lamp works."
    for turn in count(1):
        yield f"## Path {turn}: Lamp {turn}"
        yield f"### Step {turn}.0: Look"
        yield f"- Check part{turn % 12 + 1} of the lamp"
        yield "- If this is not the case, escalate to the workshop team."
        yield f"- If the lamp is BROKEN, follow Path {turn + 1} first."
        yield f"- Check part{turn % 12 + 1} of the lamp again"


def article() -> Iterator[str]:
    """Yield questions with their answers."""
    for turn in count(1):
        yield f"## What does plan {turn} cost?"
        yield f"It costs {turn} a month. It can be ended at any time, as the contract says."


KINDS: Final[Mapping[str, Callable[[], Iterator[str]]]] = {
    "the shipped document, repeated": lambda: repeated(shipped()),
    "a fixture, repeated": lambda: repeated((ROOT / "tests/fixtures/membership/document.md").read_text("utf-8")),
    "every wording": wordings,
    "calls, chains, questions, jumps": branches,
    "siblings under one step": flat,
    "paths and actions": paths,
    "an article": article,
    "lines not understood": unknown,
}


def document(kind: str, lines: int) -> str:
    """Return a document of a kind with so many lines."""
    rows = KINDS[kind]()
    return "# Repeated\n\n" + "\n".join(next(rows) for _ in range(lines - 2)) + "\n"


# ---------------------------------------------------------------- measuring


@dataclass(frozen=True, slots=True)
class Growth:
    """The times of one kind of document."""

    kind: str
    lines: tuple[int, ...]
    seconds: tuple[float, ...]

    @property
    def exponent(self) -> float:
        """The slope of the line through the logarithms of length and time."""
        points = [
            (math.log(lines), math.log(seconds))
            for lines, seconds in zip(self.lines, self.seconds, strict=True)
            if lines >= FIT_FROM
        ]
        if len(points) < 2:
            return math.nan
        return statistics.linear_regression(*zip(*points, strict=True)).slope

    @property
    def doublings(self) -> tuple[float, ...]:
        """How much longer each length takes than the one before."""
        return tuple(after / before for before, after in zip(self.seconds, self.seconds[1:], strict=False))


def timed(work: Callable[[], object]) -> float:
    """Return the shortest of several runs, in seconds of this process: what is longer is the machine's."""
    times: list[float] = []
    while len(times) < TIMES_MAX and (sum(times) < SECONDS_MIN or len(times) < 2):
        begun = time.process_time()
        work()
        times.append(time.process_time() - begun)
    return min(times)


def grown(kind: str, lengths: Sequence[int]) -> Growth:
    """Return the times of a kind at these lengths."""
    seconds = []
    for lines in lengths:
        file = SourceFile.of("document.md", document(kind, lines))
        seconds.append(timed(lambda file=file: compile_document(file)))  # type: ignore[misc]
    return Growth(kind, tuple(lengths), tuple(seconds))


def of_the_shipped() -> dict[str, float]:
    """Return what each thing done with the shipped document takes, in seconds."""
    folder = shipped_routines() / "business-associate-agreement"
    name, files = read_folder(folder)
    file = SourceFile.of("document.md", shipped())
    compiled = compile_document(file)
    local = replace(Settings(), reader="local")
    return {
        "compile": timed(lambda: compile_document(file)),
        "account for every line": timed(lambda: account(compiled)),
        "graph": timed(lambda: graph_of(compiled.routine, file)),
        "release": timed(lambda: build_release(name, files, house())),
        "check, with functions and data": timed(lambda: check(folder)),
        "release with the local reader": timed(lambda: build_rehearsal(local)),
    }


# ---------------------------------------------------------------- telling


def table(grown_ones: Sequence[Growth]) -> str:
    """Return the times as a Markdown table."""
    lengths = grown_ones[0].lines
    heads = ["lines", *(f"{lines:,}" for lines in lengths), "exponent", "last doubling"]
    rows = [f"| {' | '.join(heads)} |", f"|---|{'---:|' * (len(heads) - 1)}"]
    for one in grown_ones:
        times = " | ".join(f"{seconds * 1000:,.1f}" for seconds in one.seconds)
        rows.append(f"| {one.kind} | {times} | {one.exponent:.2f} | x {one.doublings[-1]:.2f} |")
    return "\n".join(rows)


def main(arguments: Sequence[str]) -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="What compiling costs against the length of a document.")
    parser.add_argument("--lines", type=int, default=LAST, metavar="N", help=f"the longest document ({LAST:,})")
    parser.add_argument("--kind", choices=tuple(KINDS), action="append", help="only this kind; may be repeated")
    parser.add_argument("--json", action="store_true", help="print the figures for programs")
    options = parser.parse_args(arguments)
    lengths = [FIRST]
    while lengths[-1] * 2 <= max(options.lines, 2 * FIRST):
        lengths.append(lengths[-1] * 2)
    found = [grown(kind, lengths) for kind in options.kind or KINDS]
    own = {} if options.kind else of_the_shipped()
    if options.json:
        data = [
            {"kind": one.kind, "lines": one.lines, "seconds": one.seconds, "exponent": one.exponent} for one in found
        ]
        print(json.dumps({"growth": data, "shipped": own}, indent=2))
        return 0
    print("milliseconds\n")
    print(table(found))
    if own:
        print("\n| the shipped document | ms |\n|---|---:|")
        print("\n".join(f"| {what} | {seconds * 1000:,.1f} |" for what, seconds in own.items()))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
