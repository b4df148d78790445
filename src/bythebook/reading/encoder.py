"""The port of the sentence encoder: the reading room names what it needs, an adapter knows the library."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Final, Protocol

import numpy as np
from numpy.typing import NDArray

from bythebook.reading.moves import Moves


class Encoder(Protocol):
    """Turns a text into a vector; texts that mean the like lie close."""

    @property
    def name(self) -> str: ...

    @property
    def dimensions(self) -> int: ...

    @property
    def moves(self) -> Moves | None:
        """The head that tells what a clause does from its vector, where there is one."""

    def encode(self, text: str) -> NDArray[np.float32]:
        """Return the text's vector: shape (dimensions,), float32, length 1 (zeros for a text with no words).

        Called from several threads; the same text has the same vector whatever else is encoded.
        """

    def encode_all(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return the vectors of a release's own texts as rows, shape (texts, dimensions), each as `encode` has it.

        Never of what a customer said: these may be kept between starts.
        """

    def knows_word(self, word: str) -> bool:
        """Whether a lower-case word is one the encoder was taught whole: a real word, and no slip of another."""


REMEMBERED_MAX: Final = 4096
"""Vectors kept by an encoder that remembers; at 384 numbers each, six megabytes."""


class Remembering:
    """An encoder that gives the vector of a text it has just encoded again without working it out."""

    def __init__(self, behind: Encoder) -> None:
        self._behind = behind
        self.encode = lru_cache(REMEMBERED_MAX)(behind.encode)
        self._of_releases: dict[str, NDArray[np.float32]] = {}

    @property
    def name(self) -> str:
        return self._behind.name

    @property
    def dimensions(self) -> int:
        return self._behind.dimensions

    @property
    def moves(self) -> Moves | None:
        return self._behind.moves

    def encode_all(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return the rows of texts, of which only those not asked for before are encoded."""
        known = self._of_releases
        new = [text for text in dict.fromkeys(texts) if text not in known]
        if new:
            known = {**known, **dict(zip(new, self._behind.encode_all(new), strict=True))}
            self._of_releases = known if len(known) <= REMEMBERED_MAX else {text: known[text] for text in texts}
        return np.array([known[text] for text in texts], dtype=np.float32).reshape(len(texts), self.dimensions)

    def knows_word(self, word: str) -> bool:
        """Return what the encoder behind it says."""
        return self._behind.knows_word(word)
