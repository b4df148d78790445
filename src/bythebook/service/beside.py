"""A document beside a case: its text as it was written, line by line, and what of it ran, in which order.

A case may have been in several documents, each by its own release: labels belong to the one it was in then.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from bythebook.engine.event import (
    Asked,
    AssistantSaid,
    Event,
    FunctionCalled,
    LineQuoted,
    LinesPassed,
    StepEntered,
)
from bythebook.engine.state import CaseState, Status
from bythebook.routine.article import ARTICLE
from bythebook.routine.wording import Release
from bythebook.service.reached import DONE_WITHOUT_WORDS


@dataclass(frozen=True, slots=True)
class Place:
    """Where a document has a line: what a message is shown to rest on."""

    release: str
    """The digest of the release: which of the documents of the case."""

    label: str
    """`2a`, `article:3`."""

    first: int
    """The first of its lines in the document's text, from 1."""

    last: int
    words: str


@dataclass(frozen=True, slots=True)
class TextLine:
    """One line of a document's text, as it was written."""

    number: int
    text: str
    labels: tuple[str, ...] = ()
    """What stands on it, as a person cites it."""

    ran: tuple[int, ...] = ()
    """Its places in the order in which lines of the document ran: 1 ran first."""

    said: tuple[int, ...] = ()
    """The entries of the conversation that rest on it, by their versions."""

    entered: bool = False
    """It begins a step that the case went into."""

    passed: bool = False
    """It was passed over, and has not run."""

    pending: bool = False
    """The case waits here."""


@dataclass(frozen=True, slots=True)
class Beside:
    """A document as it is shown beside a case."""

    release: str
    routine: str
    title: str
    lines: tuple[TextLine, ...]
    current: bool
    """The case is in it now."""


def place_of(release: Release, label: str) -> Place | None:
    """Return where the document has a line, a step or an answer; None for what is not of the document."""
    if label.startswith(ARTICLE):
        topic = release.routine.article.labelled(label)
        if topic is None:
            return None
        start, end = topic.span.start, max([topic.span.end, *(passage.span.end for passage in topic.answer)])
    else:
        holder = release.routine.line(label) or release.routine.step(label)
        if holder is None:
            return None
        start, end = holder.span.start, holder.span.end
    text = release.document.text
    first = release.document.position(start)[0]
    return Place(
        release.digest, label, first, max(first, release.document.position(max(start, end - 1))[0]), text[start:end]
    )


def beside(
    release: Release, events: Sequence[tuple[int, Event]], state: CaseState, reached: Collection[str]
) -> Beside:
    """Return the document of a release with what ran of it: `events` are those decided on it, with their versions.

    `reached` are the labels of what the case came to in it: what was passed over at first and done later was done.
    """
    ran: dict[int, list[int]] = {}
    said: dict[int, list[int]] = {}
    entered: set[int] = set()
    passed: set[int] = set()
    order = 0
    for version, event in events:
        match event:
            case AssistantSaid(line=label) | Asked(line=label) | LineQuoted(line=label) | FunctionCalled(line=label):
                place = place_of(release, label)
                if place is None:
                    continue
                order += 1
                ran.setdefault(place.first, []).append(order)
                for number in range(place.first, place.last + 1):
                    said.setdefault(number, []).append(version)
            case StepEntered(step=step, asked_for=False):
                entered |= _first_lines(release, (step,))
            case LinesPassed(lines=labels, why=why) if why not in DONE_WITHOUT_WORDS:
                passed |= _first_lines(release, labels)
            case _:
                pass
    passed -= _first_lines(release, [*reached, *_holding(release, reached)])
    current = state.release == release.digest
    pending = _first_lines(release, waiting_at(state)) if current else set()
    named = _labels(release)
    lines = tuple(
        TextLine(
            number,
            release.document.line(number),
            tuple(named.get(number, ())),
            tuple(ran.get(number, ())),
            tuple(said.get(number, ())),
            number in entered,
            number in passed and number not in ran,
            number in pending,
        )
        for number in range(release.document.first_line, release.document.line_count + 1)
    )
    return Beside(release.digest, release.name, release.titled, lines, current)


def waiting_at(state: CaseState) -> tuple[str, ...]:
    """Return the label of the line at which the case waits: a call under way, what a person does, a question."""
    if state.status in (Status.RESOLVED, Status.ERASED):
        return ()
    if state.call is not None:
        return (state.call.line,)
    if state.status is Status.HANDED_OFF and state.handing is not None:
        return (state.handing,)
    return (state.pending,) if state.pending is not None else ()


def _holding(release: Release, labels: Collection[str]) -> Iterator[str]:
    """Yield the lines that these stand under, however deep."""
    for label in labels:
        at = release.routine.line(label)
        while at is not None and at.parent is not None:
            yield at.parent
            at = release.routine.line(at.parent)


def _first_lines(release: Release, labels: Sequence[str]) -> set[int]:
    found = (place_of(release, label) for label in labels)
    return {place.first for place in found if place is not None}


def _labels(release: Release) -> Mapping[int, list[str]]:
    """Return the labels by the line of the text on which they begin."""
    labels: dict[int, list[str]] = {}
    routine = release.routine
    named = [
        label for step in routine.steps for label in (step.label, *(x.label for x in step.lines if not x.implied))
    ]
    for label in (*named, *(topic.label for topic in routine.article.topics)):
        place = place_of(release, label)
        if place is not None:
            labels.setdefault(place.first, []).append(label)
    return labels
