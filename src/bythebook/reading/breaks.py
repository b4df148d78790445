"""Where a new clause begins although nothing was typed between the two, and which only look like questions."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from bythebook.reading.common import listed

_TAKING_BACK: Final = re.compile(
    r"(?:(?:no|oh|wait|um) )*(?:strike|scratch|scrap|cancel|forget|ignore|disregard) (?:that|it)"
    r"(?: (?!is\b|was\b|part\b|one\b)|$)|no wait "
)
_LEAVING: Final = re.compile(
    r"(?:(?:ok |okay |and )*(?:thanks|thank you|thank u|cheers)(?: (?:a lot|so much|very much|again))? )?"
    r"(?:good ?bye|bye(?: bye)?)(?: (?:now|then|for now))?$"
)
_LEAVING_WORDS_MIN: Final = 3
"""Words before a goodbye that closes a message typed without stops."""


def breaks_off(words: Sequence[str], at: int) -> bool:
    """Whether what was said breaks off before this word."""
    rest = " ".join(words[at:])
    return bool(_TAKING_BACK.match(rest)) or (at >= _LEAVING_WORDS_MIN and bool(_LEAVING.match(rest)))


_SEVERAL: Final = frozenset({"both", "each", "either", "neither", "none"})
_RATHER: Final = re.compile(r"(?:well |oh |hm+ |no |sorry |wait )*(?:or rather|or better|no|make that)\b(?! one)")


def puts_right(words: Sequence[str], at: int) -> bool:
    """Whether a comma stands before what puts right a word for several ("both, or rather the first")."""
    said = " ".join(word for word in words[at + 1 : at + 6] if word != ",")
    return words[at] == "," and bool(_SEVERAL & set(words[:at])) and bool(_RATHER.match(said))


_CLEFT: Final = re.compile(
    r"^(?:(?:and|but|so|well|actually|also|good question) )*(?:what|all|the one|the thing) (?:i|we|you|they|he|she|"
    r"it|my \w+|our (?:\w+ )?\w+|the \w+)"
    r"(?: (?!(?:know|ask|wonder|understand|hear|find|learn|see if|is|are|was|were)\b)\w+){1,8} (?:is|are|was|were)"
    r"(?= (?!(?:if|whether|how|what|when|who|where|why|which|that)\b)\w)"
)
""" "What we need is X" states something."""

_RELATIVE: Final = re.compile(
    r"^(?:which|who) (?:is|are|was|were|has|have|had|will|we|i|our|they|he|she|goes|went|runs?|uses?|calls?|sends?|"
    r"makes?|means?) (?!(?:the |a )?(?:better|right|best|correct|cheaper|faster|it|one)\b)\w+ \w+"
)
""" "..., which is calling X" goes on about what was named before it."""


_GOES_ON: Final = listed("now then so finally today also here naturally recently lastly")
_MORE_WORDS_MIN: Final = 8
"""Words of a sentence before a part that goes on with ", and now ..."."""


def goes_on(words: Sequence[str], at: int) -> bool:
    """Whether a long sentence goes on with another thing ("..., and now legal wants to know ...")."""
    before = words[at - 1] if at else ""
    return (
        at >= _MORE_WORDS_MIN
        and before == ","
        and words[at] == "and"
        and " ".join(words[at + 1 : at + 2]) in _GOES_ON
    )


def put_forward(words: list[str]) -> list[str]:
    """ "What is left, and what we need it for, is X": it is X."""
    if words[0] in ("what", "all"):
        for at in range(3, len(words) - 2):
            if words[at] == "," and words[at + 1] in ("is", "are") and words[at + 2] in ("the", "our", "a", "an"):
                return ["it", *words[at + 1 :]]
    return words


_IN_WHICH: Final = re.compile(
    r"^(?:and )?(?:in|of|by|for|with|from|at|on|after|through|under|during) (?:which|whom|whose \w+) (?!(?:is|"
    r"are|was|"
    r"were|do|does|did|can|could|will|would|should|must|may|of|one|case)\b)\w+ \w+|"
    r"^(?:which|who) (?:is|was|are|were) (?:\w+ )?\w+$"
)
""" "..., in which it says that": goes on about what was named before it."""

_AT_THAT_TIME: Final = re.compile(
    r"^(?:(?:and|but|so|then) )*(?:when|while|where) (?:i|we|he|she|they|it|you|(?:the|my|our|his|her) \w+(?: \w+)?) "
    r"(?:\w+ed|began|was|were|had|got|came|went|left|said|told|saw|wrote|sent|took|bought|did|read|heard|met|found|"
    r"rang|spoke)\b|^(?:(?:and|but|so|then) )*(?:since|in|until|by|last|during|of|from) may (?:we|i|our|my|the|this|"
    r"it|they|he|she|there|all|every|some|most)\b"
)
""" "When I asked them", "since May our staff ...": tells when."""


def only_states(plain: str, *, inside: bool) -> bool:
    """Whether a clause has the words of a question and is none; `inside`: it does not begin its sentence."""
    if _CLEFT.match(plain) or _AT_THAT_TIME.match(plain):
        return True
    return inside and bool(_RELATIVE.match(plain) or _IN_WHICH.match(plain))


_TOLD_THAT: Final = re.compile(
    r"\b(?:told|says?|said|claims?|claimed|heard|read|thinks?|believes?|understand|assumes?|mentioned|wrote|"
    r"rumou?r|fears?|feared|worries|worried|suspects?|suspected|guess(?:es)?|reckons?|supposes?|insists?|"
    r"insisted|swears|swore|convinced|opinion)\b"
    r"(?!.*\bif (?:that|it|this) (?:is|was)\b)"
)
_IS_IT_SO: Final = re.compile(
    r"^(?:(?:so|and|but|now) )*is (?:he|she|that|this|it) (?:really |actually |even |still )?(?:right|true|"
    r"correct|so|the case|the rule|a rule|how it (?:is|works)|what you (?:require|ask)|"
    r"accurate|a fact|wrong|nonsense)$|^(?:so |and )*are they (?:right|correct|wrong)$"
)
""" "A friend said that X is left out. Is she right?" asks if X is left out."""


def tells_what_is_said(plain: str) -> bool:
    """Whether a clause tells what others say."""
    return bool(_TOLD_THAT.search(plain))


def is_it_so(plain: str) -> bool:
    """Whether a clause asks if that is so."""
    return bool(_IS_IT_SO.match(plain))


_HESITATING: Final = re.compile(r"u+m+|u+h+m*|e+r+m*|a+h+|h+m+|mhm+|ehm*")
_STAMMERED: Final = listed("i we you the a to is it that so and of for in our my with it's do are be if but no")
"""Small words that people say twice while they think."""


def fluent(words: list[str]) -> list[str]:
    """Return words without hesitation, and without small words said twice ("we um we need")."""
    found: list[str] = []
    for at, said in enumerate(words):
        word = "and" if said == "n" and 0 < at < len(words) - 1 else said
        if _HESITATING.fullmatch(word) or (found and word == found[-1] and word in _STAMMERED):
            continue
        found.append(word)
        for length in (2, 3):
            if (
                len(found) >= 2 * length
                and found[-length:] == found[-2 * length : -length]
                and "," not in found[-length:]
            ):
                del found[-length:]  # "it is it is", "got it got it"
    return found if any(word != "," for word in found) else words
