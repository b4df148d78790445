"""Conditions that say in a document's words what every reader knows: a wish for a human, another matter, a complaint.

"If the user demands a supervisor, call `escalate`" is met by whatever the reader takes for a wish for a human.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from bythebook.engine import choice as ids
from bythebook.engine.choice import Choice, step_choice
from bythebook.engine.state import CaseState
from bythebook.routine.model import Condition, Routine

_WISHES: Final = (
    r"\b(?:demands?|asks?|requests?|wants?|wishes|insists?|prefers?|would like|needs?|explicitly \w+)\b[^.]*\b"
)
_ROWS: Final = (
    (
        ids.HUMAN,
        re.compile(
            _WISHES + r"(?:supervisors?|managers?|humans?|persons?|people|agents?|representatives?|operators?|"
            r"real person|live \w+|someone else|to be (?:transferred|escalated|connected))\b",
            re.I,
        ),
    ),
    (
        ids.OFF_TOPIC,
        re.compile(
            r"\b(?:(?:no longer|not) (?:relevant|related|about|covered|in scope)|unrelated|irrelevant|off[- ]?topic|"
            r"out(?:side)?(?: of)? (?:the |this )?(?:scope|policy|procedure|routine)|"
            r"(?:another|a different|some other|any other) (?:matter|topic|issue|policy|subject|request|service))\b",
            re.I,
        ),
    ),
    (
        ids.COMPLAINT,
        re.compile(r"\b(?:upset|angry|frustrated|dissatisfied|unhappy|furious|complains?|annoyed)\b", re.I),
    ),
)


@lru_cache(maxsize=4096)
def meaning(words: str) -> str:
    """Return the choice that a condition's words say; empty for none."""
    return next((choice for choice, pattern in _ROWS if pattern.search(words)), "")


def in_words_of_document(routine: Routine, state: CaseState, choices: tuple[Choice, ...]) -> tuple[Choice, ...]:
    """Return the choices, those that a condition of the document speaks of as that condition's own.

    A step that was carried out already is not taken again: then the house's own way stands.
    """
    holders = {
        meaning(condition.text): label for label, condition in _open(routine, state) if meaning(condition.text)
    }
    if not holders:
        return choices
    return tuple(
        Choice(step_choice(holders[found.id]), found.confidence) if found.id in holders else found
        for found in choices
    )


def _open(routine: Routine, state: CaseState) -> tuple[tuple[str, Condition], ...]:
    done = state.done | state.met
    return tuple(
        (label, condition)
        for label, condition, of_step in reversed(routine.reports)
        if label not in (state.entries if of_step else done)
    )
