"""Values that words list: "(yearly or monthly plan)", "one of: small, large", "whether it is new or used"."""

from __future__ import annotations

import re
from typing import Final

VALUES_MIN: Final = 2
VALUES_MAX: Final = 20
"""A longer list is no list of values."""

VALUE_WORDS_MAX: Final = 5
"""Longer words are no value."""

_LISTS: Final = (
    re.compile(
        r"\(\s*(?P<lead>e\.?\s?g\.?,?|i\.?\s?e\.?,?|such as|for example,?|either|one of:?|namely)?"
        r"\s*(?P<list>[^()]+)\)",
        re.I,
    ),
    re.compile(
        r"\b(?P<lead>one of(?: the following)?|either|options(?: are)?|possible values(?: are)?):?\s+"
        r"(?P<list>[^.;()]+)",
        re.I,
    ),
    re.compile(
        r"\b(?P<lead>status|state|type|kind|level|tier|category|outcome|result|stage|condition|plan|colou?r|size)e?s?"
        r"\s*[:(]\s*(?P<list>[^.;():]+,[^.;():]+)",
        re.I,
    ),
    # Three or more: of two, "returns in stock or not", is told by how the call ends.
    re.compile(
        r"\b(?P<lead>)(?:tells|returns?|gives?|answers?|says) (?P<list>(?!whether\b|if\b|how\b|what\b|which\b|"
        r"that\b|the\b|an?\b)"
        r"[\w'’ -]{2,40}(?:, [\w'’ -]{2,40})+?,? or [\w'’ -]{2,40}?)(?=,? and\b|[.;)]|$)",
        re.I,
    ),
    re.compile(r"\b(?P<lead>)(?:whether|if) (?:[\w'’-]+ ){1,5}(?:is|are|was|has|have) (?P<list>[^.;()]+)", re.I),
)
_ALL: Final = re.compile(
    r"(?:returns?:?\s+)?(?P<list>(?!.*\b(?:(?:not )?found|(?:in)?valid|success\w*|"
    r"fail\w*|error|ok|yes|no|true|false|verified|"
    r"accepted|rejected|approved|declined)\b)[\w '’-]{2,30}(?:\s*[/|]\s*[\w '’-]{2,30})+)$",
    re.I,
)
"""A purpose that is nothing but values: "free / taken".

What names a success or a failure is told by how the call ends.
"""

_ALTERNATIVES: Final = re.compile(r"\bor\b|[/|]", re.I)
_TOGETHER: Final = re.compile(r"\band\b|\+", re.I)
"""What is listed belongs together: parts of a thing, and not its values."""

_JOINT: Final = re.compile(r"\s*,\s*(?:and|or)\s+|\s*[,;/|]\s*|\s+or\s+")
_MARKS: Final = " \t\n\"'“”`*[]{}.:"
_NO_VALUE: Final = re.compile(r"(?:etc|and so on|and more|or not|optional|required)\b", re.I)


def value_lists(words: str) -> tuple[tuple[str, ...], ...]:
    """Return the lists of values in words, each with two values or more."""
    whole = _ALL.fullmatch(words.strip(" ."))
    found = [values_in(whole["list"])] if whole is not None else []
    for pattern in _LISTS:
        for match in pattern.finditer(words):
            alternatives = match["lead"] or _ALTERNATIVES.search(match["list"])
            values = values_in(match["list"]) if alternatives and not _TOGETHER.search(match["list"]) else ()
            if len(values) >= VALUES_MIN and values not in found:
                found.append(values)
    return tuple(found)


def values_in(listed: str) -> tuple[str, ...]:
    """Return the values of one list; none where anything in it is no value."""
    parts = [part.strip(_MARKS) for part in _JOINT.split(listed.strip(_MARKS))]
    values = [part for part in parts if part and not _NO_VALUE.match(part)]
    if len(values) > VALUES_MAX or any(len(value.split()) > VALUE_WORDS_MAX for value in values):
        return ()
    return tuple(dict.fromkeys(values))
