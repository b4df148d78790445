"""An author's functions.py: what is bound, what is refused and where, and what a call gives back."""

import sys
from collections.abc import Mapping
from datetime import date
from textwrap import dedent

import pytest

from bythebook.adapters.python_functions import FunctionsBroken, PythonFunctions, load_functions
from bythebook.routine.value import Values
from bythebook.service.ports import FunctionFailure

IMPORTS = "from bythebook.functions import Data, Failed, IdempotencyKey, function\n"
KEY = "case-1:7"


def load(code: str, data: Mapping[str, bytes] | None = None) -> PythonFunctions:
    """Load the code under one line of imports, so that its own first line is line 2."""
    return load_functions((IMPORTS + dedent(code).lstrip("\n")).encode(), "functions.py", data or {})


def broken(code: str, data: Mapping[str, bytes] | None = None) -> str:
    with pytest.raises(FunctionsBroken) as refused:
        load(code, data)
    return str(refused.value)


def failure(functions: PythonFunctions, name: str, arguments: Values | None = None) -> str:
    with pytest.raises(FunctionFailure) as failed:
        functions.call(name, arguments or {}, KEY)
    return str(failed.value)


# ---------------------------------------------------------------- what is bound


def test_the_signature_is_what_the_document_must_give() -> None:
    functions = load(
        """
        def helper(anything):
            return anything

        @function
        def find_order(order: str, data: Data, email: str | None, key: IdempotencyKey) -> dict[str, str]:
            return {}

        @function(effect=True)
        def refund(order: str, cents: int) -> None: ...
        """
    )
    assert functions.signatures == {"find_order": ("order", "email"), "refund": ("order", "cents")}
    assert functions.effects == {"refund"}


def test_the_fields_are_known_where_the_type_names_them() -> None:
    functions = load(
        """
        from collections.abc import Mapping
        from dataclasses import dataclass
        from typing import TypedDict

        @dataclass
        class Order:
            number: "str"
            items: "list[str]"

        class Price(TypedDict):
            cents: int

        @function
        def order() -> Order:
            return Order("A1", ["tea", "cup"])

        @function
        def price() -> Price:
            return Price(cents=300)

        @function
        def anything() -> Mapping[str, object]:
            return {"a": 1.5, "b": True, "c": None, "d": (1, 2)}

        @function
        def nothing() -> None: ...
        """
    )
    assert functions.fields == {
        "order": ("number", "items"),
        "price": ("cents",),
        "anything": None,
        "nothing": (),
    }
    assert functions.call("order", {}, KEY) == {"number": "A1", "items": ("tea", "cup")}
    assert functions.call("price", {}, KEY) == {"cents": 300}
    assert functions.call("anything", {}, KEY) == {"a": 1.5, "b": True, "c": None, "d": (1, 2)}
    assert functions.call("nothing", {}, KEY) == {}


def test_annotations_may_be_postponed() -> None:
    source = "from __future__ import annotations\n" + IMPORTS
    source += dedent(
        """
        from dataclasses import dataclass, field

        @dataclass
        class Order:
            number: str
            items: list[str] = field(default_factory=list)

        @function
        def order(number: str) -> Order:
            return Order(number)
        """
    )
    functions = load_functions(source.encode(), "functions.py", {})
    assert functions.call("order", {"number": "A1"}, KEY) == {"number": "A1", "items": ()}


def test_a_function_gets_its_data_and_its_key() -> None:
    functions = load(
        """
        @function(effect=True)
        def order(of: str, data: Data, key: IdempotencyKey) -> dict[str, str]:
            price = data.file("tea").text("price")
            return {"text": price + of, "key": key, "deep": data.file("a/b").text("x")}
        """,
        {"data/tea.toml": b'price = "3 "', "data/a/b.toml": b'x = "y"'},
    )
    assert functions.call("order", {"of": "cups"}, KEY) == {"text": "3 cups", "key": KEY, "deep": "y"}


def test_lists_are_given_in_the_form_the_function_names() -> None:
    functions = load(
        """
        @function
        def kinds(a: list[str], b: tuple[int, ...], c: float) -> dict[str, str]:
            return {"kinds": f"{a} {b} {c}"}
        """
    )
    assert functions.call("kinds", {"a": ("x",), "b": (1, 2), "c": 2}, KEY) == {"kinds": "['x'] (1, 2) 2"}


def test_two_files_do_not_meet() -> None:
    count = """
        calls = []

        @function
        def count() -> dict[str, int]:
            calls.append(1)
            return {"calls": len(calls)}
        """
    one, other = load(count), load(count + "# a comment more\n")
    one.call("count", {}, KEY)
    assert one.call("count", {}, KEY) == {"calls": 2}
    assert other.call("count", {}, KEY) == {"calls": 1}
    assert load(count).call("count", {}, KEY) == {"calls": 1}


def test_an_empty_file_binds_nothing() -> None:
    assert load_functions(b"", "functions.py", {}).signatures == {}


# ---------------------------------------------------------------- what is refused, and where


@pytest.mark.parametrize(
    ("code", "told"),
    [
        (
            "def f(:",
            "functions.py:2: this is not Python: invalid syntax\nhelp: correct this line",
        ),
        (
            "import no_such_module",
            "functions.py:2: the file stops here with ModuleNotFoundError: No module named 'no_such_module'\n"
            "help: let the file only import and define; do the work inside the functions",
        ),
        (
            "x = 1\nraise SystemExit(3)",
            "functions.py:3: the file stops here with SystemExit: 3\n"
            "help: let the file only import and define; do the work inside the functions",
        ),
        (
            "@function\ndef f() -> None: ...\n@function\ndef f() -> None: ...",
            "functions.py:5: `f` is defined twice, first in line 3\nhelp: rename or remove one of them",
        ),
        (
            "@function\ndef f(order) -> None: ...",
            "functions.py:2: in `f`, `order` has no annotation\nhelp: write what it is, as in `order: str`",
        ),
        (
            "@function\ndef f(): ...",
            "functions.py:2: in `f`, what it returns has no annotation\n"
            "help: write `-> dict[str, str]`, or `-> None`",
        ),
        (
            "@function\ndef f() -> bytes: ...",
            "functions.py:2: in `f`, what it returns is no plain data\n"
            "help: return a dataclass, a `TypedDict`, a mapping such as `dict[str, str]`, a text, a number, or None",
        ),
        (
            "@function\ndef f(order: bytes) -> None: ...",
            "functions.py:2: in `f`, `order` is something a document cannot give\n"
            "help: write `str`, `int`, `float`, `bool`, a list of one of these, or any of them `| None`",
        ),
        (
            "@function\ndef f(order: 'Order') -> None: ...",
            "functions.py:2: in `f`, an annotation cannot be read: name 'Order' is not defined\n"
            "help: import or correct that name",
        ),
        (
            "@function\ndef f(order: str = 'A1') -> None: ...",
            "functions.py:2: in `f`, `order` has a default, which the document does not say\n"
            "help: remove the default, or keep the value in data/",
        ),
        (
            "@function\ndef f(*orders: str) -> None: ...",
            "functions.py:2: in `f`, `*orders: str` is not a plain parameter\n"
            "help: name each parameter, without `*`, `**` or `/`",
        ),
        (
            "@function\nasync def f() -> None: ...",
            "functions.py:2: `f` is an `async def`\nhelp: write `def`",
        ),
        (
            "@function\nclass F: ...",
            "functions.py:1: `F` is not a plain function\nhelp: put `@function` on top of a `def`",
        ),
    ],
)
def test_a_broken_file_is_told_by_its_place_with_a_way_out(code: str, told: str) -> None:
    assert broken(code) == told


def test_a_file_that_is_no_text_is_refused() -> None:
    with pytest.raises(FunctionsBroken, match=r"^functions\.py:"):
        load_functions(b"\xff\xfe", "functions.py", {})
    with pytest.raises(FunctionsBroken, match=r"^functions\.py:"):
        load_functions(b"a = 1\0", "functions.py", {})


def test_data_that_cannot_be_read_is_refused() -> None:
    assert broken("", {"data/a.toml": b"x = \n"}).startswith("data/a.toml: this is not TOML: ")
    assert broken("", {"data/a.toml": b"\xff"}) == "data/a.toml: this is not a text file\nhelp: save it as UTF-8"
    assert broken("", {"a.json": b"{}"}) == "data/a.json: data files are TOML\nhelp: write it as data/a.toml"


def test_a_file_that_stops_leaves_no_module_behind() -> None:
    before = set(sys.modules)
    broken("1 / 0")
    assert set(sys.modules) == before


# ---------------------------------------------------------------- what a call can come to


def test_a_reason_of_the_authors_is_kept_and_any_other_error_is_told_by_its_place_only() -> None:
    functions = load(
        """
        @function
        def told() -> None:
            raise Failed("the order system\\nis closed")

        @function
        def long() -> None:
            raise Failed("x" * 1000)

        @function
        def silent() -> None:
            raise Failed

        @function
        def crashed() -> None:
            raise ValueError("https://user:password@example.com")

        @function
        def left() -> None:
            raise SystemExit
        """
    )
    assert failure(functions, "told") == "the order system is closed"
    assert failure(functions, "long") == "x" * 199 + "…"
    assert failure(functions, "silent") == "`silent` failed without a reason"
    assert failure(functions, "crashed") == "ValueError at functions.py:16"
    assert failure(functions, "left") == "SystemExit at functions.py:20"


def test_a_function_that_is_not_there_fails() -> None:
    assert failure(load(""), "refund") == "functions.py has no function `refund`"


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ({}, "`f` takes `order`, `cents` and was given nothing"),
        (
            {"order": "A1", "cents": 1, "x": 1},
            "`f` takes `order`, `cents` and was given `order`, `cents`, `x`",
        ),
        ({"order": 1, "cents": 1}, "`f` takes a text as `order` and was given something else"),
        ({"order": None, "cents": 1}, "`f` takes a text as `order` and was given something else"),
        ({"order": ("A1",), "cents": 1}, "`f` takes a text as `order` and was given something else"),
        (
            {"order": "A1", "cents": True},
            "`f` takes a whole number or nothing as `cents` and was given something else",
        ),
    ],
)
def test_arguments_that_do_not_fit_fail_before_the_call(arguments: Values, told: str) -> None:
    functions = load("@function\ndef f(order: str, cents: int | None) -> None:\n    1 / 0")
    assert failure(functions, "f", arguments) == told


@pytest.mark.parametrize(
    ("result", "told"),
    [
        ("b'text'", "`result` as `bytes`, which is neither text, number, yes or no, nor a list of these"),
        ("{1: 'x'}", "a field named 1, which is not a text"),
        ("{'a': {1: 2}}", "a field named 1, which is not a text"),
        ("{'a': {'b': {'c': {'d': {'e': 1}}}}}", "`a_b_c_d`, which goes deeper than 4 fields"),
        ("[{'a': {'b': 1}}]", "`result` as `dict`, which is neither text, number, yes or no, nor a list of these"),
        ("{'a': [[]]}", "`a` as `list`, which is neither text, number, yes or no, nor a list of these"),
        ("{'a': b''}", "`a` as `bytes`, which is neither text, number, yes or no, nor a list of these"),
        ("{'a': float('nan')}", "`a` as nan, which is not a number"),
        ("{'a': [float('inf')]}", "`a` as inf, which is not a number"),
    ],
)
def test_a_result_that_a_log_cannot_keep_fails(result: str, told: str) -> None:
    functions = load(f"@function\ndef f() -> dict[str, object]:\n    return {result}")
    assert failure(functions, "f") == f"`f` returned {told}"


@pytest.mark.parametrize(
    ("result", "kept"),
    [
        ("'Code verified'", {"result": "Code verified"}),
        ("None", {}),
        ("True", {"result": True}),
        ("['a', 'b']", {"result": ("a", "b")}),
        ("{}", {}),
        ("{'to': {'city': 'Rome', 'zip': {'code': '1'}}, 'n': 2}", {"to_city": "Rome", "to_zip_code": "1", "n": 2}),
        ("[{'flight_number': 'BB1', 'price': 90}, {'flight_number': 'BB2', 'price': None}]",
         {"result": ("flight number BB1, price 90", "flight number BB2")}),
        ("{'seats': [{'row': 1}]}", {"seats": ("row 1",)}),
    ],
)  # fmt: skip
def test_what_a_function_returns_is_kept_as_named_plain_values(result: str, kept: Values) -> None:
    functions = load(f"@function\ndef f() -> dict[str, object]:\n    return {result}")
    assert functions.call("f", {}, KEY) == kept


@pytest.mark.parametrize(("hint", "fields"), [("str", ("result",)), ("list[str]", ("result",)), ("str | None", None)])
def test_a_bare_result_is_one_field(hint: str, fields: tuple[str, ...] | None) -> None:
    assert load(f"@function\ndef f() -> {hint}: ...").fields == {"f": fields}


# ---------------------------------------------------------------- review


@pytest.mark.parametrize(
    ("file", "told"),
    [
        (b"", "nobody has reviewed this data"),
        (b'reviewed_by = " "\nreview_due = 2030-01-01', "nobody has reviewed this data"),
        (b'reviewed_by = "Ada"', "it has no review date"),
        (b'reviewed_by = "Ada"\nreview_due = "2030-01-01"', "it has no review date"),
        (b'reviewed_by = "Ada"\nreview_due = 2026-11-21', "its review was due on 2026-11-21"),
        (b'reviewed_by = "Ada"\nreview_due = 2026-11-21T10:00:00', "its review was due on 2026-11-21"),
        (b'reviewed_by = "Ada"\nreview_due = 2026-11-22', None),
    ],
)
def test_data_that_nobody_reviewed_in_time_is_told(file: bytes, told: str | None) -> None:
    problems = load("", {"data/a.toml": file}).review_problems(date(2026, 11, 22))
    assert [(problem.file, problem.message) for problem in problems] == ([("data/a.toml", told)] if told else [])


def test_a_review_problem_reads_as_a_sentence() -> None:
    [problem] = load("", {"data/a.toml": b""}).review_problems(date(2026, 11, 22))
    assert str(problem) == (
        "data/a.toml: nobody has reviewed this data; "
        'compare it with its source, then write your name: `reviewed_by = "..."`'
    )
