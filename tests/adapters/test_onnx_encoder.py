"""The shipped encoder gives the vectors it was shipped with, and a damaged one is refused."""

import base64
import hashlib
import json
import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from bythebook.adapters.onnx_encoder import (
    DIMENSIONS,
    FILES,
    MODEL_FILE,
    MODEL_SHA256,
    VOCABULARY_FILE,
    VOCABULARY_SHA256,
    EncoderFilesDamaged,
    OnnxEncoder,
)

OTHER_PROCESSORS = 1e-4  # how far a component may be off on a processor that sums in another order
GOLDEN = json.loads((FILES / "golden.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def encoder() -> OnnxEncoder:
    return OnnxEncoder()


@pytest.mark.parametrize("row", GOLDEN["rows"], ids=lambda row: repr(row["text"][:30]))
def test_golden_vectors(encoder: OnnxEncoder, row: dict[str, object]) -> None:
    vector = encoder.encode(str(row["text"]))
    whole = np.frombuffer(base64.b64decode(str(row["vector"])), dtype="<i2") / GOLDEN["scale"]
    np.testing.assert_allclose(vector[:8], np.array(row["first"]), rtol=0, atol=OTHER_PROCESSORS)
    np.testing.assert_allclose(vector, whole, rtol=0, atol=OTHER_PROCESSORS)


def test_a_vector_has_length_one(encoder: OnnxEncoder) -> None:
    vector = encoder.encode("Where is my order?")
    assert vector.shape == (DIMENSIONS,) == (encoder.dimensions,)
    assert vector.dtype == np.float32
    assert abs(float(np.linalg.norm(vector)) - 1) < 1e-6


def test_the_same_text_gives_the_same_vector_bit_for_bit(encoder: OnnxEncoder) -> None:
    texts = ["Where is my order?", "please check it again " * 60, "ok", "You refused us."]
    alone = [encoder.encode(text).tobytes() for text in texts]
    together = [row.tobytes() for row in encoder.encode_all([*reversed(texts)])]
    assert together[::-1] == alone
    with ThreadPoolExecutor(4) as pool:
        assert [vector.tobytes() for vector in pool.map(encoder.encode, texts * 5)] == alone * 5
    assert [OnnxEncoder().encode(text).tobytes() for text in texts] == alone


def test_near_in_meaning_is_near(encoder: OnnxEncoder) -> None:
    asked, near, far = encoder.encode_all(
        ["My parcel has not arrived", "Where is my order?", "Please change my password"]
    )
    assert asked @ near > asked @ far


@pytest.mark.parametrize("text", ["", "\x00", " \n", "\u200b", "\ud800"])
def test_nothing_to_read_gives_zeros(encoder: OnnxEncoder, text: str) -> None:
    assert not encoder.encode(text).any()


def test_no_texts_give_no_rows(encoder: OnnxEncoder) -> None:
    assert encoder.encode_all([]).shape == (0, DIMENSIONS)


@pytest.mark.parametrize("text", ["x" * 100_000, "refund " * 15_000, "🙂" * 100_000, "a\x00b\ud800c", "𝓡efund"])
def test_whatever_a_customer_types_has_a_vector(encoder: OnnxEncoder, text: str) -> None:
    vector = encoder.encode(text)
    assert np.isfinite(vector).all()
    assert abs(float(np.linalg.norm(vector)) - 1) < 1e-6


def test_the_name_tells_the_model_file(encoder: OnnxEncoder) -> None:
    assert encoder.name == f"minilm-l6-int8/{MODEL_SHA256[:8]}"


@pytest.mark.parametrize("name", [MODEL_FILE, VOCABULARY_FILE])
def test_a_changed_file_is_refused(tmp_path: Path, name: str) -> None:
    files = shutil.copytree(FILES, tmp_path / "files")
    data = bytearray((files / name).read_bytes())
    data[len(data) // 2] ^= 1
    (files / name).write_bytes(data)
    with pytest.raises(EncoderFilesDamaged, match=f"{name} is not the one of this release"):
        OnnxEncoder(files)


@pytest.mark.parametrize("name", [MODEL_FILE, VOCABULARY_FILE])
def test_a_missing_file_is_refused(tmp_path: Path, name: str) -> None:
    files = shutil.copytree(FILES, tmp_path / "files")
    (files / name).unlink()
    with pytest.raises(EncoderFilesDamaged, match=f"{name} cannot be read"):
        OnnxEncoder(files)


def test_the_notice_names_the_files_shipped() -> None:
    notice = (FILES / "NOTICE.md").read_text(encoding="utf-8")
    for name, pinned in ((MODEL_FILE, MODEL_SHA256), (VOCABULARY_FILE, VOCABULARY_SHA256)):
        assert hashlib.sha256((FILES / name).read_bytes()).hexdigest() == pinned
        assert pinned in notice
