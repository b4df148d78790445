"""A line tells customers an amount, an address or a name that the article does not have."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bythebook.compiler.checks.base import Check, Context
from bythebook.compiler.claims import Claim, ClaimKind, Grounds, claims_of
from bythebook.routine.model import Ask, Collect, Line, QuestionKind, Routine, Say
from bythebook.source.diagnostic import Diagnostic, Label, Severity
from bythebook.source.span import SourceFile, Span

NAME = "ungrounded-message"
NEAR_MAX = 2
"""Places of the article that are shown beside a claim of the same kind."""


def _run(context: Context) -> Iterator[Diagnostic]:
    grounds = grounds_of(context.routine, context.file)
    if grounds is None:
        return
    near = _near(context)
    told: set[tuple[ClaimKind, str]] = set()
    for line in context.routine.lines:
        for at, claim in _claims(line, context):
            if (claim.kind, claim.key) not in told and not grounds.has(claim):
                told.add((claim.kind, claim.key))
                yield _finding(line, at, claim, near.get((claim.kind, claim.unit), ()), context)


def grounds_of(routine: Routine, file: SourceFile) -> Grounds | None:
    """Return what the article claims; None where there is none."""
    article = routine.article
    texts = [file.slice(span) for span in _spans(routine)]
    return Grounds((article.title, article.subtitle, *texts)) if texts else None


def _spans(routine: Routine) -> Iterator[Span]:
    for topic in routine.article.topics:
        yield topic.span
        yield from (passage.span for passage in topic.answer)


def _near(context: Context) -> dict[tuple[ClaimKind, str], list[Label]]:
    """Return the places of the article that claim something of a kind and unit, the first few of each."""
    near: dict[tuple[ClaimKind, str], list[Label]] = {}
    for span in _spans(context.routine):
        for claim in claims_of(context.file.slice(span)):
            labels = near.setdefault((claim.kind, claim.unit), [])
            if len(labels) < NEAR_MAX and claim.kind is not ClaimKind.NAME:
                place = Span(span.start + claim.start, span.start + claim.end)
                labels.append(Label(place, "the article says"))
    return near


def _claims(line: Line, context: Context) -> Iterator[tuple[int, Claim]]:
    """Return what a quoted line claims, each with where its words begin."""
    what = line.instruction
    closes = isinstance(what, Ask) and what.kind is QuestionKind.ANYTHING_ELSE
    if not isinstance(what, Say | Ask | Collect) or what.text is None or closes:
        return
    raw = context.file.slice(line.span)
    quoted = min((at for mark in '"“' if (at := raw.find(mark)) >= 0), default=0)
    for claim in claims_of(raw[quoted:]):
        yield line.span.start + quoted, claim


def _finding(line: Line, at: int, claim: Claim, near: Sequence[Label], context: Context) -> Diagnostic:
    place = Span(at + claim.start, at + claim.end)
    words = " ".join(context.file.slice(place).split())
    return Diagnostic(
        NAME,
        Severity.WARNING,
        f"line {line.label} {claim.kind.value} `{words}`, which the article does not",
        Label(place, "nowhere in the article"),
        tuple(dict.fromkeys(near)),
        "bring the line and the article together, whichever of the two is right",
    )


CHECK = Check(NAME, __doc__ or "", _run)
