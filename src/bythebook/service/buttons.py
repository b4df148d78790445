"""Which known answers a channel offers at this point of a case (R6, R13, R16)."""

from __future__ import annotations

from typing import Final

from bythebook.engine import choice as ids
from bythebook.engine.choice import line_choice, step_choice
from bythebook.engine.state import CaseState, Status
from bythebook.engine.words import choice_words, welcome, without_article
from bythebook.routine.article import ARTICLE
from bythebook.routine.model import Ask, QuestionKind
from bythebook.routine.wording import Release
from bythebook.service.view import Button

OF: Final = "@"
"""Between a choice and the document that it is of."""

OF_DOCUMENTS: Final = frozenset({"step", "article", "line"})
"""The kinds of choices that mean a place of one document."""

YES_NO_PERSON: Final = {ids.AFFIRM: "button.yes", ids.DENY: "button.no", ids.HUMAN: "button.person"}


def buttons_of(release: Release, state: CaseState) -> tuple[Button, ...]:
    """Return the buttons: those of the offer, of the pending question, and of links in answers just given."""
    if state.status not in (Status.OPEN, Status.ABANDONED):
        return ()
    choices = [*_linked(release, state), *_offered(release, state), *_pending(release, state)]
    named = release.name if release.others else ""
    return tuple(Button(button_id(choice, named), label_of(release, choice)) for choice in dict.fromkeys(choices))


def button_id(choice: str, routine: str) -> str:
    """Return what a button for the choice sends: with the document that the choice is of, where one is named."""
    return f"{choice}{OF}{routine}" if routine and choice.partition(":")[0] in OF_DOCUMENTS else choice


def choice_of(button: str) -> tuple[str, str | None]:
    """Return the choice that a button's id means, and the document that it names."""
    if button.partition(":")[0] not in OF_DOCUMENTS:
        return button, None
    choice, _, routine = button.partition(OF)
    return choice, routine or None


def label_of(release: Release, choice: str) -> str:
    """Return what a button for the choice shows, also for a button that is offered no more."""
    if choice in YES_NO_PERSON:
        return release.wording.house[YES_NO_PERSON[choice]].text
    words = choice_words(release, choice)
    return without_article(words) if words is not None else choice


def _offered(release: Release, state: CaseState) -> list[str]:
    if state.offer is None:
        return list(welcome(release).choices) if release.is_reception else []
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
