"""How documents do: the overview with its figures, and a release line by line with what its cases came to there."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Annotated, Any, Final
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Query, Request
from starlette.responses import HTMLResponse, Response

from bythebook.drawing.charts import Bar, row_bar, stacked
from bythebook.drawing.svg import CARDS_MAX, for_page
from bythebook.routine.graph import graph_of
from bythebook.routine.wording import Release
from bythebook.service.insight import Insight, InUse
from bythebook.service.overview import (
    HEADS,
    MEANING,
    SHOWN,
    Figures,
    Group,
    Span,
    SpanWrong,
    as_rows,
    share,
    span_of,
)
from bythebook.service.people import Person, Role
from bythebook.service.releases import Move
from bythebook.web.access import needs
from bythebook.web.context import WebContext
from bythebook.web.problems import NOT_FOUND, Problem
from bythebook.web.tables import CSV_TYPE, attached, csv_line
from bythebook.web.templating import page

router = APIRouter(include_in_schema=False)

Looking = Annotated[Person, Depends(needs(Role.LEAD, Role.AUDITOR, Role.ADMINISTRATOR))]

INKS: Final = {standing: standing.value.replace(" ", "-") for standing in SHOWN}
"""By standing, the class that colours its part of a bar."""

NOTE_SHOWN: Final = 40
"""So many letters of a release's note are its name."""

RANGES: Final = (("7 days", 7), ("4 weeks", 28), ("12 weeks", 84), ("a year", 365))


def insight_of(request: Request) -> Insight:
    """Return the use case; a problem where nothing is counted here."""
    context: WebContext = request.app.state.context
    if context.insight is None:
        raise Problem(NOT_FOUND, "nothing is counted in this installation")
    return context.insight


Looks = Annotated[Insight, Depends(insight_of)]


@dataclass(frozen=True, slots=True)
class Filters:
    """What the address asks for."""

    first: str
    last: str
    document: str
    span: Span
    wrong: str = ""
    """Why the days could not be taken."""

    def address(self, path: str, **other: str) -> str:
        """Return an address with these filters, some of them others."""
        asked = {"first": self.first, "last": self.last, "document": self.document, **other}
        told = urlencode({name: value for name, value in asked.items() if value})
        return f"{path}?{told}" if told else path


def filters(
    insight: Looks,
    first: Annotated[str, Query(max_length=10)] = "",
    last: Annotated[str, Query(max_length=10)] = "",
    document: Annotated[str, Query(max_length=200)] = "",
) -> Filters:
    """Return the filters; days that make no span are told, and the usual ones shown."""
    try:
        return Filters(first, last, document, span_of(first, last, insight.today))
    except SpanWrong as wrong:
        return Filters("", "", document, span_of("", "", insight.today), str(wrong))


Asked = Annotated[Filters, Depends(filters)]


@router.get("/overview")
def show_overview(request: Request, person: Looking, insight: Looks, asked: Asked) -> HTMLResponse:
    """Show the figures of a span."""
    found = insight.figures(asked.span, asked.document)
    values: dict[str, Any] = {
        "found": found,
        "asked": asked,
        "documents": [("", "all documents"), *((one, insight.title(one)) for one in insight.documents())],
        "title_of": insight.title,
        "ranges": tuple(_ranges(insight, asked)),
        "cards": tuple(_cards(found)),
        "chart": cases_chart(found),
        "times": (("Time to first answer", found.first_answer), ("Length of a case", found.length)),
        "meaning": MEANING,
        "shown": SHOWN,
        "inks": INKS,
        "share": share,
        "row_bar": row_bar,
        "named": _named,
        "top": max((one.count for one in found.questions), default=0),
        "leads": person.has(Role.LEAD),
    }
    return page(request, "insight/overview.html", **values)


@router.get("/overview.csv")
def give_csv(person: Looking, insight: Looks, asked: Asked) -> Response:
    """Give all that the overview shows as a table."""
    found = insight.figures(asked.span, asked.document)
    text = "".join(map(csv_line, (HEADS, *as_rows(found, asked.document))))
    name = f"overview-{asked.span.first}-{asked.span.last}.csv"
    return Response(text, media_type=CSV_TYPE, headers=attached(name))


def _ranges(insight: Insight, asked: Filters) -> Iterator[tuple[str, str, bool]]:
    for label, days in RANGES:
        span = span_of("", "", insight.today)
        first = span.last.fromordinal(span.last.toordinal() - days + 1)
        address = asked.address("/overview", first=first.isoformat(), last=span.last.isoformat())
        yield label, address, asked.span == Span(first, span.last)


def _cards(found: Figures) -> Iterator[tuple[str, str, str]]:
    """Yield the figures at the top: name, number, and what it is of."""
    ended = found.counts[SHOWN[0]]
    silent = f"{found.silent:,} more were opened, and nothing was said" if found.silent else ""
    yield "Cases", f"{found.cases:,}", silent
    yield "Resolved", share(ended, found.cases), f"{_cases(ended)} ran to the end"
    yield "To a human", share(found.humans, found.cases), _cases(found.humans)
    read = f"{found.missed:,} of {found.read:,} messages read"
    yield "Not understood", share(found.missed, found.read), read
    yield "First answer", found.first_answer.half or "–", "for half of the cases"
    per_case = f"{found.messages / found.cases:.1f}" if found.cases else "–"
    yield "Messages a case", per_case, f"{found.messages:,} in all"


def cases_chart(found: Figures) -> str:
    """Return the chart of cases by day, or week."""
    bars = tuple(
        Bar(_day(group), f"{_named(group)}: {_told(group)}", tuple(group.counts[one] for one in SHOWN))
        for group in found.groups
    )
    unit = "week" if found.by_week else "day"
    told = f"{_cases(found.cases)} from {found.span.first} to {found.span.last}; the table below has every number."
    return stacked(f"Cases by {unit} on which they were opened", told, bars, [INKS[one] for one in SHOWN], "cases")


def _told(group: Group) -> str:
    parts = [f"{count:,} {MEANING[standing]}" for standing, count in group.counts.items() if count]
    return f"{_cases(group.total)}{': ' if parts else ''}{', '.join(parts)}"


def _named(group: Group) -> str:
    if group.first == group.last:
        return f"{group.first:%a %-d %b %Y}"
    return f"{group.first:%-d %b} to {group.last:%-d %b %Y}"


def _day(group: Group) -> str:
    return f"{group.first:%-d %b}"


# ---------------------------------------------------------------- a document in use


@dataclass(frozen=True, slots=True)
class Chosen:
    """The document, and the releases of it that are looked at."""

    name: str
    release: str
    beside: str


def chosen(
    name: str,
    release: Annotated[str, Query(max_length=64)] = "",
    beside: Annotated[str, Query(max_length=64)] = "",
) -> Chosen:
    """Return what the address names: a release, and one to be shown next to it."""
    return Chosen(name, release, beside)


@router.get("/overview/{name}")
def show_map(
    request: Request, person: Looking, insight: Looks, asked: Asked, wanted: Annotated[Chosen, Depends(chosen)]
) -> HTMLResponse:
    """Show a release of a document line by line; with `beside`, another one next to it."""
    return page(request, "insight/map.html", **map_values(request, person, insight, asked, wanted))


def map_values(request: Request, person: Person, insight: Insight, asked: Filters, chosen: Chosen) -> dict[str, Any]:
    """Return what the page of a document in use shows; a problem where there is no such document."""
    name, release, beside = chosen.name, chosen.release, chosen.beside
    used, live = insight.in_use(name), insight.live(name)
    wanted = release or (live.digest if live is not None else used[0].digest if used else "")
    shown = _release(insight, name, wanted)
    if shown is None:
        raise Problem(NOT_FOUND, f"no release of {name} can be shown")
    called = released(request, name)
    span = asked.span if asked.first or asked.last else None
    other = _release(insight, name, beside) if beside and beside != shown.digest else None
    sides = [insight.map(one, span) for one in (shown, other) if one is not None]
    graph = graph_of(shown.routine, shown.document)
    drawn = for_page(shown.routine, graph, name) if len(shown.routine.steps) <= CARDS_MAX else ""
    return {
        "name": name,
        "releases": [(one.digest, _called(one, called, live)) for one in used]
        or [(shown.digest, f"{called(shown.digest)}, live: no cases yet")],
        "called": called,
        "beside": beside,
        "title": shown.titled,
        "asked": asked,
        "span": span,
        "used": used,
        "live": live.digest if live is not None else "",
        "sides": sides,
        "main": sides[0],
        "graph": drawn if other is None else "",
        "share": share,
        "row_bar": row_bar,
        "leads": person.has(Role.LEAD),
    }


def released(request: Request, name: str) -> Callable[[str], str]:
    """Return what a release of a document is called: when it was released, by whom, and their note."""
    context: WebContext = request.app.state.context
    steps = context.releases.steps(name) if context.releases is not None else ()
    last = {step.digest: step for step in steps if step.move is Move.RELEASE}

    def called(digest: str) -> str:
        step = last.get(digest)
        if step is None:
            return f"Release {digest[:12]}"
        by = "came with the installation" if step.folder else f"by {step.by}"
        note = " ".join(step.note.split())
        told = f": {note[:NOTE_SHOWN]}{'…' if len(note) > NOTE_SHOWN else ''}" if note and not step.folder else ""
        return f"{step.at:%-d %b %Y, %H:%M}, {by}{told}"

    return called


def _called(used: InUse, called: Callable[[str], str], live: Release | None) -> str:
    """Return what a release is called where one is chosen."""
    days = used.first if used.first == used.last else f"{used.first} to {used.last}"
    is_live = ", live" if live is not None and live.digest == used.digest else ""
    return f"{called(used.digest)}{is_live} ({_cases(used.cases)}, {days})"


def _release(insight: Insight, name: str, digest: str) -> Release | None:
    live = insight.live(name)
    if live is not None and live.digest == digest:
        return live
    known = {used.digest for used in insight.in_use(name)}
    return insight.library.read(digest) if digest in known else None


def _cases(number: int) -> str:
    return "1 case" if number == 1 else f"{number:,} cases"
