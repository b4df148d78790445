"""How each type of slot is written in a message: one recogniser a type, one table of them.

A recogniser finds every mention of its type wherever it stands, with the value, or with what is wrong with it.
Which mention answers which slot is decided in `slots`. All patterns are bounded, so the time is linear; they are
written for text that `fold` has made plain.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Final

from bythebook.reading.dates import Mention, find_dates, find_money, find_numbers, is_date
from bythebook.routine.model import Slot, SlotType
from bythebook.routine.value import Value

NOT_EMAIL: Final = "is not a whole e-mail address (like name@example.com)"
NOT_PHONE: Final = "is not a whole phone number with its area code"
NOT_NUMBER: Final = "is not a number"
NOT_FORM: Final = "does not have the form that is needed"
NOT_DATE: Final = "is not a date with day, month and year"
EMPTY: Final = "is empty"

TEXT_MAX: Final = 20_000  # characters a text value
ADDRESS_MAX: Final = 300  # characters an address
EMAIL_MAX: Final = 254  # characters (RFC 5321)
WINDOWS_MAX: Final = 20_000  # tokens of a message that are tried against the pattern of an ID
TYPO_WORDS_MAX: Final = 12  # words; in a longer message a near word is more likely another word
HIDDEN: Final = "\ufffc"  # stands for each character of what is no value: placeholders, other people's words


def _re(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


# --- e-mail and phone ---

_LETTER: Final = r"[^\W_]"
_EMAIL: Final = _re(
    rf"(?<![\w.+@-]){_LETTER}[\w.%+'-]{{0,63}}\s?@\s?(?:{_LETTER}(?:[\w-]{{0,62}})\.){{1,5}}[^\W\d_]{{2,24}}(?![\w@-])"
)
_NOT_LOCAL: Final = (
    r"(?!(?:is|was|be|me|us|you|it|him|her|them|we|look|site|page|website|email|mail|reach|and|or|a|the)\b)"
)
_SPOKEN_EMAIL: Final = _re(
    rf"(?<![\w.@'-]){_NOT_LOCAL}{_LETTER}[\w.+-]{{0,40}}"
    r"(?:\s(?:dot|underscore|dash|hyphen|plus)\s\w{1,30}){0,4}(?:\s\d{1,8})?"
    r"\s{0,2}(?:\bat\b|@|[(\[]\s?at\s?[)\]])\s{0,2}"
    r"[\w-]{1,60}(?:\s(?:dash|hyphen)\s\w{1,30}){0,3}(?:\s{0,2}(?:\bdot\b|[(\[]\s?dot\s?[)\]]|\.(?=\w))\s{0,2}[\w-]{1,24}){1,3}\b"
)
_SPOKEN_MARKS: Final = (
    (r"\s*[(\[]?\s?\b(?:dot)\b\s?[)\]]?\s*", "."),
    (r"\s*[(\[]\s?at\s?[)\]]\s*|\s+at\s+|\s*@\s*", "@"),
    (r"\s+underscore\s+", "_"),
    (r"\s+(?:dash|hyphen)\s+", "-"),
    (r"\s+plus\s+", "+"),
    (r"\s+", ""),
)
_NEARLY_EMAIL: Final = _re(
    r"(?<![\w@.])[\w.+-]{1,64}@[\w.,-]{0,64}|(?<![\w@.])[\w.+-]{0,64}\.(?:com|org|net|edu|gov)\b"
)
_PHONE: Final = _re(
    r"(?<![\w@/.$#-])(?<!\d\s)(?P<number>(?:\+|00)?\s?\(?\d(?:[ ().\-/]{0,3}\d){2,15})(?![\w@]|[-/.,]\d)"
    r"(?:,?\s*(?:ext\.?|extension|x)\s*(?P<extension>\d{1,6})\b)?"
)
_PLAUSIBLE: Final = re.compile(r"(?:\+|00)[1-9]\d{6,14}|1?\d{10}|\d{3}[ .-]\d{4}|0[1-9]\d{8,10}")


def _emails(slot: Slot, text: str) -> Iterator[Mention]:
    for pattern in (_EMAIL, _SPOKEN_EMAIL):
        for match in pattern.finditer(text):
            value = match[0]
            if pattern is _SPOKEN_EMAIL or " " in value:
                value = value.lower()
                for mark, plain in _SPOKEN_MARKS:
                    value = re.sub(mark, plain, value)
            if _email_problem(value) is None:
                yield Mention(match.start(), match.end(), value)
    for match in _NEARLY_EMAIL.finditer(text):
        yield Mention(match.start(), match.end(), match[0], NOT_EMAIL, sure=False)


def _phones(slot: Slot, text: str) -> Iterator[Mention]:
    for match in _PHONE.finditer(text):
        written = match["number"].strip()
        digits = re.sub(r"(?<=\d)\s?\(0\)|[^\d+]", "", written)
        local = re.fullmatch(r"\d{3}[ .-]\d{4}", written)
        plausible = _PLAUSIBLE.fullmatch(digits) is not None or local is not None
        value = digits + (f" x{match['extension']}" if match["extension"] else "")
        good = 7 <= len(digits.strip("+")) <= 15
        sure = plausible and (not written.isdigit() or len(digits) == 10)
        yield Mention(match.start(), match.end(), value, "" if good else NOT_PHONE, sure and good)


# --- addresses ---

_STREET_WORD: Final = (
    r"(?:street|st|avenue|ave|av|road|rd|lane|ln|drive|dr|boulevard|blvd|court|ct|way|terrace|ter|place|pl|square|sq"
    r"|parkway|pkwy|highway|hwy|circle|cir|trail|trl|crescent|close|row|broadway|alley|plaza|mews|grove|loop|pike"
    r"|(?-i:View|Hill|Gardens?|Heights|Walk|Quay|Wharf|Park|Green|Crest|Point|Ridge|Run|Path|Yard|Rise|Vale))"
)
_UNIT: Final = r"(?:,?\s*(?:(?:apt|apartment|unit|suite|ste|floor|fl|room|rm|flat)\b\.?\s*#?|#)\s*[\w-]{1,8})"
_STREET_BEFORE: Final = (
    r"(?:rue|avenue|boulevard|place|quai|chemin|impasse|route|cours|via|viale|piazza|corso|calle|avenida|plaza|paseo"
    r"|rua|travessa|praça)"
)
_STREET_INSIDE: Final = (
    r"[^\W\d_]{2,24}(?:straße|strasse|str\.?|weg|platz|gasse|allee|damm|ufer|straat|laan|gracht|gatan|vägen|vej|gade)"
)
_NO_STREET: Final = r"(?:days?|hours?|weeks?|months?|years?|times?|minutes?|people|of|or|in)"
STREET: Final = (
    rf"(?:(?:(?:flat|apt|unit|suite)\s[\w-]{{1,6}},?\s)?\d{{1,6}}(?:-\d{{1,5}}|"
    rf"[a-z])?(?:\s\d/\d)?\s+(?!{_NO_STREET}\b)(?:[\w.'-]{{1,30}}\s+){{0,5}}"
    rf"{_STREET_WORD}\b\.?(?:\s+(?:n|s|e|w|ne|nw|se|sw|north|south|east|west)\b\.?)?{_UNIT}?|"
    rf"p\.?\s?o\.?\s?box\s+\d{{1,8}}"
    rf"|\d{{1,4}}(?:\s?(?:bis|[a-d]))?,?\s+{_STREET_BEFORE}(?:\s+[\w.'-]{{1,30}}){{1,5}}"
    rf"|(?-i:(?=[A-Z])){_STREET_BEFORE}(?:\s+[\w.'-]{{1,30}}){{1,4}},?\s+\d{{1,4}}\b"
    rf"|{_STREET_INSIDE}\s\d{{1,4}}(?:\s?[a-d])?\b)"
)
ZIP: Final = r"(?:\d{5}(?:-\d{4})?|[a-z]\d[a-z]\s?\d[a-z]\d|[a-z]{1,2}\d[a-z\d]?\s?\d[a-z]{2})"
_PROPER: Final = r"(?!(?:and|but|please|thanks)\b)(?-i:[A-Z])(?:[^\W\d]|[.'-]){0,30}(?!\w)"
_CODE_AND_TOWN: Final = rf"(?:[a-z]{{1,2}}-)?\d{{4,6}}\s+{_PROPER}(?:\s+{_PROPER}){{0,2}}"  # "10115 Berlin"
_ADDRESS: Final = _re(
    rf"(?<![\w.$-]){STREET}(?:,?\s+{_PROPER}(?:\s+{_PROPER}){{0,3}}){{0,4}}(?:,?\s+(?:in\s+)?(?:{_CODE_AND_TOWN}|{ZIP}(?!\w)))?"
    rf"(?:,\s*{_PROPER}(?:\s{_PROPER}){{0,2}})?"
)


def _addresses(slot: Slot, text: str) -> Iterator[Mention]:
    for match in _ADDRESS.finditer(text):
        yield Mention(match.start(), match.end(), re.sub(r"\s+", " ", match[0]).rstrip(" .,"))


# --- numbers ---

_TIME_AFTER: Final = _re(
    r"\s?(?:(?P<unit>days?|weeks?|months?|years?|hours?|minutes?|times)|am|pm|a\.m|p\.m|o'clock"
    r"|(?:this|in the) (?:morning|afternoon|evening))\b"
)


def _numbers(slot: Slot, text: str) -> Iterator[Mention]:
    """The numbers that do not tell a time, unless the slot itself speaks of days, weeks and the like."""
    for mention in find_numbers(text):
        time = _TIME_AFTER.match(text, mention.end)
        if not time or re.search(rf"\b(?:long|duration|age|term|{(time['unit'] or 'time').rstrip('s')})", slot.words):
            yield mention


# --- ids ---

_ID: Final = _re(r"(?<![\w@.$€£/-])#?(?P<id>[a-z0-9](?:[a-z0-9]|[-_./](?=[a-z0-9])){0,40})(?![\w@-])")
_ID_WORD: Final = r"(?:id|number|no|nr|code|ref(?:erence)?|account|acct|order|invoice|case|booking|confirmation|pin)"
_ID_CUE: Final = _re(
    rf"(?:#|\b{_ID_WORD}(?:\s{_ID_WORD})?\b\.?(?:\s?(?:is|was|would be|:|=|'s|it's|-)\s?){{0,2}})\s?#?$"
)


def cued(text: str, at: int) -> bool:
    """Whether the words before a place say that an ID stands there ("ref", "order number is")."""
    return bool(_ID_CUE.search(text[max(0, at - 40) : at]))


_ID_GROUPS: Final = _re(
    rf"\b{_ID_WORD}\b\.?\s?(?:is|was|:|=|#)?\s?(?P<id>\d{{2,6}}(?:[ ]\d{{2,6}}){{1,5}})(?![\w.,-])"
)
_DIGIT_GROUPS: Final = re.compile(
    r"(?<![\w+.$(-])(?P<id>(?:(?!NO|ID|NR|ON|IN|IS|AT|MY|OF|IT|TO|PO)[A-Z]{2} )?"
    r"(?=(?: ?\d){5})\d{2,6}(?: \d{2,6}){1,5})(?![\w,-]|\.\d)"
)
_ID_LETTERS: Final = re.compile(r"\b(?i:id|code|number|reference)\s?(?:is|:|=)\s?(?P<id>[A-Z]{4,12})\b")
_SHORT_ID: Final = re.compile(r"[A-Z]{1,3}-?\d")  # "PR7", "B2"
_UNIT_AFTER: Final = _re(
    r"\s?(?:%|(?:days?|weeks?|months?|years?|hours?|hrs?|min(?:ute)?s?|sec(?:ond)?s?|times?|people|users?|seats?"
    r"|licen[cs]es?|employees|am|pm|a\.m|p\.m|o'clock|dollars?|usd|euros?|gb|mb|percent|nights?|of us)\b)"
)
_YEAR_BEFORE: Final = _re(r"\b(?:in|since|of|until|before|after|during|early|late|year|\w{3,9} \d\d?,?)\s$")
_YEAR: Final = re.compile(r"(?:19|20)\d\d")
_WHOLE_PATTERN: Final = re.compile(r"^\^|(?<!\\)\$$")


@lru_cache(maxsize=256)
def _compiled(pattern: str) -> re.Pattern[str] | None:
    """The pattern of an ID without its anchors, or None where there is none that can be read."""
    try:
        return re.compile(_WHOLE_PATTERN.sub("", pattern)) if pattern else None
    except re.error:
        return None


def _ids(slot: Slot, text: str) -> Iterator[Mention]:
    pattern = _compiled(slot.pattern)
    return _plain_ids(text) if pattern is None else _patterned_ids(pattern, text)


def _patterned_ids(pattern: re.Pattern[str], text: str) -> Iterator[Mention]:
    bounded = re.compile(rf"(?<![\w-])(?:{pattern.pattern})(?![\w@-])", re.IGNORECASE)
    for match in bounded.finditer(text):
        if value := _cased(pattern, match[0]):
            alone = match[0] == text.strip(" .!")
            if not match[0].isalpha() or match[0].isupper() or alone or cued(text, match.start()):
                yield Mention(match.start(), match.end(), value)  # "guests" has six letters too
    tokens = list(re.finditer(r"[\w-]{1,40}", text))[:WINDOWS_MAX]
    for place, first in enumerate(tokens):
        for size in (1, 2, 3):
            window = tokens[place : place + size]
            apart = any(b.start() - a.end() != 1 for a, b in pairwise(window))
            if len(window) < size or apart or not any(char.isdigit() for token in window for char in token[0]):
                continue
            forms = (mark.join(token[0] for token in window) for mark in ("", "-"))
            fit = next(filter(None, (_cased(pattern, form) for form in forms)), None)
            if fit:
                yield Mention(first.start(), window[-1].end(), fit)
    for mention in _plain_ids(text):
        yield Mention(mention.start, mention.end, mention.value, NOT_FORM, sure=False)


def _cased(pattern: re.Pattern[str], value: str) -> str | None:
    """The value as the pattern wants it: as typed, in other letters or dashes; None where it fits in none."""
    dashed = re.sub(r"(?<=[A-Za-z])(?=\d)", "-", value)
    spellings = (value, value.replace("-", ""), dashed)
    forms = (form for plain in spellings for form in (plain, plain.upper(), plain.lower()))
    return next((form for form in forms if form and pattern.fullmatch(form)), None)


def _plain_ids(text: str) -> Iterator[Mention]:
    for pattern in (_ID_GROUPS, _ID_LETTERS, _DIGIT_GROUPS):
        for match in pattern.finditer(text):
            yield Mention(*match.span("id"), match["id"].replace(" ", ""), sure=pattern is not _DIGIT_GROUPS)
    for match in _ID.finditer(text):
        value = match["id"]
        digits = sum(char.isdigit() for char in value)
        before = text[max(0, match.start("id") - 40) : match.start("id")]
        cued = bool(_ID_CUE.search(before)) or match[0].startswith("#")
        if not digits or (not cued and _UNIT_AFTER.match(text, match.end())):
            continue
        letters = any(char.isalpha() for char in value)
        dated = _YEAR.fullmatch(value) is not None and _YEAR_BEFORE.search(before) is not None
        if cued or ((digits >= 3 or (letters and digits >= 2) or _SHORT_ID.fullmatch(value)) and not dated):
            yield Mention(*match.span("id"), value, sure=cued or digits >= 5 or (letters and digits >= 3))


# --- choices ---

_PLAIN_WORDS: Final = frozenset(
    {
        "a",
        "an",
        "and",
        "by",
        "for",
        "in",
        "i",
        "it",
        "my",
        "of",
        "on",
        "one",
        "or",
        "please",
        "the",
        "to",
        "with",
        "we",
    }
    | {"want", "plan", "option", "is", "do", "have", "be", "me", "your", "no", "not", "yes", "would", "like"}
)
_SAME: Final = {
    "yes": {"yes", "yeah", "yep", "yup", "sure", "correct", "definitely", "absolutely", "indeed"},
    "no": {"no", "nope", "nah", "negative", "never"},
}
_NTH: Final = r"first|second|third|fourth|fifth|last|former|latter|1st|2nd|3rd|4th|5th"
_ORDER: Final = (
    "first 1st 1 one a former",
    "second 2nd 2 two b",
    "third 3rd 3 three c",
    "fourth 4th 4 four d",
    "fifth 5th 5",
)
_PLACES: Final = {word: place for place, words in enumerate(_ORDER) for word in words.split()} | {
    "last": -1,
    "latter": -1,
}
_POSITION: Final = _re(
    rf"\bthe\s(?P<the>{_NTH})\b(?!\s(?!one|option|choice|of|please)\w)"
    r"|\b(?:option|choice|number|no\.?)\s?#?(?P<option>[1-5]|[a-d]|one|two|three|four)\b"
    rf"|^\W*(?P<only>{_NTH}|[1-5]|[a-d])\W*$|^\W*(?P<lead>{_NTH})\s(?:one|option|choice)\b"
)


def _choices(slot: Slot, text: str) -> Iterator[Mention]:
    words = list(re.finditer(r"\w+", text))
    said = [match[0].casefold() for match in words]
    wanted = {option: re.findall(r"\w+", option.casefold()) for option in slot.options}
    for option, parts in sorted(wanted.items(), key=lambda item: -len(item[1])):
        for place in range(len(said) - len(parts) + 1) if parts else ():
            if said[place : place + len(parts)] == parts:
                yield Mention(words[place].start(), words[place + len(parts) - 1].end(), option)
    telling = {option: _telling(option, wanted) for option in slot.options}
    near = {word: _meant(word, telling, len(said) <= TYPO_WORDS_MAX) for word in set(said)}
    for option, own in telling.items():
        need = 1 if option.casefold() in _SAME else (len(own) + 1) // 2
        for place, word in enumerate(said):
            if not near[word] & own:
                continue
            within = range(place, min(place + (4 + len(own) if need > 1 else 1), len(said)))
            hits = {own_word: at for at in reversed(within) for own_word in near[said[at]] & own}
            if len(hits) >= need:
                yield Mention(words[place].start(), words[sorted(hits.values())[need - 1]].end(), option)
    for match in _POSITION.finditer(text):
        at = _PLACES[next(filter(None, match.groups())).lower()]
        if at < len(slot.options) and slot.options:
            yield Mention(match.start(), match.end(), slot.options[at])


def _telling(option: str, wanted: Mapping[str, Sequence[str]]) -> frozenset[str]:
    """The words that no other option has, and those that mean the same."""
    others = {word for other, words in wanted.items() if other != option for word in words}
    return frozenset(set(wanted[option]) - others - _PLAIN_WORDS | _SAME.get(option.casefold(), set()))


def _meant(word: str, telling: Mapping[str, frozenset[str]], typos: bool) -> frozenset[str]:
    """The telling words that a word stands for: itself, or those one slip of the finger away."""
    known: frozenset[str] = frozenset().union(*telling.values())
    if word in known or not typos or len(word) < 4:
        return known & {word}
    return frozenset(own for own in known if len(own) >= 5 and _one_slip(word, own))


def _one_slip(one: str, two: str) -> bool:
    start = next((at for at, (a, b) in enumerate(zip(one, two, strict=False)) if a != b), min(len(one), len(two)))
    a, b = one[start:], two[start:]
    return a[1:] == b[1:] or a[1:] == b or a == b[1:] or (a[:2] == b[1::-1] and a[2:] == b[2:])


# --- all of them ---

_RECOGNISERS: Final[Mapping[SlotType, Callable[[Slot, str], Iterator[Mention]]]] = {
    SlotType.EMAIL: _emails,
    SlotType.PHONE: _phones,
    SlotType.NUMBER: _numbers,
    SlotType.MONEY: lambda slot, text: find_money(text),
    SlotType.ADDRESS: _addresses,
    SlotType.ID: _ids,
    SlotType.CHOICE: _choices,
}


def mentions(slot: Slot, text: str, month_first: bool = True) -> tuple[Mention, ...]:
    """Every mention of a slot's type in a folded text, in order, none overlapping; none for free text."""
    if slot.type is SlotType.DATE:
        return tuple(find_dates(text, month_first))
    found: list[Mention] = []
    taken = bytearray(len(text))
    recogniser = _RECOGNISERS.get(slot.type)
    for mention in recogniser(slot, text) if recogniser else ():
        if not any(taken[mention.start : mention.end]):
            taken[mention.start : mention.end] = b"\1" * (mention.end - mention.start)
            found.append(mention)
    return tuple(sorted(found, key=lambda mention: mention.start))


def check_value(slot: Slot, value: Value) -> str | None:
    """Why a value does not fit its slot, in words that go on after "What you gave"; None when it fits."""
    if slot.type in (SlotType.NUMBER, SlotType.MONEY):
        return (
            None if isinstance(value, int | float) and not isinstance(value, bool) and value == value else NOT_NUMBER
        )
    if not isinstance(value, str) or not value.strip():
        return EMPTY
    if slot.type is SlotType.CHOICE:
        return None if value in slot.options else f"is not one of: {', '.join(slot.options)}"
    limit = ADDRESS_MAX if slot.type is SlotType.ADDRESS else TEXT_MAX
    pattern = _compiled(slot.pattern)
    fits = {
        SlotType.ID: (pattern is None or pattern.fullmatch(value) is not None, NOT_FORM),
        SlotType.PHONE: (re.fullmatch(r"\+?\d{7,15}(?: x\d{1,6})?", value) is not None, NOT_PHONE),
        SlotType.DATE: (is_date(value), NOT_DATE),
        SlotType.EMAIL: (_email_problem(value) is None, NOT_EMAIL),
    }
    good, problem = fits.get(slot.type, (len(value) <= limit, f"is longer than {limit} characters"))
    return None if good else problem


def _email_problem(value: str) -> str | None:
    local = value.partition("@")[0]
    good = _EMAIL.fullmatch(value) and ".." not in value and " " not in value and not local.endswith(".")
    return None if good and len(value) <= EMAIL_MAX and len(local) <= 64 else NOT_EMAIL
