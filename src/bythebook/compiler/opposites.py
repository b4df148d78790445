"""Whether of two conditions one holds exactly where the other does not: by their words, or by what decides them."""

from __future__ import annotations

import re
from typing import Final

from bythebook.compiler.judge import FAILURE, SUCCESS
from bythebook.compiler.people import NOUNS
from bythebook.compiler.text import stem
from bythebook.routine.model import Compare, Condition, ConditionKind, Not, Outcome, Test, Told

_WORD: Final = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_NOT: Final = re.compile(r"not|no|never|cannot|without|\w+n['’]t", re.I)
_THEY: Final = frozenset((*map(stem, NOUNS), "they", "he", "she", "their", "his", "her", "still"))
_SMALL: Final = frozenset(("a", "an", "the", "do", "does", "did", "any", "can", "with", "be", "either"))
_IT: Final = frozenset(("it", "thi", "this", "that", "so"))
_OPPOSITE: Final = {
    "unavailable": "available",
    "invalid": "valid",
    "incorrect": "correct",
    "unable": "able",
    "unsuccessful": "successful",
    "ineligible": "eligible",
    "inactive": "active",
    "incomplete": "complete",
    "unpaid": "paid",
    "unverified": "verified",
    "unknown": "known",
    "fail": "succeed",
    "decline": "agree",
    "refuse": "agree",
    "disagree": "agree",
    "lack": "have",
    "has": "have",
}
_YES_OR_NO: Final = re.compile(
    r"(?:^|[\"“.!?:,]\s*|\b(?:and|so|customer|them) )"
    r"(?:can|could|do|does|did|is|are|was|were|has|have|had|will|would|may|might|should|shall) "
    r"(?:you|I|we|your|it|its|there|they|this|that|these|the|a|an|any|someone|anyone)\b[^?.!]*\?",
    re.I,
)
_EITHER: Final = re.compile(r"\bor\b(?! not\b)", re.I)
_ALTERNATIVES: Final = re.compile(r"\s*,?\s+or\s+(?!not\b)|,\s+", re.I)
_ENDS: Final = re.compile(r"[?.;:()\"“”]")
_LEADING: Final = frozenset(
    ("a", "an", "the", "to", "by", "in", "on", "at", "for", "from", "with", "about", "of", "is", "was", "as", "via")
)
_CUT_SHORT: Final = re.compile(r"(?:\bnot|n['’]t)\W*$", re.I)
"""How "the customer is not" ends."""
SAME_STATE: Final = {"on": ("enabled", "active"), "off": ("disabled", "inactive")}
"""Words that only repeat a state."""

RETURNS: Final = re.compile(r"(?P<head>(?:[\w-]+\s+){1,4}(?:returns?|shows?|gives?|reads?|displays?))\s", re.I)
"""What a result is said by: "it returns ..."."""


def opposite_words(first: str, second: str) -> bool:
    """Tell whether one denies what the other says: "seats are available", "the customer is not"."""
    # "If yes, offer a key. If no, go on.": both of one question, whatever the first asks.
    if {first.strip(" .,").lower(), second.strip(" .,").lower()} == {"yes", "no"}:
        return True
    (said, denied), (other, also) = _core(first), _core(second)
    if denied == also or not said or not other:
        return False
    short, whole = (said, other) if denied else (other, said)
    cut_short = _CUT_SHORT.search(first if denied else second) is not None and whole[: len(short)] == short
    return said == other or cut_short


def denies(words: str) -> bool:
    """Tell whether a condition says that something is not so."""
    return _core(words)[1]


def asks_yes_or_no(words: str) -> bool:
    """Tell whether a question is answered by yes or no: "Can you still read it?", but not "Is it red or blue?"."""
    asked = _YES_OR_NO.search(words)
    return asked is not None and _EITHER.search(asked[0]) is None


def speaks_of(words: str, question: str) -> bool:
    """Tell whether a condition says nothing that a question does not ask: "they cannot" of "Can you open it?"."""
    said = (word for word in _core(words)[0] if word not in _THEY and word not in _IT)
    return set(said) <= set(_core(question)[0])


def alternatives(question: str) -> tuple[str, ...]:
    """Return the words that tell the answers apart between which a question asks: "by card or by invoice?" is two.

    None where it asks for a yes or a no, or anything else.
    """
    either = [match for match in _EITHER.finditer(question)]
    if not either:
        return ()
    at = either[-1].start()
    begins = max((match.end() for match in _ENDS.finditer(question, 0, at)), default=0)
    ends = _ENDS.search(question, at)
    pieces = _ALTERNATIVES.split(question[begins : ends.start() if ends is not None else len(question)])
    found = [_first(pieces[-1]), *(_last(piece) for piece in pieces[:-1])]
    return tuple(dict.fromkeys(found[1:] + found[:1])) if all(found) else ()


def told_apart(words: str, question: str) -> bool:
    """Tell whether a condition names one of the answers that a question asks between."""
    listed = alternatives(question)
    return len(listed) > 1 and sum(names(words, one) for one in listed) == 1


def names(words: str, answer: str) -> bool:
    """Tell whether a condition names an answer, one of `alternatives`."""
    return answer in {stem(word) for word in _WORD.findall(words.casefold())}


def _last(piece: str) -> str:
    words = _WORD.findall(piece.casefold())
    return stem(words[-1]) if words else ""


def _first(piece: str) -> str:
    words = _WORD.findall(piece.casefold())
    telling = (word for word in words if word not in _LEADING)
    return stem(next(telling, words[0] if words else ""))


def repeats(words: str, question: str) -> bool:
    """Tell whether all that a condition says stands in the question."""
    said, asked = _core(words)[0], set(_core(question)[0])
    said = tuple(word for word in said if word not in _THEY)
    return bool(said) and set(said) <= asked


def opposite_tests(first: Test | None, second: Test | None) -> bool:
    """Tell whether one test passes exactly where the other does not."""
    match first, second:
        case Outcome(function=f, name=a), Outcome(function=g, name=b):
            return f == g and {a, b} == {SUCCESS, FAILURE}
        case Told(function=f, value=a, among=among), Told(function=g, value=b):
            return f == g and a != b and set(among) == {a, b}
        case Compare(name=f, operator=a, value=v), Compare(name=g, operator=b, value=w):
            return f == g and ((v == w and {a, b} == {"==", "!="}) or (a == b == "==" and {v, w} == {True, False}))
        case Not(test=inner), other:
            return inner == other
        case other, Not(test=inner):
            return inner == other
        case _:
            return False


def opposites(first: Condition, second: Condition, label: str) -> bool:
    """Tell whether the second is the opposite of the first, which hangs on the step or line `label`."""
    if second.kind is ConditionKind.OTHERWISE:
        return second.instead_of == (label,)
    if first.kind is not second.kind:
        return False
    if first.kind is ConditionKind.ANSWER:
        return first.question == second.question and {first.answer, second.answer} == {"yes", "no"}
    return opposite_tests(first.test, second.test) or opposite_words(first.text, second.text)


def _core(words: str) -> tuple[tuple[str, ...], bool]:
    """Return what words say without what denies it, and whether it is denied."""
    kept: list[str] = []
    denied = False
    for word in _WORD.findall(words.casefold()):
        if _NOT.fullmatch(word):
            denied = not denied
            if word.endswith(("n't", "n’t")):
                kept.append(stem(word[:-3]))
            continue
        plain = word if word in _SMALL else stem(word)
        if plain in _OPPOSITE:
            denied = denied != (plain != "has")
            plain = _OPPOSITE[plain]
        kept.append(plain)
    return tuple(word for word in kept if word not in _SMALL), denied


def returned_by(words: str) -> str:
    """Return what stands before the value that a condition says is returned; nothing where it says none."""
    head = RETURNS.match(words)
    return head["head"].lower() if head is not None else ""
