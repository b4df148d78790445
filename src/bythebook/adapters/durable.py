"""Effects and timers on DBOS, over the database that holds the cases: the one file that knows the library.

An append hands its work over in its own transaction. DBOS is given references (a case's id and a key), never content.
A workflow tries, pauses and tries again until the case does not owe the work any more; what is tried, and how often,
is decided by the case's log.
"""

from __future__ import annotations

import logging
import os
import socket
import sqlite3
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import timedelta
from typing import Any, Final

from dbos import DBOS, DBOSClient, DBOSPortableJSONSerializer
from sqlalchemy import Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.exc import SQLAlchemyError

from bythebook.adapters.identities import SecretsIdentities
from bythebook.adapters.system_clock import SystemClock
from bythebook.service.ports import Append, Work

NAME: Final = "bythebook"
VERSION: Final = "bythebook-1"
"""The workflows' own version, not the program's: what an older program handed over is carried out by a newer one."""

QUEUE: Final = "bythebook"
CARRY_OUT: Final = "bythebook.carry_out"
FIRE: Final = "bythebook.fire"
POLL_SECONDS: Final = 0.05
WORKERS: Final = 16
"""How many pieces of work one process carries out at a time."""

TRIES_MAX: Final = 12
PAUSE_SECONDS: Final = 0.5
"""After the first try; it doubles."""

PAUSE_SECONDS_MAX: Final = 60.0
STEP: Final[Any] = {
    "name": "try",
    "retries_allowed": True,
    "interval_seconds": 0.5,
    "backoff_rate": 2.0,
    "max_attempts": 8,
}
"""For what stands between a try and its record: a store that is away."""

LOOK_SECONDS: Final = 1.0
"""How often work of processes that died is looked for."""

KEPT: Final = timedelta(days=1)
"""How long DBOS remembers what was carried out."""

CLEAN_EVERY: Final = 60
"""How many looks go by between two cleanings."""

CONNECTIONS: Final = 12
EMBEDDED: Final = "embedded"
"""The executor of a SQLite file: one process serves it, so what it left behind is its own."""

UNDER_WAY: Final = ["ENQUEUED", "DELAYED", "PENDING"]
AGAIN: Final = "/"
"""Between a key and when it was handed over once more."""

CarryOut = Callable[[str, str], bool]
Fire = Callable[[str], object]

log = logging.getLogger(__name__)


class DurableEffects:
    """Implements the Effects port on DBOS. One in a process."""

    outside: Final = True

    def __init__(self, database: str, *, wait_seconds: float = 2.0) -> None:
        """Take a SQLite file's path, or a PostgreSQL address."""
        self.wait_seconds: Final = wait_seconds
        self._on_postgres: Final = "://" in database
        host = f"{socket.gethostname()}-{os.getpid()}-{SecretsIdentities().case_id()[:6]}"
        self.executor: Final = host if self._on_postgres else EMBEDDED
        self._engine: Final = _postgres(database) if self._on_postgres else _sqlite(database)
        self._client: DBOSClient | None = None
        self._stopping: Final = threading.Event()
        self._looking: threading.Thread | None = None

    def hand_over(self, connection: Connection, appends: Sequence[Append]) -> None:
        """Hand the appends' work over, within their transaction."""
        for append in appends:
            for work in append.works:
                assert self._client is not None, "the engine was started before anything is appended"
                options: Any = self._options(work, work.key)
                self._client.enqueue_in_transaction(connection, options, *_arguments(work))

    def again(self, work: Work) -> None:
        """Hand work over once more, unless it waits or is under way: a call may take long."""
        assert self._client is not None, "the engine was started before anything is looked for"
        known = self._client.list_workflows(
            workflow_id_prefix=work.key, status=UNDER_WAY, load_input=False, load_output=False
        )
        if any(one.workflow_id.partition(AGAIN)[0] == work.key for one in known):
            return
        stamp = int(SystemClock().now().timestamp() // 60)
        options: Any = self._options(work, f"{work.key}{AGAIN}{stamp}")
        self._client.enqueue(options, *_arguments(work))

    def start(self, carry_out: CarryOut, fire: Fire) -> None:
        """Begin to carry out what is handed over, and what was left behind."""
        config: Any = {
            "name": NAME,
            "system_database_url": self._engine.url.render_as_string(hide_password=False),
            "system_database_engine": self._engine,
            "executor_id": self.executor,
            "application_version": VERSION,
            "serializer": DBOSPortableJSONSerializer(),
            "log_level": "ERROR",
            # Nothing here waits for messages of the engine, and whoever listens for them stops late.
            "use_listen_notify": False,
            "notification_listener_polling_interval_sec": 1.0,
        }
        DBOS(config=config)

        @DBOS.workflow(name=CARRY_OUT)
        def carrying(case_id: str, key: str) -> None:
            for attempt in range(TRIES_MAX):
                if DBOS.run_step(STEP, carry_out, case_id, key):
                    return
                DBOS.sleep(min(PAUSE_SECONDS * 2**attempt, PAUSE_SECONDS_MAX))

        @DBOS.workflow(name=FIRE)
        def firing(case_id: str) -> None:
            DBOS.run_step(STEP, lambda: fire(case_id) is not None)

        # Before anything can be this executor's: whoever holds no lock is taken for dead.
        held = _locked(self._engine, self.executor) if self._on_postgres else None
        DBOS.launch()
        DBOS.register_queue(QUEUE, worker_concurrency=WORKERS, polling_interval_sec=POLL_SECONDS)
        self._client = DBOSClient(
            system_database_url=self._engine.url.render_as_string(hide_password=False),
            system_database_engine=self._engine,
            serializer=DBOSPortableJSONSerializer(),
            application_name=NAME,
        )
        self._looking = threading.Thread(target=self._look, args=(held,), name="bythebook-durable", daemon=True)
        self._looking.start()

    def stop(self, seconds: int = 10) -> None:
        """Finish what has begun, as far as the time allows; the rest is carried out by whoever comes next."""
        self._stopping.set()
        if self._looking is not None:
            self._looking.join()
        if self._client is not None:
            self._client.destroy()
        DBOS.destroy(destroy_registry=True, workflow_completion_timeout_sec=seconds)
        self._engine.dispose()

    def _options(self, work: Work, workflow_id: str) -> dict[str, object]:
        options: dict[str, object] = {
            "queue_name": QUEUE,
            "workflow_name": CARRY_OUT if work.at is None else FIRE,
            "workflow_id": workflow_id,
            "app_version": VERSION,
        }
        if work.at is not None:
            options["delay_seconds"] = max(0.0, (work.at - SystemClock().now()).total_seconds())
        return options

    # ------------------------------------------------------------ processes that died

    def _look(self, held: Connection | None) -> None:
        """Hold this executor's lock; take over the work of those whose lock nobody holds; forget what is done."""
        looks = 0
        while not self._stopping.wait(LOOK_SECONDS):
            try:
                if self._on_postgres:
                    held = held or _locked(self._engine, self.executor)
                    held.execute(text("SELECT 1"))
                    self._take_over(held)
                if looks % CLEAN_EVERY == 0:
                    _clean()
                looks += 1
            except Exception:  # a database that is away for a while comes back
                log.exception("looking after the work of others failed")
                _let_go(held)
                held = None
        _let_go(held)

    def _take_over(self, held: Connection) -> None:
        pending = DBOS.list_workflows(status="PENDING", app_version=VERSION, load_input=False, load_output=False)
        by_owner: dict[str, list[str]] = {}
        for one in pending:
            if one.executor_id and one.executor_id != self.executor:
                by_owner.setdefault(one.executor_id, []).append(one.workflow_id)
        for owner, workflows in by_owner.items():
            if held.execute(text("SELECT pg_try_advisory_lock(hashtextextended(:id, 0))"), {"id": owner}).scalar():
                try:
                    DBOS.resume_workflows(workflows, queue_name=QUEUE)
                    log.warning("took over %d pieces of work of %s, which is gone", len(workflows), owner)
                finally:
                    held.execute(text("SELECT pg_advisory_unlock(hashtextextended(:id, 0))"), {"id": owner})


def _arguments(work: Work) -> tuple[str, ...]:
    return (work.case_id, work.key) if work.at is None else (work.case_id,)


def _locked(engine: Engine, executor: str) -> Connection:
    """Return a connection that holds the executor's lock for as long as it lives."""
    connection = engine.connect().execution_options(isolation_level="AUTOCOMMIT")
    connection.execute(text("SELECT pg_advisory_lock(hashtextextended(:id, 0))"), {"id": executor})
    return connection


def _let_go(connection: Connection | None) -> None:
    if connection is not None:
        with suppress(SQLAlchemyError):
            connection.invalidate()
            connection.close()


def _clean() -> None:
    before = (SystemClock().now() - KEPT).isoformat()
    done = DBOS.list_workflows(
        status=["SUCCESS", "CANCELLED"], completed_before=before, limit=500, load_input=False, load_output=False
    )
    if done:
        DBOS.delete_workflows([one.workflow_id for one in done])


def _sqlite(path: str) -> Engine:
    engine = create_engine(f"sqlite:///{path}", pool_size=CONNECTIONS, max_overflow=0)

    @event.listens_for(engine, "connect")
    def set_pragmas(connection: sqlite3.Connection, _: object) -> None:
        connection.isolation_level = "IMMEDIATE"
        for pragma in ("busy_timeout = 30000", "journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON"):
            connection.execute(f"PRAGMA {pragma}")

    return engine


def _postgres(url: str) -> Engine:
    parsed = make_url(url).set(drivername="postgresql+psycopg")
    return create_engine(parsed, pool_size=CONNECTIONS, max_overflow=WORKERS, pool_pre_ping=True)
