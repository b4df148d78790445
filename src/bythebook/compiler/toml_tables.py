"""Tables of a TOML file beside a document, read for what they should hold; what else stands there is a problem."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from bythebook.compiler.problems import Problems
from bythebook.source.suggest import did_you_mean


@dataclass(frozen=True, slots=True)
class Where:
    """A table of a file, as findings speak of it, and where it is written."""

    words: str
    path: tuple[str, ...] = ()

    def __str__(self) -> str:
        return self.words


FILE: Final = Where("the file")


def tables(top: Mapping[str, object], kind: str, problems: Problems) -> Iterator[tuple[str, Mapping[str, object]]]:
    """Yield the tables under a name, each with its own; report what is none."""
    for name, table in table_of(top, kind, problems).items():
        if isinstance(table, Mapping):
            yield name, table
        else:
            at = problems.places.at(kind, name)
            help = f"write: [{kind}.{quoted_name(name)}]"
            problems.error("wrong-shape", f"`{name}` under [{kind}] is no table", help, at)


def table_of(top: Mapping[str, object], key: str, problems: Problems) -> Mapping[str, object]:
    """Return a table of the file, empty where there is none."""
    table = top.get(key, {})
    if isinstance(table, Mapping):
        return table
    problems.error("wrong-shape", f"`{key}` is no table", f"write: [{key}]", problems.places.at(key))
    return {}


def lists(top: Mapping[str, object], key: str, problems: Problems) -> Mapping[str, tuple[str, ...]]:
    """Return the lists of texts of a table, by name."""
    found: dict[str, tuple[str, ...]] = {}
    for name, texts in table_of(top, key, problems).items():
        if isinstance(texts, list) and all(isinstance(text, str) and text.strip() for text in texts):
            found[name] = tuple(texts)
        else:
            problems.error(
                "wrong-shape",
                f"[{key}] `{name}` is no list of texts",
                f'write: {quoted_name(name)} = ["...", "..."]',
                problems.places.at(key, name),
            )
    return found


def text_of(
    table: Mapping[str, object], key: str, place: Where, problems: Problems, *, missing_is_fine: bool = False
) -> str:
    """Return the text of a key, empty where it is none; say so unless it may be missing."""
    value = table.get(key, "" if missing_is_fine else None)
    if isinstance(value, str) and (missing_is_fine or value.strip()):
        return value
    problem = f"{place} has no words for `{key}`" if value in (None, "") else f"{place}: `{key}` is no text"
    problems.error("wrong-shape", problem, f'write: {key} = "..."', problems.places.at(*place.path, key))
    return ""


def known_keys(table: Mapping[str, object], known: tuple[str, ...], place: Where, problems: Problems) -> None:
    """Report keys that mean nothing here."""
    for key in table:
        if key not in known:
            help = did_you_mean(key, known) or f"use: {', '.join(f'`{name}`' for name in known)}"
            at = problems.places.at(*place.path, key)
            problems.error("unknown-key", f"{place} has `{key}`, which means nothing here", help, at)


def quoted_name(name: str) -> str:
    """Return a name as it stands in the head of a table."""
    return name if name.replace("-", "_").isidentifier() and name.isascii() else f'"{name}"'
