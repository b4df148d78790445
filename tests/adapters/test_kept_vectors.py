"""Vectors kept between starts: the same rows whatever the folder holds, and nothing of a customer's in it."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from bythebook.adapters.kept_vectors import FILES_MAX, KeptVectors, key_of, read_vectors, written_vectors
from bythebook.adapters.onnx_encoder import OnnxEncoder
from bythebook.bootstrap import cache_folder
from bythebook.reading.candidates import candidates
from bythebook.reading.encoder import Remembering
from bythebook.reading.matching import core
from bythebook.routine.wording import Release

OTHER_PROCESSORS = 2e-2
"""How far a component may be from what the machine that built the shipped file gave."""

TEXTS = ("I need the API", "we use Enterprise", "how long does it take")


class Counting:
    """An encoder whose vectors are made of a text's letters, and which tells what it was asked for."""

    dimensions = 26

    def __init__(self, name: str = "letters/1") -> None:
        self.name = name
        self.encoded: list[str] = []

    def encode(self, text: str) -> NDArray[np.float32]:
        self.encoded.append(text)
        counts = [text.lower().count(chr(ord("a") + at)) for at in range(self.dimensions)]
        return np.array(counts, dtype=np.float32) / np.float32(3)

    def encode_all(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return np.stack([self.encode(text) for text in texts])

    def knows_word(self, word: str) -> bool:
        return word == "api"


@pytest.fixture
def nothing(tmp_path: Path) -> Path:
    return tmp_path / "nothing.bin"


def rows(kept: KeptVectors, texts: Sequence[str] = TEXTS) -> bytes:
    return kept.encode_all(texts).tobytes()


def test_a_second_start_encodes_nothing_and_has_the_same_rows(tmp_path: Path, nothing: Path) -> None:
    first, second = Counting(), Counting()
    once = rows(KeptVectors(first, tmp_path / "cache", nothing), (*TEXTS, TEXTS[0]))
    assert first.encoded == list(TEXTS)
    assert rows(KeptVectors(second, tmp_path / "cache", nothing), (*TEXTS, TEXTS[0])) == once
    assert second.encoded == []


def test_only_what_is_new_is_encoded(tmp_path: Path, nothing: Path) -> None:
    rows(KeptVectors(Counting(), tmp_path, nothing))
    encoder = Counting()
    rows(KeptVectors(encoder, tmp_path, nothing), (*TEXTS, "one example more"))
    assert encoder.encoded == ["one example more"]


@pytest.mark.parametrize(
    "damage",
    [
        lambda data: b"",
        lambda data: data[:-5],
        lambda data: data[:-5] + b"\1\2\3\4\5",
        lambda data: b"something else entirely",
        lambda data: data.replace(b"vectors 1", b"vectors 2"),
        lambda data: os.urandom(len(data)),
    ],
)
def test_a_damaged_file_counts_as_absent_and_is_written_anew(tmp_path: Path, nothing: Path, damage: object) -> None:
    whole = rows(KeptVectors(Counting(), tmp_path, nothing))
    (path,) = tmp_path.glob("*.vectors")
    good = path.read_bytes()
    path.write_bytes(damage(good))  # type: ignore[operator]
    encoder = Counting()
    assert rows(KeptVectors(encoder, tmp_path, nothing)) == whole
    assert encoder.encoded == list(TEXTS)
    assert path.read_bytes() == good


def test_another_encoders_vectors_are_not_taken(tmp_path: Path, nothing: Path) -> None:
    rows(KeptVectors(Counting("letters/1"), tmp_path, nothing))
    (path,) = tmp_path.glob("*.vectors")
    shipped = tmp_path / "shipped.bin"
    shipped.write_bytes(path.read_bytes())
    encoder = Counting("letters/2")
    rows(KeptVectors(encoder, tmp_path, shipped))
    assert encoder.encoded == list(TEXTS)


def test_a_folder_that_cannot_be_used_costs_time_only(tmp_path: Path, nothing: Path) -> None:
    occupied = tmp_path / "a file"
    occupied.write_bytes(b"")
    for folder in (None, occupied, occupied / "below"):
        encoder = Counting()
        assert rows(KeptVectors(encoder, folder, nothing)) == Counting().encode_all(TEXTS).tobytes()
        assert encoder.encoded == list(TEXTS)
    assert occupied.read_bytes() == b""


@pytest.mark.skipif(os.geteuid() == 0, reason="for root every folder can be written to")
def test_a_folder_that_cannot_be_written_to_is_still_read(tmp_path: Path, nothing: Path) -> None:
    rows(KeptVectors(Counting(), tmp_path, nothing))
    tmp_path.chmod(0o500)
    try:
        encoder = Counting()
        rows(KeptVectors(encoder, tmp_path, nothing), (*TEXTS, "new"))
        assert encoder.encoded == ["new"]
    finally:
        tmp_path.chmod(0o700)


def test_no_text_and_no_message_is_in_the_folder(tmp_path: Path, nothing: Path) -> None:
    kept = KeptVectors(Counting(), tmp_path, nothing)
    rows(kept)
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    kept.encode("my name is Jane Doe and I have diabetes")
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before
    assert not any(b"API" in data or b"Enterprise" in data for data in before.values())


def test_the_folder_does_not_grow_for_ever(tmp_path: Path, nothing: Path) -> None:
    kept = KeptVectors(Counting(), tmp_path, nothing)
    for number in range(FILES_MAX + 5):
        rows(kept, (f"text number {number}",))
    assert len(list(tmp_path.iterdir())) == FILES_MAX


def test_no_texts_give_no_rows(tmp_path: Path, nothing: Path) -> None:
    assert KeptVectors(Counting(), tmp_path, nothing).encode_all([]).shape == (0, 26)


def test_an_encoder_that_remembers_asks_for_each_text_once() -> None:
    encoder = Counting()
    remembering = Remembering(encoder)
    assert remembering.encode_all(TEXTS).tobytes() == remembering.encode_all(TEXTS).tobytes()
    remembering.encode_all((*TEXTS, "one more"))
    assert encoder.encoded == [*TEXTS, "one more"]
    assert remembering.encode_all([]).shape == (0, 26)


def test_the_shipped_vectors_are_the_encoders_own(baa: Release) -> None:
    encoder = OnnxEncoder()
    shipped = read_vectors(KeptVectors(encoder, None).shipped.read_bytes(), encoder.name, encoder.dimensions)
    texts = [said for said in map(core, (one.text for one in candidates(baa))) if key_of(said) in shipped]
    assert len(texts) > 100
    np.testing.assert_allclose(
        np.stack([shipped[key_of(said)] for said in texts]), encoder.encode_all(texts), rtol=0, atol=OTHER_PROCESSORS
    )


def test_a_file_holds_what_was_put_in() -> None:
    vectors = {key_of(text): Counting().encode(text) for text in TEXTS}
    found = read_vectors(written_vectors(vectors, "letters/1"), "letters/1", 26)
    assert {key: vector.tobytes() for key, vector in found.items()} == {k: v.tobytes() for k, v in vectors.items()}


def test_the_cache_folder_of_a_setting(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert cache_folder("none") is None
    assert cache_folder("/var/cache/x") == Path("/var/cache/x")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert cache_folder("") == tmp_path / "bythebook"
    monkeypatch.setenv("XDG_CACHE_HOME", "relative")
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    assert cache_folder("") == tmp_path / "home" / ".cache" / "bythebook"
