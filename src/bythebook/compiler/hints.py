"""Why words are not understood, as far as they show it, and what to write instead."""

from __future__ import annotations

import re
from typing import Final

_HINTS: Final[tuple[tuple[re.Pattern[str], str], ...]] = (
    (re.compile(r"\**(?:else|otherwise|or else)\b", re.I), "put what to do otherwise in lines under `Otherwise:`"),
    (
        re.compile(r"\**(?:if|when|once|after)\b", re.I),
        "end the condition with a colon, `If the customer ..., then:`, and put what to do in lines under it",
    ),
    (re.compile(r"[^\"“”]*\bcall\b", re.I), "write: Call the `name` function."),
    (re.compile(r"[^\"“”]*+[\"“][^\"“”]*+$"), "close the quotation marks around the words to say"),
    (
        re.compile(r"(?:[^\"“”]*[\"“”]){3}"),
        "put one message in one pair of quotation marks, and each further message on a line of its own",
    ),
    (
        re.compile(r"(?:politely )?(?:ask|request|confirm|check)\b[^\"“”]*[\"“”]", re.I),
        'write the question in quotation marks: Ask the customer: "..."',
    ),
    (
        re.compile(r"(?:politely )?(?:inform|tell|say|provide|offer|instruct)\b", re.I),
        'write the words to say in quotation marks: Inform the customer: "..."',
    ),
    (re.compile(r"\W*(?:repeat|retry|try)\b.*\buntil\b", re.I), "write: If it fails, retry twice."),
    (re.compile(r"[^\"“”]*\b(?:step|proceed|go to|skip)\b", re.I), "write: Proceed to step 6."),
    (
        re.compile(
            r"\W*(?:add|apply|arrange|cancel|check|create|determine|find|look|process|record|refund|retrieve|search|"
            r"send|set|submit|update|validate|verify)\b",
            re.I,
        ),
        "name the function that does it: Call the `name` function.",
    ),
)
HINT: Final = (
    'begin with: Inform the customer: "..." / Ask the customer: "..." / Call the `name` function. / '
    "If the customer ..., then:"
)


def hint(words: str) -> str:
    """Return what the author can write instead of words that are not understood."""
    return next((text for pattern, text in _HINTS if pattern.match(words)), HINT)
