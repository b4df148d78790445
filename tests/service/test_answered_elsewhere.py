"""A process died in the middle of an answer; another one is asked for the same message and gives the whole answer."""

from __future__ import annotations

import pytest

from bythebook.adapters.memory_store import MemoryStore
from bythebook.bootstrap import build_installation
from bythebook.engine.event import MessageRead
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
