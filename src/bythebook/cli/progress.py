"""How far long work has come, on a terminal only."""

from __future__ import annotations

import time
from typing import Final, TextIO

SECONDS: Final = 0.2
"""How often a line is written."""


class Progress:
    """One line that is written over; nothing at all where nobody watches."""

    def __init__(self, out: TextIO) -> None:
        self._out: Final = out
        self._shown = 0
        self._next = 0.0

    def __enter__(self) -> Progress:
        return self

    def __exit__(self, *_: object) -> None:
        if self._shown:
            print("\r" + " " * self._shown + "\r", end="", file=self._out, flush=True)

    def tell(self, text: str) -> None:
        """Show how far it is."""
        if not self._out.isatty() or time.monotonic() < self._next:
            return
        self._next = time.monotonic() + SECONDS
        print("\r" + text.ljust(self._shown), end="", file=self._out, flush=True)
        self._shown = len(text)
