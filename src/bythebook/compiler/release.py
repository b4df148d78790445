"""Bind a document and the approved words beside it into one release with one digest. Pure: bytes in, values out."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Final

from bythebook.compiler.accepting import check_accepts
from bythebook.compiler.approval import check_examples, check_phrases
from bythebook.compiler.cards import CARDS_PATH, read_cards
from bythebook.compiler.checks.base import ALONE, Beside
from bythebook.compiler.compile import Compiled, compile_document
from bythebook.compiler.phrase_needs import PhraseFor, PhraseNeed, phrase_needs, trial_phrase
from bythebook.compiler.problems import Problems, ReleaseProblem
from bythebook.compiler.sidecars import (
    DOCUMENT_PATH,
    EXAMPLES_PATH,
    HOUSE_PATH,
    PHRASES_PATH,
    Phrases,
    not_utf_8,
    read_examples,
    read_house,
    read_phrases,
    read_toml,
)
from bythebook.routine.model import Condition, QuestionKind, Routine, Step
from bythebook.routine.wording import RECEPTION, Examples, Phrase, Release, Wording
from bythebook.source.diagnostic import Severity
from bythebook.source.span import SourceFile

FUNCTIONS_PATH: Final = "functions.py"
BINDINGS_PATH: Final = "functions.toml"
DATA_PREFIX: Final = "data/"
DESCRIPTIONS_PREFIX: Final = "openapi/"
"""Where the OpenAPI descriptions stand that functions are bound by."""

UNREADABLE: Final = frozenset(("not-utf-8", "unreadable-toml"))
CLOSING_PHRASE: Final = "anything_else"
"""The house phrase that asks whether there is anything else, where no line of the document does."""

NOT_OF_PARTS: Final = frozenset(("missing-resolution", "missing-closing-question"))
"""Findings that say nothing of a document that only ever comes before others: those end the case."""


def release_files(files: Mapping[str, bytes], house: bytes) -> tuple[tuple[str, bytes], ...]:
    """Return the files that a release is made of, by path; tests and other company are left out."""
    own = (DOCUMENT_PATH, PHRASES_PATH, EXAMPLES_PATH, FUNCTIONS_PATH, BINDINGS_PATH, CARDS_PATH)
    below = (DATA_PREFIX, DESCRIPTIONS_PREFIX)
    kept = {path: raw for path, raw in files.items() if path in own or path.startswith(below)}
    return tuple(sorted({**kept, HOUSE_PATH: house}.items()))


def release_digest(files: Mapping[str, bytes], house: bytes) -> str:
    """Return SHA-256 over every file of a release, in hex; lengths keep one file from running into the next."""
    digest = hashlib.sha256()
    for path, raw in release_files(files, house):
        name = path.encode("utf-8", "surrogatepass")
        digest.update(b"%d:%s%d:" % (len(name), name, len(raw)))
        digest.update(raw)
    return digest.hexdigest()


def build_release(
    name: str,
    files: Mapping[str, bytes],
    house: bytes,
    signatures: Mapping[str, tuple[str, ...]] | None = None,
    beside: Beside = ALONE,
) -> tuple[Release | None, Compiled, tuple[ReleaseProblem, ...]]:
    """Return the release, or None where anything in it is an error; the rest says what and where.

    `files` maps paths beside the document (`document.md`, `phrases.toml`, `data/x.toml`) to their bytes; `house` is
    the house's own phrases; `beside` says more of bound functions. Never raises, whatever the bytes.
    """
    document = Problems.of(DOCUMENT_PATH, files.get(DOCUMENT_PATH))
    file = read_document(files.get(DOCUMENT_PATH), document)
    house_problems = Problems.of(HOUSE_PATH, house)
    phrase_problems, example_problems = (Problems.of(path, files.get(path)) for path in (PHRASES_PATH, EXAMPLES_PATH))
    card_problems = Problems.of(CARDS_PATH, files.get(CARDS_PATH))
    house_phrases = read_house(house, house_problems)
    phrases = read_phrases(files.get(PHRASES_PATH), phrase_problems)
    readable = not any(problem.name in UNREADABLE for problem in phrase_problems.found)
    compiled = _compiled(file, signatures, phrases, replace(beside, links=phrases.links if readable else None))
    examples = read_examples(files.get(EXAMPLES_PATH), example_problems)
    cards = read_cards(files.get(CARDS_PATH), card_problems)
    needs = phrase_needs(compiled, phrases)
    if readable:
        # Of a file that cannot be read nobody can say what is missing in it.
        check_phrases(phrases, needs, house_phrases, compiled, phrase_problems)
    check_examples(examples, compiled.routine, file, example_problems)
    told = (problem.diagnostic for problem in (*phrase_problems.found, *example_problems.found))
    check_accepts(phrases.accepts, (*compiled.diagnostics, *told), phrase_problems)
    problems = (
        *document.found,
        *phrase_problems.found,
        *example_problems.found,
        *_data_problems(files),
        *card_problems.found,
        *house_problems.found,
    )
    if not compiled.ok or any(problem.severity is Severity.ERROR for problem in problems):
        return None, compiled, problems
    in_house = {**house_phrases, **phrases.house}
    release = Release(
        name=name,
        digest=release_digest(files, house),
        document=file,
        routine=_with_facts(compiled.routine, phrases.facts),
        wording=Wording(
            lines={**_implied(compiled.routine, in_house), **_drafted(needs), **phrases.lines},
            functions=phrases.functions,
            house=in_house,
            links=phrases.links,
        ),
        examples=examples,
        conduct=phrases.conduct,
        title=cards.title,
        others=cards.others,
        first=cards.first,
    )
    return release, compiled, problems


def _compiled(
    file: SourceFile, signatures: Mapping[str, tuple[str, ...]] | None, phrases: Phrases, beside: Beside
) -> Compiled:
    """Compile a document with what its phrases say of it."""
    own = replace(beside, does=phrases.deeds)
    compiled = compile_document(file, signatures, phrases.bindings, phrases.succeeds, own)
    if not phrases.conduct.part:
        return compiled
    found = tuple(finding for finding in compiled.diagnostics if finding.name not in NOT_OF_PARTS)
    return replace(compiled, diagnostics=found)


def build_reception(files: Mapping[str, bytes], house: bytes) -> tuple[Release | None, tuple[ReleaseProblem, ...]]:
    """Return what cases open on where several documents are loaded, or None where its files have errors.

    `files` holds its cards, and perhaps a `phrases.toml` with phrases of the house in its owner's words.
    """
    house_problems = Problems.of(HOUSE_PATH, house)
    phrase_problems, card_problems = (Problems.of(path, files.get(path)) for path in (PHRASES_PATH, CARDS_PATH))
    house_phrases = read_house(house, house_problems)
    phrases = read_phrases(files.get(PHRASES_PATH), phrase_problems)
    cards = read_cards(files.get(CARDS_PATH), card_problems)
    titles = "\n".join(card.title for card in cards.others)
    compiled = compile_document(SourceFile.of(CARDS_PATH, ""))
    check_phrases(phrases, (), house_phrases, compiled, phrase_problems)
    problems = (*phrase_problems.found, *card_problems.found, *house_problems.found)
    if any(problem.severity is Severity.ERROR for problem in problems):
        return None, problems
    release = Release(
        name=RECEPTION,
        digest=release_digest(files, house),
        document=SourceFile.of(CARDS_PATH, titles),
        routine=compiled.routine,
        wording=Wording(lines={}, functions={}, house={**house_phrases, **phrases.house}),
        examples=Examples({}, {}),
        conduct=phrases.conduct,
        others=cards.others,
    )
    return release, problems


def _drafted(needs: Iterable[PhraseNeed]) -> Mapping[str, Phrase]:
    """Return what the lines say that nobody has worded yet: enough to try a document out, never for production."""
    lines = (need for need in needs if need.kind is PhraseFor.LINE and need.phrase is None)
    return {need.name: trial_phrase(need) for need in lines}


def _implied(routine: Routine, house: Mapping[str, Phrase]) -> Mapping[str, Phrase]:
    """Return what the lines say that no document writes: the closing question is the house's own."""
    asking = (line for line in routine.questions(QuestionKind.ANYTHING_ELSE) if line.implied)
    return {line.label: house[CLOSING_PHRASE] for line in asking if CLOSING_PHRASE in house}


def read_document(raw: bytes | None, problems: Problems) -> SourceFile:
    """Return the document as text, and report where it is none."""
    if raw is None:
        problems.error("missing-document", "there is no document", f"add `{DOCUMENT_PATH}`")
        return SourceFile.of(DOCUMENT_PATH, "")
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as failure:
        not_utf_8(failure, problems)
        text = raw.decode("utf-8", "replace")
    return SourceFile.of(DOCUMENT_PATH, text)


def _data_problems(files: Mapping[str, bytes]) -> tuple[ReleaseProblem, ...]:
    found: list[ReleaseProblem] = []
    for path in sorted(files):
        if path.startswith(DATA_PREFIX) and path.endswith(".toml"):
            problems = Problems.of(path, files[path])
            read_toml(files[path], problems)
            found += problems.found
    return tuple(found)


def _with_facts(routine: Routine, facts: Mapping[str, str]) -> Routine:
    return replace(routine, steps=tuple(_with_fact(step, facts) for step in routine.steps))


def _with_fact(step: Step, facts: Mapping[str, str]) -> Step:
    lines = tuple(replace(line, condition=_named(line.condition, facts.get(line.label))) for line in step.lines)
    return replace(step, condition=_named(step.condition, facts.get(step.label)), lines=lines)


def _named(condition: Condition | None, fact: str | None) -> Condition | None:
    return replace(condition, fact=fact) if condition is not None and fact is not None else condition
