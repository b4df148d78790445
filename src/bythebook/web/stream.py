"""Server-sent events of a case, read from its log at a cursor: what one process stores, every process can tell.

Streams share a few threads of their own, so that many of them leave the threads of other requests alone.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Final

from anyio import CapacityLimiter, to_thread

from bythebook.service.conversation import Conversation
from bythebook.service.ports import StoreUnavailable
from bythebook.service.view import CaseView
from bythebook.web.context import WebContext
from bythebook.web.problems import BUSY, Problem
from bythebook.web.shapes import StateShape, state_shape, utterance_shape

log = logging.getLogger(__name__)

STREAMS_MAX: Final = 2_000
"""Streams of one process."""

STREAM_THREADS: Final = 4
"""Threads that look for news, for all streams together."""

LIVELY_SECONDS: Final = 60.0
"""For so long after the last news a stream looks often."""

QUIET_FACTOR: Final = 5.0
"""How much more seldom it looks after that."""

RECONNECT_MILLISECONDS: Final = 1_000


@dataclass
class Streams:
    """All event streams of one application."""

    context: WebContext
    stopping: asyncio.Event
    threads: CapacityLimiter = field(default_factory=lambda: CapacityLimiter(STREAM_THREADS))
    running: int = 0

    def admit(self) -> None:
        """Raise a problem when there are too many streams already."""
        if self.running >= STREAMS_MAX:
            raise Problem(BUSY, "too many streams are open")

    async def events(self, case_id: str, after: int, gone: Callable[[], Awaitable[bool]]) -> AsyncIterator[str]:
        """Yield what happens in the case after version `after`, until the reader is `gone` or the server stops."""
        loop = asyncio.get_running_loop()
        teller = _Teller(after)
        news_at = told_at = loop.time()
        with self._counted():
            yield f"retry: {RECONNECT_MILLISECONDS}\n\n"
            while not self.stopping.is_set():
                view = await self._news(case_id, teller.version)
                now = loop.time()
                if view is not None:
                    news_at = told_at = now
                    for event in teller.tell(view):
                        yield event
                elif now - told_at >= self.context.heartbeat_seconds:
                    told_at = now
                    yield ": still here\n\n"
                if await gone():
                    return
                await self._pause(lively=now - news_at < LIVELY_SECONDS)

    async def _news(self, case_id: str, version: int | None) -> CaseView | None:
        try:
            return await to_thread.run_sync(_news, self.context.conversation, case_id, version, limiter=self.threads)
        except StoreUnavailable as trouble:
            log.warning("a stream waits for the store: %s", trouble)
            return None

    async def _pause(self, *, lively: bool) -> None:
        seconds = self.context.poll_seconds * (1.0 if lively else QUIET_FACTOR)
        try:
            await asyncio.wait_for(self.stopping.wait(), seconds)
        except TimeoutError:
            return

    @contextmanager
    def _counted(self) -> Iterator[None]:
        self.running += 1
        try:
            yield
        finally:
            self.running -= 1


@dataclass
class _Teller:
    """Turns views of a case into events, each once."""

    cursor: int
    version: int | None = None
    state: StateShape | None = None

    def tell(self, view: CaseView) -> Iterator[str]:
        """Yield the utterances after the cursor, then where the case stands, if that is new."""
        self.version = view.version
        for utterance in view.transcript:
            if utterance.version > self.cursor:
                self.cursor = utterance.version
                data = utterance_shape(utterance).model_dump_json()
                yield f"id: {utterance.version}\nevent: utterance\ndata: {data}\n\n"
        state = state_shape(view)
        if self.state is None or state != self.state:
            self.state = state
            yield f"event: state\ndata: {state.model_dump_json()}\n\n"


def _news(conversation: Conversation, case_id: str, version: int | None) -> CaseView | None:
    """Return the case if it has moved since `version`; its row tells that without its log being read."""
    if version is not None and conversation.runner.store.summary(case_id).version == version:
        return None
    return conversation.view(case_id)
