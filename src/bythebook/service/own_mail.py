"""The letter that a line asks the customer to write, with the case's reference; for their own mail program."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from bythebook.compiler.own_mail import own_mail
from bythebook.engine.event import Source
from bythebook.routine.wording import Release
from bythebook.service.view import Mail, Said

OF_THE_DOCUMENT: Final = frozenset(source.value for source in (Source.QUOTED, Source.PHRASE, Source.ARTICLE))
"""Only approved words ask for letters; what a function returned or a human wrote does not."""


def with_mail(release: Release, case_id: str, said: Said) -> Said:
    """Return what was said with the letter it asks for, if it asks for one."""
    asked = own_mail(said.text) if said.source in OF_THE_DOCUMENT else None
    if asked is None:
        return said
    subject = f"{_title(release, said.routine)} (case {case_id})"
    body = "\n".join([*(f"{heading}:\n" for heading in asked.headings), f"Case: {case_id}"])
    return replace(said, mail=Mail(asked.address, subject, asked.headings, body))


def _title(release: Release, routine: str) -> str:
    """Return the title of the document that a line is of; the case may have moved on since."""
    if routine in ("", release.name):
        return release.titled
    card = release.card(routine)
    return card.title if card is not None else routine.replace("-", " ").capitalize()
