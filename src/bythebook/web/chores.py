"""What the application does without being asked: fire due timers, erase by schedule, go on with what a crash left."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable

from anyio import to_thread

from bythebook.web.context import WebContext

log = logging.getLogger(__name__)


async def do_chores(context: WebContext, stopping: asyncio.Event) -> None:
    """Recover at once, then fire timers and recover now and then, until the application stops.

    A chore that has begun is finished first; one that fails is logged and done again at its next time.
    """
    recover = context.conversation.runner.recover
    fire = context.timers.fire_due
    loop = asyncio.get_running_loop()
    recover_at = erase_at = loop.time()
    while not stopping.is_set():
        if loop.time() >= recover_at:
            recover_at = loop.time() + context.recover_seconds
            await _chore("going on with what is owed", recover)
        await _chore("firing timers", fire)
        if context.retention is not None and loop.time() >= erase_at:
            erase_at = loop.time() + context.retention_seconds
            await _chore("erasing by schedule", context.retention.erase_due)
        try:
            await asyncio.wait_for(stopping.wait(), context.timers_seconds)
        except TimeoutError:
            continue


async def _chore(name: str, work: Callable[[], int]) -> None:
    try:
        done = await to_thread.run_sync(work)
    except Exception:  # a store that is away for a while must not end the chores for good
        log.exception("%s failed", name)
        return
    if done:
        log.info("%s: %d cases", name, done)
