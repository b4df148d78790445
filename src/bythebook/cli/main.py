"""`bythebook`: what it can do, and the way to each command. Commands load what they need, when they are called."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from importlib import import_module, metadata
from typing import Final, NamedTuple

from bythebook.cli.entry import EXIT_INTERRUPTED

EXIT_USAGE: Final = 2

ABOUT: Final = """\
By the Book runs the document your support team approved with customers:
every message word for word, every function in its place, nothing else.

  bythebook chat              talk to the shipped example, in this terminal
  bythebook serve             the same as a web page, on SQLite
  bythebook check my-folder   what stands in the way of running your own document
"""


class Command(NamedTuple):
    """A command: the module that carries it out, and what it does in a line."""

    module: str
    about: str


COMMANDS: Final[dict[str, Command]] = {
    "new": Command("bythebook.cli.new", "make a document from a help-center article"),
    "check": Command("bythebook.cli.check", "say what is wrong with a document, line by line"),
    "show": Command("bythebook.cli.show", "show what was understood of a document, line by line"),
    "graph": Command("bythebook.cli.graph", "draw a document: SVG, or for Graphviz, Mermaid, JSON"),
    "phrases": Command("bythebook.cli.phrases", "list, draft and approve what a document says without quoting it"),
    "examples": Command("bythebook.cli.examples", "say how a document's examples are read, and add to them"),
    "functions": Command("bythebook.cli.functions", "list what stands behind a document's functions"),
    "drift": Command("bythebook.cli.drift", "say what rests on sentences of an article that changed or went"),
    "test": Command("bythebook.cli.test", "play a document's conversations; what they reach"),
    "prove": Command("bythebook.cli.prove", "explore every path of a document: what holds on all"),
    "simulate": Command("bythebook.cli.simulate", "let many simulated customers talk to a document"),
    "chat": Command("bythebook.cli.chat", "talk to a document in the terminal"),
    "read": Command("bythebook.cli.read", "show what the reader makes of messages"),
    "serve": Command("bythebook.cli.serve", "serve a document to customers: chat page and HTTP API"),
    "release": Command("bythebook.cli.release", "releases: submit, approve, release, go back, retire, compare"),
    "cases": Command("bythebook.cli.cases", "find cases by id, status, dates, document, step, human, reason"),
    "tallies": Command("bythebook.cli.tallies", "what the cases came to, in numbers; count them anew"),
    "export": Command("bythebook.cli.export", "a case as JSON, with or without what is private in it"),
    "doctor": Command("bythebook.cli.doctor", "say whether all is well: logs, database, keys, disk, documents"),
    "backup": Command("bythebook.cli.backup", "write the whole database to one file, while cases go on"),
    "restore": Command("bythebook.cli.restore", "fill an empty database from a backup, and verify every chain"),
    "db": Command("bythebook.cli.db", "the schema of the database: look at it, bring it up to date"),
    "erase": Command("bythebook.cli.erase", "erase a case: its words are gone, its chain stays whole"),
    "why": Command("bythebook.cli.why", "say what each sentence of a case rests on"),
    "audit": Command("bythebook.cli.audit", "audit cases: logs, wording, calls; a report, archives"),
    "checkpoint": Command("bythebook.cli.checkpoint", "signed statements of where the chains of cases stand"),
    "replay": Command("bythebook.cli.replay", "decide recorded cases again: the same to the byte"),
    "keys": Command("bythebook.cli.keys", "master keys for cases at rest: make one, replace one"),
    "people": Command("bythebook.cli.people", "who may sign in: list, add, shut out, links for the locked-out"),
    "desk": Command("bythebook.cli.desk", "the human's side: list, take, say, return, fact"),
}


def main(arguments: Sequence[str] | None = None, begins: Callable[[], None] = lambda: None) -> int:
    """Run a command line and return its exit code: 0 done, 1 found wanting, 2 cannot be carried out.

    `begins` is called when what the command needs is loaded, and its work begins.
    """
    given = list(sys.argv[1:] if arguments is None else arguments)
    parser = _parser(given)
    if not given:
        parser.print_help()
        return 0
    options = parser.parse_args(given)
    if options.command is None:
        parser.print_help()
        return EXIT_USAGE
    carry_out = import_module(COMMANDS[options.command].module).run
    try:
        begins()
        return int(carry_out(options))
    except KeyboardInterrupt:
        print(file=sys.stderr)
        return EXIT_INTERRUPTED
    except BrokenPipeError:
        # Whoever read our output has gone; Python would complain once more at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def _parser(given: Sequence[str]) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="bythebook", description=ABOUT, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--version", action="version", version=f"bythebook {metadata.version('bythebook')}")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", title="commands")
    for name, command in COMMANDS.items():
        child = commands.add_parser(
            name, help=command.about, description=f"{command.about[:1].upper()}{command.about[1:]}."
        )
        if name in given:
            import_module(command.module).add_arguments(child)
    return parser


if __name__ == "__main__":
    sys.exit(main())
