"""Whether digits are a private number: checksums and ranges keep order numbers, versions and placeholders out.

Each check takes a matched value and returns the parts of it, as (start, end), that are the private value.
"""

import re
from collections.abc import Iterable
from itertools import accumulate
from typing import Final

from bythebook.reading.masking_names import Spans

# Prefixes and lengths as the networks publish them (ISO/IEC 7812 issuer ranges).
_BRANDS: Final = re.compile(
    r"""4(?:\d{12}|\d{15}|\d{18})                                      # Visa
    |(?:5[1-5]\d\d|222[1-9]|22[3-9]\d|2[3-6]\d\d|27[01]\d|2720)\d{12}  # Mastercard
    |3[47]\d{13}                                                       # American Express
    |3(?:0[0-59]\d|[689]\d\d)\d{10}                                    # Diners Club
    |(?:6011|64[4-9]\d|65\d\d|62\d\d|81\d\d|35(?:2[89]|[3-8]\d))\d{12,15}  # Discover, UnionPay, JCB
    |(?:50\d\d|5[6-8]\d\d|60\d\d|63\d\d|67\d\d)\d{9,15}                # Maestro, RuPay
    """,
    re.VERBOSE,
)
_CARD_DIGITS: Final = range(13, 20)
_DIGITS: Final = re.compile(r"\d+")
_ORDINAL: Final = re.compile(r"(?<=\d)(?:st|nd|rd|th)")


def _sums(numbers: Iterable[int]) -> list[int]:
    return list(accumulate(numbers, initial=0))


def cards(run: str) -> Spans:
    """Every stretch of whole digit groups that has a card's prefix and length and passes the Luhn check."""
    groups = [(found.start(), found.end()) for found in _DIGITS.finditer(run)]
    digits = "".join(run[start:end] for start, end in groups)
    places = _sums(end - start for start, end in groups)
    plain = [int(digit) for digit in digits]
    doubled = [digit * 2 - 9 * (digit > 4) for digit in plain]
    # Running sums, once with the digits at even indices doubled, once with those at odd ones.
    sums = [_sums(doubled[i] if i % 2 == parity else digit for i, digit in enumerate(plain)) for parity in (0, 1)]
    found: list[tuple[int, int]] = []
    for first, start in enumerate(places[:-1]):
        for last in range(first + 1, min(first + _CARD_DIGITS[-1], len(groups)) + 1):
            end = places[last]
            luhn = sums[end % 2]
            passes = (luhn[end] - luhn[start]) % 10 == 0
            if passes and end - start in _CARD_DIGITS and _BRANDS.fullmatch(digits, start, end):
                found.append((groups[first][0], groups[last - 1][1]))
    return tuple(found)


def social_security(value: str) -> Spans:
    """Refuses what was never issued (areas 000, 666, 9xx; group 00; serial 0000) and one digit nine times."""
    digits = "".join(_DIGITS.findall(value))
    area, group, serial = digits[:3], digits[3:5], digits[5:]
    unissued = area in ("000", "666") or area[0] == "9" or group == "00" or serial == "0000"
    return () if unissued or len(set(digits)) == 1 else ((0, len(value)),)


def record_number(value: str) -> Spans:
    """Enough digits to be a number, not a count or a placeholder."""
    digits = "".join(_DIGITS.findall(value))
    enough = len(digits) >= 3 or (len(digits) == 2 and len(value) >= 4)
    return ((0, len(value)),) if enough and set(digits) != {"0"} else ()


def date(value: str) -> Spans:
    """A day that a calendar could hold, in either order of day and month; a named month is taken at its word."""
    parts = _DIGITS.findall(value)
    if len(parts) == 1 and len(parts[0]) == 8:
        whole = parts[0]
        year_first = whole[:2] in ("19", "20")
        parts = [whole[4:6], whole[6:]] if year_first else [whole[:2], whole[2:4]]
    numbers = [int(part) for part in parts]
    if any(char.isalpha() for char in _ORDINAL.sub("", value)):
        return ((0, len(value)),) if numbers[0] > 0 else ()
    if numbers[0] > 31:
        numbers = numbers[1:]
    possible = 1 <= min(numbers[:2]) <= 12 and max(numbers[:2]) <= 31
    return ((0, len(value)),) if possible else ()
