"""Make the two pictures of the README: the chat, and its case at the desk.

    python tools/readme_pictures.py

Serves the shipped document, talks with it as a customer, and asks for a person. Needs Debian's Chromium.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import Final

from playwright.sync_api import Browser, Page, sync_playwright

ROOT: Final = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.browser.house import NAMES, PASSWORD, House  # noqa: E402 - they stand beside, in the repository
from tests.chromium import CHROMIUM, QUIET  # noqa: E402

from bythebook.service.people import Role  # noqa: E402

PICTURES: Final = ROOT / "docs" / "pictures"
BYTES_MAX: Final = 150_000
CHAT: Final = {"width": 800, "height": 800}
DESK: Final = {"width": 1240, "height": 760}


def talk(browser: Browser, house: House) -> str:
    """Talk with the document, take the picture, and ask for a person; return the case."""
    page = _page(browser, house, CHAT)
    page.goto("/")
    page.get_by_role("button", name="Show sources").click()
    _say(page, "hi")
    page.get_by_role("button", name="API", exact=True).click()
    page.get_by_text("Is there anything else").wait_for()
    page.mouse.move(0, 0)
    _keep(page, "chat.png")
    page.get_by_role("button", name="Talk to a person").click()
    page.get_by_text("Waiting for a person").wait_for()
    return str(page.evaluate("JSON.parse(localStorage.getItem('bythebook.case')).id"))


def look(browser: Browser, house: House, case: str) -> None:
    """Take the case at the desk, and the picture of it."""
    page = _page(browser, house, DESK)
    page.goto("/sign-in")
    page.get_by_label("Name").fill(NAMES[Role.HUMAN])
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("button", name="Sign out").wait_for()
    page.goto(f"/desk/cases/{case}")
    page.get_by_role("button", name="Take").first.click()
    page.get_by_text("with you").first.wait_for()
    page.get_by_text("2. If the customer requires a BAA for the API, then:").last.scroll_into_view_if_needed()
    page.mouse.move(0, 0)
    _keep(page, "case.png")


def _page(browser: Browser, house: House, size: dict[str, int]) -> Page:
    context = browser.new_context(base_url=house.base, viewport=size, reduced_motion="reduce")  # type: ignore[arg-type]
    return context.new_page()


def _say(page: Page, text: str) -> None:
    page.get_by_label("Your message").fill(text)
    page.keyboard.press("Enter")


def _keep(page: Page, name: str) -> None:
    page.wait_for_timeout(500)
    PICTURES.mkdir(exist_ok=True)
    page.screenshot(path=PICTURES / name)
    size = (PICTURES / name).stat().st_size
    print(f"docs/pictures/{name}: {size:,} bytes")
    assert size < BYTES_MAX, f"{name} is larger than {BYTES_MAX:,} bytes"


def main() -> int:
    """Make both."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        house = House(Path(folder))
        house.start()
        house.add_people()
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))
        try:
            look(browser, house, talk(browser, house))
        finally:
            browser.close()
            house.kill()
    return 0


if __name__ == "__main__":
    sys.exit(main())
