"""Every phrase a document needs, with the words it is for, its state and its draft: one list for check, try-out and
`bythebook phrases`."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Final

from bythebook.compiler.compile import Compiled
from bythebook.compiler.drafting.fields import draft_condition, draft_told
from bythebook.compiler.drafting.pieces import Kind
from bythebook.compiler.holes import Found
from bythebook.compiler.people import PEOPLE
from bythebook.compiler.phrasing import draft, draft_result
from bythebook.compiler.sidecars import Phrases
from bythebook.compiler.text import words_at
from bythebook.routine.model import Ask, Call, Collect, Condition, ConditionKind, Line, QuestionKind, Say, Step
from bythebook.routine.wording import Phrase
from bythebook.source.span import SourceFile, Span

Fields = Mapping[str, tuple[str, ...] | None]
"""By function: the names of its result's fields, None where only a call can tell."""

_TELLS: Final = re.compile(r"(?:provide|give|tell|inform|show|send|list)s?\b", re.I)
_AFTER_CONDITION: Final = re.compile(r"[\s,:]*(?:then\b)?[\s,:]*")
_OPEN_QUESTION: Final = re.compile(r"(?:which|what|when|where|who|how|why)\b", re.I)
_FOR_US: Final = re.compile(
    r"\W*(?:do not|don['’]t|never|always|avoid|ensure|make sure|be \w+|you\b|remember|keep|only|note|important|"
    r"this is|if|when|wait|use (?:the|this|a) (?:tone|template|macro|script|wording)|mention|offer|explain)\b",
    re.I,
)
"""How words under a line begin that may say how it is meant, and not what to tell."""

_ALONE: Final = re.compile(r"\W*|\W*(?:\d{1,4}|[a-zA-Z]|[ivx]{1,5})(?:\.\d{1,4})*[.)]")
"""A marker, without words behind it."""

_EVENT: Final = re.compile(r"(?:once|after|as soon as|upon)\b[^,:]+[,:]\s+", re.I)
_ABOUT_THEM: Final = re.compile(rf"(?:the |this )?(?:{PEOPLE}) is\b", re.I)
_MARKER: Final = re.compile(r"^(?:[-*+•–]|\w{1,3}[.)])\s+")


class PhraseFor(Enum):
    """What a phrase is for; the values are the tables of `phrases.toml`."""

    LINE = "line"
    FUNCTION = "function"
    HOUSE = "house"


class PhraseState(Enum):
    MISSING = "missing"
    DRAFT = "draft"
    APPROVED = "approved"
    STALE = "stale"
    """It was approved, or drafted, for words that the document no longer says."""


@dataclass(frozen=True, slots=True)
class PhraseNeed:
    """A phrase that a document needs or has."""

    kind: PhraseFor
    name: str
    """The line's label, the function's name or the house phrase's."""

    words: str
    """The document's words that it is for, as one line; empty where they are nowhere."""

    span: Span | None
    phrase: Phrase | None
    """What stands in `phrases.toml`."""

    draft: str | None
    """What the rules propose; None where they are not sure."""

    @property
    def state(self) -> PhraseState:
        """How far the phrase is."""
        if self.phrase is None:
            return PhraseState.MISSING
        if self.kind is PhraseFor.HOUSE:
            fits = one_line(self.phrase.source) in self.words
        else:
            fits = one_line(self.phrase.source) == self.words
        if not fits:
            return PhraseState.STALE
        return PhraseState.APPROVED if self.phrase.approved else PhraseState.DRAFT

    @property
    def place(self) -> str:
        """The table that it has in `phrases.toml`."""
        bare = self.kind is not PhraseFor.LINE and self.name.isascii() and self.name.isidentifier()
        name = self.name if bare else f'"{self.name}"'
        return f"[{self.kind.value}.{name}]"


def phrase_needs(compiled: Compiled, phrases: Phrases, fields: Fields | None = None) -> tuple[PhraseNeed, ...]:
    """Return the phrases that a document needs, lines in document order, then functions, then its house phrases.

    A phrase for a step that only thanks or greets is never needed, but listed where there is one.
    """
    return (*_lines(compiled, phrases), *_functions(compiled, phrases, fields or {}), *_house(compiled, phrases))


def trial_phrase(need: PhraseNeed) -> Phrase:
    """Return what a line says while it is tried out and nobody has worded it: the draft, or that there is none."""
    unworded = need.words.translate(str.maketrans("{}", "()"))
    return Phrase(need.draft or f"[not worded yet: {unworded}]", need.words)


def needs_phrase(line: Line) -> bool:
    """Whether the line says, asks or collects without quoting its words; what is implied has the house's."""
    speaks = isinstance(line.instruction, Say | Ask | Collect) and line.instruction.text is None
    return speaks and not line.implied


def _lines(compiled: Compiled, phrases: Phrases) -> Iterator[PhraseNeed]:
    content = _Content.of(compiled)
    for step in compiled.routine.steps:
        phrase = phrases.lines.get(step.label)
        if phrase is not None and step.line(step.label) is None:
            words = one_line(words_at(compiled.file, step.span))
            yield PhraseNeed(PhraseFor.LINE, step.label, words, step.span, phrase, None)
        for line in step.lines:
            if needs_phrase(line) or (line.implied and line.label in phrases.lines):
                yield _line(line, step, content, phrases)


def _line(line: Line, step: Step, content: _Content, phrases: Phrases) -> PhraseNeed:
    words = one_line(words_at(content.file, line.span))
    bullets = content.under(line) if words.endswith(":") else ()
    more = content.below(line) if not bullets and isinstance(line.instruction, Say) else ()
    spoken = _spoken(line, step, content.file)
    proposed = draft(spoken, _kind(line), bullets)
    if proposed is None and (about := _ABOUT_THEM.match(spoken)):
        # "The user is not facing a problem" tells them that they are not.
        proposed = draft(f"Inform the customer that they are{spoken[about.end() :]}", _kind(line))
    if proposed is None and isinstance(line.instruction, Collect) and not bullets:
        named = ", ".join(slot.words for slot in line.instruction.slots)
        proposed = draft(f"Ask the customer for {named}", "collect") if named else None
    if proposed is None and isinstance(line.instruction, Say):
        over = _over(line, step)
        proposed = draft_told(spoken, content.told.get(line.label, ())) or draft_condition(spoken, over)
    if proposed is not None and _OPEN_QUESTION.match(proposed):
        proposed = " ".join(filter(None, (proposed, content.yes_or_no.get(line.label))))
    if more and proposed is not None:
        # What stands under it is said with it, unless it may be meant for the assistant.
        told = not any(_FOR_US.match(one) for one in more)
        proposed = "\n- ".join((proposed, *more)) if told else None
    whole = " ".join((words, *bullets, *more))
    return PhraseNeed(PhraseFor.LINE, line.label, whole, line.span, phrases.lines.get(line.label), proposed)


def _over(line: Line, step: Step) -> str:
    """Return the words of the nearest condition over a line that a result decides."""
    at: Line | None = line
    while at is not None and at.condition is None:
        at = step.line(at.parent) if at.parent is not None else None
    condition = at.condition if at is not None else step.condition
    return condition.text if condition is not None and condition.kind is ConditionKind.RESULT else ""


def _kind(line: Line) -> Kind:
    match line.instruction:
        case Ask(kind=QuestionKind.ANYTHING_ELSE):
            return "closing"
        case Ask():
            return "ask"
        case Collect():
            return "collect"
        case _:
            return "say"


def _spoken(line: Line, step: Step, file: SourceFile) -> str:
    """Return the line's words without the condition that decides whether it is carried out."""
    start, closes = line.span.start, _kind(line) == "closing"
    for condition in (step.condition, line.condition):
        if _opens(condition, line, file) and not closes:
            assert condition is not None
            start = max(start, condition.span.end)
    words = one_line(words_at(file, Span(start, line.span.end)))
    if start > line.span.start:
        words = words[_after(words) :]
    event = _EVENT.match(words)
    return words[event.end() :] if event and not closes else words


def _opens(condition: Condition | None, line: Line, file: SourceFile) -> bool:
    if condition is None or not line.span.start <= condition.span.start <= condition.span.end <= line.span.end:
        return False
    # What stands before it is "if", not the instruction itself ("Tell them X if ...").
    return len(file.text[line.span.start : condition.span.start].split()) <= 3


def _after(words: str) -> int:
    match = _AFTER_CONDITION.match(words)
    return match.end() if match else 0


@dataclass(frozen=True, slots=True)
class _Content:
    """Where the items stand that only say more of the line above them."""

    file: SourceFile
    starts: tuple[int, ...]
    """Where steps and lines begin, in order."""

    shaping: tuple[Span, ...]
    """In order."""

    yes_or_no: Mapping[str, str]
    """By question: what a yes to it means, as a question, where its own words do not ask for a yes or no."""

    told: Mapping[str, frozenset[str]]
    """By line: the values that are known where it is said."""

    @classmethod
    def of(cls, compiled: Compiled) -> _Content:
        steps = compiled.routine.steps
        starts = sorted({span.start for step in steps for span in (step.span, *(line.span for line in step.lines))})
        shaping = tuple(sorted(compiled.shaping))
        return cls(compiled.file, tuple(starts), shaping, dict(_yes_questions(steps)), dict(_told(compiled)))

    def under(self, line: Line) -> tuple[str, ...]:
        """Return the words of the items under a line that are part of it."""
        after = bisect_left(self.starts, line.span.end)
        end = self.starts[after] if after < len(self.starts) else len(self.file.text)
        found: list[str] = []
        column = 0
        first = bisect_left(self.shaping, Span(line.span.end, line.span.end))
        for index in range(first, len(self.shaping)):
            span = self.shaping[index]
            indent, words = self.file.position(span.start)[1], one_line(words_at(self.file, span))
            if _ALONE.fullmatch(words) and span.start < end:
                continue  # a marker by itself
            if span.start >= end or indent < column or words.endswith(":"):
                break
            column = column or indent
            found.append(_MARKER.sub("", words, count=1))
        return tuple(words for words in found if any(map(str.isalnum, words)))

    def below(self, line: Line) -> tuple[str, ...]:
        """Return what `under` does, where it stands further right than the line."""
        after = bisect_left(self.shaping, Span(line.span.end, line.span.end))
        words = (span for span in self.shaping[after : after + 2] if not _ALONE.fullmatch(self.file.slice(span)))
        first = next(words, None)
        deeper = first is not None and self.file.position(first.start)[1] > self.file.position(line.span.start)[1]
        return self.under(line) if deeper else ()


def _told(compiled: Compiled) -> Iterator[tuple[str, frozenset[str]]]:
    definitions = {function.name: function for function in compiled.routine.functions}
    found = Found()
    for line in compiled.routine.lines:
        if needs_phrase(line):
            yield line.label, frozenset(found.names)
        found.add(line, definitions)


def _yes_questions(steps: Iterable[Step]) -> Iterator[tuple[str, str]]:
    for line in (line for step in steps for line in step.lines):
        condition = line.condition
        if condition is not None and condition.question is not None and condition.answer == "yes":
            question = draft(f"Ask the customer if {condition.text}.", "ask")
            if question is not None:
                yield condition.question, question


def _functions(compiled: Compiled, phrases: Phrases, fields: Fields) -> Iterator[PhraseNeed]:
    routine = compiled.routine
    called = {line.instruction.function for line in routine.lines if isinstance(line.instruction, Call)}
    seen: set[str] = set()
    for function in routine.functions:
        if function.name in seen:
            continue
        seen.add(function.name)
        phrase = phrases.functions.get(function.name)
        told = function.name in called and _TELLS.match(function.purpose)
        if phrase is None and (not told or function.name == routine.resolution_function):
            continue
        words = one_line(function.purpose)
        proposed = draft_result(function.name, function.purpose, fields.get(function.name) or ())
        yield PhraseNeed(PhraseFor.FUNCTION, function.name, words, function.span, phrase, proposed)


def _house(compiled: Compiled, phrases: Phrases) -> Iterator[PhraseNeed]:
    whole = one_line(compiled.file.text)
    for name, phrase in phrases.house.items():
        source = one_line(phrase.source)
        # What it was approved for, while the document still says so; nothing where it does not.
        yield PhraseNeed(PhraseFor.HOUSE, name, source if source in whole else "", None, phrase, None)


def one_line(text: str) -> str:
    """Return the words with every row of white space as one space."""
    return " ".join(text.split())
