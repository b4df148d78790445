"""What many streams look for at once is looked for once, and anew after each piece of news."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Event

import pytest

from bythebook.adapters.news import LocalNews
from bythebook.web.stream import EVERY, Streams
from bythebook.web.together import Together
from tests.web.installation import install


def test_those_who_look_for_the_same_at_once_share_one_look() -> None:
    together, all_there, looked = Together(), Barrier(4), []
    go_on = Event()

    def work() -> int:
        looked.append(1)
        go_on.wait(10)
        return len(looked)

    def viewer(_: int) -> int:
        all_there.wait(10)
        return together.look("queue", work)

    with ThreadPoolExecutor(3) as threads:
        found = [threads.submit(viewer, number) for number in range(3)]
        all_there.wait(10)
        go_on.set()
        assert [one.result(10) for one in found] == [1, 1, 1]
    assert together.look("queue", work) == 1
    assert together.look("another queue", work) == 2
    together.news()
    assert together.look("queue", work) == 3


def test_what_goes_wrong_reaches_all_and_is_tried_again_with_the_next_news() -> None:
    together = Together()
    with pytest.raises(ZeroDivisionError):
        together.look("queue", lambda: 1 // 0)
    with pytest.raises(ZeroDivisionError):
        together.look("queue", lambda: 1)
    together.news()
    assert together.look("queue", lambda: 1) == 1


def test_viewers_of_one_queue_are_told_together_by_one_look() -> None:
    asyncio.run(_told_together())


async def _told_together() -> None:
    news = LocalNews()
    streams = Streams(install(news=news).app.state.context, asyncio.Event())
    state, looked = [0], []

    def look() -> dict[str, str]:
        return {"queue": streams.together.look("queue", work)}

    def work() -> str:
        looked.append(state[0])
        return str(state[0])

    async def here() -> bool:
        return False

    async def told(stream: AsyncIterator[str]) -> str:
        async for event in stream:
            if "data: " in event:
                return event.split("data: ")[1].strip()
        raise AssertionError("the stream has ended")

    viewers = [streams.changes(EVERY, look, here) for _ in range(4)]
    assert [await told(viewer) for viewer in viewers] == ["0"] * 4
    del looked[:]
    waiting = [asyncio.ensure_future(told(viewer)) for viewer in viewers]
    await asyncio.sleep(0)
    state[0] = 1
    news.moved("a case")
    assert await asyncio.gather(*waiting) == ["1"] * 4
    assert looked == [1]
    for viewer in viewers:
        await viewer.aclose()
