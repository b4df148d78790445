"""The pages for people: the chat, the description of the HTTP interface, the kinds of problems.

They are written here and loaded from here; nothing on them comes from anywhere else.
"""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from pathlib import Path
from string import Template
from typing import Any, Final

from fastapi import FastAPI
from starlette.responses import HTMLResponse
from starlette.staticfiles import StaticFiles

from bythebook.web.context import WebContext
from bythebook.web.problems import KINDS, NOT_FOUND, Kind, Problem

STATIC: Final = Path(__file__).parent / "static"

_PAGE: Final = Template(
    """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>$title</title>
<link rel="icon" href="/static/icon.svg">
<link rel="stylesheet" href="/static/page.css">
</head>
<body>
<main>
$body
</main>
</body>
</html>
"""
)


def add_pages(app: FastAPI, context: WebContext) -> None:
    """Add the pages and their files to the application."""
    chat = Template((STATIC / "chat.html").read_text("utf-8")).substitute(title=escape(context.title))

    @app.get("/", include_in_schema=False)
    def show_chat() -> HTMLResponse:
        return HTMLResponse(chat)

    @app.get("/docs", include_in_schema=False)
    def show_docs() -> HTMLResponse:
        return HTMLResponse(docs_page(app.openapi()))

    @app.get("/problems", include_in_schema=False)
    def show_problems() -> HTMLResponse:
        return HTMLResponse(_page("Problems", f"<h1>Problems</h1>{_problem_list(KINDS)}"))

    @app.get("/problems/{name}", include_in_schema=False)
    def show_problem(name: str) -> HTMLResponse:
        kind = next((kind for kind in KINDS if kind.name == name), None)
        if kind is None:
            raise Problem(NOT_FOUND)
        more = '<p><a href="/problems">All problems</a> · <a href="/docs">The HTTP interface</a></p>'
        return HTMLResponse(_page(kind.title, _problem(kind, "h1") + more))

    app.mount("/static", StaticFiles(directory=STATIC), name="static")


def docs_page(schema: dict[str, Any]) -> str:
    """Return the page that lists the operations of an OpenAPI description."""
    schemas = schema["components"]["schemas"]
    operations = "".join(
        _operation(method.upper(), path, operation, schemas)
        for path, methods in schema["paths"].items()
        for method, operation in methods.items()
    )
    intro = (
        f"<h1>{escape(schema['info']['title'])} {escape(schema['info']['version'])}: the HTTP interface</h1>"
        '<p>The same in OpenAPI: <a href="/openapi.json">openapi.json</a>. '
        "Every error is a problem of RFC 9457; the kinds stand at the end.</p>"
    )
    problems = f"<h2>Problems</h2>{_problem_list(KINDS)}"
    return _page("The HTTP interface", intro + operations + problems)


def _operation(method: str, path: str, operation: dict[str, Any], schemas: dict[str, Any]) -> str:
    about = "".join(f"<p>{escape(part)}</p>" for part in operation.get("description", "").split("\n\n"))
    parts = [f"<section><h2><code>{method} {escape(path)}</code></h2>{about}"]
    if operation.get("security"):
        parts.append("<p>Needs <code>Authorization: Bearer TOKEN</code>.</p>")
    if operation.get("parameters"):
        rows = ((_named(p), p["in"], p.get("description", "")) for p in operation["parameters"])
        parts.append(_table("Parameters", ("name", "in", "meaning"), rows))
    if "requestBody" in operation:
        parts.append(_fields("Body", _schema_of(operation["requestBody"], schemas), schemas))
    good = next(answer for status, answer in operation["responses"].items() if status.startswith("2"))
    parts.append(_fields("Answer", _schema_of(good, schemas), schemas))
    statuses = (
        (status, answer["description"])
        for status, answer in operation["responses"].items()
        if not status.startswith("2")
    )
    parts.append(_table("Problems", ("status", "meaning"), statuses))
    return "".join(parts) + "</section>"


def _named(parameter: dict[str, Any]) -> str:
    return f"{parameter['name']}{'' if parameter.get('required') else ' (optional)'}"


def _schema_of(described: dict[str, Any], schemas: dict[str, Any]) -> dict[str, Any]:
    schema: dict[str, Any] = described.get("content", {}).get("application/json", {}).get("schema", {})
    for option in (schema, *schema.get("anyOf", ())):
        if "$ref" in option:
            found: dict[str, Any] = schemas[option["$ref"].rpartition("/")[2]]
            return found
    return schema


def _fields(caption: str, schema: dict[str, Any], schemas: dict[str, Any]) -> str:
    properties = schema.get("properties", {})
    if not properties:
        return ""
    rows = ((name, _type(field), _meaning(field, schemas)) for name, field in properties.items())
    return _table(caption, ("name", "type", "meaning"), rows)


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


def _table(caption: str, heads: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    head = "".join(f'<th scope="col">{escape(name)}</th>' for name in heads)
    body = "".join("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in rows)
    return f"<table><caption>{escape(caption)}</caption><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _problem_list(kinds: Iterable[Kind]) -> str:
    return "".join(_problem(kind, "h3") for kind in kinds)


def _problem(kind: Kind, heading: str) -> str:
    return (
        f'<{heading} id="{kind.name}">{escape(kind.title)}</{heading}>'
        f"<p><code>{kind.status} {kind.uri}</code></p><p>{escape(kind.way_out)}</p>"
    )


def _page(title: str, body: str) -> str:
    return _PAGE.substitute(title=escape(title), body=body)
