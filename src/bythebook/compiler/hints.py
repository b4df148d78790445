"""Why words are not understood, as far as they show it, and the nearest wording that is."""

from __future__ import annotations

import re
from typing import Final

from bythebook.compiler.mending import mend
from bythebook.compiler.text import snake
from bythebook.compiler.wording import WORDINGS

# What the words look like, what to do about it, and the row of the wording table that is meant.
_HINTS: Final[tuple[tuple[re.Pattern[str], str, str], ...]] = (
    (
        re.compile(r".*\bif (?:you|we) (?:do not|don['’]t) (?:have|know)\b.*\bfirst\W*$", re.I | re.S),
        "put the asking on a line of its own before this one: If you don't have it yet, ask for it",
        "call",
    ),
    (re.compile(r"\**(?:else|otherwise|or else)\b", re.I), "put what to do then in lines under it", "otherwise"),
    (
        re.compile(r"\**(?:if|when|whenever|once|after)\b", re.I),
        "end the condition with a colon, and put what to do in lines under it",
        "condition",
    ),
    (
        re.compile(r"[^\"“”]*\bcall\b[^\"“”]*(?:`|\w_\w|\bfunction\b)", re.I),
        "say nothing more of it in this line",
        "call",
    ),
    (re.compile(r"[^\"“”]*+[\"“][^\"“”]*+$"), "close the quotation marks around the words to say", "inform"),
    (
        re.compile(r"(?:[^\"“”]*[\"“”]){3}"),
        "put one message in one pair of quotation marks, and each further message on a line of its own",
        "inform",
    ),
    (
        re.compile(r"(?:politely )?(?:ask|request|confirm|check)\b[^\"“”]*[\"“”]", re.I),
        "write the question in quotation marks",
        "ask",
    ),
    (
        re.compile(r"(?:politely )?(?:inform|tell|say|provide|offer|instruct)\b", re.I),
        "write the words to say in quotation marks",
        "inform",
    ),
    (re.compile(r"\W*(?:repeat|retry|try)\b.*\buntil\b", re.I), "say how often at most", "repeat"),
    (
        re.compile(r"[^\"“”]*\b(?:step|path|proceed|go to|skip)\b", re.I),
        "say where to go on, and nothing else",
        "go-to",
    ),
    (
        re.compile(
            r"\W*(?:add|apply|arrange|book|cancel|change|charge|check|create|deliver|determine|enter|file|find|grant|"
            r"issue|look|open|order|pay|post|print|process|record|refund|register|remove|retrieve|search|send|set|ship|"
            r"store|submit|update|validate|verify|write)\b",
            re.I,
        ),
        "name the function that does it",
        "call",
    ),
)
_EXAMPLES: Final = {wording.name: wording.example for wording in WORDINGS}
CELLS_MIN: Final = 2
"""A table's head and its rule come before its first row."""

HINT: Final = "say it, ask it, call a function for it, or take it out"


def hint(words: str) -> str:
    """Return what the author can write instead of words that are not understood."""
    mended = mend(words)
    if mended is not None:
        return f"write: {mended}"
    for pattern, advice, name in _HINTS:
        if pattern.match(words):
            return f"{advice}; the nearest wording is: {_EXAMPLES[name]}"
    return HINT  # no wording is near: one that has nothing to do with the words would mislead


def _row_of(words: str) -> str:
    """Return the first row of a table of conditions as a line: what its columns are called, and what is done then."""
    rows = [[cell.strip(" *") for cell in row.strip().strip("|").split("|")] for row in words.strip().split("\n")]
    if len(rows) > CELLS_MIN and len(rows[0]) == len(rows[2]) > 1 and all(rows[0]):
        pairs = zip(rows[0][:-1], rows[2][:-1], strict=True)
        named = " and ".join(
            f"{snake(name.rstrip('?'))} is {value}" for name, value in pairs if value not in ("", "-", "any")
        )
        return f"- If {named}: {rows[2][-1]}" if named else "- If status is open: ..."
    return "- If months_left is 0 and arrears is no, go to step 4."


def beside_steps(words: str) -> str:
    """Return what to write instead of words that stand under a step and are no line of it."""
    if words.lstrip().startswith("|"):
        return f"write each row of the table as a line under the step: {_row_of(words)}"
    return "begin it with a marker such as `-`, or move it above the routine under a heading of its own"
