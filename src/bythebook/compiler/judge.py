"""What decides a condition, where no question names it: an agreement, what a function returned, or a comparison.

Each rule looks at the condition's words and at what stands before it; the first that fits decides. What no rule fits
only somebody's word can settle.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from bythebook.compiler.people import NOUNS, PEOPLE
from bythebook.compiler.returned import Field, found_flag
from bythebook.compiler.text import snake
from bythebook.compiler.value_lists import value_lists
from bythebook.routine.model import All, Any, Call, Compare, Line, Not, Outcome, Slot, SlotType, Test, Told
from bythebook.routine.options import denies, option_in

SUCCESS: Final = "success"
FAILURE: Final = "failure"
ROOT: Final = 5
"""Letters by which word forms are told to be of one word ("verified", "verify")."""

STEPS_BACK_MAX: Final = 1
"""How many steps back an outcome without a name of its own looks for its call."""

_YES: Final = re.compile(
    rf"(?:(?:the |a )?(?:{PEOPLE}|they|he|she|answer|answers) )?(?:is |says? |answers? |replies |"
    r"responds? )?(?:with )?(?P<no>(?:do(?:es)? not |doesn't |doesn’t |not )?)(?:[\"'“]?(?P<yes>yes|agrees?|accepts?|"
    r"confirms?|consents?|approves?|would like (?:to|that|this|assistance|help)|"
    r"wants? (?:to|that|this|it|one|assistance|help)|wishes to|would|does|is)|"
    r"(?P<decline>no|declines?|refuses?|disagrees?|rejects?))\b[\"'”]?(?P<rest>.*)$",
    re.I | re.S,
)
# What is left of a yes or a no: "If so", "If they do", "If there aren't any".
_SHORT: Final = re.compile(
    r"(?:so|(?:there|they|it|he|she|(?:the|that) \w+) (?:are|is|do|does|did|has|have|would|will|can)"
    r"(?P<no> not|n['’]t| none)?(?: any)?|"
    rf"(?:they|he|she|(?:the |a )?(?:{PEOPLE})) (?:(?:are|is|do|does|did|has|have|had|can|could|would|will|were|was)"
    r"(?: able to)?|"
    r"(?P<cannot>cannot|can not|can['’]t|won['’]t|(?:are|is|were|was) unable(?: to)?|"
    r"(?:(?:are|is|were|was|do|does|did|have|has|had|could|would)(?: not|n['’]t))(?: able to)?|"
    r"(?:(?:are|is|do|does|have|has|can) )?no longer(?: (?:are|is|do|does|have|has|can))?))"
    r"(?: so| that| this| it)?)$",
    re.I,
)
_MEASURES: Final = re.compile(r"\b(?:older|younger|longer|shorter)\b", re.I)
UNMEASURED: Final = frozenset((SlotType.DATE, SlotType.EMAIL, SlotType.ADDRESS, SlotType.PHONE))
"""Kinds of values that are no amounts: the last day of a trip is not "shorter than 30"."""

_PERSONS: Final = frozenset((*NOUNS, "child", "person", "reader", "driver", "owner", "they", "he", "she"))
"""Whose age it is when somebody is "under 18"."""

_AGES: Final = re.compile(r"\b(?:older|younger)\b", re.I)
_AND_ANOTHER: Final = re.compile(
    r"\b(?:or|and|but) (?:if )?"
    r"(?:(?:there|it|(?:the|their|this|that|no) [\w'’ -]+?) (?:is|are|was|were|has|have|had)|"
    r"[a-z]\w* (?:is|are) |(?:has|have|had|is|are|was|were)\b"
    r"(?! (?:sure|certain|happy|fine|ok|okay|ready|agreed)\b))",
    re.I,
)
"""A condition of its own behind an agreement: "they agree or there are five items"."""

_OR_UNSURE: Final = re.compile(
    r",? or (?:they (?:are|do) |they['’]re |(?:is|are) )?"
    r"(?:not (?:sure|certain|know)|unsure|uncertain|don['’]t know)\W*$",
    re.I,
)
_NEGATIVE: Final = re.compile(
    r"\b(?:not|cannot|no|unable|fail\w*|unsuccessful\w*|invalid|incorrect|wrong|denied|declined|rejected|missing|"
    r"errors?|unavailable|never|nobody|nothing|without|ineligible|expired)\b|n['’]t\b",
    re.I,
)
_OUTCOME: Final = re.compile(
    r"\b(?:fail\w*|succe\w+|successful\w*|unsuccessful\w*|found|complete[sd]?|works?|worked|errors?|"
    r"returns? (?:nothing|no \w+)|no (?:hits?|match(?:es)?|results?|records?|entry))\b",
    re.I,
)
_RESULT: Final = re.compile(
    r"\b(?:valid\w*|invalid\w*|verif\w+|confirm\w*|approv\w+|match\w*|exist\w*|eligib\w+|ineligib\w+|correct|"
    r"incorrect|missing|granted|available|unavailable|possible|allowed|active|expired|accepted|rejected|declined|"
    r"cancell?(?:ed|able)|can|cannot)\b",
    re.I,
)
_SEVERAL: Final = re.compile(r"\b(?:more than one|several|multiple|two or more|many)\b", re.I)
"""How many were found, no success or failure tells."""

_STATE: Final = re.compile(r"\b(?:missing|granted)\b", re.I)
CHECKS: Final = re.compile(r"(?:check|verify|validate|test|confirm|find|get|look|retrieve|list|search)_", re.I)
_JUDGED: Final = re.compile(r"\b(?:in)?(?:valid|eligible)\b|\b(?:un)?(?:verified|confirmed|approved|matched)\b", re.I)
"""What the call right before has judged."""

_EVERY: Final = re.compile(r"\b(?:any|some|one) of\b", re.I)
_CALLS: Final = r"(?:steps?|tools?|functions?|calls?|apis?|actions?|operations?|requests?)"
_FAILS: Final = (
    r"(?:fail\w*|errors?(?: out)?|(?:returns?|throws?|raises?) (?:an )?error|is unsuccessful|does not work)\b"
)
_HAPPENS: Final = r"(?:occurs?|happens?|arises?|is (?:returned|raised|thrown))\b"
# What speaks of all calls, wherever it stands.
_ANY_FAILURE: Final = re.compile(
    rf"\b(?:any|some)(?: of the| of these| other| one)?(?: \w+)? {_CALLS} (?:\w+ )?{_FAILS}|"
    rf"\bany(?: \w+)? (?:failures?|errors?|exceptions?)(?: {_HAPPENS}|\W*$)|"
    rf"\b(?:critical|system|technical) (?:failures?|errors?)\b|"
    rf"\b(?:something|anything|things) (?:goes? wrong|went wrong|breaks?|fails?)\b|"
    rf"\bat any (?:point|time|stage|step)\b.*\b(?:fail\w*|errors?)\b",
    re.I | re.S,
)
# What speaks of the call before it, and of all calls where there is none.
_A_FAILURE: Final = re.compile(
    rf"\b(?:an?|the|one)(?: \w+)?(?: {_CALLS} (?:\w+ )?{_FAILS}| ?(?:error|failure|exception|problem)s? {_HAPPENS})",
    re.I,
)
_ABSENT: Final = re.compile(r"(?:there is )?no (?P<what>[\w -]+)$", re.I)
OF_PEOPLE: Final = re.compile(rf"(?:the |a )?(?:{PEOPLE}|they|he|she|you)\b", re.I)
# "If it does not match": what was just called.
_OF_IT: Final = re.compile(
    r"(?:it|this|that|they|these|those|nobody|no one|none|nothing|"
    r"the (?:\w+ )?(?:result|answer|check|details?|data|information|digits|values?))\b",
    re.I,
)
_WISHES: Final = re.compile(
    rf"(?:the |a )?(?:{PEOPLE}|they|he|she)\b(?! account)(?:['’]s)?\s+(?:still |also |only )?"
    r"(?:requests?|asks?|wants?|wishes|says?|needs?|insists?|demands?|would|prefers?|requires?|"
    r"does not want|doesn't want|mentions?|reports?|complains?)\b",
    re.I,
)
_MORE_THAN_A_VALUE: Final = re.compile(
    r"\b(?:only|or|and|higher|lower|better|worse|above|below|at least|at most|more|less|any|either|other|except|"
    r"until)\b",
    re.I,
)
"""A condition with such a word does more than name a value."""

_DENYING: Final = re.compile(r"\b(?:is not|are not|isn['’]t|aren['’]t|does not|doesn['’]t|not|no|cannot)\b", re.I)
_STILL: Final = re.compile(r"\b(?:still|again|all attempts|persist\w*)\b", re.I)
_SMALL: Final = frozenset(
    [
        "a",
        "an",
        "the",
        "is",
        "are",
        "was",
        "were",
        "be",
        "been",
        "if",
        "of",
        "for",
        "to",
        "in",
        "on",
        "at",
        "and",
        "or",
        "not",
        "no",
        "has",
        "have",
        "had",
        "it",
        "its",
        "their",
        "his",
        "her",
        "this",
        "that",
        "with",
        "by",
        "as",
        "do",
        "does",
        "can",
        "cannot",
        "customer",
        "user",
        "client",
        "caller",
        "customers",
        "users",
        "clients",
        "they",
        "any",
        "using",
    ]
)
_WORD: Final = re.compile(r"[A-Za-z]{3,}")


@dataclass(frozen=True, slots=True)
class Called:
    """A call that stands before a condition, with the words that say what it is for."""

    line: Line
    function: str
    purpose: str
    steps_back: int


def agreement(words: str) -> str:
    """Return `yes` or `no` where a condition is that the customer agrees or declines; else nothing."""
    words = _OR_UNSURE.sub("", words)
    short = _SHORT.match(words.strip(" .,"))
    if short is not None:
        return "no" if short["no"] or short["cannot"] else "yes"
    match = _YES.match(words.strip())
    if match is None or "something like" in words:
        return ""
    said = (match["yes"] or "").lower()
    if said in ("is", "does", "would") and match["rest"].strip():
        return ""
    if said.startswith(("want", "would like", "wish")) and match["rest"].strip(" .,"):
        return ""
    if _AND_ANOTHER.search(match["rest"]):
        return ""
    if said.startswith(("confirm", "approve", "accept")) and match["rest"].split()[:1] in (["that"], ["they"]):
        return ""
    declined = bool(match["decline"])
    if declined and match["decline"].lower() == "no" and match["rest"].strip(" .,"):
        return ""
    return "no" if declined != bool(match["no"].strip()) else "yes"


def looked_up(test: Compare | None, calls: Sequence[Called], asked_for: Collection[str]) -> Compare | None:
    """Return the test whether something is on file, where a call before looks that up by its name, or returns it,
    or the document asks for it where it is not."""
    if test is None or test.name in asked_for:
        return test
    roots = _roots(test.name.replace("_", " "))
    returned = re.compile(rf"(?<!\w){re.escape(test.name)}(?!\w)")
    found = any(roots & _roots(call.function.replace("_", " ")) or returned.search(call.purpose) for call in calls)
    return test if found else None


def listed(
    test: Compare | None, calls: Sequence[Called], fields: Mapping[str, Sequence[Field]], asked_for: Collection[str]
) -> Compare | None:
    """Return the test whether something is on file as the definition that looks it up lists it.

    A definition that says what is returned, and names no such value, returns none: there `found` tells, or nothing.
    """
    if test is None or test.name in asked_for:
        return test
    roots = _roots(test.name.replace("_", " "))
    call = next((call for call in reversed(calls) if roots & _roots(call.function.replace("_", " "))), None)
    own = fields.get(call.function, ()) if call is not None else ()
    if not own or any(test.name in (field.name, snake(field.name)) for field in own):
        return test
    flag = found_flag(own)
    return Compare(flag.name, "==", test.operator == "!=") if flag is not None else None


def absent(words: str, calls: Sequence[Called]) -> Test | None:
    """Return what decides that something is not there ("no VPN"), where a call before looks for it by name."""
    match = _ABSENT.match(words.strip())
    roots = _roots(match["what"]) if match is not None else frozenset()
    call = next(
        (call for call in reversed(calls) if roots and roots <= _roots(call.function.replace("_", " "))), None
    )
    return Outcome(call.function, FAILURE) if call is not None else None


def speaks_of_all_failures(words: str, called_here: bool) -> bool:
    """Tell whether a condition is that any call fails; `called_here` says that one stands before it in its step."""
    if OF_PEOPLE.match(words):
        return False
    return bool(_ANY_FAILURE.search(words)) or (not called_here and bool(_A_FAILURE.search(words)))


def still_fails(words: str) -> bool:
    """Tell whether a condition is that what failed still does: "if still failing", "if all attempts fail"."""
    return bool(_STILL.search(words)) and negative(words)


def negative(words: str) -> bool:
    """Tell whether words deny something."""
    return bool(_NEGATIVE.search(words))


def result(words: str, calls: Sequence[Called], before: Test | None) -> tuple[bool, Test | None]:
    """Tell whether a call before decides the condition, and by which outcome (None where that must be bound)."""
    if not calls or _WISHES.match(words):
        return False, None
    if _EVERY.search(words):
        names = dict.fromkeys(call.function for call in calls)
        tests = tuple(Outcome(name, FAILURE) for name in names)
        return True, tests[0] if len(tests) == 1 else Any(tests)
    if _SEVERAL.search(words):
        return True, None
    if _STILL.search(words) and before is not None and negative(words):
        return True, before
    ending = FAILURE if negative(words) else SUCCESS
    roots = _roots(words)
    named = [call for call in reversed(calls) if roots & _roots(call.function.replace("_", " "))]
    # What is missing or granted, a check tells, not the deed that mended it.
    named = [call for call in named if CHECKS.match(call.function)] if _STATE.search(words) else named
    shared = named[0] if named else None
    if shared is not None and (_RESULT.search(words) or _OUTCOME.search(words)):
        return True, Outcome(shared.function, ending)
    latest = calls[-1]
    speaks = _OUTCOME.search(words) or (_OF_IT.match(words) and _RESULT.search(words))
    if speaks and latest.steps_back <= STEPS_BACK_MAX:
        return True, Outcome(latest.function, ending)
    if latest.steps_back == 0 and _JUDGED.search(words):
        return True, Outcome(latest.function, ending)
    told = next(
        (call for call in reversed(calls) if len(roots & _roots(call.purpose)) >= min(2, len(roots) or 1)), None
    )
    return told is not None, None


def told(words: str, calls: Sequence[Called]) -> tuple[bool, Test] | None:
    """Tell whether a condition names one of the values that the purpose of a call before it lists."""
    if _WISHES.match(words) or _MORE_THAN_A_VALUE.search(words):
        return None
    for call in reversed(calls):
        for values in value_lists(call.purpose):
            denied = denies(words)
            value = option_in(_DENYING.sub(" ", words), values)
            if value is not None:
                test = Told(call.function, value, values)
                return True, Not(test) if denied else test
    return None


def knows(test: Test, calls: Sequence[Called], slots: Mapping[str, object]) -> bool:
    """Tell whether a comparison speaks of what a function returned: after a call, and of no slot."""
    return bool(calls) and isinstance(test, Compare) and test.name not in slots


def known_as(name: str, names: Sequence[str]) -> str:
    """Return the one value whose name holds the words of a shorter one: "the amount" is `booking_amount`."""
    words = set(name.split("_"))
    fuller = dict.fromkeys(one for one in names if words <= set(snake(one).split("_")))
    return next(iter(fuller)) if name not in names and len(fuller) == 1 else name


def measured_by(words: str, name: str, known: Sequence[str]) -> str | None:
    """Return the value that is compared; nothing where "the child is younger than 5" names none that is known."""
    found = known_as(name, known)
    person = name in _PERSONS
    if found in known or not (person or _MEASURES.search(words)):
        return found
    age = known_as("age", known) if person or _AGES.search(words) else ""
    return age if age in known else None


def with_measure(test: Test, words: str, known: Sequence[str], slots: Mapping[str, Slot]) -> Test | None:
    """Return a test with what it measures by the name that is known; None where nothing known is measured."""
    if isinstance(test, All):
        tests = [with_measure(one, words, known, slots) for one in test.tests]
        return None if None in tests else All(tuple(one for one in tests if one is not None))
    if not isinstance(test, Compare) or test.operator in ("==", "!="):
        return test
    measured = measured_by(words, test.name, known)
    if measured is None or (measured in slots and slots[measured].type in UNMEASURED):
        return None
    return replace(test, name=measured)


def calls_before(lines: Sequence[tuple[int, Line]], step: int, purposes: Mapping[str, str]) -> tuple[Called, ...]:
    """Return the calls among earlier lines (with the numbers of their steps), in order."""
    return tuple(
        Called(line, line.instruction.function, purposes.get(line.instruction.function, ""), step - at)
        for at, line in lines
        if isinstance(line.instruction, Call)
    )


def _roots(words: str) -> frozenset[str]:
    found = (snake(match[0]) for match in _WORD.finditer(words))
    return frozenset(word[:ROOT] for word in found if word not in _SMALL)
