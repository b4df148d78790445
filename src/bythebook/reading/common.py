"""Words too small to mean anything alone, shared by the tables of this room."""

from __future__ import annotations

from typing import Final


def listed(words: str) -> frozenset[str]:
    """Return a table of words written one after the other."""
    return frozenset(words.split())


FUNCTION_WORDS: Final = listed(
    """
    a an the and or nor but if then else of in on at to from for with without by as into onto over under
    about is are was were be been being am do does did done doing have has had having can could will would
    shall should may might must i we you he she it they me us him her them my our your his its their mine
    ours yours theirs this that these those there here what which who whom whose when where why how not no
    so too also just only very really than while until since because please get got any some all both each
    every 's one ones let up out off now still already yet again want need like thanks thank hi hello hey ok
    yes
    """
)
"""Words that tell no two meanings apart by themselves."""

ARTICLES: Final = frozenset({"a", "an", "the", "our", "your", "my"})


def content_words(plain: str) -> tuple[str, ...]:
    """Return the words that carry meaning, in order."""
    return tuple(word for word in plain.split() if word not in FUNCTION_WORDS and word != ",")


def stem(word: str) -> str:
    """Return a word without the endings that only bend it (plural, -ing, -ed): crude, the same on both sides."""
    for ending in ("ings", "ing", "edly", "ed", "ies", "es", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            cut = word[: -len(ending)]
            if ending == "ies":
                return cut + "y"
            if ending == "s" and cut.endswith(("s", "u", "i")):
                return word
            if ending in ("ed", "ing", "ings") and len(cut) > 3 and cut[-1] == cut[-2] and cut[-1] not in "ls":
                return cut[:-1]
            return cut.removesuffix("e") if len(cut) > 4 else cut
    return word.removesuffix("e") if len(word) > 5 else word
