"""Which approved lines a human can say in a document's own words, and how they are said."""

from __future__ import annotations

from dataclasses import dataclass

from bythebook.engine.event import Source
from bythebook.engine.filling import filled, unfilled, words_of
from bythebook.engine.state import CaseState
from bythebook.routine.article import ARTICLE
from bythebook.routine.model import Ask, Collect, Say
from bythebook.routine.wording import Release


@dataclass(frozen=True, slots=True)
class Quote:
    """An approved line as it can be said now."""

    line: str
    text: str
    source: Source
    asks: bool = False


class NotQuotable(Exception):
    """The line cannot be said; the message says why, in words for the human."""


def quote(release: Release, state: CaseState, label: str) -> Quote:
    """Return the approved words of a line, an answer of the article, or a result that was told; raise NotQuotable."""
    if label.startswith(ARTICLE):
        topic = release.routine.article.labelled(label)
        if topic is None:
            raise NotQuotable(f"the article has no answer {label.removeprefix(ARTICLE)}")
        return Quote(label, topic.text, Source.ARTICLE)
    line = release.routine.line(label)
    if line is None:
        phrase = release.wording.lines.get(label)
        if phrase is None:
            raise NotQuotable(f"the document has no line `{label}` that says something")
        return _in_full(state, Quote(label, phrase.text, Source.PHRASE))
    if isinstance(line.instruction, Say | Ask | Collect):
        words = words_of(release, line, line.instruction.text)
        if words is None:
            raise NotQuotable(f"no words are approved for line `{label}`")
        asks = isinstance(line.instruction, Ask | Collect)
        return _in_full(state, Quote(label, words.template, words.source, asks))
    told = state.spoken.get(label)
    if told is None:
        raise NotQuotable(f"line `{label}` says nothing by itself; hand the case back there to have it carried out")
    return Quote(label, told.text, told.source)


def quotes(release: Release, state: CaseState) -> tuple[Quote, ...]:
    """Return every line that can be said now: of the routine in document order, then the answers of the article."""
    labels = dict.fromkeys(
        label
        for step in release.routine.steps
        for label in (step.label, *(line.label for line in step.lines if not line.implied))
    )
    topics = [topic.label for topic in release.routine.article.topics]
    found = []
    for label in (*labels, *topics):
        try:
            found.append(quote(release, state, label))
        except NotQuotable:
            continue
    return tuple(found)


def _in_full(state: CaseState, found: Quote) -> Quote:
    if name := unfilled(found.text, state.facts):
        raise NotQuotable(f"line `{found.line}` tells `{name}`, which is not known")
    return Quote(found.line, filled(found.text, state.facts), found.source, found.asks)
