"""What a place of a document is called by its author: a line and those it stands under, a function, a question."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from bythebook.compiler.outline import Item
from bythebook.routine.model import Routine
from bythebook.source.span import Span


class Names:
    """The names of all places of one document."""

    def __init__(self, routine: Routine, items: Sequence[Item]) -> None:
        self._spans, self._names = [], []
        for span, names in sorted(_places(routine, items)):
            self._spans.append(span)
            self._names.append(names)
        self._starts = [span.start for span in self._spans]

    def of(self, place: Span) -> tuple[str, ...]:
        """Return what a place is called, nearest first; nothing for one that has no name."""
        at = bisect_right(self._starts, place.start) - 1
        if at < 0 or place.start > self._spans[at].end:
            return ()
        return self._names[at]


def _places(routine: Routine, items: Sequence[Item]) -> Iterator[tuple[Span, tuple[str, ...]]]:
    chains: list[tuple[str, ...]] = []
    for item in items:
        above = chains[item.parent] if item.parent is not None else ()
        chains.append((item.label, *above))
        yield Span(min(item.marker_span.start, item.span.start), item.span.end), chains[-1]
    for topic in routine.article.topics:
        for span in (topic.span, *(passage.span for passage in topic.answer)):
            yield span, (topic.label,)
    for function in routine.functions:
        yield function.span, (function.name,)
        for parameter in function.parameters:
            yield parameter.span, (function.name,)
