"""Stop without breaking off: what has begun is finished, what comes is told to come again, all within a bound.

An ASGI server tells its application to stop only after every answer has ended. A stream that waits for news would
never end and never hear of it; so the signals are listened to as well, in front of the server's own handlers. These
are called when the last answer is given, or after a while; a second signal calls them at once.
"""

from __future__ import annotations

import asyncio
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from types import FrameType
from typing import Any, Final

SIGNALS: Final = (signal.SIGINT, signal.SIGTERM)
DRAIN_SECONDS: Final = 20.0
"""How long turns in flight may take to end; what is not finished then is taken up by whoever starts next."""

LOOK_SECONDS: Final = 0.02


@dataclass
class Traffic:
    """The requests in flight, and whether more are let in. Of one event loop."""

    in_flight: int = 0
    closing: bool = False
    _drained: set[asyncio.Task[None]] = field(default_factory=set)

    @contextmanager
    def counted(self) -> Iterator[None]:
        """Count a request while it is answered."""
        self.in_flight += 1
        try:
            yield
        finally:
            self.in_flight -= 1

    def close(self, then: Callable[[], object]) -> None:
        """Let nothing more in, and call `then` when all is answered; a second time at once."""
        if self.closing:
            then()
            return
        self.closing = True
        drained = asyncio.get_running_loop().create_task(self._drain(then))
        self._drained.add(drained)  # the loop itself would forget it

    async def _drain(self, then: Callable[[], object]) -> None:
        loop = asyncio.get_running_loop()
        until = loop.time() + DRAIN_SECONDS
        while self.in_flight and loop.time() < until:
            await asyncio.sleep(LOOK_SECONDS)
        then()


@contextmanager
def told_by_signals(stopping: asyncio.Event, traffic: Traffic) -> Iterator[None]:
    """Set `stopping` when a signal asks the process to stop; the server is told after the last answer.

    Only the main thread can listen to signals; anywhere else, whoever runs the server sets the event.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    loop = asyncio.get_running_loop()
    before = {number: signal.getsignal(number) for number in SIGNALS}

    def handler(then: Callable[[int, FrameType | None], Any]) -> Callable[[int, FrameType | None], None]:
        def stop(number: int, frame: FrameType | None) -> None:
            loop.call_soon_threadsafe(stopping.set)
            loop.call_soon_threadsafe(partial(traffic.close, partial(then, number, frame)))

        return stop

    placed = {number: handler(then) for number, then in before.items() if callable(then)}
    for number, stop in placed.items():
        signal.signal(number, stop)
    try:
        yield
    finally:
        for number, stop in placed.items():
            if signal.getsignal(number) is stop:
                signal.signal(number, before[number])
