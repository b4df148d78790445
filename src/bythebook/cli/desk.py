"""`bythebook desk`: the human's side from the terminal."""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from dataclasses import replace

from bythebook.bootstrap import Outside, build_installation, open_store
from bythebook.cli.common import add_database, explained, settings_of
from bythebook.engine.erasure import CaseErased
from bythebook.reaching import notices_of
from bythebook.releasing import as_released, release_log
from bythebook.service.desk import Desk
from bythebook.service.desk_choices import value_given
from bythebook.service.ports import CaseSummary
from bythebook.service.turns import transcript
from bythebook.settings import Settings


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    add_database(parser)
    parser.add_argument(
        "--document",
        action="append",
        metavar="DOCUMENT",
        help="what is served: as many as `bythebook serve` was given (default: BYTHEBOOK_DOCUMENT)",
    )
    parser.add_argument("--as", dest="human", help="who you are, as the log names you")
    acts = parser.add_subparsers(dest="act", metavar="ACT", required=True)
    found = acts.add_parser("list", help="the cases that wait for a human, or all of them")
    found.add_argument("--all", action="store_true", help="every case, newest change first")
    found.add_argument("--json", action="store_true", help="one JSON object a case")
    _case(acts.add_parser("show", help="what was said in a case, beside the document's lines"))
    _case(acts.add_parser("take", help="take a case: from now on the assistant is silent"))
    over = acts.add_parser("pass", help="pass a case that you have to a colleague")
    _case(over)
    over.add_argument("to", help="who is to have it")
    over.add_argument("--note", default="", help="what they should know; it is never sent")
    over = acts.add_parser("take-over", help="take a case over from the colleague who has it")
    _case(over)
    over.add_argument("--note", default="", help="why; it is never sent")
    say = acts.add_parser("say", help="say something to the customer")
    _case(say)
    say.add_argument("text")
    line = acts.add_parser("line", help="say an approved line of the document, or `article:N`")
    _case(line)
    line.add_argument("line")
    note = acts.add_parser("note", help="leave a note for the others at the desk; it is never sent")
    _case(note)
    note.add_argument("text")
    close = acts.add_parser("close", help="close a case without a resolution")
    _case(close)
    close.add_argument("why", nargs="?", default="", help="for the desk, never sent")
    back = acts.add_parser("return", help="hand a case back to the assistant")
    _case(back)
    back.add_argument(
        "--at", dest="line", help="the line at which the routine goes on (default: the next unsaid one)"
    )
    back.add_argument("--to", dest="routine", metavar="NAME", help="the document in which the case goes on")
    undone = acts.add_parser("undone", help="say that what a line asks you to do could not be done, and go on")
    _case(undone)
    undone.add_argument("why", nargs="?", default="", help="for the desk, never sent")
    fact = acts.add_parser("fact", help='settle what only a human may decide, such as "not_approved true"')
    _case(fact)
    fact.add_argument("name")
    fact.add_argument("value", nargs="?", default="yes", help="yes, no, a number or a text (default: yes)")
    fact.add_argument("--feedback", default="", help="said as your words after what the document says of it")


def _case(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("case", help="the case's id; its beginning is enough")


def run(arguments: argparse.Namespace) -> int:
    """Carry out one act at the desk."""

    def work() -> int:
        settings = settings_of(arguments)
        # Only a hand-back or a fact can lead to a reading; the others do without the encoder's half second.
        reads = arguments.act in ("return", "undone", "fact")
        store = open_store(settings)
        try:
            installation = build_installation(
                replace(settings, reader=settings.reader if reads else "lexicon"),
                store,
                outside=Outside(notices=notices_of(settings), load=as_released(release_log(store))),
            )
            desk = Desk(installation.runner)
            if arguments.act == "list":
                _list(desk.cases() if arguments.all else desk.waiting(), arguments.json)
            else:
                _act(desk, settings, arguments)
        finally:
            store.close()
        return 0

    return explained(work)


def _act(desk: Desk, settings: Settings, arguments: argparse.Namespace) -> None:
    human = arguments.human or settings.human
    case_id = desk.find(arguments.case)
    match arguments.act:
        case "show":
            _show(desk, case_id)
        case "take":
            desk.take(case_id, human)
            _show(desk, case_id)
        case "pass":
            desk.pass_on(case_id, human, arguments.to, arguments.note)
        case "take-over":
            desk.take_over(case_id, human, desk.runner.store.summary(case_id).human, arguments.note)
        case "say":
            desk.say(case_id, human, arguments.text)
        case "line":
            desk.say_line(case_id, human, arguments.line)
        case "note":
            desk.note(case_id, human, arguments.text)
        case "close":
            desk.close(case_id, human, arguments.why)
        case "return":
            desk.give_back(case_id, human, arguments.line, arguments.routine)
        case "undone":
            desk.could_not(case_id, human, arguments.why)
        case "fact":
            settles = desk.settle if arguments.feedback else desk.learn
            more = (arguments.feedback,) if arguments.feedback else ()
            settles(case_id, human, arguments.name, value_given(arguments.value), *more)
    summary = desk.runner.store.summary(case_id)
    print(f"{case_id}  {summary.status.value}{'  with ' + summary.human if summary.human else ''}")


def _list(cases: Sequence[CaseSummary], as_json: bool) -> None:
    for case in cases:
        row = {
            "case": case.case_id,
            "routine": case.routine,
            "status": case.status.value,
            "step": case.step,
            "reason": case.reason,
            "human": case.human,
            "updated_at": case.updated_at.isoformat(timespec="seconds"),
        }
        print(json.dumps(row) if as_json else "  ".join(str(value) or "-" for value in row.values()))
    if not cases and not as_json:
        print("nobody waits")


def _show(desk: Desk, case_id: str) -> None:
    events = desk.runner.store.load(case_id)
    said = transcript(events)
    gone = events[-1] if isinstance(events[-1], CaseErased) else None
    several = len({spoken.said.routine for spoken in said} - {""}) > 1
    for spoken in said:
        where = f"{spoken.said.routine} {spoken.said.line}" if several else spoken.said.line
        place = f"  [{where}]" if spoken.said.line else ""
        print(f"{spoken.at:%H:%M}  {spoken.speaker:>9}{place}  {spoken.said.text if gone is None else '(erased)'}")
    if gone is not None:
        print(f"{gone.at:%Y-%m-%d %H:%M}  erased by {gone.by}: {gone.why}")
