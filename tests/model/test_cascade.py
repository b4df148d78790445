"""The local reader first; the model only where that is unsure; and of its answer only what is on the menu."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import pytest

from bythebook.adapters.memory_store import MemoryStore
from bythebook.bootstrap import build_rehearsal
from bythebook.engine.choice import ACTS, OTHERS, Choice
from bythebook.engine.menu import Menu, Situation, build_menu
from bythebook.reading.cascade import MODEL_CONFIDENCE, CascadeReader
from bythebook.reading.model import MEANINGS, ModelAnswer, ModelUnavailable, chosen, question_of
from bythebook.reading.port import Reading
from bythebook.routine.wording import Release
from bythebook.settings import Settings, SettingWrong
from bythebook.testing.hostile import JUNK
from tests.model.server import Script, served

ASKED = Situation(pending="1a", said=("1a",))


@dataclass
class Fixed:
    """A local reader with one reading."""

    reading: Reading
    name: str = "fixed"

    def read(self, text: str, menu: Menu) -> Reading:
        return self.reading


@dataclass
class Model:
    """A model with one answer; an exception is raised."""

    answer: str | ModelUnavailable
    name: str = "small"
    asked: list[dict[str, Any]] = field(default_factory=list)

    def ask(self, instructions: str, question: str, schema: Mapping[str, Any]) -> ModelAnswer:
        self.asked.append({**json.loads(question), "schema": schema})
        if isinstance(self.answer, ModelUnavailable):
            raise self.answer
        return ModelAnswer(self.answer, 12, 100, 5)


UNSURE = Reading((Choice("step:2", 0.4), Choice("step:3", 0.38)), True, {"plan": "x"}, "fixed")
Read = Callable[[Model, Reading], Reading]


@pytest.fixture
def read(baa: Release) -> Read:
    return lambda model, local: CascadeReader(Fixed(local), model, baa).read("er, that one", build_menu(baa, ASKED))


def test_where_the_local_reader_is_certain_nobody_else_is_asked(read: Read) -> None:
    model, certain = Model('{"choices": ["step:3"]}'), Reading((Choice("step:2", 0.9),), False, {}, "fixed")
    assert read(model, certain) == certain
    assert model.asked == []


def test_an_unsure_reading_becomes_what_the_model_chose(read: Read) -> None:
    model = Model('{"choices": ["step:3", "article:2"]}')
    reading = read(model, UNSURE)
    assert [(c.id, c.confidence) for c in reading.choices] == [
        ("step:3", MODEL_CONFIDENCE),
        ("article:2", MODEL_CONFIDENCE),
    ]
    assert (reading.unsure, reading.reader, reading.slots) == (False, "fixed+small", {"plan": "x"})
    assert reading.model is not None and reading.model.agreed
    assert (reading.model.tokens_in, reading.model.tokens_out, reading.model.milliseconds) == (100, 5, 12)
    assert len(model.asked) == 1


def test_the_model_sees_the_message_the_question_and_the_closed_menu_and_no_more(read: Read) -> None:
    model = Model('{"choices": ["unsure"]}')
    read(model, UNSURE)
    asked = model.asked[0]
    assert asked.keys() == {"waiting", "offered", "meanings", "message", "schema"}
    assert asked["message"] == "er, that one"
    assert asked["waiting"].startswith("Thank you for reaching out")
    offered = [meaning["id"] for meaning in asked["meanings"]]
    assert asked["schema"]["properties"]["choices"]["items"]["enum"] == [*offered, "unsure"]
    assert {"step:2", "step:3", "step:4", "article:1", "line:2e", "routine", *MEANINGS} <= set(offered)
    assert not {"other:injection", "other:health_information", "other:unclear"} & set(offered)


def test_every_fixed_choice_has_a_meaning_or_is_the_rules_own() -> None:
    own = {"other:injection", "other:health_information", "other:unclear"}
    assert set(MEANINGS) - {"routine"} == {*ACTS, *OTHERS} - own


@pytest.mark.parametrize(
    "answer",
    [
        *JUNK,
        '{"choices": ["unsure"]}',
        '{"choices": []}',
        '{"choices": ["step:3", "step:99"]}',
        '{"choices": ["other:injection"]}',
        '{"choices": ["act:affirm", "act:deny"]}',
        '{"choices": ["step:2", "step:3", "step:4", "article:1", "article:2"]}',
        ModelUnavailable("no answer within 2 s", 2000),
    ],
)
def test_anything_else_counts_as_unsure(read: Read, answer: str | ModelUnavailable) -> None:
    reading = read(Model(answer), UNSURE)
    assert (reading.choices, reading.unsure, reading.slots) == (UNSURE.choices, True, UNSURE.slots)
    assert reading.model is not None and reading.model.chosen == ()
    assert bool(reading.model.failure) == isinstance(answer, ModelUnavailable)


def test_an_id_named_twice_is_one_choice(baa: Release) -> None:
    assert chosen(build_menu(baa, ASKED), '{"choices": ["step:2", "step:2"]}') == ("step:2",)


def test_of_a_long_message_the_model_sees_the_beginning(baa: Release) -> None:
    assert len(json.loads(question_of(baa, build_menu(baa, ASKED), "x" * 9_000))["message"]) == 4_000


def test_a_correction_is_known_by_its_own_mark(baa: Release) -> None:
    reader = CascadeReader(Fixed(UNSURE), Model('{"choices": ["step:3"]}'), baa)
    assert reader.read("no wait, I meant the other", build_menu(baa, ASKED)).choices[0].correction


def settings(url: str) -> Settings:
    return Settings(reader="lexicon", model_url=url, model="small", model_deadline_ms=20_000)


def test_a_whole_conversation_over_a_real_server() -> None:
    """Private data is masked before the model sees the message, and what it chose is in the log."""
    script = Script(content='{"choices": ["step:2"]}')
    with served(script) as url:
        store = MemoryStore()
        customer = build_rehearsal(settings(url), store=store)
        customer.do({"say": "hello"})
        answer = customer.do({"say": "the thing our nurses' dashboards hum along to, 123-45-6789"})
    assert [said["line"] for said in answer["said"]][:1] != ["1a"]  # type: ignore[attr-defined]
    assert "2a" in [said["line"] for said in answer["said"]]  # type: ignore[attr-defined]
    assert len(script.asked) == 1
    shown = script.asked[0]["messages"][1]["content"]
    assert "123-45-6789" not in shown and "hum along" in shown
    assert answer["reading"]["model"]["chosen"] == ("step:2",)  # type: ignore[index]


def test_a_server_that_is_down_costs_a_question_and_nothing_else() -> None:
    customer = build_rehearsal(settings("http://127.0.0.1:9/v1"))
    customer.do({"say": "hello"})
    answer = customer.do({"say": "the thing our nurses' dashboards hum along to"})
    assert answer["status"] == "open"
    assert [said["source"] for said in answer["said"]]  # type: ignore[attr-defined]
    assert answer["reading"]["model"]["failure"]  # type: ignore[index]


def test_a_model_needs_both_an_address_and_a_name() -> None:
    with pytest.raises(SettingWrong, match="BYTHEBOOK_MODEL is not"):
        Settings.read({"BYTHEBOOK_MODEL_URL": "http://127.0.0.1:9/v1"})


def test_a_key_may_stand_in_a_file_and_a_missing_file_is_said(tmp_path: Any) -> None:
    script = Script()
    (tmp_path / "key").write_text("from-a-file\n")
    with served(script) as url:
        given = {"BYTHEBOOK_MODEL_URL": url, "BYTHEBOOK_MODEL": "small", "BYTHEBOOK_READER": "lexicon"}
        customer = build_rehearsal(Settings.read({**given, "BYTHEBOOK_MODEL_KEY_FILE": str(tmp_path / "key")}))
        customer.do({"say": "the thing our nurses' dashboards hum along to"})
        with pytest.raises(SettingWrong, match="cannot read the key"):
            build_rehearsal(Settings.read({**given, "BYTHEBOOK_MODEL_KEY_FILE": str(tmp_path / "gone")}))
    assert script.keys == ["Bearer from-a-file"]


def test_the_key_is_not_in_the_settings_words() -> None:
    assert "s3cret" not in repr(Settings(model_key="s3cret"))
