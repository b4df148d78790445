"""Runs mutants in several processes; of those that fail, tells the number and the shortest text that still fails."""

from __future__ import annotations

import multiprocessing
import os
import traceback
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from typing import Final

from bythebook.adapters.folder import read_folder, shipped_routines
from tests.fuzz.claims import hold, hold_beside
from tests.fuzz.mutants import mutant, sidecar

CHUNK: Final = 250
"""Mutants that a process takes at a time."""

THOROUGH_EVERY: Final = 10
"""One in so many is shown in every way."""

BESIDE_EVERY: Final = 25
"""One in so many is about the files beside a document."""

MINIMISING_MAX: Final = 4_000
"""How many shorter texts are tried."""


@dataclass(frozen=True)
class Failure:
    """A mutant that something does not hold for."""

    number: int
    why: str
    text: str


def tried(number: int) -> Failure | None:
    """Try one mutant."""
    if number % BESIDE_EVERY == 0:
        return _tried_beside(number)
    text = mutant(number)
    why = fault(text, thoroughly=number % THOROUGH_EVERY == 1)
    return Failure(number, why, text) if why is not None else None


def fault(text: str, *, thoroughly: bool) -> str | None:
    """Return what does not hold for a text, in a line."""
    return _fault_of(lambda: hold(text, thoroughly=thoroughly))


def _fault_of(work: Callable[[], None]) -> str | None:
    try:
        work()
    except Exception as failure:  # whatever it is, it is what is looked for
        last = traceback.extract_tb(failure.__traceback__)[-1]
        place = f"{os.path.basename(last.filename)}:{last.lineno}"  # noqa: PTH119
        return f"{type(failure).__name__} at {place}: {failure}"
    return None


def _tried_beside(number: int) -> Failure | None:
    _, files = read_folder(shipped_routines() / "business-associate-agreement")
    text = files["document.md"].decode("utf-8") if number % (2 * BESIDE_EVERY) == 0 else mutant(number)
    beside = {
        name: sidecar(number + at, files[name].decode("utf-8"))
        for at, name in enumerate(("phrases.toml", "examples.toml"))
    }
    why = _fault_of(lambda: hold_beside(text, beside))
    if why is None:
        return None
    told = "\n".join(f"--- {name}\n{raw!r}" for name, raw in beside.items())
    return Failure(number, why, f"{text}\n{told}")


def chunk(first: int, count: int) -> tuple[int, list[Failure]]:
    """Try some mutants in a row; one that fails keeps none from being tried."""
    return count, [failure for number in range(first, first + count) if (failure := tried(number)) is not None]


def run(
    first: int,
    count: int,
    jobs: int,
    progress: Callable[[int], None] = lambda done: None,
    told: Callable[[Failure], None] = lambda failure: None,
) -> list[Failure]:
    """Try so many mutants from a number on; return the failures, all of them, each told as it comes."""
    failures: list[Failure] = []
    done = 0
    pieces = [(at, min(CHUNK, first + count - at)) for at in range(first, first + count, CHUNK)]
    with ProcessPoolExecutor(jobs, multiprocessing.get_context("spawn")) as pool:
        for tried_ones, failed in pool.map(chunk, *zip(*pieces, strict=True)):
            done += tried_ones
            progress(done)
            for failure in failed:
                told(failure)
            failures += failed
    return failures


def minimised(failure: Failure) -> str:
    """Return a short text with the same fault: lines, then words, then characters are left out while it stays."""
    kind = failure.why.split(":")[0]
    tries = iter(range(MINIMISING_MAX))

    def fails(text: str) -> bool:
        if next(tries, None) is None:
            return False
        why = fault(text, thoroughly=True)
        return why is not None and why.split(":")[0] == kind

    text = failure.text
    if not fails(text):
        return text
    for cut in (_lines, _words, _characters):
        text = _shorter(text, cut, fails)
    return text


def _shorter(text: str, cut: Callable[[str], list[str]], fails: Callable[[str], bool]) -> str:
    """Leave out ever smaller runs of pieces while the text still fails (delta debugging)."""
    pieces = cut(text)
    size = max(1, len(pieces) // 2)
    while size:
        at = 0
        while at < len(pieces):
            left = pieces[:at] + pieces[at + size :]
            if fails("".join(left)):
                pieces = left
            else:
                at += size
        size //= 2
    return "".join(pieces)


def _lines(text: str) -> list[str]:
    return text.splitlines(keepends=True)


def _words(text: str) -> list[str]:
    return [piece for piece in _pieces(text) if piece]


def _pieces(text: str) -> Iterator[str]:
    start = 0
    for at, character in enumerate(text):
        if character.isspace():
            yield text[start : at + 1]
            start = at + 1
    yield text[start:]


def _characters(text: str) -> list[str]:
    return list(text)
