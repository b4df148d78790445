"""Debian's Chromium for the tests of pages, and what must not happen on any page."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, Route, expect, sync_playwright

CHROMIUM: Final = Path("/usr/bin/chromium")
QUIET: Final = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PATIENCE_MS: Final = 30_000
"""How long a test waits for what has to come: a machine that does ten things at once is slow, and not wrong."""

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
    expect.set_options(timeout=PATIENCE_MS)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield chromium
        chromium.close()


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


def watched(page: Page, host: str) -> Seen:
    """Return what a page does that it must not, from now on; what it asks of other hosts is refused."""
    seen = Seen()

    def guard(route: Route) -> None:
        if urlsplit(route.request.url).hostname == host:
            route.continue_()
        else:
            seen.outside.append(route.request.url)
            route.abort()

    page.route("**/*", guard)
    page.on("console", lambda message: seen.complaints.append(f"{message.type}: {message.text}"))
    page.on("pageerror", lambda error: seen.complaints.append(f"error: {error}"))
    return seen
