"""A bold name in front of a step's sentences: "**Verify the account.** Ask for the number. Call `verify`."

It is the title of what follows, where that does what it says; a deed
that nothing behind it does stays, and is reported.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Final

from bythebook.compiler.clauses import Clause
from bythebook.compiler.forms import (
    Asking,
    Behaving,
    Calling,
    Closing,
    Collecting,
    Doing,
    Form,
    Going,
    Handing,
    Quoted,
    Telling,
)
from bythebook.compiler.people import PEOPLE
from bythebook.compiler.recognise import recognise

WORDS_MAX: Final = 7
"""Longer bold words are a sentence of their own."""

_LEAD: Final = re.compile(r"\s*(?:\*\*|__)(?P<words>[^*_\n]{2,60}?)(?:\*\*|__)\s*[.:–—-]?(?=\s|$)\s*")
_ENDS: Final = re.compile(r"[.:–—-]\W*$")
_NAMES_A_DEED: Final = re.compile(
    r"\W*(?:verify|check|identify|collect|ask|get|greet|welcome|confirm|apologi[sz]e|look|find|explain|tell|inform|close|end|open|"
    r"start|begin|finish|gather|request|determine|establish|clarify|validate|search|review|update|cancel|refund|process|"
    r"offer|book|create|record|log|submit|send|resolve|escalate|transfer|hand|wrap|say|thank|understand|locate|"
    r"authenticate|authorise|authorize|\w{3,}ing|\w{3,}(?:tion|ment|ance)|greeting|feedback|closing|goodbye)\b",
    re.I,
)
"""What may stand in front of a colon; "**Members:** call `f`" says for whom it is."""

_OF_PEOPLE: Final = re.compile(rf"\b(?:{PEOPLE})s?\b", re.I)
_NO_TITLE: Final = re.compile(
    r"\W*(?:if|when|whenever|once|unless|until|else|otherwise|only|never|always|do not|don['’]t|no|not|note|"
    r"important)\b|"
    r"[\"“”`?→]|->|\b(?:not|never)\b|\b(?:step|line) #?\d",
    re.I,
)
_SPEAKS: Final = re.compile(
    r"\W*(?:greeting|opening|introduction|closing|goodbye|apology|say|tell|inform|explain|apologi[sz]e|thank|greet|welcome|remind|advise|warn|reassure|confirm|close|end|finish)\b",
    re.I,
)
_DOES: Final = (Calling, Going, Handing, Collecting, Asking)


def read_led(words: str, read: Callable[[str], tuple[Clause, ...]]) -> tuple[Clause, ...]:
    """Return an item's sentences without the bold name in front of them; all of them where it is none."""
    lead = _LEAD.match(words)
    if lead is None or not _ENDS.search(lead[0]) or _NO_TITLE.search(lead["words"]):
        return read(words)
    sentence = lead[0].rstrip(" *_").endswith(".")
    # "**Members.** Call `f`" says for whom it is.
    plainly = _NAMES_A_DEED.match(lead["words"]) or (sentence and not _OF_PEOPLE.search(lead["words"]))
    if len(lead["words"].split()) > WORDS_MAX or not plainly:
        return read(words)
    # Blanks in its stead keep every place where it is.
    behind = read(" " * lead.end() + words[lead.end() :])
    forms = [part.form for clause in behind for part in clause.parts]
    if not forms:
        return read(words)
    return behind if _entitles(lead["words"].strip(" .:–—-"), forms) else read(words)


def _entitles(words: str, behind: Sequence[Form | None]) -> bool:
    form = recognise(words)
    if form is None or isinstance(form, Doing | Behaving):
        does = any(isinstance(one, _DOES) for one in behind)
        return does or (bool(_SPEAKS.match(words)) and any(isinstance(one, Telling | Quoted) for one in behind))
    # "**Apologise.** Say: "We are sorry."": the words behind it are what it means.
    again = isinstance(form, Telling) and isinstance(behind[0], Telling | Quoted)
    asked = isinstance(form, Asking | Collecting) and isinstance(behind[0], Asking | Collecting | Quoted)
    return again or asked or (isinstance(form, Closing) and any(isinstance(one, _DOES) for one in behind))
