"""How well messages are understood: two sets of our own writing, and floors a little below what was measured.

`messages_dev.jsonl` was tuned on, `messages_heldout.jsonl` was not. A row's `expected` is what it means, `or` other
readings that serve the customer as well; `after` is the question waiting (`closed`: the case is resolved), `said`
the steps said last, `offer` what an offer asks about.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from bythebook.engine.menu import Menu, Situation
from bythebook.reading.port import Reader, Reading

HERE = Path(__file__).parent
FLOORS = {
    ("dev", "lexicon"): 0.95,
    ("dev", "local"): 0.97,
    ("heldout", "lexicon"): 0.85,
    ("heldout", "local"): 0.87,
}
WRONG_ACTS_MAX = {"dev": 0.01, "heldout": 0.03}
"""Share of messages after which the routine would act on a meaning that was not meant."""

ACTING = ("step:", "act:affirm", "act:deny", "act:human")


def rows(which: str) -> Iterator[dict[str, Any]]:
    with (HERE / f"messages_{which}.jsonl").open(encoding="utf-8") as lines:
        yield from (json.loads(line) for line in lines)


def situation(row: dict[str, Any]) -> Situation:
    closed = row["after"] == "closed"
    said = tuple(row["said"])
    return Situation(None if closed else row["after"], tuple(row.get("offer", ())), said, said, closed)


def right(row: dict[str, Any], reading: Reading) -> bool:
    ids = sorted(choice.id for choice in reading.choices)
    if row.get("correction") and not any(choice.correction for choice in reading.choices):
        return False
    return any(
        reading.unsure if expected == "unsure" else not reading.unsure and sorted(expected) == ids
        for expected in (row["expected"], *row.get("or", ()))
    )


def acts_wrongly(row: dict[str, Any], reading: Reading) -> bool:
    allowed = {one for expected in (row["expected"], *row.get("or", ())) if expected != "unsure" for one in expected}
    return not reading.unsure and any(
        choice.id.startswith(ACTING) and choice.id not in allowed for choice in reading.choices
    )


@pytest.mark.parametrize("which", ["dev", "heldout"])
def test_messages_are_understood(reader: Reader, menu: Callable[[Situation], Menu], which: str) -> None:
    read = [(row, reader.read(row["text"], menu(situation(row)))) for row in rows(which)]
    share = sum(right(row, reading) for row, reading in read) / len(read)
    wrong = sum(acts_wrongly(row, reading) for row, reading in read) / len(read)
    assert share >= FLOORS[which, reader.name], f"{which}, {reader.name}: {share:.3f} understood"
    assert wrong <= WRONG_ACTS_MAX[which], f"{which}, {reader.name}: {wrong:.3f} acted on wrongly"


def test_the_sets_share_no_message() -> None:
    dev, heldout = ({row["text"].casefold().strip() for row in rows(which)} for which in ("dev", "heldout"))
    ids = [row["id"] for which in ("dev", "heldout") for row in rows(which)]
    assert len(ids) == len(set(ids))
    short = {text for text in dev & heldout if len(text.split()) > 4}
    assert not short, short
