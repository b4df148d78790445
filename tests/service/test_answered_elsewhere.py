"""A process died in the middle of an answer; another one is asked for the same message and gives the whole answer."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from bythebook.adapters.memory_store import MemoryStore
from bythebook.bootstrap import build_installation
from bythebook.engine.event import MessageRead
from bythebook.routine.value import Values
from bythebook.service.conversation import Conversation
from bythebook.service.ports import Append
from bythebook.settings import Settings


class Killed(BaseException):
    """The end of a process."""


def test_a_need_after_resolution_is_answered_whole_by_whoever_is_asked_again() -> None:
    settings, store = Settings(reader="lexicon"), MemoryStore()
    first, second = (Conversation(build_installation(settings, store).runner) for _ in range(2))
    case = first.open().case_id
    whole = first.say(case, "BAA for the API", "1").said
    first.say(case, "no", "2")
    append = store.append

    def die_in_the_new_case(*appends: Append) -> None:
        if appends[0].summary.case_id != case and isinstance(appends[0].events[0], MessageRead):
            raise Killed
        append(*appends)

    store.append = die_in_the_new_case  # type: ignore[method-assign]
    with pytest.raises(Killed):
        first.say(case, "BAA for the API", "3")
    store.append = append  # type: ignore[method-assign]
    again = second.say(case, "BAA for the API", "3")
    assert again.said == whole
    assert again.case_id != case


def test_two_threads_that_want_the_same_answer_make_one_call() -> None:
    calls: list[str] = []
    begun, on = threading.Event(), threading.Event()

    class Slow:
        """Functions whose call lasts until it is let go."""

        def call(self, function: str, arguments: Values, key: str) -> Values:
            """Wait, then tell two endpoints."""
            calls.append(key)
            begun.set()
            assert on.wait(10)
            return {"endpoints": ("/v1/a", "/v1/b"), "as_of": "now", "source": "here", "review": ""}

    installation = build_installation(Settings(reader="lexicon"), MemoryStore(), bind=lambda _: Slow())
    conversation = Conversation(installation.runner)
    case = conversation.open().case_id
    with ThreadPoolExecutor() as threads:
        first = threads.submit(conversation.say, case, "BAA for the API", "1")
        assert begun.wait(10)
        second = threads.submit(conversation.say, case, "BAA for the API", "1")
        assert not installation.runner.take_up(case), "somebody is at it"
        on.set()
        assert first.result(10).said == second.result(10).said
    assert len(calls) == 1
