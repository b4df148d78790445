"""One item may hold several sentences, each with its condition before it or behind it: "If they agree, call f."

A sentence is cut only where both parts are understood; what is not stays whole, and is reported whole.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Final, TypeAlias

from bythebook.compiler.behind import ONLY, TRAILING, hangs_on
from bythebook.compiler.builders import topic_closes
from bythebook.compiler.clause_words import (
    BEHIND,
    BY_THEN,
    COMPARED,
    CONDITION,
    CUT,
    DEED_INSIDE,
    DONE_BY_YOU,
    ELSE,
    EVENT,
    FAILS_AGAIN,
    FIRST,
    INVERTED,
    JOINT,
    KEPT,
    LEAD,
    MEASURED,
    OPTION,
    SPOKEN,
    STATES,
    TELLS_HOW,
    THEN,
    TRIES,
    WHO,
)
from bythebook.compiler.comparison import read_comparison
from bythebook.compiler.forms import (
    Asking,
    Behaving,
    Calling,
    Chain,
    Collecting,
    Form,
    Going,
    Handing,
    Hanging,
    Quoted,
    Repeating,
    Voice,
)
from bythebook.compiler.measures import read_measure
from bythebook.compiler.recognise import masked, recognise_at
from bythebook.compiler.sentences import CLAUSES_MAX, covered, sentences, trimmed
from bythebook.source.span import Span

Recognise: TypeAlias = Callable[[str, int, int], Form | None]
"""Reads the words between two places of a text."""

CHARACTERS_MAX: Final = 2_000
"""A longer line is not taken apart."""


@dataclass(frozen=True, slots=True)
class Part:
    """One thing to do, with its place in the item's words."""

    span: Span
    form: Form | None


@dataclass(frozen=True, slots=True)
class Clause:
    """A sentence: what must hold, and what to do then, in order."""

    span: Span
    condition: Span | None
    chain: Chain
    parts: tuple[Part, ...]
    states: bool = False
    """It only tells what holds then; what to do, if anything, stands under it."""


_AFTER_VALUES: Final = (Asking, Calling, Going, Handing, Quoted, Repeating)
"""What may follow a question for values in one sentence; anything else may be part of what is asked for."""


def read_clauses(words: str, recognise: Recognise = recognise_at) -> tuple[Clause, ...]:
    """Return the sentences of an item; a single one that is not understood has a part without a form."""
    text = masked(words)
    if len(text) > CHARACTERS_MAX:
        return (_whole(text, Span(0, len(text))),)
    found: list[Clause] = []
    for span in sentences(text):
        clause = _sentence(text, span, recognise) or _whole(text, span)
        before = found[-1] if found else None
        goes_on = before is not None and before.condition is not None and before.parts and clause.condition is None
        if before is not None and goes_on and THEN.match(text, span.start, span.end):
            # "If it is declined, tell the customer. Then proceed to step 5.": both under the condition.
            found[-1] = replace(before, span=Span(before.span.start, span.end), parts=(*before.parts, *clause.parts))
        else:
            found.append(clause)
    return _noted(text, _asked_first(text, found)) or (_whole(text, Span(0, len(text))),)


def _asked_first(text: str, found: list[Clause]) -> list[Clause]:
    """ "Call f(email); if you don't have the email yet, ask for it first": what is asked first comes first."""
    last = found[-1] if len(found) > 1 else None
    if last is None or last.condition is None or not FIRST.search(text, last.span.start, last.span.end):
        return found
    return [last, *found[:-1]]


def _noted(text: str, found: list[Clause]) -> tuple[Clause, ...]:
    """Sentences before a condition that only say how things are ("Gold members have it on file.") are notes."""
    last = found[-1] if found else None
    if last is None or last.condition is None or last.parts:
        return tuple(found)
    return tuple(_note(text, clause) for clause in found)


def _note(text: str, clause: Clause) -> Clause:
    unread = clause.condition is None and len(clause.parts) == 1 and clause.parts[0].form is None
    if not unread or not TELLS_HOW.match(text, clause.span.start, clause.span.end):
        return clause
    return replace(clause, parts=(Part(clause.span, Behaving()),))


def carried_out(words: str) -> bool:
    """Tell whether words are one sentence that says what to do, under no condition."""
    clauses = read_clauses(words)
    one = clauses[0] if len(clauses) == 1 else None
    return one is not None and one.condition is None and all(part.form is not None for part in one.parts)


def _whole(text: str, span: Span) -> Clause:
    return Clause(span, None, Chain.IF, (Part(span, None),))


def _sentence(text: str, span: Span, recognise: Recognise) -> Clause | None:
    lead = LEAD.match(text, span.start, span.end)
    start = lead.end() if lead else span.start
    by_then = BY_THEN.match(text, start, span.end)
    start = by_then.end() if by_then else start
    trailing = _trailing(text, start, span, recognise)
    if trailing is not None:
        return trailing
    form = recognise(text, span.start, span.end) or recognise(text, start, span.end)
    if isinstance(form, Hanging):
        event = _conditional(text, start, span, recognise) if form.chain is Chain.EVENT else None
        chain = _chain(form.chain, text[form.condition.start : form.condition.end])
        return event or Clause(span, form.condition, chain, ())
    if form is not None:
        return Clause(span, None, Chain.IF, (Part(span, form),))
    return (
        _otherwise(text, start, span, recognise)
        or _conditional(text, start, span, recognise)
        or _option(text, start, span, recognise)
        or _behind(text, start, span, recognise)
        or _plain(text, start, span, recognise)
    )


def _chain(chain: Chain, words: str) -> Chain:
    if chain in (Chain.ELSE, Chain.ELSE_IF):
        return chain
    happened = DONE_BY_YOU.match(words) or (chain is Chain.EVENT and EVENT.match(words))
    return Chain.EVENT if happened else Chain.IF


def _conditional(text: str, start: int, span: Span, recognise: Recognise) -> Clause | None:
    head = CONDITION.match(text, start, span.end)
    if head is None:
        return None
    word = head["chain"].lower()
    covers = covered(text)
    for cut in _cuts(CUT, text, head.end(), span.end, covers):
        if cut.start() <= head.end():
            continue
        parts = _parts(text, cut.end(), span.end, CLAUSES_MAX, recognise)
        if parts is None:
            parts = _stated(text, cut.end(), span.end, recognise)
        if parts is None:
            continue
        if _holds_a_deed(text, head.end(), cut.start(), covers):
            break
        condition = trimmed(text, head.start("chain") if word in KEPT else head.end(), cut.start())
        if WHO.fullmatch(text, condition.start, condition.end):
            continue  # "If they ask about ...": the verb is theirs
        if _holds_more(word, text, condition):
            return None
        if word in ("for", "in"):
            chain = Chain.ELSE
        elif " " in word:
            plain = word.startswith(("as soon", "at any", "in ", "provided"))
            chain = Chain.IF if plain else Chain.ELSE_IF
        else:
            chain = Chain.EVENT if word in ("once", "after") else Chain.IF
        again = _tries(text, condition)
        if again is not None:
            chain, parts = Chain.IF, (again, *parts)
        return Clause(span, condition, _chain(chain, text[condition.start : condition.end]), parts, not parts)
    return None


def _holds_more(word: str, text: str, condition: Span) -> bool:
    """Whether words taken for a condition hold words to be said, or a sentence of its own."""
    # "Is it expired, they get a note, and ...": what follows the first comma is done then.
    more = word in INVERTED and "," in text[condition.start : condition.end]
    return more or SPOKEN.search(text, condition.start, condition.end) is not None


def _stated(text: str, start: int, end: int, recognise: Recognise) -> tuple[Part, ...] | None:
    """Return what to do behind a statement ("it might be slow and you must ..."); nothing to do for one alone."""
    states = STATES.match(text, start, end)
    if states is None:
        return None
    return _parts(text, states.end(), end, CLAUSES_MAX, recognise) if states["more"] else ()


def _otherwise(text: str, start: int, span: Span, recognise: Recognise) -> Clause | None:
    head = ELSE.match(text, start, span.end)
    parts = _parts(text, head.end(), span.end, CLAUSES_MAX, recognise) if head else None
    return Clause(span, Span(*head.span("condition")), Chain.ELSE, parts) if head and parts else None


def _holds_a_deed(text: str, start: int, end: int, covered: list[bool]) -> bool:
    """Whether words taken for a condition hold something to do: then they are cut at the wrong place."""
    return any(not covered[match.start()] for match in DEED_INSIDE.finditer(text, start, end))


def _tries(text: str, condition: Span) -> Part | None:
    """Return what comes before a second or third failure: that it is tried again."""
    match = FAILS_AGAIN.match(text, condition.start, condition.end)
    if match is None:
        return None
    return Part(condition, Repeating("", TRIES[(match["count"] or match["ordinal"]).lower()]))


def _option(text: str, start: int, span: Span, recognise: Recognise) -> Clause | None:
    head = OPTION.match(text, start, span.end) or _compares(text, start, span.end)
    worded = head is not None and any(map(str.isalnum, head["condition"]))
    parts = _parts(text, head.end(), span.end, CLAUSES_MAX, recognise) if head and worded else None
    return Clause(span, Span(*head.span("condition")), Chain.IF, parts) if head and parts else None


def _compares(text: str, start: int, end: int) -> re.Match[str] | None:
    """A comparison before a colon, without an "if": "price > 100: pass the case to a human"."""
    head = COMPARED.match(text, start, end) or MEASURED.match(text, start, end)
    words = head["condition"] if head is not None else ""
    return head if head is not None and (read_comparison(words) or read_measure(words)) is not None else None


def _behind(text: str, start: int, span: Span, recognise: Recognise) -> Clause | None:
    tail = BEHIND.search(text, start, span.end)
    parts = _parts(text, start, tail.start(), CLAUSES_MAX, recognise) if tail else None
    return Clause(span, Span(*tail.span("condition")), Chain.IF, parts) if tail and parts else None


def _trailing(text: str, start: int, span: Span, recognise: Recognise) -> Clause | None:
    """Return a deed with what must hold for it, where that stands behind it: "Call f if the customer agrees"."""
    if CONDITION.match(text, start, span.end) or ELSE.match(text, start, span.end):
        return None
    tail = next(_cuts(TRAILING, text, start, span.end, covered(text)), None)
    if tail is None:
        return None
    only = ONLY.match(text, start, span.end)
    deed = Span(only.end() if only else start, tail.start())
    parts = _parts(text, deed.start, deed.end, CLAUSES_MAX, recognise)
    word = tail["chain"].lower()
    sure = bool(only or tail["only"])
    if parts is None or not all(
        hangs_on(part.form, text[part.span.start : part.span.end], word, only=sure) for part in parts
    ):
        return None
    condition = trimmed(text, tail.start("chain") if word in KEPT else tail.start("words"), tail.end("words"))
    chain = Chain.EVENT if word in ("once", "after", "as soon as") else Chain.IF
    return Clause(span, condition, _chain(chain, text[condition.start : condition.end]), parts)


def _plain(text: str, start: int, span: Span, recognise: Recognise) -> Clause | None:
    parts = _parts(text, start, span.end, CLAUSES_MAX, recognise)
    return Clause(span, None, Chain.IF, parts) if parts else None


def _parts(text: str, start: int, end: int, room: int, recognise: Recognise) -> tuple[Part, ...] | None:
    """Return what to do, cut at joints where both sides are understood; nothing when any of it is not."""
    span = trimmed(text, start, end)
    form = recognise(text, span.start, span.end)
    if form is not None and not isinstance(form, Hanging):
        return (Part(span, form),)
    if room <= 1 or span.end <= span.start:
        return None
    for cut in _cuts(JOINT, text, span.start, span.end, covered(text)):
        left = recognise(text, span.start, cut.start())
        if cut["no"] and not topic_closes(text[span.start : cut.start()]):
            continue  # only behind the closing question nothing else can follow than its no
        if left is None or isinstance(left, Hanging) or (_is_bare(left) and "→" not in cut[0] and "->" not in cut[0]):
            continue
        rest = _parts(text, cut.end(), span.end, room - 1, recognise)
        if isinstance(left, Collecting) and (rest is None or not isinstance(rest[0].form, _AFTER_VALUES)):
            continue
        if rest is not None:
            return (Part(trimmed(text, span.start, cut.start()), left), *rest)
    return None


def _is_bare(form: Form) -> bool:
    return isinstance(form, Quoted) and form.voice is Voice.BARE


def _cuts(pattern: re.Pattern[str], text: str, start: int, end: int, covered: list[bool]) -> Iterator[re.Match[str]]:
    tried = 0
    for match in pattern.finditer(text, start, end):
        if not covered[match.start()] and tried < CLAUSES_MAX:
            tried += 1
            yield match
