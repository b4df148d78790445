"""The table for lines that say something: what the document asks to be said, and the sentence that says it."""

from __future__ import annotations

from typing import Final

from bythebook.compiler.drafting.builders import (
    SAYING,
    Rule,
    Sample,
    acknowledged,
    do_it,
    fixed,
    or_alone,
    polite_order,
    request,
    row,
    said,
    said_without_that,
    steps,
    told_list,
    welcome,
    with_clause,
    with_order,
)
from bythebook.compiler.drafting.pieces import NOUN, WHO, WHO_ELSE

_TELL: Final = "inform|tell|notify|advise|remind|reassure|assure|warn|alert|update"
_BEGIN: Final = (
    r"(?:(?:they|we|their|our|you|it|there|this|these|that|the|an?|any|all|no|only)\b"
    r"|(?:if|once|after|when)\b[^,]+, (?=(?:they|we|their|our|you|it|there|the|an?)\b))"
)
_STEPS: Final = r"(?:the following|these|the) (?:\w+ )?(?:steps|instructions|directions|procedure)"
_VERB: Final = r"(?!the\b|our\b|their\b|an?\b|not\b)[a-z]+\b(?!:)"

DEEDS: Final = (
    "turn|restart|reboot|reset|re-?seat|run|rerun|try|change|disconnect|click|select|go to|open|tap|press|connect|"
    "enable|disable|insert|log|sign|visit|navigate|choose|scroll|check|grant"
)
"""What a line that is to be said may tell the customer to do, with nobody named."""

TELLING_LISTS: Final[tuple[Rule, ...]] = (
    row(
        "steps",
        SAYING,
        rf"(?:provide|give|share|send|show|tell|walk|guide|instruct|advise|ask)(?: {WHO})?(?: with| through| on"
        rf"| to follow)? {_STEPS}(?: (?:for {WHO_ELSE} )?(?:to|on how to) (?P<what>[^:]+?))?:",
        steps,
        Sample(
            "Provide the following steps for the customer to change their password:",
            "Please follow these steps to change your password:\n1. Open Settings.\n2. Select 'Password'.",
            ("Open **Settings**.", "Select 'Password'."),
        ),
    ),
    row(
        "things-to-do",
        SAYING,
        rf"(?:ask|instruct|tell|advise|guide) {WHO} to (?:do the following|(?:follow|take) these steps):",
        steps,
        Sample(
            "Ask the customer to do the following:",
            "Please follow these steps:\n1. Unplug the router.",
            ("Unplug the router.",),
        ),
    ),
    row(
        "things-to-know",
        SAYING,
        rf"(?:{_TELL}) {WHO}(?: of| about)? the following(?: \w+)?:",
        told_list,
        Sample(
            "Inform the customer of the following:",
            "Please note the following:\n- Your seats are kept for 15 minutes.",
            ("Their seats are kept for 15 minutes.",),
        ),
    ),
)

TELLING: Final[tuple[Rule, ...]] = (
    row(
        "tell-that",
        SAYING,
        rf"(?:{_TELL}) {WHO} that (?P<said>.+)",
        said,
        Sample("Inform the customer that their seat has been changed.", "Your seat has been changed."),
    ),
    row(
        "let-know-that",
        SAYING,
        rf"let {WHO} know that (?P<said>.+)",
        said,
        Sample("Let the customer know that the shop opens at 9.", "The shop opens at 9."),
    ),
    row(
        "let-know",
        SAYING,
        rf"let {WHO} know (?P<said>{_BEGIN}.+)",
        said_without_that,
        Sample("Let the customer know they cannot change their seat.", "You cannot change your seat."),
    ),
    row(
        "make-aware",
        SAYING,
        rf"make {WHO} aware that (?P<said>.+)",
        said,
        Sample("Make the customer aware that shipping takes 3 days.", "Shipping takes 3 days."),
    ),
    row(
        "tell-clause",
        SAYING,
        rf"(?:{_TELL}) {WHO} (?P<said>{_BEGIN}.+)",
        said_without_that,
        Sample("Tell them we will send a link.", "We will send a link."),
    ),
    row(
        "explain-that",
        SAYING,
        rf"(?:(?:explain|mention|state|point out|emphasi[sz]e|stress|reiterate|clarify|say|add)(?: to {WHO})?|"
        rf"(?:confirm|note) to {WHO_ELSE}) that (?P<said>.+)",
        said,
        Sample("Explain to the customer that we do not ship to hotels.", "We do not ship to hotels."),
    ),
    row(
        "must-be-told",
        SAYING,
        rf"{WHO} (?:should|must|is to|needs to|has to) be (?:told|informed|advised|notified|reminded) that "
        r"(?P<said>.+)",
        said,
        Sample("The customer must be told that calls are recorded.", "Calls are recorded."),
    ),
    row(
        "make-sure-known",
        SAYING,
        rf"(?:make sure|ensure)(?: that)? {WHO} (?:knows|understands|is aware) that (?P<said>.+)",
        said,
        Sample("Make sure the customer knows that the trial ends after 14 days.", "The trial ends after 14 days."),
    ),
    row(
        "remind-to",
        SAYING,
        rf"remind {WHO} to (?P<what>{_VERB}.*)",
        with_order("Please remember to "),
        Sample("Remind the customer to back up their files.", "Please remember to back up your files."),
    ),
    row(
        "invite-to",
        SAYING,
        rf"invite {WHO} to (?P<what>{_VERB}.*)",
        with_order("You are welcome to "),
        Sample("Invite the customer to visit one of our shops.", "You are welcome to visit one of our shops."),
    ),
    row(
        "tell-not-to",
        SAYING,
        rf"(?:{_TELL}|instruct|encourage|urge|ask|direct) {WHO} not to (?P<what>.+)",
        with_order("Please do not "),
        Sample("Advise the customer not to share the code.", "Please do not share the code."),
    ),
    row(
        "tell-to",
        SAYING,
        rf"(?:{_TELL}|instruct|encourage|urge|guide|direct) {WHO} to (?P<what>{_VERB}.*)",
        polite_order,
        Sample("Advise the customer to restart their router.", "Please restart your router."),
    ),
    row(
        "ask-to-do",
        SAYING,
        rf"(?:ask|request|have|get) {WHO} to (?P<what>{_VERB}.*)",
        request,
        Sample("Ask them to press 'Save'.", "Please press 'Save'."),
    ),
    row(
        "confirm-done",
        SAYING,
        r"confirm (?:the|their) (?P<what>(?:\w+ )?(?:update|change|cancell?ation|booking|order|payment|refund|"
        rf"reservation|appointment|renewal|registration|upgrade|delivery|closure)) (?:with|to) {WHO_ELSE}",
        with_order("Your ", " is confirmed."),
        Sample("Confirm the booking with the customer.", "Your booking is confirmed."),
    ),
    row(
        "thank",
        SAYING,
        rf"thank {WHO}(?: (?:\w+ly )?for (?P<what>.+))?",
        or_alone("Thank you for reaching out.", "Thank you for "),
        Sample("Thank the customer for their patience.", "Thank you for your patience."),
    ),
    row(
        "apologize-that",
        SAYING,
        rf"apologi[sz]e(?: to {WHO})? that (?P<said>.+)",
        with_clause("I'm sorry that "),
        Sample("Apologize that their parcel is late.", "I'm sorry that your parcel is late."),
    ),
    row(
        "apologize",
        SAYING,
        rf"apologi[sz]e(?: to {WHO})?(?: for (?P<what>.+))?",
        or_alone("I apologize.", "I apologize for "),
        Sample("Apologize for the delay.", "I apologize for the delay."),
    ),
    row(
        "acknowledge-that",
        SAYING,
        rf"acknowledge(?: to {WHO})? that (?P<said>.+)",
        with_clause("I understand that "),
        Sample("Acknowledge that the wait has been long.", "I understand that the wait has been long."),
    ),
    row(
        "acknowledge",
        SAYING,
        rf"acknowledge (?:their|(?:the )?(?:{NOUN})['’]s) (?P<what>(?:request|inquiry|enquiry|question|message|"
        r"feedback)|(?P<worry>frustration|concerns?|disappointment|situation))",
        acknowledged,
        Sample("Acknowledge the customer's request.", "Thank you for your request."),
    ),
    row(
        "greet",
        SAYING,
        rf"greet {WHO}(?: (?:warmly|politely))?",
        fixed("Hello!"),
        Sample("Greet the customer.", "Hello!"),
    ),
    row(
        "welcome",
        SAYING,
        rf"welcome {WHO}(?: to (?P<what>[^,]+))?",
        welcome,
        Sample("Welcome the customer to Blue Ferries.", "Welcome to Blue Ferries!"),
    ),
    row(
        "wish",
        SAYING,
        rf"wish {WHO} (?P<what>an? (?:\w+ ){{0,3}}(?:day|evening|weekend|week|trip|journey|flight|stay|time))",
        with_order("Have ", "!"),
        Sample("Wish the customer a pleasant stay.", "Have a pleasant stay!"),
    ),
    row(
        "goodbye",
        SAYING,
        rf"(?:say (?:goodbye|farewell)(?: to {WHO})?|bid {WHO_ELSE} (?:goodbye|farewell))",
        fixed("Goodbye!"),
        Sample("Say goodbye to the customer.", "Goodbye!"),
    ),
    row(
        "suggest",
        SAYING,
        rf"suggest(?: to {WHO})? (?P<what>(?:that (?:they|(?:the )?(?:{NOUN}))|an?|"
        rf"(?!anything|something|nothing|everything)\w+ing) .+?)(?: to {WHO_ELSE})?",
        with_order("I suggest "),
        Sample("Suggest that they charge the phone overnight.", "I suggest that you charge the phone overnight."),
    ),
    row(
        "recommend",
        SAYING,
        rf"recommend(?: to {WHO})? (?P<what>(?:that (?:they|(?:the )?(?:{NOUN}))|an?|"
        rf"(?!anything|something|nothing|everything)\w+ing) .+?)(?: to {WHO_ELSE})?",
        with_order("I recommend "),
        Sample("Recommend keeping the receipt.", "I recommend keeping the receipt."),
    ),
    row(
        "advise-against",
        SAYING,
        rf"(?:advise|warn|caution)(?: {WHO})? against (?P<what>\w+ing .+)",
        with_order("I advise you against "),
        Sample("Advise the customer against sharing their PIN.", "I advise you against sharing your PIN."),
    ),
    row(
        "direct-to-place",
        SAYING,
        rf"(?:direct|refer|point|send|guide) {WHO} to (?P<what>(?:the|our|their) .*\b(?:page|site|website|portal|"
        r"settings|section|app)\b.*)",
        with_order("Please go to "),
        Sample("Direct the customer to the returns page.", "Please go to the returns page."),
    ),
    row(
        "direct-to-people",
        SAYING,
        rf"(?:direct|refer) {WHO} to (?P<what>(?:the|our|their) (?:[\w'’-]+ ){{0,3}}(?:team|department|bank|provider|"
        r"carrier|manufacturer|airline|seller|support|office)\b.*)",
        with_order("Please contact "),
        Sample("Refer the customer to their bank.", "Please contact your bank."),
    ),
    row(
        "offer-to",
        SAYING,
        r"offer to (?P<what>.+)",
        with_order("I can "),
        Sample("Offer to resend the code.", "I can resend the code."),
    ),
    row(
        "offer",
        SAYING,
        rf"offer(?: {WHO})? (?P<what>(?!{WHO_ELSE}|to\b|the (?:option|choice)\b).+?)(?: to {WHO_ELSE})?",
        with_order("I can offer you "),
        Sample("Offer the customer a free month.", "I can offer you a free month."),
    ),
    row(
        "do",
        SAYING,
        rf"(?P<what>(?:{DEEDS})\b(?!:).*)",
        do_it,
        Sample("Restart the router and check the lights.", "Please restart the router and check the lights."),
    ),
)
