"""A draft, looked at: everything that there is to say about it, and what it takes to make it a release.

Pure but for what stands behind its functions, which comes in through a port.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from bythebook.compiler.accepting import UNREVIEWED, key_of, reason_for
from bythebook.compiler.approval import UNFIT_FOR_PRODUCTION
from bythebook.compiler.binding_checks import STALE_BINDING
from bythebook.compiler.checks.base import ALONE, Beside
from bythebook.compiler.compile import Compiled
from bythebook.compiler.flows import flows_of
from bythebook.compiler.phrase_file import parsed
from bythebook.compiler.phrase_needs import Fields, PhraseNeed, phrase_needs
from bythebook.compiler.problems import Problems, ReleaseProblem
from bythebook.compiler.release import BINDINGS_PATH, build_release
from bythebook.compiler.sidecars import DOCUMENT_PATH, PHRASES_PATH, Phrases, read_phrases
from bythebook.proving.answering import NOT_WALKED, Walk, walked
from bythebook.reading.tidy import Untidy, look_over
from bythebook.routine.model import (
    STANDING,
    Call,
    Group,
    HandOver,
    Line,
    Routine,
)
from bythebook.routine.wording import Release, spoken
from bythebook.service.deciding import UNDECIDED, Deciding, deciding_of
from bythebook.service.drafts import Files
from bythebook.source.diagnostic import WHOLE_FILE, Diagnostic, Severity
from bythebook.source.span import SourceFile

UNBOUND: Final = "unbound-function"
SEVERAL: Final = "several-routines"
ELSEWHERE: Final = frozenset((*(UNFIT_FOR_PRODUCTION - {STALE_BINDING}), UNDECIDED, UNBOUND, UNREVIEWED))
"""Findings that have a place of their own on the page: phrases, conditions, functions, data."""

NOTHING_UNTIDY: Final = Untidy((), (), ())


@dataclass(frozen=True, slots=True)
class Behind:
    """What stands behind the functions of a document."""

    signatures: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    fields: Fields = field(default_factory=dict)
    beside: Beside = ALONE
    problems: tuple[ReleaseProblem, ...] = ()
    misfits: Callable[[Compiled], Iterable[ReleaseProblem]] = lambda _: ()


Bindings = Callable[[Files], Behind]


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding with its place as people count it: lines and columns from 1, line 0 for a whole file."""

    path: str
    line: int
    column: int
    end: int
    """The column behind its last letter on that line."""

    words: str
    diagnostic: Diagnostic
    key: str
    """What it is accepted by; empty where it cannot be."""

    accepted: str | None

    @property
    def is_error(self) -> bool:
        return self.diagnostic.severity is Severity.ERROR


@dataclass(frozen=True, slots=True)
class FunctionUse:
    """A function that the document calls, and whether anything stands behind it."""

    name: str
    purpose: str
    calls: tuple[tuple[str, int], ...]
    """The lines that call it: label and line number."""

    bound: bool
    closes: bool
    """It ends the case."""

    nothing: bool = False
    """It has nothing to do in other systems, as its author says."""


@dataclass(frozen=True, slots=True)
class ByHand:
    """A line that does something else than its words say, as its author wants it."""

    label: str
    does: str
    source: str
    line: int
    instead_of: str = ""
    """The words of the line that give way to it; all of them where none are named."""

    person: bool = True
    """A person does it; not where its author has the line do something else."""

    first: bool = False
    """Every case comes to it before anything is said, asked or called."""


@dataclass(frozen=True, slots=True)
class Analysis:
    """All that there is to say about a draft."""

    name: str
    files: Files
    compiled: Compiled
    release: Release | None
    """What it would run as, with functions that are not bound yet; None where errors keep it from running."""

    phrases: Phrases
    findings: tuple[Finding, ...]
    """Without those that have a place of their own; by file, the document first, and by line."""

    needs: tuple[PhraseNeed, ...]
    deciding: tuple[Deciding, ...]
    functions: tuple[FunctionUse, ...]
    by_hand: tuple[ByHand, ...]
    unreviewed: tuple[Finding, ...]
    untidy: Untidy
    walk: Walk
    """Every question answered in every way: who gets on."""

    @property
    def title(self) -> str:
        """What the document is called: its title, or its name."""
        own = self.phrases.conduct.title or self.compiled.routine.article.title
        return own or _heading(self.compiled.file) or spoken(self.name)

    def line_of(self, need: PhraseNeed) -> int:
        """Return the line that a phrase is for; 0 where it is for none."""
        return self.compiled.file.position(need.span.start)[0] if need.span is not None else 0

    @property
    def errors(self) -> tuple[Finding, ...]:
        return tuple(one for one in self.findings if one.is_error)

    @property
    def remarks(self) -> tuple[Finding, ...]:
        """The warnings that nobody has accepted."""
        return tuple(one for one in self.findings if not one.is_error and one.accepted is None)

    @property
    def accepted(self) -> tuple[Finding, ...]:
        return tuple(one for one in self.findings if one.accepted is not None)


def analyse(name: str, files: Files, house: bytes, bindings: Bindings) -> Analysis:
    """Return everything there is to say about a draft's files. Never raises, whatever the bytes."""
    standing = bindings(files)
    signatures = standing.signatures or None
    release, compiled, problems = build_release(name, files, house, signatures, standing.beside)
    unbound = {call: () for call in called(compiled.routine) if call not in standing.signatures}
    if signatures is not None and unbound and release is None:
        # What is not bound yet is told apart from what is wrong: the rest may be tried out.
        given = {one.name: tuple(each.name for each in one.parameters) for one in compiled.routine.functions}
        assumed = {call: given.get(call, ()) for call in unbound}
        release, compiled, problems = build_release(name, files, house, {**assumed, **signatures}, standing.beside)
    phrases = read_phrases(files.get(PHRASES_PATH), Problems.of(PHRASES_PATH))
    told = (
        *(ReleaseProblem(DOCUMENT_PATH, one) for one in compiled.diagnostics),
        *problems,
        *(one for one in standing.problems if one not in problems),
        *standing.misfits(compiled),
        *_several(compiled.file),
    )
    texts = {path: SourceFile.of(path, raw.decode("utf-8", "replace")) for path, raw in files.items()}
    texts[DOCUMENT_PATH] = compiled.file
    found = sorted((_found(one, texts, phrases) for one in told), key=_place)
    return Analysis(
        name=name,
        files=files,
        compiled=compiled,
        release=release,
        phrases=phrases,
        findings=tuple(dict.fromkeys(one for one in found if one.diagnostic.name not in ELSEWHERE)),
        needs=phrase_needs(compiled, phrases, standing.fields),
        deciding=tuple(deciding_of(compiled, phrases)),
        functions=tuple(_functions(compiled, standing, files)),
        by_hand=tuple(_by_hand(compiled, phrases)),
        unreviewed=tuple(one for one in found if one.diagnostic.name == UNREVIEWED),
        untidy=look_over(release) if release is not None else NOTHING_UNTIDY,
        walk=walked(release) if release is not None else NOT_WALKED,
    )


def called(routine: Routine) -> tuple[str, ...]:
    """Return the functions that the lines call, in document order, each once."""
    calls = (line.instruction.function for line in routine.lines if isinstance(line.instruction, Call))
    return tuple(dict.fromkeys(calls))


def _found(problem: ReleaseProblem, texts: Mapping[str, SourceFile], phrases: Phrases) -> Finding:
    finding, file = problem.diagnostic, texts.get(problem.path)
    span = finding.label.span
    reason = reason_for(finding, phrases.accepts)
    if file is None or span.end > len(file.text) or (span.start == span.end == 0):
        return Finding(problem.path, 0, 0, 0, "", finding, key_of(finding), reason)
    line, column = file.position(span.start)
    last, end = file.position(span.end)
    end = end if last == line else len(file.line(line)) + 1
    return Finding(problem.path, line, column, end, file.slice(span), finding, key_of(finding), reason)


def _place(finding: Finding) -> tuple[bool, str, int, int, str]:
    return finding.path != DOCUMENT_PATH, finding.path, finding.line, finding.column, finding.diagnostic.message


def _several(file: SourceFile) -> Iterator[ReleaseProblem]:
    flows = flows_of(file)
    if flows:
        names = ", ".join(f"`{flow.title}`" for flow in flows)
        message = f"this text holds {len(flows)} routines: {names}"
        help = "begin a draft for each: New document takes such a text apart"
        yield ReleaseProblem(DOCUMENT_PATH, Diagnostic(SEVERAL, Severity.ERROR, message, WHOLE_FILE, help=help))


def _functions(compiled: Compiled, standing: Behind, files: Files) -> Iterator[FunctionUse]:
    routine = compiled.routine
    bound = (parsed(files.get(BINDINGS_PATH, b"").decode("utf-8", "replace")) or {}).get("function", {})
    tables = bound.items() if isinstance(bound, Mapping) else ()
    idle = {name for name, table in tables if isinstance(table, Mapping) and table.get("nothing") is True}
    for name in called(routine):
        lines = [
            (line.label, compiled.file.position(line.span.start)[0])
            for line in routine.lines
            if isinstance(line.instruction, Call) and line.instruction.function == name
        ]
        defined = routine.function(name)
        closes = name == routine.resolution_function
        purpose = defined.purpose if defined else ""
        yield FunctionUse(name, purpose, tuple(lines), name in standing.signatures, closes, name in idle)


def _by_hand(compiled: Compiled, phrases: Phrases) -> Iterator[ByHand]:
    for label, one in phrases.does.items():
        line = compiled.routine.written(label)
        number = compiled.file.position(line.span.start)[0] if line is not None else 0
        what = line.instruction if line is not None else None
        part = what.reason if isinstance(what, HandOver) and what.reason != one.words else ""
        person = isinstance(what, HandOver)
        yield ByHand(
            label, one.words, one.source, number, part, person, person and line == first_line(compiled.routine)
        )


def first_line(routine: Routine) -> Line | None:
    """Return the line that every case comes to first, whatever it is about."""
    for step in routine.steps:
        if step.label.startswith(STANDING):
            continue
        for line in step.lines:
            if not isinstance(line.instruction, Group) or line.condition is not None:
                return line if step.condition is None and line.condition is None else None
    return None


def _heading(file: SourceFile) -> str:
    first = next((line for line in file.text.split("\n") if line.strip()), "")
    return first.lstrip("#").strip() if first.startswith("#") else ""
