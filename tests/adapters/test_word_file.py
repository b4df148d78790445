"""Word files: what is in them comes out, and what is none says so."""

from __future__ import annotations

import io
import zipfile

import pytest

from bythebook.adapters import word_file
from bythebook.adapters.word_file import word_as_html
from bythebook.service.drafts import DraftRefused
from bythebook.service.given import NotAWordFile, read_given

MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def paragraph(words: str, *, style: str = "", level: int | None = None) -> str:
    listed = "" if level is None else f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="1"/></w:numPr>'
    styled = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f'<w:p><w:pPr>{styled}{listed}</w:pPr><w:r><w:t xml:space="preserve">{words}</w:t></w:r></w:p>'


def word_file_of(body: str, **more: bytes) -> bytes:
    """Return a Word file as small as they can be: a text, its headings and its numbering."""
    levels = "".join(f'<w:lvl w:ilvl="{n}"><w:numFmt w:val="decimal"/></w:lvl>' for n in range(3))
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" ContentType='
        '"application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" '
        'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" '
        f'Type="{OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" '
        f'Type="{OFFICE}/numbering" Target="numbering.xml"/><Relationship Id="rId2" Type="{OFFICE}/styles" '
        'Target="styles.xml"/></Relationships>',
        "word/numbering.xml": f'<w:numbering xmlns:w="{MAIN}"><w:abstractNum w:abstractNumId="0">{levels}'
        '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>',
        "word/styles.xml": f'<w:styles xmlns:w="{MAIN}"><w:style w:type="paragraph" w:styleId="Heading1">'
        '<w:name w:val="heading 1"/></w:style></w:styles>',
        "word/document.xml": f'<w:document xmlns:w="{MAIN}"><w:body>{body}</w:body></w:document>',
    }
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as file:
        for name, text in {**parts, **more}.items():
            file.writestr(name, text)
    return packed.getvalue()


LOCKER = word_file_of(
    paragraph("Lockers", style="Heading1")
    + paragraph("Inform the customer: “We open lockers at night.”", level=0)
    + paragraph("If it is urgent:", level=0)
    + paragraph("Call the `open_locker` function.", level=1)
    + paragraph("End.")
)


def test_headings_and_steps_of_a_word_file_are_those_of_the_text() -> None:
    given = read_given(LOCKER, word_as_html)
    assert given.text == (
        "# Lockers\n\n1. Inform the customer: “We open lockers at night.”\n2. If it is urgent:\n"
        "   a. Call the `open_locker` function.\n\nEnd.\n"
    )
    assert "Word file" in given.note


def test_words_of_a_word_file_that_look_like_tags_stay_words() -> None:
    assert "<script>" in read_given(word_file_of(paragraph("&lt;script&gt;x")), word_as_html).text


@pytest.mark.parametrize(
    ("raw", "why"),
    [
        (word_file_of(paragraph("")), "no words"),
        (LOCKER[:900], "damaged"),
        (word_file_of("<w:p>"), "damaged"),
        (word_file_of("").replace(b"word/document.xml", b"word/documenx.xml"), "without a Word text"),
        (b"PK\x03\x04 and nothing more", "damaged"),
    ],
)
def test_what_is_no_word_file_says_why_and_what_to_do(raw: bytes, why: str) -> None:
    with pytest.raises(DraftRefused, match=why) as refused:
        read_given(raw, word_as_html)
    assert "paste" in str(refused.value)


def test_a_file_that_unpacks_to_too_much_is_not_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(word_file, "UNPACKED_BYTES_MAX", 1_000_000)
    packed = io.BytesIO(LOCKER)
    with zipfile.ZipFile(packed, "a", zipfile.ZIP_DEFLATED) as file:
        file.writestr("word/media/picture.bmp", bytes(1_000_001))
    assert len(packed.getvalue()) < 10_000
    with pytest.raises(NotAWordFile, match="too much"):
        word_as_html(packed.getvalue())


def test_entities_that_grow_are_no_way_in() -> None:
    grows = "".join(f'<!ENTITY {chr(98 + n)} "{"&" + chr(97 + n) + ";" * 10}">' for n in range(9))
    declared = f'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">{grows}]>'
    bomb = f'<?xml version="1.0" encoding="ENCODING"?>{declared}<w:document xmlns:w="{MAIN}">&j;</w:document>'
    for encoding in ("utf-8", "utf-16-le", "utf-16-be"):
        part = bomb.replace("ENCODING", encoding).encode(encoding)
        with pytest.raises(NotAWordFile, match="no Word file"):
            word_as_html(word_file_of("", **{"word/document.xml": part}))
