"""The document's own words for a choice: what offers, buttons and house phrases may name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from bythebook.engine.choice import Choice, document_choice
from bythebook.engine.task import Offer
from bythebook.routine.model import Condition, ConditionKind
from bythebook.routine.wording import Release

LISTED_MAX: Final = 10
"""So many documents are named when customers are told what they can be helped with; of more, none is."""

_IS: Final = re.compile(r"\b(?:is|are|was|were) $", re.I)
_OF_CUSTOMER: Final = re.compile(
    r"(?:the (?:customer|user|client|caller|guest|member|patient|passenger|tenant|student|applicant)|they|he|she) ",
    re.I,
)

ARTICLES_OF_SPEECH = ("the ", "a ", "an ")


def choice_words(release: Release, choice: str) -> str | None:
    """Return the words of the document that name a choice ("the API"), or None when it has none."""
    found = Choice(choice, 1.0)
    match found.kind:
        case "step":
            held = release.routine.step(found.name) or release.routine.line(found.name)
            return _named(held.condition) if held is not None and held.condition is not None else None
        case "article":
            topic = release.routine.article.topic(int(found.name)) if found.name.isdigit() else None
            return topic.question if topic is not None else None
        case "line":
            return next((link.words for link in release.wording.links if link.line == found.name), None)
        case "document":
            card = release.card(found.name)
            return card.title if card is not None else release.title if found.name == release.name else None
        case _:
            return None


def _named(condition: Condition) -> str:
    """Return the name of a condition, or the whole of it where its name says nothing alone ("an item is missing")."""
    whole = condition.text.removesuffix(condition.name)
    alone = _IS.search(whole) is None or _OF_CUSTOMER.match(whole) is not None
    return condition.name if alone or condition.kind is not ConditionKind.REPORT else condition.text


def spoken_words(release: Release, choice: str) -> str:
    """Return the words for a choice as they stand inside a sentence: a question or a title in quotation marks."""
    words = choice_words(release, choice) or ""
    return quoted(words) if words.endswith("?") or choice.startswith("document:") else words


def quoted(words: str) -> str:
    """Return words in quotation marks."""
    return f"\u201c{words}\u201d"


def without_article(words: str) -> str:
    """Return a name as a button shows it: "API" for "the API"."""
    return next((words[len(a) :] for a in ARTICLES_OF_SPEECH if words.lower().startswith(a)), words)


def options_words(release: Release) -> tuple[str, tuple[tuple[str, str], ...]]:
    """Return the house phrase that says what this assistant can do, and its holes (R12)."""
    if release.others:
        titles = titles_words(release)
        return ("what_we_can_do", (("titles", titles),)) if titles else ("cannot_help", ())
    title = release.routine.article.title
    names = [
        step.condition.name
        for step in release.routine.conditional
        if step.condition is not None and step.condition.question is not None and not step.condition.answer
    ]
    holes = [("title", title)] if title else []
    if names:
        holes.append(("options", joined(names)))
    phrases = {2: "what_i_can_do", 1: "what_i_can_do_plain" if title else "what_i_can_do_options", 0: "cannot_help"}
    return phrases[len(holes)], tuple(holes)


def joined(names: Sequence[str]) -> str:
    """Return names as a sentence lists them: "A, B or C"."""
    return ", ".join(names[:-1]) + (" or " if len(names) > 1 else "") + names[-1]


def titles_words(release: Release) -> str:
    """Return the titles of all documents that are loaded together, this one first; empty where they are too many."""
    titles = [*([release.title] if release.title else []), *(card.title for card in release.others)]
    return joined([quoted(title) for title in titles]) if titles and len(titles) <= LISTED_MAX else ""


def welcome(release: Release) -> Offer:
    """Return what the reception offers: its documents, by their titles where they are few enough to be named."""
    if len(release.others) > LISTED_MAX:
        return Offer((), "reception_many")
    return Offer(tuple(document_choice(card.name) for card in release.others), "reception")
