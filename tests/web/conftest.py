"""Chromium, and a server process that can be killed and started again, for tests of the pages."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, Route, sync_playwright

from tests.web.live import free_port, wait_for

CHROMIUM: Final = Path("/usr/bin/chromium")
QUIET: Final = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
HOST: Final = "127.0.0.1"
WIDE: Final = {"width": 1280, "height": 800}
PHONE: Final = {"width": 390, "height": 844}


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium. Where it must be there (CI), its absence is a failure."""
    if not CHROMIUM.exists():
        reason = f"{CHROMIUM} is not there: apt-get install chromium"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(f"THE PAGES ARE NOT TESTED. {reason}")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield chromium
        chromium.close()


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
class Seen:
    """What must not happen on a page, as far as it did."""

    outside: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def expect_nothing(self, *, but_network: bool = False) -> None:
        """Fail if the page asked somebody else for something, or the console has something to complain of."""
        assert self.outside == []
        rest = [text for text in self.complaints if not (but_network and "net::ERR_" in text)]
        assert rest == []


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
    page, seen = context.new_page(), Seen()

    def guard(route: Route) -> None:
        if urlsplit(route.request.url).hostname == HOST:
            route.continue_()
        else:
            seen.outside.append(route.request.url)
            route.abort()

    page.route("**/*", guard)
    page.on("console", lambda message: seen.complaints.append(f"{message.type}: {message.text}"))
    page.on("pageerror", lambda error: seen.complaints.append(f"error: {error}"))
    page.set_default_timeout(10_000)
    page.goto(serving.base)
    yield Visit(page, seen)
    context.close()
