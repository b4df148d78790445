"""A light classifier over the release's texts: logistic regression in the space of their likeness.

Fitted when a release is loaded, from nothing but that release; the same texts always give the same head. How far its
probabilities can be believed is learned there too: parts of the texts are left out, read by a head of the others, and
one temperature is set so that what was said with 80 % was right in 80 of 100; of those that fit as well, the most
careful one. An answer is trusted only when it is probable AND near some text: probability alone cannot tell what is
not ours.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float32]
Places = NDArray[np.intp]

STEPS: Final = 120
"""Steps of accelerated gradient descent; more change no answer."""

STEPS_LEFT_OUT: Final = 60
"""Steps of the heads that only tell the temperature."""

POWER_STEPS: Final = 30
"""Steps after which the largest eigenvalue is known well enough."""

RIDGE: Final = 0.3
"""Pull towards indifference, against the loss summed over the texts."""

SHARPNESS: Final = 12.0
"""Scale of the similarities: unit vectors lie close, a head over them needs room."""

FOLDS: Final = 5
"""Parts of the texts that are left out in turn."""

TEMPERATURES: Final = np.exp(np.linspace(np.log(0.3), np.log(2.0), 39)).astype(np.float32)
"""What the scores may be divided by."""

TEMPERATURE_USUAL: Final = 0.75
USUAL_WEIGHT: Final = 12.0
"""The temperature before anything was left out, and how many texts it takes to outweigh it."""

EASED: Final = 0.5
"""How much nearness each unit of clearness above a half makes up for."""


@dataclass(frozen=True, slots=True)
class Ranked:
    """One choice with its probability and its nearest text's similarity.

    `assurance` tells how sure it is that the text is any of ours: nearness, and how clearly the choice stands out
    before the temperature, which would make a choice sure that merely stands alone among strangers.
    """

    choice: str
    probability: float
    nearness: float
    assurance: float


class Head:
    """Which choice a text belongs to, from its likeness to the texts of each."""

    def __init__(self, between: Array, labels: Sequence[str], weights: Sequence[float]) -> None:
        self.choices = tuple(dict.fromkeys(labels))
        place = {choice: at for at, choice in enumerate(self.choices)}
        self._of_text = np.array([place[label] for label in labels], dtype=np.intp)
        self._usual = between.mean(axis=0)
        gram = self._apart(between) * np.float32(SHARPNESS)
        texts = _Texts(gram, self._of_text, np.array(weights, dtype=np.float32), len(self.choices))
        self._weights = texts.fitted(STEPS) * np.float32(SHARPNESS)
        self.temperature = texts.temperature()

    def rank(self, likeness: Array) -> tuple[Ranked, ...]:
        """Return the choices, most probable first, for a text of this likeness to the texts."""
        scores = np.asarray(self._apart(likeness) @ self._weights, dtype=np.float32)
        probabilities, clearness = _softmax(scores / np.float32(self.temperature)), _softmax(scores)
        nearest = np.full(len(self.choices), -1.0, dtype=np.float32)
        np.maximum.at(nearest, self._of_text, likeness)
        assured = nearest + np.float32(EASED) * (clearness - np.float32(0.5))
        order = np.argsort(-probabilities, kind="stable")
        rows = zip(probabilities.tolist(), nearest.tolist(), assured.tolist(), strict=True)
        ranked = [Ranked(choice, *row) for choice, row in zip(self.choices, rows, strict=True)]
        return tuple(ranked[at] for at in order)

    def _apart(self, likeness: Array) -> Array:
        """Likeness without what is common to all texts of the release, which tells none of them apart."""
        common = likeness.mean(axis=-1, keepdims=True) + (self._usual - self._usual.mean())
        return np.asarray(likeness - common, dtype=np.float32)


@dataclass(frozen=True, slots=True)
class _Texts:
    """What a head is fitted to: likeness of every text to every other, their choices and what each text weighs."""

    gram: Array
    labels: Places
    weights: Array
    choices: int

    def fitted(self, steps: int) -> Array:
        """Multinomial logistic regression in dual form: a weight per text and choice."""
        count = len(self.labels)
        wanted = np.eye(self.choices, dtype=np.float32)[self.labels]
        # Every choice weighs nearly the same, however many texts it has.
        per_choice = np.bincount(self.labels, weights=self.weights, minlength=self.choices)
        present = np.count_nonzero(per_choice)
        share = np.sqrt(self.weights / per_choice[self.labels] * count / present)[:, None].astype(np.float32)
        rate = np.float32(1.0 / (_largest(self.gram) * float(share.max()) / 4 + RIDGE))
        alpha: Array = np.zeros_like(wanted)
        ahead: Array = alpha.copy()
        for step in range(steps):
            moved = ahead - rate * (share * (_softmax(self.gram @ ahead) - wanted) + np.float32(RIDGE) * ahead)
            ahead = moved + np.float32(step / (step + 3)) * (moved - alpha)
            alpha = moved
        return alpha

    def temperature(self) -> float:
        """What the scores are divided by so that probabilities are what they say, from texts left out in turn.

        Of all that the texts cannot tell from the best (their losses differ by less than one standard error), the
        highest: few texts are easily too sure of themselves.
        """
        fold = self._folds()
        losses = np.zeros((len(TEMPERATURES), 0), dtype=np.float32)
        for part in range(FOLDS):
            out, rest = np.flatnonzero(fold == part), np.flatnonzero(fold != part)
            if len(out) and len(rest):
                scores = self.gram[np.ix_(out, rest)] @ self.only(rest).fitted(STEPS_LEFT_OUT)
                surprise = np.stack([self._surprise(scores / one, out) for one in TEMPERATURES])
                losses = np.concatenate((losses, surprise), axis=1)
        usual = USUAL_WEIGHT * np.abs(np.log(TEMPERATURES / np.float32(TEMPERATURE_USUAL)))
        total = losses.sum(axis=1) + usual
        best = int(np.argmin(total))
        apart = losses - losses[best]
        spread = (apart * apart).sum(axis=1) - apart.sum(axis=1) ** 2 / max(1, losses.shape[1])
        error = np.sqrt(np.maximum(spread, 0))  # rounding makes less than nothing of equal losses
        alike = np.flatnonzero(total - total[best] <= error)
        return float(TEMPERATURES[max(best, int(alike.max(initial=best)))])

    def only(self, kept: Places) -> _Texts:
        """Some of the texts."""
        return _Texts(self.gram[np.ix_(kept, kept)], self.labels[kept], self.weights[kept], self.choices)

    def _folds(self) -> Places:
        """The part each text is left out with; -1 for the only text of a choice, which nothing else could read."""
        fold = np.full(len(self.labels), -1, dtype=np.intp)
        for choice in range(self.choices):
            places = np.flatnonzero(self.labels == choice)
            if len(places) > 1:
                fold[places] = (np.arange(len(places)) + choice) % FOLDS
        return fold

    def _surprise(self, scores: Array, texts: Places) -> Array:
        """How little was expected of what is true, of each text."""
        true = _softmax(scores)[np.arange(len(texts)), self.labels[texts]]
        return np.asarray(-self.weights[texts] * np.log(np.maximum(true, np.float32(1e-6))), dtype=np.float32)


def _softmax(scores: Array) -> Array:
    chance = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return np.asarray(chance / chance.sum(axis=-1, keepdims=True), dtype=np.float32)


def _largest(gram: Array) -> float:
    """The largest eigenvalue, by power iteration: how steep the slope can be."""
    vector = np.linspace(0.5, 1.5, len(gram), dtype=np.float32)  # not level: what is common was taken out
    length = 1.0
    for _ in range(POWER_STEPS):
        vector = gram @ vector
        length = float(np.linalg.norm(vector))
        if not length:
            break
        vector /= np.float32(length)
    return length
