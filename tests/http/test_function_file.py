"""functions.toml: every mistake is told by its place, with what to write; OpenAPI descriptions are read."""

from __future__ import annotations

import json

import pytest

from bythebook.adapters.function_file import FunctionFile, description_path, read_function_file
from bythebook.adapters.http_binding import Place
from bythebook.adapters.secrets import Secrets
from bythebook.engine.outcome import plain

DESCRIPTION = {
    "openapi": "3.0.3",
    "servers": [{"url": "https://shop.example.com/v1"}],
    "paths": {
        "/orders/{orderId}": {
            "parameters": [{"$ref": "#/components/parameters/Order"}],
            "get": {
                "operationId": "getOrder",
                "parameters": [
                    {"name": "verbose", "in": "query", "schema": {"type": "boolean"}},
                    {"name": "X-Shop", "in": "header", "required": True, "schema": {"type": "string"}},
                ],
                "responses": {"200": {"$ref": "#/components/responses/Order"}},
            },
            "put": {
                "operationId": "changeOrder",
                "requestBody": {
                    "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Change"}}},
                },
                "responses": {"default": {"description": "none"}},
            },
        },
        "/twice/{name}": {
            "post": {
                "operationId": "twice",
                "parameters": [{"name": "name", "in": "path", "required": True, "schema": {"type": "string"}}],
                "requestBody": {
                    "content": {"application/json": {"schema": {"properties": {"name": {"type": "string"}}}}}
                },
                "responses": {},
            }
        },
        "/upload": {
            "post": {
                "operationId": "upload",
                "requestBody": {"content": {"multipart/form-data": {"schema": {}}}},
                "responses": {},
            }
        },
        "/cookie": {
            "get": {
                "operationId": "cookie",
                "parameters": [{"name": "login", "in": "cookie", "required": True}],
                "responses": {},
            }
        },
    },
    "components": {
        "parameters": {
            "Order": {"name": "orderId", "in": "path", "required": True, "schema": {"type": "string"}},
        },
        "responses": {
            "Order": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Order"}}}},
        },
        "schemas": {
            "Order": {
                "type": "object",
                "required": ["status"],
                "properties": {
                    "status": {"type": "string"},
                    "note": {"type": "string", "nullable": True},
                    "next": {"$ref": "#/components/schemas/Order"},
                },
            },
            "Change": {
                "type": "object",
                "required": ["amount"],
                "properties": {
                    "amount": {"type": "integer", "minimum": 0, "exclusiveMinimum": True},
                    "reason": {"type": "string"},
                },
            },
        },
    },
}
ORDERS = 'openapi = "openapi/orders.json"\noperation = "getOrder"'


def read(body: str, python: tuple[str, ...] = ()) -> FunctionFile:
    toml = f"[function.find_order]\n{body}\n"
    return read_function_file(
        {
            "functions.toml": toml.encode(),
            "openapi/orders.json": json.dumps(DESCRIPTION).encode(),
            "openapi/x.json": b"{",
        },
        python,
    )


@pytest.mark.parametrize(
    ("body", "line", "message", "help"),
    [
        ("", 1, "says nothing of where the function is", 'write: url = "https://..."'),
        ('url = "ftp://a"', 2, "points at `ftp://a`, which is no address", 'write it whole: url = "https://..."'),
        ('url = "https://a:b"', 2, "points at `https://a:b`, which is no address", "write it whole"),
        ('url = "https://joe:secret@a"', 2, "holds a name or password in its address", "keep it as a secret"),
        ('url = "https://{host}/a"', 2, "has a host that is not written out", "write it whole"),
        ("url = 3", 2, "has no words for `url`", 'write: url = "..."'),
        ('url = "https://a"\nopenapi = "b"', 3, "has both `url` and `openapi`", "keep one of the two"),
        ('url = "https://a"\nmethod = "POTS"', 3, "has the method `POTS`, which is none", "did you mean `POST`?"),
        ('url = "https://a"\neffect = "yes"', 3, "`effect` is neither true nor false", "write: effect = true"),
        ('url = "https://a"\ntries = 0', 3, "`tries` is not a whole number from 1 to 5", "write: tries = 3"),
        ('url = "https://a"\nheaders = { a = 1 }', 3, "has no texts under `headers`", "write: headers"),
        (
            'url = "https://a"\nheaders = { Host = "b" }',
            3,
            "has the header `Host`, which is sent by itself",
            "remove it",
        ),
        (
            'url = "https://a"\nheaders = { "a b" = "b" }',
            3,
            "has the header `a b`, which cannot be sent",
            "use letters",
        ),
        ('url = "https://a"\narguments = 3', 3, "has no schema under `arguments`", 'write: arguments = ["order_id"]'),
        ('url = "https://a"\narguments = []', 3, "", ""),
        (
            'url = "https://a"\nresult = { type = "thing" }',
            3,
            "has a schema under `result` that cannot",
            "correct it",
        ),
        ('url = "https://a"\nresult = { "$ref" = "https://b/c" }', 3, "has a schema under `result`", "correct it"),
        ('url = "https://a"\nstatus = { 200 = {} }', 3, "has no result under a status from 400 to 499", "write, for"),
        (
            'openapi = "../orders.json"\noperation = "a"',
            2,
            "names the description `../orders.json`, outside",
            "move it",
        ),
        (
            'openapi = "openapi/no.json"\noperation = "a"',
            2,
            "names the description `openapi/no.json`, which",
            "put it",
        ),
        (
            'openapi = "https://a/b"\noperation = "a"',
            2,
            "names the description `https://a/b`, which is not",
            "fetch it",
        ),
        ('openapi = "openapi/x.json"\noperation = "a"', 2, "has a description that is neither JSON nor YAML", "put"),
        ('openapi = "openapi/orders.json"', 1, "has no words for `operation`", "write: operation"),
        (
            ORDERS.replace("getOrder", "getOrdre"),
            3,
            "names the operation `getOrdre`, which",
            "did you mean `getOrder`?",
        ),
        (
            ORDERS.replace("getOrder", "twice"),
            2,
            "names the operation `twice`, which takes `name` in two",
            "bind it by",
        ),
        (ORDERS.replace("getOrder", "upload"), 2, "is described with a body that is no JSON", "bind it by `url`"),
        (ORDERS.replace("getOrder", "cookie"), 2, "is described with a `cookie` parameter, `login`", "bind it by"),
    ],
)
def test_a_mistake_is_told_by_its_place(body: str, line: int, message: str, help: str) -> None:
    file = read(body)
    if not message:
        assert not file.problems
        return
    (problem,) = file.problems
    assert problem.name == "broken-binding"
    assert problem.message.startswith(f"[function.find_order] {message}")
    assert problem.help is not None and problem.help.startswith(help)
    text = f"[function.find_order]\n{body}\n"
    assert text[: problem.diagnostic.label.span.start].count("\n") + 1 == line
    assert file.broken == {"find_order"}


def test_a_key_that_means_nothing_is_told() -> None:
    (problem,) = read('url = "https://a"\ntimeout = 3').problems
    assert (problem.name, problem.help) == ("unknown-key", "did you mean `timeout_ms`?")


def test_a_function_of_python_may_have_its_effect_said_and_nothing_else() -> None:
    assert read("effect = true", ("find_order",)).effects == {"find_order": True}
    (problem,) = read('url = "https://a"', ("find_order",)).problems
    assert "is a function of functions.py too" in problem.message


def test_an_operation_is_bound_as_it_is_described() -> None:
    binding = read(ORDERS).bindings["find_order"]
    assert (binding.method, binding.url) == ("GET", "https://shop.example.com/v1/orders/{orderId}")
    assert [(one.name, one.place, one.required) for one in binding.arguments] == [
        ("orderId", Place.PATH, True),
        ("verbose", Place.QUERY, False),
        ("X-Shop", Place.HEADER, True),
    ]
    assert not binding.effect
    asked = binding.request({"order_id": 5, "verbose": "yes", "x_shop": "Rome"}, "k", Secrets())
    assert asked.url == "https://shop.example.com/v1/orders/5?verbose=true"
    assert ("X-Shop", "Rome") in asked.headers
    assert binding.result.problem({"status": "sent", "note": None, "next": {"status": "lost"}}, "result") == ""
    assert binding.result.problem({"status": "sent", "next": {}}, "result") == "`result_next` has no `status`"
    assert plain("X-Shop") == plain("x_shop")


def test_the_body_of_an_operation_is_held_against_its_schema() -> None:
    binding = read(ORDERS.replace("getOrder", "changeOrder")).bindings["find_order"]
    assert binding.effect
    assert binding.takes == ("orderId", "amount", "reason")
    asked = binding.request({"orderId": "5", "amount": "3"}, "k", Secrets())
    assert json.loads(asked.body or b"") == {"amount": 3}
    assert "exclusiveMinimum" in binding.body.problem({"amount": 0}, "x")


def test_yaml_is_read_too() -> None:
    raw = b"""
openapi: 3.1.0
servers: [{url: https://a.example}]
paths:
  /hours: {get: {operationId: hours, responses: {'200': {content: {application/json: {schema: {type: object}}}}}}}
"""
    toml = b'[function.hours]\nopenapi = "openapi/a.yaml"\noperation = "hours"\n'
    file = read_function_file({"functions.toml": toml, "openapi/a.yaml": raw})
    assert file.bindings["hours"].url == "https://a.example/hours"


def test_a_description_at_an_address_has_a_place_of_its_own() -> None:
    assert description_path("https://shop.example.com/v1/openapi.json") == "openapi/shop-example-com-v1-openapi.json"
    assert description_path("openapi/mine.yaml") == "openapi/mine.yaml"
