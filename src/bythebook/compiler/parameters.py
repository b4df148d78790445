"""What a function takes, as people write it: `a, b`, `a: str, b: int = 3`, "card number, amount (in euros)"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from bythebook.compiler.text import plain
from bythebook.routine.model import Parameter
from bythebook.source.span import SourceFile, Span

WORDS_MAX: Final = 4
"""Longer words name no parameter."""

NOTHING: Final = re.compile(
    r"[\W_]*(?:none|nothing|n/?a|void|(?:no|without) (?:parameters?|arguments?|inputs?))?[\W_]*$", re.I
)
_TICKED: Final = re.compile(r"`\**(?P<name>[A-Za-z_]\w*)[^`]*`")
_TYPED: Final = re.compile(r"(?:str|string|int|integer|float|double|bool|boolean)\s+(?=[A-Za-z_]\w*\s*$)")
_NAMED: Final = re.compile(
    r"[\s*_`]*(?:(?:the|an?|their|customer['’]s)\s+)*(?P<words>[A-Za-z_]\w*(?:[ \t]+[a-z]\w*)*)[\s*`?]*"
    r"(?:$|(?P<about>[:=(–—\[].*|-\s.*|[,.]\s*))",
    re.I | re.S,
)
_DEFAULT: Final = re.compile(r"\s*(?::[^=]*)?=\s*\S|.*\boptional\b", re.I | re.S)
"""Behind a parameter that a call may leave out: `speed="slow"`, `notes (optional)`."""

_NOT_TAKEN: Final = frozenset(("self", "cls"))
_OPEN: Final = {"(": ")", "[": "]", "{": "}", "<": ">"}


def parameters_in(file: SourceFile, span: Span) -> tuple[Parameter, ...]:
    """Return the parameters that words list, each at its place; nothing where they say that there is none."""
    words = file.slice(span)
    if NOTHING.match(words):
        return ()
    if words.startswith("(") and words.endswith(")"):
        span = Span(span.start + 1, span.end - 1)
    found: dict[str, Parameter] = {}
    pieces = list(_pieces(file.text, span))
    ticked = any(_TICKED.search(file.slice(piece)) for piece in pieces)
    read = [_in_ticks(file, piece) if ticked else _named(file, piece) for piece in pieces]
    described = not ticked and any(one is not None and one.about for one in read)
    for one in read:
        # "name: the name, first or last": of a list that explains itself, words between commas may explain too.
        explains = described and one is not None and not one.about and len(file.slice(one.span).split()) > 1
        if one is not None and one.name not in _NOT_TAKEN and not explains:
            found.setdefault(one.name, one)
    return tuple(found.values())


def are_names(words: str) -> bool:
    """Tell whether what stands in brackets lists names, and does not say what a function does."""
    inside = words.strip().removeprefix("(").removesuffix(")")
    file = SourceFile.of("words", inside)
    pieces = [file.slice(piece).strip(" `*") for piece in _pieces(inside, Span(0, len(inside)))]
    return bool(NOTHING.match(inside)) or all(
        re.fullmatch(r"\*{0,2}[A-Za-z_]\w*\??(?:\s*[:=][^,]*)?", piece) for piece in pieces
    )


def _pieces(text: str, span: Span) -> Iterator[Span]:
    """Yield what commas, semicolons and "and" part, outside of brackets."""
    depth, start, at = 0, span.start, span.start
    while at < span.end:
        character = text[at]
        depth += (character in _OPEN) - (character in _OPEN.values() and text[at - 1] != "-")
        joint = _JOINT.match(text, at, span.end) if depth <= 0 else None
        if joint is not None:
            yield Span(start, at)
            start = at = joint.end()
            continue
        at += 1
    yield Span(start, span.end)


_JOINT: Final = re.compile(r",\s*(?:and\s+)?|;\s*|\n|(?<!\s)\s+(?:and|&)\s+")


def _in_ticks(file: SourceFile, piece: Span) -> Parameter | None:
    match = _TICKED.search(file.text, piece.start, piece.end)
    if match is None:
        return None
    about = file.text[match.end("name") : piece.end].strip(" `*")
    known = _about(file.text[match.end() : piece.end])
    return Parameter(match["name"], Span(*match.span("name")), known, bool(_DEFAULT.match(about)))


def _named(file: SourceFile, piece: Span) -> Parameter | None:
    typed = _TYPED.match(file.text, piece.start, piece.end)
    start = typed.end() if typed else piece.start
    match = _NAMED.match(file.text, start, piece.end)
    if match is None or len(match["words"].split()) > WORDS_MAX:
        return None
    words = match["words"]
    name = words if words.isidentifier() else "_".join(words.lower().split())
    about = match["about"] or ""
    place = Span(*match.span("words"))
    return Parameter(name, place, _about(about), bool(_DEFAULT.match(about))) if name.isidentifier() else None


def _about(words: str) -> str:
    return plain(words).strip(" *:`=–—-.,")
