"""Prometheus metrics: how much was done, how long it took, what failed. No text, no id of a case is a label.

Several workers of one keeper add up: the keeper names a folder (`PROMETHEUS_MULTIPROC_DIR`) in which they count.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from typing import Any, Final, cast

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest, multiprocess
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.exposition import CONTENT_TYPE_LATEST
from prometheus_client.registry import Collector

from bythebook.engine.event import Event, FunctionFailed, HandoffRequested, MessageRead
from bythebook.service.ports import Append, CaseStore

FOLDER: Final = "PROMETHEUS_MULTIPROC_DIR"
SECONDS: Final = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)

Gauges = Callable[[], Sequence[tuple[str, str, float]]]
"""What is looked at when metrics are asked for: name, what it is, how much."""


class Metrics:
    """A witness that counts."""

    content_type: Final = CONTENT_TYPE_LATEST

    def __init__(self) -> None:
        self._registry: Final = CollectorRegistry()
        given: dict[str, Any] = {"registry": self._registry}
        self._seconds: Final = Histogram(
            "bythebook_work_seconds",
            "Time of appends, looks into logs, readings, calls and notices.",
            ("work", "name"),
            buckets=SECONDS,
            **given,
        )
        self._failures: Final = Counter(
            "bythebook_work_failures", "Work that ended with an error.", ("work", "name"), **given
        )
        self._events: Final = Counter("bythebook_events", "Events in logs, by their kind.", ("kind",), **given)
        unsure = "Readings, by whether they were unsure."
        self._readings: Final = Counter("bythebook_readings", unsure, ("unsure",), **given)
        self._handoffs: Final = Counter("bythebook_handoffs", "Cases given to a human.", **given)
        self._failed: Final = Counter("bythebook_calls_failed", "Attempts at calls that failed.", **given)

    def during(self, work: str, name: str) -> AbstractContextManager[object]:
        """Time the work and count its failure."""
        return self._timed(work, name)

    @contextmanager
    def _timed(self, work: str, name: str) -> Iterator[None]:
        started = time.perf_counter()
        try:
            yield
        except BaseException:
            self._failures.labels(work, name).inc()
            raise
        finally:
            self._seconds.labels(work, name).observe(time.perf_counter() - started)

    def appended(self, events: Sequence[Event]) -> None:
        """Count what was stored."""
        for event in events:
            self._events.labels(type(event).__name__).inc()
            match event:
                case MessageRead(unsure=unsure):
                    self._readings.labels("yes" if unsure else "no").inc()
                case HandoffRequested():
                    self._handoffs.inc()
                case FunctionFailed():
                    self._failed.inc()
                case _:
                    pass

    def shown(self, gauges: Gauges) -> bytes:
        """Return all of it in Prometheus' text form, with what the gauges say now."""
        counted = self._registry
        if os.environ.get(FOLDER):
            counted = CollectorRegistry()
            multiprocess.MultiProcessCollector(counted)  # type: ignore[no-untyped-call]
        looked_at = CollectorRegistry()
        looked_at.register(_Gauges(gauges))
        return generate_latest(counted) + generate_latest(looked_at)


class _Gauges(Collector):
    def __init__(self, gauges: Gauges) -> None:
        self._gauges: Final = gauges

    def collect(self) -> Iterator[GaugeMetricFamily]:
        for name, about, value in self._gauges():
            yield GaugeMetricFamily(name, about, value=value)


def counted(store: CaseStore, metrics: Metrics) -> CaseStore:
    """Return the store; what it appends is counted."""
    return cast(CaseStore, _Counted(store, metrics))


class _Counted:
    def __init__(self, store: CaseStore, metrics: Metrics) -> None:
        self._store: Final = store
        self._metrics: Final = metrics

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)

    def append(self, *appends: Append) -> None:
        self._store.append(*appends)
        for append in appends:
            self._metrics.appended(append.events)
