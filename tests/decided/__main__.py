"""Record what the engine decides, for good: run after POLICY_VERSION was raised, or to add cases.

    python -m tests.decided

Where a recorded case of the same policy version is decided otherwise today nothing is written: raise POLICY_VERSION
first, for whoever replays a case of an earlier version must be told so.
"""

from __future__ import annotations

import sys

from bythebook.adapters.event_codec import encode
from bythebook.engine.decide import POLICY_VERSION
from bythebook.testing.customers import BEHAVIOURS
from tests.decided.recorded import DOCUMENTS, LOGS, departing, lives_of

SEEDS = range(1, 7)


def main() -> int:
    """Write the logs of a few simulated customers of each document."""
    if LOGS.is_file() and (wrong := departing(same_policy=True)):
        print(f"nothing is written; raise POLICY_VERSION first: {wrong[0]}", file=sys.stderr)
        return 1
    lines = []
    for name in DOCUMENTS:
        world = lives_of(name).world
        for seed in SEEDS:
            behaviour = BEHAVIOURS[(seed - 1) % len(BEHAVIOURS)]
            for log in world.live(seed, (behaviour,)).logs:
                lines += ["", f"# {name}, {behaviour.name}, seed {seed}", *map(encode, log)]
    LOGS.write_text(f"# policy {POLICY_VERSION}\n" + "\n".join(lines) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
