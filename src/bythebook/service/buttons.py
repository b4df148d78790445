"""Which known answers a channel offers at this point of a case (R6, R13, R16)."""

from __future__ import annotations

from typing import Final

from bythebook.engine import choice as ids
from bythebook.engine.choice import line_choice, step_choice
from bythebook.engine.state import CaseState, Status
from bythebook.engine.words import choice_words, without_article
from bythebook.routine.model import Ask, QuestionKind
from bythebook.routine.wording import Release
from bythebook.service.view import Button

ARTICLE: Final = "article:"
YES_NO_PERSON: Final = {ids.AFFIRM: "button.yes", ids.DENY: "button.no", ids.HUMAN: "button.person"}


def buttons_of(release: Release, state: CaseState) -> tuple[Button, ...]:
    """Return the buttons: those of the offer, of the pending question, and of links in answers just given."""
    if state.status not in (Status.OPEN, Status.ABANDONED):
        return ()
    choices = [*_linked(release, state), *_offered(state), *_pending(release, state)]
    return tuple(Button(choice, label_of(release, choice)) for choice in dict.fromkeys(choices))


def label_of(release: Release, choice: str) -> str:
    """Return what a button for the choice shows, also for a button that is offered no more."""
    if choice in YES_NO_PERSON:
        return release.wording.house[YES_NO_PERSON[choice]].text
    words = choice_words(release, choice)
    return without_article(words) if words is not None else choice


def _offered(state: CaseState) -> list[str]:
    if state.offer is None:
        return []
    alone = len(state.offer.choices) == 1
    return [*state.offer.choices, *([ids.DENY] if alone else [])]


def _pending(release: Release, state: CaseState) -> list[str]:
    line = release.routine.line(state.pending) if state.pending else None
    if line is None or not isinstance(line.instruction, Ask):
        return []
    if line.instruction.kind in (QuestionKind.ANYTHING_ELSE, QuestionKind.YES_NO):
        return [] if state.offer is not None else [ids.AFFIRM, ids.DENY]
    return [step_choice(label) for label in line.instruction.answers]


def _linked(release: Release, state: CaseState) -> list[str]:
    answers = [state.spoken[label].text for label in state.last_said if label.startswith(ARTICLE)]
    links = [link for text in answers for link in release.link_buttons(text)]
    return [line_choice(link.line) for link in links if link.line is not None]
