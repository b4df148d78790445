"""What a message gives beyond the value that was asked for: those asked for next, and a code out of its sentence.

Customers who know what they will be asked say it all at once ("Ann Lee, AB123, 4 May"), put a code into a sentence
("the last four are 4242"), and ask where a thing is to be found instead of saying that they do not have it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Final, TypeAlias

from bythebook.reading.assent import answers
from bythebook.reading.common import FUNCTION_WORDS, listed
from bythebook.reading.slot_answers import kinds
from bythebook.reading.slot_beside import parted
from bythebook.reading.slot_parts import types_of
from bythebook.reading.slots import NOT_GIVEN, Found, check_value, read_slots
from bythebook.routine.model import Slot, SlotType
from bythebook.routine.value import Value

Read: TypeAlias = Callable[[str, Sequence[Slot], Sequence[Slot]], Found]

AHEAD_MAX: Final = 6
"""Values that a message may give besides the one asked for."""

SENTENCE_WORDS_MAX: Final = 14
"""Words of a sentence that a code is taken from."""

LEFT_WORDS_MAX: Final = 5
"""Words beside several values; beside an address any word may be a part of it."""

_WORD: Final = re.compile(r"[^\W\d_]{3,}")
_BESIDE: Final = listed(
    """
    hello dear name names email mail phone number booking reference code date address account card here are yes sure
    please thanks thank you january february march april may june july august september october november december
    jan feb mar apr jun jul aug sep sept oct nov dec monday tuesday wednesday thursday friday saturday sunday
    """
)
"""What stands beside values in a list of them."""

_IDENTIFYING: Final = re.compile(
    r"\b(?:id|ids|identit\w+|identif\w+|security|verification|account|number|digits|code|pin|reference|credentials?)\b",
    re.I,
)
"""Values of which only the code counts, not the words around it."""

_CODE: Final = re.compile(
    r"(?:.*\b(?:is|are|was|be|ends? (?:in|with)|ending (?:in|with)|(?:last|first) (?:four|4|three|3|two|2|six|6)"
    r"(?: digits)?)|.*:)\s*(?:the\s|#\s?)?(?P<code>[\w-]*\d[\w-]*)[\s.!]*(?:i (?:think|believe|guess)|please|thanks)?"
    r"[\s.!]*",
    re.I | re.S,
)
ASSENT_WORDS_MAX: Final = 4
"""Words of an assent that is no value."""

PARTS_MAX: Final = 4
"""Parts of a message that are looked at one by one."""

_PARTS: Final = re.compile(
    r"[.!?;\n]+\s+|,\s+(?:and|but|btw|by the way)\s+|\s+(?:and|but)\s+(?:btw|by the way)\s+", re.I
)
_CORRECTS: Final = re.compile(
    r"\b(?:sorry|oops|wait|actually|correction|i mean|i meant|my (?:bad|mistake)|no,|rather|should (?:be|have been)"
    r"|typo|wrong|mistyped|misspel\w+)\b,?",
    re.I,
)
CODE_CHARACTERS_MIN: Final = 3
_TOKEN: Final = re.compile(r"[\w-]*\d[\w-]*")
_WAVERS: Final = re.compile(
    r"\W*(?:maybe|perhaps|possibly|whatever|hmm?|dunno|no idea|not sure|we['’]?ll see)\W*", re.I
)
"""What answers nothing."""

_FAULT: Final = re.compile(r"\W*(?:wrong|incorrect|false)\s(?!(?:one|answer|number|again|sorry)\b)[^\W\d_]{3,}", re.I)
"""What names a fault ("wrong size"), and says no to nothing."""

_LAST: Final = re.compile(r"\b(?:last|final|first)\b.*\b(?:digits?|numbers?|characters?|letters?)\b", re.I)
_SPACED: Final = re.compile(r"\W*\d(?:[ .,-]{1,2}\d){2,7}\W*")
_CODES: Final = re.compile(r"(?<![\w@.-])(?=[A-Z-]*\d)[A-Z\d][A-Z\d-]{3,19}(?![\w@-])")
"""Words in capitals and digits that can be nothing but codes."""

_ENDS: Final = re.compile(
    r"\b(?:(?:ends?|ending|finishes|last (?:four|4|three|3|digits?|ones?)(?: digits?)?|begins?|starts?)\s*"
    r"(?:in|on|with|is|are|:)?)\s*(?P<code>[A-Z\d-]*\d[A-Z\d-]*)\b",
    re.I,
)
_ABSENT: Final = re.compile(
    r"\b(?:don['’]?t|do not|haven['’]?t|have not|can['’]?t|cannot|can not|couldn['’]?t|didn['’]?t|not|no|without)\b"
    r"[^.?!]{0,60}\b(?:with me|on me|at hand|to hand|handy|nearby|in front of me|by me|any ?more|by heart"
    r"|(?:right )?now|at the moment|here)\W*$"
    r"|\b(?:left|forgot|have) (?:it|that|my \w+|the \w+)(?: \w+)? (?:at|back) (?:home|work|the office)\b",
    re.I,
)
_UNKNOWN: Final = re.compile(
    r"\b(?:don['’]?t|do not|can['’]?t|cannot|can not|couldn['’]?t|didn['’]?t|did not|no longer)\s"
    r"(?:really |even |actually )?(?:have|know|remember|recall|find|see|read)\s"
    r"(?:(?:the|my|that|this|any|a|an|of)\s)*(?:numbers?|codes?|digits?|ids?|references?|pin|details?|card|letter|"
    r"documents?|receipt|confirmation|contract)\b",
    re.I,
)
_WHERE: Final = re.compile(
    r"\b(?:where|how)\b[^.?!]{0,20}\b(?:find|see|get|look(?: up| for)?|locate|know|is|are|would)\b(?P<what>[^.?!]*)",
    re.I,
)
_IT: Final = re.compile(r"\b(?:it|that|this|one|them|those|these)\b", re.I)


def read_given(text: str, wanted: Sequence[Slot], known: Sequence[Slot], month_first: bool = True) -> Found:
    """Return what `read_slots` finds, and what else the message gives or tells of the value that is asked for."""

    def read(words: str, asked: Sequence[Slot], others: Sequence[Slot] = ()) -> Found:
        return read_slots(words, asked, others, month_first)

    if not wanted:
        found = read(text, wanted, known)
        return found if found.values else _ending(text, known, told=True) or _amended(read, text, found, known)
    rest, asked = parted(text, wanted)
    if asked or rest != text:
        found = _answered(read, rest, wanted, known)
        if any(slot.name in found.values for slot in wanted):
            return replace(found, asked=asked, given=rest)
    return _answered(read, text, wanted, known)


def _answered(read: Read, text: str, wanted: Sequence[Slot], known: Sequence[Slot]) -> Found:
    """Return what a message gives where values are asked for."""
    found = read(text, wanted, known)
    if not any(char.isdigit() for char in text):
        if _absent(text, wanted):
            return _without(found, wanted, NOT_GIVEN)
        if all(_is_assent(found.values.get(slot.name)) for slot in wanted):
            return _without(found, wanted)
    several = _several(read, text, wanted, known)
    if several is not None:
        found = several
    elif not found.values:
        found = _ending(text, wanted) or _in_a_part(read, text, wanted, known) or found
        found = _amended(read, text, found, known)
    else:
        found = replace(found, values={**_codes_left(text, found, wanted), **found.values})
    values = {name: _code(value, name, wanted) for name, value in found.values.items()}
    return replace(found, values=_apart(values, wanted))


def _without(found: Found, wanted: Sequence[Slot], why: str = "") -> Found:
    """Return what was found without whole answers that are no value."""
    free = {slot.name for slot in wanted if slot.type in (SlotType.TEXT, SlotType.ADDRESS)}
    kept = {name: value for name, value in found.values.items() if name not in free}
    missing = {slot.name: why for slot in wanted if slot.name not in kept} if why else {}
    return Found(kept, {**found.problems, **missing})


def _is_assent(value: Value) -> bool:
    """Whether words taken for a value only agree or refuse ("go on")."""
    if not isinstance(value, str) or len(value.split()) > ASSENT_WORDS_MAX:
        return False
    if _FAULT.match(value):
        return False
    return answers(value) is not None or _WAVERS.fullmatch(value) is not None


def _several(read: Read, text: str, wanted: Sequence[Slot], known: Sequence[Slot]) -> Found | None:
    """Return the values of the next questions too, where a message lists them."""
    ahead = _ahead(wanted, known)
    for count in range(min(AHEAD_MAX, len(ahead)), 0, -1):
        slots = (*wanted, *ahead[:count])
        found = read(text, slots, tuple(slot for slot in known if slot not in slots))
        whole = all(slot.name in found.values for slot in slots)
        coded = (slot for slot in ahead[:count] if slot.type is SlotType.TEXT and not _has_form(slot))
        if whole and _parted(found, slots, text) and all(_TOKEN.fullmatch(str(found.values[s.name])) for s in coded):
            return found
    return None


def _in_a_part(read: Read, text: str, wanted: Sequence[Slot], known: Sequence[Slot]) -> Found | None:
    """Return the code that one sentence of a message gives where another asks something."""
    parts = [part for part in _PARTS.split(text) if part.strip()]
    if len(wanted) > 1 or not 1 < len(parts) <= PARTS_MAX or not _takes_code(wanted[0]):
        return None
    for part in parts:
        found = read(part, wanted, known)
        value = found.values.get(wanted[0].name)
        if value is not None and any(char.isdigit() for char in str(value)):
            return found
    return None


def _ending(text: str, slots: Sequence[Slot], *, told: bool = False) -> Found | None:
    """Return the last digits of a number, where just those are asked for or `told`: "it ends in 4242"."""
    last = [slot for slot in slots if _LAST.search(slot.words)]
    if len(last) != 1 or not (told or len(slots) == 1):
        return None
    spaced = _SPACED.fullmatch(text) if not told else None
    code = _ENDS.search(text)
    value = re.sub(r"\D", "", spaced[0]) if spaced is not None else code["code"] if code is not None else ""
    if not value or check_value(last[0], value) is not None:
        return None
    return Found({last[0].name: value}, {})


def _codes_left(text: str, found: Found, wanted: Sequence[Slot]) -> dict[str, Value]:
    """Return the codes beside those found, in their order, where just so many are still asked for."""
    left = [slot for slot in wanted if slot.name not in found.values and slot.type is SlotType.ID]
    used = " ".join(str(value) for value in found.values.values())
    codes = [code for code in _CODES.findall(text) if code not in used]
    if not left or len(codes) != len(left) or _CORRECTS.search(text):
        return {}
    return {slot.name: code for slot, code in zip(left, codes, strict=True) if check_value(slot, code) is None}


def _amended(read: Read, text: str, found: Found, known: Sequence[Slot]) -> Found:
    """Return what was found, with a value that a correction names: "sorry, the company name is ..."."""
    if found.values or not _CORRECTS.search(text):
        return found
    said = text.lower()
    for slot in known:
        named = slot.words.lower() in said or slot.name.replace("_", " ") in said
        given = read(_CORRECTS.sub(" ", text), (slot,), ()).values.get(slot.name) if named else None
        if given is not None:
            return Found({slot.name: given}, {})
    return found


def _apart(values: Mapping[str, Value], wanted: Sequence[Slot]) -> Mapping[str, Value]:
    """Leave out a whole answer that holds a value given for another slot, or is one and may be none of its own."""
    others = [str(value) for name, value in values.items() if not _is_free(name, wanted)]
    formed = {slot.name for slot in wanted if types_of(slot)}
    return {
        name: value
        for name, value in values.items()
        if not (
            _is_free(name, wanted)
            and any(other in str(value) and (other != str(value) or name not in formed) for other in others)
        )
    }


def _ahead(wanted: Sequence[Slot], known: Sequence[Slot]) -> tuple[Slot, ...]:
    """The values that are asked for behind this one, as far as their form tells them."""
    at = max(slot.span.start for slot in wanted)
    found: list[Slot] = []
    for slot in sorted(known, key=lambda slot: slot.span.start):
        if slot.span.start > at:
            if slot.type is SlotType.TEXT and not (_has_form(slot) or _takes_code(slot)):
                break
            found.append(slot)
    return tuple(found)


def _has_form(slot: Slot) -> bool:
    return any(kind.form or kind.type for kind in kinds(slot))


def _parted(found: Found, slots: Sequence[Slot], text: str) -> bool:
    """Whether every value is another part of the message, and little is left beside them."""
    texts = [str(found.values[slot.name]) for slot in slots]
    if len(set(texts)) < len(texts) or any(len(one) >= len(text.strip()) for one in texts):
        return False
    named = " ".join((*texts, *(slot.words for slot in slots), *(slot.name.replace("_", " ") for slot in slots)))
    covered = set(_WORD.findall(named.lower())) | FUNCTION_WORDS | _BESIDE
    left = [word for word in _WORD.findall(text.lower()) if word not in covered]
    places = any(slot.type is SlotType.ADDRESS for slot in slots)
    return len(left) <= (0 if places else LEFT_WORDS_MAX)


def _takes_code(slot: Slot) -> bool:
    return slot.type is SlotType.ID or (slot.type is SlotType.TEXT and _IDENTIFYING.search(slot.words) is not None)


def _code(value: Value, name: str, wanted: Sequence[Slot]) -> Value:
    slot = next((slot for slot in wanted if slot.name == name), None)
    free = slot is not None and slot.type is SlotType.TEXT and _IDENTIFYING.search(slot.words)
    if not free or not isinstance(value, str) or not 1 < len(value.split()) <= SENTENCE_WORDS_MAX:
        return value
    code = _CODE.fullmatch(value)
    if code is not None:
        return code["code"]
    tokens = [token for token in _TOKEN.findall(value) if len(token) >= CODE_CHARACTERS_MIN]
    return tokens[0] if len(tokens) == 1 else value


def _is_free(name: str, wanted: Sequence[Slot]) -> bool:
    return any(slot.name == name and slot.type is SlotType.TEXT for slot in wanted)


def _absent(text: str, wanted: Sequence[Slot]) -> bool:
    """Whether a message says that the value is not at hand, or asks where it is to be found."""
    if _ABSENT.search(text) or (all(_takes_code(slot) for slot in wanted) and _UNKNOWN.search(text)):
        return True
    asked = _WHERE.search(text)
    if asked is None:
        return False
    named = {word for slot in wanted for word in re.findall(r"\w{2,}", slot.words.lower())}
    return bool(_IT.search(asked["what"]) or named & set(re.findall(r"\w{2,}", asked["what"].lower())))
