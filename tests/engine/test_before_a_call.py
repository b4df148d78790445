"""A call waits for what the document asks for; a turn puts one question; a fact is taken up once."""

from __future__ import annotations

import pytest

from bythebook.adapters.shelf import house
from bythebook.compiler.release import build_release
from bythebook.proving.moves import Bounds
from bythebook.proving.outside import outside_of
from bythebook.proving.search import Search
from bythebook.routine.wording import Release

END = """
4. Ask: "Is there anything else I can help you with?"
5. Call `case_resolution`.

Functions:
- `send(legal_name, number)`: sends it.
- `case_resolution`: ends the case.
"""

IN_A_STEP = """# Forms

1. Ask: "Are you a company here or abroad?"
2. If the customer is a company here:
   a. Ask for the legal name and the number.
   b. Call `send(legal_name, number)`.
3. If the customer is a company abroad:
   a. Say: "You need another form."
"""

TWO_QUESTIONS = """# Boats

1. Ask: "Do you need help with a boat or with a trailer?"
2. If the customer needs help with a boat:
   a. Say: "We paint boats in winter."
   b. Ask: "Would you like your boat to be painted?"
   c. Ask for the legal name and the number.
   d. Call `send(legal_name, number)`.
3. If the customer needs help with a trailer:
   a. Say: "We mend trailers."
"""


def built(text: str) -> Release:
    release, compiled, _ = build_release("forms", {"document.md": (text + END).encode()}, house())
    assert release is not None, [found.message for found in compiled.diagnostics]
    return release


@pytest.mark.parametrize("text", [IN_A_STEP, TWO_QUESTIONS], ids=["in a step", "two questions"])
@pytest.mark.parametrize("humans", [False, True], ids=["customers", "humans too"])
@pytest.mark.parametrize("states", [150, pytest.param(400, marks=pytest.mark.slow)])
def test_nothing_breaks_on_any_way(text: str, humans: bool, states: int) -> None:
    release = built(text)
    search = Search(release, outside_of(release), Bounds(meanings=1, humans=humans), (), states)
    search.run()
    told = [(broken.name, broken.how, [move.words for move in broken.path]) for broken in search.broken.values()]
    assert not told
    assert humans or "send" in search.ran
