"""The graph in the language of Graphviz, for those who have it: every line a node, every step a cluster."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from bythebook.drawing.cards import plain_words
from bythebook.routine.graph import Edge, EdgeKind, Graph, Node, NodeKind

WORDS_MAX: Final = 60
"""Characters of a node's words; the whole of them is its tooltip."""

_SHAPES: Final = {
    NodeKind.ASK: "hexagon",
    NodeKind.COLLECT: "hexagon",
    NodeKind.CALL: "component",
    NodeKind.GROUP: "diamond",
    NodeKind.START: "circle",
    NodeKind.HUMAN: "octagon",
    NodeKind.RESOLVED: "doublecircle",
    NodeKind.END: "doublecircle",
}
_STYLES: Final = {
    EdgeKind.CONDITION: "color=blue",
    EdgeKind.OTHERWISE: "style=dotted",
    EdgeKind.JUMP: "style=dashed",
    EdgeKind.LOOP: "style=dashed constraint=false",
    EdgeKind.HAND_OVER: "color=red",
    EdgeKind.CLOSE: "color=darkgreen",
}


def as_dot(graph: Graph, name: str) -> str:
    """Return the graph as a `digraph`."""
    rows = [f"digraph {_quoted(name)} {{", "  node [shape=box, fontname=Helvetica]; edge [fontname=Helvetica];"]
    opened = False
    for node in graph.nodes:
        if node.kind is NodeKind.STEP or node.step is None:
            rows += ["  }"] if opened else []
            opened = node.kind is NodeKind.STEP
            if opened:
                rows.append(f"  subgraph {_quoted(f'cluster {node.label}')} {{")
        rows.append(f"{'    ' if opened else '  '}{_node(node)}")
    rows += ["  }"] if opened else []
    rows += (f"  {text}" for edge in graph.edges for text in _edge(edge))
    return "\n".join([*rows, "}", ""])


def _node(node: Node) -> str:
    words = plain_words(node.text or node.words)
    shown = words if len(words) <= WORDS_MAX else f"{words[: WORDS_MAX - 1].rstrip()}…"
    label = f"{node.label}  {shown}".strip()
    place = f"line {node.line}: " if node.line is not None else ""
    shape = f", shape={_SHAPES[node.kind]}" if node.kind in _SHAPES else ""
    return f"{_quoted(node.id)} [label={_quoted(label)}, tooltip={_quoted(place + node.words)}{shape}];"


def _edge(edge: Edge) -> Iterator[str]:
    style = _STYLES.get(edge.kind, "")
    label = f"label={_quoted(edge.name or edge.words)}" if edge.words else ""
    kept = " ".join(part for part in (label, style) if part)
    yield f"{_quoted(edge.source)} -> {_quoted(edge.target)}{f' [{kept}]' if kept else ''};"


def _quoted(words: str) -> str:
    one_line = " ".join(words.split())
    return '"' + one_line.replace("\\", "\\\\").replace('"', '\\"') + '"'
