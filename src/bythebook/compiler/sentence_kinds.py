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
    r"\A\W*[a-z]\w*(?: \w+){0,3}`? ?[=<>≤≥≠]+ ?\S+[^:]*:|"
    r"`[a-z_]\w*\([^`]*\)`|\b(?:go|proceed|return|skip|continue) (?:to|at|with) (?:(?:step|line|question|point) |"
    r"§ ?)?"
    r"(?:\d|(?-i:[A-Z])(?:\)|\.?\W*\Z))",
    re.I,
)
"""A condition, or a call: never a part of what the line above says, whether or not it is understood."""

ASKED: Final = re.compile(
    rf"[^:]*\b(?:ask|request|enquire|inquire|query (?:if|whether)|(?:confirm|check|verify|clarify|"
    rf"find out) (?:with|from) (?:the )?"
    rf"(?:{PEOPLE}|them)\b)",
    re.I,
)
ASKS_YOU: Final = re.compile(
    r"\A\W*(?:what|which|when|where|who|how|for which)\b.*\?\W*\Z|\byour?\b.*\?\W*\Z", re.I | re.S
)
"""A question that only the customer can answer: "What is your name?"."""

_NONE: Final = re.compile(
    r"(?:in the (?:case|event) (?:that )?)?(?:(?:there (?:is|are|exists?) )?(?:none|nothing)(?: (?:is|are|exists?|"
    r"remains?|left))*|"
    r"(?:this|that) is not the case|they (?:have|need) (?:none|nothing)|"
    rf"(?:the (?:{PEOPLE})|they) (?:has|have) no (?:more |further |other )?(?:wishes|requests|questions|matters))",
    re.I,
)
"""Behind the closing question: there is nothing else."""

DOES: Final = re.compile(
    r"\b(?:be|been) (?:asked|told|informed|called|advised|offered|given)\b|\bcall (?:the )?`\w+\(|"
    r"`[a-z_]\w*\([^`]*\)`",
    re.I,
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


_TO_DO: Final = re.compile(
    r"\W*(?:(?:please|then|next|now|also|politely|first),? )*(?:ask|call|tell|inform|say|explain|check|verify|run|"
    r"collect|"
    r"request|transfer|escalate|if|when|where|once|otherwise|unless|should the)\b",
    re.I,
)


_SPEAKS: Final = re.compile(
    r"\W*(?:(?:please|then|next|now|also|politely|first),? )*(?:ask|tell|inform|say|collect|request|transfer|"
    r"escalate)\b",
    re.I,
)


def speaks_to_them(words: str) -> bool:
    """Tell whether words begin as what is asked or told, understood or not."""
    return bool(_SPEAKS.match(words))


def told_to_do(words: str) -> bool:
    """Tell whether a sentence begins as one that says what to do, understood or not."""
    return bool(_TO_DO.match(words))


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


def follows_none_left(clause: Clause, file: SourceFile) -> bool:
    """Tell whether it is what follows the no to the closing question before it: "If there are none, call f"."""
    if clause.condition is None or clause.chain is not Chain.IF or len(clause.parts) != 1:
        return False
    return isinstance(clause.parts[0].form, Calling) and bool(
        _NONE.fullmatch(file.slice(clause.condition).strip(" ,."))
    )


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
