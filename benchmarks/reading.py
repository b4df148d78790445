"""How well the reader's head tells meanings apart on public sets: BANKING77, CLINC150, HWU64, or any in their form.

    python benchmarks/reading.py FOLDER [--on valid] [--only HWU64] [--cache FOLDER]

FOLDER holds a folder for each set: `train_5`, `train_10`, `valid` and `test`, each with `seq.in` (a text a
line) and `label`; and `oos/valid`, `oos/test` where there are texts of no label. Measured is what `LocalReader` runs,
`Matcher`: the encoder, words and letters joined in, the head with its temperature, and `assurance`, which the gate
goes by. A text is levelled, mended and stripped as a clause is, and read whole.

Each row stands twice: from the texts alone, and with the label's own words ("card arrival") as one text more of
half weight, as a document's own words are in a release; a row before them has the labels' words and nothing else.
Everything is learned from the few-shot split alone, the
temperature from texts of it left out in turn; `valid` gives the one threshold of the out-of-scope rows; `test` gives
figures. Texts are encoded once, one at a time, and their vectors kept in the cache folder (default: a folder of this
machine's temporary files).
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from bythebook.adapters.onnx_encoder import OnnxEncoder
from bythebook.reading.certainty import ACT_MIN, ANSWER_MIN, NEAR_MIN
from bythebook.reading.encoder import Encoder
from bythebook.reading.matching import Matcher
from bythebook.reading.spelling import Speller
from bythebook.reading.text import one_clause
from bythebook.testing.figures import Share, auroc, calibration_chance, calibration_error

SHOTS: Final = (5, 10)
ANSWERED: Final = (1.0, 0.95, 0.9, 0.8, 0.7, 0.6, 0.5)
"""Shares of the messages that are answered, the surest first."""

RECALL: Final = 0.9
"""Share of what is out of scope that has to be noticed, for the accuracy that is left in scope."""

BINS: Final = 15
NAME_WEIGHT: Final = 0.5
LEAST: Final = (ANSWER_MIN["encoded"], ACT_MIN["encoded"])
"""Probabilities from which the reader answers, and acts."""


class Remembering:
    """An encoder that keeps its vectors in a file, so that a second run need not make them again."""

    dimensions = 384
    moves = None

    def __init__(self, encoder: OnnxEncoder, folder: Path) -> None:
        self._encoder = encoder
        self._file = folder / f"vectors-{encoder.name.replace('/', '-')}.npz"
        self._known: dict[str, NDArray[np.float32]] = {}
        self._new = False
        if self._file.exists():
            with np.load(self._file) as kept:
                self._known = dict(zip(json.loads(str(kept["texts"])), kept["vectors"], strict=True))

    @property
    def name(self) -> str:
        """The name of the encoder behind it."""
        return self._encoder.name

    def encode(self, text: str) -> NDArray[np.float32]:
        """Return what the encoder gives, each text encoded alone and once."""
        found = self._known.get(text)
        if found is None:
            self._new = True
            found = self._known[text] = self._encoder.encode(text)
        return found

    def knows_word(self, word: str) -> bool:
        """Return what the encoder says."""
        return self._encoder.knows_word(word)

    def encode_all(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return their vectors as rows."""
        return np.stack([self.encode(text) for text in texts])

    def keep(self) -> None:
        """Write the file."""
        if self._new:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            texts = sorted(self._known)
            np.savez(self._file, texts=json.dumps(texts), vectors=np.stack([self._known[text] for text in texts]))
            self._new = False


@dataclass(frozen=True, slots=True)
class Split:
    """Texts with their labels."""

    texts: tuple[str, ...]
    labels: tuple[str, ...]

    @classmethod
    def of(cls, folder: Path) -> Split:
        """Read `seq.in` and `label`."""
        texts, labels = ((folder / name).read_text(encoding="utf-8").splitlines() for name in ("seq.in", "label"))
        if len(texts) != len(labels):
            raise SystemExit(f"{folder}: {len(texts)} texts and {len(labels)} labels")
        return cls(tuple(texts), tuple(labels))


@dataclass(frozen=True, slots=True)
class Found:
    """What the reader made of a text: its first choice, how probable, and how sure that it is any of them."""

    choice: str
    probability: float
    assured: float


class FewShot:
    """The reader's machinery over a training split."""

    def __init__(self, train: Split, encoder: Encoder | None, *, named: bool) -> None:
        words = {word for text in train.texts for word in one_clause(text, str).words}
        self._mend = (Speller(words, encoder.knows_word) if encoder is not None else Speller(words)).mend
        names = sorted(set(train.labels)) if named else []
        texts = [*train.texts, *(name.replace("_", " ").lower() for name in names)]
        weights = [1.0] * len(train.texts) + [NAME_WEIGHT] * len(names)
        labels = train.labels if train.texts else ()
        self.matcher = Matcher(texts, [*labels, *names], weights, encoder)

    def read(self, texts: Sequence[str]) -> list[Found]:
        """Return what is made of each text."""
        found = []
        for text in texts:
            ranked = self.matcher.match(one_clause(text, self._mend).plain).ranked
            best = ranked[0]
            found.append(Found(best.choice, best.probability, best.assurance))
        return found


@dataclass(frozen=True, slots=True)
class Row:
    """The figures of a set at so many texts a label."""

    name: str
    accuracy: Share
    error: float
    chance: float
    """The calibration error that a reader would show here who is right as often as it says."""

    temperature: float
    curve: tuple[Share, ...]
    gated: tuple[tuple[Share, Share, Share | None], ...]
    """At each of the reader's own thresholds, with its gate: answered, right among them, answered out of scope."""

    scope: tuple[float, Share, Share, Share] | None
    """AUROC; in scope: right at 90 % recall; with the threshold of `valid`: right in scope, noticed out of scope."""


def measure(folder: Path, shots: int, on: str, encoder: Remembering | None, *, named: bool) -> Row:
    """Learn from the few-shot split, measure on another."""
    train = Split.of(folder / f"train_{shots or min(SHOTS)}")
    reader = FewShot(train if shots else Split((), train.labels), encoder, named=named)
    held = Split.of(folder / on)
    found = reader.read(held.texts)
    right = [one.choice == label for one, label in zip(found, held.labels, strict=True)]
    surest = sorted(zip((-one.probability for one in found), right, strict=True))
    kept = [round(share * len(surest)) for share in ANSWERED]
    outside = reader.read(Split.of(folder / "oos" / on).texts) if (folder / "oos").is_dir() else None
    return Row(
        f"{folder.name} {f'{shots} + names' if named and shots else shots or 'names only'}",
        Share(sum(right), len(right)),
        calibration_error([one.probability for one in found], right, BINS),
        calibration_chance([one.probability for one in found], BINS),
        reader.matcher.head.temperature,
        tuple(Share(sum(was for _, was in surest[:count]), count) for count in kept),
        tuple(gated(found, right, outside, least) for least in LEAST),
        scope(folder, reader, found, right, outside) if outside is not None else None,
    )


def gated(
    found: Sequence[Found], right: Sequence[bool], outside: Sequence[Found] | None, least: float
) -> tuple[Share, Share, Share | None]:
    """What comes of the reader's own thresholds and gate."""

    def passes(one: Found) -> bool:
        return one.probability >= least and one.assured >= NEAR_MIN["encoded"]

    passed = [was for one, was in zip(found, right, strict=True) if passes(one)]
    strangers = Share(sum(map(passes, outside)), len(outside)) if outside is not None else None
    return Share(len(passed), len(found)), Share(sum(passed), len(passed)), strangers


def scope(
    folder: Path, reader: FewShot, found: Sequence[Found], right: Sequence[bool], strangers: Sequence[Found]
) -> tuple[float, Share, Share, Share]:
    """How well texts of no label are told from the others, by assurance alone."""
    outside = [one.assured for one in strangers]
    chosen = [one.assured for one in reader.read(Split.of(folder / "oos" / "valid").texts)]
    inside = [one.assured for one in found]

    def kept(threshold: float) -> Share:
        return Share(sum(was and sure > threshold for was, sure in zip(right, inside, strict=True)), len(inside))

    from_valid = sorted(chosen)[round(RECALL * len(chosen)) - 1]
    exact = sorted(outside)[round(RECALL * len(outside)) - 1]
    noticed = Share(sum(sure <= from_valid for sure in outside), len(outside))
    return auroc(inside, outside), kept(exact), kept(from_valid), noticed


def report(rows: Sequence[Row]) -> Iterator[str]:
    """The tables, as Markdown."""
    yield "| set, texts a label | messages | right, % (95 %) | calibration error | by chance alone | temperature |"
    yield "|---|---|---|---|---|---|"
    for row in rows:
        sure = f"{row.error:.3f} | {row.chance:.3f} | {row.temperature:.2f}"
        yield f"| {row.name} | {row.accuracy.count} | {row.accuracy} | {sure} |"
    yield ""
    yield f"| right among answered, % | {' | '.join(f'{share:.0%}' for share in ANSWERED)} |"
    yield "|---|" + "---|" * len(ANSWERED)
    for row in rows:
        yield f"| {row.name} | {' | '.join(map(str, row.curve))} |"
    yield ""
    heads = [f"{what} at {least:.2f}" for least in LEAST for what in ("answered, %", "right of it", "out of scope")]
    yield f"| with the reader's gate | {' | '.join(heads)} |"
    yield "|---|" + "---|" * len(heads)
    for row in rows:
        yield f"| {row.name} | {' | '.join(str(cell or '') for cells in row.gated for cell in cells)} |"
    scoped = [row for row in rows if row.scope is not None]
    if scoped:
        yield ""
        yield (
            f"| out of scope | AUROC | right in scope at {RECALL:.0%} noticed | threshold of valid: right in scope "
            "| noticed out of scope |\n|---|---|---|---|---|"
        )
        for row in scoped:
            assert row.scope is not None
            yield f"| {row.name} | {row.scope[0]:.3f} | {' | '.join(map(str, row.scope[1:]))} |"


def sets(folder: Path, only: Sequence[str]) -> list[Path]:
    """Return the folders that hold a set, by name."""
    found = [path for path in sorted(folder.iterdir()) if (path / "test" / "seq.in").exists()]
    return [path for path in found if not only or path.name in only]


def main(arguments: Sequence[str]) -> int:
    """Print the tables; return 2 when there is no set in the folder."""
    parser = argparse.ArgumentParser(description="The reader's head on public sets of messages.")
    parser.add_argument("folder", type=Path, help="holds a folder a set")
    parser.add_argument("--on", default="test", choices=("valid", "test"), help="the split that is read")
    parser.add_argument("--only", nargs="*", default=(), metavar="SET", help="sets of the folder (default: all)")
    parser.add_argument("--words-only", action="store_true", help="without the encoder, as the lexicon reader")
    parser.add_argument("--cache", type=Path, help="folder for vectors (default: of temporary files)")
    options = parser.parse_args(arguments)
    cache = options.cache or Path(tempfile.gettempdir()) / "bythebook-vectors"
    encoder = None if options.words_only else Remembering(OnnxEncoder(), cache)
    rows = []
    for folder in sets(options.folder, options.only):
        for named, shots in ((True, 0), *product((False, True), SHOTS)):
            rows.append(measure(folder, shots, options.on, encoder, named=named))
            print(f"{rows[-1].name}: {rows[-1].accuracy} % right", file=sys.stderr)
        if encoder is not None:
            encoder.keep()
    if not rows:
        print("no sets there: a set is a folder with train_5, train_10, valid and test", file=sys.stderr)
        return 2
    print("\n".join(report(rows)))
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
