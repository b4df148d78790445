"""Documents: the list, a new one, and the text of one in its editor. What is said of it comes with every save."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePath
from typing import Annotated, Any
from urllib.parse import quote

from anyio import to_thread
from fastapi import APIRouter, Depends, Form, Request, UploadFile
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, RedirectResponse, Response

from bythebook.compiler.differences import rows
from bythebook.compiler.pasted import markdown_of
from bythebook.compiler.sidecars import DOCUMENT_PATH
from bythebook.service.draft_edits import as_text
from bythebook.service.drafts import FILE_BYTES_MAX, DraftRefused, Revision, SavedMeanwhile, UnknownDraft
from bythebook.service.given import NameRefused
from bythebook.service.line_labels import labels_by_line
from bythebook.service.people import Person, Role
from bythebook.service.putting_away import put_away
from bythebook.service.studio import Desk, Studio
from bythebook.web.access import needs
from bythebook.web.context import WebContext
from bythebook.web.document_words import help_for, plainly, replacements, signs, wordings
from bythebook.web.problems import NOT_FOUND, Problem
from bythebook.web.templating import page

router = APIRouter(include_in_schema=False)

Lead = Annotated[Person, Depends(needs(Role.LEAD))]

TABS = (
    ("Text", ""),
    ("Functions", "/functions"),
    ("Conditions", "/conditions"),
    ("Phrases", "/phrases"),
    ("Examples", "/examples"),
    ("Try", "/try"),
    ("Changes", "/changes"),
    ("Release", "/release"),
)
"""The parts of a document's page, in the order of the work: their names, and where they are behind its address."""


def studio_of(request: Request) -> Studio:
    """Return the use case; a problem where this installation keeps no drafts."""
    context: WebContext = request.app.state.context
    if context.studio is None:
        raise Problem(NOT_FOUND, "this installation keeps no drafts")
    return context.studio


Work = Annotated[Studio, Depends(studio_of)]


@dataclass(frozen=True, slots=True)
class At:
    """A document, and who is at it."""

    request: Request
    person: Person
    studio: Studio
    name: str

    def opened(self) -> Desk:
        """Return the document as its page shows it; a problem where there is none."""
        try:
            return self.studio.open(self.name, self.person.name)
        except UnknownDraft as unknown:
            raise Problem(NOT_FOUND, f"no document is called {self.name}") from unknown

    def show(self, template: str, tab: str, **values: Any) -> HTMLResponse:
        """Return a part of the document's page, with the list of what is still to be done."""
        desk: Desk = values.pop("desk", None) or self.opened()
        base = f"/documents/{quote(self.name)}"
        shared = {
            "desk": desk,
            "base": base,
            "tabs": [(label, f"{base}{behind}") for label, behind in TABS],
            "tab": f"{base}{tab}",
            "help_for": help_for,
            "replacements": replacements,
            "plainly": plainly,
            "signs": signs,
            "labels": labels_by_line(desk.analysis.compiled),
            "put_away_count": len(put_away(desk.draft.files)),
            "notice": "",
            "refused": "",
        }
        return page(self.request, f"documents/{template}", **{**shared, **values})


def at(request: Request, person: Lead, studio: Work, name: str) -> At:
    """Return where a request is."""
    return At(request, person, studio, name)


Here = Annotated[At, Depends(at)]


# ---------------------------------------------------------------- the list, a new one


@router.get("/documents")
def show_documents(request: Request, person: Lead, studio: Work) -> HTMLResponse:
    """List the documents."""
    return page(request, "documents/list.html", documents=studio.documents())


@router.get("/new-document")
def show_new(request: Request, person: Lead, studio: Work) -> HTMLResponse:
    """Show where a document begins: from a paste, a file, an article."""
    return _new(request)


def _new(request: Request, **values: str) -> HTMLResponse:
    empty: dict[str, Any] = {"refused": "", "name_refused": "", "text": "", "name": "", "kind": "document"}
    return page(request, "documents/new.html", **{**empty, **values})


@router.post("/new-document")
async def begin(request: Request, person: Lead, studio: Work) -> Response:
    """Begin a draft, or several where the text holds several routines."""
    async with request.form(max_part_size=2 * FILE_BYTES_MAX) as form:
        file, text = form.get("file"), str(form.get("text") or "")
        name, article = str(form.get("name") or ""), form.get("kind") == "article"
        raw, called = text.encode("utf-8", "replace"), ""
        if isinstance(file, UploadFile) or hasattr(file, "read"):
            content = await file.read(FILE_BYTES_MAX + 1)  # type: ignore[union-attr]
            called = PurePath(file.filename or "").stem  # type: ignore[union-attr]
            raw = content if content or called else raw
    try:
        begun, note = await to_thread.run_sync(
            lambda: studio.begin(raw, name, person.name, article=article, called=called)
        )
    except DraftRefused as refused:
        # What was pasted comes back, so that nothing has to be pasted twice.
        kind = "article" if article else "document"
        where = {"name_refused" if isinstance(refused, NameRefused) else "refused": sentence(str(refused))}
        return _new(request, text=text, name=name, kind=kind, **where)
    if len(begun) > 1 or note:
        return page(request, "documents/begun.html", begun=begun, note=note)
    return RedirectResponse(f"/documents/{quote(begun[0].name)}", 303)


@router.post("/new-document/pasted")
async def pasted(person: Lead, text: Annotated[str, Form(max_length=2 * FILE_BYTES_MAX)] = "") -> PlainTextResponse:
    """Return what was copied from a word processor or a web page, as the text that it stands for."""
    return PlainTextResponse(await to_thread.run_sync(lambda: markdown_of(text).strip("\n")))


@router.get("/writing-help")
def show_help(request: Request, person: Lead) -> HTMLResponse:
    """Show what can be written: the table that the compiler reads by."""
    return page(request, "documents/help.html", wordings=wordings())


# ---------------------------------------------------------------- the text


@router.get("/documents/{name}")
def show_text(here: Here) -> HTMLResponse:
    """Show the text in its editor, with what there is to say about it."""
    return text_page(here)


def text_page(here: At, **more: Any) -> HTMLResponse:
    """Return the page with the editor."""
    desk = here.opened()
    return here.show("text.html", "", desk=desk, text=as_text(desk.draft.files.get(DOCUMENT_PATH, b"")), **more)


@router.post("/documents/{name}/text")
async def save_text(
    here: Here,
    text: Annotated[str, Form(max_length=2 * FILE_BYTES_MAX)] = "",
    version: Annotated[int, Form()] = 0,
) -> Response:
    """Save the text and return what there is to say about it; of several saves at once the last one is looked at."""
    try:
        saved = await to_thread.run_sync(lambda: here.studio.write(here.name, version, text, here.person.name))
    except SavedMeanwhile as met:
        return _conflict(here, text, met.theirs)
    except DraftRefused as refused:
        return page(here.request, "documents/refused.html", refused=sentence(str(refused)))
    except UnknownDraft as unknown:
        raise Problem(NOT_FOUND, f"{here.name} is gone, or what you began from is") from unknown
    headers = {"X-Version": str(saved.version)}
    if await to_thread.run_sync(lambda: here.studio.drafting.drafts.latest(here.name).version) != saved.version:
        return Response(status_code=204, headers=headers)
    shown = await to_thread.run_sync(lambda: here.show("looked.html", ""))
    shown.headers.update(headers)
    return shown


def _conflict(here: At, text: str, theirs: Revision) -> Response:
    saved = as_text(theirs.files.get(DOCUMENT_PATH, b""))
    differing = rows(saved, text.replace("\r\n", "\n"))
    shown = page(here.request, "documents/conflict.html", theirs=theirs, rows=differing, saved=saved, signs=signs)
    shown.headers["X-Conflict"] = str(theirs.version)
    return shown


@router.get("/documents/{name}/version")
def show_version(here: Here, seen: int = 0) -> JSONResponse:
    """Tell an open page whether somebody else has changed the text since it was read at version `seen`."""
    drafts = here.studio.drafting.drafts
    try:
        now = drafts.latest(here.name)
        then = drafts.at(here.name, seen or 1) if now.version != seen else now
    except UnknownDraft:
        return JSONResponse({"changed": False, "who": "", "version": seen})
    changed = now.files.get(DOCUMENT_PATH) != then.files.get(DOCUMENT_PATH)
    return JSONResponse({"changed": changed, "who": now.who, "version": now.version})


def sentence(words: str) -> str:
    """Return words as a sentence."""
    return f"{words[:1].upper()}{words[1:].rstrip('.')}."
