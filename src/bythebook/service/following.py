"""What stands beside a text follows its lines: where a line is put in before others, their phrases move with them.

Labels are told by the lines' words. A line whose words changed keeps what its label has (its phrase is read again); a
line that is gone leaves what it had, unless another line comes to its label.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from functools import partial
from typing import Final

from bythebook.compiler.compile import Compiled
from bythebook.compiler.phrase_file import CannotEdit, edited, parsed, quoted
from bythebook.compiler.phrase_needs import one_line
from bythebook.compiler.sidecars import EXAMPLES_PATH, PHRASES_PATH
from bythebook.compiler.table_edit import Path, renamed, with_values, without_table
from bythebook.compiler.text import words_at
from bythebook.service.drafts import Files

TABLES: Final = ("line", "condition")
"""Tables of phrases.toml that go by a label."""

_LINK: Final = re.compile(r"^[ \t]*\[\[[ \t]*link[ \t]*\]\]", re.M)
_NEXT: Final = re.compile(r"^[ \t]*\[", re.M)
_LINE: Final = re.compile(r"^(?P<before>[ \t]*line[ \t]*=[ \t]*)(?P<value>\"[^\"\n]*\"|'[^'\n]*')", re.M)


def followed(files: Files, before: Compiled, after: Compiled) -> Files:
    """Return the files beside a text as they are for it after an edit; as they were where they cannot be changed."""
    labels = moved_labels(before, after)
    moved = {old: new for old, new in labels.items() if old != new}
    if not moved:
        return files
    changed = dict(files)
    for path, change in ((PHRASES_PATH, _phrases), (EXAMPLES_PATH, _examples)):
        if path in changed:
            try:
                changed[path] = edited(changed[path], partial(change, moved=moved))
            except (CannotEdit, UnicodeDecodeError):
                continue  # what does not fit any more is told beside it
    return changed


def moved_labels(before: Compiled, after: Compiled) -> Mapping[str, str]:
    """Return the label that each step and line has now, by the one it had; without those that are gone."""
    one, other = list(_places(before)), list(_places(after))
    if one == other:
        return {}
    was, now = [words for _, words in one], [words for _, words in other]
    found: dict[str, str] = {}
    for i, j, size in SequenceMatcher(None, was, now, autojunk=False).get_matching_blocks():
        found.update({one[i + at][0]: other[j + at][0] for at in range(size)})
    taken, once = set(found.values()), _once(was) & _once(now)
    by_words = {words: label for label, words in other if words in once and label not in taken}
    found.update({label: by_words[words] for label, words in one if label not in found and words in by_words})
    return found


def _places(compiled: Compiled) -> Iterator[tuple[str, str]]:
    for step in compiled.routine.steps:
        own = {line.label for line in step.lines}
        if step.label not in own:
            yield step.label, f"step {one_line(words_at(compiled.file, step.span))}"
        for line in step.lines:
            if not line.implied:
                yield line.label, one_line(words_at(compiled.file, line.span))


def _once(texts: Sequence[str]) -> set[str]:
    return {text for text, count in Counter(texts).items() if count == 1}


def _phrases(text: str, moved: Mapping[str, str]) -> str:
    top = parsed(text)
    if top is None:
        return text
    tables: dict[Path, Path] = {}
    for kind in TABLES:
        held = _table(top, kind)
        tables.update({(kind, old): (kind, new) for old, new in moved.items() if old in held})
        for old, new in moved.items():
            if old in held and new in held and new not in moved:
                text = without_table(text, (kind, new))
    text = _questions(text, _table(top, "condition"), moved)
    accepted = _table(top, "accept")
    keys = {key: _accepts(key, moved) for key in accepted}
    changed = {key: new for key, new in keys.items() if key != new}
    for new in changed.values():
        if new in accepted and new not in changed:
            text = with_values(text, ("accept",), {new: None})
    text = renamed(text, tables, {(("accept",), key): new for key, new in changed.items()})
    return _links(text, moved)


def _questions(text: str, conditions: Mapping[str, object], moved: Mapping[str, str]) -> str:
    """Return the file with the questions whose answers decide conditions under their new labels."""
    for label, table in conditions.items():
        held = table if isinstance(table, dict) else {}
        values = {key: moved[held[key]] for key in ("question", "answer") if held.get(key) in moved}
        if values:
            text = with_values(text, ("condition", label), values)
    return text


def _accepts(key: str, moved: Mapping[str, str]) -> str:
    name, _, about = key.partition(" ")
    return f"{name} {moved[about]}" if about in moved else key


def _examples(text: str, moved: Mapping[str, str]) -> str:
    choices = _table(parsed(text) or {}, "choices")
    keys: dict[tuple[Path, str], str] = {}
    for choice in choices:
        kind, _, label = choice.partition(":")
        if kind in ("step", "line") and label in moved:
            keys[("choices",), choice] = f"{kind}:{moved[label]}"
    return renamed(text, {}, keys) if keys else text


def _links(text: str, moved: Mapping[str, str]) -> str:
    """Return the file with the lines that links lead to under their new labels."""
    wanted = parsed(text)
    rows = wanted.get("link", []) if wanted is not None else []
    for row in rows if isinstance(rows, list) else []:
        if isinstance(row, dict) and row.get("line") in moved:
            row["line"] = moved[str(row["line"])]
    for header in reversed(list(_LINK.finditer(text))):
        following = _NEXT.search(text, header.end())
        end = following.start() if following else len(text)
        match = _LINE.search(text, header.end(), end)
        label = match["value"][1:-1] if match else ""
        if match and label in moved:
            text = text[: match.start("value")] + quoted(moved[label]) + text[match.end("value") :]
    if parsed(text) != wanted:
        raise CannotEdit("the links cannot be changed as the file is written")
    return text


def _table(top: Mapping[str, object], name: str) -> Mapping[str, object]:
    found = top.get(name)
    return found if isinstance(found, dict) else {}
