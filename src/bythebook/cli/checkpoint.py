"""`bythebook checkpoint`: signed statements of where the chains of cases stand."""

from __future__ import annotations

import argparse
import json
import sys
from typing import Final

from bythebook.adapters.ed25519 import SigningKeys, new_signing_key
from bythebook.auditing import checkpointing_of, checkpoints_of, signing_keys
from bythebook.bootstrap import open_store
from bythebook.cli.common import EXIT_FAILED, add_database, explained, settings_of
from bythebook.cli.progress import Progress
from bythebook.service.checkpoints import CheckpointStore
from bythebook.service.how_many import how_many
from bythebook.service.ports import CaseStore
from bythebook.settings import Settings

HOW: Final = """\
  bythebook checkpoint new-key > signing.key   a key: for the program alone, with a copy elsewhere
  BYTHEBOOK_SIGNING_KEY_FILE=signing.key       `serve` makes checkpoints from now on
  bythebook checkpoint public > public.keys    for auditors: what they believe, and cannot sign with
  bythebook checkpoint make                    one now, over all that has changed
  bythebook checkpoint list                    what was signed when; note the last digest down elsewhere

To replace a key: put the new one first in the file, and the old one's public line behind it. Without a key, somebody
who may write to the database could chain a log anew, and nobody would see it.
"""
WITHOUT: Final = (
    "no signing key is set: a log that somebody chained anew would not be seen\n"
    "help: bythebook checkpoint new-key > signing.key, then set BYTHEBOOK_SIGNING_KEY_FILE to it"
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.epilog = HOW
    parser.add_argument("what", choices=("make", "list", "public", "new-key"), help="what to do")
    parser.add_argument("--all", action="store_true", help="make: look at every case, whenever it changed")
    parser.add_argument("--json", action="store_true", help="list: one JSON object a checkpoint")
    add_database(parser)


def run(arguments: argparse.Namespace) -> int:
    """Make a key or a checkpoint, or show what there is."""
    if arguments.what == "new-key":
        print(new_signing_key())
        return 0

    def work() -> int:
        settings = settings_of(arguments)
        keys = signing_keys(settings)
        if arguments.what == "public":
            return _public(keys)
        store = open_store(settings)
        try:
            if arguments.what == "list":
                return _list(checkpoints_of(store), as_json=arguments.json)
            return _make(settings, store, all_cases=arguments.all)
        finally:
            store.close()

    return explained(work)


def _public(keys: SigningKeys) -> int:
    if keys.empty:
        return _without()
    print("\n".join(keys.public_lines()))
    return 0


def _make(settings: Settings, store: CaseStore, *, all_cases: bool) -> int:
    making = checkpointing_of(settings, store)
    if making is None:
        return _without()
    with Progress(sys.stderr) as progress:
        done = making.make(lambda count: progress.tell(f"{how_many(count, 'case')} covered"), all_cases=all_cases)
    last = making.store.last()
    if done and last is not None:
        print(f"checkpoint {last.number} is signed: {how_many(done, 'case')}; its digest is {last.digest}")
    else:
        print("nothing has changed since the last checkpoint")
    return 0


def _list(checkpoints: CheckpointStore, *, as_json: bool) -> int:
    found = checkpoints.checkpoints()
    for one in found:
        if as_json:
            print(json.dumps({"digest": one.digest, "key": one.key, "signature": one.signature, "says": one.said}))
        else:
            said = one.said
            covers = how_many(said.get("cases", 0), "case")
            print(f"{one.number:>5}  {said.get('at')}  {covers:>14}  key {one.key}  {one.digest}")
    if not as_json and not found:
        waiting = how_many(checkpoints.uncovered(), "case waits", "cases wait")
        print(f"no checkpoint yet; {waiting} to be covered by `bythebook checkpoint make`", file=sys.stderr)
    elif not as_json:
        left = how_many(checkpoints.uncovered(), "case has", "cases have")
        print(f"{left} changed since the last one", file=sys.stderr)
    return 0


def _without() -> int:
    print(f"bythebook: {WITHOUT}", file=sys.stderr)
    return EXIT_FAILED
