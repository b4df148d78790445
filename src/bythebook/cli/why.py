"""`bythebook why`: for each sentence of a case, the document's line, the reading, the condition that led to it."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Final

from bythebook.cli.common import add_database, explained, settings_of
from bythebook.cli.recorded import recorded
from bythebook.engine.decide import Refused
from bythebook.engine.event import CustomerSaid, Event
from bythebook.service.desk import find
from bythebook.service.proof import Reason, reasons
from bythebook.service.turns import turn_span

WORDS_MAX: Final = 90


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("case", help="the case's id; its beginning is enough")
    parser.add_argument(
        "message",
        nargs="*",
        help="one message, by its id or by the number it stands under: what it led to, and nothing else",
    )
    add_database(parser)
    parser.add_argument("--json", action="store_true", help="one JSON object for each thing that happened")


def run(arguments: argparse.Namespace) -> int:
    """Print why a case went as it did: 0, or 2 where it cannot be read."""

    def work() -> int:
        with recorded(settings_of(arguments)) as (store, release_of):
            events = store.load(find(store, arguments.case))
            told = list(reasons(release_of, events))
        message = " ".join(arguments.message)  # ids of older versions hold a space
        begin, end = _span(events, message)
        told = [reason for reason in told if begin < reason.version <= end]
        if message:
            later = (at for at, reason in enumerate(told) if at and reason.who == "customer")
            told = told[: next(later, len(told))]
        if arguments.json:
            print("\n".join(json.dumps(asdict(reason), ensure_ascii=False) for reason in told))
        else:
            print("\n".join(line for reason in told for line in shown(reason)))
        return 0

    return explained(work)


def _span(events: Sequence[Event], message: str) -> tuple[int, int]:
    if not message:
        return 0, len(events)
    said = {version: event.message_id for version, event in enumerate(events, 1) if isinstance(event, CustomerSaid)}
    version = next((at for at, named in said.items() if named == message), None)
    if version is None and message.isdigit() and int(message) in said:
        version = int(message)
    if version is None:
        known = ", ".join(f"{named} (number {at})" for at, named in said.items())
        raise Refused(f"this case has no message {message!r}; its messages: {known or 'none'}")
    span = turn_span(events, version)
    return (version - 1, span[1]) if span is not None else (version - 1, version)


def shown(reason: Reason) -> Iterator[str]:
    """Yield what happened as lines of text."""
    first, *rest = reason.what.splitlines() or [""]
    yield f"{reason.version:>4}  {reason.who:<9} {first}{' ...' if rest else ''}"
    if reason.place:
        words = " ".join(reason.document.split())
        ends = " ..." if len(words) > WORDS_MAX else ""
        yield f"                line {reason.line}, document {reason.place}: {words[:WORDS_MAX]}{ends}"
    elif reason.line:
        yield f"                {reason.line}"
    for why in reason.why:
        yield f"                because {why}"
