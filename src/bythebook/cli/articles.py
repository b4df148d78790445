"""Read an article as a command was given it: a file, standard input, or a document whose article is meant."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Final

from bythebook.adapters.folder import DOCUMENT, DocumentNotFound
from bythebook.compiler.pasted import is_html, markdown_of
from bythebook.source.span import SourceFile

STANDARD_INPUT: Final = "-"
BYTES_MAX: Final = 2_000_000
"""An article is a page or two; more is no article."""


def read_article_file(given: str) -> SourceFile:
    """Return an article's text, HTML as Markdown; raise DocumentNotFound."""
    path = Path(given)
    if given != STANDARD_INPUT and path.is_dir():
        path = path / DOCUMENT
    try:
        raw = sys.stdin.buffer.read(BYTES_MAX + 1) if given == STANDARD_INPUT else path.read_bytes()
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as failure:
        raise DocumentNotFound(f"{path} is not UTF-8 text (byte {failure.start}); save it as UTF-8") from failure
    except (OSError, ValueError) as failure:
        why = getattr(failure, "strerror", None) or str(failure)
        raise DocumentNotFound(f"cannot read the article {path}: {why}") from failure
    if len(raw) > BYTES_MAX:
        raise DocumentNotFound(f"{path} is too long for an article: more than {BYTES_MAX} bytes")
    if not text.strip():
        raise DocumentNotFound(f"there are no words in {path}; give the file with the article's text")
    return SourceFile.of(str(path), markdown_of(text) if is_html(text) else text)
