"""`bythebook backup`: the whole database as one file, taken while cases go on."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from bythebook.adapters.backup import back_up
from bythebook.bootstrap import on_postgres
from bythebook.cli.common import add_database, explained, settings_of
from bythebook.cli.progress import Progress

HOW = """\
A SQLite database is copied by SQLite's online backup; cases go on meanwhile. PostgreSQL is dumped by pg_dump where it
is there and as new as the server, else (or with --portable) exported into a SQLite file, which `bythebook restore`
puts back into either kind of database. The master keys are not in a backup: keep a copy of them elsewhere.
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.epilog = HOW
    parser.add_argument("file", type=Path, metavar="FILE", help="the file to write; it must not be there yet")
    parser.add_argument("--portable", action="store_true", help="of PostgreSQL: a file for either kind of database")
    add_database(parser)
    parser.add_argument("--json", action="store_true", help="tell what was done as one JSON object")


def run(arguments: argparse.Namespace) -> int:
    """Write a backup: 0 when it is whole and on the disk, 2 when there is none."""

    def work() -> int:
        settings = settings_of(arguments)
        on_postgres(settings)
        with Progress(sys.stderr) as progress:
            done = back_up(settings.database, arguments.file, portable=arguments.portable, progress=progress.tell)
        if arguments.json:
            print(json.dumps({"file": str(done.path), "how": done.how, "bytes": done.size}))
        else:
            print(f"{done.path}: {done.size:,} bytes, by {done.how}")
        return 0

    return explained(work)
