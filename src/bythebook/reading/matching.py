"""What the texts of a release make of any other text: their likeness to it and the head over that, in one place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bythebook.reading.encoder import Encoder
from bythebook.reading.head import Head, Ranked
from bythebook.reading.lexicon import strip_fillers
from bythebook.reading.likeness import Likeness
from bythebook.reading.moves import Told
from bythebook.reading.text import one_clause


@dataclass(frozen=True, slots=True)
class Match:
    """What the head makes of a clause: the choices ranked, and how much of its words the release knows."""

    ranked: tuple[Ranked, ...]
    known: float

    def best(self, *kinds: str) -> Ranked | None:
        """Return the most probable choice of these kinds."""
        return next((one for one in self.ranked if one.choice.partition(":")[0] in kinds), None)

    def of(self, choice: str) -> float:
        """Return the probability of one choice."""
        return next((one.probability for one in self.ranked if one.choice == choice), 0.0)


class Matcher:
    """Texts, each of a choice; without an encoder they are told apart by their words alone."""

    def __init__(
        self, texts: Sequence[str], choices: Sequence[str], weights: Sequence[float], encoder: Encoder | None
    ):
        self.cores = tuple(core(text) for text in texts)
        self._texts = tuple(zip(choices, self.cores, strict=True))
        self._likeness = Likeness(self.cores, encoder)
        self.head = Head(self._likeness.between(), choices, weights)
        self._encoder = encoder

    def match(self, text: str) -> Match:
        """Return the choices ranked for a text."""
        likeness, known = self._likeness.to(core(text))
        return Match(self.head.rank(likeness), known)

    def told(self, plain: str) -> Told | None:
        """Return what a clause does, where there is an encoder."""
        if self._encoder is None or self._encoder.moves is None:
            return None
        return self._encoder.moves.of(plain, self._encoder.encode(plain))

    def nearest(self, text: str, choice: str) -> str:
        """Return the text of a choice that a text is most like."""
        likeness, _ = self._likeness.to(core(text))
        of_choice = (
            (float(alike), said) for alike, (of, said) in zip(likeness, self._texts, strict=True) if of == choice
        )
        return max(of_choice, default=(0.0, ""))[1]


def core(text: str) -> str:
    """Return a text as the reader sees a customer's, without what people put around what they say."""
    return strip_fillers(one_clause(text, str).plain)
