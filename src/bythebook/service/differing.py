"""Two releases of a document compared: the words customers get, and the ways through it. Pure.

Lines are told by what they say, and not by their labels alone: a line that was put in before others moves them, and
changes none of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import Final

from bythebook.routine.graph import Edge, Node, graph_of
from bythebook.routine.model import Ask, Collect, Say
from bythebook.routine.wording import Release

_MARKER: Final = re.compile(r"^\s*(?:[-*+•]\s+)?(?:\\?\(?[0-9A-Za-z.]{1,8}\\?[.):]\s+)?")


@dataclass(frozen=True, slots=True)
class WordsChanged:
    """A text that customers get, before and after; empty where there is none."""

    place: str
    """Where it stands: `line 2a`, `phrase for line 4`, `house phrase sorry`, `article: What is a BAA?`."""

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
        tuple(_wording(approved_texts(before), approved_texts(after))),
        tuple(_only(gone, new)),
        tuple(_only(new, gone)),
    )


def approved_texts(release: Release) -> Mapping[str, str]:
    """Return every text that customers can get, by where it stands."""
    texts: dict[str, str] = {}
    for line in release.routine.lines:
        if isinstance(line.instruction, Say | Ask | Collect) and line.instruction.text:
            texts[f"line {line.label}"] = line.instruction.text
    wording = release.wording
    texts |= {f"phrase for line {label}": phrase.text for label, phrase in wording.lines.items()}
    texts |= {f"phrase for the result of {name}": phrase.text for name, phrase in wording.functions.items()}
    texts |= {f"house phrase {name}": phrase.text for name, phrase in wording.house.items()}
    texts |= {f"article: {topic.question}": topic.text for topic in release.routine.article.topics}
    texts |= {
        f"link: {link.words}": f"line {link.line}" if link.line else link.address or "" for link in wording.links
    }
    return texts


def _wording(before: Mapping[str, str], after: Mapping[str, str]) -> Iterator[WordsChanged]:
    yield from _lines(
        *([(place, text) for place, text in texts.items() if _is_line(place)] for texts in (before, after))
    )
    for place in dict.fromkeys((*before, *after)):
        was, now = before.get(place, ""), after.get(place, "")
        if was != now and not _is_line(place):
            yield WordsChanged(place, was, now)


def _lines(before: Sequence[tuple[str, str]], after: Sequence[tuple[str, str]]) -> Iterator[WordsChanged]:
    """Yield the quoted lines that changed, in document order; one that others moved is not among them."""
    was_said, is_said = ([text for _, text in lines] for lines in (before, after))
    for kind, first, last, start, end in SequenceMatcher(None, was_said, is_said, autojunk=False).get_opcodes():
        if kind == "equal":
            continue
        for was, now in zip_longest(before[first:last], after[start:end]):
            place = (now or was or ("", ""))[0]
            yield WordsChanged(place, was[1] if was is not None else "", now[1] if now is not None else "")


def _is_line(place: str) -> bool:
    return place.startswith("line ")


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
