"""Small charts as SVG: bars from zero, labelled, without script or style of their own; a page's style colours them.

Widths are shares of the room there is and heights are pixels, so that letters stay as large in any window.
Whoever puts one on a page puts the same numbers beside it as a table.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from typing import Final

HEIGHT: Final = 200
TOP: Final = 18
BASE: Final = 172
"""Where the bars stand, in pixels from the top."""

GAP: Final = 0.22
"""How much of a bar's room stays free."""

MARKS_MAX: Final = 4
"""Lines across a chart above zero."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One column: its name below the axis, and its parts from the bottom up."""

    name: str
    told: str
    """What it says in words, for a pointer that rests on it."""

    parts: tuple[int, ...]


def stacked(title: str, told: str, bars: Sequence[Bar], inks: Sequence[str], name: str) -> str:
    """Return columns whose parts stand on each other. `inks` are class names, one a part; `name` makes ids."""
    steps = scale(max((sum(bar.parts) for bar in bars), default=0))
    top = steps[-1]
    parts = [
        f'<svg class="chart" role="img" width="100%" height="{HEIGHT}" aria-labelledby="{name}-title {name}-desc">',
        f'<title id="{name}-title">{escape(title)}</title><desc id="{name}-desc">{escape(told)}</desc>',
    ]
    for step in steps:
        y = _y(step, top)
        kind = "axis" if step == 0 else "mark"
        parts.append(f'<line class="{kind}" x1="0" x2="100%" y1="{_n(y)}" y2="{_n(y)}"/>')
        parts.append(f'<text class="amount" x="0" y="{_n(y - 4)}">{step:,}</text>')
    room = 92 / max(len(bars), 1)
    for at, bar in enumerate(bars):
        parts.extend(_column(bar, inks, 8 + at * room, room, top))
    parts.extend(_names(bars, room))
    return "".join([*parts, "</svg>"])


def _column(bar: Bar, inks: Sequence[str], x: float, room: float, top: int) -> Iterator[str]:
    yield f"<g><title>{escape(bar.told)}</title>"
    yield f'<rect class="room" x="{_n(x)}%" width="{_n(room)}%" y="{TOP}" height="{BASE - TOP}"/>'
    below = 0
    for count, ink in zip(bar.parts, inks, strict=True):
        if count:
            y, foot = _y(below + count, top), _y(below, top)
            left, wide = x + room * GAP / 2, room * (1 - GAP)
            yield (
                f'<rect class="part {ink}" x="{_n(left)}%" width="{_n(wide)}%" y="{_n(y)}" height="{_n(foot - y)}"/>'
            )
            below += count
    yield "</g>"


def _names(bars: Sequence[Bar], room: float) -> Iterator[str]:
    """Yield names of the first, the middle and the last column: more have no room on a phone."""
    if not bars:
        return
    last = len(bars) - 1
    shown = {0: "start", last: "end"} if last else {0: "start"}
    if last >= 6:
        shown[last // 2] = "middle"
    for at, anchor in shown.items():
        x = {"start": 8.0, "end": 100.0}.get(anchor, 8 + (at + 0.5) * room)
        yield f'<text class="name" text-anchor="{anchor}" x="{_n(x)}%" y="{BASE + 18}">{escape(bars[at].name)}</text>'


def row_bar(count: int, whole: int, ink: str = "") -> str:
    """Return a bar as wide as a count's share, for a table's row. It says nothing that the row does not."""
    width = 100 * count / whole if whole else 0
    return (
        '<svg class="row-bar" aria-hidden="true" width="100%" height="8"><rect class="room" width="100%" height="8"/>'
        f'<rect class="part {ink}" width="{_n(width)}%" height="8"/></svg>'
    )


def scale(highest: int) -> tuple[int, ...]:
    """Return the amounts that lines across a chart stand for: zero first, the last not below the highest bar."""
    step = 1
    while step * MARKS_MAX < highest:
        power = 10 ** (len(str(step)) - 1)
        lead = step // power
        step = {1: 2, 2: 5}.get(lead, 10) * power
    marks = max(-(-highest // step), 1)
    return tuple(step * at for at in range(marks + 1))


def _y(amount: float, top: int) -> float:
    return BASE - (BASE - TOP) * amount / top


def _n(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")
