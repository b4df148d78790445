"""The function definitions: a name, what it is for, and its parameters, one fact a line."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from bythebook.compiler.json_functions import read_json
from bythebook.compiler.markdown import Row, RowKind
from bythebook.compiler.tables import cells_of, is_rule
from bythebook.compiler.text import plain, snake
from bythebook.routine.model import FunctionDefinition, Parameter
from bythebook.source.diagnostic import Diagnostic, error
from bythebook.source.span import SourceFile, Span

NAME: Final = "unknown-instruction"

_BULLET: Final = re.compile(r"\\?[-*+•][ \t]+(?=\S)")
_NONE: Final = re.compile(r"\W*(?:none|n/a|no parameters)?\W*$", re.I)
_PARAMETER: Final = re.compile(r"\**`?([A-Za-z_]\w*)`?")


def _named(word: str) -> re.Pattern[str]:
    return re.compile(rf"\**{word}s?\**[ \t]*:[ \t]*\**[ \t]*(?P<text>.*)$", re.I)


_DEFINITION: Final = re.compile(
    r"(?:\w{1,4}[.)][ \t]+)?\**(?:(?:Function:?|Define(?: the)?)\**[ \t]*)?`(?P<name>[A-Za-z_][\w-]*)"
    r"(?P<parameters>\([^()`]*\))?(?:[ ]function)?`(?:[ ]function)?\**[ \t]*:?\**[ \t]*(?P<text>.*)$",
    re.I,
)
# A definition without backticks, in a list or in the first column of a table: "close_account(id): closes it".
_PLAIN: Final = re.compile(
    r"(?:\|[ \t]*)?(?:\d{1,4}[.)][ \t]+)?\**`?(?:(?P<name>[A-Za-z_]\w*)[ ]?(?P<parameters>\([^()]*\))|"
    r"(?P<bare>[A-Za-z]\w*_\w+)(?=`?\**[ \t]*(?:[|:–—]|[-=]>?|→|$)))`?\**[ \t]*"
    r"(?:(?:\||[:–—→]|[-=]>?|(?=(?:returns?|gives?|finds?|sends?|looks?|checks?)\b))[ \t]*(?P<text>[^|]*?))?"
    r"[ \t]*\|?$"
)
_INLINE: Final = re.compile(
    r"(?:^|[.;,]\s+|\s)(?:parameters?|inputs?|arguments?|takes|needs)\s*:?\s+"
    r"(?P<names>`?[a-z]\w*`?(?:(?:,| and|, and)\s+`?[a-z]\w*`?)*)\s*(?=[.;]|$)",
    re.I,
)
"""Parameters told in the sentence about what the function does: "searches it. Parameter: invoice_number."."""
# An entry of a list of actions: "1. **Check Status Bar** - Shows what icons ...".
_ACTION: Final = re.compile(
    r"(?:\d{1,4}[.)][ \t]+)?\*\*(?!(?:purpose|parameters?|inputs?|arguments?|returns?|outputs?|description|examples?|"
    r"notes?|errors?|function)\b)(?P<name>[A-Za-z][\w '’/&-]{0,60}?)(?P<inside>:)?\*\*[ \t]*"
    r"(?:(?(inside)|[:–—-])[ \t]*)(?P<text>\S.*)$",
    re.I,
)
_HEADS: Final = (
    ("name", re.compile(r"(?:function|tool|name|action|call)s?(?: name)?$", re.I)),
    ("parameters", re.compile(r"(?:param\w*|input|argument|takes|needs|in)s?$", re.I)),
    ("returns", re.compile(r"(?:return|output|gives|result|out|gives back)s?$", re.I)),
    ("purpose", re.compile(r"(?:purpose|description|what it does|does|about|note|explanation)s?$", re.I)),
)
_OPENS: Final = re.compile(r"\**(?:function\**\s*:|define\b)", re.I)
_PURPOSE: Final = _named("Purpose")
_PARAMETERS: Final = _named("Parameter")


@dataclass(frozen=True, slots=True)
class _Purpose:
    text: str


@dataclass(frozen=True, slots=True)
class _Listed:
    """Parameters that one line names; `begins` where the line is "Parameters:" itself."""

    parameters: tuple[Parameter, ...]
    begins: bool


@dataclass(frozen=True, slots=True)
class _Draft:
    """A definition and what its lines say, in order."""

    name: str
    span: Span
    indent: int
    words: str = ""
    said: list[_Purpose | _Listed] = field(default_factory=list)

    @property
    def lists(self) -> bool:
        """Its parameters are being listed."""
        return bool(self.said) and isinstance(self.said[-1], _Listed)

    def finished(self) -> FunctionDefinition:
        purpose = " ".join(one.text for one in self.said if isinstance(one, _Purpose) and one.text)
        parameters: list[Parameter] = []
        for one in self.said:
            if isinstance(one, _Listed):
                if one.begins and one.parameters:
                    parameters.clear()
                parameters += one.parameters
        named = {parameter.name: parameter for parameter in reversed(parameters)}
        return FunctionDefinition(self.name, purpose, tuple(reversed(named.values())), self.span, self.words)


def read_functions(
    rows: Sequence[Row], file: SourceFile
) -> tuple[tuple[FunctionDefinition, ...], tuple[Diagnostic, ...]]:
    """Return the definitions, and a diagnostic for each line that is no part of one."""
    drafts: list[_Draft] = []
    diagnostics: list[Diagnostic] = []
    block: int | None = None
    begun = False
    columns: tuple[str, ...] = ()
    blocks: dict[int, list[Row]] = {}
    for row in rows:
        if row.kind is RowKind.CODE:
            blocks.setdefault(row.block, []).append(row)
    coded = {number: found for number, block_rows in blocks.items() if (found := read_json(block_rows, file))}
    for row in rows:
        if row.block in coded and row.kind is RowKind.CODE:
            continue
        cells = cells_of(file, row.span)
        columns = _columns(cells, file) or (columns if cells else ())
        if row.kind is RowKind.HEADING:
            begun = False  # it parts the definitions
        elif (columns and _read_cells(row, cells, columns, file, drafts)) or _read_row(
            row, row.block == block, file, drafts
        ):
            begun = True
        elif begun or row.kind is not RowKind.TEXT or _BULLET.match(file.text, row.span.start, row.span.end):
            # Words over the first definition introduce it.
            diagnostics.append(_unknown(row.span))
        block = row.block
    written = (*(draft.finished() for draft in drafts), *(one for found in coded.values() for one in found))
    return tuple(sorted(written, key=lambda one: one.span)), tuple(diagnostics)


def _columns(cells: Sequence[Span], file: SourceFile) -> tuple[str, ...]:
    """Return what each column of a table holds, where its first row says so and parameters have one of their own."""
    kinds = [
        next((kind for kind, pattern in _HEADS if pattern.match(file.slice(cell).strip("*` "))), "") for cell in cells
    ]
    return tuple(kinds) if "name" in kinds and "parameters" in kinds else ()


def _read_cells(
    row: Row, cells: Sequence[Span], columns: Sequence[str], file: SourceFile, drafts: list[_Draft]
) -> bool:
    """Add what a row of a table with such columns says; its first row and the rule under it say nothing more."""
    if not columns:
        return False
    held = dict(zip(columns, cells, strict=False))
    if is_rule(file.slice(row.span)) or _columns(cells, file):
        return True
    match = _PARAMETER.match(file.text, held["name"].start, held["name"].end) if "name" in held else None
    if match is None:
        return False
    draft = _Draft(match[1], Span(*match.span(1)), row.indent)
    if "parameters" in held:
        draft.said.append(_Listed(_parameters(file, held["parameters"]), begins=True))
    for kind in ("purpose", "returns"):
        words = plain(file.slice(held[kind])).strip(" -") if kind in held else ""
        draft.said.append(_Purpose(f"Returns {words}" if kind == "returns" and words else words))
    drafts.append(draft)
    return True


def _read_row(row: Row, continues: bool, file: SourceFile, drafts: list[_Draft]) -> bool:
    """Add what the row says to the drafts; tell whether it was understood."""
    bullet = _BULLET.match(file.text, row.span.start, row.span.end)
    place = Span(bullet.end() if bullet else row.span.start, row.span.end)
    if row.kind is not RowKind.TEXT:
        return False
    draft = drafts[-1] if drafts else None
    if draft is not None and _goes_on(draft, row, place, file):
        return True
    if match := _DEFINITION.match(file.text, place.start, place.end):
        draft = _Draft(match["name"].replace("-", "_"), Span(*match.span("name")), row.indent)
        if match["parameters"]:
            draft.said.append(_Listed(_parameters(file, Span(*match.span("parameters"))), begins=True))
        elif inline := _INLINE.search(file.text, *match.span("text")):
            draft.said.append(_Listed(_parameters(file, Span(*inline.span("names"))), begins=True))
        draft.said.append(_Purpose(plain(match["text"].strip())))
        drafts.append(draft)
        return True
    if match := _PLAIN.match(file.text, place.start, place.end):
        name = "name" if match["name"] else "bare"
        draft = _Draft(match[name], Span(*match.span(name)), row.indent)
        if match["parameters"]:
            draft.said.append(_Listed(_parameters(file, Span(*match.span("parameters"))), begins=True))
        text = plain((match["text"] or "").strip())
        arrow = re.search(r"(?:[-=]>|→)\s*$", file.text[place.start : match.start("text")]) if text else None
        draft.said.append(_Purpose(f"Returns {text}" if arrow else text))
        drafts.append(draft)
        return True
    if match := _ACTION.match(file.text, place.start, place.end):
        words = match["name"].strip()
        named = words if not words.isidentifier() else ""
        draft = _Draft(snake(words), Span(*match.span("name")), row.indent, named)
        draft.said.append(_Purpose(plain(match["text"].strip())))
        drafts.append(draft)
        return True
    if draft is not None and not draft.lists and continues and bullet is None:
        draft.said.append(_Purpose(plain(file.slice(place))))
        return True
    return False


def _goes_on(draft: _Draft, row: Row, place: Span, file: SourceFile) -> bool:
    if match := _PURPOSE.match(file.text, place.start, place.end):
        draft.said.append(_Purpose(plain(match["text"].strip())))
        return True
    if match := _PARAMETERS.match(file.text, place.start, place.end):
        draft.said.append(_Listed(_parameters(file, Span(*match.span("text"))), begins=True))
        return True
    # "- `user_id`: ..." under "Parameters:" stands further right than the function's own line.
    listed = draft.lists and row.indent > draft.indent and place.start > row.span.start
    listed = listed and not _OPENS.match(file.text, place.start, place.end)
    if listed and (match := _PARAMETER.match(file.text, place.start, place.end)):
        about = plain(file.text[match.end() : place.end]).strip(" *:`")
        draft.said.append(_Listed((Parameter(match[1], Span(*match.span(1)), about),), begins=False))
        return True
    return False


def _parameters(file: SourceFile, span: Span) -> tuple[Parameter, ...]:
    if _NONE.match(file.slice(span)):
        return ()
    found = _PARAMETER.finditer(file.text, span.start, span.end)
    return tuple(Parameter(match[1], Span(*match.span(1))) for match in found)


def _unknown(span: Span) -> Diagnostic:
    return error(
        NAME,
        "this line is no part of a function definition",
        span,
        "not understood",
        help="write: - `name`: / - **Purpose**: ... / - **Parameters**: None.",
    )
