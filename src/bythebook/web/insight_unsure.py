"""What customers asked and nobody understood: shown to leads, masked as it is stored, and accepted as an example."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any, Final

from anyio import to_thread
from fastapi import APIRouter, Depends, Form, Request
from starlette.responses import HTMLResponse

from bythebook.engine.words import choice_words
from bythebook.routine.wording import Release
from bythebook.service.explained import meaning
from bythebook.service.people import Person, Role
from bythebook.service.ports import Bound, UnknownRelease
from bythebook.service.unsure import Unsure
from bythebook.web.access import needs
from bythebook.web.context import WebContext
from bythebook.web.insight_drafts import NotChanged, add_example
from bythebook.web.problems import NOT_FOUND, Problem
from bythebook.web.templating import is_part, page
from bythebook.web.trial_view import choices_with_words

router = APIRouter(include_in_schema=False)

Lead = Annotated[Person, Depends(needs(Role.LEAD))]

CASES_LOOKED_AT: Final = 400
"""The latest cases that are read through, each once until something happens in it."""

TEXTS_SHOWN: Final = 50
TEXT_MAX: Final = 2_000
GUESSES_MAX: Final = 3


@dataclass(frozen=True, slots=True)
class Asked:
    """One text, ready to be accepted."""

    text: str
    times: int
    after: str
    line: int
    """The text's line of the question that waited; 0 where none did, or the release has it no more."""

    then: str
    choices: tuple[tuple[str, str], ...]


@router.get("/overview/{name}/not-understood")
async def show(request: Request, person: Lead, name: str) -> HTMLResponse:
    """Show what was not understood in the latest cases, and would not be today."""
    return await to_thread.run_sync(lambda: _shown(request, name))


@router.post("/overview/{name}/not-understood")
async def accept(
    request: Request,
    person: Lead,
    name: str,
    text: Annotated[str, Form(max_length=TEXT_MAX)],
    choice: Annotated[str, Form(max_length=200)],
) -> HTMLResponse:
    """Add a text to the examples of the draft."""

    def work() -> HTMLResponse:
        try:
            words = add_example(request, name, choice, text, person)
        except NotChanged as refused:
            return _shown(request, name, refused=str(refused))
        return _shown(request, name, done={"text": text, "words": words})

    return await to_thread.run_sync(work)


def _shown(request: Request, name: str, *, refused: str = "", done: dict[str, str] | None = None) -> HTMLResponse:
    context: WebContext = request.app.state.context
    runner = context.conversation.runner
    try:
        bound: Bound = runner.releases.current(name)
    except UnknownRelease as unknown:
        raise Problem(NOT_FOUND, f"no document called {name} is live") from unknown
    found = context.unsure.look(runner.store, bound.release, bound.reader, CASES_LOOKED_AT)
    accepted = done["text"] if done is not None else ""
    values: dict[str, Any] = {
        "name": name,
        "back": f"/overview/{name}",
        "found": [_asked(bound.release, one) for one in reversed(found) if one.text != accepted][:TEXTS_SHOWN],
        "choices": choices_with_words(bound.release),
        "looked_at": CASES_LOOKED_AT,
        "refused": refused,
        "done": done,
    }
    return page(request, "insight/unsure_list.html" if is_part(request) else "insight/unsure.html", **values)


def _asked(release: Release, one: Unsure) -> Asked:
    line = release.routine.line(one.after) or release.routine.step(one.after)
    place = release.document.position(line.span.start)[0] if line is not None else 0
    guesses = [
        choice for choice in dict.fromkeys((one.then, *one.guessed)) if choice and choice_words(release, choice)
    ]
    named = tuple((choice, meaning(release, choice)) for choice in guesses[:GUESSES_MAX])
    then = meaning(release, one.then) if one.then else ""
    return Asked(one.text, one.times, one.after, place, then, named)
