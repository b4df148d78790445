"""`benchmarks/documents.py` over folders as they are found: nothing in them stops it, and its figures add up."""

from __future__ import annotations

import importlib.util
import json
import sys
from pathlib import Path
from types import ModuleType

import pytest

SCRIPT = Path(__file__).parent.parent / "benchmarks" / "documents.py"
DOCUMENT = """\
# Lamps

1. Inform the customer that lamps are cheap.
2. Call the `find_lamp` function.
   - If the lamp is dimmed, say: "It glows."
3. Dance around the lamp.
"""
PHRASES = """\
[line.1]
text = "Lamps are cheap."
source = "Inform the customer that lamps are cheap."
approved_by = "Ann"
"""


@pytest.fixture(scope="module")
def script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("benchmark_documents", SCRIPT)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    return module


def figures(script: ModuleType, *folders: Path, capsys: pytest.CaptureFixture[str]) -> dict[str, dict[str, int]]:
    assert script.main(["--json", *map(str, folders)]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["lost"] == 0
    return {row["name"]: row for row in told["documents"]}


def test_what_is_left_to_do(script: ModuleType, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "lamps.md").write_text(DOCUMENT, encoding="utf-8")
    row = figures(script, tmp_path, capsys=capsys)["lamps"]
    assert (row["phrases"], row["outcomes"], row["conditions"], row["rewrites"]) == (1, 0, 1, 1)
    assert row["edits"] == 3
    assert (row["executed"], row["reported"]) == (4, 1)


def test_a_folder_with_files_beside_it_counts_what_is_left(
    script: ModuleType, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "shelf" / "lamps"
    (folder / "tests").mkdir(parents=True)
    (folder / "document.md").write_text(DOCUMENT, encoding="utf-8")
    (folder / "phrases.toml").write_text(PHRASES, encoding="utf-8")
    (folder / "tests" / "conversations.md").write_text("# Talks\n", encoding="utf-8")
    rows = figures(script, tmp_path, capsys=capsys)
    assert list(rows) == ["lamps"]
    assert rows["lamps"]["phrases"] == 0
    assert rows["lamps"]["edits"] == 2


def test_nothing_in_a_folder_stops_it(script: ModuleType, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "binary.md").write_bytes(bytes(range(256)) * 40)
    (tmp_path / "empty.md").write_bytes(b"")
    (tmp_path / "latin.md").write_bytes('1. Sagen Sie: "Grüße"\n'.encode("latin-1"))
    (tmp_path / "old.md").write_bytes('1. Say: "x"\r2. Say: "y"\r'.encode("utf-16"))
    (tmp_path / "huge.md").write_bytes(b'1. Say: "x"\n' * 200_000)
    (tmp_path / "README.md").write_text("not a document", encoding="utf-8")
    (tmp_path / ".hidden").mkdir()
    (tmp_path / ".hidden" / "x.md").write_text("1. Dance.\n", encoding="utf-8")
    (tmp_path / "folder.md").mkdir()
    (tmp_path / "lost.md").symlink_to(tmp_path / "nowhere.md")
    (tmp_path / "circle").symlink_to(tmp_path)
    whole = tmp_path / "whole"
    whole.mkdir()
    (whole / "document.md").write_text(DOCUMENT, encoding="utf-8")
    (whole / "phrases.toml").write_bytes(b"\xff\x00[[[")
    (whole / "examples.toml").write_bytes(bytes((n * n + 7) % 256 for n in range(2_000)))
    shut = tmp_path / "shut.md"
    shut.write_text(DOCUMENT, encoding="utf-8")
    shut.chmod(0)
    assert script.main([str(tmp_path), str(tmp_path / "nothing")]) == 0
    told = capsys.readouterr()
    assert told.out.splitlines()[-1].startswith("lost: 0 of ")
    assert "huge.md: larger than 2,000,000 bytes" in told.err
    assert "lost.md: there is no such file" in told.err
    assert "nothing: there is no such file" in told.err
    names = [line.split("|")[1].strip() for line in told.out.splitlines() if line.startswith("| ")]
    assert {"binary", "empty", "latin", "old", "whole"} <= set(names)
    assert "README" not in names and "x" not in names


def test_an_empty_folder(script: ModuleType, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert script.main([str(tmp_path)]) == 2
    assert "no Markdown files" in capsys.readouterr().err
