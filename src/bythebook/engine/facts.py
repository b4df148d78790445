"""Yes-or-no facts by name: `seats_available` being false settles `seats_not_available`, and the other way round."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from bythebook.engine.outcome import plain
from bythebook.routine.value import Value

_NOT: Final = re.compile(r"(?:^|(?<=_))(?:not|no|cannot)_")


def fact_holds(fact: str, facts: Mapping[str, Value]) -> bool | None:
    """Return whether the facts make it hold; None where they say nothing of it."""
    for name, value in facts.items():
        if isinstance(value, bool) and same_fact(name, fact):
            return value == (denied(name) == denied(fact))
    return None


def same_fact(first: str, second: str) -> bool:
    """Tell whether two names are of one fact, said or denied."""
    return positive(first) == positive(second)


def with_fact(facts: Mapping[str, Value], name: str, value: Value) -> Mapping[str, Value]:
    """Return the facts with this one settled: the last word counts, whether it says or denies."""
    others = {known: held for known, held in facts.items() if not same_fact(known, name)}
    return MappingProxyType({**others, name: value})


def positive(name: str) -> str:
    """Return a fact's name without its denial."""
    return _NOT.sub("", plain(name))


def denied(name: str) -> bool:
    """Tell whether a name says that something is not so."""
    return bool(_NOT.search(plain(name)))
