"""What ought to be done, said as what to do: "the guest should be asked whether ..." is "ask the guest whether ...".

Legal, clumsy and foreign writers put instructions into the passive, or tell what the officer shall do. A table of
rewritings, tried where words are in no wording as they stand; what only states a fact ("the fee was charged", "the
customer is called back by the team") is in none. Each piece of the rewritten words knows where it stood.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from bythebook.compiler.rewritings import OUGHT_TOO as OUGHT_TOO
from bythebook.compiler.rewritings import REWRITINGS as REWRITINGS
from bythebook.compiler.rewritings import Rewriting as Rewriting
from bythebook.source.span import Span

WORDS_MAX: Final = 1_500
"""Characters beyond which words are not rewritten."""


@dataclass(frozen=True, slots=True)
class Rewritten:
    """Words in another form, and where each piece of them stood."""

    words: str
    pieces: tuple[tuple[int, int, int], ...]
    """Where a piece begins in the words, where it began in the text, and its length."""

    def place(self, span: Span) -> Span | None:
        """Return where words stood; nothing where they were not next to each other."""
        for at, origin, length in self.pieces:
            if at <= span.start and span.end <= at + length:
                return span.shift(origin - at)
        return None


_VERBS: Final = {
    "told": "tell",
    "given": "give",
    "requested": "ask",
    "invited": "ask",
    "notified": "notify",
    "passed": "pass",
    "advised": "advise",
    "transferred": "transfer",
    "passed on": "pass",
    "handed over": "hand",
    "handed on": "hand",
    "escalated": "escalate",
    "forwarded": "forward",
    "referred": "refer",
    "welcomed": "welcome",
    "collected": "collect for",
    "obtained": "collect",
    "taken": "ask for",
    "noted": "ask for",
    "asked": "ask",
    "asked for": "ask for",
    "requested for": "ask for",
    "read out": "read out",
    "provided": "provide",
    "mentioned": "mention",
    "explained": "explain",
    "shared": "share",
    "stated": "give",
    "wished": "wish",
    "offered": "offer",
    "ended": "end",
    "closed": "close",
    "repeated": "repeat",
    "reassured": "reassure",
}


_INSIDE: Final = re.compile(r"^(?:The|Their|His|Her|An?|All)(?= )")
"""How a sentence begins that is now inside of one."""


def imperative(words: str) -> str:
    """Return words as the instruction that they are, or as they stand."""
    found = rewritten(words, 0, len(words))
    return found.words if found is not None else words


def rewritten(text: str, start: int, end: int, times: int = 2) -> Rewritten | None:
    """Return the words between two places in another form; nothing where no row fits."""
    if end - start > WORDS_MAX:
        return None
    for one in REWRITINGS:
        if match := one.pattern.match(text, start, end):
            first = _built(one.words, match)
            again = rewritten(first.words, 0, len(first.words), times - 1) if times > 1 else None
            return _through(first, again) if again is not None else first
    return None


def _built(words: str, match: re.Match[str]) -> Rewritten:
    built = ""
    pieces = []
    for literal, group in re.findall(r"([^{}]*)(?:\{(\w+)\})?", words):
        built += literal
        if group == "verb":
            built += _verb(match["verb"])
        elif group == "does":
            built += re.sub(r"(?<=[og])es$|s$", "", match["does"].lower())
        elif group == "who" and not match["who"].lower().startswith("the "):
            built += "them"
        elif group:
            pieces.append((len(built), match.start(group), len(match[group])))
            built += _INSIDE.sub(lambda found: found[0].lower(), match[group]) if built else match[group]
    return Rewritten(built, tuple(pieces))


def _through(first: Rewritten, second: Rewritten) -> Rewritten:
    pieces = []
    for at, origin, length in second.pieces:
        place = first.place(Span(origin, origin + length))
        if place is not None:
            pieces.append((at, place.start, length))
    return Rewritten(second.words, tuple(pieces))


def _verb(participle: str) -> str:
    word = " ".join(participle.lower().split())
    return _VERBS.get(word) or re.sub(r"ed$", "", word)
