"""A no to the closing question ends the case, wherever the document writes the resolution."""

from __future__ import annotations

import pytest

from bythebook.adapters.shelf import house
from bythebook.compiler.release import build_release
from bythebook.proving.moves import Bounds
from bythebook.proving.outside import outside_of
from bythebook.proving.search import END_IN_REACH, Search

ANYTHING_ELSE = '2. Ask: "Is there anything else I can help you with?"'
FORMS = {
    "under the question": f"{ANYTHING_ELSE}\n   - If not, call `case_resolution`.\n",
    "lettered": f"{ANYTHING_ELSE}\n   a. If no, call `case_resolution`.\n   b. If yes, go to step 1.\n",
    "a step of its own": f"{ANYTHING_ELSE}\n3. If not, call `case_resolution`.\n",
    "bare": f"{ANYTHING_ELSE}\n3. Call `case_resolution`.\n",
}


@pytest.mark.parametrize("ending", FORMS.values(), ids=FORMS.keys())
def test_from_everywhere_a_way_leads_to_the_resolution(ending: str) -> None:
    functions = "Functions:\n- `case_resolution`: ends the case.\n"
    text = f'# Hours\n\n1. Say: "We are open from nine to five."\n{ending}\n{functions}'
    release, compiled, _ = build_release("hours", {"document.md": text.encode()}, house())
    assert release is not None, compiled.diagnostics
    search = Search(release, outside_of(release), Bounds(meanings=1, humans=False), (), 300)
    search.run()
    assert release.routine.resolution is not None
    assert "case_resolution" in search.ran
    assert not any(name == END_IN_REACH for name, _ in search.broken)
