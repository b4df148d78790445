"""`bythebook cases`: find cases by what their rows say, never by what was said in them."""

from __future__ import annotations

import argparse
import json
import re
import sys
from datetime import UTC, datetime, timedelta

from bythebook.adapters.system_clock import SystemClock
from bythebook.bootstrap import open_store
from bythebook.cli.common import add_database, explained, settings_of
from bythebook.engine.decide import Refused
from bythebook.engine.state import Status
from bythebook.service.exporting import row_as_data
from bythebook.service.search import CaseQuery

SHOWN = ("case", "routine", "status", "step", "reason", "human", "updated_at")
STATUSES = tuple(status.value for status in Status if status is not Status.NEW)
PAGE_MAX = 1_000
_AGO = re.compile(r"(\d{1,5})([dhm])")
_UNITS = {"d": "days", "h": "hours", "m": "minutes"}

HOW = """\
  bythebook cases --status handed_off              what waits for a human, or has one
  bythebook cases --routine refunds --step 4       cases whose last step was 4
  bythebook cases --changed-from 7d                what has changed in the last seven days
  bythebook cases --opened-from 2026-01-05 --opened-until 2026-01-06

A time is a date, a date and time (UTC unless it says otherwise), or how long ago: 30m, 12h, 7d.
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.epilog = HOW
    parser.add_argument("beginning", nargs="?", default="", metavar="ID", help="the beginning of the case's id")
    parser.add_argument("--status", choices=STATUSES, help="where it stands")
    parser.add_argument("--routine", default="", metavar="NAME", help="the document it is in")
    parser.add_argument("--step", default="", metavar="LABEL", help="the step said last")
    parser.add_argument("--human", default="", metavar="NAME", help="who has it")
    parser.add_argument("--reason", default="", metavar="TEXT", help="how the reason for a human begins")
    for name, about in (("opened", "opened"), ("changed", "last changed")):
        parser.add_argument(f"--{name}-from", metavar="TIME", help=f"{about} then or later")
        parser.add_argument(f"--{name}-until", metavar="TIME", help=f"{about} before")
    parser.add_argument("--limit", type=int, default=50, help="how many on a page (default: 50)")
    parser.add_argument("--after", metavar="PLACE", help="the next page: what the page before ended with")
    parser.add_argument("--json", action="store_true", help="one JSON object, with the place of the next page")
    add_database(parser)


def run(arguments: argparse.Namespace) -> int:
    """Print a page of cases."""

    def work() -> int:
        if not 0 < arguments.limit <= PAGE_MAX:
            raise Refused(f"a page has 1 to {PAGE_MAX:,} cases")
        query = _query(arguments)
        store = open_store(settings_of(arguments))
        try:
            page = store.search(query, arguments.limit, arguments.after)
        finally:
            store.close()
        rows = [row_as_data(row) for row in page.cases]
        if arguments.json:
            print(json.dumps({"cases": rows, "after": page.after}))
            return 0
        for row in rows:
            print("  ".join(str(row[name]) or "-" for name in SHOWN))
        if not rows:
            print("no such case", file=sys.stderr)
        if page.after is not None:
            print(f"more: the same with --after {page.after}", file=sys.stderr)
        return 0

    return explained(work)


def _query(arguments: argparse.Namespace) -> CaseQuery:
    def time(name: str) -> datetime | None:
        given = getattr(arguments, name)
        return moment(given, SystemClock().now()) if given is not None else None

    return CaseQuery(
        beginning=arguments.beginning,
        status=Status(arguments.status) if arguments.status else None,
        routine=arguments.routine,
        step=arguments.step,
        human=arguments.human,
        reason=arguments.reason,
        opened_from=time("opened_from"),
        opened_until=time("opened_until"),
        changed_from=time("changed_from"),
        changed_until=time("changed_until"),
    )


def moment(given: str, now: datetime) -> datetime:
    """Return the time that is meant; raise Refused."""
    if ago := _AGO.fullmatch(given):
        return now - timedelta(**{_UNITS[ago[2]]: int(ago[1])})
    try:
        at = datetime.fromisoformat(given)
    except ValueError as error:
        raise Refused(f"{given!r} is no time; write 2026-01-05, 2026-01-05T09:30, or how long ago: 7d") from error
    return at if at.tzinfo is not None else at.replace(tzinfo=UTC)
