"""Set, rename and take out values in a TOML file beside a document: comments and order stay, nothing else is touched.

As with phrases, every edit is proved: the file is read as TOML before and after, and they must differ by exactly what
was meant. Otherwise there is no edit, and the author makes it by hand.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from copy import deepcopy
from typing import Final

from bythebook.compiler.phrase_file import CannotEdit, line_end, parsed, quoted

Path = tuple[str, ...]
"""The table's name in its parts: `("line", "2a")`, `("accept",)`."""

_PART: Final = r"(?:[A-Za-z0-9_-]+|\"(?:[^\"\\\n]|\\.)*\"|'[^'\n]*')"
_HEADER: Final = re.compile(
    rf"^[ \t]*\[[ \t]*(?P<name>{_PART}(?:[ \t]*\.[ \t]*{_PART})*)[ \t]*\][ \t]*(?:#[^\r\n]*)?\r?$", re.M
)
_ANY_HEADER: Final = re.compile(r"^[ \t]*\[{1,2}[^\[\]\n]+\]{1,2}[ \t]*(?:#[^\r\n]*)?\r?$", re.M)
_TEXT: Final = r"(?:\"\"\"[\s\S]*?\"\"\"|'''[\s\S]*?'''|\"(?:[^\"\\\n]|\\.)*\"|'[^'\n]*')"
_BARE: Final = re.compile(r"[A-Za-z0-9_-]+")


def with_values(text: str, path: Path, values: Mapping[str, str | None]) -> str:
    """Return the file with texts set in a table, and those that are None taken out; raise CannotEdit.

    The table is added at the end where there is none.
    """
    wanted = _read(text)
    table = _table(wanted, path)
    for key, value in values.items():
        if value is None:
            table.pop(key, None)
        else:
            table[key] = value
    edits: list[Callable[[], str | None]] = [
        lambda: _in_place(text, path, values),
        lambda: _added(text, path, values),
    ]
    return _first_proved(edits, wanted, f"{_shown(path)} is written in a way that only its author can change")


def without_table(text: str, path: Path) -> str:
    """Return the file without a table and the comments right above it; raise CannotEdit."""
    wanted = _read(text)
    above = wanted
    for part in path[:-1]:
        inner = above.get(part)
        above = inner if isinstance(inner, dict) else {}
    if path[-1] not in above:
        return text
    del above[path[-1]]
    with_parents_gone = deepcopy(wanted)
    _drop_empty(with_parents_gone, path[:-1])
    found = _header(text, path)
    if found is not None:
        after = _cut(text, found.start(), _end(text, found.end()))
        if parsed(after) in (wanted, with_parents_gone):
            return after
    raise CannotEdit(f"{_shown(path)} is written in a way that only its author can take out")


def renamed(text: str, tables: Mapping[Path, Path], keys: Mapping[tuple[Path, str], str] | None = None) -> str:
    """Return the file with tables, and keys of tables, under other names, all at once; raise CannotEdit.

    Values stay as they are, and so does every comment.
    """
    keys = keys or {}
    wanted = _renamed(_read(text), tables, keys)
    edits = sorted(_renames(text, tables, keys), reverse=True)
    for start, end, name in edits:
        text = text[:start] + name + text[end:]
    if parsed(text) != wanted:
        raise CannotEdit("the names of tables cannot be changed as the file is written")
    return text


def key_of(name: str) -> str:
    """Return a name as TOML writes it."""
    if _BARE.fullmatch(name):
        return name
    return '"' + "\\n".join(quoted(part)[1:-1] for part in name.split("\n")) + '"'


# ---------------------------------------------------------------- texts


def _in_place(text: str, path: Path, values: Mapping[str, str | None]) -> str | None:
    found = _header(text, path)
    if found is None:
        return None
    for key, value in values.items():
        body_end = _end(text, found.end())
        body = text[found.end() : body_end]
        name = rf"(?:{re.escape(key_of(key))}|\"{re.escape(key_of(key))}\")"
        match = re.search(rf"^(?P<before>[ \t]*{name}[ \t]*=[ \t]*){_TEXT}(?P<after>[^\r\n]*)", body, re.M)
        if value is None:
            if match:
                stop = body.find("\n", match.end())
                body = body[: match.start()] + body[stop + 1 if stop >= 0 else len(body) :]
        elif match:
            body = f"{body[: match.start()]}{match['before']}{quoted(value)}{match['after']}{body[match.end() :]}"
        else:
            kept = body.rstrip()
            body = f"{kept}{line_end(text)}{key_of(key)} = {quoted(value)}{body[len(kept) :] or line_end(text)}"
        text = text[: found.end()] + body + text[body_end:]
    return text


def _added(text: str, path: Path, values: Mapping[str, str | None]) -> str | None:
    rows = [f"{key_of(key)} = {quoted(value)}" for key, value in values.items() if value is not None]
    start = text if not text or text.endswith("\n") else text + line_end(text)
    added = "\n".join([f"[{'.'.join(map(key_of, path))}]", *rows, ""])
    return start + ("\n" + added if start else added).replace("\n", line_end(text))


def _cut(text: str, start: int, end: int) -> str:
    """Return the text without a table; comments right above it go with it."""
    before = text[:start]
    lines = before.split("\n")
    while len(lines) > 1 and lines[-2].lstrip().startswith("#"):
        del lines[-2]
    before = "\n".join(lines)
    rest = text[end:].lstrip("\r\n")
    return (
        before.rstrip("\r\n") + (line_end(text) * 2 if before.strip() and rest else "") + rest
        if rest
        else (before.rstrip() + line_end(text) if before.strip() else "")
    )


def _renames(
    text: str, tables: Mapping[Path, Path], keys: Mapping[tuple[Path, str], str]
) -> Iterator[tuple[int, int, str]]:
    for header in _HEADER.finditer(text):
        path = _path(header["name"])
        if path in tables:
            yield header.start("name"), header.end("name"), ".".join(map(key_of, tables[path]))
        body_end = _end(text, header.end())
        for (table, key), fresh in keys.items():
            if table != path:
                continue
            name = rf"(?:{re.escape(key_of(key))}|\"{re.escape(key_of(key))}\")"
            match = re.compile(rf"^[ \t]*(?P<key>{name})[ \t]*=", re.M).search(text, header.end(), body_end)
            if match:
                yield match.start("key"), match.end("key"), key_of(fresh)


def _renamed(
    top: dict[str, object], tables: Mapping[Path, Path], keys: Mapping[tuple[Path, str], str]
) -> dict[str, object]:
    after = deepcopy(top)
    moved: list[tuple[Path, object]] = []
    for path in tables:
        held, name = _holder(after, path)
        if held is not None and name in held:
            moved.append((tables[path], held.pop(name)))
    for path, value in moved:
        held, name = _holder(after, path)
        if held is None or name in held:
            raise CannotEdit(f"{_shown(path)} stands there already")
        held[name] = value
    for path in {table for table, _ in keys}:
        held, name = _holder(after, path)
        inside = held.get(name) if held is not None else None
        if isinstance(inside, dict):
            fresh = {keys.get((path, key), key): value for key, value in inside.items()}
            if len(fresh) != len(inside):
                raise CannotEdit(f"{_shown(path)} has one of the new names already")
            inside.clear()
            inside.update(fresh)
    return after


# ---------------------------------------------------------------- places


def _header(text: str, path: Path) -> re.Match[str] | None:
    return next((found for found in _HEADER.finditer(text) if _path(found["name"]) == path), None)


def _end(text: str, start: int) -> int:
    """Return where a table ends: at the next header. The brackets of lists and the words of texts are none."""
    for following in _ANY_HEADER.finditer(text, start):
        if parsed(text[: following.start()]) is not None:
            return following.start()
    return len(text)


def _path(name: str) -> Path:
    return tuple(_plain(part) for part in re.findall(_PART, name))


def _plain(part: str) -> str:
    if part[0] not in "\"'":
        return part
    found = parsed(f"name = {part}")
    return str(found["name"]) if found else part[1:-1]


def _holder(top: dict[str, object], path: Path) -> tuple[dict[str, object] | None, str]:
    held = top
    for part in path[:-1]:
        inner = held.setdefault(part, {})
        if not isinstance(inner, dict):
            return None, path[-1]
        held = inner
    return held, path[-1]


def _table(top: dict[str, object], path: Path) -> dict[str, object]:
    held, name = _holder(top, path)
    table = held.setdefault(name, {}) if held is not None else None
    if not isinstance(table, dict):
        raise CannotEdit(f"{_shown(path)} is no table")
    return table


def _drop_empty(top: dict[str, object], path: Path) -> None:
    while path:
        held, name = _holder(top, path)
        if held is None or held.get(name) != {}:
            return
        del held[name]
        path = path[:-1]


def _first_proved(edits: list[Callable[[], str | None]], wanted: dict[str, object], otherwise: str) -> str:
    for edit in edits:
        after = edit()
        if after is not None and parsed(after) == wanted:
            return after
    raise CannotEdit(otherwise)


def _read(text: str) -> dict[str, object]:
    found = parsed(text)
    if found is None:
        raise CannotEdit("the file beside the document is not readable as TOML: mend it first, under Files")
    return found


def _shown(path: Path) -> str:
    return f"[{'.'.join(map(key_of, path))}]"
