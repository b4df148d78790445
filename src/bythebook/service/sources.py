"""What a release approves to be said and called, line by line: what a log is compared with, word for word.

It reads the release and nothing of the engine's decisions, so it holds for cases whose words are gone, too: of the
document's own words the log keeps a digest.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from bythebook.engine.filling import template_of
from bythebook.engine.saying import HOUSE, Source
from bythebook.routine.model import Ask, Call, Collect, Say
from bythebook.routine.wording import Release

_PARTS: Final = re.compile(r"\{\{|\}\}|\{[^\W\d]\w*\}")


@dataclass(frozen=True, slots=True)
class Approved:
    """A text that may be sent."""

    label: str
    """The line's label, `article:N`, or `house:NAME`; the function's name for a result's phrase."""

    source: Source
    template: str
    """With `{name}` for each place that is filled in, and braces doubled."""

    place: int = 0
    """The line of the document where it stands, from 1; 0 where it stands beside the document."""

    draft: bool = False
    """Nobody has approved it: a document that is tried out says it, and production refuses it."""

    @property
    def whole(self) -> str | None:
        """The text as it is sent, where nothing is filled in."""
        parts = _PARTS.findall(self.template)
        if any(part not in ("{{", "}}") for part in parts):
            return None
        return self.template.replace("{{", "{").replace("}}", "}")

    @property
    def digest(self) -> str:
        """SHA-256 (hex) of the text as it is sent; empty where something is filled in."""
        whole = self.whole
        return hashlib.sha256(whole.encode()).hexdigest() if whole is not None else ""

    def says(self, text: str) -> bool:
        """Whether a text is this one, its places filled with anything."""
        pattern, at = "", 0
        for part in _PARTS.finditer(self.template):
            pattern += re.escape(self.template[at : part.start()])
            pattern += re.escape(part[0][0]) if part[0] in ("{{", "}}") else "(?:.*)"
            at = part.end()
        return re.fullmatch(pattern + re.escape(self.template[at:]), text, re.DOTALL) is not None


@dataclass(frozen=True, slots=True)
class Sources:
    """All that a release approves."""

    texts: tuple[Approved, ...]
    calls: Mapping[str, tuple[str, int]]
    """By line label: the function that it calls, and where the document says so."""

    resolution: str
    """The function that closes a case, empty where there is none."""

    def of(self, label: str, source: Source, functions: frozenset[str] = frozenset()) -> tuple[Approved, ...]:
        """Return what a line may say; a result is told by the phrase of one of the functions that the line calls."""
        labels = functions if source is Source.FUNCTION else frozenset((label,))
        return tuple(one for one in self.texts if one.source is source and one.label in labels)


def sources_of(release: Release) -> Sources:
    """Return what a release approves."""
    calls = {
        line.label: (line.instruction.function, _place(release, line.span.start))
        for line in release.routine.lines
        if isinstance(line.instruction, Call)
    }
    return Sources(tuple(_texts(release)), calls, release.routine.resolution_function or "")


def as_data(sources: Sources) -> dict[str, Any]:
    """Return the sources as JSON's plain data."""
    return {
        "texts": [
            {
                "label": one.label,
                "source": one.source.value,
                "template": one.template,
                "digest": one.digest,
                "document_line": one.place,
            }
            for one in sources.texts
        ],
        "calls": {
            label: {"function": name, "document_line": place} for label, (name, place) in sources.calls.items()
        },
        "resolution": sources.resolution,
    }


def _texts(release: Release) -> Iterator[Approved]:
    for line in release.routine.lines:
        said = line.instruction.text if isinstance(line.instruction, Say | Ask | Collect) else None
        if said is not None:
            template = template_of(said, line.holes)
            yield Approved(line.label, Source.QUOTED, template, _place(release, line.span.start))
    for label, phrase in release.wording.lines.items():
        yield Approved(label, Source.PHRASE, phrase.text, draft=not phrase.approved)
    for name, phrase in release.wording.functions.items():
        yield Approved(name, Source.FUNCTION, phrase.text, draft=not phrase.approved)
    for name, phrase in release.wording.house.items():
        yield Approved(f"{HOUSE}{name}", Source.HOUSE, phrase.text)
    for topic in release.routine.article.topics:
        plain = template_of(topic.text, ())
        yield Approved(topic.label, Source.ARTICLE, plain, _place(release, topic.span.start))


def _place(release: Release, offset: int) -> int:
    return release.document.position(offset)[0]
