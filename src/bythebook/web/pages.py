"""The pages for people: the chat, the description of the HTTP interface, the kinds of problems.

They are written here and loaded from here; nothing on them comes from anywhere else.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from pathlib import Path
from string import Template
from typing import Any, Final

from fastapi import FastAPI, Request
from starlette.responses import HTMLResponse
from starlette.staticfiles import StaticFiles

from bythebook.routine.wording import Release
from bythebook.web.access import Visitor
from bythebook.web.context import WebContext
from bythebook.web.problems import KINDS, NOT_FOUND, Problem
from bythebook.web.templating import page

_HEALTH: Final = re.compile(
    r"\b(?:HIPAA|PHI|patients|health ?care|medical records?|health records?|clinics?)\b", re.I
)

STATIC: Final = Path(__file__).parent / "static"


def add_pages(app: FastAPI, context: WebContext) -> None:
    """Add the pages and their files to the application."""
    chat = Template((STATIC / "chat.html").read_text("utf-8"))

    @app.get("/", include_in_schema=False)
    def show_chat() -> HTMLResponse:
        words = words_of(context.conversation.runner.releases.documents)
        return HTMLResponse(chat.substitute(title=escape(context.conversation.title), words=words))

    @app.get("/docs", include_in_schema=False)
    def show_docs(request: Request, visitor: Visitor) -> HTMLResponse:
        return docs_page(request, app.openapi())

    @app.get("/problems", include_in_schema=False)
    def show_problems(request: Request, visitor: Visitor) -> HTMLResponse:
        return page(request, "problems/list.html", kinds=KINDS)

    @app.get("/problems/{name}", include_in_schema=False)
    def show_problem(request: Request, visitor: Visitor, name: str) -> HTMLResponse:
        kind = next((kind for kind in KINDS if kind.name == name), None)
        if kind is None:
            raise Problem(NOT_FOUND)
        return page(request, "problems/kind.html", kind=kind)

    app.mount("/static", StaticFiles(directory=STATIC), name="static")


USUAL_NOTICE: Final = "Please do not share passwords, card numbers or other people’s data here."
"""What the chat asks where nobody says otherwise; its own words, in static/chat/words.js."""


def words_of(releases: Sequence[Release]) -> str:
    """Return what the chat says in other words than elsewhere: what not to share, by the documents it stands for."""
    own = dict.fromkeys(release.conduct.notice for release in releases if release.conduct.notice)
    notice = " ".join(own) or notice_of(release.document.text for release in releases)
    return f' private="{escape(notice)}"' if notice else ""


def notice_of(texts: Iterable[str]) -> str:
    """Return what the chat asks not to share, by its documents' words: about health, patients' data."""
    return "Please do not share patients’ data or card numbers here." if any(map(_is_about_health, texts)) else ""


@lru_cache(maxsize=1_000)
def _is_about_health(text: str) -> bool:
    return _HEALTH.search(text) is not None


@dataclass(frozen=True, slots=True)
class Table:
    """A table of the description."""

    caption: str
    heads: Sequence[str]
    rows: Sequence[Sequence[str]]


@dataclass(frozen=True, slots=True)
class Operation:
    """One request that can be made, as the page shows it."""

    method: str
    path: str
    about: Sequence[str]
    secured: bool
    tables: Sequence[Table]


def docs_page(request: Request, schema: dict[str, Any]) -> HTMLResponse:
    """Return the page that lists the operations of an OpenAPI description."""
    schemas = schema["components"]["schemas"]
    operations = [
        _operation(method.upper(), path, operation, schemas)
        for path, methods in schema["paths"].items()
        for method, operation in methods.items()
    ]
    info = schema["info"]
    return page(
        request, "docs.html", title=info["title"], version=info["version"], operations=operations, kinds=KINDS
    )


def _operation(method: str, path: str, operation: dict[str, Any], schemas: dict[str, Any]) -> Operation:
    tables = []
    if operation.get("parameters"):
        rows = [(_named(p), p["in"], p.get("description", "")) for p in operation["parameters"]]
        tables.append(Table("Parameters", ("name", "in", "meaning"), rows))
    if "requestBody" in operation:
        tables += _fields("Body", _schema_of(operation["requestBody"], schemas), schemas)
    good = next(answer for status, answer in operation["responses"].items() if status.startswith("2"))
    tables += _fields("Answer", _schema_of(good, schemas), schemas)
    statuses = [
        (status, answer["description"])
        for status, answer in operation["responses"].items()
        if not status.startswith("2")
    ]
    tables.append(Table("Problems", ("status", "meaning"), statuses))
    about = [part for part in operation.get("description", "").split("\n\n") if part]
    return Operation(method, path, about, bool(operation.get("security")), tables)


def _named(parameter: dict[str, Any]) -> str:
    return f"{parameter['name']}{'' if parameter.get('required') else ' (optional)'}"


def _schema_of(described: dict[str, Any], schemas: dict[str, Any]) -> dict[str, Any]:
    schema: dict[str, Any] = described.get("content", {}).get("application/json", {}).get("schema", {})
    for option in (schema, *schema.get("anyOf", ())):
        if "$ref" in option:
            found: dict[str, Any] = schemas[option["$ref"].rpartition("/")[2]]
            return found
    return schema


def _fields(caption: str, schema: dict[str, Any], schemas: dict[str, Any]) -> list[Table]:
    properties = schema.get("properties", {})
    rows = [(name, _type(field), _meaning(field, schemas)) for name, field in properties.items()]
    return [Table(caption, ("name", "type", "meaning"), rows)] if rows else []


def _type(field: dict[str, Any]) -> str:
    if "anyOf" in field:
        return " or ".join(_type(option) for option in field["anyOf"])
    if "$ref" in field:
        return "object"
    return f"list of {_type(field['items'])}s" if field.get("type") == "array" else str(field.get("type", "any"))


def _meaning(field: dict[str, Any], schemas: dict[str, Any]) -> str:
    inner = field.get("items", {}).get("$ref")
    if inner is None:
        return str(field.get("description", ""))
    return "each with " + ", ".join(schemas[inner.rpartition("/")[2]]["properties"])
