"""Write docs/checks/README.md, the index of all findings, from their names. `--check` only compares."""

from __future__ import annotations

import sys
from pathlib import Path

from bythebook.compiler.check_names import GROUPS, RENAMED, SUMMARIES

PAGE = Path(__file__).parent.parent / "docs" / "checks" / "README.md"
HEAD = """\
# What `bythebook check` finds

Every finding has a name, and every name a page here: what it means, a document that has the finding with the exact
words of it, and one that has not. `bythebook check --explain NAME` prints the page, `bythebook check --list` lists
them.

An **error** keeps a document from running. A **warning** runs, but likely not as its author meant. How to go through
them, and how to accept one that is meant so, is in [Findings](../findings.md).
"""


def page() -> str:
    """Return the page as it should be."""
    parts = [HEAD]
    for title, names in GROUPS.items():
        rows = (f"| [`{name}`]({name}.md) | {SUMMARIES[name]} |" for name in names)
        parts.append("\n".join([f"\n## {title}\n", "| name | what it means |", "|---|---|", *rows]) + "\n")
    if RENAMED:
        rows = (f"| `{old}` | [`{new}`]({new}.md) |" for old, new in RENAMED.items())
        parts.append("\n".join(["\n## Names of old\n", "| name | now called |", "|---|---|", *rows]) + "\n")
    return "".join(parts)


def main() -> int:
    """Write the page, or compare it; return 1 when it is stale."""
    if "--check" in sys.argv[1:]:
        current = PAGE.read_text(encoding="utf-8") if PAGE.exists() else ""
        if current != page():
            print("docs/checks/README.md is stale: run `make format`", file=sys.stderr)
            return 1
        return 0
    PAGE.write_text(page(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
