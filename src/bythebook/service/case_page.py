"""A case as the desk sees it: what was said, with the line each sentence rests on, and all that happened beside.

Read off the log; nothing here decides. What people said and systems returned is shown to roles that may see it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final

from bythebook.engine.erasure import CaseErased
from bythebook.engine.event import (
    Asked,
    AssistantSaid,
    CaseAbandoned,
    CaseClosed,
    CaseContinued,
    CaseMoved,
    CaseOpened,
    CustomerSaid,
    Event,
    FactLearned,
    FactSettled,
    FeedbackSaid,
    FunctionCalled,
    FunctionFailed,
    FunctionReturned,
    HandoffRequested,
    HumanClosed,
    HumanNoted,
    HumanNotified,
    HumanPassed,
    HumanReturned,
    HumanSaid,
    HumanTook,
    LineQuoted,
    MoveFailed,
    Offered,
    Source,
    TimerFired,
)
from bythebook.engine.evolve import evolve, replay
from bythebook.engine.quoting import Quote, quotes
from bythebook.engine.render import holes_of
from bythebook.engine.state import CaseState, Status
from bythebook.routine.value import Value, Values
from bythebook.routine.wording import Release
from bythebook.service.beside import Beside, Place, beside, place_of, waiting_at
from bythebook.service.desk_choices import Known, Target, can_return, can_settle, fact_words, value_words
from bythebook.service.desk_work import Work, work_of
from bythebook.service.reached import reached_by

ReleaseOf = Callable[[str], Release]
"""Returns a release by its digest; raises UnknownRelease."""

SPEAKERS: Final = frozenset({"customer", "assistant", "human"})


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that happened in a case."""

    version: int
    """Its place in the log."""

    kind: str
    """`customer`, `assistant`, `human` said something; `call`, `result`, `failure`, `handoff`, `note`, `fact`,
    `taken`, `returned`, `undone`, `closed`, `moved`, `time`, `end`."""

    at: datetime
    text: str = ""
    who: str = ""
    """The human, where one did it."""

    place: Place | None = None
    source: str = ""
    """What kind of approved wording it is."""

    rests_on: str = ""
    """The label it rests on, also where the document has no such place (`house:handoff`)."""

    values: tuple[tuple[str, str], ...] = ()
    hidden: bool = False
    """There are words that this role does not see."""

    unread: bool = False
    """A message that nobody has dealt with yet."""

    @property
    def said(self) -> bool:
        """Whether it is something that was said to or by the customer."""
        return self.kind in SPEAKERS


@dataclass(frozen=True, slots=True)
class Held:
    """Who had the case, from when until when."""

    human: str
    since: datetime
    until: datetime | None


@dataclass(frozen=True, slots=True)
class CasePage:
    """All of a case, for whoever works at the desk or looks on."""

    case_id: str
    status: Status
    version: int
    routine: str
    title: str
    opened_at: datetime
    changed_at: datetime
    waiting_since: datetime | None
    """Since when it waits for a human; None while it does not."""

    reason: str
    human: str
    previous: str | None
    continued_in: str | None
    served: bool
    entries: tuple[Entry, ...]
    documents: tuple[Beside, ...]
    held: tuple[Held, ...]
    facts: tuple[tuple[str, str], ...]
    """What is known, by name."""

    waits_at: Place | None
    working: bool = False
    """A call is under way."""

    can_settle: tuple[Known, ...] = ()
    can_quote: tuple[Quote, ...] = ()
    can_return: tuple[Target, ...] = ()
    work: Work | None = None
    """What the human is asked to do, where a line of the document gave them the case."""

    private: bool = True


def case_page(release_of: ReleaseOf, events: Sequence[Event], *, private: bool) -> CasePage:
    """Return the page of a case by its log; without `private`, what people said and systems returned is left out."""
    state = replay(events)
    release = release_of(state.release)
    reader = _Reader(release_of, frozenset(message.version for message in state.inbox))
    entries = tuple(_read(reader, events))
    if not private:
        digests = {event.release for event in events if isinstance(event, CaseOpened | CaseMoved)}
        approved = _approved([release_of(digest) for digest in digests])
        entries = tuple(_covered(entry, approved) for entry in entries)
    now = place_of(release, waiting[0]) if (waiting := waiting_at(state)) else None
    opened = events[0]
    assert isinstance(opened, CaseOpened)
    page = CasePage(
        case_id=state.case_id,
        status=state.status,
        version=state.version,
        routine=state.routine,
        title=release.titled,
        opened_at=opened.at,
        changed_at=state.at or opened.at,
        waiting_since=state.waiting_since,
        reason=state.handoff or "",
        human=state.human or "",
        previous=state.previous,
        continued_in=next((e.case_id for e in events if isinstance(e, CaseContinued)), None),
        served=state.served,
        entries=entries,
        documents=tuple(_documents(release_of, events, state, reader.reached)),
        held=tuple(_held(events)),
        facts=tuple(
            (fact_words(release, name), value_words(value) if private else "") for name, value in state.facts.items()
        ),
        waits_at=now,
        working=state.call is not None and state.call.result is None and state.call.failed is None,
        private=private,
    )
    if state.status in (Status.RESOLVED, Status.ERASED):
        return page
    work = work_of(release, state)
    return replace(
        page,
        can_settle=can_settle(release, state),
        can_quote=quotes(release, state),
        can_return=can_return(release),
        work=work if private or work is None else replace(work, values=()),
    )


# ---------------------------------------------------------------- the conversation


@dataclass
class _Reader:
    """Reads a log event by event, with what the case was in at each."""

    release_of: ReleaseOf
    waiting: frozenset[int]
    """The versions of messages that nobody has dealt with."""

    state: CaseState = field(default_factory=CaseState)
    release: Release | None = None
    at: datetime | None = None
    digest: str = ""
    reached: dict[str, set[str]] = field(default_factory=dict)
    """The labels that the case came to, by the digest of the release they stand in."""

    def read(self, version: int, event: Event) -> Entry | None:
        self.at = getattr(event, "at", self.at)
        assert self.at is not None, "a log begins with a fact"
        if isinstance(event, CaseOpened | CaseMoved):
            self.release, self.digest = self.release_of(event.release), event.release
        before, self.state = self.state, evolve(self.state, event)
        self.reached.setdefault(self.digest, set()).update(reached_by(before, event))
        entry = (
            self._said(version, event) or self._called(version, event, before) or self._desk(version, event, before)
        )
        return entry or self._course(version, event)

    def _entry(self, version: int, kind: str, text: str = "", **more: object) -> Entry:
        assert self.at is not None
        return replace(Entry(version, kind, self.at, text), **more)  # type: ignore[arg-type]

    def _placed(self, label: str) -> Place | None:
        return place_of(self.release, label) if self.release is not None else None

    def _named(self, fact: str) -> str:
        return fact_words(self.release, fact) if self.release is not None else fact

    def _said(self, version: int, event: Event) -> Entry | None:
        match event:
            case CustomerSaid(text=text):
                return self._entry(version, "customer", text, unread=version in self.waiting)
            case AssistantSaid(text=text, line=line, source=source) | Asked(text=text, line=line, source=source):
                more = {"place": self._placed(line), "source": source.value, "rests_on": line}
                return self._entry(version, "assistant", text, **more)
            case Offered(text=text, line=line):
                return self._entry(version, "assistant", text, source=Source.HOUSE.value, rests_on=line)
            case LineQuoted(human=human, text=text, line=line, source=source):
                more = {"place": self._placed(line), "source": source.value, "rests_on": line, "who": human}
                return self._entry(version, "human", text, **more)
            case HumanSaid(human=human, text=text) | FeedbackSaid(human=human, text=text):
                return self._entry(version, "human", text, who=human, source=Source.HUMAN.value)
            case _:
                return None

    def _called(self, version: int, event: Event, before: CaseState) -> Entry | None:
        name = before.call.function if before.call is not None else ""
        place = self._placed(before.call.line) if before.call is not None else None
        match event:
            case FunctionCalled(function=function, arguments=arguments, line=line):
                return self._entry(version, "call", function, place=self._placed(line), values=_pairs(arguments))
            case FunctionReturned(fields=fields):
                return self._entry(version, "result", name, place=place, values=_pairs(fields))
            case FunctionFailed(reason=reason):
                return self._entry(version, "failure", name, place=place, values=(("reason", reason),))
            case _:
                return None

    def _desk(self, version: int, event: Event, before: CaseState) -> Entry | None:
        match event:
            case HandoffRequested(reason=reason):
                return self._entry(version, "handoff", reason)
            case HumanNotified(on_duty=on_duty):
                return self._entry(version, "told", "somebody is on duty" if on_duty else "nobody is on duty")
            case HumanTook(human=human):
                return self._entry(version, "taken", who=human)
            case HumanPassed(human=human, to=to, note=note, taken_over=taken_over):
                who, whom = (to, human) if taken_over else (human, to)
                return self._entry(version, "taken over" if taken_over else "passed", note, who=who, rests_on=whom)
            case HumanNoted(human=human, text=text):
                return self._entry(version, "note", text, who=human)
            case HumanReturned(human=human, undone=True, why=why):
                place = self._placed(before.handing) if before.handing is not None else None
                return self._entry(version, "undone", why, who=human, place=place)
            case HumanReturned(human=human, line=line, routine=routine):
                where = f"at {line}" if line else f"to {routine}" if routine else ""
                return self._entry(version, "returned", where, who=human, place=self._placed(line) if line else None)
            case HumanClosed(human=human, why=why):
                return self._entry(version, "closed", why, who=human)
            case FactLearned(name=name, value=value, by=human):
                return self._entry(version, "fact", self._named(name), who=human, values=_so(value))
            case FactSettled(name=name, value=value, human=human, feedback=feedback):
                told = (("feedback", feedback),) if feedback else ()
                return self._entry(version, "fact", self._named(name), who=human, values=(*_so(value), *told))
            case _:
                return None

    def _course(self, version: int, event: Event) -> Entry | None:
        match event:
            case CaseMoved(routine=routine):
                return self._entry(version, "moved", self.release.titled if self.release is not None else routine)
            case MoveFailed(routine=routine, reason=reason):
                return self._entry(version, "moved", f"not to {routine}: {reason}")
            case TimerFired(timer=timer):
                return self._entry(version, "time", timer.value)
            case CaseClosed():
                return self._entry(version, "end", "resolved")
            case CaseAbandoned():
                return self._entry(version, "end", "abandoned")
            case CaseContinued(case_id=case_id):
                return self._entry(version, "end", "continued", values=(("case", case_id),))
            case CaseErased(by=by, why=why):
                return self._entry(version, "end", "erased", who=by, values=(("why", why),))
            case _:
                return None


def _read(reader: _Reader, events: Sequence[Event]) -> Iterator[Entry]:
    for version, event in enumerate(events, start=1):
        entry = reader.read(version, event)
        if entry is not None:
            yield entry


def _so(value: Value) -> tuple[tuple[str, str], ...]:
    return (("value", value_words(value)),)


def _pairs(values: Values) -> tuple[tuple[str, str], ...]:
    return tuple((name, value_words(value)) for name, value in values.items())


def _approved(releases: Collection[Release]) -> frozenset[str]:
    """Return the approved sentences that nothing of a case is put into: they are the same for everybody."""
    worded = (release.wording for release in releases)
    phrases = (phrase for one in worded for part in (one.lines, one.house) for phrase in part.values())
    return frozenset(phrase.text for phrase in phrases if not holes_of(phrase.text))


def _covered(entry: Entry, approved: Collection[str]) -> Entry:
    """Return the entry without what is private: the words of a quoted line, and approved ones, are known anyway."""
    place = entry.place
    if entry.kind == "assistant" and entry.text in approved:
        return entry
    if entry.said and place is not None and all(part in place.words for part in entry.text.split("\n\n")):
        return entry
    if entry.said or entry.kind == "note":
        return replace(entry, text="", hidden=True)
    if entry.kind in ("closed", "undone", "passed", "taken over"):
        return replace(entry, text="", hidden=bool(entry.text))
    if entry.kind in ("call", "result", "failure", "fact"):
        return replace(entry, values=(), hidden=bool(entry.values))
    return entry


# ---------------------------------------------------------------- around it


def _documents(
    release_of: ReleaseOf, events: Sequence[Event], state: CaseState, reached: Mapping[str, Collection[str]]
) -> Iterator[Beside]:
    """Yield each document that the case was in, in the order it came there."""
    parts: dict[str, list[tuple[int, Event]]] = {}
    digest = ""
    for version, event in enumerate(events, start=1):
        if isinstance(event, CaseOpened | CaseMoved):
            digest = event.release
        parts.setdefault(digest, []).append((version, event))
    for each, part in parts.items():
        release = release_of(each)
        if not release.is_reception:
            yield beside(release, part, state, reached[each])


def _held(events: Sequence[Event]) -> Iterator[Held]:
    has: tuple[str, datetime] | None = None
    for event in events:
        match event:
            case HumanTook(at=at, human=human):
                has = (human, at)
            case HumanPassed(at=at, to=to) if has is not None:
                yield Held(*has, at)
                has = (to, at)
            case HumanReturned(at=at) | HumanClosed(at=at) | CaseErased(at=at) if has is not None:
                yield Held(*has, at)
                has = None
            case _:
                pass
    if has is not None:
        yield Held(*has, None)
