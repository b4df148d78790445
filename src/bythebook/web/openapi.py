"""The OpenAPI description, made true: every error is a problem, and refused input is 400."""

from __future__ import annotations

from typing import Any, Final

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from bythebook.web.origins import CUSTOMERS
from bythebook.web.problems import KEY_HEADER, KINDS, MEDIA_TYPE, Kind

PROBLEM_SCHEMA: Final = {
    "title": "Problem",
    "description": "Problem details (RFC 9457).",
    "type": "object",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"type": "string", "format": "uri-reference", "enum": [kind.uri for kind in KINDS]},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string", "description": "what happened, and what to do"},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {"where": {"type": "string"}, "what": {"type": "string"}},
            },
        },
    },
}
OPENING: Final = "/v1/cases"
_GENERATED: Final = ("HTTPValidationError", "ValidationError")


def describe(app: FastAPI) -> None:
    """Let the application describe itself with its problems; the description is made once."""
    described: dict[str, Any] = {}

    def openapi() -> dict[str, Any]:
        if not described:
            described.update(_described(app))
        return described

    app.openapi = openapi  # type: ignore[method-assign]  # as FastAPI's manual tells to


def _described(app: FastAPI) -> dict[str, Any]:
    schema = get_openapi(title=app.title, version=app.version, summary=app.summary, routes=app.routes)
    schemas = schema["components"]["schemas"]
    for name in _GENERATED:
        schemas.pop(name, None)
    schemas["Problem"] = PROBLEM_SCHEMA
    for path, operations in schema["paths"].items():
        for operation in operations.values():
            operation["responses"].pop("422", None)
            for kind in _possible(path, operation):
                operation["responses"].setdefault(str(kind.status), _answer(kind.title))
            if path.endswith("/events"):
                operation["responses"]["200"]["content"] = {"text/event-stream": {"schema": {"type": "string"}}}
    return schema


def _possible(path: str, operation: dict[str, Any]) -> list[Kind]:
    """Return the problems that a caller of the operation can meet."""
    statuses = {500, 503}
    if operation.get("parameters") or operation.get("requestBody"):
        statuses.add(400)
    if "{case_id}" in path:
        statuses |= {401, 404}
    if path.startswith("/v1/desk/"):
        statuses |= {401, 403}
    if path.startswith(CUSTOMERS):
        statuses.add(403)
    if operation.get("requestBody"):
        statuses |= {413, 415}
    if any(parameter["name"] == KEY_HEADER for parameter in operation.get("parameters", ())):
        statuses |= {409, 429}
    if "{case_id}" in path and "requestBody" in operation:
        statuses |= {409, 410}
    if path.startswith("/v1/handoffs/"):
        statuses.add(410)
    if path == OPENING and operation.get("requestBody"):
        statuses.add(429)
    return [kind for kind in KINDS if kind.status in statuses]


def _answer(title: str) -> dict[str, Any]:
    return {"description": title, "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}}
