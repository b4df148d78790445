"""Texts as vectors: words, word pairs and letter groups weighed by how rare they are, beside the encoder's vector.

Letters catch typos, words catch the document's terms, the encoder catches what is said in other words.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray

from bythebook.reading.common import FUNCTION_WORDS, stem
from bythebook.reading.encoder import Encoder

Matrix = NDArray[np.float32]

_LETTERS: Final = (3, 4)
_WORD: Final = 1.0
_SMALL_WORD: Final = 0.35
_PAIR: Final = 0.6
_LETTER_GROUP: Final = 0.3
ENCODER_SHARE: Final = 0.75
"""The encoder's part of a vector's squared length, where there is an encoder."""


class Vectors:
    """A space fitted on the texts of a release."""

    def __init__(self, texts: Sequence[str], encoder: Encoder | None) -> None:
        counts = [_features(text) for text in texts]
        documents: Counter[str] = Counter(feature for count in counts for feature in count)
        self._index = {feature: place for place, feature in enumerate(documents)}
        self._rarity = np.array(
            [1.0 + math.log((1 + len(texts)) / (1 + documents[feature])) for feature in documents], dtype=np.float32
        )
        self._encoder = encoder

    def words(self, text: str) -> tuple[Matrix, float]:
        """Return the lexical vector, and the share of the text's weight that the space knows."""
        vector = np.zeros(len(self._index), dtype=np.float32)
        known = unknown = 0.0
        for feature, count in _features(text).items():
            place = self._index.get(feature)
            if place is None:
                unknown += count if feature[0] == "w" else 0.0
                continue
            vector[place] = count * self._rarity[place]
            known += count if feature[0] == "w" else 0.0
        length = float(np.linalg.norm(vector))
        return vector / length if length else vector, known / (known + unknown) if known else 0.0

    def encoded(self, text: str) -> Matrix | None:
        """Return the encoder's vector, or None without an encoder."""
        return None if self._encoder is None else self._encoder.encode(text)

    def joined(self, words: Matrix, encoded: Matrix | None) -> Matrix:
        """Return both as one vector of length at most 1."""
        if encoded is None:
            return words
        return np.concatenate([math.sqrt(1 - ENCODER_SHARE) * words, math.sqrt(ENCODER_SHARE) * encoded])


def _features(text: str) -> dict[str, float]:
    words = text.split()
    stems = [stem(word) for word in words]
    found: Counter[str] = Counter()
    for word, cut in zip(words, stems, strict=True):
        small = word in FUNCTION_WORDS
        found["w" + cut] += _SMALL_WORD if small else _WORD  # type: ignore[assignment]
        if not small:
            padded = f"_{word}_"
            groups = [padded[at : at + size] for size in _LETTERS for at in range(len(padded) - size + 1)]
            for group in groups:
                found["c" + group] += _LETTER_GROUP  # type: ignore[assignment]
    for first, second in pairwise(stems):
        found[f"p{first} {second}"] += _PAIR  # type: ignore[assignment]
    return dict(found)
