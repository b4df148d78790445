"""The picture of a document as a browser shows it: wide and narrow, light and dark, words on their cards."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from bythebook.cli.main import main

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(("width", "shown", "hidden"), [(1280, "wide", "narrow"), (390, "narrow", "wide")])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_shipped_document(
    browser: Browser, tmp_path: Path, width: int, shown: str, hidden: str, scheme: str
) -> None:
    main(["graph", "-o", str(tmp_path / "a.svg")])
    context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto((tmp_path / "a.svg").as_uri())
    assert page.locator(f".{shown}").is_visible() and not page.locator(f".{hidden}").is_visible()
    size = page.evaluate("document.documentElement.getBoundingClientRect().width")
    assert size <= width
    spilt = page.evaluate(
        """shown => [...document.querySelectorAll(`.${shown} .card`)].flatMap(card => {
          const box = card.querySelector("rect").getBoundingClientRect();
          return [...card.querySelectorAll("text")].filter(text => {
            const own = text.getBoundingClientRect();
            return own.right > box.right + 1 || own.bottom > box.bottom + 1 || own.left < box.left;
          }).map(text => text.textContent);
        })""",
        shown,
    )
    assert spilt == []
    ink = page.locator(f".{shown} .card text").first.evaluate("text => getComputedStyle(text).fill")
    assert ink == ("rgb(28, 28, 26)" if scheme == "light" else "rgb(236, 235, 230)")
    page.locator(f".{shown} .card text").first.click(click_count=3)
    assert page.evaluate("getSelection().toString()").strip()
    context.close()
