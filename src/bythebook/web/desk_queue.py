"""The desk's queue: who waits for a human, who has which case, all cases; its filters stand in the address."""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Final, Literal
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Form, Query, Request
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import HTMLResponse, RedirectResponse, Response, StreamingResponse

from bythebook.engine.decide import Refused
from bythebook.engine.state import Status
from bythebook.routine.wording import RECEPTION, spoken
from bythebook.service.last_words import LastWords
from bythebook.service.ports import CaseSummary, Page
from bythebook.service.search import CaseQuery
from bythebook.web.access import Person, Role, needs, still_signed_in
from bythebook.web.api import Talk
from bythebook.web.context import WebContext
from bythebook.web.shapes import Text
from bythebook.web.stream import EVERY, Streams
from bythebook.web.templating import is_part, page

ROWS_MAX: Final = 50
COUNTED_MAX: Final = 100
"""So many are counted; of more, the page says that they are more."""

WAITING: Final = CaseQuery(waiting=True)

FILTER_CHARACTERS_MAX: Final = 200

STATUSES: Final = (
    (Status.OPEN, "with the assistant"),
    (Status.HANDED_OFF, "with the desk"),
    (Status.RESOLVED, "resolved"),
    (Status.ABANDONED, "left"),
    (Status.ERASED, "erased"),
)
STATUS_WORDS: Final = {status.value: words for status, words in STATUSES}

View = Literal["waiting", "mine", "all"]
VIEWS: Final[tuple[tuple[View, str], ...]] = (("waiting", "Waiting"), ("mine", "Mine"), ("all", "All cases"))

router = APIRouter(prefix="/desk", include_in_schema=False)

AtDesk = Annotated[Person, Depends(needs(Role.HUMAN))]
LooksOn = Annotated[Person, Depends(needs(Role.HUMAN, Role.LEAD, Role.AUDITOR))]


class Filters(BaseModel):
    """What is shown of the queue; it stands in the address, so that it can be kept and sent."""

    model_config = ConfigDict(extra="ignore")
    view: View = "waiting"
    id: Annotated[Text, Field(max_length=FILTER_CHARACTERS_MAX)] = ""
    routine: Annotated[Text, Field(max_length=FILTER_CHARACTERS_MAX)] = ""
    step: Annotated[Text, Field(max_length=FILTER_CHARACTERS_MAX)] = ""
    status: Literal["", "open", "handed_off", "resolved", "abandoned", "erased"] = ""
    human: Annotated[Text, Field(max_length=FILTER_CHARACTERS_MAX)] = ""
    reason: Annotated[Text, Field(max_length=FILTER_CHARACTERS_MAX)] = ""
    after: Annotated[str, Field(max_length=1_000)] = ""

    @property
    def narrows(self) -> bool:
        """Whether something beside the view is asked for."""
        return any((self.id, self.routine, self.step, self.status, self.human, self.reason))

    def query(self, person: Person) -> CaseQuery:
        """Return what is looked for."""
        mine = self.view == "mine"
        return CaseQuery(
            beginning=self.id.strip(),
            status=Status(self.status) if self.status and self.view == "all" else None,
            routine=self.routine,
            step=self.step.strip(),
            human=person.name if mine else self.human.strip() if self.view == "all" else "",
            reason=self.reason.strip(),
            waiting=self.view == "waiting",
        )

    def address(self, **changes: str) -> str:
        """Return the address of this view with some of it changed."""
        wanted = {**self.model_dump(exclude_defaults=True), **changes}
        left = urlencode({name: value for name, value in wanted.items() if value})
        return f"/desk?{left}" if left else "/desk"


class Following(Filters):
    """What a page shows that follows the queue."""

    known: Annotated[str, Field(max_length=200)]
    """What it was told last; it is told when that is no longer so."""


@dataclass(frozen=True, slots=True)
class Row:
    """A case in the queue."""

    case: CaseSummary
    title: str
    age: str
    since: datetime
    words: str = ""
    """What the customer wrote last, for who may read it."""

    @property
    def short(self) -> str:
        """The beginning of the id, by which people tell cases apart."""
        return self.case.case_id[:12]


@dataclass(frozen=True, slots=True)
class Counts:
    """How many wait, and how many the person has; a number and whether there are more."""

    waiting: int
    mine: int

    @property
    def data(self) -> str:
        """The counts as a page is told them."""
        return json.dumps({"waiting": self.waiting, "mine": self.mine})

    @property
    def words(self) -> dict[str, str]:
        """The counts as tabs show them."""
        return {"waiting": _counted(self.waiting), "mine": _counted(self.mine), "all": ""}


@router.get("")
def queue(request: Request, person: LooksOn, talk: Talk, filters: Annotated[Filters, Query()]) -> HTMLResponse:
    """Show the queue, or the part of it that changes."""
    found, trouble = Page((), None), ""
    try:
        found = talk.runner.store.search(filters.query(person), ROWS_MAX, filters.after or None)
    except Refused as refused:
        trouble = str(refused)
    counts, titles = counts_of(request, person), _titles(request)
    template = "desk/rows.html" if is_part(request) else "desk/queue.html"
    return page(
        request,
        template,
        filters=filters,
        rows=_rows(talk.runner.clock.now(), titles, found.cases, _words(request, person, filters.view)),
        after=found.after,
        trouble=trouble,
        counts=counts.words,
        known=_known(counts, found.cases),
        views=VIEWS,
        documents=sorted(titles.items(), key=lambda pair: pair[1]),
        statuses=[(status.value, words) for status, words in STATUSES],
        status_words=STATUS_WORDS,
        duty=duty_of(request, person),
        works=person.has(Role.HUMAN),
        begins=not found.cases and _begins(request, person),
    )


@router.get("/events")
def queue_events(
    request: Request, person: LooksOn, talk: Talk, filters: Annotated[Following, Query()]
) -> StreamingResponse:
    """Tell when what the page shows has changed, and how many wait."""
    streams: Streams = request.app.state.streams
    streams.admit()
    store, query, after = talk.runner.store, filters.query(person), filters.after or None
    together = streams.together

    def look() -> dict[str, str] | None:
        if not still_signed_in(request):
            return None
        found = together.look((query, after), lambda: store.search(query, ROWS_MAX, after))
        waiting = together.look(WAITING, lambda: store.count(WAITING, COUNTED_MAX))
        own = CaseQuery(human=person.name)
        mine = together.look(own, lambda: store.count(own, COUNTED_MAX))
        return {"queue": _known(Counts(waiting, mine), found.cases)}

    events = streams.changes(EVERY, look, request.is_disconnected, {"queue": filters.known})
    return StreamingResponse(events, media_type="text/event-stream", headers={"Cache-Control": "no-store"})


@router.post("/duty")
def duty(request: Request, person: AtDesk, on: Annotated[str, Form()] = "") -> Response:
    """Say whether the person is at the desk now: only then is a human announced to customers."""
    context: WebContext = request.app.state.context
    if context.access is not None:
        context.access.people.set_on_duty(person.name, on == "yes")
    return RedirectResponse("/desk", 303)


def _begins(request: Request, person: Person) -> bool:
    """Whether somebody who writes documents has not begun one: then this is where they begin."""
    context: WebContext = request.app.state.context
    return person.has(Role.LEAD) and context.studio is not None and not context.studio.drafting.drafts.rows()


def duty_of(request: Request, person: Person) -> bool:
    """Whether the person has said that they are at the desk."""
    context: WebContext = request.app.state.context
    account = context.access.people.find(person.name) if context.access is not None else None
    return account is not None and account.on_duty


def counts_of(request: Request, person: Person) -> Counts:
    """Return how many cases wait and how many the person has."""
    context: WebContext = request.app.state.context
    store = context.conversation.runner.store
    mine = CaseQuery(human=person.name)
    return Counts(store.count(WAITING, COUNTED_MAX), store.count(mine, COUNTED_MAX))


def age_words(now: datetime, at: datetime) -> str:
    """Return how long ago something was, in one unit."""
    seconds = max(0, int((now - at).total_seconds()))
    for unit, size in (("day", 86_400), ("hour", 3_600), ("minute", 60)):
        if seconds >= size:
            number = seconds // size
            return f"{number} {unit}{'' if number == 1 else 's'}"
    return "just now"


def _words(request: Request, person: Person, view: View) -> Callable[[CaseSummary], str]:
    """Return what tells a customer's last words, where somebody chooses among people and may read them."""
    if view == "all" or not person.has(Role.HUMAN, Role.LEAD):
        return lambda _: ""
    last_words: LastWords = request.app.state.last_words
    return last_words.of


def _rows(
    now: datetime, titles: dict[str, str], cases: Sequence[CaseSummary], words: Callable[[CaseSummary], str]
) -> tuple[Row, ...]:
    rows = []
    for case in cases:
        since = case.waiting_since or case.updated_at
        title = "not chosen yet" if case.routine == RECEPTION else titles.get(case.routine, spoken(case.routine))
        rows.append(Row(case, title, age_words(now, since), since, words(case)))
    return tuple(rows)


def _titles(request: Request) -> dict[str, str]:
    context: WebContext = request.app.state.context
    return {loaded.routine: loaded.title for loaded in context.conversation.documents()}


def _known(counts: Counts, cases: Sequence[CaseSummary]) -> str:
    """Return what a page is told of the queue: how many wait, and a sum over what it shows."""
    rows = repr([(row.case_id, row.version) for row in cases]).encode()
    return json.dumps({"waiting": counts.waiting, "mine": counts.mine, "shown": zlib.crc32(rows)})


def _counted(number: int) -> str:
    return f"{COUNTED_MAX}+" if number >= COUNTED_MAX else str(number) if number else ""
