"""Readers of the shipped document, with and without the sentence encoder, and the moments a message can come at."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bythebook.adapters.onnx_encoder import OnnxEncoder
from bythebook.engine.menu import Menu, Situation, build_menu
from bythebook.reading.local import build_reader
from bythebook.reading.port import Reader
from bythebook.routine.wording import Release

OPENING = Situation()
ASKED = Situation(pending="1a", said=("1a",))
"""The question which product waits."""


@pytest.fixture(scope="session")
def lexicon(baa: Release) -> Reader:
    return build_reader(baa, None)


@pytest.fixture(scope="session")
def local(baa: Release) -> Reader:
    return build_reader(baa, OnnxEncoder())


@pytest.fixture(scope="session", params=["lexicon", "local"])
def reader(request: pytest.FixtureRequest) -> Reader:
    found: Reader = request.getfixturevalue(request.param)
    return found


@pytest.fixture(scope="session")
def menu(baa: Release) -> Callable[[Situation], Menu]:
    return lambda situation: build_menu(baa, situation)
