"""Check approved wording against the routine it was approved for: nothing stale, unapproved or missing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Final

from bythebook.compiler.binding_checks import STALE_BINDING, check_bindings
from bythebook.compiler.checks.ungrounded_message import NAME as UNGROUNDED
from bythebook.compiler.checks.ungrounded_message import grounds_of
from bythebook.compiler.claims import Grounds, claims_of
from bythebook.compiler.compile import Compiled
from bythebook.compiler.drafting.fields import told_example
from bythebook.compiler.holes import KNOWN, Found
from bythebook.compiler.phrase_file import quoted
from bythebook.compiler.phrase_needs import PhraseFor, PhraseNeed, PhraseState, one_line
from bythebook.compiler.problems import Problems
from bythebook.compiler.sidecars import DOCUMENT_PATH, Phrases
from bythebook.compiler.text import words_at
from bythebook.routine.model import Ask, Call, Collect, Routine, Say
from bythebook.routine.wording import Examples, Link, Phrase
from bythebook.source.diagnostic import Diagnostic, Label, Severity
from bythebook.source.span import SourceFile
from bythebook.source.suggest import near

LANGUAGE_PREFIX: Final = "language."

MISSING_PHRASE: Final = "missing-phrase"
"""Nobody has worded what the document means to be told, and no rule drafts it."""

DRAFT_PHRASE: Final = "draft-phrase"
"""A phrase that nobody has approved."""

STALE_PHRASE: Final = "stale-phrase"
"""A phrase approved for words that the document no longer says."""

UNFIT_FOR_PRODUCTION: Final = frozenset((MISSING_PHRASE, DRAFT_PHRASE, STALE_PHRASE, STALE_BINDING))
"""Findings that are warnings while a document is tried out, and that production refuses."""

_EITHER: Final = re.compile(
    r"(?:politely )?(?:inform|tell|notify|advise|let)\b[^,;:]{0,30}?\b(?:if|whether) "
    r"(?P<what>(?:the |an? )?\w[^,;:]*)$",
    re.I,
)
"""A line that tells one of two things."""

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
        if name not in functions_of(routine):
            message = f"[function.{name}]: the document defines and calls no function `{name}`"
            at = problems.places.at("function", name, under="neither defined nor called")
            problems.error("unknown-function", message, near(name, functions_of(routine)), at)
    for need in needs:
        _check_need(need, problems)
    known = Found.anywhere(routine)
    tables = (("line", phrases.lines), ("function", phrases.functions), ("house", phrases.house))
    for kind, table in tables:
        for name, phrase in table.items():
            place = f'[{kind}."{name}"]' if kind == "line" else f"[{kind}.{name}]"
            _check_holes(place, phrase, problems, problems.places.at(kind, name, "text"))
            if kind == "line":
                _check_values(place, phrase, known, problems, problems.places.at(kind, name, "text"))
    for name, phrase in phrases.house.items():
        _check_house(name, phrase, house, problems)
    _check_grounds(phrases, compiled, problems)
    texts = _texts(routine)
    for link in phrases.links:
        _check_link(link, texts, routine, problems)
    check_bindings(phrases, routine, problems)
    _check_does(phrases, compiled, problems)


def functions_of(routine: Routine) -> tuple[str, ...]:
    """Return the functions that a document defines or calls."""
    called = (line.instruction.function for line in routine.lines if isinstance(line.instruction, Call))
    return tuple(dict.fromkeys((*(function.name for function in routine.functions), *called)))


def _check_does(phrases: Phrases, compiled: Compiled, problems: Problems) -> None:
    """What a line does instead must be for a line that there is, as its words are today."""
    for label, one in phrases.does.items():
        line = compiled.routine.written(label)
        if line is None:
            message = f'[line."{label}"]: the routine has no line `{label}`'
            known = [line.label for line in compiled.routine.lines]
            problems.error("unknown-line", message, near(label, known), problems.places.at("line", label))
        elif one_line(one.source) != (words := one_line(words_at(compiled.file, line.span))):
            problems.warning(
                STALE_PHRASE,
                f'[line."{label}"] does something for `{one_line(one.source)}`, but the document says `{words}`',
                "see whether it still does what the line asks for, then bring its `source` up to date",
                problems.places.at("line", label, "source", under="the words it was written for"),
            )


def _check_grounds(phrases: Phrases, compiled: Compiled, problems: Problems) -> None:
    """Report what approved words claim and neither the article nor the words that they were approved for do."""
    grounds = grounds_of(compiled.routine, compiled.file)
    if grounds is None:
        return
    for kind, table in (("line", phrases.lines), ("house", phrases.house)):
        for name, phrase in table.items():
            own = Grounds((phrase.source,))
            for claim in claims_of(phrase.text):
                if grounds.has(claim) or own.has(claim):
                    continue
                place = f'[{kind}."{name}"]' if kind == "line" else f"[{kind}.{name}]"
                words = " ".join(phrase.text[claim.start : claim.end].split())
                at = problems.places.at(kind, name, "text", under=f"`{words}` is nowhere in the article")
                problems.add(
                    Diagnostic(
                        UNGROUNDED,
                        Severity.WARNING,
                        f"{place} {claim.kind.value} `{words}`, which the article does not",
                        at,
                        help="bring the phrase and the article together, whichever of the two is right",
                        about=(name,),
                    )
                )


def check_examples(examples: Examples, routine: Routine, file: SourceFile, problems: Problems) -> None:
    """Report examples for choices that the document does not have, and nicknames for terms it does not use."""
    for choice in examples.by_choice:
        kind, _, name = choice.partition(":")
        if kind not in _CHOICE_KINDS:
            message = f"[choices] `{choice}` is no kind of choice"
            at = problems.places.at("choices", choice)
            problems.error("unknown-choice", message, near(kind, _CHOICE_KINDS), at)
        elif not _has_choice(kind, name, routine):
            problems.error(
                "unknown-choice",
                f"[choices] `{choice}` is nowhere in the document",
                "name a step with a condition, a question of the article or a line by its label",
                problems.places.at("choices", choice),
            )
    text = file.text.casefold()
    for term in examples.glossary:
        if term.casefold() not in text:
            problems.add(
                Diagnostic(
                    "unknown-term",
                    Severity.WARNING,
                    f"[glossary] `{term}` is not in the document",
                    problems.places.at("glossary", term),
                    help="use the document's own term",
                    about=(term,),
                )
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
        message = f"{place}: the routine has no line `{label}`"
        problems.error("unknown-line", message, near(label, known), problems.places.at("line", label))
    elif line is not None and isinstance(line.instruction, Say | Ask | Collect):
        if line.instruction.text is not None:
            problems.error(
                "needless-phrase",
                f"{place}: the document quotes what line {label} says, so a phrase for it is never said",
                "take it out, or change the words in the document",
                problems.places.at("line", label),
            )
    elif line is not None:
        problems.error(
            "needless-phrase",
            f"{place}: line {label} says nothing to the customer, so a phrase for it is never said",
            "take it out, or name the line that it is for",
            problems.places.at("line", label),
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
            problems.places.at(need.kind.value, need.name, under="says what nobody has approved"),
        )


def _check_missing(need: PhraseNeed, problems: Problems) -> None:
    assert need.span is not None, need.name
    if need.kind is PhraseFor.FUNCTION:
        name, under = MISSING_PHRASE, "its result is told by no phrase"
        message = f"no phrase tells the customer the result of `{need.name}`, so nothing is said of it"
        help = f"add {need.place} with `text`, `source` and `approved_by`"
    elif need.draft is None:
        name, under = MISSING_PHRASE, "said in no words yet"
        message = f"nobody has worded what line {need.name} asks to be said: `{need.words}`"
        help = _how_to_word(need)
    else:
        name, under = DRAFT_PHRASE, "said as the draft says it"
        message = f"line {need.name} says a draft that nobody has approved: `{one_line(need.draft)}`"
        help = "write the drafts to phrases.toml with `bythebook phrases --write`, read them, and approve them"
    finding = Diagnostic(name, Severity.WARNING, message, Label(need.span, under), help=help, about=(need.name,))
    problems.add(finding, DOCUMENT_PATH)


def _how_to_word(need: PhraseNeed) -> str:
    """Return what to write for a line that no rule words: an example, where its words name values."""
    either = _EITHER.match(need.words)
    if either is not None:
        said = one_line(either["what"]).rstrip(".")
        return (
            f'write both cases in the document, each with its words: - If {said}, say: "..."  - Otherwise, say: "..."'
        )
    example = told_example(need.words)
    text = quoted(example) if example else '"what the customer is to hear"'
    found = "; the holes are what a function returns or a line asks for" if example else ""
    return f"add {need.place} with text = {text}, source = {quoted(need.words)} and `approved_by`{found}"


def _check_stale(need: PhraseNeed, phrase: Phrase, problems: Problems) -> None:
    help = "read the phrase again, then bring its `source` up to date and approve it"
    if need.kind is PhraseFor.HOUSE:
        message = f"{need.place} was approved for `{one_line(phrase.source)}`, which the document no longer says"
    elif not phrase.source.strip():
        message = f"{need.place} does not say which words of the document it was approved for"
        help = f'write: source = "{need.words}"'
    else:
        said = f"`{one_line(phrase.source)}`, but the document says `{need.words}`"
        message = f"{need.place} was approved for {said}"
    says = (Label(need.span, "the document says", DOCUMENT_PATH),) if need.span is not None else ()
    at = problems.places.at(need.kind.value, need.name, "source", under="the words it was approved for")
    problems.add(Diagnostic(STALE_PHRASE, Severity.WARNING, message, at, says, help, (need.name,)))


def _check_holes(place: str, phrase: Phrase, problems: Problems, at: Label) -> None:
    bare = _HOLE.sub("", phrase.text)
    if "{" in bare or "}" in bare:
        message = f"{place} has a brace that opens or closes no hole"
        problems.error("broken-hole", message, "write a hole as {name}", at)


def _check_values(place: str, phrase: Phrase, known: Found, problems: Problems, at: Label) -> None:
    """A hole in a line's phrase takes a value that the routine finds out somewhere."""
    for hole in sorted(_holes(phrase)):
        if hole in known.names or hole in KNOWN or known.untold:
            continue
        help = near(hole, known.names) if known.names else "take it out"
        problems.error("unknown-hole", f"{place} has the hole `{hole}`, which nothing fills", help, at)


def _check_house(name: str, phrase: Phrase, house: Mapping[str, Phrase], problems: Problems) -> None:
    place = f"[house.{name}]"
    if name not in house:
        if not name.startswith(LANGUAGE_PREFIX):
            message = f"{place}: the house has no phrase `{name}`"
            at = problems.places.at("house", name)
            problems.error("unknown-house-phrase", message, near(name, house), at)
        return
    for hole in sorted(_holes(phrase) - _holes(house[name])):
        problems.error(
            "unknown-hole",
            f"{place} has the hole `{hole}`, which nothing fills",
            "use only the holes of the house's own phrase",
            problems.places.at("house", name, "text"),
        )


def _check_link(link: Link, texts: Iterable[str], routine: Routine, problems: Problems) -> None:
    place = f"the link on `{link.words}`"
    if not any(link.words in text for text in texts):
        problems.error(
            "words-not-found",
            f"{place}: no answer of the article and no line says these words",
            "copy the words from the document, letter for letter",
            problems.places.at_link(link.words, "words"),
        )
    if link.line is not None and routine.line(link.line) is None:
        known = [line.label for line in routine.lines]
        message = f"{place}: the routine has no line `{link.line}`"
        problems.error("unknown-line", message, near(link.line, known), problems.places.at_link(link.words, "line"))


def _texts(routine: Routine) -> tuple[str, ...]:
    said = (
        line.instruction.text
        for line in routine.lines
        if isinstance(line.instruction, Say | Ask) and line.instruction.text is not None
    )
    return (*(topic.text for topic in routine.article.topics), *said)


def _holes(phrase: Phrase) -> frozenset[str]:
    return frozenset(_HOLE.findall(phrase.text))
