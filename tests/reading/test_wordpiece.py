"""The tokenizer gives the pieces of the reference tokenizer, and nothing a customer types breaks it."""

from pathlib import Path

import pytest

import bythebook.adapters
from bythebook.reading.wordpiece import PIECES_MAX, WordPiece

VOCABULARY = Path(bythebook.adapters.__file__).parent / "encoder_files" / "vocab.txt"

# What the reference tokenizer of the model gives, with marks such as [CLS] in the text taken as plain text.
REFERENCE = {
    "": "",
    "Where is my order?": "where is my order ?",
    "WHERE IS MY ÓRDER?": "where is my order ?",
    "wher iz my ordr pls": "w ##her i ##z my or ##dr pl ##s",
    "I don’t need zero-data — only the BAA.": "i don ’ t need zero - data — only the ba ##a .",
    "e-mail: jo@example.com": "e - mail : jo @ example . com",
    "$5.00!!": "$ 5 . 00 ! !",
    "unaffable embeddings": "una ##ffa ##ble em ##bed ##ding ##s",
    "退款在哪里?": "[UNK] [UNK] [UNK] [UNK] 里 ?",
    "한국어": " ".join(("ᄒ", "##ᅡ", "##ᆫ", "##ᄀ", "##ᅮ", "##ᆨ", "##ᄋ", "##ᅥ")),
    "ΟΔΟΣ": "ο ##δ ##ο ##σ",
    "İstanbul Straße": "istanbul st ##raße",
    "nul\x00in\u200bside\ufffd": "nu ##lins ##ide",
    "tab\tand\u00a0space\u3000": "tab and space",
    "🙂 ok": "[UNK] ok",
    "[CLS] [MASK]": "[ cl ##s ] [ mask ]",
    "x" * 100: " ".join(["xx"] + ["##xx"] * 49),
    "x" * 101: "[UNK]",
}


@pytest.fixture(scope="module")
def words() -> WordPiece:
    return WordPiece.over(VOCABULARY.read_bytes().decode("utf-8"))


@pytest.mark.parametrize("text", REFERENCE)
def test_pieces_are_those_of_the_reference(words: WordPiece, text: str) -> None:
    assert words.pieces(text) == ("[CLS]", *REFERENCE[text].split(), "[SEP]")


def test_ids_are_the_lines_of_the_vocabulary(words: WordPiece) -> None:
    assert words.ids("Where is my order?") == (101, 2073, 2003, 2026, 2344, 1029, 102)


def test_a_long_text_is_cut_and_still_ends_with_its_mark(words: WordPiece) -> None:
    pieces = words.pieces("order " * 1_000)
    assert len(pieces) == PIECES_MAX
    assert pieces[-2:] == ("order", "[SEP]")


def test_a_word_is_cut_where_the_room_ends(words: WordPiece) -> None:
    assert words.pieces("a " * 253 + "embeddings")[-2:] == ("em", "[SEP]")


@pytest.mark.parametrize("text", ["\x00", " \t\r\n", "\u200b\u200d\ufeff", "\ud800", "\u0301\u0302", "\x1c\x85"])
def test_a_text_with_nothing_to_read_is_its_two_marks(words: WordPiece, text: str) -> None:
    assert words.pieces(text) == ("[CLS]", "[SEP]")


@pytest.mark.parametrize("character", ["x", "日", "🙂", "!", "\u0301", "\ud800", "\x00", "İ", "ﷺ"])
def test_a_hundred_thousand_of_one_character_do_not_break_it(words: WordPiece, character: str) -> None:
    assert 2 <= len(words.ids(character * 100_000)) <= PIECES_MAX


def test_a_tokenizer_of_any_vocabulary() -> None:
    small = WordPiece.over("[UNK]\n[CLS]\n[SEP]\nre\n##fund\n")
    assert small.pieces("Refund refunds") == ("[CLS]", "re", "##fund", "[UNK]", "[SEP]")
    assert small.ids("refund") == (1, 3, 4, 2)
