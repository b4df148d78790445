"""A document of which a person does three lines, as a folder."""

from __future__ import annotations

from pathlib import Path

from tests.engine.test_by_hand import CARDS, PEOPLE


def cards_in(folder: Path) -> Path:
    """Write the document below a folder, and return where."""
    document = folder / "cards"
    document.mkdir()
    (document / "document.md").write_text(CARDS, encoding="utf-8")
    (document / "phrases.toml").write_text(PEOPLE, encoding="utf-8")
    (document / "functions.toml").write_text("[function.case_resolution]\nnothing = true\n", encoding="utf-8")
    return document
