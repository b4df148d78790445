"""Lines named after an answer or a result: "Ask how to pay: a) Card: call f. b) Cash: tell them ...".

One such line may be a heading of its own; two or more under a question or a call are its branches.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from bythebook.compiler.clauses import Clause, Part, Recognise, read_clauses
from bythebook.compiler.forms import Asking, Calling, Chain, Collecting, Quoted, Telling
from bythebook.compiler.outline import Item
from bythebook.compiler.people import PEOPLE
from bythebook.source.span import SourceFile, Span

BRANCHES_MIN: Final = 2
WORDS_MAX: Final = 8
"""A longer name is a sentence."""

_NAME: Final = re.compile(
    r"\s*\**(?!(?:if|when|once|else|otherwise|note|important|step|call|use|run|say|tell|ask|inform|thank|greet)\b)"
    r"(?P<name>[^:\"“”`(){}<>→\n*]{1,60}?)\**(?P<colon>:)\**\s+(?=\S)",
    re.I,
)
_HEAD: Final = re.compile(
    r"\s*(?!(?:if|when|once|else|otherwise|note|important|step|then|following|for)\b)"
    r"\**(?P<name>[^:\"“”`(){}<>→\n*]{1,60}?)\**:\**\s*",
    re.I,
)
_OFFERED: Final = re.compile(
    r"\(?\b(?P<letter>[a-h])\)\s*['\"‘“]?(?P<name>[^()?,;'\"‘’“”]{2,60}?)['\"’”]?\s*(?=,|;|\?|\bor\b|\(|$)", re.I
)
_STATES: Final = re.compile(
    r"(?!(?:make|ensure|verify|check|confirm|see|note|find|use|do|get|set|add|put|look)\b)(?!"
    rf"(?:the )?(?:{PEOPLE}|they|he|she)\b)"
    r"(?:[\w'’-]+ ){1,6}?(?:is|are|costs?|takes?|lasts?|applies|apply|will|can|may|must|needs?)\b"
    r"(?![^.]*\b(?:please|human|colleague|forward|transfer|escalate|hand|you)\b)[^\"“”`:;?!]*\.?$",
    re.I,
)
"""How things are, in words that the customer can be told."""


def labelled(
    items: Sequence[Item],
    clauses: Sequence[tuple[Clause, ...]],
    children: Sequence[Sequence[int]],
    file: SourceFile,
    read: Recognise,
) -> tuple[tuple[Clause, ...], ...]:
    """Return the sentences of all items; lines under a question or a call, named after its answers, hang on it."""
    found = list(clauses)
    for parent, below in enumerate(children):
        heads = {child: _headed(items[child], children[child], file) for child in below if _unread(clauses[child])}
        if _asks(clauses[parent], file) and sum(name is not None for name in heads.values()) >= BRANCHES_MIN:
            for child, name in heads.items():
                if name is not None:
                    found[child] = (Clause(items[child].span, name, Chain.IF, ()),)
            continue
        lettered = _lettered(parent, below, items, clauses, file)
        for child, place in lettered:
            found[child] = tuple(replace(one, condition=place) for one in clauses[child])
        if lettered:
            continue
        named = [child for child in below if _unread(clauses[child]) and _name(items[child], file)]
        if len(named) < BRANCHES_MIN or not _finds_out(clauses[parent], file):
            continue
        for child in named:
            branch = _branch(items[child], file, read)
            if branch is not None:
                found[child] = branch
    return tuple(found)


def _lettered(
    parent: int, below: Sequence[int], items: Sequence[Item], clauses: Sequence[tuple[Clause, ...]], file: SourceFile
) -> list[tuple[int, Span]]:
    """Return the lines marked as the answers that a question letters: "Is it (a) a scratch or (b) a dent?"."""
    if not _asks(clauses[parent], file):
        return []
    span = items[parent].span
    found = _OFFERED.finditer(file.text, span.start, span.end)
    offered = {match["letter"].lower(): Span(*match.span("name")) for match in found}
    marked = ((child, items[child].marker.lower()) for child in below)
    named = [(child, offered[marker]) for child, marker in marked if marker in offered]
    free = all(one.condition is None for child, _ in named for one in clauses[child])
    return named if len(named) >= BRANCHES_MIN and len(named) == len(below) and free else []


def _headed(item: Item, below: Sequence[int], file: SourceFile) -> Span | None:
    """Return the name that heads lines of its own: "Window seat:" over what to do then."""
    match = _HEAD.fullmatch(file.text, item.span.start, item.span.end) if below else None
    return Span(*match.span("name")) if match is not None and len(match["name"].split()) <= WORDS_MAX else None


def _unread(clauses: Sequence[Clause]) -> bool:
    first = clauses[0] if clauses else None
    return first is not None and first.condition is None and [part.form for part in first.parts] == [None]


def _name(item: Item, file: SourceFile) -> re.Match[str] | None:
    match = _NAME.match(file.text, item.span.start, item.span.end)
    return match if match is not None and len(match["name"].split()) <= WORDS_MAX else None


def _asks(clauses: Sequence[Clause], file: SourceFile) -> bool:
    """Whether an item asks something, and says no more."""
    parts = [part for clause in clauses for part in clause.parts]
    last = parts[-1] if parts else None
    return last is not None and (
        isinstance(last.form, Asking) or (isinstance(last.form, Quoted) and "?" in file.slice(last.span))
    )


def _finds_out(clauses: Sequence[Clause], file: SourceFile) -> bool:
    for part in (part for clause in clauses for part in clause.parts):
        asks = isinstance(part.form, Quoted) and "?" in file.slice(part.span)
        if asks or isinstance(part.form, Asking | Calling | Collecting):
            return True
        if isinstance(part.form, Telling) and part.form.asks:
            return True
    return False


def _branch(item: Item, file: SourceFile, read: Recognise) -> tuple[Clause, ...] | None:
    match = _name(item, file)
    if match is None:
        return None
    words = file.slice(item.span)
    at = match.start("colon") - item.span.start
    # An arrow is as long as a colon, so that every place stays where it is.
    own = read_clauses(f"{words[:at]}→{words[at + 1 :]}", read)
    if own[0].condition is None:
        behind = Span(match.end(), item.span.end)
        if len(own) > 1 or not _STATES.match(file.slice(behind)):
            return None
        name = Span(*match.span("name"))
        return (Clause(item.span, name, own[0].chain, (Part(behind, Telling()),)),)
    return tuple(_shifted(clause, item.span.start) for clause in own)


def _shifted(clause: Clause, at: int) -> Clause:
    condition = clause.condition.shift(at) if clause.condition is not None else None
    parts = tuple(Part(part.span.shift(at), part.form) for part in clause.parts)
    return replace(clause, span=clause.span.shift(at), condition=condition, parts=parts)
