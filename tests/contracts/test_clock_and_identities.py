"""The contracts of `Clock` and `Identities`, for the real ones and the fakes."""

from __future__ import annotations

from datetime import UTC, timedelta

import pytest

from bythebook.adapters.identities import SecretsIdentities
from bythebook.adapters.system_clock import SystemClock
from bythebook.service.ports import Clock, Identities
from bythebook.testing.fakes import CountingIdentities, ManualClock


@pytest.mark.parametrize("clock", [SystemClock(), ManualClock()], ids=["system", "manual"])
def test_the_time_is_in_utc(clock: Clock) -> None:
    first, second = clock.now(), clock.now()
    assert first.tzinfo is UTC
    assert timedelta(0) <= second - first < timedelta(minutes=1)


@pytest.mark.parametrize("identities", [SecretsIdentities(), CountingIdentities()], ids=["secrets", "counting"])
def test_no_name_comes_twice(identities: Identities) -> None:
    names = [make() for _ in range(1000) for make in (identities.case_id, identities.token)]
    assert len(set(names)) == len(names)


def test_secret_names_are_long_and_can_be_read_aloud() -> None:
    identities = SecretsIdentities()
    assert (len(identities.case_id()), len(identities.token())) == (26, 52)
    assert set(identities.case_id() + identities.token()) <= set("abcdefghijklmnopqrstuvwxyz234567")
