"""Near names, for `did you mean`."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from typing import Final

NEARNESS_MIN: Final = 0.7


def did_you_mean(name: str, candidates: Iterable[str]) -> str | None:
    """Return "did you mean `x`?" for the nearest candidate, or nothing when none is near."""
    close = get_close_matches(name, sorted(candidates), n=1, cutoff=NEARNESS_MIN)
    return f"did you mean `{close[0]}`?" if close else None


def near(word: str, known: Iterable[str]) -> str:
    """Return what may be meant by a name that is not known: one that is near, or those there are."""
    names = sorted(set(known))
    some = ", ".join(f"`{one}`" for one in names[:12])
    return did_you_mean(word, names) or (f"use one of: {some}" if some else "take it out")
