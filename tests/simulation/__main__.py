"""Live many histories, or one again: `python -m tests.simulation --count 100000`, `--seed 123 --tell`."""

from __future__ import annotations

import argparse
import logging
import sys
import time
from functools import cache
from multiprocessing import get_context
from os import cpu_count

from bythebook.adapters.folder import find_document
from bythebook.routine.wording import Release
from tests.conftest import ROOT, released
from tests.simulation.history import History

CHUNK = 50


@cache
def documents() -> tuple[Release, ...]:
    """Return the releases that are simulated."""
    return released(find_document("")), released(ROOT / "tests" / "fixtures" / "membership")


def failure_of(seed: int) -> str | None:
    """Live a history and return what is wrong with it, with the command that lives it again."""
    logging.disable(logging.CRITICAL)  # what fails here is meant to
    try:
        History(seed, documents()).live()
    except BaseException as failure:
        return f"{type(failure).__name__}: {failure}\nagain: python -m tests.simulation --seed {seed} --tell"
    finally:
        logging.disable(logging.NOTSET)
    return None


def failures(first: int, count: int) -> list[str]:
    """Live that many histories on all cores and return what is wrong."""
    documents()
    with get_context("fork").Pool(cpu_count()) as pool:
        found = pool.imap_unordered(failure_of, range(first, first + count), chunksize=CHUNK)
        return [failure for failure in found if failure is not None]


def main() -> int:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=1000, help="how many histories (default: 1000)")
    parser.add_argument("--first", type=int, default=1, help="the first seed (default: 1)")
    parser.add_argument("--seed", type=int, help="this one alone")
    parser.add_argument("--tell", action="store_true", help="tell every step")
    given = parser.parse_args()
    if given.seed is not None:
        History(given.seed, documents(), print if given.tell else lambda _: None).live()
        print(f"history {given.seed} holds")
        return 0
    started = time.monotonic()
    wrong = failures(given.first, given.count)
    for failure in wrong[:10]:
        print(failure, end="\n\n")
    print(f"{given.count} histories in {time.monotonic() - started:.0f} s, {len(wrong)} wrong")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
