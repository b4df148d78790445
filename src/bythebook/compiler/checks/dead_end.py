"""A question offers an answer that no line is for, or the routine comes to a place from which nothing leads on."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from bythebook.compiler.checks.base import Check, Context
from bythebook.compiler.terms import keys_of
from bythebook.routine.graph import HUMAN, RESOLVED, EdgeKind, NodeKind, graph_of
from bythebook.routine.model import Ask, Condition, ConditionKind, Line, QuestionKind
from bythebook.source.diagnostic import Diagnostic, Label, Severity, warning
from bythebook.source.span import Span

NAME = "dead-end"
ANSWERS_MAX: Final = 40
"""Answers of one question that are looked at."""

OPTION_WORDS_MAX: Final = 6
"""A longer part of a question is no answer that it offers."""

_SENTENCE: Final = re.compile(r"[^.!?]+[.!?]*")
_OPTION: Final = re.compile(r"(?:[^,()]|\([^()]*\))+?(?=,|\s+or\s|$)", re.I)
_LEADS: Final = re.compile(r"^(?:,\s*|\s+)*(?:or\s+)?(?:rather\s+|maybe\s+|perhaps\s+)?", re.I)
_OPEN: Final = re.compile(
    r"\b(?:else|other|another|neither|none|both|any|all|not|no|unsure|different|already|just|please|help|can|could|"
    r"would|is|are|do|does)\b",
    re.I,
)


def _run(context: Context) -> Iterator[Diagnostic]:
    conditions = dict(context.conditions())
    spoken = frozenset(key for condition in conditions.values() for key in keys_of(condition.text))
    chained = {
        label
        for condition in conditions.values()
        for label in condition.instead_of
        if condition.kind is ConditionKind.OTHERWISE
    }
    for line in context.routine.questions(QuestionKind.WHICH):
        assert isinstance(line.instruction, Ask)
        if line.instruction.text is not None and not chained & set(line.instruction.answers):
            yield from _unclaimed(line, conditions, spoken, context)
    yield from _stranded(context)


# ---------------------------------------------------------------- answers that no line is for


def _unclaimed(
    line: Line, conditions: Mapping[str, Condition], spoken: frozenset[str], context: Context
) -> Iterator[Diagnostic]:
    assert isinstance(line.instruction, Ask)
    labels = tuple(dict.fromkeys(line.instruction.answers))[:ANSWERS_MAX]
    named = [keys_of(conditions[label].name) for label in labels if label in conditions]
    for sentence in _sentences(line, context):
        options = list(_options(sentence, context))
        taken = [number for number, option in enumerate(options) if _is_one(option, named, context)]
        if len(taken) < 2:
            continue
        for option in options[taken[0] :]:
            words = context.file.slice(option)
            keys = keys_of(words)
            short = len(words.split()) <= OPTION_WORDS_MAX
            if keys and short and not keys & spoken and not _OPEN.search(words):
                yield warning(
                    NAME,
                    f"line {line.label} offers `{words}`, and no condition is for that answer",
                    option,
                    "nothing follows this answer",
                    help="add what to do then: If the customer ..., then: - or take it out of the question",
                )


def _sentences(line: Line, context: Context) -> Iterator[Span]:
    raw = context.file.slice(line.span)
    for match in _SENTENCE.finditer(raw):
        if "?" in match[0]:
            yield Span(line.span.start + match.start(), line.span.start + match.end())


def _options(sentence: Span, context: Context) -> Iterator[Span]:
    raw = context.file.slice(sentence)
    for match in _OPTION.finditer(raw.rstrip("?!.\"”' \n")):
        lead = _LEADS.match(match[0])
        start = sentence.start + match.start() + (lead.end() if lead else 0)
        end = sentence.start + match.start() + len(match[0].rstrip())
        if end > start:
            yield Span(start, end)


def _is_one(option: Span, named: Sequence[frozenset[str]], context: Context) -> bool:
    keys = keys_of(context.file.slice(option))
    return any(name and name <= keys for name in named)


# ---------------------------------------------------------------- places from which nothing leads on


def _stranded(context: Context) -> Iterator[Diagnostic]:
    """Return the first line that something goes on at and from which no way leads to an end."""
    resolution = context.routine.resolution
    if resolution is None:
        return
    graph = graph_of(context.routine, context.file)
    before: dict[str, list[str]] = {}
    for edge in graph.edges:
        before.setdefault(edge.target, []).append(edge.source)
    ending = {HUMAN, RESOLVED}
    waiting = list(ending)
    while waiting:
        found = [node for node in before.get(waiting.pop(), ()) if node not in ending]
        ending.update(found)
        waiting += found
    nodes = {node.id: node for node in graph.nodes}
    for edge in graph.edges:
        there = nodes.get(edge.target)
        if edge.kind is EdgeKind.JUMP and there is not None and there.span is not None and there.id not in ending:
            source = nodes[edge.source].span
            yield Diagnostic(
                NAME,
                Severity.WARNING,
                f"from {'step' if there.kind is NodeKind.STEP else 'line'} {there.label} nothing leads on to an end",
                Label(there.span, "no closing question, resolution or human follows"),
                (Label(source, "goes on here"),) if source is not None else (),
                f"end it here: Proceed to step {resolution.label}. Or: Transfer the customer to a human.",
            )
            return


CHECK = Check(NAME, __doc__ or "", _run)
