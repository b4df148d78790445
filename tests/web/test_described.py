"""The OpenAPI description is true: whatever is asked, no 5xx and no answer that is not described."""

from __future__ import annotations

from typing import Any, Final

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.checks import CheckFunction, not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from bythebook.service.people import Role
from tests.web.test_access import House

pytestmark = pytest.mark.slow

CHECKS: Final[list[CheckFunction]] = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
EXAMPLES: Final = 60
STREAM: Final = "/v1/cases/{case_id}/events"

HOUSE: Final = House()
SCHEMA: Final = schemathesis.openapi.from_asgi("/openapi.json", HOUSE.app)
OPERATIONS: Final = {
    (path, method.upper()): SCHEMA[path][method]
    for path, methods in HOUSE.app.openapi()["paths"].items()
    for method in methods
}


def ask(case: Any) -> None:
    """Send a request as it was made up, and hold the answer to the description."""
    response = case.call()
    case.validate_response(response, checks=CHECKS)


def bounded(strategy: Any, test: Any) -> None:
    run = settings(
        max_examples=EXAMPLES,
        deadline=None,
        derandomize=True,
        phases=[Phase.explicit, Phase.generate, Phase.shrink],
        suppress_health_check=list(HealthCheck),
    )(given(strategy)(test))
    run()


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda one: f"{one[1]} {one[0]}")
def test_whatever_a_stranger_asks(operation: tuple[str, str]) -> None:
    bounded(OPERATIONS[operation].as_strategy(), ask)


@pytest.mark.parametrize(
    "operation", [one for one in OPERATIONS if one[0] != STREAM], ids=lambda one: f"{one[1]} {one[0]}"
)
def test_whatever_somebody_asks_who_is_known(operation: tuple[str, str]) -> None:
    path, _ = operation
    client = HOUSE.client()
    opened = client.post("/v1/cases").json()
    bearer = HOUSE.keys[Role.HUMAN] if path.startswith("/v1/desk/") else opened["token"]

    def known(case: Any) -> None:
        case.headers = {**(case.headers or {}), "Authorization": f"Bearer {bearer}"}
        if "{case_id}" in path:
            case.path_parameters = {**(case.path_parameters or {}), "case_id": opened["case"]}
        ask(case)

    bounded(OPERATIONS[operation].as_strategy(), known)


def test_everything_described_was_asked() -> None:
    assert {("/v1/cases", "POST"), (STREAM, "GET"), ("/v1/desk/cases", "GET")} <= set(OPERATIONS)
