"""What customers are told differently, whatever moved."""

from __future__ import annotations

import pytest

from bythebook.compiler.differences import Change, Kind, Said, differences, pieces, rows


def line(label: str, text: str) -> Said:
    return Said(Kind.LINE, label, text)


def result(name: str, text: str) -> Said:
    return Said(Kind.RESULT, name, text)


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        pytest.param([line("1", "Hi")], [line("1", "Hi")], [], id="the same"),
        pytest.param([line("1", "Hi")], [line("1", "Oh"), line("2", "Hi")], [("", "line 1: Oh")], id="moved down"),
        pytest.param([line("1", "Hi"), line("2", "Bye")], [line("1", "Bye"), line("2", "Hi")], [], id="turned round"),
        pytest.param(
            [line("1", "It is on its way."), line("2", "Bye")],
            [line("1", "Bye"), line("2", "It is coming on its way.")],
            [("line 1: It is on its way.", "line 2: It is coming on its way.")],
            id="moved and changed",
        ),
        pytest.param(
            [line("1", "Hi")], [line("1", "Hi"), line("2", "Hi")], [("", "line 2: Hi")], id="said a second time"
        ),
        pytest.param(
            [line("1", "Hi"), line("2", "Hi")], [line("1", "Hi")], [("line 2: Hi", "")], id="said once less"
        ),
        pytest.param(
            [result("one", "Found it."), result("two", "Nothing there.")],
            [result("one", "Nothing there."), result("two", "Found it.")],
            [
                ("result of one: Found it.", "result of one: Nothing there."),
                ("result of two: Nothing there.", "result of two: Found it."),
            ],
            id="results told with each other's words",
        ),
        pytest.param(
            [line("1", "Hi")], [result("one", "Hi")], [("", "result of one: Hi"), ("line 1: Hi", "")], id="kinds"
        ),
    ],
)
def test_what_is_told_differently(before: list[Said], after: list[Said], told: list[tuple[str, str]]) -> None:
    found = differences(before, after)
    assert sorted(map(shown, found)) == sorted(told)


def shown(change: Change) -> tuple[str, str]:
    one, other = (f"{said.where}: {said.text}" if said is not None else "" for said in (change.before, change.after))
    return one, other


def test_a_text_word_by_word_and_line_by_line() -> None:
    assert [(piece.sign, piece.text) for piece in pieces("It is on its way.", "It is coming.")] == [
        ("=", "It is "), ("-", "on its way."), ("+", "coming."),
    ]  # fmt: skip
    assert [(row.sign, row.text) for row in rows("a\nb\nc\nd\ne", "a\nb\nc\nd\nE", around=1)] == [
        ("~", "3 lines as before"), (" ", "d"), ("-", "e"), ("+", "E"),
    ]  # fmt: skip
    assert rows("a", "a") == ()
