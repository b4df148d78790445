"""Check approved wording against the routine it was approved for: nothing stale, unapproved or missing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Final

from bythebook.compiler.compile import Compiled
from bythebook.compiler.phrase_needs import PhraseFor, PhraseNeed, PhraseState, one_line
from bythebook.compiler.sidecars import Phrases, Problems
from bythebook.routine.model import Ask, Call, Collect, Routine, Say
from bythebook.routine.wording import Examples, Link, Phrase
from bythebook.source.span import SourceFile
from bythebook.source.suggest import did_you_mean

LANGUAGE_PREFIX: Final = "language."

MISSING_PHRASE: Final = "missing-phrase"
"""Nobody has worded what the document means to be told, and no rule drafts it."""

DRAFT_PHRASE: Final = "draft-phrase"
"""A phrase that nobody has approved."""

STALE_PHRASE: Final = "stale-phrase"
"""A phrase approved for words that the document no longer says."""

UNFIT_FOR_PRODUCTION: Final = frozenset((MISSING_PHRASE, DRAFT_PHRASE, STALE_PHRASE))
"""Findings that are warnings while a document is tried out, and that production refuses."""

_HOLE: Final = re.compile(r"\{([A-Za-z_]\w*)\}")
_CHOICE_KINDS: Final = ("step", "article", "line", "routine", "slot", "act", "other")


def check_phrases(
    phrases: Phrases,
    needs: Iterable[PhraseNeed],
    house: Mapping[str, Phrase],
    compiled: Compiled,
    problems: Problems,
) -> None:
    """Report every phrase that must not be said, and every one that is wanting or waits for approval."""
    routine = compiled.routine
    for label in phrases.lines:
        _check_label(label, routine, problems)
    for name in phrases.functions:
        if routine.function(name) is None:
            known = [function.name for function in routine.functions]
            message = f"[function.{name}]: the document defines no function `{name}`"
            _unknown("unknown-function", message, name, known, problems)
    for need in needs:
        _check_need(need, problems)
    tables = (("line", phrases.lines), ("function", phrases.functions), ("house", phrases.house))
    for kind, table in tables:
        for name, phrase in table.items():
            _check_holes(f'[{kind}."{name}"]' if kind == "line" else f"[{kind}.{name}]", phrase, problems)
    for name, phrase in phrases.house.items():
        _check_house(name, phrase, house, problems)
    texts = _texts(routine)
    for link in phrases.links:
        _check_link(link, texts, routine, problems)
    _check_bindings(phrases, routine, problems)


def _check_bindings(phrases: Phrases, routine: Routine, problems: Problems) -> None:
    """What decides conditions and outcomes must name some that there are."""
    known = [step.label for step in routine.conditional]
    known += [line.label for line in routine.lines if line.condition is not None]
    for label in {**phrases.facts, **phrases.tests}:
        if label not in known:
            _unknown("unknown-line", f'[condition."{label}"]: step {label} has no condition', label, known, problems)
    called = {line.instruction.function for line in routine.lines if isinstance(line.instruction, Call)}
    for name in phrases.succeeds:
        if name not in called:
            message = f"[outcome.{name}]: no line of the document calls `{name}`"
            _unknown("unknown-function", message, name, called, problems)


def check_examples(examples: Examples, routine: Routine, file: SourceFile, problems: Problems) -> None:
    """Report examples for choices that the document does not have, and nicknames for terms it does not use."""
    for choice in examples.by_choice:
        kind, _, name = choice.partition(":")
        if kind not in _CHOICE_KINDS:
            _unknown("unknown-choice", f"[choices] `{choice}` is no kind of choice", kind, _CHOICE_KINDS, problems)
        elif not _has_choice(kind, name, routine):
            problems.error(
                "unknown-choice",
                f"[choices] `{choice}` is nowhere in the document",
                "name a step with a condition, a question of the article or a line by its label",
            )
    text = file.text.casefold()
    for term in examples.glossary:
        if term.casefold() not in text:
            problems.warning(
                "unknown-term", f"[glossary] `{term}` is not in the document", "use the document's own term"
            )


def _has_choice(kind: str, name: str, routine: Routine) -> bool:
    match kind:
        case "step":
            step = routine.step(name)
            return step is not None and step.condition is not None
        case "article":
            return (
                name.isascii() and name.isdigit() and len(name) < 5 and routine.article.topic(int(name)) is not None
            )
        case "line":
            return routine.line(name) is not None
        case _:
            return True


def _check_label(label: str, routine: Routine, problems: Problems) -> None:
    place = f'[line."{label}"]'
    step, line = routine.step(label), routine.line(label)
    if step is None and line is None:
        known = [*(step.label for step in routine.steps), *(line.label for line in routine.lines)]
        _unknown("unknown-line", f"{place}: the routine has no line `{label}`", label, known, problems)
    elif line is not None and isinstance(line.instruction, Say | Ask | Collect):
        if line.instruction.text is not None:
            problems.error(
                "needless-phrase",
                f"{place}: the document quotes what line {label} says, so a phrase for it is never said",
                "take it out, or change the words in the document",
            )
    elif line is not None:
        problems.error(
            "needless-phrase",
            f"{place}: line {label} says nothing to the customer, so a phrase for it is never said",
            "take it out, or name the line that it is for",
        )


def _check_need(need: PhraseNeed, problems: Problems) -> None:
    phrase = need.phrase
    if phrase is None:
        _check_missing(need, problems)
        return
    if need.state is PhraseState.STALE:
        _check_stale(need, phrase, problems)
    if not phrase.approved:
        problems.warning(
            DRAFT_PHRASE,
            f"{need.place} is a draft: nobody has approved it",
            'read it, then approve it: approved_by = "your name"',
        )


def _check_missing(need: PhraseNeed, problems: Problems) -> None:
    if need.kind is PhraseFor.FUNCTION:
        problems.warning(
            MISSING_PHRASE,
            f"no phrase tells the customer the result of `{need.name}`, so nothing is said of it",
            f"add {need.place} with `text`, `source` and `approved_by`",
        )
    elif need.draft is None:
        problems.warning(
            MISSING_PHRASE,
            f"nobody has worded what line {need.name} asks to be said: `{need.words}`",
            f"add {need.place} with `text`, `source` and `approved_by`",
        )
    else:
        problems.warning(
            DRAFT_PHRASE,
            f"line {need.name} says a draft that nobody has approved: `{one_line(need.draft)}`",
            "write the drafts to phrases.toml with `bythebook phrases --write`, read them, and approve them",
        )


def _check_stale(need: PhraseNeed, phrase: Phrase, problems: Problems) -> None:
    if need.kind is PhraseFor.HOUSE:
        problems.warning(
            STALE_PHRASE,
            f"{need.place} was approved for `{one_line(phrase.source)}`, which the document no longer says",
            "read the phrase again, then bring its `source` up to date and approve it",
        )
    elif not phrase.source.strip():
        problems.warning(
            STALE_PHRASE,
            f"{need.place} does not say which words of the document it was approved for",
            f'write: source = "{need.words}"',
        )
    else:
        problems.warning(
            STALE_PHRASE,
            f"{need.place} was approved for `{one_line(phrase.source)}`, but the document says `{need.words}`",
            "read the phrase again, then bring its `source` up to date and approve it",
        )


def _check_holes(place: str, phrase: Phrase, problems: Problems) -> None:
    bare = _HOLE.sub("", phrase.text)
    if "{" in bare or "}" in bare:
        problems.error("broken-hole", f"{place} has a brace that opens or closes no hole", "write a hole as {name}")


def _check_house(name: str, phrase: Phrase, house: Mapping[str, Phrase], problems: Problems) -> None:
    place = f"[house.{name}]"
    if name not in house:
        if not name.startswith(LANGUAGE_PREFIX):
            _unknown("unknown-house-phrase", f"{place}: the house has no phrase `{name}`", name, house, problems)
        return
    for hole in sorted(_holes(phrase) - _holes(house[name])):
        problems.error(
            "unknown-hole",
            f"{place} has the hole `{hole}`, which nothing fills",
            "use only the holes of the house's own phrase",
        )


def _check_link(link: Link, texts: Iterable[str], routine: Routine, problems: Problems) -> None:
    place = f"the link on `{link.words}`"
    if not any(link.words in text for text in texts):
        problems.error(
            "words-not-found",
            f"{place}: no answer of the article and no line says these words",
            "copy the words from the document, letter for letter",
        )
    if link.line is not None and routine.line(link.line) is None:
        known = [line.label for line in routine.lines]
        _unknown("unknown-line", f"{place}: the routine has no line `{link.line}`", link.line, known, problems)


def _texts(routine: Routine) -> tuple[str, ...]:
    said = (
        line.instruction.text
        for line in routine.lines
        if isinstance(line.instruction, Say | Ask) and line.instruction.text is not None
    )
    return (*(topic.text for topic in routine.article.topics), *said)


def _unknown(name: str, message: str, word: str, known: Iterable[str], problems: Problems) -> None:
    names = sorted(set(known))
    some = ", ".join(f"`{one}`" for one in names[:12])
    problems.error(name, message, did_you_mean(word, names) or (f"use one of: {some}" if some else "take it out"))


def _holes(phrase: Phrase) -> frozenset[str]:
    return frozenset(_HOLE.findall(phrase.text))
