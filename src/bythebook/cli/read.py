"""`bythebook read`: what the reader makes of messages, at a given point of a case."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping

from bythebook.adapters.memory_store import MemoryStore
from bythebook.bootstrap import Installation, build_installation
from bythebook.cli.common import add_documents, explained, settings_of
from bythebook.cli.jsonl import answer_lines
from bythebook.engine.menu import build_menu
from bythebook.engine.situation import situation_after
from bythebook.service.ports import UnknownRelease
from bythebook.testing.rehearsal import reading_as_json


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    add_documents(parser)
    parser.add_argument("--reader", choices=("local", "lexicon"), help="who reads the messages (default: local)")
    parser.add_argument("--jsonl", action="store_true", help="one JSON object a line in and out: docs/jsonl.md")


def run(arguments: argparse.Namespace) -> int:
    """Read message after message until the input ends."""

    def work() -> int:
        installation = build_installation(settings_of(arguments), MemoryStore())
        if arguments.jsonl:
            answer_lines(sys.stdin, sys.stdout, lambda line: read_line(installation, line))
        else:
            for text in sys.stdin:
                print(in_words(read_line(installation, {"text": text.rstrip("\n")})), flush=True)
        return 0

    return explained(work)


def read_line(installation: Installation, line: Mapping[str, object]) -> dict[str, object]:
    """Return the reading of one line's message, or what is wrong with the line."""
    text, after, said, document = line.get("text"), line.get("after"), line.get("said") or [], line.get("document")
    if not isinstance(text, str):
        return {"error": "`text` takes a text", "id": line.get("id")}
    if not isinstance(said, list) or not isinstance(after, str | None):
        return {"error": "`after` takes a label or null, `said` a list of labels", "id": line.get("id")}
    if not isinstance(document, str | None):
        return {"error": "`document` takes the name of a document", "id": line.get("id")}
    try:
        bound = installation.shelf.current(document)
        situation = situation_after(bound.release.routine, after, tuple(str(label) for label in said))
    except UnknownRelease as unknown:
        return {"error": str(unknown), "id": line.get("id")}
    except KeyError:
        return {"error": f"the document has no line `{after}`", "id": line.get("id")}
    menu = build_menu(bound.release, situation)
    reading = bound.reader.read(installation.runner.mask(text).text, menu)
    return {"id": line.get("id"), **reading_as_json(reading)}


def in_words(reading: Mapping[str, object]) -> str:
    """Return a reading as a line for people."""
    choices = reading.get("choices")
    if not isinstance(choices, list):
        return f"  {reading.get('error')}"
    named = ", ".join(f"{c['id']} {c['confidence']:.2f}{' (correction)' if c['correction'] else ''}" for c in choices)
    return f"  {named or 'nothing'}{'  (unsure)' if reading.get('unsure') else ''}"
