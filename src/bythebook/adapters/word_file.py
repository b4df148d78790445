"""A Word file (.docx) as HTML: headings, lists and tables by their styles. The one file that knows mammoth."""

from __future__ import annotations

import io
import zipfile
from importlib import import_module
from typing import Final

from bythebook.service.given import NotAWordFile

UNPACKED_BYTES_MAX: Final = 50_000_000
"""A file may say that it is small and unpack to more than a machine holds."""

DECLARES: Final = tuple("<!DOCTYPE".encode(encoding) for encoding in ("utf-8", "utf-16-le", "utf-16-be"))
"""No Word file declares anything; what declares entities makes a page of them out of a line."""

MAIN_PART: Final = "word/document.xml"


def word_as_html(raw: bytes) -> str:
    """Return the words of a Word file as HTML, without its pictures; raise NotAWordFile."""
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as packed:
            if MAIN_PART not in packed.namelist():
                raise NotAWordFile("it is a zip file without a Word text in it")
            if sum(part.file_size for part in packed.infolist()) > UNPACKED_BYTES_MAX:
                raise NotAWordFile("it holds too much, perhaps large pictures")
            parts = (packed.read(name) for name in packed.namelist() if name.endswith((".xml", ".rels")))
            if any(mark in part for part in parts for mark in DECLARES):
                raise NotAWordFile("it holds what no Word file does")
        # Loaded by name: seldom needed, and it takes its time.
        mammoth = import_module("mammoth")
        without = mammoth.images.img_element(lambda picture: {})
        return str(mammoth.convert_to_html(io.BytesIO(raw), convert_image=without).value)
    except NotAWordFile:
        raise
    except Exception as failure:  # whatever is wrong with what somebody uploads, they are told
        raise NotAWordFile("it is damaged, or locked with a password") from failure
