"""Whatever a reader claims, a function does, time brings or a human moves: what must always hold, holds.

Numbers in the names of tests are the invariants' in ARCHITECTURE.md.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from itertools import permutations
from types import MappingProxyType
from typing import Protocol

from hypothesis import given, settings
from hypothesis import strategies as st

from bythebook.engine.choice import ACTS, OTHERS, ROUTINE, Choice
from bythebook.engine.decide import (
    ForFunction,
    ForMove,
    ForNewCase,
    ForNotice,
    ForReading,
    Refused,
    decide,
    next_timer,
    owed,
    release_after,
)
from bythebook.engine.event import (
    Asked,
    AssistantSaid,
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
    MessageRead,
    MoveFailed,
    MoveRequested,
    Offered,
    Source,
    TimerFired,
    TurnPlanned,
)
from bythebook.engine.evolve import evolve, replay
from bythebook.engine.quoting import NotQuotable, quote
from bythebook.engine.render import HoleMissing, fill
from bythebook.engine.state import CaseState, Status, replace
from bythebook.engine.words import joined, options_words, spoken_words
from bythebook.proving.logs import answered_once, decided_alike
from bythebook.routine.model import RESOLUTION_FUNCTION, Ask, Call, Collect, Say
from bythebook.routine.value import Values
from bythebook.routine.wording import Release

START = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)
RESULTS: dict[str, Values] = {
    "provide_list_of_zero_retention_endpoints": {
        "endpoints": ("/v1/a", "/v1/b"), "as_of": "today", "source": "here", "review": "",
    },
    "provide_sales_contact_information": {"url": "there"},
    "find_membership": {"found": True, "plan": "yearly", "membership_id": "ann"},
    "end_membership": {},
    "extend_loans": {}, "book_court": {}, "refund_fee": {}, "search_lost_property": {"found": False},
    "find_account": {"found": True},
    RESOLUTION_FUNCTION: {},
}  # fmt: skip
LABELS = ("1", "1a", "2", "2a", "2e", "2e.i", "2f", "3a", "3a.i", "4", "4.1", "4.2", "5.1", "6", "9z")
CHOICES = (
    ROUTINE, "step:2", "step:3", "step:4", "line:2e", "line:3a", *ACTS, *OTHERS, "other:language:es",
    *(f"article:{n}" for n in range(1, 7)),
    "slot:email_address", "slot:email_address",
    "step:1", "step:6", "step:99", "article:77", "line:6", "act:approve", "", "drop table", "slot:x",
)  # fmt: skip

DOCUMENTS = ("library-books", "court-booking", "lost-property", "fee-refund", "membership", "reception", "nowhere")
TOGETHER = (*CHOICES, *(f"document:{name}" for name in DOCUMENTS), *(f"document:{name}" for name in DOCUMENTS))

readings = st.tuples(
    st.lists(st.sampled_from(CHOICES), max_size=4), st.booleans(), st.integers(0, 15).map(lambda n: n == 0)
)
moves = st.one_of(
    st.tuples(st.just("say"), readings),
    st.tuples(st.just("say"), readings),
    st.tuples(st.just("say twice"), readings),
    st.tuples(
        st.just("press"), st.sampled_from(("step:2", "step:3", "act:affirm", "act:deny", "act:human", "line:2e"))
    ),
    st.tuples(st.just("fails"), st.integers(1, 4)),
    st.tuples(st.just("timer"), st.none()),
    st.tuples(
        st.just("human"), st.sampled_from(("take", "say", "note", "pass", "come back", "close", "return", *LABELS))
    ),
    st.tuples(st.just("quote"), st.sampled_from((*LABELS, "article:3", "article:77"))),
    st.tuples(st.just("fact"), st.sampled_from(("not_approved", "approved", "nonsense"))),
    st.tuples(st.just("settle"), st.sampled_from(("not_approved", "approved", "nonsense"))),
)
together_moves = st.one_of(
    moves,
    st.tuples(
        st.just("say"),
        st.tuples(
            st.lists(st.sampled_from(TOGETHER), max_size=3), st.booleans(), st.integers(0, 15).map(lambda n: n == 0)
        ),
    ),
    st.tuples(st.just("say"), st.sampled_from(DOCUMENTS).map(lambda name: ([f"document:{name}"], False, False))),
    st.tuples(
        st.just("say"),
        st.sampled_from(("slot:email_address", "act:affirm", "act:deny", "step:3", "other:off_topic")).map(
            lambda choice: ([choice], False, False)
        ),
    ),
    st.tuples(st.just("press"), st.sampled_from([f"document:{name}" for name in DOCUMENTS])),
    st.tuples(st.just("press of"), st.tuples(st.sampled_from(("step:2", "article:1")), st.sampled_from(DOCUMENTS))),
    st.tuples(st.just("unload"), st.sampled_from(DOCUMENTS)),
    st.tuples(st.just("human to"), st.sampled_from(DOCUMENTS)),
)


class Lived(Protocol):
    """A case as the rules look at it: its log, where it stands, and by digest the releases it was decided by."""

    @property
    def log(self) -> Sequence[Event]: ...

    @property
    def state(self) -> CaseState: ...

    @property
    def kept(self) -> Mapping[str, Release]: ...


class World:
    """Everything around the engine: it feeds facts, pays what is owed, and keeps the log."""

    def __init__(self, release: Release, library: Mapping[str, Release] = MappingProxyType({})) -> None:
        self.release, self.log, self.state, self.at = release, list[Event](), CaseState(), START
        self.loaded = {release.name: release, **library}
        self.kept = {found.digest: found for found in self.loaded.values()}
        self.failing, self.said = 0, 0
        self.feed(CaseOpened(self.at, "c", release.name, release.digest))

    def feed(self, fact: object) -> bool:
        before = self.state
        try:
            release = self.kept[release_after(self.state, fact)]  # type: ignore[arg-type]
            events = decide(release, self.state, fact)  # type: ignore[arg-type]
        except Refused:
            assert self.state == before
            return False
        self.log += events
        for event in events:
            self.state = evolve(self.state, event)
        return True

    def move(self, kind: str, what: object) -> None:
        self.at += timedelta(seconds=7)
        match kind, what:
            case "say" | "say twice", (choices, unsure, correction):
                for _ in range(2 if kind == "say twice" else 1):
                    self.said += 1
                    self.feed(CustomerSaid(self.at, f"m{self.said}", "words"))
                self.pay([Choice(c, 0.9, correction) for c in choices], unsure)
            case "press", str(choice):
                self.said += 1
                self.feed(CustomerSaid(self.at, f"m{self.said}", choice, pressed=choice))
                self.pay([], False)
            case "fails", int(times):
                self.failing = times
            case "timer", _:
                timer = next_timer(self.kept[self.state.release].conduct, self.state)
                if timer is not None:
                    self.at = max(self.at, timer[1])
                    self.feed(TimerFired(self.at, timer[0]))
                    self.pay([], False)
            case "human", str(act):
                self.human(act)
                self.pay([Choice("step:2", 0.9)], False)
            case "fact", str(name):
                self.feed(FactLearned(self.at, name, name != "approved", "h"))
                self.pay([], False)
            case "settle", str(name):
                self.feed(
                    FactSettled(self.at, "h", name, name != "approved", "why it was so" if self.said % 2 else "")
                )
                self.pay([], False)
            case "quote", str(label):
                self.quote(label)
            case _:
                self.move_among(kind, what)

    def move_among(self, kind: str, what: object) -> None:
        match kind, what:
            case "press of", (str(choice), str(routine)):
                self.said += 1
                self.feed(CustomerSaid(self.at, f"m{self.said}", choice, pressed=choice, routine=routine))
                self.pay([], False)
            case "unload", str(name):
                if name not in (self.release.name, "reception"):
                    self.loaded.pop(name, None)
            case "human to", str(name):
                self.feed(HumanTook(self.at, "h"))
                self.feed(HumanReturned(self.at, "h", routine=name))
                self.pay([Choice("step:2", 0.9)], False)

    def human(self, act: str) -> None:
        if act == "take":
            self.feed(HumanTook(self.at, "h"))
        elif act == "say":
            self.feed(HumanSaid(self.at, "h", "my own words"))
        elif act == "note":
            before = self.state
            assert self.feed(HumanNoted(self.at, "h", "for the desk")) == (before.status is not Status.ERASED)
            assert self.state == replace(before, version=before.version + 1), "a note changes nothing"
        elif act in ("pass", "come back"):
            had, to = ("h", "g") if act == "pass" else ("g", "h")
            before = self.state
            if self.feed(HumanPassed(self.at, had, to, "", act == "come back")):
                assert (before.human, self.state.human) == (had, to)
        elif act == "close":
            self.feed(HumanClosed(self.at, "h", "nobody answers"))
        else:
            self.feed(HumanReturned(self.at, "h", None if act == "return" else act))

    def quote(self, label: str) -> None:
        try:
            found = quote(self.kept[self.state.release], self.state, label)
        except NotQuotable:
            assert not self.feed(LineQuoted(self.at, "h", "no such words", label, Source.QUOTED))
            return
        assert not self.feed(LineQuoted(self.at, "h", f"{found.text} And more.", label, found.source, found.asks))
        self.feed(LineQuoted(self.at, "h", found.text, label, found.source, found.asks))

    def pay(self, choices: Sequence[Choice], unsure: bool) -> None:
        for _ in range(100):
            match owed(self.state):
                case None:
                    return
                case ForReading(version=version):
                    given = {"email_address": "ann@example.com"} if self.said % 3 else {}
                    assert self.feed(MessageRead(self.at, version, tuple(choices), unsure, given, "any"))
                case ForFunction(key=key, function=function):
                    self.failing -= 1
                    failed = FunctionFailed(self.at, key, "no")
                    returned = FunctionReturned(self.at, key, RESULTS[function])
                    assert self.feed(failed if self.failing >= 0 else returned)
                case ForNotice():
                    assert self.feed(HumanNotified(self.at, on_duty=bool(self.said % 2)))
                case ForNewCase():
                    assert self.feed(CaseContinued(self.at, "c2"))
                case ForMove(routine=routine, release=digest):
                    found = self.kept[digest] if digest is not None else self.loaded.get(routine)
                    if found is None:
                        assert self.feed(MoveFailed(self.at, routine, "it is not loaded"))
                    else:
                        assert self.feed(CaseMoved(self.at, routine, found.digest))
        raise AssertionError("effects without end")


def played(release: Release, script: Sequence[tuple[str, object]], library: Mapping[str, Release]) -> World:
    world = World(release, library)
    for kind, what in script:
        world.move(kind, what)
    return world


scripts = st.lists(moves, max_size=25)


@given(scripts)
@settings(max_examples=400)
def test_whatever_happens_what_must_hold_holds(baa: Release, script: list[tuple[str, object]]) -> None:
    holds(baa, script)


@given(scripts)
@settings(max_examples=300)
def test_it_holds_for_a_document_that_walks(membership: Release, script: list[tuple[str, object]]) -> None:
    holds(membership, script)


@given(st.lists(together_moves, max_size=25))
@settings(max_examples=500)
def test_it_holds_across_documents_from_the_reception(
    together: dict[str, Release], script: list[tuple[str, object]]
) -> None:
    holds(together["reception"], script, together)


@given(st.lists(together_moves, max_size=25))
@settings(max_examples=400)
def test_it_holds_where_a_document_comes_before_the_one_opened(
    together: dict[str, Release], script: list[tuple[str, object]]
) -> None:
    holds(together["fee-refund"], script, together)


def holds(
    release: Release, script: list[tuple[str, object]], library: Mapping[str, Release] = MappingProxyType({})
) -> None:
    world = played(release, script, library)
    wording_is_approved(world)
    functions_are_in_their_place(world)
    resolution_comes_last(world)
    the_log_is_the_truth(world)
    every_message_is_answered_once(world)
    one_speaker_and_one_question(world.log)
    feedback_is_said_once(world)
    every_document_keeps_its_release(world)


def along_the_log(world: Lived) -> Iterator[tuple[Event, CaseState, Release]]:
    """Yield each event with the state before it and the release that it was decided by."""
    state = CaseState()
    for event in world.log:
        digest = event.release if isinstance(event, CaseOpened | CaseMoved) else state.release
        yield event, state, world.kept[digest]
        state = evolve(state, event)


def approved(
    release: Release, event: AssistantSaid | Asked | Offered | LineQuoted, results: dict[str, Values]
) -> str:
    """Return the approved text for where the event says its text is from."""
    routine, line = release.routine, event.line
    if line.startswith("house:"):
        return release.wording.house[line.removeprefix("house:")].text
    if line.startswith("article:"):
        topic = routine.article.topic(int(line.removeprefix("article:")))
        assert topic is not None
        return topic.text
    source = event.source if not isinstance(event, Offered) else Source.HOUSE
    if source is Source.PHRASE:
        return release.wording.lines[line].text
    found = routine.line(line)
    assert found is not None
    match found.instruction:
        case Say(text=text) | Ask(text=text) | Collect(text=text):
            assert text is not None and source is Source.QUOTED
            return text
        case Call(function=function):
            assert source is Source.FUNCTION
            return fill(release.wording.functions[function].text, results[line])
        case _:
            raise AssertionError(f"{line} says nothing")


def filled_from_the_document(release: Release, text: str) -> set[str]:
    """Every way to fill a house phrase: the holes take words of the documents and nothing else."""
    words = {spoken_words(release, choice) for choice in TOGETHER} - {""}
    document = "\n".join([release.document.text, release.title, *(card.title for card in release.others)])
    assert all(word.strip("\u201c\u201d") in document for word in words)
    _, options = options_words(release)
    assert all(part.strip("\u201c\u201d") in document for _, hole in options for part in re.split(" or |, ", hole))
    titles = {f"\u201c{release.title}\u201d"}
    several = {hole for name, hole in options if name == "titles"} | titles_of(release)
    pairs = [{"first": one, "second": other, **dict(options)} for one in words for other in words]
    pairs += [{"title": title, "titles": listed} for title in titles for listed in several]
    return {filled for pair in pairs if (filled := filled_or_none(text, pair)) is not None}


def titles_of(release: Release) -> set[str]:
    """The ways to name several of the other documents: any two or three of them, or all, in their order."""
    titles = [spoken_words(release, f"document:{card.name}") for card in release.others]
    some = [combination for size in (2, 3, len(titles)) for combination in permutations(titles, size)]
    return {
        joined(combination)
        for combination in some
        if combination and (len(combination) < 4 or list(combination) == titles)
    }


def filled_or_none(text: str, holes: Mapping[str, str]) -> str | None:
    try:
        return fill(text, holes)
    except HoleMissing:
        return None


def wording_is_approved(world: Lived) -> None:
    """Invariant 1."""
    results: dict[tuple[str, str], Values] = {}
    called = ("", "")
    for event, _, release in along_the_log(world):
        match event:
            case FunctionCalled(line=line):
                called = (release.digest, line)
            case FunctionReturned(fields=fields):
                results[called] = fields
            case AssistantSaid() | Asked() | Offered() | LineQuoted():
                here = {line: fields for (digest, line), fields in results.items() if digest == release.digest}
                text = approved(release, event, here)
                if "{" in text:
                    assert event.line.startswith("house:")
                    assert event.text in filled_from_the_document(release, text)
                else:
                    assert event.text == text
            case _:
                pass


def functions_are_in_their_place(world: Lived) -> None:
    """Invariants 2 and 4: called only by the line that names it, in an entry of its step, once an entry."""
    keys: set[str] = set()
    for event, state, release in along_the_log(world):
        if isinstance(event, FunctionCalled):
            line = release.routine.line(event.line)
            assert line is not None and isinstance(line.instruction, Call)
            assert line.instruction.function == event.function
            assert state.cursor is not None and state.cursor.lines[0] == event.line and not state.cursor.again
            key = f"{state.case_id}:{state.version + 1}"
            assert key not in keys
            keys.add(key)


def resolution_comes_last(world: Lived) -> None:
    """Invariant 3: called while the case is open, after "anything else?" was asked; once for good, and last."""
    closed = False
    for event, state, release in along_the_log(world):
        if isinstance(event, FunctionCalled):
            assert not closed
            if event.function == RESOLUTION_FUNCTION:
                closing = release.routine.closing_question
                assert closing is not None
                assert state.status is Status.OPEN and closing.label in state.asked
        if isinstance(event, CaseClosed):
            assert not closed and state.call is not None and state.call.function == RESOLUTION_FUNCTION
            assert state.call.result is not None
            closed = True
        if closed and not isinstance(event, CaseClosed):
            assert not isinstance(
                event, AssistantSaid | Asked | Offered | FunctionCalled | HandoffRequested | MoveRequested
            )


def the_log_is_the_truth(world: Lived) -> None:
    """Invariant 5: the state is the fold, and today's engine decides the recorded facts alike, to the event."""
    assert replay(world.log) == world.state
    assert world.state.version == len(world.log)
    assert not list(decided_alike(world.kept.__getitem__, world.log))


def every_message_is_answered_once(world: Lived) -> None:
    """Invariant 6: each accepted message is taken up by exactly one turn, or left to the human who spoke after it."""
    assert not list(answered_once(world.log))


def feedback_is_said_once(world: Lived) -> None:
    """What a human had to say on a fact is said in their words, once, in their order, never beside a human."""
    given = [
        (event.human, event.feedback) for event in world.log if isinstance(event, FactSettled) and event.feedback
    ]
    said = [(event.human, event.text) for event in world.log if isinstance(event, FeedbackSaid)]
    assert said == given[: len(said)]
    assert len(said) == len(given) or world.state.status is not Status.OPEN or world.state.moving is not None


def every_document_keeps_its_release(world: Lived) -> None:
    """Invariant 8: a case that comes back to a document finds the release that it was on there."""
    seen: dict[str, str] = {}
    for event in world.log:
        if isinstance(event, CaseOpened | CaseMoved):
            assert seen.setdefault(event.routine, event.release) == event.release
    assert world.state.release == seen[world.state.routine]


def one_speaker_and_one_question(log: Sequence[Event]) -> None:
    """Invariant 7, and R1: while a human has the case the assistant is silent; a turn puts at most one question."""
    state = CaseState()
    questions = 0
    for event in log:
        if isinstance(event, TurnPlanned):
            questions = 0
        if isinstance(event, Asked | Offered):
            questions += 1
            assert questions <= 1
        if isinstance(event, AssistantSaid | Asked | Offered | FunctionCalled | FeedbackSaid):
            assert state.human is None
        state = evolve(state, event)
