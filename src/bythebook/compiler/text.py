"""Small readings of raw words: what a customer sees of them, and their tokens with places."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from bythebook.source.span import SourceFile, Span

_ESCAPE: Final = re.compile(r"\\([!-/:-@\[-`{-~])")
_TOKEN: Final = re.compile(r"\S+")
_EDGES: Final = ".,;:!?()[]{}\"'“”‘’`*_"
_NAME: Final = re.compile(r"[A-Za-z_]\w*")
_NOT_A_NAME: Final = re.compile(r"[^a-z0-9]+")


def plain(raw: str) -> str:
    """Return the words as one line, Markdown's backslashes resolved."""
    joined = " ".join(part.strip(" \t>") for part in raw.split("\n")) if "\n" in raw else raw
    return _ESCAPE.sub(r"\1", joined)


def words_at(file: SourceFile, span: Span) -> str:
    """Return the plain words at a place."""
    return plain(file.slice(span))


def unbolded(file: SourceFile, span: Span) -> Span | None:
    """Return the place inside `**...**` when the whole of it is bold, else nothing."""
    raw = file.slice(span)
    if len(raw) > 4 and raw.startswith("**") and raw.endswith("**") and "**" not in raw[2:-2]:
        inner = raw[2:-2]
        start = span.start + 2 + len(inner) - len(inner.lstrip())
        return Span(start, max(start, start + len(inner.strip())))
    return None


@dataclass(frozen=True, slots=True)
class Token:
    """A word with its place; `key` is what it is compared by."""

    key: str
    span: Span


def tokens_at(file: SourceFile, span: Span) -> tuple[Token, ...]:
    """Return the words at a place, punctuation around them left out of the comparison."""
    return tuple(
        Token(match[0].strip(_EDGES).casefold(), Span(span.start + match.start(), span.start + match.end()))
        for match in _TOKEN.finditer(file.slice(span))
    )


def stem(word: str) -> str:
    """Return a word without its plural or third-person ending ("requires" gives "require")."""
    word = word.removesuffix("'s").removesuffix("’s")
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 3 and word.endswith("s") and not word.endswith("ss"):
        return word[:-1]
    return word


def stems(text: str) -> frozenset[str]:
    """Return the stems of all words in a text."""
    found = (match[0].strip(_EDGES).casefold() for match in _TOKEN.finditer(text))
    return frozenset(stem(word) for word in found if word)


def names_in(file: SourceFile, spans: Iterable[Span]) -> frozenset[str]:
    """Return every word at these places that could be a function's name."""
    return frozenset(match[0] for span in spans for match in _NAME.finditer(file.text, span.start, span.end))


def snake(text: str) -> str:
    """Return the words in snake case: "requires a BAA" gives `requires_a_baa`."""
    return _NOT_A_NAME.sub("_", text.casefold().replace("'", "").replace("’", "")).strip("_")
