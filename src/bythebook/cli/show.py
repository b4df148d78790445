"""`bythebook show`: what was understood of a document, line by line, and why."""

from __future__ import annotations

import argparse
import json
import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from bythebook.adapters.folder import find_document
from bythebook.adapters.library import Folder, document_at, read_routine, routines_at
from bythebook.adapters.shelf import house
from bythebook.cli.check import summary
from bythebook.cli.common import add_document, explained
from bythebook.compiler.compile import Compiled
from bythebook.compiler.in_words import does, name_of, place_of, tested, why
from bythebook.compiler.release import build_release
from bythebook.compiler.resolve import NAME as UNKNOWN
from bythebook.compiler.text import words_at
from bythebook.drawing.mermaid import as_mermaid
from bythebook.routine.graph import graph_of
from bythebook.routine.model import (
    Ask,
    Call,
    Collect,
    Condition,
    Goto,
    Group,
    HandOver,
    Leave,
    Line,
    QuestionKind,
    Repeat,
    Routine,
    Say,
    Slot,
    Step,
)
from bythebook.source.diagnostic import Severity
from bythebook.source.render import as_json
from bythebook.source.span import SourceFile, Span

WIDTH: Final = 100
LINE_WIDTH: Final = 5
LABEL_WIDTH: Final = 8


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    add_document(parser)
    parser.add_argument("--format", choices=("text", "json", "mermaid"), default="text", help="how it is shown")


def run(arguments: argparse.Namespace) -> int:
    """Show the document; 1 where it has errors, 2 where it cannot be read."""
    return explained(lambda: _show(arguments))


def _show(arguments: argparse.Namespace) -> int:
    path = find_document(arguments.document)
    several = routines_at(path) if arguments.format == "text" else ()
    if len(several) > 1:
        return max([_show_one(routine_at, path, arguments.format) for routine_at in several])
    return _show_one(read_routine(path), path, arguments.format)


def _show_one(routine_at: Folder, path: Path, format_: str) -> int:
    release, compiled, _ = build_release(routine_at.name, routine_at.files, house())
    shown = document_at(path)
    file = SourceFile(str(shown), compiled.file.text)
    routine = release.routine if release is not None else compiled.routine
    match format_:
        case "json":
            print(json.dumps(as_data(routine, compiled, file), ensure_ascii=False, indent=2))
        case "mermaid":
            print(as_mermaid(graph_of(routine, file)))
        case _:
            print(as_text(routine, compiled, file, shown))
    return 0 if compiled.ok else 1


# ---------------------------------------------------------------- text


def as_text(routine: Routine, compiled: Compiled, file: SourceFile, path: Path) -> str:
    """Return the document as it was understood, for a person to read beside it."""
    findings = summary(counts := {k: sum(one.severity is k for one in compiled.diagnostics) for k in Severity})
    if any(counts.values()):
        findings += f" (bythebook check {path})"
    parts = [
        *_head(routine),
        "",
        "ROUTINE",
        *(text for step in routine.steps for text in _step(step, routine, file)),
        *_not_understood(compiled, file),
        "",
        "ARTICLE",
        *_article(routine, file),
        "",
        "FUNCTIONS",
        *(text for text in _functions(routine, file)),
        "",
        findings,
    ]
    return "\n".join(parts)


def _head(routine: Routine) -> Iterator[str]:
    yield routine.article.title or "(no title)"
    if routine.article.subtitle:
        yield routine.article.subtitle
    yield f"digest {routine.digest}"


def _not_understood(compiled: Compiled, file: SourceFile) -> Iterator[str]:
    lost = [finding for finding in compiled.diagnostics if finding.name == UNKNOWN]
    if lost:
        yield from ("", "NOT UNDERSTOOD")
    for finding in lost:
        for label in (finding.label, *finding.related):
            yield _entry("", words_at(file, label.span), label.span, file)


def _step(step: Step, routine: Routine, file: SourceFile) -> Iterator[str]:
    own = step.line(step.label)
    hangs = "" if step.condition is None else why(step.label, step.condition, routine)
    if own is None:
        yield _entry(step.label, step.text, step.span, file)
    if own is None and step.condition is not None:
        yield _note(f"condition ({step.condition.kind.value}): {hangs}")
    elif own is None and step.lines:
        yield _note("not said itself: it says how the lines under it are meant")
    for line in step.lines:
        yield _entry(line.label, does(line.instruction, words_at(file, line.span)), line.span, file)
        if line is own and step.condition is not None:
            yield _note(f"the step's condition ({step.condition.kind.value}): {hangs}")
        if line.condition is not None:
            reason = why(line.label, line.condition, routine)
            yield _note(f"only if “{line.condition.text}” ({line.condition.kind.value}): {reason}")
        if note := _line_note(line, routine):
            yield _note(note)


def _line_note(line: Line, routine: Routine) -> str:
    if line.implied:
        return "the document does not write it: it follows from this line"
    match line.instruction:
        case Ask(kind=QuestionKind.WHICH, answers=answers):
            return "; ".join(f"{name_of(label, routine)} leads to {place_of(label, routine)}" for label in answers)
        case Ask(kind=QuestionKind.YES_NO, answers=answers) if answers:
            return "; ".join(f"{name_of(label, routine)} leads to {place_of(label, routine)}" for label in answers)
        case Collect(slots=slots):
            return "; ".join(_slot(slot) for slot in slots)
        case Ask(kind=QuestionKind.ANYTHING_ELSE) if routine.resolution is not None:
            return f"a no leads to {routine.resolution.label}"
        case _ if line.parent is not None:
            return f"belongs to {line.parent}"
        case _:
            return ""


def _slot(slot: Slot) -> str:
    kind = f"one of {', '.join(slot.options)}" if slot.options else slot.type.value
    return f"“{slot.words}” becomes {slot.name} ({kind})"


def _article(routine: Routine, file: SourceFile) -> Iterator[str]:
    if not routine.article.topics:
        yield "  (none)"
    for topic in routine.article.topics:
        yield _entry(str(topic.number), topic.question, topic.span, file)
        for passage in topic.answer:
            yield _note(passage.text)


def _functions(routine: Routine, file: SourceFile) -> Iterator[str]:
    if not routine.functions:
        yield "  (none)"
    for function in routine.functions:
        parameters = ", ".join(parameter.name for parameter in function.parameters)
        yield _entry("", f"{function.name}({parameters})", function.span, file)
        yield _note(function.purpose or "(no purpose)")


def _entry(label: str, text: str, span: Span, file: SourceFile) -> str:
    line, _ = file.position(span.start)
    head = f"{line:>{LINE_WIDTH}}  {label:<{LABEL_WIDTH}}" + (" " if len(label) >= LABEL_WIDTH else "")
    return textwrap.fill(text, WIDTH, initial_indent=head, subsequent_indent=" " * len(head), break_on_hyphens=False)


def _note(text: str) -> str:
    indent = " " * (LINE_WIDTH + 2 + LABEL_WIDTH + 2)
    return textwrap.fill(text, WIDTH, initial_indent=indent, subsequent_indent=indent, break_on_hyphens=False)


# ---------------------------------------------------------------- json


def as_data(routine: Routine, compiled: Compiled, file: SourceFile) -> dict[str, object]:
    """Return everything with its line and column (from 1)."""
    article = routine.article
    return {
        "path": file.path,
        "digest": routine.digest,
        "ok": compiled.ok,
        "article": {
            "title": article.title,
            "subtitle": article.subtitle,
            "topics": [
                {
                    "number": topic.number,
                    "question": topic.question,
                    **_place(topic.span, file),
                    "answer": [{"text": passage.text, **_place(passage.span, file)} for passage in topic.answer],
                }
                for topic in article.topics
            ],
        },
        "steps": [_step_data(step, routine, file) for step in routine.steps],
        "functions": [
            {
                "name": function.name,
                "purpose": function.purpose,
                "parameters": [parameter.name for parameter in function.parameters],
                **_place(function.span, file),
            }
            for function in routine.functions
        ],
        "findings": [as_json(finding, file) for finding in compiled.diagnostics],
    }


def _step_data(step: Step, routine: Routine, file: SourceFile) -> dict[str, object]:
    condition = step.condition
    return {
        "label": step.label,
        "text": step.text,
        **_place(step.span, file),
        "condition": _condition_data(condition, why(step.label, condition, routine), file) if condition else None,
        "lines": [_line_data(line, routine, file) for line in step.lines],
    }


def _condition_data(condition: Condition, reason: str, file: SourceFile) -> dict[str, object]:
    return {
        "text": condition.text,
        **_place(condition.span, file),
        "kind": condition.kind.value,
        "why": reason,
        "name": condition.name,
        "fact": condition.fact,
        "question": condition.question,
        "answer": condition.answer,
        "test": tested(condition.test) if condition.test is not None else None,
        "instead_of": list(condition.instead_of),
    }


def _line_data(line: Line, routine: Routine, file: SourceFile) -> dict[str, object]:
    condition = line.condition
    data: dict[str, object] = {"label": line.label, "parent": line.parent, **_place(line.span, file)}
    if condition is not None:
        data["condition"] = _condition_data(condition, why(line.label, condition, routine), file)
    match line.instruction:
        case Say(text=text):
            data |= {"does": "say", "text": text}
        case Ask(text=text, kind=kind, answers=answers):
            data |= {"does": "ask", "text": text, "kind": kind.value, "answers": list(answers)}
        case Collect(slots=slots, text=text):
            data |= {"does": "collect", "text": text, "slots": [_slot_data(slot, file) for slot in slots]}
        case Call(function=function, arguments=arguments):
            data |= {"does": "call", "function": function, "arguments": list(arguments)}
        case Group():
            data |= {"does": "group"}
        case Goto(target=target, returns=returns):
            data |= {"does": "go to", "target": target, "returns": returns}
        case Leave():
            data |= {"does": "leave"}
        case Repeat(target=target, times=times):
            data |= {"does": "repeat", "target": target, "times": times}
        case HandOver(reason=reason):
            data |= {"does": "hand over", "reason": reason}
    return data


def _slot_data(slot: Slot, file: SourceFile) -> dict[str, object]:
    return {
        "name": slot.name,
        "words": slot.words,
        "type": slot.type.value,
        "pattern": slot.pattern,
        "options": list(slot.options),
        **_place(slot.span, file),
    }


def _place(span: Span, file: SourceFile) -> dict[str, int]:
    (line, column), (end_line, end_column) = file.position(span.start), file.position(span.end)
    return {"line": line, "column": column, "end_line": end_line, "end_column": end_column}
