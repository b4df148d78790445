"""`bythebook graph`: draw a document's routine, to be looked at, printed or kept beside the document."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Final

from bythebook.adapters.folder import find_document
from bythebook.adapters.library import read_routine
from bythebook.adapters.shelf import house
from bythebook.cli.common import EXIT_FAILED, add_document, explained
from bythebook.compiler.release import build_release
from bythebook.drawing.dot import as_dot
from bythebook.drawing.mermaid import as_mermaid
from bythebook.drawing.svg import CARDS_MAX, as_svg
from bythebook.routine.graph import Edge, Graph, Node, graph_of
from bythebook.routine.model import Routine
from bythebook.source.span import SourceFile

FORMATS: Final = {"svg": ".svg", "dot": ".dot", "mermaid": ".mmd", "json": ".json"}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    add_document(parser)
    parser.add_argument("-o", "--output", default="", metavar="FILE", help="write it there; else it is printed")
    parser.add_argument(
        "--format",
        choices=tuple(FORMATS),
        default=None,
        help="svg (the default), dot, mermaid or json; without it, the ending of FILE tells",
    )


def run(arguments: argparse.Namespace) -> int:
    """Draw the document; 1 where it has errors (what was understood is drawn), 2 where it cannot be drawn."""
    return explained(lambda: _draw(arguments))


def _draw(arguments: argparse.Namespace) -> int:
    found = read_routine(find_document(arguments.document))
    release, compiled, _ = build_release(found.name, found.files, house())
    routine = release.routine if release is not None else compiled.routine
    wanted = arguments.format or _by_ending(arguments.output)
    if wanted == "svg" and len(routine.steps) > CARDS_MAX:
        told = f"{len(routine.steps):,} steps are too many for a picture ({CARDS_MAX:,} at most); write --format dot"
        print(f"bythebook: {told}", file=sys.stderr)
        return EXIT_FAILED
    text = _written(wanted, routine, graph_of(routine, compiled.file), found.name, compiled.file)
    if arguments.output:
        try:
            Path(arguments.output).write_text(text, encoding="utf-8")
        except OSError as failure:
            print(f"bythebook: cannot write {arguments.output}: {failure.strerror}", file=sys.stderr)
            return EXIT_FAILED
    else:
        print(text, end="")
    return 0 if compiled.ok else 1


def _by_ending(output: str) -> str:
    ending = Path(output).suffix.lower()
    return next((name for name, kept in FORMATS.items() if kept == ending), "svg")


def _written(wanted: str, routine: Routine, graph: Graph, name: str, file: SourceFile) -> str:
    match wanted:
        case "dot":
            return as_dot(graph, routine.article.title or name)
        case "mermaid":
            return as_mermaid(graph) + "\n"
        case "json":
            return json.dumps(as_data(graph, file), ensure_ascii=False, indent=2) + "\n"
        case _:
            return as_svg(routine, graph, name)


def as_data(graph: Graph, file: SourceFile) -> dict[str, object]:
    """Return the graph as plain data, places as lines and columns from 1."""
    return {
        "nodes": [_node(node, file) for node in graph.nodes],
        "edges": [_edge(edge) for edge in graph.edges],
    }


def _node(node: Node, file: SourceFile) -> dict[str, object]:
    data: dict[str, object] = {"id": node.id, "kind": node.kind.value, "label": node.label, "words": node.words}
    data |= {"text": node.text, "step": node.step, "parent": node.parent}
    data |= {"path": node.path, "implied": node.implied}
    data["condition"] = node.condition.text if node.condition is not None else None
    if node.span is not None:
        data["line"], data["column"] = file.position(node.span.start)
    return data


def _edge(edge: Edge) -> dict[str, object]:
    return {
        "source": edge.source,
        "target": edge.target,
        "kind": edge.kind.value,
        "words": edge.words,
        "name": edge.name,
    }
