"""The page of each check: what it means, a document that has the finding, and one that has not."""

from __future__ import annotations

from pathlib import Path

import bythebook


def pages_folder() -> Path:
    """Return where the pages are: in the package once it is installed, else in the project's docs."""
    package = Path(bythebook.__file__).parent
    installed = package / "check_pages"
    return installed if installed.is_dir() else package.parent.parent / "docs" / "checks"


def read_page(name: str) -> str | None:
    """Return a check's page as Markdown, or None where there is none."""
    try:
        return (pages_folder() / f"{name}.md").read_text(encoding="utf-8")
    except OSError:
        return None
