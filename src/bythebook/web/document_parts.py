"""The other parts of a document's page, and what one click does there: conditions, phrases, functions, examples."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import Annotated, Any, Final
from urllib.parse import quote

from fastapi import APIRouter, Form
from starlette.responses import RedirectResponse, Response

from bythebook.compiler.bind import BY_PERSON
from bythebook.compiler.phrase_needs import PhraseFor, PhraseNeed, PhraseState, one_line
from bythebook.compiler.sidecars import DOCUMENT_PATH, EXAMPLES_PATH, PHRASES_PATH
from bythebook.compiler.table_edit import Path
from bythebook.compiler.toml_places import Places
from bythebook.engine.choice import OFF_TOPIC, ROUTINE
from bythebook.reading.tidy import choices_of
from bythebook.service import draft_edits as edits
from bythebook.service.alike import alike, proposed
from bythebook.service.analysis import Analysis, Finding, first_line
from bythebook.service.defining import with_purpose
from bythebook.service.drafts import FILE_BYTES_MAX, DraftRefused, Files, SavedMeanwhile, UnknownDraft
from bythebook.service.putting_away import PUT_AWAY_PATH, put_away
from bythebook.service.standing_sentences import sentences
from bythebook.service.studio import Desk, Studio
from bythebook.web.documents import At, Here, sentence, text_page
from bythebook.web.function_words import message_of
from bythebook.web.problems import NOT_FOUND, Problem
from bythebook.web.templating import is_part

router = APIRouter(include_in_schema=False)

WORDS_MAX: Final = 20_000
Words = Annotated[str, Form(max_length=WORDS_MAX)]
WRITABLE: Final = (PHRASES_PATH, EXAMPLES_PATH)
"""The files beside a document that can be changed as they stand; functions and data are brought by developers."""

HEADS: Final = {ROUTINE: "How this matter begins", OFF_TOPIC: "What is asked here and belongs elsewhere"}
OWN_TABLES: Final = ("line", "function", "house", "condition", "outcome")


# ---------------------------------------------------------------- showing


def _conditions(studio: Studio, desk: Desk) -> Mapping[str, Any]:
    return {"deciding": sorted(desk.analysis.deciding, key=lambda one: not one.open)}


def _phrases(studio: Studio, desk: Desk) -> Mapping[str, Any]:
    standing = sentences(studio.house, desk.analysis.phrases.house)
    names = {one.name for one in standing}
    needs = [need for need in desk.analysis.needs if need.kind is not PhraseFor.HOUSE or need.name not in names]
    waiting = alike(need for need in needs if need.state is not PhraseState.APPROVED)
    return {
        "waiting": waiting,
        "given": as_given,
        "proposed": [one for one in waiting if proposed(one[0])],
        "approved": [need for need in needs if need.state is PhraseState.APPROVED],
        "standing": standing,
        "opened": (),
        "put_away": put_away(desk.draft.files),
    }


def as_given(rows: Iterable[Sequence[PhraseNeed]]) -> str:
    """Return what a form sends to have phrases approved as they stand: what each is for, was read as, and says."""
    return json.dumps([(f"{one.kind.value}.{one.name}", one.words, proposed(one)) for one, *_ in rows])


def _functions(studio: Studio, desk: Desk) -> Mapping[str, Any]:
    analysis = desk.analysis
    first = first_line(analysis.compiled.routine)
    label = first.label if first is not None else ""
    functions = {"functions": analysis.functions, "by_hand": analysis.by_hand, "first": label}
    return {**functions, "message": partial(message_of, analysis)}


def _examples(studio: Studio, desk: Desk) -> Mapping[str, Any]:
    release = desk.analysis.release
    if release is None:
        return {"choices": None, "untidy": desk.analysis.untidy, "heads": HEADS}
    choices = [(choice, advice, release.examples.by_choice.get(choice, ())) for choice, advice in choices_of(release)]
    return {"choices": choices, "untidy": desk.analysis.untidy, "heads": HEADS}


def _files(studio: Studio, desk: Desk) -> Mapping[str, Any]:
    beside = sorted({*desk.draft.files, *WRITABLE} - {DOCUMENT_PATH, PUT_AWAY_PATH})
    texts = {path: edits.as_text(desk.draft.files.get(path, b"")) for path in beside}
    return {"texts": texts, "writable": WRITABLE, "table_at": partial(_table_at, desk.draft.files), "typed": {}}


PARTS: Final[Mapping[str, Callable[[Studio, Desk], Mapping[str, Any]]]] = {
    "conditions": _conditions,
    "phrases": _phrases,
    "functions": _functions,
    "examples": _examples,
    "files": _files,
}


def show_part(here: At, part: str, **more: Any) -> Response:
    """Return one part of a document's page."""
    desk = here.opened()
    return here.show(f"{part}.html", f"/{part}", desk=desk, **{**PARTS[part](here.studio, desk), **more})


@router.get("/documents/{name}/conditions")
def show_conditions(here: Here) -> Response:
    """Show what decides each condition."""
    return show_part(here, "conditions")


@router.get("/documents/{name}/phrases")
def show_phrases(here: Here) -> Response:
    """Show the phrases: those to be read first."""
    return show_part(here, "phrases")


@router.get("/documents/{name}/functions")
def show_functions(here: Here) -> Response:
    """Show what the document calls, and what stands behind it."""
    return show_part(here, "functions")


@router.get("/documents/{name}/examples")
def show_examples(here: Here) -> Response:
    """Show what customers say, by what they mean."""
    return show_part(here, "examples")


@router.get("/documents/{name}/files")
def show_files(here: Here) -> Response:
    """Show the files beside the text, as they are written."""
    return show_part(here, "files")


# ---------------------------------------------------------------- doing


Change = Callable[[Analysis], Files]


def acted(
    here: At,
    part: str,
    act: Callable[[], str],
    typed: Mapping[str, str] | None = None,
    more: Mapping[str, Any] | None = None,
) -> Response:
    """Do one thing and show the part again, with what happened; `act` returns what to tell.

    Where it is refused, what was typed is shown as it was typed.
    """
    try:
        notice, refused = act(), ""
    except DraftRefused as why:
        notice, refused = "", sentence(str(why))
    except UnknownDraft as unknown:
        raise Problem(NOT_FOUND, f"no document is called {here.name}") from unknown
    if not refused and not is_part(here.request):
        return RedirectResponse(f"/documents/{quote(here.name)}/{part}", 303)
    kept = {"typed": typed} if typed and refused else {}
    return show_part(here, part, notice=notice, refused=refused, **kept, **(more or {}))


def changed(here: At, how: Change, note: str) -> str:
    """Change one thing in the draft, and return what is told of it."""
    here.studio.change(here.name, how, here.person.name, note)
    return note


@router.post("/documents/{name}/conditions")
def decide(here: Here, label: Words, outcome: Words = "", test: Words = "") -> Response:
    """Say what decides a condition: a function's outcome, a comparison, or its own words again."""

    def how(seen: Analysis) -> Files:
        if outcome == "own words":
            return edits.without(seen.files, PHRASES_PATH, ("condition", label))
        function, _, ended = outcome.rpartition(" ")
        one = next((each for each in seen.deciding if each.label == label), None)
        if one is None:
            raise DraftRefused("the text has no such condition any more: look at the list again")
        if test.strip():
            return _compared(here, edits.with_decided(seen.files, label, {"test": one_line(test)}, one.text), label)
        if outcome == BY_PERSON:
            return edits.with_decided(seen.files, label, {"by": BY_PERSON}, one.text)
        if outcome in dict(one.answers):
            return edits.with_decided(seen.files, label, edits.answered(outcome), one.text)
        if function not in one.functions or ended not in edits.OUTCOMES:
            raise DraftRefused("choose what decides it, or write what is to be compared")
        return edits.with_decided(seen.files, label, {"function": function, "outcome": ended}, one.text)

    note = f"said what decides condition {label}"
    return acted(here, "conditions", lambda: changed(here, how, note))


def _compared(here: At, files: Files, label: str) -> Files:
    wrong = [
        one for one in here.studio.look(here.name, files).errors if f'[condition."{label}"]' in one.diagnostic.message
    ]
    if wrong:
        raise DraftRefused("that compares nothing: write a name, a comparison and a value, such as status == 'sent'")
    return files


@router.post("/documents/{name}/functions")
def connect(here: Here, do: Words, label: Words = "", function: Words = "", purpose: Words = "") -> Response:
    """Say what a function is for, or who does what it would: a person, or nobody as there is nothing to do."""
    base = label.partition("(")[0]

    def act() -> str:
        match do:
            case "person":
                here.studio.hand_to_person(here.name, base, here.person.name)
                return f"a person does line {base}"
            case "all":
                return _by_person(here)
            case "own words":
                table: Path = ("line", label)
                note = f"line {label} does what it says again"
                return changed(here, lambda seen: edits.without(seen.files, PHRASES_PATH, table), note)
            case "nothing":
                note = f"{function} has nothing to do in other systems"
                return changed(here, lambda seen: _nothing(seen, function), note)
            case "purpose":
                return changed(
                    here, lambda seen: _purpose(here, seen, function, purpose), f"wrote what {function} is for"
                )
            case _:
                raise DraftRefused("choose who does it")

    return acted(here, "functions", act)


def _by_person(here: At) -> str:
    """Have a person do what no function is connected for; tell of the lines where only their author can say how."""
    analysis = here.opened().analysis
    labels = [label for one in analysis.functions if not (one.bound or one.closes) for label, _ in one.calls]
    bases = tuple(dict.fromkeys(label.partition("(")[0] for label in labels))
    here.studio.hand_all_to_person(here.name, bases, here.person.name)
    return "a person does all that was left"


def _purpose(here: At, seen: Analysis, function: str, purpose: str) -> Files:
    files = with_purpose(seen.files, seen.compiled, function, purpose)
    before, after = seen.compiled.routine, here.studio.look(here.name, files).compiled.routine
    defined = after.function(function)
    if defined is None or not defined.purpose or len([*before.lines]) != len([*after.lines]):
        raise DraftRefused(f"write in the text what {function} is for: - `{function}`: **Purpose**: what it does")
    return files


def _nothing(seen: Analysis, function: str) -> Files:
    if not any(one.name == function and one.closes and not one.bound for one in seen.functions):
        raise DraftRefused("only the function that closes the case can have nothing to do")
    return edits.with_nothing_outside(seen.files, function)


@router.post("/documents/{name}/examples")
def change_examples(here: Here, choice: Words, text: Words = "", do: Words = "add") -> Response:
    """Add something that customers say, or take it out."""
    if do == "remove":
        note = f"took out an example: {' '.join(text.split())[:60]}"
        return acted(
            here, "examples", lambda: changed(here, lambda seen: edits.without_said(seen.files, choice, text), note)
        )

    def how(seen: Analysis) -> Files:
        known = [one for one, _ in choices_of(seen.release)] if seen.release is not None else []
        if choice not in known:
            raise DraftRefused("the text has no such place any more: look at the list again")
        return edits.with_said(seen.files, choice, text)

    note = f"added an example: {' '.join(text.split())[:60]}"
    return acted(here, "examples", lambda: changed(here, how, note))


@router.post("/documents/{name}/accepted")
def accept(here: Here, key: Words, reason: Words = "", do: Words = "accept") -> Response:
    """Accept a remark with a reason, or look at it again."""
    said = (reason.strip() or f"looked at and meant so, says {here.person.name}") if do == "accept" else None
    note = f"{'meant so' if said is not None else 'to be looked at again'}: {key}"
    try:
        changed(here, lambda seen: edits.with_accepted(seen.files, key, said), note)
        refused = ""
    except DraftRefused as why:
        refused = sentence(str(why))
    if not refused and not is_part(here.request):
        return RedirectResponse(f"/documents/{quote(here.name)}", 303)
    return text_page(here, refused=refused)


@router.post("/documents/{name}/files")
def change_file(
    here: Here,
    path: Words,
    version: Annotated[int, Form()],
    text: Annotated[str, Form(max_length=FILE_BYTES_MAX)] = "",
) -> Response:
    """Save a file beside the text as it was written."""

    def act() -> str:
        if path not in WRITABLE:
            raise DraftRefused(f"{path} is brought by a developer, and cannot be changed here")
        now = here.studio.draft(here.name, here.person.name)
        raw = edits.as_bytes(text, now.files.get(path, b""))
        try:
            here.studio.drafting.save(here.name, version or 1, {path: raw}, here.person.name, f"changed {path}")
        except SavedMeanwhile as met:
            raise DraftRefused(
                f"{met.theirs.who} changed {path} meanwhile, and nothing was saved over it: copy yours, look "
                "at the file as it is now, and put yours in again"
            ) from met
        return f"saved {path}"

    return acted(here, "files", act, typed={path: text})


@router.post("/documents/{name}/taken-out")
def take_out(here: Here, path: Words, table: Words, key: Words) -> Response:
    """Take out what stands beside the text for a line that is gone."""

    def how(seen: Analysis) -> Files:
        if path == PHRASES_PATH and table == "accept":
            return edits.with_accepted(seen.files, key, None)
        if path == PHRASES_PATH and table in OWN_TABLES:
            return edits.without(seen.files, PHRASES_PATH, (table, key))
        raise DraftRefused("take it out in the file itself, below")

    note = f"took out {table} {key}"
    return acted(here, "files", lambda: changed(here, how, note))


def _table_at(files: Files, finding: Finding) -> Path:
    """Return the table that a finding in phrases.toml is about, where one click can take it out."""
    if finding.path != PHRASES_PATH:
        return ()
    path = Places.of(PHRASES_PATH, files.get(PHRASES_PATH)).named_at(finding.diagnostic.label.span)
    return path[:2] if len(path) > 1 and path[0] in (*OWN_TABLES, "accept") else ()
