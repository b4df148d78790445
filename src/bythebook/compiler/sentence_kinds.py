"""What single sentences of an item are, and how words begin that are no part of what stands around them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import get_close_matches
from typing import Final

from bythebook.compiler.clauses import Clause
from bythebook.compiler.forms import Asking, Calling, Chain, Collecting, Telling
from bythebook.compiler.people import PEOPLE
from bythebook.source.span import SourceFile

_COLON: Final = re.compile(r"\s*(?:,?\s*then\s*)?:")

SLIP_MIN: Final = 0.8
"""How near a word is to the one that it is a slip for."""

ASKS_MORE: Final = re.compile(
    r"\A\W*(?:if|when|whenever|once|unless|else|otherwise|in case)\b|[.!?:]\s+(?:if|otherwise|else)\b|"
    r"\b(?:call|invoke|run|trigger) (?:the )?[`'\"]?[a-z]\w*_\w+|\b(?:with|using|by|via) `[a-z]\w*_\w+|"
    r"\A\W*[a-z]\w*(?: \w+){0,3}`? ?[=<>≤≥≠]+ ?\S+[^:]*:",
    re.I,
)
"""A condition, or a call: never a part of what the line above says, whether or not it is understood."""

DOES: Final = re.compile(
    r"\b(?:be|been) (?:asked|told|informed|called|advised|offered|given)\b|\bcall (?:the )?`\w+\(", re.I
)
"""What nothing under a line does for it: "The guest should be asked whether ...", "Call `f(x)` and ..."."""

NO_ANSWER: Final = re.compile(r"[\"“”`→=<>:;]|->|\bsteps? \d", re.I)
"""Signs that words under a question are no answer to it, but say what to do."""

TELLS_WHAT_THEN: Final = re.compile(
    r"\W*(?:if|when|once)\b[^\"“”]*?\b(?:ask|tell|inform|call|transfer|pass|escalate|hand|send|refund)\b "
    rf"(?:the (?:{PEOPLE})|them|it|to|over|for)\b",
    re.I,
)
"""A condition with something to do: no note, whether or not it is understood."""

FINDS_OUT: Final = re.compile(
    r"\A(?:\W*(?:greet|welcome|thank)\b[^.,:]*(?:,| and| then)+ )?"
    r"\W*(?:find out|determine|establish|identify|clarify)\b"
    r"[^.]*[.:]?\s*\Z",
    re.I,
)
"""A line that says what is to be found out, and nothing else; a question under it does so."""

IMPERATIVE: Final = re.compile(r"\W*(?:ask|call|tell|inform|say|explain|check|verify|run|use|get|collect)\b", re.I)


def slip_of_else(words: str) -> bool:
    """Tell whether words alone on their line, with a colon, are "otherwise" with a slip of the pen."""
    said = words.strip(" *").removesuffix(":").lower()
    near = said.isalpha() and bool(get_close_matches(said, ("otherwise",), n=1, cutoff=SLIP_MIN))
    return near and said != "otherwise"


def understood(clause: Clause) -> bool:
    """Tell whether a sentence says what to do, in words that can be carried out."""
    return bool(clause.parts) and all(part.form is not None for part in clause.parts)


def tells(clause: Clause) -> bool:
    """Tell whether a sentence tells or asks the customer something."""
    return any(isinstance(part.form, Telling | Asking | Collecting) for part in clause.parts)


def is_call(clause: Clause) -> bool:
    """Tell whether a sentence only calls, under no condition."""
    return clause.condition is None and len(clause.parts) == 1 and isinstance(clause.parts[0].form, Calling)


def heads_its_line(clauses: Sequence[Clause], file: SourceFile) -> bool:
    """Whether the condition that a line opens with holds for its other sentences too: "If it is cracked: ... Ask ..."

    A colon makes it so, where no other condition of the line has one, and no other branch of it follows.
    """
    if not _has_colon(clauses[0], file):
        return False
    inside = False
    for clause in clauses[1:]:
        if _has_colon(clause, file) or (clause.chain in (Chain.ELSE, Chain.ELSE_IF) and not inside):
            return False
        inside = inside or clause.condition is not None
    return True


def _has_colon(clause: Clause, file: SourceFile) -> bool:
    return clause.condition is not None and _COLON.match(file.text, clause.condition.end) is not None
