"""How long it takes to open a long case with nothing in memory: by its snapshot, and by its whole log. Paired.

python benchmarks/opening.py [EVENTS] [TIMES]
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from bythebook.adapters.master_keys import new_master_key, read_master_keys
from bythebook.adapters.sqlite_store import SqliteStore
from bythebook.bootstrap import build_installation
from bythebook.engine.evolve import replay
from bythebook.service.conversation import Conversation
from bythebook.service.runner import Runner
from bythebook.settings import Settings

QUESTION = "how long does it take?"
TALK = (QUESTION, "are all services covered?", "the API", "thanks", "ChatGPT Enterprise", "what is it?")


def main(events: int, times: int) -> None:
    """Grow a case, then open it again and again."""
    with tempfile.TemporaryDirectory() as folder:
        for name, masters in (("plain", None), ("sealed", read_master_keys(new_master_key()))):
            store = SqliteStore(Path(folder) / f"{name}.db", masters=masters)
            runner = build_installation(Settings(reader="lexicon"), store).runner
            case = grown(runner, events)
            later = len(store.recall(case).events)
            print(f"{name}: {store.summary(case).version:,} events, {later} after the snapshot, {times} times")
            shown(opened(runner, case, times))
            shown(talked(Conversation(runner), case, times))
            store.close()


def grown(runner: Runner, events: int) -> str:
    """Return a case with at least so many events."""
    conversation = Conversation(runner)
    case, said = conversation.open().case_id, 0
    while runner.store.summary(case).version < events:
        conversation.accept(case, TALK[said % len(TALK)], str(said))
        runner.settle(case)
        said += 1
    return case


def opened(runner: Runner, case: str, times: int) -> Mapping[str, Sequence[float]]:
    """Time both ways in turn, and see that both come to the same."""
    taken: dict[str, list[float]] = {"snapshot": [], "whole log": []}
    for _ in range(times):
        runner.forget(case)
        by_snapshot = timed(taken["snapshot"], lambda: runner.known(case))
        whole = timed(taken["whole log"], lambda: replay(runner.store.load(case)))
        assert by_snapshot == whole
    return taken


def talked(conversation: Conversation, case: str, times: int) -> Mapping[str, Sequence[float]]:
    """Time what a channel waits for in a case that is in memory: a view, and a turn."""
    taken: dict[str, list[float]] = {"view": [], "turn": []}
    for number in range(times):
        timed(taken["view"], lambda: conversation.view(case))
        timed(taken["turn"], lambda number=number: conversation.say(case, QUESTION, f"late {number}"))
    return taken


def timed(taken: list[float], work: Callable[[], object]) -> object:
    """Do the work and note how long it took."""
    began = time.perf_counter()
    result = work()
    taken.append(time.perf_counter() - began)
    return result


def shown(taken: Mapping[str, Sequence[float]]) -> None:
    """Print the median and the slowest of each."""
    for way, seconds in taken.items():
        median, slowest = statistics.median(seconds) * 1000, max(seconds) * 1000
        print(f"  {way:<10} median {median:8.2f} ms, slowest {slowest:8.2f} ms")


if __name__ == "__main__":
    main(*(int(given) for given in [*sys.argv[1:], *("5000", "20")[len(sys.argv) - 1 :]]))
