"""`bythebook phrases`: the phrases a document needs, how far they are, and their drafts; write them, approve them."""

from __future__ import annotations

import argparse
import json
import sys
import textwrap
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Final

from bythebook.adapters.folder import DOCUMENT, find_document
from bythebook.adapters.library import read_routine
from bythebook.adapters.shelf import CannotRun, functions_of, house
from bythebook.cli.beside import CannotChange, change_beside
from bythebook.cli.binding import bind_condition
from bythebook.cli.common import add_document, coloured, explained
from bythebook.compiler.phrase_file import with_approval, with_drafts
from bythebook.compiler.phrase_needs import Fields, PhraseFor, PhraseNeed, PhraseState, phrase_needs
from bythebook.compiler.problems import Problems
from bythebook.compiler.release import build_release
from bythebook.compiler.sidecars import PHRASES_PATH, read_phrases
from bythebook.source.diagnostic import Severity
from bythebook.source.span import SourceFile

ALL: Final = "all"
WIDTH: Final = 100
COLOURS: Final = {
    PhraseState.MISSING: "1;31",
    PhraseState.DRAFT: "1;33",
    PhraseState.STALE: "1;31",
    PhraseState.APPROVED: "32",
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    add_document(parser)
    parser.add_argument("--write", action="store_true", help="add the drafts that are missing to phrases.toml")
    parser.add_argument(
        "--approve",
        metavar="LABEL",
        help="approve the phrase of a line (2c) or function by its name, or all drafts: all; stale ones by name only",
    )
    parser.add_argument("--as", dest="approver", metavar="NAME", help="who approves; needed with --approve")
    parser.add_argument(
        "--bind",
        nargs=2,
        metavar=("LABEL", "TEST"),
        help="say what decides a condition: a comparison (\"status == 'sent'\"), a function and how it ended "
        '(find_order failure), an answer ("yes to question 1"), or a person at the desk (person); its words of '
        "today are kept beside it",
    )
    parser.add_argument("--format", choices=("text", "json"), default="text", help="how they are shown")


def run(arguments: argparse.Namespace) -> int:
    """Show the phrases; 0 where all are approved, 1 where one is not, 2 where it cannot be done."""
    return explained(lambda: _run(arguments))


def _run(arguments: argparse.Namespace) -> int:
    if arguments.approve is not None and not (arguments.approver or "").strip():
        raise CannotChange('say who approves: --as "Your Name"')
    path = find_document(arguments.document)
    if arguments.bind is not None:
        print(bind_condition(path, *arguments.bind))
        return 0
    needs, file = _needs(path)
    if arguments.write:
        needs, file = _changed(path, lambda text: with_drafts(text, needs))
    if arguments.approve is not None:
        chosen = _chosen(needs, arguments.approve)
        needs, file = _changed(path, lambda text: _approved(text, chosen, arguments.approver.strip()))
    if arguments.format == "json":
        print(json.dumps(_as_data(needs, file), ensure_ascii=False, indent=2))
    else:
        print(as_text(needs, file, path, to_terminal=sys.stdout.isatty()))
    return 0 if all(need.state is PhraseState.APPROVED for need in needs) else 1


def _needs(path: Path) -> tuple[tuple[PhraseNeed, ...], SourceFile]:
    found = read_routine(path)
    name, files = found.name, found.files
    problems = Problems.of(PHRASES_PATH)
    phrases = read_phrases(files.get(PHRASES_PATH), problems)
    broken = [problem for problem in problems.found if problem.severity is Severity.ERROR]
    if broken:
        raise CannotChange("\n".join(f"{problem.path}: {problem.message}; {problem.help}" for problem in broken))
    _, compiled, _ = build_release(name, files, house())
    try:
        fields: Fields = functions_of(files).fields
    except CannotRun:
        # `bythebook check` shows what is wrong with them; the phrases of the lines are there all the same.
        fields = {}
    return phrase_needs(compiled, phrases, fields), compiled.file


def _changed(path: Path, change: Callable[[str], str]) -> tuple[tuple[PhraseNeed, ...], SourceFile]:
    """Change the phrases.toml beside a document, whole or not at all, and return the needs as they are then."""
    change_beside(path, PHRASES_PATH, change)
    return _needs(path)


def _chosen(needs: Sequence[PhraseNeed], label: str) -> tuple[PhraseNeed, ...]:
    if label == ALL:
        # A stale phrase was right for other words: it is read, and approved, one by one.
        return tuple(need for need in needs if need.state is PhraseState.DRAFT)
    found = [need for need in needs if label in (need.name, f"{need.kind.value}.{need.name}")]
    if not found:
        known = ", ".join(f"`{need.name}`" for need in needs)
        raise CannotChange(f"no phrase is called `{label}`; there are: {known}" if known else "there are no phrases")
    if found[0].phrase is None:
        raise CannotChange(
            f"`{label}` has no phrase in {PHRASES_PATH} yet; add the drafts with --write and read them"
        )
    return tuple(found[:1])


def _approved(text: str, chosen: Sequence[PhraseNeed], by: str) -> str:
    for need in chosen:
        text = with_approval(text, need, by)
    return text


# ---------------------------------------------------------------- showing


def as_text(needs: Sequence[PhraseNeed], file: SourceFile, path: Path, *, to_terminal: bool) -> str:
    """Return the phrases as a person reads them, a summary last."""
    parts = ["\n".join(_entry(need, file, to_terminal)) for need in needs]
    return "\n\n".join([*parts, _summary(needs, path)])


def _entry(need: PhraseNeed, file: SourceFile, to_terminal: bool) -> Iterator[str]:
    number = f" ({DOCUMENT}:{file.position(need.span.start)[0]})" if need.span is not None else ""
    what = {PhraseFor.LINE: "line", PhraseFor.FUNCTION: "function", PhraseFor.HOUSE: "house phrase"}[need.kind]
    yield f"{coloured(need.state.value, COLOURS[need.state], to_terminal)}  {what} {need.name}{number}"
    yield from _rows("document", need.words)
    if need.phrase is None:
        yield from _rows("draft", need.draft or "none: the rules are not sure, word it by hand")
        return
    if need.state is PhraseState.STALE:
        yield from _rows("was for", need.phrase.source or "(it does not say)")
    yield from _rows("phrase", need.phrase.text)
    if need.phrase.approved:
        yield from _rows("approved", need.phrase.approved_by)


def _rows(head: str, words: str) -> Iterator[str]:
    lead = f"  {head:<9} "
    for line in words.strip().split("\n"):
        rows = textwrap.wrap(
            line,
            WIDTH,
            initial_indent=lead,
            subsequent_indent=" " * 12,
            break_on_hyphens=False,
            break_long_words=False,
        )
        yield from rows or [lead.rstrip()]
        lead = " " * 12


def _summary(needs: Sequence[PhraseNeed], path: Path) -> str:
    if not needs:
        return "this document needs no phrases: it quotes all that it says"
    counts = {state: sum(need.state is state for need in needs) for state in PhraseState}
    said = ", ".join(f"{count} {state.value}" for state, count in counts.items() if count)
    missing = [need for need in needs if need.state is PhraseState.MISSING]
    if any(need.draft is not None for need in missing):
        said += f"\nadd the drafts to {PHRASES_PATH}: bythebook phrases {path} --write"
    elif missing:
        said += f"\nno rule words what is missing: write it into {PHRASES_PATH} (bythebook check {path} shows how)"
    if counts[PhraseState.DRAFT] or counts[PhraseState.STALE]:
        said += f'\napprove what you have read: bythebook phrases {path} --approve LABEL --as "Your Name"'
    return said


def _as_data(needs: Sequence[PhraseNeed], file: SourceFile) -> dict[str, object]:
    return {
        "phrases": [
            {
                "for": need.kind.value,
                "name": need.name,
                "state": need.state.value,
                "line": file.position(need.span.start)[0] if need.span is not None else None,
                "words": need.words,
                "draft": need.draft,
                "text": need.phrase.text if need.phrase is not None else None,
                "source": need.phrase.source if need.phrase is not None else None,
                "approved_by": need.phrase.approved_by if need.phrase is not None else None,
            }
            for need in needs
        ],
        "counts": {state.value: sum(need.state is state for need in needs) for state in PhraseState},
    }
