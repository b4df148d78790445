"""Whose outcome it is: the customer's, somebody else's, or one that cannot be told.

Read from who is said to have decided, whom, and what ("you refused us", "the bank refused our loan").
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from typing import Final

from bythebook.reading.common import listed
from bythebook.reading.outcomes import Form, Outcome


class Standing(Enum):
    """What a clause says of an outcome."""

    HELD = "held"
    """It happened, to the customer."""

    OPPOSITE = "opposite"
    """The other outcome happened, or this one did not."""

    SUPPOSED = "supposed"
    """It is feared, supposed or asked about in general."""

    ELSEWHERE = "elsewhere"
    """It happened to, or was decided by, somebody else."""

    ASKED = "asked"
    """Whether it happened is what the customer wants to know."""

    PENDING = "pending"
    """It has not been decided."""

    DOUBTFUL = "doubtful"
    """It cannot be told whose outcome it is."""


_RESOLVED: Final = re.compile(
    r"(?: (?:has|have|had|just|then|finally))*(?: (?:decided|chose|chosen|opted|elected|saw fit|managed|resolved|"
    r"went on|went ahead)"
    r"(?: not)? (?:to|and))$"
)
_ADVERBS: Final = (
    r"(?: (?:not|never|just|also|already|still|recently|previously|unfortunately|sadly|initially|first|"
    r"originally|both|all|even|twice|again|now|actually|then|"
    r"officially|formally|flatly|outright|basically|always|only|really|apparently|evidently|once|straight|"
    r"immediately|been|being|be|so))*"
)
PASSIVE: Final = re.compile(
    rf"(?:^| )(?:was|were|is|are|am|been|being|be|got|gotten|get|gets|getting|has been|have been|had been|"
    rf"came back|comes back|come back|came|went|stands|marked as|listed as){_ADVERBS}$"
)
_TURNED: Final = re.compile(
    r"\b(?:was|were|is|are|am|did) ((?!not\b|you\b)(?:(?!was|were|is|are|am|been|being|got|get|has|have|"
    r"not)[\w']+ ?){1,4}?)(?: (?:get|been|not|actually|really|already|ever))*$"
)
_HAVE: Final = re.compile(
    rf"(?:^| )(?:have|has|had|did|do|does){_ADVERBS}$|(?:^| )(?:just|already|recently|still|also|then|"
    rf"actually|keep|kept|are|were|keeps|unfortunately|sadly|again|even|not|never|never|always|only|flatly|"
    rf"outright|once|twice|repeatedly)$"
)
_CUT: Final = re.compile(
    r"^.*\b(?:that|because|since|as|after|when|if|and|but|or|so|said|says|say|saying|(?:told|tells|telling|"
    r"informed|letting|let) (?:me|us|you)|heard|hear|hearing|think|thinks|thought|believe|know|knew|learned|"
    r"learnt|found out|"
    r"why|how come|how|who|which|where|what|yesterday|today|unfortunately|sadly|email|mail|letter|message|"
    r"note|hi|hello|look|ok|well|see|understand|explain|means|mean|idea|reason)\b ?"
)

_KIN: Final = (
    r"(?:competitors?|competition|rivals?|partners?|clients?|customers?|vendors?|suppliers?|insurers?|"
    r"insurance (?:company|provider|carrier)|friends?|colleagues?|coworkers?|sisters?|brothers?|neighbou?rs?|"
    r"cousins?|wife|"
    r"husband|mother|father|mom|dad|boss|consultants?|contractors?|subcontractors?|banks?|landlords?|embassy|"
    r"investors?|affiliates?|subsidiar(?:y|ies)|parent company|tenants?|patients?|lawyers?|attorneys?|"
    r"counsel|legal(?: (?:team|department))?|"
    r"procurement|board|auditors?|regulators?|members?|users?|peers?|acquaintances?|buddy|guy)"
)
_OTHERS: Final = re.compile(
    rf"\b{_KIN}\b|\b(?:he|she|him|her|someone|somebody|anyone|another|others?|people|everyone|many|companies|"
    rf"startups|organi[sz]ations|businesses|firms|applicants|folks|those|their|most|few|several)\b"
    r"|^(?:a|an|some|one|any|that|these) (?!(?:request|application|use case))\w+"
)
MATTER: Final = (
    r"(?:requests?|applications?|submissions?|forms?|use ?cases?|case|proposals?|project|inquir(?:y|"
    r"ies)|enquiry|approval|paperwork|registration|account|appeal|re ?application|agreement|contract|"
    r"intake|ticket|access|one|it|this|that|first|second|attempt|try)"
)
_ORGANISATION: Final = re.compile(
    rf"\b(?:we|i|us|me|ours|mine|your|both|all|which|that)\b|\b{MATTER}\b|\b(?:company|companies|team|"
    rf"startup|start up|clinic|hospital|practice|organi[sz]ation|org|firm|business|group|institution|"
    rf"institute|university|"
    r"lab|laboratory|agency|nonprofit|charity|app|application|product|platform|software|tool|service|"
    r"department|office|centre|center|pharmacy|school|network|system|foundation|corporation|employer|side|"
    r"idea|plan|solution)\b"
)
_OWN_FIRST: Final = re.compile(rf"^(?:my|our|the|this)(?: \w+){{0,3}} {MATTER}\b(?! 's)")
_VENDOR_END: Final = re.compile(
    r"(?:^|\b)(?:you|you guys|you all|your \w+(?: \w+){0,2}|the team|the reviewers?|sales|support|reviewers?|"
    r"your side|you people|openly|team)$"
)
_SELF_END: Final = re.compile(r"\b(?:we|i|my team|our team|us)$")
_THEY_END: Final = re.compile(r"\bthey$")
_OWN_OBJECT: Final = re.compile(
    rf"^to (?:sign|give|grant|offer|provide|cover|support|serve|help|take|contract|deal|do|enter)\b|^(?:to "
    rf"(?:approve|accept|let|do|help|work|process) )?(?:\w+ )?(?:us|"
    rf"me|"
    rf"my|our|it|this|that|the (?:\w+ )?{MATTER})\b|^(?:for|because|due|on|yesterday|today|last|again|twice|"
    rf"already|without|in|the|and|so|this|right|a|before|after|at|over|by (?:you|your|the team))\b|^$"
)
_AFTER_BARE: Final = re.compile(
    r"\b(?:without|for|because|again|already|today|yesterday|last|twice|flatly|on|after|in)\b.*$"
)
_OTHER_OBJECT: Final = re.compile(
    rf"^(?:them|him|her|their|his|a|an|another|someone|somebody|people|others?|customers?|companies|many|"
    rf"some|any|most|(?:our|my|your|the|one of our) (?:\w+ )?{_KIN}|applicants|requests|applications|"
    r"(?!us\b|me\b|our\b|my\b|it\b|this\b|that\b|the\b|to\b|for\b|because\b)(?:[\w&'-]+ ){1,3}(?:clinic|"
    r"hospital|health|"
    r"labs?|medical|university|inc|llc|ltd|corp|group|center|centre|college))\b"
)
_BY_OTHER: Final = re.compile(
    r"\bby (?!the way\b|you\b|your\b|the team|mistake|e?mail|letter|post|fax|notice|message|return|phone|accident|"
    r"default|"
    r"error|the reviewers?|now\b|"
    r"then\b|today|support|sales|them\b|this\b|that\b)(?:(?:my|our|the|a|an|his|her|their|one of) )?([\w ]+)"
)
_FOREIGN: Final = re.compile(
    r"\b(?:loans?|mortgage|visa|passport|insurance claim|claims?|scholarship|grant application|job|tenancy|"
    r"lease|licen[cs]e|patent|prior auth\w*|coverage)\b"
)
MONEY: Final = re.compile(
    r"\b(?:cards?|payments?|transactions?|checkout|purchase|charges?|debit|credit|refunds?|transfers?|"
    r"withdraw\w*|top(?:ped)? ?(?:up|off)|cash|atm|booking|reservation|invoice|wire|deposit)\b"
)
ELSEWHERE: Final = re.compile(
    r"\b(?:my|our|his|her|their|the|a|health|medical|car) (?:[\w']+ ){0,2}(loans?|mortgage|visa|passport|"
    r"claims?|scholarship|tenancy|lease|patent|prior auth\w*|cards?|payments?|transactions?|refunds?|"
    r"withdrawals?|booking|"
    r"reservation|invoice|deposit)\b|\b(?:denied|refused) (?:\w+ )?(coverage|insurance|credit|entry|benefits|"
    r"treatment|"
    r"admission|medication|surgery)\b"
)
"""Things that others grant or refuse."""

_SUBJECTLESS: Final = listed(
    "then first later eventually ultimately but still not never just also again already "
    "been got was were sadly unfortunately being finally actually twice recently"
)


@dataclass(frozen=True, slots=True)
class Known:
    """What a release speaks of."""

    names: frozenset[str] = frozenset()
    """Words of its names (the vendor's, a product's): whoever bears one is nobody else."""

    matters: frozenset[str] = frozenset()
    """Words of its document: what it speaks of itself is no other desk's matter."""


def names(matters: re.Pattern[str], known: frozenset[str], *texts: str) -> bool:
    """Whether a text names one of these matters, unless the release speaks of it."""
    return any(not set(found.split()) & known for text in texts for found in matters.findall(text))


def whose(before: str, after: str, outcome: Outcome, known: Known) -> Standing | None:
    """Return HELD when the outcome is the customer's own, or whose it is else; None where nobody's is meant."""
    if names(_FOREIGN, known.matters, before, after):
        return Standing.ELSEWHERE
    by = _BY_OTHER.search(after)
    if by is not None and not set(by.group(1).split()) & known.names:
        return Standing.ELSEWHERE
    if outcome.form is Form.UNDERGONE:
        return _of_patient(_subject(_HAVE.sub("", PASSIVE.sub("", before))), known.names)
    if outcome.form is Form.NOUN:
        return Standing.ELSEWHERE if re.search(rf"\b{_KIN} (?:'s )?(?:\w+ )?$", before + " ") else Standing.HELD
    turned = _TURNED.search(before) if outcome.form is Form.PAST else None
    if turned is not None:
        return _of_patient(_subject(turned.group(1)), known.names)
    if _active(before, outcome):
        return _by_agent(_subject(_HAVE.sub("", _HAVE.sub("", before))), after, known.names)
    return _of_patient(_subject(PASSIVE.sub("", PASSIVE.sub("", before))), known.names)


def _active(before: str, outcome: Outcome) -> bool:
    if outcome.form is Form.BASE:
        return True
    return not PASSIVE.search(before) and bool(_subject(_HAVE.sub("", before)))


def _subject(region: str) -> str:
    words = _CUT.sub("", _RESOLVED.sub("", region)).split()
    while words and (words[0] in _SUBJECTLESS or words[0] == ","):
        words = words[1:]
    while words and (words[-1] in _SUBJECTLESS or words[-1].endswith("ly")):
        words = words[:-1]
    return " ".join(words)


def _of_patient(subject: str, known: frozenset[str]) -> Standing:
    """Whose outcome it is, from the subject of "... was refused"."""
    if not subject or re.search(r"\b(?:we|i)$", subject):
        return Standing.HELD
    if subject in ("our", "my", "the", "this"):
        return Standing.HELD  # the matter itself stands in the outcome: "our use case is not eligible"
    if subject.endswith("they"):
        return Standing.ELSEWHERE
    if _OWN_FIRST.match(subject):
        return Standing.HELD
    if _OTHERS.search(subject):
        return Standing.ELSEWHERE
    return Standing.HELD if _ORGANISATION.search(subject) or set(subject.split()) & known else Standing.DOUBTFUL


def _by_agent(subject: str, after: str, known: frozenset[str]) -> Standing | None:
    """Whose outcome it is, from who refused and whom."""
    if _SELF_END.search(subject):
        return None
    if re.match(r"(?:we|i)\b", subject):
        return Standing.HELD  # a verb nobody can read: "we wree rejected"
    if _OTHER_OBJECT.match(after):
        return Standing.ELSEWHERE
    if re.search(rf"\b{MATTER}$", subject):  # "application rejected"
        return _of_patient(subject, known)
    if _OTHERS.search(subject) and not _THEY_END.search(subject) and not re.search(r"\byour?\b", subject):
        return Standing.ELSEWHERE
    if _VENDOR_END.search(subject) or not subject:
        return Standing.HELD
    if _THEY_END.search(subject):
        bare = subject == "they" and not _AFTER_BARE.sub("", after.replace("no", "")).strip()
        return Standing.HELD if bare or re.match(r"(?:to )?(?:us|me|our|my)\b", after) else Standing.DOUBTFUL
    if set(subject.split()) & known:
        return Standing.HELD
    return Standing.ELSEWHERE if _OWN_OBJECT.match(after) else Standing.DOUBTFUL
