"""The outline reader: rows become labelled items in a tree, whatever became of the document's indentation.

An item's parent is the nearest open item that stands further left; between items that start at the same column the
kind of marker decides (`1.` over `a.` over `i.` over `-`). So a tab before `a.`, a call written as `- i.` beside
`- e.` and a document whose indentation was lost all give the tree that their author numbered.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Final

from bythebook.compiler.counting import counts_on
from bythebook.compiler.markdown import Row, RowKind
from bythebook.compiler.marks import Marked, counted, section_label
from bythebook.compiler.marks import Rank as Rank
from bythebook.compiler.tables import MARK, cells_of, is_branch
from bythebook.compiler.text import unbolded
from bythebook.source.span import SourceFile, Span

NESTING_MAX: Final = 8
"""Items nested deeper than this are read as standing at this depth."""


@dataclass(frozen=True, slots=True)
class Item:
    """One item of the outline."""

    label: str
    rank: Rank
    marker: str
    """The marker as written, without the dot or bracket behind it: `2`, `e`, `2a`, `i`, `-`."""

    marker_span: Span
    span: Span
    """Its words, without the marker; they may go over several lines."""

    indent: int
    parent: int | None
    """The index of the item it belongs to."""

    beside: bool
    """It stands beside its parent, not under it: the marker alone says where it belongs."""

    spelled: str = ""
    """The whole label, where the marker itself spells it (`2a)`, `2.1`)."""

    @property
    def is_step(self) -> bool:
        """Whether it stands for itself, with all that is under it."""
        return self.parent is None and self.rank in (Rank.STEP, Rank.NUMBER)


# Without a dot or bracket behind it ("2.1 Check ..."), and so only where a paragraph begins.
_UNCLOSED: Final = re.compile(r"([0-9]{1,4}(?:\.[0-9]{1,4})+|[0-9]{1,4}[a-z])[ \t]+")
BULLET: Final = re.compile(
    r"\\?[-*+•–—▪‣◦●○■□§·➢✓](?:[ \t\u00a0]+|$)|"
    r"o(?:\t|[ \u00a0]{2,})|[-•–](?=[A-Z\"“`])|[→➔](?:[ \t\u00a0]+)|>{1,3}[ \t]+(?=[\"“])"
)
TAG: Final = r"\[(?P<tag>(?-i:[A-Z])[A-Za-z]{0,7}[- ]?\d{1,3}[a-z]?)\]"
"""A step that is named in square brackets: "[LCO-1] Greeting"."""

_HEADED: Final = re.compile(
    rf"{TAG}\s*[:.–—-]?\s+(?=\S)|"
    r"\**(?:(?:step|phase)\s+|§\s*)(?P<label>\d{1,4}(?:\.\d{1,4})*[a-z]?)(?!\w|\.\w)\**\s*[:.)–—-]*\s*\**\s*",
    re.I,
)
_SECTION: Final = re.compile(r"\**(?P<label>(?:path|section|part|flow)\s+\w+(?:\.\w+)*)\**\s*(?:[:.)–—-]|$)", re.I)
_PLAIN_STEP: Final = re.compile(
    r"(?:step|phase)\s+\d{1,4}[a-z]?\s*[.:)–—-]\s+\S|§\s*\d{1,3}[a-z]?\.?\s+(?-i:[A-Z])|"
    rf"{TAG}\s+\S",
    re.I,
)
_NUMBERED: Final = re.compile(r"\d{1,4}[.)]\s")
_BOLD_STEP: Final = re.compile(r"\*\*(?:step|phase)\s+\d{1,4}(?:\.\d{1,4})*[a-z]?\s*(?:\*\*\s*:|[:.–—-])", re.I)
_OWN_CONDITION: Final = re.compile(r"(?:If|IF|When|WHEN|Otherwise|OTHERWISE|Else|ELSE|Once)\b")
_NOTES: Final = re.compile(
    r"\**(?:please note|notes?|important(?: notes?)?|remember|(?:general )?(?:rules|guidelines|reminders))\**:\**$",
    re.I,
)
"""A line of its own over what holds for all steps."""

_ARROW: Final = re.compile(r"[A-Z][^.:;!?\"“”\n]{0,40}?\s*(?:-{1,2}>|→|=>)\s*\S")
_ACTED: Final = re.compile(r"(?:action|system|api|tool)s?:\s+\S", re.I)
_DEED: Final = re.compile(r"(?:Ask|Call|Tell|Inform|Say|Run|Go|Proceed|Transfer|Thank|Collect|Verify|Explain|Let)\b")
"""How a line begins that tells what to do, with a capital."""

_OPENS: Final = re.compile(
    r"[\s*]*(?:(?:if|when|once|else|otherwise|or else|for)\b[^\n]*:[\s*]*$|"
    r"(?-i:Otherwise|OTHERWISE|Else|ELSE)\b|(?:case|scenario|situation) \d{1,2}\s*[:.)–—-]\s)",
    re.I,
)
"""A line without a marker that is a condition for what follows it."""

ENDING: Final = 40
"""Characters at the end of an item that tell whether its sentence has ended: it may be as long as a book."""

_LISTS: Final = re.compile(r"[\s*]*(?:specifically )?(?:check|look|watch) for:[\s*]*$", re.I)
"""A line without a marker over what to look for."""

_BARE_NUMBER: Final = re.compile(r"([0-9]{1,2})(?:\t| {2,3})(?=[A-Z]|[a-z]\w*_\w)")
"""A number without a dot: "3  Ask for ...". Only where a line begins so, with a capital behind it."""

# A table: the form of a marker and its rank. A bare letter may still turn out to be a roman numeral.
_MARKERS: Final[tuple[tuple[re.Pattern[str], Rank, bool], ...]] = (
    (re.compile(r"([0-9]{1,4}(?:\.[0-9]{1,4})+)[.)](?:[ \t]+|$)"), Rank.LETTER, True),
    (re.compile(r"([0-9]{1,4}[a-z])[.)](?:[ \t]+|$)"), Rank.LETTER, True),
    (re.compile(r"([0-9]{1,4})\\?[.)](?:[ \t]+|$)"), Rank.NUMBER, False),
    (re.compile(r"([Qq][0-9]{1,3})[.):][ \t]+"), Rank.NUMBER, False),
    (re.compile(r"\**[Qq]uestion[ ]([0-9]{1,3})\s*[.):–—-]\**[ \t]+"), Rank.NUMBER, False),
    (re.compile(r"([ivx]{2,5})\\?[.)](?:[ \t]+|$)"), Rank.ROMAN, False),
    (re.compile(r"([a-zA-Z])\\?[.)](?:[ \t]+|$)"), Rank.LETTER, False),
    (re.compile(r"\(([ivx]{1,5})\)(?:[ \t]+|$)"), Rank.ROMAN, False),
    (re.compile(r"\(([a-zA-Z]|\d{1,2})\)(?:[ \t]+|$)"), Rank.LETTER, False),
)
_ROMANS: Final = ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")


def read_outline(rows: Sequence[Row], file: SourceFile) -> tuple[Item, ...]:
    """Return the items in document order; every row is a new item or goes on with the one before."""
    items: list[Item] = []
    open_items: list[int] = []
    bullets: dict[int | None, int] = {}
    deeper: set[int] = set()
    block: int | None = None
    plain = has_plain_steps(rows, file)
    for row, marked in zip(rows, counted(_markers(rows, file, plain), rows, file), strict=True):
        words = file.slice(row.span)
        if marked.rank is Rank.NOTE and open_items:
            marked = _numbered_on(row, file, items[open_items[0]]) or marked
        opens = marked.rank is Rank.NOTE and bool(_OPENS.match(words) or _ACTED.match(words))
        headed = bool(items) and items[-1].rank is Rank.STEP
        begins = bool(items) and _begins_anew(file, items[-1].span, row.span)
        if items and not opens and not headed and not begins and _goes_on(marked, row, block):
            items[-1] = replace(items[-1], span=Span(items[-1].span.start, row.span.end))
            continue
        block_before, block = block, row.block
        marked = _resolved(marked, items, open_items)
        _close(marked, items, open_items, deeper)
        lists = marked.rank is Rank.NOTE and row.block != block_before and _LISTS.match(file.slice(row.span))
        if opens or lists:
            _close_for_condition(marked, items, open_items)
        parent = open_items[-1] if open_items else None
        if marked.rank in (Rank.BULLET, Rank.NOTE):
            bullets[parent] = bullets.get(parent, 0) + 1
        above = items[parent] if parent is not None else None
        if above is not None and parent is not None and marked.indent > above.indent:
            deeper.add(parent)
        items.append(
            Item(
                _label(marked, above, bullets.get(parent, 0)),
                marked.rank,
                marked.marker,
                marked.marker_span,
                Span(marked.start, max(marked.start, row.span.end)),
                marked.indent,
                parent,
                _beside(marked, above),
                marked.spelled,
            )
        )
        if len(open_items) < NESTING_MAX and marked.rank not in (Rank.NOTE, Rank.SECTION):
            open_items.append(len(items) - 1)
    return tuple(replace(item, span=_bare(file, _cells(file, item))) for item in items)


def _markers(rows: Sequence[Row], file: SourceFile, plain: bool) -> list[Marked]:
    blocks = (None, *(row.block for row in rows))
    found: list[Marked] = []
    spelled = ""
    for row, before in zip(rows, blocks, strict=False):
        follows = bool(spelled) and counts_on(spelled, file.slice(row.span))
        found.append(_marker(row, file, row.block != before or follows, plain))
        spelled = found[-1].spelled or spelled
    return found


def opens_condition(words: str) -> bool:
    """Tell whether words without a marker are a condition for the lines that follow them."""
    return bool(_OPENS.match(words))


def begins_routine(words: str) -> bool:
    """Tell whether a heading is a step, or a part that steps are sent to (`## Path 2: Returns`)."""
    return bool(_HEADED.match(words) or _SECTION.match(words))


def is_step_line(words: str, plain: bool = False) -> bool:
    """Tell whether a line that is no heading is one all the same: `**Step 1**: Greet`; or, plain, `Step 1. Greet`."""
    return bool(_BOLD_STEP.match(words) or (plain and _PLAIN_STEP.match(words)))


def has_plain_steps(rows: Sequence[Row], file: SourceFile) -> bool:
    """Tell whether steps are spelled out in plain lines: where no line is numbered otherwise."""
    texts = [file.slice(row.span) for row in rows if row.kind is RowKind.TEXT and row.indent == 0]
    return any(_PLAIN_STEP.match(words) for words in texts) and not any(_NUMBERED.match(words) for words in texts)


def is_step_heading(words: str) -> bool:
    """Tell whether a heading is a step of the routine."""
    return bool(_HEADED.match(words))


def _numbered_on(row: Row, file: SourceFile, step: Item) -> Marked | None:
    """Return the marker of a line that goes on with its step's own number, without a dot: `2.1 Check`, `2a Check`."""
    match = _UNCLOSED.match(file.text, row.span.start, row.span.end) if row.kind is RowKind.TEXT else None
    own = match is not None and re.match(r"\d+", match[1])
    if match is None or not own or own[0] != step.marker or not file.text[match.end() : match.end() + 1].isupper():
        return None
    return Marked(Rank.LETTER, match[1], Span(*match.span(1)), match.end(), row.indent, match[1])


def _goes_on(marked: Marked, row: Row, block: int | None) -> bool:
    return marked.rank is Rank.NOTE and row.block == block and row.kind is RowKind.TEXT


def _begins_anew(file: SourceFile, before: Span, words: Span) -> bool:
    """Whether a line begins a condition of its own, behind a sentence that has ended."""
    ended = (
        file.text[max(before.start, before.end - ENDING) : before.end]
        .rstrip()
        .endswith((".", "!", "?", '"', "”", ":", ")", "`"))
    )
    if _ARROW.match(file.text, words.start, words.end):
        return True
    alike = bool(_OWN_CONDITION.match(file.text, before.start, before.end))
    if (ended or alike) and _OWN_CONDITION.match(file.text, words.start, words.end):
        return True
    return _begins_deed(file, before, words)


def _begins_deed(file: SourceFile, before: Span, words: Span) -> bool:
    """Whether two lines of a paragraph each tell what to do: "Ask for the reading" over "Call check(reading)"."""
    if not _DEED.match(file.text, words.start, words.end):
        return False
    last = file.text[max(before.start, file.text.rfind("\n", before.start, before.end) + 1) : before.end]
    return bool(_DEED.match(last) or _OWN_CONDITION.match(last)) and not last.rstrip().endswith((",", " and", " or"))


def _beside(marked: Marked, above: Item | None) -> bool:
    if above is None or marked.rank is Rank.NOTE or above.rank is Rank.STEP:
        return False
    return above.indent >= marked.indent


def _close_for_condition(marked: Marked, items: Sequence[Item], open_items: list[int]) -> None:
    """A condition without a marker belongs to the step, not to the line that happens to stand before it."""
    while open_items and items[open_items[-1]].rank > Rank.NUMBER and items[open_items[-1]].indent >= marked.indent:
        open_items.pop()


def children_of(items: Sequence[Item]) -> tuple[tuple[int, ...], ...]:
    """Return, for each item, the indices of the items directly under it."""
    found: list[list[int]] = [[] for _ in items]
    for index, item in enumerate(items):
        if item.parent is not None:
            found[item.parent].append(index)
    return tuple(tuple(indices) for indices in found)


def _marker(row: Row, file: SourceFile, begins: bool, plain: bool) -> Marked:
    at = row.span.start
    note = Marked(Rank.NOTE, "", Span(at, at), at, row.indent)
    if row.kind is RowKind.HEADING or (row.kind is RowKind.TEXT and is_step_line(file.slice(row.span), plain)):
        if match := _HEADED.match(file.text, at, row.span.end):
            place = Span(at, at + len(match[0].rstrip(" *")))
            own = match["label"] or match["tag"]
            return Marked(Rank.STEP, own, place, match.end(), row.indent, own)
        section = _SECTION.match(file.text, at, row.span.end)
        label = " ".join(section["label"].lower().split()) if section else section_label(file.slice(row.span))
        return Marked(Rank.SECTION, label, Span(at, at), at, row.indent, label)
    if row.kind is not RowKind.TEXT:
        return note
    if begins and _NOTES.match(file.text, at, row.span.end):
        return Marked(Rank.SECTION, "notes", Span(at, at), at, row.indent, section_label(file.slice(row.span)))
    start, end = at, row.span.end
    if is_branch(file, row.span):
        return Marked(Rank.BULLET, MARK, Span(at, at + 1), cells_of(file, row.span)[0].start, row.indent)
    bullet = BULLET.match(file.text, at, end)
    if bullet:
        place = Span(at, at + len(bullet[0].rstrip()))
        note = Marked(Rank.BULLET, bullet[0].strip(), place, bullet.end(), row.indent)
        start = bullet.end()
    for pattern, rank, spelled in _MARKERS:
        if match := pattern.match(file.text, start, end):
            place = Span(match.start(), match.start() + len(match[0].rstrip()))
            return Marked(rank, match[1], place, match.end(), row.indent, match[1] if spelled else "")
    if bullet is None and (match := _BARE_NUMBER.match(file.text, start, end)):
        return Marked(Rank.NUMBER, match[1], Span(*match.span(1)), match.end(), row.indent)
    if begins and (match := _UNCLOSED.match(file.text, start, end)):
        return Marked(Rank.LETTER, match[1], Span(*match.span(1)), match.end(), row.indent, match[1])
    return note


def _resolved(marked: Marked, items: Sequence[Item], open_items: Sequence[int]) -> Marked:
    """Tell the letter `i` from the numeral `i`: it is the letter where it follows `h`."""
    if marked.rank not in (Rank.LETTER, Rank.ROMAN) or marked.spelled or marked.marker not in _ROMANS:
        return marked
    opened = [items[index] for index in open_items]
    for item in reversed(opened):
        if item.rank is Rank.ROMAN and _follows(item.marker, marked.marker, Rank.ROMAN):
            return replace(marked, rank=Rank.ROMAN)
        if item.rank is Rank.LETTER and _follows(item.marker, marked.marker, Rank.LETTER):
            return replace(marked, rank=Rank.LETTER)
    return replace(marked, rank=Rank.ROMAN if marked.marker == "i" else marked.rank)


def _close(marked: Marked, items: Sequence[Item], open_items: list[int], deeper: Collection[int]) -> None:
    """Close every open item that the new one does not belong to."""
    if marked.rank in (Rank.SECTION, Rank.STEP):
        open_items.clear()
        return
    for depth in range(len(open_items) - 1, -1, -1):
        item = items[open_items[depth]]
        # "b." a little further right than "a." is still its sibling.
        if (
            item.rank is marked.rank
            and item.indent <= marked.indent
            and _follows(item.marker, marked.marker, item.rank)
        ):
            del open_items[depth:]
            return
    while open_items and not _holds(items[open_items[-1]], marked, indented=open_items[-1] in deeper):
        open_items.pop()


def _holds(item: Item, marked: Marked, *, indented: bool) -> bool:
    """Tell whether the new item belongs to an open one; `indented` says that others under it stand further right."""
    if item.rank is Rank.STEP:
        return True
    beside = item.indent == marked.indent and item.rank < marked.rank and not indented
    return item.indent < marked.indent or beside


def _follows(before: str, after: str, rank: Rank) -> bool:
    match rank:
        case Rank.NUMBER:
            first, second = before.lower().lstrip("q"), after.lower().lstrip("q")
            return first.isdecimal() and second.isdecimal() and int(second) == int(first) + 1
        case Rank.LETTER:
            return len(before) == len(after) == 1 and ord(after) == ord(before) + 1
        case Rank.ROMAN:
            return before in _ROMANS and after in _ROMANS and _ROMANS.index(after) == _ROMANS.index(before) + 1
        case _:
            return False


def _label(marked: Marked, above: Item | None, bullet: int) -> str:
    if marked.spelled:
        return marked.spelled
    word = str(bullet) if marked.rank in (Rank.BULLET, Rank.NOTE) else marked.marker
    if above is None:
        return word
    lettered = marked.rank is Rank.LETTER and not word.isdecimal()
    joint = "" if lettered and above.rank in (Rank.NUMBER, Rank.STEP) else "."
    return f"{above.label}{joint}{word}"


def _cells(file: SourceFile, item: Item) -> Span:
    """Return an item's place, without the mark that ends a table's row."""
    words = file.slice(item.span).rstrip()
    ends = item.marker == MARK and words.endswith(MARK)
    return Span(item.span.start, item.span.start + len(words[:-1].rstrip())) if ends else item.span


def _bare(file: SourceFile, span: Span) -> Span:
    """Leave out a comment behind the words, and bold around the whole of them."""
    raw = file.slice(span)
    if raw.endswith("-->") and (at := raw.rfind("<!--")) > 0 and "-->" not in raw[at:-3]:
        span = Span(span.start, span.start + len(raw[:at].rstrip()))
    opened = raw.endswith("**") and raw.count("**") % 2  # "**Step 1 - Greet**": the marker took the other mark
    span = Span(span.start, span.end - len("**")) if opened and span.end - span.start > len("**") else span
    return unbolded(file, span) or span
