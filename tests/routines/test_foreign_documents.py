"""Documents that nobody here wrote run whole conversations, every branch; their texts are read where they lie.

What stands beside a document under `tests/foreign/NAME` is what a support lead would write: `phrases.toml` for what
no rule words, and the conversations.
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
DOCUMENTS: Final = {
    "agreement": ("cookbook_baa",),
    "agreement-flat": ("cookbook_baa__flat_web",),
    "delete-payment-method": ("cookbook_delete_payment_method",),
    "delete-payment-method-flat": ("cookbook_delete_payment_method__flat_web",),
    "prepaid-billing": ("cookbook_prepaid_billing",),
    "vat-exemption": ("cookbook_vat_exemption",),
    "flight-cancellation": ("swarm_flight_cancellation_policy",),
    "flight-change": ("swarm_flight_change_policy",),
    "lost-baggage": ("swarm_starter_prompt_baggage", "swarm_lost_baggage_policy"),
    "late-check-out": (),
    "lost-card": (),
    "moving-house": (),
    "gym-pause": (),
    "windscreen-claim": (),
    "parcel-not-there": (),
    "tool-rental": (),
}
"""The files that a document is made of, in order; none where it is our own and lies beside its conversations."""

IN_OTHER_WORDS: Final = frozenset(
    {
        "API, wants another card and does it alone",  # "a different card" for "change the payment method"
        "Past purchases, asked in between",  # "what we already bought"
        "Past purchases, as the first thing",  # "last year's invoices"
        "The same flight, a refund",  # "my money back"
        "In other words than the document's",  # "cash back"
        "Found",  # "my suitcase" for "the baggage"
        "Typos, a question back, a value in a sentence",  # "sorry, what?"
        "A medical reason",  # "I broke my leg"
        "A late check-out, taken",  # "leave the room a bit later"
        "Asks about the excess first",  # "why do I have to pay?"
        "What?",  # "what do you mean?"
        "Too dear",  # "check out later" for "a late check-out"
        "An extra night, with another room",  # "one more night"
    }
)
"""Conversations whose customers use few of the document's words: too much for a reader that knows only words."""

READERS: Final = ("lexicon", "local")


@dataclass(frozen=True)
class Case:
    document: str
    script: Script
    reader: str

    def __str__(self) -> str:
        return f"{self.document}, {self.script.title} ({self.reader})"


def beside(document: str) -> Path:
    """Return the folder with what a support lead wrote; a text without its indentation needs nothing else."""
    return BESIDE / document.removesuffix("-flat")


def cases() -> list[Case]:
    found = []
    for document in DOCUMENTS:
        for path in sorted(beside(document).glob("*.md")):
            if path.name == "document.md":
                continue
            for script in read_scripts(path.read_text(encoding="utf-8")):
                readers = READERS[1:] if script.title in IN_OTHER_WORDS else READERS
                found += [Case(document, script, reader) for reader in readers]
    return found


def text_of(document: str) -> str:
    own = beside(document) / "document.md"
    paths = [CORPUS / f"{name}.md" for name in DOCUMENTS[document]] or [own]
    if not all(path.is_file() for path in paths):
        pytest.skip("the documents of other hands are not here")
    return "\n".join(path.read_text(encoding="utf-8") for path in paths)


@pytest.fixture(scope="module")
def rehearsals() -> dict[tuple[str, str], Rehearsal]:
    return {}


@pytest.mark.parametrize("case", cases(), ids=str)
def test_conversation(
    case: Case, rehearsals: dict[tuple[str, str], Rehearsal], tmp_path_factory: pytest.TempPathFactory
) -> None:
    key = (case.document, case.reader)
    if key not in rehearsals:
        folder = tmp_path_factory.mktemp("documents") / case.document
        folder.mkdir()
        (folder / "document.md").write_text(text_of(case.document), encoding="utf-8")
        for path in beside(case.document).glob("*.toml"):
            (folder / path.name).write_bytes(path.read_bytes())
        settings = replace(Settings(), document=str(folder), reader=case.reader)
        rehearsals[key] = build_rehearsal(settings, stand_in=Nothing)
    departure = play(case.script, rehearsals[key].do)
    assert departure is None, f"{case}\n{departure}"
