"""What the rows of the tables build: each takes the words that fitted and gives the sentence, or nothing."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from bythebook.compiler.drafting.pieces import (
    NOUN,
    Asking,
    Builder,
    Kind,
    could_you,
    give_me,
    has_verb,
    listed,
    nouns,
    order,
    please,
    question,
    sentence,
    statement,
)


@dataclass(frozen=True, slots=True)
class Sample:
    """A row's own test: for words like these it drafts this."""

    words: str
    drafted: str
    bullets: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Rule:
    """A row of the tables."""

    name: str
    kinds: tuple[Kind, ...]
    """What a line must be for, for the row to be tried; the first is the sample's."""

    pattern: re.Pattern[str]
    build: Builder
    sample: Sample


SAYING: Final[tuple[Kind, ...]] = ("say",)
ASKING: Final[tuple[Kind, ...]] = ("ask", "collect", "closing")
COLLECTING: Final[tuple[Kind, ...]] = ("collect", "ask", "closing")
CLOSING: Final[tuple[Kind, ...]] = ("closing",)

_NOUN_BEGINS: Final = r"(?:the|an?|any|all|their|our|this|these|that|no)\b"
_NOUN_CLAUSE: Final = re.compile(
    rf"{_NOUN_BEGINS}(?: (?!the\b|they\b|we\b|you\b|that\b|which\b|who\b)[\w'’-]+){{1,4}}? (?:is|are|was|were|has|"
    r"have|will|can|cannot|can't|must|may|should|won't|does|do|isn't|aren't)\b",
    re.I,
)


def row(name: str, kinds: tuple[Kind, ...], pattern: str, build: Builder, sample: Sample) -> Rule:
    """Return a row; its pattern fits whole instructions, a full stop left out."""
    return Rule(name, kinds, re.compile(rf"(?:{pattern})[.!]?$", re.I), build, sample)


def fixed(text: str) -> Builder:
    """Return a builder that always gives the same sentence."""
    return lambda _: text


def said(asking: Asking) -> str | None:
    """Give the reported clause itself."""
    return statement(asking.part("said"), asking.noun)


def said_without_that(asking: Asking) -> str | None:
    """Give the clause where no "that" says that it is one: "the date the refund arrives" names a thing."""
    words = asking.part("said")
    if re.match(_NOUN_BEGINS, words, re.I) and not _NOUN_CLAUSE.match(words):
        return None
    return said(asking) if has_verb(words) else None


def with_clause(before: str) -> Builder:
    """Return a builder that puts words before the reported clause."""

    def build(asking: Asking) -> str | None:
        text = said(asking)
        return None if text is None else sentence(before + _small(text))

    return build


def with_order(before: str, end: str = ".") -> Builder:
    """Return a builder that puts words before what is to be done, had or left alone (the group `what`)."""

    def build(asking: Asking) -> str | None:
        text = order(asking.part("what"), asking.noun)
        return None if text is None else sentence(before + text, end)

    return build


def or_alone(alone: str, before: str) -> Builder:
    """Return a builder like `with_order`, with a sentence of its own where nothing is named."""
    build = with_order(before)
    return lambda asking: build(asking) if asking.part("what") else alone


def polite_order(asking: Asking) -> str | None:
    """Give "Please ..."."""
    return please(asking.part("what"), asking.noun)


def do_it(asking: Asking) -> str | None:
    """Give "Please ..." for what the document tells the customer straight away ("Restart your router")."""
    what = asking.part("what")
    if re.search(r"\byour?\b", what, re.I) and not re.search(rf"\b(?:they|them|their|{NOUN})\b", what, re.I):
        return sentence(f"Please {_small(what)}")
    text = order(what, asking.noun)
    return None if text is None else sentence(f"Please {_small(text)}")


def request(asking: Asking) -> str | None:
    """Give "Could you please ...?"; for a line that says, "Please ..."."""
    return (please if asking.kind == "say" else could_you)(asking.part("what"), asking.noun)


def confirm_that(asking: Asking) -> str | None:
    """Give "Could you please confirm that ...?"."""
    return could_you(f"confirm {asking.part('what')}", asking.noun)


def confirm_it(asking: Asking) -> str | None:
    """Give "Could you please confirm the ...?"."""
    text = nouns(asking.part("what"), asking.noun)
    return None if text is None else sentence(f"Could you please confirm {text}", "?")


def asked_for(asking: Asking) -> str | None:
    """Give "Could you please give me ...?"."""
    return give_me(asking.part("what"), asking.noun)


def asked_for_named(asking: Asking) -> str | None:
    """Give the same for "ask them their name", where no "for" says that it is a thing."""
    what = asking.part("what")
    return None if has_verb(what) or len(what.split()) > 8 else give_me(what, asking.noun)


def asked_about(asking: Asking) -> str | None:
    """Give "Could you please tell me about ...?"."""
    text = nouns(asking.part("what"), asking.noun)
    return None if text is None else sentence(f"Could you please tell me about {text}", "?")


def asked(asking: Asking) -> str | None:
    """Give the indirect questions as direct ones."""
    return question(asking.part("asked"), asking.noun)


def acknowledged(asking: Asking) -> str | None:
    """Give thanks for a request, understanding for a worry."""
    what = asking.part("what")
    return f"I understand your {what}." if asking.part("worry") else f"Thank you for your {what}."


def welcome(asking: Asking) -> str | None:
    """Give "Welcome!", or "Welcome to ...!"."""
    place = asking.part("what").rstrip(".!")
    return f"Welcome to {place}!" if place else "Welcome!"


def steps(asking: Asking) -> str | None:
    """Give the bullets as steps to follow."""
    goal = order(asking.part("what"), asking.noun)
    if goal is None:
        return None
    head = f"Please follow these steps to {goal}:" if goal else "Please follow these steps:"
    return listed(head, asking.bullets, numbered=True)


def told_list(asking: Asking) -> str | None:
    """Give the bullets as things to know."""
    return listed("Please note the following:", asking.bullets)


def asked_list(asking: Asking) -> str | None:
    """Ask for what the bullets name."""
    if any(bullet.endswith("?") for bullet in asking.bullets):
        return None
    return listed("Could you please give me the following?", asking.bullets)


def _small(text: str) -> str:
    first = text.split(" ", 1)[0]
    keep = first in ("I", "I'm", "I've", "I'll") or first[1:] != first[1:].lower()
    return text if keep else text[0].lower() + text[1:]
