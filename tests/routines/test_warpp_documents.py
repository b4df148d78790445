"""The documents of the WARPP benchmark run whole conversations, every branch; their texts are read where they lie.

What stands beside each under `tests/foreign/NAME` is what a support lead would write. The authentication runs by
itself, and before the change of address as its installation would have it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import pytest

from bythebook.bootstrap import build_rehearsal
from bythebook.cli.stand_in import Nothing
from bythebook.settings import Settings
from bythebook.testing.rehearsal import Rehearsal
from bythebook.testing.script import Script, play, read_scripts

CORPUS: Final = Path(__file__).parents[3] / "shared" / "corpus" / "routines"
BESIDE: Final = Path(__file__).parent.parent / "foreign"
AUTHENTICATOR, ADDRESS, FLIGHT = "warpp_authenticator", "warpp_update_address", "warpp_book_flight"
PLAYED: Final = (
    (AUTHENTICATOR, "conversations.md", ""),
    (ADDRESS, "conversations.md", ""),
    (ADDRESS, "chained.md", AUTHENTICATOR),
    (FLIGHT, "conversations.md", ""),
)
"""A document, its conversations, and the document that comes before it."""

READERS: Final = ("lexicon", "local")


@dataclass(frozen=True)
class Case:
    document: str
    before: str
    script: Script
    reader: str

    def __str__(self) -> str:
        return f"{self.document}{' after ' + self.before if self.before else ''}, {self.script.title} ({self.reader})"


def cases() -> list[Case]:
    return [
        Case(document, before, script, reader)
        for document, file, before in PLAYED
        for script in read_scripts((BESIDE / document / file).read_text(encoding="utf-8"))
        for reader in READERS
    ]


def lay_out(folder: Path, document: str, conduct: str) -> None:
    """Put a document, unchanged, and what stands beside it into a folder of its own."""
    path = CORPUS / f"{document}.md"
    if not path.is_file():
        pytest.skip("the documents of other hands are not here")
    place = folder / document
    place.mkdir()
    (place / "document.md").write_bytes(path.read_bytes())
    phrases = BESIDE / document / "phrases.toml"
    beside = phrases.read_text(encoding="utf-8") if phrases.is_file() else ""
    (place / "phrases.toml").write_text(f"{beside}\n{conduct}", encoding="utf-8")


@pytest.fixture(scope="module")
def rehearsals() -> dict[tuple[str, str, str], Rehearsal]:
    return {}


@pytest.mark.parametrize("case", cases(), ids=str)
def test_conversation(
    case: Case, rehearsals: dict[tuple[str, str, str], Rehearsal], tmp_path_factory: pytest.TempPathFactory
) -> None:
    key = (case.document, case.before, case.reader)
    if key not in rehearsals:
        folder = tmp_path_factory.mktemp("documents")
        if case.before:
            lay_out(folder, case.before, "[conduct]\npart = true\n")
        lay_out(folder, case.document, f'[conduct]\nfirst = "{case.before}"\n' if case.before else "")
        where = folder if case.before else folder / case.document
        rehearsals[key] = build_rehearsal(
            replace(Settings(), document=str(where), reader=case.reader), stand_in=Nothing
        )
        rehearsals[key].routine = case.document
    departure = play(case.script, rehearsals[key].do)
    assert departure is None, f"{case}\n{departure}"
