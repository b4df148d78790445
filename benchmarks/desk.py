"""The desk among many cases: how long its pages take, and how soon somebody who waits is seen, while customers write.

    python benchmarks/desk.py [CASES] [LIVE]

A SQLite file with CASES old cases is made and thrown away, and served by the command in a process of its own. Then
LIVE customers have open chats, each with an event stream, and write one message in ten seconds; five people look at
the queue, each with its own stream.
"""

from __future__ import annotations

import asyncio
import itertools
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Sequence
from contextlib import closing
from pathlib import Path
from typing import Final

import httpx2
from search import fill
from sqlalchemy import URL, create_engine, update

from bythebook.adapters.argon2_passwords import quick_passwords
from bythebook.adapters.schema import cases as rows
from bythebook.adapters.sql_people import SqlPeople
from bythebook.adapters.sqlite_store import SqliteStore
from bythebook.adapters.system_clock import SystemClock
from bythebook.service.people import Account, Role

TIMES: Final = 60
SEEN_TIMES: Final = 20
DESK: Final = 5
SECONDS_BETWEEN_MESSAGES: Final = 10.0
PASSWORD: Final = "orange lantern gravel"
UNLIMITED: Final = {
    "BYTHEBOOK_CASES_AN_HOUR": "0",
    "BYTHEBOOK_MESSAGES_A_MINUTE": "0",
    "BYTHEBOOK_MESSAGES_A_MINUTE_OF_ADDRESS": "0",
}
"""All customers come from one address here."""

PAGES: Final = {
    "waiting": "/desk",
    "mine": "/desk?view=mine",
    "all cases": "/desk?view=all",
    "all, a document and a step": "/desk?view=all&routine=routine-3&step=2",
    "all, resolved": "/desk?view=all&status=resolved",
    "an id's beginning": "/desk?view=all&id=ab",
}


def main(cases: int, live: int) -> None:
    """Fill, serve, measure in quiet and under load."""
    with tempfile.TemporaryDirectory() as folder:
        database = Path(folder) / "cases.db"
        with closing(SqliteStore(database)) as store:
            made = quick_passwords().made_of(PASSWORD)
            SqlPeople(store).add(Account("Hanna", frozenset({Role.HUMAN}), SystemClock().now(), made))
        engine = create_engine(URL.create("sqlite", database=str(database)))
        fill(engine, cases)
        with engine.begin() as connection:  # they have no logs, so nothing is to be done for them
            connection.execute(update(rows).values(timer_at=None, owes=False))
        engine.dispose()
        port = _free_port()
        command = [sys.executable, "-m", "bythebook", "serve", "--port", str(port), "--database", str(database)]
        with (Path(folder) / "log").open("wb") as log:
            server = subprocess.Popen(
                [*command, "--reader", "lexicon"], stdout=log, stderr=log, env={**os.environ, **UNLIMITED}
            )
            try:
                asyncio.run(_measure(f"http://127.0.0.1:{port}", cases, live))
            except Exception:
                print((Path(folder) / "log").read_text(encoding="utf-8")[-2_000:], file=sys.stderr)
                raise
            finally:
                server.terminate()
                server.wait(40)


async def _measure(base: str, cases: int, live: int) -> None:
    limits = httpx2.Limits(max_connections=None)
    async with httpx2.AsyncClient(base_url=base, timeout=60, limits=limits) as client:
        await _answers(client)
        form = {"name": "Hanna", "password": PASSWORD}
        signed = await client.post("/sign-in", data=form, headers={"Origin": base})
        assert signed.status_code in (200, 303), signed.text
        print(
            f"{cases:,} cases; {TIMES} times each, one after the other\n\n| page | p50 ms | p95 ms |\n|---|---|---|"
        )
        await _pages(client, "quiet")
        await _seen(client, "quiet")
        streams = [asyncio.create_task(_hears(client, asyncio.Event())) for _ in range(DESK)]
        customers = [asyncio.create_task(_customer(client, number, live)) for number in range(live)]
        await asyncio.sleep(SECONDS_BETWEEN_MESSAGES)
        await _pages(client, f"{live} live")
        await _seen(client, f"{live} live")
        for task in (*streams, *customers):
            task.cancel()
        await asyncio.gather(*streams, *customers, return_exceptions=True)


async def _pages(client: httpx2.AsyncClient, when: str) -> None:
    for name, address in PAGES.items():
        await _timed(f"{name}, {when}", lambda address=address: _got(client, address))
    deep = await _deep(client)
    await _timed(f"all cases, page 20, {when}", lambda: _got(client, deep))


async def _timed(name: str, work: Callable[[], Awaitable[object]], times: int = TIMES) -> None:
    took = []
    for _ in range(times):
        begun = time.perf_counter()
        await work()
        took.append((time.perf_counter() - begun) * 1000)
    _print(name, took)


def _print(name: str, took: Sequence[float]) -> None:
    print(f"| {name} | {statistics.median(took):.1f} | {statistics.quantiles(took, n=20)[-1]:.1f} |", flush=True)


async def _got(client: httpx2.AsyncClient, address: str) -> str:
    answer = await client.get(address)
    assert answer.status_code == 200, answer.text
    return answer.text


async def _deep(client: httpx2.AsyncClient) -> str:
    address = "/desk?view=all"
    for _ in range(19):
        text = await _got(client, address)
        address = text.split('rel="next" href="')[1].split('"')[0].replace("&amp;", "&")
    return address


async def _seen(client: httpx2.AsyncClient, when: str) -> None:
    """From a customer's press of the button to the moment an open queue is told that the list has changed."""
    took = []
    heard = asyncio.Event()
    listening = asyncio.create_task(_hears(client, heard))
    for number in range(SEEN_TIMES):
        case, headers = await _opened(client)
        await asyncio.sleep(0.7)
        heard.clear()
        begun = time.perf_counter()
        press = {**headers, "Idempotency-Key": f"wait {number}"}
        pressed = client.post(f"/v1/cases/{case}/messages", json={"press": "act:human"}, headers=press)
        answered = asyncio.create_task(pressed)
        await asyncio.wait_for(heard.wait(), 30)
        assert case in await _got(client, f"/desk?id={case[:12]}")
        took.append((time.perf_counter() - begun) * 1000)
        await answered
    listening.cancel()
    _print(f"a new case is seen (pressed, told, shown), {when}", took)


async def _hears(client: httpx2.AsyncClient, heard: asyncio.Event) -> None:
    async with client.stream("GET", "/desk/events?view=all&status=handed_off&known=none") as stream:
        async for line in stream.aiter_lines():
            if line.startswith("data:"):
                heard.set()


async def _customer(client: httpx2.AsyncClient, number: int, live: int) -> None:
    await asyncio.sleep(SECONDS_BETWEEN_MESSAGES * number / live)
    case, headers = await _opened(client)
    following = asyncio.create_task(_follows(client, case, headers))
    try:
        for turn in itertools.count():
            text = ("hi", "BAA for the API", "how long does it take?", "Enterprise")[turn % 4]
            key = {**headers, "Idempotency-Key": f"m{turn}"}
            await client.post(f"/v1/cases/{case}/messages", json={"text": text}, headers=key)
            await asyncio.sleep(SECONDS_BETWEEN_MESSAGES)
    finally:
        following.cancel()


async def _follows(client: httpx2.AsyncClient, case: str, headers: dict[str, str]) -> None:
    async with client.stream("GET", f"/v1/cases/{case}/events", headers=headers) as stream:
        async for _ in stream.aiter_lines():
            pass


async def _opened(client: httpx2.AsyncClient) -> tuple[str, dict[str, str]]:
    opened = (await client.post("/v1/cases")).json()
    return opened["case"], {"Authorization": f"Bearer {opened['token']}"}


async def _answers(client: httpx2.AsyncClient) -> None:
    for _ in range(900):
        try:
            if (await client.get("/healthz")).status_code == 200:
                return
        except httpx2.TransportError:
            await asyncio.sleep(0.1)
    raise SystemExit("the server does not answer")


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return int(taken.getsockname()[1])


if __name__ == "__main__":
    main(*(int(each) for each in (*sys.argv[1:], *("100000", "200")[len(sys.argv) - 1 :])))
