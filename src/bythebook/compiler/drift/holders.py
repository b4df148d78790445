"""What of a document may rest on its article: lines, functions, phrases, links, examples, data."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Final

from bythebook.compiler.compile import Compiled
from bythebook.compiler.problems import Problems
from bythebook.compiler.release import DATA_PREFIX
from bythebook.compiler.sidecars import EXAMPLES_PATH, PHRASES_PATH, Phrases, read_toml
from bythebook.compiler.text import words_at
from bythebook.routine.model import Ask, Call, Collect, Line, Say, Step
from bythebook.routine.wording import Examples, Phrase

COMMENT_LINES_MAX: Final = 3
"""Lines of a data file's first comment that say what it holds."""


_HOLE: Final = re.compile(r"\{\w+\}")
_OF_THE_DOCUMENT: Final = ("step", "article", "line", "routine")


class HolderKind(Enum):
    CONDITION = "condition"
    LINE = "line"
    FUNCTION = "function"
    PHRASE = "phrase"
    LINK = "link"
    EXAMPLE = "example"
    NICKNAME = "nickname"
    DATA = "data"


@dataclass(frozen=True, slots=True)
class Holder:
    """One thing that may rest on a sentence."""

    kind: HolderKind
    name: str
    """As an author would cite it: `2e`, `function.x`, `article:3`, `data/fees.toml`."""

    text: str
    """Its words; of a call, what the function is for."""

    place: str
    """The file, and the line where that is known: `document.md:52`."""

    follows: tuple[tuple[HolderKind, str], ...] = ()
    """What it is stale with: a call with its function, a phrase with what it was approved for."""

    tied: str = ""
    """The choice or line that it belongs to, where it does."""


def holders_of(
    routines: Sequence[Compiled], phrases: Phrases, examples: Examples, files: Mapping[str, bytes]
) -> tuple[Holder, ...]:
    """Return the holders of a document's routines, lines first, in document order; what they share once."""
    return (
        *dict.fromkeys(holder for compiled in routines for holder in _of_routine(compiled)),
        *_of_phrases(phrases),
        *_of_examples(examples),
        *_of_data(files),
    )


def _of_routine(compiled: Compiled) -> Iterator[Holder]:
    routine = compiled.routine
    purposes = {function.name: function.purpose for function in routine.functions}
    for step in routine.steps:
        yield from _conditions(step, compiled)
        for line in step.lines:
            text = _words(line, compiled, purposes)
            follows: tuple[tuple[HolderKind, str], ...] = ()
            if isinstance(line.instruction, Call):
                follows = ((HolderKind.FUNCTION, line.instruction.function),)
            yield Holder(HolderKind.LINE, line.label, text, _place(compiled, line.span.start), follows)
    for function in routine.functions:
        text = f"{function.purpose} ({function.name.replace('_', ' ')})"
        yield Holder(HolderKind.FUNCTION, function.name, text, _place(compiled, function.span.start))


def _conditions(step: Step, compiled: Compiled) -> Iterator[Holder]:
    holders: tuple[Step | Line, ...] = (step, *step.lines)
    for holder in holders:
        if holder.condition is not None:
            place = _place(compiled, holder.condition.span.start)
            yield Holder(HolderKind.CONDITION, holder.label, holder.condition.text, place)


def _words(line: Line, compiled: Compiled, purposes: Mapping[str, str]) -> str:
    match line.instruction:
        case Say(text=str(text)) | Ask(text=str(text)) | Collect(text=str(text)):
            return text
        case Collect(slots=slots):
            return " ".join((words_at(compiled.file, line.span), *(slot.words for slot in slots)))
        case Call(function=function):
            return f"{purposes.get(function, '')} ({function.replace('_', ' ')})".strip()
        case _:
            return " ".join(words_at(compiled.file, line.span).split())


def _place(compiled: Compiled, offset: int) -> str:
    return f"{compiled.file.path}:{compiled.file.position(offset)[0]}"


def _of_phrases(phrases: Phrases) -> Iterator[Holder]:
    for label, phrase in phrases.lines.items():
        yield _phrase(f"line.{label}", phrase, (HolderKind.LINE, label))
    for name, phrase in phrases.functions.items():
        yield _phrase(f"function.{name}", phrase, (HolderKind.FUNCTION, name))
    for name, phrase in phrases.house.items():
        yield _phrase(f"house.{name}", phrase)
    for link in phrases.links:
        # Not stale with its line: whoever mends the line keeps what leads to it.
        yield Holder(HolderKind.LINK, link.words, link.words, PHRASES_PATH, tied=link.line or link.address or "")


def _phrase(name: str, phrase: Phrase, *follows: tuple[HolderKind, str]) -> Holder:
    # What fills a hole is no wording.
    return Holder(HolderKind.PHRASE, name, _HOLE.sub("", phrase.text), PHRASES_PATH, follows)


def _of_examples(examples: Examples) -> Iterator[Holder]:
    for choice, texts in examples.by_choice.items():
        kind, _, label = choice.partition(":")
        if kind not in _OF_THE_DOCUMENT:
            continue  # what people say to any assistant, and what this document is not about
        follows: tuple[tuple[HolderKind, str], ...] = ()
        if kind == "step":
            follows = ((HolderKind.CONDITION, label),)
        elif kind == "line":
            follows = ((HolderKind.LINE, label),)
        for text in texts:
            yield Holder(HolderKind.EXAMPLE, choice, text, EXAMPLES_PATH, follows, choice)
    for term, nicknames in examples.glossary.items():
        yield Holder(HolderKind.NICKNAME, term, term, EXAMPLES_PATH, (), ", ".join(nicknames))


def _of_data(files: Mapping[str, bytes]) -> Iterator[Holder]:
    for path, raw in sorted(files.items()):
        if not (path.startswith(DATA_PREFIX) and path.endswith(".toml")):
            continue
        text = raw.decode("utf-8", "replace")
        stem = path.removeprefix(DATA_PREFIX).removesuffix(".toml").replace("_", " ").replace("/", " ")
        comment = []
        for line in text.split("\n")[:COMMENT_LINES_MAX]:
            words = line.lstrip("# ").strip()
            if not line.startswith("#") or not words:
                break
            comment.append(words)
        yield Holder(HolderKind.DATA, path, " ".join(comment) or stem, path)
        for key, rows in read_toml(raw, Problems.of(path)).items():
            if isinstance(rows, list):
                for row in rows:
                    words = _said(row)
                    if words:
                        yield Holder(HolderKind.DATA, f"{path} [[{key}]]", words, path)


def _said(row: object) -> str:
    """Return the texts and numbers of a row of data."""
    values = row.values() if isinstance(row, Mapping) else (row,)
    return " ".join(str(value) for value in values if isinstance(value, str | int | float) and value is not True)
