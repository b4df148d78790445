"""The picture as SVG: no script, nothing from elsewhere, light and dark, wide and narrow, words that can be selected.

One file holds the picture twice, side by side for wide windows and in one column for narrow ones; a rule of its
style shows the one that fits. Every step and line carries its label, its line in the document and its whole words as
its title.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from typing import Final

from bythebook.drawing.cards import TEXT_SIZE, TITLE_SIZE, Card, LinkKind, Text
from bythebook.drawing.measure import Face, wrapped
from bythebook.drawing.places import MARGIN, Placed, Way, place
from bythebook.routine.graph import Graph, Node, NodeKind
from bythebook.routine.model import Routine

ROOM_WIDE: Final = 1240.0
ROOM_NARROW: Final = 390.0
"""How wide the two pictures may be, in pixels."""

COLUMNS_MAX: Final = 4
"""Cards beside each other in the wide picture."""

CARDS_MAX: Final = 1_000
"""Steps beyond which nobody can look at a picture; `--format dot` writes larger ones."""

NARROW: Final = 760
"""Windows less wide than this, in pixels, show the picture in one column."""

HEADING_SIZE: Final = 17.0
LEGEND: Final = (
    ("said", "“quoted”: said word for word"),
    ("meant", "said in words that somebody approves"),
    ("call", "function(): a call"),
    ("if", "if: a condition"),
    ("go", "→ goes on elsewhere"),
    ("person", "→ a person takes over"),
)

STYLE: Final = """\
.bythebook-graph{--paper:#fbfaf7;--card:#fff;--ink:#1c1c1a;--soft:#6b6a64;--edge:#c9c6bc;--line:#77746a;--if:#0b5cad;\
--call:#6d3bb0;--person:#a83a12;--done:#1b7a3d;--go:#7a5a00;background:var(--paper);\
font-family:"Helvetica Neue",Helvetica,Arial,"Liberation Sans",sans-serif}
.bythebook-graph text{fill:var(--ink);white-space:pre}
.bythebook-graph .paper{fill:var(--paper)}
.bythebook-graph .card rect{fill:var(--card);stroke:var(--edge)}
.bythebook-graph .any rect{stroke-dasharray:5 4}
.bythebook-graph .head{font-weight:700;font-size:13px}
.bythebook-graph .row.title{font-weight:700}
.bythebook-graph .head.plain{font-weight:400;font-size:12px}
.bythebook-graph .heading{font-weight:700;font-size:17px}
.bythebook-graph .small,.bythebook-graph .row{font-size:12px}
.bythebook-graph .small,.bythebook-graph .plain,.bythebook-graph .meant{fill:var(--soft)}
.bythebook-graph .meant{font-style:italic}
.bythebook-graph .said{fill:var(--ink)}
.bythebook-graph .if{fill:var(--if)}
.bythebook-graph .call{fill:var(--call);font-family:ui-monospace,Menlo,Consolas,"Liberation Mono",monospace}
.bythebook-graph .go{fill:var(--go)}
.bythebook-graph .person{fill:var(--person)}
.bythebook-graph .done{fill:var(--done)}
.bythebook-graph path{fill:none;stroke:var(--line);stroke-width:1.4}
.bythebook-graph .tip{fill:var(--line);stroke:none}
.bythebook-graph .tip.condition,.bythebook-graph .tip.close{fill:var(--if)}
.bythebook-graph .tip.jump,.bythebook-graph .tip.back{fill:var(--go)}
.bythebook-graph .link.condition path,.bythebook-graph .link.close path{stroke:var(--if)}
.bythebook-graph .link.jump path,.bythebook-graph .link.back path{stroke:var(--go);stroke-dasharray:6 3}
.bythebook-graph .link:hover path{stroke-width:3}
.bythebook-graph .card:hover rect{stroke:var(--line)}
@media (prefers-color-scheme:dark){.bythebook-graph{--paper:#161614;--card:#21211e;--ink:#ecebe6;--soft:#a5a39a;\
--edge:#474640;--line:#99968b;--if:#7db8f5;--call:#c3a2f2;--person:#f39a72;--done:#79cf97;--go:#dcbb5c}}
"""


def as_svg(routine: Routine, graph: Graph, name: str) -> str:
    """Return the picture of a routine; `name` is said where the document has no title."""
    heading = routine.article.title or name
    lines = sum(len(step.lines) for step in routine.steps)
    about = f"{len(routine.steps)} steps, {lines} lines · document {routine.digest[:12]}"
    wide = _View(graph, heading, about, COLUMNS_MAX)
    narrow = _View(graph, heading, about, 1)
    fits = f"@media (max-width:{NARROW}px){{"
    sizes = (
        f"#bythebook{{width:{_n(wide.width)}px;height:{_n(wide.height)}px}}\n"
        f".bythebook-graph .narrow{{display:none}}\n"
        f"{fits}#bythebook{{width:{_n(narrow.width)}px;height:{_n(narrow.height)}px}}"
        f".bythebook-graph .wide{{display:none}}.bythebook-graph .narrow{{display:inline}}}}\n"
    )
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" id="bythebook" class="bythebook-graph" lang="en" '
        f'width="{_n(wide.width)}" height="{_n(wide.height)}" role="graphics-document" '
        f'aria-labelledby="bythebook-title bythebook-desc">',
        f'<title id="bythebook-title">{_text(heading)}</title>',
        f'<desc id="bythebook-desc">{_text(description(graph))}</desc>',
        f"<style>{STYLE}{sizes}</style>",
        "<defs>",
        *(_tip(kind) for kind in LinkKind),
        "</defs>",
        '<rect class="paper" width="100%" height="100%"/>',
        *wide.parts("wide"),
        *narrow.parts("narrow"),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def for_page(routine: Routine, graph: Graph, name: str) -> str:
    """Return the picture as part of a page, whose style it takes: each step and line leads to its line of the text.

    It comes twice, `wide` and `narrow`, for the page to show the one that fits.
    """
    heading = routine.article.title or name
    about = f"{len(routine.steps)} steps, document {routine.digest[:12]}"
    views = {"wide": _View(graph, heading, about, COLUMNS_MAX), "narrow": _View(graph, heading, about, 1)}
    tips = "".join(_tip(kind) for kind in LinkKind)
    parts = [f'<svg class="graph-tips" aria-hidden="true" width="0" height="0"><defs>{tips}</defs></svg>']
    for kind, view in views.items():
        width, height = _n(view.width), _n(view.height)
        parts += [
            f'<svg class="bythebook-graph {kind}" width="{width}" height="{height}" viewBox="0 0 {width} {height}" '
            f'role="group" aria-label="{_text(description(graph))}">',
            *view.parts(f"{kind}-parts", kind),
            "</svg>",
        ]
    return "\n".join(parts)


def description(graph: Graph) -> str:
    """Return what the picture shows, in words."""
    count = {kind: sum(node.kind is kind for node in graph.nodes) for kind in NodeKind}
    told = [
        f"{count[kind]} {one if count[kind] == 1 else many}"
        for kind, one, many in (
            (NodeKind.STEP, "step", "steps"),
            (NodeKind.ASK, "question", "questions"),
            (NodeKind.COLLECT, "question for values", "questions for values"),
            (NodeKind.CALL, "call of a function", "calls of functions"),
            (NodeKind.JUMP, "place where it goes on elsewhere", "places where it goes on elsewhere"),
            (NodeKind.HAND_OVER, "place where a person takes over", "places where a person takes over"),
        )
        if count[kind]
    ]
    return f"A routine with {', '.join(told)}. The steps follow in the order of the document."


class _View:
    """The picture at one width."""

    def __init__(self, graph: Graph, heading: str, about: str, columns_max: int) -> None:
        room = ROOM_NARROW if columns_max == 1 else ROOM_WIDE
        self.headings = wrapped(heading, room - 2 * MARGIN, Face(HEADING_SIZE, bold=True), 4)
        self.about = about
        legend_columns = 1 if columns_max == 1 else 2
        legend_rows = -(-len(LEGEND) // legend_columns)
        self.legend = tuple(
            (kind, words, MARGIN + (at // legend_rows) * 260, at % legend_rows)
            for at, (kind, words) in enumerate(LEGEND)
        )
        top = MARGIN + 22 * len(self.headings) + 26
        self.legend_top = top
        self.placed: Placed = place(graph, columns_max, room, top + 17 * legend_rows + 30)
        self.width = max(self.placed.width, ROOM_NARROW if columns_max == 1 else 560)
        self.shift = round((self.width - self.placed.width) / 2, 1)
        self.height = self.placed.height

    def parts(self, name: str, leads: str = "") -> Iterator[str]:
        """Yield the picture; with `leads` each step and line leads to its line of the text, and can be led to."""
        yield f'<g class="{name}">'
        y = MARGIN
        for line in self.headings:
            y += 22
            yield f'<text class="heading" x="{_n(MARGIN)}" y="{_n(y)}">{_text(line)}</text>'
        yield f'<text class="small" x="{_n(MARGIN)}" y="{_n(y + 18)}">{_text(self.about)}</text>'
        for kind, words, x, row in self.legend:
            y = self.legend_top + 17 * (row + 1)
            yield f'<text class="row {kind}" x="{_n(x)}" y="{_n(y)}">{_text(words)}</text>'
        yield f'<g transform="translate({_n(self.shift)} 0)">'
        cards = self.placed.cards
        for way in self.placed.ways:
            yield _link(way, cards)
        first = self.placed.corners[0] if self.placed.corners else None
        if first is not None:
            x = first[0] + self.placed.card_width / 2
            yield f'<path d="M{_n(x)} {_n(first[1] - 22)}V{_n(first[1])}" marker-end="url(#bythebook-next)"/>'
        for card, (x, y) in zip(cards, self.placed.corners, strict=True):
            yield from _card(card, x, y, self.placed.card_width, leads)
        yield "</g></g>"


def _tip(kind: LinkKind) -> str:
    return (
        f'<marker id="bythebook-{kind.value}" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="7" markerHeight="7" '
        f'orient="auto-start-reverse"><path class="tip {kind.value}" d="M0 0L10 5L0 10z"/></marker>'
    )


def _link(way: Way, cards: Sequence[Card]) -> str:
    link = way.link
    source, target = cards[link.source], cards[link.target]
    place = source.rows[link.row].node.label if link.row is not None else source.node.label
    told = {
        LinkKind.NEXT: "then",
        LinkKind.CONDITION: "if " + (target.node.condition.text if target.node.condition is not None else ""),
        LinkKind.OTHERWISE: "if not",
        LinkKind.CLOSE: "a no leads to",
        LinkKind.JUMP: "goes on at",
        LinkKind.BACK: "goes back to",
    }[link.kind]
    label = ""
    if link.kind is LinkKind.OTHERWISE:
        x, y = way.start
        label = f'<text class="small" x="{_n(x + 5)}" y="{_n(y + 14)}">if not</text>'
    return (
        f'<g class="link {link.kind.value}"><title>{_text(f"{place}: {told}: {target.node.label}")}</title>'
        f'<path d="{way.path}" marker-end="url(#bythebook-{link.kind.value})"/>{label}</g>'
    )


def _card(card: Card, x: float, y: float, width: float, leads: str) -> Iterator[str]:
    kind = "card any" if card.at_any_time else "card"
    yield f'<g class="{kind}" role="graphics-object" transform="translate({_n(x)} {_n(y)})">'
    yield f"<title>{_text(_told(card.node))}</title>"
    yield f'<rect width="{_n(width)}" height="{_n(card.height)}" rx="8"/>'
    yield from _leading(card.node, leads, [_print(text, "head") for text in card.titles])
    for row in card.rows:
        yield f'<g role="graphics-object"><title>{_text(_told(row.node))}</title>'
        yield from _leading(row.node, leads, [_print(text, "row") for text in row.texts])
        yield "</g>"
    yield "</g>"


def _leading(node: Node, leads: str, printed: Sequence[str]) -> Iterator[str]:
    """Yield what is printed of a step or line, within a link to its line of the text where it leads there."""
    if not leads or node.line is None or not printed:
        yield from printed
        return
    label = _text(node.label)
    yield f'<a class="leads" id="{leads}-{_text(node.id)}" href="#t{node.line}" data-label="{label}">'
    yield from printed
    yield "</a>"


def _print(text: Text, size: str) -> str:
    return f'<text class="{size} {text.ink.value}" x="{_n(text.x)}" y="{_n(text.y)}">{_text(text.words)}</text>'


def _told(node: Node) -> str:
    place = f" (line {node.line})" if node.line is not None else ""
    return f"{node.label}{place}: {node.words}"


def _text(words: str) -> str:
    """Return words as they may stand in SVG: marks escaped, characters that XML does not know left out."""
    return escape(
        "".join(
            one
            for one in words
            if one in "\t\n" or (one >= " " and not "\ud800" <= one <= "\udfff" and one not in "\ufffe\uffff")
        ),
        quote=True,
    )


def _n(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")


assert (TEXT_SIZE, TITLE_SIZE) == (12.0, 13.0), "the style says so too"
