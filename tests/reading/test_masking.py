"""What is recognised as private is masked before it is kept, and everything else is left as the customer typed it."""

import json
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bythebook.reading.masking import KINDS, Masked, mask
from bythebook.reading.masking_rows import RECOGNISERS, Recogniser

HELDOUT = Path(__file__).with_name("masking_heldout.jsonl")
SECONDS_MAX = 5.0  # for 100,000 characters; about 0.3 on an idle core

# The tables below show what is typed and what is kept, with these short forms for the placeholders.
SHORT = {
    "<CN>": "[card number]",
    "<SSN>": "[social security number]",
    "<MRN>": "[medical record number]",
    "<DOB>": "[date of birth]",
    "<PN>": "[patient name]",
    "<HC>": "[health condition of a person]",
}

MASKED = (
    # cards
    ("my card is 4111111111111111", "my card is <CN>"),
    ("card 5500-0000-0000-0004 exp 09/27", "card <CN> exp 09/27"),
    ("Amex 3782 822463 10005.", "Amex <CN>."),
    ("cards 4111 1111 1111 1111 5500 0000 0000 0004", "cards <CN> <CN>"),
    ("for seat 12 4012888888881881", "for seat 12 <CN>"),
    ("４１１１ １１１１ １１１１ １１１１ works", "<CN> works"),
    ("4111\u00a01111\u20091111\u20131111!", "<CN>!"),
    ("4111\u200b1111\u200b1111\u200b1111", "<CN>"),
    ("4 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1", "<CN>"),
    ("٤١١١١١١١١١١١١١١١", "<CN>"),
    ("discover: 6011.0009.9013.9424", "discover: <CN>"),
    # social security numbers
    ("SSN: 123-45-6789", "SSN: <SSN>"),
    ("my ssn is 123456789", "my ssn is <SSN>"),
    ("ssn123456789", "ssn<SSN>"),
    ("Social Security No. 219 09 9998", "Social Security No. <SSN>"),
    ("his social security number (SSN) is 123 45 6789.", "his social security number (SSN) is <SSN>."),
    ("the number 123-45-6789 leaked", "the number <SSN> leaked"),
    ("SSN 123–45–6789", "SSN <SSN>"),
    ("SSNs 123456789, 234567891 and 345678912", "SSNs <SSN>, <SSN> and <SSN>"),
    ("123 45 6789 (SSN)", "<SSN> (SSN)"),
    ('{"ssn": "123456789"}', '{"ssn": "<SSN>"}'),
    ("SSN 1 2 3 4 5 6 7 8 9", "SSN <SSN>"),
    # medical record numbers
    ("MRN 778213", "MRN <MRN>"),
    ("MRN: A-778213 please", "MRN: <MRN> please"),
    ("mrn#00123", "mrn#<MRN>"),
    ("medical record number is 44-81-92", "medical record number is <MRN>"),
    ("Medical Record # H8812345.", "Medical Record # <MRN>."),
    ("medical record no. 5567", "medical record no. <MRN>"),
    ("MRNs 778213, 778214 & 778215", "MRNs <MRN>, <MRN> & <MRN>"),
    ('"mrn": "AB12345"', '"mrn": "<MRN>"'),
    ("patient ID 4471233", "patient ID <MRN>"),
    ("778213 is the MRN", "<MRN> is the MRN"),
    ("the MRN of patient Ana Ruiz is 778213", "the MRN of patient <PN> is <MRN>"),
    # dates of birth
    ("DOB 3/4/1980", "DOB <DOB>"),
    ("D.O.B.: 1980-03-04", "D.O.B.: <DOB>"),
    ("date of birth is March 4, 1980", "date of birth is <DOB>"),
    ("born on the 4th of March 1980", "born on the <DOB>"),
    ("he was born 4 Mar 80", "he was born <DOB>"),
    ("birthday 03.04.80,", "birthday <DOB>,"),
    ("her birthday is on July 9th", "her birthday is on <DOB>"),
    ("dob=19800304", "dob=<DOB>"),
    ("Birthdate: 12-31-1999", "Birthdate: <DOB>"),
    ("3/4/1980 (DOB)", "<DOB> (DOB)"),
    ("DOBs 1/2/1980 and 3/4/1990", "DOBs <DOB> and <DOB>"),
    ("DOB １２/３１/１９９９", "DOB <DOB>"),
    # patient names
    ("patient John Smith called", "patient <PN> called"),
    ("Patient John Smith was refused", "Patient <PN> was refused"),
    ("my patient, Maria Garcia-Lopez, wants to know", "my patient, <PN>, wants to know"),
    ("the patient's name is Ana", "the patient's name is <PN>"),
    ("the patient’s name is Zoë Müller.", "the patient’s name is <PN>."),
    ("our patient named Xochitl needs it", "our patient named <PN> needs it"),
    ("pt. John Doe today", "pt. <PN> today"),
    ("patient john smith has diabetes", "patient <PN> has <HC>"),
    ("patient oluwaseun adeyemi was diagnosed with lupus", "patient <PN> was diagnosed with <HC>"),
    ("PATIENT JOHN SMITH CALLED", "PATIENT <PN> CALLED"),
    ("Patient: Smith, John", "Patient: <PN>"),
    ("Patient Name: O'Brien, Sean", "Patient Name: <PN>"),
    ("patient_name: Jane Doe", "patient_name: <PN>"),
    ("patients Ludwig van Beethoven and Kofi A. Mensah", "patients <PN> and <PN>"),
    ("patient Mr. Okafor", "patient <PN>"),
    ("our patient Maria is upset", "our patient <PN> is upset"),
    ("Kofi Mensah is a patient of ours", "<PN> is a patient of ours"),
    ("Kofi Mensah (DOB: 3/4/1980, MRN 778213)", "<PN> (DOB: <DOB>, MRN <MRN>)"),
    ("patient Ana Ruiz left. Ana Ruiz will call", "patient <PN> left. <PN> will call"),
    # conditions of named people
    ("Mrs. Alvarez was diagnosed with breast cancer last May", "<PN> was diagnosed with <HC> last May"),
    ("Kofi Mensah has type 2 diabetes and asthma.", "<PN> has <HC> and <HC>."),
    ("Kofi Mensah, 54, suffers from chronic kidney disease", "<PN>, 54, suffers from <HC>"),
    ("Dr. Lee is pregnant", "<PN> is <HC>"),
    ("Ana Ruiz tested positive for HIV", "<PN> tested positive for <HC>"),
    ("Ana Ruiz's leukemia is back", "<PN>'s <HC> is back"),
    ("my son Timothy has epilepsy", "my son <PN> has <HC>"),
    ("patient Ana Ruiz with hepatitis needs it", "patient <PN> with <HC> needs it"),
    (
        "patient Ana Ruiz is here. She was diagnosed with MS.",
        "patient <PN> is here. She was diagnosed with <HC>.",
    ),
    ("Hello, our patient Jane Doe's chart was sent", "Hello, our patient <PN>'s chart was sent"),
    (
        "if John Q. Public, who was diagnosed with gout, is covered",
        "if <PN>, who was diagnosed with <HC>, is covered",
    ),
    ("patients name is maria garcia", "patients name is <PN>"),
    ("patient maria de la cruz has asthma", "patient <PN> has <HC>"),
    ("PATIENT NAME: WONG, MEI", "PATIENT NAME: <PN>"),
    ("patient Will Jones and patient May Chen", "patient <PN> and patient <PN>"),
    ("Patient Smith was discharged", "Patient <PN> was discharged"),
    ("Since Maria Garcia has diabetes, we ask", "Since <PN> has <HC>, we ask"),
    ("name=John Smith;dob=1980-01-02", "name=<PN>;dob=<DOB>"),
    ("his social is 123 45 6789", "his social is <SSN>"),
    ("SSN in this case is 123456789", "SSN in this case is <SSN>"),
    ("born in March 1980", "born in <DOB>"),
    ("birth date (mm/dd/yyyy): 03/04/1980", "birth date (mm/dd/yyyy): <DOB>"),
    # together
    (
        "Patient John Smith, DOB 3/4/1980, MRN 778213, SSN 123-45-6789, has diabetes",
        "Patient <PN>, DOB <DOB>, MRN <MRN>, SSN <SSN>, has <HC>",
    ),
)

UNTOUCHED = (
    "I need a BAA for the API, write to jane.doe@acmehealth.com",
    "we store SSN and MRN fields",
    "we store patient name, SSN, date of birth and MRN",
    "MRN: XXXXX",
    "MRN is 10 digits long",
    "MRN in HL7 v2.5 and FHIR R4",
    "the MRN field, PID-3 in HL7",
    "SSN 000-00-0000",
    "SSN 666-12-3456 and 912-34-5678",
    "SSN XXX-XX-6789",
    "{card_number} {ssn} {{mrn}} <date of birth>",
    "date of birth field",
    "DOB format is MM/DD/YYYY",
    "DOB 00/00/0000",
    "on 3/4/2025 we applied",
    "we collect date of birth and go live on 3/4/2025",
    "our company was born on 3/4/2015",
    "a project born in 2019",
    "HIPAA 1996",
    "order 4471-22-9981",
    "order number 123-45-6789",
    "invoice 4111111111111112",
    "call me at +1 (415) 555-0100 or 415-555-0101",
    "415-555-0100 408-555-0102 650-555-0103",
    "tracking 1712345678901234",
    "gpt-4o-2024-08-06, version 1.2.3.4, build 20240806",
    "EIN 12-3456789, NPI 1234567893",
    "zip 10001-1234",
    "request id req_0f3a91b27c8d4e5f",
    "patient data",
    "we process patient records",
    "our patient portal is live",
    "Patient Access API",
    "we build the Patient Access API for payers",
    "our Patient Engagement Platform",
    "the Patient Compass Pro app",
    "Patient Journey Mapper is our product",
    "Patient Bill of Rights",
    "Our patients love it. Can You Help?",
    "patient, OpenAI said no",
    "The patient will see the summary",
    "the patient has diabetes",
    "patients with cancer use our app",
    "patient data is treated as confidential",
    "patient intake form has issues",
    "patient population has diabetes",
    "patient who has diabetes",
    "patient name: string",
    "patient name is required",
    "the patient's name is masked",
    "patient names are stored",
    "We Are Patient With You",
    "please be patient Thank You",
    "Acme Health has diabetes patients",
    "Blue Cross has cancer data",
    "Maria Garcia has a question about diabetes programs",
    "Dr. Lee has questions about the BAA",
    "Maria Garcia has signed the BAA",
    "My name is Maria Garcia from Acme Health",
    "Mr. Smith was not approved",
    "Our Diabetes App has a diagnosis module",
    "use 12 pt Times New Roman",
    "Is an enterprise agreement required to sign a BAA?",
    "our chatbot was diagnosed as slow",
    "we detect cancer, diabetes and asthma from images",
    "zero data retention, 30 days, 1-2 business days, 99.95%",
    "We have 250 patients, 12 clinics and 3 hospitals",
    "3.14159265358979323846",
    "MRN 7-10 digits, medical record numbers 10000 patients",
    "patient numbers 500 to 2000",
    "our app was born 24/7",
    "The patient called Support",
    "Will each patient Need a consent?",
    "each patient Will be asked",
    "Eli Lilly has a diabetes drug",
    "The CEO, Sarah Chen, has ADHD coaching apps",
    "SSN and order number 123456789",
    "Johns Hopkins for cancer",
    "",
)


def long_form(text: str) -> str:
    for short, placeholder in SHORT.items():
        text = text.replace(short, placeholder)
    return text


@pytest.mark.parametrize("row", RECOGNISERS, ids=lambda row: row.example)
def test_each_recogniser_masks_its_example(row: Recogniser) -> None:
    assert mask(row.example).text == row.masked
    assert row.kind in mask(row.example).kinds
    assert row.kind in KINDS


def test_every_kind_has_a_recogniser() -> None:
    assert {row.kind for row in RECOGNISERS} == set(KINDS)
    assert set(SHORT.values()) == {f"[{kind}]" for kind in KINDS}


@pytest.mark.parametrize(("typed", "kept"), MASKED)
def test_private_values_are_masked(typed: str, kept: str) -> None:
    assert mask(typed).text == long_form(kept)


@pytest.mark.parametrize("text", UNTOUCHED)
def test_everything_else_is_left_as_typed(text: str) -> None:
    assert mask(text) == Masked(text, ())


@pytest.mark.parametrize("typed", [typed for typed, _ in MASKED])
def test_masking_twice_is_masking_once(typed: str) -> None:
    once = mask(typed).text
    assert mask(once) == Masked(once, ())


def test_kinds_come_in_order_of_first_appearance() -> None:
    assert mask("SSN 123-45-6789, MRN 778213, SSN 234-56-7891").kinds == (
        "social security number",
        "medical record number",
    )
    assert mask("MRN 778213 (SSN 123-45-6789)").kinds == ("medical record number", "social security number")


def test_a_placeholder_typed_by_the_customer_is_no_value() -> None:
    text = "MRN [medical record number] and [card number], patient [patient name]"
    assert mask(text) == Masked(text, ())


def test_the_rest_of_the_text_keeps_its_characters() -> None:
    assert mask("“héllo”\u00a0— SSN\u200b 123-45-6789 — ok…").text == (
        "“héllo”\u00a0— SSN\u200b [social security number] — ok…"
    )


# --- properties ---

PIECES = st.sampled_from(
    [
        "patient",
        "Patient",
        "patients",
        "pt.",
        "John",
        "john",
        "Smith",
        "smith",
        "Garcia-Lopez",
        "O'Brien",
        "Mr.",
        "Dr.",
        "has",
        "was",
        "is",
        "diagnosed",
        "with",
        "diabetes",
        "cancer",
        "asthma",
        "SSN",
        "ssn",
        "MRN",
        "mrn",
        "DOB",
        "born",
        "on",
        "birthday",
        "name",
        "named",
        "data",
        "portal",
        "API",
        "and",
        ",",
        ".",
        ":",
        "#",
        "(",
        ")",
        "-",
        "'s",
        "She",
        "my",
        "son",
        "123-45-6789",
        "123456789",
        "4111111111111111",
        "4111",
        "1111",
        "3/4/1980",
        "March",
        "4,",
        "1980",
        "A-778213",
        "778213",
        "[card",
        "[patient",
        "name]",
        "[medical",
        "record",
        "number]",
        "[date",
        "of",
        "birth]",
        "\u200b",
        "\xa0",
        "\ue000",
        "é",
        "１２３",
        "belongs",
        "to",
        "for",
        "of",
        "card",
    ]
)
TEXTS = st.one_of(
    st.text(),
    st.lists(PIECES, max_size=25).map(" ".join),
    st.lists(PIECES, max_size=15).map("".join),
)


@given(TEXTS)
def test_idempotent_and_never_raises(text: str) -> None:
    once = mask(text)
    assert mask(once.text) == Masked(once.text, ())
    assert set(once.kinds) <= set(KINDS)
    assert all(f"[{kind}]" in once.text for kind in once.kinds)


@given(st.text(alphabet="abcdefgh ,.!?éß", max_size=200))
def test_text_without_digits_and_cues_is_unchanged(text: str) -> None:
    assert mask(text) == Masked(text, ())


def luhn_complete(payload: str) -> str:
    total = 0
    for place, digit in enumerate(reversed(payload)):
        value = int(digit) * (2 if place % 2 == 0 else 1)
        total += value - 9 if value > 9 else value
    return payload + str(-total % 10)


@st.composite
def grouped_cards(draw: st.DrawFn) -> tuple[str, str]:
    prefix, length = draw(
        st.sampled_from(
            [
                ("4", 16),
                ("4", 13),
                ("4", 19),
                ("51", 16),
                ("2221", 16),
                ("34", 15),
                ("37", 15),
                ("36", 14),
                ("6011", 16),
                ("62", 17),
            ]
        )
    )
    size = length - 1 - len(prefix)
    card = luhn_complete(prefix + draw(st.text(alphabet="0123456789", min_size=size, max_size=size)))
    cuts = draw(st.sets(st.integers(1, length - 1)))
    separator = st.sampled_from([" ", "-", ".", "\u00a0", "\u2009", "\u2013", " - ", "\u200b"])
    typed = "".join((draw(separator) if place in cuts else "") + digit for place, digit in enumerate(card))
    return card, typed


@given(
    grouped_cards(),
    st.sampled_from(["", "card ", "use card: ", "x", "12 ", "order 7, ", "№"]),
    st.sampled_from(["", " thanks", ".", "!", " exp 09/27", "x"]),
)
def test_a_valid_card_is_masked_however_it_is_grouped(card: tuple[str, str], before: str, after: str) -> None:
    number, typed = card
    kept = mask(before + typed + after)
    assert typed not in kept.text
    assert "card number" in kept.kinds
    assert number not in "".join(char for char in kept.text if char.isdigit())


# --- speed ---

HURTFUL = (
    "1", "1 ", "4 1", "4111111111111111 ", "4111 ", "123-45-", "SSN ", "SSN:,;", "MRN ", "MRN is ",
    "MRN 778213, ", "DOB is ", "born ", "A", "a", "Aa ", "A-a", "Aa-a", "O'B ", "Aa de la ",
    "patient ", "patient Aa ", "patient aa ", "Patient: ", "patient John Smith ",
    "patient John Smith, ", "patient name ", "Mr. ", "Aa Bb has ", "Aa Bb has a very ",
    "Aa Bb, c, ", "Aa Bb (", "(", ", ", " ", "\n", "-", "'", "[patient name] ",
    "[patient name] has ", "[patient name], she has ", "she was ", "my son Aa ", "[",
    "[card number]", "é", "\u200b", "１", "March ", "3/4/", "3/4/1980 ", "123 45 6789 ",
    "John Smith has diabetes and ", "diagnosed with ", "Aa Bb, MRN 778213 ",
)  # fmt: skip


@pytest.mark.parametrize("piece", HURTFUL)
def test_a_hundred_thousand_hurtful_characters_pass_in_linear_time(piece: str) -> None:
    text = (piece * (100_000 // len(piece) + 1))[:100_000]
    begun = time.perf_counter()
    mask(text)
    assert time.perf_counter() - begun < SECONDS_MAX


# --- a held-out set: written after the rules, never tuned to; a fix that it suggests needs a fresh set ---

RECALL_FLOOR = 0.76  # of values; measured 47 of 59
TOUCHED_MAX = 2  # messages without private data in which something was masked; measured 1 of 30


def test_heldout_figures_keep_their_floor(record_property: Callable[[str, object], None]) -> None:
    rows = [json.loads(line) for line in HELDOUT.read_text(encoding="utf-8").splitlines()]
    assert len(rows) == 68
    assert {kind for row in rows for kind in row["kinds"]} == set(KINDS)
    assert all(value in row["text"] for row in rows for value in row["values"])
    kept = [mask(row["text"]) for row in rows]
    values = [value not in masked.text for row, masked in zip(rows, kept, strict=True) for value in row["values"]]
    touched = [masked for row, masked in zip(rows, kept, strict=True) if masked.kinds and not row["kinds"]]
    record_property("values masked", f"{sum(values)} of {len(values)}")
    record_property("messages touched without cause", len(touched))
    assert sum(values) >= RECALL_FLOOR * len(values)
    assert len(touched) <= TOUCHED_MAX
