"""What pages weigh, and how soon one can begin: the chat, its bubble on another site, and the pages of the people.

One command, two tables: `python benchmarks/page.py [--visits 15]`. Each visit is a new browser window with nothing in
its cache, on a wide screen and as a phone that is four times slower. Needs Debian's Chromium and the built script
(`python tools/build_frontend.py`). A page of the people is ready once its scripts have run (`DOMContentLoaded`).
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from playwright.sync_api import Browser, BrowserContext, Page, StorageState, sync_playwright

sys.path.insert(0, str(Path(__file__).parent.parent))

from tests.browser.host import somebody_elses
from tests.browser.house import NAMES, PASSWORD, House
from tests.chromium import CHROMIUM, PHONE, QUIET, WIDE

from bythebook.service.people import Role

SLOWER: Final = 4
"""How much slower a phone's processor is taken to be."""

PEOPLE: Final = {
    "the queue of the desk": "/desk",
    "documents": "/documents",
    "overview": "/overview",
    "a document in use, with its graph": "/overview/business-associate-agreement",
}
INTERACTIVE: Final = "performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd"

READY: Final = """(() => {
  const seen = () => {
    const chat = document.querySelector("by-the-book")?.shadowRoot;
    if (chat?.getElementById(WHAT)?.checkVisibility()) window.ready = performance.now();
    else requestAnimationFrame(seen);
  };
  requestAnimationFrame(seen);
})()"""
ANSWERED: Final = """chat => new Promise((done) => {
  const root = chat.shadowRoot, log = root.getElementById("log"), begun = performance.now();
  new MutationObserver(() => { if (log.querySelector(".assistant")) done(performance.now() - begun); })
    .observe(log, { childList: true, subtree: true });
  root.getElementById("text").value = "BAA for the API";
  root.getElementById("form").requestSubmit();
})"""


@dataclass(frozen=True, slots=True)
class Face:
    """A page with the chat, and what of it shows that one can begin."""

    name: str
    address: str
    ready: str


@dataclass
class Visit:
    """What one visit took: requests, bytes over the wire, milliseconds."""

    requests: int = 0
    bytes: int = 0
    ready: float = 0.0
    answer: float = 0.0


def visit(browser: Browser, face: Face, *, phone: bool) -> Visit:
    """Open the page in a new browser, write, and get an answer."""
    with opened(browser, phone=phone) as (page, seen):
        page.add_init_script(READY.replace("WHAT", repr(face.ready)))
        page.goto(face.address, wait_until="networkidle")
        seen.ready = float(page.evaluate("window.ready"))
        at_rest = Visit(seen.requests, seen.bytes, seen.ready)
        if face.ready == "launcher":
            page.locator("#launcher").click()
        at_rest.answer = float(page.locator("by-the-book").evaluate(ANSWERED))
        return at_rest


def look(browser: Browser, address: str, kept: StorageState, *, phone: bool) -> Visit:
    """Open a page of the people in a new browser."""
    with opened(browser, phone=phone, kept=kept) as (page, seen):
        answer = page.goto(address, wait_until="load")
        assert answer is not None and answer.ok, f"{address}: {answer and answer.status}"
        seen.ready = float(page.evaluate(INTERACTIVE))
        return seen


@contextmanager
def opened(browser: Browser, *, phone: bool, kept: StorageState | None = None) -> Iterator[tuple[Page, Visit]]:
    """Open a new browser window, wide or as a slow phone, that counts what comes over the wire."""
    size = PHONE if phone else WIDE
    context = browser.new_context(viewport=size, is_mobile=phone, has_touch=phone, storage_state=kept)  # type: ignore[arg-type]
    with closing(context):
        page = context.new_page()
        wire = context.new_cdp_session(page)
        wire.send("Network.enable")
        if phone:
            wire.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
        seen = Visit()

        def loaded(event: dict[str, float]) -> None:
            seen.requests += 1
            seen.bytes += int(event["encodedDataLength"])

        wire.on("Network.loadingFinished", loaded)
        yield page, seen


@contextmanager
def closing(context: BrowserContext) -> Iterator[BrowserContext]:
    """Close the browser window when the block is left."""
    try:
        yield context
    finally:
        context.close()


def signed_in(browser: Browser, house: House) -> tuple[StorageState, str]:
    """Return what a browser keeps of a lead who is signed in, and the path of a case's page."""
    with closing(browser.new_context()) as context:
        page = context.new_page()
        page.goto(f"{house.base}/sign-in")
        page.get_by_label("Name").fill(NAMES[Role.LEAD])
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Sign in").click()
        page.get_by_role("button", name="Sign out", exact=True).wait_for()
        page.goto(f"{house.base}/desk?view=all")
        case = page.locator("a[href^='/desk/cases/']").first.get_attribute("href")
        assert case is not None, "the customers of the first table are there"
        return context.storage_state(), case.partition("?")[0]


def tell_people(browser: Browser, house: House, visits: int) -> None:
    """Print the table of the people's pages."""
    kept, case = signed_in(browser, house)
    print("\n| page of the people | screen | requests | KB over the wire | ready p50 ms | ready p95 ms |")
    print("|---|---|---|---|---|---|")
    for name, path in {**PEOPLE, "a case beside its document": case}.items():
        for phone in (False, True):
            look(browser, house.base + path, kept, phone=phone)
            row = [look(browser, house.base + path, kept, phone=phone) for _ in range(visits)]
            ready = sorted(one.ready for one in row)
            print(
                f"| {name} | {f'390 pixels, {SLOWER} times slower' if phone else '1280 pixels'} "
                f"| {statistics.median(one.requests for one in row):.0f} "
                f"| {statistics.median(one.bytes for one in row) / 1024:.1f} "
                f"| {statistics.median(ready):.0f} | {ready[int(len(ready) * 0.95)]:.0f} |",
                flush=True,
            )


def main() -> int:
    """Measure, and print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--visits", type=int, default=15)
    visits = parser.parse_args().visits
    with tempfile.TemporaryDirectory() as folder, somebody_elses() as site, sync_playwright() as playwright:
        house = House(Path(folder), settings={"BYTHEBOOK_WIDGET_ORIGINS": site.base})
        house.start()
        house.add_people()
        site.server = house.base
        faces = (Face("page", house.base, "text"), Face("bubble", site.base, "launcher"))
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))
        try:
            print("| face | screen | requests | KB over the wire | ready p50 ms | ready p95 ms | answer p50 ms |")
            print("|---|---|---|---|---|---|---|")
            for face in faces:
                for phone in (False, True):
                    visit(browser, face, phone=phone)
                    row = [visit(browser, face, phone=phone) for _ in range(visits)]
                    ready = sorted(one.ready for one in row)
                    print(
                        f"| {face.name} | {f'390 pixels, {SLOWER} times slower' if phone else '1280 pixels'} "
                        f"| {statistics.median(one.requests for one in row):.0f} "
                        f"| {statistics.median(one.bytes for one in row) / 1024:.1f} "
                        f"| {statistics.median(ready):.0f} | {ready[int(len(ready) * 0.95)]:.0f} "
                        f"| {statistics.median(one.answer for one in row):.0f} |",
                        flush=True,
                    )
            tell_people(browser, house, visits)
        finally:
            browser.close()
            house.kill()
    return 0


if __name__ == "__main__":
    sys.exit(main())
