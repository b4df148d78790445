"""Add an example to the text of an `examples.toml` as a careful person would: comments and order stay.

As with phrases, every edit is proved: the file is read as TOML before and after, and they must differ by exactly the
one example. Otherwise there is no edit, and the author makes it by hand.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from bythebook.compiler.phrase_file import CannotEdit, line_end, parsed, quoted
from bythebook.compiler.sidecars import EXAMPLES_PATH
from bythebook.compiler.toml_places import Places
from bythebook.source.span import SourceFile

TABLE: Final = "choices"

_OPENS: Final = re.compile(r"[^=\n]*=[ \t]*\[")
_INSIDE: Final = re.compile(
    r"(?P<value>\"\"\"(?:[^\\]|\\.)*?\"\"\"|'''.*?'''|\"(?:[^\"\\\n]|\\.)*\"|'[^'\n]*')|#[^\n]*|(?P<mark>[\[\],])",
    re.S,
)
_TABLES: Final = re.compile(r"^[ \t]*\[", re.M)


@dataclass(frozen=True, slots=True)
class _List:
    """Where a list of texts ends, and what its last value is followed by."""

    last: int
    """Where the last value ends, or the list begins where it has none."""

    comma: bool
    end: int
    """Where its closing bracket stands."""

    empty: bool


def with_example(text: str, choice: str, example: str) -> str:
    """Return the file with one more example of a choice, last of its list; raise CannotEdit."""
    wanted = parsed(text)
    if wanted is None:
        raise CannotEdit(f"{EXAMPLES_PATH} is not readable as TOML; `bythebook check` says where")
    choices = wanted.setdefault(TABLE, {})
    texts = choices.setdefault(choice, []) if isinstance(choices, dict) else None
    if isinstance(texts, list) and example in texts:
        return text
    for edit in (_in_list, _in_table):
        after = edit(text, choice, example)
        if isinstance(texts, list) and after is not None and parsed(after) == _with(wanted, choice, example):
            return after
    raise CannotEdit(
        f"{EXAMPLES_PATH} is written in a way that only its author can change: add {quoted(example)} to {choice}"
    )


def without_example(text: str, choice: str, example: str) -> str:
    """Return the file without an example of a choice; a list that is empty then stays; raise CannotEdit."""
    wanted = parsed(text)
    choices = wanted.get(TABLE) if wanted is not None else None
    texts = choices.get(choice) if isinstance(choices, dict) else None
    if wanted is None or not isinstance(choices, dict) or not isinstance(texts, list) or example not in texts:
        return text
    at = texts.index(example)
    left = {**wanted, TABLE: {**choices, choice: [one for place, one in enumerate(texts) if place != at]}}
    after = _without(text, choice, at)
    if after is None or parsed(after) != left:
        raise CannotEdit(
            f"{EXAMPLES_PATH} is written in a way that only its author can change: take {quoted(example)} out"
        )
    return after


def _without(text: str, choice: str, at: int) -> str | None:
    """Return the file without the value at a place of a list: with its line where it has one of its own."""
    place = Places(SourceFile(EXAMPLES_PATH, text)).at(TABLE, choice)
    opens = _OPENS.match(text, place.span.start)
    if opens is None:
        return None
    spans: list[tuple[int, int]] = []
    for match in _INSIDE.finditer(text, opens.end()):
        if match["value"]:
            spans.append(match.span())
        elif match["mark"] in ("[", "]"):
            break
    if at >= len(spans):
        return None
    start, end = spans[at]
    comma = re.compile(r"[ \t]*,[ \t]*").match(text, end)
    end = comma.end() if comma is not None else end
    before = text[text.rfind("\n", 0, start) + 1 : start]
    if not before.strip() and (own := re.compile(r"(?:#[^\n]*)?\r?\n").match(text, end)) is not None:
        return text[: start - len(before)] + text[own.end() :]
    if comma is None and at:  # the last one of a row: the comma before it goes with it
        return text[: spans[at - 1][1]] + text[end:]
    return text[:start] + text[end:]


def _with(wanted: dict[str, object], choice: str, example: str) -> dict[str, object]:
    choices = wanted[TABLE]
    assert isinstance(choices, dict)
    return {**wanted, TABLE: {**choices, choice: [*choices[choice], example]}}


def _in_list(text: str, choice: str, example: str) -> str | None:
    place = Places(SourceFile(EXAMPLES_PATH, text)).at(TABLE, choice)
    opens = _OPENS.match(text, place.span.start)
    if opens is None:
        return None
    found = _list_at(text, opens.end())
    if found is None:
        return None
    inside = text[opens.end() : found.end]
    if "\n" not in inside:
        joint = ", " if not found.empty and not found.comma else " " if not found.empty else ""
        return text[: found.last] + joint + quoted(example) + text[found.end :]
    comma = "" if found.comma or found.empty else ","
    head = text[: found.last] + comma + text[found.last : found.end].rstrip(" \t")
    head = head if head.endswith("\n") else head + line_end(text)
    indent = re.search(r"\n([ \t]+)[\"']", inside)
    closing = text[text.rfind("\n", 0, found.end) + 1 : found.end]
    closing = closing if not closing.strip() else ""
    return f"{head}{indent[1] if indent else '  '}{quoted(example)},{line_end(text)}{closing}{text[found.end :]}"


def _list_at(text: str, at: int) -> _List | None:
    last, comma, empty = at, False, True
    for match in _INSIDE.finditer(text, at):
        if match["value"]:
            last, comma, empty = match.end(), False, False
        elif match["mark"] == ",":
            last, comma = match.end(), True
        elif match["mark"] == "]":
            return _List(last, comma, match.start(), empty)
        elif match["mark"] == "[":
            return None
    return None


def _in_table(text: str, choice: str, example: str) -> str:
    """Return the file with a new list at the end of the table of choices, the table itself where there is none."""
    name = choice if choice.isidentifier() and choice.isascii() else quoted(choice)
    row = f"{name} = [\n  {quoted(example)},\n]\n"
    header = re.search(rf"^[ \t]*\[[ \t]*{TABLE}[ \t]*\][^\n]*\n?", text, re.M)
    ending = line_end(text)
    if header is None:
        start = text if not text or text.endswith("\n") else text + ending
        return start + (ending if start else "") + f"[{TABLE}]\n{row}".replace("\n", ending)
    following = _TABLES.search(text, header.end())
    # A list's own brackets may begin a line: only a table's header ends the table.
    while following and not re.match(r"[ \t]*\[[^\[\]\n]+\][ \t]*(?:#[^\n]*)?$", _line(text, following.start())):
        following = _TABLES.search(text, following.end())
    end = following.start() if following else len(text)
    before = text[:end].rstrip()
    return before + (f"\n\n{row}" + ("\n" if following else "")).replace("\n", ending) + text[end:]


def _line(text: str, at: int) -> str:
    return text[at : text.find("\n", at) if "\n" in text[at:] else len(text)].rstrip("\r")
