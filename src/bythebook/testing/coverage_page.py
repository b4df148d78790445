"""Coverage as people and machines read it: over the document's own text, as a page, as plain data."""

from __future__ import annotations

import html
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from bythebook.testing.coverage import Coverage, Kind, Place

REACHED, PARTLY, MISSED, NOTHING = "+", "~", "-", " "
WORDS: Final[Mapping[Kind, str]] = {
    Kind.LINE: "no test comes to line {}",
    Kind.BRANCH: "no test where condition {}",
    Kind.QUESTION: "no test where question {}",
    Kind.ANSWER: "no test gets the answer {}",
    Kind.PHRASE: "no test gets the phrase of {}",
    Kind.FAILURE: "no test where the call at {} fails",
}
_CLASSES: Final = {REACHED: "reached", PARTLY: "partly", MISSED: "missed", NOTHING: "nothing"}

STYLE: Final = """\
:root { color-scheme: light dark;
  --ink: #1f2328; --paper: #fdfcf9; --good: #dfeee0; --part: #f7ecc8; --bad: #f6d9d5; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e6e3dc; --paper: #1b1c1e; --good: #203726; --part: #453b17; --bad: #50251f; }
}
body { font: 16px/1.5 Georgia, serif; color: var(--ink); background: var(--paper);
  max-width: 62rem; margin: 2rem auto; padding: 0 1rem; }
table { border-collapse: collapse; }
.counts td, .counts th { text-align: left; padding: .1rem 1.5rem .1rem 0; font-variant-numeric: tabular-nums; }
.text { width: 100%; margin-top: 1.5rem; }
.text td { vertical-align: top; padding: 0 .6rem; }
.text pre { margin: 0; white-space: pre-wrap; font: .9rem/1.5 ui-monospace, monospace; }
.number { text-align: right; opacity: .6; font: .8rem/1.6 ui-monospace, monospace; }
.reached { background: var(--good); } .partly { background: var(--part); } .missed { background: var(--bad); }
.note { font-size: .9rem; font-style: italic; }
"""


def told(coverage: Coverage) -> Iterator[str]:
    """Yield the document's text with what was reached in the margin, and under it the counts."""
    by_line = _by_line(coverage)
    width = len(str(len(_lines(coverage))))
    for number, text in enumerate(_lines(coverage), start=1):
        here = by_line.get(number, ())
        yield f"{_mark(coverage, here)} {_count(coverage, here):>3} {number:>{width}}  {text}".rstrip()
        for place in here:
            if not coverage.reached[place]:
                yield f"  {'':>{width + 4}}  ^ {_missing(place)}"
    yield ""
    yield from counted(coverage)


def counted(coverage: Coverage) -> Iterator[str]:
    """Yield a line for each kind: how much of it was reached."""
    for kind, (reached, count) in coverage.counts().items():
        yield f"{kind.value:<23} {reached:>3} of {count:<3} {share(reached, count):>6}"
    house = len(coverage.house)
    yield f"{'phrases of the house':<23} {house:>3} of {len(coverage.release.wording.house)}"


def share(reached: int, count: int) -> str:
    """Return a share in per cent; 100 % only where all is reached."""
    return f"{int(1000 * reached / count) / 10:g} %"


def as_data(coverage: Coverage) -> dict[str, object]:
    """Return the coverage as plain data."""
    return {
        "document": coverage.release.name,
        "release": coverage.release.digest,
        "counts": {kind.value: {"reached": r, "of": n} for kind, (r, n) in coverage.counts().items()},
        "places": [
            {
                "line": place.number,
                "kind": place.kind.value,
                "label": place.label,
                "way": place.way,
                "reached_by": list(by),
            }
            for place, by in coverage.reached.items()
        ],
        "house": {name: list(by) for name, by in sorted(coverage.house.items())},
    }


def page(coverages: Sequence[Coverage]) -> str:
    """Return one page that needs nothing beside it."""
    parts = ["<!doctype html>", '<html lang="en">', "<head>", '<meta charset="utf-8">']
    parts.append('<meta name="viewport" content="width=device-width, initial-scale=1">')
    parts += ["<title>What the tests reach</title>", f"<style>\n{STYLE}</style>", "</head>", "<body>"]
    for coverage in coverages:
        parts += _section(coverage)
    return "\n".join([*parts, "</body>", "</html>", ""])


def _section(coverage: Coverage) -> Iterator[str]:
    release = coverage.release
    yield f"<h1>{html.escape(release.titled)}</h1>"
    yield f"<p>What its tests reach of release {html.escape(release.digest[:12])}.</p>"
    yield '<table class="counts">'
    for kind, (reached, count) in coverage.counts().items():
        yield f"<tr><th>{kind.value}</th><td>{reached} of {count}</td><td>{share(reached, count)}</td></tr>"
    yield "</table>"
    yield '<table class="text">'
    by_line = _by_line(coverage)
    for number, text in enumerate(_lines(coverage), start=1):
        here = by_line.get(number, ())
        mark = _CLASSES[_mark(coverage, here)]
        by = sorted({name for place in here for name in coverage.reached[place]})
        title = f' title="{html.escape("; ".join(by))}"' if by else ""
        notes = "".join(
            f'<div class="note">{html.escape(_missing(place))}</div>' for place in here if not coverage.reached[place]
        )
        yield (
            f'<tr class="{mark}"><td class="number">{number}</td><td class="number">{_count(coverage, here)}</td>'
            f"<td{title}><pre>{html.escape(text)}</pre>{notes}</td></tr>"
        )
    yield "</table>"


def _lines(coverage: Coverage) -> list[str]:
    return coverage.release.document.text.split("\n")


def _by_line(coverage: Coverage) -> Mapping[int, Sequence[Place]]:
    found: dict[int, list[Place]] = {}
    for place in coverage.reached:
        found.setdefault(place.number, []).append(place)
    return found


def _mark(coverage: Coverage, here: Sequence[Place]) -> str:
    reached = [bool(coverage.reached[place]) for place in here]
    if not reached:
        return NOTHING
    return REACHED if all(reached) else PARTLY if any(reached) else MISSED


def _count(coverage: Coverage, here: Sequence[Place]) -> str:
    """How many conversations came there."""
    return str(len({name for place in here for name in coverage.reached[place]})) if here else ""


def _missing(place: Place) -> str:
    return WORDS[place.kind].format(place)
