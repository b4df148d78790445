"""What one click changes in a draft: its phrases, what decides its conditions, what is meant so, its examples.

Each is a pure function of the draft's files. Comments and order in them stay; CannotEdit says where that is not
possible, and then the file is the author's to change.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Final

from bythebook.compiler.condition_file import DECIDING
from bythebook.compiler.example_file import with_example, without_example
from bythebook.compiler.phrase_file import BOM, CannotEdit, edited
from bythebook.compiler.phrase_needs import PhraseFor, PhraseNeed, one_line
from bythebook.compiler.release import BINDINGS_PATH
from bythebook.compiler.sidecars import EXAMPLES_PATH, PHRASES_PATH
from bythebook.compiler.table_edit import Path, with_values, without_table
from bythebook.routine.model import Ask, Call, Collect, HandOver, Instruction, Routine
from bythebook.service.drafts import DraftRefused, Files

HAND_OVER: Final = "Transfer the customer to a human."
"""What a line does whose function nobody has connected: a person does it."""

OUTCOMES: Final = ("success", "failure")


def as_bytes(text: str, before: bytes) -> bytes:
    """Return a text as the file's bytes, with the line ends and the byte order mark that it had."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    if b"\r\n" in before:
        lines = lines.replace("\n", "\r\n")
    mark = BOM if before.startswith(BOM) else b""
    return mark + lines.encode("utf-8", "replace")


def as_text(raw: bytes) -> str:
    """Return a file's text as a page shows it."""
    return raw.removeprefix(BOM).decode("utf-8", "replace").replace("\r\n", "\n").replace("\r", "\n")


def with_phrase(files: Files, need: PhraseNeed, text: str, approved_by: str | None) -> Files:
    """Return the files with the words of a phrase, for what the document says today, approved or a draft again."""
    words = "\n".join(line.rstrip() for line in text.replace("\r\n", "\n").strip().split("\n"))
    if not words:
        raise DraftRefused("a phrase needs words: write what the customer is to be told")
    values: dict[str, str | None] = {"text": words}
    if need.kind is not PhraseFor.HOUSE or need.words:
        values["source"] = need.words
    values["approved_by"] = approved_by
    return _edited(files, PHRASES_PATH, lambda file: with_values(file, (need.kind.value, need.name), values))


def with_accepted(files: Files, key: str, reason: str | None) -> Files:
    """Return the files with a remark accepted for a reason, or not any more."""
    said = one_line(reason) if reason is not None else None
    if said == "":
        raise DraftRefused("say why it is meant so: whoever reads it next wants to know")
    return _edited(files, PHRASES_PATH, lambda file: with_values(file, ("accept",), {key: said}))


def with_decided(files: Files, label: str, deciding: Mapping[str, str], source: str) -> Files:
    """Return the files with something else deciding a condition, for its words of today; see `DECIDING`."""
    values: dict[str, str | None] = {**dict.fromkeys(DECIDING), **deciding, "source": source}
    return _edited(files, PHRASES_PATH, lambda file: with_values(file, ("condition", label), values))


def answered(choice: str) -> Mapping[str, str]:
    """Return what is written for an answer that is chosen by `question 1 yes`, or `question 1`."""
    _, question, *answer = choice.split(" ")
    return {"question": question, **({"answer": answer[0]} if answer else {})}


def with_shown(files: Files, title: str, notice: str) -> Files:
    """Return the files with what customers see a document called, and are asked not to share; empty for the usual."""
    values = {"title": one_line(title) or None, "notice": one_line(notice) or None}
    if not any(values.values()) and PHRASES_PATH not in files:
        return files
    return _edited(files, PHRASES_PATH, lambda file: with_values(file, ("conduct",), values))


def without(files: Files, path: str, table: Path) -> Files:
    """Return the files without a table of one of them."""
    return _edited(files, path, lambda file: without_table(file, table))


def with_person(files: Files, label: str, source: str) -> Files:
    """Return the files with a person doing what a line calls a function for."""
    values: dict[str, str | None] = {"does": HAND_OVER, "source": source}
    return _edited(files, PHRASES_PATH, lambda file: with_values(file, ("line", label), values))


def lost_by_handing(label: str, before: Routine, after: Routine) -> str:
    """Return which line would do something else when a person does the call of a line; empty where none does.

    Its own label stands for more in that line than one call.
    """
    was, now = list(_done(before)), list(_done(after))
    if [one[:2] for one in was] != [one[:2] for one in now]:
        return label
    changed = [(one[0], one[2], other[2]) for one, other in zip(was, now, strict=True) if one[2] != other[2]]
    handed = [isinstance(one, Call) and isinstance(other, HandOver) for _, one, other in changed]
    if handed.count(True) != 1:
        return label
    return next((changed[at][0] for at, so in enumerate(handed) if not so), "")


def _done(routine: Routine) -> Iterator[tuple[str, str, Instruction | None]]:
    """Yield what the text has done, line by line, with the words of what it hangs on.

    What a question is kept under may change: it is named after the function that wanted it.
    """
    for step in routine.steps:
        yield f"step {step.label}", step.condition.text if step.condition is not None else "", None
        for line in step.lines:
            what: Instruction = line.instruction
            match what:
                case Ask():
                    what = replace(what, answers=())
                case Collect():
                    what = replace(what, slots=())
                case _:
                    pass
            if not line.implied:
                yield line.label, line.condition.text if line.condition is not None else "", what


def with_nothing_outside(files: Files, function: str) -> Files:
    """Return the files with a function that has nothing to do in other systems."""
    if not function.isidentifier():
        raise DraftRefused(f"`{function}` is no name of a function")
    table = f"[function.{function}]\nnothing = true\n"
    return _edited(files, BINDINGS_PATH, lambda file: f"{file.rstrip()}\n\n{table}" if file.strip() else table)


def with_said(files: Files, choice: str, text: str) -> Files:
    """Return the files with one more example of what customers say."""
    words = one_line(text)
    if not words:
        raise DraftRefused("write what a customer would say")
    return _edited(files, EXAMPLES_PATH, lambda file: with_example(file, choice, words))


def without_said(files: Files, choice: str, text: str) -> Files:
    """Return the files without an example of what customers say."""
    return _edited(files, EXAMPLES_PATH, lambda file: without_example(file, choice, text))


def _edited(files: Files, path: str, change: Callable[[str], str]) -> Files:
    try:
        return {**files, path: edited(files.get(path, b""), change)}
    except UnicodeDecodeError as failure:
        raise CannotEdit(f"{path} is not UTF-8 text: mend it first, under Files") from failure
