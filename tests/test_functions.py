"""What an author's functions.py sees of its data: by kind, unchangeable, each slip told by its place."""

from collections.abc import Callable

import pytest

from bythebook.adapters.python_functions import load_functions
from bythebook.functions import Data, Failed, Table, function

FILE = {
    "text": "words",
    "number": 3,
    "flag": True,
    "texts": ["a", "b"],
    "table": {"text": 4},
    "row": [{"text": "first"}, {"number": "second"}],
}
DATA = Data({"d": Table("data/d.toml", FILE)})


@pytest.mark.parametrize(
    ("read", "told"),
    [
        (lambda data: data.file("other"), "there is no data/other.toml beside the document"),
        (
            lambda data: data.file("d").text("no"),
            'data/d.toml: `no` is missing; write a text in quotes, as in `no = "..."`',
        ),
        (
            lambda data: data.file("d").text("flag", "default"),
            'data/d.toml: `flag` is something else; write a text in quotes, as in `flag = "..."`',
        ),
        (
            lambda data: data.file("d").number("flag"),
            "data/d.toml: `flag` is something else; write a number, as in `flag = 3`",
        ),
        (
            lambda data: data.file("d").flag("number"),
            "data/d.toml: `number` is something else; write `true` or `false`, as in `number = true`",
        ),
        (
            lambda data: data.file("d").texts("text"),
            'data/d.toml: `text` is something else; write a list of texts, as in `text = ["...", "..."]`',
        ),
        (
            lambda data: data.file("d").table("row"),
            "data/d.toml: `row` is something else; write a table, as in `[row]`",
        ),
        (
            lambda data: data.file("d").table("table").text("text"),
            'data/d.toml: [table]: `text` is something else; write a text in quotes, as in `text = "..."`',
        ),
        (
            lambda data: data.file("d").tables("table"),
            "data/d.toml: `table` is something else; write rows, each under `[[table]]`",
        ),
        (
            lambda data: data.file("d").tables("row")[1].number("number"),
            "data/d.toml: [[row]] 2: `number` is something else; write a number, as in `number = 3`",
        ),
    ],
)
def test_a_slip_in_a_data_file_is_told_by_its_place(read: Callable[[Data], object], told: str) -> None:
    with pytest.raises(Failed) as failed:
        read(DATA)
    assert str(failed.value) == told


def test_data_is_read_by_kind() -> None:
    table = DATA.file("d")
    assert DATA.names == ("d",)
    assert (table.text("text"), table.text("no", "none")) == ("words", "none")
    assert (table.number("number"), table.flag("flag"), table.texts("texts")) == (3, True, ("a", "b"))
    assert [row.text("text", "") for row in table.tables("row")] == ["first", ""]
    assert ("row" in table, "no" in table) == (True, False)


def test_one_call_cannot_change_what_the_next_one_reads() -> None:
    source = b"""
from bythebook.functions import Data, function

@function
def read(data: Data) -> dict[str, str]:
    kinds = data.file("d").raw("list"), data.file("d").raw("table")
    return {"kinds": " ".join(type(kind).__name__ for kind in kinds)}
"""
    functions = load_functions(source, "functions.py", {"data/d.toml": b"list = [1]\ntable = {a = 1}"})
    assert functions.call("read", {}, "case:1") == {"kinds": "tuple mappingproxy"}


def test_a_declared_function_stays_a_plain_function() -> None:
    @function
    def look_up(number: str) -> dict[str, str]:
        return {"number": number}

    @function(effect=True)
    def act() -> None: ...

    assert look_up("A1") == {"number": "A1"}
    act()
