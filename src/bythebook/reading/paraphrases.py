"""What a language model is asked when an author wants more examples, and which of its texts are shown to them.

Each is a draft: it counts for nothing until a person accepts it (`bythebook examples --draft`).
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Final

from bythebook.reading.suggested import Suggested

TEXTS_MAX: Final = 8
"""Drafts of one choice."""

CHARACTERS_MAX: Final = 200
"""A longer text is nothing that a customer types in a line."""

INSTRUCTIONS: Final = """\
You help the author of a support document to see how customers may say one thing.
You get JSON: "meaning" is what is meant, "examples" are ways that are known already.
Answer with JSON only: {"texts": ["...", ...]}: eight short messages that different customers could type for exactly
this meaning, in other words than the examples: plain, hurried, polite, with a typo. No names, no numbers."""

SCHEMA: Final[Mapping[str, object]] = {
    "type": "object",
    "properties": {"texts": {"type": "array", "items": {"type": "string"}}},
    "required": ["texts"],
    "additionalProperties": False,
}


def question_for(meaning: str, examples: Sequence[str]) -> str:
    """Return the question about one choice, as JSON."""
    return json.dumps({"meaning": meaning, "examples": list(examples)}, ensure_ascii=False)


def drafts(answer: str, choice: str, known: Sequence[str], model: str) -> tuple[Suggested, ...]:
    """Return the texts of an answer that may be shown; none where it is not what was asked for."""
    try:
        tree = json.loads(answer)
    except (ValueError, RecursionError):
        return ()
    texts = tree.get("texts") if isinstance(tree, dict) else None
    if not isinstance(texts, list):
        return ()
    seen = {text.casefold() for text in known}
    kept: list[str] = []
    for text in texts:
        words = " ".join(text.split()) if isinstance(text, str) else ""
        plain = words.isprintable() and 0 < len(words) <= CHARACTERS_MAX
        if plain and words.casefold() not in seen and len(kept) < TEXTS_MAX:
            seen.add(words.casefold())
            kept.append(words)
    return tuple(Suggested(number, text, (choice,), f"drafted by {model}") for number, text in enumerate(kept, 1))
