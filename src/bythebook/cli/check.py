"""`bythebook check`: say what is wrong with documents and the files beside them, line by line."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from bythebook.adapters.folder import DOCUMENT, DocumentNotFound, find_document, read_folder
from bythebook.adapters.python_functions import FunctionsBroken, PythonFunctions, load_functions
from bythebook.adapters.shelf import house
from bythebook.adapters.system_clock import SystemClock
from bythebook.cli.common import EXIT_FAILED, coloured
from bythebook.compiler.compile import Compiled, compile_document
from bythebook.compiler.release import DATA_PREFIX, FUNCTIONS_PATH, build_release
from bythebook.compiler.sidecars import ReleaseProblem
from bythebook.source.diagnostic import Severity
from bythebook.source.render import as_json, render
from bythebook.source.span import SourceFile

COLOURS: Final[Mapping[Severity, str]] = {Severity.ERROR: "1;31", Severity.WARNING: "1;33"}


@dataclass(frozen=True, slots=True)
class Checked:
    """One document with all there is to say about it and the files beside it."""

    name: str
    path: Path
    file: SourceFile
    """The document under the path that was given, so that an editor finds the place."""

    compiled: Compiled
    problems: tuple[ReleaseProblem, ...]

    @property
    def severities(self) -> tuple[Severity, ...]:
        findings = (finding.severity for finding in self.compiled.diagnostics)
        return (*findings, *(problem.severity for problem in self.problems))


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument(
        "documents",
        nargs="*",
        metavar="DOCUMENT",
        help="a Markdown file, a folder with document.md, or the name of a shipped document (the default)",
    )
    parser.add_argument("--format", choices=("text", "json"), default="text", help="how findings are shown")


def run(arguments: argparse.Namespace) -> int:
    """Check the documents; 0 without errors, 1 with errors, 2 where one cannot be read."""
    checked: list[Checked] = []
    unreadable = False
    for given in arguments.documents or [""]:
        try:
            checked.append(check(find_document(given)))
        except DocumentNotFound as failure:
            print(f"bythebook: {failure}", file=sys.stderr)
            unreadable = True
    counts = {kind: sum(document.severities.count(kind) for document in checked) for kind in Severity}
    if arguments.format == "json":
        print(json.dumps(_as_data(checked, counts), ensure_ascii=False, indent=2))
    elif checked:
        print(as_text(checked, counts, to_terminal=sys.stdout.isatty()))
    if unreadable:
        return EXIT_FAILED
    return 1 if counts[Severity.ERROR] else 0


def check(path: Path) -> Checked:
    """Return everything there is to say about a document; raise DocumentNotFound."""
    name, files = read_folder(path)
    whole = path.is_dir() or path.name == DOCUMENT
    shown = path / DOCUMENT if path.is_dir() else path
    if whole:
        compiled, problems = _check_folder(name, files)
    else:
        # A document on its own has no approved phrases to check; only its own words count.
        compiled, problems = _check_words(files[DOCUMENT])
    return Checked(name, path, SourceFile(str(shown), compiled.file.text), compiled, problems)


def _check_folder(name: str, files: Mapping[str, bytes]) -> tuple[Compiled, tuple[ReleaseProblem, ...]]:
    signatures: Mapping[str, tuple[str, ...]] | None = None
    beside: tuple[ReleaseProblem, ...] = ()
    if FUNCTIONS_PATH in files:
        data = {path: raw for path, raw in files.items() if path.startswith(DATA_PREFIX)}
        try:
            functions = load_functions(files[FUNCTIONS_PATH], FUNCTIONS_PATH, data)
        except FunctionsBroken as broken:
            problem = ReleaseProblem(broken.place, Severity.ERROR, "broken-functions", broken.message, broken.help)
            beside = (problem,)
        else:
            signatures, beside = functions.signatures, _unreviewed(functions)
    _, compiled, problems = build_release(name, files, house(), signatures)
    told = {problem.path for problem in problems}
    return compiled, (*problems, *(problem for problem in beside if problem.path.split(":")[0] not in told))


def _unreviewed(functions: PythonFunctions) -> tuple[ReleaseProblem, ...]:
    return tuple(
        ReleaseProblem(found.file, Severity.WARNING, "unreviewed-data", found.message, found.help)
        for found in functions.review_problems(SystemClock().now().date())
    )


def _check_words(raw: bytes) -> tuple[Compiled, tuple[ReleaseProblem, ...]]:
    _, compiled, problems = build_release(DOCUMENT, {DOCUMENT: raw}, b"")
    unread = tuple(problem for problem in problems if problem.path == DOCUMENT)
    return compile_document(compiled.file), unread


def as_text(checked: Sequence[Checked], counts: Mapping[Severity, int], *, to_terminal: bool) -> str:
    """Return the findings as a person reads them, a summary last."""
    paragraphs = []
    for document in checked:
        for text, severity in _findings(document):
            head, _, rest = text.partition(" ")
            paragraphs.append(f"{coloured(head, COLOURS[severity], to_terminal)} {rest}")
    return "\n\n".join([*paragraphs, summary(counts)])


def _findings(document: Checked) -> list[tuple[str, Severity]]:
    found = [(render(finding, document.file), finding.severity) for finding in document.compiled.diagnostics]
    folder = document.path if document.path.is_dir() else document.path.parent
    for problem in document.problems:
        parts = [f"{problem.severity.value}[{problem.name}]: {problem.message}", f" --> {folder / problem.path}"]
        if problem.help is not None:
            parts.append(f"help: {problem.help}")
        found.append(("\n".join(parts), problem.severity))
    return found


def summary(counts: Mapping[Severity, int]) -> str:
    """Return the last line: "0 errors, 3 warnings"."""
    return ", ".join(f"{counts[kind]} {kind.value}{'' if counts[kind] == 1 else 's'}" for kind in Severity)


def _as_data(checked: Sequence[Checked], counts: Mapping[Severity, int]) -> dict[str, object]:
    return {
        "documents": [
            {
                "name": document.name,
                "path": str(document.path),
                "ok": Severity.ERROR not in document.severities,
                "findings": [as_json(finding, document.file) for finding in document.compiled.diagnostics],
                "problems": [
                    {
                        "path": problem.path,
                        "severity": problem.severity.value,
                        "name": problem.name,
                        "message": problem.message,
                        "help": problem.help,
                    }
                    for problem in document.problems
                ],
            }
            for document in checked
        ],
        "errors": counts[Severity.ERROR],
        "warnings": counts[Severity.WARNING],
    }
