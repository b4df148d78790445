"""Tells a report ("you refused us") from what only sounds like one.

A step that hangs on a report may run only on an actual one, about the customer's own matter, by the one who is asked.
What is feared, supposed or asked in general is a question of the article (R11); somebody else's outcome, a pending
or an approved request is the status of a request, which no line speaks of.
"""

from __future__ import annotations

import re
from enum import Enum
from typing import Final

from bythebook.reading.common import listed
from bythebook.reading.outcomes import Form, Outcome, Sense, outcomes


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


_SUPPOSING: Final = re.compile(
    r"\b(?:if|in case|in the case|case of|supposes?|supposing|suppose|assum(?:e|ing)|imagine|say (?:we|you|"
    r"i)|let us say|in the event|event of|unless|until|hypothetical\w*|theoretically|"
    r"what happens|what would|should (?:you|we|i|our|my|the|it)|worr(?:y|ied|ies|ying)|afraid|fear\w*|scared|"
    r"nervous|concern(?:ed)?|anxious|chances?|likel(?:y|ihood)|odds|risks?|"
    r"possib(?:le|ly|ility)|probab(?:le|ly|ility)|potential(?:ly)?|how (?:often|many|frequently)|ever|"
    r"usually|typically|normally|generally|sometimes|often|common|"
    r"before|once|expect\w*|hop(?:e|es|ing)|avoid|prevent|grounds|reasons? for|criteria|rate|"
    r"what (?:would )?makes?|what causes?|what leads|percentage|happen(?:s|ed)? (?:to|with|when|"
    r"after) (?:companies|customers|those|people|applicants))\b"
)
_MODAL: Final = re.compile(
    r"\b(?:might|may|could|would|will|can|shall|should|going to|must|to|likely|able to)"
    r"(?: (?:you|we|i|it|they|your team|this|our \w+|my \w+|the \w+|also|still|just|even|not|possibly|be|"
    r"being|get|getting|have|been|ever|all|simply|then|actually|us))*$"
)
_MODAL_FIRST: Final = re.compile(
    r"^(?:(?:so|and|but|then|well) )*(?:would|could|can|will|might|may|should|"
    r"shall)\b(?! you (?:please )?(?:tell|explain|say|let|check|confirm|look|help|share|give))"
)
_ANY_SUCH: Final = re.compile(r"\b(?:a|an|any|every|each|most|some|previously|once|other|many|of|for)$")
_SUCH: Final = re.compile(
    r"^(?:applicants?|customers?|compan(?:y|ies)|requests?|applications?|people|organi[sz]ations?|clients?|"
    r"firms?|startups?|"
    r"use cases?|users?|businesses)\b"
)
_DETERMINED: Final = re.compile(r"\b(?:my|our|the|this|that|your|was|were|got|been|is|are|have|has|had|just|we|you)$")
_KNOWN_TO_US: Final = re.compile(
    r"\b(?:a|an|another|some|one|the) (?:\w+ ){1,3}(?:that |which |who )?(?:we|i) (?:know|work with|heard of|"
    r"talked to|spoke to|met)\b"
)
_BELIEF: Final = re.compile(
    r"\b(?:he|she|they|someone|somebody|(?:my|our|the) \w+(?: \w+)?) (?:still |just |now )?(?:thinks?|believes?|"
    r"assumes?|suspects?|"
    r"guess(?:es)?|reckons?|supposes?|feels?|fears?|is (?:convinced|under the impression|of the opinion)|has the "
    r"impression|"
    r"seems to (?:think|believe))\b|\b(?:rumou?rs?|rumou?red|gossip|supposedly|allegedly)\b"
)
_WOULD_NOT: Final = re.compile(
    r"^(?:\w+ )?(?:you|you guys|they|your team|your \w+) (?:would|will|did) not(?: even)?$"
)
_DECIDED: Final = re.compile(
    r"\b(?:decided|chose|chosen|opted|elected|had|saw fit|managed|started|going)(?: not)? to$"
)
_REAL_AGAIN: Final = re.compile(
    r"\b(?:because|since|now that|given that|seeing that|although|after you|after they|but|and (?:we|i|you|"
    r"they|our|my))\b"
)
_WANTING_TO_KNOW: Final = re.compile(
    r"\b(?:know|ask|asking|wonder|wondering|see|check|checking|tell me|tell us|find out|confirm|sure|"
    r"curious)(?: \w+){0,2} (?:if|whether)\b"
)

_ADVERBS: Final = (
    r"(?: (?:not|never|just|also|already|still|recently|previously|unfortunately|sadly|initially|first|"
    r"originally|both|all|even|twice|again|now|actually|then|"
    r"officially|formally|flatly|outright|basically|always|only|really|apparently|evidently|once|straight|"
    r"immediately|been|being|be|so))*"
)
_PASSIVE: Final = re.compile(
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
_MATTER: Final = (
    r"(?:requests?|applications?|submissions?|forms?|use ?cases?|case|proposals?|project|inquir(?:y|"
    r"ies)|enquiry|approval|paperwork|registration|account|appeal|re ?application|agreement|contract|"
    r"intake|ticket|access|one|it|this|that|first|second|attempt|try)"
)
_ORGANISATION: Final = re.compile(
    rf"\b(?:we|i|us|me|ours|mine|your|both|all|which|that)\b|\b{_MATTER}\b|\b(?:company|companies|team|"
    rf"startup|start up|clinic|hospital|practice|organi[sz]ation|org|firm|business|group|institution|"
    rf"institute|university|"
    r"lab|laboratory|agency|nonprofit|charity|app|application|product|platform|software|tool|service|"
    r"department|office|centre|center|pharmacy|school|network|system|foundation|corporation|employer|side|"
    r"idea|plan|solution)\b"
)
_OWN_FIRST: Final = re.compile(rf"^(?:my|our|the|this)(?: \w+){{0,3}} {_MATTER}\b(?! 's)")
_VENDOR_END: Final = re.compile(
    r"(?:^|\b)(?:you|you guys|you all|your \w+(?: \w+){0,2}|the team|the reviewers?|sales|support|reviewers?|"
    r"your side|you people|openly|team)$"
)
_SELF_END: Final = re.compile(r"\b(?:we|i|my team|our team|us)$")
_THEY_END: Final = re.compile(r"\bthey$")
_OWN_OBJECT: Final = re.compile(
    rf"^(?:to (?:approve|give|grant|sign|accept|let|provide|offer|do|help|work|process) )?(?:\w+ )?(?:us|me|"
    rf"my|our|it|this|that|the (?:\w+ )?{_MATTER})\b|^(?:for|because|due|on|yesterday|today|last|again|twice|"
    rf"already|without|in|the|and|so|this|right|a|before|after|at|over|by (?:you|your|the team))\b|^$"
)
_OTHER_OBJECT: Final = re.compile(
    rf"^(?:them|him|her|their|his|a|an|another|someone|somebody|people|others?|customers?|companies|many|"
    rf"some|any|most|(?:our|my|your|the|one of our) (?:\w+ )?{_KIN}|applicants|requests|applications)\b"
)
_BY_OTHER: Final = re.compile(
    r"\bby (?!you\b|your\b|the team|mistake|email|mail|phone|accident|default|error|the reviewers?|now\b|"
    r"then\b|today|support|sales|them\b|this\b|that\b)(?:(?:my|our|the|a|an|his|her|their|one of) )?([\w ]+)"
)
_FOREIGN: Final = re.compile(
    r"\b(?:loans?|mortgage|visa|passport|insurance claim|claims?|scholarship|grant application|job|tenancy|"
    r"lease|licen[cs]e|patent|prior auth\w*|coverage)\b"
)
_MONEY: Final = re.compile(
    r"\b(?:cards?|payments?|transactions?|checkout|purchase|charges?|debit|credit|refunds?|transfers?|"
    r"withdraw\w*|top(?:ped)? ?(?:up|off)|cash|atm|booking|reservation|invoice|wire|deposit)\b"
)
_INVERTED: Final = re.compile(
    r"^(?:(?:so|and|but|hi|hello|then|now|please|well|also) )*(?:(?:am|are|is|was|were|have|has|had|did|do|"
    r"does)(?: not)? (?:i|we|you|it|they|my|our|the|this|that|your|anyone|someone)\b|any (?:word|news|"
    r"idea))"
)
_WHY: Final = re.compile(
    r"\b(?:why|how come|for what reason|on what (?:grounds|basis)|what (?:is|was|were) the reasons?|reason)\b"
)
_GENERAL_WHY: Final = re.compile(
    r"\b(?:do|does|would|might|could|can|are) (?:you|your team|requests?|applications?|companies|"
    r"customers|people|some|most|use cases|they)\b"
)
_YET: Final = re.compile(r"\b(?:yet|so far|waiting|pending|in review|under review|haven)\b")
_ACTUAL_NOUN: Final = re.compile(
    r"\b(?:already|now) (?:have|has|got|received)(?: been given)?$|"
    r"\b(?:our|my|your|the|this|that)(?: \w+)?$|\b(?:got|received|had|sent|gave|have|getting|with|"
    r"another|already have|now have)(?: (?:us|me|you))? (?:a|an|the|your|another|this)(?: \w+)?$|^(?:a |another "
    r")?$|\b(?:after|"
    r"appeal(?:ing)?|regarding|about) (?:the|our|my|your)(?: \w+)?$|\b(?:letter|notice|email|message|note|"
    r"notification) of$"
)
_GENERAL_NOUN: Final = re.compile(
    r"^ (?:rates?|reasons?|criteria|policy|process|chance|risk|percentage|procedures?)\b"
)
_SUBJECTLESS: Final = listed(
    "then first later eventually ultimately but still not never just also again already "
    "been got was were sadly unfortunately being finally actually twice recently"
)


def is_leaning(plain: str) -> bool:
    """Whether a report names neither who refused nor what ("it was declined")."""
    return not re.search(r"\b(?:us|our|we)\b", plain) and not names_matter(plain)


def names_matter(plain: str) -> bool:
    """Whether a clause names who decides, or what is decided on."""
    return bool(re.search(rf"\b(?:you|your)\b|\b(?!(?:it|this|that|one|first|second)\b){_MATTER}\b", plain))


def standing(plain: str, sense: Sense, question: bool, known: frozenset[str]) -> Standing | None:
    """Return what a clause says of outcomes of this sense, or None when it says nothing of them.

    `known` are the words of the release: a name among them (the vendor's, a product's) is nobody else.
    """
    found: Standing | None = None
    for outcome in outcomes(plain):
        one = _of(plain, outcome, sense, question, known)
        if one is None:
            continue
        # The last thing that happened counts: "denied first, but approved now".
        if found is None or found is Standing.SUPPOSED or one in (Standing.HELD, Standing.OPPOSITE, Standing.PENDING):
            found = one
    return found


def _of(plain: str, outcome: Outcome, sense: Sense, question: bool, known: frozenset[str]) -> Standing | None:
    before, after = plain[: outcome.start].rstrip(), plain[outcome.start : outcome.end].partition(" ")[2]
    after = f"{after} {plain[outcome.end :]}".strip()  # "turned us down": the object stands inside
    after = after.removeprefix("down ").removeprefix("away ").removeprefix("back ")
    if outcome.form is Form.BASE and not before and not outcome.negated:
        return None  # an order: "deny the call"
    if _names(_MONEY, known, before, after):
        return None
    if _WANTING_TO_KNOW.search(before):
        return Standing.ASKED
    if _BELIEF.search(before):
        return Standing.DOUBTFUL
    if _KNOWN_TO_US.search(before):
        return Standing.ELSEWHERE
    if outcome.negated and not question and _WOULD_NOT.match(before) and " did " not in f" {before} ":
        return Standing.DOUBTFUL
    supposed = _supposed(before, plain[outcome.end :], outcome, question)
    if supposed:
        return Standing.SUPPOSED if outcome.meant is sense or question else None
    whose = _whose(before, after, outcome, known)
    if whose is None:
        return None
    if whose is not Standing.HELD:
        return whose
    if _INVERTED.match(plain) and question and not _WHY.search(plain):
        return Standing.ASKED
    if outcome.negated and outcome.sense is not sense and _YET.search(plain) and "still" not in plain.split():
        return Standing.PENDING
    return Standing.HELD if outcome.meant is sense else Standing.OPPOSITE


def _names(matters: re.Pattern[str], known: frozenset[str], *texts: str) -> bool:
    """Whether a text names one of these matters, unless the release speaks of it."""
    return any(not set(found.split()) & known for text in texts for found in matters.findall(text))


def _supposed(before: str, after: str, outcome: Outcome, question: bool) -> bool:
    """Whether the outcome is only thought of: after "if", under a modal, or in the general present."""
    real = list(_REAL_AGAIN.finditer(before))
    scope = before[real[-1].start() :] if real else before
    if _SUPPOSING.search(scope):
        return True
    if question and _MODAL_FIRST.match(before) and not _WHY.search(before):
        return True
    if outcome.form is Form.PAST and _SUCH.match(after.lstrip()) and not _DETERMINED.search(before):
        return True
    if outcome.form is Form.PAST and _ANY_SUCH.search(before) and not _PASSIVE.search(before):
        return True
    if outcome.form is Form.NOUN:
        return bool(_GENERAL_NOUN.match(after)) or not (_ACTUAL_NOUN.search(before) or outcome.negated)
    if (
        _MODAL.search(before)
        and not _DECIDED.search(before)
        and not re.search(r"\b(?:failed|unable|refused|able) to$", before)
    ):
        return True
    why = _WHY.search(before)
    if why and _GENERAL_WHY.search(before[why.end() :]):
        return not re.match(r" (?:us|me|our|my)\b", after)
    if outcome.form is Form.BASE:
        if re.search(r"\bdid\b|\b(?:keep|keeps|kept|are|were|have been)$", before):
            return False
        return question or not re.match(r" (?:us|me|our|my|to)\b", after) or not before
    if (
        outcome.form is Form.PAST
        and re.search(r"\bbeing$|\bget$|\bgets$|\bgetting$", before)
        and not re.search(r"\bdid\b", before)
    ):
        return not re.search(r"\b(?:last|yesterday|today|ago|already|twice|keep|kept|keeps)\b", before + after)
    return False


def _whose(before: str, after: str, outcome: Outcome, known: frozenset[str]) -> Standing | None:
    """Return HELD when the outcome is the customer's own, or whose it is else; None where nobody's is meant."""
    if _names(_FOREIGN, known, before, after):
        return Standing.ELSEWHERE
    by = _BY_OTHER.search(after)
    if by is not None and not set(by.group(1).split()) & known:
        return Standing.ELSEWHERE
    if outcome.form is Form.UNDERGONE:
        return _of_patient(_subject(_HAVE.sub("", _PASSIVE.sub("", before))), known)
    if outcome.form is Form.NOUN:
        return Standing.ELSEWHERE if re.search(rf"\b{_KIN} (?:'s )?(?:\w+ )?$", before + " ") else Standing.HELD
    turned = _TURNED.search(before) if outcome.form is Form.PAST else None
    if turned is not None:
        return _of_patient(_subject(turned.group(1)), known)
    if _active(before, outcome):
        return _by_agent(_subject(_HAVE.sub("", _HAVE.sub("", before))), after, known)
    return _of_patient(_subject(_PASSIVE.sub("", _PASSIVE.sub("", before))), known)


def _active(before: str, outcome: Outcome) -> bool:
    if outcome.form is Form.BASE:
        return True
    return not _PASSIVE.search(before) and bool(_subject(_HAVE.sub("", before)))


def _subject(region: str) -> str:
    words = _CUT.sub("", region).split()
    while words and (words[0] in _SUBJECTLESS or words[0] == ","):
        words = words[1:]
    while words and words[-1] in _SUBJECTLESS:
        words = words[:-1]
    return " ".join(words)


def _of_patient(subject: str, known: frozenset[str]) -> Standing:
    """Whose outcome it is, from the subject of "... was refused"."""
    if not subject or re.search(r"\b(?:we|i)$", subject):
        return Standing.HELD
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
    if _OTHER_OBJECT.match(after):
        return Standing.ELSEWHERE
    if re.search(rf"\b{_MATTER}$", subject):  # "application rejected"
        return _of_patient(subject, known)
    if _OTHERS.search(subject) and not _THEY_END.search(subject) and not re.search(r"\byour?\b", subject):
        return Standing.ELSEWHERE
    if _VENDOR_END.search(subject) or not subject:
        return Standing.HELD
    if _THEY_END.search(subject):
        bare = subject == "they" and not after.replace("no", "").strip()
        return Standing.HELD if bare or re.match(r"(?:to )?(?:us|me|our|my)\b", after) else Standing.DOUBTFUL
    if set(subject.split()) & known:
        return Standing.HELD
    return Standing.ELSEWHERE if _OWN_OBJECT.match(after) else Standing.DOUBTFUL
