"""What a human can do with a case where it stands: the facts to settle, the places to hand it back at."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from bythebook.engine.conditions import walked
from bythebook.engine.filling import values_told
from bythebook.engine.resume import why_not_at
from bythebook.engine.state import CaseState
from bythebook.engine.walk import known_facts, known_values
from bythebook.routine.model import Call, Routine
from bythebook.routine.value import Value
from bythebook.routine.wording import Release

_NAMELESS: Final = re.compile(
    r"(?:(?:and )?(?:if|when)\s+)?(?:not|no|yes|so|else|otherwise|"
    r"(?:it|they|this|that) (?:is|are|do|does|can|has|have)(?: not|n['’]t)?)\W*",
    re.I,
)
"""Conditions whose words say nothing by themselves."""

DENIED: Final = (
    (" cannot ", " can "),
    (" can not ", " can "),
    (" could not ", " could "),
    (" can't ", " can "),
    (" can’t ", " can "),
    (" is not ", " is "),
    (" isn't ", " is "),
    (" isn’t ", " is "),
    (" are not ", " are "),
    (" aren't ", " are "),
    (" aren’t ", " are "),
    (" was not ", " was "),
    (" were not ", " were "),
    (" has not ", " has "),
    (" have not ", " have "),
    (" does not ", " does "),
    (" do not ", " do "),
    (" is unable to ", " is able to "),
)
"""How a condition denies something, and how it says it."""

SAID: Final = (
    (" can ", " cannot "),
    (" is ", " is not "),
    (" are ", " are not "),
    (" was ", " was not "),
    (" were ", " were not "),
    (" has been ", " has not been "),
    (" have been ", " have not been "),
)
"""How a condition says something, and how it denies it."""

_SEVERAL: Final = re.compile(r"[,;]|\b(?:and|or|nor|but|unless|neither|either|not|no|never|that|who|which)\b", re.I)
"""Words by which the opposite of a condition is another one than its verb turned round."""

YES: Final = frozenset({"yes", "true", "y"})
NO: Final = frozenset({"no", "false", "n"})
_WHOLE: Final = re.compile(r"-?(?:0|[1-9][0-9]{0,15})")
_BROKEN: Final = re.compile(r"-?(?:0|[1-9][0-9]{0,15})\.[0-9]{1,15}")


@dataclass(frozen=True, slots=True)
class Known:
    """A fact that a human may settle, and what is known of it."""

    name: str
    words: str
    """The document's own words for it."""

    yes_or_no: bool
    value: str = ""
    """What is known, in words; empty where nothing is."""

    @property
    def otherwise(self) -> str:
        """What is so where this fact is not."""
        return otherwise(self.words)


@dataclass(frozen=True, slots=True)
class Target:
    """A line at which a case can be handed back."""

    label: str
    words: str


def otherwise(words: str) -> str:
    """Return what is so where a condition is not, in words that deny nothing twice: nobody has to think about it."""
    for no, yes in DENIED:
        if words.count(no) == 1 and not _SEVERAL.search(words.replace(no, " ")):
            return words.replace(no, yes)
    for yes, no in SAID:
        if words.count(yes) == 1 and not _SEVERAL.search(words):
            return words.replace(yes, no)
    return f"not so: {words}"


def value_words(value: Value) -> str:
    """Return a value as people read it."""
    match value:
        case None:
            return "nothing"
        case bool():
            return "yes" if value else "no"
        case tuple():
            return ", ".join(value_words(item) for item in value)
        case _:
            return str(value)


def value_given(given: str) -> Value:
    """Return what somebody typed as a value: yes or no, a number, else the words; `007` stays words."""
    words = given.strip()
    if words.lower() in YES | NO:
        return words.lower() in YES
    if _WHOLE.fullmatch(words):
        return int(words)
    return float(words) if _BROKEN.fullmatch(words) else words


def can_settle(release: Release, state: CaseState) -> tuple[Known, ...]:
    """Return the facts that conditions of the document depend on, then the values that it takes."""
    routine = release.routine
    known = {name: value_words(value) for name, value in state.facts.items()}
    facts = known_facts(routine)
    yes_or_no = tuple(Known(name, words, True, known.get(name, "")) for name, words in facts_to_settle(routine))
    values = dict.fromkeys(name for name in (*known_values(routine), *values_told(release)) if name not in facts)
    return yes_or_no + tuple(Known(name, name.replace("_", " "), False, known.get(name, "")) for name in values)


def facts_to_settle(routine: Routine) -> tuple[tuple[str, str], ...]:
    """Return what somebody's word decides of a document: the facts by name, each with the document's words for it.

    What a result, a value or an answer of yes or no decides is not asked of anybody, nor what has no words of its own
    ("If not").
    """
    held = (*(step.condition for step in routine.steps), *(line.condition for line in routine.lines))
    words: dict[str, str] = {}
    for condition in held:
        by_word = condition is not None and (bool(condition.found_at) or not walked(condition))
        if condition is not None and by_word and not _NAMELESS.fullmatch(condition.text):
            words.setdefault(condition.fact, condition.text)
    return tuple((name, words[name]) for name in known_facts(routine) if name in words)


def fact_words(release: Release, name: str) -> str:
    """Return the document's words for what is known under a name; its name in words where it has none."""
    return dict(facts_to_settle(release.routine)).get(name) or name.replace("_", " ")


def can_return(release: Release) -> tuple[Target, ...]:
    """Return the lines at which the routine can go on, in document order."""
    targets = []
    for step in release.routine.steps:
        for line in step.lines:
            if line.implied or why_not_at(release.routine, line.label) is not None:
                continue
            words = release.document.slice(line.span).strip()
            if isinstance(line.instruction, Call):
                words = f"call {line.instruction.function}"
            targets.append(Target(line.label, words))
    return tuple(targets)
