"""The auditor's page: how it stands with checkpoints, what is found in one case, and its archive for elsewhere."""

from __future__ import annotations

from typing import Annotated, Any, Final

from fastapi import APIRouter, Depends, Query, Request
from starlette.responses import HTMLResponse, Response

from bythebook.adapters.audit_report import CHECKS
from bythebook.auditing import AuditRoom
from bythebook.engine.decide import Refused
from bythebook.service.desk import find
from bythebook.service.people import Deed, Person, Role
from bythebook.service.ports import UnknownCase
from bythebook.web.access import needs, note
from bythebook.web.context import WebContext
from bythebook.web.problems import NOT_FOUND, Problem
from bythebook.web.templating import page

ID_MAX: Final = 200

router = APIRouter(include_in_schema=False)

Looking = Annotated[Person, Depends(needs(Role.AUDITOR, Role.ADMINISTRATOR))]
Auditor = Annotated[Person, Depends(needs(Role.AUDITOR))]
Case = Annotated[str, Query(max_length=ID_MAX)]


def room_of(request: Request) -> AuditRoom:
    """Return what audits here; a problem where nothing does."""
    context: WebContext = request.app.state.context
    if context.audits is None:
        raise Problem(NOT_FOUND, "nothing is audited in this installation")
    return context.audits


Room = Annotated[AuditRoom, Depends(room_of)]


@router.get("/audit")
def audit(request: Request, by: Looking, room: Room, case: Case = "") -> HTMLResponse:
    """Show how it stands with checkpoints, and audit a case where one is named."""
    values: dict[str, Any] = {"found": None, "counts": None, "case_id": "", "unknown": "", "takes": False}
    values |= {"unsealed": False, "looks": False}
    if case.strip():
        try:
            case_id = find(room.store, case.strip())
            found, counts = room.audit(case_id)
            sealed = room.archivist().is_sealed(case_id)
            values |= {"found": found, "counts": counts, "case_id": case_id, "unsealed": not sealed}
            values["looks"] = by.has(Role.AUDITOR)
            values["takes"] = by.has(Role.AUDITOR) and sealed
        except (UnknownCase, Refused) as unknown:
            values["unknown"] = str(unknown) or "There is no such case."
    return page(request, "audit/audit.html", standing=room.standing(), asked=case, checks=CHECKS, **values)


@router.get("/audit/archive")
def archive(request: Request, by: Auditor, room: Room, case: Case) -> Response:
    """Return the archive of a sealed case; another one's holds what was said, which is not for this role."""
    archivist = room.archivist()
    try:
        room.store.summary(case)
    except UnknownCase as unknown:
        raise Problem(NOT_FOUND, "there is no such case") from unknown
    if not archivist.is_sealed(case):
        raise Problem(NOT_FOUND, "the case was not sealed, and its archive would hold what was said in it")
    content = archivist.packed(case)
    note(request, by, Deed.CASE_EXPORTED, case, "archive")
    name = "".join(letter for letter in case if letter.isascii() and (letter.isalnum() or letter in "-_"))
    headers = {"Content-Disposition": f'attachment; filename="case-{name}.zip"', "Cache-Control": "no-store"}
    return Response(content, media_type="application/zip", headers=headers)
