"""The page that shows the log of access: who came in, who was changed, what was released and erased. Also as CSV."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Final

from fastapi import APIRouter, Depends, Query, Request
from pydantic import BaseModel, Field
from starlette.responses import HTMLResponse, StreamingResponse

from bythebook.service.people import Deed, Noted, NotedQuery, People, Person, Role
from bythebook.web.access import AccessOf, needs
from bythebook.web.sign_in import FIELD_MAX
from bythebook.web.tables import CSV_TYPE, attached, csv_line
from bythebook.web.templating import page

PAGE: Final = 50
CSV_PAGE: Final = 500

router = APIRouter(include_in_schema=False)

By = Annotated[Person, Depends(needs(Role.ADMINISTRATOR, Role.AUDITOR))]


class Asked(BaseModel):
    """What of the log is asked for."""

    who: str = Field("", max_length=FIELD_MAX)
    what: str = Field("", max_length=FIELD_MAX)
    about: str = Field("", max_length=FIELD_MAX)
    before: Annotated[int | None, Field(ge=1, le=2**31 - 1)] = None

    def query(self) -> NotedQuery:
        """Return it for the port; a deed that there is none of finds what any does."""
        deed = next((deed for deed in Deed if deed.value == self.what), None)
        return NotedQuery(self.who.strip(), deed, self.about.strip(), self.before)


@router.get("/log")
def log(request: Request, by: By, access: AccessOf, asked: Annotated[Asked, Query()]) -> HTMLResponse:
    """Show the log, newest first."""
    found = access.people.noted(asked.query(), PAGE + 1)
    return page(
        request,
        "access/log.html",
        asked=asked,
        entries_of_log=found[:PAGE],
        deeds=[("", "anything"), *((deed.value, deed.value) for deed in Deed)],
        before=found[PAGE - 1].seq if len(found) > PAGE else None,
    )


@router.get("/log.csv")
def log_csv(by: By, access: AccessOf, asked: Annotated[Asked, Query()]) -> StreamingResponse:
    """Return the same as a table for elsewhere, whole."""
    rows = _rows(access.people, asked.query())
    return StreamingResponse(rows, media_type=CSV_TYPE, headers=attached("access-log.csv"))


def _rows(people: People, query: NotedQuery) -> Iterator[str]:
    yield csv_line(("number", "at", "who", "what", "about", "detail"))
    while found := people.noted(query, CSV_PAGE):
        for noted in found:
            yield csv_line(_cells(noted))
        query = NotedQuery(query.who, query.what, query.about, found[-1].seq)


def _cells(noted: Noted) -> tuple[str, ...]:
    return (str(noted.seq), noted.at.isoformat(), noted.who, noted.what.value, noted.about, noted.detail)
