"""What a draft changes, and its release; earlier saves, and the way back to them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Annotated, Final
from urllib.parse import quote

from fastapi import APIRouter, Form
from starlette.responses import RedirectResponse, Response

from bythebook.compiler.differences import pieces
from bythebook.compiler.sidecars import DOCUMENT_PATH
from bythebook.routine.model import HandOver
from bythebook.service import draft_edits as edits
from bythebook.service.chat_limits import wants_file, wants_masked, wants_private
from bythebook.service.draft_edits import as_text
from bythebook.service.drafts import DraftRefused, UnknownDraft
from bythebook.service.people import Role
from bythebook.service.releases import NOTE_CHARACTERS_MAX, ReleaseRefused
from bythebook.service.studio import Desk
from bythebook.web.context import WebContext
from bythebook.web.documents import At, Here, sentence, text_page
from bythebook.web.pages import USUAL_NOTICE, notice_of
from bythebook.web.problems import NOT_FOUND, Problem

router = APIRouter(include_in_schema=False)

SAVES_SHOWN: Final = 50
Short = Annotated[str, Form(max_length=300)]


@router.get("/documents/{name}/changes")
def show_changes(here: Here) -> Response:
    """Show what customers will be told differently, and how the texts differ."""
    desk = here.opened()
    return here.show("changes.html", "/changes", desk=desk, compared=here.studio.compared(desk), pieces=pieces)


@router.get("/documents/{name}/release")
def show_release(here: Here) -> Response:
    """Show what is left before the release, and the release itself."""
    return _release_page(here)


def _release_page(here: At, note: str = "", refused: str = "", notice: str = "") -> Response:
    desk = here.opened()
    return here.show(
        "release.html",
        "/release",
        desk=desk,
        compared=here.studio.compared(desk),
        way=here.studio.way(desk, here.person.name),
        note=note,
        refused=refused,
        notice=notice,
        history=here.studio.history(here.name),
        beside=here.studio.beside(here.name),
        people=people_wanted(here, desk),
        shown=desk.analysis.phrases.conduct,
        usual=notice_of([as_text(desk.draft.files.get(DOCUMENT_PATH, b""))]) or USUAL_NOTICE,
        wants_private=wants_private(desk.analysis.compiled),
        wants_masked=wants_masked(desk.analysis.compiled),
        wants_file=wants_file(desk.analysis.compiled),
    )


@dataclass(frozen=True, slots=True)
class Wanted:
    """How much a document leaves to people, and whether somebody is there."""

    lines: int
    """Lines at which a case waits for a person."""

    on_duty: bool
    can_go: bool
    """Whether whoever looks can go on duty themselves."""


def people_wanted(here: At, desk: Desk) -> Wanted | None:
    """Return what a document leaves to people; None where it leaves them nothing, or nobody can go on duty here."""
    context: WebContext = here.request.app.state.context
    lines = desk.analysis.compiled.routine.lines
    count = sum(isinstance(line.instruction, HandOver) and not line.implied for line in lines)
    if not count or context.access is None:
        return None
    there = context.always_on_duty or context.access.somebody_on_duty()
    return Wanted(count, there, here.person.has(Role.HUMAN))


@router.post("/documents/{name}/release")
def release(
    here: Here,
    version: Annotated[int, Form()],
    note: Annotated[str, Form(max_length=NOTE_CHARACTERS_MAX)] = "",
    do: Annotated[str, Form(max_length=20)] = "release",
    off: Annotated[tuple[str, ...], Form()] = (),
) -> Response:
    """Release the draft as it was read, or send it to a second person first; take others off with it."""
    studio, who = here.studio, here.person.name

    def released() -> None:
        studio.release(here.name, version, who, note)
        _taken_off(here, off)

    acts: dict[str, Callable[[], object]] = {
        "release": released,
        "others off": lambda: _taken_off(here, _chosen(off)),
        "duty": lambda: _on_duty(here),
        "submit": lambda: studio.submit(here.name, version, who, note),
        "approve": lambda: studio.approve(here.name, version, who, note),
        "retire": lambda: studio.take_off(here.name, who, note),
    }
    told = {
        "release": "released. New cases begin with it from this moment on.",
        "submit": "sent for approval. Somebody else reads it and approves it here.",
        "approve": "approved. It can be released now.",
        "retire": "taken off. No new case begins with it.",
        "others off": "taken off. No new case begins with what you chose.",
        "duty": "you are on duty. Cases that wait for a person are at the desk.",
    }
    try:
        if do not in acts:
            raise DraftRefused("choose what is to be done")
        acts[do]()
    except (DraftRefused, ReleaseRefused) as why:
        return _release_page(here, note, refused=sentence(str(why)))
    except UnknownDraft as unknown:
        raise Problem(NOT_FOUND, f"no document is called {here.name}") from unknown
    return _release_page(here, notice=told[do])


def _taken_off(here: At, names: Iterable[str]) -> None:
    for name in names:
        try:
            here.studio.take_off(name, here.person.name, f"taken off beside {here.name}")
        except UnknownDraft as unknown:
            raise DraftRefused(f"no document is called {name}") from unknown


def _chosen(names: tuple[str, ...]) -> tuple[str, ...]:
    if not names:
        raise DraftRefused("mark what is to be taken off")
    return names


def _on_duty(here: At) -> None:
    context: WebContext = here.request.app.state.context
    if context.access is None or not here.person.has(Role.HUMAN):
        raise DraftRefused("only somebody with the role human goes on duty")
    context.access.people.set_on_duty(here.person.name, True)


@router.post("/documents/{name}/shown")
def word_shown(here: Here, title: Short = "", notice: Short = "") -> Response:
    """Write what customers see the document called, and what the chat asks them not to share."""
    try:
        here.studio.change(
            here.name,
            lambda seen: edits.with_shown(seen.files, title, notice),
            here.person.name,
            "wrote what customers see",
        )
    except DraftRefused as why:
        return _release_page(here, refused=sentence(str(why)))
    return _release_page(here, notice="kept in the draft. Customers see it once it is released.")


# ---------------------------------------------------------------- back and forth


@router.get("/documents/{name}/saves")
def show_saves(here: Here) -> Response:
    """Show the earlier saves of a draft."""
    return here.show("saves.html", "/saves", saves=here.studio.drafting.drafts.saves(here.name, SAVES_SHOWN))


@router.post("/documents/{name}/saves")
def go_back(here: Here, version: Annotated[int, Form()]) -> Response:
    """Go back to an earlier save; that can be undone."""
    return _moved(here, lambda: here.studio.drafting.go_back(here.name, version, here.person.name))


@router.post("/documents/{name}/undo")
def undo(here: Here) -> Response:
    """Undo the last save."""
    return _moved(here, lambda: here.studio.drafting.undo(here.name, here.person.name))


@router.post("/documents/{name}/redo")
def redo(here: Here) -> Response:
    """Do again what was undone."""
    return _moved(here, lambda: here.studio.drafting.redo(here.name, here.person.name))


@router.post("/documents/{name}/restart")
def restart(here: Here) -> Response:
    """Begin the draft again from what is live; that can be undone."""
    return _moved(here, lambda: here.studio.restart(here.name, here.person.name))


@router.post("/documents/{name}/discard")
def discard(here: Here, typed: Annotated[str, Form(max_length=200)] = "") -> Response:
    """Throw a draft away, where its name was typed to say so."""
    if typed.strip() != here.name:
        return text_page(here, refused=f"Nothing was thrown away: type the name {here.name} to do that.")
    here.studio.drafting.drafts.discard(here.name)
    return RedirectResponse("/documents", 303)


def _moved(here: At, act: Callable[[], object]) -> Response:
    try:
        act()
    except DraftRefused as why:
        return text_page(here, refused=sentence(str(why)))
    except UnknownDraft:
        return text_page(here, refused="That save is not kept any more: choose another one, under Earlier saves.")
    return RedirectResponse(f"/documents/{quote(here.name)}", 303)
