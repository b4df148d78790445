"""Whether a message has nothing in it to read: empty, signs only, or hands on the keyboard."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from bythebook.reading.common import FUNCTION_WORDS, listed
from bythebook.reading.health import has_health_mark
from bythebook.reading.knowledge import Knowledge
from bythebook.reading.text import Clause

WORDS_MAX: Final = 4
"""Words of the longest message that is looked at for being no words at all."""

_SUM: Final = re.compile(
    r"^\s*(?:what is |what's |calculate |compute )?\d{1,9}(?:\s*[-+*/x^=]\s*\d{1,9})+\s*=?\s*\?*\s*$", re.I
)
_OF_PRIVATE: Final = listed("card credit debit number no nr id social security ssn account iban here's it's visa cvv")
_ROWS: Final = ("qwertyuiop", "asdfghjkl", "zxcvbnm", "poiuytrewq", "lkjhgfdsa", "mnbvcxz", "1234567890")
_VOWEL: Final = re.compile(r"[aeiouy]")
_HARD: Final = re.compile(r"[bcdfghjklmnpqrstvwxz]{5,}")


def is_junk(words: Sequence[str], parts: Sequence[Clause], knows: Knowledge) -> bool:
    """Whether nothing in the message is a word."""
    if not parts:
        return True
    if any(not word.isascii() or word[0] == "[" for word in words):
        return False
    if len(words) > WORDS_MAX:
        return all(_mashed(word) and not knows.speller.knows(word) for word in words)
    spelled = [word for part in parts for word in part.words if word != ","]
    return all(_no_word(word, knows) for word in spelled)


def is_only_private(words: Sequence[str]) -> bool:
    """Whether a message is only private data that was masked, none of it medical: nothing is asked."""
    marks = [word for word in words if word[0] == "["]
    if not marks or any(has_health_mark(mark) for mark in marks):
        return False
    named = {part for mark in marks for part in mark.strip("[]").split()} | _OF_PRIVATE
    return all(word[0] == "[" or word in named or word in FUNCTION_WORDS for word in words)


def is_sum(levelled: str, options: int) -> bool:
    """Whether a message is arithmetic, and not two of the options' numbers joined."""
    found = _SUM.match(levelled)
    if found is None:
        return False
    numbers = [int(number) for number in re.findall(r"\d+", levelled)[:4]]
    return not (len(set(numbers)) == len(numbers) and all(0 < number <= options for number in numbers))


def _no_word(word: str, knows: Knowledge) -> bool:
    if word.isdigit():
        return len(word) > 1
    if word in FUNCTION_WORDS or knows.speller.knows(word):
        return False
    if len(word) == 1:
        return not word.isalpha() or word not in "aiynk"
    return _mashed(word) or len(word) < 3 or not word.replace("-", "").isalpha()


def _mashed(word: str) -> bool:
    if len(word) >= 3 and any(word[at : at + 3] in row for row in _ROWS for at in range(len(word) - 2)):
        return True
    return (
        bool(_HARD.search(word))
        or (len(word) > 3 and not _VOWEL.search(word))
        or (len(set(word)) <= 2 and len(word) > 3)
    )
