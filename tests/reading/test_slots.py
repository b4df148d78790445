"""Slot values are found where customers put them, and are not found where nobody gave one."""

import re
import time
from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bythebook.reading.slots import NOT_GIVEN, PRIVATE, REFUSED, SEVERAL, check_value, read_slots
from bythebook.routine.model import Slot, SlotType
from bythebook.routine.value import Value
from bythebook.source.span import Span

TAKEN_MIN = 34  # values of the held-out messages
WRONG_MAX = 3
SECONDS_MAX = 6.0  # for 100,000 characters; under 2 on an idle core


def slot(name: str, words: str, type: SlotType = SlotType.TEXT, pattern: str = "", options: str = "") -> Slot:
    return Slot(name, words, Span(0, 0), type, pattern, tuple(filter(None, options.split("|"))))


SLOTS = {
    one.name: one
    for one in (
        slot("email", "email address", SlotType.EMAIL),
        slot("phone", "phone number", SlotType.PHONE),
        slot("seats", "number of seats", SlotType.NUMBER),
        slot("amount", "amount of the refund", SlotType.MONEY),
        slot("date", "date of purchase", SlotType.DATE),
        slot("from_date", "start date", SlotType.DATE),
        slot("to_date", "end date", SlotType.DATE),
        slot("home", "home address", SlotType.ADDRESS),
        slot("order_id", "order number", SlotType.ID),
        slot("account_id", "account ID", SlotType.ID, pattern=r"^AC-\d{4}$"),
        slot("ref", "booking reference", SlotType.ID, pattern=r"[A-Z0-9]{6}"),
        slot("code", "authentication code", SlotType.ID),
        slot("plan", "plan", SlotType.CHOICE, options="Basic|Premium|Family Plus"),
        slot("product", "product", SlotType.CHOICE, options="API|ChatGPT Enterprise"),
        slot("insured", "insured or not", SlotType.CHOICE, options="yes|no"),
        slot("card", "way to pay", SlotType.CHOICE, options="credit card|bank transfer|gift card"),
        slot("name", "your name"),
        slot("first_name", "first name"),
        slot("last_name", "last name"),
        slot("reason", "reason for cancelling"),
        slot("issue", "what happened"),
        slot("company", "company name"),
        slot("street", "street", SlotType.ADDRESS),
        slot("city", "city"),
        slot("state", "state"),
        slot("zip_code", "zip"),
        slot("country", "country"),
        slot("origin", "origin"),
        slot("destination", "destination"),
        slot("login", "email address or account ID"),
    )
}
POSTAL = "street city state zip_code country"


def pick(names: str) -> list[Slot]:
    return [SLOTS[name] for name in names.split()]


def given_values(text: str, wanted: str, known: str = "") -> Mapping[str, Value]:
    return read_slots(text, pick(wanted), pick(known)).values


# What is typed, the slots asked for, and the values that are taken.
TABLE: tuple[tuple[str, str, dict[str, Value]], ...] = (
    # e-mail
    ("jane@example.com", "email", {"email": "jane@example.com"}),
    ("Sure, it's Jane.Doe+work@mail.example.co.uk.", "email", {"email": "Jane.Doe+work@mail.example.co.uk"}),
    ("jane at example dot com", "email", {"email": "jane@example.com"}),
    ("it's j dot doe 42 at g-mail dot co dot uk", "email", {"email": "j.doe42@g-mail.co.uk"}),
    ("jane underscore doe at example dot com please", "email", {"email": "jane_doe@example.com"}),
    ("lee dash ann at north hyphen star dot org", "email", {"email": "lee-ann@north-star.org"}),
    ("it was lee@north.org but that is not mine any more", "email", {}),
    ("reference 2023-004411", "order_id", {"order_id": "2023-004411"}),
    ("K7Q2ZP, for three people, my driver waits", "ref", {"ref": "K7Q2ZP"}),
    ("20 now and perhaps 50 next year", "seats", {"seats": 20}),
    ("CHF 2'450.-", "amount", {"amount": 2450}),
    ("my colleague uses Premium and is fine", "plan", {}),
    ("I'd take \"Premium\"", "plan", {"plan": "Premium"}),
    ("we live at 3 Rue du Port, 33000 Bordeaux", "home", {"home": "3 Rue du Port, 33000 Bordeaux"}),
    ("in Lindenallee 7, 20095 Hamburg, second floor", "home", {"home": "Lindenallee 7, 20095 Hamburg"}),
    ("the ninth of june nineteen eighty-two", "date", {"date": "1982-06-09"}),
    ("2 MAR 21", "date", {"date": "2021-03-02"}),
    ("20240518", "date", {"date": "2024-05-18"}),
    ("the invoice is 20240518 of last week", "date", {}),
    ("on 3 may 12 people came", "date", {}),
    ("jane(at)example(dot)com", "email", {"email": "jane@example.com"}),
    ("jane [at] example [dot] com", "email", {"email": "jane@example.com"}),
    ("you can reach me on <jane@example.com>, thanks", "email", {"email": "jane@example.com"}),
    ("mailto:jane@example.com", "email", {"email": "jane@example.com"}),
    ("jane@example.com, no sorry, june@example.com", "email", {"email": "june@example.com"}),
    ("not jane@example.com but june@example.com", "email", {"email": "june@example.com"}),
    ("june@example.com, not jane@example.com", "email", {"email": "june@example.com"}),
    ("june@example.com, jane@example.com is my old one", "email", {"email": "june@example.com"}),
    ("use june@example.com instead of jane@example.com", "email", {"email": "june@example.com"}),
    (
        "the page says \"write to help@shop.example\" but mine is jane@example.com", "email",
        {"email": "jane@example.com"},
    ),
    ("you told me 'mail help@shop.example'", "email", {}),
    ("for example a@b.com", "email", {}),
    ("what if I used a@b.com?", "email", {}),
    ("Is it ok if I look at example dot com", "email", {}),
    ("why do you need it?", "email", {}),
    ("\u201cjane@example.com\u201d", "email", {"email": "jane@example.com"}),
    ("jane\u200b@example.com", "email", {"email": "jane@example.com"}),
    # phone
    ("555-123-4567", "phone", {"phone": "5551234567"}),
    ("(555) 123-4567", "phone", {"phone": "5551234567"}),
    ("call me on +44 20 7946 0958 please", "phone", {"phone": "+442079460958"}),
    ("9932004854", "phone", {"phone": "9932004854"}),
    ("1-800-555-0199 ext. 12", "phone", {"phone": "18005550199 x12"}),
    ("five five five one two three four five six seven", "phone", {"phone": "5551234567"}),
    ("it's double five five, one two three, four five six seven", "phone", {"phone": "5551234567"}),
    ("555.123.4567, wait no, 555.123.4568", "phone", {"phone": "5551234568"}),
    ("my number isn't 555-123-4567, it's 555-765-4321", "phone", {"phone": "5557654321"}),
    ("５５５-１２３-４５６７", "phone", {"phone": "5551234567"}),
    ("I have been waiting 3 days", "phone", {}),
    ("on 2025-03-04", "phone", {}),
    # number
    ("5", "seats", {"seats": 5}),
    ("twenty-five seats", "seats", {"seats": 25}),
    ("about two hundred and five", "seats", {"seats": 205}),
    ("1,200", "seats", {"seats": 1200}),
    ("a dozen", "seats", {"seats": 12}),
    ("we are 3 teams and need 40 seats", "seats", {"seats": 40}),
    ("need 40 seats for 3 teams", "seats", {"seats": 40}),
    ("5, no 6", "seats", {"seats": 6}),
    ("not 5 but 6", "seats", {"seats": 6}),
    ("change it from 5 to 6", "seats", {"seats": 6}),
    ("the blue one", "seats", {}),
    ("at 10:30 on the 1st", "seats", {}),
    ("is it 5?", "seats", {}),
    ("how many can I have, 5 or 6?", "seats", {}),
    ("just one please", "seats", {"seats": 1}),
    # money
    ("$5", "amount", {"amount": 5}),
    ("5 USD", "amount", {"amount": 5}),
    ("five dollars", "amount", {"amount": 5}),
    ("five dollars and fifty cents", "amount", {"amount": 5.5}),
    ("$1,234.56 please", "amount", {"amount": 1234.56}),
    ("1.200,50 EUR", "amount", {"amount": 1200.5}),
    ("I paid 2 times, $40 in total", "amount", {"amount": 40}),
    ("around 2.5k", "amount", {"amount": 2500}),
    ("it was €20, I mean €25", "amount", {"amount": 25}),
    ("300", "amount", {"amount": 300}),
    # dates
    ("2025-03-04", "date", {"date": "2025-03-04"}),
    ("3/4/2025", "date", {"date": "2025-03-04"}),
    ("25/4/2025", "date", {"date": "2025-04-25"}),
    ("4.3.2025", "date", {"date": "2025-03-04"}),
    ("March 4th 2025", "date", {"date": "2025-03-04"}),
    ("on Tuesday, March 4, 2025", "date", {"date": "2025-03-04"}),
    ("the 4th of March, 2025", "date", {"date": "2025-03-04"}),
    ("4 Mar 2025", "date", {"date": "2025-03-04"}),
    ("March fourth twenty twenty-five", "date", {"date": "2025-03-04"}),
    ("it was 3/4/2025, no wait, 3/5/2025", "date", {"date": "2025-03-05"}),
    ("not March 4 2025 but March 5 2025", "date", {"date": "2025-03-05"}),
    ("from 3/4/2025 to 3/6/2025", "from_date to_date", {"from_date": "2025-03-04", "to_date": "2025-03-06"}),
    (
        "end date: 2025-03-06, start date: 2025-03-04", "from_date to_date",
        {"from_date": "2025-03-04", "to_date": "2025-03-06"},
    ),
    ("order 33442 from 3/4/2025", "order_id date", {"order_id": "33442", "date": "2025-03-04"}),
    # addresses
    ("I live at 5 Main St, Austin, TX 78701", "home", {"home": "5 Main St, Austin, TX 78701"}),
    ("221B Baker Street", "home", {"home": "221B Baker Street"}),
    ("PO Box 99, Reno, NV 89501", "home", {"home": "PO Box 99, Reno, NV 89501"}),
    ("Hauptstraße 5, 10115 Berlin", "home", {"home": "Hauptstraße 5, 10115 Berlin"}),
    ("it's not 5 Main St, it's 7 Oak Avenue", "home", {"home": "7 Oak Avenue"}),
    ("thanks!", "home", {}),
    ("I waited 5 days in the street", "home", {}),
    # ids
    ("AC-1234", "account_id", {"account_id": "AC-1234"}),
    ("ac 1234", "account_id", {"account_id": "AC-1234"}),
    ("it is ac1234 I think", "account_id", {"account_id": "AC-1234"}),
    ("AC dash one two three four", "account_id", {"account_id": "AC-1234"}),
    ("A C one two three four", "account_id", {"account_id": "AC-1234"}),
    ("it's AC-1234, no sorry, AC-1243", "account_id", {"account_id": "AC-1243"}),
    ("not AC-1234", "account_id", {}),
    ("AC-1234, scratch that", "account_id", {}),
    ("order #123", "order_id", {"order_id": "123"}),
    ("my order number is 55", "order_id", {"order_id": "55"}),
    ("55", "order_id", {"order_id": "55"}),
    ("it's 123, no sorry, 132", "order_id", {"order_id": "132"}),
    ("not 123 but 132", "order_id", {"order_id": "132"}),
    ("132 rather than 123", "order_id", {"order_id": "132"}),
    ("I've waited 3 weeks for order XK-22918 since 2024", "order_id", {"order_id": "XK-22918"}),
    ("call 555-123-4567 about 88123", "order_id", {"order_id": "88123"}),
    ("order number: 1234 5678", "order_id", {"order_id": "12345678"}),
    ("it ends in 4567", "order_id", {}),
    ("it arrived in 2 boxes", "order_id", {}),
    ("the example on your page was \"12345\"", "order_id", {}),
    ("my booking is QX7R2B", "ref", {"ref": "QX7R2B"}),
    ("qx7r2b", "ref", {"ref": "QX7R2B"}),
    ("[card number]", "order_id", {}),
    ("the code is 984264", "code", {"code": "984264"}),
    ("nine eight four two six four", "code", {"code": "984264"}),
    ("Can you check order #123?", "order_id", {"order_id": "123"}),
    # choices
    ("premium", "plan", {"plan": "Premium"}),
    ("the premum one please", "plan", {"plan": "Premium"}),
    ("I'd like family", "plan", {"plan": "Family Plus"}),
    ("the second one", "plan", {"plan": "Premium"}),
    ("option 3", "plan", {"plan": "Family Plus"}),
    ("1", "plan", {"plan": "Basic"}),
    ("the last one", "plan", {"plan": "Family Plus"}),
    ("basic, no wait, premium", "plan", {"plan": "Premium"}),
    ("not basic, premium", "plan", {"plan": "Premium"}),
    ("premium instead of basic", "plan", {"plan": "Premium"}),
    ("switch me from basic to premium", "plan", {"plan": "Premium"}),
    ("not the API, the other one", "product", {"product": "ChatGPT Enterprise"}),
    ("the former", "product", {"product": "API"}),
    ("Enterprise", "product", {"product": "ChatGPT Enterprise"}),
    ("what is the difference between API and Enterprise?", "product", {}),
    ("not the API", "product", {}),
    ("yeah I am", "insured", {"insured": "yes"}),
    ("nope", "insured", {"insured": "no"}),
    ("gift card", "card", {"card": "gift card"}),
    ("by bank transfer", "card", {"card": "bank transfer"}),
    ("First, tell me what it costs", "plan", {}),
    # text
    ("Jane Doe", "name", {"name": "Jane Doe"}),
    ("my name is Jane Doe", "name", {"name": "Jane Doe"}),
    ("Hi, I'm Jane.", "name", {"name": "Jane"}),
    ("sure, it is Jane, thanks", "name", {"name": "Jane"}),
    ("it's Rob, no sorry, Bob", "name", {"name": "Bob"}),
    ("Bob, not Rob", "name", {"name": "Bob"}),
    ("not Rob but Bob", "name", {"name": "Bob"}),
    ("\"Jane Doe\"", "name", {"name": "Jane Doe"}),
    ("thanks", "name", {}),
    ("yes", "name", {}),
    ("ok no problem", "name", {}),
    ("can I speak to a human", "name", {}),
    ("I want to cancel", "name", {}),
    ("why?", "name", {}),
    ("José O'Neill-Smith", "name", {"name": "José O'Neill-Smith"}),
    ("Acme & Sons, Inc.", "company", {"company": "Acme & Sons, Inc."}),
    ("it's too expensive for us", "reason", {"reason": "too expensive for us"}),
    ("because we moved to another provider", "reason", {"reason": "because we moved to another provider"}),
    ("yes", "reason", {}),
    ("no thank you", "reason", {}),
    ("What do you mean?", "reason", {}),
    ("agent please", "reason", {}),
    ("[patient name]", "reason", {}),
    ("The page says \"error 55\" when I log in", "issue", {"issue": "The page says \"error 55\" when I log in"}),
    # several
    ("Jane Doe, jane@example.com", "name email", {"name": "Jane Doe", "email": "jane@example.com"}),
    ("I'm Jane and my email is jane@example.com", "name email", {"name": "Jane", "email": "jane@example.com"}),
    ("please send it to jane@example.com", "name email", {"email": "jane@example.com"}),
    ("jane@example.com 555-123-4567", "email phone", {"email": "jane@example.com", "phone": "5551234567"}),
    ("Jane Doe", "first_name last_name", {"first_name": "Jane", "last_name": "Doe"}),
    ("first name Jane, last name Doe", "first_name last_name", {"first_name": "Jane", "last_name": "Doe"}),
    (
        "street: 5 Main St, city: Austin, state TX zip 78701", "street city state zip_code",
        {"street": "5 Main St", "city": "Austin", "state": "TX", "zip_code": "78701"},
    ),
    (
        "5 Main St, Austin, TX, 78701, USA", POSTAL,
        {"street": "5 Main St", "city": "Austin", "state": "TX", "zip_code": "78701", "country": "USA"},
    ),
    (
        "5 Main St, Apt 4, Austin, TX 78701, USA", POSTAL,
        {"street": "5 Main St, Apt 4", "city": "Austin", "state": "TX", "zip_code": "78701", "country": "USA"},
    ),
    (
        "My new address is 12 Elm Road, San Marcos, Texas 78666", POSTAL,
        {"street": "12 Elm Road", "city": "San Marcos", "state": "Texas", "zip_code": "78666"},
    ),
    (
        "5 main st apt 4 austin tx 78701", "street city state zip_code",
        {"street": "5 main st apt 4", "city": "austin", "state": "tx", "zip_code": "78701"},
    ),
    (
        "5 Main St\nAustin\nTX\n78701\nUSA", POSTAL,
        {"street": "5 Main St", "city": "Austin", "state": "TX", "zip_code": "78701", "country": "USA"},
    ),
    (
        "The street is 12 State St, the city is Boston, and the zip code is 02118", "street city state zip_code",
        {"street": "12 State St", "city": "Boston", "zip_code": "02118"},
    ),
    ("from Austin to New York on Friday", "origin destination", {"origin": "Austin", "destination": "New York"}),
    ("I need to change my street and city", "street city", {}),
    ("the city is wrong", "city state", {}),
    ("premium for 5 seats", "plan seats", {"plan": "Premium", "seats": 5}),
    (
        "order 12345, $40, jane@example.com", "email order_id amount",
        {"email": "jane@example.com", "order_id": "12345", "amount": 40},
    ),
    ("jane@example.com", "login", {"login": "jane@example.com"}),
    ("the account id is AC-1234", "login", {"login": "AC-1234"}),
    ("I don't have my account ID but my email is jane@example.com", "login", {"login": "jane@example.com"}),
    ("It's not working at all", "login", {}),
    ("my son's name is Tim", "name", {}),
    ("I live in Austin", "city", {"city": "Austin"}),
    ("7870", "zip_code", {}),
    ("my zip is 78701-1234", "zip_code", {"zip_code": "78701-1234"}),
    ("yes, no, wait, no", "insured", {"insured": "no"}),
    (
        "It's 12 Elm Road in San Marcos, TX 78666",
        POSTAL,
        {"street": "12 Elm Road", "city": "San Marcos", "state": "TX", "zip_code": "78666"},
    ),
    # as people type (held out when first read; see HELD_OUT)
    ("yeah so basically it's janet underscore w at outlook dot com", "email", {"email": "janet_w@outlook.com"}),
    ("sorry I typed it wrong, should be m.ortiz@northwind.example", "email", {"email": "m.ortiz@northwind.example"}),
    ("my wife's is lena@web.example, mine is paul@web.example", "email", {"email": "paul@web.example"}),
    ("same one I wrote from", "email", {}),
    ("do you need my work email or private?", "email", {}),
    ("its oh two oh seven nine four six oh nine five eight", "phone", {"phone": "02079460958"}),
    ("Mobile: 07700 900123 (after 5pm)", "phone", {"phone": "07700900123"}),
    ("you can text 6175550143, office is closed mondays", "phone", {"phone": "6175550143"}),
    ("the 800 number you have on the site doesn't work", "phone", {}),
    ("three of us, no actually four", "seats", {"seats": 4}),
    ("we'd take 150 licenses for now", "seats", {"seats": 150}),
    ("hmm let me ask my boss, maybe a hundred and twenty", "seats", {"seats": 120}),
    ("it has been broken since 9 this morning", "seats", {}),
    ("you charged me $89.99 twice!!", "amount", {"amount": 89.99}),
    ("should be 45 bucks give or take", "amount", {"amount": 45}),
    ("full refund please", "amount", {}),
    ("I think around the 12th of January 2024", "date", {"date": "2024-01-12"}),
    ("12-Jan-24", "date", {"date": "2024-01-12"}),
    ("Wednesday", "date", {}),
    ("sometime in 2023, can't say exactly", "date", {}),
    ("my invoice says 02/11/2024 but I ordered 02/09/2024", "date", {"date": "2024-02-09"}),
    (
        "We moved to 88 Kings Road, Flat 2, Brighton BN1 1NA last month", "home",
        {"home": "88 Kings Road, Flat 2, Brighton BN1 1NA"},
    ),
    ("14 rue de la Paix, 75002 Paris", "home", {"home": "14 rue de la Paix, 75002 Paris"}),
    ("can it go to my office instead", "home", {}),
    ("hi! order 7781-B arrived broken", "order_id", {"order_id": "7781-B"}),
    ("It says AC-9911 on the letter", "account_id", {"account_id": "AC-9911"}),
    ("A as in apple C as in car 9911", "account_id", {}),
    ("Not sure what that is, is it the 8 digit thing on the card?", "order_id", {}),
    ("oops 55120 was for the other order. this one is 55129", "order_id", {"order_id": "55129"}),
    ("we're on the family thing", "plan", {"plan": "Family Plus"}),
    ("whichever is cheaper I guess", "plan", {}),
    ("I had basic before but I want to go up to premuim", "plan", {"plan": "Premium"}),
    ("anything but the api", "product", {"product": "ChatGPT Enterprise"}),
    ("no I'm not", "insured", {"insured": "no"}),
    ("Dr. Amara Okonkwo", "name", {"name": "Dr. Amara Okonkwo"}),
    ("you're speaking with Tom", "name", {"name": "Tom"}),
    ("it's in my profile", "name", {}),
    ("we found something cheaper, thanks anyway", "reason", {"reason": "we found something cheaper, thanks anyway"}),
    ("that's personal, I'd rather keep it to myself", "reason", {}),
    (
        "Tom Reyes tom@reyes.example 617-555-0143", "name email phone",
        {"name": "Tom Reyes", "email": "tom@reyes.example", "phone": "6175550143"},
    ),
    (
        "Street 19 Harbour View, town Falmouth, zip 02540", "street city zip_code",
        {"street": "19 Harbour View", "city": "Falmouth", "zip_code": "02540"},
    ),
    (
        "19 Harbour View, Falmouth MA 02540", "street city state zip_code",
        {"street": "19 Harbour View", "city": "Falmouth", "state": "MA", "zip_code": "02540"},
    ),
    (
        "flying out of Denver to Salt Lake City on May 3rd 2025", "origin destination date",
        {"origin": "Denver", "destination": "Salt Lake City", "date": "2025-05-03"},
    ),
    (
        "premium, 12 seats, starting 2025-06-01", "plan seats from_date",
        {"plan": "Premium", "seats": 12, "from_date": "2025-06-01"},
    ),
    ("k.lindqvist@fjord.example or the gmail one, doesnt matter", "email", {"email": "k.lindqvist@fjord.example"}),
    ("email's sam dash reed at fjord dot io", "email", {"email": "sam-reed@fjord.io"}),
    ("I already gave it to your colleague", "email", {}),
    (
        "Please don't use ops@fjord.example any more. billing@fjord.example is the right one", "email",
        {"email": "billing@fjord.example"},
    ),
    ("sam@fjord", "email", {}),
    ("Best number is 212 555 0187", "phone", {"phone": "2125550187"}),
    ("+49 (0)30 901820", "phone", {"phone": "+4930901820"}),
    ("four one five, five five five, oh one two two", "phone", {"phone": "4155550122"}),
    ("same as the email, I don't give my number out", "phone", {}),
    ("I tried calling 3 times at 9:45", "phone", {}),
    ("there's 14 of us", "seats", {"seats": 14}),
    ("ten, maybe eleven", "seats", {"seats": 11}),
    ("a couple hundred I'd say", "seats", {"seats": 200}),
    ("same number as last year", "seats", {}),
    ("well we were 30 in 2022 but now it's 55", "seats", {"seats": 55}),
    ("It was forty nine ninety nine", "amount", {}),
    ("1 250,00 €", "amount", {"amount": 1250}),
    ("USD 3000", "amount", {"amount": 3000}),
    ("back in february", "date", {}),
    ("2024/11/5 if I remember right", "date", {"date": "2024-11-05"}),
    ("the fifth of november 2024", "date", {"date": "2024-11-05"}),
    ("yesterday, so 2025-02-10", "date", {"date": "2025-02-10"}),
    (
        "ship it to 400 Rosewood Blvd Apt 12B, Tampa, FL 33602 please", "home",
        {"home": "400 Rosewood Blvd Apt 12B, Tampa, FL 33602"},
    ),
    ("the one you already have on file", "home", {}),
    ("Flat 3, 27 Albion Street, Leeds", "home", {"home": "Flat 3, 27 Albion Street, Leeds"}),
    ("INV-2024-0093", "order_id", {"order_id": "INV-2024-0093"}),
    ("the long number? 993 001 244", "order_id", {"order_id": "993001244"}),
    ("I have two orders, 5510 and 5511, it's about the second", "order_id", {"order_id": "5511"}),
    ("my acct is AC1188", "account_id", {"account_id": "AC-1188"}),
    ("let me look for it, one sec", "account_id", {}),
    ("Premum!", "plan", {"plan": "Premium"}),
    ("the cheapest", "plan", {}),
    ("is premium more expensive than basic?", "plan", {}),
    ("we use enterprise here", "product", {"product": "ChatGPT Enterprise"}),
    ("neither, I think it's called Edu", "product", {}),
    ("yes I have insurance", "insured", {"insured": "yes"}),
    ("I pay by card normally, credit", "card", {"card": "credit card"}),
    ("It's spelled O-K-A-F-O-R, Ngozi Okafor", "name", {}),
    ("name's Luis by the way", "name", {"name": "Luis"}),
    ("Okay. Sorry for the wait. Priya Raman", "name", {"name": "Priya Raman"}),
    ("you know what, forget it", "reason", {}),
    (
        "Our contract with the hospital ended in May", "reason",
        {"reason": "Our contract with the hospital ended in May"},
    ),
    ("can't afford it any more", "reason", {"reason": "can't afford it any more"}),
    ("Northwind Traders LLC", "company", {"company": "Northwind Traders LLC"}),
    ("I'm with Northwind", "company", {"company": "Northwind"}),
    (
        "Luis Ortega, luis@ortega.example, order 8812", "name email order_id",
        {"name": "Luis Ortega", "email": "luis@ortega.example", "order_id": "8812"},
    ),
    ("Zip is 60614 and the city Chicago", "city zip_code", {"city": "Chicago", "zip_code": "60614"}),
    (
        "from 1 June 2025 until 15 June 2025", "from_date to_date",
        {"from_date": "2025-06-01", "to_date": "2025-06-15"},
    ),
    (
        "refund of $20 for order A-771, bought on 3/4/2025", "order_id amount date",
        {"order_id": "A-771", "amount": 20, "date": "2025-03-04"},
    ),
)  # fmt: skip


@pytest.mark.parametrize(("text", "wanted", "values"), TABLE, ids=[row[0][:40] for row in TABLE])
def test_values_are_taken_where_the_customer_gives_them(text: str, wanted: str, values: dict[str, Value]) -> None:
    assert given_values(text, wanted) == values


# Fifty messages written after the rules. When first read: 29 of 39 values taken, 7 of the 36 taken wrong. The two
# hundred-odd rows above were written with the rules, or were the held-out messages of two rounds before this one
# (33 of 42 values with 4 wrong, then 33 of 44 with 8 wrong, when first read).
HELD_OUT: tuple[tuple[str, str, dict[str, Value]], ...] = (
    ("write to bea.novak@lumen.example but not before Monday", "email", {"email": "bea.novak@lumen.example"}),
    ("b e a at lumen dot com", "email", {}),
    ("you have the wrong one, mine ends in lumen.example", "email", {}),
    ("I gave bea@lumen.exampel by mistake, bea@lumen.example", "email", {"email": "bea@lumen.example"}),
    ("my assistant will send it", "email", {}),
    ("Tel. 030 / 901 820 44", "phone", {"phone": "03090182044"}),
    ("(0)20 7946 0018, that's the landline", "phone", {"phone": "02079460018"}),
    ("call 911 if you can't reach me lol, it's 3125550148", "phone", {"phone": "3125550148"}),
    ("it's the one that called you yesterday", "phone", {}),
    ("triple six, two one two, double eight double nine", "phone", {"phone": "6662128899"}),
    ("for the whole team, so eighteen", "seats", {"seats": 18}),
    ("not 18, 17, Karl left", "seats", {"seats": 17}),
    ("half a dozen", "seats", {"seats": 6}),
    ("it takes 20 minutes to load", "seats", {}),
    ("2x the current plan", "seats", {}),
    ("minus the 5 we returned, 35", "seats", {"seats": 35}),
    ("the invoice shows $120 but I was promised $90", "amount", {"amount": 90}),
    ("roughly eighty euros", "amount", {"amount": 80}),
    ("everything I paid", "amount", {}),
    ("3.5k usd", "amount", {"amount": 3500}),
    ("on 11.02.2024", "date", {"date": "2024-02-11"}),
    ("Feb 29, 2023", "date", {}),
    ("two weeks ago", "date", {}),
    ("Sept. 9 2024, the day after the outage of Sept. 8 2024", "date", {"date": "2024-09-09"}),
    (
        "deliver to Unit 5, 90 Harbor Drive, Oakland, CA 94607",
        "home",
        {"home": "Unit 5, 90 Harbor Drive, Oakland, CA 94607"},
    ),
    ("Via Roma 12, 00184 Roma", "home", {"home": "Via Roma 12, 00184 Roma"}),
    ("I don't live there any more", "home", {}),
    ("PX-0081/22 I believe", "order_id", {"order_id": "PX-0081/22"}),
    ("it was placed on 3/4/2025 around noon", "order_id", {}),
    ("order no 9 of this month", "order_id", {}),
    ("a c dash 4 4 1 0", "account_id", {"account_id": "AC-4410"}),
    ("AC-441", "account_id", {}),
    ("second one is fine", "plan", {"plan": "Premium"}),
    ("definitely not basic", "plan", {}),
    ("what would family cost", "plan", {}),
    ("my brother has premium, I'd go for basic", "plan", {"plan": "Basic"}),
    ("ChatGPT", "product", {"product": "ChatGPT Enterprise"}),
    ("not at the moment", "insured", {}),
    ("with a voucher", "card", {}),
    ("this is Inês from accounting", "name", {"name": "Inês"}),
    ("everyone calls me Bo", "name", {"name": "Bo"}),
    ("hello??", "name", {}),
    ("they keep changing the price", "reason", {"reason": "they keep changing the price"}),
    ("I'll tell you when a manager is here", "reason", {}),
    ("we are called Lumen Works GmbH", "company", {"company": "Lumen Works GmbH"}),
    ("Bo Nilsen / bo@nilsen.example", "name email", {"name": "Bo Nilsen", "email": "bo@nilsen.example"}),
    (
        "mail bo@nilsen.example, cell 3125550148, order B-2207",
        "email phone order_id",
        {"email": "bo@nilsen.example", "phone": "3125550148", "order_id": "B-2207"},
    ),
    ("city Oakland, state California", "city state", {"city": "Oakland", "state": "California"}),
    (
        "90 Harbor Drive\nOakland CA 94607",
        "street city state zip_code",
        {"street": "90 Harbor Drive", "city": "Oakland", "state": "CA", "zip_code": "94607"},
    ),
    ("I'd fly Oslo to Bergen", "origin destination", {"origin": "Oslo", "destination": "Bergen"}),
)


def test_messages_held_out_are_read_no_worse_than_before() -> None:
    due = taken = wrong = 0
    for text, wanted, expected in HELD_OUT:
        values = given_values(text, wanted)
        due += len(expected)
        taken += sum(values.get(name) == value for name, value in expected.items())
        wrong += sum(name not in expected or expected[name] != value for name, value in values.items())
    print(f"{len(HELD_OUT)} messages: {taken} of {due} values taken, {wrong} wrong")
    assert taken >= TAKEN_MIN
    assert wrong <= WRONG_MAX


# What is typed, the slots asked for, the other slots of the routine, and the values that are taken.
UNASKED: tuple[tuple[str, str, str, dict[str, Value]], ...] = (
    ("Jane, and you can write to jane@example.com", "name", "email", {"name": "Jane", "email": "jane@example.com"}),
    (
        "my name is Jane and my email is jane@example.com", "name", "email phone",
        {"name": "Jane", "email": "jane@example.com"},
    ),
    (
        "AC-1234, and my phone is 555-123-4567", "account_id", "phone",
        {"account_id": "AC-1234", "phone": "5551234567"},
    ),
    ("my account AC-1234 is locked", "", "account_id", {"account_id": "AC-1234"}),
    ("I bought 5 seats", "", "seats plan date", {}),
    ("premium is great", "", "plan", {}),
    ("the issue is still there", "email", "issue", {}),
    ("my name is Jane", "email", "name issue", {"name": "Jane"}),
    ("what if my email was a@b.com?", "", "email", {}),
    ("", "email", "phone", {}),
)  # fmt: skip


@pytest.mark.parametrize(("text", "wanted", "known", "values"), UNASKED, ids=[row[0][:40] for row in UNASKED])
def test_other_slots_are_taken_only_when_unmistakable(
    text: str, wanted: str, known: str, values: dict[str, Value]
) -> None:
    assert given_values(text, wanted, known) == values


# What is typed, the slots asked for, and why there is no value.
PROBLEMS: tuple[tuple[str, str, dict[str, str]], ...] = (
    ("I don't have it", "email", {"email": NOT_GIVEN}),
    ("I don't have it on me right now", "account_id", {"account_id": NOT_GIVEN}),
    ("no idea", "order_id", {"order_id": NOT_GIVEN}),
    ("I can't find my order number", "order_id", {"order_id": NOT_GIVEN}),
    ("I lost it, sorry", "order_id", {"order_id": NOT_GIVEN}),
    ("I don't remember", "date", {"date": NOT_GIVEN}),
    ("I don't have an email", "email phone", {"email": NOT_GIVEN}),
    ("n/a", "company", {"company": NOT_GIVEN}),
    ("I'd rather not say", "reason", {"reason": REFUSED}),
    ("I won't give you my phone number", "phone", {"phone": REFUSED}),
    ("none of your business", "email", {"email": REFUSED}),
    ("I prefer not to share that", "email phone", {"email": REFUSED, "phone": REFUSED}),
    ("I'm not comfortable giving that", "phone", {"phone": REFUSED}),
    ("skip", "reason", {"reason": REFUSED}),
    ("jane@example", "email", {"email": "is not a whole e-mail address (like name@example.com)"}),
    ("12345", "phone", {"phone": "is not a whole phone number with its area code"}),
    ("tomorrow", "date", {"date": "needs to be a day, month and year"}),
    ("4 March", "date", {"date": "needs the year too"}),
    ("March 2025", "date", {"date": "needs the day too"}),
    ("31 February 2025", "date", {"date": "is not a day in the calendar"}),
    ("XY-99", "account_id", {"account_id": "does not have the form that is needed"}),
    ("gold", "plan", {"plan": "is not one of: Basic, Premium, Family Plus"}),
    ("basic or premium", "plan", {"plan": SEVERAL}),
    ("both", "product", {"product": SEVERAL}),
    ("neither of them", "product", {"product": "is not one of: API, ChatGPT Enterprise"}),
    ("5 or 6", "seats", {"seats": SEVERAL}),
    ("it's a@b.com or c@d.com", "email", {"email": SEVERAL}),
    ("[card number]", "order_id", {"order_id": PRIVATE}),
    ("thanks", "email", {}),
    ("not premium", "plan", {}),
    ("I am not insured", "insured", {}),
    ("I don't have my email handy, but phone is 555-123-4567", "email phone", {"email": NOT_GIVEN}),
    ("I don't have it, oh wait it's AC-1234", "account_id", {}),
    ("I can't log in because I have no internet", "issue", {}),
)  # fmt: skip


@pytest.mark.parametrize(("text", "wanted", "problems"), PROBLEMS, ids=[row[0][:40] for row in PROBLEMS])
def test_what_does_not_fit_is_told_with_its_reason(text: str, wanted: str, problems: dict[str, str]) -> None:
    assert read_slots(text, pick(wanted)).problems == problems


def test_a_date_is_read_month_first_or_day_first_as_set() -> None:
    found = [read_slots("3/4/2025", pick("date"), month_first=first).values["date"] for first in (True, False)]
    assert found == ["2025-03-04", "2025-04-03"]


# A slot, a value, and whether it fits.
CHECKS: tuple[tuple[str, Value, bool], ...] = (
    ("email", "jane@example.com", True),
    ("email", "jane@example", False),
    ("email", "ja..ne@example.com", False),
    ("email", "", False),
    ("phone", "+442079460958", True),
    ("phone", "12", False),
    ("seats", 5, True),
    ("seats", "five", False),
    ("seats", True, False),
    ("amount", float("nan"), False),
    ("date", "2025-03-04", True),
    ("date", "2025-02-30", False),
    ("date", "3/4/2025", False),
    ("account_id", "AC-1234", True),
    ("account_id", "AC-12345", False),
    ("order_id", "x", True),
    ("plan", "Basic", True),
    ("plan", "basic", False),
    ("home", "5 Main St", True),
    ("home", "x" * 1000, False),
    ("name", None, False),
)


@pytest.mark.parametrize(("name", "value", "fits"), CHECKS)
def test_a_value_is_checked(name: str, value: Value, fits: bool) -> None:
    assert (check_value(SLOTS[name], value) is None) is fits


def test_a_pattern_that_cannot_be_read_asks_for_nothing() -> None:
    broken = slot("broken_id", "broken ID", SlotType.ID, pattern="(")
    assert read_slots("it is A1234", [broken]).values == {"broken_id": "A1234"}


# --- properties ---

FILLER = st.lists(
    st.sampled_from(
        ["well", "hello", "so", "the", "thing", "broke", "yesterday", "and", "my", "screen", "is", "please"]
    ),
    max_size=8,
)
PIECES = st.sampled_from(
    [
        *(
            "not",
            "123",
            "jane@x.com",
            "555-123-4567",
            "$5",
            "March 4 2025",
            ",",
            ".",
            "?",
            "\n",
            '"',
            "'",
            "no",
            "it's",
        ),
        *(
            "my name is",
            "Bob",
            "street:",
            "Main St",
            "or",
            "and",
            "from",
            "to",
            "one",
            "two",
            "three",
            "dash",
            "at",
            "dot",
        ),
        *(
            "AC-1234",
            "premium",
            "[card number]",
            "#",
            "(",
            ")",
            "\u200b",
            "é",
            "五",
            "ſecond",
            "thouſand",
            "ıt",
            "octoBer",
        ),
        *(
            "I don't have it",
            "the other",
            "option",
            "K",
            "²",
            "double",
            "five",
            "hundred",
            "apt",
            "USA",
            "78701",
            "TX",
        ),
    ]
)
ANY_TEXT = st.one_of(st.text(max_size=200), st.lists(PIECES, max_size=25).map(" ".join))


@given(ANY_TEXT, st.sets(st.sampled_from(sorted(SLOTS)), max_size=5))
def test_any_text_is_read_and_only_for_slots_that_exist(text: str, names: set[str]) -> None:
    wanted = [SLOTS[name] for name in sorted(names)]
    found = read_slots(text, wanted[:3], wanted[3:])
    assert {*found.values, *found.problems} <= names
    assert not {*found.values} & {*found.problems}
    assert all(check_value(SLOTS[name], value) is None for name, value in found.values.items())
    assert found == read_slots(text, wanted[:3], wanted[3:])


@given(
    FILLER, st.from_regex(r"[a-z][a-z0-9]{1,10}(\.[a-z]{2,8})?@[a-z]{3,10}\.(com|org|co\.uk)", fullmatch=True), FILLER
)
def test_an_email_among_words_is_found(before: list[str], value: str, after: list[str]) -> None:
    assert given_values(" ".join((*before, value, *after)), "email") == {"email": value}


@given(FILLER, st.from_regex(r"[2-9][0-9]{2}-[2-9][0-9]{2}-[0-9]{4}", fullmatch=True), FILLER)
def test_a_phone_number_among_words_is_found(before: list[str], value: str, after: list[str]) -> None:
    assert given_values(" ".join((*before, value, *after)), "phone") == {"phone": re.sub("-", "", value)}


@given(FILLER, st.from_regex(r"AC-[0-9]{4}", fullmatch=True), FILLER)
def test_an_id_among_words_is_found(before: list[str], value: str, after: list[str]) -> None:
    assert given_values(" ".join((*before, value, *after)), "account_id") == {"account_id": value}


LONG = (
    *(
        "5 ",
        "a ",
        "a.",
        "a@",
        "not ",
        "one two ",
        "1/",
        "1-",
        "street ",
        "my name is ",
        '"',
        "x dot ",
        "AC-",
        " ",
        "\n",
    ),
    *(
        "1,",
        "no ",
        "the ",
        "basic ",
        "I don't have ",
        "(",
        "a at b dot ",
        "5 Main ",
        "A",
        "é",
        "what if ",
        "> ",
        "march ",
    ),
    *(
        "double ",
        "what is ",
        "\n--\n",
        "Ab ",
        "a-",
        "from a to ",
        "555 ",
        "is ",
        "my my ",
        "A B ",
        "x, and ",
        "ok, ",
        "$5 ",
    ),
)


@pytest.mark.parametrize("piece", LONG)
def test_a_very_long_message_is_read_in_linear_time(piece: str) -> None:
    wanted = pick("email phone seats amount date home order_id account_id plan name city")
    start = time.perf_counter()
    read_slots((piece * 100_000)[:100_000], wanted)
    for one in wanted:
        read_slots((piece * 2_000)[:2_000], [one])
    assert time.perf_counter() - start < SECONDS_MAX
