"""What one click does to the phrases of a document: one approved, or all that are left."""

from __future__ import annotations

import json
from functools import partial
from typing import Annotated

from fastapi import APIRouter, Form
from starlette.responses import Response

from bythebook.compiler.phrase_needs import PhraseFor, PhraseNeed, PhraseState
from bythebook.compiler.sidecars import PHRASES_PATH
from bythebook.compiler.table_edit import Path
from bythebook.service import draft_edits as edits
from bythebook.service.alike import alike
from bythebook.service.analysis import Analysis
from bythebook.service.drafts import FILE_BYTES_MAX, DraftRefused, Files
from bythebook.service.standing_sentences import need_of
from bythebook.web.document_parts import Words, acted, changed
from bythebook.web.documents import Here

router = APIRouter(include_in_schema=False)


@router.post("/documents/{name}/phrases")
def word(
    here: Here,
    phrase: Words = "",
    read: Words = "",
    text: Words = "",
    do: Words = "approve",
) -> Response:
    """Approve a phrase, and those of the same words with it, or keep its words as a draft."""

    kind, _, name = phrase.partition(".")
    opened = {"opened": ("standing",)} if kind == PhraseFor.HOUSE.value else {}
    if opened and do == "back":
        note = "said as in every document again"
        table: Path = (kind, name)
        change = partial(edits.without, path=PHRASES_PATH, table=table)
        return acted(here, "phrases", lambda: changed(here, lambda seen: change(seen.files), note), more=opened)

    def how(seen: Analysis) -> Files:
        needs = [need_of(here.studio.house, name)] if opened else _meant(seen, phrase)
        files = seen.files
        for need in needs:
            if " ".join(read.split()) != need.words:
                raise DraftRefused("the line has changed since you read it: read the phrase again")
            files = edits.with_phrase(files, need, text, here.person.name if do == "approve" else None)
        return files

    said = "approved" if do == "approve" else "kept as a draft"
    note = f"{said}: {phrase.replace('.', ' ', 1)}"
    return acted(here, "phrases", lambda: changed(here, how, note), more=opened)


@router.post("/documents/{name}/phrases/all")
def word_all(here: Here, given: Annotated[str, Form(max_length=FILE_BYTES_MAX)] = "") -> Response:
    """Approve all phrases that are left as they stood before their reader: what each is for, was read as, says."""

    def how(seen: Analysis) -> Files:
        files = seen.files
        for phrase, read, text in _given(given):
            for need in _meant(seen, phrase):
                if " ".join(read.split()) != need.words:
                    raise DraftRefused("a line has changed since you read it: read the phrases again")
                files = edits.with_phrase(files, need, text, here.person.name)
        return files

    return acted(here, "phrases", lambda: changed(here, how, "approved all that were left"))


def _given(given: str) -> list[tuple[str, str, str]]:
    try:
        rows = [(str(phrase), str(read), str(text)) for phrase, read, text in json.loads(given)]
    except (ValueError, TypeError, RecursionError) as wrong:
        raise DraftRefused("read the phrases again: what was sent cannot be read") from wrong
    if not rows:
        raise DraftRefused("nothing is left to approve")
    return rows


def _meant(seen: Analysis, phrase: str) -> list[PhraseNeed]:
    """Return the phrase that is meant, and those that wait with it and say the same."""
    found = next((need for need in seen.needs if f"{need.kind.value}.{need.name}" == phrase), None)
    if found is None:
        raise DraftRefused("the text does not need this phrase any more: look at the list again")
    if found.state is PhraseState.APPROVED:
        return [found]
    rows = alike(need for need in seen.needs if need.state is not PhraseState.APPROVED)
    return next(row for row in rows if found in row)
