"""A light classifier over the release's texts: logistic regression in the space of their likeness.

Fitted when a release is loaded, from nothing but that release; the same texts always give the same head. An answer is
trusted only when it is probable AND near some text: probability alone cannot tell what is not ours.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float32]

STEPS: Final = 120
"""Steps of accelerated gradient descent; more change no answer."""

POWER_STEPS: Final = 30
"""Steps after which the largest eigenvalue is known well enough."""

RIDGE: Final = 0.00004
"""Pull towards indifference, per text."""

SHARPNESS: Final = 12.0
"""Scale of the similarities: unit vectors lie close, a head over them needs room."""


@dataclass(frozen=True, slots=True)
class Ranked:
    """One choice with its probability and its nearest text's similarity."""

    choice: str
    probability: float
    nearness: float


class Head:
    """Which choice a text belongs to, from its likeness to the texts of each."""

    def __init__(self, between: Array, labels: Sequence[str], weights: Sequence[float]) -> None:
        self.choices = tuple(dict.fromkeys(labels))
        place = {choice: at for at, choice in enumerate(self.choices)}
        self._of_text = np.array([place[label] for label in labels], dtype=np.intp)
        self._weights = _fit(between, self._of_text, np.array(weights, dtype=np.float32), len(self.choices))

    def rank(self, likeness: Array) -> tuple[Ranked, ...]:
        """Return the choices, most probable first, for a text of this likeness to the texts."""
        scores = likeness @ self._weights
        probabilities = np.exp(scores - scores.max())
        probabilities /= probabilities.sum()
        nearest = np.full(len(self.choices), -1.0, dtype=np.float32)
        np.maximum.at(nearest, self._of_text, likeness)
        order = np.argsort(-probabilities, kind="stable")
        return tuple(Ranked(self.choices[at], float(probabilities[at]), float(nearest[at])) for at in order)


def _fit(between: Array, labels: NDArray[np.intp], weights: Array, choices: int) -> Array:
    """Multinomial logistic regression in dual form: a weight per text and choice."""
    count = len(labels)
    gram = between * np.float32(SHARPNESS)
    wanted = np.zeros((count, choices), dtype=np.float32)
    wanted[np.arange(count), labels] = 1.0
    # Every choice weighs nearly the same, however many texts it has.
    per_choice = np.bincount(labels, weights=weights, minlength=choices)
    share = np.sqrt(weights / per_choice[labels] * count / choices)[:, None].astype(np.float32)
    ridge = RIDGE * count
    rate = np.float32(2.0 / (_largest(gram) * float(share.max()) / 2 + ridge * 100))
    alpha: Array = np.zeros_like(wanted)
    ahead: Array = alpha.copy()
    for step in range(STEPS):
        scores = gram @ ahead
        scores -= scores.max(axis=1, keepdims=True)
        chance = np.exp(scores)
        chance /= chance.sum(axis=1, keepdims=True)
        moved = np.asarray(ahead - rate * (share * (chance - wanted) + ridge * ahead), dtype=np.float32)
        ahead = np.asarray(moved + step / (step + 3) * (moved - alpha), dtype=np.float32)
        alpha = moved
    return np.asarray(alpha * SHARPNESS, dtype=np.float32)


def _largest(gram: Array) -> float:
    """The largest eigenvalue, by power iteration: how steep the slope can be."""
    vector = np.ones(len(gram), dtype=np.float32)
    length = 1.0
    for _ in range(POWER_STEPS):
        vector = gram @ vector
        length = float(np.linalg.norm(vector))
        vector /= np.float32(length)
    return length
