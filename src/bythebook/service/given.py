"""What people paste or upload, made the text of a document: clear words where it cannot be one, and nothing lost."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, TypeAlias

from bythebook.compiler.flows import flows_of
from bythebook.compiler.pasted import OUTLINE, is_html, markdown_of
from bythebook.compiler.sidecars import DOCUMENT_PATH
from bythebook.compiler.text import snake
from bythebook.service.drafts import FILE_BYTES_MAX, NAME_CHARACTERS_MAX, DraftRefused
from bythebook.source.span import SourceFile

_PACKED: Final = b"PK\x03\x04"
"""How a Word file begins, and every other zip."""

_KINDS: Final = (
    (b"\xd0\xcf\x11\xe0", "an old Word file (.doc): save it as .docx and choose that, or"),
    (b"%PDF", "a PDF"),
    (b"{\\rtf", "a rich text file"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
)
_COPY: Final = "open it, select all, copy, and paste the text here: headings and lists come along"
_NAME: Final = re.compile(r"[a-z0-9](?:[a-z0-9_-]*[a-z0-9])?")
_COMMENT: Final = re.compile(r"<!--.*?-->", re.S)
_CONTROL_MAX: Final = 0.02
"""Of the characters of a text, the part that may be control characters."""


@dataclass(frozen=True, slots=True)
class Given:
    """A text as it was understood, and what its author should know of how."""

    text: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """One routine of what was given: a draft of its own."""

    name: str
    text: str


class NameRefused(DraftRefused):
    """A draft needs a name, or another one."""


class NotAWordFile(Exception):
    """What looks like a Word file cannot be read as one; the message says why."""


WordReader: TypeAlias = Callable[[bytes], str]
"""Makes HTML of a Word file; raises NotAWordFile."""


def read_given(raw: bytes, word: WordReader | None = None) -> Given:
    """Return the text of a paste or a file; raise DraftRefused with what to do."""
    if not raw.strip():
        raise DraftRefused("there are no words in it: paste the text of your document, or choose another file")
    if len(raw) > FILE_BYTES_MAX:
        raise DraftRefused(
            f"it has {len(raw):,} bytes, and a document may have {FILE_BYTES_MAX:,}: split it into several documents"
        )
    if raw.startswith(_PACKED) and word is not None:
        return _from_word(raw, word)
    kind = next((what for begins, what in (*_KINDS, (_PACKED, "a Word or zip file")) if raw.startswith(begins)), None)
    if kind is not None:
        raise DraftRefused(f"this is {kind}{'' if kind.endswith('or') else ':'} {_COPY}")
    text, note = _decoded(raw)
    strange = sum(not letter.isprintable() and letter not in "\r\n\t\f\v" for letter in text)
    if strange > max(2, _CONTROL_MAX * len(text)):
        raise DraftRefused(f"this is no text that can be read: {_COPY}")
    if is_html(text):
        return Given(markdown_of(text), "It was a web page: its text is here as Markdown. Look it over.")
    return Given(text.replace("\r\n", "\n").replace("\r", "\n"), note)


def _from_word(raw: bytes, word: WordReader) -> Given:
    try:
        text = markdown_of(word(raw), OUTLINE)
    except NotAWordFile as why:
        raise DraftRefused(f"this is no Word file that can be read: {why}. If you have it in Word, {_COPY}") from why
    if not text.strip():
        raise DraftRefused("there are no words in this Word file: choose another one, or paste the text here")
    note = (
        "It was a Word file: its text is here with its headings, lists and tables; pictures, comments and text "
        "boxes are left out. Steps are numbered 1., a., i. by how deep they lie: look over words such as "
        "\u201cgo to step 2b\u201d."
    )
    return Given(text, note)


def _decoded(raw: bytes) -> tuple[str, str]:
    for mark, encoding in ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"), (b"\xef\xbb\xbf", "utf-8-sig")):
        if raw.startswith(mark):
            try:
                return raw.decode(encoding), ""
            except UnicodeDecodeError:
                break
    try:
        return raw.decode("utf-8"), ""
    except UnicodeDecodeError:
        text = raw.decode("cp1252", "replace")
        note = (
            "It was not saved as UTF-8, so it was read as Western European (Windows-1252). Look at letters with "
            "accents, quotation marks and currency signs: if they are wrong, save it as UTF-8 and upload it again."
        )
        return text, note


def name_for(title: str) -> str:
    """Return a short name for a document, from its title: `Cancel a subscription` gives `cancel-a-subscription`."""
    return snake(title)[:NAME_CHARACTERS_MAX].strip("_").replace("_", "-")


def checked_name(given: str) -> str:
    """Return a name as it was given, if it can be one; raise DraftRefused."""
    name = given.strip()
    if not _NAME.fullmatch(name) or len(name) > NAME_CHARACTERS_MAX:
        near = name_for(name)
        so = f"; for example `{near}`" if near else ""
        raise NameRefused(
            f"a name has small letters, digits and `-`, and no more than {NAME_CHARACTERS_MAX} of them{so}"
        )
    return name


def title_in(text: str) -> str:
    """Return what a text calls itself: its first heading, else its first line; empty where it has none."""
    lines = [line.strip() for line in _COMMENT.sub("", text).split("\n") if line.strip()]
    headed = next((line.lstrip("#").strip() for line in lines if line.startswith("#")), "")
    if headed:
        return headed.strip("*")
    first = lines[0].strip("*_ ") if lines else ""
    return first if len(first.split()) <= 10 and not re.match(r"\W*\w{1,3}[.)]\s", first) else ""


def parts_of(text: str, name: str) -> tuple[Part, ...]:
    """Return a text as the drafts it makes: one, or one for each routine that it holds."""
    flows = flows_of(SourceFile.of(DOCUMENT_PATH, text))
    if not flows:
        return (Part(name, text),)
    return tuple(
        Part(f"{name}-{flow.name}"[:NAME_CHARACTERS_MAX].strip("-"), _tidy(flow.file.text)) for flow in flows
    )


def _tidy(text: str) -> str:
    """Return a routine's text without the blank lines where the others stood."""
    return re.sub(r"\n{3,}", "\n\n", text).strip("\n") + "\n"
