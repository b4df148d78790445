"""Writing in groups: everything once, never by more than may write, whoever is broken off."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import pytest

from bythebook.adapters.group_commit import GroupCommit
from bythebook.service.ports import StoreUnavailable


@pytest.mark.parametrize("writers", [1, 3])
def test_all_is_written_once_and_each_hears_its_own(writers: int) -> None:
    written: Counter[int] = Counter()
    at_once = [0]
    most = [0]
    guard = threading.Lock()

    def commit(group: Sequence[int]) -> Sequence[Exception | None]:
        with guard:
            at_once[0] += 1
            most[0] = max(most[0], at_once[0])
            written.update(group)
        threading.Event().wait(0.0005)
        with guard:
            at_once[0] -= 1
        if 500 in group:
            raise StoreUnavailable("away")
        return [ValueError(str(number)) if number % 7 == 0 else None for number in group]

    writing = GroupCommit(commit, writers)

    def told(number: int) -> str:
        try:
            writing.run(number)
        except (ValueError, StoreUnavailable) as error:
            return str(error)
        return ""

    with ThreadPoolExecutor(24) as pool:
        heard = list(pool.map(told, range(1000)))
    assert written == Counter(range(1000))
    assert most[0] <= writers
    assert heard[500] == "away"
    wrong = [n for n, said in enumerate(heard) if said != ("" if n % 7 else str(n)) and said != "away"]
    assert not wrong


def test_a_write_that_breaks_off_breaks_off_its_group_and_no_other() -> None:
    begun, goes_on = threading.Event(), threading.Event()

    def commit(group: Sequence[str]) -> Sequence[Exception | None]:
        if "slow" in group:
            begun.set()
            goes_on.wait()
        if "stop" in group:
            raise KeyboardInterrupt
        return [None for _ in group]

    writing = GroupCommit(commit)
    with ThreadPoolExecutor(3) as pool:
        slow = pool.submit(writing.run, "slow")
        begun.wait()
        stopped = pool.submit(writing.run, "stop")
        while len(writing._waiting) < 1:
            pass
        beside = pool.submit(writing.run, "beside")
        while len(writing._waiting) < 2:
            pass
        goes_on.set()
        assert slow.exception() is None
        assert isinstance(stopped.exception(), KeyboardInterrupt)
        assert isinstance(beside.exception(), StoreUnavailable)
    writing.run("after")
