"""Turns a text into a vector with the sentence encoder shipped in this package; alone in knowing onnxruntime.

One text at a time and on one thread, so that on one machine a text always has the same vector, bit for bit.
"""

import hashlib
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Final

import numpy as np
import onnxruntime  # type: ignore[import-untyped]
from numpy.typing import NDArray

from bythebook.reading.moves import Moves
from bythebook.reading.wordpiece import WordPiece

FILES: Final = Path(__file__).parent / "encoder_files"
MODEL_FILE: Final = "model.onnx"
VOCABULARY_FILE: Final = "vocab.txt"
MODEL_SHA256: Final = "d9e2f5d7e4e63006ced4df4ab3b55cb2168e0d5b05082b3f2de3e7b07ea2940b"
MOVES_FILE: Final = "moves.npy"
MOVES_SHA256: Final = "6ffb8f7540cd7f5c39b84e78a32c818c8cc536d839c5fada16b578d7b0fd5f1b"
VOCABULARY_SHA256: Final = "07eced375cec144d27c900241f3e339478dec958f92fddbc551f295c992038a3"

DIMENSIONS: Final = 384
_PIECES_OF_NOTHING: Final = 2  # a text without words is its first and its last mark
_LOG_ERRORS_ONLY: Final = 3  # onnxruntime's severity

AT_A_TIME: Final = 4
"""Texts encoded at the same time while a release is loaded; a vector does not depend on it."""


class EncoderFilesDamaged(Exception):
    """A file of the encoder is missing or is not the one this release was built and tested with."""


class OnnxEncoder:
    """The sentence encoder `all-MiniLM-L6-v2`, its matrices multiplied in 8 bits.

    Loading reads 24 MB and checks their digest; the model is opened aside, while whoever made the encoder goes on,
    and takes about a twentieth of a second: make one and keep it. `encode` may be called from several threads.
    `name` changes when the model file does.
    """

    name: str
    dimensions: int = DIMENSIONS
    moves: Moves | None = None

    def __init__(self, files: Path = FILES, model_sha256: str = MODEL_SHA256, *, moves: bool = True) -> None:
        """Loads the encoder from a directory; raises `EncoderFilesDamaged` before a damaged file is used.

        With `moves`, the head that tells what a clause does is loaded too.
        """
        _verify(files / MODEL_FILE, model_sha256)
        _verify(files / VOCABULARY_FILE, VOCABULARY_SHA256)
        self.name = f"minilm-l6-int8/{model_sha256[:8]}"
        self._words = WordPiece.over((files / VOCABULARY_FILE).read_bytes().decode("utf-8"))
        aside = ThreadPoolExecutor(1, "open-encoder")
        self._opening = aside.submit(open_model, files / MODEL_FILE)
        aside.shutdown(wait=False)
        if moves:
            _verify(FILES / MOVES_FILE, MOVES_SHA256)
            self.moves = Moves(np.load(FILES / MOVES_FILE))

    def encode(self, text: str) -> NDArray[np.float32]:
        """The text's vector: shape (384,), length 1, read from at most the first 256 word pieces.

        A text with nothing in it to read (empty, spaces, control characters) gives zeros, near nothing.
        """
        ids = self._words.ids(text)
        if len(ids) == _PIECES_OF_NOTHING:
            return np.zeros(DIMENSIONS, dtype=np.float32)
        (vector,) = self._opening.result().run(None, {"ids": np.array(ids, dtype=np.int64)})
        return np.asarray(vector, dtype=np.float32)

    def knows_word(self, word: str) -> bool:
        """Whether the vocabulary has the word as one piece, as it has some twenty thousand English ones."""
        return word in self._words.vocabulary

    def encode_all(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """The vectors of the texts as rows, shape (n, 384); each row is what `encode` gives, bit for bit."""
        once = sorted(set(texts), key=lambda text: (-len(text), text))  # the longest first: none is waited for
        with ThreadPoolExecutor(AT_A_TIME) as pool:
            found = dict(zip(once, pool.map(self.encode, once), strict=True))
        return np.array([found[text] for text in texts], dtype=np.float32).reshape(len(texts), DIMENSIONS)


def open_model(model: Path | bytes) -> onnxruntime.InferenceSession:
    """Open a model file: one thread, on the processor, nothing reported to anyone.

    A path costs 40 MB less than the file's bytes, of which the runtime would keep a copy.
    """
    onnxruntime.disable_telemetry_events()
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.execution_mode = onnxruntime.ExecutionMode.ORT_SEQUENTIAL
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_ALL
    options.log_severity_level = _LOG_ERRORS_ONLY
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    options.add_session_config_entry("session.inter_op.allow_spinning", "0")
    return onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])


def _verify(path: Path, sha256: str) -> None:
    try:
        with path.open("rb") as file:
            found = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as problem:
        raise EncoderFilesDamaged(f"the encoder's file {path.name} cannot be read: {problem}") from problem
    if found != sha256:
        raise EncoderFilesDamaged(
            f"the encoder's file {path.name} is not the one of this release: "
            f"its sha256 is {found}, expected {sha256}; install the package again"
        )
