"""Builds the head that tells what a clause does (`reading/moves.py`) from the sentences of tools/moves.txt.

    PYTHONPATH=src python tools/build_moves.py [--check]

Writes `adapters/encoder_files/moves.npy` and prints its digest, which is pinned in `adapters/onnx_encoder.py`.
`--check` writes nothing: every fifth sentence is left out in turn, and what is made of it by the others is counted.
"""

import argparse
import hashlib
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from bythebook.adapters import onnx_encoder
from bythebook.reading.moves import Move, features
from bythebook.reading.text import one_clause

TABLE: Final = Path(__file__).parent / "moves.txt"
FILLED: Final = 3  # sentences made of one with a hole
SHARPNESS: Final = 16.0
RIDGE: Final = 0.3
STEPS: Final = 300
POWER_STEPS: Final = 50
FOLDS: Final = 5
SURE: Final = 0.6
NAMED: Final = re.compile(r"\{(\w+)\} = (.+)")
HOLE: Final = re.compile(r"\{(\w+)\}")

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Sentence:
    """A sentence, what it does, and the line it was made from."""

    text: str
    move: Move
    line: int


def sentences(table: str) -> Iterator[Sentence]:
    """Yield the table's sentences, their holes filled."""
    lines = [line.strip() for line in table.splitlines()]
    names = {found[1]: found[2].split(" / ") for line in lines if (found := NAMED.fullmatch(line))}
    move, number = Move.USE, 0
    for line in lines:
        if line.startswith("## "):
            move = Move(line[3:])
        elif line and not line.startswith("# ") and not NAMED.fullmatch(line):
            hole = HOLE.search(line)
            words = names[hole[1]] if hole else [""]
            for turn in range(FILLED if hole else 1):
                yield Sentence(HOLE.sub(words[(5 * number + 4 * turn) % len(words)], line), move, number)
            number += 1


def fitted(rows: Array, labels: NDArray[np.intp]) -> Array:
    """Return weights of multinomial logistic regression, fitted in dual form."""
    gram = rows @ rows.T * SHARPNESS
    wanted = np.eye(len(Move))[labels]
    share = 1 / np.sqrt(np.bincount(labels, minlength=len(Move))[labels])
    share = (share / share.mean())[:, None]
    rate = 1 / (largest(gram) * share.max() / 4 + RIDGE)
    alpha = np.zeros_like(wanted)
    ahead = alpha
    for step in range(STEPS):
        moved = ahead - rate * (share * (chances(gram @ ahead) - wanted) + RIDGE * ahead)
        ahead, alpha = moved + step / (step + 3) * (moved - alpha), moved
    return np.asarray(rows.T @ alpha * SHARPNESS)


def largest(gram: Array) -> float:
    """Return the largest eigenvalue, by power iteration."""
    vector = np.linspace(0.5, 1.5, len(gram))
    for _ in range(POWER_STEPS):
        vector = gram @ vector
        vector /= np.linalg.norm(vector)
    return float(vector @ gram @ vector)


def chances(scores: Array) -> Array:
    """Return scores as probabilities, a row each."""
    chance = np.exp(scores - scores.max(axis=1, keepdims=True))
    return np.asarray(chance / chance.sum(axis=1, keepdims=True))


def check(rows: Array, labels: NDArray[np.intp], lines: NDArray[np.intp]) -> None:
    """Print how the sentences are read that were left out."""
    read = np.zeros((len(rows), len(Move)))
    for fold in range(FOLDS):
        out = lines % FOLDS == fold
        read[out] = chances(rows[out] @ fitted(rows[~out], labels[~out]))
    best, sure = read.argmax(axis=1), read.max(axis=1) >= SURE
    right = best == labels
    print(f"{len(rows)} sentences, {100 * right.mean():.1f} % right")
    print(f"at {SURE}: {100 * sure.mean():.1f} % read, {100 * right[sure].mean():.1f} % of them right")
    for place, move in enumerate(Move):
        own, taken = labels == place, (best == place) & sure
        rightly = 100 * (labels[taken] == place).mean() if taken.any() else 0.0
        print(f"  {move.value:10} {own.sum():4} {100 * right[own].mean():5.1f} %  when sure {rightly:5.1f} %")


def main(arguments: Sequence[str]) -> int:
    """Build, or check."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="leave sentences out, and count")
    given = parser.parse_args(arguments)
    encoder = onnx_encoder.OnnxEncoder(moves=False)
    found = list(sentences(TABLE.read_text(encoding="utf-8")))
    plain = [one_clause(one.text, str).plain for one in found]
    rows = np.stack([features(text, encoder.encode(text)) for text in plain]).astype(np.float64)
    labels = np.array([list(Move).index(one.move) for one in found], dtype=np.intp)
    if given.check:
        check(rows, labels, np.array([one.line for one in found], dtype=np.intp))
        return 0
    path = onnx_encoder.FILES / onnx_encoder.MOVES_FILE
    np.save(path, fitted(rows, labels).astype(np.float16))
    print(hashlib.sha256(path.read_bytes()).hexdigest())
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
