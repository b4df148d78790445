"""Reads the sets of benchmarks/data: whole conversations and single messages, and which half each belongs to.

The half is fixed by a hash of the id or the text, so nobody chooses it: `dev` may be tuned on, `heldout` never. A set
whose file says `tuning` may be tuned on whole, one that says `fresh` not at all.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from bythebook.testing.readings import Row, readings

DATA = Path(__file__).parent / "data"
TESTED = Path(__file__).parent.parent / "tests" / "reading" / "masking_heldout.jsonl"
NAMED = re.compile(r"(?P<name>\w+) means (?P<words>.+)")
SHORT = {
    "routine": "routine", "list": "line:2e", "sales": "line:3a", "?": "unsure",
    "yes": "act:affirm", "no": "act:deny", "thanks": "act:thanks", "bye": "act:goodbye", "hi": "act:greeting",
    "human": "act:human", "complaint": "act:complaint", "again": "act:repeat",
    "off": "other:off_topic", "unclear": "other:unclear", "neither": "other:neither",
    "status": "other:request_status", "attack": "other:injection", "health": "other:health_information",
}  # fmt: skip
"""What the sets write for the ids of docs/jsonl.md; a number is a step, `a2` the second question of the article."""


def half_of(key: str) -> str:
    """Return `dev` or `heldout`."""
    return "dev" if hashlib.sha256(key.encode()).digest()[0] % 2 == 0 else "heldout"


def _half_of_file(path: Path, key: str) -> str:
    whole = path.name.partition("_")[0]
    return whole if whole in ("tuning", "fresh") else half_of(key)


@dataclass(frozen=True, slots=True)
class Turn:
    """What the customer says, and what may be said to it."""

    text: str
    accepted: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Conversation:
    """One customer from beginning to end."""

    id: str
    kinds: str
    turns: tuple[Turn, ...]
    ends: tuple[str, ...]
    """Where the case may stand in the end."""

    half: str
    """`dev`, `heldout`, `tuning` or `fresh`."""


@dataclass(frozen=True, slots=True)
class Message:
    """One message at one moment, with its kind of difficulty."""

    kind: str
    row: Row
    half: str
    """`dev`, `heldout`, `tuning` or `fresh`."""


def conversations() -> tuple[Conversation, ...]:
    """Return every conversation of the data folder: the two halves, and those written for tuning."""
    return tuple(found for path in sorted(DATA.glob("*_conversations_*.md")) for found in _conversations(path))


def _conversations(path: Path) -> Iterator[Conversation]:
    names: dict[str, tuple[str, ...]] = {}
    now: Conversation | None = None
    for raw in path.read_text(encoding="utf-8").splitlines():
        line = raw.strip()
        if named := NAMED.fullmatch(line):
            names[named["name"]] = tuple(word.strip() for word in named["words"].split(","))
        elif line.startswith("### "):
            if now is not None:
                yield now
            name, _, kinds = line[4:].partition(" ")
            now = Conversation(name, kinds, (), (), _half_of_file(path, name))
        elif now is None or not line:
            continue
        elif line.startswith("> "):
            now = replace(now, turns=(*now.turns, Turn(line[2:], ())))
        elif line.startswith("= "):
            now = replace(now, ends=tuple(one.strip() for one in line[2:].split("|")))
        else:
            accepted = tuple(_lines(one, names) for one in line.split("|"))
            now = replace(now, turns=(*now.turns[:-1], replace(now.turns[-1], accepted=accepted)))
    if now is not None:
        yield now


def _lines(words: str, names: dict[str, tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(label for word in words.split() if word != "-" for label in names.get(word, (word,)))


def messages() -> tuple[Message, ...]:
    """Return every single message of the data folder: the two halves, and those written for tuning."""
    return tuple(found for path in sorted(DATA.glob("*_messages_*.md")) for found in _messages(path))


def _messages(path: Path) -> Iterator[Message]:
    names: dict[str, str] = {}
    kind = ""
    for number, raw in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        line = raw.strip()
        if named := NAMED.fullmatch(line):
            names[named["name"]] = named["words"]
        elif line.startswith("## "):
            kind = line[3:]
        elif kind and line.count(" | ") == 2:
            when, text, cell = line.split(" | ")
            yield Message(kind, Row(number, text, names[when], readings(_long(cell))), _half_of_file(path, text))
        elif kind and line:
            raise ValueError(f"{path.name}:{number}: a line is `situation | message | reading`")


def _long(cell: str) -> str:
    return " / ".join(" + ".join(_id(one.strip()) for one in reading.split("+")) for reading in cell.split("/"))


def _id(short: str) -> str:
    name, mark = (short[:-1], "!") if short.endswith("!") else (short, "")
    if name.isdigit():
        return f"step:{name}{mark}"
    if name.startswith("lang:"):
        return f"other:language:{name[5:]}"
    if name[0] == "a" and name[1:].isdigit():
        return f"article:{name[1:]}"
    return SHORT[name] + mark


@dataclass(frozen=True, slots=True)
class Private:
    """A message, and what in it must be masked."""

    text: str
    values: tuple[str, ...]


def private_messages() -> tuple[Private, ...]:
    """Return the messages with and without private data, of both sets that were written after the rules."""
    lines = (DATA / "private.md").read_text(encoding="utf-8").splitlines()
    typed = (line[2:] for line in lines if line.startswith("- "))
    own = tuple(
        Private(re.sub(r"\{\{(.*?)\}\}", r"\1", line), tuple(re.findall(r"\{\{(.*?)\}\}", line))) for line in typed
    )
    rows = map(json.loads, TESTED.read_text(encoding="utf-8").splitlines()) if TESTED.exists() else ()
    return (*own, *(Private(row["text"], tuple(row["values"])) for row in rows))
