"""What processes on one PostgreSQL tell each other: which cases have moved on, and that they are alive.

News goes out in batches, by a connection of its own and after the append: a NOTIFY inside the append would make all
commits of the database wait for each other. It may be lost with a connection; who follows a case looks now and then
too. Who is alive beats; the work of who does not beat any more is taken over (`PostgresStore.owing`).
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator, Sequence
from typing import Final

import psycopg
from sqlalchemy import make_url

from bythebook.adapters.news import LocalNews

log = logging.getLogger(__name__)

CHANNEL: Final = "bythebook"
BEAT_SECONDS: Final = 1.0
"""How often a process says that it is alive."""

FORGOTTEN_SECONDS: Final = 3600.0
"""After how long a silence it is no longer listed."""

AGAIN_SECONDS: Final = 0.5
PAYLOAD_CASES: Final = 200
"""Case ids in one notification: PostgreSQL takes 8,000 bytes."""

_BEAT: Final = """
INSERT INTO executors (executor, beat) VALUES (%s, extract(epoch FROM clock_timestamp()))
ON CONFLICT (executor) DO UPDATE SET beat = excluded.beat"""
_FORGET: Final = "DELETE FROM executors WHERE executor = %s OR beat < extract(epoch FROM clock_timestamp()) - %s"
_WAYS: Final = {"out": "goes out", "in": "comes in"}


class PostgresNews(LocalNews):
    """News among all processes on one database; while it is open, this one is known to be alive."""

    def __init__(self, url: str, executor: str) -> None:
        """Say that this process is alive, and begin to listen. Trouble with the database is waited out."""
        super().__init__()
        self._url: Final = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
        self._executor: Final = executor
        self._waiting: Final[dict[str, None]] = {}
        self._something: Final = threading.Condition()
        self._closing = False
        self._silent: Final[set[str]] = set()
        """Which ways are shut, `out` or `in`: that is told once, and once when they are open again."""

        self._said: psycopg.Connection | None = None
        self._heard: psycopg.Connection | None = None
        self._say([])
        self._threads: Final = [threading.Thread(target=work, daemon=True) for work in (self._speak, self._listen)]
        for thread in self._threads:
            thread.start()

    def moved(self, case_id: str) -> None:
        """Tell all that follow, here at once and in the other processes in a moment."""
        super().moved(case_id)
        with self._something:
            self._waiting[case_id] = None
            self._something.notify()

    def close(self) -> None:
        """Say that this process is no longer there: its work is anybody's."""
        with self._something:
            self._closing = True
            self._something.notify()
        for thread in self._threads:
            thread.join(2 * BEAT_SECONDS)
        try:
            with psycopg.connect(self._url, autocommit=True, connect_timeout=2) as connection:
                connection.execute(_FORGET, (self._executor, FORGOTTEN_SECONDS))
        except psycopg.Error:
            log.warning("this process could not say that it stops; the others will see")
        super().close()

    def _speak(self) -> None:
        while not self._closing:
            with self._something:
                self._something.wait_for(lambda: self._closing or bool(self._waiting), BEAT_SECONDS)
                cases = list(self._waiting)
                self._waiting.clear()
            if not self._say(cases):
                threading.Event().wait(AGAIN_SECONDS)
        if self._said is not None:
            self._said.close()

    def _say(self, cases: Sequence[str]) -> bool:
        """Beat, and tell of these cases; False where the database is away."""
        try:
            if self._said is None or self._said.closed:
                self._said = psycopg.connect(self._url, autocommit=True, connect_timeout=2)
            for start in range(0, len(cases), PAYLOAD_CASES):
                payload = " ".join([self._executor, *cases[start : start + PAYLOAD_CASES]])
                self._said.execute("SELECT pg_notify(%s, %s)", (CHANNEL, payload))
            self._said.execute(_BEAT, (self._executor,))
        except psycopg.Error as error:
            self._shut("out", error)
            if self._said is not None:
                self._said.close()
            return False
        self._opened("out")
        return True

    def _shut(self, way: str, error: psycopg.Error) -> None:
        if way not in self._silent:
            self._silent.add(way)
            log.warning("no news %s: %s; streams look by themselves meanwhile", _WAYS[way], type(error).__name__)

    def _opened(self, way: str) -> None:
        if way in self._silent:
            self._silent.discard(way)
            log.warning("news %s again", _WAYS[way])

    def _listen(self) -> None:
        while not self._closing:
            try:
                for case_id in self._news():
                    super().moved(case_id)
            except psycopg.Error as error:
                self._shut("in", error)
                threading.Event().wait(AGAIN_SECONDS)

    def _news(self) -> Iterator[str]:
        """Yield the cases that other processes moved on, until this one closes."""
        with psycopg.connect(self._url, autocommit=True, connect_timeout=2) as connection:
            connection.execute(f"LISTEN {CHANNEL}")
            self._opened("in")
            while not self._closing:
                for notice in connection.notifies(timeout=BEAT_SECONDS):
                    executor, *cases = notice.payload.split(" ")
                    if executor != self._executor:
                        yield from cases
