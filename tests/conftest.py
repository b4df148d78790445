"""What all tests share: the shipped document as a release, and where things are."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

import pytest
from hypothesis import HealthCheck, settings

from bythebook.adapters.folder import find_document, read_folder
from bythebook.adapters.shelf import functions_of, house, takes
from bythebook.compiler.cards import CARDS_PATH, deal, write_cards
from bythebook.compiler.release import build_reception, build_release
from bythebook.reading.encoder import Encoder
from bythebook.reading.local import build_reader
from bythebook.reading.port import Reader
from bythebook.routine.wording import RECEPTION, Release
from tests.chromium import browser
from tests.postgres import remove_all

PATIENT_SECONDS = 600
"""Of slow tests, and those in a browser: on a machine that does much else, too."""

__all__ = ["browser"]

settings.register_profile("quick", deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True)
settings.load_profile("quick")

ROOT = Path(__file__).parent.parent

# What a start keeps for the next goes nowhere else, and one test's is the next one's.
os.environ["XDG_CACHE_HOME"] = str(Path(tempfile.gettempdir()) / "bythebook-tests")


@pytest.fixture(scope="session", autouse=True)
def fitted_once() -> Iterator[None]:
    """Installations whose reader is the lexicon share one for a release: it is fitted once, and keeps nothing."""
    fitted: dict[str, Reader] = {}

    def fit(release: Release, encoder: Encoder | None) -> Reader:
        if encoder is not None:
            return build_reader(release, encoder)
        if release.digest not in fitted:
            fitted[release.digest] = build_reader(release, None)
        return fitted[release.digest]

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("bythebook.bootstrap.build_reader", fit)
        yield


@pytest.fixture(scope="session")
def baa() -> Release:
    """The shipped document, compiled and bound."""
    return released(find_document(""))


@pytest.fixture(scope="session")
def membership() -> Release:
    """A document of our own that collects values and goes by results, yes and no, and jumps."""
    return released(ROOT / "tests" / "fixtures" / "membership")


TOGETHER = ("library-books", "court-booking", "lost-property", "fee-refund", "identity-check")


@pytest.fixture(scope="session")
def together() -> dict[str, Release]:
    """Documents of our own that are loaded together, with their reception: by name."""
    folder = ROOT / "tests" / "fixtures" / "together"
    return released_together([*(folder / name for name in TOGETHER), ROOT / "tests" / "fixtures" / "membership"])


def released_together(folders: Sequence[Path]) -> dict[str, Release]:
    """Return the releases of folders that are loaded together, by name."""
    cards = deal([released(folder) for folder in folders], {}, takes)
    found = {path.name: released(path, {CARDS_PATH: write_cards(cards[path.name])}) for path in folders}
    reception, problems = build_reception({CARDS_PATH: write_cards(cards[RECEPTION])}, house())
    assert reception is not None, problems
    return {**found, RECEPTION: reception}


def released(folder: Path, more: Mapping[str, bytes] = MappingProxyType({})) -> Release:
    """Return a folder's release."""
    name, own = read_folder(folder)
    files = {**own, **more}
    release, compiled, problems = build_release(name, files, house(), functions_of(files).signatures)
    assert release is not None, (compiled.diagnostics, problems)
    return release


def pytest_sessionfinish() -> None:
    """Leave no database server behind."""
    remove_all()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Give slow tests time: some start whole servers several times, on machines that do ten things at once."""
    for item in items:
        patient = item.get_closest_marker("browser") or item.get_closest_marker("slow")
        if patient and not item.get_closest_marker("timeout"):
            item.add_marker(pytest.mark.timeout(PATIENT_SECONDS))
