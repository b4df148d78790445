"""Yes and no to a question that takes nothing else: "yes, I'm ready", "no, leave it as it is", "not yet".

Such a question waits for one of two answers, so words that open with one of them, or mean one of them, are that
answer, whatever else the rest might be taken for. Words that bring up something of the document, ask something, or
take back what they began with are left to the other rules.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from bythebook.engine.choice import AFFIRM, DENY, GOODBYE, HUMAN, OFF_TOPIC, ROUTINE, UNCLEAR, Choice
from bythebook.engine.menu import Menu
from bythebook.reading.certainty import TERM
from bythebook.reading.common import FUNCTION_WORDS, listed, stem
from bythebook.reading.port import Reading
from bythebook.routine.model import Ask, Condition, Line, QuestionKind, Step
from bythebook.routine.wording import Release

WORDS_MAX: Final = 14
"""Words of an answer; a longer message says more than yes or no."""

ECHO_WORDS_MAX: Final = 4
"""Words of a question that only repeats what was said."""

_SOFT: Final = (
    r"(?:(?:well|so|then|oh|um+|uh+|hm+|ok(?:ay)?|alright|actually|sorry|hi|hello|thanks|thank you)[\s,.!-]+)*"
)
_I_AM: Final = r"(?:i['’]?m|i am|we['’]?re|we are)"
_IT_IS: Final = r"(?:that|this|it)(?:['’]s| is| would be)"
_YES: Final = re.compile(
    rf"{_SOFT}(?:yes|yeah|yep|yup|yea|ye|yah|aye|sure|of course|certainly|absolutely|definitely|indeed|correct|right"
    rf"|exactly|{_IT_IS} (?:right|correct|fine|ok(?:ay)?|good|great|it|the one)"
    r"|(?:please |yes )?(?:do(?: so| it| that)?|proceed|continue|go (?:ahead|on|for it)|carry on|confirm(?:ed)?)"
    r"|let['’]?s (?:do (?:it|this|that)|go|proceed|continue)|by all means|sounds (?:good|great|fine|right)"
    rf"|works for me|(?:{_I_AM}|all) (?:all )?(?:ready|set|good to go|sure|happy (?:with|to)|fine with)"
    r"|i (?:do|am|would|agree|confirm|accept|want (?:to|that|this|it))|ready|agreed|accepted|fine|perfect)\b",
    re.I,
)
_NO: Final = re.compile(
    rf"{_SOFT}(?:no|nope|nah|never"
    r"|not (?:now|yet|really|today|at the moment|right now|this time|that one|this one|sure)"
    r"|(?:please )?(?:do not|don['’]?t)\b|i (?:do not|don['’]?t|would not|wouldn['’]?t|won['’]?t|will not"
    rf"|['’]?d rather not)|i['’]d rather (?:not|leave)|rather not|{_I_AM} not\b"
    r"|(?:please )?(?:stop|cancel|leave it|forget it|hold (?:on|off)|wait)|never ?mind"
    r"|(?:that|this|it)(?:['’]s| is) (?:not|wrong)|wrong|incorrect|another one)\b",
    re.I,
)
# What says more than yes or no.
_TURNS: Final = re.compile(
    r"\?|\b(?:but|however|though|although|unless|only if|first|before (?:that|you|we)|what|why(?! (?:not|wait))|how"
    r"|when(?! you are)|where|which|who)\b",
    re.I,
)
_TAKEN_BACK: Final = re.compile(
    r"(?<!why)[\s,.!;-](?:no|nope|not|never|don['’]?t|do not|cannot|can['’]?t|wait|stop|cancel)\b", re.I
)
_THEN_YES: Final = re.compile(r"[\s,.!;-](?:yes|yeah|yep|go ahead|i do want)\b", re.I)
_LEAVES: Final = re.compile(r"\b(?:bye|goodbye|good night|see you|have a (?:nice|good|great))\b", re.I)
_AGREES: Final = frozenset(
    map(
        stem,
        listed(
            """
    customer user client caller member agree agrees confirm accept decline refuse say says answer answers respond
    responds yes no want wants wish prefer would like ok okay please asking ask asks
    """
        ),
    )
)
"""What conditions say of any yes or no."""

_WEAK: Final = frozenset((OFF_TOPIC, UNCLEAR, ROUTINE, GOODBYE, AFFIRM, DENY))
"""What a message may have been taken for and still be a yes or a no."""


_HALTS: Final = re.compile(r"\b(?:cancel|stop|leave|hold|end|close|finish|terminate)(?:ing)?\b", re.I)
_PLAINLY: Final = re.compile(r"\W*(?:yes|yeah|yep|yup|no|nope|nah)\b", re.I)
_PLEASE: Final = re.compile(rf"{_SOFT}(?:please|pls|kindly)\b", re.I)
_NOT_SO: Final = re.compile(r"\b(?:not|never|no|none|neither|different|another|other|else|without)\b|n['’]t\b", re.I)


@dataclass(frozen=True, slots=True)
class Asked:
    """The words of a question of yes or no, as stems: all of them, and those that only one of its answers has."""

    words: frozenset[str] = frozenset()
    yes: frozenset[str] = frozenset()
    no: frozenset[str] = frozenset()


def answers(text: str, asked: Asked = Asked()) -> str | None:
    """Return `act:affirm` or `act:deny` where words are an answer to a question of yes or no; else None."""
    # "Shall we cancel it?" "Cancel it!": what was asked about is no taking back.
    told = frozenset(map(stem, re.findall(r"[^\W\d_]+", text.lower())))
    text = _HALTS.sub(lambda found: "do" if stem(found[0].lower()) in asked.words else found[0], text)
    if len(text.split()) > WORDS_MAX or _TURNS.search(text) or _LEAVES.search(text):
        return None
    said = text.strip()
    if _NO.match(said):
        turned = _THEN_YES.search(said)
        return answers(said[turned.start() :].lstrip(" ,.!;-"), asked) if turned else DENY
    yes = _YES.match(said)
    if yes is not None and not _TAKEN_BACK.search(said, yes.end()):
        return AFFIRM
    if _PLEASE.match(said) and asked.words & told and not _NOT_SO.search(said):
        return AFFIRM
    if asked.yes & told or asked.no & told:
        return AFFIRM if bool(asked.yes & told) != bool(_NOT_SO.search(said)) else DENY
    return None


def to_yes_or_no(menu: Menu, text: str, reading: Reading, sure: float, words: Asked = Asked()) -> Reading:
    """Return the reading of a message to a pending question of yes or no."""
    asked = menu.pending_kind is QuestionKind.YES_NO and not menu.situation.offer
    found = {choice.id for choice in reading.choices}
    # A plain yes or no outweighs what the head alone makes of the words behind it.
    plainly = _PLAINLY.match(text) is not None and all(one.confidence < TERM for one in reading.choices)
    if not asked or HUMAN in found or not (reading.unsure or found <= _WEAK or plainly):
        return reading
    act = answers(text, words) or _after_echo(text, words)
    if act is None:
        return reading
    return Reading(menu.keep((Choice(act, sure),)), False, reading.slots, reading.reader)


def _after_echo(text: str, words: Asked) -> str | None:
    """ "25 euros? No, that's too much": what was said is only repeated before it is answered."""
    echo, mark, rest = text.rpartition("?")
    if not mark or len(echo.split()) > ECHO_WORDS_MAX or _TURNS.search(echo) or not _PLAINLY.match(rest):
        return None
    return answers(rest, words)


def asked_in(release: Release, label: str | None) -> Asked:
    """Return the words of a question, and those that the conditions have which it leads to."""
    routine = release.routine
    line = routine.line(label) if label is not None else None
    if line is None or label is None or not isinstance(line.instruction, Ask):
        return Asked()
    phrase = release.wording.lines.get(label)
    question = _stems(f"{line.instruction.text or ''} {phrase.text if phrase is not None else ''}")
    question |= _stems(release.document.slice(line.span))
    holders: tuple[Step | Line, ...] = (*routine.steps, *routine.lines)
    held = [holder.condition for holder in holders if holder.label in line.instruction.answers]
    yes, no = (_condition_stems(held, answer) for answer in ("yes", "no"))
    about = {label, *line.instruction.answers}
    elsewhere = (release.document.slice(other.span) for other in routine.lines if other.label not in about)
    common = _stems(" ".join(elsewhere)) | _AGREES
    return Asked(question | yes | no, yes - no - common, no - yes - common)


def _condition_stems(held: Sequence[Condition | None], answer: str) -> frozenset[str]:
    texts = [condition.text for condition in held if condition is not None and condition.answer == answer]
    return _stems(" ".join(texts))


def _stems(text: str) -> frozenset[str]:
    words = re.findall(r"[^\W\d_]+", text.lower())
    return frozenset(stem(word) for word in words if word not in FUNCTION_WORDS)
