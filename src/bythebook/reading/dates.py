"""Dates and numbers as customers write them, read without a clock.

A small reader of our own: it must give the same date on every machine, and must say what is missing ("tomorrow",
"March 4") where a library would guess it from today's date. Numbers are here because spoken dates are made of them.
"""

import datetime
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from bythebook.routine.value import Value

NO_YEAR: Final = "needs the year too"
NO_DAY: Final = "needs the day too"
NOT_A_DAY: Final = "is not a day in the calendar"
NOT_PLAIN: Final = "needs to be a day, month and year"

YEAR_MIN: Final = 1900
YEAR_MAX: Final = 2100
CENTURY_TURNS: Final = 50  # two-digit years below it are 20xx, the others 19xx


@dataclass(frozen=True, slots=True)
class Mention:
    """A value in a message, or why it is none; `sure` when its form alone tells its type."""

    start: int
    end: int
    value: Value
    problem: str = ""
    sure: bool = True


def _re(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


# --- folding ---

_PLAIN: Final = {
    **dict.fromkeys("‘’ʼ´′`", "'"),
    **dict.fromkeys("“”„″«»", '"'),
    "\u2212": "-",
    "＠": "@",
    "．": ".",
    "ſ": "s",
    "ı": "i",
    "İ": "I",
    "\u212a": "K",  # a pattern that ignores case takes them for these letters
}
_UNSEEN: Final = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060\ufeff]")


def fold(text: str) -> str:
    """The text with plain digits, quotes, dashes and spaces, and nothing invisible."""
    text = _UNSEEN.sub("", text)
    return text if text.isascii() else text.translate({ord(char): _folded(char) for char in set(text)})


def _folded(char: str) -> str:
    category = unicodedata.category(char)
    if category == "Nd":
        return str(unicodedata.decimal(char))
    if category in ("Zs", "Pd"):
        return " " if category == "Zs" else "-"
    return _PLAIN.get(char, char)


# --- numbers and money ---

DIGIT_WORDS: Final = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_TEENS: Final = (
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
)
_TENS: Final = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_NUMBERS: Final = (
    {word: number for number, word in enumerate((*DIGIT_WORDS, *_TEENS))}
    | {word: 20 + 10 * number for number, word in enumerate(_TENS)}
    | {"fourty": 40, "dozen": 12, "couple": 2}
)
_SCALES: Final = {"hundred": 100, "thousand": 1_000, "k": 1_000, "grand": 1_000, "million": 1_000_000, "m": 1_000_000}
_NUMBER_WORD: Final = f"(?:{'|'.join(_NUMBERS)}|hundred|thousand|million)"
_WRITTEN: Final = (
    r"(?P<digits>[-+]?(?:\d{1,3}(?:[,. ']\d{3}){1,5}(?!\d)(?:[.,](?:\d{1,2}|-+(?!\w)))?|\d{1,15}(?:[.,]\d{1,6})?"
    r"|\.\d{1,6}))(?!\d)"
    r"(?:\s?(?P<scale>k|m|hundred|thousand|grand|million)\b)?"
)
_IN_WORDS: Final = (
    rf"(?P<words>(?:an?\s+(?=hundred|thousand|million|dozen))?{_NUMBER_WORD}"
    rf"(?:(?:\s+and\s+|\s*-\s*|\s+){_NUMBER_WORD}){{0,12}})\b"
)
_NUMBER: Final = _re(
    rf"(?<![\w.,:/@#$-])(?<!few )(?<!several )(?<!half )(?<!half a )(?<!\d )"
    rf"(?:{_WRITTEN}(?!\w|[:/.@-]\w|,\d|st\b|nd\b|rd\b|th\b)"
    rf"|{_IN_WORDS}(?!-?\s?(?:st|nd|rd|th)\b))"
)
_COUNTED_ONE: Final = _re(
    r"(?:^|[^\w\s]|\b(?:just|only|need|want|have|has|is|it's|about|for|no|to|get|of|order|add|say|not|or|and|"
    r"exactly))\s*$"
)
_AMOUNT: Final = rf"(?:{_WRITTEN}|{_IN_WORDS})"
_CURRENCY: Final = r"(?:dollars?|bucks?|usd|euros?|eur|pounds?|gbp|quid|cad|aud|chf|yen|jpy|rupees?|inr)\b"
_MONEY: Final = _re(
    rf"(?:(?<!\w)(?:us|ca|au)?[$€£¥₹]\s?|\b(?:usd|eur|gbp|cad|aud|chf|jpy|inr|fr\.?)\s?){_WRITTEN}(?!\w)"
    rf"|(?<![\w.,$-]){_AMOUNT.replace('?P<digits>', '?P<digits2>').replace('?P<scale>', '?P<scale2>')}"
    rf"\s?(?:[$€£¥₹]|{_CURRENCY})(?:\s+and\s+(?P<cents>\d\d?|[a-z]+(?:[ -][a-z]+)?)\s+(?:cents|pence))?"
)

_GROUPING: Final = re.compile("[., ']")


def _plain_number(digits: str, scale: str | None) -> int | float:
    digits = digits.rstrip("-").rstrip(".,") if digits.endswith("-") else digits  # "1'200.-" has no cents
    mark = max(digits.rfind("."), digits.rfind(","))
    decimals = len(digits) - mark - 1
    grouped = mark >= 0 and decimals == 3 and (digits[mark] == "," or digits.count(".") > 1)
    if mark < 0 or grouped:
        number: int | float = int(_GROUPING.sub("", digits))
    else:
        number = float(f"{_GROUPING.sub('', digits[:mark])}.{digits[mark + 1 :]}")
    number *= _SCALES[scale.lower()] if scale else 1
    return int(number) if number == int(number) else number


def number_in_words(words: str) -> int | None:
    """What a number in words ("two hundred and five") amounts to, or None when they are not one number."""
    if words.isdigit():
        return int(words)
    total = part = 0
    for word in re.findall("[a-z]+", words.lower()):
        if word in ("and", "a", "an"):
            continue
        if word in ("hundred", "thousand", "million"):
            part = max(part, 1) * _SCALES[word]
            total, part = (total, part) if word == "hundred" else (total + part, 0)
        elif word == "dozen":
            part = max(part, 1) * 12
        elif word not in _NUMBERS:
            return None
        elif part % 100 == 0 or (part % 100 >= 20 and part % 10 == 0 and 0 < _NUMBERS[word] < 10):
            part += _NUMBERS[word]
        else:
            return None
    return total + part


def _amount(match: re.Match[str]) -> int | float | None:
    parts = match.groupdict()
    digits = parts["digits"] or parts.get("digits2")
    if digits is None:
        return number_in_words(match["words"])
    return _plain_number(digits, parts["scale"] or parts.get("scale2"))


def find_numbers(text: str) -> Iterator[Mention]:
    """The numbers of a text, in digits or in words."""
    for match in _NUMBER.finditer(text):
        value = _amount(match)
        counts = match[0].lower() != "one" or _COUNTED_ONE.search(text[max(0, match.start() - 12) : match.start()])
        if value is not None and counts:
            yield Mention(match.start(), match.end(), value)


def find_money(text: str) -> Iterator[Mention]:
    """The sums of money of a text, then its plain numbers, which may be sums as well."""
    for match in _MONEY.finditer(text):
        value = _amount(match)
        if value is not None:
            cents = number_in_words(match["cents"]) if match["cents"] else None
            yield Mention(match.start(), match.end(), round(value + cents / 100, 2) if cents else value)
    yield from (replace(number, sure=False) for number in find_numbers(text))


_DIGIT: Final = {word: str(number) for number, word in enumerate(DIGIT_WORDS)} | {"oh": "0"}
_SPOKEN_DIGIT: Final = rf"(?:(?:double|triple)\s+)?(?:{'|'.join(_DIGIT)}|\d{{1,4}})\b"
_SPOKEN_RUN: Final = _re(
    rf"(?<![\w'-])(?:(?-i:[A-HJ-Z])[ -]+){{0,4}}(?:(?-i:[A-Z]{{2,5}})[ -]+)?(?:(?:dash|hyphen)\s+)?{_SPOKEN_DIGIT}"
    rf"(?:[ ,.-]{{1,3}}(?:(?:dash|hyphen)\s+)?{_SPOKEN_DIGIT}){{2,24}}(?![\w'])"
)
_SPOKEN_DASH: Final = _re(
    r"(?<!\w)(?=\w{0,7}\d|\w{1,8} \w{4,6} \w{0,11}\d)(\w{1,8}) (?:dash|hyphen) (\w{1,12})(?!\w)"
)


def spoken(text: str) -> str:
    """The text with digits that are spelled out as digits, each run as long as it was."""
    return _SPOKEN_DASH.sub(lambda pair: f"{pair[1]}-{pair[2]}".ljust(len(pair[0])), _SPOKEN_RUN.sub(_run, text))


def _run(match: re.Match[str]) -> str:
    words = re.findall(r"[A-Za-z]+|\d+", match[0])
    if not any(word.lower() in _DIGIT for word in words):
        return match[0]
    digits, times = "", 1
    for word in words:
        if word.lower() in ("double", "triple"):
            times = 2 if word.lower() == "double" else 3
        else:
            digits += "-" if word.lower() in ("dash", "hyphen") else _DIGIT.get(word.lower(), word) * times
            times = 1
    return digits.ljust(len(match[0]))


# --- dates ---

_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH: Final = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_ORDINALS: Final = (
    *("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh"),
    *("twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth"),
    "twentieth",
    *(f"twenty-{unit}" for unit in ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth")),
    *("twenty-ninth", "thirtieth", "thirty-first"),
)
_SPOKEN_DAY: Final = "|".join(word.replace("-", "[ -]") for word in reversed(_ORDINALS))
_DAY: Final = rf"(?P<day>\d{{1,2}}(?!\d)(?:\s?(?:st|nd|rd|th)\b)?|(?:{_SPOKEN_DAY})\b)"
_TAIL: Final = (
    rf"(?:(?:{'|'.join(_TENS)})(?:[ -](?:{'|'.join(DIGIT_WORDS[1:])}))?|{'|'.join(_TEENS)}"
    rf"|(?:oh[ -])?(?:{'|'.join(DIGIT_WORDS[1:])}))\b"
)
_SPOKEN_YEAR: Final = rf"(?:nineteen|twenty|two thousand(?: and)?)[ -]{_TAIL}"
_YEAR: Final = rf"(?P<year>\d{{4}}(?![\d:])|'\d\d\b|(?:{_SPOKEN_YEAR})\b)"
_NEXT: Final = r"(?:\s*,\s*|\s+(?:of\s+|in\s+)?|\s*-\s*)"
_START: Final = r"(?<![\w./:$#-])"
_END: Final = r"(?![\w/]|[-.:]\d)"
_NOTHING_COUNTED: Final = (
    r"(?!\s+(?!(?:at|in|on|and|but|for|with|to|from|by|of|please|thanks|i|we|my|our|the)\b)[a-z%])"
)

# Each form: its pattern, and what is wrong with it where it is not a whole date. Earlier forms win.
_FORMS: Final = tuple(
    (re.compile(pattern, re.IGNORECASE), problem)
    for pattern, problem in (
        (rf"{_START}(?P<year>\d{{4}})([-/.])(?P<month>\d\d?)\2(?P<day>\d\d?)(?:T\d\d:\d\d\S{{0,20}})?{_END}", ""),
        (
            rf"{_START}(?P<one>\d\d?)\s?(?P<mark>[-/.])\s?(?P<two>\d\d?)\s?(?P=mark)\s?(?P<year>\d{{4}}|\d\d){_END}",
            "",
        ),
        (rf"{_START}{_MONTH}\s*(?:the\s+)?{_DAY}{_NEXT}{_YEAR}", ""),
        (rf"{_START}{_DAY}(?:\s+(?:day\s+)?(?:of\s+)?|\s*-\s*){_MONTH}{_NEXT}{_YEAR}", ""),
        (rf"{_START}(?P<year>\d{{4}})\s+{_MONTH}\s+{_DAY}", ""),
        (rf"{_START}{_DAY}-{_MONTH}-(?P<year>\d\d){_END}", ""),
        (rf"{_START}{_DAY}\s+{_MONTH}\s+(?P<year>\d\d){_END}{_NOTHING_COUNTED}", ""),
        (r"\A\W*(?P<year>(?:19|20)\d\d)(?P<month>[01]\d)(?P<day>[0-3]\d)\W*\Z", ""),
        (rf"{_START}{_DAY}\s+(?:of\s+)?{_MONTH}", NO_YEAR),
        (rf"{_START}{_MONTH}\s+{_YEAR}", NO_DAY),
        (rf"{_START}{_MONTH}\s+(?:the\s+)?{_DAY}", NO_YEAR),
        (rf"{_START}(?:1[0-2]|0?[1-9])/(?:3[01]|[12]\d|0?[1-9]){_END}", NO_YEAR),
        (
            r"\b(?:(?:the\s+)?day\s+(?:after|before)\s+)?(?:today|tomorrow|yesterday|tonight)\b"
            r"|\b(?:(?:next|last|this|coming|on)\s+)(?:week|month|year|(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b"
            r"|\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b(?!,?\s+(?:the\s+)?(?:\d|[a-z]{3,9}\s+\d))"
            r"|\b(?:an?|\d{1,3}|one|two|three|four|five|six)\s+(?:days?|weeks?|months?)\s+(?:ago|from now)\b"
            r"|\bin\s+(?:an?|\d{1,3}|one|two|three|four|five|six)\s+(?:days?|weeks?|months?)\b",
            NOT_PLAIN,
        ),
    )
)


def find_dates(text: str, month_first: bool = True) -> Iterator[Mention]:
    """The dates of a text, in order; `month_first` reads 3/4/2025 as the fourth of March."""
    found: list[Mention] = []
    taken = bytearray(len(text))
    for pattern, problem in _FORMS:
        for match in pattern.finditer(text):
            if not any(taken[match.start() : match.end()]):
                taken[match.start() : match.end()] = b"\1" * (match.end() - match.start())
                found.append(_dated(match, problem, month_first))
    yield from sorted(found, key=lambda dated: dated.start)


def is_date(text: str) -> bool:
    """Whether a text is an ISO date within the years that are read."""
    try:
        return len(text) == 10 and YEAR_MIN <= datetime.date.fromisoformat(text).year <= YEAR_MAX
    except ValueError:
        return False


def _dated(match: re.Match[str], problem: str, month_first: bool) -> Mention:
    if problem:
        return Mention(match.start(), match.end(), "", problem)
    parts = match.groupdict()
    if parts.get("one"):
        month, day = _ordered(int(parts["one"]), int(parts["two"]), month_first and parts["mark"] != ".")
    else:
        month, day = _month(parts["month"]), _day(parts["day"])
    iso = f"{_year(parts['year']):04}-{month:02}-{day:02}"
    return Mention(match.start(), match.end(), *((iso, "") if is_date(iso) else ("", NOT_A_DAY)))


def _ordered(one: int, two: int, month_first: bool) -> tuple[int, int]:
    """Month and day of two numbers; a number over 12 is the day, wherever it stands."""
    month, day = (one, two) if month_first else (two, one)
    return (day, month) if month > 12 >= day else (month, day)


def _month(text: str) -> int:
    return int(text) if text.isdigit() else _MONTHS.index(text[:3].lower()) + 1


def _day(text: str) -> int:
    digits = re.match(r"\d+", text)
    return int(digits[0]) if digits else _ORDINALS.index(text.lower().replace(" ", "-")) + 1


def _year(text: str) -> int:
    if text[-1].isdigit():
        year = int(text.strip("'"))
        return year if year > 99 else year + (2000 if year < CENTURY_TURNS else 1900)
    century = 1900 if text.lower().startswith("nineteen") else 2000
    tail = re.sub(r"^(?:nineteen|twenty|two thousand(?: and)?)[ -](?:oh[ -])?", "", text.lower())
    return century + (number_in_words(tail) or 0)
