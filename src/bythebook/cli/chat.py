"""`bythebook chat`: talk to a document as a customer would, in the terminal or line by line for machines."""

from __future__ import annotations

import argparse
import sys

from bythebook.adapters.dry_run import DryRun
from bythebook.adapters.memory_store import MemoryStore
from bythebook.bootstrap import build_installation, build_rehearsal, open_store
from bythebook.cli.common import EXIT_FAILED, add_documents, add_dry_run, explained, settings_of
from bythebook.cli.jsonl import answer_lines
from bythebook.cli.stand_in import Nothing, StandIn
from bythebook.cli.terminal import TerminalChat


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    add_documents(parser)
    parser.add_argument("--why", action="store_true", help="print the document's line beside each answer")
    parser.add_argument("--reader", choices=("local", "lexicon"), help="who reads the messages (default: local)")
    parser.add_argument("--database", help="keep the case in this SQLite file, for the desk to see (default: memory)")
    add_dry_run(parser)
    parser.add_argument("--jsonl", action="store_true", help="one JSON object a line, in virtual time: docs/jsonl.md")


def run(arguments: argparse.Namespace) -> int:
    """Run the chat until the input ends."""
    if arguments.jsonl and arguments.database:
        print("bythebook: --jsonl keeps its cases in memory; leave out --database", file=sys.stderr)
        return EXIT_FAILED
    return explained(lambda: _jsonl(arguments) if arguments.jsonl else _terminal(arguments))


def _jsonl(arguments: argparse.Namespace) -> int:
    dry = DryRun(lambda words: print(words, file=sys.stderr))
    shut = dry.behind if arguments.dry_run else None
    rehearsal = build_rehearsal(settings_of(arguments), stand_in=lambda bound: Nothing(bound, shut))
    answer_lines(sys.stdin, sys.stdout, rehearsal.do)
    return 0


def _terminal(arguments: argparse.Namespace) -> int:
    settings = settings_of(arguments)
    asking = StandIn(sys.stdin, sys.stdout, dry=arguments.dry_run)
    store = open_store(settings) if arguments.database else MemoryStore()
    try:
        installation = build_installation(settings, store, bind=asking.behind)
        asking.releases = installation.shelf.loaded
        chat = TerminalChat(installation, sys.stdin, sys.stdout, why=arguments.why)
        asking.before = chat.catch_up
        chat.run()
    finally:
        store.close()
    return 0
