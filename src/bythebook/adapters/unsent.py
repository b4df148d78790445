"""Notices that went out by no way: sent later, for as long as the process lives and a day has not passed."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from typing import Final

from bythebook.service.ports import Handoff

PAUSE_SECONDS: Final = 30.0
"""Before the first try; it doubles."""

PAUSE_SECONDS_MAX: Final = 600.0
TRIES_MAX: Final = 150
"""About a day."""

log = logging.getLogger(__name__)


class Unsent:
    """Keeps them, and sends from a thread of its own. Safe to use from several threads."""

    def __init__(self, send: Callable[[Handoff], bool], pause_seconds: float = PAUSE_SECONDS) -> None:
        self._send: Final = send
        self._pause: Final = pause_seconds
        self._kept: Final[dict[str, Handoff]] = {}
        self._guard: Final = threading.Lock()
        self._thread: threading.Thread | None = None
        self._stopping: Final = threading.Event()

    def keep(self, handoff: Handoff) -> None:
        """Send it later."""
        with self._guard:
            self._kept[handoff.key] = handoff
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="bythebook-notices", daemon=True)
                self._thread.start()

    def stop(self) -> None:
        """Send no more."""
        self._stopping.set()
        thread = self._thread
        if thread is not None:
            thread.join()

    def _run(self) -> None:
        for attempt in range(TRIES_MAX):
            if self._stopping.wait(min(self._pause * 2**attempt, PAUSE_SECONDS_MAX)):
                return
            with self._guard:
                waiting = list(self._kept.values())
            for handoff in waiting:
                if self._send(handoff):
                    log.warning("the notice of case %s went out late", handoff.case_id)
                    with self._guard:
                        self._kept.pop(handoff.key, None)
            with self._guard:
                if not self._kept:
                    self._thread = None
                    return
        with self._guard:
            log.error("%d notices never went out; `bythebook desk list` shows the cases", len(self._kept))
            self._kept.clear()
            self._thread = None
