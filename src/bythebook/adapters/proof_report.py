"""A proof as data and as a page that needs nothing else: what holds of a document, and the way to what does not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from html import escape
from typing import Any, Final

from bythebook.adapters.report_page import marked, page, table, words
from bythebook.proving.report import Verdict, never_reached, played, verdicts
from bythebook.proving.rules import Rule
from bythebook.proving.search import Broken, Search
from bythebook.routine.wording import Release
from bythebook.service.how_many import how_many

FORMAT: Final = "bythebook proof 1"
EXACT: Final = "Nothing was left to look at: what holds here holds on every way."
BOUNDED: Final = (
    "Every way of fewer moves was looked at, and some longer ones: what holds here holds as far as that. "
    "`--states 0` looks on to the end."
)


@dataclass(frozen=True, slots=True)
class Part:
    """One of the searches, as it is told."""

    name: str
    search: Search
    verdicts: tuple[Verdict, ...]
    seconds: float


@dataclass(frozen=True, slots=True)
class Proof:
    """All that was looked at in one document."""

    at: datetime
    program: str
    release: Release
    parts: tuple[Part, ...]

    @property
    def holds(self) -> bool:
        """Whether everything holds, as far as was looked at."""
        return all(one.holds for part in self.parts for one in part.verdicts)


def part_of(name: str, search: Search, rules: Sequence[Rule], seconds: float) -> Part:
    """Return a search that has run, with what it found."""
    return Part(name, search, verdicts(search, rules), seconds)


def extent(search: Search) -> str:
    """Return how far a search went, in words."""
    meanings = search.bounds.meanings
    looked = f"{search.explored:,} places, {search.transitions:,} moves"
    of = f"messages of up to {how_many(meanings, 'meaning')}"
    if search.exact:
        return f"exact, {looked}; {of}"
    cut = ", ".join(search.outside.cut)
    few = f"; not every result of {cut}" if cut else ""
    return f"bounded to {search.depth} moves, {looked} of {search.states:,} found; {of}{few}"


# ---------------------------------------------------------------- as data


def as_data(proof: Proof) -> dict[str, Any]:
    """Return the proof as JSON's plain data; docs/proof.md describes it."""
    return {
        "format": FORMAT,
        "at": proof.at.isoformat(timespec="seconds"),
        "program": proof.program,
        "document": proof.release.name,
        "title": proof.release.titled,
        "release": proof.release.digest,
        "holds": proof.holds,
        "searches": [
            {
                "name": part.name,
                "exact": part.search.exact,
                "depth": part.search.depth,
                "places": part.search.states,
                "looked_at": part.search.explored,
                "moves": part.search.transitions,
                "meanings": part.search.bounds.meanings,
                "humans": part.search.bounds.humans,
                "seconds": round(part.seconds, 1),
                "never_reached": list(never_reached(part.search)),
                "properties": [_property(proof.release, one) for one in part.verdicts],
            }
            for part in proof.parts
        ],
    }


def _property(release: Release, verdict: Verdict) -> dict[str, Any]:
    broken = [
        {"how": one.how, "way": [{"who": who, "words": words} for who, words in played(release, one.path)]}
        for one in verdict.broken
    ]
    return {
        "name": verdict.name,
        "says": verdict.says,
        "holds": verdict.holds,
        "open": list(verdict.open),
        "broken": broken,
    }


# ---------------------------------------------------------------- as a page


def as_page(proof: Proof) -> str:
    """Return the proof as one HTML file."""
    return page(f"Proof of {proof.release.titled}", _page(proof))


def _page(proof: Proof) -> Iterator[str]:
    broken = len({(one.name, one.says) for part in proof.parts for one in part.verdicts if not one.holds})
    verdict = '<p class="good"><strong>All holds, as far as was looked at.</strong></p>'
    if broken:
        does = f"{broken} propert{'ies do' if broken != 1 else 'y does'} not hold"
        verdict = f'<p class="bad"><strong>{does}.</strong></p>'
    elif all(part.search.exact for part in proof.parts):
        verdict = '<p class="good"><strong>All holds, on every way.</strong></p>'
    yield f"<h1>Proof of \u201c{escape(proof.release.titled)}\u201d</h1>"
    yield f"<p class=soft>{proof.at:%d %B %Y, %H:%M} UTC</p>\n{verdict}"
    yield from table((("Release", proof.release.digest), ("Program", proof.program)))
    for part in proof.parts:
        yield f"<h2>{escape(part.name.capitalize())}</h2>"
        yield f"<p>{escape(extent(part.search).capitalize())} ({part.seconds:.1f} s).</p>"
        yield f"<p class=soft>{words(EXACT if part.search.exact else BOUNDED)}</p>\n<ul>"
        for one in part.verdicts:
            yield from _told(proof.release, one)
        yield "</ul>"


def _told(release: Release, verdict: Verdict) -> Iterator[str]:
    mark = marked(None if verdict.holds and verdict.open else verdict.holds)
    yield f"<li>{mark} <strong>{escape(verdict.name)}</strong>: {words(verdict.says)}"
    if verdict.open:
        yield f"<p class=soft>Not reached as far as was looked: {escape(', '.join(verdict.open))}</p>"
    for broken in verdict.broken:
        yield from _way(release, broken)
    yield "</li>"


def _way(release: Release, broken: Broken) -> Iterator[str]:
    yield f"<p class=bad>{words(broken.how)}</p>"
    way = played(release, broken.path)
    if way:
        yield "<ol>"
        yield from (f"<li><b>{escape(who)}:</b> {escape(words)}</li>" for who, words in way)
        yield "</ol>"
