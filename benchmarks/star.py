"""What comes next in conversations between people, by routines nobody was trained on (STAR, zero-shot).

    python benchmarks/star.py FOLDER [--errors 20] [--words-only]

FOLDER holds `routines/star_TASK.md` (a comment behind a line names its action) and `turns.jsonl.gz`: a dialogue a
line, with `events` in order and `turns`, each with the number of events before it (`at`), the action before
(`previous`) and the action taken (`gold`). Other tasks in the same form are measured the same way.

The rule is `star_walk.py`; beside it, in the same run, the floor: the condition of the routine that is most like the
last event by words and letters (TF-IDF), those of the step one stands at preferred, leads on. Tasks are halved by
their names in order: the first, third ... were looked at while the rule was written (dev), the others were not (held
out).
"""

from __future__ import annotations

import argparse
import gzip
import json
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
from star_walk import Stop, Walk, read_routine

from bythebook.adapters.onnx_encoder import OnnxEncoder
from bythebook.reading.encoder import Encoder, Remembering
from bythebook.reading.likeness import Likeness
from bythebook.reading.matching import core
from bythebook.testing.figures import Share, weighted_f1

HERE_PREFERRED: Final = 0.2
"""What the floor adds to the likeness of conditions of the step one stands at: best of 0, 0.2, 0.3, 0.5 on dev."""


class Floor:
    """A walk by TF-IDF alone."""

    def __init__(self, stops: Sequence[Stop]) -> None:
        action = {stop.label: stop.action for stop in stops}
        ways = [(stop.action, edge) for stop in stops for edge in stop.edges if action.get(edge.target)]
        self._from = np.array([one for one, _ in ways])
        self._leads = [action[edge.target] for _, edge in ways]
        self._likeness = Likeness([core(edge.words) for _, edge in ways], None)

    def next_action(self, events: Sequence[Mapping[str, Any]], previous: str) -> str:
        """Return where the likest condition leads."""
        like = self._likeness.to(core(events[-1]["text"]))[0]
        return self._leads[int(np.argmax(like + HERE_PREFERRED * (self._from == previous)))]


@dataclass(frozen=True, slots=True)
class Turn:
    """One action: what was taken, what the floor and the rule say."""

    task: str
    domain: str
    at: str
    gold: str
    floor: str
    ours: str


def turns(folder: Path, encoder: Encoder | None) -> Iterator[Turn]:
    """Walk through every dialogue."""
    routines = {
        path.stem.removeprefix("star_"): read_routine(path.name, path.read_text(encoding="utf-8"))
        for path in sorted((folder / "routines").glob("*.md"))
    }
    floors = {task: Floor(stops) for task, stops in routines.items()}
    walks = {task: Walk(stops, encoder) for task, stops in routines.items()}
    with gzip.open(folder / "turns.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            task = row["task"]
            for turn in row["turns"]:
                events, previous = row["events"][: turn["at"]], turn["previous"]
                said = floors[task].next_action(events, previous), walks[task].next_action(events, previous)
                at = f"{previous or 'the start'}, {events[-1]['by']}"
                yield Turn(task, row["domain"], at, turn["gold"], *said)


def row(name: str, found: Sequence[Turn]) -> str:
    """One row of the table: weighted F1 and accuracy of both."""
    gold = [turn.gold for turn in found]
    cells = [name, str(len(found))]
    for given in ([turn.floor for turn in found], [turn.ours for turn in found]):
        share = Share(sum(one == other for one, other in zip(gold, given, strict=True)), len(gold))
        cells += [f"{100 * weighted_f1(gold, given):.1f}", str(share)]
    return f"| {' | '.join(cells)} |"


def report(found: Sequence[Turn]) -> Iterator[str]:
    """The table: all, both halves, every domain, every task."""
    tasks = sorted({turn.task for turn in found})
    dev = set(tasks[::2])
    yield "| turns of | turns | floor F1 | floor right, % (95 %) | F1 | right, % (95 %) |\n|---|---|---|---|---|---|"
    yield row("**all**", found)
    yield row("**dev tasks**", [turn for turn in found if turn.task in dev])
    if len(tasks) > 1:
        yield row("**held-out tasks**", [turn for turn in found if turn.task not in dev])
    for domain in sorted({turn.domain for turn in found}):
        yield row(f"domain {domain}", [turn for turn in found if turn.domain == domain])
    for task in tasks:
        yield row(f"{task}{'' if task in dev else ' (held out)'}", [turn for turn in found if turn.task == task])


def main(arguments: Sequence[str]) -> int:
    """Print the table; return 2 when there are no dialogues in the folder."""
    parser = argparse.ArgumentParser(description="The next action in dialogues between people, by their routine.")
    parser.add_argument("folder", type=Path, help="holds routines/ and turns.jsonl.gz")
    parser.add_argument("--errors", type=int, default=0, metavar="N", help="the N commonest errors on dev tasks")
    parser.add_argument("--words-only", action="store_true", help="without the encoder")
    options = parser.parse_args(arguments)
    if not (options.folder / "turns.jsonl.gz").exists():
        print(f"{options.folder}: no turns.jsonl.gz there", file=sys.stderr)
        return 2
    found = list(turns(options.folder, None if options.words_only else Remembering(OnnxEncoder())))
    print("\n".join(report(found)))
    dev = set(sorted({turn.task for turn in found})[::2])
    wrong = Counter((t.task, t.at, t.gold, t.ours) for t in found if t.gold != t.ours and t.task in dev)
    for (task, at, gold, ours), count in wrong.most_common(options.errors):
        print(f"{count:4} {task}: after {at}: {gold}, not {ours}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
