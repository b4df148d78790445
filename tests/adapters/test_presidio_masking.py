"""Presidio behind the same port, where it is installed (the extra `presidio`: 400 MB)."""

from __future__ import annotations

from importlib.util import find_spec

import pytest

from bythebook.bootstrap import masker
from bythebook.service.ports import Masker
from bythebook.settings import SettingWrong

INSTALLED = find_spec("presidio_analyzer") is not None
needs_presidio = pytest.mark.skipif(not INSTALLED, reason="pip install 'bythebook[presidio]'")


@pytest.fixture(scope="module")
def presidio() -> Masker:
    return masker("presidio")


@needs_presidio
@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("my daughter Emily Clark has asthma", None),
        ("the card is 4111 1111 1111 1111", "the card is [card number]"),
        ("Anna Schmidt here, we need a BAA for ChatGPT Enterprise in Boston", "the same"),
        ("[card number] and [patient name]", "the same"),
        ("", "the same"),
    ],
)
def test_it_masks_what_the_rules_do_and_names_beside_health(presidio: Masker, text: str, masked: str | None) -> None:
    found = presidio(text)
    if masked is None:
        assert "Emily" not in found.text and "Clark" not in found.text
    else:
        assert found.text == (text if masked == "the same" else masked)
    assert presidio(found.text).text == found.text


@pytest.mark.skipif(INSTALLED, reason="it is installed")
def test_without_it_the_way_to_it_is_said() -> None:
    with pytest.raises(SettingWrong, match=r"bythebook\[presidio\]"):
        masker("presidio")


def test_another_name_is_no_masking() -> None:
    with pytest.raises(SettingWrong, match="rules or presidio"):
        masker("magic")
