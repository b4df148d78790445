"""Items of the outline become steps and lines. What is not understood is reported with all that stands under it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from bythebook.compiler.actions import Action
from bythebook.compiler.alternatives import alternatives, otherwise_under
from bythebook.compiler.clauses import Clause, Part
from bythebook.compiler.draft import DraftCondition, DraftLine, DraftStep
from bythebook.compiler.forms import Asking, Behaving, Chain, Collecting, Concluding, Quoted, Telling
from bythebook.compiler.heading import as_heading, cannot_be_told, carried_out
from bythebook.compiler.hints import beside_steps, hint
from bythebook.compiler.instruct import Surroundings, instead, instruction, is_question
from bythebook.compiler.notes import unread as unread
from bythebook.compiler.outline import Item, Rank
from bythebook.compiler.paths import LEAVES
from bythebook.compiler.sentence_kinds import follows_none_left, heads_its_line, told_to_do
from bythebook.compiler.tables import MARK
from bythebook.compiler.text import plain
from bythebook.compiler.understand import HEAD_CHARACTERS, Outline, is_call, understand, understood
from bythebook.routine.model import Ask, Collect, Group, Instruction, Leave, Line, QuestionKind
from bythebook.source.diagnostic import Diagnostic, Label, Severity
from bythebook.source.span import SourceFile, Span

NAME: Final = "unknown-instruction"
SHOWN_MAX: Final = 70
"""Characters of a sentence that a finding repeats."""


@dataclass(frozen=True, slots=True)
class _Progress:
    """What the pass over the items has found so far."""

    steps: list[tuple[int, DraftCondition | None, list[DraftLine]]] = field(default_factory=list)
    above: dict[int, str | None] = field(default_factory=dict)
    """The label that lines under an item belong to, by the item's index."""

    lost: dict[int, int] = field(default_factory=dict)
    """The item not understood that an item stands under (or is), by the item's index."""

    problems: dict[int, tuple[str, str]] = field(default_factory=dict)
    """Message and help for each item not understood."""

    notes: list[Span] = field(default_factory=list)
    """Places that say how to behave."""

    undone: list[Span] = field(default_factory=list)
    """Sentences beside others that say what to do, in words that are not understood."""

    alternatives: set[int] = field(default_factory=set)
    """Items that hold where their step's own condition does not."""

    content: set[int] = field(default_factory=set)
    """Items whose words are part of the line above them."""

    shaping: list[Span] = field(default_factory=list)
    """Items that only say how others are meant."""

    headings: list[Diagnostic] = field(default_factory=list)
    """What is said of lines that are read as headings, and may have been meant otherwise."""

    titles: dict[int, bool] = field(default_factory=dict)
    events: list[Span] = field(default_factory=list)
    """Conditions that only say what has happened by then: "once they have sent it"."""

    def line(self, index: int, label: str, span: Span, what: Instruction) -> Line:
        """Return a line at an item's place among the others."""
        return Line(label, span, what, self.above.get(index))

    def add(self, line: Line, condition: DraftCondition | None = None, options: tuple[Span, ...] = ()) -> None:
        self.steps[-1][2].append(DraftLine(line, condition, options))

    @property
    def asks_last(self) -> bool:
        """Whether the line before asks something."""
        lines = self.steps[-1][2] if self.steps else []
        return bool(lines) and isinstance(lines[-1].line.instruction, Ask | Collect)

    def is_title(self, index: int, outline: Outline) -> bool:
        """Whether the lines under an item carry out what it announces; looked at once an item."""
        if index not in self.titles:
            self.titles[index] = outline.is_title(index) and not carried_out(index, outline)
        return self.titles[index]

    @property
    def asked_already(self) -> bool:
        """Whether the line before asks whether there is anything else."""
        before = next((lines[-1] for _, _, lines in reversed(self.steps[-2:]) if lines), None)
        return before is not None and is_question(before.line.instruction, QuestionKind.ANYTHING_ELSE)


@dataclass(frozen=True, slots=True)
class Resolved:
    """The steps, what is to be said about the rest, and the places that only shape others."""

    steps: tuple[DraftStep, ...]
    diagnostics: tuple[Diagnostic, ...]
    shaping: tuple[Span, ...]
    events: tuple[Span, ...]
    """Where the document says what has happened by then ("once they have sent it")."""

    by_hand: frozenset[str]
    """Labels of items that call what a person does."""


def resolve(
    items: Sequence[Item], file: SourceFile, actions: Sequence[Action] = (), does: Mapping[str, str] | None = None
) -> Resolved:
    """Return the steps, and what was not understood; `does` says, by label, what a line does whatever its words."""
    outline = understand(items, file, actions, does or {})
    progress = _Progress()
    for index in range(len(items)):
        _take(index, outline, progress)
    steps = []
    for index, condition, lines in progress.steps:
        item = items[index]
        below = outline.children[index]
        quiet = index in progress.lost or any(child in progress.lost for child in below) or outline.stands(index)
        if not lines and not quiet:
            progress.lost[index] = index
            progress.problems[index] = (
                f"nothing stands under step {item.label}",
                "add what to do in lines under it",
            )
        if not lines and outline.stands(index):
            progress.shaping.append(item.span)
        else:
            text = plain(file.slice(item.span))
            steps.append(DraftStep(item.label, item.span, text, condition, tuple(lines)))
    markers = (item.marker_span for item in items)
    shaping = (*progress.shaping, *markers)
    return Resolved(tuple(steps), _diagnostics(outline, progress), shaping, tuple(progress.events), outline.by_hand)


def _take(index: int, outline: Outline, progress: _Progress) -> None:
    item = outline.items[index]
    if item.rank is Rank.SECTION:
        progress.shaping.append(item.span)
        return
    if item.parent is not None and item.parent in progress.lost:
        progress.lost[index] = progress.lost[item.parent]
        return
    if item.parent in progress.content:
        progress.content.add(index)
        progress.shaping.append(item.span)
        return
    condition = _step_condition(index, outline)
    otherwise = otherwise_under(index, outline) if condition is not None else None
    if outline.begins_step(index):
        progress.steps.append((index, condition if otherwise is None else None, []))
    progress.above[index] = progress.above.get(item.parent) if item.parent is not None else None
    if index in progress.alternatives:
        progress.above[index] = None
    if otherwise is not None and condition is not None:
        # "4. If they are a member: ... Else: ...": both are branches of the step.
        progress.alternatives.update(alternatives(otherwise, index, outline))
        progress.add(Line(f"{item.label}(if)", condition.span, Group(), None), condition)
        progress.above[index] = f"{item.label}(if)"
        return
    if outline.is_note(index):
        asked = progress.asks_last and outline.waits(index)
        (progress.shaping if asked else progress.notes).append(item.span)
        if outline.children[index]:
            progress.content.add(index)
        return
    events = (one.condition for one in outline.clauses[index] if one.chain is Chain.EVENT and one.condition)
    progress.events.extend(events)
    problem = _problem(index, outline, progress)
    if problem is not None:
        progress.lost[index] = index
        progress.problems[index] = problem
    elif progress.is_title(index, outline):
        _title(index, outline, progress)
    else:
        hangs = _hangs(index, outline)
        _lines(index, outline, progress, in_step=condition is not None or hangs)


def _hangs(index: int, outline: Outline) -> bool:
    """An event over a step: what stands under it follows, and nothing is left to decide."""
    clauses = outline.clauses[index]
    alone = len(clauses) == 1 and clauses[0].condition is not None and not clauses[0].parts
    return alone and outline.begins_step(index)


def _step_condition(index: int, outline: Outline) -> DraftCondition | None:
    clauses = outline.clauses[index]
    if not outline.begins_step(index) or len(clauses) != 1 or outline.closes(clauses[0]):
        return None
    return _drafted(clauses[0])


def _drafted(clause: Clause) -> DraftCondition | None:
    if clause.condition is None or clause.chain is Chain.EVENT:
        return None
    return DraftCondition(clause.condition, clause.chain)


def _problem(index: int, outline: Outline, progress: _Progress) -> tuple[str, str] | None:
    """Return message and help when the item's words cannot be carried out where they stand."""
    item = outline.items[index]
    if outline.stands(index) or outline.calls_among_words(index):
        return None
    if item.parent is None and not item.is_step:
        return (
            "this line belongs to no step",
            "number it as a step, or move it above the routine under a heading of its own",
        )
    carried_out = outline.understood(index)
    instructs = outline.instructs(index) or (carried_out and outline.acts_itself(index))
    instructs = instructs and outline.under_heading(index)
    if item.rank is Rank.NOTE and not instructs and not (outline.conditional(index) and carried_out):
        return (
            f"this line under step {outline.step_label(index)} is no step or line of the routine",
            beside_steps(outline.file.slice(item.span)),
        )
    if progress.is_title(index, outline):
        return _unknown(index, outline) if outline.lacks_a_deed(index) else None
    if not carried_out:
        return _unknown(index, outline)
    bare = any(not clause.parts for clause in outline.clauses[index])
    behind = _behind(index, outline)
    if bare and behind and not outline.children[index]:
        shown = " ".join(behind.split())[:SHOWN_MAX].rstrip()
        return f"{outline.named(index)} is not in words that can be carried out: `{shown}`", hint(behind)
    if bare and not outline.children[index] and not item.is_step:
        return f"nothing stands under the condition of {outline.named(index)}", "add what to do in lines under it"
    return None


def _behind(index: int, outline: Outline) -> str:
    """Return what the item's one sentence says behind its condition."""
    one = outline.clauses[index][0] if len(outline.clauses[index]) == 1 else None
    if one is None or one.condition is None:
        return ""
    return outline.file.slice(Span(one.condition.end, max(one.condition.end, one.span.end))).strip(" ,:.*\n")


def _unknown(index: int, outline: Outline) -> tuple[str, str]:
    unread = [part.span for clause in outline.clauses[index] for part in clause.parts if part.form is None]
    alone = len(outline.clauses[index]) == 1
    words = outline.head(index) if alone or not unread else outline.file.slice(unread[0])[:HEAD_CHARACTERS]
    said = "" if alone or not unread else f": `{' '.join(words.split())[:SHOWN_MAX].rstrip()}`"
    return f"{outline.named(index)} is not in words that can be carried out{said}", hint(words)


def _title(index: int, outline: Outline, progress: _Progress) -> None:
    item = outline.items[index]
    if cannot_be_told(index, outline):
        progress.headings.append(as_heading(index, outline))
    if item.parent is not None and not isinstance(outline.form(index), Telling):
        progress.add(progress.line(index, item.label, item.span, Group()))
        progress.above[index] = item.label
    else:
        progress.shaping.append(item.span)


def _lines(index: int, outline: Outline, progress: _Progress, *, in_step: bool) -> None:
    """Add what the item's sentences do, each as a line; several are told apart by a number in brackets."""
    item = outline.items[index]
    clauses = outline.clauses[index]
    several = len(clauses) > 1
    for number, clause in enumerate(clauses, start=1):
        label = f"{item.label}({number})" if several else item.label
        if _passes(index, clause, outline, progress):
            continue
        condition = None if in_step else _drafted(clause)
        closes = outline.closes(clause) or (progress.asked_already and follows_none_left(clause, outline.file))
        if closes and clause.condition is not None:
            progress.shaping.append(clause.condition)
            if not progress.asked_already:
                asks = Ask(None, QuestionKind.ANYTHING_ELSE)
                progress.add(progress.line(index, f"{label}?", clause.condition, asks))
            condition = None
        if not clause.parts and (in_step or not clause.condition):
            continue
        span = clause.span if several else clause.parts[0].span if closes else item.span
        first = several and number == 1 and condition is not None
        row = first and (item.marker == MARK or heads_its_line(clauses, outline.file))
        above = progress.above[index]
        last = _parts(index, progress.line(index, label, span, Group()), (clause, condition), outline, progress)
        if row:
            progress.above[index] = last  # what else stands in the row is under its condition
        elif number == len(clauses) and (not clause.parts if several else not outline.begins_step(index)):
            progress.above[index] = last
        elif number < len(clauses) and clauses[number].condition is not None:
            progress.above[index] = above


def _passes(index: int, clause: Clause, outline: Outline, progress: _Progress) -> bool:
    """Tell whether a sentence asks for nothing to be done; it is noted so."""
    if outline.stands(index):
        if outline.repeats_resolution(clause):
            progress.shaping.append(clause.span)
            return True
        hangs = not clause.parts and bool(outline.children[index])
        if clause.condition is None or outline.is_yours(clause) or not (understood(clause) or hangs):
            progress.notes.append(clause.span)
            return True
    said_beside = outline.calls_among_words(index) and not is_call(clause) and not outline.acts_plainly(clause)
    if said_beside or (clause.parts and all(isinstance(part.form, Behaving) for part in clause.parts)):
        words = outline.file.slice(clause.span)
        asks = clause.parts and not all(isinstance(part.form, Behaving) for part in clause.parts)
        (progress.undone if asks and told_to_do(words) else progress.notes).append(clause.span)
        return True
    return False


def _parts(
    index: int, line: Line, clause: tuple[Clause, DraftCondition | None], outline: Outline, progress: _Progress
) -> str:
    """Add what one sentence does; return the label that the lines under it belong to."""
    parts, condition = clause[0].parts, clause[1]
    if len(parts) == 1:
        what = _instruction(index, parts[0], outline, progress)
        offered = index in progress.content and isinstance(what, Ask)
        options = tuple(outline.items[child].span for child in outline.children[index]) if offered else ()
        progress.add(Line(line.label, line.span, what, line.parent), condition, options)
        if isinstance(parts[0].form, Concluding):
            leaves = f"{line.label}{LEAVES}"
            progress.add(Line(leaves, line.span, Leave(), line.label, implied=True))
        return line.label
    if condition is not None or not parts:
        span = condition.span if condition is not None and parts else line.span
        progress.add(Line(line.label, span, Group(), line.parent), condition)
        progress.above[index] = line.label
    for number, part in enumerate(parts, start=1):
        what = _instruction(index, part, outline, progress)
        progress.add(progress.line(index, f"{line.label}({number})", part.span, what))
    return line.label if condition is not None or not parts else f"{line.label}({len(parts)})"


def _instruction(index: int, part: Part, outline: Outline, progress: _Progress) -> Instruction:
    if isinstance(part.form, Asking) and outline.finds_out_below(index):
        return Group()
    item = outline.items[index]
    above = item.parent
    if item.label in outline.does:
        return instead(part, outline.does[item.label], item.span)
    if isinstance(part.form, Telling) and outline.quoted_below(index):
        return Group()  # what it announces is said by the lines under it, word for word
    heading = outline.form(above) if above is not None and progress.is_title(above, outline) else None
    below = outline.children[index]
    offers = isinstance(part.form, Asking | Quoted) and outline.offers_these(index)
    absorbs = (isinstance(part.form, Telling | Collecting) or offers) and bool(below)
    if absorbs and not any(outline.asks_for_more(child) for child in below):
        progress.content.add(index)
    clause = next((one for one in outline.clauses[index] if part in one.parts), None)
    around = Surroundings(
        file=outline.file,
        at=item.span.start,
        heading=heading,
        heading_words=outline.file.slice(outline.items[above].span) if above is not None and heading else "",
        condition=clause.condition if clause is not None else None,
        content=tuple(outline.items[child].span for child in below) if index in progress.content else (),
        waits=isinstance(part.form, Quoted) and outline.is_waited_for(index),
    )
    return instruction(part, around)


def _diagnostics(outline: Outline, progress: _Progress) -> tuple[Diagnostic, ...]:
    under: dict[int, list[Label]] = {root: [] for root in progress.problems}
    for index, root in progress.lost.items():
        if index != root:
            under[root].append(Label(outline.items[index].span, "not read either"))
    lost = tuple(
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
    undone = (
        Diagnostic(
            NAME,
            Severity.ERROR,
            "these words beside others are not in words that can be carried out",
            Label(span, "not understood"),
            (),
            hint(outline.file.slice(span)),
        )
        for span in progress.undone
    )
    return (*lost, *undone, *progress.headings, *(unread(span) for span in progress.notes))
