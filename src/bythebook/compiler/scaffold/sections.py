"""An article as its author sees it: a title, and sections with their sentences."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from bythebook.compiler.drift.sentences import Sentence, sentences_of
from bythebook.source.span import SourceFile

TITLE_WORDS_MAX: Final = 12
"""A longer heading is no title."""

# What pages say around an article; nobody wants a customer to be told it.
FURNITURE: Final = re.compile(
    r"(?:last )?(?:updated|modified|reviewed|published)\b.{0,40}$|written by\b|by [A-Z]\w+ [A-Z]\w+$"
    r"|\d+ min(?:ute)?s? read|(?:was|did) this (?:article|page|answer)\b|related (?:articles|topics)"
    r"|table of contents|(?:in|on) this (?:article|page)$|share this|back to top|(?:still )?need (?:more )?help\?"
    r"|did you find|see also\b|print this|!\[",
    re.I,
)
_NO_NAME: Final = re.compile(
    r"(?:article|document|untitled|index|readme|draft|new|page|text|faq|help|export|download|tmp|file|old|latest|"
    r"version|copy|final|v(?=\d)|\W|\d)*$",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Section:
    """A heading or question, and the sentences under it; the first may have no heading."""

    head: Sentence | None
    sentences: tuple[Sentence, ...]

    @property
    def question(self) -> str:
        """Its heading, empty where it has none."""
        return self.head.text if self.head is not None else ""


def sections_of(file: SourceFile) -> tuple[Section, ...]:
    """Return the sections of an article, in order."""
    found: list[Section] = []
    head: Sentence | None = None
    under: list[Sentence] = []
    for sentence in sentences_of(file):
        if sentence.is_question:
            if head is not None or under:
                found.append(Section(head, tuple(under)))
            head, under = sentence, []
        else:
            under.append(sentence)
    if head is not None or under:
        found.append(Section(head, tuple(under)))
    return tuple(found)


def furniture(sections: Sequence[Section]) -> tuple[Sentence, ...]:
    """Return the lines that belong to the page around the article."""
    whole = (sentence for one in sections for sentence in (*([one.head] if one.head else []), *one.sentences))
    return tuple(sentence for sentence in whole if FURNITURE.match(sentence.text))


def in_the_way(file: SourceFile) -> tuple[int, str] | None:
    """Return the line of an article that would swallow what comes after it in a document, and what to do."""
    fence: tuple[int, str] | None = None
    for number in range(1, file.line_count + 1):
        line = file.line(number).strip()
        marks = next((marks for marks in ("```", "~~~") if line.startswith(marks)), None)
        if fence is not None:
            fence = None if marks == fence[1] and not line.strip(marks[0]) else fence
        elif marks is not None:
            fence = (number, marks)
        elif re.fullmatch(r"(?:#{1,6} +|\*\*)(?:the )?routine:?(?: *#*|\*\*)", line, re.I):
            return number, "a heading `Routine` would begin the routine; give it another name"
    if fence is not None:
        return fence[0], f"a code block begins here and never ends; close it with {fence[1]}"
    opened = file.text.rfind("<!--")
    if opened >= 0 and "-->" not in file.text[opened:]:
        return file.position(opened)[0], "a comment begins here and never ends; close it with -->"
    return None


def title_of(file: SourceFile, sections: Sequence[Section], name: str) -> str:
    """Return what the document is called: by the article's own title, by its file's name, or by its first words."""
    first = sections[0].head if sections else None
    if first is not None and first.level == 1 and not first.text.endswith("?"):
        return first.text
    words = " ".join(re.split(r"[\W_]+", name)).strip()
    if words and not _NO_NAME.match(words):
        found = re.search(r"[\W_]+".join(map(re.escape, words.split())), file.text, re.I)
        spelled = found[0] if found and "\n" not in found[0] else words
        return spelled[0].upper() + spelled[1:]
    opening = first.text if first is not None else sections[0].sentences[0].text if sections else ""
    return " ".join(opening.split()[:TITLE_WORDS_MAX]).rstrip(".:;,")
