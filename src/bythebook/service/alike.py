"""The phrases of a document by their words: what is the same is read and approved once."""

from __future__ import annotations

from collections.abc import Iterable

from bythebook.compiler.phrase_needs import PhraseFor, PhraseNeed


def proposed(need: PhraseNeed) -> str:
    """Return the words that stand for a phrase so far; none where nobody has proposed any."""
    return (need.phrase.text if need.phrase is not None else need.draft or "").strip()


def alike(needs: Iterable[PhraseNeed]) -> list[list[PhraseNeed]]:
    """Return phrases by their words: lines that say the same, with the same proposal, are read once."""
    found: dict[tuple[object, ...], list[PhraseNeed]] = {}
    for need in needs:
        own = need.name if need.kind is not PhraseFor.LINE or not need.words else ""
        found.setdefault((need.kind, own, need.words, need.state, proposed(need)), []).append(need)
    return list(found.values())
