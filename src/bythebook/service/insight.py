"""What leads look at: figures of a time, and a release line by line."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from bythebook.routine.wording import Release, spoken
from bythebook.service.heat import HeatMap, heat_map
from bythebook.service.heat import query_of as heat_query
from bythebook.service.overview import Figures, Known, Span, figures, query_of
from bythebook.service.ports import Clock, Releases
from bythebook.service.tallies import Kind, Tallies, TallyQuery


class Library(Protocol):
    """Releases for their words alone."""

    def read(self, digest: str) -> Release | None:
        """Return a release; None where there is none that can be read today."""

    def name(self, digest: str) -> str:
        """Return the short name of its document."""

    def named(self, digests: Iterable[str], name: str) -> tuple[str, ...]:
        """Return those of the digests that are releases of a document."""


@dataclass(frozen=True, slots=True)
class InUse:
    """A release that cases ran on."""

    digest: str
    cases: int
    first: str
    last: str
    """The days on which its first and its last case opened."""


@dataclass(frozen=True, slots=True)
class Insight:
    """The use cases; none of them reads all cases."""

    tallies: Tallies
    library: Library
    releases: Releases
    clock: Clock

    @property
    def today(self) -> date:
        return self.clock.now().date()

    def figures(self, span: Span, document: str = "") -> Figures:
        """Return the figures of a span, of one document or of all."""
        counted = self.tallies.releases()
        chosen = self.library.named(counted, document) if document else ()
        nothing = bool(document) and not chosen
        sums = {} if nothing else self.tallies.sums(query_of(span, chosen))
        digests = {key.release for key in sums}
        names = {digest: self.library.name(digest) for digest in digests}
        asked = {key.release for key in sums if key.kind == Kind.MEANT.value}
        read = {digest: release for digest in asked if (release := self.library.read(digest)) is not None}
        return figures(span, sums, Known(names, read))

    def documents(self) -> tuple[str, ...]:
        """Return the names of the documents that are live, or that anything was counted for."""
        live = (release.name for release in self.releases.documents)
        counted = (self.library.name(digest) for digest in self.tallies.releases())
        return tuple(sorted(dict.fromkeys((*live, *counted))))

    def title(self, document: str) -> str:
        """Return what people call a document: the title of what is live of it, else its name in words."""
        live = self.live(document)
        return live.titled if live is not None else spoken(document)

    def in_use(self, document: str) -> tuple[InUse, ...]:
        """Return the releases of a document that cases ran on, the latest first."""
        digests = self.library.named(self.tallies.releases(), document)
        sums = self.tallies.sums(TallyQuery((Kind.STANDING,), digests, by_day=True)) if digests else {}
        found = []
        for digest in digests:
            days = sorted(key.day for key in sums if key.release == digest)
            cases = sum(count for key, count in sums.items() if key.release == digest)
            found.append(InUse(digest, cases, days[0] if days else "", days[-1] if days else ""))
        return tuple(sorted(found, key=lambda one: (one.last, one.first), reverse=True))

    def live(self, document: str) -> Release | None:
        """Return the release of a document that is live; None where none is."""
        return next((release for release in self.releases.documents if release.name == document), None)

    def map(self, release: Release, span: Span | None = None) -> HeatMap:
        """Return a release line by line, of the cases of a span or of all."""
        days = (span.first.isoformat(), span.last.isoformat()) if span is not None else ("", "")
        return heat_map(release, self.tallies.sums(heat_query(release.digest, *days)))
