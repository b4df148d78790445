"""The closed word lists that the drafting rules go by. A word that is in no list is never guessed about."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from bythebook.compiler.people import NOUNS


def _set(text: str) -> frozenset[str]:
    return frozenset(text.split())


CUSTOMERS: Final = tuple(noun for noun in NOUNS if " " not in noun)
"""What authors call whoever is spoken to."""

SOMEBODY: Final = CUSTOMERS[4:]
"""Of these, the words that may be said of others as well: "how many guests", "a member"."""

AGREEMENT: Final[Mapping[str, str]] = {
    "is": "are",
    "was": "were",
    "has": "have",
    "does": "do",
    "isn't": "aren't",
    "wasn't": "weren't",
    "hasn't": "haven't",
    "doesn't": "don't",
}
"""Verbs after "the customer", and the same verbs after "you"."""

MODALS: Final = _set(
    "can cannot can't could couldn't will won't would wouldn't may might must mustn't should shouldn't shall "
    "had did didn't needn't"
)
FINITE: Final = (
    MODALS | frozenset(AGREEMENT) | _set("are were have do don't aren't weren't haven't needs takes expires")
)
"""Words that make a clause of a row of words."""

PREPOSITIONS: Final = _set(
    "to for from with by of about on in at after before behind between against without within regarding "
    "concerning towards toward via per through under over during upon until"
)
JOINING: Final = _set(
    "and or but that if whether when once because since while as so where which what how why who than unless "
    "until not again today tomorrow back now directly immediately further any some their a an the this these our "
    "all each no more one two instead"
)
"""Words before which "the customer" stands whole, as an object."""

ADVERBS: Final = _set("also always already still only never ever just now often soon no longer really")

VERBS: Final = _set(
    "accept access add agree apply arrive ask authorize believe belong book bring buy call cancel change check "
    "choose claim click collect complete confirm consent contact continue create decide decline delete deposit "
    "dispute download email encounter enter expect experience face feel find follow get give go have hear hold "
    "insist install intend keep know like live log make manage meet need notice open opt order own pay pick plan "
    "prefer present provide prove purchase qualify receive refuse register reject remember remove renew reply "
    "report request require reschedule reset respond restart return review save say schedule see select send set "
    "share sign speak stay submit subscribe switch talk think track transfer travel try understand update upgrade "
    "use verify view visit wait want wish withdraw work write"
)
"""Verbs that people do, in their plain form."""

ACTS: Final = _set(
    "accept access add agree ask authorize book bring buy call check choose click complete confirm consent contact "
    "create decide decline delete dispute download email enter expect give hear insist install intend know like log "
    "make notice order own pay pick plan prefer prove purchase register reject remember reply report request "
    "reschedule respond review say see select send share sign speak submit subscribe talk think try understand "
    "upgrade use view visit want wish withdraw write"
)
"""Of these, the verbs that refunds, items and vouchers do not do."""

PAST: Final[Mapping[str, str]] = {
    "agreed": "agree",
    "answered": "answer",
    "arrived": "arrive",
    "began": "begin",
    "booked": "book",
    "bought": "buy",
    "called": "call",
    "canceled": "cancel",
    "cancelled": "cancel",
    "changed": "change",
    "chose": "choose",
    "contacted": "contact",
    "created": "create",
    "did": "do",
    "encountered": "encounter",
    "entered": "enter",
    "experienced": "experience",
    "fixed": "fix",
    "found": "find",
    "gave": "give",
    "got": "get",
    "had": "have",
    "happened": "happen",
    "helped": "help",
    "installed": "install",
    "left": "leave",
    "logged": "log",
    "lost": "lose",
    "made": "make",
    "moved": "move",
    "needed": "need",
    "noticed": "notice",
    "occurred": "occur",
    "opened": "open",
    "ordered": "order",
    "paid": "pay",
    "placed": "place",
    "purchased": "purchase",
    "received": "receive",
    "registered": "register",
    "requested": "request",
    "resolved": "resolve",
    "returned": "return",
    "saw": "see",
    "sent": "send",
    "shipped": "ship",
    "signed": "sign",
    "solved": "solve",
    "started": "start",
    "stopped": "stop",
    "submitted": "submit",
    "took": "take",
    "traveled": "travel",
    "tried": "try",
    "updated": "update",
    "used": "use",
    "wanted": "want",
    "went": "go",
    "worked": "work",
}
PARTICIPLES: Final = _set(
    "been had done made gone seen taken given got gotten found lost bought paid sent begun chosen forgotten "
    "written read spoken left kept met run spent broken stolen become brought heard held known told understood"
)

THIRD_PARTIES: Final = _set(
    "bank airline carrier seller merchant vendor retailer manufacturer courier landlord insurer employer hotel "
    "restaurant doctor provider issuer agent manager supervisor specialist technician representative advisor "
    "adviser person someone somebody anyone anybody everyone recipient sender owner holder driver colleague partner "
    "team department company support staff reseller accountant school friend spouse administrator admin expert "
    "operator host authority party government shop store office child children parent people family"
)
"""Whom "they" may mean besides the customer."""

CUSTOMERS_OWN: Final = _set(
    "account email e-mail phone telephone mobile name address card bank subscription plan order booking identity "
    "password pin billing payment invoice membership request device login username passport reservation home "
    "birth contact application claim case refund credit organization organisation inquiry enquiry question "
    "message feedback concern purchase trip ticket profile"
)
"""Nouns after which "their" means the customer's, whatever was spoken of before."""

NEVER_MEANT: Final = _set(
    "days hours minutes weeks months years times digits settings details this has was does always yes its us "
    "access address business process status previous various less unless plus bonus besides perhaps sometimes "
    "towards afterwards class series news focus sms gps is as thus across bus gas campus needs takes expires "
    "customers users clients terms suits"
)
"""Words in -s that "they" does not mean, or that are no plurals."""

OTHERS: Final = _set("he she him his her hers himself herself your yours yourself")
"""Pronouns that may be anybody's: a line with one of them is its author's to word."""

GIVING: Final = _set("send give offer show provide grant issue charge tell ask")
"""Verbs with two objects: in "send the customer returns" the last word is no verb."""

REACHING: Final = _set(
    "contact call email tell give send show help let ask allow reach provide inform assist notify charge refund "
    "bill guide enable bring"
)
"""Verbs whose object is a person."""

DECIDED: Final = _set("feel need want wish prefer require experience encounter still decide receive have would agree")
"""What follows "if they" where it is the customer, whoever else was named."""

AUXILIARIES: Final = _set("is are am was were has have had will would can could should may might must did do does")
