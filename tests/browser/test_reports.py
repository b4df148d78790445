"""The pages that commands write to be kept: read on a phone and in the dark, with nothing from outside."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from bythebook.cli.main import main
from tests.browser.cards import cards_in
from tests.browser.conftest import AXE, build_frontend
from tests.browser.house import House
from tests.browser.test_desk import Customer
from tests.chromium import PHONE, WIDE

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Each report, as its command writes it."""
    folder = tmp_path_factory.mktemp("reports")
    document = cards_in(folder)
    house = House(folder, documents=[str(document)])
    house.start()
    try:
        customer = Customer(house.base)
        customer.say("I have a question about my cards")
        customer.say("M-1234")
    finally:
        house.stop()
    found = {"prove": folder / "prove.html", "audit": folder / "audit.html"}
    main(["prove", str(document), "--states", "300", "--report", str(found["prove"])])
    main(["audit", "--database", str(house.database), "--report", str(found["audit"])])
    return found


@pytest.mark.parametrize("colours", ["light", "dark"])
@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["wide", "phone"])
@pytest.mark.parametrize("name", ["prove", "audit"])
def test_a_report_is_read_by_everybody(
    browser: Browser, reports: dict[str, Path], name: str, size: dict[str, int], colours: str
) -> None:
    context = browser.new_context(
        viewport={"width": size["width"], "height": size["height"]},
        color_scheme="dark" if colours == "dark" else "light",
    )
    try:
        page = context.new_page()
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.goto(reports[name].as_uri())
        page.evaluate(build_frontend.AXE.read_text(encoding="utf-8"))
        assert page.evaluate(AXE) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
        assert asked == [reports[name].as_uri()], "nothing comes from outside"
    finally:
        context.close()
