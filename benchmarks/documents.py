"""Documents that nobody here wrote: what becomes of their lines, and how many edits stand before each runs.

    python benchmarks/documents.py FOLDER...

Every Markdown file of the folders is compiled. **Executed** lines are carried out or told; **shaping** ones say how
others are meant or define functions; **reported** ones do nothing, and a finding says so; **lost** ones would do
nothing unnoticed: there must be none. **Edits until it runs** are counted by what a person has to do: phrases to
approve, outcomes to bind, and lines to rewrite; conditions that hold only on somebody's word run as they are. The
last line says whether anything was lost, and the exit code is 1 when something was.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from bythebook.compiler.account import Fate, account
from bythebook.compiler.compile import Compiled
from bythebook.compiler.flows import compile_documents
from bythebook.compiler.phrase_needs import needs_phrase
from bythebook.source.diagnostic import Severity
from bythebook.source.span import SourceFile

# Which edit a finding asks for; an error that is not named here asks for a line to be rewritten.
BINDS: Final = frozenset(("undecidable-condition",))
SETTLES: Final = frozenset(("report-only-condition",))
EDITS: Final = ("edits", "phrases", "outcomes", "rewrites", "on a word")


@dataclass(frozen=True, slots=True)
class Row:
    """What a document needs."""

    name: str
    routines: int
    fates: Counter[Fate]
    phrases: int
    """Words that a person has to approve."""

    outcomes: int
    """Conditions on results that have to be bound."""

    rewrites: int
    """Lines to rewrite."""

    on_word: int
    """Conditions that hold only when somebody says so: the document runs without an edit, but look at them."""

    @property
    def edits(self) -> int:
        return self.phrases + self.outcomes + self.rewrites


def measure(path: Path) -> Row:
    """Return what becomes of a document."""
    compiled = compile_documents(SourceFile.of(path.name, path.read_text(encoding="utf-8", errors="replace")))
    fates: Counter[Fate] = Counter()
    seen: dict[int, Fate] = {}
    for one in compiled:
        for line in account(one):
            number = one.file.position(line.row.span.start)[0]
            seen[number] = min(seen.get(number, line.fate), line.fate, key=tuple(Fate).index)
    fates.update(seen.values())
    return Row(
        path.stem,
        len(compiled),
        fates,
        sum(_unworded(one) for one in compiled),
        sum(_count(one, BINDS) for one in compiled),
        sum(_rewrites(one) for one in compiled),
        sum(_count(one, SETTLES) for one in compiled),
    )


def _unworded(compiled: Compiled) -> int:
    return sum(needs_phrase(line) for line in compiled.routine.lines)


def _count(compiled: Compiled, names: Iterable[str]) -> int:
    return sum(finding.name in names for finding in compiled.diagnostics)


def _rewrites(compiled: Compiled) -> int:
    return sum(finding.severity is Severity.ERROR and finding.name not in BINDS for finding in compiled.diagnostics)


def documents(folders: Sequence[Path]) -> list[Path]:
    """Return the Markdown files of the folders (or the files themselves), by name."""
    return [
        path
        for folder in folders
        for path in (sorted(folder.rglob("*.md")) if folder.is_dir() else [folder])
        if path.stem != "README"
    ]


def table(rows: Sequence[Row]) -> str:
    """Return the figures as a Markdown table, sums last."""
    heads = ("document", "routines", *(fate.value for fate in Fate), *EDITS)
    lines = [f"| {' | '.join(heads)} |", f"|---|{'---:|' * (len(heads) - 1)}"]
    total = Row(
        f"**{len(rows)} documents**",
        sum(row.routines for row in rows),
        sum((row.fates for row in rows), Counter()),
        sum(row.phrases for row in rows),
        sum(row.outcomes for row in rows),
        sum(row.rewrites for row in rows),
        sum(row.on_word for row in rows),
    )
    for row in (*rows, total):
        edits = (row.edits, row.phrases, row.outcomes, row.rewrites, row.on_word)
        figures = (row.routines, *(row.fates[fate] for fate in Fate), *edits)
        lines.append(f"| {row.name} | {' | '.join(str(figure) for figure in figures)} |")
    return "\n".join(lines)


def main(arguments: Sequence[str]) -> int:
    """Print the table; return 1 when a line of any document is lost, 2 when there is no document."""
    parser = argparse.ArgumentParser(description="What becomes of the lines of documents, and what edits they need.")
    parser.add_argument("folders", nargs="+", type=Path, metavar="FOLDER")
    found = documents(parser.parse_args(arguments).folders)
    if not found:
        print("no Markdown files there", file=sys.stderr)
        return 2
    rows = [measure(path) for path in found]
    print(table(rows))
    lost = sum(row.fates[Fate.LOST] for row in rows)
    lines = sum(sum(row.fates.values()) for row in rows)
    print(f"\nlost: {lost} of {lines} lines in {len(rows)} documents")
    return 1 if lost else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
