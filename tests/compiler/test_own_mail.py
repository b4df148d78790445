"""Which words ask for a letter, to where, and with what: the rule over many documents' ways to say it."""

from __future__ import annotations

from pathlib import Path

import pytest

from bythebook.compiler.own_mail import TEXT_CHARACTERS_MAX, OwnMail, own_mail

ROOT = Path(__file__).parent.parent.parent

ASKED = [
    (
        "To obtain a BAA for our API, please email baa@openai.com with details about your company and use case.",
        "baa@openai.com",
        ("Company", "Use case"),
    ),
    (
        "If you require a BAA before you can use our API, email us at baa@openai.com with details about your company "
        "and use case.",
        "baa@openai.com",
        ("Company", "Use case"),
    ),
    ("Please write to returns@shop.example.", "returns@shop.example", ()),
    (
        "Send your order number, the date of purchase, and a photo of the damage to help@shop.example.",
        "help@shop.example",
        ("Order number", "Date of purchase", "Photo of the damage"),
    ),
    (
        "Please contact our billing team at billing@bank.example. Please include your account number and the invoice "
        "date. We answer within a day.",
        "billing@bank.example",
        ("Account number", "Invoice date"),
    ),
    (
        "You can reach out to privacy@firm.example, including your full name and postal address (if any), and we will"
        " respond with a form.",
        "privacy@firm.example",
        ("Name", "Postal address"),
    ),
    (
        "Email claims@air.example with:\n- flight number\n- booking reference\n- bank details",
        "claims@air.example",
        ("Flight number", "Booking reference", "Bank details"),
    ),
    ("Send an email to vat@office.example with your VAT ID.", "vat@office.example", ("VAT ID",)),
    ("Send an email with your VAT ID to vat@office.example.", "vat@office.example", ("VAT ID",)),
    (
        "Message access@gym.example stating your membership number so that we can find you.",
        "access@gym.example",
        ("Membership number",),
    ),
    (
        "Your parcel is lost. Report it to lost@post.example. Your email should contain the tracking number.",
        "lost@post.example",
        ("Tracking number",),
    ),
    ("For anything else, get in touch at hello@cafe.example!", "hello@cafe.example", ()),
]
NOT_ASKED = [
    "",
    "Please email us.",
    "You will receive an email from noreply@shop.example within an hour.",
    "We will email you from help@shop.example with details about your order.",
    "Do not email fraud@bank.example with your card number.",
    "Never send your password to anyone@bank.example.",
    "Our team (sales@firm.example) will call you.",
    "If you emailed help@shop.example, please wait.",
    "When you email help@shop.example we answer within a day.",
    "Email: help@shop.example",
    "The confirmation email was sent to ann@home.example.",
    "Your email address is ann@home.example.",
]


@pytest.mark.parametrize(("text", "address", "headings"), ASKED, ids=[address for _, address, _ in ASKED])
def test_a_letter_is_asked_for(text: str, address: str, headings: tuple[str, ...]) -> None:
    assert own_mail(text) == OwnMail(address, headings)


@pytest.mark.parametrize("text", NOT_ASKED)
def test_no_letter_is_asked_for(text: str) -> None:
    assert own_mail(text) is None


def test_the_shipped_document_asks_for_one_in_its_line_and_in_its_article() -> None:
    text = (ROOT / "routines" / "business-associate-agreement" / "document.md").read_text("utf-8")
    found = [mail for line in text.splitlines() if (mail := own_mail(line)) is not None]
    assert found == [OwnMail("baa@openai.com", ("Company", "Use case"))] * 2


def test_a_text_of_any_length_is_looked_through_at_once() -> None:
    assert own_mail("email " * TEXT_CHARACTERS_MAX + "a@b.example") is None
    for piece in ("email a@b.example with x, ", "a@a", "send it to the " * 3, "do not ", "x and "):
        own_mail((piece * TEXT_CHARACTERS_MAX)[:TEXT_CHARACTERS_MAX])
