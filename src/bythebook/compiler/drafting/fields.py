"""Drafts over what the case knows: "Inform the customer of their new balance" gives "Your new balance is {balance}."

Only where a line before finds the value out; and "let them know" under a condition says that condition.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Final

from bythebook.compiler.drafting.pieces import NOUN, WHO_ELSE, statement
from bythebook.compiler.text import snake

VALUES_MAX: Final = 5
"""More values are a list that somebody had better word."""

NAME_WORDS_MAX: Final = 3
"""Longer words are no name of a value."""

_TELLS: Final = re.compile(
    rf"(?:(?:inform|tell|notify|remind|advise|give|show|send|provide|share with|offer|let) {WHO_ELSE}(?: know)?"
    rf"(?: with| of| about)?|(?:provide|give|share|state|read out|offer|confirm)(?: to {WHO_ELSE})?) "
    rf"(?P<what>(?:the|their|his|her|a|an|its)? ?[a-z][\w ,'-]*?)(?: (?:to|with) {WHO_ELSE})?"
    r"(?: (?:that|which) \w+\(\) (?:returns?|returned|gives?|gave|shows?|found|lists?))?[.!]?$",
    re.I,
)
_JOINT: Final = re.compile(r",\s+and\s+|,\s*|\s+and\s+", re.I)
_OWN: Final = re.compile(r"(?:(?P<whose>their|his|her)|the|an?|its|new)\s+", re.I)
_ADDED: Final = frozenset(("new", "current", "total", "full", "final", "exact", "updated", "available"))
_BARE: Final = re.compile(
    rf"(?:(?:politely )?(?:inform|tell|notify|advise) {WHO_ELSE}|let {WHO_ELSE} know)"
    r"(?: (?:so|accordingly|of (?:this|that)|about (?:this|that|it)))?[.!]?$",
    re.I,
)
_NAMED: Final = re.compile(
    r"(?!(?:if|whether|how|what|when|that|it|them|this|everything)\b)[a-z]\w*(?: [a-z]\w*)*", re.I
)
_PEOPLE: Final = re.compile(rf"\b(?:{NOUN}|they|he|she|you|we|it|this|that|still|fails?|again)\b", re.I)
_CLAUSE: Final = re.compile(r"\b(?:is|are|was|were|has|have|cannot|can|isn['’]t|aren['’]t|can['’]t)\b", re.I)


def draft_told(words: str, names: Collection[str]) -> str | None:
    """Return a sentence that tells the values which words name, each as a hole; None where one is not known."""
    match = _TELLS.match(" ".join(words.split()))
    parts = [part.strip() for part in _JOINT.split(match["what"]) if part.strip()] if match is not None else []
    if not parts or len(parts) > VALUES_MAX:
        return None
    told = []
    for part in parts:
        own = _OWN.match(part)
        bare = part[own.end() :] if own is not None else part
        name = _name(bare, names)
        if not name:
            return None
        whose = "your" if own is not None and own["whose"] else "the"
        told.append(f"{whose} {bare} {'are' if bare.endswith('s') and not bare.endswith('ss') else 'is'} {{{name}}}")
    text = ", ".join(told[:-1]) + (" and " if len(told) > 1 else "") + told[-1]
    return text[0].upper() + text[1:] + "."


def told_example(words: str) -> str | None:
    """Return how a sentence with holes might tell what words name, whatever is known: an example for its author."""
    match = _TELLS.match(" ".join(words.split()))
    parts = [part.strip() for part in _JOINT.split(match["what"]) if part.strip()] if match is not None else []
    bare = [_OWN.sub("", part) for part in parts]
    if not all(_NAMED.fullmatch(part) and len(part.split()) <= NAME_WORDS_MAX for part in bare):
        return None
    return draft_told(words, frozenset(map(snake, bare)))


def draft_condition(words: str, condition: str) -> str | None:
    """Return the condition itself where a line under it only says to let the customer know."""
    if not _BARE.match(" ".join(words.split())) or _PEOPLE.search(condition) or not _CLAUSE.search(condition):
        return None
    return statement(condition)


def _name(words: str, names: Collection[str]) -> str:
    wanted = snake(words)
    if wanted in names:
        return wanted
    bare = "_".join(part for part in wanted.split("_") if part not in _ADDED)
    same = sorted(
        name for name in names if "_".join(part for part in name.split("_") if part not in _ADDED) == bare and bare
    )
    return same[0] if len(same) == 1 else ""
