"""`bythebook tallies`: what the cases of a database came to, in numbers; and count them anew."""

from __future__ import annotations

import argparse
import json
from collections import Counter
from dataclasses import asdict
from pathlib import Path

from bythebook.bootstrap import POSTGRES, open_store
from bythebook.cli.beside import CannotChange
from bythebook.cli.common import add_database, explained, settings_of
from bythebook.service.counting import Tallying
from bythebook.service.tallies import Key, Kind, Sums, TallyQuery
from bythebook.serving import tallies_of


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    add_database(parser)
    parser.add_argument("--rebuild", action="store_true", help="forget the counters and count every log again")
    parser.add_argument("--json", action="store_true", help="one JSON object for each number, with its day")


def run(arguments: argparse.Namespace) -> int:
    """Count what is not counted yet, then show the numbers: 0, or 2 where the database cannot be used."""
    return explained(lambda: _run(arguments))


def _run(arguments: argparse.Namespace) -> int:
    settings = settings_of(arguments)
    if not settings.database.startswith(POSTGRES) and not Path(settings.database).is_file():
        raise CannotChange(f"there is no database {settings.database}; give the file that `serve` keeps its cases in")
    store = open_store(settings)
    try:
        tallies = tallies_of(store)
        counting = Tallying(tallies)
        counting.rebuild() if arguments.rebuild else counting.catch_up()
        sums = tallies.sums(TallyQuery(tuple(Kind), by_day=arguments.json))
    finally:
        store.close()
    if arguments.json:
        for key in sorted(sums):
            print(json.dumps({**asdict(key), "count": sums[key]}, ensure_ascii=False))
    else:
        print("\n".join(_lines(sums)) or "nothing is counted: there are no cases")
    return 0


def _lines(sums: Sums) -> list[str]:
    """Return the numbers of all releases together, kind by kind."""
    totals: Counter[Key] = Counter()
    for key, count in sums.items():
        totals[Key("", key.kind, key.label, "")] += count
    return [f"{count:>9,}  {key.kind:<13} {key.label}".rstrip() for key, count in sorted(totals.items())]
