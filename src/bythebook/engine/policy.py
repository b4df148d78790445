"""The dialogue policy: given where a case stands, the one next decision, or None to wait."""

from __future__ import annotations

from typing import assert_never

from bythebook.engine import choice as ids
from bythebook.engine.by_hand import told_already
from bythebook.engine.changing import anew, passed_over
from bythebook.engine.ending import after_resolution, closing_tasks, is_resolved, takes_leave
from bythebook.engine.entering import enter, human_went_past
from bythebook.engine.event import (
    Answered,
    Asked,
    AssistantSaid,
    CallDone,
    CaseAbandoned,
    CaseClosed,
    Decision,
    FeedbackSaid,
    FunctionCalled,
    HandoffRequested,
    LinesPassed,
    NewCaseNeeded,
    Offered,
    SlotFilled,
    Source,
    StepDone,
    StepEntered,
    TurnEnded,
    TurnPlanned,
)
from bythebook.engine.failing import rule_of, why_failed
from bythebook.engine.failure import FailureMet
from bythebook.engine.filling import Worded, filled, open_place, said_by, words_of
from bythebook.engine.heard import NEEDS, Heard
from bythebook.engine.holding import reachable
from bythebook.engine.jumping import FOLLOWS_MAX, JUMPS_MAX, do_again, hand_over, jump
from bythebook.engine.jumps import rest_of_path
from bythebook.engine.meeting import ConditionMet
from bythebook.engine.menu import build_menu
from bythebook.engine.moving import back_to, before_this, lead, onward, pressed_here
from bythebook.engine.render import fill
from bythebook.engine.resume import resume, settled_since, with_resumed, with_settled
from bythebook.engine.saying import HOUSE
from bythebook.engine.situation import messages_next, situation_of, words_next
from bythebook.engine.state import CaseState, Cursor, PendingCall, Status
from bythebook.engine.task import (
    Answer,
    AskLine,
    FillSlot,
    GiveFeedback,
    GiveLine,
    HandOff,
    Meet,
    Offer,
    Rest,
    RunStep,
    SayAgain,
    SayHouse,
    SayPhrase,
    SetAnswer,
    Task,
)
from bythebook.engine.timer import Timer
from bythebook.engine.walk import (
    Entry,
    along,
    arguments_of,
    lapsing,
    next_in_walk,
    question_for,
    under,
    waits,
    without,
)
from bythebook.engine.words import joined, spoken_words
from bythebook.routine.model import (
    Ask,
    Call,
    Collect,
    Goto,
    Group,
    HandOver,
    Leave,
    Line,
    QuestionKind,
    Repeat,
    Say,
)
from bythebook.routine.wording import Release

NEEDS_AFTER_RESOLUTION = frozenset({ids.HUMAN, ids.COMPLAINT, ids.OFF_TOPIC, ids.REQUEST_STATUS})

YES_OR_NO = frozenset({ids.AFFIRM, ids.DENY})


def next_decision(release: Release, state: CaseState) -> Decision | None:
    """Return what the assistant does next; None when it is somebody else's turn."""
    match state.status:
        case Status.NEW | Status.ABANDONED | Status.ERASED:
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
    if state.moving is not None:
        return None
    if state.returned or state.stranded is not None:
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
    return _idle(release, state)


def _idle(release: Release, state: CaseState) -> Decision | None:
    """Nothing is under way: a message, a move or a fact may begin a turn."""
    if release.first and state.inbox and (comes_before := before_this(release, state)) is not None:
        return comes_before
    heard = _heard(release, state)
    if heard is not None:
        led = lead(heard)
        return with_settled(release.routine, state, led) if isinstance(led, TurnPlanned) else led
    if words_next(state):
        return None
    if state.arrived:
        return TurnPlanned((), misses=state.misses, why=("the case moved here",))
    return settled_since(release.routine, state)


def _handed_back(release: Release, state: CaseState) -> Decision | None:
    """Messages that waited are read first, and answered in one turn with what the routine goes on with (R8)."""
    if state.stranded is not None:
        return HandoffRequested(state.stranded)
    if state.return_routine not in (None, release.name):
        return back_to(release, state)
    if not words_next(state):
        return resume(release.routine, state)
    heard = _heard(release, state)
    if heard is None:
        return None
    led = lead(heard)
    return with_resumed(release.routine, state, led) if isinstance(led, TurnPlanned) else led


# ---------------------------------------------------------------- the message that is next


def _heard(release: Release, state: CaseState) -> Heard | None:
    """Return the next message with its meaning: from its reading, or from the button that was pressed."""
    messages = messages_next(state)
    if not messages and not state.along:
        return None
    if state.reading is None and words_next(state):
        return None
    menu = build_menu(release, situation_of(state))
    if state.reading is not None:
        choices, unsure = menu.keep(state.reading.choices), state.reading.unsure
    else:
        choices, unsure = pressed_here(release, menu, (*state.along, *messages)[-1].said), False
    slots = state.reading.slots if state.reading is not None else {}
    private = any(message.said.private for message in messages)
    behind = len(state.inbox) > len(messages)
    return Heard(release, state, menu, choices, unsure, slots, private, len(messages), behind)


def _after_resolution(release: Release, state: CaseState) -> Decision | None:
    """A pleasantry changes nothing; a need opens a new case."""
    heard = _heard(release, state)
    if heard is None:
        return None
    need = any(c.kind in NEEDS or c.id in NEEDS_AFTER_RESOLUTION for c in heard.choices)
    undecided = heard.unsure and not {c.id for c in heard.choices} & YES_OR_NO
    if need or undecided or heard.language or heard.private:
        others = {c.name for c in heard.choices if c.kind == "document"}
        alone = len(others) == 1 and all(c.kind == "document" for c in heard.choices if c.kind in NEEDS)
        return NewCaseNeeded(state.inbox[0].said.message_id, others.pop() if alone and not heard.unsure else None)
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
    name = "handoff" if state.on_duty else "handoff_nobody"
    return None if told_already(release.routine, state, name) else _house(release, SayHouse(name))


# ---------------------------------------------------------------- carrying out an entry


def _carry_out(release: Release, state: CaseState, cursor: Cursor) -> Decision:
    if not cursor.lines:
        whole = not cursor.asked_for and cursor.step not in state.broken
        return StepDone(cursor.step, complete=whole and _serves(release, cursor.step))
    label = cursor.lines[0]
    if cursor.again and label in state.spoken:
        spoken = state.spoken[label]
        return AssistantSaid(spoken.text, label, spoken.source)
    step, line = release.routine.step(cursor.step), release.routine.line(label)
    assert step is not None and line is not None, f"the entry names {label}, which the release does not have"
    if not cursor.asked_for and not reachable(release.routine, state, step, line):
        return LinesPassed(under(step, label), "its condition does not hold")
    match line.instruction:
        case Say(text=text):
            said = words_of(release, line, text)
            return said_by(said, state) if said is not None else LinesPassed((label,), "no phrase says it yet")
        case Call() as call:
            return _call(release, state, line, call)
        case Ask() | Collect():
            return _put(release, state, cursor, line)
        case Group():
            return LinesPassed((label,), "it heads the lines under it")
        case Goto(target=target):
            there = release.routine.step_of(target)
            enters = there is not None and there.path not in (None, step.path)
            return jump(release, state, line, target, FOLLOWS_MAX if enters else JUMPS_MAX)
        case Leave():
            return LinesPassed(rest_of_path(release.routine, step, line), "the path ends here")
        case Repeat(target=target, times=times):
            return do_again(release, state, line, target, times)
        case HandOver(reason=reason):
            return hand_over(release, state, line, reason)
        case _:
            assert_never(line.instruction)


def _call(release: Release, state: CaseState, line: Line, call: Call) -> Decision:
    if lacks := without(release.routine, state, line):
        return HandoffRequested(f"{call.function} needs {', '.join(lacks)}, which was not given")
    return FunctionCalled(call.function, arguments_of(release.routine, call, state.facts), line.label)


def _put(release: Release, state: CaseState, cursor: Cursor, line: Line) -> Decision:
    """Put a question of an entry; what is known is not asked for, and a turn puts one question."""
    if not waits(line, state, state.settled):
        return LinesPassed((line.label,), "known")
    return StepDone(cursor.step, complete=False) if _asks_already(state) else _ask(release, state, line)


def _asks_already(state: CaseState) -> bool:
    """Whether this turn has put its one question, or will make an offer: then a question waits for the next (R1)."""
    return state.question_put or any(isinstance(task, Offer) for task in state.tasks)


def _serves(release: Release, label: str) -> bool:
    """Whether a step gives customers what they came for: it hangs on what they want, or does something."""
    step = release.routine.step(label)
    assert step is not None
    calls = any(isinstance(line.instruction, Call) for line in step.lines)
    return step.condition is not None or calls


def _after_call(release: Release, state: CaseState, call: PendingCall) -> Decision | None:
    resolves = release.routine.resolution is not None and call.line == release.routine.resolution.label
    why = why_failed(release.routine, state, call)
    if why is not None:
        return _failed(release, state, call, why, resolves=resolves)
    if call.result is None:
        return None
    if resolves and after_resolution(release.routine, state) is None:
        return CaseClosed()
    phrase = release.wording.functions.get(call.function)
    if phrase is not None and not call.told:
        return AssistantSaid(fill(phrase.text, call.result), call.line, Source.FUNCTION)
    return CallDone(call.line)


def _failed(release: Release, state: CaseState, call: PendingCall, why: str, *, resolves: bool) -> Decision:
    """R9: what the document says of failures, else the words of the house and a human. Never a claim of success."""
    cursor = state.cursor
    rule = rule_of(release.routine) if state.failure is None and not resolves else None
    if rule is not None and cursor is not None and not cursor.asked_for and call.line not in rule.lines:
        if not rule.speaks and not call.told:
            return _house(release, SayHouse("function_failed"))
        return FailureMet(call.line, rule.step, rule.lines, why, again=call.failed is None)
    # Where the goodbye was said already, the failure of the resolution is the desk's matter only.
    quiet = resolves and not takes_leave(release.routine)
    if not call.told and not quiet:
        return _house(release, SayHouse("function_failed"))
    return HandoffRequested(why, announced=not quiet)


# ---------------------------------------------------------------- the agenda


def _begin(release: Release, state: CaseState, task: Task) -> Decision:
    routine = release.routine
    match task:
        case RunStep() | SayAgain() | GiveLine():
            return human_went_past(routine, state, task) or enter(release, state, task)
        case Answer(topic=number):
            topic = routine.article.topic(number)
            assert topic is not None
            return AssistantSaid(topic.text, topic.label, Source.ARTICLE)
        case SayPhrase(line=label):
            return said_by(Worded(release.wording.lines[label].text, label, Source.PHRASE), state)
        case SayHouse():
            return _house(release, task)
        case Offer() | AskLine():
            return TurnEnded() if state.question_put else _last_question(release, state, task)
        case FillSlot(slot=slot, value=value):
            return SlotFilled(slot, value)
        case SetAnswer(question=asked, answer=answer):
            chosen = routine.step_of(answer) if routine.line(answer) is not None else None
            again = anew(routine, state, chosen, answer) if chosen else passed_over(routine, state, asked, answer)
            return Answered(asked, answer, again)
        case Meet(line=label):
            return ConditionMet(label, lapsing(routine, state, label))
        case HandOff(reason=reason):
            return HandoffRequested(reason)
        case GiveFeedback():
            return FeedbackSaid(state.feedback[0].human, state.feedback[0].text)
        case Rest():
            return TurnEnded()
        case _:
            assert_never(task)


def _last_question(release: Release, state: CaseState, task: Offer | AskLine) -> Decision:
    if isinstance(task, Offer):
        return _offer(release, task)
    line = release.routine.line(task.line)
    assert line is not None
    return _ask(release, state, line)


def _last_of_turn(release: Release, state: CaseState) -> Decision:
    """Unconditional steps whose time has come, then the one question (R2), then the turn is whole."""
    routine = release.routine
    if is_resolved(routine, state):
        left = after_resolution(routine, state)
        return StepEntered(left.step, left.lines) if left is not None else CaseClosed()
    if state.question_put:
        beside = along(routine, state)
        return StepEntered(beside.step, beside.lines) if beside is not None else TurnEnded()
    question = question_for(routine, state)
    if state.ahead and question in (None, routine.closing_question):
        due = next_in_walk(routine, state, state.settled)
        if not isinstance(due, Entry):
            return onward(release, state)
    if question == routine.closing_question and state.pending is None and state.settled_closing and not state.ran:
        return TurnEnded()
    due = next_in_walk(routine, state, state.settled)
    if isinstance(due, Entry):
        return StepEntered(due.step, due.lines)
    return _ask(release, state, question) if question is not None else TurnEnded()


def _ask(release: Release, state: CaseState, line: Line) -> Asked | HandoffRequested:
    ask = line.instruction
    assert isinstance(ask, Ask | Collect)
    closing = isinstance(ask, Ask) and ask.kind is QuestionKind.ANYTHING_ELSE
    words = words_of(release, line, ask.text)
    assert words is not None, f"a release has words for the question {line.label}"
    open_one = open_place(words, state)
    return open_one or Asked(filled(words.template, state.facts), line.label, words.source, closing)


def _offer(release: Release, offer: Offer) -> Offered:
    spoken = [spoken_words(release, choice) for choice in offer.choices]
    holes = {**dict(zip(("first", "second"), spoken, strict=False)), "titles": joined(spoken) if spoken else ""}
    return Offered(fill(release.wording.house[offer.house].text, holes), f"{HOUSE}{offer.house}", offer)


def _house(release: Release, said: SayHouse) -> AssistantSaid:
    text = fill(release.wording.house[said.name].text, dict(said.holes))
    return AssistantSaid(text, f"{HOUSE}{said.name}", Source.HOUSE)
