"""Customers who write, with a key for each message, until they have their answer: what they were told is kept."""

from __future__ import annotations

import http.client
import random
import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from tests.crash.serving import request

TALKS = (
    ("BAA for the API", "Enterprise", "no"),
    ("BAA for the API", "no"),
    ("Enterprise", "BAA for the API", "no", "thanks"),
    ("BAA for the API", "a person please", "hello?"),
    ("BAA for the API", "no", "BAA for the API"),
    ("what is the weather", "yes"),
)
PAUSE_SECONDS = (0.005, 0.03)
RETRY_SECONDS = 0.05


@dataclass(frozen=True)
class Told:
    """One message that was acknowledged, and the texts that answered it."""

    case_id: str
    token: str
    key: str
    said: tuple[str, ...]


@dataclass
class Customers:
    """Several customers at once, each in a thread."""

    ports: Sequence[int]
    count: int
    seed: int
    told: list[Told] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    """What should not have been answered: anything but success and come-again."""

    attempts: int = 0
    enough: threading.Event = field(default_factory=threading.Event)
    gone: threading.Event = field(default_factory=threading.Event)
    _threads: list[threading.Thread] = field(default_factory=list)

    def start(self) -> None:
        """Let them come."""
        self._threads = [threading.Thread(target=self._come, args=(n,), daemon=True) for n in range(self.count)]
        for thread in self._threads:
            thread.start()

    def stop(self, seconds: float = 120.0) -> None:
        """Let each have its answer, then go."""
        self.enough.set()
        for thread in self._threads:
            thread.join(seconds)
            if thread.is_alive():
                self.gone.set()
                raise AssertionError("a customer got no answer in the end")

    def _come(self, number: int) -> None:
        chance = random.Random(f"{self.seed}/{number}")
        talk = 0
        while not self.enough.is_set():
            talk += 1
            opened = self._until_answered(chance, "/v1/cases", None, {})
            if opened is None:
                return
            case, token = str(opened["case"]), str(opened["token"])
            for place, text in enumerate(chance.choice(TALKS)):
                key = f"{number}-{talk}-{place}"
                headers = {"Authorization": f"Bearer {token}", "Idempotency-Key": key}
                turn = self._until_answered(chance, f"/v1/cases/{case}/messages", {"text": text}, headers)
                if turn is None:
                    return
                self.told.append(Told(case, token, key, tuple(said["text"] for said in turn["said"])))
                threading.Event().wait(chance.uniform(*PAUSE_SECONDS))
                if self.enough.is_set():
                    break

    def _until_answered(
        self, chance: random.Random, path: str, body: object, headers: dict[str, str]
    ) -> dict[str, Any] | None:
        """Send the same again, to any of the servers, until it is answered."""
        while not self.gone.is_set():
            self.attempts += 1
            try:
                status, found, _ = request(chance.choice(self.ports), "POST", path, body, headers)
            except (OSError, http.client.HTTPException, ValueError):
                threading.Event().wait(RETRY_SECONDS)
                continue
            if status in (200, 201):
                return found
            if status not in (429, 500, 503):
                self.refused.append(f"{path}: {status} {found}")
                return None
            threading.Event().wait(RETRY_SECONDS)
        return None
