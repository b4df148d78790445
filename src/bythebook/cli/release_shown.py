"""How releases, their steps and what tells two of them apart are shown."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import datetime
from enum import Enum
from typing import Any

from bythebook.cli.common import coloured
from bythebook.routine.wording import Release
from bythebook.service.differing import Differences
from bythebook.service.heat import Heat
from bythebook.service.heat_beside import HeatBeside
from bythebook.service.releases import DIGEST_SHOWN, ReleaseStep, Standing

GONE, NEW = "31", "32"
WORDS_SHOWN = 60
"""So many characters of a line stand beside its numbers."""


def as_data(value: Any) -> Any:
    """Return a value of the core as JSON's plain data."""
    if is_dataclass(value):
        return {field.name: as_data(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, datetime):
        return value.isoformat(timespec="seconds")
    return [as_data(item) for item in value] if isinstance(value, list | tuple) else value


def shown_standing(one: Standing) -> str:
    """Return where a release stands, as a line."""
    approved = f", approved by {one.approved_by}" if one.approved_by else ""
    return (
        f"{one.name}  {one.digest[:DIGEST_SHOWN]}  {one.stage.value:<8}  {one.at:%Y-%m-%d %H:%M}  "
        f"submitted by {one.submitted_by}{approved}"
    )


def shown_step(step: ReleaseStep) -> Iterator[str]:
    """Yield what somebody did, as lines."""
    digest = step.digest[:DIGEST_SHOWN]
    yield f"{step.number:>4}  {step.at:%Y-%m-%d %H:%M} UTC  {digest}  {step.move.value:<8} {step.by}"
    for line in step.note.splitlines():
        yield f"      {line}"


def shown_differences(before: Release, after: Release, found: Differences, to_terminal: bool) -> Iterator[str]:
    """Yield what two releases do not have in common, as lines."""
    yield f"{before.name} {before.digest[:DIGEST_SHOWN]} -> {after.name} {after.digest[:DIGEST_SHOWN]}"
    if not found:
        yield "the same words, and the same ways through them"
        return
    for change in found.wording:
        yield ""
        yield change.place
        yield from _marked("-", change.before, GONE, to_terminal)
        yield from _marked("+", change.after, NEW, to_terminal)
    if found.ways_gone or found.ways_new:
        yield ""
        yield "ways"
    for sign, ways, colour in (("-", found.ways_gone, GONE), ("+", found.ways_new, NEW)):
        for way in ways:
            when = f"  when {way.when}" if way.when else ""
            yield coloured(f"  {sign} {way.source} -> {way.target}{when}", colour, to_terminal)


def shown_heat(found: HeatBeside) -> Iterator[str]:
    """Yield how many of the cases of two releases came to each line, as lines."""
    yield ""
    if not found:
        yield "no case ran on either of them"
        return
    yield f"cases that came to each line, of {found.cases_before:,} before and {found.cases_after:,} after"
    for pair in found.places:
        label = (pair.after or pair.before or Heat("", 0)).label
        was, now = _share(pair.before, found.cases_before), _share(pair.after, found.cases_after)
        more = "".join(
            f", {name} {getattr(pair.before, name, 0):,} -> {getattr(pair.after, name, 0):,}"
            for name in ("left", "handed", "missed")
            if getattr(pair.before, name, 0) or getattr(pair.after, name, 0)
        )
        yield f"  {label:<12} {was:>6} -> {now:>6}  {pair.words[:WORDS_SHOWN]}{more}"


def _share(heat: Heat | None, cases: int) -> str:
    """Return which part of the cases came to a place: `-` where it is not there or nothing ran."""
    if heat is None or not cases:
        return "-"
    return f"{100 * heat.reached / cases:.0f} %" if heat.reached else "never"


def _marked(sign: str, text: str, colour: str, to_terminal: bool) -> Iterator[str]:
    for line in text.splitlines():
        yield coloured(f"  {sign} {line}", colour, to_terminal)
