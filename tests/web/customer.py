"""A customer of the HTTP interface, in one line a request."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import httpx2
from starlette.testclient import TestClient


@dataclass
class Customer:
    """A case, and the client that speaks in it."""

    client: TestClient
    case: str
    token: str
    messages: int = 0

    @property
    def headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"}

    def post(self, body: object, key: str | None = None) -> httpx2.Response:
        """Send a message, with a new key if none is given."""
        self.messages += 1
        headers = {**self.headers, "Idempotency-Key": key or f"key {self.messages}"}
        return self.client.post(f"/v1/cases/{self.case}/messages", json=body, headers=headers)

    def say(self, text: str, key: str | None = None) -> dict[str, Any]:
        """Say something that is answered."""
        return answered(self.post({"text": text}, key))

    def press(self, button: str, key: str | None = None) -> dict[str, Any]:
        """Press a button that is answered."""
        return answered(self.post({"press": button}, key))

    def look(self, after: int = 0) -> dict[str, Any]:
        """Get the case."""
        return answered(self.client.get(f"/v1/cases/{self.case}?after={after}", headers=self.headers))


def new_customer(client: TestClient) -> Customer:
    """Open a case."""
    opened = client.post("/v1/cases")
    assert opened.status_code == 201, opened.text
    return Customer(client, opened.json()["case"], opened.json()["token"])


def answered(response: httpx2.Response) -> dict[str, Any]:
    """Return what a good answer holds."""
    assert response.status_code == 200, response.text
    found: dict[str, Any] = response.json()
    return found


def lines(turn: dict[str, Any]) -> list[str]:
    """Return the lines that were said."""
    return [said["line"] for said in turn["said"]]


@dataclass(frozen=True)
class Told:
    """One event of a stream."""

    type: str
    id: int | None
    data: dict[str, Any]


def events(chunks: Iterator[str]) -> Iterator[Told]:
    """Yield the events of a stream; its comments are passed over."""
    rest = ""
    for chunk in chunks:
        *blocks, rest = (rest + chunk).split("\n\n")
        for block in blocks:
            fields = dict(line.split(": ", 1) for line in block.split("\n") if not line.startswith(":"))
            if "data" in fields:
                number = int(fields["id"]) if "id" in fields else None
                yield Told(fields["event"], number, json.loads(fields["data"]))
