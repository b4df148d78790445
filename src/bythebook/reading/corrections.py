"""Marks of correction: against what was said before, and inside one message ("X, no wait, Y")."""

from __future__ import annotations

import re
from typing import Final

_MARKS: Final = re.compile(
    r"\b(?:actually|i mean|i meant|we meant|we mean|meant|i misspoke|misspoke|(?:scratch|strike|scrap|drop) that|"
    r"correction|my (?:bad|mistake)|oops|whoops|(?:sorry|apologies|apologi[sz]e)(?! (?:to (?:hear|bother)|"
    r"for the (?!mix|confusion|mistake|mis|wrong|error)))|"
    r"(?<!i )(?<!we )(?<!to )(?<!the )(?<!can )(?<!will )wait(?! (?:for|until|to|times?|list)\b)|"
    r"hold on|instead|rather|"
    r"after all|on second thou?ghts?|changed (?:my|our) mind|change of (?:mind|plan|plans)|make (?:it|that)|"
    r"change (?:it|that|this)(?: \w+)? to|switch(?:ed|ing)? to|switch|not (?:this|that) one|not that|wrong (?:one|"
    r"product|option|button|choice|answer)|"
    r"that is (?:all |completely |just |totally )?(?:wrong|not (?:it|right|what))|^wrong|no wrong|(?:all|"
    r"completely|totally) wrong|"
    r"(?<!already )(?<!just )(?:i|we) (?:said|asked (?:for|about)|wanted|told you|typed|clicked|chose|picked)|"
    r"should have (?:said|been|written|typed|picked|chosen|clicked|told)|mix(?:ed)? (?:it |them |this |that )?up|"
    r"corrected (?:me|us)|was corrected|(?:take|took) (?:that|it|this) back|(?:misled|misinformed|misguided) you|"
    r"told you (?:the )?wrong|wrong word|misunderst\w+|misread|turns out|i (?:said|wrote|typed|picked|"
    r"chose|clicked|pressed) the wrong|by mistake|"
    r"mistakenly|accidentally|let me correct|to correct|the other one|nvm|never mind|forget (?:that|it|"
    r"about)|no no|i was wrong|we were wrong|wrongly)\b"
)
_LEADING_NO: Final = re.compile(
    r"^(?:(?:oh|hmm|hm|ah|uh|um|well|sorry|wait|ok) ,? ?)*no\b(?! (?:need|problem|worries|idea|reply|"
    r"response|answer|one|doubt|rush|thanks|thank|more|longer|matter))"
)
_ADDING: Final = re.compile(
    r"\b(?:too|also|as well|in addition|additionally|on top|besides|both|another|plus|and then)\b|^and\b"
)
_INSIDE: Final = re.compile(
    r"^,? ?no(?: ,)?$|\bor no\b|^,? ?no , (?:for|it is|the|just|only)\b|(?:^|\b)(?:no wait|wait no|wait|no sorry|"
    r"sorry no|"
    r"sorry|oops|i mean|i meant|or rather|rather|"
    r"(?:scratch|strike|scrap|drop|cancel|ignore|disregard) (?:that|it)|correction|make that|make it|no no|"
    r"no , (?!thanks|thank|problem)|nvm|"
    r"never mind|on second thou?ghts?|actually|no actually|hold on|my bad|my mistake|forget (?:that|it)|"
    r"wrong (?:word|term)|(?:take|took) (?:that|it) back|changed (?:my|our) mind|thinking about it|"
    r"(?:come|now that i) to think (?:of|about) it|on reflection|now "
    r"that i think "
    r"(?:of|about) it)\b"
)


def corrects(message: str, *, answering: bool = False) -> bool:
    """Whether a message carries a mark of correction and none of addition; a no that answers an offer is none."""
    no = not answering and bool(_LEADING_NO.search(message))
    return bool(_MARKS.search(message) or no) and not _ADDING.search(message)


_OPENS: Final = re.compile(
    r"^(?:(?:no|well|oh|uh|um|or|hm|ah|ok|,) )*(?:i mean|i meant|we mean|we meant|or rather|correction|make "
    r"(?:that|it)|scratch that|"
    r"strike that|sorry (?:no|wrong|i mean|i meant)|no wait|wait no|oops|my mistake|i misspoke)\b"
)


def takes_the_place(clause: str) -> bool:
    """Whether a clause opens by putting another thing in the place of what was said ("I mean ...")."""
    return bool(_OPENS.match(clause))


def retracts(words_between: str) -> bool:
    """Whether the words between two terms take the first one back."""
    return bool(_INSIDE.search(words_between)) and not re.search(r"\b(?:also|too|as well|and)\b", words_between)
