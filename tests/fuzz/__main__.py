"""`python -m tests.fuzz`: a million mutated documents; what fails is told as it comes, with the command for it alone.

python -m tests.fuzz                      a million, from number 1 on
python -m tests.fuzz --count 50000 --seed 7000000
python -m tests.fuzz --seed 4711 --count 1    one that failed, again
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from typing import Final

from tests.fuzz.run import Failure, minimised, run

MILLION: Final = 1_000_000
SHOWN_MAX: Final = 5
"""Failures that are shortened and shown."""


def main() -> int:
    """Run; 1 where something did not hold."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description="Mutated documents never raise.")
    parser.add_argument("--count", type=int, default=MILLION, help="how many (a million)")
    parser.add_argument("--seed", type=int, default=1, help="the number of the first; each is made from its number")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="processes")
    options = parser.parse_args()
    begun = time.monotonic()

    def progress(done: int) -> None:
        rate = done / max(0.001, time.monotonic() - begun)
        left = (options.count - done) / max(0.001, rate)
        print(
            f"\r{done:,} of {options.count:,}, {rate:,.0f} a second, {left / 60:,.0f} min left ",
            end="",
            file=sys.stderr,
        )

    failures = run(options.seed, options.count, options.jobs, progress, told)
    print(file=sys.stderr)
    for failure in failures[:SHOWN_MAX]:
        print(f"--seed {failure.number}, as short as it gets:\n{minimised(failure)!r}\n")
    print(f"{len(failures)} failures in {options.count:,} mutants")
    return 1 if failures else 0


def told(failure: Failure) -> None:
    """Say at once what failed, and how to try it alone."""
    print(f"\r{failure.why}\n    python -m tests.fuzz --seed {failure.number} --count 1 --jobs 1", flush=True)


if __name__ == "__main__":
    sys.exit(main())
