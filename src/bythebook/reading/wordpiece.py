"""Cuts a text into the word pieces the sentence encoder was trained on.

Written here, and not taken from a library, because it is a page of rules and must give the same ids on every
machine for as long as a case lives. It follows BERT's uncased tokenizer (Devlin et al., 2019), with one
difference: `[CLS]`, `[SEP]` and their like typed by a customer are plain text. Characters are told apart by
Python's own Unicode tables, so one that is new to Unicode may be cut elsewhere by an older or a newer Python.
"""

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

PIECES_MAX: Final = 256  # pieces a text, with its first and its last mark: what the encoder was trained with
WORD_CHARACTERS_MAX: Final = 100  # characters a word; a longer one is not a word and becomes `[UNK]`

_FIRST: Final = "[CLS]"
_LAST: Final = "[SEP]"
_UNKNOWN: Final = "[UNK]"
_INSIDE: Final = "##"  # begins a piece that continues a word

_ASCII_PUNCTUATION: Final = frozenset("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")
_DROPPED_CATEGORIES: Final = frozenset({"Cc", "Cf", "Co", "Cs"})  # control, format, private use, surrogate
# Ideographs are words of their own. The sixth range begins where the reference implementation begins it.
_IDEOGRAPHS: Final = (
    (0x4E00, 0x9FFF),
    (0x3400, 0x4DBF),
    (0x20000, 0x2A6DF),
    (0x2A700, 0x2B73F),
    (0x2B740, 0x2B81F),
    (0x2B920, 0x2CEAF),
    (0xF900, 0xFAFF),
    (0x2F800, 0x2FA1F),
)


@dataclass(frozen=True, slots=True)
class WordPiece:
    """A tokenizer over one vocabulary: piece to id, with `[CLS]`, `[SEP]` and `[UNK]` among the pieces.

    `longest` is the length in characters of the longest piece, so that a hostile word costs little.
    """

    vocabulary: Mapping[str, int]
    longest: int

    @classmethod
    def over(cls, vocabulary_file: str) -> "WordPiece":
        """The tokenizer of a vocabulary file's text: one piece a line, its id the line's number from 0."""
        lines = vocabulary_file.removesuffix("\n").split("\n")
        vocabulary = {piece: number for number, piece in enumerate(lines)}
        return cls(vocabulary, max(map(len, lines)))

    def pieces(self, text: str) -> tuple[str, ...]:
        """At most `PIECES_MAX` pieces, `[CLS]` first, `[SEP]` last; the rest of a longer text is left off."""
        room = PIECES_MAX - 2
        found: list[str] = []
        for word in _words(text):
            found.extend(self._pieces_of(word))
            if len(found) >= room:
                break
        return (_FIRST, *found[:room], _LAST)

    def ids(self, text: str) -> tuple[int, ...]:
        """The ids of `pieces(text)`, in order; two of them when the text holds no word."""
        return tuple(self.vocabulary[piece] for piece in self.pieces(text))

    def _pieces_of(self, word: str) -> tuple[str, ...]:
        if len(word) > WORD_CHARACTERS_MAX:
            return (_UNKNOWN,)
        found: list[str] = []
        start = 0
        while start < len(word):
            prefix = _INSIDE if start else ""
            ends = range(min(len(word), start + self.longest), start, -1)
            end = next((end for end in ends if prefix + word[start:end] in self.vocabulary), None)
            if end is None:
                return (_UNKNOWN,)
            found.append(prefix + word[start:end])
            start = end
        return tuple(found)


def _words(text: str) -> Iterator[str]:
    """The words of a text, lower case, without accents; a punctuation mark or ideograph is a word."""
    readable = "".join(_readable(character) for character in text)
    bare = (c for c in unicodedata.normalize("NFD", readable) if unicodedata.category(c) != "Mn")
    # One character at a time: lowering a whole string would make a capital sigma at a word's end ς.
    for run in "".join(c.lower() for c in bare).split():
        yield from _split_at_punctuation(run)


def _readable(character: str) -> str:
    if character in " \t\n\r":
        return " "
    if character == "\ufffd" or unicodedata.category(character) in _DROPPED_CATEGORIES:
        return ""
    if any(first <= ord(character) <= last for first, last in _IDEOGRAPHS):
        return f" {character} "
    return character


def _split_at_punctuation(run: str) -> Iterator[str]:
    start = 0
    for place, character in enumerate(run):
        if character in _ASCII_PUNCTUATION or unicodedata.category(character).startswith("P"):
            if start < place:
                yield run[start:place]
            yield character
            start = place + 1
    if start < len(run):
        yield run[start:]
