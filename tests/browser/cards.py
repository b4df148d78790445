"""Documents of which a person does some lines, as folders, and installations that serve one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.browser.house import House
from tests.engine.test_by_hand import CARDS, PEOPLE


def cards_in(folder: Path, document: str = CARDS, phrases: str = PEOPLE) -> Path:
    """Write the document below a folder, and return where."""
    place = folder / "cards"
    place.mkdir()
    (place / "document.md").write_text(document, encoding="utf-8")
    (place / "phrases.toml").write_text(phrases, encoding="utf-8")
    (place / "functions.toml").write_text("[function.case_resolution]\nnothing = true\n", encoding="utf-8")
    return place


@contextmanager
def serving(folder: Path, place: Path) -> Iterator[House]:
    """Serve a document to people of every role."""
    house = House(folder, documents=[str(place)])
    house.start()
    house.add_people()
    yield house
    house.kill()
