"""The other branches of a step's own condition, where they stand under the step: "Else if ...", "Else: ..."."""

from __future__ import annotations

from collections.abc import Iterator

from bythebook.compiler.forms import Asking, Chain
from bythebook.compiler.understand import Outline


def otherwise_under(index: int, outline: Outline) -> int | None:
    """Return the line under a conditional step that is the other branch of the step's own condition.

    "If not" behind a question under the step denies that question.
    """
    asked = False
    for child in outline.children[index]:
        first = outline.clauses[child][0] if outline.clauses[child] else None
        if first is not None and first.condition is not None:
            denies = outline.file.slice(first.condition).strip().lower() == "if not"
            other = first.chain in (Chain.ELSE, Chain.ELSE_IF) and not (denies and asked)
            return child if other else None
        asked = isinstance(outline.form(child), Asking)
    return None


def alternatives(first: int, index: int, outline: Outline) -> Iterator[int]:
    """Yield the branches from the first on: "Else if ..., Else if ..., Else", each over lines of its own."""
    for child in outline.children[index]:
        clauses = outline.clauses[child]
        chained = bool(clauses) and clauses[0].chain in (Chain.ELSE, Chain.ELSE_IF)
        if child == first or (child > first and chained):
            yield child
