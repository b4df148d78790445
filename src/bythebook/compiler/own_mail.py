"""Where words ask a customer to write to an address: the address, and the headings that the letter needs.

Read from the words alone ("please email help@example.com with your order number"), so that a channel can open the
customer's own mail with them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class OwnMail:
    """A letter that the customer is asked for: where to, and what it is to hold, in the order of the words."""

    address: str
    headings: tuple[str, ...]


HEADING_WORDS_MAX: Final = 8
HEADINGS_MAX: Final = 12
TEXT_CHARACTERS_MAX: Final = 4_000
"""A longer text is not looked through."""

_ADDRESS: Final = re.compile(r"[A-Za-z0-9][\w.+-]{0,63}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63})+")
_SENTENCE: Final = re.compile(r"(?<=[.!?])[\"”)]?\s+(?=[\"“(]?[A-Z])|\n\s*\n")
_VERB: Final = re.compile(
    r"\b(?:e-?mail|mail|write|message|contact|reach out|get in touch|send|submit|forward|report)\b(?!\s*:)", re.I
)
_NOT_ASKED: Final = re.compile(
    r"(?:\b(?:do not|don['’]t|never|cannot|can['’]t|must not|should not|shouldn['’]t|not to|no need to|without)"
    r"(?:\s+\w+)?"  # they are told not to
    r"|\b(?:we|they|it|he|she|team|somebody|someone|staff|who|i)(?:['’]ll|\s+(?:will|may|can|might|would|do))?"
    r"(?:\s+(?:also|then|soon))?"  # somebody else writes
    r"|\b(?:if|when|once|after|unless|whether|before)\s+(?:\w+\s+){0,2}(?:you|they)(?:\s+\w+)?"  # it depends
    r"|\b(?:an?|the|this|that|your|our|their|my|every|confirmation|by|via|through|per)(?:\s+\w+)?"  # a thing
    r")\s*$",
    re.I,
)
_THING: Final = re.compile(r"e-?mail|mail|message|contact|report", re.I)
_NOT_TO: Final = re.compile(r"\b(?:from|by|as|of|like|than|not)\s*[\"“(<]?\s*$", re.I)
_OTHERS: Final = re.compile(
    r"(?:,?\s+(?:and|so(?: that)?)|[,;])\s+"
    r"(?:we|our|someone|somebody|a member|an? \w+ will|they|you(?:['’]ll| will))\b.*",
    re.I | re.S,
)
_HOLDS: Final = re.compile(
    r"\b(?:(?:along |together )?with|includ(?:e|es|ing)|contain(?:s|ing)?|stat(?:e|ing)|provid(?:e|ing)"
    r"|mention(?:ing)?|quot(?:e|ing)|specify(?:ing)?|describ(?:e|ing)|attach(?:ing)?|enclos(?:e|ing)|tell(?:ing)? us"
    r"|giv(?:e|ing)(?: us)?)\b\s*:?",
    re.I,
)
_MORE: Final = re.compile(
    r"(?:(?:please|also|and|then|you (?:should|must)|be sure to|make sure to|remember to|do)\s+)*"
    r"(?:(?:in|with) (?:the|your) (?:e-?mail|message|letter|request),?\s+)?"
    r"(?:include|provide|mention|state|add|attach|tell us|give|specify|quote|describe|enclose)\b(?: us)?\s*:?"
    r"|(?:your|the) (?:e-?mail|message|letter|request)\s+(?:should|must|needs to|has to)\s+"
    r"(?:include|contain|state|mention|have|say|specify)\b\s*:?",
    re.I,
)
_END: Final = re.compile(
    r"\s*(?:\bso that\b|\bso we\b|\bin order to\b|\bbecause\b|\bif\b|\bwhen\b|\bto help\b|\bbefore\b|\bunless\b"
    r"|\bin (?:the|your) (?:subject|e-?mail|message|body|letter|request)\b"
    r"|\bfor (?:review|approval|verification|processing|assistance|help|further|more)\b|[.!?](?:\s|$)).*",
    re.I | re.S,
)
_NEXT: Final = re.compile(
    r"\s*(?:[,;]\s*(?:(?:and|or|plus|as well as)\b\s*)?|\b(?:and|as well as|plus)\b|&|\n+)\s*(?:[-*•]\s+)?", re.I
)
_BEFORE: Final = re.compile(
    r"^(?:(?:please|also|any|all|some|both|your|the|an?|his|her|their|our|its|every|relevant|brief|short|full|complete"
    r"|further|more|additional)\s+)+",
    re.I,
)
_ABOUT: Final = re.compile(
    r"^(?:details?|information|info|particulars)\s+(?:about|on|of|regarding|concerning)\s+", re.I
)
_BRACKETS: Final = re.compile(r"\s*\([^()]*\)")
_OF_THE_LETTER: Final = re.compile(r"^(?:e-?mail|mail|message|letter|note|it|this|them|that|request|us|team)$", re.I)
_NEAR: Final = re.compile(r"^(?:us|our team|the team|them)\b\s*", re.I)


def own_mail(text: str) -> OwnMail | None:
    """Return the letter that the words ask the customer to write; None where they ask for none."""
    if "@" not in text or len(text) > TEXT_CHARACTERS_MAX:
        return None
    sentences = [part for part in _SENTENCE.split(text) if part]
    for number, sentence in enumerate(sentences):
        for address in _ADDRESS.finditer(sentence):
            verb = _asking(sentence[: address.start()])
            if verb is None:
                continue
            here = [*_sent(sentence[verb.end() : address.start()], verb), *_held(sentence[address.end() :])]
            after = [heading for later in sentences[number + 1 :] for heading in _added(later)]
            return OwnMail(address[0], tuple(dict.fromkeys([*here, *after]))[:HEADINGS_MAX])
    return None


def _asking(before: str) -> re.Match[str] | None:
    """Return the verb that asks the customer to write to the address behind these words."""
    if _NOT_TO.search(before):
        return None
    for verb in _VERB.finditer(before):
        lead = before[: verb.start()]
        if not _NOT_ASKED.search(lead) and not (_THING.fullmatch(verb[0]) and _noun_follows(before[verb.end() :])):
            return verb
    return None


def _noun_follows(after: str) -> bool:
    """Whether the word before these is the name of a thing ("Mail goes to")."""
    return re.match(r"\s+(?:is|are|goes|comes|was|will|can|may|address)\b", after, re.I) is not None


def _sent(between: str, verb: re.Match[str]) -> list[str]:
    """Return what is sent: "send a copy of the invoice to"."""
    if verb[0].lower() not in ("send", "submit", "forward"):
        return list(_held(between))
    thing = re.sub(r"\s*\b(?:to|at|via|by (?:e-?mail|mail))\b[^,]*$", "", _NEAR.sub("", between.strip()), flags=re.I)
    held = list(_held(thing))
    return held or list(_headings(thing))


def _held(after: str) -> Iterator[str]:
    """Yield what the letter is to hold, by the words behind the address."""
    after = _OTHERS.sub("", after)
    found = _HOLDS.search(after)
    if found is not None:
        yield from _headings(after[found.end() :])


def _added(sentence: str) -> Iterator[str]:
    """Yield what a later sentence adds: "Please include ..."."""
    found = _MORE.match(sentence.strip())
    if found is not None:
        yield from _headings(_OTHERS.sub("", sentence.strip()[found.end() :]))


def _headings(words: str) -> Iterator[str]:
    listed = _END.sub("", _BRACKETS.sub("", words.strip().lstrip(":-*• \n")))
    for item in _NEXT.split(listed):
        named = _BEFORE.sub("", _ABOUT.sub("", _BEFORE.sub("", item.strip(" .,;:!?\"“”'\t\n")))).strip()
        a_heading = named and len(named.split()) <= HEADING_WORDS_MAX
        if a_heading and not _OF_THE_LETTER.match(named) and not _ADDRESS.search(named):
            yield named[0].upper() + named[1:]
