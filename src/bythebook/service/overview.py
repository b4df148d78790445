"""The figures of a time, put together from the counters: for the overview page and its CSV. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final

from bythebook.engine.words import choice_words
from bythebook.routine.wording import Release
from bythebook.service.tallies import FIRST_ANSWER_MS, LENGTH_S, LONGER, Key, Kind, Standing, Sums, TallyQuery

DAYS_DEFAULT: Final = 28
DAYS_MAX: Final = 3 * 366
BY_DAY_MAX: Final = 62
"""Days beyond which a chart shows weeks."""

TOP: Final = 12
"""Questions that the overview lists."""

SHOWN: Final = (
    Standing.RESOLVED,
    Standing.SERVED_LEFT,
    Standing.LEFT,
    Standing.WITH_HUMAN,
    Standing.OPEN,
    Standing.ERASED,
)
"""In the order of charts and tables."""

MEANING: Final = {
    Standing.RESOLVED: "resolved",
    Standing.SERVED_LEFT: "served and left",
    Standing.LEFT: "left unserved",
    Standing.WITH_HUMAN: "with a human",
    Standing.OPEN: "open",
    Standing.ERASED: "erased while open",
}


class SpanWrong(ValueError):
    """The days asked for make no span; the message says what would."""


@dataclass(frozen=True, slots=True)
class Span:
    """Days, both included."""

    first: date
    last: date

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1

    @property
    def before(self) -> Span:
        """As many days, just before."""
        return Span(self.first - timedelta(days=self.days), self.first - timedelta(days=1))


def span_of(first: str, last: str, today: date) -> Span:
    """Return the span of what was asked for, the last four weeks where nothing was; raise SpanWrong."""
    try:
        until = date.fromisoformat(last) if last else today
        since = date.fromisoformat(first) if first else until - timedelta(days=DAYS_DEFAULT - 1)
    except (ValueError, OverflowError) as wrong:
        raise SpanWrong("write days as 2026-01-31") from wrong
    if since > until:
        raise SpanWrong("the first day is after the last; turn them round")
    if (until - since).days >= DAYS_MAX:
        raise SpanWrong(f"a span has {DAYS_MAX:,} days at most; choose fewer")
    return Span(since, until)


@dataclass(frozen=True, slots=True)
class Group:
    """A day, or a week, of a chart."""

    first: date
    last: date
    counts: Mapping[Standing, int]

    @property
    def total(self) -> int:
        return sum(self.counts.values())


@dataclass(frozen=True, slots=True)
class Classed:
    """Cases by classes of a time."""

    classes: tuple[tuple[str, int], ...]
    """Each as it is called ("at most 250 ms"), with its cases; the shortest first."""

    half: str
    nine_of_ten: str

    @property
    def total(self) -> int:
        return sum(count for _, count in self.classes)


@dataclass(frozen=True, slots=True)
class TopQuestion:
    """Something customers meant, and how often."""

    document: str
    choice: str
    words: str
    count: int


@dataclass(frozen=True, slots=True)
class PerDocument:
    """One document, all its releases together."""

    name: str
    counts: Mapping[Standing, int]
    humans: int

    @property
    def cases(self) -> int:
        return sum(self.counts.values())


@dataclass(frozen=True, slots=True)
class Figures:
    """All that the overview shows of a span."""

    span: Span
    groups: tuple[Group, ...]
    by_week: bool
    counts: Mapping[Standing, int]
    silent: int
    humans: int
    messages: int
    read: int
    missed: int
    calls: int
    failed: int
    first_answer: Classed
    length: Classed
    questions: tuple[TopQuestion, ...]
    documents: tuple[PerDocument, ...]

    @property
    def cases(self) -> int:
        return sum(self.counts.values())


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of the releases that were counted."""

    names: Mapping[str, str]
    """By digest: the document's short name."""

    release_of: Mapping[str, Release] = field(default_factory=dict)
    """By digest, those that can be read here: for the words of choices."""


def query_of(span: Span, releases: Sequence[str]) -> TallyQuery:
    """Return what the figures of a span need."""
    kinds = tuple(kind for kind in Kind if kind not in (Kind.REACHED, Kind.LEFT, Kind.HANDED))
    return TallyQuery(kinds, tuple(releases), span.first.isoformat(), span.last.isoformat(), by_day=True)


def figures(span: Span, sums: Sums, known: Known) -> Figures:
    """Return the figures of the counters that `query_of` asks for."""
    totals: Counter[tuple[str, str]] = Counter()
    for key, count in sums.items():
        totals[key.kind, key.label] += count
    kinds: Counter[str] = Counter()
    for (kind, _), count in totals.items():
        kinds[kind] += count
    by_week = span.days > BY_DAY_MAX
    return Figures(
        span=span,
        groups=tuple(_groups(span, sums, 7 if by_week else 1)),
        by_week=by_week,
        counts={standing: totals[Kind.STANDING.value, standing.value] for standing in SHOWN},
        silent=totals[Kind.STANDING.value, Standing.SILENT.value],
        humans=kinds[Kind.HUMAN.value],
        messages=kinds[Kind.MESSAGES.value],
        read=kinds[Kind.READ.value],
        missed=kinds[Kind.MISSED.value],
        calls=kinds[Kind.CALLED.value],
        failed=kinds[Kind.FAILED.value],
        first_answer=_classed(totals, Kind.FIRST_ANSWER, FIRST_ANSWER_MS, milliseconds),
        length=_classed(totals, Kind.LENGTH, LENGTH_S, seconds),
        questions=tuple(_questions(sums, known))[:TOP],
        documents=tuple(_documents(sums, known)),
    )


def _groups(span: Span, sums: Sums, days: int) -> Iterator[Group]:
    found: dict[int, Counter[Standing]] = {}
    for key, count in sums.items():
        if key.kind == Kind.STANDING.value and (standing := Standing(key.label)) in SHOWN:
            at = (date.fromisoformat(key.day) - span.first).days // days
            found.setdefault(at, Counter())[standing] += count
    for at in range(-(-span.days // days)):
        first = span.first + timedelta(days=at * days)
        last = min(first + timedelta(days=days - 1), span.last)
        counts = found.get(at, Counter())
        yield Group(first, last, {standing: counts[standing] for standing in SHOWN})


def _classed(
    totals: Mapping[tuple[str, str], int], kind: Kind, bounds: Sequence[int], named: Callable[[int], str]
) -> Classed:
    labels = [*map(str, bounds), LONGER]
    names = [*(f"at most {named(bound)}" for bound in bounds), f"more than {named(bounds[-1])}"]
    counts = [totals.get((kind.value, label), 0) for label in labels]
    return Classed(tuple(zip(names, counts, strict=True)), _at(names, counts, 0.5), _at(names, counts, 0.9))


def _at(names: Sequence[str], counts: Sequence[int], share: float) -> str:
    """Return the class that this share of the cases does not go beyond; empty where there are none."""
    wanted, passed = share * sum(counts), 0
    for name, count in zip(names, counts, strict=True):
        passed += count
        if count and passed >= wanted:
            return name
    return ""


def _questions(sums: Sums, known: Known) -> Iterator[TopQuestion]:
    """Yield what customers meant, the most frequent first; the same words in two releases are one question."""
    found: Counter[tuple[str, str, str]] = Counter()
    for key, count in sums.items():
        if key.kind == Kind.MEANT.value:
            found[known.names.get(key.release, key.release[:12]), key.label, words_of(known, key)] += count
    for (document, choice, words), count in sorted(found.items(), key=lambda one: (-one[1], one[0])):
        yield TopQuestion(document, choice, words, count)


def words_of(known: Known, key: Key) -> str:
    """Return the words of the document that a counted choice is of; the choice itself where nobody knows them."""
    release = known.release_of.get(key.release)
    if release is None:
        return key.label
    if key.label == "routine":
        return release.titled
    return choice_words(release, key.label) or key.label


def _documents(sums: Sums, known: Known) -> Iterator[PerDocument]:
    counts: dict[str, Counter[Standing]] = {}
    humans: Counter[str] = Counter()
    for key, count in sums.items():
        name = known.names.get(key.release, key.release[:12])
        if key.kind == Kind.STANDING.value and Standing(key.label) in SHOWN:
            counts.setdefault(name, Counter())[Standing(key.label)] += count
        elif key.kind == Kind.HUMAN.value:
            humans[name] += count
    for name, found in sorted(counts.items(), key=lambda one: (-one[1].total(), one[0])):
        yield PerDocument(name, {standing: found[standing] for standing in SHOWN}, humans[name])


def milliseconds(bound: int) -> str:
    """Return a bound as people read it."""
    return f"{bound} ms" if bound < 1_000 else seconds_exactly(bound / 1_000)


def seconds_exactly(bound: float) -> str:
    """Return seconds, or minutes from two on."""
    return f"{bound:g} s" if bound < 60 else seconds(round(bound))


def seconds(bound: int) -> str:
    """Return a bound as people read it: the largest unit that it is whole in."""
    for unit, of in (("day", 86_400), ("hour", 3_600), ("minute", 60)):
        if bound % of == 0:
            return f"{bound // of} {unit}{'s' if bound != of else ''}"
    return f"{bound} s"


def share(part: int, whole: int) -> str:
    """Return a share in per cent; a dash where there is nothing to share."""
    return f"{100 * part / whole:.0f} %" if whole else "–"


# ---------------------------------------------------------------- CSV

HEADS: Final = ("figure", "document", "label", "first day", "last day", "count")


def as_rows(found: Figures, document: str) -> Iterator[tuple[str, ...]]:
    """Yield all that the overview shows as rows of a table, below `HEADS`."""
    whole = (found.span.first.isoformat(), found.span.last.isoformat())
    plain = {
        "cases": found.cases, "opened and silent": found.silent, "with a human at any time": found.humans,
        "messages": found.messages, "messages read": found.read, "messages not understood": found.missed,
        "calls": found.calls, "calls failed": found.failed,
    }  # fmt: skip
    for name, count in plain.items():
        yield name, document, "", *whole, str(count)
    for group in found.groups:
        for standing, count in group.counts.items():
            days = (group.first.isoformat(), group.last.isoformat())
            yield "cases by standing", document, MEANING[standing], *days, str(count)
    for name, classed in (("time to first answer", found.first_answer), ("length", found.length)):
        for label, count in classed.classes:
            yield name, document, label, *whole, str(count)
    for question in found.questions:
        yield "asked for", question.document, question.words, *whole, str(question.count)
    for one in found.documents:
        for standing, count in one.counts.items():
            yield "cases of a document", one.name, MEANING[standing], *whole, str(count)
        yield "with a human, of a document", one.name, "", *whole, str(one.humans)
