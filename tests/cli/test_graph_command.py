"""`bythebook graph` as it is typed: pictures and data, files and refusals."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bythebook.cli.main import main

BROKEN = '1. Dance.\n2. Inform the customer: "Done."\n'


def test_printed_as_svg(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["graph"]) == 0
    assert capsys.readouterr().out.startswith('<svg xmlns="http://www.w3.org/2000/svg"')


@pytest.mark.parametrize(
    ("name", "begins"), [("a.svg", "<svg"), ("a.dot", "digraph"), ("a.mmd", "flowchart"), ("a.json", "{")]
)
def test_the_ending_tells_the_format(
    name: str, begins: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["graph", "-o", str(tmp_path / name)]) == 0
    assert (tmp_path / name).read_text(encoding="utf-8").startswith(begins)
    assert capsys.readouterr().out == ""


def test_as_json_with_places(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["graph", "--format", "json"]) == 0
    found = json.loads(capsys.readouterr().out)
    call = next(node for node in found["nodes"] if node["label"] == "2e.i")
    assert (call["kind"], call["line"], call["column"], call["step"]) == ("call", 53, 9, "2")
    assert {"source": "line:5.1", "target": "line:6", "kind": "close", "words": "no", "name": "no"} in found["edges"]


def test_what_was_understood_of_a_document_with_errors_is_drawn(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    document = tmp_path / "broken.md"
    document.write_text(BROKEN, encoding="utf-8")
    assert main(["graph", str(document)]) == 1
    assert "“Done.”" in capsys.readouterr().out


def test_a_place_that_cannot_be_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["graph", "-o", str(tmp_path / "no" / "a.svg")]) == 2
    assert "cannot write" in capsys.readouterr().err


def test_too_many_steps_for_a_picture(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    document = tmp_path / "long.md"
    document.write_text("".join(f'{n}. Inform the customer: "x"\n' for n in range(1, 1200)), encoding="utf-8")
    assert main(["graph", str(document)]) == 2
    assert "--format dot" in capsys.readouterr().err
    assert main(["graph", str(document), "--format", "dot"]) == 0
