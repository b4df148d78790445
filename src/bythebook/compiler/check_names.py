"""Every name that a finding can have, with what it means: the checks', and those of whoever reads the files.

A name is a promise: it is never given another meaning, and a renamed one keeps its old name as an alias.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from bythebook.compiler.checks import CHECKS

RENAMED: Final[Mapping[str, str]] = {"unfilled-argument": "unfilled-slot"}
"""Names of old, with today's."""

# Found while files are read, by no check of their own.
_READING: Final[Mapping[str, str]] = {
    "unknown-instruction": "A line says what to do in words that the routine language does not have.",
    "unanswered-question": "A question of the article has no answer under it.",
    "read-as-heading": "A line over other lines is read as their heading, and may have been meant to be carried out.",
    "unread-note": "A note says how to behave, or explains: there is nothing in it to carry out.",
    "missing-document": "A folder has no document.md.",
    "not-utf-8": "A file is not UTF-8 text.",
    "missing-phrase": "The document asks for something to be said, and nobody has worded it.",
    "draft-phrase": "A phrase waits for a person to read and approve it.",
    "stale-phrase": "A phrase was approved for words that the document no longer says.",
    "stale-binding": "What decides a condition was settled for words that the document no longer says.",
    "needless-phrase": "A phrase stands for a line that never says it.",
    "broken-hole": "A phrase has a brace that opens or closes no hole.",
    "unknown-hole": "A phrase has a hole that nothing fills.",
    "unknown-house-phrase": "A phrase stands for something that the house never says.",
    "words-not-found": "A link is on words that nobody says.",
    "unknown-line": "A file beside the document names a line that the routine does not have.",
    "unknown-choice": "Examples stand for something that no customer can mean here.",
    "unknown-term": "A nickname stands for a term that the document does not use.",
    "unknown-key": "A file beside the document has a key that means nothing.",
    "wrong-shape": "A value in a file beside the document is not what its key takes.",
    "unreadable-toml": "A file beside the document is not readable as TOML.",
    "unmatched-accept": "A row under [accept] accepts nothing.",
    "unknown-first": "The document that is to come before this one is not there.",
    "broken-functions": "The Python functions beside the document cannot be used.",
    "broken-binding": "A function is bound in functions.toml to something that cannot be called.",
    "unreviewed-data": "Nobody has compared a data file with its source, or not in time.",
}
SUMMARIES: Final[Mapping[str, str]] = dict(
    sorted({**{check.name: check.summary for check in CHECKS}, **_READING}.items())
)
"""By name: what it means."""

GROUPS: Final[Mapping[str, tuple[str, ...]]] = {
    "The words of the lines": (
        "unknown-instruction",
        "read-as-heading",
        "unread-note",
        "unheld-words",
        "doubtful-telling",
        "ambiguous-nesting",
        "duplicate-label",
        "empty-routine",
        "unclosed-comment",
    ),
    "Conditions": (
        "report-only-condition",
        "undecidable-condition",
        "doubtful-outcome",
        "missing-otherwise",
        "overlapping-conditions",
        "near-duplicate-conditions",
        "narrower-than-condition",
    ),
    "The way through the steps": (
        "unknown-target",
        "outside-instructions",
        "unreachable-step",
        "endless-loop",
        "dead-end",
        "missing-closing-question",
        "missing-resolution",
        "resolution-not-last",
        "said-too-late",
    ),
    "Functions": (
        "unknown-function",
        "undefined-function",
        "unused-function",
        "duplicate-function",
        "unbound-function",
        "wrong-arguments",
        "missing-argument",
        "unfilled-slot",
        "doubtful-slot",
        "unhandled-failure",
        "broken-functions",
        "broken-binding",
        "unreviewed-data",
    ),
    "The article": (
        "unanswered-question",
        "uncovered-question",
        "ungrounded-message",
        "unlinked-reference",
        "instruction-in-article",
    ),
    "Phrases": (
        "missing-phrase",
        "draft-phrase",
        "stale-phrase",
        "stale-binding",
        "needless-phrase",
        "broken-hole",
        "unknown-hole",
        "unknown-house-phrase",
    ),
    "The files beside the document": (
        "words-not-found",
        "unknown-line",
        "unknown-choice",
        "unknown-term",
        "unknown-key",
        "wrong-shape",
        "unmatched-accept",
        "unknown-first",
        "unreadable-toml",
        "not-utf-8",
        "missing-document",
    ),
}
"""The names by what they are about, as the index of the pages lists them."""
