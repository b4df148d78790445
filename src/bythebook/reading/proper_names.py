"""Names of firms that only hold our words: "Enterprise Health Partners", "our company is called X API Labs".

They are taken out before a message is read, while its capitals still stand.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

_FIRM: Final = (
    r"(?:Group|Inc|LLC|Ltd|GmbH|Corp|Corporation|Company|Co|Solutions|Partners|Systems|Health|Healthcare|Medical|"
    r"Medicine|Care|"
    r"Labs?|Laboratories|Hospitals?|Clinics?|Pharma|Technologies|Consulting|Services|Associates|Holdings|Ventures|"
    r"Studios?|"
    r"Dental|Therapeutics|Sciences|Institute|University|Foundation|Network|Bank|Insurance)"
)
_CAPITAL: Final = r"[A-Z][\w&'-]*"
_FIRM_NAME: Final = re.compile(
    rf"(?<![.!?] )(?<!^)\b(?:{_CAPITAL} ){{0,3}}{_CAPITAL} {_FIRM}\b(?: {_FIRM}\b)*|^(?:{_CAPITAL} ){{1,3}}{_FIRM}\b"
)
_CALLED: Final = re.compile(
    rf"\b(?:is called|are called|called|is named|named|known as|trading as|name is|under the name(?: of)?) "
    rf"(?P<name>{_CAPITAL}(?: (?:{_CAPITAL}|of|and|for|the)){{1,5}})"
)
_THE: Final = re.compile(r"\b(?:[Tt]he|[Yy]our|said|such) $")
_SHOUTED: Final = re.compile(r"[^a-z]*")
STAND_IN: Final = "somebody"


def without_names(text: str, ours: Callable[[str], bool]) -> str:
    """Return a text with names of firms as "our firm"; a name whose words are all `ours` stays (a product's)."""
    if _SHOUTED.fullmatch(text):
        return text

    def stands_in(found: re.Match[str]) -> str:
        name = found.groupdict().get("name") or found[0]
        words = [word.lower() for word in name.split()]
        if all(ours(word) for word in words) or not any(ours(word) for word in words):
            return found[0]
        if words[-1] == "services" and all(ours(word) for word in words[:-1]) and _THE.search(text[: found.start()]):
            return found[0]  # "the X Services" are a product, in the words of lawyers
        return found[0].replace(name, STAND_IN)

    return _CALLED.sub(stands_in, _FIRM_NAME.sub(stands_in, text))
