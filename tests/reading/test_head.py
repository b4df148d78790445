"""The head keeps its promises: the same every time, probabilities that mean what they say, strangers not near."""

from __future__ import annotations

import numpy as np
import pytest

from bythebook.reading.head import FOLDS, TEMPERATURE_USUAL, TEMPERATURES, Head
from bythebook.reading.matching import Matcher

PARTS = ("refund", "delivery", "password", "invoice", "address", "voucher")
WAYS = (
    "where is my {}", "I have a question about the {}", "there is something wrong with my {}", "the {} does not work",
    "please change the {}", "can you tell me more about {}s", "my {} has not come", "help me with this {}",
)  # fmt: skip


def examples() -> tuple[list[str], list[str]]:
    rows = [(way.format(part), part) for part in PARTS for way in WAYS]
    return [text for text, _ in rows], [choice for _, choice in rows]


@pytest.fixture(scope="module")
def matcher() -> Matcher:
    texts, choices = examples()
    return Matcher(texts, choices, [1.0] * len(texts), None)


def test_the_same_texts_give_the_same_head(matcher: Matcher) -> None:
    texts, choices = examples()
    again = Matcher(texts, choices, [1.0] * len(texts), None)
    assert again.match("my voucher is gone") == matcher.match("my voucher is gone")
    assert again.head.temperature == matcher.head.temperature


def test_probabilities_add_up_and_are_in_order(matcher: Matcher) -> None:
    ranked = matcher.match("I never got the invoice").ranked
    assert ranked[0].choice == "invoice"
    assert sum(one.probability for one in ranked) == pytest.approx(1, abs=1e-5)
    assert [one.probability for one in ranked] == sorted((one.probability for one in ranked), reverse=True)


def test_strangers_are_less_assured_than_what_is_ours(matcher: Matcher) -> None:
    def assured(text: str) -> float:
        return max(one.assurance for one in matcher.match(text).ranked)

    ours = [assured(text) for text in ("voucher broken", "which address do you have", "password does not work")]
    strangers = [assured(text) for text in ("who won the game", "sing a song", "is it going to rain in Oslo")]
    assert min(ours) > max(strangers)


def test_texts_that_tell_nothing_flatten_the_probabilities() -> None:
    """Labels dealt out by chance: what is left out cannot be read, and the head says so by its temperature."""
    draws = np.random.default_rng(3)
    rows = draws.standard_normal((120, 40)).astype(np.float32)
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    chance = Head(rows @ rows.T, [str(label) for label in draws.integers(0, 6, 120)], [1.0] * 120)
    told = np.repeat(np.eye(6, 40, dtype=np.float32), 20, axis=0) + 0.3 * rows
    told /= np.linalg.norm(told, axis=1, keepdims=True)
    clear = Head(told @ told.T, [str(at // 20) for at in range(120)], [1.0] * 120)
    assert clear.temperature < TEMPERATURE_USUAL < chance.temperature <= float(TEMPERATURES[-1])


def test_a_choice_with_one_text_is_never_left_out() -> None:
    between = np.eye(FOLDS, dtype=np.float32)
    head = Head(between, [str(at) for at in range(FOLDS)], [1.0] * FOLDS)
    assert head.temperature == pytest.approx(TEMPERATURE_USUAL, rel=0.05)
    assert head.rank(between[2])[0].choice == "2"
