"""A process that kills itself at a named place: how tests show that a crash there loses nothing.

`BYTHEBOOK_FAIL_AT="after call 3"` ends the process, as kill -9 does, after the third call and before its result is
recorded. A place is `before` or `after`, the work, and the name of the work if only that is meant
(`before append FunctionReturned`); a number says how many passages are survived, and the next is not.
"""

from __future__ import annotations

import os
import re
import signal
import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Final

from bythebook.service.witness import APPEND, CALL, LOAD, NOTICE, READING, WORKS

_APPENDS: Final = ("CaseOpened", "CustomerSaid", "MessageRead", "FunctionReturned", "HumanNotified")
PLACES: Final = tuple(
    f"{when} {what}"
    for what in (*(f"{APPEND} {kind}" for kind in _APPENDS), READING, CALL, NOTICE, LOAD)
    for when in ("before", "after")
)
"""Every place on a message's way: each side of each transaction and of each effect."""

_PLACE: Final = re.compile(rf"(before|after) ({'|'.join(WORKS)})(?: ([A-Za-z_]\w*))?(?: (\d+))?")


class PlaceUnknown(ValueError):
    """There is no such place; the message says how one is written."""


class FailPoint:
    """A witness that ends the process at one place."""

    def __init__(self, place: str) -> None:
        """Raise PlaceUnknown."""
        found = _PLACE.fullmatch(place)
        if found is None:
            raise PlaceUnknown(
                f"{place!r} is no place to fail at; write `before` or `after`, one of {', '.join(WORKS)}, "
                "perhaps a name and a number, as in `after call 3`"
            )
        self._when, self._work, self._name = found[1], found[2], found[3]
        self._left = int(found[4] or 1)
        self._guard: Final = threading.Lock()

    def during(self, work: str, name: str) -> AbstractContextManager[object]:
        """Die before or after the work, if this is the place."""
        return self._around(here=work == self._work and self._name in (None, name))

    @contextmanager
    def _around(self, *, here: bool) -> Iterator[None]:
        if here and self._when == "before":
            self._pass()
        yield
        if here and self._when == "after":
            self._pass()

    def _pass(self) -> None:
        with self._guard:
            self._left -= 1
            if self._left <= 0:
                os.kill(os.getpid(), signal.SIGKILL)
