"""A report as a page that needs nothing else: to be read on paper and on a phone, in light and dark, and kept."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from html import escape
from typing import Final

STYLE: Final = """\
:root { color-scheme: light dark; --ink: #1d1c1a; --soft: #6b665e; --line: #d9d4ca; --paper: #fffdf9; --bad: #9c2b1f;
  --good: #2f6b3a }
@media (prefers-color-scheme: dark) { :root { --ink: #ece8e1; --soft: #a39d92; --line: #3d3a35; --paper: #191816;
  --bad: #f0958a; --good: #8fcf9b } }
body { margin: 0 auto; max-width: 46rem; padding: 2rem 1.2rem 4rem; background: var(--paper); color: var(--ink);
  font: 1.05rem/1.55 Georgia, "Times New Roman", serif }
h1 { font-size: 1.7rem; line-height: 1.2; margin: 0 0 .3rem } h2 { font-size: 1.15rem; margin: 2.2rem 0 .6rem }
p { margin: .4rem 0 } .soft { color: var(--soft) } .good { color: var(--good) } .bad { color: var(--bad) }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .25rem 1.2rem; margin: .6rem 0 }
dt { color: var(--soft) } dd { margin: 0; font-variant-numeric: tabular-nums; overflow-wrap: anywhere }
ul { list-style: none; margin: 0; padding: 0 } li { border-top: 1px solid var(--line); padding: .6rem 0 }
ol { margin: .5rem 0; padding: 0; list-style: none } ol li { border: 0; border-left: 3px solid var(--line);
  padding: .15rem 0 .15rem .8rem; overflow-wrap: anywhere } ol b { font-weight: 400; color: var(--soft) }
code { font: .88em/1.4 ui-monospace, Menlo, Consolas, monospace; overflow-wrap: anywhere }
@media (max-width: 30rem) { dl { grid-template-columns: 1fr; gap: 0 } dd { margin-bottom: .5rem } }
@media print { body { font-size: 10.5pt; max-width: none; padding: 0 } li { break-inside: avoid } }
"""


def page(title: str, body: Iterable[str]) -> str:
    """Return a whole page; what is in its body is markup already."""
    head = (
        "<!doctype html>",
        '<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">',
        f"<title>{escape(title)}</title><style>\n{STYLE}</style></head><body><main>",
    )
    return "\n".join((*head, *body, "</main></body></html>\n"))


def table(rows: Sequence[tuple[str, str]]) -> Iterator[str]:
    """Yield names with what belongs to them."""
    yield "<dl>"
    yield from (f"<dt>{escape(name)}</dt><dd>{escape(value)}</dd>" for name, value in rows)
    yield "</dl>"


def marked(holds: bool | None) -> str:
    """Return the mark of something that holds, does not, or cannot be told."""
    sign, kind, words = {
        True: ("\u2713", "good", "holds"),
        False: ("\u2717", "bad", "does not hold"),
        None: ("?", "soft", "not told"),
    }[holds]
    return f'<span class="{kind}" role="img" aria-label="{words}">{sign}</span>'


def words(text: str) -> str:
    """Return words as markup; what is to be typed stands between backticks."""
    return re.sub(r"`([^`]+)`", r"<code>\1</code>", escape(text))
