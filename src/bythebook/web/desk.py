"""The HTTP interface for the house's own: find cases, take one elsewhere, erase one. Each by the role of a key."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Query, Request
from pydantic import BaseModel, ConfigDict, Field

from bythebook.engine.decide import Refused
from bythebook.engine.state import Status
from bythebook.service.erasing import WHY_CHARACTERS_MAX, Erasing
from bythebook.service.exporting import exported, row_as_data
from bythebook.service.people import Deed, Person, Role
from bythebook.service.search import CaseQuery
from bythebook.web.access import needs_key, note
from bythebook.web.api import Talk
from bythebook.web.problems import BAD_REQUEST, Problem

PAGE_MAX = 500
TEXT_MAX = 500

router = APIRouter(prefix="/v1/desk", tags=["the desk and audit"])


class EraseCase(BaseModel):
    """Who erases a case, and why."""

    model_config = ConfigDict(extra="forbid")
    human: str = Field(min_length=1, max_length=TEXT_MAX, description="Who erases it, as the log names them.")
    why: str = Field(min_length=1, max_length=WHY_CHARACTERS_MAX, description="Nothing private: it stays.")


class FoundShape(BaseModel):
    """A page of cases."""

    cases: list[dict[str, Any]]
    after: str | None = Field(description="What to send for the next page; null on the last one.")


class ErasedShape(BaseModel):
    """A case that was erased."""

    case: str
    status: str
    erased_at: datetime
    version: int
    previous: str | None = Field(description="The case before it, which is kept.")
    continued_in: str | None = Field(description="The case that followed it, which is kept.")


class Asked(BaseModel):
    """What a search asks for."""

    model_config = ConfigDict(extra="forbid")
    id: str = Field("", max_length=TEXT_MAX, description="The beginning of the case's id.")
    status: Literal["open", "handed_off", "resolved", "abandoned", "erased"] | None = None
    routine: str = Field("", max_length=TEXT_MAX, description="The document it is in.")
    step: str = Field("", max_length=TEXT_MAX, description="The step said last.")
    human: str = Field("", max_length=TEXT_MAX, description="Who has it.")
    reason: str = Field("", max_length=TEXT_MAX, description="How the reason for a human begins.")
    opened_from: datetime | None = None
    opened_until: datetime | None = None
    changed_from: datetime | None = None
    changed_until: datetime | None = None
    limit: int = Field(50, ge=1, le=PAGE_MAX)
    after: str | None = Field(None, max_length=2 * TEXT_MAX, description="The next page: `after` of the one before.")


By = Annotated[Person, Depends(needs_key(Role.HUMAN, Role.AUDITOR))]
ByDesk = Annotated[Person, Depends(needs_key(Role.HUMAN))]


@router.get("/cases")
def find(by: By, talk: Talk, asked: Annotated[Asked, Query()]) -> FoundShape:
    """Find cases by what their rows say, never by what was said in them."""
    query = CaseQuery(
        beginning=asked.id,
        status=Status(asked.status) if asked.status else None,
        routine=asked.routine,
        step=asked.step,
        human=asked.human,
        reason=asked.reason,
        opened_from=_aware(asked.opened_from),
        opened_until=_aware(asked.opened_until),
        changed_from=_aware(asked.changed_from),
        changed_until=_aware(asked.changed_until),
    )
    try:
        page = talk.runner.store.search(query, asked.limit, asked.after)
    except Refused as why:  # no place to go on from: what was asked is wrong, and no case
        raise Problem(BAD_REQUEST, str(why)) from why
    return FoundShape(cases=[row_as_data(row) for row in page.cases], after=page.after)


@router.get("/cases/{case_id}")
def export(request: Request, by: By, talk: Talk, case_id: str) -> dict[str, Any]:
    """Return the whole log of a case, for the desk with what people said and systems returned, else without."""
    found = exported(talk.runner.store, case_id, private=by.has(Role.HUMAN))
    note(request, by, Deed.CASE_EXPORTED, case_id)
    return found


@router.post("/cases/{case_id}/erase")
def erase(request: Request, by: ByDesk, talk: Talk, case_id: str, asked: EraseCase) -> ErasedShape:
    """Erase a case: its words are gone for good, its chain stays whole."""
    runner = talk.runner
    after = Erasing(runner.store, runner.clock, runner.forget).erase(case_id, asked.human, asked.why)
    note(request, by, Deed.CASE_ERASED, case_id, f"for {asked.human}")
    return ErasedShape(
        case=case_id,
        status=after.status.value,
        erased_at=after.at or runner.clock.now(),
        version=after.version,
        previous=after.previous,
        continued_in=after.continued_in,
    )


def _aware(at: datetime | None) -> datetime | None:
    return at.replace(tzinfo=UTC) if at is not None and at.tzinfo is None else at
