"""A release binds document and approved words; whatever must not be said keeps it from being one."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bythebook.adapters.folder import read_folder, shipped_routines
from bythebook.adapters.shelf import house
from bythebook.compiler.problems import ReleaseProblem
from bythebook.compiler.release import build_release, release_digest, release_files
from bythebook.routine.wording import Link, Phrase, Release
from bythebook.source.diagnostic import Severity

DOCUMENT = """\
## Returns

**Where can I bring it?**

To one of our shops.

### Routine

1. Thank the customer and ask what they want to return:
   a. "Do you want to return a cup or a plate?"
2. If the customer wants to return a cup, then:
   a. Inform the customer: "Please bring it to a shop."
      i. Call the `list_shops` function.
3. If the customer wants to return a plate, then:
   a. Inform the customer: "Please send it."
4. Ask the customer: "Is there anything else I can assist you with today?"
5. Call the `case_resolution` function.

### Function Definitions

- `list_shops`: Provides the customer with our shops.
- `case_resolution`: Marks the case as resolved.
"""

PHRASES = """\
[line."1"]
text = "Thank you for writing!"
source = "Thank the customer and ask what they want to return:"
approved_by = "Mia"

[function.list_shops]
text = "Our shops: {shops}"
source = "Provides the customer with our shops."
approved_by = "Mia"

[[link]]
words = "one of our shops"
line = "2a"
"""

HOUSE = """\
[phrase.hello]
text = "Hello, {name}."
when = "At once."

[button]
yes = "Yes"
"""

EXAMPLES = """\
[choices]
"step:2" = ["my mug is chipped"]
"article:1" = ["where to"]
"act:human" = ["a person"]

[glossary]
"plate" = ["dish"]
"""


def build(**changed: str) -> tuple[Release | None, tuple[ReleaseProblem, ...]]:
    texts = {"document_md": DOCUMENT, "phrases_toml": PHRASES, "examples_toml": EXAMPLES, "house": HOUSE, **changed}
    house_text = texts.pop("house")
    files = {name.replace("_", "."): text.encode() for name, text in texts.items()}
    release, _, problems = build_release("returns", files, house_text.encode())
    return release, problems


def with_phrases(text: str) -> list[tuple[Severity, str]]:
    release, problems = build(phrases_toml=text)
    assert (release is None) == any(problem.severity is Severity.ERROR for problem in problems)
    assert all(problem.help and "\n" not in problem.message for problem in problems)
    return [(problem.severity, problem.name) for problem in problems]


def test_the_shipped_document_is_a_release() -> None:
    name, files = read_folder(shipped_routines() / "business-associate-agreement")
    release, compiled, problems = build_release(name, files, house())
    assert release is not None, problems
    assert problems == ()
    assert release.name == "business-associate-agreement"
    assert release.document.digest == release.routine.digest == compiled.routine.digest
    assert release.wording.lines["1"].text == "Thank you for reaching out!"
    assert set(release.wording.functions) == {
        "provide_list_of_zero_retention_endpoints",
        "provide_sales_contact_information",
    }
    assert Link("a list of those endpoints", "2e") in release.wording.links


def test_everything_in_its_place() -> None:
    release, problems = build()
    assert problems == ()
    assert release is not None
    assert release.wording.house == {
        "hello": Phrase("Hello, {name}.", approved_by="house"),
        "button.yes": Phrase("Yes", approved_by="house"),
    }
    assert release.wording.lines["1"].approved
    assert release.examples.by_choice["step:2"] == ("my mug is chipped",)
    assert release.examples.glossary == {"plate": ("dish",)}
    assert release.link_buttons("To one of our shops.") == (Link("one of our shops", "2a"),)


def test_a_document_with_errors_is_no_release_and_says_so() -> None:
    release, compiled, problems = build_release("x", {"document.md": b"1. Dance.\n"}, HOUSE.encode())
    assert release is None
    assert not compiled.ok
    assert problems == ()


def test_no_document() -> None:
    release, compiled, problems = build_release("x", {}, HOUSE.encode())
    assert release is None
    assert [problem.name for problem in problems] == ["missing-document"]
    assert [finding.name for finding in compiled.diagnostics] == ["empty-routine"]


def test_the_conduct_of_a_document() -> None:
    release, _ = build(phrases_toml=PHRASES + "\n[conduct]\nnudge_after_s = 0\nask_anyway = true\n")
    assert release is not None
    assert release.conduct.nudge_after_s == 0
    assert release.conduct.ask_anyway
    assert release.conduct.abandon_after_s == 72 * 3600


def test_a_facts_name_can_be_set() -> None:
    release, _ = build(phrases_toml=PHRASES + '\n[condition."2"]\nfact = "cup"\n')
    assert release is not None
    assert [step.condition.fact for step in release.routine.conditional if step.condition] == [
        "cup",
        "wants_to_return_a_plate",
    ]


ERROR, WARNING = Severity.ERROR, Severity.WARNING


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ('approved_by = "Mia"\n\n[function', "\n[function", (WARNING, "draft-phrase")),
        ('[line."1"]', '[line."9"]', (ERROR, "unknown-line")),
        ("Thank the customer and ask what they want to return:", "Thank them", (WARNING, "stale-phrase")),
        ('source = "Provides the customer with our shops."\n', "", (WARNING, "stale-phrase")),
        ("[function.list_shops]", "[function.list_shop]", (ERROR, "unknown-function")),
        ("[function.list_shops]", "[functions.list_shops]", (ERROR, "unknown-key")),
        ("{shops}", "{shops", (ERROR, "broken-hole")),
        ("one of our shops", "one of our cafes", (ERROR, "words-not-found")),
        ('line = "2a"', 'line = "2z"', (ERROR, "unknown-line")),
        ('line = "2a"', 'address = "our shops"', (ERROR, "wrong-shape")),
        ('line = "2a"', "", (ERROR, "wrong-shape")),
        ("[[link]]", "[link]", (ERROR, "wrong-shape")),
        ('text = "Thank you for writing!"', "text = 3", (ERROR, "wrong-shape")),
        ('text = "Thank you for writing!"', 'txt = "Thank you for writing!"', (ERROR, "unknown-key")),
        ("[[link]]", "[[link", (ERROR, "unreadable-toml")),
        ("[[link]]", '[house.helo]\ntext = "x"\napproved_by = "Mia"\n[[link]]', (ERROR, "unknown-house-phrase")),
        (
            "[[link]]",
            '[house.hello]\ntext = "{age}"\napproved_by = "Mia"\n[[link]]',
            (ERROR, "unknown-hole"),
        ),
        (
            "[[link]]",
            '[house.hello]\ntext = "x"\nsource = "not there"\napproved_by = "Mia"\n[[link]]',
            (WARNING, "stale-phrase"),
        ),
        ("[[link]]", '[house.hello]\ntext = "x"\n[[link]]', (WARNING, "draft-phrase")),
        (
            "[[link]]",
            '[line."2a"]\ntext = "x"\nsource = "y"\napproved_by = "Mia"\n[[link]]',
            (ERROR, "needless-phrase"),
        ),
        ("[[link]]", '[condition."1"]\nfact = "x"\n[[link]]', (ERROR, "unknown-line")),
        ("[[link]]", '[condition."2"]\nfact = "Not Good"\n[[link]]', (ERROR, "wrong-shape")),
        ("[[link]]", '[conduct]\nnudge_after_s = "soon"\n[[link]]', (ERROR, "wrong-shape")),
        ("[[link]]", "[conduct]\nask_anyway = 1\n[[link]]", (ERROR, "wrong-shape")),
        ("[[link]]", "[conduct]\nabandon_after_s = 0\n[[link]]", (ERROR, "wrong-shape")),
        ("[[link]]", "[conduct]\nnudge = 1\n[[link]]", (ERROR, "unknown-key")),
    ],
)
def test_what_must_not_be_said(old: str, new: str, expected: tuple[Severity, str]) -> None:
    assert old in PHRASES
    assert expected in with_phrases(PHRASES.replace(old, new, 1))


def test_a_result_that_is_provided_should_have_its_phrase_and_one_that_is_not_may_go_without() -> None:
    line_only = PHRASES.split("[function")[0]
    assert with_phrases(line_only) == [(WARNING, "missing-phrase")]
    document = DOCUMENT.replace("Provides the customer with our shops.", "Notes the visit.")
    release, problems = build(document_md=document, phrases_toml=line_only)
    assert release is not None
    assert problems == ()


@pytest.mark.parametrize(
    ("examples", "expected"),
    [
        ('[choices]\n"step:1" = ["x"]', (ERROR, "unknown-choice")),
        ('[choices]\n"article:2" = ["x"]', (ERROR, "unknown-choice")),
        ('[choices]\n"article:²" = ["x"]', (ERROR, "unknown-choice")),
        ('[choices]\n"line:9a" = ["x"]', (ERROR, "unknown-choice")),
        ('[choices]\n"stp:2" = ["x"]', (ERROR, "unknown-choice")),
        ('[choices]\n"step:2" = "x"', (ERROR, "wrong-shape")),
        ('[choices]\n"step:2" = ["x", ""]', (ERROR, "wrong-shape")),
        ("choices = 1", (ERROR, "wrong-shape")),
        ('[glossary]\n"saucer" = ["x"]', (WARNING, "unknown-term")),
        ("[glossry]", (ERROR, "unknown-key")),
        ("=", (ERROR, "unreadable-toml")),
    ],
)
def test_examples(examples: str, expected: tuple[Severity, str]) -> None:
    _, problems = build(examples_toml=examples)
    assert expected in [(problem.severity, problem.name) for problem in problems]
    assert all(problem.path == "examples.toml" for problem in problems)


def test_files_that_are_not_text() -> None:
    files = {"document.md": b"\xff", "phrases.toml": b"\xff", "data/x.toml": b"a = [", "examples.toml": b"\xfe"}
    release, _, problems = build_release("x", files, b"\xff")
    assert release is None
    assert [(problem.path, problem.name) for problem in problems] == [
        ("document.md", "not-utf-8"),
        ("phrases.toml", "not-utf-8"),
        ("examples.toml", "not-utf-8"),
        ("data/x.toml", "unreadable-toml"),
        ("house.toml", "not-utf-8"),
    ]


FILES: Mapping[str, bytes] = {
    "document.md": b"d",
    "phrases.toml": b"p",
    "examples.toml": b"e",
    "functions.py": b"f",
    "data/a.toml": b"a",
    "data/deep/b.csv": b"b",
}


@pytest.mark.parametrize("path", FILES)
def test_the_digest_changes_with_every_file(path: str) -> None:
    before = release_digest(FILES, b"h")
    assert release_digest({**FILES, path: b"other"}, b"h") != before
    assert release_digest({name: raw for name, raw in FILES.items() if name != path}, b"h") != before


def test_the_digest_covers_the_house_and_nothing_that_says_nothing() -> None:
    before = release_digest(FILES, b"h")
    assert release_digest(FILES, b"other") != before
    assert release_digest({**FILES, "tests/conversation.txt": b"t", "README.md": b"r"}, b"h") == before
    assert release_digest(dict(reversed(FILES.items())), b"h") == before


def test_the_digest_keeps_files_apart() -> None:
    assert release_digest({"data/a": b"bc"}, b"") != release_digest({"data/ab": b"c"}, b"")


def test_a_kept_release_can_be_built_again() -> None:
    kept = dict(release_files({**FILES, "tests/x": b"t"}, b"h"))
    assert release_digest({path: raw for path, raw in kept.items() if path != "house.toml"}, kept["house.toml"]) == (
        release_digest(FILES, b"h")
    )


@settings(max_examples=200, deadline=None)
@given(
    st.binary(max_size=60) | st.text(max_size=60).map(str.encode), st.sampled_from(["phrases", "examples", "house"])
)
def test_any_bytes(raw: bytes, where: str) -> None:
    files = {"document.md": DOCUMENT.encode(), "phrases.toml": PHRASES.encode()}
    if where != "house":
        files[f"{where}.toml"] = raw
    build_release("x", files, raw if where == "house" else HOUSE.encode())


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_mutated_phrases(data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(PHRASES)))
    text = PHRASES[:start] + data.draw(st.text(max_size=5)) + PHRASES[start + data.draw(st.integers(0, 20)) :]
    with_phrases(text)


def test_deeply_nested_toml() -> None:
    _, problems = build(phrases_toml="a = " + "[" * 5000)
    assert problems[0].name == "unreadable-toml"
