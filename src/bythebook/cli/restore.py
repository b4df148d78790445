"""`bythebook restore`: an empty database filled from a backup, and every chain verified."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from bythebook.adapters.backup import put_back
from bythebook.bootstrap import on_postgres, open_store
from bythebook.cli.common import explained, settings_of
from bythebook.cli.progress import Progress
from bythebook.service.doctor import every_case
from bythebook.service.how_many import how_many
from bythebook.service.ports import CaseStore

EXIT_BROKEN = 1
SHOWN_MAX = 20


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("file", type=Path, metavar="FILE", help="what `bythebook backup` wrote")
    parser.add_argument("--database", help="the empty database: a SQLite file or postgresql://USER@HOST/NAME")
    parser.add_argument("--json", action="store_true", help="tell what was done as one JSON object")


def run(arguments: argparse.Namespace) -> int:
    """Put a backup back: 0 when every chain is whole, 1 when one is broken, 2 when nothing was put back."""

    def work() -> int:
        settings = settings_of(arguments)
        on_postgres(settings)
        with Progress(sys.stderr) as progress:
            done = put_back(arguments.file, settings.database, progress.tell)
            store = open_store(settings)
            try:
                cases, broken = _verified(store, progress)
            finally:
                store.close()
        if arguments.json:
            told = {"database": settings.database_shown, "how": done.how, "cases": cases, "broken": broken}
            print(json.dumps(told))
        else:
            whole = "every chain is whole" if not broken else f"{len(broken):,} chains are broken"
            print(f"{settings.database_shown}: {how_many(cases, 'case')} by {done.how}; {whole}")
            for case_id in broken[:SHOWN_MAX]:
                print(f"broken: {case_id}", file=sys.stderr)
        return EXIT_BROKEN if broken else 0

    return explained(work)


def _verified(store: CaseStore, progress: Progress) -> tuple[int, list[str]]:
    count, broken = 0, []
    for case_id in every_case(store):
        count += 1
        if store.verify(case_id) is not None:
            broken.append(case_id)
        progress.tell(f"{count:,} chains verified")
    return count, broken
