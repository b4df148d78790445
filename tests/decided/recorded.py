"""Cases as an engine of one policy version decided them, with the documents as they stood then."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

from bythebook.adapters.event_codec import decode
from bythebook.cli.simulating import Lives
from bythebook.compiler.release import build_release
from bythebook.engine.decide import POLICY_VERSION, departure, policy_of
from bythebook.engine.event import Event
from bythebook.routine.wording import Release
from bythebook.settings import Settings

HERE = Path(__file__).parent
LOGS = HERE / "decisions.jsonl"
DOCUMENTS = ("boat-yard", "membership", "business-associate-agreement")


@cache
def release_of(name: str) -> Release:
    """Return a document's release as it was recorded: its files, and the house's phrases of then."""
    files = {path.name: path.read_bytes() for path in sorted((HERE / name).iterdir()) if path.is_file()}
    release, compiled, _ = build_release(name, files, (HERE / "house.toml").read_bytes())
    assert release is not None, [found.message for found in compiled.diagnostics]
    return release


def lives_of(name: str) -> Lives:
    """Return simulated customers of a document."""
    return Lives.of(replace(Settings(), reader="lexicon", cache="none", document=(str(HERE / name),)))


def recorded() -> Iterator[tuple[str, str, Sequence[Event]]]:
    """Yield each recorded case: its document, what it is called, its log."""
    for part in LOGS.read_text(encoding="utf-8").split("\n\n")[1:]:
        title, *lines = part.strip().splitlines()
        name = title.removeprefix("# ").partition(",")[0]
        yield name, title.removeprefix("# "), [decode(line) for line in lines]


def departing(*, same_policy: bool) -> list[str]:
    """Return what is said of the recorded cases that are decided otherwise today."""
    found = []
    for name, title, log in recorded():
        told = departure(release_of(name), log) if not same_policy or policy_of(log) == POLICY_VERSION else None
        if told is not None:
            found.append(f"{title}: {told}")
    return found
