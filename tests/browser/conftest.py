"""Browsers at a whole installation: one for each role, wide and on a phone, and what no page may do.

    def test_the_queue(window: Window, house: House) -> None:
        page = window.signed_in(Role.HUMAN)      # a page of somebody who is signed in; window.visitor() of nobody
        page.goto("/desk")
        window.expect_good(page)                 # axe finds nothing, nothing scrolls sideways

Every test that takes `window` runs at 1280 and at 390 pixels, and fails at its end where a page asked somebody else
for something or the console complained. With SHOTS=folder in the environment, `window.shot(page, name)` keeps
pictures.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Literal

import pytest
from playwright.sync_api import Browser, BrowserContext, Page
from tools import build_frontend

from bythebook.service.people import Role
from tests.browser.house import HOST, NAMES, PASSWORD, House
from tests.chromium import PATIENCE_MS, PHONE, WIDE, Seen, watched

AXE: Final = """async () => (await axe.run(document, {resultTypes: ["violations"]})).violations.map(found => ({
  rule: found.id, help: found.help, where: found.nodes.map(node => node.html.slice(0, 200)),
  why: found.nodes.map(node => node.failureSummary),
}))"""


@pytest.fixture(scope="session", autouse=True)
def _frontend() -> None:
    """The browser code of others, and axe: a test may be run alone in a fresh checkout."""
    build_frontend.build(dev=True)


@pytest.fixture(scope="session")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """The shipped document, served by the command as it is installed; people of every role."""
    house = House(tmp_path_factory.mktemp("house"))
    house.start()
    house.add_people()
    yield house
    house.kill()


@dataclass
class Window:
    """Opens pages of one size at an installation."""

    browser: Browser
    house: House
    size: dict[str, int]
    colours: Literal["light", "dark"] = "light"
    contexts: list[BrowserContext] = field(default_factory=list)
    seen: list[Seen] = field(default_factory=list)

    @property
    def is_phone(self) -> bool:
        return self.size is PHONE

    def visitor(self) -> Page:
        """Return a page of somebody who is not signed in."""
        context = self.browser.new_context(
            base_url=self.house.base,
            viewport={"width": self.size["width"], "height": self.size["height"]},
            is_mobile=self.is_phone,
            has_touch=self.is_phone,
            reduced_motion="reduce",
            color_scheme=self.colours,
        )
        self.contexts.append(context)
        page = context.new_page()
        self.seen.append(watched(page, HOST))
        page.set_default_timeout(PATIENCE_MS)
        return page

    def signed_in(self, role: Role) -> Page:
        """Return a page of somebody with that role alone."""
        return self.signed_in_as(NAMES[role])

    def signed_in_as(self, name: str) -> Page:
        """Return a page of the one of that name."""
        page = self.visitor()
        page.goto("/sign-in")
        page.get_by_label("Name").fill(name)
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Sign in").click()
        page.get_by_role("button", name="Sign out", exact=True).wait_for()
        return page

    def expect_good(self, page: Page) -> None:
        """Fail where axe finds something, or the page is wider than its window."""
        page.evaluate(build_frontend.AXE.read_text(encoding="utf-8"))
        found = page.evaluate(AXE)
        assert not found, json.dumps(found, indent=2)
        wide = page.evaluate("document.documentElement.scrollWidth") - self.size["width"]
        assert wide <= 0, f"{page.url} is {wide} pixels wider than its window"

    def shot(self, page: Page, name: str) -> None:
        """Keep a picture of the whole page, light and dark, where SHOTS names a folder."""
        folder = os.environ.get("SHOTS")
        if folder:
            for colours in ("light", "dark"):
                page.emulate_media(color_scheme=colours)
                path = Path(folder) / f"{name}-{self.size['width']}-{colours}.png"
                page.screenshot(path=path, full_page=True, caret="initial")
            page.emulate_media(color_scheme=self.colours)

    def expect_nothing(self, *, but: tuple[str, ...] = ()) -> None:
        """Fail where a page asked somebody else for something, or the console complained `but` of these."""
        for seen in self.seen:
            assert seen.outside == []
            assert [text for text in seen.complaints if not any(part in text for part in but)] == []
            seen.complaints.clear()

    def close(self) -> None:
        for context in self.contexts:
            context.close()


@contextmanager
def clean(window: Window) -> Iterator[Window]:
    """Give a window for a test; at its end nothing may have gone wrong in it."""
    yield window
    try:
        window.expect_nothing()
    finally:
        window.close()


@pytest.fixture(params=[WIDE, PHONE], ids=["wide", "phone"])
def window(request: pytest.FixtureRequest, browser: Browser, house: House) -> Iterator[Window]:
    """A window, wide and on a phone."""
    with clean(Window(browser, house, request.param)) as window:
        yield window
