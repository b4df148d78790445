"""Documents that nobody here wrote: what becomes of their lines, and how many edits stand before each runs.

    python benchmarks/documents.py FOLDER...            a table, and whether anything is lost
    python benchmarks/documents.py --json FOLDER...     the same for programs
    python benchmarks/documents.py --sample 60 FOLDER...     lines with what they do, to be judged by hand

Every Markdown file of the folders is compiled; a folder with a `document.md` is one document, with the files beside
it. **Executed** lines are carried out or told; **shaping** ones say how others are meant or define functions;
**reported** ones do nothing, and a finding says so; **lost** ones would do nothing unnoticed: there must be none.
**Edits until it runs** are counted by what a person has to do: phrases to approve, outcomes to bind, conditions about
the world that nothing finds out to settle, and lines to rewrite. Conditions that speak of the customer hold on the
customer's word, as they are (`on a word`). The last line says whether anything was lost, and the exit code is 1 when
something was.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice, zip_longest
from pathlib import Path
from typing import Final

from bythebook.adapters.shelf import house
from bythebook.compiler.account import Fate, account
from bythebook.compiler.compile import Compiled
from bythebook.compiler.conditions import parse, speaks_of_people
from bythebook.compiler.flows import compile_documents
from bythebook.compiler.in_words import does, why
from bythebook.compiler.phrase_needs import PhraseState, phrase_needs
from bythebook.compiler.problems import Problems
from bythebook.compiler.release import build_release
from bythebook.compiler.sidecars import Phrases, read_phrases
from bythebook.compiler.text import words_at
from bythebook.routine.model import Condition, ConditionKind, Line, Step
from bythebook.source.diagnostic import Severity
from bythebook.source.span import SourceFile

DOCUMENT: Final = "document.md"
BESIDE: Final = (DOCUMENT, "phrases.toml", "examples.toml")
BYTES_MAX: Final = 2_000_000
"""A larger file is no document."""

# Which edit a finding asks for; an error that is not named here asks for a line to be rewritten.
BINDS: Final = frozenset(("undecidable-condition",))
PHRASES: Final = frozenset(("missing-phrase", "draft-phrase", "stale-phrase"))
EDITS: Final = ("edits", "phrases", "outcomes", "conditions", "rewrites", "on a word")


@dataclass(frozen=True, slots=True)
class Row:
    """What a document needs."""

    name: str
    routines: int = 0
    fates: Counter[Fate] = field(default_factory=Counter)
    phrases: int = 0
    """Words that a person has to approve."""

    outcomes: int = 0
    """Conditions on results that have to be bound."""

    conditions: int = 0
    """Conditions about the world that nothing finds out: somebody would have to say so in every case."""

    rewrites: int = 0
    """Lines to rewrite, in the document or beside it."""

    on_word: int = 0
    """Conditions about the customer that hold on the customer's word: nothing needs to be done for them."""

    @property
    def edits(self) -> int:
        return self.phrases + self.outcomes + self.conditions + self.rewrites

    @property
    def figures(self) -> tuple[int, ...]:
        """The figures in the order of `EDITS`."""
        return (self.edits, self.phrases, self.outcomes, self.conditions, self.rewrites, self.on_word)


@dataclass(frozen=True, slots=True)
class Unread:
    """A file that could not be read."""

    name: str
    why: str


def measure(name: str, files: dict[str, bytes]) -> Row:
    """Return what becomes of a document, with the files that stand beside it."""
    if len(files) > 1:
        _, compiled, problems = build_release(name, files, house())
        phrases = read_phrases(files.get("phrases.toml"), Problems.of("phrases.toml"))
        named = {(finding.name, finding.label.span) for finding in compiled.diagnostics}
        beside = [
            one
            for one in problems
            if one.severity is Severity.ERROR
            and one.name not in PHRASES
            and (one.path != DOCUMENT or (one.name, one.diagnostic.label.span) not in named)
        ]
        return _row(name, (compiled,), phrases, len(beside))
    text = files[DOCUMENT].decode("utf-8", "replace")
    return _row(
        name, compile_documents(SourceFile.of(name, text)), read_phrases(None, Problems.of("phrases.toml")), 0
    )


def _row(name: str, compiled: Sequence[Compiled], phrases: Phrases, beside: int) -> Row:
    seen: dict[int, Fate] = {}
    for one in compiled:
        for line in account(one):
            number = one.file.position(line.row.span.start)[0]
            seen[number] = min(seen.get(number, line.fate), line.fate, key=tuple(Fate).index)
    reported = [condition for one in compiled for condition in _reported(one)]
    people = sum(reported)
    return Row(
        name,
        len(compiled),
        Counter(seen.values()),
        sum(need.state is not PhraseState.APPROVED for one in compiled for need in phrase_needs(one, phrases)),
        sum(finding.name in BINDS for one in compiled for finding in one.diagnostics),
        len(reported) - people,
        beside + sum(_rewrites(one) for one in compiled),
        people,
    )


def _rewrites(compiled: Compiled) -> int:
    return sum(finding.severity is Severity.ERROR and finding.name not in BINDS for finding in compiled.diagnostics)


def _reported(compiled: Compiled) -> Iterator[bool]:
    """Yield, for each condition that only somebody's word can meet, whether it speaks of the customer."""
    for step in compiled.routine.steps:
        for condition in (step.condition, *(line.condition for line in step.lines)):
            if condition is not None and condition.kind is ConditionKind.REPORT:
                yield _of_people(condition, compiled.file)


def _of_people(condition: Condition, file: SourceFile) -> bool:
    return speaks_of_people(parse(0, condition.span, file))


# ---------------------------------------------------------------- a sample to judge


@dataclass(frozen=True, slots=True)
class Judged:
    """An executed line with what it does, for somebody to say whether its author meant that."""

    document: str
    line: int
    told: str


def sample(found: Sequence[tuple[str, dict[str, bytes]]], size: int) -> list[Judged]:
    """Return as many executed lines, as evenly from all documents as can be, always the same ones."""
    by_document = [sorted(_judged(name, files), key=_chance) for name, files in found]
    rounds = (one for turn in zip_longest(*by_document) for one in turn if one is not None)
    return sorted(islice(rounds, size), key=lambda one: (one.document, one.line))


def _chance(one: Judged) -> bytes:
    return hashlib.sha256(f"{one.document}:{one.told}".encode()).digest()


def _judged(name: str, files: dict[str, bytes]) -> Iterator[Judged]:
    for compiled in compile_documents(SourceFile.of(name, files[DOCUMENT].decode("utf-8", "replace"))):
        file = compiled.file
        wrong = {
            file.position(one.label.span.start)[0] for one in compiled.diagnostics if one.severity is Severity.ERROR
        }
        for step in compiled.routine.steps:
            for line in step.lines:
                number = file.position(line.span.start)[0]
                if not line.implied and number not in wrong:
                    yield Judged(name, number, _told(step, line, compiled))


def _told(step: Step, line: Line, compiled: Compiled) -> str:
    words = words_at(compiled.file, line.span)
    told = [f"{line.label}: {words}", f"    {does(line.instruction, words)}"]
    for label, condition in ((step.label, step.condition), (line.label, line.condition)):
        if condition is not None:
            told.append(f"    only if {condition.text}: {why(label, condition, compiled.routine)}")
    return "\n".join(told)


# ---------------------------------------------------------------- what is there


def documents(folders: Iterable[Path]) -> Iterator[tuple[str, dict[str, bytes]] | Unread]:
    """Return each document with the files beside it, by name; what cannot be read with why."""
    for folder in folders:
        if folder.is_dir():
            yield from _within(folder)
        else:
            yield _read(folder.stem, [folder])


def _within(folder: Path) -> Iterator[tuple[str, dict[str, bytes]] | Unread]:
    complaints: list[OSError] = []
    for root, folders, files in os.walk(folder, onerror=complaints.append):
        here = Path(root)
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        if DOCUMENT in files:
            folders.clear()  # its tests and data are no documents
            yield _read(here.name, [here / name for name in BESIDE if name in files])
            continue
        for name in sorted(files):
            if name.lower().endswith(".md") and name != "README.md":
                yield _read(Path(name).stem, [here / name])
    for complaint in complaints:
        yield Unread(str(complaint.filename), complaint.strerror or "cannot be read")


def _read(name: str, paths: Sequence[Path]) -> tuple[str, dict[str, bytes]] | Unread:
    files: dict[str, bytes] = {}
    for path in paths:
        try:
            if not path.is_file():
                return Unread(str(path), "no file" if path.exists() else "there is no such file")
            if path.stat().st_size > BYTES_MAX:
                return Unread(str(path), f"larger than {BYTES_MAX:,} bytes")
            files[path.name if path.name in BESIDE and len(paths) > 1 else DOCUMENT] = path.read_bytes()
        except OSError as failure:
            return Unread(str(path), failure.strerror or "cannot be read")
    return name, files


# ---------------------------------------------------------------- what is told


def total(rows: Sequence[Row]) -> Row:
    """Return the sums."""
    return Row(
        f"{len(rows)} documents",
        sum(row.routines for row in rows),
        sum((row.fates for row in rows), Counter()),
        *(sum(column) for column in zip(*(row.figures[1:] for row in rows), strict=True)),
    )


def table(rows: Sequence[Row]) -> str:
    """Return the figures as a Markdown table, sums last."""
    heads = ("document", *EDITS, "routines", *(fate.value for fate in Fate))
    lines = [f"| {' | '.join(heads)} |", f"|---|{'---:|' * (len(heads) - 1)}"]
    for row in (*rows, total(rows)):
        figures = (*row.figures, row.routines, *(row.fates[fate] for fate in Fate))
        lines.append(f"| {row.name} | {' | '.join(str(figure) for figure in figures)} |")
    return "\n".join(lines)


def as_data(rows: Sequence[Row], unread: Sequence[Unread]) -> dict[str, object]:
    """Return the figures as plain data."""

    def one(row: Row) -> dict[str, object]:
        named = dict(zip((head.replace(" ", "_") for head in EDITS), row.figures, strict=True))
        return {"name": row.name, "routines": row.routines, **named, **{f.value: row.fates[f] for f in Fate}}

    return {
        "documents": [one(row) for row in rows],
        "total": one(total(rows)) if rows else None,
        "unread": [{"name": one.name, "why": one.why} for one in unread],
        "lost": sum(row.fates[Fate.LOST] for row in rows),
    }


def main(arguments: Sequence[str]) -> int:
    """Print the table; return 1 when a line of any document is lost, 2 when there is no document."""
    parser = argparse.ArgumentParser(description="What becomes of the lines of documents, and what edits they need.")
    parser.add_argument("folders", nargs="+", type=Path, metavar="FOLDER")
    parser.add_argument("--sample", type=int, default=0, metavar="N", help="print so many lines with what they do")
    parser.add_argument("--json", action="store_true", help="print the figures for programs")
    options = parser.parse_args(arguments)
    found = list(documents(options.folders))
    unread = [one for one in found if isinstance(one, Unread)]
    read = [one for one in found if not isinstance(one, Unread)]
    if options.sample:
        for number, judged in enumerate(sample(read, options.sample), start=1):
            print(f"{number}. {judged.document}:{judged.line} {judged.told}\n")
        return 0
    rows = [measure(*one) for one in read]
    for one in unread:
        print(f"not read: {one.name}: {one.why}", file=sys.stderr)
    if options.json:
        print(json.dumps(as_data(rows, unread), ensure_ascii=False, indent=2))
    if not rows:
        print("no Markdown files there", file=sys.stderr)
        return 2
    lost = sum(row.fates[Fate.LOST] for row in rows)
    if not options.json:
        print(table(rows))
        lines = sum(sum(row.fates.values()) for row in rows)
        beside = f"; {len(unread)} not read" if unread else ""
        print(f"\nlost: {lost} of {lines} lines in {len(rows)} documents{beside}")
    return 1 if lost else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
