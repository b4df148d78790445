"""The functions that an article seems to need. A table of wordings run by one loop; each row has its example.

A row proposes, and its author disposes: what is not wanted is taken out of the document again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

from bythebook.compiler.drift.sentences import Sentence
from bythebook.compiler.text import snake

FUNCTIONS_MAX: Final = 8
"""More would bury the author; the first ones count."""

NAME_WORDS_MAX: Final = 4


@dataclass(frozen=True, slots=True)
class Row:
    """One wording, and the function that it speaks for; `{what}` is what the wording names."""

    pattern: re.Pattern[str]
    function: str
    purpose: str
    wish: str
    """What a customer who wants it asks for: "asks for {wish}"."""

    field: str
    """What its result is called in the phrase that tells it; empty for one that does something."""

    told: str
    """The phrase over its result; for one that does something, what is told when it is done."""

    offer: str
    """For one that does something: what the customer is asked first, "if they would like {offer}"."""

    example: str
    named: str
    """The function's name for the example: the row's test."""


@dataclass(frozen=True, slots=True)
class Need:
    """A function that a sentence seems to need."""

    function: str
    purpose: str
    wish: str
    field: str
    told: str
    offer: str
    sentence: Sentence
    words: str
    """The words of the sentence that speak for it."""

    @property
    def acts(self) -> bool:
        """Whether it does something, and does not only tell or look up."""
        return bool(self.offer)

    @property
    def hangs(self) -> bool:
        """Whether its sentence speaks of something that may not hold ("If you had another plan, cancel it")."""
        before = self.sentence.text[: self.sentence.text.find(self.words)]
        return bool(_HANGS.search(before))

    @property
    def points(self) -> bool:
        """Whether its words point at what it tells, as a link does."""
        return bool(self.field) and not self.words.lower().startswith(("if ", "depend"))


Named: TypeAlias = tuple[str, str, str]
"""A function's name, its purpose, and what a customer who wants it asks for."""


def _tells(pattern: str, named: Named, result: tuple[str, str], test: tuple[str, str]) -> Row:
    return Row(re.compile(pattern, re.I), *named, *result, "", *test)


def _does(pattern: str, named: Named, words: tuple[str, str], test: tuple[str, str]) -> Row:
    return Row(re.compile(pattern, re.I), *named, "", words[1], words[0], *test)


_REACH: Final = r"(?:contact|reach(?: out to)?|talk to|speak (?:to|with)|get in touch with|call|e-?mail|write to)"
_YOUR: Final = r"(?:your|my|the|an?|this|their|its)(?: (?:existing|current|old|entire|whole|own))?"
# The thing itself, after words that only say which: "your ChatGPT Plus subscription" is a subscription.
_WHICH: Final = r"(?:[\w'’-]+ ){0,4}?"
# What ends the name of a thing: "a list of shops | if that fails".
_ENDS: Final = (
    r"that|which|who|here|there|below|above|on|in|at|by|from|as|you|we|they|is|are|was|for|to|and|or|with|if|when|where|"
    r"so|but|please|under|before|after|can|may|will|has|have"
)
_KEPT: Final = (
    r"payment plan|subscription|membership|plan|order|booking|reservation|contract|appointment|policy|service|class|"
    r"flight|trip|ticket|rental|lease|delivery|visit|account|card"
)
_OWNED: Final = r"payment method|bank card|credit card|card|account|profile|data|address|phone number"
_CHANGED: Final = (
    r"(?:e-?mail |billing |delivery |shipping |home |postal )?address|phone number|telephone number|payment method|"
    r"bank details|billing details|billing information|contact details|personal details"
)
_SENT: Final = (
    r"certificate|form|receipt|proof of \w+|document|photo|picture|invoice|passport|identification|statement|letter"
)
_SHOWN: Final = r"invoice|receipt|statement|certificate|ticket|booking|contract|boarding pass|usage|payslip"

ROWS: Final[tuple[Row, ...]] = (
    _tells(
        rf"{_REACH} (?:our |the )?sales\b(?: team| department)?",
        (
            "provide_sales_contact_information",
            "Provides the customer with contact information to reach our sales team.",
            "our sales team",
        ),
        ("contact", "You can reach our sales team here: {contact}"),
        ("For larger groups, please contact sales.", "provide_sales_contact_information"),
    ),
    _tells(
        rf"{_REACH} (?:our |the )?(?:customer )?(?:support|service|care|help ?desk)\b(?: team| department)?",
        (
            "provide_support_contact_information",
            "Provides the customer with contact information to reach our support team.",
            "our support team",
        ),
        ("contact", "You can reach our support team here: {contact}"),
        ("If the code does not arrive, contact our support team.", "provide_support_contact_information"),
    ),
    _tells(
        rf"{_REACH} (?:our |the |your )?"
        r"(?P<what>(?!support\b|sales\b|customer\b|service\b)"
        r"[a-z]+ (?:team|department|office|desk|director|manager|centre|center))\b",
        (
            "provide_{name}_contact_information",
            "Provides the customer with contact information to reach our {what}.",
            "our {what}",
        ),
        ("contact", "You can reach our {what} here: {{contact}}"),
        ("Please reach out to the billing department.", "provide_billing_department_contact_information"),
    ),
    _tells(
        r"\b(?:a|the|our|this|complete|full) list of (?:all (?:of )?)?(?:the |our |your |those |these )*"
        r"(?P<what>(?!steps?\b|things\b|following\b|questions\b)[a-z][\w'’-]*"
        rf"(?: (?!(?:{_ENDS})\b)[\w'’-]+){{0,3}})",
        ("provide_list_of_{name}", "Provides the customer with a list of {what}.", "a list of {what}"),
        ("items", "Here is the list of {what}:\n{{items}}"),
        ("You can see a list of supported banks on our page.", "provide_list_of_supported_banks"),
    ),
    _does(
        rf"\bcancel(?:l?ing)? {_YOUR} {_WHICH}(?P<what>{_KEPT})s?\b",
        ("cancel_{name}", "Cancels the customer's {what}.", "their {what} to be cancelled"),
        ("their {what} to be cancelled", "their {what} has been cancelled"),
        ("You can cancel your Gold Family membership at any time.", "cancel_membership"),
    ),
    _does(
        rf"\b(?:delete|remove|close) {_YOUR} {_WHICH}(?P<what>{_OWNED})s?\b",
        ("delete_{name}", "Deletes the customer's {what}.", "their {what} to be deleted"),
        ("their {what} to be deleted", "their {what} has been deleted"),
        ("You will then be able to delete the old payment method.", "delete_payment_method"),
    ),
    _does(
        rf"\b(?:change|update|edit|correct) {_YOUR} {_WHICH}(?P<what>{_CHANGED})\b",
        ("update_{name}", "Updates the customer's {what}.", "their {what} to be changed"),
        ("their {what} to be changed", "their {what} has been changed"),
        ("Tell us before you change your delivery address.", "update_delivery_address"),
    ),
    _does(
        r"\breset(?:ting)? (?:your|the|my) password\b",
        ("send_password_reset", "Sends the customer a link to choose a new password.", "a new password"),
        ("a link to choose a new password", "a link to choose a new password has been sent"),
        ("To reset your password, open the settings.", "send_password_reset"),
    ),
    _does(
        r"\b(?:request|get|receive|claim|give|issue|offer)(?: you)? (?:a|your|the) (?:(?:full|partial) )?refund\b"
        r"|\bwe(?:['’]ll| will| can) refund\b",
        ("issue_refund", "Refunds the customer.", "a refund"),
        ("a refund", "the refund is on its way"),
        ("Within 14 days you can get a full refund.", "issue_refund"),
    ),
    _does(
        r"\b(?:schedule|book|arrange|make|choose|reschedule) (?:an?|your|another|a new) (?:\w+ )?appointment\b",
        ("book_appointment", "Books an appointment for the customer.", "an appointment"),
        ("an appointment", "the appointment is booked"),
        ("Please book an appointment with our engineer.", "book_appointment"),
    ),
    _does(
        r"\b(?:upgrade|downgrade|switch)(?: (?:your|to))? (?:to )?(?:a |an |the |another )?(?:[\w'’-]+ ){0,3}?"
        r"(?:plan|tariff|subscription|billing|tier)\b",
        ("change_plan", "Changes the customer's plan.", "another plan"),
        ("their plan to be changed", "their plan has been changed"),
        ("You may also switch to yearly billing.", "change_plan"),
    ),
    _tells(
        r"\bif you(?:['’]re| are) on (?:an?|the|our) (?:[\w'’-]+ ){0,3}?(?:plan|tariff|tier|subscription)\b"
        r"|\bdepend(?:s|ing)? on your (?:[\w'’-]+ ){0,2}?(?:plan|tariff|tier|subscription)\b",
        ("check_plan", "Provides the customer's plan.", "their plan"),
        ("plan", "Your plan: {plan}"),
        ("If you're on a yearly plan, the price stays.", "check_plan"),
    ),
    _tells(
        r"\bcheck (?:the )?(?:your )?(?P<what>(?:account |order |delivery |payment |application |request |claim )?"
        r"(?:plan|balance|status|eligibility|usage|order|delivery|application|quota))\b",
        ("check_{name}", "Provides the customer's {what}.", "their {what}"),
        ("{name}", "Your {what}: {{{name}}}"),
        ("You can check your order status in the app.", "check_order_status"),
    ),
    _tells(
        r"\b(?:track|where is|follow) (?:your|my|the) (?P<what>order|parcel|package|delivery|shipment|refund)\b",
        (
            "track_{name}",
            "Provides the customer with the whereabouts of their {what}.",
            "the whereabouts of their {what}",
        ),
        ("status", "Where your {what} is: {{status}}"),
        ("Use the number to track your parcel.", "track_parcel"),
    ),
    _tells(
        rf"\b(?:send|e-?mail|upload|provide|submit)(?: to)? us (?:an? |your |the )?(?:copy of )?(?:an? |your |the )?"
        rf"{_WHICH}(?P<what>{_SENT})\b|\bsubmit (?:a |your |the ){_WHICH}(?P<other>{_SENT})\b",
        (
            "provide_way_to_send_{name}",
            "Provides the customer with a way to send us their {what}.",
            "a way to send us their {what}",
        ),
        ("address", "You can send us your {what} here: {{address}}"),
        ("Send us a copy of your insurance certificate.", "provide_way_to_send_certificate"),
    ),
    _tells(
        rf"\b(?:download|view|print|find|see|get) (?:an?|your|the|all your) {_WHICH}(?P<what>{_SHOWN})s?\b",
        ("provide_{name}", "Provides the customer with their {what}.", "their {what}"),
        ("{name}", "Your {what}: {{{name}}}"),
        ("You can download your latest invoice there.", "provide_invoice"),
    ),
    _tells(
        r"\bso (?:that )?we can (?:easily )?(?:find|identify|locate) (?:you|your account)\b"
        r"|\bto (?:find|locate) your account\b",
        ("find_account", "Finds the customer's account by what they gave.", "their account"),
        ("", ""),
        ("Please add your number so we can find you.", "find_account"),
    ),
    _tells(
        r"\b(?:our|the) (?:opening|business|office) hours\b",
        ("provide_opening_hours", "Provides the customer with our opening hours.", "our opening hours"),
        ("hours", "Our opening hours: {hours}"),
        ("Call us during our opening hours.", "provide_opening_hours"),
    ),
)
_HANGS: Final = re.compile(
    r"\b(?:if|when|once|unless|in case) (?!you(?:['’]d| would) like\b|you (?:want|wish)\b)[^,]*,", re.I
)
_DENIED: Final = re.compile(r"\b(?:not|never|cannot|unable to|no longer|without)\b[^,.;:]*$|n['’]t\b[^,.;:]*$", re.I)


def needs_of(sentences: Sequence[Sentence]) -> tuple[Need, ...]:
    """Return the functions that these sentences seem to need, each once, in order."""
    found: dict[str, Need] = {}
    for sentence in sentences:
        for need in _of(sentence):
            found.setdefault(need.function, need)
    return tuple(found.values())[:FUNCTIONS_MAX]


def _of(sentence: Sentence) -> Iterator[Need]:
    for row in ROWS:
        match = row.pattern.search(sentence.text)
        if match is None or _DENIED.search(sentence.text[: match.start()]):
            continue
        groups = [group for group in match.groupdict().values() if group]
        what = groups[0] if groups else ""
        what = what if what.isupper() else what.lower()
        name = "_".join(snake(what).split("_")[:NAME_WORDS_MAX])
        fill = {"what": what, "name": name}
        yield Need(
            row.function.format(**fill),
            row.purpose.format(**fill),
            row.wish.format(**fill),
            row.field.format(**fill),
            row.told.format(**fill) if groups else row.told,
            row.offer.format(**fill),
            sentence,
            match[0],
        )
