"""Which of several values words name: "has an arrears plan" names "Arrears Billing", and not "Monthly Billing".

A value is told by the words that set it apart from the others. Words that name none, or several, name nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

_WORD: Final = re.compile(r"[^\W_]+")
_GENERIC: Final = re.compile(
    r"an?|the|is|are|was|were|be|been|has|have|had|of|for|to|in|on|at|by|with|and|or|their|his|her|its|this|that|it|"
    r"they|he|she|customer|user|client|caller|member|subscriber|subscription|account|plan|type|kind|status|current|"
    r"currently|option"
)
"""Words that set nothing apart."""

_DENIES: Final = re.compile(r"\b(?:not|no|never|neither|nor|without|none|cannot)\b|n['’]t\b", re.I)


def option_in(words: str, options: Sequence[str]) -> str | None:
    """Return the one option that the words name; None where they name none, or deny it."""
    said = _tokens(words)
    same = [option for option in options if _tokens(option) == said]
    if len(same) == 1:
        return same[0]
    if denies(words):
        return None
    telling = [_telling(option, options) for option in options]
    named = [place for place, tokens in enumerate(telling) if tokens and tokens <= set(said)]
    # "Plus, paid yearly" names what "Plus" names, and more.
    most = [place for place in named if not any(telling[place] < telling[other] for other in named)]
    if not named:
        short = _without_generic(set(said))
        most = [place for place, tokens in enumerate(telling) if short and short <= tokens]
    return options[most[0]] if len(most) == 1 else None


def denies(words: str) -> bool:
    """Tell whether words deny something."""
    return bool(_DENIES.search(words))


def _telling(option: str, options: Sequence[str]) -> set[str]:
    own = set(_tokens(option))
    shared = set.intersection(*(set(_tokens(other)) for other in options)) if len(options) > 1 else set()
    return _without_generic(own - shared) or own - shared


def _without_generic(tokens: set[str]) -> set[str]:
    return {token for token in tokens if not _GENERIC.fullmatch(token)}


def _tokens(words: str) -> tuple[str, ...]:
    return tuple(_stem(word) for word in _WORD.findall(words.casefold()))


def _stem(word: str) -> str:
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word
