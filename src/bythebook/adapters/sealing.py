"""Which words of a log are sealed, and how: what people said and what systems returned, never what was decided.

A sealed event stays an event: kinds, lines, sources, versions and times are in the clear, so that a log can be
searched, chained and audited without a key; what is sealed goes out of the text and into `sealed`, beside it. Of
words that stand in the document themselves the digest stays outside, so that they can be compared with their source
even after the key is gone.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
from typing import Any, Final

from bythebook.adapters.aes import CannotOpen, opened, sealed
from bythebook.adapters.event_codec import UnreadableEvent
from bythebook.adapters.private_fields import KIND, PRIVATE, blanked, private_in, written

SEALED: Final = "sealed"
DIGEST: Final = "text_digest"

SNAPSHOT: Final = b", the state after it"
WORD_FOR_WORD: Final = ("quoted", "article")
"""Sources whose texts are the document's own words: their digest tells nobody anything private."""


def seal(key: bytes, case_id: str, version: int, body: str) -> str:
    """Return the event's text with all that is private in it sealed."""
    tree = json.loads(body)
    taken: list[list[Any]] = []
    for holder, field, path in private_in(tree):
        taken.append([list(path), holder[field]])
        if field == "text" and holder.get("source") in WORD_FOR_WORD:
            tree[DIGEST] = hashlib.sha256(holder["text"].encode()).hexdigest()
        holder[field] = PRIVATE[holder[KIND], field]
    if not taken:
        return body
    tree[SEALED] = base64.b64encode(sealed(key, written(taken).encode(), _place(case_id, version))).decode("ascii")
    return written(tree)


def unseal(key: bytes | None, case_id: str, version: int, body: str) -> str:
    """Return the event's text as it was before sealing; without a key, with nothing in the private places.

    Raises UnreadableEvent where the key does not open it: it was altered, or belongs elsewhere.
    """
    if f'"{SEALED}":' not in body:
        return body
    tree = json.loads(body)
    given = tree.pop(SEALED, None)
    tree.pop(DIGEST, None)
    if given is None:
        return body
    if key is None:
        return written(tree)
    try:
        taken = json.loads(opened(key, base64.b64decode(given, validate=True), _place(case_id, version)))
    except (CannotOpen, binascii.Error, ValueError, TypeError) as error:
        raise UnreadableEvent(f"version {version} of case {case_id} cannot be opened: {error}") from error
    for path, value in taken:
        _put(tree, path, value)
    return written(tree)


def shown(key: bytes | None, case_id: str, version: int, body: str, *, private: bool) -> tuple[str, str]:
    """Return an event's text with or without what is private, and the digest of the document's own words in it."""
    tree = json.loads(body)
    digest = tree.get(DIGEST, "") if SEALED in tree else _digest_of(tree)
    return (unseal(key, case_id, version, body) if private else blanked(unseal(None, case_id, version, body))), digest


def _digest_of(tree: Any) -> str:
    own = isinstance(tree.get("text"), str) and tree.get("source") in WORD_FOR_WORD
    return hashlib.sha256(tree["text"].encode()).hexdigest() if own else ""


def seal_state(key: bytes | None, case_id: str, version: int, body: bytes) -> bytes:
    """Return a snapshot as it is kept: whole under the case's key, where it has one."""
    return body if key is None else sealed(key, body, _place(case_id, version) + SNAPSHOT)


def unseal_state(key: bytes | None, case_id: str, version: int, kept: bytes) -> bytes | None:
    """Return a snapshot as it was before sealing, or None where the key does not open it."""
    try:
        return kept if key is None else opened(key, kept, _place(case_id, version) + SNAPSHOT)
    except CannotOpen:
        return None


def _put(tree: Any, path: list[Any], value: Any) -> None:
    *way, last = path
    for step in way:
        tree = tree[step]
    tree[last] = value


def _place(case_id: str, version: int) -> bytes:
    return f"{version} of case {case_id}".encode("utf-8", "replace")
