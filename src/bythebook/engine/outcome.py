"""How a call ended, read off what it returned. A table of rules, tried in order; docs/functions.md tells them.

Nothing here decides what follows: conditions of the document do (`engine/holding.py`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Final

from bythebook.routine.value import Value

SUCCESS: Final = "success"
FAILURE: Final = "failure"

BARE: Final = "result"
"""The field of a result that is one bare value."""

NAMES_KEPT: Final = 4096
"""So many names are remembered as they are compared."""

SENTENCE_CHARACTERS_MAX: Final = 200
"""How much of a text is looked at."""

_DONE: Final = frozenset({"success", "successful", "succeeded", "ok", "done", "completed"})
"""Yes-or-no fields that say it before any other does."""

_GOOD: Final = frozenset(
    {"found", "valid", "verified", "eligible", "approved", "authenticated", "authorized", "authorised", "available"}
    | {"exists", "confirmed", "allowed", "accepted", "correct", "matched", "match"}
)
_BAD: Final = frozenset(
    {"error", "failed", "failure", "fail", "not_found", "invalid", "unverified", "denied", "declined", "rejected"}
    | {"refused", "ineligible", "unavailable", "expired", "incorrect", "unsuccessful"}
)
_BEFORE: Final = re.compile(r"^(?:is|was|has|are|been)_")
_HUMP: Final = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_NOT_A_LETTER: Final = re.compile(r"[\W_]+")
_TELLING: Final = ("outcome", "status", BARE, "message", "response")
"""Fields whose text says how it ended, the most telling first."""

_SENTENCE: Final = re.compile(r"[^.!?;\n]*")
# What a text says that tells of no success. Each has a text in tests/engine/test_outcome.py.
_SAYS_NO: Final = re.compile(
    r"\b(?:fail(?:ed|ure|s)?|unsuccessful(?:ly)?|unable|invalid|incorrect|denied|declined|rejected|refused|expired"
    r"|unverified|ineligible|unauthori[sz]ed|mismatch|unknown|wrong|unrecogni[sz]ed"
    r"|(?<!no )(?<!without )errors?"
    r"|(?:is|are|was|were|has|have|had|do|does|did|can|could|will|would)(?:n['’]t|(?: \w+)? not)\b"
    r"|cannot|could not|not (?:found|valid|verified|available|eligible|allowed|permitted|recogni[sz]ed|approved)"
    r"|no (?:match(?:es|ing)?|such|results?|records?|account|customer|order|booking|availab\w+"
    r"|\w+(?: \w+){0,6} found))\b",
    re.I,
)


def outcome_of(fields: Mapping[str, Value]) -> str:
    """Return `success`, `failure`, or the name that the result's own `outcome` gives."""
    named = fields.get("outcome")
    if isinstance(named, str) and named.strip():
        return _by_text(named) if plain(named) in _BAD else named
    flag = _by_flag(fields)
    if flag is not None:
        return SUCCESS if flag else FAILURE
    if fields.get("error") or fields.get("errors"):
        return FAILURE
    text = next((value for name in _TELLING if isinstance(value := fields.get(name), str) and value.strip()), None)
    if text is not None:
        return _by_text(text)
    empty = bool(fields) and all(value is None or value in ("", ()) for value in fields.values())
    return FAILURE if empty else SUCCESS


def refuses(fields: Mapping[str, Value]) -> bool:
    """Tell whether a result says outright that nothing was done: `success: false`, an `error`, a failed `status`."""
    flags = {plain(name): value for name, value in fields.items() if isinstance(value, bool)}
    if any(flags.get(name) is False for name in (*_DONE, "valid")) or any(flags.get(name) for name in _BAD):
        return True
    named = (fields.get("outcome"), fields.get("status"))
    return bool(fields.get("error")) or any(isinstance(text, str) and plain(text) in _BAD for text in named)


def comes_to_nothing(fields: Mapping[str, Value]) -> bool:
    """Tell whether a result says that what was looked for is not there, or not so: `found: false`."""
    return any(value is False and plain(name) in _GOOD for name, value in fields.items())


@lru_cache(NAMES_KEPT)
def plain(name: str) -> str:
    """Return a name as it is compared: `isValid`, `is_valid` and `Valid` are all `valid`."""
    spaced = _NOT_A_LETTER.sub("_", _HUMP.sub("_", name.strip())).lower().strip("_")
    return _BEFORE.sub("", spaced)


def _by_flag(fields: Mapping[str, Value]) -> bool | None:
    """Return what the yes-or-no fields say: the one that says it outright, else the only one there is."""
    flags = {plain(name): value for name, value in fields.items() if isinstance(value, bool)}
    done = [value for name, value in flags.items() if name in _DONE]
    if done:
        return all(done)
    telling = [value if name in _GOOD else not value for name, value in flags.items() if name in _GOOD | _BAD]
    telling = telling or list(flags.values())
    return telling[0] if len(telling) == 1 else None


def _by_text(text: str) -> str:
    first = _SENTENCE.match(text.strip()[:SENTENCE_CHARACTERS_MAX])
    said = first[0] if first is not None else ""
    return FAILURE if plain(text) in _BAD or _SAYS_NO.search(said) else SUCCESS
