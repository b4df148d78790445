"""Definitions written as code: `find(email: str) -> plan, role  # looks it up`, `def find(email): ...`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from bythebook.compiler.markdown import Row
from bythebook.compiler.parameters import parameters_in
from bythebook.compiler.text import plain
from bythebook.routine.model import FunctionDefinition
from bythebook.source.span import SourceFile, Span

CHARACTERS_MAX: Final = 2_000
"""A longer signature is not read."""

_FENCE: Final = re.compile(r"(?:`{3,}|~{3,})")
_SIGNATURE: Final = re.compile(
    r"[ \t]*(?:[-*•][ \t]+)?(?P<word>(?:(?:export|public|async)[ \t]+)*(?:def|function|fn|func|fun)[ \t]+)?"
    r"(?P<name>[A-Za-z_]\w*)[ \t]*(?P<parameters>\((?:[^()`]|\([^()`]*\))*\))[ \t]*"
    r"(?:(?:->|→|=>|⇒|:[ \t]*(?=(?!pass\b)\w+[ \t]*(?:;|\{|#|//|$))|returns?\b:?)[ \t]*"
    r"(?P<returns>(?:(?![ \t](?:#|//|--|[–—])|[ \t]*[{:;][ \t]*(?:#|//|\.\.\.|pass\b|$))[^\n])*))?"
    r"[ \t]*[:;{]?[ \t]*(?:\.\.\.|pass\b)?[ \t]*\}?[ \t]*"
    r"(?:(?:#|//|--|[–—]|-(?=[ \t])|:(?=[ \t]))[ \t]*(?P<about>[^\n]*))?$",
    re.M,
)
_COMMENT: Final = re.compile(r"(?:#|//|--|/?\*+(?=[\s/]|$))+[ \t]*(?P<words>.*?)[ \t]*(?:\*/)?$")
_QUOTES: Final = re.compile(r"(?P<mark>\"\"\"|''')(?P<words>.*?)(?P=mark)", re.S)
_BODY: Final = re.compile(r"(?:pass|\.\.\.|return\b.*|raise\b.*|[{}\])]+[;,]?|@\w[\w.()]*)$")
_KIND: Final = re.compile(
    r"\W*(?:None|void|dict|str|string|int|integer|float|number|bool|boolean|list|tuple|set|any|object|json|Promise|"
    r"Optional|Union|array|record)\b(?:\s*[\[<|].*)?\W*$",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Signed:
    """The definitions of a code block, and the places of lines in it that are no part of one."""

    functions: tuple[FunctionDefinition, ...]
    unread: tuple[Span, ...]


def read_signatures(rows: Sequence[Row], file: SourceFile) -> Signed:
    """Return what the rows of one code block define."""
    inside = [row for row in rows if not _FENCE.match(file.slice(row.span))]
    if not inside:
        return Signed((), ())
    last = inside[-1].span.end
    found: list[FunctionDefinition] = []
    unread: list[Span] = []
    said: list[str] = []
    read = depth = 0
    for row in inside:
        if row.span.start < read:
            continue
        deeper = bool(found) and row.indent > depth
        if match := signature(file, Span(row.span.start, min(last, row.span.start + CHARACTERS_MAX))):
            found.append(defined(match, file, " ".join(said)))
            read, depth = match.end(), row.indent
            said.clear()
        elif match := _QUOTES.match(file.text, row.span.start, last):
            read = match.end()
            found[-1:] = [_with(one, match["words"]) for one in found[-1:]]
        elif match := _COMMENT.match(file.text, row.span.start, row.span.end):
            words = match["words"].strip(" -=*#/")
            if deeper and not said:
                found[-1] = _with(found[-1], words)
            elif words:
                said.append(words)
        elif not _BODY.match(file.slice(row.span)):
            unread.append(row.span)
    return Signed(tuple(found), tuple(unread))


def signature(file: SourceFile, span: Span) -> re.Match[str] | None:
    """Return a signature that begins at a place, with what it returns and the words about it behind it."""
    return _SIGNATURE.match(file.text, span.start, span.end)


def is_written_as_code(match: re.Match[str]) -> bool:
    """Tell whether a signature outside of a code block can be nothing else."""
    return bool(match["word"] or (match["returns"] and match["about"]))


def defined(match: re.Match[str], file: SourceFile, said: str = "") -> FunctionDefinition:
    """Return what a signature defines; `said` stands in a comment above it."""
    parameters = parameters_in(file, Span(*match.span("parameters")))
    purpose = purpose_of(match["about"] or said, match["returns"] or "")
    return FunctionDefinition(match["name"], purpose, parameters, Span(*match.span("name")))


def purpose_of(about: str, returns: str) -> str:
    """Return what a function is for and returns, in one line; a type alone tells nothing of a result."""
    words = plain(" ".join(about.split()))
    gives = "" if _KIND.match(returns) else returns.strip(" \t{}:;`")
    joint = ". " if words and not words.endswith((".", "!", "?")) else " "
    return f"{words}{joint}Returns {gives}".strip(" .") if gives else words


def _with(one: FunctionDefinition, words: str) -> FunctionDefinition:
    purpose = " ".join((*one.purpose.split(), *plain(words).split()))
    return FunctionDefinition(one.name, purpose, one.parameters, one.span, one.words)
