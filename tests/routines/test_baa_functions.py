"""The functions of the owner's document: eligible endpoints only, dated, with their source, never mixed."""

import tomllib
from datetime import date
from pathlib import Path

from bythebook.adapters.python_functions import PythonFunctions, load_functions
from bythebook.engine.render import fill, holes_of

TESTS = Path(__file__).resolve().parent.parent
FOLDER = TESTS.parent / "routines" / "business-associate-agreement"
LIST = "provide_list_of_zero_retention_endpoints"
SALES = "provide_sales_contact_information"
PHRASES = tomllib.loads((FOLDER / "phrases.toml").read_text(encoding="utf-8"))
DOCUMENT = (FOLDER / "document.md").read_text(encoding="utf-8")
KEY = "case-1:7"


def shipped(**instead: bytes) -> PythonFunctions:
    """Load the document's functions with the shipped data, or with other files in their place."""
    data = {f"data/{path.name}": path.read_bytes() for path in (FOLDER / "data").iterdir()}
    data |= {f"data/{name}.toml": content for name, content in instead.items()}
    return load_functions((FOLDER / "functions.py").read_bytes(), "functions.py", data)


def version_1() -> PythonFunctions:
    file = TESTS / "fixtures" / "zero_retention_endpoints_v1.toml"
    return shipped(zero_retention_endpoints=file.read_bytes())


def test_the_three_functions_take_nothing_from_the_document() -> None:
    functions = shipped()
    assert functions.signatures == {LIST: (), SALES: (), "case_resolution": ()}
    assert functions.effects == {"case_resolution"}


def test_customers_get_the_eligible_endpoints_only_dated_and_with_the_source() -> None:
    assert shipped().call(LIST, {}, KEY) == {
        "endpoints": (
            "/v1/chat/completions (with limitations: live web search is not covered; see the source)",
            "/v1/responses (with limitations: live web search is not covered; see the source)",
            "/v1/images/generations (with limitations: see the source)",
            "/v1/images/edits (with limitations: see the source)",
            "/v1/embeddings",
            "/v1/audio/transcriptions",
            "/v1/audio/translations",
            "/v1/audio/speech",
            "/v1/moderations",
            "/v1/completions",
            "/v1/realtime",
            "/v1/live/sessions (with limitations: see the source)",
        ),
        "as_of": "2026-09 (about)",
        "source": "https://platform.openai.com/docs/guides/your-data",
        "review": "Our team has not reviewed this copy of the list yet, so please check the current list.",
    }


def test_another_version_of_the_list_is_told_as_it_is() -> None:
    assert version_1().call(LIST, {}, KEY) == {
        "endpoints": (
            "/v1/chat/completions (except image inputs)",
            "/v1/embeddings",
            "/v1/audio/speech",
            "/v1/completions",
        ),
        "as_of": "2024 (about mid-year)",
        "source": "https://platform.openai.com/docs/models/default-usage-policies-by-endpoint",
        "review": "Our team has compared this list with its source.",
    }


def test_what_is_told_of_the_list() -> None:
    told = fill(PHRASES["function"][LIST]["text"], version_1().call(LIST, {}, KEY))
    assert told == (
        "Endpoints that are eligible for zero data retention:\n"
        "/v1/chat/completions (except image inputs)\n"
        "/v1/embeddings\n"
        "/v1/audio/speech\n"
        "/v1/completions\n"
        "As of 2024 (about mid-year); current list: "
        "https://platform.openai.com/docs/models/default-usage-policies-by-endpoint\n"
        "Our team has compared this list with its source."
    )


def test_the_sales_contact_is_an_address_and_nothing_else() -> None:
    result = shipped().call(SALES, {}, KEY)
    assert result == {"url": "https://openai.com/contact-sales", "as_of": "2026-09 (about)"}
    told = fill(PHRASES["function"][SALES]["text"], result)
    assert told == "You can reach our sales team here: https://openai.com/contact-sales"


def test_the_resolution_returns_no_fields() -> None:
    assert shipped().call("case_resolution", {}, KEY) == {}


def test_every_hole_of_a_phrase_is_a_field_that_the_function_returns() -> None:
    functions = shipped()
    for name, phrase in PHRASES["function"].items():
        fields = functions.fields[name]
        assert fields is not None
        assert set(holes_of(phrase["text"])) <= set(fields), name
        assert set(functions.call(name, {}, KEY)) == set(fields), name


def test_every_phrase_is_approved_for_words_that_stand_in_the_document() -> None:
    for kind in ("line", "function", "house"):
        for name, phrase in PHRASES[kind].items():
            assert phrase["source"] in DOCUMENT, name
            assert phrase["approved_by"], name
    for link in PHRASES["link"]:
        assert link["words"] in DOCUMENT


def test_what_ships_waits_for_a_review_and_what_was_reviewed_falls_due() -> None:
    today = date(2026, 11, 22)
    assert [problem.file for problem in shipped().review_problems(today)] == [
        "data/sales_contact.toml",
        "data/zero_retention_endpoints.toml",
    ]
    messages = [problem.message for problem in version_1().review_problems(today)]
    assert messages == ["nobody has reviewed this data", "its review was due on 2024-12-31"]
