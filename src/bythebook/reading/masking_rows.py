"""The table of recognisers: a kind of private value, its cue, pattern, check, and an example that is its test.

Patterns are written for folded text (see `masking`) in which a value already masked is one mark, so a row can lean
on what an earlier pass found. Repetitions are bounded or possessive, which keeps the time linear.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from bythebook.reading.masking_names import (
    CONDITION_ADJECTIVES,
    CONDITION_ENDINGS,
    CONDITION_HEADS,
    CONDITIONS,
    NOT_CONDITIONS,
    Spans,
    known_person,
    named,
    person,
    plain_words,
    someone,
)
from bythebook.reading.masking_numbers import cards, date, record_number, social_security

CARD: Final = "card number"
SSN: Final = "social security number"
MRN: Final = "medical record number"
BIRTH: Final = "date of birth"
PATIENT: Final = "patient name"
CONDITION: Final = "health condition of a person"
KINDS: Final = (CARD, SSN, MRN, BIRTH, PATIENT, CONDITION)

MARKS: Final = {kind: chr(0xE000 + number) for number, kind in enumerate(KINDS)}
ANY_MARK: Final = "[" + "".join(MARKS.values()) + "]"
_NAME_MARK: Final = MARKS[PATIENT]
_RECORD_MARK: Final = f"[{MARKS[MRN]}{MARKS[BIRTH]}{MARKS[SSN]}]"


@dataclass(frozen=True, slots=True)
class Recogniser:
    """After `cue` (anywhere, if None) and not after `unless`: the parts of `value` that `check` confirms."""

    kind: str
    cue: re.Pattern[str] | None
    value: re.Pattern[str]
    check: Callable[[str], Spans]
    example: str
    masked: str
    unless: re.Pattern[str] | None = None


def _re(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


def _whole(value: str) -> Spans:
    return ((0, len(value)),)


# --- numbers and dates ---

# What may stand between a cue and its value: punctuation, small words, and values already masked.
_LINK: Final = (
    rf"(?:[\s:=#()\"'*_,-]|{ANY_MARK}|\b(?i:is|was|are|were|on|of|for|the|a|my|our|this|that|his|her|their"
    r"|patient|number|numbers|no|num|nr|id|date|s)\b(?!-)\.?){0,16}+"
)
# What may stand between a value and a cue that follows it: "123456789 (his SSN)".
_BACK_LINK: Final = (
    r"\s*(?:[(,-]\s*)?(?:(?i:is|was|being)\s+)?(?:(?i:the|his|her|their|my|an?)\s+)?(?:(?i:patient(?:'s)?)\s+)?"
)
_OTHER_NUMBER: Final = (
    r"\b(?i:order|account|acct|phone|tel|fax|routing|invoice|ticket|case|npi|ein|zip|tracking|part|po|sku|ref)s?\b"
)

_SEP: Final = r"\s?[-. ]\s?"
_NINE: Final = (
    rf"(?:\d{{3}}{_SEP}\d\d{_SEP}\d{{4}}|\d{{9}}|\d{{3}}{_SEP}\d{{3}}{_SEP}\d{{3}}|\d(?:[ -]\d){{8}})(?!-?\d)"
)
_SSN_CUE: Final = (
    r"(?i:(?<![a-z])(?:ssns?(?![a-z])|soc(?:ial)?\.?\s?sec(?:urity)?(?![a-z])|ss\s?#|ss\sn(?:o|umber)\b"
    r"|social(?=(?:\s(?:is|was|number|no)\b){0,2}\s?[:=#]?\s?\d)))"
)
_SSN_WORDS: Final = rf"(?:(?!{_OTHER_NUMBER}(?<!case))(?i:no\.|[^\d.;?!])){{0,40}}"
_SSN_GAP: Final = rf"{_SSN_WORDS}(?:(?<!\d)\d{{4}}(?!-?\d){_SSN_WORDS})?"  # "ends in 1234, all of it is"
_MRN_CUE: Final = (
    r"(?i:(?<![a-z])(?:mrns?(?![a-z])|medical[ _-]?records?[ _-]?(?:numbers?|no\b\.?|num\b|nr\b|ids?\b|\#)"
    r"|patient[ _-]?(?:ids?\b|identifier|number\b|no\b\.?|\#)|chart[ _]?(?:numbers?|no\b\.?|\#)))"
)
_MRN_VALUE: Final = (
    r"(?>\d{2,4}(?:[ .-]\d{2,4}){1,4}|(?=[A-Za-z-]{0,8}\d)[A-Za-z0-9](?:[A-Za-z0-9]|[-/](?=\d)){1,24})"
    r"(?![A-Za-z0-9])(?![ -]?(?i:digits?|characters?|chars?|letters?|patients?|records?|people)\b)"
)
_BIRTH_CUE: Final = (
    r"(?i:(?<![a-z])(?:dobs?(?![a-z])|d\.o\.b\.?|dates?[ _-]of[ _-]birth|birth[ _-]?da(?:te|y)s?|born))"
)
_DATE_FORM: Final = r"(?i:[mdy]{1,4}[/.-][mdy]{1,4}[/.-][mdy]{2,4})"
_MONTH: Final = (
    r"(?i:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_NTH: Final = r"\d{1,2}(?:st|nd|rd|th|\.)?"
_YEAR: Final = r"(?:(?:19|20)\d\d|'\d\d)"
_DATE: Final = (
    rf"(?!24/7\b)(?:{_YEAR}\s?[-/.]\s?\d{{1,2}}\s?[-/.]\s?\d{{1,2}}"
    r"|\d{1,2}\s?([-/.])\s?\d{1,2}(?:\s?\1\s?(?:\d{4}|\d\d))?|\d{8}"
    rf"|{_MONTH}[ -]?(?:the\s)?{_NTH}(?!\d)(?:,?[ -]{{0,2}}(?:{_YEAR}|\d\d))?|{_MONTH},?\s{_YEAR}"
    rf"|{_NTH}[ -]?(?:of\s)?{_MONTH}(?:,?[ -]?(?:{_YEAR}|\d\d))?)(?![\d%]|[./-]\d)"
)
_COMPANY: Final = (
    r"(?i:company|startup|firm|idea|project|product|platform|business|organi[sz]ation|practice|clinic|hospital"
    r"|app|team)(?:'s)?\s*(?:was|is)?\s*\Z"
)

# --- names ---

_CAP: Final = (
    r"(?:(?:Mc|Mac|De|La|Le|Di|Van|Fitz)?[A-Z][a-z]{1,20}|[A-Z]'[A-Z][a-z]{1,20})"
    r"(?:-[A-Za-z][a-z]{1,20}){0,2}+(?![A-Za-z0-9_@])"
)
_PARTICLE: Final = r"(?:(?:de|la|del|der|den|van|von|da|dos|di|du|bin|ibn|al|el|le)[ ])"
_HONORIFIC: Final = r"(?:(?:Mr|Mrs|Ms|Miss|Mx|Dr)\b\.?[ ]{0,2})"
_MORE: Final = rf"(?:[ ]{{1,2}}(?:[A-Z]\.?[ ])?{_PARTICLE}{{0,2}}{_CAP})"
_JUNIOR: Final = r"(?:,?[ ](?:Jr|Sr|I{2,3})\b\.?)?"
_START: Final = rf"(?:{_CAP}|[A-Z]\.)"
_ONE_UP: Final = rf"{_HONORIFIC}?{_START}{_MORE}{{0,3}}+{_JUNIOR}"
_TWO_UP: Final = rf"(?<![\w'@.-])(?>(?:{_HONORIFIC}{_START}{_MORE}{{0,3}}+|{_START}{_MORE}{{1,3}}+){_JUNIOR})"
_LAST_FIRST: Final = rf"{_CAP},[ ]?{_CAP}(?:[ ][A-Z]\b\.?)?"
_CAPITALS: Final = r"[A-Z]{2,20},?[ ][A-Z]{2,20}(?![A-Za-z0-9_@])"
_LOW: Final = r"[A-Za-z](?:[A-Za-z-]|'(?!s\b)){0,20}(?![A-Za-z0-9_@])"
# A capitalised pair that goes on into capitals or a word for software is a product: "Patient Compass Pro API".
_NO_PRODUCT: Final = (
    r"(?!\s(?:[A-Z]{2,}|(?i:platform|portal|app|api|software|system|product|tool|module|suite|integration)s?)\b)"
)

_ANY_PATIENT: Final = r"(?<![\w-])(?<!\d )(?:(?i:(?:in|out)?patients?)|[Pp]ts?\b\.?)"
# Within a sentence a capital begins a title ("our Patient Compass"), so the plain rows want a small letter there.
_PLAIN_PATIENT: Final = (
    r"(?<![\w-])(?<!\d )(?:(?:in|out)?patients?|pts?\b\.?"
    r"|(?:(?<![^\n(\"])|(?<=[.!?:] ))(?:Patients?|Pts?\b\.?))"
)
_TO_NAME: Final = r"(?:\s+(?i:is|was|like)(?=\s))?\s*[:,(]?\s*(?<=[\s:,(])"
_NAME_CUE: Final = (
    rf"(?:{_ANY_PATIENT}(?:'s?)?[ _]?(?i:(?:full|first|last|legal)[ _])?(?i:names?)\"?"
    r"(?:\s*[:=]\s*\"?|\s+(?i:is|was)\s+:?|\s+)"
    rf"|{_ANY_PATIENT},?\s+(?i:(?:(?:who|is|was)\s+){{0,2}}(?:named|called|by the name of))\s+"
    r"|(?i:\bnames? of (?:the|my|our|this) patients? (?:is|was))\s+)\"?"
)
_NOT_OF_A_MIND: Final = re.compile(
    r"\b(?i:so|very|too|be|being|been|more|really|quite|how|as|extremely|incredibly|stay|remain)\s\Z"
)
"""Before "patient" where it is a virtue: "thanks for being so patient, Sarah"."""

_SEVERAL: Final = r"\b(?i:patients?\s(?:are|were|named|called|include[sd]?|such as))\s*:?\s"
_ACTS: Final = (
    r"(?='s\s|\s(?i:asked|asks|called|came|died|passed away|told|wants|complains|denies|presented|visited|left"
    r"|(?:is|was|has been|got|gets) (?:admitted|born|discharged|prescribed|referred|refused|seen|transferred"
    r"|treated))\b)"
)
_KIN: Final = (
    r"(?i:\b(?:my|our|his|her|their)\s+(?:son|daughter|mother|mom|father|dad|wife|husband|child|kid|baby|brother"
    r"|sister|partner|uncle|aunt|cousin|grand(?:mother|father|son|daughter)|friend|employee|colleague|coworker"
    r"|client|resident|member)),?\s+"
)
_IS_PATIENT: Final = (
    r"(?=\s*[,(]?\s*(?:(?i:is|was|who is)\s+)?(?i:a|an|our|my|the|one of (?:our|my))\s+"
    r"(?i:former\s+|new\s+|current\s+)?(?i:patients?)\s*"
    r"(?:[.,;!?)]|\Z|\b(?i:of|at|in|who|with|and|here|since|from|for)\b))"
)
_HAS_RECORD: Final = (
    r"(?=(?:'s)?[\s,;(:|-]{1,3}(?i:mrn|dob|ssn|medical record (?:number|no\.?)|date of birth|born|d\.o\.b\.?)"
    rf"[\s:=#(-]{{0,4}}(?:(?i:is|was|on|number|no)\b[\s.:]{{1,3}}){{0,2}}{_RECORD_MARK})"
)

# --- conditions, and how they are told of a person ---

_NOT_MODIFIER: Final = (
    r"(?!(?i:about|questions?|to|in|on|at|for|that|who|with|by|from|data|patients?|apps?|built|studied|researched"
    r"|treated|covered|and|or|but|no|not|never|the|an?\s+(?:app|tool|question))\b)"
)
_NOT_ORGAN: Final = r"(?!(?:the|our|my|his|her|their|has|had|have|with|for|and|this|that)\b)"
_CORE: Final = (
    rf"(?i:(?!(?:{'|'.join(NOT_CONDITIONS)})\b)(?:{'|'.join(sorted(CONDITIONS, key=len, reverse=True))}"
    rf"|[a-z]{{2,20}}(?:{'|'.join(CONDITION_ENDINGS)})"
    rf"|{_NOT_ORGAN}[a-z']{{3,20}}\s(?:{'|'.join(CONDITION_HEADS)}))\b)"
)
_KNOWN_CONDITION: Final = rf"(?:{_NOT_MODIFIER}[A-Za-z0-9'-]{{1,20}}\s){{0,4}}?{_CORE}"
_ADJECTIVE: Final = rf"(?i:(?:{'|'.join(CONDITION_ADJECTIVES)})\b)"
_OPEN_CONDITION: Final = (
    r"(?:(?!(?i:and|but|or|so|since|because|who|which|at|after|in|now|we|he|she|they|i|last|this|on|when|while|by"
    r"|using|can|do|does|is|was|please|yesterday|today|recently|before|from|our|with)\b)"
    r"[A-Za-z0-9][A-Za-z0-9'/-]{0,24}(?:[ ](?=[A-Za-z0-9])|(?![A-Za-z0-9]))){1,6}(?<!\s)"
)
# After the condition the clause ends or goes on; another noun means data or a product ("has cancer patients").
_CLAUSE_END: Final = (
    rf"(?=\s*(?:\Z|[.,;:!?()\n\"-]|{ANY_MARK}"
    r"|\b(?i:and|but|or|since|for|so|because|who|which|with|at|after|in|now|too|as|that|when|while|if|on|is|was|can"
    r"|we|he|she|they|i|last|this|from|do|does|should|may|please|needs|wants|asks|asked|will|has|had)\b))"
)
_ADVERB: Final = r"(?:(?i:also|just|now|still|already|recently|currently|been|[a-z]{2,12}ly)\s+){0,2}"
_ASIDE: Final = r"(?:\s*\([^()]{0,80}\))?+(?:,[^.,;!?]{1,60}(?=,)){0,4},?"
_SUBJECT_GAP: Final = rf"{_ASIDE}\s+(?:(?:and\s+)?(?:who|he|she)\s+)?{_ADVERB}"
_OPEN_VERB: Final = (
    rf"(?i:(?:is|was|were|has|had|got|been|being)\s+{_ADVERB}(?:diagnosed|hospitali[sz]ed)\s+(?:with|for|as having)"
    r"|tested\s+positive\s+for|(?:is|was|been|being|got)\s+(?:prescribed|put on|started on))\s+"
)
_KNOWN_VERB: Final = (
    r"(?i:(?:has|had|have|has\s+had|beat|survived|(?:is|was)\s+(?:battling|fighting)"
    r"|suffer(?:s|ed|ing)?\s+from|(?:is\s+|was\s+)?(?:living|lives|lived)\s+with|died\s+(?:of|from)"
    r"|(?:is|was|gets|got|has)\s+(?:been\s+|being\s+)?(?:treated|seen|admitted|medicated|recovering)"
    r"\s+(?:for|with|from)"
    r"|(?:takes|taking|receives|receiving|needs)\s+[a-z]{3,20}\s+for|is\s+undergoing\s+[a-z]{3,20}\s+for"
    r"|(?:is|was|went|goes)\s+on|(?:is\s+|was\s+)?(?:undergoing|starting|taking)|takes|needs|started|undergoes))\s+"
)
_BE_ADJECTIVE: Final = rf"(?i:is|was)\s+(?={_ADVERB}{_ADJECTIVE})"
_HEALTH: Final = (
    rf"(?={_SUBJECT_GAP}(?:{_OPEN_VERB}[A-Za-z]|{_KNOWN_VERB}{_KNOWN_CONDITION}{_CLAUSE_END}"
    rf"|(?i:is|was)\s+{_ADVERB}{_ADJECTIVE}{_CLAUSE_END}"
    rf"|(?i:(?:was|is|has\s+been|were)\s+{_ADVERB}(?:diagnosed|hospitali[sz]ed))\b)"
    rf"|'s\s+{_KNOWN_CONDITION}{_CLAUSE_END})"
)
_TREATED_FOR: Final = rf"(?=\s+(?i:for|with)\s+{_KNOWN_CONDITION}{_CLAUSE_END})"
_NEAR: Final = r"[^\n]{0,80}?"
_NAME_IS: Final = r"\s+(?i:name(?:\s+is|'s))\s+"
_OF_SELF: Final = (
    rf"(?i:\bi)(?:\s+{_KNOWN_VERB}(?:(?i:an?)\s+)?{_KNOWN_CONDITION}|(?:\s+(?i:am)|'m)\s+{_ADVERB}{_ADJECTIVE})"
    rf"{_CLAUSE_END}"
)
_SHE: Final = r"\b(?i:he|she|i)(?:'s|'m)?\s+"
_TOLD_CONDITION: Final = rf"(?:{_KNOWN_CONDITION}|{_ADVERB}{_ADJECTIVE}){_CLAUSE_END}"

RECOGNISERS: Final = (
    Recogniser(
        CARD, None, _re(r"\d(?:[\s._-]{0,3}\d){12,}+"), cards,
        "pay with 4111 1111-1111 1111 please",
        "pay with [card number] please",
    ),
    Recogniser(
        SSN, None, _re(r"(?<![\d-])\d{3}\s?-\s?\d\d\s?-\s?\d{4}(?!-?\d)"), social_security,
        "his is 123-45-6789",
        "his is [social security number]",
        unless=_re(_OTHER_NUMBER + r"\.?\s*(?i:no|number|id|is|was)?\.?\s*(?i:is)?[\s#:-]*\Z"),
    ),
    Recogniser(
        SSN, _re(_SSN_CUE + _SSN_GAP), _re(_NINE), social_security,
        "SSN for the claimant is 123456789.",
        "SSN for the claimant is [social security number].",
    ),
    Recogniser(
        SSN, None, _re(rf"(?<![\d-]){_NINE}(?={_BACK_LINK}{_SSN_CUE})"), social_security,
        "123456789 is his SSN",
        "[social security number] is his SSN",
    ),
    Recogniser(
        MRN, _re(_MRN_CUE + _LINK), _re(_MRN_VALUE), record_number,
        "the MRN is A-778213, thanks",
        "the MRN is [medical record number], thanks",
    ),
    Recogniser(
        MRN, None, _re(rf"(?<![\w-]){_MRN_VALUE}(?={_BACK_LINK}{_MRN_CUE}(?!\s+\d))"), record_number,
        "00778213 is the MRN",
        "[medical record number] is the MRN",
    ),
    Recogniser(
        BIRTH, _re(rf"{_BIRTH_CUE}{_LINK}(?:{_DATE_FORM}{_LINK})?(?:(?i:in)\s+)?"), _re(_DATE), date,
        "born on March 3rd, 1980 in Ohio",
        "born on [date of birth] in Ohio",
        unless=_re(_COMPANY),
    ),
    Recogniser(
        BIRTH, None, _re(rf"(?<![\w/.-]){_DATE}(?={_BACK_LINK}{_BIRTH_CUE}(?!\s*[:=]))"), date,
        "03/04/1980 is her date of birth",
        "[date of birth] is her date of birth",
    ),
    Recogniser(
        PATIENT, _re(_NAME_CUE), _re(rf"(?:{_LAST_FIRST}|{_ONE_UP}|{_CAPITALS})"), named,
        "the patient's name is Xochitl.",
        "the patient's name is [patient name].",
    ),
    Recogniser(
        PATIENT, _re(rf"(?:{_NAME_CUE}|{_ANY_PATIENT}{_TO_NAME})"),
        _re(rf"{_LOW}(?:[ ]{_PARTICLE}{{0,2}}{_LOW})?+"), known_person,
        "patient john smith needs a refill",
        "patient [patient name] needs a refill",
        unless=_NOT_OF_A_MIND,
    ),
    Recogniser(
        PATIENT, _re(_PLAIN_PATIENT + _TO_NAME),
        _re(rf"(?>(?<=:[ ]){_LAST_FIRST}|{_ONE_UP}){_NO_PRODUCT}"), person,
        "my patient, Ximena Garcia-Lopez, asks",
        "my patient, [patient name], asks",
        unless=_NOT_OF_A_MIND,
    ),
    Recogniser(
        PATIENT, _re(_ANY_PATIENT + _TO_NAME), _re(rf"(?:{_LOW}[ ]{_LOW}|{_CAP}){_HEALTH}"), plain_words,
        "patient oluwaseun adeyemi was diagnosed last week",
        "patient [patient name] was diagnosed last week",
    ),
    Recogniser(
        PATIENT, _re(_PLAIN_PATIENT + _TO_NAME), _re(_CAP + _ACTS), named,
        "patient Okafor asked for his file",
        "patient [patient name] asked for his file",
        unless=_NOT_OF_A_MIND,
    ),
    Recogniser(
        PATIENT, None, _re(rf"(?<![\w'@.-]){_CAP}{_HEALTH}"), known_person,
        "Kevin has diabetes.",
        "[patient name] has [health condition of a person].",
    ),
    Recogniser(
        PATIENT, None, _re(_TWO_UP + _HEALTH), someone,
        "Mrs. Alvarez has high blood pressure.",
        "[patient name] has [health condition of a person].",
    ),
    Recogniser(
        PATIENT, _re(_SEVERAL), _re(_TWO_UP), person,
        "our patients are Ximena Ortega and Kofi Mensah",
        "our patients are [patient name] and [patient name]",
    ),
    Recogniser(
        PATIENT, _re(_KIN), _re(rf"(?>{_ONE_UP}){_HEALTH}"), named,
        "my daughter Emily was diagnosed with asthma",
        "my daughter [patient name] was diagnosed with [health condition of a person]",
    ),
    Recogniser(
        PATIENT, None, _re(_TWO_UP + _IS_PATIENT), someone,
        "Kofi Mensah, our patient, called",
        "[patient name], our patient, called",
    ),
    Recogniser(
        PATIENT, None, _re(_TWO_UP + _HAS_RECORD), someone,
        "Kofi Mensah, DOB 3/4/1980",
        "[patient name], DOB [date of birth]",
    ),
    Recogniser(
        PATIENT, _re(rf"{_RECORD_MARK}\s*(?i:[(,]?\s*(?:belongs to|belonging to|for|of))\s+"), _re(_TWO_UP), person,
        "MRN 778213 belongs to Kofi Mensah.",
        "MRN [medical record number] belongs to [patient name].",
    ),
    Recogniser(
        PATIENT, _re(r"(?i:\b(?:treat|treats|treated|treating|seeing|admitted|operated on))\s+"),
        _re(rf"(?>{_TWO_UP}|{_ONE_UP}){_TREATED_FOR}"), person,
        "we are treating Ximena Ortega for asthma",
        "we are treating [patient name] for [health condition of a person]",
    ),
    Recogniser(
        PATIENT, _re(rf"{_OF_SELF}{_NEAR}\b(?i:my){_NAME_IS}"), _re(_ONE_UP), named,
        "I have asthma, my name is Ximena Ortega",
        "I have [health condition of a person], my name is [patient name]",
    ),
    Recogniser(
        PATIENT, _re(rf"\b(?i:my){_NAME_IS}"), _re(rf"(?>{_ONE_UP})(?={_NEAR}{_OF_SELF})"), named,
        "My name is Ximena Ortega and I have asthma",
        "My name is [patient name] and I have [health condition of a person]",
    ),
    Recogniser(
        PATIENT, _re(rf"\b(?i:his|her){_NAME_IS}"),
        _re(rf"(?>{_ONE_UP})(?={_NEAR}\b(?i:(?:a|our|my|the) patient)\b)"), named,
        "her name is Ximena, she is our patient",
        "her name is [patient name], she is our patient",
    ),
    Recogniser(
        CONDITION, _re(rf"{_SHE}{_ADVERB}(?:{_OPEN_VERB}|{_KNOWN_VERB}|(?i:is|was|am)\s+|(?='m\s))?(?:(?i:an?)\s+)?"),
        _re(rf"(?:{_KNOWN_CONDITION}|{_ADVERB}{_ADJECTIVE}){_CLAUSE_END}(?=[^{_NAME_MARK}\n]{{0,80}}{_NAME_MARK})"),
        _whole,
        "she has asthma, the patient's name is Ximena",
        "she has [health condition of a person], the patient's name is [patient name]",
    ),
    Recogniser(
        CONDITION, _re(rf"{_NAME_MARK}{_SUBJECT_GAP}{_OPEN_VERB}(?:(?i:an?|the|having)\s+)?"),
        _re(_OPEN_CONDITION), _whole,
        "Mr Lee was diagnosed with a rare clotting problem in May.",
        "[patient name] was diagnosed with a [health condition of a person] in May.",
    ),
    Recogniser(
        CONDITION,
        _re(rf"{_NAME_MARK}(?:'s\s+|{_SUBJECT_GAP}(?:{_KNOWN_VERB}|(?i:with|for)\s+|{_BE_ADJECTIVE}))(?:(?i:an?)\s+)?"),
        _re(_TOLD_CONDITION), _whole,
        "Ana Ruiz has asthma and type 2 diabetes",
        "[patient name] has [health condition of a person] and [health condition of a person]",
    ),
    Recogniser(
        CONDITION,
        _re(
            rf"{_NAME_MARK}[^{_NAME_MARK}]{{0,160}}?\b(?i:he|she|i)\s+"
            rf"{_ADVERB}(?:{_OPEN_VERB}|{_KNOWN_VERB}|{_BE_ADJECTIVE}|(?i:am)\s+)(?:(?i:an?)\s+)?"
        ),
        _re(_TOLD_CONDITION), _whole,
        "patient Ana Ruiz called. She is pregnant.",
        "patient [patient name] called. She is [health condition of a person].",
    ),
    Recogniser(
        CONDITION, None, _re(rf"\b(?:{_CORE}|{_ADJECTIVE})(?=\s+(?i:patients?),?\s+{_NAME_MARK})"), _whole,
        "our cancer patient Ana Ruiz",
        "our [health condition of a person] patient [patient name]",
    ),
)  # fmt: skip
