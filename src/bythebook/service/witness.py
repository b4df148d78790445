"""Who is told of the work at the edges: appends, readings, calls, notices. Metrics, traces and fail points are such.

A witness changes nothing and learns no text: the kind of work, and a name out of a closed set.
"""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import Final, Protocol

APPEND: Final = "append"
"""Storing events; its name is the kind of the first."""

LOAD: Final = "load"
READING: Final = "reading"
CALL: Final = "call"
"""A call; its name is the function's."""

NOTICE: Final = "notice"
WORKS: Final = (APPEND, LOAD, READING, CALL, NOTICE)


class Witness(Protocol):
    """Stands by while work is done."""

    def during(self, work: str, name: str) -> AbstractContextManager[object]:
        """Return what is entered before the work and left after it, with the error that ended it."""
