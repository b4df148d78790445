"""What a text claims, and whether another has the ground for it: one row a claim."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bythebook.compiler.claims import ClaimKind, Grounds, claims_of

SAME = [
    ("within 7 days", "in one week"),
    ("24 hours", "1 day"),
    ("1-2 business days", "1–2 business days"),
    ("one to two business days", "1-2 business days"),
    ("12 months", "a year has 12 months, 1 year"),
    ("$5", "5 dollars"),
    ("10%", "10 percent"),
    ("2,500 euros", "€2500"),
    ("write to Help@Example.com.", "help@example.com"),
    ("call +1 (800) 555-0100", "1 800 555 0100"),
    ("the Premium plan", "Our premium plans"),
    ("ChatGPT Enterprise", "chatgpt enterprise"),
    ("up to 3 devices", "3 devices"),
    ("by 9 am", "from 9 a.m."),
]
OTHER = [
    ("5 days", "5 business days"),
    ("14 days", "10 days"),
    ("$10", "$5"),
    ("$5", "5 euros"),
    ("1-3 days", "1-2 days"),
    ("help@example.com", "returns@example.com"),
    ("1 800 555 0100", "1 800 555 0199"),
    ("the Gold plan", "the Silver plan"),
    ("up to 5 devices", "up to 3 devices"),
    ("on Monday", "on Tuesdays"),
    ("30 days", "nothing of the kind"),
]
NOTHING = [
    "a few days, soon, in a week or so",
    "Thank you for reaching out! Could you please tell me more?",
    "proceed to step 3",
    "the 6-digit code, GPT-4, 24/7, the 1st of May".replace("May", "next month"),
    "the last four digits of your card",
    "It costs {price} per month for [NAME].",
    "Hello, and welcome.",
    "up to 3 devices",
]


def ungrounded(text: str, ground: str) -> list[str]:
    grounds = Grounds([ground])
    return [text[claim.start : claim.end] for claim in claims_of(text) if not grounds.has(claim)]


@pytest.mark.parametrize(("text", "ground"), SAME)
def test_the_same_in_other_words(text: str, ground: str) -> None:
    assert ungrounded(text, ground) == []


@pytest.mark.parametrize(("text", "ground"), OTHER)
def test_something_else(text: str, ground: str) -> None:
    assert ungrounded(text, ground)


@pytest.mark.parametrize("text", NOTHING)
def test_what_claims_nothing(text: str) -> None:
    assert ungrounded(text, "An article about something else.") == []


def test_a_claim_knows_its_place_and_kind() -> None:
    text = "Write to a@b.org within 2 days, says Anna Bell."
    found = [(claim.kind, text[claim.start : claim.end]) for claim in claims_of(text)]
    assert found == [
        (ClaimKind.ADDRESS, "a@b.org"),
        (ClaimKind.AMOUNT, "2 days"),
        (ClaimKind.NAME, "Anna Bell"),
    ]


@given(st.text(alphabet=st.sampled_from("19 -–$%.,:()+aAbB@dayweks\n\"'"), max_size=80))
def test_any_text(text: str) -> None:
    for claim in claims_of(text):
        assert 0 <= claim.start <= claim.end <= len(text)
    assert ungrounded(text, text) == []
