"""What customers most often need besides a product, in other languages: how long it takes, and a refusal.

Only what is certain by its words: "how long", "we were refused", "and if you refuse?". Anything with a negation in
it, or a refusal that is asked about, is left unread.
"""

from __future__ import annotations

import re
from enum import Enum
from typing import Final

from bythebook.reading.language import NEGATIONS


class Need(Enum):
    TIMING = "how long"
    REFUSED = "we were refused"
    IF_REFUSED = "if we are refused"


_TIMING: Final = re.compile(
    r"\b(?:cu[aá]nto (?:tiempo|tarda|demora|dura)|en cu[aá]ntos d[ií]as|combien de (?:temps|jours)|quels? d[eé]lais?|"
    r"wie (?:lange|schnell)|wie viele tage|quanto (?:tempo|ci vuole|dura|demora|leva)|hoe (?:lang|snel)|"
    r"hur l[aå]ng tid|hvor lang tid|jak d[lł]ugo)\b"
)
_REFUSED: Final = re.compile(
    r"\b(?:rechazad[oa]s?|rechazaron|rechaz[oó]|han rechazado|denegad[oa]s?|denegaron|refus[eé]e?s?|avez refus[eé]|"
    r"rejet[eé]e?s?|abgelehnt|abgewiesen|rifiutat[oaie]|respint[oaie]|recusad[oa]s?|recusaram|rejeitad[oa]s?|"
    r"afgewezen|geweigerd|odrzucon[yaoe]|avslagen|avslag)\b"
)
_REFUSING: Final = re.compile(
    r"\b(?:rechaz\w+|denieg\w+|deneg\w+|dicen que no|refus\w+|rejet\w+|dites non|ablehn\w*|abgelehnt|nein sag\w+|"
    r"rifiut\w+|dite di no|recus\w+|rejeit\w+|afwijz\w+|weiger\w*|afgewezen)\b"
)
_IF: Final = re.compile(r"\b(?:si|wenn|falls|se|als|indien|caso|jesli|jeśli)\b")
_OURS: Final = re.compile(
    r"\b(?:nous|notre|nos|uns|unser\w*|wir|mein\w*|nuestr[oa]s?|mi|ci|nostr[oaie]|noi|noss[oa]s?|fomos|minha|ons|onze|"
    r"wij|we|mijn|nasz\w*)\b"
)


def need_in(text: str) -> Need | None:
    """Return what a message in another language needs, where its words leave no doubt."""
    plain = " ".join(re.findall(r"[^\W_]+", text.lower()))
    if _IF.search(plain) and _REFUSING.search(plain):
        return Need.IF_REFUSED
    if _TIMING.search(plain):
        return Need.TIMING
    denied = set(plain.split()) & NEGATIONS
    if _REFUSED.search(plain) and _OURS.search(plain) and not denied and not _ASKED.search(text):
        return Need.REFUSED
    return None


_ASKED: Final = re.compile(
    r"\b(?:a[- ]t[- ]on|avez[- ]vous|wurden? wir|haben sie|han sido|fue|siamo stati|avete)\b[^.!?]*\?", re.IGNORECASE
)
"""Whether it happened is asked."""
