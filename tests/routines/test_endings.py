"""How a case ends where the document says little of it, or goes on after it."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.routines.tabled import Desks, Row, Talk

PARCEL = """\
1. Find the parcel
   - Ask the customer for their parcel number.
   - Call find_parcel(parcel_number)
   - If no parcel is found:
     - Say: "I know of no such parcel."
     - Call close_case(parcel_number)
2. Send it again
   - Call send_again(parcel_number)
3. Close
   - Say: "It is on its way again."
   - Call close_case(parcel_number)
   - If the weight is "HEAVY":
     - Say: "It comes on a pallet."
   - Thank the customer: "Thank you for your patience."
4. Say: "Goodbye."
"""


@pytest.fixture
def desks(tmp_path: Path) -> Desks:
    return Desks(tmp_path)


def asked(desks: Desks, **changed: Row) -> Talk:
    table: dict[str, Row] = {"find_parcel": {"found": True}, "send_again": None, "close_case": None}
    talk = desks.talk(PARCEL, {**table, **changed})
    talk.say("hello")
    return talk


def test_the_house_asks_before_a_case_is_resolved(desks: Desks) -> None:
    talk = asked(desks)
    assert talk.say("it is 4711") == ["3.1", "3.2?"]
    assert talk.texts[-1] == "Is there anything else I can help you with?"
    assert talk.called == ["find_parcel", "send_again"]


def test_what_stands_behind_the_resolution_is_said_after_it(desks: Desks) -> None:
    talk = asked(desks)
    talk.say("it is 4711")
    assert talk.say("no, that's all") == ["3.4", "4"]
    assert talk.called[-1] == "close_case"
    assert talk.status == "resolved"


def test_what_the_resolution_returns_decides_what_is_said_after_it(desks: Desks) -> None:
    talk = asked(desks, close_case={"weight": "heavy"})
    talk.say("4711")
    assert talk.say("no thanks") == ["3.3.1", "3.4", "4"]


def test_every_line_that_resolves_goes_to_the_one_end(desks: Desks) -> None:
    talk = asked(desks, find_parcel={"found": False})
    assert talk.say("4711") == ["1.3.1", "3.2?"]
    assert talk.called == ["find_parcel"], "nothing is sent, and nothing is closed yet"
    assert talk.say("no") == ["3.4", "4"]
    assert talk.called == ["close_case"]
    assert talk.status == "resolved"


def test_a_resolution_that_fails_says_no_goodbye(desks: Desks) -> None:
    talk = asked(desks)
    talk.say("4711")
    talk.do({"fail": "close_case"})
    said = talk.say("no")
    assert said == ["house:function_failed", "house:handoff_nobody"]
    assert talk.status == "handed_off"


def test_a_documents_own_closing_question_is_the_only_one(desks: Desks) -> None:
    document = PARCEL.replace('- Say: "It is on', '- Ask the customer: "Anything else?"\n   - Say: "It is on')
    talk = desks.talk(document, {"find_parcel": {"found": True}, "send_again": None, "close_case": None})
    talk.say("hello")
    assert talk.say("4711") == ["3.1"]
    assert talk.say("no") == ["3.2", "3.5", "4"]
