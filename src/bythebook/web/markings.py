"""A document's lines as pages show them to be read: Markdown's own marks are left out, the words stay."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from markupsafe import Markup, escape

_HEADING: Final = re.compile(r"^\s{0,3}#{1,6}\s+")
_BOLD: Final = re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1")
_STARRED: Final = re.compile(r"\*\*(?=\S)(.+?)(?<=\S)\*\*")
_CODE: Final = re.compile(r"(`+)(?=\S)(.+?)\1")
_LINK: Final = re.compile(r"\[([^\[\]]+)\]\(([^()\s]+)\)")
_ESCAPED: Final = re.compile(r"\\([\\`*_{}\[\]()#+\-.!>])")
_RULE: Final = re.compile(r"^\s*(?:\\?-\s*){3,}$|^\s*(?:\*\s*){3,}$|^\s*_{3,}\s*$")
_BULLET: Final = re.compile(r"^(?P<indent>\s*)\\?[-*+]\s+")
_NUMBER: Final = re.compile(
    r"^(?P<indent>\s*)(?:[-*+]\s+)?(?:\*\*)?(?:\d+(?:\.\d+)*[a-z]?|[a-z]|[ivx]+)\\?[.)](?:\*\*)?\s+", re.I
)


_COMMENT: Final = re.compile(r"<!--.*?-->", re.S)


@dataclass(frozen=True, slots=True)
class Read:
    """A line to be read."""

    text: str
    heading: bool = False


def emphasised(text: str) -> Markup:
    """Return what a document says with what it sets apart, as the chat shows it."""
    parts = _STARRED.split(text)
    shown = [Markup("<strong>{}</strong>").format(part) if at % 2 else escape(part) for at, part in enumerate(parts)]
    return Markup("").join(shown)


def unmarked(line: str, numbered: bool = False) -> Read:
    """Return a line without its marks; without its number too, where that stands beside it (`numbered`)."""
    line = _COMMENT.sub("", line)
    heading = _HEADING.match(line)
    text = line[heading.end() :] if heading else line
    if _RULE.match(text):
        return Read("")
    if numbered:
        text = _NUMBER.sub(lambda match: match["indent"], text, count=1)
    mark = "" if numbered or _NUMBER.match(text) else "• "
    text = _BULLET.sub(lambda match: f"{match['indent']}{mark}", text, count=1)
    for pattern, words in ((_BOLD, r"\2"), (_CODE, r"\2"), (_LINK, r"\1 (\2)"), (_ESCAPED, r"\1")):
        text = pattern.sub(words, text)
    return Read(text, heading is not None)
