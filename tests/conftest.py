"""What all tests share: the shipped document as a release, and where things are."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from bythebook.adapters.folder import find_document, read_folder
from bythebook.adapters.shelf import functions_of, house
from bythebook.compiler.release import build_release
from bythebook.routine.wording import Release

settings.register_profile("quick", deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True)
settings.load_profile("quick")

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="session")
def baa() -> Release:
    """The shipped document, compiled and bound."""
    return released(find_document(""))


@pytest.fixture(scope="session")
def membership() -> Release:
    """A document of our own that collects values and goes by results, yes and no, and jumps."""
    return released(ROOT / "tests" / "fixtures" / "membership")


def released(folder: Path) -> Release:
    """Return a folder's release."""
    name, files = read_folder(folder)
    release, compiled, problems = build_release(name, files, house(), functions_of(files).signatures)
    assert release is not None, (compiled.diagnostics, problems)
    return release
