"""A document from a paste to its release, as its pages do it, without the pages."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

import pytest

from bythebook.adapters.candidates import StoredCandidates
from bythebook.adapters.draft_bindings import DraftBindings
from bythebook.adapters.memory_drafts import MemoryDrafts
from bythebook.adapters.memory_releases import MemoryReleases
from bythebook.adapters.memory_store import MemoryStore
from bythebook.adapters.shelf import Shelf, house
from bythebook.compiler.phrase_needs import PhraseNeed, PhraseState
from bythebook.routine.model import Call
from bythebook.service import draft_edits as edits
from bythebook.service.analysis import Analysis
from bythebook.service.checklist import Where
from bythebook.service.drafts import Drafting, DraftRefused, Files, UnknownDraft
from bythebook.service.releasing import Releasing
from bythebook.service.studio import State, Studio, Way
from bythebook.testing.fakes import ManualClock, ScriptedReader

TEXT = """\
# Empty lockers

1. Ask the customer: "Which locker is yours, the small one or the large one?"
2. If the customer means the small locker, then:
   a. Inform the customer that their locker has been emptied.
   b. Call the `empty_locker` function.
3. If the customer means the large locker, then:
   a. Inform the customer: "We empty it tonight."
4. Ask the customer: "Is there anything else I can help you with?"
5. If not, call the `case_resolution` function.

Function Definitions:
- `empty_locker`:
  - Purpose: Empties a locker.
  - Parameters: None.
- `case_resolution`:
  - Purpose: Marks the case as resolved.
  - Parameters: None.
"""
PAGES_BYTES = 5_000
CORPUS = Path(__file__).parents[3] / "shared" / "corpus" / "routines"


@pytest.fixture
def studio() -> Studio:
    return studio_over({})


def studio_over(folders: Mapping[str, str]) -> Studio:
    store, clock, log = MemoryStore(), ManualClock(), MemoryReleases()
    shelf = Shelf(store, lambda _: ScriptedReader({}))
    candidates = StoredCandidates(shelf, log)
    releases = Releasing(log, candidates, clock)
    for name, text in folders.items():
        releases.release(name, {"document.md": text.encode()}, "Root")
    drafting = Drafting(MemoryDrafts(), clock)
    return Studio(drafting, releases, lambda digest: candidates.folder(digest).files, DraftBindings(clock), house())


def documents_of_others() -> list[Path]:
    """Return those that are no longer than a page or two."""
    found = sorted(CORPUS.glob("*.md")) if CORPUS.is_dir() else []
    return [path for path in found if path.stat().st_size < PAGES_BYTES]


def begin(studio: Studio, text: str = TEXT) -> str:
    begun, _ = studio.begin(text.encode(), "", "Ann", article=False)
    return begun[0].name


def left(studio: Studio, name: str) -> dict[str, int]:
    return {task.where.value: task.left for task in studio.open(name, "Ann").tasks if task.must and not task.done}


def approve_all(studio: Studio, name: str) -> None:
    """Approve the phrases one by one, as somebody who reads them does; words for those without a draft."""
    for need in studio.open(name, "Ann").analysis.needs:
        if need.state is PhraseState.APPROVED:
            continue
        words = (need.phrase.text if need.phrase else need.draft) or "We will write to you today."
        studio.change(name, approved(need, words), "Ann", "approved")


def approved(need: PhraseNeed, words: str) -> Callable[[Analysis], Files]:
    return lambda seen: edits.with_phrase(seen.files, need, words, "Ann")


def connect_all(studio: Studio, name: str) -> None:
    """Have a person do what functions would; nothing where a function only closes the case."""
    while loose := [one for one in studio.open(name, "Ann").analysis.functions if not one.bound]:
        one = loose[0]
        if one.closes:
            how = partial(edits.with_nothing_outside, function=one.name)
            studio.drafting.change(name, how, "Ann", "nothing")
        else:
            try:
                studio.hand_to_person(name, one.calls[0][0].partition("(")[0], "Ann")
            except DraftRefused as why:  # other lines hang on it: a developer connects it
                assert "in the text" in str(why)
                bring(studio, name, one.name)


def bring(studio: Studio, name: str, function: str) -> None:
    """Connect a function, as a developer does."""
    draft = studio.draft(name, "Dev")
    before = draft.files.get("functions.py", b"from bythebook.functions import function\n").decode()
    call = next(
        line.instruction
        for line in studio.open(name, "Ann").analysis.compiled.routine.lines
        if isinstance(line.instruction, Call) and line.instruction.function == function
    )
    given = ", ".join(f"{one}: str" for one in dict.fromkeys(call.arguments))
    code = f"{before}\n\n@function\ndef {function}({given}) -> dict[str, bool]:\n    return {{'ok': True}}\n"
    studio.drafting.save(name, draft.version, {"functions.py": code.encode()}, "Dev")


def test_from_a_paste_to_the_release(studio: Studio) -> None:
    name = begin(studio)
    assert name == "empty-lockers"
    assert left(studio, name) == {"phrases": 1, "functions": 2}
    approve_all(studio, name)
    studio.hand_to_person(name, "2b", "Ann")
    assert left(studio, name) == {"functions": 1}
    connect_all(studio, name)
    desk = studio.open(name, "Ann")
    assert desk.ready and not desk.is_live and studio.way(desk, "Ann") is Way.RELEASE
    assert [one.state for one in studio.documents()] == [State.NEW]
    studio.release(name, desk.draft.version, "Ann", "the first")
    assert studio.open(name, "Ann").is_live
    assert [(one.name, one.state) for one in studio.documents()] == [(name, State.LIVE)]
    assert [step.note for step in studio.history(name)] == ["the first"]


def test_nothing_live_changes_before_the_release() -> None:
    studio = studio_over({"lockers": TEXT})
    live = studio.releases.live()["lockers"]
    desk = studio.open("lockers", "Ann")
    assert desk.draft.version == 0 and desk.is_live
    draft = studio.draft("lockers", "Ann")
    changed = TEXT.replace("We empty it tonight.", "We empty it tomorrow.")
    studio.drafting.save("lockers", draft.version, {"document.md": changed.encode()}, "Ann")
    assert studio.releases.live()["lockers"] == live
    assert studio.documents()[0].state is State.AHEAD
    told = studio.compared(studio.open("lockers", "Ann")).told
    assert [(one.before.text, one.after.text) for one in told if one.before and one.after] == [
        ("We empty it tonight.", "We empty it tomorrow.")
    ]
    studio.restart("lockers", "Ann")
    assert studio.open("lockers", "Ann").is_live
    studio.drafting.undo("lockers", "Ann")
    assert not studio.open("lockers", "Ann").is_live


def test_a_release_is_of_what_was_read(studio: Studio) -> None:
    name = begin(studio)
    approve_all(studio, name)
    connect_all(studio, name)
    read = studio.open(name, "Ann").draft
    studio.drafting.save(name, read.version, {"document.md": TEXT.replace("tonight", "now").encode()}, "Bo")
    with pytest.raises(DraftRefused, match="Bo has changed the draft"):
        studio.release(name, read.version, "Ann", "")
    assert studio.releases.live() == {}


def test_what_is_not_done_is_not_released(studio: Studio) -> None:
    name = begin(studio)
    with pytest.raises(DraftRefused, match="still to be done"):
        studio.release(name, 1, "Ann", "")


def test_approved_words_are_for_the_line_as_it_was(studio: Studio) -> None:
    name = begin(studio)
    approve_all(studio, name)
    changed = TEXT.replace("has been emptied", "will be emptied")
    version = studio.open(name, "Ann").draft.version
    studio.drafting.save(name, version, {"document.md": changed.encode()}, "Ann")
    (need,) = studio.open(name, "Ann").analysis.needs
    assert need.state is PhraseState.STALE
    assert left(studio, name)["phrases"] == 1


def test_remarks_are_accepted_with_a_reason_and_taken_up_again(studio: Studio) -> None:
    name = begin(studio, TEXT.replace("3. If the customer means the large locker", "3. If the locker is broken"))
    remark = next(one for one in studio.open(name, "Ann").analysis.remarks if one.key)
    with pytest.raises(DraftRefused, match="say why"):
        studio.change(name, lambda seen: edits.with_accepted(seen.files, remark.key, "  "), "Ann", "meant so")
    studio.change(name, lambda seen: edits.with_accepted(seen.files, remark.key, "they tell us"), "Ann", "meant so")
    after = studio.open(name, "Ann").analysis
    assert [(one.key, one.accepted) for one in after.accepted] == [(remark.key, "they tell us")]
    studio.change(name, lambda seen: edits.with_accepted(seen.files, remark.key, None), "Ann", "again")
    assert not studio.open(name, "Ann").analysis.accepted


def test_an_outcome_is_chosen() -> None:
    text = TEXT.replace(
        '   a. Inform the customer: "We empty it tonight."',
        '   a. Call the `empty_locker` function.\n   b. If the bolt holds, inform the customer: "It is done."',
    )
    studio = studio_over({})
    name = begin(studio, text)
    (one,) = [one for one in studio.open(name, "Ann").analysis.deciding if one.text == "the bolt holds"]
    assert "empty_locker" in one.functions
    studio.change(
        name,
        lambda seen: edits.with_decided(
            seen.files, one.label, {"function": "empty_locker", "outcome": "success"}, one.text
        ),
        "Ann",
        "chosen",
    )
    (after,) = [each for each in studio.open(name, "Ann").analysis.deciding if each.label == one.label]
    assert after.chosen and after.how == "how `empty_locker` ends decides it: it holds when that went well"
    studio.change(
        name, lambda seen: edits.without(seen.files, "phrases.toml", ("condition", one.label)), "Ann", "own"
    )
    assert not [each for each in studio.open(name, "Ann").analysis.deciding if each.chosen]


def test_a_person_does_it_until_the_text_says_so_again(studio: Studio) -> None:
    name = begin(studio)
    studio.hand_to_person(name, "2b", "Ann")
    after = studio.open(name, "Ann").analysis
    assert [(one.label, one.source) for one in after.by_hand] == [("2b", "Call the `empty_locker` function.")]
    assert not after.errors and "empty_locker" not in [one.name for one in after.functions]
    studio.change(name, lambda seen: edits.without(seen.files, "phrases.toml", ("line", "2b")), "Ann", "again")
    assert "empty_locker" in [one.name for one in studio.open(name, "Ann").analysis.functions]


def test_a_person_does_all_that_is_left_and_one_undo_takes_it_back(studio: Studio) -> None:
    name = begin(
        studio,
        TEXT.replace("Call the `empty_locker` function.", "Call the `empty_locker` function.\n   c. Call `note_it`."),
    )
    before = studio.draft(name, "Ann").files
    with pytest.raises(DraftRefused, match="line 9"):
        studio.hand_all_to_person(name, ("2b", "2c", "9"), "Ann")
    assert [one.label for one in studio.open(name, "Ann").analysis.by_hand] == ["2b", "2c"]
    studio.drafting.undo(name, "Ann")
    assert studio.draft(name, "Ann").files == before
    with pytest.raises(DraftRefused):
        studio.hand_all_to_person(name, ("9",), "Ann")
    assert studio.draft(name, "Ann").files == before


ASKS_FIRST = TEXT.replace("   b. Call the", "   b. If the customer agrees, call the").replace(
    "Inform the customer that their locker has been emptied.", 'Ask the customer: "Shall we empty it?"'
)


def test_a_person_does_the_call_and_the_rest_of_its_line_stays(studio: Studio) -> None:
    name = begin(studio, ASKS_FIRST)
    before = [(one.label, one.text, one.how) for one in studio.open(name, "Ann").analysis.deciding]
    assert "2b" in [label for label, _, _ in before]
    studio.hand_to_person(name, "2b", "Ann")
    after = studio.open(name, "Ann").analysis
    assert [(one.label, one.text, one.how) for one in after.deciding] == before
    (one,) = after.by_hand
    assert "empty_locker" in one.instead_of and not one.first
    assert not [each for each in after.findings if each.path == "phrases.toml"]


def test_every_if_is_listed_with_what_decides_it(studio: Studio) -> None:
    name = begin(studio, ASKS_FIRST.replace("5. If not,", "5. If the customer has no further questions,"))
    listed = [(one.label, one.text, one.how, one.closing) for one in studio.open(name, "Ann").analysis.deciding]
    assert ("5", "the customer has no further questions", "a no to question 4 decides it", True) in listed
    assert [label for label, _, _, closing in listed if not closing] == ["2", "2b", "3"]


def test_the_question_that_is_proposed_decides_the_condition(studio: Studio) -> None:
    text = TEXT.replace("3. If the customer means the large locker", "3. If the customer has a spare key")
    name = begin(studio, text)
    (one,) = [one for one in studio.open(name, "Ann").analysis.deciding if one.label == "3"]
    assert one.said and one.question == "Do you have a spare key?"
    asked = f'   c. Ask the customer: "{one.question}"\n3. If'
    studio.write(name, studio.draft(name, "Ann").version, text.replace("3. If", asked), "Ann")
    (one,) = [one for one in studio.open(name, "Ann").analysis.deciding if one.label == "3"]
    assert one.how == "a yes to question 2c decides it" and not one.question


def test_where_a_person_would_get_more_than_the_call_it_is_said(studio: Studio) -> None:
    two = "   b. If the customer agrees, call the `find_locker` function and call the `empty_locker` function."
    name = begin(studio, ASKS_FIRST.replace("   b. If the customer agrees, call the `empty_locker` function.", two))
    version = studio.draft(name, "Ann").version
    with pytest.raises(DraftRefused, match="line 2b holds more than one call"):
        studio.hand_to_person(name, "2b", "Ann")
    assert studio.draft(name, "Ann").version == version


def test_a_person_at_the_first_line_is_told_of(studio: Studio) -> None:
    name = begin(studio, TEXT.replace("1. Ask the customer:", "1. Call the `find_locker` function.\n2. Ask:"))
    studio.hand_to_person(name, "1", "Ann")
    words = [task.words for task in studio.open(name, "Ann").tasks]
    assert [one for one in words if "Every case waits for a person at line 1, the first" in one]
    connect_all(studio, name)
    words = [task.words for task in studio.open(name, "Ann").tasks]
    assert "Every function is settled: 2 done by a person, 1 with nothing to do" in words


def test_bad_input_is_told_in_plain_words_and_begins_nothing(studio: Studio) -> None:
    for raw, told in (
        (b"", "there are no words"),
        (b" \n\t", "there are no words"),
        (b"PK\x03\x04\x14\x00", "a Word or zip file"),
        (b"%PDF-1.7", "a PDF"),
        (b"\x00\x01\x02\x03" * 40, "no text that can be read"),
        (b"a" * 1_000_001, "split it into several"),
    ):
        with pytest.raises(DraftRefused, match=told):
            studio.begin(raw, "x", "Ann", article=False)
    with pytest.raises(DraftRefused, match="small letters"):
        studio.begin(TEXT.encode(), "Not a name!", "Ann", article=False)
    with pytest.raises(DraftRefused, match="short name"):
        studio.begin(b'1. Say: "Hello."', "", "Ann", article=False)
    assert studio.documents() == []


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_other_encodings_are_read(studio: Studio, encoding: str) -> None:
    text = '# Café\n\n1. Say: "It costs 5 € — “today”."\n'.replace("“today”", "today")
    (draft,), note = studio.begin(text.encode(encoding), "cafe", "Ann", article=False)
    assert draft.files["document.md"].decode() == text
    assert bool(note) is (encoding == "cp1252")


def test_a_text_of_several_routines_makes_a_draft_of_each(studio: Studio) -> None:
    lost = '## Lost card\n\n1. Say: "We block it."\n2. Call `case_resolution`.\n\n'
    new = '## New card\n\n1. Say: "It comes."\n2. Call `case_resolution`.\n'
    text = f"# Desk\n\n{lost}{new}"
    begun, _ = studio.begin(text.encode(), "", "Ann", article=False)
    assert [one.name for one in begun] == ["desk-lost-card", "desk-new-card"]
    assert "It comes" not in begun[0].files["document.md"].decode()


def test_an_article_alone_becomes_a_document(studio: Studio) -> None:
    article = "# Refund of a ticket\n\nYou can return a ticket until the day before. Refunds take five days.\n"
    (draft,), _ = studio.begin(article.encode(), "", "Ann", article=True)
    assert draft.name == "refund-of-a-ticket"
    assert set(draft.files) == {"document.md", "phrases.toml", "examples.toml"}
    assert studio.open(draft.name, "Ann").analysis.release is not None


def test_a_name_is_taken_once() -> None:
    studio = studio_over({"lockers": TEXT})
    with pytest.raises(DraftRefused, match="lockers"):
        studio.begin(TEXT.encode(), "lockers", "Ann", article=False)
    with pytest.raises(UnknownDraft):
        studio.open("nobody", "Ann")


def test_two_people_where_a_document_asks_for_them(studio: Studio) -> None:
    name = begin(studio)
    approve_all(studio, name)
    connect_all(studio, name)
    asks = b"\n[conduct]\ntwo_people = true\n"
    studio.drafting.change(
        name, lambda files: {**files, "phrases.toml": files["phrases.toml"] + asks}, "Ann", "two people"
    )
    desk = studio.open(name, "Ann")
    version = desk.draft.version
    assert studio.way(desk, "Ann") is Way.SUBMIT
    studio.submit(name, version, "Ann", "please read")
    assert (studio.way(desk, "Ann"), studio.way(desk, "Bo")) == (Way.WAIT, Way.APPROVE)
    studio.approve(name, version, "Bo", "read")
    assert studio.way(desk, "Ann") is Way.RELEASE
    studio.release(name, version, "Ann", "")
    assert studio.open(name, "Ann").is_live


@pytest.mark.parametrize("path", documents_of_others(), ids=lambda path: re.sub(r"\W+", "-", path.stem))
def test_documents_of_other_hands_come_as_far_as_their_text_is_understood(studio: Studio, path: Path) -> None:
    (draft, *_), _ = studio.begin(path.read_bytes(), "theirs", "Ann", article=False)
    connect_all(studio, draft.name)
    approve_all(studio, draft.name)
    desk = studio.open(draft.name, "Ann")
    waiting = {task.where for task in desk.tasks if task.must and not task.done}
    assert waiting <= {Where.TEXT, Where.CONDITIONS}, [task.words for task in desk.tasks]
    if not waiting:
        studio.release(draft.name, desk.draft.version, "Ann", "")
        assert studio.open(draft.name, "Ann").is_live


def test_a_document_is_taken_off_and_its_text_stays_but_never_the_last_one() -> None:
    studio = studio_over({"one": TEXT, "other": TEXT})
    studio.take_off("one", "Ann", "")
    assert set(studio.releases.live()) == {"other"}
    assert (
        studio.open("one", "Ann").live is None
        and studio.open("one", "Ann").draft.files["document.md"] == TEXT.encode()
    )
    with pytest.raises(DraftRefused, match="release another one first"):
        studio.take_off("other", "Ann", "")
    assert set(studio.releases.live()) == {"other"}
