"""A whole installation as its people find it: the real command, a real SQLite file, somebody of every role."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from bythebook.adapters.argon2_passwords import quick_passwords
from bythebook.adapters.sql_people import SqlPeople
from bythebook.adapters.sqlite_store import SqliteStore
from bythebook.adapters.system_clock import SystemClock
from bythebook.service.people import Account, Role
from tests.web.live import free_port, wait_for

HOST: Final = "127.0.0.1"
PASSWORD: Final = "orange lantern gravel"
"""Everybody's here."""

AS_TESTED: Final = {
    "BYTHEBOOK_ON_DUTY": "yes",
    "BYTHEBOOK_CASES_AN_HOUR": "0",  # every test comes from one address
    "BYTHEBOOK_MESSAGES_A_MINUTE_OF_ADDRESS": "0",
}

NAMES: Final = {
    Role.HUMAN: "Hanna",
    Role.LEAD: "Leo",
    Role.AUDITOR: "Audrey",
    Role.ADMINISTRATOR: "Adam",
}
"""Who has which role, and that one alone."""

COLLEAGUE: Final = "Henry"
"""The other one at the desk."""


@dataclass
class House:
    """`bythebook serve` over one database; it always comes back on the same port."""

    folder: Path
    documents: Sequence[str] = ()
    settings: dict[str, str] = field(default_factory=dict)
    """More of its environment."""

    port: int = field(default_factory=free_port)
    process: subprocess.Popen[bytes] | None = None

    @property
    def base(self) -> str:
        return f"http://{HOST}:{self.port}"

    @property
    def database(self) -> Path:
        return self.folder / "cases.db"

    @property
    def printed(self) -> str:
        """What the command has printed, all its starts together."""
        return (self.folder / "printed.txt").read_text(encoding="utf-8")

    def start(self) -> None:
        """Start, and wait until it answers."""
        options = ["--port", str(self.port), "--database", str(self.database), "--reader", "lexicon"]
        own = {name: value for name, value in os.environ.items() if not name.startswith("BYTHEBOOK_")}
        with (self.folder / "printed.txt").open("ab") as printed:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "bythebook", "serve", *self.documents, *options],
                env={**own, **AS_TESTED, **self.settings},
                stdout=printed,
                stderr=subprocess.STDOUT,
            )
        wait_for(self.base)

    def kill(self) -> None:
        """End it as a power cut would."""
        if self.process is not None:
            self.process.kill()
            self.process.wait(10)
            self.process = None

    def stop(self) -> None:
        """End it as an operator would."""
        if self.process is not None:
            self.process.terminate()
            self.process.wait(40)
            self.process = None

    def first_links(self) -> list[str]:
        """Return the links for a first administrator that were printed."""
        return re.findall(rf"{re.escape(self.base)}/invitations/\S+", self.printed)

    def add_people(self) -> None:
        """Let somebody of every role in."""
        made = quick_passwords().made_of(PASSWORD)
        with closing(SqliteStore(self.database)) as store:
            people = SqlPeople(store)
            for role, name in NAMES.items():
                people.add(Account(name, frozenset({role}), SystemClock().now(), made))
            people.add(Account(COLLEAGUE, frozenset({Role.HUMAN}), SystemClock().now(), made))
