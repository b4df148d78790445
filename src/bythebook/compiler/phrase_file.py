"""Change the text of a `phrases.toml` as a careful person would: comments and order stay, nothing else is touched.

Every edit is proved before it is given back: the file is read as TOML before and after, and they must differ by
exactly what was meant. Otherwise there is no edit, and the author makes it by hand.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping, Sequence
from typing import Final

from bythebook.compiler.phrase_needs import PhraseFor, PhraseNeed

_HEADER: Final = re.compile(r"[ \t]*\[[^\[\]\n][^\n]*\][ \t]*(?:#[^\n]*)?$", re.M)
_ANY_TABLE: Final = re.compile(r"^[ \t]*\[", re.M)
_VALUE: Final = r"(?:\"\"\"[\s\S]*?\"\"\"|'''[\s\S]*?'''|\"(?:[^\"\\\n]|\\.)*\"|'[^'\n]*')"
_ESCAPES: Final = {"\\": "\\\\", '"': '\\"', "\t": "\\t", "\b": "\\b", "\f": "\\f", "\r": "\\r", "\x7f": "\\u007f"}


BOM: Final = b"\xef\xbb\xbf"


class CannotEdit(ValueError):
    """The file cannot be changed without touching more than was meant; the message says what to do by hand."""


def edited(raw: bytes, change: Callable[[str], str]) -> bytes:
    """Return a file with its text changed and its byte order mark kept; raise UnicodeDecodeError, or as `change`."""
    mark = BOM if raw.startswith(BOM) else b""
    return mark + change(raw.removeprefix(mark).decode("utf-8")).encode("utf-8")


def with_drafts(text: str, needs: Sequence[PhraseNeed]) -> str:
    """Return the file with a draft for each need that has no phrase; raise CannotEdit.

    Where no rule is sure, the table is written as a comment, to be filled in.
    """
    ending = "\r\n" if "\r\n" in text else "\n"
    drafts = [need for need in needs if need.phrase is None and need.draft is not None]
    blanks = [need for need in needs if need.phrase is None and need.draft is None]
    parts = [_table(need) for need in drafts]
    parts += [part for need in blanks if (part := _blank(need)).split("\n")[1] not in text]
    if not parts:
        return text
    start = text if not text or text.endswith("\n") else text + ending
    after = start + (ending if start else "") + "\n".join(parts).replace("\n", ending)
    wanted = _read(text)
    for need in drafts:
        row = {"text": need.draft, "source": need.words}
        table = wanted.setdefault(need.kind.value, {})
        if not isinstance(table, dict) or need.name in table:
            raise CannotEdit(f"{need.place} stands in phrases.toml in a form that cannot be added to")
        table[need.name] = row
    return _proved(after, wanted, "the drafts cannot be added to phrases.toml as it stands")


def with_approval(text: str, need: PhraseNeed, by: str) -> str:
    """Return the file with one phrase approved, for the words that the document says now; raise CannotEdit."""
    wanted = _read(text)
    table = wanted.get(need.kind.value)
    row = table.get(need.name) if isinstance(table, dict) else None
    if not isinstance(row, dict):
        raise CannotEdit(f"{need.place} is not in phrases.toml")
    changes = {"approved_by": by}
    if need.kind is not PhraseFor.HOUSE and " ".join(str(row.get("source", "")).split()) != need.words:
        changes["source"] = need.words
    row.update(changes)
    for header in _HEADER.finditer(text):
        after = _changed(text, header.end(), changes)
        if parsed(after) == wanted:
            return after
    raise CannotEdit(f'{need.place} is written in a way that only its author can change: add approved_by = "{by}"')


def _changed(text: str, start: int, changes: Mapping[str, str]) -> str:
    """Return the text with keys of the table that starts there set."""
    for key, value in changes.items():
        following = _ANY_TABLE.search(text, start)
        end = following.start() if following else len(text)
        body = text[start:end]
        line = f"{key} = {quoted(value)}"
        found = re.search(rf"^(?P<before>[ \t]*{key}[ \t]*=[ \t]*){_VALUE}", body, re.M)
        if found:
            body = f"{body[: found.start()]}{found['before']}{quoted(value)}{body[found.end() :]}"
        else:
            at = _last_value(body)
            body = f"{body[:at]}{line_end(text)}{line}{body[at:]}"
        text = text[:start] + body + text[end:]
    return text


def _last_value(body: str) -> int:
    """Return where the last value of a table ends, its comment included."""
    at = 0
    for match in re.finditer(rf"^[ \t]*[\w\"'.-]+[ \t]*=[ \t]*(?:{_VALUE}|[^\n\"']*)[^\r\n]*", body, re.M):
        at = match.end()
    return at


def line_end(text: str) -> str:
    """Return how the lines of a text end."""
    return "\r\n" if "\r\n" in text else "\n"


def _table(need: PhraseNeed) -> str:
    assert need.draft is not None
    return f"{need.place}\ntext = {quoted(need.draft)}\nsource = {quoted(need.words)}\n"


def _blank(need: PhraseNeed) -> str:
    return (
        "# To be worded by hand: write the text, and take the # away.\n"
        f"# {need.place}\n"
        '# text = ""\n'
        f"# source = {quoted(need.words)}\n"
    )


def quoted(value: str) -> str:
    """Return a text as TOML: several lines as several, where it has them."""
    escaped = "".join(_ESCAPES.get(character, character) for character in value)
    escaped = re.sub(r"[\x00-\x07\x0b\x0e-\x1f]", lambda match: f"\\u{ord(match[0]):04x}", escaped)
    return f'"""\n{escaped}"""' if "\n" in value else f'"{escaped}"'


def _read(text: str) -> dict[str, object]:
    found = parsed(text)
    if found is None:
        raise CannotEdit("phrases.toml is not readable as TOML; `bythebook check` says where")
    return found


def parsed(text: str) -> dict[str, object] | None:
    """Return what a text says as TOML, nothing where it is none."""
    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError):
        return None


def _proved(text: str, wanted: dict[str, object], otherwise: str) -> str:
    if parsed(text) != wanted:
        raise CannotEdit(otherwise)
    return text
