"""What a clause does, whatever document it is said to: states, wants, asks, supposes, complains, closes.

A second, small head over the encoder's vector and the clause's words, made beforehand from sentences of our own
(`tools/moves.txt`, `tools/build_moves.py`). It knows no document: it tells what a clause that no rule has read can
not be ("lovely, sales again" asks for nothing), and what it is where it is none of the document's matters.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from enum import Enum
from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float32]

BUCKETS: Final = 2048
"""Places that words and word pairs share."""

ENCODER_SHARE: Final = 0.65
"""The encoder's part; the rest is the words'."""


class Move(Enum):
    """In the order of the weights' columns."""

    USE = "use"
    WANT = "want"
    ASK = "ask"
    SUPPOSE = "suppose"
    REFUSED = "refused"
    OTHERS = "others"
    STATUS = "status"
    COMPLAINT = "complaint"
    PERSON = "person"
    NO_PERSON = "noperson"
    CLOSING = "closing"
    STALL = "stall"
    DOUBT = "doubt"
    CORRECT = "correct"
    THANKS = "thanks"
    GREET = "greet"
    REPEAT = "repeat"
    CHAT = "chat"
    ELSEWHERE = "elsewhere"
    ORDER = "order"


@dataclass(frozen=True, slots=True)
class Told:
    """How probable each move is."""

    shares: tuple[float, ...]

    def of(self, *moves: Move) -> float:
        """Return the probability that it is one of these."""
        return sum(self.shares[_PLACE[move]] for move in moves)

    @property
    def likeliest(self) -> Move:
        """The most probable move."""
        return _MOVES[max(range(len(self.shares)), key=self.shares.__getitem__)]


_MOVES: Final = tuple(Move)
_PLACE: Final = {move: place for place, move in enumerate(_MOVES)}


class Moves:
    """The head: weights of shape (dimensions + BUCKETS, moves)."""

    def __init__(self, weights: Array) -> None:
        self._weights = weights.astype(np.float32)

    def of(self, plain: str, vector: Array) -> Told:
        """Return what a clause does."""
        scores = features(plain, vector) @ self._weights
        chance = np.exp(scores - scores.max())
        return Told(tuple((chance / chance.sum()).tolist()))


def features(plain: str, vector: Array) -> Array:
    """Return the encoder's vector and the words of a clause as one vector."""
    words = ["^", *plain.split(), "$"]
    found = np.zeros(BUCKETS, dtype=np.float32)
    for name in (*(f"u{word}" for word in words[1:-1]), *(f"b{a} {b}" for a, b in pairwise(words))):
        found[zlib.crc32(name.encode()) % BUCKETS] += 1.0
    found /= np.float32(max(float(np.linalg.norm(found)), 1.0))
    return np.concatenate((vector * np.float32(ENCODER_SHARE**0.5), found * np.float32((1 - ENCODER_SHARE) ** 0.5)))
