"""The table for lines that ask: what the document wants to be asked, and the question that asks it."""

from __future__ import annotations

from typing import Final

from bythebook.compiler.drafting.builders import (
    ASKING,
    CLOSING,
    COLLECTING,
    Rule,
    Sample,
    asked,
    asked_about,
    asked_for,
    asked_for_named,
    asked_list,
    confirm_it,
    confirm_that,
    fixed,
    request,
    row,
    with_order,
)
from bythebook.compiler.drafting.pieces import NOUN, WHO, WHO_ELSE
from bythebook.compiler.drafting.questions import QUESTION_WORDS

_ASK: Final = "ask|query|prompt"
_FIND_OUT: Final = (
    "find out|determine|establish|clarify|confirm|check|verify|ascertain|inquire|enquire|see|validate|identify"
)
_IF: Final = r"(?:if|whether)\b"
_WH: Final = rf"(?:(?:for|in|on|at|to|from|by|with|about) )?(?:{QUESTION_WORDS})\b"
_VERB: Final = r"(?!the\b|our\b|their\b|an?\b|not\b)[a-z]+\b(?!:)"
_LEAVE: Final = rf"(?:ask(?: {WHO})? for|request|get|obtain) (?:their )?"

ASKING_LISTS: Final[tuple[Rule, ...]] = (
    row(
        "things-to-give",
        COLLECTING,
        rf"(?:ask|request|collect|gather|obtain)(?: (?:from )?{WHO})?(?: for| to provide)?"
        r"(?: the following(?: (?:\w+ )?(?:information|details|items|data))?)?:",
        asked_list,
        Sample(
            "Ask the customer for:",
            "Could you please give me the following?\n- Departure date",
            ("**Departure date**",),
        ),
    ),
)

CLOSING_ROWS: Final[tuple[Rule, ...]] = (
    row(
        "no-further-questions",
        CLOSING,
        rf"(?:(?:(?:confirm|check|verify|ensure|make sure)(?: with {WHO})?(?: that)?|if|once|when) )?(?:they have|"
        rf"(?:the )?(?:{NOUN}) has) no (?:further|more|other|additional) (?:questions|requests|concerns|needs)\b.*",
        fixed("Do you have any further questions?"),
        Sample(
            "If the customer has no further questions, call the close_case function.",
            "Do you have any further questions?",
        ),
    ),
)
"""Rows of which the rest of the line is not for saying, and that turn a negation round."""

ASKING_ROWS: Final[tuple[Rule, ...]] = (
    row(
        "ask-to-confirm",
        ASKING,
        rf"(?:{_ASK}|have|get) {WHO} to confirm (?P<what>(?:that|if|whether)\b.+)",
        confirm_that,
        Sample(
            "Ask the customer to confirm that the address is right.",
            "Could you please confirm that the address is right?",
        ),
    ),
    row(
        "ask-to",
        COLLECTING,
        rf"(?:{_ASK}|request|get) {WHO} to (?P<what>{_VERB}.*)",
        request,
        Sample("Ask the customer to provide their booking code.", "Could you please provide your booking code?"),
    ),
    row(
        "request-that",
        COLLECTING,
        rf"(?:request that|have) {WHO} (?P<what>{_VERB}.*)",
        request,
        Sample("Request that the customer confirm their email.", "Could you please confirm your email?"),
    ),
    row(
        "ask-if",
        ASKING,
        rf"(?:{_ASK}|inquire|enquire|(?:check|confirm|verify|clarify) with)(?: (?:of )?{WHO})? (?P<asked>{_IF}.+)",
        asked,
        Sample("Ask the customer if they would like a window seat.", "Would you like a window seat?"),
    ),
    row(
        "ask-which",
        ASKING,
        rf"(?:{_ASK}|inquire|enquire|(?:check|confirm|verify|clarify) with)(?: (?:of )?{WHO})? (?P<asked>{_WH}.+)",
        asked,
        Sample("Ask the customer which plan they use.", "Which plan do you use?"),
    ),
    row(
        "find-out",
        ASKING,
        rf"(?:{_FIND_OUT}) (?P<asked>(?:{_IF}|{_WH}).+?)(?: with {WHO})?",
        asked,
        Sample("Confirm which order the customer wants to return.", "Which order do you want to return?"),
    ),
    row(
        "ask-to-go-on",
        ASKING,
        rf"{_LEAVE}(?:confirmation|approval|agreement|consent|permission) to "
        r"(?P<what>(?:proceed|continue|go ahead)\b.*)",
        with_order("Would you like to ", "?"),
        Sample("Ask for confirmation to proceed with the upgrade.", "Would you like to proceed with the upgrade?"),
    ),
    row(
        "get-confirmation",
        ASKING,
        r"(?:get|obtain|wait for|receive|seek) (?:their |the customer's |the |an? |explicit |final |clear )*"
        r"(?:confirmation|approval|agreement|consent)",
        fixed("Would you like to go ahead?"),
        Sample("Get their explicit confirmation.", "Would you like to go ahead?"),
    ),
    row(
        "ask-permission",
        ASKING,
        rf"{_LEAVE}(?:permission|consent) to (?P<what>.+)",
        with_order("May I ", "?"),
        Sample("Ask the customer for permission to open their account.", "May I open your account?"),
    ),
    row(
        "ask-clarity",
        ASKING,
        rf"ask(?: {WHO})? (?:for (?:further )?clarification|to clarify)",
        fixed("Could you please clarify?"),
        Sample("Ask for clarification.", "Could you please clarify?"),
    ),
    row(
        "ask-for",
        COLLECTING,
        rf"(?:{_ASK})(?: {WHO})? for (?P<what>.+)",
        asked_for,
        Sample(
            "Ask the customer for their booking code to find their flight.",
            "Could you please give me your booking code so that I can find your flight?",
        ),
    ),
    row(
        "ask-about",
        ASKING,
        rf"(?:{_ASK}|inquire|enquire)(?: {WHO})? (?:about|regarding) (?P<what>.+)",
        asked_about,
        Sample(
            "Ask the customer about the damage to their parcel.",
            "Could you please tell me about the damage to your parcel?",
        ),
    ),
    row(
        "ask-named",
        COLLECTING,
        rf"(?:{_ASK}) {WHO} (?P<what>(?:their|the) .+)",
        asked_for_named,
        Sample("Ask them their date of birth.", "Could you please give me your date of birth?"),
    ),
    row(
        "request",
        COLLECTING,
        r"(?:request|collect|gather|obtain|get|take) "
        rf"(?P<what>(?!that\b|confirmation\b)(?:(?!\bfrom (?:the|them)\b).)+?)(?: from {WHO})?",
        asked_for,
        Sample("Request the new card number from the customer.", "Could you please give me the new card number?"),
    ),
    row(
        "confirm-that",
        ASKING,
        rf"(?:confirm|verify|check)(?: with {WHO})? (?P<what>that .+)",
        confirm_that,
        Sample(
            "Confirm with the customer that the parcel was opened.",
            "Could you please confirm that the parcel was opened?",
        ),
    ),
    row(
        "confirm",
        COLLECTING,
        rf"(?:confirm|verify|validate|clarify) (?P<what>(?!that\b|{_IF}|with\b|{_WH}).+)",
        confirm_it,
        Sample(
            "Verify the order number and the delivery address.",
            "Could you please confirm the order number and the delivery address?",
        ),
    ),
    row(
        "offer-option",
        ASKING,
        rf"(?:offer|give) {WHO} the (?:option|choice|chance|opportunity) to (?P<what>.+)",
        with_order("Would you like to ", "?"),
        Sample("Offer the customer the option to pay later.", "Would you like to pay later?"),
    ),
    row(
        "offer-to",
        ASKING,
        r"offer to (?P<what>.+)",
        with_order("Would you like me to ", "?"),
        Sample("Offer to resend the code.", "Would you like me to resend the code?"),
    ),
    row(
        "offer",
        ASKING,
        rf"offer(?: {WHO})? (?:the option of )?(?P<what>(?:an?|assistance|help)\b.+?)(?: to {WHO_ELSE})?",
        with_order("Would you like ", "?"),
        Sample("Offer the customer a refund or a new cup.", "Would you like a refund or a new cup?"),
    ),
)
