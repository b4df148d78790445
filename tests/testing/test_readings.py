"""Tables of messages and readings: what they hold, and that the engine says which readings are as good."""

from __future__ import annotations

import pytest

from bythebook.adapters.memory_store import MemoryStore
from bythebook.bootstrap import build_installation
from bythebook.settings import Settings
from bythebook.testing.readings import Row, Stage, TableWrong, read_rows, readings

TABLE = """
Prose, and a table that is something else:

| rule | why |
|---|---|
| a | b |

| message | situation | reading |
|---|---|---|
| no, Enterprise | after 2 | `step:3!` |
| thanks | after 2 | `act:deny` / unsure |
| API, and how long? | opening | `step:2` + `article:2` |
"""


@pytest.fixture(scope="module")
def stage() -> Stage:
    return Stage(build_installation(Settings(reader="lexicon"), MemoryStore()).shelf.current())


def test_only_tables_of_readings_are_read() -> None:
    rows = read_rows(TABLE)
    assert [(row.line, row.text, row.situation) for row in rows] == [
        (10, "no, Enterprise", "after 2"),
        (11, "thanks", "after 2"),
        (12, "API, and how long?", "opening"),
    ]
    assert rows[0].accepted[0].choices[0].correction
    assert rows[1].accepted[1].unsure
    assert [choice.id for choice in rows[2].accepted[0].choices] == ["step:2", "article:2"]


def test_a_row_that_cannot_be_read_is_named() -> None:
    with pytest.raises(TableWrong, match="line 3"):
        read_rows("| message | situation | reading |\n|---|---|---|\n| two | cells |")


@pytest.mark.parametrize("row", read_rows(TABLE), ids=lambda row: row.text)
def test_rows_are_judged_by_what_happens(stage: Stage, row: Row) -> None:
    verdict = stage.judge(row)
    assert verdict.right
    assert not verdict.acts_wrongly


def judged(stage: Stage, text: str, situation: str, cell: str) -> tuple[bool, frozenset[str]]:
    verdict = stage.judge(Row(1, text, situation, readings(cell)))
    return verdict.right, verdict.acts_wrongly


def test_an_act_that_nobody_asked_for_is_named(stage: Stage) -> None:
    assert judged(stage, "API", "after 1a", "step:3") == (False, frozenset({"step:2"}))
    assert judged(stage, "thanks", "after 2", "article:2") == (False, frozenset({"resolved"}))
    assert judged(stage, "a person please", "opening", "routine") == (False, frozenset({"handed off"}))
    assert judged(stage, "show me the list", "opening", "routine") == (False, frozenset({"line:2e"}))
    assert judged(stage, "how long?", "opening", "routine") == (False, frozenset())


@pytest.mark.parametrize(
    ("text", "situation", "cell"),
    [
        ("no", "after 1a, offered a human", "act:deny"),
        ("yes", "after 1a, offered 3", "step:3"),
        ("Enterprise", "opening, offered 2 or 3", "step:3"),
        ("and Enterprise?", "resolved after 2", "step:3"),
        ("API again", "after 2 and 3", "step:2"),
    ],
)
def test_situations_in_words(stage: Stage, text: str, situation: str, cell: str) -> None:
    assert judged(stage, text, situation, cell) == (True, frozenset())


@pytest.mark.parametrize("situation", ["at noon", "after", "after 99"])
def test_a_situation_that_cannot_be_is_refused(stage: Stage, situation: str) -> None:
    with pytest.raises(TableWrong):
        stage.state(situation)
