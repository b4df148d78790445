"""A human who hands back at a line has dealt with those before it in its step: they stay unsaid (R8)."""

from __future__ import annotations

import pytest

from bythebook.bootstrap import build_rehearsal
from bythebook.settings import Settings
from bythebook.testing.script import play, read_scripts


@pytest.mark.parametrize(
    ("happens", "line", "said"),
    [
        ("Human settles: not_approved", "4.2", "4.2, 5.1"),
        ("Human settles: not_approved", "4", "4.1, 4.2, 5.1"),
        ("Human: One moment.", "4.2", "4.2, 5.1"),
        ("Human: One moment.", "2c", "2c, 2d, 2e, 2e.i, 2f, 5.1"),
        ("Human: One moment.", "2f", "2f, 5.1"),
        ("Customer: API", "2d", "2d, 2e, 2e.i, 2f, 5.1"),
    ],
)
def test_lines_before_the_one_that_is_named_stay_unsaid(happens: str, line: str, said: str) -> None:
    text = (
        f"### Back\nCustomer: hi\nHuman takes the case.\n{happens}\n"
        f"Human hands back at {line}.\nAssistant: {said}\nStatus: open\n"
    )
    (script,) = read_scripts(text)
    departure = play(script, build_rehearsal(Settings(reader="lexicon")).do)
    assert departure is None, str(departure)
