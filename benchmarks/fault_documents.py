"""Faults of documents: a table of what an author can get wrong, each as a change of a document's text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

SHIPPED, MEMBERSHIP, BOATS = "business-associate-agreement", "membership", "boat-yard"


@dataclass(frozen=True, slots=True)
class DocumentFault:
    """One fault: its kind, what it is, the document, and what is replaced by what (each stands there once)."""

    kind: str
    what: str
    document: str
    changes: tuple[tuple[str, str], ...]


def _fault(kind: str, what: str, document: str, *changes: tuple[str, str]) -> DocumentFault:
    return DocumentFault(kind, what, document, changes)


STEP_3: Final = """\
3. If the customer requires a BAA for ChatGPT Enterprise, then:
   - a. Inform the customer: "To explore a BAA for ChatGPT Enterprise, please contact our sales team."
   - i. Call the `provide_sales_contact_information` function.
"""
STEP_4: Final = """\
4. If the customer is not approved, then:
   - Inform the customer: "We are able to approve most customers that request BAAs, but occasionally a use case doesn't pass our team's evaluation."
   - Inform the customer: "In that case, we'll provide feedback and context as to why and give you the opportunity to update your intended use of our API and re-apply."
"""
STEP_5: Final = """\
5. Ask the customer if there is anything else you can assist with:
   - "Is there anything else I can assist you with today?"
"""
LINE_2A: Final = """\
   - a. Inform the customer: "To obtain a BAA for our API, please email baa@openai.com with details about your company and use case."
"""
LINE_2B: Final = """\
   - b. Inform the customer: "Our team will respond within 1-2 business days."
"""
LINE_2D: Final = """\
   - d. Inform the customer: "The process is usually completed within a few business days."
"""
LINE_2F: Final = """\
   - f. Inform the customer: "An enterprise agreement is not required to sign a BAA."
"""
CALL_2: Final = """\
   - i. Call the `provide_list_of_zero_retention_endpoints` function.
"""
CALL_6: Final = "6. Call the `case_resolution` function.\n"
QUESTION_1: Final = (
    " Could you please specify whether you require a Business Associate Agreement (BAA) for using our API or for "
    "ChatGPT Enterprise?"
)
DEFINED: Final = """\
\\- `provide_sales_contact_information`:

\\- **Purpose**: Provides the customer with contact information to reach our sales team for ChatGPT Enterprise inquiries.
"""
FOUND: Final = """\
   c. If no membership is found, then:
      - Inform the customer: "We could not find a membership under this address."
      - Proceed to step 4.
"""
ELSE: Final = """\
   d. Else:
      - Inform the customer: "Your membership stays as it is."
"""
ENDING: Final = "      - Call the `end_membership(membership_id)` function.\n"

DOCUMENT_FAULTS: Final = (
    _fault("step dropped", "what is said to those who are not approved", SHIPPED, (STEP_4, "")),
    _fault("step dropped", "the branch for ChatGPT Enterprise", SHIPPED, (STEP_3, "")),
    _fault("step dropped", "the closing question", SHIPPED, (STEP_5, "")),
    _fault("step dropped", "the resolution", SHIPPED, (CALL_6, "")),
    _fault(
        "step dropped",
        "the closing question",
        MEMBERSHIP,
        ("4. Ask the customer if there is anything else you can help with.\n", ""),
    ),
    _fault("line dropped", "2d", SHIPPED, (LINE_2D, "")),
    _fault("line dropped", "2f, the last of its step", SHIPPED, (LINE_2F, "")),
    _fault("line dropped", "the call under 2e", SHIPPED, (CALL_2, "")),
    _fault(
        "line dropped",
        "the question whether it should be painted",
        BOATS,
        ('   - b. Ask the customer: "Would you like your boat to be painted?"\n', ""),
    ),
    _fault(
        "line dropped",
        "the consent to painting: its lines stand alone",
        BOATS,
        (
            "   - c. If the customer agrees, then:\n     - i. Call the `paint_boat` function.\n     - ii. Inform",
            "   - c. Call the `paint_boat` function.\n     - ii. Inform",
        ),
    ),
    _fault(
        "order swapped",
        "2a and 2b",
        SHIPPED,
        (LINE_2A + LINE_2B, LINE_2B.replace("b.", "a.", 1) + LINE_2A.replace("a.", "b.", 1)),
    ),
    _fault(
        "order swapped",
        "closing question and resolution",
        SHIPPED,
        (STEP_5 + "\n" + CALL_6, "5. Call the `case_resolution` function.\n\n" + STEP_5.replace("5.", "6.", 1)),
    ),
    _fault(
        "order swapped",
        "the two branches",
        SHIPPED,
        ("a BAA for the API, then", "a BAA for CHANGED, then"),
        ("a BAA for ChatGPT Enterprise, then", "a BAA for the API, then"),
        ("a BAA for CHANGED, then", "a BAA for ChatGPT Enterprise, then"),
    ),
    _fault(
        "order swapped",
        "the membership is ended before consent is asked for",
        MEMBERSHIP,
        (ENDING, ""),
        (
            "   b. Ask the customer if they would like",
            "   b. Call the `end_membership(membership_id)` function.\n   b2. Ask the customer if they would like",
        ),
    ),
    _fault("wording changed", "a word of 2c", SHIPPED, ('"We review each BAA request', '"We check each BAA request')),
    _fault("wording changed", "a word of 3a", BOATS, ('"Trailers are lent', '"Trailers are sold')),
    _fault(
        "wording changed",
        "the words after a membership was ended",
        MEMBERSHIP,
        ('"Your membership has ended."', '"Your membership has been ended today."'),
    ),
    _fault(
        "wording changed",
        "not: 2f says the contrary",
        SHIPPED,
        (
            '"An enterprise agreement is not required to sign a BAA."',
            '"An enterprise agreement is required to sign a BAA."',
        ),
    ),
    _fault(
        "wording changed",
        "quotation marks lost around 2c",
        SHIPPED,
        (
            '"We review each BAA request on a case-by-case basis and may need additional information."',
            "We review each BAA request on a case-by-case basis and may need additional information.",
        ),
    ),
    _fault(
        "digits changed",
        "1-2 days are 1-3 in 2b",
        SHIPPED,
        ('"Our team will respond within 1-2', '"Our team will respond within 1-3'),
    ),
    _fault(
        "digits changed",
        "1-2 days are 2-3 in the article",
        SHIPPED,
        ("Our team will respond within 1-2 business days. We", "Our team will respond within 2-3 business days. We"),
    ),
    _fault("digits changed", "40 euros are 14", BOATS, ("40 euros", "14 euros")),
    _fault(
        "address changed",
        "baa@ is bba@ in 2a",
        SHIPPED,
        ("please email baa@openai.com", "please email bba@openai.com"),
    ),
    _fault("call moved", "from 2e to 2f", SHIPPED, (CALL_2 + LINE_2F, LINE_2F + CALL_2)),
    _fault(
        "call moved",
        "to the other branch",
        SHIPPED,
        (CALL_2, ""),
        (
            "   - i. Call the `provide_sales_contact_information` function.",
            "   - i. Call the `provide_list_of_zero_retention_endpoints` function.",
        ),
    ),
    _fault(
        "call added",
        "the resolution at the end of step 2",
        SHIPPED,
        (LINE_2F, LINE_2F + "   - g. Call the `case_resolution` function.\n"),
    ),
    _fault(
        "call added",
        "the resolution twice",
        BOATS,
        (
            "5. Call the `case_resolution` function.",
            "5. Call the `case_resolution` function.\n\n6. Call the `case_resolution` function.",
        ),
    ),
    _fault(
        "name misspelt",
        "a function in its call",
        SHIPPED,
        ("Call the `provide_list_of_zero_retention_endpoints`", "Call the `provide_list_of_zero_retention_endpoint`"),
    ),
    _fault("definition dropped", "a function's", SHIPPED, (DEFINED, "")),
    _fault("branch out of reach", "1a asks for nothing any more", SHIPPED, (QUESTION_1, "")),
    _fault(
        "branch out of reach",
        "both ask for the same plan",
        MEMBERSHIP,
        ("Else if the membership is a monthly plan", "Else if the membership is a yearly plan"),
    ),
    _fault(
        "branch out of reach", "1 asks for a boat only", BOATS, (" with a boat or with a trailer?", " with a boat?")
    ),
    _fault(
        "condition negated",
        "who requires it for the API",
        SHIPPED,
        ("If the customer requires a BAA for the API", "If the customer does not require a BAA for the API"),
    ),
    _fault(
        "condition negated",
        "who is approved",
        SHIPPED,
        ("If the customer is not approved", "If the customer is approved"),
    ),
    _fault(
        "condition negated",
        "no membership is found",
        MEMBERSHIP,
        ("If no membership is found", "If a membership is found"),
    ),
    _fault(
        "condition negated",
        "who agrees to the end",
        MEMBERSHIP,
        ("If the customer agrees", "If the customer does not agree"),
    ),
    _fault(
        "condition negated",
        "who agrees to a cover",
        BOATS,
        ("   - e. If the customer agrees", "   - e. If the customer does not agree"),
    ),
    _fault(
        "condition doubled",
        "both branches for the API",
        SHIPPED,
        ("a BAA for ChatGPT Enterprise, then", "a BAA for the API, then"),
    ),
    _fault("otherwise dropped", "nothing for those who do not agree", MEMBERSHIP, (ELSE, "")),
    _fault("otherwise dropped", "nothing where no membership is found", MEMBERSHIP, (FOUND, "")),
    _fault(
        "slot dropped",
        "the address is not asked for",
        MEMBERSHIP,
        ("   a. Politely ask the customer for the email address of their membership.\n", ""),
    ),
    _fault(
        "argument dropped",
        "the call without its address",
        MEMBERSHIP,
        ("`find_membership(email_address)`", "`find_membership()`"),
    ),
    _fault(
        "argument changed",
        "another name",
        MEMBERSHIP,
        ("`end_membership(membership_id)`", "`end_membership(member_number)`"),
    ),
    _fault("jump retargeted", "to a step that is not there", MEMBERSHIP, ("Proceed to step 4", "Proceed to step 9")),
    _fault("jump retargeted", "back to the beginning", MEMBERSHIP, ("Proceed to step 4", "Proceed to step 1")),
    _fault(
        "jump retargeted",
        "into the plan of somebody not found",
        MEMBERSHIP,
        ("Proceed to step 4", "Proceed to step 2"),
    ),
    _fault("jump added", "2 leads to 2 for ever", SHIPPED, (LINE_2F, LINE_2F + "   - g. Go to step 2.\n")),
    _fault(
        "phrase stale",
        "what 2a asks to be said",
        MEMBERSHIP,
        ("that their plan ends at the next renewal date", "that their plan ends today"),
    ),
    _fault(
        "phrase stale",
        "what 4 asks",
        MEMBERSHIP,
        (
            "Ask the customer if there is anything else you can help with",
            "Ask the customer if there is anything else today",
        ),
    ),
)

OWN_RULES: Final = {
    SHIPPED: (
        "always 5.1 before case_resolution",
        "always provide_list_of_zero_retention_endpoints after 2e",
        "never provide_sales_contact_information before 3a",
    ),
    MEMBERSHIP: ("never end_membership before find_membership", "never end_membership before 2b"),
    BOATS: ("never paint_boat before 2b", "case_resolution at most once"),
}
"""What their authors would have in rules.toml."""
