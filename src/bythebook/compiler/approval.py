"""Check approved wording against the routine it was approved for: nothing stale, unapproved or missing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Final

from bythebook.compiler.sidecars import Phrases, Problems
from bythebook.compiler.text import words_at
from bythebook.routine.model import RESOLUTION_FUNCTION, Ask, Call, Routine, Say
from bythebook.routine.wording import Examples, Link, Phrase
from bythebook.source.span import SourceFile
from bythebook.source.suggest import did_you_mean

LANGUAGE_PREFIX: Final = "language."

MISSING_PHRASE: Final = "missing-phrase"
"""A result that the document means to be told has no phrase: fit for trying out, not for production."""

_HOLE: Final = re.compile(r"\{([A-Za-z_]\w*)\}")
_TELLS: Final = re.compile(r"(?:provide|give|tell|inform|show|send|list)s?\b", re.I)
_CHOICE_KINDS: Final = ("step", "article", "line", "routine", "slot", "act", "other")


def check_phrases(
    phrases: Phrases, house: Mapping[str, Phrase], routine: Routine, file: SourceFile, problems: Problems
) -> None:
    """Report every phrase that must not be said, and every one that is wanting."""
    for label, phrase in phrases.lines.items():
        _check_line(label, phrase, routine, file, problems)
    for name, phrase in phrases.functions.items():
        definition = routine.function(name)
        place = f"[function.{name}]"
        if definition is None:
            known = [function.name for function in routine.functions]
            _unknown("unknown-function", f"{place}: the document defines no function `{name}`", name, known, problems)
        else:
            _check_source(place, phrase, definition.purpose, problems)
        _check_words(place, phrase, problems)
    for name, phrase in phrases.house.items():
        _check_house(name, phrase, house, file, problems)
    _check_missing(phrases, routine, problems)
    texts = _texts(routine)
    for link in phrases.links:
        _check_link(link, texts, routine, problems)
    for label in phrases.facts:
        step = routine.step(label)
        if step is None or step.condition is None:
            known = [step.label for step in routine.conditional]
            _unknown("unknown-line", f'[condition."{label}"]: step {label} has no condition', label, known, problems)


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


def _check_line(label: str, phrase: Phrase, routine: Routine, file: SourceFile, problems: Problems) -> None:
    place = f'[line."{label}"]'
    step, line = routine.step(label), routine.line(label)
    if step is None and line is None:
        known = [*(step.label for step in routine.steps), *(line.label for line in routine.lines)]
        _unknown("unknown-line", f"{place}: the routine has no line `{label}`", label, known, problems)
    elif line is not None and isinstance(line.instruction, Say | Ask):
        problems.error(
            "needless-phrase",
            f"{place}: the document quotes what line {label} says, so a phrase for it is never said",
            "take it out, or change the words in the document",
        )
    else:
        span = step.span if step is not None else line.span if line is not None else None
        assert span is not None
        _check_source(place, phrase, words_at(file, span), problems)
    _check_words(place, phrase, problems)


def _check_source(place: str, phrase: Phrase, words: str, problems: Problems) -> None:
    if _one_line(phrase.source) == _one_line(words):
        return
    if not phrase.source.strip():
        problems.error(
            "stale-phrase",
            f"{place} does not say which words of the document it was approved for",
            f'write: source = "{_one_line(words)}"',
        )
    else:
        problems.error(
            "stale-phrase",
            f"{place} was approved for `{_one_line(phrase.source)}`, but the document says `{_one_line(words)}`",
            "read the phrase again, then bring its `source` up to date and approve it",
        )


def _check_words(place: str, phrase: Phrase, problems: Problems) -> None:
    if not phrase.approved:
        problems.error(
            "draft-phrase", f"{place} is a draft: nobody has approved it", 'approve it: approved_by = "your name"'
        )
    bare = _HOLE.sub("", phrase.text)
    if "{" in bare or "}" in bare:
        problems.error("broken-hole", f"{place} has a brace that opens or closes no hole", "write a hole as {name}")


def _check_house(
    name: str, phrase: Phrase, house: Mapping[str, Phrase], file: SourceFile, problems: Problems
) -> None:
    place = f"[house.{name}]"
    _check_words(place, phrase, problems)
    if phrase.source and _one_line(phrase.source) not in _one_line(file.text):
        problems.error(
            "stale-phrase",
            f"{place} was approved for `{_one_line(phrase.source)}`, which the document no longer says",
            "read the phrase again, then bring its `source` up to date and approve it",
        )
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


def _check_missing(phrases: Phrases, routine: Routine, problems: Problems) -> None:
    called = {line.instruction.function for line in routine.lines if isinstance(line.instruction, Call)}
    for name in sorted(called - set(phrases.functions) - {RESOLUTION_FUNCTION}):
        definition = routine.function(name)
        if definition is not None and _TELLS.match(definition.purpose):
            problems.warning(
                MISSING_PHRASE,
                f"no phrase tells the customer the result of `{name}`, so nothing is said of it",
                f"add [function.{name}] with `text`, `source` and `approved_by`",
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
    said = (line.instruction.text for line in routine.lines if isinstance(line.instruction, Say | Ask))
    return (*(topic.text for topic in routine.article.topics), *said)


def _unknown(name: str, message: str, word: str, known: Iterable[str], problems: Problems) -> None:
    names = sorted(set(known))
    some = ", ".join(f"`{one}`" for one in names[:12])
    problems.error(name, message, did_you_mean(word, names) or (f"use one of: {some}" if some else "take it out"))


def _holes(phrase: Phrase) -> frozenset[str]:
    return frozenset(_HOLE.findall(phrase.text))


def _one_line(text: str) -> str:
    return " ".join(text.split())
