"""Yes and no to a question that takes nothing else."""

from __future__ import annotations

import pytest

from bythebook.engine.choice import AFFIRM, DENY
from bythebook.reading.assent import answers

YES = (
    "yes", "Yes please", "yeah, go ahead", "yep that's right", "yes, I'm ready", "I'm ready", "ready when you are",
    "sure, why wait", "of course", "go for it", "please do", "please proceed", "do it", "let's do it",
    "ok sounds good",
    "oh, definitely", "that's correct", "that is the one", "I do", "I agree", "by all means", "all set", "fine by me",
    "yes, my old one is wrong", "thanks, that's fine",
)  # fmt: skip
NO = (
    "no", "No thanks", "nope, leave it as it is", "not yet", "not now please", "no, not that one", "I'd rather not",
    "I don't want that", "please don't", "don't do it", "actually no", "well, not really", "I'm not ready", "hold on",
    "wait a moment", "cancel that", "never mind", "that's not the one", "forget it", "ok no",
)  # fmt: skip
NEITHER = (
    "yes but what about my old one", "what happens then?", "how long does it take", "yes, no, I don't know",
    "my address", "", "742 Evergreen Terrace", "bye", "no, goodbye then", "yes if it is free, otherwise why would I",
    "tomorrow maybe", "the second flight", "yes " + "very " * 20,
)  # fmt: skip


@pytest.mark.parametrize("text", YES)
def test_a_yes(text: str) -> None:
    assert answers(text) == AFFIRM


@pytest.mark.parametrize("text", NO)
def test_a_no(text: str) -> None:
    assert answers(text) == DENY


@pytest.mark.parametrize("text", NEITHER)
def test_what_is_neither(text: str) -> None:
    assert answers(text) is None
