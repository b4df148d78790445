"""The arithmetic of evaluations, against examples worked by hand or printed in the literature."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bythebook.testing.figures import Share, auroc, calibration_chance, calibration_error, weighted_f1


def test_wilson_is_what_the_textbook_prints() -> None:
    low, high = Share(81, 263).interval  # Newcombe (1998), example 1a: 0.2553 to 0.3662
    assert (round(low, 4), round(high, 4)) == (0.2553, 0.3662)
    assert str(Share(1, 1)) == "100.0 (20.7-100.0)"
    assert Share(0, 0).interval == (0.0, 1.0)


@given(st.integers(0, 50), st.integers(0, 50))
def test_an_interval_holds_its_share(hits: int, misses: int) -> None:
    share = Share(hits, hits + misses)
    low, high = share.interval
    assert 0 <= low <= share.value + 1e-12 and share.value <= high + 1e-12 <= 1 + 1e-12


def test_auroc_counts_pairs_and_half_of_ties() -> None:
    assert auroc([0.9, 0.8], [0.1, 0.2]) == 1.0
    assert auroc([0.1], [0.9]) == 0.0
    assert auroc([0.5, 0.9], [0.5, 0.1]) == pytest.approx((0.5 + 1 + 1 + 1) / 4)


@given(
    st.lists(st.sampled_from([0.1, 0.2, 0.5, 0.9]), min_size=1),
    st.lists(st.sampled_from([0.1, 0.5, 0.7]), min_size=1),
)
def test_auroc_is_the_share_of_pairs(wanted: list[float], other: list[float]) -> None:
    pairs = [(a > b) + (a == b) / 2 for a in wanted for b in other]
    assert auroc(wanted, other) == pytest.approx(sum(pairs) / len(pairs))


def test_calibration_error_weighs_each_bin_by_its_count() -> None:
    assert calibration_error([0.8] * 10, [True] * 8 + [False] * 2) == pytest.approx(0.0)
    assert calibration_error([1.0, 1.0, 0.4, 0.4], [True, False, False, False]) == pytest.approx(
        (2 * 0.5 + 2 * 0.4) / 4
    )
    assert calibration_error([0.0, 0.1], [False, False], bins=10) == pytest.approx(0.05)  # both in the first bin


def test_calibration_chance_is_what_coins_do() -> None:
    coins = 400
    distance = sum(math.comb(coins, heads) / 2**coins * abs(heads - coins / 2) for heads in range(coins + 1))
    assert calibration_chance([0.5] * coins) == pytest.approx(distance / coins, rel=0.01)
    assert calibration_chance([1.0] * coins) == 0.0
    apart = calibration_chance([0.5, 0.9] * coins)
    assert apart == pytest.approx((calibration_chance([0.5] * coins) + calibration_chance([0.9] * coins)) / 2)


def test_weighted_f1_weighs_labels_by_what_is_true() -> None:
    # a: precision 1/2, recall 1/1; b: precision 1/1, recall 1/2; c is only given, and weighs nothing
    assert weighted_f1(["a", "b", "b"], ["a", "b", "a"]) == pytest.approx((1 * 2 / 3 + 2 * 2 / 3) / 3)
    assert weighted_f1(["a", "a"], ["c", "c"]) == 0.0
