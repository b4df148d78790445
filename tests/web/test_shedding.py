"""Too much at once is sent away and comes again; a function that hangs holds up nobody else."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from typing import Any

import httpx2
import pytest

from bythebook.adapters.in_flight import BoundedFunctions, BoundedModel, InFlight
from bythebook.reading.model import ModelAnswer, ModelUnavailable
from bythebook.routine.value import Values
from bythebook.service.ports import Bound, Busy, Functions
from bythebook.web.lanes import TURNS_OF_A_CASE_MAX
from tests.web.installation import Installation, install
from tests.web.live import live

PLACES = 3


class Hanging:
    """The list of endpoints takes until it is let go; everything else is quick."""

    def __init__(self, behind: Functions) -> None:
        self.behind, self.go, self.begun = behind, threading.Event(), threading.Semaphore(0)

    def call(self, function: str, arguments: Values, key: str) -> Values:
        """Call, when it is let go."""
        if function == "provide_list_of_zero_retention_endpoints":
            self.begun.release()
            assert self.go.wait(60)
        return self.behind.call(function, arguments, key)


@pytest.fixture
def hanging() -> Iterator[tuple[Installation, Hanging]]:
    """An application whose list of endpoints hangs, with room for a few such calls."""
    installed = install()
    bound = installed.runner.releases.current()
    functions = Hanging(bound.functions)
    bounded = BoundedFunctions(functions, InFlight(of_one=PLACES))
    known = installed.runner.releases._by_digest  # type: ignore[attr-defined]
    known[bound.release.digest] = Bound(bound.release, bound.reader, bounded)
    yield installed, functions
    functions.go.set()


def opened(client: httpx2.Client) -> tuple[str, dict[str, str]]:
    """Open a case."""
    case = client.post("/v1/cases").json()
    return case["case"], {"Authorization": f"Bearer {case['token']}"}


def say(client: httpx2.Client, case: tuple[str, dict[str, str]], text: str, key: str) -> httpx2.Response:
    """Say something."""
    headers = {**case[1], "Idempotency-Key": key}
    return client.post(f"/v1/cases/{case[0]}/messages", json={"text": text}, headers=headers)


def test_a_function_that_hangs_holds_up_only_its_own_cases(hanging: tuple[Installation, Hanging]) -> None:
    installed, functions = hanging
    with live(installed.app) as base, httpx2.Client(base_url=base, timeout=60) as client:
        cases = [opened(client) for _ in range(PLACES + 40)]
        with ThreadPoolExecutor(PLACES + 40) as threads:
            first = [threads.submit(say, client, case, "API", "1") for case in cases[:PLACES]]
            for _ in first:
                assert functions.begun.acquire(timeout=30)
            more = [threads.submit(say, client, case, "API", "1") for case in cases[PLACES:]]
            refused = [response.result() for response in more]  # at once: there is no room, and nothing waits
            assert {response.status_code for response in refused} == {503}
            assert all(response.json()["type"] == "/problems/busy" for response in refused)
            assert all(int(response.headers["retry-after"]) > 0 for response in refused)
            # While all of these hang, another need is answered.
            other = say(client, opened(client), "Enterprise", "1")
            assert [said["line"] for said in other.json()["said"]] == ["1", "3a", "3a.i", "5.1"]
            functions.go.set()
            assert {response.result().status_code for response in first} == {200}
        for case in cases[PLACES:]:  # what was refused was kept: the same request gets its answer, once
            again = say(client, case, "API", "1")
            assert again.status_code == 200 and again.json()["duplicate"]
            assert len(again.json()["said"]) == 9


def test_one_case_takes_no_more_than_its_share(hanging: tuple[Installation, Hanging]) -> None:
    installed, functions = hanging
    with live(installed.app) as base, httpx2.Client(base_url=base, timeout=60) as client:
        case = opened(client)
        with ThreadPoolExecutor(10) as threads:
            sent: list[Future[Any]] = [threads.submit(say, client, case, "API", "1") for _ in range(10)]
            assert functions.begun.acquire(timeout=30)
            refused: list[Future[Any]] = []
            for future in as_completed(sent, timeout=60):  # those that are answered while the others hang
                refused.append(future)
                if len(refused) == len(sent) - TURNS_OF_A_CASE_MAX:
                    break
            assert {future.result().json()["type"] for future in refused} == {"/problems/too-many-requests"}
            assert {future.result().status_code for future in refused} == {429}
            functions.go.set()
            assert {future.result().status_code for future in sent if future not in refused} == {200}


def test_whose_time_is_up_is_told_and_gets_the_answer_later(hanging: tuple[Installation, Hanging]) -> None:
    installed, functions = hanging
    installed.app.state.turns.deadline = 0.05
    with live(installed.app) as base, httpx2.Client(base_url=base, timeout=60) as client:
        case = opened(client)
        slow = say(client, case, "API", "1")
        assert (slow.status_code, slow.json()["type"]) == (503, "/problems/slow")
        functions.go.set()
        installed.app.state.turns.deadline = 30.0
        assert len(say(client, case, "API", "1").json()["said"]) == 9


def test_a_call_without_a_place_is_not_made_and_places_come_back() -> None:
    places = InFlight(of_one=1, of_all=2)
    with places.place("a"):
        with pytest.raises(Busy), places.place("a"):
            pass
        with places.place("b"), pytest.raises(Busy), places.place("c"):
            pass
    with places.place("a"), places.place("c"):
        pass


def test_a_model_without_a_place_is_not_there() -> None:
    class Model:
        """Never asked here."""

        name = "model"

        def ask(self, *_: object) -> ModelAnswer:
            """Fail the test."""
            raise AssertionError

    places = InFlight(of_one=0)
    with pytest.raises(ModelUnavailable):
        BoundedModel(Model(), places).ask("", "", {})
