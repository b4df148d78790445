"""Chromium, and a server process that can be killed and started again, for tests of the pages."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import pytest
from playwright.sync_api import Browser, Page

from tests.chromium import PHONE, WIDE, Seen, watched
from tests.web.live import free_port, wait_for

HOST: Final = "127.0.0.1"


@dataclass
class Serving:
    """A server process over one database; it always comes back on the same port."""

    database: Path
    port: int = field(default_factory=free_port)
    process: subprocess.Popen[bytes] | None = None

    @property
    def base(self) -> str:
        return f"http://{HOST}:{self.port}"

    def start(self) -> None:
        """Start, and wait until it answers."""
        command = [sys.executable, "-m", "tests.web.installation", str(self.port), str(self.database)]
        self.process = subprocess.Popen(command)
        wait_for(self.base)

    def kill(self) -> None:
        """End it as a power cut would."""
        if self.process is not None:
            self.process.kill()
            self.process.wait(10)
            self.process = None


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serving]:
    """One server for all pages."""
    server = Serving(tmp_path_factory.mktemp("web") / "cases.db")
    yield server
    server.kill()


@pytest.fixture
def serving(server: Serving) -> Serving:
    """A running server; the last test may have left it dead."""
    if server.process is None:
        server.start()
    return server


@dataclass
class Visit:
    """A customer's browser at the chat page."""

    page: Page
    seen: Seen


@pytest.fixture(params=[WIDE, PHONE], ids=["wide", "phone"])
def visit(request: pytest.FixtureRequest, browser: Browser, serving: Serving) -> Iterator[Visit]:
    """The chat page, freshly opened, on a wide screen and on a phone."""
    phone = request.param is PHONE
    context = browser.new_context(viewport=request.param, is_mobile=phone, has_touch=phone, reduced_motion="reduce")
    page = context.new_page()
    seen = watched(page, HOST)
    page.set_default_timeout(10_000)
    page.goto(serving.base)
    yield Visit(page, seen)
    context.close()
