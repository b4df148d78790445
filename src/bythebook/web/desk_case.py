"""A case at the desk: the conversation beside the document that made it, and what a human does with it."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Any, Final

from fastapi import APIRouter, Depends, Form, Path, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response, StreamingResponse

from bythebook.engine.decide import CaseGone, Refused
from bythebook.service.case_page import case_page
from bythebook.service.desk import Desk
from bythebook.service.desk_choices import value_given
from bythebook.service.desk_work import Work, work_of
from bythebook.service.people import Person, Role
from bythebook.web.access import still_signed_in
from bythebook.web.context import WebContext
from bythebook.web.desk_queue import STATUS_WORDS, AtDesk, LooksOn, age_words, counts_of
from bythebook.web.shapes import Text
from bythebook.web.stream import Streams
from bythebook.web.templating import is_part, page

TEXT_CHARACTERS_MAX: Final = 8_000
REPLY_ID_BYTES: Final = 12

SOURCE_WORDS: Final = {
    "quoted": "the document's words",
    "phrase": "approved phrase",
    "article": "answer of the article",
    "function": "result, in its approved phrase",
    "house": "standing sentence",
    "human": "own words",
}
"""What kind of wording a message is, as people at the desk read it."""

SO: Final = {"+": "yes", "-": "no"}
"""Before the name of a fact: whether it is so."""

router = APIRouter(prefix="/desk/cases/{case_id}", include_in_schema=False)

CaseId = Annotated[str, Path(max_length=200)]


@dataclass(frozen=True, slots=True)
class Seat:
    """Somebody before a case."""

    request: Request
    person: Person
    case_id: str

    @property
    def desk(self) -> Desk:
        """What can be done with the case."""
        context: WebContext = self.request.app.state.context
        return Desk(context.conversation.runner)

    @property
    def colleagues(self) -> list[tuple[str, bool]]:
        """The others at the desk, and whether they are on duty."""
        context: WebContext = self.request.app.state.context
        at_the_desk = context.access.at_the_desk() if context.access is not None else ()
        return [one for one in at_the_desk if one[0] != self.person.name]


def looking_on(request: Request, person: LooksOn, case_id: CaseId) -> Seat:
    """Return the seat of whoever may look on."""
    return Seat(request, person, case_id)


def working(request: Request, person: AtDesk, case_id: CaseId) -> Seat:
    """Return the seat of whoever may work on the case."""
    return Seat(request, person, case_id)


Looking = Annotated[Seat, Depends(looking_on)]
Working = Annotated[Seat, Depends(working)]
Short = Annotated[Text, Form(max_length=200)]
Words = Annotated[Text, Form(max_length=TEXT_CHARACTERS_MAX)]


@router.get("")
def show(seat: Looking) -> HTMLResponse:
    """Show the case, or the parts of it that change."""
    return _shown(seat)


@router.get("/events")
def case_events(seat: Looking) -> StreamingResponse:
    """Tell when the case has moved, and how many wait for somebody."""
    request, case_id = seat.request, seat.case_id
    streams: Streams = request.app.state.streams
    streams.admit()
    store = seat.desk.runner.store
    store.summary(case_id)  # raises UnknownCase before the stream begins

    def look() -> dict[str, str] | None:
        if not still_signed_in(request):
            return None
        return {"case": str(store.summary(case_id).version), "counts": counts_of(request, seat.person).data}

    events = streams.changes(case_id, look, request.is_disconnected)
    return StreamingResponse(events, media_type="text/event-stream", headers={"Cache-Control": "no-store"})


@router.post("/take")
def take(seat: Working) -> Response:
    """Take the case: from now on the assistant is silent."""
    return _done(seat, lambda: seat.desk.take(seat.case_id, seat.person.name))


@router.post("/pass")
def pass_on(seat: Working, to: Short = "", text: Words = "") -> Response:
    """Pass the case to a colleague, with a note."""

    def work() -> None:
        if to not in (name for name, _ in seat.colleagues):
            raise Refused(
                f"nobody called {to} works at this desk" if to.strip() else "choose who is to have the case"
            )
        seat.desk.pass_on(seat.case_id, seat.person.name, to, text)

    return _done(seat, work)


@router.post("/take-over")
def take_over(seat: Working, of: Short = "", text: Words = "") -> Response:
    """Take the case over from the colleague who has it."""
    return _done(seat, lambda: seat.desk.take_over(seat.case_id, seat.person.name, of, text))


@router.post("/reply")
def reply(seat: Working, text: Words = "", reply_id: Annotated[str, Form(max_length=200)] = "") -> Response:
    """Say something in the human's own words."""
    return _done(seat, lambda: seat.desk.say(seat.case_id, seat.person.name, text, reply_id or None), text)


@router.post("/line")
def say_line(seat: Working, line: Short = "") -> Response:
    """Say an approved line."""
    return _done(seat, lambda: seat.desk.say_line(seat.case_id, seat.person.name, line))


@router.post("/note")
def note(seat: Working, text: Words = "") -> Response:
    """Leave a note for the others at the desk."""
    return _done(seat, lambda: seat.desk.note(seat.case_id, seat.person.name, text))


@router.post("/fact")
def settle(seat: Working, name: Short = "", value: Words = "", feedback: Words = "") -> Response:
    """Settle a fact, with feedback or without."""
    if name[:1] in SO:  # one of two plain sentences, in the place of a name and whether it is so
        name, value = name[1:], SO[name[:1]]
    given = value_given(value)
    return _done(seat, lambda: seat.desk.settle(seat.case_id, seat.person.name, name, given, feedback))


@router.post("/found")
def found(
    seat: Working,
    at: Short = "",
    holds: Annotated[tuple[str, ...], Form(max_length=50)] = (),
    value: Annotated[tuple[str, ...], Form(max_length=50)] = (),
    given: Annotated[tuple[Text, ...], Form(max_length=50)] = (),
) -> Response:
    """Say what the person found at the line that asked for it, and hand the case back: the assistant goes on."""

    def work() -> None:
        wanted = _work(seat)
        if wanted is None or wanted.label != at:
            raise Refused("the case has moved on since you looked")
        if wanted.finds and not holds:
            raise Refused("say what you found, or that it is none of it")
        for name, words in zip(value, given, strict=False):
            if words.strip():
                seat.desk.learn(seat.case_id, seat.person.name, name, value_given(words))
        for one in wanted.finds:
            seat.desk.learn(seat.case_id, seat.person.name, one.name, one.name in holds)
        seat.desk.give_back(seat.case_id, seat.person.name)

    return _done(seat, work)


@router.post("/undone")
def undone(seat: Working, at: Short = "", why: Words = "") -> Response:
    """Say that what a line asks of the person could not be done: what the document says of failures comes next."""

    def work() -> None:
        wanted = _work(seat)
        if wanted is None or wanted.label != at:
            raise Refused("the case has moved on since you looked")
        seat.desk.could_not(seat.case_id, seat.person.name, why)

    return _done(seat, work)


def _work(seat: Seat) -> Work | None:
    runner = seat.desk.runner
    state = runner.state(seat.case_id)
    return work_of(runner.releases.get(state.release).release, state)


@router.post("/return")
def give_back(seat: Working, line: Short = "", anyway: Short = "") -> Response:
    """Hand the case back to the assistant."""

    def work() -> None:
        wanted = _work(seat)
        if wanted is not None and wanted.open and not anyway:
            words = " or ".join(f"“{one.words}”" for one in wanted.finds)
            raise Refused(
                f"line {wanted.label} is to find out {words}: say what you found first, or that it is not known"
            )
        seat.desk.give_back(seat.case_id, seat.person.name, line or None)

    return _done(seat, work)


@router.post("/close")
def close(seat: Working, why: Words = "") -> Response:
    """Close the case without a resolution."""
    return _done(seat, lambda: seat.desk.close(seat.case_id, seat.person.name, why))


@router.post("/follow")
def follow_up(seat: Working) -> Response:
    """Open a case that follows a resolved one, for the same customer."""
    try:
        new = seat.desk.follow_up(seat.case_id, seat.person.name)
    except Refused as refused:
        return _shown(seat, trouble=str(refused))
    return RedirectResponse(f"/desk/cases/{new}", 303)


def _done(seat: Seat, work: Callable[[], object], words: str = "") -> Response:
    """Do it and show the case; what does not fit is told, and the words are kept."""
    try:
        work()
    except CaseGone:
        raise
    except Refused as refused:
        return _shown(seat, trouble=str(refused), words=words)
    if is_part(seat.request):
        return _shown(seat)
    return RedirectResponse(f"/desk/cases/{seat.case_id}", 303)


def _shown(seat: Seat, *, trouble: str = "", words: str = "") -> HTMLResponse:
    person, runner = seat.person, seat.desk.runner
    private = person.has(Role.HUMAN, Role.LEAD)
    events = runner.store.load(seat.case_id)
    case = case_page(lambda digest: runner.releases.get(digest).release, events, private=private)
    part = is_part(seat.request)
    now = runner.clock.now()
    values: dict[str, Any] = {
        "case": case,
        "works": person.has(Role.HUMAN),
        "has_it": bool(case.human) and case.human == person.name,
        "colleagues": seat.colleagues if case.human == person.name else [],
        "may_audit": person.has(Role.AUDITOR) and seat.request.app.state.context.audits is not None,
        "part": part,
        "trouble": trouble,
        "words": words,
        "waits": age_words(now, case.waiting_since) if case.waiting_since is not None else "",
        "status_words": STATUS_WORDS,
        "source_words": SOURCE_WORDS,
        "reply_id": secrets.token_urlsafe(REPLY_ID_BYTES),
        "counts": counts_of(seat.request, person).words,
    }
    status = 409 if trouble and not part else 200
    return page(seat.request, "desk/parts_of_case.html" if part else "desk/case.html", status_code=status, **values)
