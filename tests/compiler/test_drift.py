"""What rests on an article that changed: worked examples, labelled before they were run, and what always holds."""

from __future__ import annotations

import tomllib
from collections.abc import Collection
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bythebook.adapters.folder import DOCUMENT, read_folder, shipped_routines
from bythebook.compiler.compile import compile_document
from bythebook.compiler.drift.holders import HolderKind, holders_of
from bythebook.compiler.drift.report import Drift, Verdict, find_drift
from bythebook.compiler.drift.sentences import is_document, sentences_of, split
from bythebook.compiler.pasted import is_html, markdown_of
from bythebook.compiler.problems import Problems
from bythebook.compiler.sidecars import read_examples, read_phrases
from bythebook.compiler.terms import names_of, stem, terms_of
from bythebook.source.span import SourceFile

FIXTURES = Path(__file__).parent.parent / "fixtures" / "drift"
BAA = shipped_routines() / "business-associate-agreement"
QUOTED_OF_B = (
    "Reconsideration for any use cases not initially approved is only available for customers that are working with "
    "a member of our sales team. Please reach out to your account director or contact sales for more information.",
    "Most API services are covered, with a few exceptions listed here.",
)


def drift(folder: Path, new: str, old: str | None = None) -> Drift:
    _, files = read_folder(folder)
    document = SourceFile.of(DOCUMENT, files[DOCUMENT].decode())
    compiled = compile_document(document)
    problems = Problems.of("any")
    holders = holders_of(
        [compiled],
        read_phrases(files.get("phrases.toml"), problems),
        read_examples(files.get("examples.toml"), problems),
        files,
    )
    before = document if old is None else SourceFile.of("old", old)
    after = SourceFile.of("new", markdown_of(new) if is_html(new) else new)
    questions = [topic.question for topic in compiled.routine.article.topics]
    return find_drift(sentences_of(before), sentences_of(after), holders, questions)


def names(found: Drift, *kinds: HolderKind, verdict: Verdict | None = None) -> list[str]:
    return list(
        dict.fromkeys(
            one.holder.name for one in found.drifted if one.holder.kind in kinds and verdict in (None, one.verdict)
        )
    )


def read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


# ---------------------------------------------------------------- the shipped document and the article of today


@pytest.fixture(scope="module")
def baa() -> Drift:
    return drift(BAA, read(FIXTURES / "business-associate-agreement" / "new_article.md"))


def test_the_fixture_is_our_article_with_the_quoted_sentences_in_their_places() -> None:
    new = read(FIXTURES / "business-associate-agreement" / "new_article.md")
    own = {sentence.text for sentence in sentences_of(SourceFile.of(DOCUMENT, read(BAA / DOCUMENT)))}
    theirs = [sentence.text for sentence in sentences_of(SourceFile.of("new", new))]
    assert all(text in new for text in QUOTED_OF_B)
    quoted = {sentence for text in QUOTED_OF_B for sentence in split(text)}
    assert [text for text in theirs if text not in own | quoted] == [
        "How can I get a Business Associate Agreement (BAA) with OpenAI for API Services?"
    ]


def test_the_lines_that_rested_on_what_went_are_stale_and_no_others(baa: Drift) -> None:
    assert names(baa, HolderKind.LINE) == ["1a", "2e", "2e.i", "3a", "3a.i", "4.2"]
    assert names(baa, HolderKind.LINE, verdict=Verdict.STALE) == names(baa, HolderKind.LINE)
    assert names(baa, HolderKind.CONDITION) == ["3"]


def test_what_stands_beside_the_lines_is_found_as_well(baa: Drift) -> None:
    assert names(baa, HolderKind.FUNCTION) == [
        "provide_list_of_zero_retention_endpoints",
        "provide_sales_contact_information",
    ]
    listing = "function.provide_list_of_zero_retention_endpoints"
    assert names(baa, HolderKind.PHRASE, verdict=Verdict.STALE) == [listing]
    assert names(baa, HolderKind.PHRASE) == [listing, "function.provide_sales_contact_information"]
    assert names(baa, HolderKind.LINK) == ["a list of those endpoints", "contact sales"]
    assert names(baa, HolderKind.DATA) == ["data/zero_retention_endpoints.toml"]
    assert names(baa, HolderKind.NICKNAME) == ["ChatGPT Enterprise"]
    assert names(baa, HolderKind.EXAMPLE) == ["step:3", "article:3", "article:5", "line:2e", "line:3a"]


def test_each_says_why_in_words(baa: Drift) -> None:
    why = {one.holder.name: one for one in baa.drifted if one.holder.kind is HolderKind.LINE}
    assert why["1a"].evidence == ("`ChatGPT Enterprise` is nowhere in the new article",)
    resubmission = why["4.2"]
    assert resubmission.change is not None
    assert resubmission.change.old.text.startswith("In that case, we’ll give feedback")
    assert [sentence.text for sentence in resubmission.change.new] == list(split(QUOTED_OF_B[0]))
    assert "both say `and give you the opportunity to update your intended use of our API" in resubmission.evidence[0]


def test_questions_that_have_another_number_now_are_told(baa: Drift) -> None:
    assert [(one.choice, one.now) for one in baa.renumbered] == [
        ("article:3", None),
        ("article:4", "article:3"),
        ("article:5", "article:4"),
        ("article:6", "article:5"),
    ]


# ---------------------------------------------------------------- examples with labels


def scored(found: Collection[str], wanted: Collection[str]) -> tuple[int, int, int]:
    right = len(set(found) & set(wanted))
    return right, len(set(found)) - right, len(set(wanted)) - right


@pytest.mark.parametrize(
    ("name", "new", "old"),
    [("moving-home", "new_article.md", None), ("pottery-classes", "new_article.html", "old_article.txt")],
)
def test_precision_and_recall_on_labelled_examples(name: str, new: str, old: str | None) -> None:
    folder = FIXTURES / name
    labels = tomllib.loads(read(folder / "labels.toml"))
    found = drift(folder, read(folder / new), read(folder / old) if old else None)
    rows = {
        "lines": names(found, HolderKind.LINE),
        "phrases": names(found, HolderKind.PHRASE),
        "links": names(found, HolderKind.LINK),
        "functions": names(found, HolderKind.FUNCTION),
        "data": names(found, HolderKind.DATA),
        "choices": names(found, HolderKind.EXAMPLE),
        "glossary": names(found, HolderKind.NICKNAME),
    }
    totals = [sum(counts) for counts in zip(*(scored(rows[key], labels[key]) for key in rows), strict=True)]
    right, more, missed = totals
    print(f"{name}: precision {right / (right + more):.2f}, recall {right / (right + missed):.2f}")
    assert rows["lines"] == labels["lines"]
    assert (more, missed) == (0, 0)
    assert names(found, HolderKind.CONDITION) == []


def test_a_new_sentence_that_no_line_speaks_of_is_told() -> None:
    found = drift(FIXTURES / "moving-home", read(FIXTURES / "moving-home" / "new_article.md"))
    labels = tomllib.loads(read(FIXTURES / "moving-home" / "labels.toml"))
    assert [sentence.text for sentence in found.unspoken] == labels["unspoken"]


# ---------------------------------------------------------------- what is no change, and what is one

ARTICLE = """\
## When do you deliver?

We deliver within 1-2 business days. Write to post@parcel.example if nothing came. Parcels over 20 kg cost extra.
"""
ROUTINE = """\
# Parcels

### Routine

1. Thank the customer:
   a. "We deliver within 1-2 business days."
   b. "If nothing came, please write to post@parcel.example."
   c. "Parcels over 20 kg cost extra."
2. Ask the customer: "Is there anything else I can do?"
3. Call the `case_resolution` function.
"""


def lines_after(tmp_path: Path, new: str) -> list[str]:
    (tmp_path / DOCUMENT).write_text(ROUTINE, encoding="utf-8")
    return names(drift(tmp_path, new, ARTICLE), HolderKind.LINE)


@pytest.mark.parametrize(
    "new",
    [
        ARTICLE,
        ARTICLE.replace("## ", "**").replace("deliver?", "deliver?**"),
        ARTICLE.replace("1-2", "1–2").replace(". ", ".\n\n"),
        "When do you deliver?\nParcels over 20 kg cost extra.\nWe deliver within 1-2 business days.\n"
        "Write to post@parcel.example if nothing came.\n",
        "<h2>When do you deliver?</h2><p>We deliver within 1-2 business days.<br>Write to post@parcel.example if "
        "nothing came.</p><ul><li>Parcels over 20 kg cost extra.</li></ul>",
        ARTICLE + "\n## Do you deliver on Sundays?\n\nNo, our drivers rest then.\n",
    ],
)
def test_other_marks_places_and_neighbours_are_no_change(tmp_path: Path, new: str) -> None:
    assert lines_after(tmp_path, new) == []


@pytest.mark.parametrize(
    ("old", "new", "stale"),
    [
        ("1-2 business days", "3-4 business days", ["1a"]),
        ("post@parcel.example", "help@parcel.example", ["1b"]),
        ("cost extra", "cost nothing extra", ["1c"]),
        ("We deliver within", "We only deliver to shops, within", ["1a"]),
        ("Parcels over 20 kg cost extra.", "", ["1c"]),
    ],
)
def test_numbers_addresses_words_and_limits_are(tmp_path: Path, old: str, new: str, stale: list[str]) -> None:
    assert old in ARTICLE
    assert lines_after(tmp_path, ARTICLE.replace(old, new)) == stale


def test_a_document_is_told_from_an_article_with_numbered_steps() -> None:
    assert is_document(SourceFile.of("d", ROUTINE))
    assert not is_document(SourceFile.of("a", "How do I apply?\n\n1. Get the form.\n2. Send it to us.\n"))


@pytest.mark.parametrize(
    ("paragraph", "sentences"),
    [
        ("HIPAA is a U.S. federal law. It binds us.", 2),
        ("Choose a pot, e.g. Bowl or Plate. Then pay.", 2),
        ("It costs £2.50 (see www.pots.example). Call Dr. Lee.", 2),
        ('He said "No!" She went.', 2),
        ("one. two", 1),
        ("", 0),
    ],
)
def test_sentences_end_where_they_end(paragraph: str, sentences: int) -> None:
    assert len(split(paragraph)) == sentences


def test_terms_and_names() -> None:
    keys = [
        term.key for term in terms_of("Write to A.B@x.example, two times, for £25 or 1–2 covered re-applications")
    ]
    assert keys == ["writ", "a.b@x.example", "2", "tim", "25", "1-2", "cover", "re-applic"]
    assert {stem(word) for word in ("cancel", "cancels", "cancelled", "cancelling")} == {"cancel"}
    text = "Our Kiln app and ChatGPT Enterprise. Customers of OpenAI (BAA) may ask. The Loyal plan is it."
    assert names_of(text) == ("Kiln", "ChatGPT Enterprise", "OpenAI", "BAA", "Loyal")


@given(st.text(st.sampled_from("ab.?!\n #*-1\t“’@<>/ AB"), max_size=200))
def test_any_text_has_not_changed_against_itself(text: str) -> None:
    file = SourceFile.of("any", text)
    sentences = sentences_of(file)
    found = find_drift(sentences, sentences_of(SourceFile.of("again", text)), (), ())
    assert not found.changes.any and not found.any
