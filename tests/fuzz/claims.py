"""What holds for every text: it compiles, twice to the same, in bounded time; places are right; no line is lost."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from bythebook.adapters.shelf import house
from bythebook.cli.checking import Checked, Found
from bythebook.cli.sarif import as_sarif
from bythebook.cli.show import as_data, as_text
from bythebook.compiler.account import Fate, account
from bythebook.compiler.compile import Compiled, compile_document
from bythebook.compiler.flows import compile_documents
from bythebook.compiler.release import build_release
from bythebook.compiler.text import plain
from bythebook.drawing.svg import as_svg
from bythebook.routine.graph import graph_of
from bythebook.routine.model import Ask, Collect, Condition, Say
from bythebook.source.diagnostic import WHOLE_FILE, Diagnostic
from bythebook.source.render import as_json, render, render_concise
from bythebook.source.span import SourceFile, Span

SECONDS: Final = 0.5
SECONDS_PER_LINE: Final = 0.02
SECONDS_PER_CHARACTER: Final = 2e-5
"""Compiling takes no longer than these together, in time of the process: some ten times what it takes."""

Place = tuple[str, Span, str]
"""What stands there, where, and the words that it is said to have."""


def hold(text: str, *, thoroughly: bool = False) -> None:
    """Assert all that holds for a text; `thoroughly` with every way of showing it."""
    file = SourceFile.of("document.md", text)
    begun = time.process_time()
    compiled = compile_document(file, {"f": ("a",)})
    took = time.process_time() - begun
    lines = file.line_count
    assert took <= SECONDS + SECONDS_PER_LINE * lines + SECONDS_PER_CHARACTER * len(file.text), f"{took:.2f} s"
    assert compile_document(file, {"f": ("a",)}) == compiled, "compiled twice, two results"
    for what, span, words in _places(compiled):
        assert 0 <= span.start <= span.end <= len(file.text), f"{what} lies outside the text"
        assert _bare(words) in _bare(plain(file.slice(span))), f"{what}: {words!r} is not at its place"
    lost = [file.slice(one.row.span) for one in account(compiled) if one.fate is Fate.LOST]
    assert lost == [], f"lost: {lost}"
    for finding in compiled.diagnostics:
        _told(finding, file)
    spans = [finding.label.span for finding in compiled.diagnostics]
    assert spans == sorted(spans), "findings are not in order"
    labels = [line.label for line in compiled.routine.lines]
    assert len(labels) == len(set(labels)) or not compiled.ok, "two lines of one label"
    if thoroughly:
        _shown(compiled, file)


def hold_beside(text: str, files: Mapping[str, bytes]) -> None:
    """Assert that a release is built, or refused with findings at places that are there."""
    release, compiled, problems = build_release("fuzzed", {"document.md": text.encode(), **files}, house())
    assert release is not None or not compiled.ok or problems, "refused without a word"
    beside = {path: SourceFile.of(path, raw.decode("utf-8", "replace")) for path, raw in files.items()}
    beside["document.md"] = compiled.file
    for problem in problems:
        file = beside.get(problem.path) or SourceFile.of(problem.path, "")
        span = problem.diagnostic.label.span
        assert problem.diagnostic.label == WHOLE_FILE or span.end <= len(file.text), f"{problem.name} lies outside"
        _told(problem.diagnostic, file, beside)


def _told(finding: Diagnostic, file: SourceFile, beside: Mapping[str, SourceFile] | None = None) -> None:
    assert finding.message, f"{finding.name} says nothing"
    for words in (finding.message, finding.help, *(label.text for label in (finding.label, *finding.related))):
        assert words is None or len(words.splitlines()) <= 1, f"{finding.name}: {words!r} is not one line"
    if finding.label.path is None or not finding.label.path:
        assert finding.label.span.end <= len(file.text), f"{finding.name} lies outside the text"
    assert render(finding, file, beside)
    assert "\n" not in render_concise(finding, file)
    assert json.dumps(as_json(finding, file, beside))


def _shown(compiled: Compiled, file: SourceFile) -> None:
    routine = compiled.routine
    assert as_text(routine, compiled, file, Path("document.md"))
    assert json.dumps(as_data(routine, compiled, file))
    found = tuple(Found(finding, file) for finding in compiled.diagnostics)
    checked = Checked("fuzzed", Path("document.md"), found, {"document.md": file})
    assert json.dumps(as_sarif([checked], [(checked, one) for one in found], "0"))
    graph = graph_of(routine, file)
    ids = {node.id for node in graph.nodes}
    assert all(edge.source in ids and edge.target in ids for edge in graph.edges), "an edge leads nowhere"
    assert as_svg(routine, graph, "fuzzed")
    for one in compile_documents(file):
        assert not [row for row in account(one) if row.fate is Fate.LOST], "lost in one of several flows"


def _places(compiled: Compiled) -> Iterator[Place]:
    routine = compiled.routine
    yield "the title", routine.article.title_span, routine.article.title
    for topic in routine.article.topics:
        yield "a question", topic.span, topic.question
        yield from (("an answer", passage.span, passage.text) for passage in topic.answer)
    for step in routine.steps:
        yield f"step {step.label}", step.span, step.text
        if step.condition is not None:
            yield from _of_condition(step.label, step.condition)
        for line in step.lines:
            said = line.instruction.text if isinstance(line.instruction, Say | Ask | Collect) else None
            yield f"line {line.label}", line.span, said or ""
            if line.condition is not None and not line.implied:
                yield from _of_condition(line.label, line.condition)
            for slot in line.instruction.slots if isinstance(line.instruction, Collect) else ():
                yield f"slot {slot.name}", slot.span, slot.words
    for function in routine.functions:
        yield f"function {function.name}", function.span, function.words or ""
        yield from ((f"parameter {one.name}", one.span, one.name) for one in function.parameters)
    for finding in compiled.diagnostics:
        yield finding.name, finding.label.span, ""
        yield from ((finding.name, label.span, "") for label in finding.related if not label.path)


def _of_condition(label: str, condition: Condition) -> Iterator[Place]:
    yield f"the condition of {label}", condition.span, condition.text
    yield f"the name of the condition of {label}", condition.name_span, condition.name


def _bare(words: str) -> str:
    """Return words without case, white space, bold marks, backslashes, code marks and what joins a name's words."""
    return re.sub(r"[\s*\\`>_]+", "", words).casefold()
