"""Items of the outline become steps and lines. What is not understood is reported with all that stands under it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from bythebook.compiler.draft import DraftStep
from bythebook.compiler.outline import Item, Rank, children_of
from bythebook.compiler.text import plain
from bythebook.compiler.wording import Calling, Form, Hanging, Heading, Quoted, Voice, hint, recognise
from bythebook.routine.model import Ask, Call, Instruction, Line, QuestionKind, Say
from bythebook.source.diagnostic import Diagnostic, Label, Severity
from bythebook.source.span import SourceFile, Span

NAME: Final = "unknown-instruction"

_ANYTHING_ELSE: Final = re.compile(r"\banything (?:else|more)\b|\b(?:further|other|more) questions\b", re.I)


@dataclass(frozen=True, slots=True)
class _Understood:
    """The outline with what each item's words ask for."""

    file: SourceFile
    items: tuple[Item, ...]
    forms: tuple[Form | None, ...]
    children: tuple[tuple[int, ...], ...]
    quotes: tuple[bool, ...]
    """Whether quoted words stand somewhere under the item."""


@dataclass(frozen=True, slots=True)
class _Progress:
    """What the pass over the items has found so far."""

    steps: list[tuple[int, Span | None, list[Line]]] = field(default_factory=list)
    lines: dict[int, Line] = field(default_factory=dict)
    """The line that an item became, by the item's index."""

    lost: dict[int, int] = field(default_factory=dict)
    """The item not understood that an item stands under (or is), by the item's index."""

    problems: dict[int, tuple[str, str]] = field(default_factory=dict)
    """Message and help for each item not understood."""


def resolve(items: Sequence[Item], file: SourceFile) -> tuple[tuple[DraftStep, ...], tuple[Diagnostic, ...]]:
    """Return the steps, and a diagnostic for each line that was not understood."""
    outline = _understand(items, file)
    progress = _Progress()
    for index in range(len(items)):
        _take(index, outline, progress)
    steps = []
    for index, condition, lines in progress.steps:
        item = items[index]
        if not lines and index not in progress.lost and not _reported_under(index, outline, progress):
            progress.lost[index] = index
            progress.problems[index] = (
                f"nothing stands under step {item.label}",
                "add what to do in lines under it",
            )
        text = plain(file.slice(item.span))
        steps.append(DraftStep(item.label, item.span, text, condition, tuple(lines)))
    return tuple(steps), _diagnostics(outline, progress)


def _understand(items: Sequence[Item], file: SourceFile) -> _Understood:
    forms = tuple(None if item.rank is Rank.NOTE else recognise(file.slice(item.span)) for item in items)
    quotes = [False] * len(items)
    for index in range(len(items) - 1, -1, -1):
        parent = items[index].parent
        if parent is not None and (quotes[index] or isinstance(forms[index], Quoted)):
            quotes[parent] = True
    return _Understood(file, tuple(items), forms, children_of(items), tuple(quotes))


def _take(index: int, outline: _Understood, progress: _Progress) -> None:
    item, form = outline.items[index], outline.forms[index]
    if item.parent is not None and item.parent in progress.lost:
        progress.lost[index] = progress.lost[item.parent]
        return
    is_step = item.parent is None and item.rank is Rank.NUMBER
    problem = _problem(index, outline)
    if is_step:
        condition = form.condition.shift(item.span.start) if isinstance(form, Hanging) else None
        progress.steps.append((index, condition, []))
    if problem is not None:
        progress.lost[index] = index
        progress.problems[index] = problem
        return
    if isinstance(form, Quoted | Calling):
        line = Line(item.label, item.span, _instruction(index, form, outline), _line_above(index, outline, progress))
        progress.lines[index] = line
        progress.steps[-1][2].append(line)


def _problem(index: int, outline: _Understood) -> tuple[str, str] | None:
    """Return message and help when the item's words cannot be carried out where they stand."""
    item, form = outline.items[index], outline.forms[index]
    words = outline.file.slice(item.span)
    if item.parent is None and item.rank is not Rank.NUMBER:
        return (
            "this line belongs to no step",
            "number it as a step, or move it above the routine under a heading of its own",
        )
    if item.rank is Rank.NOTE:
        return (
            f"this line under step {_step_label(index, outline)} is no step or line of the routine",
            "begin it with a marker such as `-`, or move it above the routine under a heading of its own",
        )
    if form is None or (isinstance(form, Heading) and not outline.quotes[index]):
        return f"{_named(item)} is not in words that can be carried out", hint(words)
    if isinstance(form, Hanging) and item.parent is not None:
        return f"{_named(item)} is a condition inside a step", hint(words)
    return None


def _named(item: Item) -> str:
    return f"step {item.label}" if item.parent is None else f"line {item.label}"


def _step_label(index: int, outline: _Understood) -> str:
    item = outline.items[index]
    while item.parent is not None:
        item = outline.items[item.parent]
    return item.label


def _line_above(index: int, outline: _Understood, progress: _Progress) -> str | None:
    """Return the label of the line that the item stands under, where that is not the step itself."""
    parent = outline.items[index].parent
    if parent is None or outline.items[parent].parent is None:
        return None
    line = progress.lines.get(parent)
    return line.label if line is not None else None


def _instruction(index: int, form: Quoted | Calling, outline: _Understood) -> Instruction:
    if isinstance(form, Calling):
        return Call(form.function, form.arguments)
    item = outline.items[index]
    text = plain(outline.file.slice(form.text.shift(item.span.start)))
    above = item.parent
    heading = outline.forms[above] if above is not None else None
    if not _asks(form, text, heading):
        return Say(text)
    topic = text
    if above is not None and isinstance(heading, Heading):
        topic = f"{text} {outline.file.slice(outline.items[above].span)}"
    kind = QuestionKind.ANYTHING_ELSE if _ANYTHING_ELSE.search(topic) else QuestionKind.OPEN
    return Ask(text, kind)


def _asks(form: Quoted, text: str, heading: Form | None) -> bool:
    headed = isinstance(heading, Heading) and heading.asks
    match form.voice:
        case Voice.ASK:
            return True
        case Voice.TELL:
            return False
        case Voice.SAY:
            return headed and "?" in text
        case Voice.BARE:
            return headed or (not isinstance(heading, Heading) and text.endswith("?"))


def _reported_under(index: int, outline: _Understood, progress: _Progress) -> bool:
    return any(child in progress.lost for child in outline.children[index])


def _diagnostics(outline: _Understood, progress: _Progress) -> tuple[Diagnostic, ...]:
    under: dict[int, list[Label]] = {root: [] for root in progress.problems}
    for index, root in progress.lost.items():
        if index != root:
            under[root].append(Label(outline.items[index].span, "not read either"))
    return tuple(
        Diagnostic(
            NAME,
            Severity.ERROR,
            message,
            Label(outline.items[root].span, "not understood"),
            tuple(under[root]),
            help,
        )
        for root, (message, help) in progress.problems.items()
    )
