"""Tells a report ("you refused us") from what only sounds like one.

A step that hangs on a report may run only on an actual one, about the customer's own matter, by the one who is asked.
What is feared, supposed or asked in general is a question of the article (R11); somebody else's outcome, a pending
or an approved request is the status of a request, which no line speaks of.
"""

from __future__ import annotations

import re
from typing import Final

from bythebook.reading.corrections import retracts
from bythebook.reading.outcomes import Form, Outcome, Sense, outcomes
from bythebook.reading.whose import MATTER, MONEY, PASSIVE, Known, Standing, names, whose

_SUPPOSING: Final = re.compile(
    r"\b(?:if|under (?:what|which)|circumstances|conditions|in case|in the case|case of|supposes?|supposing|suppose|"
    r"assum(?:e|ing)|imagine|say (?:we|you|"
    r"i)|let us say|in the (?:\w+ )*event|event of|unlikely|worst case|unless|until|hypothetical\w*|theoretically|"
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
    r"(?: (?:you|we|i|it|they|your team|this|our \w+|my \w+|the \w+|also|still|just|even|not|possibly|be|(?:a|an|"
    r"any|some|the) \w+|"
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
_ALONE: Final = re.compile(r"^(?:(?:and|so|or|but|what|ok|then|be|being|get|getting) )* *$")
_ANY_ONE_WHO: Final = re.compile(
    r"\b(?:an?|any|the|every|each) (?:\w+ )?(?:applicant|customer|company|organi[sz]ation|party|entity|client|person|"
    r"requester|one) (?:whose|who|that|which)\b|\b(?:those|ones|people|companies|firms|clinics|practices|requests|"
    r"applications|anyone|anybody|whoever|everybody|everyone)(?: \w+)? (?:whose|who|that|which)\b|\bwhoever\b"
)
_DETERMINED: Final = re.compile(r"\b(?:my|our|the|this|that|your|was|were|got|been|is|are|have|has|had|just|we|you)$")
_KNOWN_TO_US: Final = re.compile(
    r"\b(?:a|an|another|some|one|the) (?:\w+ ){1,3}(?:that |which |who )?(?:we|i) (?:know|work with|heard of|"
    r"talked to|spoke to|met)\b"
)
_RELATIVE: Final = re.compile(
    r"\b(?:someone|somebody|anyone|people|persons?|compan(?:y|ies)|clinics?|hospitals?|startups?|friends?|clients?|"
    r"customers?|"
    r"vendors?|partners?|colleagues?|those|others|firms?|practices?|organi[sz]ations?|group|guy|woman|man|doctor) "
    r"(?:that |who |whom |which )?(?:you|your team|you guys|they)(?: \w+){0,2}$"
)
"""Somebody whom you refused: not the one who speaks, unless they say so."""

_OURSELVES: Final = re.compile(r"\b(?:we|i) (?:are|am|is|were|was|represent)\b")
_BELIEF: Final = re.compile(
    r"\b(?:he|she|they|someone|somebody|(?:my|our|the) \w+(?: \w+)?) (?:still |just |now )?(?:thinks?|believes?|"
    r"assumes?|suspects?|"
    r"guess(?:es)?|reckons?|supposes?|feels?|fears?|is (?:convinced|under the impression|of the opinion)|has the "
    r"impression|"
    r"seems to (?:think|believe))\b|\b(?:rumou?rs?|rumou?red|gossip|supposedly|allegedly)\b"
)
_WE_CANNOT: Final = re.compile(
    r"\bwe (?:are|were) (?:currently |sadly |unfortunately )?(?:unable|not able) to$|\bwe (?:can|could|will) not$"
)
_TOLD_US: Final = re.compile(
    r"\b(?:letter|notice|e?mail|message|note|reply|answer|response|you|your team|they)(?: \w+){0,4}? (?:says?|"
    r"said|saying|"
    r"states?|stated|stating|tells? us|told (?:us|me)|informs? us|informed (?:us|me)|wrote|writes?|explain(?:s|"
    r"ed))(?: "
    r"(?:to )?(?:us|me))?(?: that)?(?: (?:after|upon|following|on) (?:\w+ ){0,3}?(?:evaluation|review|consideration|"
    r"examination|assessment|reflection|checking|discussion))? (?:we|our|my|the|this|it|i)\b(?! (?:if|whether))|"
    r"\b(?:we|i|our \w+) (?:was|were|have been|has been|had been|got)(?: \w+)? (?:informed|told|notified|advised|"
    r"given to understand)(?: \w+){0,3}? that (?:we|our|my|the|this|it|i)\b|"
    r"\b(?:wrote|replied|answered|informed us|told (?:us|me)|let us know)(?: \w+){0,4}? that (?:they|you|your team)"
    r"(?= (?:could|would|will|can|did) not$)"
)
_DO_NOT: Final = re.compile(r"^(?:(?:please|just|and|but|so|hopefully) )*(?:do not|never)$")
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
_OWN_SIDE: Final = re.compile(
    r"^(?:(?:and|but|so|also|well|sadly|unfortunately) )*(?:(?:management|finance|procurement|hr|it|accounting|"
    r"leadership|legal)(?: (?:security|here|department|upstairs))*|(?:our|my) (?:own )?(?:\w+ )?(?:lawyers?|"
    r"counsel|legal|"
    r"compliance|board|"
    r"boss|management|security|it|cfo|ceo|cto|cio|ciso|dpo|finance|procurement|department|dept|committee|"
    r"auditors?|partners?))\b"
    r"(?!.*\b(?:your?|you)\b)"
)
"""Who decides on the customer's side."""

_ONCE: Final = re.compile(
    r"^(?:(?:and|but|so|then|ok|well|now) )*(?:once|after|when|as soon as|assum(?:e|ing)|suppos(?:e|ing)|let us "
    r"(?:say|assume|suppose|imagine)|say|if|provided|as long as|imagine|given)\b(?! (?:ever|not)\b)"
)
"""What is supposed before it is asked what comes then."""

_WANTING_TO_KNOW: Final = re.compile(
    r"\b(?:know|ask|asking|wonder|wondering|see|check|checking|tell|tell me|tell us|find out|confirm|sure|"
    r"curious)(?: (?!reasons?\b|why\b|how\b|what\b|grounds\b)\w+){0,2} (?:if|whether)\b"
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
    r"appeal(?:ing)?|regarding|about|because of|due to|following|concerning|despite|with) (?:the|our|my|your|this|"
    r"that)(?: \w+)?$|\b(?:letter|notice|email|message|note|"
    r"notification) of$"
)
_HOPED: Final = re.compile(r"\b(?:hop(?:e|es|ing)|hopefully|pray(?:ing)?|fingers crossed|wish)\b")
_NOTICE_OF: Final = re.compile(
    r"\b(?:got|received|have|had|sent|your|the|a) (?:\w+ ){0,3}?(?:notice|letter|e?mail|message|decision|answer|"
    r"reply|note|"
    r"notification|response)(?: (?!if|whether)\w+){0,4}$"
)
_REVERSED: Final = re.compile(
    r"\b(?:refusal|rejection|denial|negative decision)\b.*\b(?:been|was|got) (?:\w+ )?(?:reversed|overturned|lifted|"
    r"withdrawn|revoked|annulled|taken back)\b"
)
_GENERAL_NOUN: Final = re.compile(
    r"^ (?:rates?|reasons?|criteria|policy|process|chance|risk|percentage|procedures?)\b"
)
_AWAITED: Final = re.compile(
    r"\b(?:waiting|await(?:ing)?|pending)\b.*\b(?:decision|answer|reply|outcome|verdict|word|news|"
    r"hearing)\b.*\b(?:my|our|the)(?: "
    r"\w+)?$"
)
_TOLD: Final = (
    (_AWAITED, Standing.PENDING),
    (_WANTING_TO_KNOW, Standing.ASKED),
    (_BELIEF, Standing.DOUBTFUL),
    (_KNOWN_TO_US, Standing.ELSEWHERE),
)
"""What stands before an outcome and settles how it is told of."""


def supposes_the_opposite(plain: str, sense: Sense) -> bool:
    """Whether a clause only supposes that it goes well ("if you approve us, ..."): what is asked is in the next."""
    found = outcomes(plain)
    return bool(found) and bool(_ONCE.match(plain)) and all(one.meant is not sense for one in found)


def is_leaning(plain: str) -> bool:
    """Whether a report names neither who refused nor what ("it was declined")."""
    return not re.search(r"\b(?:us|our|we)\b", plain) and not names_matter(plain)


def names_matter(plain: str) -> bool:
    """Whether a clause names who decides, or what is decided on."""
    return bool(re.search(rf"\b(?:you|your)\b|\b(?!(?:it|this|that|one|first|second)\b){MATTER}\b", plain))


def standing(plain: str, sense: Sense, question: bool, known: Known) -> Standing | None:
    """Return what a clause says of outcomes of this sense, or None when it says nothing of them."""
    found: Standing | None = None
    named = outcomes(plain)
    if _unsaid(plain, named) or _REVERSED.search(plain):
        return Standing.OPPOSITE
    for outcome in named:
        one = _of(plain, outcome, sense, question, known)
        if one is None:
            continue
        # The last thing that happened counts: "denied first, but approved now".
        if found is None or found is Standing.SUPPOSED or one in (Standing.HELD, Standing.OPPOSITE, Standing.PENDING):
            found = one
    return found


def _unsaid(plain: str, named: tuple[Outcome, ...]) -> bool:
    """Whether what was told is taken back at once: "we were refused, sorry, not refused but asked for more"."""
    if len(named) < 2 or named[-1].sense is not named[-2].sense or named[-2].negated or not named[-1].negated:
        return False
    return retracts(plain[named[-2].end : named[-1].start])


def _of(plain: str, outcome: Outcome, sense: Sense, question: bool, known: Known) -> Standing | None:
    before, after = plain[: outcome.start].rstrip(), plain[outcome.start : outcome.end].partition(" ")[2]
    after = f"{after} {plain[outcome.end :]}".strip()  # "turned us down": the object stands inside
    after = after.removeprefix("down ").removeprefix("away ").removeprefix("back ").strip()
    if outcome.form is Form.BASE and not before and not outcome.negated:
        return None  # an order: "deny the call"
    if names(MONEY, known.matters, before, after) or (outcome.negated and _OWN_SIDE.search(before)):
        return None
    told = next((held for pattern, held in _TOLD if pattern.search(before)), None)
    if told is not None:
        return told
    if outcome.negated and not question and _WOULD_NOT.match(before) and " did " not in f" {before} ":
        return Standing.DOUBTFUL
    if outcome.negated and _quoted(before, after):
        return Standing.HELD
    supposed = _supposed(before, plain[outcome.end :], outcome, question)
    if supposed:
        meant = outcome.meant is sense or ((question or _HOPED.search(before)) and not _ONCE.match(before))
        return Standing.SUPPOSED if meant or _DO_NOT.match(before) else None
    if _RELATIVE.search(before) and not _OURSELVES.search(before):
        return Standing.ELSEWHERE
    holder = whose(before, after, outcome, known)
    if holder is None:
        return None
    if holder is not Standing.HELD:
        return holder
    if _INVERTED.match(plain) and question and not _WHY.search(plain):
        return Standing.ASKED
    if outcome.negated and outcome.sense is not sense and _YET.search(plain) and "still" not in plain.split():
        return Standing.PENDING
    return Standing.HELD if outcome.meant is sense else Standing.OPPOSITE


def _of_any(before: str, after: str, question: bool) -> bool:
    """Whether something that happened is nobody's: "denied?", "a refused request"."""
    if (question and _ALONE.match(f"{before} {after}")) or (_ANY_SUCH.search(before) and not PASSIVE.search(before)):
        return True
    return bool(_SUCH.match(after.lstrip())) and not _DETERMINED.search(before)


def _quoted(before: str, after: str) -> bool:
    """Whether what could not be is what they wrote: "your letter says that it can not be approved"."""
    return bool(_TOLD_US.search(before) or (_WE_CANNOT.search(before) and re.match(r"(?:you|your)\b", after)))


def _supposed(before: str, after: str, outcome: Outcome, question: bool) -> bool:
    """Whether the outcome is only thought of: after "if", under a modal, or in the general present."""
    real = list(_REAL_AGAIN.finditer(before))
    scope = before[real[-1].start() :] if real else before
    if _SUPPOSING.search(scope) or _DO_NOT.match(before):
        return True
    if question and _MODAL_FIRST.match(before) and not _WHY.search(before):
        return True
    if _ANY_ONE_WHO.search(before) and not re.search(r"\b(?:we|i|our|my)\b", before):
        return True
    if outcome.form is Form.PAST and _of_any(before, after, question):
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
    if outcome.form is Form.BASE and _NOTICE_OF.search(before):
        return False
    if outcome.form is Form.BASE:
        if re.search(r"\bdid\b|\b(?:keep|keeps|kept|are|were|have been)(?: not)?$", before):
            return False
        return question or not re.match(r" (?:us|me|our|my|to)\b", after) or not before
    if (
        outcome.form is Form.PAST
        and re.search(r"\bbeing$|\bget$|\bgets$|\bgetting$", before)
        and not re.search(r"\bdid\b", before)
    ):
        return not re.search(r"\b(?:last|yesterday|today|ago|already|twice|keep|kept|keeps)\b", before + after)
    return False
