"""The shipped document behind a web application, with a reader that knows a few messages by heart.

Run as a program it serves: `python -m tests.web.installation PORT DATABASE`.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import uvicorn
from fastapi import FastAPI

from bythebook.adapters.folder import find_document, read_folder
from bythebook.adapters.identities import SecretsIdentities
from bythebook.adapters.memory_store import MemoryStore
from bythebook.adapters.notices import LogNotices
from bythebook.adapters.shelf import Folder, Shelf
from bythebook.adapters.sqlite_store import SqliteStore
from bythebook.adapters.system_clock import SystemClock
from bythebook.engine import choice as ids
from bythebook.engine.choice import Choice
from bythebook.service.conversation import Conversation
from bythebook.service.ports import CaseStore, Clock, Identities
from bythebook.service.runner import Runner
from bythebook.service.timers import Timers
from bythebook.testing.fakes import CountingIdentities, ManualClock, Meaning, ScriptedReader
from bythebook.web.app import create_app
from bythebook.web.context import WebContext

API: Final = "step:2"
ENTERPRISE: Final = "step:3"
HOW_LONG: Final = "article:2"
COVERED: Final = "article:5"
THE_LIST: Final = "line:2e"

SCRIPT: Final[Mapping[str, Meaning]] = {
    "hi": (ids.GREETING,),
    "I need a BAA": (ids.ROUTINE,),
    "API": (API,),
    "BAA for the API": (API,),
    "Enterprise": (ENTERPRISE,),
    "and Enterprise?": (ENTERPRISE,),
    "both": (API, ENTERPRISE),
    "no, I meant Enterprise": (ids.DENY, Choice(ENTERPRISE, 1.0, correction=True)),
    "how long does it take?": (HOW_LONG,),
    "are all services covered?": (COVERED,),
    "show me the list": (THE_LIST,),
    "a person please": (ids.HUMAN,),
    "thanks": (ids.THANKS,),
    "no": (ids.DENY,),
    "yes": (ids.AFFIRM,),
}


@dataclass(frozen=True, slots=True)
class Installation:
    """An application, and what a test may look at behind it."""

    app: FastAPI
    runner: Runner
    reader: ScriptedReader


def install(
    store: CaseStore | None = None,
    clock: Clock | None = None,
    identities: Identities | None = None,
    on_duty: bool = True,
    **more: Any,
) -> Installation:
    """Put the shipped document behind a web application."""
    store = store or MemoryStore()
    reader = ScriptedReader(SCRIPT)
    shelf = Shelf(store, lambda _: reader)
    shelf.put(Folder(*read_folder(find_document(""))))
    runner = Runner(store, shelf, LogNotices(on_duty), clock or ManualClock(), identities or CountingIdentities())
    return Installation(create_app(WebContext(Conversation(runner), Timers(runner), **more)), runner, reader)


def main(port: int, database: Path) -> None:
    """Serve until stopped."""
    store = SqliteStore(database)
    installed = install(store, SystemClock(), SecretsIdentities(), poll_seconds=0.05)
    try:
        uvicorn.run(installed.app, host="127.0.0.1", port=port, log_level="warning")
    finally:
        store.close()


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]))
