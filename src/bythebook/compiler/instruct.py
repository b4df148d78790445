"""One thing that a line asks for becomes an instruction, given what stands around it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Final, assert_never

from bythebook.compiler.builders import topic_closes
from bythebook.compiler.clauses import Part
from bythebook.compiler.forms import (
    END_OF_CASE,
    Asking,
    Behaving,
    Calling,
    Closing,
    Collecting,
    Concluding,
    Doing,
    Elsewhere,
    Form,
    Going,
    Handing,
    Hanging,
    Quoted,
    Repeating,
    Telling,
    Voice,
)
from bythebook.compiler.slots import slot_at, slot_of_question, slots_in, slots_of_question
from bythebook.compiler.text import plain
from bythebook.routine.model import (
    Ask,
    Call,
    Collect,
    Goto,
    Group,
    HandOver,
    Instruction,
    QuestionKind,
    Repeat,
    Say,
    Slot,
)
from bythebook.source.span import SourceFile, Span

_PRONOUN: Final = re.compile(r"[\s:]*(?:for )?(?:it|them|this|that|one)\b(?: first)?[\s.]*$", re.I)
_NOT_HAD: Final = re.compile(
    r"(?:you|we) (?:still )?(?:do not|don['’]t) (?:already |yet )?(?:have|know) "
    r"(?P<value>.+?)(?: yet| already)?$",
    re.I,
)
_MISSING: Final = re.compile(
    r"(?:no |there is no |the |their )*(?P<value>.+?)\s+(?:is|are|was|has|have|cannot|can)\b", re.I
)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What an instruction is read with."""

    file: SourceFile
    at: int
    """Where the item's words start; places in forms count from there."""

    heading: Form | None
    heading_words: str
    condition: Span | None
    content: tuple[Span, ...]
    """The places of the lines that only say more of this one."""

    waits: bool = False
    """The document says to wait for the customer's answer."""


def is_question(instruction: Instruction, kind: QuestionKind) -> bool:
    """Tell whether an instruction asks a question of this kind."""
    return isinstance(instruction, Ask) and instruction.kind is kind


def instruction(part: Part, around: Surroundings) -> Instruction:
    """Return what is carried out for one part of a line."""
    match part.form:
        case Quoted() as quoted:
            return _spoken(quoted, around)
        case Calling(function=function, arguments=arguments):
            return Call(function, arguments)
        case Telling(asks=asks):
            return Ask(None, _kind(around, part.span)) if asks else Say(None)
        case Asking(kind=kind):
            return Ask(None, kind)
        case Collecting(words=words):
            slots = _slots(words.shift(around.at), around)
            return Collect(slots) if slots else Ask(None, QuestionKind.OPEN)
        case Going(target=target):
            return Goto(target)
        case Repeating(what=what, times=times):
            return Repeat(what, times)
        case Handing() | Elsewhere():
            return HandOver(plain(around.file.slice(part.span)))
        case Doing() | Concluding():
            return Say(None)
        case Closing():
            return Goto(END_OF_CASE)
        case Hanging() | Behaving() | None:
            return Group()
        case _:
            assert_never(part.form)


def instead(part: Part, words: str, span: Span) -> Instruction:
    """Return what is carried out for one part of other words that the author gives a line; `span` is the line's."""
    what = instruction(part, Surroundings(SourceFile.of("phrases.toml", words), 0, None, "", None, ()))
    if isinstance(what, Collect):
        return replace(what, slots=tuple(replace(slot, span=span) for slot in what.slots))
    return replace(what, reason=words, by_hand=True) if isinstance(what, HandOver) else what


def _kind(around: Surroundings, span: Span) -> QuestionKind:
    return QuestionKind.ANYTHING_ELSE if topic_closes(around.file.slice(span)) else QuestionKind.OPEN


def _slots(words: Span, around: Surroundings) -> tuple[Slot, ...]:
    if around.content:
        named = (slot for span in around.content for slot in _listed(span, around))
        return tuple({slot.name: slot for slot in named}.values())
    if _PRONOUN.match(around.file.slice(words)) and around.condition is not None:
        wanting = around.file.slice(around.condition)
        missing = _NOT_HAD.match(wanting) or _MISSING.match(wanting)
        if missing is not None:
            slot = slot_at(around.file, Span(*missing.span("value")).shift(around.condition.start))
            return (slot,) if slot is not None else ()
    return slots_in(around.file, words)


def _listed(span: Span, around: Surroundings) -> tuple[Slot, ...]:
    """Return the values that one line under a question names: "Name and phone number of the pharmacy" names two."""
    one = slot_of_question(around.file, span) or slot_at(around.file, span)
    several = slots_in(around.file, span)
    return several if one is None or len(several) > 1 else (one,)


def _spoken(form: Quoted, around: Surroundings) -> Instruction:
    place = form.text.shift(around.at)
    text = plain(around.file.slice(place))
    waits = around.waits and text.endswith("?")
    if not waits and not _asks(form, text, around.heading):
        return Say(text)
    if topic_closes(f"{text} {around.heading_words}"):
        return Ask(text, QuestionKind.ANYTHING_ELSE)
    slots = slots_of_question(around.file, place)
    return Collect(slots, text) if slots else Ask(text, QuestionKind.OPEN)


def _asks(form: Quoted, text: str, heading: Form | None) -> bool:
    headed = isinstance(heading, Asking | Collecting) or (isinstance(heading, Telling) and heading.asks)
    speaks = isinstance(heading, Telling | Asking | Collecting)
    match form.voice:
        case Voice.ASK:
            return True
        case Voice.TELL:
            return False
        case Voice.SAY:
            return "?" in text and (headed or topic_closes(text))
        case Voice.BARE:
            return headed or (not speaks and text.endswith("?"))
