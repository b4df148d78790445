"""`bythebook export`: a case as JSON, with what is private in it only when that is asked for."""

from __future__ import annotations

import argparse
import json

from bythebook.bootstrap import open_store
from bythebook.cli.common import add_database, explained, settings_of
from bythebook.engine.decide import Refused
from bythebook.service.desk import find
from bythebook.service.exporting import exported

HOW = """\
Without --private what people said and what functions took and returned is left out, and no master key is needed:
whoever audits can be given the database without the keys. With --private a sealed case needs its master key.
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.epilog = HOW
    parser.add_argument("case", help="the case's id; its beginning is enough")
    parser.add_argument("--private", action="store_true", help="with what people said and what systems returned")
    parser.add_argument("--stored", action="store_true", help="with each entry's text as the chain runs over it")
    add_database(parser)


def run(arguments: argparse.Namespace) -> int:
    """Print the case: 0 when its chain is whole, 1 when it is broken, 2 when it cannot be had."""

    def work() -> int:
        store = open_store(settings_of(arguments))
        try:
            case_id = find(store, arguments.case)
            told = exported(store, case_id, private=arguments.private, stored=arguments.stored)
        finally:
            store.close()
        if arguments.stored and not arguments.private and any(told_plainly(entry) for entry in told["entries"]):
            raise Refused("this case is not sealed: its stored text holds what is private; say --private too")
        print(json.dumps(told, ensure_ascii=False, indent=2))
        return 0 if told["chain"]["whole"] else 1

    return explained(work)


def told_plainly(entry: dict[str, object]) -> bool:
    """Whether an entry's stored text holds what its event leaves out."""
    return json.loads(str(entry["stored"])) != entry["event"] and '"sealed":' not in str(entry["stored"])
