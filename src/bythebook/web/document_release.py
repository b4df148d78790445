"""What a draft changes, and its release; earlier saves, and the way back to them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Final
from urllib.parse import quote

from fastapi import APIRouter, Form
from starlette.responses import RedirectResponse, Response

from bythebook.compiler.differences import pieces
from bythebook.service.drafts import DraftRefused, UnknownDraft
from bythebook.service.releases import NOTE_CHARACTERS_MAX, ReleaseRefused
from bythebook.web.documents import At, Here, sentence, text_page
from bythebook.web.problems import NOT_FOUND, Problem

router = APIRouter(include_in_schema=False)

SAVES_SHOWN: Final = 50


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
    )


@router.post("/documents/{name}/release")
def release(
    here: Here,
    version: Annotated[int, Form()],
    note: Annotated[str, Form(max_length=NOTE_CHARACTERS_MAX)] = "",
    do: Annotated[str, Form(max_length=20)] = "release",
) -> Response:
    """Release the draft as it was read, or send it to a second person first."""
    studio, who = here.studio, here.person.name
    acts: dict[str, Callable[[], object]] = {
        "release": lambda: studio.release(here.name, version, who, note),
        "submit": lambda: studio.submit(here.name, version, who, note),
        "approve": lambda: studio.approve(here.name, version, who, note),
        "retire": lambda: studio.take_off(here.name, who, note),
    }
    told = {
        "release": "released. New cases begin with it from this moment on.",
        "submit": "sent for approval. Somebody else reads it and approves it here.",
        "approve": "approved. It can be released now.",
        "retire": "taken off. No new case begins with it.",
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
