"""Function definitions in the forms that people write them in: tables, code, lists, headings, a sentence."""

from __future__ import annotations

import pytest

from bythebook.compiler.compile import Compiled, compile_document
from bythebook.routine.model import FunctionDefinition
from bythebook.source.diagnostic import Severity
from bythebook.source.span import SourceFile

STEPS = '# Lamps\n\n## Routine\n\n1. Ask for the lamp number.\n2. Call `find_lamp`.\n3. Say: "Done."\n'


def compiled(text: str) -> Compiled:
    return compile_document(SourceFile.of("document.md", text))


def told(found: Compiled) -> list[tuple[str, tuple[str, ...], str]]:
    def of(one: FunctionDefinition) -> tuple[str, tuple[str, ...], str]:
        return one.name, tuple(parameter.name for parameter in one.parameters), one.purpose

    return [of(one) for one in found.routine.functions]


def errors(found: Compiled) -> list[str]:
    return [one.name for one in found.diagnostics if one.severity is Severity.ERROR]


FIND = ("find_lamp", ("lamp_number",), "looks up a lamp")
SEND = ("send_lamp", ("lamp_number", "street"), "posts it")

WRITTEN = {
    "a table": """\
## Functions

| Function | Parameters | What it does |
|---|---|---|
| find_lamp | lamp_number | looks up a lamp |
| `send_lamp` | `lamp_number`, `street` | posts it |
| close_it | – | |
""",
    "a table with other columns": """\
4.2 Functions

| Name | Description | Inputs |
|:---|:---|---|
| `find_lamp` | looks up a lamp | lamp number (8 digits) |
| `send_lamp` | posts it | lamp number, the street |
| close_it | | none |
""",
    "a table with the parameters in brackets": """\
## Annex B – Functions

| Tool | Purpose |
|---|---|
| find_lamp(lamp_number) | looks up a lamp |
| `send_lamp(lamp_number, street)` | posts it |
| `close_it()` | |
""",
    "code": """\
## Functions

```
find_lamp(lamp_number: str)          # looks up a lamp
send_lamp(lamp_number, street="x")   // posts it
close_it()
```
""",
    "Python": """\
## Functions that the assistant may call

```python
def find_lamp(lamp_number: str) -> dict[str, str]:
    \"\"\"looks up a lamp\"\"\"
    ...

# posts it
async def send_lamp(
    lamp_number: str,
    street: str | None = None,
) -> None: ...

def close_it(): pass
```
""",
    "signatures on lines of their own": """\
## Functions

`find_lamp(lamp_number)`
: looks up a lamp

`send_lamp(lamp_number, street)`

posts it

`close_it()`
""",
    "headings": """\
## Functions

### `find_lamp(lamp_number)`

looks up a lamp

### send_lamp

- **What it does:** posts it
- **Inputs:** lamp_number, street

### close_it()
""",
    "signatures and dashes": """\
**Functions used in this routine**

find_lamp(lamp_number) – looks up a lamp
send_lamp (lamp_number, street) - posts it
close_it()
""",
    "numbers": """\
## Available functions

1. `find_lamp(lamp_number)` - looks up a lamp
2. `send_lamp(lamp_number, street)`: posts it
3. `close_it()`
""",
    "a sentence": """\
The functions are: find_lamp (lamp_number): looks up a lamp; send_lamp(lamp_number, street): posts it; and close_it().
""",
}


@pytest.mark.parametrize("form", WRITTEN)
def test_definitions_are_read_in_the_form_they_are_written_in(form: str) -> None:
    found = compiled(f"{STEPS}\n{WRITTEN[form]}")
    assert told(found) == [FIND, SEND, ("close_it", (), "")]
    assert not errors(found)
    assert [found.file.slice(one.span) for one in found.routine.functions] == ["find_lamp", "send_lamp", "close_it"]
    inside = [parameter for one in found.routine.functions for parameter in one.parameters]
    assert [found.file.slice(one.span).replace(" ", "_") for one in inside] == [one.name for one in inside]


@pytest.mark.parametrize(
    ("sentence", "functions"),
    [
        (
            "The functions which are mentioned above are the following: find_lamp (looks it up, by its number), "
            "send_lamp (posts it) and close_it (ends the chat).",
            [
                ("find_lamp", (), "looks it up, by its number"),
                ("send_lamp", (), "posts it"),
                ("close_it", (), "ends the chat"),
            ],
        ),
        ("Functions: find_lamp, close.", [("find_lamp", (), ""), ("close", (), "")]),
        ("Functions of the lamp: light, dark, off.", []),
        ("The functions are: find_lamp, and whatever you need", []),
    ],
)
def test_a_sentence_defines_what_it_lists(sentence: str, functions: list[tuple[str, tuple[str, ...], str]]) -> None:
    assert told(compiled(f"{STEPS}\n{sentence}\n")) == functions


@pytest.mark.parametrize(
    ("line", "purpose"),
    [
        ("`find_lamp(lamp_number)` → status (on/off), colour", "Returns status (on/off), colour"),
        ("`find_lamp(lamp_number)` → hands it over to the desk", "hands it over to the desk"),
        ("find_lamp(lamp_number) -> status, colour   # looks it up", "looks it up. Returns status, colour"),
        ("def find_lamp(lamp_number) -> bool:  # looks it up", "looks it up"),
        ("`find_lamp(lamp_number)` – returns on or off", "returns on or off"),
    ],
)
def test_what_a_function_returns(line: str, purpose: str) -> None:
    assert told(compiled(f"{STEPS}\n## Functions\n\n- {line}\n")) == [("find_lamp", ("lamp_number",), purpose)]


def test_lines_of_one_paragraph_that_define_nothing_are_one_finding() -> None:
    found = compiled(
        f"{STEPS}\n## Functions\n\n- `find_lamp(lamp_number)`: looks it up\n\n```\nthis\nis\nno definition\n```\n"
    )
    (finding,) = (one for one in found.diagnostics if one.severity is Severity.ERROR)
    assert finding.name == "unknown-instruction"
    assert "no definition" in found.file.slice(finding.label.span)


def test_a_definition_that_is_silent_on_what_it_takes_takes_what_calls_give_it_by_name() -> None:
    found = compiled(
        '# Lamps\n\n## Routine\n\n1. Ask for the lamp number.\n2. Call `send_lamp(lamp_number, speed="fast")`.\n'
        "\n## Functions\n\n- send_lamp – posts it\n"
    )
    assert told(found) == [("send_lamp", ("lamp_number", "speed"), "posts it")]
    assert not errors(found)


@pytest.mark.parametrize(
    ("definition", "call"),
    [("send_lamp() – posts it", 'send_lamp(speed="fast")'), ("`send_lamp`: posts it", 'send_lamp("fast")')],
)
def test_a_definition_that_says_otherwise_stands(definition: str, call: str) -> None:
    found = compiled(f"# Lamps\n\n## Routine\n\n1. Call `{call}`.\n\n## Functions\n\n- {definition}\n")
    assert "wrong-arguments" in errors(found)


def test_the_help_for_a_value_that_the_definition_lacks_works() -> None:
    document = (
        '# Lamps\n\n## Routine\n\n1. Call `send_lamp(speed="fast")`.\n\n## Functions\n\n- `send_lamp()`: posts it\n'
    )
    (finding,) = (one for one in compiled(document).diagnostics if one.name == "wrong-arguments")
    assert finding.help == "write in its definition: `send_lamp(speed)`"
    assert not errors(compiled(document.replace("`send_lamp()`", "`send_lamp(speed)`")))


def test_a_heading_that_only_sounds_like_definitions_opens_none() -> None:
    found = compiled(
        '# Lamps\n\n## Tools you need\n\nA ladder and a lamp.\n\n## Routine\n\n1. Say: "Here you are."\n'
    )
    assert "A ladder and a lamp." in str(found.routine.article)
    assert not found.routine.functions
    assert not errors(found)
