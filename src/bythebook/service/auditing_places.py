"""Walks a case's log beside its release: whether every text is approved for its line, and every call in its place.

Nothing of the engine's decisions is used here, so that it is a second opinion, and holds where words are gone.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from bythebook.engine.saying import HOUSE, Source
from bythebook.service.sources import Approved, Sources

SPOKEN: Final = ("AssistantSaid", "Asked", "Offered", "LineQuoted")
DECIDED: Final = ("AssistantSaid", "Asked", "Offered", "FunctionCalled")


@dataclass(frozen=True, slots=True)
class Found:
    """Something that is not as it was written, or not as the document has it."""

    check: str
    """The finding's name: `chain`, `wording`, ..."""

    text: str
    case_id: str = ""
    version: int = 0
    """The place in the case's log, from 1; 0 where it is about the whole."""

    @property
    def where(self) -> str:
        """What it is about, in words."""
        if not self.case_id:
            return ""
        return f"{self.case_id}, event {self.version}" if self.version else self.case_id


@dataclass
class Walk:
    """Goes through one case, event by event."""

    case_id: str
    sources_of: Callable[[str], Sources | None]
    """What the release of a digest approves; None where it cannot be had."""

    texts: int = 0
    calls: int = 0
    filled: int = 0
    """Texts of which no more can be said than that their source exists: their words are gone, and had open places."""

    _sources: Sources | None = None
    _human: str = ""
    _resolved: int = 0
    _closed: bool = False

    def at(self, version: int, tree: Mapping[str, Any], digest: str) -> Iterator[Found]:
        """Yield what is wrong with an event; `digest` is of the document's own words in it, where it has some."""
        kind = tree["kind"]
        self._follow(kind, tree)
        if self._human and kind in DECIDED:
            text = f"the assistant acts while {self._human} has the case"
            yield Found("one-speaker", text, self.case_id, version)
        if self._sources is None:
            return
        if kind in SPOKEN:
            self.texts += 1
            reason = self._wording(self._sources, tree, digest)
            if reason:
                yield Found("wording", reason, self.case_id, version)
            elif any(one.draft for one in self._candidates(self._sources, tree)):
                text = f"what was said for {tree.get('line')} is a draft: nobody has approved it"
                yield Found("draft", text, self.case_id, version)
        elif kind == "FunctionCalled":
            self.calls += 1
            yield from self._called(self._sources, version, str(tree.get("function")), str(tree.get("line")))

    def _follow(self, kind: str, tree: Mapping[str, Any]) -> None:
        if kind in ("CaseOpened", "CaseMoved"):
            self._sources = self.sources_of(str(tree.get("release")))
        elif kind == "HumanTook":
            self._human = str(tree.get("human"))
        elif kind == "HumanPassed":
            self._human = str(tree.get("to"))
        elif kind in ("HumanReturned", "HumanClosed"):
            self._human = ""
            # A resolution that failed went to them: the case goes on, and is resolved later.
            self._resolved = self._resolved if self._closed else 0
        elif kind == "CaseClosed":
            self._closed = True

    def _called(self, sources: Sources, version: int, function: str, line: str) -> Iterator[Found]:
        if sources.calls.get(line, ("", 0))[0] != function:
            yield Found("call", f"line {line} does not call {function}", self.case_id, version)
        if self._resolved:
            text = f"{function} is called after the resolution at event {self._resolved}"
            yield Found("resolution", text, self.case_id, version)
        if function == sources.resolution:
            self._resolved = version

    def _wording(self, sources: Sources, tree: Mapping[str, Any], digest: str) -> str:
        """Return why a text is not approved, or nothing."""
        line = str(tree.get("line"))
        source = _source(tree)
        if source is None:
            return f"{tree.get('source')} is no kind of approved words"
        if source is Source.HUMAN:
            return ""
        candidates = self._candidates(sources, tree)
        if not candidates:
            return f"the release approves no {source.value} words for {line}"
        text = tree.get("text")
        if text:
            fits = any(one.says(text) for one in candidates)
            if digest and hashlib.sha256(str(text).encode()).hexdigest() != digest:
                return f"the digest that is kept of what was said for {line} is not its own"
        elif digest:
            fits = any(digest == one.digest or not one.digest for one in candidates)
            self.filled += not any(one.digest for one in candidates)
        else:
            fits = True
            self.filled += 1
        return "" if fits else f"what was said for {line} is not what the release approves for it ({source.value})"

    def _candidates(self, sources: Sources, tree: Mapping[str, Any]) -> Sequence[Approved]:
        line, source = str(tree.get("line")), _source(tree)
        called = sources.calls.get(line)
        return sources.of(line, source, frozenset((called[0],)) if called else frozenset()) if source else ()


def _source(tree: Mapping[str, Any]) -> Source | None:
    """Return what kind of approved words an event says it has; None where there is no such kind."""
    if str(tree.get("line")).startswith(HOUSE):
        return Source.HOUSE
    given = tree.get("source", Source.HOUSE.value)
    return Source(given) if given in {source.value for source in Source} else None
