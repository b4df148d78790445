"""Twenty thousand mutated documents: none raises, every place is right, no line is lost."""

from __future__ import annotations

import os

import pytest

from tests.fuzz.claims import hold
from tests.fuzz.mutants import mutant, sources
from tests.fuzz.run import minimised, run

MUTANTS = 20_000
SHOWN_MAX = 3
"""Failures that are shortened and shown."""


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_mutated_documents() -> None:
    failures = run(1, MUTANTS, os.cpu_count() or 1)
    told = [
        f"{failure.why}\n{minimised(failure)!r}\nagain: python -m tests.fuzz --seed {failure.number} --count 1"
        for failure in failures[:SHOWN_MAX]
    ]
    more = "".join(f", --seed {failure.number}" for failure in failures[SHOWN_MAX:])
    assert not failures, "\n\n".join(told) + more


def test_the_sources_hold_as_they_are() -> None:
    for text in sources():
        hold(text, thoroughly=True)


def test_a_number_always_gives_the_same_text() -> None:
    assert [mutant(number) for number in range(20)] == [mutant(number) for number in range(20)]
    assert len({mutant(number) for number in range(200)}) > 190


@pytest.mark.parametrize(
    "text",
    [
        "2. \n-Ask when moving. If 3 Call go(moving_date)",
        '4. If . Ask how many months. If y:"."\nopen(months)',
        "2. Greet them <!--\x1ctwice -->\n3. Go",
        "before <!--\nand behind -->\n3. Go",
        'If something \u2028like"O", step3\n3. Go',
        "5. Call e_t with parameter \rc",
        ".\n\u3000---\n.\n#",
        'If O Call `ry\r9. "{e}"<!-->',
        '9. "{s\x1d}"',
        "and  |Ask a\n2. ",
        '6. Ask"anything else"\nIf no further\n:e_r',
        '3. "address,ID or e\x0bt?"\n -Address: collect c\n -ID: ask o',
    ],
)
def test_what_once_failed(text: str) -> None:
    hold(text, thoroughly=True)
