"""What a document asks of customers that the chat cannot take: files, and what is masked before anybody sees it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from bythebook.compiler.compile import Compiled
from bythebook.routine.model import Ask, Collect, Say

FILE: Final = re.compile(
    r"\b(?:attach(?:ment|ing|ed)?|upload(?:ing|ed)?|screenshots?|(?:copy|copies|scan|photo|picture) of|widget)\b",
    re.I,
)

MASKED: Final = re.compile(
    r"\b(?:(?:credit|debit|bank|payment) )?cards?(?:['’]s)? (?:number|detail|data|information)s?\b|"
    r"\bpayment(?: method| card)?(?:['’]s)? (?:details|information|data)\b|\bnew payment method details\b|"
    r"\b(?:cvv|cvc)\d?\b|\bpasswords?\b|\bsocial security numbers?\b",
    re.I,
)

PRIVATE: Final = re.compile(rf"{MASKED.pattern}|\bmedical records?\b", re.I)
"""What the chat asks customers not to share."""


@dataclass(frozen=True, slots=True)
class AskedFor:
    """A line that asks for something, and its words for that."""

    label: str
    words: str
    place: int
    """The line of the text it begins on, from 1."""


def wants_file(compiled: Compiled) -> AskedFor | None:
    """Return the first line that speaks of a file to a customer; None where none does."""
    return _asked_for(compiled, FILE, (Ask, Collect, Say))


def wants_masked(compiled: Compiled) -> AskedFor | None:
    """Return the first line that asks for what is masked in every message: nobody gets to see it."""
    return _asked_for(compiled, MASKED, (Ask, Collect))


def wants_private(compiled: Compiled) -> AskedFor | None:
    """Return the first line that asks for what customers are asked to keep to themselves."""
    return _asked_for(compiled, PRIVATE, (Ask, Collect))


def _asked_for(compiled: Compiled, what: re.Pattern[str], kinds: tuple[type, ...]) -> AskedFor | None:
    for line in compiled.routine.lines:
        found = what.search(compiled.file.slice(line.span))
        if found is not None and isinstance(line.instruction, kinds):
            return AskedFor(line.label, found[0], compiled.file.position(line.span.start)[0])
    return None
