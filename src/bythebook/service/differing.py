"""Two releases of a document compared: the words customers get, and the ways through it. Pure.

Lines are told by what they say, and not by their labels alone: a line that was put in before others moves them, and
changes none of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from bythebook.compiler.differences import Change, said
from bythebook.compiler.differences import differences as told_differently
from bythebook.routine.graph import Edge, Node, graph_of
from bythebook.routine.wording import Release

_MARKER: Final = re.compile(r"^\s*(?:[-*+•]\s+)?(?:\\?\(?[0-9A-Za-z.]{1,8}\\?[.):]\s+)?")


@dataclass(frozen=True, slots=True)
class WordsChanged:
    """A text that customers get, before and after; empty where there is none."""

    place: str
    """Where it stands: `line 2a`, `result of find_order`, `house phrase sorry`."""

    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Way:
    """A way from one line or step to another."""

    source: str
    target: str
    when: str
    """The condition in the document's words, empty where there is none."""


@dataclass(frozen=True, slots=True)
class Differences:
    """What two releases do not have in common."""

    wording: tuple[WordsChanged, ...]
    ways_gone: tuple[Way, ...]
    ways_new: tuple[Way, ...]

    def __bool__(self) -> bool:
        return bool(self.wording or self.ways_gone or self.ways_new)


def differences(before: Release, after: Release) -> Differences:
    """Return what changed from one release to another: wording first, by place; then ways."""
    gone, new = _ways(before), _ways(after)
    return Differences(
        tuple(_words(change) for change in told_differently(said(before, {}), said(after, {}))),
        tuple(_only(gone, new)),
        tuple(_only(new, gone)),
    )


def _words(change: Change) -> WordsChanged:
    place = next(one.where for one in (change.after, change.before) if one is not None)
    was, now = (one.text if one is not None else "" for one in (change.before, change.after))
    return WordsChanged(place, was, now)


def _ways(release: Release) -> Mapping[tuple[str, str, str, str], list[Way]]:
    graph = graph_of(release.routine, release.document)
    nodes = {node.id: node for node in graph.nodes}
    found: dict[tuple[str, str, str, str], list[Way]] = {}
    for edge in graph.edges:
        key = (_said(nodes, edge.source), _said(nodes, edge.target), edge.kind.value, edge.words)
        found.setdefault(key, []).append(_way(nodes, edge))
    return found


def _only(
    here: Mapping[tuple[str, str, str, str], list[Way]], there: Mapping[tuple[str, str, str, str], list[Way]]
) -> Iterator[Way]:
    for key, ways in here.items():
        yield from ways[len(there.get(key, ())) :]


def unmarked(text: str) -> str:
    """Return a line of a document without the number, letter or dash that it begins with."""
    return _MARKER.sub("", text).strip()


def _said(nodes: Mapping[str, Node], node: str) -> str:
    """Return what tells a line from others whatever its label."""
    found = nodes[node]
    return f"{found.kind.value}: {found.text or _MARKER.sub('', found.words)}"


def _way(nodes: Mapping[str, Node], edge: Edge) -> Way:
    otherwise = "" if edge.words or edge.kind.value != "otherwise" else "otherwise"
    return Way(_named(nodes[edge.source]), _named(nodes[edge.target]), edge.words or otherwise)


def _named(node: Node) -> str:
    words = node.text or _MARKER.sub("", node.words)
    return f"{node.label}: {words}" if node.label else words
