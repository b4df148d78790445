"""What the document page says of a finding: where a file or a command is named elsewhere, what to do on the page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Final

from markupsafe import Markup, escape

from bythebook.compiler.check_names import SUMMARIES
from bythebook.compiler.differences import Row
from bythebook.compiler.wording import WORDINGS
from bythebook.service.analysis import Finding
from bythebook.service.draft_edits import HAND_OVER

UNREAD: Final = "unknown-instruction"
DOES_NOTHING: Final = (
    "the assistant says things, asks, calls functions and hands over to a person; it cannot do this by itself. "
    "Let a person do it, or write which function does it: Call the `name_of_it` function"
)
"""Where the words want something done."""

HELP: Final[Mapping[str, str]] = {
    "undefined-function": "say under Functions what it is for, or at the end of the text",
    "unlinked-reference": "tie these words to a line or an address, under Files: [[link]] in phrases.toml",
    "unmatched-accept": "it was accepted for something that is gone: take the reason out",
    "unknown-line": "the text has no such line any more: take it out, or name the line that it is for",
    "needless-phrase": "the text quotes what is said there, so the phrase is never used: take it out",
    "not-utf-8": "upload the file again, saved as UTF-8, or put the right letters in",
    "broken-functions": "ask the developer who wrote functions.py: it cannot be used as it is",
    "broken-binding": "ask the developer who wrote functions.toml: this function cannot be called so",
}
"""By the finding's name: what to do, for somebody who has this page and nothing else."""


def help_for(finding: Finding) -> str:
    """Return what to do about a finding."""
    own = HELP.get(finding.diagnostic.name)
    if own is not None:
        return own
    if finding.diagnostic.name == UNREAD and (finding.diagnostic.help or "").startswith("name the function"):
        return DOES_NOTHING
    help = finding.diagnostic.help or SUMMARIES.get(finding.diagnostic.name, "")
    return help.replace("write in phrases.toml:", "write under Files, in phrases.toml:").replace(
        "; `bythebook check` says where", ""
    )


def replacements(finding: Finding) -> tuple[tuple[str, str], ...]:
    """Return what one click can put in the place of the words: what the click is called, and the words.

    Nothing where only its author knows.
    """
    help = finding.diagnostic.help or ""
    if finding.diagnostic.name != UNREAD or not finding.line or not finding.words or "\n" in finding.words:
        return ()
    found = []
    if help.startswith("write: ") and "\n" not in help:
        found.append(("Write it so", help.removeprefix("write: ")))
    handed = handed_over(finding.words) if help.startswith("name the function") else ""
    if handed:
        found.append((f"Write: {handed}", handed))
    return tuple(found)


_LEAD: Final = re.compile(r"(?:if|when|once|unless)\b[^,:;.\"“”]*,\s*(?:then\s+)?", re.I)
_MORE: Final = re.compile(r"[.;:!?]\s+\S|\b(?:if|when|unless|once|otherwise|else|until)\b|[\"“”\n]", re.I)


def handed_over(words: str) -> str:
    """Return a line's words with a person doing what they want; what it hangs on stays.

    Nothing where more stands there than one thing to do under one condition: a person would get all of it.
    """
    lead = _LEAD.match(words)
    rest = words[lead.end() :] if lead else words
    if _MORE.search(rest) or (lead and "," in rest):
        return ""
    return f"{lead[0]}{HAND_OVER[0].lower()}{HAND_OVER[1:]}" if lead else HAND_OVER


_CODE: Final = re.compile(r"(`+)(.+?)\1", re.S)


def plainly(words: str) -> Markup:
    """Return words as a sentence of a page: what stands in backticks is set apart."""
    sentence = f"{words[:1].upper()}{words[1:]}"
    sentence = sentence if not sentence or sentence.endswith((".", "?", "!", ":", "`")) else f"{sentence}."
    parts: list[str] = []
    at = 0
    for match in _CODE.finditer(sentence):
        parts += [escape(sentence[at : match.start()]), Markup("<code>{}</code>").format(match[2].strip())]
        at = match.end()
    return Markup("").join([*parts, escape(sentence[at:])])


def signs(rows: Iterable[Row]) -> list[tuple[str, str]]:
    """Return the lines of a difference as pages show them: a sign, and the text."""
    return [("", row.text) if row.sign == "~" else (row.sign, row.text) for row in rows]


def wordings() -> list[tuple[Markup, str]]:
    """Return what can be written, with what is carried out: the compiler's own table."""
    return [(Markup("<code>{}</code>").format(one.example), one.means) for one in WORDINGS]
