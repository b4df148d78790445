"""The port of the sentence encoder: the reading room names what it needs, an adapter knows the library."""

from __future__ import annotations

from typing import Protocol

import numpy as np
from numpy.typing import NDArray


class Encoder(Protocol):
    """Turns a text into a vector; texts that mean the like lie close."""

    @property
    def name(self) -> str: ...

    @property
    def dimensions(self) -> int: ...

    def encode(self, text: str) -> NDArray[np.float32]:
        """Return the text's vector: shape (dimensions,), float32, length 1 (zeros for a text with no words).

        Called from several threads; the same text has the same vector whatever else is encoded.
        """

    def knows_word(self, word: str) -> bool:
        """Whether a lower-case word is one the encoder was taught whole: a real word, and no slip of another."""
