"""An encoder whose vectors of a release's own texts are kept between starts: most of what loading a reader costs.

Some ship in this package, for the documents and the prototypes that ship; the others stand in a cache folder, a file
for a set of texts. What cannot be read, is damaged or is of another encoder counts as absent, and what cannot be
written is not. A file holds digests of texts and their vectors, never a text, and nothing of what a customer said.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from bythebook.reading.encoder import Encoder
from bythebook.reading.moves import Moves

Vector = NDArray[np.float32]

SHIPPED: Final = Path(__file__).parent / "encoder_files" / "vectors.bin"

FIRST_LINE: Final = b"bythebook vectors 1"
KEY_BYTES: Final = 16
NUMBER_BYTES: Final = 4
ENDING: Final = ".vectors"

FILES_MAX: Final = 64
"""Files of the cache folder that are kept, the last used first: 30 MB for documents like the shipped one."""

FILES_SEARCHED: Final = 8
"""Files that are looked into for texts of a release that was not loaded before: it is mostly like one that was."""


@dataclass(frozen=True, slots=True)
class KeptVectors:
    """Implements the Encoder port over an encoder, with its vectors in files."""

    behind: Encoder
    folder: Path | None
    """The cache folder, made when there is something to keep; None keeps nothing."""

    shipped: Path = SHIPPED

    @property
    def name(self) -> str:
        return self.behind.name

    @property
    def dimensions(self) -> int:
        return self.behind.dimensions

    def encode(self, text: str) -> Vector:
        """Return what the encoder behind it gives; a message is never kept."""
        return self.behind.encode(text)

    @property
    def moves(self) -> Moves | None:
        """What the encoder behind it has."""
        return self.behind.moves

    def knows_word(self, word: str) -> bool:
        """Return what the encoder behind it says."""
        return self.behind.knows_word(word)

    def encode_all(self, texts: Sequence[str]) -> Vector:
        """Return the rows of a release's texts, and keep those that were not known before."""
        keys = {text: key_of(text) for text in texts}
        known = self._known(frozenset(keys.values()))
        new = [text for text, key in keys.items() if key not in known]
        if new:
            known |= dict(zip((keys[text] for text in new), self.behind.encode_all(new), strict=True))
            self._keep({key: known[key] for key in keys.values()})
        rows = [known[keys[text]] for text in texts]
        return np.array(rows, dtype=np.float32).reshape(len(texts), self.dimensions)

    def _known(self, wanted: frozenset[bytes]) -> dict[bytes, Vector]:
        known = self._of(self.shipped, wanted)
        if self.folder is None or wanted <= known.keys():
            return known
        own = self.folder / self._file_name(wanted)
        for path in (own, *_last_used(self.folder, ENDING)[:FILES_SEARCHED]):
            known |= self._of(path, wanted)
            if wanted <= known.keys():
                with suppress(OSError):
                    os.utime(path)
                break
        return known

    def _of(self, path: Path, wanted: frozenset[bytes]) -> dict[bytes, Vector]:
        try:
            found = read_vectors(path.read_bytes(), self.name, self.dimensions)
        except (OSError, ValueError):
            return {}
        return {key: vector for key, vector in found.items() if key in wanted}

    def _file_name(self, keys: frozenset[bytes]) -> str:
        return hashlib.sha256(self.name.encode() + b"".join(sorted(keys))).hexdigest()[:32] + ENDING

    def _keep(self, vectors: Mapping[bytes, Vector]) -> None:
        if self.folder is None:
            return
        with suppress(OSError):  # a folder that cannot be written to: the next start works it out again
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            write_whole(self.folder / self._file_name(frozenset(vectors)), written_vectors(vectors, self.name))
            for old in _last_used(self.folder, ENDING)[FILES_MAX:]:
                old.unlink(missing_ok=True)


def key_of(text: str) -> bytes:
    """Return what a text goes by in a file: its digest."""
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=KEY_BYTES).digest()


def written_vectors(vectors: Mapping[bytes, Vector], encoder: str) -> bytes:
    """Return a file of vectors: three lines (what it is, the encoder, the digest of the rest), keys, numbers."""
    keys = sorted(vectors)
    numbers = np.array([vectors[key] for key in keys], dtype="<f4").tobytes()
    body = b"".join(keys) + numbers
    return b"\n".join((FIRST_LINE, encoder.encode(), hashlib.sha256(body).hexdigest().encode(), body))


def read_vectors(data: bytes, encoder: str, dimensions: int) -> dict[bytes, Vector]:
    """Return a file's vectors by key; raise ValueError when it is damaged or another encoder's."""
    first, made_by, digest, body = data.split(b"\n", 3)
    if (first, made_by) != (FIRST_LINE, encoder.encode()) or hashlib.sha256(body).hexdigest().encode() != digest:
        raise ValueError("not vectors of this encoder")
    count, rest = divmod(len(body), KEY_BYTES + NUMBER_BYTES * dimensions)
    if rest:
        raise ValueError("cut short")
    numbers = np.frombuffer(body, dtype="<f4", offset=KEY_BYTES * count).reshape(count, dimensions)
    return {body[KEY_BYTES * at : KEY_BYTES * (at + 1)]: numbers[at].astype(np.float32) for at in range(count)}


def write_whole(path: Path, data: bytes) -> None:
    """Write a file so that whoever reads it at the same time finds the old one or the new one; raise OSError."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".new")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        Path(name).replace(path)
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise


def _last_used(folder: Path, ending: str) -> list[Path]:
    """The files of a folder with this ending, the last used first."""
    try:
        dated = [(entry.stat().st_mtime, entry.path) for entry in os.scandir(folder) if entry.name.endswith(ending)]
    except OSError:
        return []
    return [Path(path) for _, path in sorted(dated, reverse=True)]
