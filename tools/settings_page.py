"""Write docs/settings.md from the settings' own table, so that no knob is undocumented. `--check` only compares."""

from __future__ import annotations

import sys
from dataclasses import fields
from pathlib import Path

from bythebook.settings import PREFIX, Settings

PAGE = Path(__file__).parent.parent / "docs" / "settings.md"
HEAD = """\
# Settings

Read from the environment when a command starts; an argument of the command wins over it. A name that begins with
`BYTHEBOOK_` and is not in this table is refused, so that a slip does not pass unseen.

| variable | default | what it does |
|---|---|---|
"""
FOOT = """
What belongs to a document stands beside it, in its `phrases.toml`:

```toml
[conduct]
nudge_after_s = 600          # seconds of silence until the customer is told that nobody hurries them; 0 for never
abandon_after_s = 259200     # seconds of silence until a case is abandoned
resolve_on_silence = false   # run the resolution when a served customer leaves the closing question open
ask_anyway = false           # ask a question even when the opening already answered it
day_first = false            # read 3/4/2027 as the third of April, not the fourth of March
first = ""                   # the document that a case goes through before this one: docs/several-documents.md
part = false                 # it only ever comes before others; nobody is sent to it for itself
two_people = false           # whoever approves a release is not who submitted it: docs/releases.md
title = ""                   # what customers see it called; empty for what its text says
notice = ""                  # what the chat asks customers not to share; empty for the usual words
```
"""


def page() -> str:
    """Return the page as it should be."""
    rows = (
        f"| `{PREFIX}{knob.name.upper()}` | {_shown(knob.default, about['empty'])} | {about['about']} |"
        for knob in fields(Settings)
        if (about := knob.metadata)
    )
    return HEAD + "\n".join(rows) + "\n" + FOOT


def _shown(default: object, empty: str) -> str:
    if isinstance(default, bool):
        return "`yes`" if default else "`no`"
    return f"`{default}`" if default != "" else empty


def main() -> int:
    """Write the page, or compare it; return 1 when it is stale."""
    if "--check" in sys.argv[1:]:
        current = PAGE.read_text(encoding="utf-8") if PAGE.exists() else ""
        if current != page():
            print(f"{PAGE.name} is stale: run `make format`", file=sys.stderr)
            return 1
        return 0
    PAGE.write_text(page(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
