"""How alike texts are: by words, word pairs and letter groups weighed by how rare they are, and by the encoder.

Letters catch typos, words catch the document's terms, the encoder catches what is said in other words. A text is
never a vector of its own here, only its likeness to each text of the release: that is all the head needs, and small.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray

from bythebook.reading.common import FUNCTION_WORDS, stem
from bythebook.reading.encoder import Encoder

Array = NDArray[np.float32]

ENCODER_SHARE: Final = 0.75
"""The encoder's part of a likeness, where there is an encoder."""

_LETTERS: Final = (3, 4)
_WORD: Final = 1.0
_SMALL_WORD: Final = 0.35
_PAIR: Final = 0.6
_LETTER_GROUP: Final = 0.3


class Likeness:
    """The texts of a release, and how like them any text is (cosines, 1 for the same)."""

    def __init__(self, texts: Sequence[str], encoder: Encoder | None) -> None:
        features = [_features(text) for text in texts]
        counts = Counter(feature for found in features for feature in found)
        self._index = {feature: place for place, feature in enumerate(counts)}
        rarity = [1.0 + math.log((1 + len(texts)) / (1 + counts[feature])) for feature in counts]
        self._rarity = np.array(rarity, dtype=np.float32)
        self._by_feature = np.zeros((len(counts), len(texts)), dtype=np.float32)
        for column, found in enumerate(features):
            places, values = self._weighed(found)
            self._by_feature[places, column] = values
        self._encoder = encoder
        self._encoded = encoder.encode_all(texts) if encoder is not None and texts else None

    def between(self) -> Array:
        """Return the likeness of every text to every other, shape (texts, texts)."""
        words = self._by_feature.T @ self._by_feature
        if self._encoded is None:
            return words
        return np.asarray(_shared(words, self._encoded @ self._encoded.T), dtype=np.float32)

    def to(self, text: str) -> tuple[Array, float]:
        """Return the likeness of a text to every text, shape (texts,), and the share of its words that are known."""
        features = _features(text)
        places, values = self._weighed(features)
        words = values @ self._by_feature[places]
        known = _known(features, self._index)
        if self._encoder is None or self._encoded is None:
            return words, known
        return np.asarray(_shared(words, self._encoded @ self._encoder.encode(text)), dtype=np.float32), known

    def _weighed(self, features: Mapping[str, float]) -> tuple[NDArray[np.intp], Array]:
        """The features that the space has, as places and values of a vector of length 1."""
        found = [(self._index[feature], count) for feature, count in features.items() if feature in self._index]
        places = np.array([place for place, _ in found], dtype=np.intp)
        values = np.array([count for _, count in found], dtype=np.float32) * self._rarity[places]
        length = float(np.linalg.norm(values))
        return places, values / np.float32(length) if length else values


def _shared(words: Array, encoded: Array) -> Array:
    return (1 - ENCODER_SHARE) * words + ENCODER_SHARE * encoded


def _known(features: Mapping[str, float], index: Mapping[str, int]) -> float:
    words = {feature: count for feature, count in features.items() if feature[0] == "w"}
    total = sum(words.values())
    return sum(count for feature, count in words.items() if feature in index) / total if total else 0.0


def _features(text: str) -> dict[str, float]:
    words = text.split()
    stems = [stem(word) for word in words]
    found: dict[str, float] = {}
    for word, cut in zip(words, stems, strict=True):
        small = word in FUNCTION_WORDS
        _add(found, "w" + cut, _SMALL_WORD if small else _WORD)
        if not small:
            padded = f"_{word}_"
            for size in _LETTERS:
                for at in range(len(padded) - size + 1):
                    _add(found, "c" + padded[at : at + size], _LETTER_GROUP)
    for first, second in pairwise(stems):
        _add(found, f"p{first} {second}", _PAIR)
    return found


def _add(found: dict[str, float], feature: str, weight: float) -> None:
    found[feature] = found.get(feature, 0.0) + weight
