"""Cut a document's rows into its three parts: the article, the routine and the function definitions."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import takewhile
from typing import Final

from bythebook.compiler.choosing import split
from bythebook.compiler.counting import STEPS_MIN, steps_of_section
from bythebook.compiler.listed_functions import listed_in
from bythebook.compiler.markdown import Row, RowKind
from bythebook.compiler.marks import lettered
from bythebook.compiler.outline import BULLET, begins_routine, has_plain_steps, is_step_heading, is_step_line
from bythebook.compiler.recognise import masked
from bythebook.compiler.tables import heads
from bythebook.compiler.text import plain, unbolded
from bythebook.source.span import SourceFile, Span


class Part(Enum):
    ARTICLE = "article"
    ROUTINE = "routine"
    FUNCTIONS = "functions"


@dataclass(frozen=True, slots=True)
class Parts:
    """Rows by part; the headings and rules that only divide are left out."""

    title: Row | None
    article: tuple[Row, ...]
    routine: tuple[Row, ...]
    functions: tuple[Row, ...]
    functions_heading: Span | None
    choosing: tuple[Row, ...] = ()
    """What says which path a case takes, before the first path; where it turns out not to, it is of the article."""


# What a heading says it opens. A bold line opens a part too, where it stands alone.
_OPENINGS: Final[tuple[tuple[re.Pattern[str], Part], ...]] = (
    (
        re.compile(
            r"(?:the )?(?:routine|steps|procedure|policy|workflow|process|flow|"
            r"(?:step[- ]by[- ]step )?instructions)(?: steps)?:?$",
            re.I,
        ),
        Part.ROUTINE,
    ),
    (re.compile(r"(?:(?:functions?|tools?)(?: definitions?)?|definitions):?$", re.I), Part.FUNCTIONS),
    (
        re.compile(
            r"(?:(?:the|all) )?(?:(?:available|supported|possible|permitted|allowed) "
            r"(?:(?:device|system|your|\w+) )?(?:functions|tools|actions|commands|operations)(?: reference| list)?|"
            r"(?:\w+ )?(?:functions?|tools?|actions?|commands?|operations?) (?:reference|list))(?: \([^()]*\))?:?$",
            re.I,
        ),
        Part.FUNCTIONS,
    ),
    (re.compile(r"(?:the )?(?:solution|article|answer)s?:?$", re.I), Part.ARTICLE),
)
_SPEAKS_OF_FUNCTIONS: Final = re.compile(
    r"(?:(?:the|all|our|your) )?(?:functions|tools|commands|apis?|api calls|endpoints|back ?end|"
    r"system calls)\b(?!['’])[^.:?!]{0,60}:?$|"
    r"(?!.*\b(?:steps?|routine|procedure|call|use|run|check)\b)(?:[\w-]+ ){1,3}(?:functions|tools):?$",
    re.I,
)
"""A heading that opens the definitions where some stand right under it: "Functions that may be called"."""

_DEFINED: Final = re.compile(
    r"(?![\W\d]*\w+\s+(?:[a-z]+\s+)?`)[\W\d]*(?:(?:def|function)\s+)?(?:[a-z]\w*_\w+|[a-z]\w*\([^()]*\))", re.I
)
BELOW_MAX: Final = 4
"""Lines under such a heading that are looked at: a table's first row says nothing."""


_LISTS: Final = re.compile(
    r"(?:\d{1,2}(?:\.\d{1,2}){0,2}[.)]?[ \t]+)?"
    r"(?:(?:the )?functions?(?: definitions?)?|(?:function )?definitions|tools):?$",
    re.I,
)
"""Plain words over the definitions, alone on their line."""

_MAY_OPEN: Final = re.compile(
    r"(?:(?:the|our) )?(?:handling(?: of [\w ]{2,30})?|(?:macro|call|chat|dialogue?|decision) ?(?:flow|tree|script)|"
    r"how (?:the|our) (?:\w+ ){1,3}(?:answers?|responds?|replies|reply|proceeds?|works?|handles? [\w ]{2,30})|"
    r"playbook|script|dialogue|conversation|guided conversation|what (?:the assistant|we|you|agents) (?:does|"
    r"do))(?: steps)?:?$",
    re.I,
)
"""A heading that opens the routine where nothing else does, and a list stands right under it."""

_LISTED_BELOW: Final = re.compile(
    r"\\?[-*+•→➔][ \t]|\w{1,3}[.)][ \t]|\((?:\d{1,2}|[a-z])\)[ \t]|§[ ]?\d|\[[A-Z][\w-]*\d\]|"
    r"\**(?:step|question|phase) \d",
    re.I,
)
_ROUTINE: Final = re.compile(r"(?:the )?routine:?$", re.I)
# Plain words over the first step that only say that the steps follow.
_LEADS: Final = re.compile(
    r"(?:here (?:is|are) the (?:policy|routine|steps|procedure)|(?:follow )?(?:these|the|the following)? ?steps"
    r"(?: to follow)?(?: in order)?)\s*:$",
    re.I,
)
_DEFINES: Final = re.compile(r"(?:\\?[-*+•]\s+|\w{1,4}[.)]\s+)?\**(?:function\s*:\**\s*`|define (?:the )?`)", re.I)
_SPEAKS_OF_IT: Final = re.compile(r"(?:\\?[-*+•]\s+)?\**(?:purpose|parameters?|returns?|description)\**\s*:", re.I)
_FIRST_STEP: Final = re.compile(r"(?:\d{1,4}[.)]|Q\d{1,3}[.):])\s")
_BEGINS_LIST: Final = re.compile(r"\\?[-*+•]\s|\w{1,3}[.)]\s|\d{1,2}(?:\t| {2,3})[A-Z]|\**(?:step|phase)\s+\d", re.I)
_NUMBERED: Final = re.compile(
    r"(?:\d{1,2}(?:\.\d{1,2}){0,2}[.)]?|(?:annex|appendix|attachment|schedule)(?: (?:\d{1,2}|[A-Z]))?"
    r"\s*[.:–—-]|(?:annex|appendix) (?:\d{1,2}|[A-Z])\b|(?:part|chapter) (?:\d{1,2}|[A-Z]|[IVX]{1,4})\b\s*[.:–—-]?)"
    r"[ \t]+(?=[A-Z])",
    re.I,
)
"""The number of a section before its name: "2 Procedure", "Annex A – Functions"."""

_SPELLED: Final = re.compile(r"(?P<label>\d{1,4}(?:\.\d{1,4})+)[.)]?[ \t]+(?=[A-Z])")
BULLETS_MIN: Final = 3
"""Fewer bullets that tell what to do are no routine."""

_INSTRUCTS: Final = re.compile(
    r"\W*(?:ask|call|tell|inform|say|explain|thank|greet|if|check|verify|look|find|run|use|transfer|put|go|send|give|"
    r"offer|apologi[sz]e|collect|get|confirm|record|book|close|hand|request|let|remind|welcome)\b",
    re.I,
)
"""How a bullet begins that tells the assistant what to do."""

_CALLS: Final = re.compile(r"`[a-z]\w*_\w+|\b(?:call|run|use|trigger) (?:the )?`?[a-z]\w*_\w+", re.I)

_MATTER: Final = re.compile(
    r"\**(?:inputs?|(?:client |input |required )?parameters?|variables|tools|functions|slots|owner|tags|version|"
    r"last (?:updated|reviewed|changed)|reviewed by|status)\**\s*:\**\s*\S",
    re.I,
)
"""A line about the document, or about what it works with; nothing that a customer is told."""

_ESCAPED_RULE: Final = re.compile(r"([-*_])\1{2,}$")


def cut(rows: Sequence[Row], file: SourceFile) -> Parts:
    """Return the rows of each part. Without a heading for the routine, the first numbered line opens it."""
    heading = heads(rows, file)
    kept = [row for at, row in enumerate(rows) if at not in heading and not _divides(row, file)]
    openings = {index: part for index in range(len(kept)) if (part := _opens(index, kept, file)) is not None}
    if Part.ROUTINE not in openings.values():
        openings.update(_plainly(kept, file) or _likely(kept, file))
    openings = _of_the_house(openings, kept, file)
    headed = Part.ROUTINE in openings.values()
    spelled = has_plain_steps(kept, file)
    stepped = any(_is_step(row, file, spelled) for row in kept)
    begins = next((index for index, row in enumerate(kept) if stepped and _begins(row, file, spelled)), len(kept))
    title = next((row for index, row in enumerate(kept[:begins]) if _is_title(row, index, openings, file)), None)
    letters = lettered(kept, file)
    first_bullet = _first_bullet(kept, file) if not headed and not stepped and not letters else None
    if first_bullet is None and not headed and not stepped and not letters:
        first_bullet = _first_of_section(kept, file)
    by_part: dict[Part, list[Row]] = {part: [] for part in Part}
    current = before = Part.ARTICLE
    level = 0
    listed = listed_in(kept, file)
    functions_heading: Span | None = None
    for index, row in enumerate(kept):
        if row is title:
            continue
        if index in openings:
            before = current if current is not Part.FUNCTIONS else before
            current = openings[index]
            if current is Part.FUNCTIONS:
                functions_heading, level = functions_heading or row.span, _level(row, file)
            continue
        if current is Part.FUNCTIONS and 0 < _level(row, file) <= level:
            # Another heading as high as the one over the functions: they end here.
            current = before
        first = _begins(row, file, spelled) if stepped else bool(_FIRST_STEP.match(file.text, row.span.start))
        first = first or index in letters or index == first_bullet
        if current is Part.ARTICLE and not headed and first:
            current = Part.ROUTINE
        by_part[current if row.block not in listed else Part.FUNCTIONS].append(row)
    steps = by_part[Part.ROUTINE]
    loose, article = _loose(by_part[Part.ARTICLE], title, steps[0].span.start if steps else 0, file)
    routine, inline = _inline((*loose, *steps) if steps else (), file)
    if not steps:
        article = tuple(by_part[Part.ARTICLE])
    choosing: tuple[Row, ...] = ()
    if stepped:
        article, choosing = split(article, file)
    return Parts(title, article, routine, (*inline, *by_part[Part.FUNCTIONS]), functions_heading, choosing)


def _first_bullet(rows: Sequence[Row], file: SourceFile) -> int | None:
    """Return where the routine begins in a document that numbers nothing: its first bullet, if these instruct."""
    if any(_FIRST_STEP.match(file.text, row.span.start) for row in rows):
        return None
    bullets = [(at, match.end()) for at, row in enumerate(rows) if (match := BULLET.match(file.text, row.span.start))]
    told = [at for at, start in bullets if _INSTRUCTS.match(file.text, start, rows[at].span.end)]
    calls = any(_CALLS.search(masked(file.slice(rows[at].span))) for at in told)
    enough = len(told) >= BULLETS_MIN and 2 * len(told) >= len(bullets) and (calls or len(told) >= 2 * BULLETS_MIN)
    if not enough:
        return None
    first = bullets[0][0]
    return first - 1 if first and rows[first - 1].kind is RowKind.HEADING and first - 1 > 0 else first


def _first_of_section(rows: Sequence[Row], file: SourceFile) -> int | None:
    """Return where the routine begins in a chapter that numbers its sections alone: "7.1 Identification"."""
    if any(row.kind is RowKind.TEXT and _FIRST_STEP.match(file.text, row.span.start) for row in rows):
        return None
    found = [(at, match) for at, row in enumerate(rows) if (match := _SPELLED.match(file.text, row.span.start))]
    told = [at for at, match in found if _INSTRUCTS.match(file.text, match.end(), rows[at].span.end)]
    steps = steps_of_section([match["label"] for _, match in found])
    enough = len(steps) >= STEPS_MIN and len(told) >= BULLETS_MIN
    return found[0][0] if enough and any(_CALLS.search(masked(file.slice(rows[at].span))) for at in told) else None


def _plainly(rows: Sequence[Row], file: SourceFile) -> dict[int, Part]:
    """Return the line that says "ROUTINE" and nothing else, in a paragraph of its own, right over a step."""
    for index, row in enumerate(rows[:-1]):
        alone = row.kind is RowKind.TEXT and rows[index + 1].block != row.block
        alone = alone and (index == 0 or rows[index - 1].block != row.block)
        begins = _BEGINS_LIST.match(file.text, rows[index + 1].span.start)
        if alone and begins and _OPENINGS[0][0].match(plain(file.slice(row.span))):
            return {index: Part.ROUTINE}
    return {}


def _likely(rows: Sequence[Row], file: SourceFile) -> dict[int, Part]:
    """Return the heading that may open the routine, with a list right under it or under a heading of its own."""
    for index, row in enumerate(rows):
        if row.kind is RowKind.HEADING and _MAY_OPEN.match(_NUMBERED.sub("", plain(file.slice(row.span)))):
            below = (one for one in rows[index + 1 : index + 1 + BELOW_MAX] if one.kind is not RowKind.HEADING)
            first = next(below, None)
            if first is not None and _LISTED_BELOW.match(file.text, first.span.start, first.span.end):
                return {index: Part.ROUTINE}
    return {}


def _level(row: Row, file: SourceFile) -> int:
    """Return how many marks a heading has; 0 for what is none."""
    if row.kind is not RowKind.HEADING:
        return 0
    line = file.line(file.position(row.span.start)[0]).lstrip()
    return len(line) - len(line.lstrip("#"))


def _of_the_house(openings: dict[int, Part], rows: Sequence[Row], file: SourceFile) -> dict[int, Part]:
    """Between `Solution` and `Routine` everything is the article, whatever its own headings are called."""
    article = next((at for at, part in openings.items() if part is Part.ARTICLE), None)
    routine = next((at for at in openings if _ROUTINE.match(plain(file.slice(rows[at].span)).strip("*"))), None)
    if article is None or routine is None:
        return openings
    return {at: part for at, part in openings.items() if not article < at < routine}


def _begins(row: Row, file: SourceFile, spelled: bool) -> bool:
    words = file.slice(row.span)
    return begins_routine(words) if row.kind is RowKind.HEADING else _is_step(row, file, spelled)


def _is_step(row: Row, file: SourceFile, spelled: bool) -> bool:
    words = file.slice(row.span)
    if row.kind is RowKind.HEADING:
        return is_step_heading(words)
    return row.kind is RowKind.TEXT and is_step_line(words, spelled)


def _loose(
    rows: Sequence[Row], title: Row | None, first: int, file: SourceFile
) -> tuple[tuple[Row, ...], tuple[Row, ...]]:
    """Return the rows that stand before the first step under no heading at all: notes; and the rest, the article."""
    for index, row in enumerate(rows):
        headed = (title is not None and title.span < row.span) or row.span.start > first
        if headed or row.kind is not RowKind.TEXT or unbolded(file, row.span) is not None:
            named = [one for one in rows[index:] if one.span.start < first and _is_matter(one, rows[index:], file)]
            return (*rows[:index], *named), tuple(one for one in rows[index:] if one not in named)
    return tuple(rows), ()


def _is_matter(row: Row, rows: Sequence[Row], file: SourceFile) -> bool:
    """Whether a line tells those who set the document up what it works with: "Inputs: order_id (required)"."""
    lines = [one for one in rows if one.block == row.block]
    return row.kind is RowKind.TEXT and all(_MATTER.match(file.text, one.span.start) for one in lines)


def _inline(rows: Sequence[Row], file: SourceFile) -> tuple[tuple[Row, ...], tuple[Row, ...]]:
    """Return the rows of the steps, and those that define a function among them."""
    steps: list[Row] = []
    defined: list[Row] = []
    opened: Row | None = None
    for row in rows:
        words = file.slice(row.span)
        if _DEFINES.match(words):
            opened = row
        elif opened is not None and row.indent <= opened.indent and not _SPEAKS_OF_IT.match(words):
            opened = None
        (steps if opened is None else defined).append(row)
    return tuple(steps), tuple(defined)


def _divides(row: Row, file: SourceFile) -> bool:
    if row.kind in (RowKind.RULE, RowKind.COMMENT):
        return True
    # "\---": a rule that an editor escaped.
    words = plain(file.slice(row.span))
    return row.kind is RowKind.TEXT and bool(_ESCAPED_RULE.match(words) or _LEADS.match(words))


def _opens(index: int, rows: Sequence[Row], file: SourceFile) -> Part | None:
    """Return the part that a row opens, looking at what stands under a heading that may speak of functions."""
    row = rows[index]
    part = opens_part(row, file)
    inner = unbolded(file, row.span)
    if part is not None or index + 1 == len(rows) or (row.kind is not RowKind.HEADING and inner is None):
        return part
    if not _SPEAKS_OF_FUNCTIONS.match(_NUMBERED.sub("", plain(file.slice(inner or row.span)))):
        return None
    below = takewhile(lambda one: one.kind is not RowKind.HEADING, rows[index + 1 : index + 1 + BELOW_MAX])
    return Part.FUNCTIONS if any(_DEFINED.match(file.text, one.span.start, one.span.end) for one in below) else None


def opens_part(row: Row, file: SourceFile) -> Part | None:
    """Return the part of the document that a heading, or a bold line, opens."""
    inner = unbolded(file, row.span)
    if row.kind is not RowKind.HEADING and inner is None:
        lists = _LISTS.match(_NUMBERED.sub("", file.slice(row.span)))
        return Part.FUNCTIONS if row.kind is RowKind.TEXT and lists else None
    words = _NUMBERED.sub("", plain(file.slice(inner or row.span)))
    return next((part for pattern, part in _OPENINGS if pattern.match(words)), None)


def _is_title(row: Row, index: int, openings: dict[int, Part], file: SourceFile) -> bool:
    opens = index in openings or any(index > at for at in openings)
    return row.kind is RowKind.HEADING and not opens and not is_step_heading(file.slice(row.span))
