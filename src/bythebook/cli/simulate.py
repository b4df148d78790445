"""`bythebook simulate`: many seeded customers talk to a document; what came of it, and whether all held.

Exit codes: 0 everything held, 1 something did not, 2 the document cannot be run.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import replace
from typing import Final

from bythebook.adapters.library import read_library
from bythebook.cli.common import EXIT_FAILED, add_document, coloured, explained, settings_of
from bythebook.cli.entry import EXIT_INTERRUPTED
from bythebook.cli.simulating import SEEDS_SHOWN_MAX, Lives, Tally, named, tallies
from bythebook.routine.wording import Release
from bythebook.service.how_many import how_many
from bythebook.settings import Settings
from bythebook.testing.coverage import Kind, places_of
from bythebook.testing.customers import BEHAVIOURS

CASES: Final = 1_000
BAR: Final = 30
OUTCOMES: Final = ("resolved", "open", "handed off", "abandoned")

EPILOG: Final = """\
What customers say is made of the author's examples and the document's words, with typos, several things at once, and
junk. Functions return all that the document tells apart, and fail; humans take cases and hand them back; days pass.
Nothing goes outside. After each case its log is held against everything that must hold.

  bythebook simulate my-folder -n 10000      on all cores
  bythebook simulate my-folder --seed 4711   one case again, told step by step
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.epilog = EPILOG
    add_document(parser)
    parser.add_argument(
        "-n", "--cases", type=_count, default=CASES, metavar="N", help=f"how many customers (default {CASES:,})"
    )
    parser.add_argument("--first", type=_count, default=1, metavar="SEED", help="the first seed (default 1)")
    parser.add_argument("--seed", type=_count, metavar="SEED", help="this case alone, told step by step")
    parser.add_argument(
        "--customers",
        type=_names,
        default=(),
        metavar="NAMES",
        help=f"only these, by commas: {', '.join(one.name for one in BEHAVIOURS)}",
    )
    parser.add_argument("--jobs", type=_count, default=os.cpu_count() or 1, metavar="N", help="processes (all cores)")
    parser.add_argument("--reader", choices=("local", "lexicon"), help="who reads the messages (default: local)")
    parser.add_argument("--json", action="store_true", help="print one JSON object")


def _count(text: str) -> int:
    if not text.isdigit() or int(text) == 0:
        raise argparse.ArgumentTypeError(f"{text!r} is no whole number from 1")
    return int(text)


def _names(text: str) -> tuple[str, ...]:
    names = tuple(name.strip() for name in text.split(","))
    known = [one.name for one in BEHAVIOURS]
    if unknown := [name for name in names if name not in known]:
        raise argparse.ArgumentTypeError(f"no customer is {unknown[0]!r}; there are {', '.join(known)}")
    return names


def run(arguments: argparse.Namespace) -> int:
    """Simulate; 0 where all held, 1 where something did not, 2 where the document cannot be run."""
    return explained(lambda: _simulate(arguments))


def _simulate(arguments: argparse.Namespace) -> int:
    given = settings_of(argparse.Namespace(reader=arguments.reader))
    settings = replace(given, document=(arguments.document,)) if arguments.document else given
    documents = read_library(settings.documents).documents
    if len(documents) != 1:
        names = ", ".join(folder.name for folder in documents)
        print(f"bythebook: {arguments.document} holds several documents; give one of {names}", file=sys.stderr)
        return EXIT_FAILED
    if arguments.seed is not None:
        return _again(arguments, settings)
    begun = time.monotonic()
    release = Lives.of(replace(settings, reader="lexicon")).world.release
    tally = Tally()
    seeds = range(arguments.first, arguments.first + arguments.cases)
    stopped = False
    with closing(tallies(settings, seeds, arguments.customers, min(arguments.jobs, len(seeds)))) as found:
        try:
            for one in found:
                tally.merge(one)
                _show(tally, len(seeds), begun)
        except KeyboardInterrupt:
            stopped = True
    if sys.stderr.isatty():
        print("\r\x1b[K", end="", file=sys.stderr, flush=True)
    seconds = time.monotonic() - begun
    if stopped:
        print(f"bythebook: stopped after {tally.cases:,} of {len(seeds):,} customers", file=sys.stderr)
    if stopped and not tally.cases:
        return EXIT_INTERRUPTED
    if arguments.json:
        print(json.dumps(as_data(release, tally, seconds), ensure_ascii=False, indent=2))
    else:
        print("\n".join(_told(arguments, release, tally, seconds)))
    return EXIT_INTERRUPTED if stopped else 1 if tally.broken else 0


def _again(arguments: argparse.Namespace, settings: Settings) -> int:
    """Live one case again, and tell it."""
    lived = Lives.of(settings).world.live(
        arguments.seed, named(arguments.customers), (lambda _: None) if arguments.json else print
    )
    broken = [{"property": name, "how": how} for name, how in lived.broken]
    if arguments.json:
        found = {"seed": lived.seed, "customer": lived.behaviour, "outcome": lived.outcome, "broken": broken}
        print(json.dumps(found, ensure_ascii=False, indent=2))
    else:
        print(f"{lived.messages} messages, {lived.events} events, {lived.outcome}")
        for one in broken:
            print(f"{coloured('BROKEN', '1;31', sys.stdout.isatty())} {one['property']}: {one['how']}")
    return 1 if broken else 0


def _show(tally: Tally, count: int, begun: float) -> None:
    if sys.stderr.isatty():
        done = BAR * tally.cases // count
        bar = f"[{'#' * done}{'.' * (BAR - done)}] {tally.cases:,} of {count:,}"
        wrong = f", {len(tally.broken)} broken" if tally.broken else ""
        print(f"\r{bar}{wrong}, {time.monotonic() - begun:.0f} s\x1b[K", end="", file=sys.stderr, flush=True)


# ---------------------------------------------------------------- telling it


def _told(arguments: argparse.Namespace, release: Release, tally: Tally, seconds: float) -> Iterator[str]:
    last = arguments.first + tally.cases - 1
    yield f"{release.titled}, release {release.digest[:12]}"
    seeds = f"seeds {arguments.first:,} to {last:,}"
    yield f"{tally.cases:,} customers ({seeds}), {tally.messages:,} messages, {seconds:.0f} s"
    yield ""
    yield from _table(tally)
    yield ""
    for kind, (reached, count, missed) in _reached(release, tally).items():
        left = f"; never {', '.join(missed)}" if missed else ""
        yield f"{kind.value:<23} {reached} of {count} reached{left}"
    yield f"{'unsure':<23} {_share(tally.unsure, tally.readings)} of {tally.readings:,} messages read"
    yield f"{'a human was needed':<23} {_share(tally.humans, tally.cases)} of the cases"
    yield f"{'longest case':<23} {tally.longest[0]} events (seed {tally.longest[1]})"
    yield ""
    yield from _broken(arguments, tally)


def _table(tally: Tally) -> Iterator[str]:
    yield f"{'customers':<23}{'':>7}" + "".join(f"{outcome:>12}" for outcome in OUTCOMES)
    for behaviour in (*(one.name for one in BEHAVIOURS), "all"):
        found: Counter[str] = Counter()
        for (name, outcome), times in tally.outcomes.items():
            found[outcome] += times if behaviour in (name, "all") else 0
        count = sum(found.values())
        if count:
            shares = "".join(f"{_share(found[outcome], count):>12}" for outcome in OUTCOMES)
            yield f"{behaviour:<23}{count:>7,}{shares}"


def _broken(arguments: argparse.Namespace, tally: Tally) -> Iterator[str]:
    if not tally.broken:
        yield "everything held: no broken invariant"
        return
    command = " ".join(["bythebook simulate", *([arguments.document] if arguments.document else [])])
    command += f" --customers '{','.join(arguments.customers)}'" if arguments.customers else ""
    command += f" --reader {arguments.reader}" if arguments.reader else ""
    for (name, how), seeds in sorted(tally.broken.items()):
        yield f"{coloured('BROKEN', '1;31', sys.stdout.isatty())} {name}: {how} ({how_many(len(seeds), 'case')})"
        for seed in seeds[:SEEDS_SHOWN_MAX]:
            yield f"  {command} --seed {seed}"


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f} %" if whole else "-"


def _reached(release: Release, tally: Tally) -> Mapping[Kind, tuple[int, int, Sequence[str]]]:
    found: dict[Kind, tuple[int, int, Sequence[str]]] = {}
    places = tuple(places_of(release))
    for kind in Kind:
        of = [place for place in places if place.kind is kind]
        missed = [str(place) for place in of if not tally.reached[place.kind, place.label, place.way]]
        if of:
            found[kind] = (len(of) - len(missed), len(of), missed)
    return found


def as_data(release: Release, tally: Tally, seconds: float) -> dict[str, object]:
    """Return the tally as plain data."""
    return {
        "document": release.name,
        "release": release.digest,
        "cases": tally.cases,
        "messages": tally.messages,
        "events": tally.events,
        "seconds": round(seconds, 1),
        "outcomes": [
            {"customers": name, "outcome": outcome, "cases": times}
            for (name, outcome), times in sorted(tally.outcomes.items())
        ],
        "reached": {
            kind.value: {"reached": reached, "of": count, "never": list(missed)}
            for kind, (reached, count, missed) in _reached(release, tally).items()
        },
        "readings": tally.readings,
        "unsure": tally.unsure,
        "humans": tally.humans,
        "longest": {"events": tally.longest[0], "seed": tally.longest[1]},
        "broken": [{"property": name, "how": how, "seeds": seeds} for (name, how), seeds in tally.broken.items()],
    }
