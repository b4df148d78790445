"""How long proving takes and what it needs, against the size of documents.

    python benchmarks/proving.py DOCUMENT...             Markdown files, folders with document.md, folders of those
    python benchmarks/proving.py --states 2000 FOLDER    so many places are looked at in each (0 for all)

Each document is proved in a process of its own: customers and functions, with messages of one meaning. A row tells
its lines, how many places were looked at and found, the moves, whether that was all (exact) or how many moves deep it
went, the seconds of the processor, thousandths of a second a move, and the most memory that the process held.
Documents that do not run as they are are told at the end.
"""

from __future__ import annotations

import argparse
import gc
import resource
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import Final

from bythebook.adapters.folder import DocumentNotFound
from bythebook.adapters.library import Folder, documents_at, routines_at
from bythebook.adapters.shelf import house
from bythebook.compiler.release import build_release
from bythebook.proving.moves import Bounds
from bythebook.proving.outside import outside_of
from bythebook.proving.search import Search

STATES: Final = 1_000
KILOBYTE: Final = 1024


@dataclass(frozen=True, slots=True)
class Proved:
    """One document, and what proving it took."""

    name: str
    lines: int
    looked_at: int
    found: int
    moves: int
    exact: bool
    depth: int
    seconds: float
    megabytes: float
    broken: tuple[str, ...]


def prove(folder: Folder, states: int) -> Proved | None:
    """Prove a document; None where it does not run as it is."""
    release, compiled, _ = build_release(folder.name, folder.files, house())
    if release is None or not compiled.ok or not release.routine.steps:
        return None
    search = Search(release, outside_of(release), Bounds(1, humans=False), (), states)
    gc.disable()
    begun = time.process_time()
    search.run()
    seconds = time.process_time() - begun
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / KILOBYTE
    return Proved(
        folder.name,
        sum(1 for _ in release.routine.lines),
        search.explored,
        search.states,
        search.transitions,
        search.exact,
        search.depth,
        seconds,
        peak,
        tuple(sorted({name for name, _ in search.broken})),
    )


def folders(given: Sequence[str]) -> Iterator[Folder]:
    """Yield the routines of documents, each once."""
    for one in given:
        for path in documents_at(Path(one)):
            try:
                yield from routines_at(path)
            except DocumentNotFound as missing:
                print(missing, file=sys.stderr)


def table(proved: Sequence[Proved]) -> Iterator[str]:
    """Yield a Markdown table, short documents first."""
    yield "| document | lines | looked at | found | moves | how far | seconds | ms a move | MB | broken |"
    yield "|---|---|---|---|---|---|---|---|---|---|"
    for one in sorted(proved, key=lambda one: (one.lines, one.name)):
        far = "exact" if one.exact else f"{one.depth} deep"
        each = 1000 * one.seconds / max(1, one.moves)
        yield (
            f"| {one.name} | {one.lines} | {one.looked_at:,} | {one.found:,} | {one.moves:,} | {far} "
            f"| {one.seconds:.1f} | {each:.2f} | {one.megabytes:.0f} | {', '.join(one.broken)} |"
        )


def main() -> int:
    """Prove what is given, one process each."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("document", nargs="+", help="documents, or folders of them")
    parser.add_argument("--states", type=int, default=STATES, help=f"places to look at (default {STATES:,}; 0: all)")
    parser.add_argument("--jobs", type=int, default=1, help="at the same time (default 1)")
    given = parser.parse_args()
    work = [(folder, given.states) for folder in folders(given.document)]
    with get_context("spawn").Pool(given.jobs, maxtasksperchild=1) as pool:
        found = pool.starmap(prove, work, chunksize=1)
    print("\n".join(table([one for one in found if one is not None])))
    left = [folder.name for (folder, _), one in zip(work, found, strict=True) if one is None]
    if left:
        print(f"\nnot proved, for they do not run as they are: {', '.join(left)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
