"""`bythebook drift`: what of a document rests on sentences of its article that changed or went."""

from __future__ import annotations

import argparse
import json
import sys
import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path
from typing import Final

from bythebook.adapters.folder import DOCUMENT, DocumentNotFound, find_document, read_folder
from bythebook.cli.articles import read_article_file
from bythebook.cli.common import coloured, explained
from bythebook.compiler.drift.changes import Change, Fate
from bythebook.compiler.drift.holders import HolderKind, holders_of
from bythebook.compiler.drift.report import Drift, Drifted, Renumbered, Verdict, find_drift
from bythebook.compiler.drift.sentences import Sentence, sentences_of
from bythebook.compiler.flows import compile_documents
from bythebook.compiler.problems import Problems
from bythebook.compiler.sidecars import EXAMPLES_PATH, PHRASES_PATH, read_examples, read_phrases
from bythebook.source.span import SourceFile

WIDTH: Final = 110
EXAMPLES_SHOWN_MAX: Final = 3
RED, GREEN, YELLOW, BOLD, DIM = "31", "32", "33", "1", "2"
COLOURS: Final = {Verdict.STALE: "1;31", Verdict.LOOK: "1;33"}
NAMES: Final = {HolderKind.NICKNAME: "glossary term", HolderKind.CONDITION: "condition of step"}


@dataclass(frozen=True, slots=True)
class Compared:
    """The two articles by their paths, the document's folder, and what drifts."""

    old: str
    new: str
    document: Path
    drift: Drift


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument(
        "old", metavar="OLD_ARTICLE", help="the article as it was, or the document: its article is meant"
    )
    parser.add_argument("new", metavar="NEW_ARTICLE", help="the article as it is now: Markdown, plain text or HTML")
    parser.add_argument(
        "document", nargs="?", metavar="DOCUMENT", help="the document that rests on it (default: OLD_ARTICLE)"
    )
    parser.add_argument("--json", action="store_true", help="one JSON object instead of text")


def run(arguments: argparse.Namespace) -> int:
    """Compare; 0 where nothing drifted, 1 where something did, 2 where something cannot be read."""
    return explained(lambda: _run(arguments))


def _run(arguments: argparse.Namespace) -> int:
    found = compare(arguments.old, arguments.new, arguments.document or arguments.old)
    if arguments.json:
        print(json.dumps(as_data(found), ensure_ascii=False, indent=2))
    else:
        print("\n".join(as_text(found, to_terminal=sys.stdout.isatty())))
    return 1 if found.drift.any else 0


def compare(old: str, new: str, document: str) -> Compared:
    """Return what drifts; raise DocumentNotFound."""
    path = find_document(document)
    _, files = read_folder(path)
    own = SourceFile.of(DOCUMENT if path.is_dir() else path.name, files[DOCUMENT].decode("utf-8", "replace"))
    routines = compile_documents(own)
    if not any(compiled.routine.steps for compiled in routines):
        raise DocumentNotFound(f"{path} has no routine that could rest on an article; give the document last")
    before = read_article_file(str(find_document(old)))
    after = read_article_file(new)
    holders = holders_of(
        routines,
        read_phrases(files.get(PHRASES_PATH), Problems.of(PHRASES_PATH)),
        read_examples(files.get(EXAMPLES_PATH), Problems.of(EXAMPLES_PATH)),
        files,
    )
    questions = [topic.question for topic in routines[0].routine.article.topics]
    drift = find_drift(sentences_of(before), sentences_of(after), holders, questions)
    return Compared(before.path, after.path, path, drift)


# ---------------------------------------------------------------- for people


def as_text(found: Compared, *, to_terminal: bool) -> Iterator[str]:
    """Return the report as a person reads it: each change with what rests on it, a summary last."""
    drift = found.drift
    yield f"old: {found.old}"
    yield f"new: {found.new}"
    yield ""
    quiet = []
    for change in drift.changes.of_old:
        resting = [one for one in drift.drifted if one.change == change]
        if resting:
            yield from _change(change, to_terminal)
            yield from _resting(resting, to_terminal)
            yield ""
        elif change.fate is not Fate.SAME:
            quiet.append(change)
    beside = [one for one in drift.drifted if one.change is None]
    if beside:
        yield coloured("goes with what is listed above", BOLD, to_terminal)
        yield from _resting(beside, to_terminal)
        yield ""
    if drift.unspoken:
        yield coloured("new, and no line speaks of it", BOLD, to_terminal)
        for sentence in drift.unspoken:
            yield from _wrapped("   ", f'"{sentence.text}" (line {sentence.line})')
        yield ""
    if drift.renumbered:
        head = f"questions that have another number now ({EXAMPLES_PATH} names them by number)"
        yield coloured(head, BOLD, to_terminal)
        yield from (f"   {_renumbered(one)}" for one in drift.renumbered)
        yield ""
    if quiet:
        yield coloured("changed, and nothing rests on it", BOLD, to_terminal)
        for change in quiet:
            yield from _change(change, to_terminal)
        yield ""
    yield from _summary(found)


def _change(change: Change, to_terminal: bool) -> Iterator[str]:
    old, new = _marked(change, to_terminal)
    head = coloured(f"{change.fate.value:<9}", BOLD, to_terminal)
    yield from _wrapped(head, f"{old} (line {change.old.line})", hang=9)
    for at, text in enumerate(new):
        yield from _wrapped("     now " if at == 0 else " " * 9, f"{text} (line {change.new[at].line})", hang=9)


def _marked(change: Change, to_terminal: bool) -> tuple[str, list[str]]:
    """Return old and new words, on a terminal with the words that differ in colour."""
    if change.fate is not Fate.CHANGED:
        return (
            coloured(change.old.text, RED, to_terminal),
            [coloured(one.text, GREEN, to_terminal) for one in change.new],
        )
    before, after = change.old.text.split(), [one.text.split() for one in change.new]
    joined = [word for words in after for word in words]
    kept_old, kept_new = set[int](), set[int]()
    for block in SequenceMatcher(None, before, joined, autojunk=False).get_matching_blocks():
        kept_old |= set(range(block.a, block.a + block.size))
        kept_new |= set(range(block.b, block.b + block.size))
    old = " ".join(w if at in kept_old else coloured(w, RED, to_terminal) for at, w in enumerate(before))
    places, new = iter(range(len(joined))), []
    for words in after:
        shown = (word if next(places) in kept_new else coloured(word, GREEN, to_terminal) for word in words)
        new.append(" ".join(shown))
    return old, new


def _resting(resting: Sequence[Drifted], to_terminal: bool) -> Iterator[str]:
    for one in resting:
        if one.holder.kind is HolderKind.EXAMPLE:
            continue
        verdict = coloured(one.verdict.value, COLOURS[one.verdict], to_terminal)
        figure = f"  rests on it by {one.figure:.2f}" if one.change is not None and one.figure else ""
        what = f"{NAMES.get(one.holder.kind, one.holder.kind.value)} {one.holder.name}"
        where = "" if one.holder.place == one.holder.name else f" ({one.holder.place})"
        yield f"   {verdict}  {what}{where}{figure}"
        if one.holder.text not in (one.holder.name, ""):
            yield from _wrapped("      ", f'"{" ".join(one.holder.text.split())}"')
        for reason in one.evidence:
            yield from _wrapped("      ", reason)
    yield from _examples([one for one in resting if one.holder.kind is HolderKind.EXAMPLE], to_terminal)


def _examples(resting: Sequence[Drifted], to_terminal: bool) -> Iterator[str]:
    by_choice: dict[str, list[Drifted]] = {}
    for one in resting:
        by_choice.setdefault(one.holder.name, []).append(one)
    for choice, found in by_choice.items():
        shown = ", ".join(f'"{one.holder.text}"' for one in found[:EXAMPLES_SHOWN_MAX])
        more = f" and {len(found) - EXAMPLES_SHOWN_MAX} more" if len(found) > EXAMPLES_SHOWN_MAX else ""
        verdict = coloured(Verdict.LOOK.value, COLOURS[Verdict.LOOK], to_terminal)
        yield f"   {verdict}  examples of {choice} ({found[0].holder.place})"
        yield from _wrapped("      ", shown + more)
        yield from _wrapped("      ", "; ".join(found[0].evidence))


def _renumbered(one: Renumbered) -> str:
    now = f"is {one.now} in the new article" if one.now is not None else "is not asked in the new article"
    return f'{one.choice} "{one.question}" {now}'


def _summary(found: Compared) -> Iterator[str]:
    drift = found.drift
    fates = {fate: sum(change.fate is fate for change in drift.changes.of_old) for fate in Fate}
    if not drift.changes.any:
        yield "the two articles say the same; nothing drifted"
        return
    said = [f"{count} {fate.value}" for fate, count in fates.items() if count]
    yield f"sentences of the old article: {', '.join(said)}; new or in new words: {len(drift.changes.fresh)}"
    if not drift.any:
        yield "nothing of the document rests on what changed"
        return
    own = [one.verdict for one in drift.drifted if one.holder.kind is not HolderKind.EXAMPLE]
    choices = {one.holder.name for one in drift.drifted if one.holder.kind is HolderKind.EXAMPLE}
    counted = f"{own.count(Verdict.STALE)} stale, {own.count(Verdict.LOOK)} to look at again"
    yield f"{counted}, examples of {len(choices)} choices, {len(drift.unspoken)} new that no line speaks of"
    yield f"change what is stale in {found.document}, put the new article in, then: bythebook check {found.document}"


def _wrapped(head: str, text: str, *, hang: int = 6) -> Iterator[str]:
    yield from textwrap.wrap(
        text,
        WIDTH,
        initial_indent=head,
        subsequent_indent=" " * hang,
        break_long_words=False,
        break_on_hyphens=False,
    )


# ---------------------------------------------------------------- for machines


def as_data(found: Compared) -> dict[str, object]:
    """Return the report as JSON holds it."""
    drift = found.drift
    return {
        "old": found.old,
        "new": found.new,
        "document": str(found.document),
        "changes": [
            {
                "fate": change.fate.value,
                "old": _sentence(change.old),
                "new": [_sentence(sentence) for sentence in change.new],
            }
            for change in drift.changes.of_old
            if change.fate is not Fate.SAME
        ],
        "drifted": [_drifted(one) for one in drift.drifted],
        "unspoken": [_sentence(sentence) for sentence in drift.unspoken],
        "renumbered": [{"choice": one.choice, "question": one.question, "now": one.now} for one in drift.renumbered],
        "counts": {verdict.value: sum(one.verdict is verdict for one in drift.drifted) for verdict in Verdict},
    }


def _drifted(one: Drifted) -> dict[str, object]:
    change = one.change
    return {
        "kind": one.holder.kind.value,
        "name": one.holder.name,
        "place": one.holder.place,
        "text": one.holder.text,
        "verdict": one.verdict.value,
        "figure": round(one.figure, 3),
        "evidence": list(one.evidence),
        "old": _sentence(change.old) if change is not None else None,
        "new": [_sentence(sentence) for sentence in change.new] if change is not None else [],
    }


def _sentence(sentence: Sentence) -> dict[str, object]:
    return {"text": sentence.text, "line": sentence.line, "question": sentence.question}
