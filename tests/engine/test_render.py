"""Templates: what a hole is, what it cannot be, and how a value is told."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bythebook.engine.render import HoleMissing, TemplateBroken, fill, holes_of

NAMES = st.text(string.ascii_lowercase + "_", min_size=1, max_size=8)
SCALARS = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False), st.text())
VALUES = st.one_of(SCALARS, st.lists(SCALARS).map(tuple))


def escaped(text: str) -> str:
    return text.replace("{", "{{").replace("}", "}}")


@given(st.text())
def test_text_with_doubled_braces_comes_out_as_it_was(text: str) -> None:
    assert fill(escaped(text), {}) == text
    assert holes_of(escaped(text)) == ()


@given(st.text(), NAMES, st.text(), st.text())
def test_a_text_is_filled_in_as_it_is_and_not_looked_at_again(before: str, name: str, value: str, after: str) -> None:
    template = f"{escaped(before)}{{{name}}}{escaped(after)}"
    assert fill(template, {name: value}) == before + value + after
    assert holes_of(template) == (name,)


@given(st.text(), st.dictionaries(NAMES, VALUES))
def test_whatever_the_template_it_is_filled_or_refused_by_name(template: str, holes: dict[str, str]) -> None:
    try:
        names = holes_of(template)
    except TemplateBroken as broken:
        assert template[broken.offset] in "{}"
        with pytest.raises((TemplateBroken, HoleMissing)):
            fill(template, holes)
        return
    if set(names) <= set(holes):
        assert isinstance(fill(template, holes), str)
    else:
        with pytest.raises(HoleMissing):
            fill(template, holes)


@pytest.mark.parametrize(
    ("value", "told"),
    [
        ("{name}", "{name}"),
        (3, "3"),
        (19.9, "19.9"),
        (True, "yes"),
        (False, "no"),
        (None, ""),
        (1, "1"),
        (0, "0"),
        (1.0, "1.0"),
        (("/v1/embeddings", "/v1/realtime"), "/v1/embeddings\n/v1/realtime"),
        ((1, True, None, "x"), "1\nyes\n\nx"),
        ((), ""),
    ],
)
def test_how_a_value_is_told(value: str, told: str) -> None:
    assert fill("<{name}>", {"name": value}) == f"<{told}>"


@pytest.mark.parametrize(
    "template",
    [
        "{",
        "}",
        "{}",
        "{0}",
        "{a.b}",
        "{a[0]}",
        "{a!r}",
        "{a:>10}",
        "{a:{a}}",
        "{ a }",
        "{a-b}",
        "{{a}",
        "a}}}",
    ],
)
def test_nothing_but_a_name_is_a_hole(template: str) -> None:
    with pytest.raises(TemplateBroken):
        fill(template, {"a": "x", "b": "y"})
    with pytest.raises(TemplateBroken):
        holes_of(template)


def test_a_lone_brace_is_told_by_its_line() -> None:
    with pytest.raises(TemplateBroken) as broken:
        fill("one\ntwo {a.b}", {})
    assert broken.value.offset == 8
    assert str(broken.value) == (
        "a lone `{` in line 2 of the phrase; write `{name}` for a hole, `{{` or `}}` for a brace"
    )


def test_a_missing_hole_is_told_by_its_name() -> None:
    with pytest.raises(KeyError) as missing:
        fill("As of {as_of}", {"source": "x"})
    assert isinstance(missing.value, HoleMissing)
    assert missing.value.name == "as_of"
    assert str(missing.value) == "there is nothing to fill `{as_of}` with"


def test_a_hole_may_stand_between_doubled_braces_and_come_twice() -> None:
    assert fill("{{{a}}} {a}", {"a": "x"}) == "{x} x"
    assert holes_of("{b}{a}{b}") == ("b", "a")
