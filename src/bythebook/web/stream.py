"""Server-sent events of a case, read from its log at a cursor: what one process stores, every process can tell.

Streams share a few threads of their own, so that many of them leave the threads of other requests alone.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from typing import Final, TypeVar

from anyio import CapacityLimiter, to_thread

from bythebook.service.conversation import Conversation
from bythebook.service.ports import StoreUnavailable
from bythebook.service.view import CaseView
from bythebook.web.context import WebContext
from bythebook.web.problems import BUSY, Problem
from bythebook.web.shapes import StateShape, state_shape, utterance_shape
from bythebook.web.together import Together

Answer = TypeVar("Answer")

log = logging.getLogger(__name__)

STREAMS_MAX: Final = 2_000
"""Streams of one process."""

STREAM_THREADS: Final = 4
"""Threads that look for news, for all streams together."""

GONE_SECONDS: Final = 2.0
"""How often a stream without news looks whether its reader is still there."""

RECONNECT_MILLISECONDS: Final = 1_000

EVERY: Final = ""
"""Follows whatever case moves."""

TOGETHER_SECONDS: Final = 0.5
"""News of many cases are told together, at most so often: at once where none was for that long."""

LOOK_SECONDS: Final = 5.0
"""How often is looked without news: some may be missed."""


@dataclass
class Streams:
    """All event streams of one application."""

    context: WebContext
    stopping: asyncio.Event
    threads: CapacityLimiter = field(default_factory=lambda: CapacityLimiter(STREAM_THREADS))
    running: int = 0
    _moved: dict[str, set[asyncio.Event]] = field(default_factory=dict)
    """By case: what its streams wait for."""

    together: Together = field(default_factory=Together)
    """What those look for who follow all cases."""

    _told_all_at: float = 0.0
    _telling_all: bool = False
    _watcher: asyncio.Task[None] | None = None
    _loop: asyncio.AbstractEventLoop | None = None

    def __post_init__(self) -> None:
        if self.context.news is not None:
            self.context.news.follow(self._hear)

    def admit(self) -> None:
        """Raise a problem when there are too many streams already."""
        if self.running >= STREAMS_MAX:
            raise Problem(BUSY, "too many streams are open")

    async def events(self, case_id: str, after: int, gone: Callable[[], Awaitable[bool]]) -> AsyncIterator[str]:
        """Yield what happens in the case after version `after`, until the reader is `gone` or the server stops."""
        loop = asyncio.get_running_loop()
        teller = _Teller(after)
        told_at, due = loop.time(), True
        with self._counted(), self._following(case_id) as moved:
            yield f"retry: {RECONNECT_MILLISECONDS}\n\n"
            while not self.stopping.is_set():
                looked = await self._looked(partial(_news, self.context.conversation, case_id, teller)) if due else ()
                view = looked[0] if looked else None
                if view is not None:
                    told_at = loop.time()
                    for event in teller.tell(view):
                        yield event
                elif loop.time() - told_at >= self.context.heartbeat_seconds:
                    told_at = loop.time()
                    yield ": still here\n\n"
                if await gone():
                    return
                # Where the store was away it is looked again.
                pause = min(GONE_SECONDS, self.context.heartbeat_seconds)
                due = await self._until(moved, pause) or looked is None

    async def changes(
        self,
        key: str,
        look: Callable[[], Mapping[str, str] | None],
        gone: Callable[[], Awaitable[bool]],
        known: Mapping[str, str] | None = None,
    ) -> AsyncIterator[str]:
        """Yield an event for each name that `look` returns something else for than was `known`, until it is None.

        It is looked when the case `key` moves, any case for EVERY, and now and then by itself.
        """
        loop = asyncio.get_running_loop()
        told_at, told = loop.time(), dict(known or {})
        with self._counted(), self._following(key) as moved:
            self.together.news()
            yield f"retry: {RECONNECT_MILLISECONDS}\n\n"
            while not self.stopping.is_set():
                looked = await self._looked(look)
                if looked == (None,) or await gone():
                    return
                found = looked[0] if looked is not None and looked[0] is not None else {}
                fresh = {name: data for name, data in found.items() if told.get(name) != data}
                if fresh:
                    told_at = loop.time()
                    told.update(fresh)
                    for name, data in fresh.items():
                        yield f"event: {name}\ndata: {data}\n\n"
                elif loop.time() - told_at >= self.context.heartbeat_seconds:
                    told_at = loop.time()
                    yield ": still here\n\n"
                if not await self._until(moved, LOOK_SECONDS):
                    self.together.news()

    async def _looked(self, look: Callable[[], Answer]) -> tuple[Answer] | None:
        """Return what was found, alone in a tuple; None while the store is away."""
        try:
            return (await to_thread.run_sync(look, limiter=self.threads),)
        except StoreUnavailable as trouble:
            log.warning("a stream waits for the store: %s", trouble)
            return None

    async def _until(self, moved: asyncio.Event | None, seconds: float) -> bool:
        """Wait until the event, the server's stop, or the end of a time; return whether the event came."""
        events = (moved, self.stopping) if moved is not None else (self.stopping,)
        waits = [asyncio.create_task(event.wait()) for event in events]
        try:
            await asyncio.wait(waits, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
        finally:  # also when the reader is gone in the middle of it
            for wait in waits:
                wait.cancel()
        came = moved is not None and moved.is_set()
        if moved is not None:
            moved.clear()
        return came

    async def _watch(self) -> None:
        """Look for news that nobody told of: one look for all cases that are followed."""
        seen: Mapping[str, int] = {}
        store = self.context.conversation.runner.store
        while self._moved and not self.stopping.is_set():
            followed = [case_id for case_id in self._moved if case_id != EVERY]
            looked = await self._looked(partial(store.versions, followed)) if followed else ({},)
            if looked is not None:
                for case_id, version in looked[0].items():
                    if seen.get(case_id) != version:
                        self._tell(case_id)
                seen = looked[0]
            await self._until(None, self.context.poll_seconds)

    def _hear(self, case_id: str) -> None:
        """A case has moved: tell its streams, from whatever thread."""
        loop = self._loop
        if loop is not None and (case_id in self._moved or EVERY in self._moved):
            with suppress(RuntimeError):  # the loop has ended in between
                loop.call_soon_threadsafe(self._wake, case_id)

    def _wake(self, case_id: str) -> None:
        self._tell(case_id)
        if EVERY not in self._moved or self._telling_all or self._loop is None:
            return
        left = self._told_all_at + TOGETHER_SECONDS - self._loop.time()
        if left <= 0:
            self._tell_all()
        else:
            self._telling_all = True
            self._loop.call_later(left, self._tell_all)

    def _tell_all(self) -> None:
        assert self._loop is not None
        self._telling_all, self._told_all_at = False, self._loop.time()
        self.together.news()
        self._tell(EVERY)

    def _tell(self, key: str) -> None:
        for moved in self._moved.get(key, ()):
            moved.set()

    @contextmanager
    def _following(self, case_id: str) -> Iterator[asyncio.Event]:
        self._loop = asyncio.get_running_loop()
        moved = asyncio.Event()
        self._moved.setdefault(case_id, set()).add(moved)
        if self._watcher is None or self._watcher.done():
            self._watcher = asyncio.create_task(self._watch())
        try:
            yield moved
        finally:
            self._moved[case_id].discard(moved)
            if not self._moved[case_id]:
                del self._moved[case_id]

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


def _news(conversation: Conversation, case_id: str, teller: _Teller) -> CaseView | None:
    """Return the case if it has moved since it was told; its row tells that without its log being read.

    Of what was said only what came after a version has to be there.
    """
    if teller.version is not None and conversation.runner.store.summary(case_id).version == teller.version:
        return None
    return conversation.view(case_id, teller.cursor)
