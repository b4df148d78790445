"""Puts what the case knows into the places that approved words leave open; with one unfilled they are not said.

A quoted line's places are the document's own (`[name]`), each tied to a value when the document was compiled; a
phrase's are `{name}`, as its author approved them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bythebook.engine.event import AssistantSaid, HandoffRequested, Source
from bythebook.engine.known import is_nothing, meant_by
from bythebook.engine.render import fill, holes_of
from bythebook.engine.state import CaseState
from bythebook.routine.model import Ask, Collect, Line, Say
from bythebook.routine.value import Value
from bythebook.routine.wording import Release


@dataclass(frozen=True, slots=True)
class Worded:
    """Approved words, where they are from, and their open places as holes."""

    template: str
    line: str
    source: Source


def words_of(release: Release, line: Line, text: str | None) -> Worded | None:
    """Return what a line says: its quoted words, else the phrase approved for it."""
    if text is not None:
        return Worded(template_of(text, line.holes), line.label, Source.QUOTED)
    phrase = release.wording.lines.get(line.label)
    return Worded(phrase.text, line.label, Source.PHRASE) if phrase is not None else None


def holes_told(release: Release, line: Line) -> tuple[str, ...]:
    """Return the places that stay open in what a line says: it is not said before each is known."""
    match line.instruction:
        case Say(text=text) | Ask(text=text) | Collect(text=text):
            words = words_of(release, line, text)
            return holes_of(words.template) if words is not None else ()
        case _:
            return ()


def values_told(release: Release) -> tuple[str, ...]:
    """Return the values that lines of the document tell."""
    return tuple(dict.fromkeys(name for line in release.routine.lines for name in holes_told(release, line)))


def said_by(words: Worded, state: CaseState) -> AssistantSaid | HandoffRequested:
    """Return the words as they are said, or the hand-over that is due where a place in them stays open."""
    return open_place(words, state) or AssistantSaid(filled(words.template, state.facts), words.line, words.source)


def open_place(words: Worded, state: CaseState) -> HandoffRequested | None:
    """Return the hand-over that is due where a place in words stays open: they are not said without it."""
    name = unfilled(words.template, state.facts)
    return HandoffRequested(f"line {words.line} tells `{name}`, which is not known") if name else None


def template_of(text: str, holes: Sequence[tuple[str, str]]) -> str:
    """Return quoted words as a template: braces doubled, the places left open as `{name}`."""
    template = text
    parts: list[str] = []
    while template:
        at, written, name = min(
            ((template.find(written), written, name) for written, name in holes if written in template),
            default=(len(template), "", ""),
        )
        parts.append(template[:at].replace("{", "{{").replace("}", "}}"))
        parts.append("{" + name + "}" if written else "")
        template = template[at + len(written) :]
    return "".join(parts)


def unfilled(template: str, facts: Mapping[str, Value]) -> str:
    """Return the first hole that nothing is known for; empty where all can be filled."""
    return next((name for name in holes_of(template) if not _known(name, facts)), "")


def filled(template: str, facts: Mapping[str, Value]) -> str:
    """Return the words with every hole filled from what the case knows."""
    known = {name: meant_by(name, facts) for name in holes_of(template)}
    return fill(template, {name: facts[found] for name, found in known.items() if found is not None})


def _known(name: str, facts: Mapping[str, Value]) -> bool:
    found = meant_by(name, facts)
    return found is not None and not is_nothing(facts[found])
