"""How a call ended, read off results in the many shapes that functions return."""

from __future__ import annotations

import pytest

from bythebook.engine.known import found_as, is_nothing, meant_by, with_result
from bythebook.engine.outcome import outcome_of, refuses
from bythebook.routine.value import Values


@pytest.mark.parametrize(
    ("fields", "outcome"),
    [
        ({}, "success"),
        ({"account_type": "ROTH_IRA"}, "success"),
        ({"success": True, "message": "Case not found in the archive"}, "success"),
        ({"success": False, "message": "Done"}, "failure"),
        ({"success": True, "is_student": False}, "success"),
        ({"isValid": True, "addressId": "a7"}, "success"),
        ({"isValid": False}, "failure"),
        ({"is_valid": False, "is_business": True}, "failure"),
        ({"found": True, "plan": "yearly"}, "success"),
        ({"eligible": False}, "failure"),
        ({"expired": True}, "failure"),
        ({"a_flag": False}, "failure"),
        ({"one": False, "two": True}, "success"),
        ({"error": "no such card"}, "failure"),
        ({"error": None, "card": "1"}, "success"),
        ({"status": "Not Found"}, "failure"),
        ({"status": "ACTIVE"}, "success"),
        ({"outcome": "too_late"}, "too_late"),
        ({"outcome": "failed"}, "failure"),
        ({"passport_number": None}, "failure"),
        ({"flights": ()}, "failure"),
        ({"result": "Code verified successfully"}, "success"),
        ({"result": "Invalid code"}, "failure"),
        ({"result": "The code is not valid. Please try again."}, "failure"),
        ({"result": "Verification failed"}, "failure"),
        ({"result": "The codes don't match"}, "failure"),
        ({"result": "Unable to verify"}, "failure"),
        ({"result": "No such order"}, "failure"),
        ({"result": "No patient with this date of birth found"}, "failure"),
        ({"result": "No card was found"}, "failure"),
        ({"result": "A code was sent. If it does not arrive, ask for another."}, "success"),
        ({"result": "Checked without errors"}, "success"),
        ({"result": "Saved, no errors"}, "success"),
        ({"message": "We could not reach the bank"}, "failure"),
        ({"message": "Your address was updated"}, "success"),
    ],
)
def test_how_a_call_ended(fields: Values, outcome: str) -> None:
    assert outcome_of(fields) == outcome


@pytest.mark.parametrize(
    ("fields", "refused"),
    [
        ({"success": False}, True),
        ({"isValid": False}, True),
        ({"error": "closed"}, True),
        ({"status": "failed"}, True),
        ({"outcome": "failure"}, True),
        ({"found": False}, False),
        ({"is_student": False}, False),
        ({"flights": ()}, False),
        ({"result": "No passport on file"}, False),
        ({"success": True}, False),
    ],
)
def test_what_says_outright_that_nothing_was_done(fields: Values, refused: bool) -> None:
    assert refuses(fields) is refused


def test_a_word_of_the_document_finds_the_field_that_it_means() -> None:
    facts: Values = {"payment_method": "Points", "clientLevel": "GOLD", "order_status": "sent", "refund_status": "no"}
    assert meant_by("method", facts) == "payment_method"
    assert meant_by("client_level", facts) == "clientLevel"
    assert meant_by("status", facts) is None, "two fields may be meant, and they differ"
    assert meant_by("colour", facts) is None
    assert found_as("client_level", facts) == "clientLevel"
    assert found_as("method", facts) is None, "what a call is given is never a guess"


def test_a_bare_value_is_known_by_its_functions_name() -> None:
    facts = with_result({}, "get_frequent_flyer_status_extra", {"result": "GOLD"})
    assert facts[meant_by("frequent_flyer_status", facts) or ""] == "GOLD"


@pytest.mark.parametrize(("value", "nothing"), [(None, True), ("None", True), ("", True), ((), True), (0, False)])
def test_what_says_that_there_is_none(value: str | int | tuple[str, ...] | None, nothing: bool) -> None:
    assert is_nothing(value) is nothing
