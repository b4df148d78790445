"""The pages that `bythebook prove` and `bythebook audit` write, for paper and phone, in light and dark."""

from __future__ import annotations

from pathlib import Path

import pytest

from bythebook.cli.main import main
from tests.browser.conftest import Window

SHOP = """\
# Shop

1. Ask the customer: "Which order is it about?"
   - Tell the customer: "We look for an-order-with-quite-a-long-name-that-nobody-has-ever-broken-into-parts-anywhere."
2. Ask: "Is there anything else I can help you with?"
   - If not, call `case_resolution`.

Functions:
- `case_resolution`: ends the case.
"""


@pytest.mark.parametrize("holds", [True, False])
def test_a_proof_is_a_page_to_read(window: Window, tmp_path: Path, holds: bool) -> None:
    (tmp_path / "shop.md").write_text(SHOP)
    rule = "after the end only a human" if holds else "never case_resolution"
    command = ["prove", str(tmp_path / "shop.md"), "--rule", rule, "--report", str(tmp_path / "proof.html")]
    assert main([*command, "--meanings", "1", "--states", "200"]) == (0 if holds else 1)
    page = shown(window, tmp_path / "proof.html", f"proof-{holds}")
    assert page == ("All holds" if holds else "1 property does not hold")


def test_an_audit_is_a_page_to_read(window: Window, tmp_path: Path) -> None:
    command = ["audit", "--database", str(window.house.database), "--report", str(tmp_path / "audit.html")]
    assert main(command) == 0
    assert shown(window, tmp_path / "audit.html", "audit") == "All holds"


def shown(window: Window, file: Path, name: str) -> str:
    """Look at a report as it is opened from a disk; return what it begins with saying."""
    page = window.visitor()
    for colours in ("light", "dark"):
        page.emulate_media(color_scheme=colours)
        page.set_content(file.read_text())
        window.expect_good(page)
    window.shot(page, name)
    window.expect_nothing()
    return page.locator("p strong").first.inner_text().rstrip(".").partition(",")[0]
