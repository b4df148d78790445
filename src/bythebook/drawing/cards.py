"""What stands on the picture: a card for each step with its lines as rows, and the links between the cards."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from typing import Final

from bythebook.drawing.measure import Face, width_of, wrapped
from bythebook.routine.graph import RESOLVED, Edge, EdgeKind, Graph, Node, NodeKind, any_time
from bythebook.routine.model import STANDING, ConditionKind

PADDING: Final = 12.0
INDENT: Final = 12.0
"""Of a line under another."""

INDENTS_MAX: Final = 4
TITLE_SIZE: Final = 13.0
TEXT_SIZE: Final = 12.0
LEADING: Final = 16.0
"""From one line of text to the next."""

GAP: Final = 7.0
"""Between rows."""

TITLE_LINES_MAX: Final = 3
ROW_LINES_MAX: Final = 4
LABEL_WIDTH_MIN: Final = 26.0
"""Room for a row's label before its words."""


class Ink(Enum):
    """How words are set; each is a class of the picture's style."""

    TITLE = "title"
    SAID = "said"
    """Quoted: said word for word."""

    MEANT = "meant"
    """Said in words that somebody approves."""

    CALL = "call"
    IF = "if"
    GO = "go"
    PERSON = "person"
    DONE = "done"
    PLAIN = "plain"


@dataclass(frozen=True, slots=True)
class Text:
    """One line of text; its place is counted from the card's corner, the base line."""

    words: str
    x: float
    y: float
    ink: Ink


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the routine on its step's card."""

    node: Node
    texts: tuple[Text, ...]
    top: float
    height: float

    @property
    def middle(self) -> float:
        """Where links leave the row, counted from the card's top."""
        return self.top + self.height / 2


@dataclass(frozen=True, slots=True)
class Card:
    """A step with its rows."""

    node: Node
    titles: tuple[Text, ...]
    at_any_time: bool
    """Its condition is met by what somebody says, not asked for."""

    rows: tuple[Row, ...]
    head: float
    """The height of the head, where links come in."""

    height: float


class LinkKind(Enum):
    NEXT = "next"
    CONDITION = "condition"
    OTHERWISE = "otherwise"
    CLOSE = "close"
    JUMP = "jump"
    BACK = "back"


@dataclass(frozen=True, slots=True)
class Link:
    """A way from one card, or one of its rows, to another card."""

    source: int
    """The index of the card."""

    target: int
    kind: LinkKind
    row: int | None = None
    """The index of the row that it leaves; None where it leaves the card as a whole."""

    target_row: int | None = None
    """The row that it comes to, where that is not the card as a whole."""


@dataclass(frozen=True, slots=True)
class _Index:
    """Where the nodes of a graph stand on the cards."""

    card: Mapping[str, int]
    row: Mapping[str, int]
    nodes: Mapping[str, Node]
    leaving: Mapping[str, Sequence[Edge]]


def cards_of(graph: Graph, width: float) -> tuple[Card, ...]:
    """Return a card for each step of a graph, in document order, so many pixels wide."""
    index = _index(graph)
    by_step: dict[str, list[Node]] = {}
    for node in graph.nodes:
        if node.step is not None and node.kind is not NodeKind.STEP:
            by_step.setdefault(node.step, []).append(node)
    steps = (node for node in graph.nodes if node.kind is NodeKind.STEP)
    return tuple(_card(step, by_step.get(step.label, ()), index, width) for step in steps)


def _index(graph: Graph) -> _Index:
    card: dict[str, int] = {}
    row: dict[str, int] = {}
    at = -1
    count = 0
    for node in graph.nodes:
        if node.kind is NodeKind.STEP:
            at, count = at + 1, 0
            card[node.id] = at
        elif node.step is not None:
            card[node.id], row[node.id] = at, count
            count += 1
    leaving: dict[str, list[Edge]] = {}
    for edge in graph.edges:
        leaving.setdefault(edge.source, []).append(edge)
    return _Index(card, row, {node.id: node for node in graph.nodes}, leaving)


def _card(step: Node, lines: Sequence[Node], index: _Index, width: float) -> Card:
    condition = step.condition
    standing = step.label.startswith(STANDING)
    said = condition is not None and any_time(condition) and condition.question is None
    words = plain_words(step.words).rstrip(":")
    if condition is not None:
        words = "Otherwise" if condition.kind is ConditionKind.OTHERWISE else f"If {condition.text}"
    # A step that is its own line needs no title: the row carries its number.
    bare = condition is None and not standing and any(line.label == step.label for line in lines)
    parts = (
        []
        if bare
        else [(words if standing else f"{step.label}  {words}".rstrip(), Ink.TITLE if condition is None else Ink.IF)]
    )
    if said or standing:
        parts.append(("whenever somebody says so", Ink.PLAIN))
    if step.path is not None:
        parts.insert(0, (step.path, Ink.PLAIN))
    titles: list[Text] = []
    y = PADDING + TITLE_SIZE - 2
    for told, ink in parts:
        face = Face(TEXT_SIZE) if ink is Ink.PLAIN else Face(TITLE_SIZE, bold=True)
        for line in wrapped(told, width - 2 * PADDING, face, TITLE_LINES_MAX):
            titles.append(Text(line, PADDING, y, ink))
            y += LEADING
    head = PADDING + LEADING * len(titles) - (GAP if bare else 0)
    depth: dict[str, int] = {}
    rows: list[Row] = []
    y = head
    for node in lines:
        depth[node.label] = depth.get(node.parent or "", -1) + 1
        x = PADDING + INDENT * min(depth[node.label], INDENTS_MAX)
        own = node.label == step.label
        row = _row(
            node, Text("" if own and not bare else node.label, x, y, Ink.TITLE if own else Ink.PLAIN), index, width
        )
        rows.append(row)
        y += row.height
    return Card(step, tuple(titles), said, tuple(rows), head, y + PADDING)


def _row(node: Node, label: Text, index: _Index, width: float) -> Row:
    """Return a row; the label's place is the row's upper left corner."""
    room = width_of(label.words, Face(TEXT_SIZE, bold=label.ink is Ink.TITLE)) + GAP
    left = label.x + (max(LABEL_WIDTH_MIN, room) if label.words else 0)
    top, y = label.y, label.y + GAP + LEADING - 4
    texts = [replace(label, y=y)] if label.words else []
    for words, ink in _words(node, index):
        face = Face(TEXT_SIZE, mono=ink is Ink.CALL)
        for line in wrapped(words, width - PADDING - left, face, ROW_LINES_MAX):
            texts.append(Text(line, left, y, ink))
            y += LEADING
    return Row(node, tuple(texts), top, max(LEADING, y - top - GAP - LEADING + 4) + GAP)


def plain_words(words: str) -> str:
    """Return words without the marks that make them bold or code."""
    return words.replace("**", "").replace("`", "")


def _words(node: Node, index: _Index) -> Iterator[tuple[str, Ink]]:
    condition = node.condition
    if condition is not None:
        otherwise = condition.kind is ConditionKind.OTHERWISE
        yield ("otherwise" if otherwise else f"if {condition.text}"), Ink.IF
    edges = index.leaving.get(node.id, ())
    match node.kind:
        case NodeKind.ASK if node.implied:
            yield "asks whether there is anything else", Ink.MEANT
        case NodeKind.SAY | NodeKind.ASK | NodeKind.COLLECT:
            yield (f"“{node.text}”", Ink.SAID) if node.text else (plain_words(node.words), Ink.MEANT)
            if any(edge.kind is EdgeKind.CLOSE for edge in edges):
                yield f"no → {index.nodes[edges[0].target].label}", Ink.IF
        case NodeKind.CALL:
            yield node.text, Ink.CALL
            if any(edge.target == RESOLVED for edge in edges):
                yield "the case is resolved", Ink.DONE
        case NodeKind.JUMP:
            back = any(edge.kind is EdgeKind.NEXT for edge in edges)
            yield f"→ {node.text}{', and back' if back else ''}", Ink.GO
        case NodeKind.LEAVE:
            yield "the path ends here", Ink.DONE
        case NodeKind.REPEAT:
            limit = next((edge.words for edge in edges if edge.kind is EdgeKind.LOOP), "")
            yield f"↺ {node.text} again, {limit}", Ink.GO
        case NodeKind.HAND_OVER:
            yield "→ a person takes over", Ink.PERSON
        case _ if condition is None:
            yield plain_words(node.words), Ink.PLAIN
        case _:
            pass


def links_of(graph: Graph) -> tuple[Link, ...]:
    """Return the links, each once: between cards, and from a row back to one of its own card."""
    index = _index(graph)
    drawn = [edge for edge in graph.edges if edge.source in index.card and edge.target in index.card]
    nexts = {
        (index.card[edge.source], index.card[edge.target])
        for edge in drawn
        if edge.kind is EdgeKind.NEXT or (edge.kind is EdgeKind.OTHERWISE and edge.source in index.row)
    }
    found: dict[Link, None] = {}
    for edge in drawn:
        link = _link(edge, index)
        if link is None:
            continue
        way = (link.source, link.target)
        if link.kind is LinkKind.OTHERWISE and way in nexts:
            link = replace(link, kind=LinkKind.NEXT)
        if link.kind is LinkKind.JUMP and link.target == link.source + 1 and way in nexts:
            continue  # the way that the walk takes by itself is drawn once
        found[link] = None
    return tuple(found)


def _link(edge: Edge, index: _Index) -> Link | None:
    source, target, row = index.card[edge.source], index.card[edge.target], index.row.get(edge.source)
    match edge.kind:
        case EdgeKind.NEXT | EdgeKind.OTHERWISE:
            plain = edge.kind is EdgeKind.NEXT or row is not None
            return Link(source, target, LinkKind.NEXT if plain else LinkKind.OTHERWISE) if target > source else None
        case EdgeKind.CONDITION:
            return Link(source, target, LinkKind.CONDITION, row) if target != source else None
        case EdgeKind.CLOSE if target > source:
            return Link(source, target, LinkKind.CLOSE, row)
        case _:
            back = target <= source
            return Link(source, target, LinkKind.BACK if back else LinkKind.JUMP, row, index.row.get(edge.target))
