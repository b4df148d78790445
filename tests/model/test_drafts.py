"""Drafts of examples by a model: shown, and written only when a person accepts them."""

from __future__ import annotations

import io
import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from bythebook.adapters.folder import find_document
from bythebook.cli.main import main
from bythebook.reading.paraphrases import CHARACTERS_MAX, TEXTS_MAX, drafts
from tests.model.server import Script, served

TEXTS = ["we talk to your models from our backend", "it is all server to server for us"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(find_document(""), tmp_path / "agreement", ignore=shutil.ignore_patterns("tests")))


@pytest.fixture
def script(monkeypatch: pytest.MonkeyPatch) -> Iterator[Script]:
    told = Script(content=json.dumps({"texts": TEXTS}))
    with served(told) as url:
        monkeypatch.setenv("BYTHEBOOK_MODEL_URL", url)
        monkeypatch.setenv("BYTHEBOOK_MODEL", "small")
        yield told


def run(folder: Path, *arguments: str) -> int:
    return main(["examples", str(folder), "--reader", "lexicon", *arguments])


def test_a_draft_becomes_an_example_when_a_person_accepts_it(
    folder: Path, script: Script, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("1\n\n"))
    assert run(folder, "--draft", "step:2") == 0
    examples = (folder / "examples.toml").read_text(encoding="utf-8")
    assert TEXTS[0] in examples and TEXTS[1] not in examples
    assert "drafted by small" in capsys.readouterr().out
    asked = json.loads(script.asked[0]["messages"][1]["content"])
    assert "the API" in asked["meaning"] and asked["examples"]


def test_as_data_nothing_is_written(folder: Path, script: Script, capsys: pytest.CaptureFixture[str]) -> None:
    before = (folder / "examples.toml").read_bytes()
    assert run(folder, "--draft", "step:2", "--json") == 0
    assert [one["text"] for one in json.loads(capsys.readouterr().out)] == TEXTS
    assert (folder / "examples.toml").read_bytes() == before


@pytest.mark.parametrize("content", ["no", "[]", '{"texts": "x"}', '{"texts": []}', '{"texts": [1, ""]}'])
def test_an_answer_without_texts_is_said(
    folder: Path, script: Script, content: str, capsys: pytest.CaptureFixture[str]
) -> None:
    script.content = content
    assert run(folder, "--draft", "step:2") == 2
    assert "holds no texts" in capsys.readouterr().err


def test_what_cannot_be_drafted_is_said(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run(folder, "--draft", "step:2") == 2
    assert "no language model is set" in capsys.readouterr().err
    assert run(folder, "--draft", "step:77") == 2
    assert "no choice `step:77`" in capsys.readouterr().err
    monkeypatch.setenv("BYTHEBOOK_MODEL_URL", "http://127.0.0.1:9/v1")
    monkeypatch.setenv("BYTHEBOOK_MODEL", "small")
    assert run(folder, "--draft", "step:2") == 2
    assert "gave no answer" in capsys.readouterr().err


def test_only_new_short_plain_texts_are_shown() -> None:
    texts = ["Known One", "new", "new", "two\nlines", "x" * (CHARACTERS_MAX + 1), "\x00", *map(str, range(20))]
    found = drafts(json.dumps({"texts": texts}), "step:2", ("known one",), "small")
    assert [one.text for one in found][:2] == ["new", "two lines"]
    assert len(found) == TEXTS_MAX and [one.number for one in found] == list(range(1, TEXTS_MAX + 1))
