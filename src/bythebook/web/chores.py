"""What the application does without being asked: fire due timers, erase by schedule, go on with what a crash left."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress
from functools import partial
from typing import Final

from anyio import CapacityLimiter, to_thread

from bythebook.service.counting import CASES_PER_TICK, Tallying
from bythebook.service.ports import Busy, StoreUnavailable
from bythebook.service.resting import Resting
from bythebook.web.context import WebContext

log = logging.getLogger(__name__)

TAKE_UP_THREADS: Final = 8
"""Cases that are gone on with at the same time: one whose function is slow holds up no other."""

FORGET_SECONDS: Final = 3600.0
"""How often sign-ins and links that have ended are dropped."""

FINISH_SECONDS: Final = 5.0

CHECKPOINTS_SECONDS: Final = 60.0
"""How often is looked whether a checkpoint is due."""

BEHIND_SECONDS: Final = 0.3
COUNTING: Final = "counting"
LOOKING: Final = "looking for what is owed"
"""How long counting rests between two handfuls of cases: customers come first."""


async def do_chores(context: WebContext, stopping: asyncio.Event) -> None:
    """Recover at once, then fire timers and recover now and then, until the application stops.

    A chore that has begun is finished first; one that fails is logged and done again at its next time.
    """
    watched = _Watched()
    chore = partial(_chore, watched)
    taking_up = _TakingUp(context, watched)
    chores = [
        _every(context.timers_seconds, partial(chore, "firing timers", context.timers.fire_due), stopping),
        _every(context.recover_seconds, taking_up.look, stopping),
    ]
    if context.access is not None:
        forget = partial(chore, "forgetting ended sign-ins", context.access.forget_ended)
        chores.append(_every(FORGET_SECONDS, forget, stopping))
    if context.retention is not None:
        erase = partial(chore, "erasing by schedule", context.retention.erase_due)
        chores.append(_every(context.retention_seconds, erase, stopping))
    if context.checkpointing is not None:
        sign = partial(chore, "signing checkpoints", context.checkpointing.make_if_due)
        chores.append(_every(CHECKPOINTS_SECONDS, sign, stopping))
    if context.tallying is not None:
        chores.append(_tally(watched, context.tallying, context.tallying_seconds, stopping))
    await asyncio.gather(*chores)
    await taking_up.finish()


async def _every(seconds: float, work: Callable[[], Awaitable[None]], stopping: asyncio.Event) -> None:
    while not stopping.is_set():
        await work()
        try:
            await asyncio.wait_for(stopping.wait(), seconds)
        except TimeoutError:
            continue


async def _tally(watched: _Watched, tallying: Tallying, seconds: float, stopping: asyncio.Event) -> None:
    """Count a few cases at a time, and again soon while there are as many as that."""
    while not stopping.is_set():
        try:
            done = await to_thread.run_sync(tallying.tick)
            watched.answers(COUNTING)
        except Exception as error:  # a store that is away for a while must not end the chores for good
            watched.failed(COUNTING, error)
            done = 0
        soon = BEHIND_SECONDS if done >= CASES_PER_TICK else seconds
        with suppress(TimeoutError):
            await asyncio.wait_for(stopping.wait(), min(soon, seconds))


async def _chore(watched: _Watched, name: str, work: Callable[[], int]) -> None:
    try:
        done = await to_thread.run_sync(work)
    except Exception as error:  # a store that is away for a while must not end the chores for good
        watched.failed(name, error)
        return
    watched.answers(name)
    if done:
        log.info("%s: %d cases", name, done)


class _Watched:
    """Says once that the store is away, and once that it is back, however many chores find it so.

    A store that takes no writes can still be read: only a chore that found it away can find it back.
    """

    def __init__(self) -> None:
        self._away: Final[set[str]] = set()
        """The chores that found it so."""

    def failed(self, name: str, error: Exception) -> None:
        """Take down that a chore failed."""
        if not isinstance(error, StoreUnavailable):
            log.error("%s failed", name, exc_info=error)
        else:
            if not self._away:
                log.warning("the store is away; customers are told to come again: %s", error)
            self._away.add(name)

    def answers(self, name: str) -> None:
        """Take down that a chore was done."""
        if name in self._away:
            self._away.clear()
            log.warning("the store is back")


class _TakingUp:
    """Goes on with what is owed and nobody is at, several cases at a time; a slow one is not waited for."""

    def __init__(self, context: WebContext, watched: _Watched) -> None:
        self._watched: Final = watched
        self._runner: Final = context.conversation.runner
        self._threads: Final = CapacityLimiter(TAKE_UP_THREADS)
        self._looking: Final = CapacityLimiter(1)
        self._at: Final[dict[str, asyncio.Task[None]]] = {}
        self._resting: Final = Resting()

    async def look(self) -> None:
        """Begin with every case that is owed something and not begun with."""
        try:
            owing = await to_thread.run_sync(self._runner.store.owing, limiter=self._looking)
        except Exception as error:  # a store that is away for a while must not end the chores for good
            self._watched.failed(LOOKING, error)
            return
        self._watched.answers(LOOKING)
        for case_id in owing:
            if case_id not in self._at and not self._resting.rests(case_id, self._runner.clock.now()):
                self._at[case_id] = asyncio.create_task(self._take_up(case_id))

    async def finish(self) -> None:
        """Let what has begun end, for a while; what does not is looked for by whoever starts next."""
        if self._at:
            await asyncio.wait(list(self._at.values()), timeout=FINISH_SECONDS)

    async def _take_up(self, case_id: str) -> None:
        try:
            if await to_thread.run_sync(self._runner.take_up, case_id, limiter=self._threads):
                log.info("case %s went on", case_id)
            self._resting.rose(case_id)
        except (Busy, StoreUnavailable) as error:
            log.info("case %s waits: %s", case_id, error)
        except Exception as error:  # it is owed still, and looked for again
            log.error(
                "case %s cannot go on: %s", case_id, self._resting.fell(case_id, self._runner.clock.now(), error)
            )
        finally:
            del self._at[case_id]
