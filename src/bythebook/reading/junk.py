"""Whether a message has nothing in it to read: empty, signs only, or hands on the keyboard."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from bythebook.reading.common import FUNCTION_WORDS
from bythebook.reading.knowledge import Knowledge
from bythebook.reading.text import Clause

WORDS_MAX: Final = 4
"""Words of the longest message that is looked at for being no words at all."""

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
