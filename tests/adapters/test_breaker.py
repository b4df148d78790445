"""The circuit breaker, at times of its own."""

from __future__ import annotations

from bythebook.adapters.breaker import Breaker


def test_it_opens_after_failures_in_a_row_and_lets_one_through_after_a_rest() -> None:
    clock = [0.0]
    breaker = Breaker(lambda: clock[0], failures_max=2, rest_seconds=10)
    breaker.failed()
    breaker.succeeded()
    breaker.failed()
    assert breaker.lets_through(), "one failure in a row is none too many"
    breaker.failed()
    assert not breaker.lets_through()
    clock[0] = 10.0
    assert breaker.lets_through()
    assert not breaker.lets_through(), "one tries, the others wait for what comes of it"
    breaker.failed()
    clock[0] = 19.9
    assert not breaker.lets_through()
    clock[0] = 20.0
    assert breaker.lets_through()
    breaker.succeeded()
    assert breaker.lets_through()
    assert breaker.lets_through()
