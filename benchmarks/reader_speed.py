"""What reading costs: a clause, a cold start, memory.

    python benchmarks/reader_speed.py [--starts 9] [--rounds 5]

A **clause** is timed on one core (the process is tied to it where the system can): clauses that no rule reads, so
that each comes to the encoder and the head; then every single message of the tuning sets (benchmarks/data), divided
by its clauses. A **start** is a process of its own: from its first instruction to its first reading, with what the
reader needs imported, the model opened, the vectors of the shipped document's texts had and the head fitted.
Compiling the document is not the reader's and stands apart. Bytecode is there, as after an installation.

Processor time stands beside wall time, since whoever else is busy on the machine lengthens the one and not the other.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any, Final

CLAUSES: Final = (
    "we would need that agreement for our integration with your models",
    "our engineers call it from their own code",
    "my colleagues only type into the chat window of the desktop program",
    "how long does it usually take until somebody looks at it",
    "I guess the one for developers is what we are after",
    "who of your people could walk us through the paperwork",
)
"""Clauses that no rule reads whole."""

STARTS: Final = ("shipped", "kept", "empty", "lexicon")
SHOWN: Final = {
    "shipped": "vectors of the wheel",
    "kept": "cache folder, warm",
    "empty": "cache folder, empty",
    "lexicon": "no encoder (`lexicon`)",
}
PARTS: Final = ("imports", "open", "build", "read")


class Laps:
    """Wall and processor time since the last lap, in milliseconds."""

    def __init__(self, started: float) -> None:
        self.taken: dict[str, tuple[float, float]] = {}
        self._wall, self._processor = started, 0.0

    def lap(self, name: str) -> None:
        """End a lap."""
        wall, processor = time.monotonic(), time.process_time()
        self.taken[name] = (1000 * (wall - self._wall), 1000 * (processor - self._processor))
        self._wall, self._processor = time.monotonic(), time.process_time()


def one_start(kind: str, folder: str, started: float) -> None:
    """Start the reader in this process, read once, print what it took as JSON."""
    laps = Laps(started)
    local = import_module("bythebook.reading.local")
    menus = import_module("bythebook.engine.menu")
    if kind != "lexicon":
        onnx, kept = (import_module(f"bythebook.adapters.{name}") for name in ("onnx_encoder", "kept_vectors"))
    laps.lap("imports")
    release = shipped()
    laps.lap("document")
    encoder = None
    if kind == "shipped":
        encoder = kept.KeptVectors(onnx.OnnxEncoder(), None)
    elif kind != "lexicon":
        encoder = kept.KeptVectors(onnx.OnnxEncoder(), Path(folder), Path(folder) / "nothing")
    laps.lap("open")
    reader = local.build_reader(release, encoder)
    laps.lap("build")
    reader.read(CLAUSES[0], menus.build_menu(release, menus.Situation()))
    laps.lap("read")
    print(json.dumps({"laps": laps.taken, "memory": memory()}))


def shipped() -> Any:
    """The shipped document, compiled."""
    folder, shelf, release = (
        import_module(f"bythebook.{name}") for name in ("adapters.folder", "adapters.shelf", "compiler.release")
    )
    name, files = folder.read_folder(folder.find_document(""))
    built, _, problems = release.build_release(name, files, shelf.house(), shelf.functions_of(files).signatures)
    assert built is not None, problems
    return built


def memory() -> dict[str, float]:
    """MB that this process holds now, and at most."""
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    return {what: int(status.partition(f"{what}:")[2].split()[0]) / 1024 for what in ("VmRSS", "VmHWM")}


def starts(times: int) -> Iterator[str]:
    """The table of starts: medians over fresh processes, the first of each kind left out."""
    with tempfile.TemporaryDirectory() as place:
        environment = {**os.environ, "PYTHONPYCACHEPREFIX": f"{place}/bytecode"}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        heads = (
            "wall ms, median",
            "slowest",
            "processor ms",
            "imports",
            "model",
            "reader",
            "first reading",
            "MB at most",
        )
        yield f"| start ({times} processes each) | {' | '.join(heads)} |\n|---|{'---|' * len(heads)}"
        compiled: list[float] = []
        for kind in STARTS:
            runs = []
            for number in range(times + 1):
                folder = f"{place}/{kind}" if kind != "empty" else f"{place}/{kind}{number}"
                asked = [sys.executable, __file__, "--one-start", kind, folder, str(time.monotonic())]
                done = subprocess.run(asked, capture_output=True, text=True, check=True, env=environment)
                runs.append(json.loads(done.stdout))
            yield _start_row(kind, runs[1:])
            compiled += [run["laps"]["document"][0] for run in runs[1:]]
        yield ""
        yield f"Compiling the document before that, compiler imported: {statistics.median(compiled):.0f} ms."


def _start_row(kind: str, runs: Sequence[dict[str, Any]]) -> str:
    wall = [sum(run["laps"][part][0] for part in PARTS) for run in runs]
    processor = [sum(run["laps"][part][1] for part in PARTS) for run in runs]
    parts = [f"{statistics.median(run['laps'][part][0] for run in runs):.0f}" for part in PARTS]
    most = max(run["memory"]["VmHWM"] for run in runs)
    middle = f"{statistics.median(wall):.0f} | {max(wall):.0f} | {statistics.median(processor):.0f}"
    return f"| {SHOWN[kind]} | {middle} | {' | '.join(parts)} | {most:.0f} |"


def clauses(rounds: int) -> Iterator[str]:
    """The table of clauses."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    spoken, text, bootstrap, store, settings, readings = (
        import_module(name)
        for name in (
            "spoken",
            "bythebook.reading.text",
            "bythebook.bootstrap",
            "bythebook.adapters.memory_store",
            "bythebook.settings",
            "bythebook.testing.readings",
        )
    )
    rows = [one.row for one in spoken.messages() if one.half == "tuning"]
    counts = [max(1, len(text.clauses(text.level(row.text), str))) for row in rows]
    yield "| one core | reader | read | p50 ms | p95 ms | p50 processor ms | p95 |\n|---|---|---|---|---|---|---|"
    for kind in ("local", "lexicon"):
        bound = bootstrap.build_installation(settings.Settings(reader=kind), store.MemoryStore()).shelf.current()
        stage = readings.Stage(bound)
        moments = [stage.menu(stage.state(row.situation)) for row in rows]
        opening = stage.menu(stage.state("opening"))
        heads = [timed(bound.reader, said, opening) for said in CLAUSES * (10 * rounds)]
        yield _clause_row("a clause that comes to the head", kind, heads)
        every = [
            timed(bound.reader, row.text, moment, count)
            for _ in range(rounds)
            for row, moment, count in zip(rows, moments, counts, strict=True)
        ]
        yield _clause_row(f"{len(rows)} messages of {sum(counts)} clauses, a clause", kind, every)
    yield ""
    yield f"Memory of the process with both readers: {memory()['VmRSS']:.0f} MB."


def _clause_row(what: str, kind: str, times: Sequence[tuple[float, float]]) -> str:
    cells = []
    for which in (0, 1):
        found = sorted(one[which] for one in times)
        cells += [f"{statistics.median(found):.2f}", f"{statistics.quantiles(found, n=20)[18]:.2f}"]
    return f"| {what} | {kind} | {len(times)} | {' | '.join(cells)} |"


def timed(reader: Any, said: str, menu: Any, share: int = 1) -> tuple[float, float]:
    """Wall and processor milliseconds of one reading, divided by so many clauses."""
    wall, processor = time.perf_counter(), time.process_time()
    reader.read(said, menu)
    return 1000 * (time.perf_counter() - wall) / share, 1000 * (time.process_time() - processor) / share


def main(arguments: Sequence[str]) -> int:
    """Print the tables."""
    parser = argparse.ArgumentParser(description="What reading costs: a clause, a cold start, memory.")
    parser.add_argument("--starts", type=int, default=9, help="processes of each kind of start (default 9)")
    parser.add_argument("--rounds", type=int, default=5, help="how often every message is read (default 5)")
    parser.add_argument("--one-start", nargs=3, help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    if options.one_start:
        kind, folder, started = options.one_start
        one_start(kind, folder, float(started))
        return 0
    for line in starts(options.starts):
        print(line, flush=True)
    print()
    print("\n".join(clauses(options.rounds)))
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
