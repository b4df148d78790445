"""Examples are written into examples.toml as a careful person would, or not at all."""

from __future__ import annotations

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bythebook.adapters.folder import shipped_routines
from bythebook.compiler.example_file import with_example, without_example
from bythebook.compiler.phrase_file import CannotEdit

SHIPPED = (shipped_routines() / "business-associate-agreement" / "examples.toml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", '[choices]\n"step:2" = [\n  "new",\n]\n'),
        ("# Ours\n", '# Ours\n\n[choices]\n"step:2" = [\n  "new",\n]\n'),
        (
            '[choices]\n"step:2" = [\n    "a", # one\n    "b" # two\n    # the end\n]\n\n[glossary]\n"X" = ["y"]\n',
            '[choices]\n"step:2" = [\n    "a", # one\n    "b", # two\n    # the end\n    "new",\n]\n\n[glossary]\n'
            '"X" = ["y"]\n',
        ),
        ('[choices]\n"step:2" = ["a", "b",]\n# end', '[choices]\n"step:2" = ["a", "b", "new"]\n# end'),
        ('[choices]\n"step:2" = []\nroutine = ["r"]', '[choices]\n"step:2" = ["new"]\nroutine = ["r"]'),
        ('[choices]\n"step:2" = ["x] # y"]\n', '[choices]\n"step:2" = ["x] # y", "new"]\n'),
        (
            "[choices]\r\n'step:2' = [\r\n  'a',\r\n]\r\n",
            "[choices]\r\n'step:2' = [\r\n  'a',\r\n  \"new\",\r\n]\r\n",
        ),
        (
            '[choices]\nroutine = [\n  "r",\n]\n\n[glossary]\nX = ["step:2"]\n',
            '[choices]\nroutine = [\n  "r",\n]\n\n"step:2" = [\n  "new",\n]\n\n[glossary]\nX = ["step:2"]\n',
        ),
        ('choices."step:2" = ["a"]\n', 'choices."step:2" = ["a", "new"]\n'),
        ('[choices]\n"step:2" = ["new"]\n', '[choices]\n"step:2" = ["new"]\n'),
    ],
)
def test_one_text_is_added_and_nothing_else_is_touched(before: str, after: str) -> None:
    assert with_example(before, "step:2", "new") == after


@pytest.mark.parametrize(
    "text", ['choices = {"step:2" = ["a"]}\n', '[choices]\n"step:2" = "a"\n', "choices = 3\n", "[choices\n"]
)
def test_what_only_its_author_can_change_is_left(text: str) -> None:
    with pytest.raises(CannotEdit):
        with_example(text, "step:2", "new")


@given(
    st.sampled_from(["routine", "step:2", "line:2e", "other:off_topic", "article:77"]),
    st.text(min_size=1, max_size=40).filter(lambda text: "\r" not in text),
)
def test_any_text_comes_back_as_it_was_given(choice: str, example: str) -> None:
    after = tomllib.loads(with_example(SHIPPED, choice, example))
    before = tomllib.loads(SHIPPED)
    texts = before["choices"].setdefault(choice, [])
    if example not in texts:
        texts.append(example)
    assert after == before


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('[choices]\nroutine = ["a", "b", "c"]\n', '[choices]\nroutine = ["a", "c"]\n'),
        ('[choices]\nroutine = ["a", "b"] # two\n', '[choices]\nroutine = ["a"] # two\n'),
        ('[choices]\nroutine = ["b"]\n', "[choices]\nroutine = []\n"),
        (
            '[choices]\nroutine = [\n  "a", # first\n  "b", # of Monday\n  "c",\n]\n',
            '[choices]\nroutine = [\n  "a", # first\n  "c",\n]\n',
        ),
        ('[choices]\nroutine = [\n  "a",\n  "b"\n]\n', '[choices]\nroutine = [\n  "a",\n]\n'),
        ('[choices]\nroutine = ["a"]\n', '[choices]\nroutine = ["a"]\n'),
    ],
)
def test_an_example_is_taken_out_and_all_else_stays(before: str, after: str) -> None:
    assert without_example(before, "routine", "b") == after
