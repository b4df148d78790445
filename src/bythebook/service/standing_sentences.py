"""What the assistant says in every document, and what one document says in its place."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from bythebook.compiler.phrase_needs import PhraseFor, PhraseNeed
from bythebook.routine.wording import Phrase
from bythebook.service.drafts import DraftRefused

NOT_OF_ONE: Final = ("several", "reception", "reception_many", "greeting")
"""Said where no document was chosen yet."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """One of them."""

    name: str
    when: str
    words: str
    """As this document says it."""

    own: Phrase | None
    """What stands in its `phrases.toml`."""


def sentences(house: bytes, own: Mapping[str, Phrase]) -> tuple[Sentence, ...]:
    """Return the standing sentences with when they are said; those that a document words itself come first."""
    tables = tomllib.loads(house.decode("utf-8"))["phrase"]
    found = [
        Sentence(name, table["when"], own[name].text if name in own else table["text"], own.get(name))
        for name, table in tables.items()
        if name not in NOT_OF_ONE and "text" in table
    ]
    return tuple(sorted(found, key=lambda one: one.own is None))


def need_of(house: bytes, name: str) -> PhraseNeed:
    """Return what a standing sentence is approved for: nothing that a document says; raise DraftRefused."""
    if all(one.name != name for one in sentences(house, {})):
        raise DraftRefused("there is no such sentence any more: look at the list again")
    return PhraseNeed(PhraseFor.HOUSE, name, "", None, None, None)
