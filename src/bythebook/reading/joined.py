"""Two things of the article asked for at once: "send me the one and the other"."""

from __future__ import annotations

from typing import Final

from bythebook.reading import facets
from bythebook.reading.context import Context
from bythebook.reading.head import Ranked

WORDS_MIN: Final = 2
"""Words a thing must have that is asked for beside another."""


def joined(context: Context, plain: str) -> tuple[Ranked, ...]:
    """Return both, where each half of the clause alone is sure of another; else nothing."""
    left, joint, right = plain.partition(" and ")
    if not joint or len(right.split()) < WORDS_MIN:
        return ()
    asked = facets.TELL.match(left)
    halves = (left, f"{asked.group()} {right}" if asked is not None and not facets.TELL.match(right) else right)
    found = [context.topic(half) for half in halves]
    sure = tuple(one for one in found if one is not None and one.probability >= context.act_min)
    return sure if len({one.choice for one in sure}) == len(halves) else ()
