"""The function definitions: a name, what it is for, and its parameters, one fact a line."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from bythebook.compiler.json_functions import read_json
from bythebook.compiler.listed_functions import listed_in
from bythebook.compiler.markdown import Row, RowKind
from bythebook.compiler.parameters import NOTHING, parameters_in
from bythebook.compiler.signatures import defined, is_written_as_code, purpose_of, read_signatures, signature
from bythebook.compiler.tables import cells_of, is_rule
from bythebook.compiler.text import plain, snake
from bythebook.routine.model import FunctionDefinition, Parameter
from bythebook.source.diagnostic import Diagnostic, error
from bythebook.source.span import SourceFile, Span

NAME: Final = "unknown-instruction"

_BULLET: Final = re.compile(r"\\?[-*+•][ \t]+(?=\S)")
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
_PURPOSE: Final = _named("(?:Purpose|Description|What it does|About|Note)")
_PARAMETERS: Final = _named("(?:Parameter|Input|Argument|Take)")
_RETURNS: Final = _named("(?:Return|Output|Give back|Gives back|Result)")
_NAME_CELL: Final = re.compile(r"[*`\s]*(?P<name>[A-Za-z_]\w*)[`*]*[ ]?(?P<parameters>\([^()]*\))?")
_FIELDS: Final = re.compile(
    r"`?[a-z]\w*`?(?:\s*\([^()]*\))?(?:,\s*(?:and\s+)?`?[a-z]\w*`?(?:\s*\([^()]*\))?)*\.?$", re.I
)
_HEADING: Final = re.compile(
    r"(?:\d[\d.]*[ \t]+)?\**`?(?:(?P<name>[a-z_]\w*)[ ]?(?P<parameters>\([^()]*\))|(?P<bare>[a-z]\w*_\w+))`?\**"
    r"(?:[ \t]+function)?[ \t]*:?$",
    re.I,
)
"""A heading that is a function: "### `find_order(order_id)`"."""


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
    block: int = -1
    said: list[_Purpose | _Listed] = field(default_factory=list)

    @property
    def told(self) -> bool:
        """Something is said of what it is for."""
        return any(isinstance(one, _Purpose) and one.text for one in self.said)

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


@dataclass(frozen=True, slots=True)
class Definitions:
    """What the definitions say, and what is said of them."""

    functions: tuple[FunctionDefinition, ...]
    unread: tuple[Diagnostic, ...]
    """One for each line, or run of lines, that is no part of a definition."""

    silent: frozenset[str]
    """The functions of which nothing says what they take, nor that they take nothing."""


def read_functions(rows: Sequence[Row], file: SourceFile) -> Definitions:
    """Return what the rows define."""
    drafts: list[_Draft] = []
    written: list[FunctionDefinition] = []
    unread: list[Row] = []
    block: int | None = None
    begun = False
    columns: tuple[str, ...] = ()
    coded = _coded(rows, file)
    listed = listed_in(rows, file)
    for row in rows:
        if row.block in listed or (row.kind is RowKind.CODE and row.block in coded):
            continue
        cells = cells_of(file, row.span)
        columns = _columns(cells, file) or (columns if cells else ())
        if row.kind is RowKind.HEADING:
            begun = _read_heading(row, file, drafts)  # what is no definition parts them
        elif (columns and _read_cells(row, cells, columns, file, drafts)) or _read_row(
            row, row.block == block, file, drafts
        ):
            begun = True
        elif begun or row.kind is not RowKind.TEXT or _BULLET.match(file.text, row.span.start, row.span.end):
            # Words over the first definition introduce it.
            unread.append(row)
        block = row.block
    in_words = [one for found in listed.values() for one in found]
    written += in_words
    written += (one for found, _ in coded.values() for one in found)
    written += (draft.finished() for draft in drafts)
    spans = [*_runs(unread), *(span for _, spans in coded.values() for span in spans)]
    silent = {one.name for one in in_words if not (one.parameters or file.text.startswith("()", one.span.end))}
    silent |= {one.name for one in drafts if not any(isinstance(said, _Listed) for said in one.said)}
    ordered = tuple(sorted(written, key=lambda one: one.span))
    return Definitions(ordered, tuple(_unknown(span) for span in sorted(spans)), frozenset(silent))


def _coded(
    rows: Sequence[Row], file: SourceFile
) -> dict[int, tuple[tuple[FunctionDefinition, ...], tuple[Span, ...]]]:
    """Return, by the number of a code block, what it defines, and what in it is no part of that."""
    blocks: dict[int, list[Row]] = {}
    for row in rows:
        if row.kind is RowKind.CODE:
            blocks.setdefault(row.block, []).append(row)
    found: dict[int, tuple[tuple[FunctionDefinition, ...], tuple[Span, ...]]] = {}
    for number, held in blocks.items():
        signed = read_signatures(held, file)
        if written := read_json(held, file):
            found[number] = (written, ())
        elif signed.functions:
            found[number] = (signed.functions, signed.unread)
    return found


def _runs(rows: Sequence[Row]) -> list[Span]:
    """Return one place for the lines of a paragraph or block that follow each other."""
    spans: list[Span] = []
    block: int | None = None
    for row in rows:
        if spans and row.block == block:
            spans[-1] = Span(spans[-1].start, row.span.end)
        else:
            spans.append(row.span)
        block = row.block
    return spans


def _read_heading(row: Row, file: SourceFile, drafts: list[_Draft]) -> bool:
    match = _HEADING.match(file.text, row.span.start, row.span.end)
    if match is None:
        return False
    _add(match, row, file, drafts, "")
    return True


def _add(match: re.Match[str], row: Row, file: SourceFile, drafts: list[_Draft], purpose: str) -> None:
    """Add a definition by its name, with the parameters in its brackets."""
    name = "name" if match["name"] else "bare"
    draft = _Draft(match[name], Span(*match.span(name)), row.indent, block=row.block)
    if match["parameters"]:
        draft.said.append(_Listed(parameters_in(file, Span(*match.span("parameters"))), begins=True))
    draft.said.append(_Purpose(purpose))
    drafts.append(draft)


def _columns(cells: Sequence[Span], file: SourceFile) -> tuple[str, ...]:
    """Return what each column of a table holds, where its first row says so, and says it of more than the name."""
    kinds = [
        next((kind for kind, pattern in _HEADS if pattern.match(file.slice(cell).strip("*` "))), "") for cell in cells
    ]
    return tuple(kinds) if "name" in kinds and len({*kinds} - {""}) > 1 else ()


def _read_cells(
    row: Row, cells: Sequence[Span], columns: Sequence[str], file: SourceFile, drafts: list[_Draft]
) -> bool:
    """Add what a row of a table with such columns says; its first row and the rule under it say nothing more."""
    if not columns:
        return False
    held = dict(zip(columns, cells, strict=False))
    if is_rule(file.slice(row.span)) or _columns(cells, file):
        return True
    match = _NAME_CELL.match(file.text, held["name"].start, held["name"].end) if "name" in held else None
    if match is None:
        return False
    draft = _Draft(match["name"], Span(*match.span("name")), row.indent)
    if match["parameters"]:
        draft.said.append(_Listed(parameters_in(file, Span(*match.span("parameters"))), begins=True))
    elif "parameters" in held:
        draft.said.append(_Listed(parameters_in(file, held["parameters"]), begins=True))
    for kind in ("purpose", "returns"):
        words = plain(file.slice(held[kind])).strip(" -–—") if kind in held else ""
        none = kind == "returns" and NOTHING.match(words)
        draft.said.append(
            _Purpose(purpose_of("", words) if kind == "returns" and not none else "" if none else words)
        )
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
    code = signature(file, place)
    if code is not None and is_written_as_code(code):
        one = defined(code, file)
        draft = _Draft(one.name, one.span, row.indent, block=row.block)
        draft.said.extend((_Listed(one.parameters, begins=True), _Purpose(one.purpose)))
        drafts.append(draft)
        return True
    if match := _DEFINITION.match(file.text, place.start, place.end):
        draft = _Draft(match["name"].replace("-", "_"), Span(*match.span("name")), row.indent)
        if match["parameters"]:
            draft.said.append(_Listed(parameters_in(file, Span(*match.span("parameters"))), begins=True))
        elif inline := _INLINE.search(file.text, *match.span("text")):
            draft.said.append(_Listed(parameters_in(file, Span(*inline.span("names"))), begins=True))
        draft.said.append(_Purpose(_told(match["text"])))
        drafts.append(draft)
        return True
    if match := _PLAIN.match(file.text, place.start, place.end):
        behind = max(match.end(group) for group in ("name", "bare", "parameters"))
        _add(match, row, file, drafts, _told(file.text[behind : place.end].strip("`* \t|")))
        return True
    if match := _ACTION.match(file.text, place.start, place.end):
        words = match["name"].strip()
        named = words if not words.isidentifier() else ""
        draft = _Draft(snake(words), Span(*match.span("name")), row.indent, named)
        draft.said.append(_Purpose(plain(match["text"].strip())))
        drafts.append(draft)
        return True
    if draft is not None and not draft.lists and bullet is None and (continues or not draft.told):
        draft.said.append(_Purpose(plain(file.slice(place)).lstrip(" :>–—-")))
        return True
    return False


def _told(words: str) -> str:
    """Return what stands behind a name: the names behind an arrow are what the function returns."""
    text = plain(words.strip(" |"))
    bare = text.lstrip(" :–—-=>→")
    arrow = "→" in text[: len(text) - len(bare)] or ">" in text[: len(text) - len(bare)]
    return purpose_of("", bare) if arrow and _FIELDS.match(bare) else bare


def _goes_on(draft: _Draft, row: Row, place: Span, file: SourceFile) -> bool:
    if match := _PURPOSE.match(file.text, place.start, place.end):
        draft.said.append(_Purpose(plain(match["text"].strip())))
        return True
    if match := _RETURNS.match(file.text, place.start, place.end):
        none = NOTHING.match(match["text"])
        draft.said.append(_Purpose("" if none else purpose_of("", plain(match["text"].strip()))))
        return True
    if match := _PARAMETERS.match(file.text, place.start, place.end):
        draft.said.append(_Listed(parameters_in(file, Span(*match.span("text"))), begins=True))
        return True
    # "- `user_id`: ..." under "Parameters:" stands further right than the function's own line.
    listed = draft.lists and row.indent > draft.indent and place.start > row.span.start
    listed = listed and not _OPENS.match(file.text, place.start, place.end)
    if listed and (match := _PARAMETER.match(file.text, place.start, place.end)):
        about = plain(file.text[match.end() : place.end]).strip(" *:`")
        draft.said.append(_Listed((Parameter(match[1], Span(*match.span(1)), about),), begins=False))
        return True
    return False


def _unknown(span: Span) -> Diagnostic:
    return error(
        NAME,
        "this line is no part of a function definition",
        span,
        "not understood",
        help="write: - `name`: / - **Purpose**: ... / - **Parameters**: None.",
    )
