"""Conditions that compare: `age < 18`, `billing > 1000 and not insured`, `plan_name is "SMALL"`. A small parser.

Words are a comparison only where the whole of them is one: a name, an operator and a value that is plainly a value (a
number, quoted, in capitals, yes/no/none), joined by and, or, not and brackets.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Final

from bythebook.compiler.people import PEOPLE
from bythebook.compiler.recognise import masked
from bythebook.compiler.text import snake
from bythebook.routine.model import All, Any, Compare, Not, Test
from bythebook.routine.value import Scalar

NAME_WORDS_MAX: Final = 5
TOKENS_MAX: Final = 60
DEPTH_MAX: Final = 12

_TOKEN: Final = re.compile(
    r"\s*(?P<token>\"[^\"]*\"|“[^”]*”|'[^']*'|<=|>=|==|!=|=|<|>|≤|≥|≠|\(|\)|[$€£]?\d[\d,]*(?:\.\d+)?%?|"
    r"[A-Za-z_][\w\-/]*(?:['’]\w+)?|`)"
)
# Words that compare, longest first.
_OPERATORS: Final[tuple[tuple[tuple[str, ...], str], ...]] = (
    (("is", "greater", "than", "or", "equal", "to"), ">="),
    (("is", "less", "than", "or", "equal", "to"), "<="),
    (("is", "greater", "than"), ">"),
    (("is", "more", "than"), ">"),
    (("is", "less", "than"), "<"),
    (("is", "larger", "than"), ">"),
    (("is", "bigger", "than"), ">"),
    (("is", "higher", "than"), ">"),
    (("is", "lower", "than"), "<"),
    (("is", "smaller", "than"), "<"),
    (("is", "fewer", "than"), "<"),
    (("is", "at", "least"), ">="),
    (("is", "at", "most"), "<="),
    (("is", "equal", "to"), "=="),
    (("is", "not"), "!="),
    (("is", "set", "to"), "=="),
    (("shows", "as"), "=="),
    (("improved", "to"), "=="),
    (("changed", "to"), "=="),
    (("is", "still"), "=="),
    (("is", "now"), "=="),
    (("returns",), "=="),
    (("shows",), "=="),
    (("displays",), "=="),
    (("reads",), "=="),
    (("is", "over"), ">"),
    (("is", "above"), ">"),
    (("exceeds",), ">"),
    (("is", "under"), "<"),
    (("is", "below"), "<"),
    (("is", "longer", "than"), ">"),
    (("is", "older", "than"), ">"),
    (("is", "shorter", "than"), "<"),
    (("is", "younger", "than"), "<"),
    (("of",), "=="),
    (("under",), "<"),
    (("below",), "<"),
    (("over",), ">"),
    (("above",), ">"),
    (("more", "than"), ">"),
    (("fewer", "than"), "<"),
    (("longer", "than"), ">"),
    (("shorter", "than"), "<"),
    (("older", "than"), ">"),
    (("younger", "than"), "<"),
    (("greater", "than"), ">"),
    (("less", "than"), "<"),
    (("does", "not", "equal"), "!="),
    (("equals",), "=="),
    (("is",), "=="),
    (("are",), "=="),
    (("=",), "=="),
    (("==",), "=="),
    (("!=",), "!="),
    (("≠",), "!="),
    (("<=",), "<="),
    (("≤",), "<="),
    ((">=",), ">="),
    (("≥",), ">="),
    (("<",), "<"),
    ((">",), ">"),
)
_BY_FIRST: Final = {
    first: tuple(one for one in _OPERATORS if one[0][0] == first) for first in {words[0] for words, _ in _OPERATORS}
}
OPERATOR_WORDS_MAX: Final = max(len(words) for words, _ in _OPERATORS)

_COUNTS: Final = {
    "more than": ">", "over": ">", "above": ">", "fewer than": "<", "less than": "<", "under": "<", "below": "<",
    "at least": ">=", "at most": "<=", "up to": "<=", "no more than": "<=", "exactly": "==",
}  # fmt: skip
_COUNT_OR: Final = re.compile(
    r"(?:(?:there (?:is|are)|it is|they have) )?(?P<number>\d[\d,]*) (?P<noun>[a-z]+) or "
    r"(?P<more>more|over|longer|less|fewer|under|shorter)$",
    re.I,
)
# How many of what: "more than 3 months".
_COUNTED: Final = re.compile(
    r"(?:(?:it|that|this) is |(?:there (?:is|are)|they have) |"
    r"(?:the (?:customer|user|client|guest)|they) (?:wants?|needs?|asks? for|requests?) )?"
    rf"(?P<operator>{'|'.join(_COUNTS)}) (?P<number>\d[\d,]*) (?!times?\b|attempts?\b)(?P<noun>[a-z]+)$",
    re.I,
)
_BETWEEN: Final = re.compile(
    r"(?P<name>[a-z][\w ]*?)(?: (?:is|are|of))? (?:between|from) [$€£]?(?P<first>\d[\d,]*)"
    r" ?(?:and|to|-|–) ?[$€£]?(?P<last>\d[\d,]*)(?: (?P<unit>[a-z]+))?$",
    re.I,
)
_UNITS: Final = frozenset(
    re.findall(
        r"\w+",
        "usd eur gbp chf cad aud inr jpy dollars dollar euros euro pounds pound percent days day weeks week months "
        "month "
        "years year hours hour minutes minute people persons guests pupils items pieces nights units kg km gb mb",
    )
)
"""What a number may count; the value is the number."""
_OR_MORE: Final = {
    **dict.fromkeys(("more", "over", "higher", "above", "longer", "older", "greater"), ">="),
    **dict.fromkeys(("less", "fewer", "under", "lower", "below", "shorter", "younger"), "<="),
}
"""Behind a number: "5 or more"."""

_SIGNS: Final = frozenset(("=", "==", "!=", "≠", "<=", "≤", ">=", "≥", "<", ">"))
_CONSTANTS: Final[dict[str, Scalar]] = {"none": None, "null": None, "true": True, "false": False}
_SMALL: Final = frozenset(("the", "a", "an"))
_EXPLAINING: Final = frozenset(("with", "by", "because", "due", "for"))
_JOINTS: Final = frozenset(("and", "or", "but", "no", "not"))
_LEADING: Final = frozenset(("in", "at", "on", "by", "of", "within", "for", "to", "from", "with"))
"""Words that no value's name ends with: "the train leaves in less than 5 minutes" compares no `train_leaves_in`."""

_SAYING: Final = frozenset(
    ("it", "there", "is", "are", "has", "have", "returns", "shows", "gives", "they", "he", "she")
)
"""Words of a sentence: "it returns a credit of 5" and "there is a hold of 100" name no value."""

_SKIPPED: Final = frozenset(("`",))


@dataclass(frozen=True, slots=True)
class _Read:
    """A test, and where the words behind it begin."""

    test: Test
    at: int


_IN_BRACKETS: Final = re.compile(r"\((?P<words>[^()]+)\)\s*$")
_ON_FILE: Final = (
    r"(?:stored|saved|kept|registered|recorded|on (?:file|record)|in (?:the|our|their) "
    r"(?:system|records?|database|file|profile|account))\b"
)
_OWNER: Final = rf"(?:the |their |his |her |its |an? |any |(?:the )?(?:{PEOPLE})['’]s )*"
_IS: Final = r"(?:is|are|was|were|has been|have been)"
# "No X is on file", "X is not on file", "X is missing"; "X is on file".
_ABSENT: Final = (
    re.compile(rf"(?:there (?:is|are) )?no (?P<name>[\w ]+?) (?:{_IS} )?(?:already )?{_ON_FILE}", re.I),
    re.compile(rf"{_OWNER}(?P<name>[\w ]+?) (?:{_IS} not|(?:is|are)n['’]t) (?:already |yet )?{_ON_FILE}", re.I),
    re.compile(rf"{_OWNER}(?P<name>[\w ]+?) (?:is|are) missing\b", re.I),
)
_NOT_HAD: Final = re.compile(
    rf"(?:you|we) (?:do not|don['’]t|did not|didn['’]t|still do not|still don['’]t) (?:already |yet )?(?:have|know) "
    rf"{_OWNER}(?P<name>[\w ]+?)(?: yet| already)?$",
    re.I,
)
_PRESENT: Final = re.compile(rf"{_OWNER}(?P<name>[\w ]+?) {_IS} (?:already )?{_ON_FILE}", re.I)


def read_test(words: str) -> Test | None:
    """Return what words compare: all of them, or those in the brackets behind them."""
    bracketed = _IN_BRACKETS.search(words)
    return read_comparison(words) or (read_comparison(bracketed["words"]) if bracketed else None)


def read_presence(words: str) -> Compare | None:
    """Return the test whether something is known, where words say that it is, or is not, on file."""
    words = words.strip()
    for pattern in (*_ABSENT, _NOT_HAD):
        if (match := pattern.match(words)) and (name := _name(tuple(match["name"].split()))):
            return Compare(name, "==", None)
    present = _PRESENT.match(words)
    name = _name(tuple(present["name"].split())) if present else ""
    return Compare(name, "!=", None) if name and not re.match(r"no\b|not\b", name) else None


def read_comparison(words: str) -> Test | None:
    """Return the test that words write out, or None where they are no comparison."""
    counted = _COUNTED.match(words.strip(" .,:\t\n"))
    if counted is not None:
        number = int(counted["number"].replace(",", "")[:18])
        return Compare(snake(counted["noun"]), _COUNTS[counted["operator"].lower()], number)
    either = _COUNT_OR.match(words.strip(" .,:\t\n"))
    if either is not None:
        number = int(either["number"].replace(",", "")[:18])
        return Compare(snake(either["noun"]), _OR_MORE[either["more"].lower()], number)
    ranged = _BETWEEN.match(words.strip(" .,:\t\n"))
    if ranged is not None and (name := _name(tuple(ranged["name"].split()))):
        first, last = (int(ranged[end].replace(",", "")[:18]) for end in ("first", "last"))
        return All((Compare(name, ">=", first), Compare(name, "<=", last)))
    tokens = _tokens(masked(words))
    if tokens is None or not tokens:
        return None
    read = _any(tokens, 0, DEPTH_MAX)
    if read is None or not (read.at == len(tokens) or _explains(tokens, read)):
        return None
    return read.test


def _explains(tokens: tuple[str, ...], read: _Read) -> bool:
    """Tell whether the words behind a value in capitals only say more of it: "LOCKED with a PIN"."""
    value = read.test.value if isinstance(read.test, Compare) else None
    return isinstance(value, str) and value.isupper() and tokens[read.at].lower() in _EXPLAINING


def _tokens(words: str) -> tuple[str, ...] | None:
    tokens: list[str] = []
    at, end = 0, len(words.rstrip(" .,:\t\n"))
    while at < end:
        match = _TOKEN.match(words, at, end)
        if match is None or len(tokens) >= TOKENS_MAX:
            return None
        if match["token"] not in _SKIPPED:
            tokens.append(match["token"])
        at = match.end()
    return tuple(tokens)


def _any(tokens: tuple[str, ...], at: int, depth: int) -> _Read | None:
    return _joined(tokens, at, depth, "or")


def _joined(tokens: tuple[str, ...], at: int, depth: int, word: str) -> _Read | None:
    tests: list[Test] = []
    while True:
        read = _joined(tokens, at, depth, "and") if word == "or" else _one(tokens, at, depth)
        if read is None:
            return None
        tests.append(read.test)
        at = read.at
        if at >= len(tokens) or tokens[at].lower() != word:
            break
        at += 1
    if len(tests) == 1:
        return _Read(tests[0], at)
    return _Read(Any(tuple(tests)) if word == "or" else All(tuple(tests)), at)


def _one(tokens: tuple[str, ...], at: int, depth: int) -> _Read | None:
    if at >= len(tokens) or depth <= 0:
        return None
    if tokens[at].lower() == "not":
        read = _one(tokens, at + 1, depth - 1)
        return _Read(Not(read.test), read.at) if read is not None else None
    if tokens[at] == "(":
        read = _any(tokens, at + 1, depth - 1)
        closes = read is not None and read.at < len(tokens) and tokens[read.at] == ")"
        return _Read(read.test, read.at + 1) if read is not None and closes else None
    return _comparison(tokens, at) or _flag(tokens, at)


def _comparison(tokens: tuple[str, ...], at: int) -> _Read | None:
    last = min(at + NAME_WORDS_MAX, len(tokens) - 1)
    said = tuple(token.lower() for token in tokens[at : last + OPERATOR_WORDS_MAX])
    for end in range(at + 1, last + 1):
        for words, operator in _BY_FIRST.get(said[end - at], ()):
            behind = end + len(words)
            if said[end - at : behind - at] != words or behind >= len(tokens):
                continue
            value = _value(tokens[behind], signed=words[0] in _SIGNS)
            name = _name(tokens[at:end])
            if value is not None and name and (operator in ("==", "!=") or isinstance(value[0], int | float)):
                read = _counted(Compare(name, operator, value[0]), tokens, behind + 1)
                return _either(read, tokens)
            either = _neither(name, tokens, behind) if words == ("is",) else None
            if either is not None:
                return either
    return None


def _either(read: _Read, tokens: tuple[str, ...]) -> _Read:
    """Take in further values of the same name: "tier is Gold or Platinum"."""
    first = read.test
    tests: list[Test] = [first]
    at = read.at
    while isinstance(first, Compare) and isinstance(first.value, str) and tokens[at : at + 1] == ("or",):
        value = _value(tokens[at + 1], signed=False) if at + 1 < len(tokens) else None
        ends = at + 2 >= len(tokens) or tokens[at + 2].lower() in ("and", "or", ")")
        if value is None or not isinstance(value[0], str) or not ends:
            break
        tests.append(replace(first, value=value[0]))
        at += 2
    if len(tests) == 1:
        return read
    # "is not Gold or Platinum": neither of them.
    denied = isinstance(first, Compare) and first.operator == "!="
    return _Read(All(tuple(tests)) if denied else Any(tuple(tests)), at)


def _neither(name: str, tokens: tuple[str, ...], at: int) -> _Read | None:
    """Return what "is neither Gold nor Platinum" compares."""
    said = tuple(token.lower() for token in tokens[at : at + 4])
    if not name or len(said) < 4 or said[0] != "neither" or said[2] != "nor":
        return None
    values = (_value(tokens[at + 1], signed=False), _value(tokens[at + 3], signed=False))
    tests = tuple(Compare(name, "!=", value[0]) for value in values if value is not None)
    return _Read(All(tests), at + 4) if len(tests) == len(values) else None


def _counted(test: Compare, tokens: tuple[str, ...], at: int) -> _Read:
    """Take in what stands behind a number: what it counts, and "or more"."""
    if isinstance(test.value, str | bool) or test.value is None:
        return _Read(test, at)
    said = tuple(token.lower() for token in tokens[at : at + 3])
    if said[:1] and said[0] in _UNITS:
        at, said = at + 1, said[1:]
    if test.operator == "==" and said[:1] == ("or",) and said[1:2] and said[1] in _OR_MORE:
        return _Read(Compare(test.name, _OR_MORE[said[1]], test.value), at + 2)
    return _Read(test, at)


def _flag(tokens: tuple[str, ...], at: int) -> _Read | None:
    """A name by itself is a yes or no: `insured`. Only in snake case, or beside a comparison."""
    word = tokens[at]
    alone = len(tokens) == 1
    if word[0].isalpha() and word.isidentifier() and ("_" in word or not alone) and word.islower():
        beside = at + 1 >= len(tokens) or tokens[at + 1].lower() in ("and", "or", ")")
        signed = any(token in _SIGNS or "_" in token for token in tokens)
        return _Read(Compare(word, "==", True), at + 1) if beside and signed else None
    return None


def _name(tokens: tuple[str, ...]) -> str:
    words = [token for token in tokens if token.lower() not in _SMALL]
    if any(token.lower() in _JOINTS for token in tokens) or (words and words[-1].lower() in _LEADING):
        return ""
    if len(words) > 1 and any(token.lower() in _SAYING for token in words):
        return ""
    if not words or not all(word[0].isalpha() or word[0] == "_" for word in words):
        return ""
    return snake(" ".join(words))


def _value(token: str, *, signed: bool) -> tuple[Scalar] | None:
    if token[0] in "\"'“":
        return (token[1:-1],)
    if token.lower() in _CONSTANTS:
        return (_CONSTANTS[token.lower()],)
    number = token.strip("$€£%").replace(",", "")
    if number[:1].isdigit():
        return (float(number) if "." in number else int(number[:18]),)
    plainly = token.isupper() and len(token) > 1
    named = token[0].isupper() and token.isalpha()
    return (token,) if plainly or named or (signed and token.isidentifier()) else None
