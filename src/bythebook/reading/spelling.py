"""Mends a typo towards the words of the release, never a real word: "agrement" becomes "agreement", "form" stays.

Distance is Damerau's (insertion, deletion, substitution, two neighbours swapped), one for short words, two for long.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final

from bythebook.reading.common import FUNCTION_WORDS, listed, stem
from bythebook.reading.common_words import COMMON_WORDS

SHORTEST: Final = 4
"""Letters a word must have to be mended."""

LONG: Final = 7
"""Letters from which two slips are forgiven."""

LONGEST: Final = 24
"""Letters of the longest word looked at."""

GENERAL: Final = listed(
    """
    thanks thank hello please goodbye yes human person representative agent someone again agreement approved
    approve denied deny declined decline rejected reject rejection refused refuse refusal turned application
    applied request status response waiting pending business neither both first second former
    latter other actually instead meant sorry nothing everything long when take days weeks which list show
    contact email started start required require need covered cover services service repeat ridiculous
    useless frustrating talk speak
    """
)
"""Words of the tables that people mistype most."""


COMMON_SHORT: Final = listed(
    """
    the and was for his her she you had but are not one him all has who out new two its can now may did don off
    way how get any day see man war won end too old own use air our few men set age got let top why due say son
    law saw art put six red led run cup car big non far act per god low win yet ten sea hit ran yes met bed lot
    arm boy sir bad sat bit hot cut bay try via sun job guy key van ask eye ice die gun ago bar box oil mom dad
    pre mrs era sky pop gas dog bus lay usa com pro max sit tax leg inc dry etc fox nor eat bag ear fun mix aid
    lie web kid fly fit hey cat sub map wet buy dvd lap hip tim row cry lip fan tie mad lit jan tea add gay net
    ill abc tip odd hat pan jaw cap raw tag rob sad fur joy eve gap aim fat bet ash pit bow duo lab jet ted pat
    bat ban bid pen nod fed fee inn sum ivy fix arc min ram sin egg ski rod mud hug spy dug ate log cop org kit
    pot gen pet pub ace tan toy zoo pin rat jam rid gut tin hub huh fog rap gym sue aka doc rex ion wow hon ton
    fin pig app bee ham dig sip ink sec ore hay shy hid hal dot tap pdf ups cow pie wei rim cam pad beg dim toe
    bug lid alt owe hut ape apt kpi pi bot bath moth
    """
)
"""Short words that are no slip for another."""


class Speller:
    """Mends words towards one vocabulary; `is_word` knows more real words than the tables here."""

    def __init__(self, vocabulary: Iterable[str], is_word: Callable[[str], bool] = lambda _: False) -> None:
        self._is_word = is_word
        words = {word for word in vocabulary if word.isalpha() and len(word) >= SHORTEST} | GENERAL
        self._known = words | FUNCTION_WORDS | COMMON_WORDS
        self._short = frozenset(word for word in vocabulary if len(word) < SHORTEST)
        self._targets: dict[int, list[str]] = {}
        for word in sorted(words):
            if len(word) >= SHORTEST:
                self._targets.setdefault(len(word), []).append(word)
        self._mended: dict[str, str] = {}

    def knows(self, word: str) -> bool:
        """Whether the word is English or the release's."""
        return word in self._known or word in self._short or stem(word) in self._known

    def mend(self, word: str) -> str:
        """Return the word of the vocabulary that was meant, or the word itself."""
        if not word.isascii() or not word.isalpha() or not SHORTEST <= len(word) <= LONGEST:
            return word
        if self.knows(word) or self._is_word(word):
            return word
        found = self._mended.get(word)
        if found is None:
            found = self._nearest(word)
            if len(self._mended) < _REMEMBERED_MAX:
                self._mended[word] = found
        return found

    def mend_short(self, word: str, answers: Iterable[str]) -> str | None:
        """Return the one short answer that a short word is one slip from; None when there is none."""
        if not 2 < len(word) <= SHORTEST or not word.isalpha() or self.knows(word) or word in COMMON_SHORT:
            return None
        near = [answer for answer in (*answers, "both") if distance(word, answer, 1) == 1]
        return near[0] if len(near) == 1 else None

    def _nearest(self, word: str) -> str:
        allowed = 2 if len(word) >= LONG else 1
        best: tuple[int, bool, str] | None = None
        for length in range(len(word) - 1, len(word) + 2):
            for target in self._targets.get(length, ()):
                limit = 2 if len(target) >= LONG and allowed == 2 else 1
                if stem(target) == stem(word):
                    continue  # another number or tense is no slip
                away = distance(word, target, limit)
                if away <= limit and (away == 1 or word[0] == target[0]):
                    score = (away, word[0] != target[0], target)
                    best = score if best is None or score < best else best
        return best[2] if best is not None else word


_REMEMBERED_MAX: Final = 4096
"""Words whose mending is remembered."""


def distance(first: str, second: str, limit: int) -> int:
    """Return the Damerau distance (optimal string alignment), or `limit + 1` when it is larger."""
    if abs(len(first) - len(second)) > limit:
        return limit + 1
    before: list[int] = []
    row = list(range(len(second) + 1))
    for i, a in enumerate(first, 1):
        older, before, row = before, row, [i]
        for j, b in enumerate(second, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a != b))
            if i > 1 and j > 1 and a == second[j - 2] and first[i - 2] == b:
                cost = min(cost, older[j - 2] + 1)
            row.append(cost)
        if min(row) > limit:
            return limit + 1
    return row[-1]
