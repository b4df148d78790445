"""What the sandbox and the heat map change in a draft: one more example, one more conversation test."""

from __future__ import annotations

from collections.abc import Callable

from starlette.requests import Request

from bythebook.compiler.phrase_file import CannotEdit
from bythebook.engine.choice import ACTS, OTHERS
from bythebook.reading.tidy import choices_of
from bythebook.service.draft_edits import as_bytes, as_text, with_said
from bythebook.service.drafts import DraftRefused, Files, UnknownDraft
from bythebook.service.explained import meaning
from bythebook.service.people import Person
from bythebook.service.studio import Studio
from bythebook.testing.kept_test import TESTS_PATH
from bythebook.web.context import WebContext


class NotChanged(Exception):
    """The draft stays as it is; the message says why, and what to do."""


def studio_of(request: Request) -> Studio | None:
    """Return where drafts are changed; None where this installation keeps none."""
    context: WebContext = request.app.state.context
    return context.studio


def draft_files(request: Request, name: str) -> Files | None:
    """Return the files of a document's draft; None where it has none."""
    studio = studio_of(request)
    try:
        return studio.drafting.drafts.latest(name).files if studio is not None else None
    except UnknownDraft:
        return None


def add_example(request: Request, name: str, choice: str, text: str, person: Person) -> str:
    """Add what a customer said to a draft's examples; return the words of what it means. Raise NotChanged."""
    studio = _draft_to_change(request, name, person)
    release = studio.look(name, studio.drafting.drafts.latest(name).files).release
    known = {one for one, _ in choices_of(release)} if release is not None else set()
    if release is None or (choice not in known and choice not in (*ACTS, *OTHERS)):
        raise NotChanged("the draft has no such meaning, or has errors; look at its text first")
    _change(studio, name, lambda files: with_said(files, choice, text), person, f"“{text[:60]}” as an example")
    return meaning(release, choice)


def add_test(request: Request, name: str, write: Callable[[str], str], person: Person) -> None:
    """Change a draft's conversation tests; raise NotChanged."""
    studio = _draft_to_change(request, name, person)

    def more(files: Files) -> Files:
        before = files.get(TESTS_PATH, b"")
        return {**files, TESTS_PATH: as_bytes(write(as_text(before)), before)}

    _change(studio, name, more, person, "kept a test from the sandbox")


def _draft_to_change(request: Request, name: str, person: Person) -> Studio:
    studio = studio_of(request)
    if studio is None:
        raise NotChanged("this installation keeps no drafts")
    try:
        studio.draft(name, person.name)
    except (UnknownDraft, DraftRefused) as unknown:
        raise NotChanged(f"there is no draft of {name}, and no live release to begin one from") from unknown
    return studio


def _change(studio: Studio, name: str, how: Callable[[Files], Files], person: Person, note: str) -> None:
    try:
        studio.drafting.change(name, how, person.name, note)
    except (DraftRefused, CannotEdit) as refused:
        raise NotChanged(str(refused)) from refused
