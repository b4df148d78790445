"""The graph as Mermaid draws it, where pages render that: a node for each step, with the labels of its lines."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from typing import Final

from bythebook.drawing.cards import Link, LinkKind, links_of, plain_words
from bythebook.routine.graph import EdgeKind, Graph, Node, NodeKind

WORDS_MAX: Final = 60
EDGE_WORDS_MAX: Final = 40
_PLAIN: Final = {LinkKind.NEXT: "", LinkKind.OTHERWISE: "if not", LinkKind.CLOSE: "no"}


def as_mermaid(graph: Graph) -> str:
    """Return a flowchart of the steps."""
    steps = [node for node in graph.nodes if node.kind is NodeKind.STEP]
    lines: dict[str, list[Node]] = {step.label: [] for step in steps}
    for node in graph.nodes:
        if node.step is not None and node.kind is not NodeKind.STEP:
            lines[node.step].append(node)
    rows = ["flowchart TD"]
    rows += [f'    step{at}["{_shown(step, lines[step.label])}"]' for at, step in enumerate(steps)]
    rows += [_link(link, steps, lines) for link in links_of(graph)]
    rows += _outcomes(graph, {step.label: at for at, step in enumerate(steps)})
    return "\n".join(dict.fromkeys(rows))


def _shown(step: Node, lines: list[Node]) -> str:
    words = f"If {step.condition.text}" if step.condition is not None else plain_words(step.words)
    shown = textwrap.shorten(words, WORDS_MAX, placeholder=" …")
    labels = ", ".join(line.label for line in lines if line.label != step.label)
    return _escaped(f"{step.label}. {shown}") + (f"<br/>{_escaped(labels)}" if labels else "")


def _link(link: Link, steps: list[Node], lines: dict[str, list[Node]]) -> str:
    source, target = steps[link.source], steps[link.target]
    row = lines[source.label][link.row] if link.row is not None else None
    words = _PLAIN.get(link.kind)
    if words is None:
        holder = target if link.kind is LinkKind.CONDITION else row
        condition = holder.condition if holder is not None else None
        words = condition.name if condition is not None else ""
    kept = _escaped(textwrap.shorten(words, EDGE_WORDS_MAX, placeholder=" …"))
    dotted = link.kind is LinkKind.BACK
    arrow = f'-. "{kept}" .->' if kept and dotted else f'-- "{kept}" -->' if kept else "-.->" if dotted else "-->"
    return f"    step{link.source} {arrow} step{link.target}"


def _outcomes(graph: Graph, place: dict[str, int]) -> Iterator[str]:
    nodes = {node.id: node for node in graph.nodes}
    for edge in graph.edges:
        source, target = nodes[edge.source], nodes[edge.target]
        if source.step is None and target.kind is NodeKind.STEP and edge.kind is EdgeKind.CONDITION:
            words = textwrap.shorten(edge.words, WORDS_MAX, placeholder=" …")
            yield f'    word(["somebody says so"]) -. "{_escaped(words)}" .-> step{place[target.label]}'
        if source.step is None:
            continue
        if target.kind is NodeKind.HUMAN:
            yield f'    step{place[source.step]} --> human(["a person"])'
        elif target.kind is NodeKind.RESOLVED:
            yield f'    step{place[source.step]} --> resolved(["the case is resolved"])'


def _escaped(text: str) -> str:
    return text.replace("&", "#amp;").replace('"', "#quot;").replace("<", "#lt;").replace("`", "#96;")
