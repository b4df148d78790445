"""Functions that are not bound: whoever tries a document out is asked for what its conditions and phrases need."""

from __future__ import annotations

import io

from bythebook.adapters.shelf import house
from bythebook.cli.stand_in import StandIn
from bythebook.compiler.release import build_release

DOCUMENT = """## Parcels

### Routine

1. Ask the customer for the parcel number.
2. Call `find_parcel(parcel_number)`.
3. If state is "lost", say: "It is lost."
4. If weight > 20, say: "It is heavy."
5. If insured is true, say: "It is insured."
6. Ask the customer: "Is there anything else I can assist you with today?"
7. Call the `case_resolution` function.

**Function Definitions:**

- `find_parcel(parcel_number)`: Finds the parcel.
- `case_resolution`: Marks the case as resolved.
"""


def test_the_fields_that_conditions_compare_are_asked_for() -> None:
    release, _, problems = build_release("parcels", {"document.md": DOCUMENT.encode()}, house())
    assert release is not None, problems
    out = io.StringIO()
    asking = StandIn(io.StringIO("in the van\n23\nyes\n"), out, [release])
    assert asking.ask("find_parcel", {"parcel_number": "P1"}) == {
        "state": "in the van",
        "weight": 23,
        "insured": True,
    }


def test_a_function_that_nothing_is_compared_of_is_asked_for_its_result() -> None:
    release, _, _ = build_release("parcels", {"document.md": DOCUMENT.encode()}, house())
    assert release is not None
    asking = StandIn(io.StringIO("done\n"), io.StringIO(), [release])
    assert asking.ask("other", {}) == {"result": "done"}
