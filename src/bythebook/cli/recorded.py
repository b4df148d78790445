"""Recorded cases, for commands that look at them again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager

from bythebook.adapters.shelf import Shelf, Unread
from bythebook.bootstrap import open_store
from bythebook.routine.wording import Release
from bythebook.service.ports import CaseStore
from bythebook.settings import Settings


@contextmanager
def recorded(settings: Settings) -> Iterator[tuple[CaseStore, Callable[[str], Release]]]:
    """Yield the store, and what finds the release of a recorded case by its digest: as the store keeps it, and not as
    an installed document of the same digest stands. Nothing is read anew, so no encoder is loaded.
    """
    with closing(open_store(settings)) as store:
        shelf = Shelf(store, Unread)
        yield store, lambda digest: shelf.get(digest).release
