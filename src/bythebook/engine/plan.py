"""What a reading leads to: the turn's agenda, in the order of R1. One function a rule; `plan` lists them.

The agenda is a decision in the log, so that whoever asks why can read it there.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from bythebook.engine import choice as ids
from bythebook.engine.answers import answers_of, begins_with_a_deed, goes_on
from bythebook.engine.asked_for import lines_and_articles
from bythebook.engine.choice import Choice
from bythebook.engine.ending import closing_tasks
from bythebook.engine.event import TurnPlanned
from bythebook.engine.heard import Heard
from bythebook.engine.meanings import in_words_of_document
from bythebook.engine.state import CaseState
from bythebook.engine.task import (
    HUMAN_OFFER,
    AskLine,
    HandOff,
    Offer,
    Rest,
    RunStep,
    SayAgain,
    SayHouse,
    SayPhrase,
    Task,
)
from bythebook.engine.walk import settled_by, wanted_by_facts
from bythebook.engine.words import choice_words, options_words
from bythebook.routine.article import ARTICLE
from bythebook.routine.model import QuestionKind, Step
from bythebook.routine.wording import Release

MISSES_MAX: Final = 3
"""The miss at which the case is handed over (R7)."""

ENTRIES_BEFORE_OFFER: Final = 2
"""A condition met once more after this many times offers a human (R3)."""


def plan(heard: Heard) -> TurnPlanned:
    """Return the agenda: human, notices, corrections, steps, what was asked for, what is not ours, pleasantries."""
    heard = accept_offer(_in_place(heard))
    choices = in_words_of_document(heard.release.routine, heard.state, heard.choices)
    heard = heard if choices is heard.choices else replace(heard, choices=choices)
    if heard.has(ids.HUMAN) and not heard.unsure:
        rest = replace(heard, choices=tuple(c for c in heard.choices if c.id != ids.HUMAN))
        later = [task for task in content_of(rest) if not isinstance(task, Offer)] if rest.need else []
        return turn_of(heard, (*notices_of(heard), HandOff("the customer asked for a person"), *later), misses=0)
    notices = notices_of(heard)
    if goes_on(heard):
        certain = replace(heard, choices=()) if heard.unsure else heard
        return turn_of(heard, (*notices, *answers_of(certain)), misses=0)
    if heard.unsure:
        return _unsure(heard, notices)
    wanted = content_of(heard)
    if wanted:
        misses = heard.state.misses if heard.only_off_topic else 0
        return turn_of(heard, (*notices, *wanted), misses=misses, settles=settled_by_none(heard))
    if heard.state.joined and not notices:
        return turn_of(heard, (), misses=heard.state.misses)  # said to a human: answers nothing that was asked
    closing = _pleasantries(heard)
    if closing is not None:
        closes = closing == closing_tasks(heard.release)
        return turn_of(heard, (*notices, *closing), misses=heard.state.misses, closes=closes)
    return _noticed(heard, notices) if notices else _missed(heard)


# ---------------------------------------------------------------- R6: offers


def _in_place(heard: Heard) -> Heard:
    """ "None of those" means something only where answers were asked about: it settles that question."""
    asked = heard.menu.pending_kind is QuestionKind.WHICH or heard.state.offer is not None
    if asked or not heard.has(ids.NEITHER):
        return heard
    return replace(heard, choices=tuple(c for c in heard.choices if c.id != ids.NEITHER))


def accept_offer(heard: Heard) -> Heard:
    """A yes to an offer of one thing is that thing; a yes to "A or B?" stays a bare yes, which is a miss."""
    offer = heard.state.offer
    if offer is None or heard.need or not heard.has(ids.AFFIRM) or len(offer.choices) != 1:
        return heard
    return replace(heard, choices=(Choice(offer.choices[0], 1.0), *heard.choices), unsure=False)


# ---------------------------------------------------------------- R11, R14, R15 and private data


def notices_of(heard: Heard) -> tuple[Task, ...]:
    """What is said about the message itself: its language, orders to the machine, private data in it."""
    tasks: list[Task] = []
    if heard.language and not heard.state.language_told:
        own = f"language.{heard.language}"
        tasks.append(SayHouse(own if own in heard.release.wording.house else "language"))
    if heard.has(ids.INJECTION):
        tasks.append(SayHouse("injection"))
    if heard.private or heard.has(ids.HEALTH_INFORMATION):
        tasks.append(SayHouse("private_notice"))
    return tuple(tasks)


def _noticed(heard: Heard, notices: tuple[Task, ...]) -> TurnPlanned:
    """A message that holds nothing but what a notice answers is no miss."""
    offer = (HUMAN_OFFER,) if heard.language else ()
    return turn_of(heard, (*notices, *offer), misses=heard.state.misses)


# ---------------------------------------------------------------- R1, R3, R10, R13: what the message asks for


def content_of(heard: Heard) -> tuple[Task, ...]:
    """What the message asks for, in the order of R1; one offer at most, last."""
    tasks: list[Task] = answers_of(heard)
    offers: list[Task] = []
    if heard.has(ids.REQUEST_STATUS):
        tasks.append(SayHouse("request_status"))
        offers.append(HUMAN_OFFER)
    tasks += [task for task in _corrections(heard) if task not in tasks]
    steps, complaints = _steps(heard)
    tasks += steps
    offers += complaints
    tasks += lines_and_articles(heard)
    if heard.has(ids.ROUTINE) and not heard.of("step"):
        tasks += _routine_matter(heard)
    if heard.has(ids.NEITHER) or heard.has(ids.OFF_TOPIC):
        tasks.append(SayHouse(*options_words(heard.release)))
        offers += [] if heard.has(ids.NEITHER) else [HUMAN_OFFER]
    if heard.has(ids.COMPLAINT):
        offers.append(HUMAN_OFFER)
    if heard.has(ids.REPEAT) and not tasks:
        tasks.append(SayAgain(tuple(label for label in heard.state.last_said if _again(heard.release, label))))
    return (*tasks, *offers[:1])


def _again(release: Release, label: str) -> bool:
    """Lines and answers can be repeated; the thanks for reaching out is given once."""
    return label.startswith(ARTICLE) or release.routine.line(label) is not None


def _corrections(heard: Heard) -> tuple[Task, ...]:
    """Acknowledged once, when something was said that it corrects and something new follows (R10)."""
    new = [c for c in heard.of("step") if c.correction and c.name not in heard.state.entries]
    return (SayHouse("correction"),) if new and heard.state.current else ()


def _steps(heard: Heard) -> tuple[list[Task], list[Task]]:
    routine, state = heard.release.routine, heard.state
    named = {found.name for found in heard.of("step")}
    met = [step for step in routine.conditional if step.label in named]
    met += [step for step in wanted_by_facts(routine, state) if step not in met]
    if not met:
        return [], []
    unasked = _passed_over(heard, met)
    if heard.release.conduct.ask_anyway and unasked:
        return [AskLine(unasked[0])], []
    often = any(state.entries.get(step.label, 0) >= ENTRIES_BEFORE_OFFER for step in met)
    offers: list[Task] = [HUMAN_OFFER] if often else []
    in_order = sorted(met, key=lambda step: step.span.start)
    return [*_thanks(heard, unasked), *(_step_task(state, step) for step in in_order)], offers


def _step_task(state: CaseState, step: Step) -> Task:
    if step.label in state.completed:
        return SayAgain(tuple(line.label for line in step.lines if line.label in state.spoken), step.label)
    return RunStep(step.label)


def _passed_over(heard: Heard, met: list[Step]) -> list[str]:
    """Return the questions never put that these steps answer already."""
    routine, state = heard.release.routine, heard.state
    labels = [label for step in met for label in settled_by(routine, step)]
    return [label for label in dict.fromkeys(labels) if label not in state.asked | state.settled]


def _thanks(heard: Heard, passed_over: list[str]) -> list[Task]:
    """R0: what the step of a passed-over question asks to be said besides is said with its phrase.

    Where a notice about the message itself (language, orders to the machine) opens the turn, it opens it alone.
    """
    if heard.language or heard.has(ids.INJECTION):
        return []
    steps = [heard.release.routine.step_of(label) for label in passed_over]
    labels = dict.fromkeys(step.label for step in steps if step is not None)
    return [SayPhrase(label) for label in labels if label in heard.release.wording.lines and label not in passed_over]


def _routine_matter(heard: Heard) -> list[Task]:
    """The branch is not said: the question that tells it is asked, again if it was answered before."""
    question = next(iter(heard.release.routine.questions(QuestionKind.WHICH)), None)
    return [AskLine(question.label)] if question is not None else []


def settled_by_none(heard: Heard) -> tuple[str, ...]:
    """None of the answers: the question is answered, and nothing follows from it."""
    if not heard.has(ids.NEITHER) or heard.of("step"):
        return ()
    pending = heard.state.pending
    if heard.asked_kind is QuestionKind.WHICH and pending is not None:
        return (pending,)
    return tuple(line.label for line in heard.release.routine.questions(QuestionKind.WHICH)[:1])


# ---------------------------------------------------------------- pleasantries, yes and no


def _pleasantries(heard: Heard) -> tuple[Task, ...] | None:
    """Return what a message that only says yes, no, thanks, hello or goodbye leads to; None for a miss."""
    leaving = heard.has(ids.GOODBYE)
    denied, affirmed = heard.has(ids.DENY), heard.has(ids.AFFIRM)
    over_offer = heard.state.offer is not None and not affirmed and not leaving
    if over_offer and (denied or heard.has(ids.THANKS)):
        return ()  # a no uncovers the question under the offer; thanks is no answer to it
    if heard.menu.pending_kind is QuestionKind.ANYTHING_ELSE and heard.state.pending:
        if affirmed and not denied:
            return (SayHouse("ask_what"), Rest())
        if denied or leaving or heard.has(ids.THANKS):
            return closing_tasks(heard.release)
    if leaving:
        return (SayHouse("goodbye"), Rest())
    if heard.has(ids.GREETING) and begins_with_a_deed(heard):
        return (SayHouse("how_can_i_help"), Rest())
    return () if heard.has(ids.GREETING) or heard.has(ids.THANKS) else None


# ---------------------------------------------------------------- R7: misses, and what is unsure


def _unsure(heard: Heard, notices: tuple[Task, ...]) -> TurnPlanned:
    named = [c.id for c in heard.choices if choice_words(heard.release, c.id) is not None][:2]
    if heard.has(ids.HUMAN) and not named and heard.state.misses + 1 < MISSES_MAX:
        return turn_of(heard, (*notices, HUMAN_OFFER), misses=heard.state.misses + 1)
    if notices and not named:
        return _noticed(heard, notices)
    if not named or heard.state.misses + 1 >= MISSES_MAX:
        return _missed(heard, notices)
    in_order = tuple(entry.id for entry in heard.menu.entries if entry.id in named)
    offer = Offer(in_order, "did_you_mean" if len(named) > 1 else "did_you_mean_one")
    return turn_of(heard, (*notices, offer), misses=heard.state.misses + 1)


def _missed(heard: Heard, notices: tuple[Task, ...] = ()) -> TurnPlanned:
    state = heard.state
    if state.joined:
        return turn_of(heard, notices, misses=state.misses)
    if heard.more_behind:
        return turn_of(heard, (*notices, Rest()), misses=state.misses)
    misses = state.misses + 1
    if misses >= MISSES_MAX:
        return turn_of(heard, (*notices, HandOff("not understood")), misses=misses)
    undecided = {c.id for c in heard.choices} == {ids.AFFIRM, ids.DENY}
    told: tuple[Task, ...] = () if undecided else (SayHouse("not_understood"),)
    again: tuple[Task, ...] = (state.offer,) if state.offer is not None else ()
    return turn_of(heard, (*notices, *told, *again), misses=misses)


def turn_of(
    heard: Heard, tasks: tuple[Task, ...], *, misses: int, settles: tuple[str, ...] = (), closes: bool = False
) -> TurnPlanned:
    """A turn puts one question, last: an offer stands before a question of the document, which stays pending."""
    offers: list[Task] = [task for task in tasks if isinstance(task, Offer)]
    questions = offers or [task for task in tasks if isinstance(task, AskLine)]
    ordered = (*(task for task in tasks if not isinstance(task, Offer | AskLine)), *questions[:1])
    why = tuple(f"{found.id} {found.confidence:.2f}" for found in heard.choices)
    return TurnPlanned(ordered, heard.messages, closes, misses, settles, why=why)
