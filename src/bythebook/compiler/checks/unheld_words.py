"""A number, a quotation or a condition of a line is in nothing that the line does."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from bythebook.compiler.checks.base import Check, Context
from bythebook.routine.model import Ask, Call, Collect, Goto, Group, Leave, Line, Repeat, Say, Slot, Step
from bythebook.source.diagnostic import Diagnostic, Label, Severity
from bythebook.source.span import Span

NAME = "unheld-words"

_COUNT: Final = r"(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten)"
_QUOTED: Final = re.compile(r"[\"“](?P<words>[^\"“”]{2,})[\"”]")
_CONDITION: Final = re.compile(
    r"\b(?:unless|until|only if|but only|except|provided that|as long as)\b[^.;:()]*", re.I
)
_ADDED: Final = re.compile(
    r"[,;:(–—]\s*(?P<word>(?:unless|except|only if|but only|provided that|as long as)\b[^.;:()]*)", re.I
)
"""Behind a comma it limits what is done; "say that it is blocked until the fine is paid" is all said."""

_ATTEMPTS: Final = re.compile(
    rf"\b(?:after|in|within|more than|at most|up to|no more than|maximum|max\.?)\s+(?:of )?{_COUNT}\s+(?:\w+ )?"
    r"(?:attempts?|tries|times)\b",
    re.I,
)
_LIMIT: Final = re.compile(
    rf"\b(?:at most|no more than|not more than|maximum|max\.?|up to|wait|for|within)\s+(?:of )?{_COUNT}\b", re.I
)
_WAITS: Final = re.compile(
    rf"\b(?:wait|pause|allow|hold)\b[^.;]*?\b(?:{_COUNT}\b|(?:an?|some|a few) (?:seconds?|minutes?|moments?|hours?))",
    re.I,
)
_SOME_OF: Final = re.compile(rf"\b(?:any |only |just )?{_COUNT} (?:out )?of (?:the|these|those)\b", re.I)
_FORM: Final = re.compile(
    r"\((?P<words>[^()]*\d[^()]*)\)|\b\d+[\s-](?:digits?|letters?|characters?|figures?)\b", re.I
)
_MUST_BE: Final = re.compile(
    r"\b(?:at least|at most|no more than|not more than|minimum|maximum|not before|not after|no later than|"
    r"no earlier than|"
    r"older than|younger than|(?:must|may|has to) (?:not )?be\b(?! \w+(?:ed|en|nt)\b)|"
    r"(?:but )?(?:not|never|only) (?:(?:an?|on) )?(?:mon|tues|wednes|thurs|fri|satur|sun|week|holi)\w*|"
    r"in the (?:past|future))\b[^.;()]*",
    re.I,
)
"""What a value must be, beyond how it looks."""

_AND_OF: Final = re.compile(r"(?:,? and|,) of (?:the|their|his|her|its|both|each|every|all)\b[^.;]*", re.I)
"""The same values of somebody else, or of several: "the name of the sender, and of the receiver"."""

_DATE_FORM: Final = re.compile(r"[dmyjt]{1,4}[-/. ][dmyjt]{1,4}", re.I)

_HELP: Final = (
    (
        _CONDITION,
        "write it as a line of its own, before this one, beginning with its condition: If they are under 18, ...",
    ),
    (_WAITS, "write what is said of it: Ask the customer to wait two minutes."),
    (_AND_OF, "ask for each value by a name of its own: Ask for the sender's name and the receiver's name."),
    (
        _MUST_BE,
        "look at it behind the question: If age < 18, ...; or let a function check the value, and say what to do "
        "when it fails",
    ),
    (_SOME_OF, "ask for the values that are needed, each by its name"),
    (_FORM, "write how the value must look: a six-digit number, begins with RE-, one of: 1, 2, 3"),
)
_OTHER_HELP: Final = "write it as a line of its own, or leave it out"


def _run(context: Context) -> Iterator[Diagnostic]:
    heads = {line.parent for line in context.routine.lines if line.parent is not None}
    for step in context.routine.steps:
        yield from _attempts(step, step.condition.span if step.condition is not None else None, step.label, context)
        for line in step.lines:
            if line.implied:
                continue
            condition = line.condition.span if line.condition is not None else None
            yield from _attempts(step, condition, line.label, context)
            if line.label in heads:
                continue
            found = _unheld(line, context)
            if found is not None:
                yield _finding(found, line.label, context)


def _attempts(step: Step, condition: Span | None, label: str, context: Context) -> Iterator[Diagnostic]:
    """Return the finding of a condition that counts attempts, where nothing before it is done again."""
    match = _ATTEMPTS.search(context.file.text, condition.start, condition.end) if condition is not None else None
    if match is None:
        return
    before = [line for line in context.routine.lines if line.span.start < match.start()]
    again = any(isinstance(line.instruction, Repeat) for line in (*before, *step.lines))
    if not again:
        yield Diagnostic(
            NAME,
            Severity.WARNING,
            f"line {label} counts attempts, and no line before it tries again",
            Label(Span(*match.span()), "nothing counts up to it"),
            (),
            "write a line of its own behind the call: If it fails, ask again, up to two more times.",
        )


def _unheld(line: Line, context: Context) -> Span | None:
    """Return the words of a line that nothing of it holds."""
    held = [line.condition.span] if line.condition is not None else []
    what = line.instruction
    if isinstance(what, Say | Ask | Collect) and what.text:
        at = context.file.text.find(what.text[:12], line.span.start, line.span.end)
        end = at + len(what.text) if at >= 0 else line.span.end
        held.append(Span(max(at, line.span.start), min(end, line.span.end)))
    words = _without(line.span, held, context)
    match what:
        case Say() | Ask():
            return _found(_ADDED, words, line.span, "word")
        case Collect(slots=slots):
            return _of_values(slots, words, line.span, spoken=what.text is not None)
        case Call(arguments=arguments):
            quoted = next((one for one in _QUOTED.finditer(words) if one["words"] not in arguments), None)
            if quoted is not None and not any(quoted["words"] in one for one in arguments):
                return _at(quoted.span(), line.span)
            return _found(_LIMIT, words, line.span) or _found(_CONDITION, words, line.span)
        case Group():
            return _found(_WAITS, words, line.span) if not context.routine.line(f"{line.label}(1)") else None
        case Goto() | Leave():
            return _found(_LIMIT, words, line.span) or _found(_CONDITION, words, line.span)
        case Repeat():
            return None
        case _:
            return _found(_ADDED, words, line.span, "word")


def _of_values(slots: Sequence[Slot], words: str, span: Span, *, spoken: bool) -> Span | None:
    """Return what is said of values that are asked for, and not held."""
    some = _SOME_OF.search(words) if len(slots) > 1 else None
    if some is not None:
        return _at(some.span(), span)
    if (others := _found(_AND_OF, words, span)) is not None:
        return others
    free = not spoken and not any(slot.pattern or slot.options for slot in slots)
    if free and (bound := _found(_MUST_BE, words, span)) is not None:
        return bound
    form = _FORM.search(words) if free else None
    if form is not None and not _DATE_FORM.search(form[0]):
        return _at(form.span(), span)
    return _found(_ADDED, words, span, "word")


def _without(span: Span, held: list[Span], context: Context) -> str:
    """Return the words of a place with spaces where they are held."""
    words = list(context.file.slice(span))
    for one in held:
        for at in range(max(one.start, span.start), min(one.end, span.end)):
            words[at - span.start] = " "
    return "".join(words)


def _found(pattern: re.Pattern[str], words: str, span: Span, group: str | int = 0) -> Span | None:
    match = pattern.search(words)
    return _at(match.span(group), span) if match is not None else None


def _at(place: tuple[int, int], span: Span) -> Span:
    return Span(span.start + place[0], span.start + place[1])


def _finding(place: Span, label: str, context: Context) -> Diagnostic:
    words = " ".join(context.file.slice(place).split())
    help = next((help for pattern, help in _HELP if pattern.match(words)), _OTHER_HELP)
    message = f"nothing that line {label} does holds `{words}`"
    return Diagnostic(NAME, Severity.WARNING, message, Label(place, "in nothing that is carried out"), (), help)


CHECK = Check(NAME, __doc__ or "", _run)
