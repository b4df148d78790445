"""The knowledge part of a document: questions and their answers, as they stand there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from bythebook.source.span import Span

ARTICLE: Final = "article:"
"""How the label of an answer begins, as lines have `2a`."""


@dataclass(frozen=True, slots=True)
class Passage:
    """One paragraph of an answer."""

    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Topic:
    """A question of the article with its answer; `number` counts from 1 in document order."""

    number: int
    question: str
    span: Span
    answer: tuple[Passage, ...]

    @property
    def label(self) -> str:
        """What a log calls its answer by: `article:3`."""
        return f"{ARTICLE}{self.number}"

    @property
    def text(self) -> str:
        """The whole answer, paragraphs apart."""
        return "\n\n".join(passage.text for passage in self.answer)


@dataclass(frozen=True, slots=True)
class Article:
    """The knowledge part of a document."""

    title: str
    title_span: Span
    subtitle: str
    topics: tuple[Topic, ...]

    def topic(self, number: int) -> Topic | None:
        """Return the N-th question, or None."""
        return self.topics[number - 1] if 1 <= number <= len(self.topics) else None

    def labelled(self, label: str) -> Topic | None:
        """Return the question whose answer a log calls `article:N`, or None."""
        number = label.removeprefix(ARTICLE)
        return self.topic(int(number)) if label != number and number.isascii() and number.isdigit() else None
