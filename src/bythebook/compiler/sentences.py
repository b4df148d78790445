"""Where sentences begin and end in the words of an item; what stands in quotation marks or brackets ends none."""

from __future__ import annotations

import re
from typing import Final

from bythebook.source.span import Span

CLAUSES_MAX: Final = 12
"""Sentences of one line, and parts of one sentence, beyond which it is not taken apart."""

_BREAK: Final = re.compile(
    r"(?<=[.!?;])[\"”]?\s+(?=[\"“`*(]*[A-Z])|\s>\s(?=[A-Z])|(?<=;)\s+(?=(?:if|when|otherwise|else|then)\b)"
)
_NOT_A_BREAK: Final = re.compile(r"\b(?:e\.g|i\.e|etc|vs|no|approx)\.$", re.I)
_CLOSED: Final = {'"': '"', "“": "”", "`": "`", "(": ")"}


def sentences(text: str) -> list[Span]:
    """Return the places of the sentences; of too many, the whole."""
    cuts = [0]
    ends = []
    inside = covered(text)
    for match in _BREAK.finditer(text):
        closes = text[match.start()] in '"”'
        if (closes or not inside[match.start()]) and not _NOT_A_BREAK.search(text[: match.start()]):
            ends.append(match.start() + len(match[0]) - len(match[0].lstrip('"”')))
            cuts.append(match.end())
    spans = [trimmed(text, start, end) for start, end in zip(cuts, [*ends, len(text)], strict=True)]
    spans = [_unended(text, span) for span in spans if span.end > span.start]
    return spans if len(spans) <= CLAUSES_MAX else [trimmed(text, 0, len(text))]


def _unended(text: str, span: Span) -> Span:
    """Return the place without the semicolon that parts it from the next sentence."""
    return trimmed(text, span.start, span.end - 1) if text[span.end - 1] == ";" and span.end < len(text) else span


def covered(text: str) -> list[bool]:
    """Tell, for each character, whether it stands in quotation marks, backticks or brackets."""
    inside = [False] * (len(text) + 1)
    closing = ""
    for index, character in enumerate(text):
        if closing:
            inside[index] = True
            if character == closing:
                closing = ""
        elif character in _CLOSED and _CLOSED[character] in text[index + 1 :]:
            closing = _CLOSED[character]
    return inside


def trimmed(text: str, start: int, end: int) -> Span:
    """Return a place without the white space around it."""
    while start < end and text[start] in " \t\n>":
        start += 1
    while end > start and text[end - 1] in " \t\n":
        end -= 1
    return Span(start, end)
