"""state + event -> state. Every change to a case is written here and nowhere else."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Final, TypeVar, assert_never

from bythebook.engine.entry_lines import line_done, line_off
from bythebook.engine.erasure import CaseErased
from bythebook.engine.event import (
    Answered,
    Asked,
    AssistantSaid,
    CallDone,
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
    Jumped,
    LineQuoted,
    LinesPassed,
    MessageRead,
    MoveFailed,
    MoveRequested,
    NewCaseNeeded,
    Offered,
    SlotFilled,
    Source,
    StepDone,
    StepEntered,
    TimerFired,
    TurnEnded,
    TurnPlanned,
)
from bythebook.engine.facts import with_fact
from bythebook.engine.failure import Failure, FailureMet
from bythebook.engine.handed import handed, spoke
from bythebook.engine.known import with_result
from bythebook.engine.meeting import ConditionMet
from bythebook.engine.moved import moves
from bythebook.engine.outcome import outcome_of
from bythebook.engine.saying import HOUSE
from bythebook.engine.state import CaseState, Cursor, Message, PendingCall, Spoken, Status, erased, replace
from bythebook.engine.task import Answer, AskLine, GiveLine, Offer, RunStep, SayAgain, Task

ATTEMPTS_MAX: Final = 3
"""How often a call is tried before its failure is final (R9)."""

K = TypeVar("K")
V = TypeVar("V")


def replay(events: Iterable[Event], state: CaseState | None = None) -> CaseState:
    """Return the fold of a log, from a fresh case or from `state`."""
    folded = CaseState() if state is None else state
    for event in events:
        folded = evolve(folded, event)
    return folded


def evolve(state: CaseState, event: Event) -> CaseState:
    """Return the state after the event. Reads every log that any release has written."""
    state = replace(state, version=state.version + 1)
    match event:
        case CaseOpened() | CustomerSaid() | MessageRead() | TimerFired() | FactLearned() | CaseContinued():
            return _received(state, event)
        case FunctionCalled() | FunctionReturned() | FunctionFailed() | CallDone() | FailureMet():
            return _called(state, event)
        case HandoffRequested() | HumanNotified() | HumanTook() | HumanPassed() | HumanReturned() | HumanClosed():
            return handed(state, event)
        case HumanSaid() | LineQuoted() | HumanNoted() | FactSettled() | FeedbackSaid():
            return spoke(state, event)
        case TurnPlanned() | StepEntered() | StepDone() | TurnEnded():
            return _conducted(state, event)
        case SlotFilled() | Answered() | ConditionMet() | LinesPassed() | Jumped():
            return _walked(state, event)
        case AssistantSaid() | Asked() | Offered():
            return _said(state, event)
        case MoveRequested() | CaseMoved() | MoveFailed():
            return moves(state, event)
        case CaseClosed() | CaseAbandoned() | CaseErased():
            return _ended(state, event)
        case NewCaseNeeded(message_id=message_id, routine=routine):
            left = state.inbox[1:]
            return replace(state, continuing=message_id, continuing_with=routine, inbox=left, reading=None)
        case _:
            assert_never(event)


def _ended(state: CaseState, event: CaseClosed | CaseAbandoned | CaseErased) -> CaseState:
    match event:
        case CaseClosed():
            return replace(state, status=Status.RESOLVED, running=False, pending=None, tasks=(), cursor=None)
        case CaseAbandoned():
            return replace(state, status=Status.ABANDONED, timer=None, told_of="")
        case CaseErased(at=at):
            return erased(state, at)
        case _:
            assert_never(event)


def _received(
    state: CaseState,
    event: CaseOpened | CustomerSaid | MessageRead | TimerFired | FactLearned | CaseContinued,
) -> CaseState:
    match event:
        case CaseOpened():
            return replace(
                state,
                case_id=event.case_id,
                routine=event.routine,
                release=event.release,
                previous=event.previous,
                status=Status.OPEN,
                opened_at=event.at,
                at=event.at,
            )
        case CustomerSaid():
            reopened = Status.OPEN if state.status is Status.ABANDONED else state.status
            inbox = (*state.inbox, Message(state.version, event))
            return replace(state, status=reopened, inbox=inbox, at=event.at, nudged=False)
        case MessageRead():
            return replace(state, reading=event, at=event.at)
        case TimerFired(timer=timer):
            return replace(state, timer=timer)
        case FactLearned(name=name, value=value):
            return replace(state, facts=with_fact(state.facts, name, value), at=event.at)
        case CaseContinued(case_id=case_id):
            return replace(state, continuing=None, continued_in=case_id, at=event.at)
        case _:
            assert_never(event)


def _called(
    state: CaseState, event: FunctionCalled | FunctionReturned | FunctionFailed | CallDone | FailureMet
) -> CaseState:
    match event:
        case FunctionCalled(function=function, arguments=arguments, line=line):
            key = f"{state.case_id}:{state.version}"
            return replace(state, call=PendingCall(key, function, arguments, line))
        case FunctionReturned(fields=fields):
            call = state.call
            assert call is not None
            known = MappingProxyType(with_result(state.facts, call.function, fields))
            outcomes = _with(state.outcomes, call.function, outcome_of(fields))
            results = _with(state.results, call.function, fields)
            call = replace(call, result=fields)
            return replace(state, call=call, facts=known, outcomes=outcomes, results=results, at=event.at)
        case FunctionFailed(reason=reason):
            call = state.call
            assert call is not None
            if call.attempt < ATTEMPTS_MAX:
                return replace(state, call=replace(call, attempt=call.attempt + 1), at=event.at)
            return replace(state, call=replace(call, failed=reason), at=event.at)
        case CallDone(line=line):
            return line_done(replace(state, call=None), line)
        case FailureMet(line=line, step=step, lines=lines, why=why, again=again):
            broken = {state.cursor.step} if state.cursor is not None else set()
            return replace(
                state,
                call=None,
                failure=Failure(line, why, again),
                cursor=Cursor(step, lines, again=False, asked_for=False),
                broken=state.broken | broken,
                done=(state.done | {line}) - set(lines),
            )
        case _:
            assert_never(event)


def _conducted(state: CaseState, event: TurnPlanned | StepEntered | StepDone | TurnEnded) -> CaseState:
    match event:
        case TurnPlanned():
            return _planned(state, event)
        case StepEntered(step=step, lines=lines, settles=settles):
            if state.tasks and _fulfils(event, state.tasks[0]):
                state = _task_done(state)
            if not event.asked_for:
                entries = _with(state.entries, step, state.entries.get(step, 0) + 1)
                broken = state.broken - {step} if not event.again else state.broken
                state = replace(state, entries=entries, current=(*state.current, step), broken=broken)
            return replace(
                state,
                cursor=Cursor(step, lines, event.again, event.asked_for),
                settled=state.settled | set(settles),
                pending=None if state.pending in settles else state.pending,
            )
        case StepDone(step=step):
            if not event.complete:
                return replace(state, cursor=None, failure=None)
            return replace(state, cursor=None, failure=None, completed=state.completed | {step}, served=True)
        case TurnEnded():
            return replace(state, running=False, tasks=(), question_put=False)
        case _:
            assert_never(event)


def _walked(state: CaseState, event: SlotFilled | Answered | ConditionMet | LinesPassed | Jumped) -> CaseState:
    match event:
        case ConditionMet(label=label, settles=settles):
            return replace(
                _task_done(state),
                met=state.met | {label},
                settled=state.settled | set(settles),
                pending=None if state.pending in settles else state.pending,
            )
        case SlotFilled(slot=slot, value=value):
            return replace(_task_done(state), facts=_with(state.facts, slot, value))
        case Answered(question=question, answer=answer):
            return replace(
                _task_done(state),
                answers=_with(state.answers, question, answer),
                settled=state.settled | {question},
                done=state.done - set(event.reopened),
                # What is carried out anew may ask something first: what waited is asked again after it.
                pending=None if state.pending == question or event.reopened else state.pending,
            )
        case LinesPassed(lines=lines):
            done, cursor = state.done | set(lines), state.cursor
            if cursor is None:
                return replace(state, done=done)
            left = tuple(line for line in cursor.lines if line not in lines)
            return replace(state, cursor=replace(cursor, lines=left), done=done)
        case Jumped(line=line, passed=passed, reopened=reopened):
            again = set(reopened)
            counted = jump_key(state, line)
            return replace(
                state,
                cursor=None,
                failure=None,
                jumps=_with(state.jumps, counted, state.jumps.get(counted, 0) + 1),
                facts={name: value for name, value in state.facts.items() if name not in event.forgets},
                given_before={name: state.facts[name] for name in event.forgets if name in state.facts},
                done=(state.done | set(passed) | {line}) - again,
                settled=state.settled - again,
                followed=state.followed if event.followed is None else event.followed,
                answers={q: answer for q, answer in state.answers.items() if q not in again},
            )
        case _:
            assert_never(event)


def jump_key(state: CaseState, line: str) -> str:
    """Return what jumps from a line are counted by: under a rule for failures, each line that failed by itself."""
    return line if state.failure is None else f"{line} after {state.failure.line}"


def _planned(state: CaseState, event: TurnPlanned) -> CaseState:
    met = any(isinstance(task, RunStep) or (isinstance(task, SayAgain) and task.step) for task in event.tasks)
    says = any(isinstance(task, RunStep | SayAgain | GiveLine | Answer) for task in event.tasks)
    read = (*state.along, *state.inbox[: event.messages])
    asks = any(isinstance(task, Offer) and task.of_documents for task in event.tasks)
    state = replace(
        state,
        inbox=state.inbox[event.messages :],
        arrived=False,
        announced=False,
        onward=False,
        along=(),
        kept=(*state.kept, *read) if state.arrived and state.ahead else state.kept,
        raised=() if not asks else state.raised if state.offer in event.tasks else read,
        joined=False,
        reading=None,
        timer=None,
        returned=False,
        return_line=None,
        resumed=state.returned and not event.messages,
        running=True,
        question_put=False,
        ran=False,
        settled_closing=event.closes or (state.settled_closing and event.messages == 0),
        tasks=event.tasks,
        offer=None,
        misses=event.misses,
        settled=state.settled | set(event.settles),
        pending=None if event.closes or state.pending in event.settles else state.pending,
        current=() if met else state.current,
        last_said=() if says else state.last_said,
    )
    if not event.fresh:
        return state
    left = state.cursor.lines if state.cursor is not None else ()
    # The human saw to them.
    done = (state.done | set(left)) - set(event.reopens)
    return replace(state, cursor=None, call=None, failure=None, done=done)


def _said(state: CaseState, event: AssistantSaid | Asked | Offered) -> CaseState:
    state = replace(state, resumed=False)
    match event:
        case Asked(line=line):
            if state.cursor is not None:
                state = line_off(state, line)  # it is done once it is answered
            elif state.tasks and isinstance(state.tasks[0], AskLine):
                state = _task_done(state)
            return replace(
                state,
                pending=line,
                asked=state.asked | {line},
                settled=state.settled - {line},
                question_put=True,
            )
        case Offered(offer=offer):
            return replace(_task_done(state), offer=offer, question_put=True)
        case AssistantSaid(line=line) if line.startswith(HOUSE):
            return _house_said(state, line.removeprefix(HOUSE))
        case AssistantSaid(text=text, line=line, source=source):
            state = replace(
                state,
                spoken=_with(state.spoken, line, Spoken(text, source)),
                last_said=(*state.last_said, line) if line not in state.last_said else state.last_said,
                ran=True,
            )
            if source is Source.FUNCTION and state.call is not None:
                return replace(state, call=replace(state.call, told=True))
            if state.cursor is not None:
                return line_done(state, line)
            return _task_done(state)
        case _:
            assert_never(event)


def _house_said(state: CaseState, name: str) -> CaseState:
    """Most house phrases fulfil the task at the head; three answer something else."""
    if name == "nudge":
        return replace(state, nudged=True, timer=None)
    if name == "function_failed" and state.call is not None:
        return replace(state, call=replace(state.call, told=True))
    if state.status is Status.HANDED_OFF:
        return replace(state, announce=False, told_of=name)
    if name.startswith("language"):
        state = replace(state, language_told=True)
    if name == "goodbye":
        state = replace(state, nudged=True)  # nobody who said goodbye is nudged
    return _task_done(state)


def _fulfils(event: StepEntered, task: Task) -> bool:
    """Whether the entry is what the task asks for, not an unconditional step that is due before it."""
    if isinstance(task, RunStep):
        return task.step == event.step and not event.asked_for
    return isinstance(task, SayAgain | GiveLine) and (event.again or event.asked_for)


def _task_done(state: CaseState) -> CaseState:
    return replace(state, tasks=state.tasks[1:])


def _with(mapping: Mapping[K, V], key: K, value: V) -> Mapping[K, V]:
    return MappingProxyType({**mapping, key: value})
