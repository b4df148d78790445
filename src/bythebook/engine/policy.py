"""The dialogue policy: given where a case stands, the one next decision, or None to wait."""

from __future__ import annotations

from typing import assert_never

from bythebook.engine import choice as ids
from bythebook.engine.choice import Choice
from bythebook.engine.event import (
    Asked,
    AssistantSaid,
    CallDone,
    CaseAbandoned,
    CaseClosed,
    Decision,
    FunctionCalled,
    HandoffRequested,
    NewCaseNeeded,
    Offered,
    Source,
    StepDone,
    StepEntered,
    Timer,
    TurnEnded,
    TurnPlanned,
)
from bythebook.engine.menu import build_menu
from bythebook.engine.plan import NEEDS, Heard, closing_tasks, plan
from bythebook.engine.render import fill
from bythebook.engine.resume import resume, with_resumed
from bythebook.engine.situation import messages_next, situation_of
from bythebook.engine.state import CaseState, Cursor, PendingCall, Status
from bythebook.engine.task import (
    Answer,
    AskLine,
    GiveLine,
    HandOff,
    Offer,
    Rest,
    RunStep,
    SayAgain,
    SayHouse,
    SayPhrase,
    Task,
)
from bythebook.engine.walk import (
    arguments_of,
    due_entry,
    question_for,
    settled_by,
    wanted_by_facts,
)
from bythebook.engine.words import spoken_words
from bythebook.routine.model import RESOLUTION_FUNCTION, Ask, Call, Line, QuestionKind, Say
from bythebook.routine.wording import Release

NEEDS_AFTER_RESOLUTION = frozenset({ids.HUMAN, ids.COMPLAINT, ids.OFF_TOPIC, ids.REQUEST_STATUS})
YES_OR_NO = frozenset({ids.AFFIRM, ids.DENY})


def next_decision(release: Release, state: CaseState) -> Decision | None:
    """Return what the assistant does next; None when it is somebody else's turn."""
    match state.status:
        case Status.NEW | Status.ABANDONED:
            return None
        case Status.HANDED_OFF:
            return _announcement(release, state)
        case Status.RESOLVED:
            return TurnEnded() if state.running else _after_resolution(release, state)
        case Status.OPEN:
            return _open(release, state)
        case _:
            assert_never(state.status)


def _open(release: Release, state: CaseState) -> Decision | None:
    if state.returned:
        return _handed_back(release, state)
    if state.call is not None:
        return _after_call(release, state, state.call)
    if state.cursor is not None:
        return _carry_out(release, state, state.cursor)
    if state.tasks:
        return _begin(release, state, state.tasks[0])
    if state.running:
        return _last_of_turn(release, state)
    if state.timer is not None:
        return _after_silence(release, state, state.timer)
    heard = _heard(release, state)
    if heard is not None:
        return plan(heard)
    if state.inbox:
        return None
    if wanted := wanted_by_facts(release.routine, state):
        why = tuple(f"{step.condition.fact} was settled" for step in wanted if step.condition is not None)
        return TurnPlanned(tuple(RunStep(step.label) for step in wanted), misses=state.misses, why=why)
    return None


def _handed_back(release: Release, state: CaseState) -> Decision | None:
    """Messages that waited are read first, and answered in one turn with what the routine goes on with (R8)."""
    if not state.inbox:
        return resume(release.routine, state)
    heard = _heard(release, state)
    return with_resumed(release.routine, state, plan(heard)) if heard is not None else None


# ---------------------------------------------------------------- the message that is next


def _heard(release: Release, state: CaseState) -> Heard | None:
    """Return the next message with its meaning: from its reading, or from the button that was pressed."""
    messages = messages_next(state)
    if not messages:
        return None
    menu = build_menu(release, situation_of(state))
    if state.reading is not None:
        choices, unsure = menu.keep(state.reading.choices), state.reading.unsure
    elif len(messages) == 1 and messages[0].said.pressed is not None:
        choices, unsure = (Choice(messages[0].said.pressed, 1.0),), False
    else:
        return None
    private = any(message.said.private for message in messages)
    behind = len(state.inbox) > len(messages)
    return Heard(release, state, menu, choices, unsure, private, len(messages), behind)


def _after_resolution(release: Release, state: CaseState) -> Decision | None:
    """A pleasantry changes nothing; a need opens a new case."""
    heard = _heard(release, state)
    if heard is None:
        return None
    need = any(c.kind in NEEDS or c.id in NEEDS_AFTER_RESOLUTION for c in heard.choices)
    undecided = heard.unsure and not {c.id for c in heard.choices} & YES_OR_NO
    if need or undecided or heard.language or heard.private:
        return NewCaseNeeded(state.inbox[0].said.message_id)
    return TurnPlanned((), messages=heard.messages)


# ---------------------------------------------------------------- silence and the desk


def _after_silence(release: Release, state: CaseState, timer: Timer) -> Decision:
    if timer is Timer.NUDGE:
        return _house(release, SayHouse("nudge"))
    closing = release.routine.closing_question
    left_served = state.served and closing is not None and state.pending == closing.label
    if release.conduct.resolve_on_silence and left_served:
        return TurnPlanned(closing_tasks(release), why=("silence resolves, says the conduct",))
    return CaseAbandoned()


def _announcement(release: Release, state: CaseState) -> Decision | None:
    if not state.announce or not state.notified or state.human is not None:
        return None
    return _house(release, SayHouse("handoff" if state.on_duty else "handoff_nobody"))


# ---------------------------------------------------------------- carrying out an entry


def _carry_out(release: Release, state: CaseState, cursor: Cursor) -> Decision:
    if not cursor.lines:
        step = release.routine.step(cursor.step)
        whole = step is not None and step.condition is not None and not cursor.asked_for
        return StepDone(cursor.step, complete=whole and cursor.step not in state.broken)
    label = cursor.lines[0]
    if cursor.again:
        spoken = state.spoken[label]
        return AssistantSaid(spoken.text, label, spoken.source)
    line = release.routine.line(label)
    assert line is not None, f"the entry names {label}, which the release does not have"
    match line.instruction:
        case Say(text=text):
            return AssistantSaid(text, label, Source.QUOTED)
        case Call() as call:
            return FunctionCalled(call.function, arguments_of(call, state.facts), label)
        case Ask():
            return _ask(line)
        case _:
            assert_never(line.instruction)


def _after_call(release: Release, state: CaseState, call: PendingCall) -> Decision | None:
    resolves = call.function == RESOLUTION_FUNCTION
    if call.failed is not None:
        if not call.told and not resolves:
            return _house(release, SayHouse("function_failed"))
        return HandoffRequested(f"{call.function} failed: {call.failed}", announced=not resolves)
    if call.result is None:
        return None
    if resolves:
        return CaseClosed()
    phrase = release.wording.functions.get(call.function)
    if phrase is not None and not call.told:
        return AssistantSaid(fill(phrase.text, call.result), call.line, Source.FUNCTION)
    return CallDone(call.line)


# ---------------------------------------------------------------- the agenda


def _begin(release: Release, state: CaseState, task: Task) -> Decision:
    routine = release.routine
    match task:
        case RunStep(step=label, at=at):
            step = routine.step(label)
            assert step is not None
            settles = settled_by(routine, step)
            due = due_entry(routine, state, state.settled | set(settles), step.span.start)
            if due is not None and at is None:
                return StepEntered(*due)
            lines = tuple(line.label for line in step.lines)
            return StepEntered(label, lines[lines.index(at) :] if at is not None else lines, settles)
        case SayAgain(lines=lines, step=again):
            holder = routine.step_of(lines[0]) if lines else None
            return StepEntered(again or (holder.label if holder else ""), lines, again=True, asked_for=again is None)
        case GiveLine(line=label):
            step = routine.step_of(label)
            assert step is not None
            return StepEntered(step.label, tuple(line.label for line in step.family(label)), asked_for=True)
        case Answer(topic=number):
            topic = routine.article.topic(number)
            assert topic is not None
            return AssistantSaid(topic.text, f"article:{number}", Source.ARTICLE)
        case SayPhrase(line=label):
            return AssistantSaid(release.wording.lines[label].text, label, Source.PHRASE)
        case SayHouse():
            return _house(release, task)
        case Offer():
            return _offer(release, task)
        case AskLine(line=label):
            line = routine.line(label)
            assert line is not None
            return _ask(line)
        case HandOff(reason=reason):
            return HandoffRequested(reason)
        case Rest():
            return TurnEnded()
        case _:
            assert_never(task)


def _last_of_turn(release: Release, state: CaseState) -> Decision:
    """Unconditional steps whose time has come, then the one question (R2), then the turn is whole."""
    if state.question_put:
        return TurnEnded()
    routine = release.routine
    question = question_for(routine, state)
    if question == routine.closing_question and state.pending is None and state.settled_closing and not state.ran:
        return TurnEnded()
    before = question.span.start if question is not None else len(release.document.text)
    due = due_entry(routine, state, state.settled, before)
    if due is not None:
        return StepEntered(*due)
    return _ask(question) if question is not None else TurnEnded()


def _ask(line: Line) -> Asked:
    ask = line.instruction
    assert isinstance(ask, Ask)
    return Asked(ask.text, line.label, Source.QUOTED, ask.kind is QuestionKind.ANYTHING_ELSE)


def _offer(release: Release, offer: Offer) -> Offered:
    holes = zip(("first", "second"), (spoken_words(release, c) for c in offer.choices), strict=False)
    return Offered(fill(release.wording.house[offer.house].text, dict(holes)), f"house:{offer.house}", offer)


def _house(release: Release, said: SayHouse) -> AssistantSaid:
    text = fill(release.wording.house[said.name].text, dict(said.holes))
    return AssistantSaid(text, f"house:{said.name}", Source.HOUSE)
