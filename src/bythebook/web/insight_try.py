"""The sandbox on a document's page: a case that the tester has with a draft, or a release, as the customer.

The page carries what was done (`beats`), so that nothing is kept of it here, and any process can go on.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Annotated, Any, Final
from urllib.parse import quote

from anyio import to_thread
from fastapi import APIRouter, Depends, Query, Request
from starlette.datastructures import FormData
from starlette.responses import HTMLResponse

from bythebook.adapters.shelf import CannotRun
from bythebook.proving.answering import NOT_WALKED, Walk
from bythebook.routine.value import Values
from bythebook.service.desk_work import work_of
from bythebook.service.heat import marked
from bythebook.service.people import Person, Role
from bythebook.service.ports import UnknownRelease
from bythebook.testing.kept_test import TESTS_PATH, as_script, with_script
from bythebook.testing.sandbox import (
    BEATS_MAX,
    Beat,
    BeatWrong,
    Gives,
    HandsBack,
    Presses,
    Sandbox,
    Says,
    Settles,
    Waits,
    as_data,
    from_data,
)
from bythebook.testing.tester import read_field
from bythebook.trying import Subject, Trials
from bythebook.web.access import needs
from bythebook.web.context import WebContext
from bythebook.web.documents import TABS, At, studio_of
from bythebook.web.insight_drafts import NotChanged, add_example, add_test, draft_files
from bythebook.web.problems import NOT_FOUND, Problem
from bythebook.web.templating import page
from bythebook.web.trial_view import (
    LIST_FROM,
    STATUS,
    answers_of,
    choices_with_words,
    entries_of,
    facts_of,
    last_place,
    silence_of,
    still_read_as,
    waiting_of,
)

router = APIRouter(include_in_schema=False)

Lead = Annotated[Person, Depends(needs(Role.LEAD))]

DRAFT: Final = "draft"
LIVE: Final = "live"
TEXT_MAX: Final = 8_000
BEATS_BYTES_MAX: Final = 200_000
FIELD: Final = "field."
FINDS_MAX: Final = 50
"""So much is found at one line, at most."""


@dataclass
class Trial:
    """A request to the sandbox: on what, by whom, what was done before."""

    request: Request
    person: Person
    name: str
    on: str
    beats: Sequence[Beat] = ()
    notice: str = ""
    refused: str = ""
    kept: str = ""
    """The test that was kept, as it was written."""

    problems: str = ""
    """Why nothing can be tried."""

    corrected: tuple[str, str] = ("", "")
    """A message that was given another meaning, and that meaning's choice."""

    sandbox: Sandbox | None = None
    subject: Subject | None = None
    drafted: bool = False
    """Whether there is a draft."""

    live: bool = False
    """Whether there is a release that is live."""

    done: list[str] = field(default_factory=list)


def trials_of(request: Request) -> Trials:
    """Return what sandbox cases are made by; a problem where there is none."""
    context: WebContext = request.app.state.context
    if context.trials is None:
        raise Problem(NOT_FOUND, "this installation has no sandbox")
    return context.trials


@router.get("/documents/{name}/try")
async def show_sandbox(
    request: Request, person: Lead, name: str, on: Annotated[str, Query(max_length=64)] = ""
) -> HTMLResponse:
    """Show a fresh sandbox case."""
    return await to_thread.run_sync(_shown, Trial(request, person, name, on))


@router.post("/documents/{name}/try")
async def do(request: Request, person: Lead, name: str) -> HTMLResponse:
    """Do one thing in a sandbox case, and show it."""
    async with request.form(max_fields=100, max_part_size=BEATS_BYTES_MAX) as form:
        trial = Trial(request, person, name, _text(form, "on"))
        return await to_thread.run_sync(_done, trial, form)


def _done(trial: Trial, form: FormData) -> HTMLResponse:
    act = _text(form, "act")
    try:
        trial.beats = _beats(form) if act != "again" else ()
        if act == "means":
            said = _text(form, "text")
            words = add_example(trial.request, trial.name, _text(form, "choice"), said, trial.person)
            trial.on = DRAFT
            trial.notice = f"“{said}” means {words} in the draft from now on; the case was played again."
            trial.corrected = (said, _text(form, "choice"))
        if act == "keep":
            _keep(trial, _text(form, "title"))
        return _shown(trial, _beats_of(act, form))
    except (BeatWrong, NotChanged) as wrong:
        trial.refused = str(wrong)
        return _shown(trial)


def _keep(trial: Trial, title: str) -> None:
    sandbox = _resumed(trial)
    if sandbox is None or not sandbox.played:
        raise NotChanged("nothing was said yet; a test begins with a message")
    if sandbox.asks is not None:
        raise NotChanged(f"first say what {sandbox.asks.function} returns")
    script = as_script(title or "Kept from the sandbox", sandbox)
    trial.kept = script
    add_test(trial.request, trial.name, lambda text: with_script(text, script), trial.person)
    trial.notice = f"Kept in {TESTS_PATH} of the draft; `bythebook test` plays it."


def _beats_of(act: str, form: FormData) -> Sequence[Beat]:
    """Return what is to be done in the case, one thing after the other."""
    if act == "found":
        holds = [str(one) for one in form.getlist("holds")]
        names = [str(one) for one in form.getlist("finds")][:FINDS_MAX]
        if names and not (holds or _text(form, "none")):
            raise BeatWrong("say what the person found, or that it is none of it")
        return (*(Settles(name, name in holds) for name in names), HandsBack())
    beat = _beat(act, form)
    return (beat,) if beat is not None else ()


def _beat(act: str, form: FormData) -> Beat | None:
    """Return what is to be done in the case; None where it is only shown."""
    match act:
        case "say":
            return Says(_text(form, "text"))
        case "press":
            return Presses(_text(form, "button"))
        case "give":
            return Gives(_fields(form))
        case "fail":
            return Gives(None)
        case "wait":
            return Waits()
        case "settle":
            fact = _text(form, "fact")
            return Settles(fact[1:], not fact.startswith("-"))
        case "back":
            return HandsBack()
        case "undone":
            return HandsBack(undone=True)
        case _:
            return None


def _fields(form: FormData) -> Values:
    given = {
        name.removeprefix(FIELD): str(value)[:TEXT_MAX] for name, value in form.items() if name.startswith(FIELD)
    }
    return {name: read_field(value) for name, value in given.items() if value.strip()}


def _beats(form: FormData) -> Sequence[Beat]:
    try:
        given = json.loads(_text(form, "beats", BEATS_BYTES_MAX) or "[]")
    except (ValueError, RecursionError) as wrong:
        raise BeatWrong("what was done before cannot be read; start again") from wrong
    if not isinstance(given, list) or len(given) > BEATS_MAX:
        raise BeatWrong("what was done before cannot be read; start again")
    return [from_data(one) for one in given]


def _text(form: FormData, name: str, longest: int = TEXT_MAX) -> str:
    value = form.get(name)
    return value[:longest] if isinstance(value, str) else ""


def _resumed(trial: Trial) -> Sandbox | None:
    """Return the sandbox case, played as far as it goes on what is tried now; None where nothing can be tried."""
    trials = trials_of(trial.request)
    subject = _subject(trial, trials)
    if subject is None:
        return None
    trial.subject = subject
    try:
        return trials.resume(subject, trial.beats)
    except BeatWrong as wrong:
        sandbox = trials.begin(subject)
        for beat in trial.beats:
            try:
                sandbox.play(beat)
            except BeatWrong:
                break
        trial.refused = f"The document has changed: the case was played again as far as it goes now. Then: {wrong}"
        return sandbox


def _subject(trial: Trial, trials: Trials) -> Subject | None:
    files = draft_files(trial.request, trial.name)
    trial.drafted = files is not None
    trial.live = any(release.name == trial.name for release in trials.shelf.loaded)
    if not trial.on:
        trial.on = DRAFT if trial.drafted else LIVE
    try:
        if trial.on == DRAFT and files is not None:
            return trials.of_draft(trial.name, files)
        digest = trials.shelf.current(trial.name).release.digest if trial.on in (LIVE, DRAFT) else trial.on
        trial.on = LIVE if trial.on == DRAFT else trial.on
        subject = trials.of_release(digest)
    except UnknownRelease as unknown:
        raise Problem(NOT_FOUND, f"no document is called {trial.name}, or it has no such release") from unknown
    except CannotRun as wrong:
        trial.problems = str(wrong)
        return None
    if subject.bound.release.name != trial.name:
        raise Problem(NOT_FOUND, f"{trial.name} has no such release")
    return subject


def _walk(trial: Trial) -> Walk:
    """Return who gets on with which answer in the draft; what is live was looked at before it was released."""
    studio, files = studio_of(trial.request), draft_files(trial.request, trial.name)
    return studio.look(trial.name, files).walk if files is not None and trial.on == DRAFT else NOT_WALKED


def _shown(trial: Trial, beats: Sequence[Beat] = ()) -> HTMLResponse:
    sandbox = _resumed(trial)
    base = f"/documents/{quote(trial.name)}"
    tabs = [(label, f"{base}{behind}") for label, behind in TABS]
    values: dict[str, Any] = {"trial": trial, "name": trial.name, "base": base, "tabs": tabs, "tab": f"{base}/try"}
    if sandbox is None or trial.subject is None:
        at = At(trial.request, trial.person, studio_of(trial.request), trial.name)
        return at.show("cannot_try.html", "/try", trial=trial)
    try:
        for beat in beats:
            sandbox.play(beat)
    except BeatWrong as wrong:
        trial.refused = str(wrong)
    release = trial.subject.bound.release
    happened = entries_of(sandbox)
    if trial.corrected[0] and (instead := still_read_as(happened, *trial.corrected)):
        trial.notice = (
            f"“{trial.corrected[0]}” is an example in the draft now, but is understood as {instead} all the same: "
            "other examples, or the words of the text, say so more plainly."
        )
    values |= {
        "title": release.titled,
        "release": release,
        "sandbox": sandbox,
        "happened": happened,
        "last": last_place(happened),
        "waiting": waiting_of(sandbox),
        "silence": silence_of(sandbox),
        "buttons": sandbox.buttons,
        "facts": facts_of(sandbox.release),
        "choices": choices_with_words(sandbox.release),
        "map": marked(release, sandbox.reached()),
        "beats": json.dumps([as_data(played.beat) for played in sandbox.played], ensure_ascii=False),
        "status": STATUS[sandbox.state.status],
        "list_from": LIST_FROM,
        "answers": answers_of(release, _walk(trial)),
        "work": work_of(sandbox.release, sandbox.state),
        "handed": sandbox.state.status.value == "handed_off",
    }
    shown = page(trial.request, "insight/try.html", **values)
    trials_of(trial.request).keep(trial.subject, sandbox)
    return shown
