"""What stood beside a line goes when its author takes the line out, and comes back with the line.

It is kept in a file of the draft that no release has: by the line's words, so that a line that was cut and is put in
somewhere else finds its approved words there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

from bythebook.compiler.compile import Compiled
from bythebook.compiler.phrase_file import CannotEdit, edited, parsed
from bythebook.compiler.phrase_needs import one_line
from bythebook.compiler.sidecars import PHRASES_PATH
from bythebook.compiler.table_edit import with_values, without_table
from bythebook.compiler.text import words_at
from bythebook.routine.model import Call
from bythebook.service.deciding import conditions_of
from bythebook.service.drafts import Files
from bythebook.service.following import TABLES, followed, moved_labels

PUT_AWAY_PATH: Final = "put-away.toml"
KINDS: Final = ("line", "condition", "outcome", "function")
"""Tables of phrases.toml that are for a line, a condition or a function of the text."""

KEPT_MAX: Final = 200
"""Of more the oldest are let go."""


@dataclass(frozen=True, slots=True)
class PutAway:
    """Approved words of a line that is not in the text now."""

    source: str
    """What the line said."""

    text: str


def put_away(files: Files) -> tuple[PutAway, ...]:
    """Return what is put away beside a draft, as people read it: words that customers were told."""
    found = [row for kind, _, row in _kept(files) if kind == "line" and row.get("text")]
    return tuple(PutAway(row.get("source", ""), row["text"]) for row in found)


def beside_after(files: Files, before: Compiled, after: Compiled) -> Files:
    """Return the files as they are beside a text after an edit.

    What the edit took out is put away, what stayed goes with its lines, and what came back finds what it had. Where a
    file is written so that only its author can change it, it stays as it is, and what is wrong is told.
    """
    try:
        less, gone = _less(files, before, after)
    except (CannotEdit, UnicodeDecodeError):
        less, gone = files, []
    moved = followed(less, before, after)
    try:
        return _with_the_back(moved, gone, after)
    except (CannotEdit, UnicodeDecodeError):
        return moved if not gone else followed(files, before, after)


Row = tuple[str, str, Mapping[str, str]]
"""A kind of table, a label or a name, and what stands in it."""


def _less(files: Files, before: Compiled, after: Compiled) -> tuple[Files, list[Row]]:
    gone = list(_gone(files, before, after))
    changed = dict(files)
    for kind, name, _ in gone:
        changed[PHRASES_PATH] = edited(changed[PHRASES_PATH], partial(without_table, path=(kind, name)))
    return (changed if gone else files), gone


def _with_the_back(files: Files, gone: Sequence[Row], after: Compiled) -> Files:
    kept = list(_kept(files))
    back = list(_back(files, after))
    if not gone and not back:
        return files
    changed = dict(files)
    for kind, name, row in back:
        changed = _with(changed, PHRASES_PATH, (kind, name), row)
    taken = [row for _, _, row in back]
    changed.pop(PUT_AWAY_PATH, None)
    for at, (kind, name, row) in enumerate([*(one for one in kept if one[2] not in taken), *gone][-KEPT_MAX:]):
        changed = _with(changed, PUT_AWAY_PATH, (kind, f"{at} {name}"), row)
    return changed


def _gone(files: Files, before: Compiled, after: Compiled) -> Iterator[Row]:
    """Yield what stands beside lines that are not there any more; a line in other words is the same one."""
    was, now, moved = _names(before), _names(after), moved_labels(before, after)
    come = {new for old, new in moved.items() if old != new}
    for kind, name, row in _rows(files, PHRASES_PATH):
        if name not in was[kind] or (name in moved and kind in TABLES):
            continue
        if name not in now[kind] or (name in come and kind in TABLES):
            yield kind, name, row


def _back(files: Files, after: Compiled) -> Iterator[Row]:
    held = {(kind, name) for kind, name, _ in _rows(files, PHRASES_PATH)}
    now = _names(after)
    taken: set[tuple[str, str]] = set()
    for kind, name, row in reversed(list(_kept(files))):
        wanted = row.get("source", "")
        for new, words in now[kind].items():
            fits = new == name if kind in ("outcome", "function") else bool(wanted) and one_line(wanted) == words
            if fits and (kind, new) not in held and (kind, new) not in taken:
                taken.add((kind, new))
                yield kind, new, row
                break


def _names(compiled: Compiled) -> Mapping[str, Mapping[str, str]]:
    """Return by kind of table what there is in a text, with its words."""
    lines = {line.label: one_line(words_at(compiled.file, line.span)) for line in compiled.routine.lines}
    steps = {step.label: one_line(words_at(compiled.file, step.span)) for step in compiled.routine.steps}
    functions = [line.instruction.function for line in compiled.routine.lines if isinstance(line.instruction, Call)]
    functions += [function.name for function in compiled.routine.functions]
    conditions = {label: one_line(condition.text) for label, condition in conditions_of(compiled.routine)}
    called = dict.fromkeys(functions, "")
    return {"line": {**steps, **lines}, "condition": conditions, "outcome": called, "function": called}


def _rows(files: Files, path: str) -> Iterator[Row]:
    """Yield the tables of texts; one that holds something else is its author's to change."""
    top = parsed(files.get(path, b"").decode("utf-8", "replace")) or {}
    for kind in KINDS:
        tables = top.get(kind, {})
        for name, table in tables.items() if isinstance(tables, dict) else ():
            if isinstance(table, dict) and all(isinstance(value, str) for value in table.values()):
                yield kind, name, table


def _kept(files: Files) -> Iterator[Row]:
    for kind, name, row in _rows(files, PUT_AWAY_PATH):
        yield kind, name.partition(" ")[2], row


def _with(files: Files, path: str, table: tuple[str, str], row: Mapping[str, str]) -> dict[str, bytes]:
    return {**files, path: edited(files.get(path, b""), lambda text: with_values(text, table, row))}
