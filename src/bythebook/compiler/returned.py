"""What definitions say that functions return, field by field: "returns found (yes or no), customer_name".

A condition that names such a field, or one of the values that are listed for it, is decided by that field.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from bythebook.compiler.text import snake
from bythebook.compiler.value_lists import VALUES_MIN, values_in
from bythebook.routine.model import Compare

FIELDS_MAX: Final = 30
FOUND: Final = frozenset(
    ("found", "exists", "exist", "known", "match", "matches", "matched", "registered", "on_file")
)
"""Names of fields that tell whether what was looked up is there."""
BARE_MAX: Final = 3
"""Words of a value that is named without a verb."""

_RETURNS: Final = re.compile(r"\b(?:returns?|gives?(?: back)?|outputs?|sends? back|answers? with)\b:?\s+", re.I)
_JOINT: Final = re.compile(r",(?:\s+and)?\s+(?![^()]*\))|\s+and\s+(?![^()]*\))|;\s*")
_FIELD: Final = re.compile(
    r"(?:(?:the|an?|its|their|also)\s+)*(?:whether (?:it|they|he|she|the \w+) (?:is|are|was|were|has been) )?"
    r"`?(?P<name>[a-z]\w*)`?(?:\s*(?:\((?P<inside>[^()]*)\)|[:=]\s*(?P<behind>.+)|\s+(?P<bare>(?:yes|true|no|false)\b.*)))?$",
    re.I,
)
_LISTING: Final = re.compile(r"(?:the |an? )?`?[a-z]\w*`?\s*[:=]\s*[\w-]+$", re.I)
"""A field with the first of its values behind it."""
_VALUE: Final = re.compile(r"(?:or )?[a-z0-9]+(?:-[a-z0-9]+)*$")
_DOES: Final = re.compile(
    r"(?:(?P<none>no|nothing|neither|none)\b\s*|(?:an?|the|any|some|something|it|this|that|at least one)\b\s*)"
    r"(?:[\w'’-]+\s+){0,3}?(?P<not>(?:does not|doesn['’]t|did not|didn['’]t)\s+)?(?P<what>[a-z]{3,})$",
    re.I,
)
"""What is found out, said by a verb: "an item matches", "no account exists"."""
ROOT: Final = 5
"""Letters by which two word forms are told to be of one word ("match", "matches")."""
_YES_OR_NO: Final = re.compile(r"\W*(?:yes\W+(?:or\W+)?no|true\W+(?:or\W+)?false|bool(?:ean)?|y/n|yes/no)\W*$", re.I)
_SAYS: Final = re.compile(
    r"(?:(?:the|an?|their|his|her|its|this|that|it|they|he|she|customer['’]?s?)\s+)*(?P<of>(?:[\w'’-]+\s+){0,4}?)"
    r"(?P<verb>is|are|was|were|has been|have been|isn['’]t|aren['’]t|wasn['’]t|hasn['’]t been|can['’]t be|cannot be|"
    r"can be|could not be|couldn['’]t be)\s+(?P<no>not\s+)?(?:(?:already|yet|currently|still|now|in|been)\s+)*"
    r"(?P<what>[\w -]{2,40}?)\s*\.?$",
    re.I,
)
_DENIES: Final = re.compile(r"n['’]t|cannot|not\b", re.I)
_LINKS: Final = re.compile(r"\b(?:is|are|was|were)\b", re.I)
_NOTHING_IS: Final = re.compile(r"no\s+(?:[\w-]+\s+){1,4}(?:is|are|was|were)\s+(?P<what>\w+)$", re.I)


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a result."""

    name: str
    values: tuple[str, ...] = ()
    """What it may hold, where the definition lists that."""

    flag: bool = False
    """It is a yes or a no."""


def fields_of(purpose: str) -> tuple[Field, ...]:
    """Return the fields that the words of a definition say are returned; none where they say it in prose."""
    begins = _RETURNS.search(purpose)
    if begins is None:
        return ()
    words = re.split(r"\.(?:\s|$)", purpose[begins.end() :], maxsplit=1)[0].strip()
    found = []
    for part in _with_lists(_JOINT.split(words))[:FIELDS_MAX]:
        match = _FIELD.match(part.strip())
        if match is not None:
            said = match["inside"] or match["behind"] or match["bare"] or ""
            flag = bool(_YES_OR_NO.match(said))
            values = () if flag else values_in(said)
            found.append(Field(match["name"], values if len(values) >= VALUES_MIN else (), flag))
    return tuple(found)


def _with_lists(parts: Sequence[str]) -> list[str]:
    """Values of a list go with their field: "state: open, closed" is one field, and "state: open, closed_at" two."""
    found: list[str] = []
    listing = False
    for part in parts:
        if listing and _VALUE.match(part.strip()):
            found[-1] += f", {part.strip()}"
            continue
        listing = bool(_LISTING.match(part.strip()))
        found.append(part)
    return found


def decided_by(words: str, calls: Mapping[str, Sequence[Field]]) -> Compare | None:
    """Return the comparison with a field that words say: "it is not registered" for the field `registered`.

    `calls` are the fields of the functions called before, the latest last.
    """
    words = words.strip()
    bare = _bare(words, calls)
    if bare is not None:
        return bare
    none = _NOTHING_IS.match(words)
    match = _SAYS.match(words)
    if match is None and none is None:
        return _done(words, calls)
    said = none or match
    what = snake(said["what"]) if said is not None else ""
    denied = none is not None or bool(match is not None and (match["no"] or _DENIES.search(match["verb"])))
    of = snake(match["of"]) if match is not None else ""
    for fields in reversed(list(calls.values())):
        for field in fields:
            own = snake(field.name)
            if own == what and (field.flag or not field.values):
                return Compare(field.name, "==", not denied)
            value = next((one for one in field.values if snake(one) == what), None)
            if value is not None and none is None and (own == of or not of or own in of.split("_")):
                return Compare(field.name, "!=" if denied else "==", value)
    return None


def _done(words: str, calls: Mapping[str, Sequence[Field]]) -> Compare | None:
    """ "nothing matches", where `match` may be true or false; "no account exists", where `exists` is returned."""
    match = _DOES.match(words)
    if match is None:
        return None
    verb = match["what"].lower()
    for fields in reversed(list(calls.values())):
        for field in fields:
            same = len(verb) >= ROOT and field.name.lower()[:ROOT] == verb[:ROOT]
            if same and (field.flag or not field.values):
                return Compare(field.name, "==", not (match["none"] or match["not"]))
    return None


def found_flag(fields: Sequence[Field]) -> Field | None:
    """Return the field that tells whether something was found, where a definition lists one."""
    flags = [field for field in fields if snake(field.name) in FOUND and (field.flag or not field.values)]
    return flags[0] if len(flags) == 1 else None


def _bare(words: str, calls: Mapping[str, Sequence[Field]]) -> Compare | None:
    """ "account closed", where `status` may be `closed`."""
    if _DENIES.search(words) or _LINKS.search(words) or len(words.split()) > BARE_MAX:
        return None
    said = snake(words)
    named = [
        Compare(field.name, "==", value)
        for fields in calls.values()
        for field in fields
        for value in field.values
        if said == snake(value) or said.endswith(f"_{snake(value)}")
    ]
    return named[0] if len(named) == 1 else None
