"""Builds the vectors that ship in the wheel: of the texts of the shipped documents and of the shipped prototypes.

    python tools/build_vectors.py [--check]

A reader is loaded faster by what it need not work out. Texts that are changed afterwards are encoded when a reader is
loaded, so a file that is behind costs time and nothing else; `--check` tells how many texts it lacks.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

from bythebook.adapters.folder import read_folder
from bythebook.adapters.kept_vectors import SHIPPED, key_of, read_vectors, written_vectors
from bythebook.adapters.onnx_encoder import OnnxEncoder
from bythebook.adapters.shelf import functions_of, house
from bythebook.compiler.release import build_release
from bythebook.reading.candidates import candidates
from bythebook.reading.matching import core

ROUTINES = Path(__file__).parent.parent / "routines"


def texts() -> Iterator[str]:
    """The texts of every shipped document as its reader asks for them; the prototypes are among them."""
    for folder in sorted(path.parent for path in ROUTINES.glob("*/document.md")):
        name, files = read_folder(folder)
        release, _, problems = build_release(name, files, house(), functions_of(files).signatures)
        assert release is not None, problems
        yield from (core(candidate.text) for candidate in candidates(release))


def main() -> int:
    """Write the file, or say what it lacks."""
    parser = argparse.ArgumentParser(description="Builds adapters/encoder_files/vectors.bin.")
    parser.add_argument("--check", action="store_true", help="write nothing; tell how far the file is behind")
    options = parser.parse_args()
    encoder = OnnxEncoder()
    by_key = {key_of(text): text for text in texts()}
    try:
        there = read_vectors(SHIPPED.read_bytes(), encoder.name, encoder.dimensions).keys()
    except (OSError, ValueError):
        there = {}.keys()
    missing, idle = len(by_key.keys() - there), len(there - by_key.keys())
    print(f"{len(by_key)} texts; {missing} of them not in the file, {idle} in the file are no texts any more")
    if options.check:
        return int(bool(missing))
    if missing or idle:
        vectors = encoder.encode_all(list(by_key.values()))
        SHIPPED.write_bytes(written_vectors(dict(zip(by_key, vectors, strict=True)), encoder.name))
        print(f"{SHIPPED.name}: {SHIPPED.stat().st_size:,} bytes")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
