"""Learn that the server is to stop while streams are still open.

An ASGI server tells its application to stop only after every answer has ended. A stream that waits for news would
never end and never hear of it; so the signals are listened to as well, in front of the server's own handlers.
"""

from __future__ import annotations

import asyncio
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any, Final

SIGNALS: Final = (signal.SIGINT, signal.SIGTERM)


@contextmanager
def told_by_signals(stopping: asyncio.Event) -> Iterator[None]:
    """Set `stopping` when a signal asks the process to stop; the server's handlers still do their part.

    Only the main thread can listen to signals; anywhere else, whoever runs the server sets the event.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    loop = asyncio.get_running_loop()
    before = {number: signal.getsignal(number) for number in SIGNALS}
    placed = {number: _handler(loop, stopping, handler) for number, handler in before.items() if callable(handler)}
    for number, handler in placed.items():
        signal.signal(number, handler)
    try:
        yield
    finally:
        for number, handler in placed.items():
            if signal.getsignal(number) is handler:
                signal.signal(number, before[number])


def _handler(
    loop: asyncio.AbstractEventLoop, stopping: asyncio.Event, then: Callable[[int, FrameType | None], Any]
) -> Callable[[int, FrameType | None], None]:
    def stop(number: int, frame: FrameType | None) -> None:
        loop.call_soon_threadsafe(stopping.set)
        then(number, frame)

    return stop
