"""Slot values in a customer's message: which mention answers which question, and which is no answer at all.

A value is taken from where it stands: behind its label, at its place in a list, by its type, or as the whole answer.
What is quoted, denied, supposed or taken back is hidden first, so that no later rule can pick it up. When in
doubt nothing is taken: asking again costs a line, a wrong value costs a case.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

from bythebook.reading.address_parts import parts_by_form
from bythebook.reading.dates import Mention, fold, spoken
from bythebook.reading.slot_answers import (
    I_AM,
    NOT_GIVEN,
    PART,
    PRIVATE_MARK,
    REFUSED,
    absence,
    core,
    denied,
    fits,
    kinds,
    labels_of,
    list_parts,
    only_perhaps,
    said_together,
    text_behind,
    without_questions,
    without_what_is_no_value,
)
from bythebook.reading.slot_bounds import BARE_CODE, LINK, NO_LABEL, before_others, stands_out
from bythebook.reading.slot_choices import SEVERAL, no_choice
from bythebook.reading.slot_heads import by_head
from bythebook.reading.slot_parts import (
    has_form,
    in_shape,
    led_to,
    takes_words,
    tells_besides,
    types_of,
    without_lead,
)
from bythebook.reading.slot_types import TEXT_MAX, ZIP, check_value, cued, mentions
from bythebook.routine.model import Slot, SlotType
from bythebook.routine.value import Value

__all__ = ["NOT_GIVEN", "PRIVATE", "REFUSED", "SEVERAL", "Found", "check_value", "read_slots"]

PRIVATE: Final = "is private data, which is not kept"

LABEL_REACH: Final = 60  # characters from a label to the value that it names
MESSAGE_MAX: Final = TEXT_MAX + 1  # characters of a message that are read, its last; so long a text fits no slot
LIST_SHOWN: Final = 1_000  # characters of a message that are read as a list
BESIDE_MAX: Final = 8  # characters of a part of a list beside its value
LABELLED_WORDS_MAX: Final = 12  # words of a text behind its label
LEFT_WORDS_MAX: Final = 4  # words beside typed values, or of an answer that names no option
PART_WORDS_MAX: Final = 8  # words of a part in a list of values
GAP_MAX: Final = 60  # characters around a mention in which what is said of it is looked for
MENTIONS_MAX: Final = 100  # mentions of a type that are looked at, the last of a message
SURE_CHARACTERS_MIN: Final = 6  # characters of a value that is taken unasked


@dataclass(frozen=True, slots=True)
class Found:
    """The values by slot name; and by slot name why there is none although the customer spoke of it.

    A problem is `NOT_GIVEN`, `REFUSED`, or words that go on after "What you gave".
    """

    values: Mapping[str, Value]
    problems: Mapping[str, str]
    asked: tuple[str, ...] = ()
    """What the message asks or complains of beside the values, sentence by sentence."""

    given: str = ""
    """The message without those sentences, where there are any."""


@dataclass(frozen=True, slots=True)
class _Message:
    text: str
    """Folded, as the customer means it to be read."""

    typed: str
    """As long as `text`; spoken digits are digits, and what is no value is hidden."""

    month_first: bool

    def mentions(self, slot: Slot, start: int = 0, end: int | None = None) -> tuple[Mention, ...]:
        """The mentions in a part of the message that are not denied."""
        shown = self.typed[start:end]
        if slot.type in ASKED_ABOUT:
            shown = without_questions(shown)
        found = (
            replace(m, start=m.start + start, end=m.end + start) for m in mentions(slot, shown, self.month_first)
        )
        return tuple(m for m in tuple(found)[-MENTIONS_MAX:] if not denied(self.typed, m))


def _re(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


# --- one value out of several mentions ---

ASKED_ABOUT: Final = frozenset({SlotType.CHOICE, SlotType.NUMBER, SlotType.MONEY, SlotType.DATE})
"""Types whose values are often only asked about, and often joined ("5 or 6", "A and B")."""

_CORRECTS: Final = _re(
    r"\b(?:no(?! rush)|nope|sorry|i mean|i meant|actually|rather|correction|make (?:it|that)|wait|scratch that|oops"
    r"|should be|my bad|instead|change (?:it|that))\b"
)
_OR: Final = _re(r"\s*,?\s*(?:or|/|or maybe|and/or)\s*(?:the|my|for|maybe)?\s*")
_AND: Final = _re(r"\s*,?\s*(?:or|/|-|and|&|to|plus|both)\s*(?:the|my|for)?\s*")
_CHANGES: Final = _re(r"\b(?:chang|updat|switch|mov|upgrad|downgrad|increas|reduc|rais|lower)\w*\b[^.\n]{0,40}$")


def _choose(message: _Message, slot: Slot, found: Sequence[Mention]) -> Mention | None:
    """The mention that counts: the last that is sure, or that there are several."""
    good = [mention for mention in found if not mention.problem]
    firm = [mention for mention in good if not only_perhaps(message.typed, mention)] or good
    pool = [mention for mention in firm if mention.sure] or firm
    if slot.type in (SlotType.NUMBER, SlotType.MONEY) and len(pool) > 1:
        nouns = [word[:5] for word in re.findall(r"\w{4,}", slot.words.lower()) if word != "number"]
        after = [message.text[mention.end : mention.end + 20].lower() for mention in pool]
        pool = [m for m, words in zip(pool, after, strict=True) if any(n in words for n in nouns)] or pool
    if not pool:
        return found[-1] if found else None
    last = pool[-1]
    for mention in found:
        if mention.problem and mention.sure and mention.start > last.end:
            return mention
    join = _AND if slot.type in ASKED_ABOUT else _OR
    if len(pool) > 1 and pool[-2].value != last.value:
        between = message.text[pool[-2].end : last.start]
        if join.fullmatch(between) and not _CHANGES.search(message.text[: pool[-2].start][-GAP_MAX:]):
            return replace(last, start=pool[-2].start, problem=SEVERAL)
    return last


def _share(message: _Message, group: Sequence[Slot], found: Sequence[Mention]) -> dict[str, Mention]:
    """Mentions of one type to the slots of that type, in order; what was corrected does not count."""
    if len(group) == 1:
        one = _choose(message, group[0], found)
        return {group[0].name: one} if one else {}
    good = [mention for mention in found if not mention.problem]
    pool = [mention for mention in good if mention.sure] or good
    gaps = [message.text[a.end : b.start][-GAP_MAX:] for a, b in pairwise(pool)]
    kept = [m for m, gap in zip(pool, [*gaps, ""], strict=True) if not _CORRECTS.search(gap)] if pool else []
    return {slot.name: mention for slot, mention in zip(group, kept, strict=False)}


# --- by label ---


def _labelled(message: _Message, wanted: Sequence[Slot], known: Sequence[Slot]) -> dict[str, Mention]:
    """What stands behind the label of its slot: "street: 5 Main St, city: Austin, state TX"."""
    labels = labels_of((*wanted, *known))
    names = "|".join(re.escape(label) for label in sorted(labels, key=len, reverse=True))
    owner = r"(?<![\w@.-])(?<!'s )(?P<mine>(?:my|our|new)\s(?:\w{1,12}\s)?)?"
    label = rf"{owner}(?P<label>{names})(?![\w@]|-\w{NO_LABEL}){LINK}"
    hits = [(labels[hit["label"].lower()], hit) for hit in _re(label).finditer(message.typed)] if names else []
    firm = {slot.name for slot, hit in hits if hit["link"]}
    last = {slot.name: hit for slot, hit in hits}
    listed = len(last) > 1 and (bool(firm) or not message.text[: hits[0][1].start()].strip())
    kept = [(slot, hit) for slot, hit in hits if hit["link"] or (slot.name not in firm and hit is last[slot.name])]
    ends = [hit.start() for _, hit in kept[1:]]
    found: dict[str, Mention] = {}
    for (slot, hit), end in zip(kept, [*ends, len(message.text)], strict=False):
        link = (hit["link"] or "").strip()
        begins = (message.text[: hit.start()].rstrip()[-1:] or ".") in ".!?;,\n" and message.text[hit.end() :][
            :1
        ].isupper()
        strong = bool(link) and (hit["mine"] is not None or not link.isalpha() or begins)
        coded = slot.type is SlotType.ID and BARE_CODE.match(message.typed[hit.end() :]) is not None
        strong = strong or (coded and slot not in wanted)
        bare = slot in wanted and (bool(link) or listed or slot.type not in (SlotType.TEXT, *ASKED_ABOUT))
        one = _behind(message, slot, (hit.start("label"), hit.end(), end)) if strong or bare else None
        if one and not (one.problem and slot not in wanted):
            found[slot.name] = one
    return found


def _behind(message: _Message, slot: Slot, places: tuple[int, int, int]) -> Mention | None:
    """The value behind a label: where the label starts, where it ends, and where the next one starts."""
    label, start, end = places
    if slot.type is SlotType.TEXT:
        return _words_behind(message, slot, start, end)
    near = [m for m in message.mentions(slot, label, end) if 0 <= m.start - start <= LABEL_REACH]
    return _choose(message, slot, near) or _token(message, slot, start, end)


def _words_behind(message: _Message, slot: Slot, start: int, end: int) -> Mention | None:
    length, value = text_behind(message.text[start:end])
    good = len(value.split()) <= LABELLED_WORDS_MAX and fits(slot, value)
    return Mention(start, start + length, without_lead(slot, value)) if good else None


def _token(message: _Message, slot: Slot, start: int, end: int) -> Mention | None:
    """The ID right behind its label, however short; or the address that names no kind of street."""
    if slot.type is SlotType.ADDRESS and re.match(r"\W{0,3}\d", message.typed[start:end]):
        return _words_behind(message, slot, start, end)
    match = re.compile(r"\W{0,3}(?P<id>[\w-]*\d[\w-]*)").match(message.typed, start, end)
    if slot.type is not SlotType.ID or match is None:
        return None
    return Mention(*match.span("id"), match["id"], check_value(slot, match["id"]) or "")


# --- several values at their places ---


def _listed(message: _Message, wanted: Sequence[Slot]) -> dict[str, Mention]:
    """Values in the order they were asked for, as many as slots; or such as are said in one breath."""
    answer = core(message.typed[:LIST_SHOWN].strip())
    named = {kind.name: slot for slot in reversed(wanted) for kind in kinds(slot)[:1]}
    together = said_together(answer, set(named))
    if together and all(fits(named[kind], part) for kind, part in together.items()):
        end = 0 if "origin" in together else len(message.text)
        return {named[kind].name: Mention(0, end, part) for kind, part in together.items()}
    parts = list_parts(answer, len(wanted), split_zip="zip" in named)
    fewer = {"zip", "country"} <= set(named) and len(parts) == len(wanted) - 1
    if len(wanted) < 2 or not (len(parts) == len(wanted) or fewer):
        told = parts_by_form([core(part) for part in parts], set(named))
        return {named[kind].name: Mention(0, len(message.text), part) for kind, part in told.items()}
    read = {slot.name: _part(message, slot, core(part)) for slot, part in zip(wanted, parts, strict=False)}
    whole = {name: mention for name, mention in read.items() if mention is not None}
    return whole if len(whole) == len(read) else {}


def _part(message: _Message, slot: Slot, part: str) -> Mention | None:
    if slot.type in (SlotType.TEXT, SlotType.ADDRESS):
        plain = len(part.split()) <= PART_WORDS_MAX and PART.fullmatch(part) and fits(slot, part)
        return Mention(0, len(message.text), part) if plain else None
    found = [m for m in mentions(slot, part, message.month_first) if not m.problem]
    if not found and _is_id(slot, part) and not check_value(slot, part):
        return Mention(0, len(message.text), part)
    alone = found and len(part) - (found[-1].end - found[-1].start) <= BESIDE_MAX
    return replace(found[-1], start=0, end=len(message.text)) if alone else None


def _is_id(slot: Slot, token: str) -> bool:
    return slot.type is SlotType.ID and re.fullmatch(r"[\w-]*\d[\w-]*", token) is not None


# --- by type ---

_FORMED: Final = (SlotType.EMAIL, SlotType.DATE, SlotType.PHONE, SlotType.MONEY)
_ORDER: Final = (*_FORMED, SlotType.ADDRESS, SlotType.ID, SlotType.NUMBER)


def _by_type(message: _Message, wanted: Sequence[Slot], taken: Mapping[str, Mention]) -> dict[str, Mention]:
    """Values whose form tells which slot they are for."""
    found: dict[str, Mention] = {}
    used = [(mention.start, mention.end) for mention in taken.values()]
    own = [(slot,) for slot in wanted if slot.type is SlotType.CHOICE or slot.pattern]
    first = [group for group in own if group[0].pattern]
    typed = [tuple(slot for slot in wanted if slot.type is type_ and (slot,) not in own) for type_ in _ORDER]
    later = [group for group in own if not group[0].pattern]
    stand_ins = [replace(wanted[0], type=type_, pattern="") for type_ in _FORMED] if wanted else []
    for place, group in enumerate((*first, *typed, *later)):
        row = place - len(first)
        foreign = not group and 0 <= row < len(stand_ins)
        if not group and not foreign:
            continue
        free = [
            mention
            for mention in message.mentions(group[0] if group else stand_ins[row])
            if not any(mention.start < end and start < mention.end for start, end in used)
        ]
        if foreign:
            free = [m for m in free if m.sure and not m.problem and not cued(message.typed, m.start)]
            free = [m for m in free if not message.typed[m.start : m.end].isdigit()]
        else:
            found |= _share(message, group, free)
        own_names = {slot.name for slot in group}
        used += ((m.start, m.end) for m in free if m.sure and not m.problem)
        used += ((m.start, m.end) for name, m in found.items() if name in own_names)
    return found


# --- the whole answer ---

_AND_MORE: Final = _re(r"\s(?:from|with|at|calling|speaking|here)\b")
_PIECES: Final = _re(r"[\n,;]+|(?<!\b\w)(?<!\bco)(?<!\binc)(?<!\bltd)(?<!\bcorp)\.\s|\sand\s|\s/\s")
_BEFORE_TAKEN: Final = _re(r"\b(?:and\s)?(?:my|the|our)\s[\w' -]{1,30}(?:\sis|'s|:)?\s{0,3}(?=\n)")


def _as_text(
    message: _Message, wanted: Sequence[Slot], taken: Mapping[str, Mention], names: Collection[str]
) -> dict[str, Mention]:
    """The whole answer for the one slot that was asked for, or what is left of it beside typed values."""
    open_slots = [slot for slot in wanted if slot.name not in taken]
    texts = [slot for slot in open_slots if slot.type is SlotType.TEXT]
    if len(wanted) == 1 and open_slots and (slot := wanted[0]):
        spans = [(m.start, m.end) for name, m in taken.items() if name != slot.name]
        left = before_others(message.text, spans, names)
        message = replace(message, text=left, typed=message.typed[: len(left)])
        answer = core(message.text.strip(), "|".join(re.escape(label) for label in labels_of(wanted)))
        name = I_AM.match(answer) if has_form(slot) else None
        whole = Mention(0, len(message.text), _AND_MORE.split(answer[name.end() :])[0] if name else answer)
        found = _whole(message, slot, whole)
        if found or not (texts and (taken or name)):
            return {slot.name: found} if found else {}
    return _left_over(message, texts, taken)


def _whole(message: _Message, slot: Slot, whole: Mention) -> Mention | None:
    """The whole answer as the value of the one slot asked for, where it may be one."""
    answer = str(whole.value)
    whole = replace(whole, value=without_lead(slot, answer))
    typed = types_of(slot)
    if slot.type is SlotType.TEXT and typed:
        stand_ins = (replace(slot, type=k.type or slot.type, pattern=ZIP if k.name == "zip" else "") for k in typed)
        soft = [m for stand_in in stand_ins for m in message.mentions(stand_in) if not m.problem]
        outer = [m for m in soft if not any(o.start <= m.start and m.end < o.end for o in soft)]
        one = _choose(message, slot, sorted(outer, key=lambda mention: mention.start))
        code = re.fullmatch(r"[\w-]*\d[\w-]*", answer) and fits(slot, answer)
        free = takes_words(slot, str(whole.value)) and not message.text.rstrip().endswith("?")
        return one or (whole if code or free else None)
    good = fits(slot, str(whole.value)) and not tells_besides(slot, str(whole.value))
    if slot.type is SlotType.TEXT:
        return whole if good and not message.text.rstrip().endswith("?") else None
    if slot.type is SlotType.ADDRESS:
        return whole if good and len(answer.split()) > 1 and PART.fullmatch(answer) else None
    if _is_id(slot, answer):
        return replace(whole, problem=check_value(slot, answer) or "")
    return no_choice(slot, message.typed, answer) if slot.type is SlotType.CHOICE else None


def _left_over(message: _Message, texts: Sequence[Slot], taken: Mapping[str, Mention]) -> dict[str, Mention]:
    """The few words beside typed values, where only one slot can want them."""
    formed = bool(texts) and any(kind.form for kind in kinds(texts[0]))
    if not texts or (len(texts) > 1 and not formed):
        return {}
    rest = message.text
    for mention in taken.values():
        rest = f"{rest[: mention.start]}{chr(10) * (mention.end - mention.start)}{rest[mention.end :]}"
    rest = _BEFORE_TAKEN.sub("\n", rest) if taken else core(rest[:LIST_SHOWN])
    slot = led_to(texts, message.text)
    pieces = [piece for piece in _PIECES.split(rest[:LIST_SHOWN]) if piece.strip()]
    told = [core(piece) for piece in pieces]
    bare = [without_lead(slot, I_AM.sub("", said)) if slot else "" for said in told]
    good = [piece for piece in bare if slot and PART.fullmatch(piece) and fits(slot, piece)]
    sole = bool(taken) or len(pieces) == 1 or any(I_AM.match(said) for said in told[:1])
    alone = len(good) == 1 and len(good[0].split()) <= LEFT_WORDS_MAX and sole
    return {slot.name: Mention(0, 0, good[0])} if slot and alone else {}


# --- all together ---

_SIGNATURE: Final = _re(r"\n(?:--\s?\n|sent from my )[\s\S]{0,400}\Z")


def read_slots(text: str, wanted: Sequence[Slot], known: Sequence[Slot] = (), month_first: bool = True) -> Found:
    """What a message gives: the slots of the pending question (`wanted`, in order), and others where unmistakable.

    `month_first` reads 3/4/2025 as the fourth of March.
    """
    plain = _SIGNATURE.sub("", fold(text[-MESSAGE_MAX:]))
    message = _Message(plain, spoken(without_what_is_no_value(plain)), month_first)
    known = [slot for slot in known if slot.name not in {asked.name for asked in wanted}]
    taken = _labelled(message, wanted, known)
    listed = _listed(message, wanted)
    if len(listed) > sum(slot.name in taken for slot in wanted):
        taken |= listed
    taken |= _by_type(message, [slot for slot in wanted if slot.name not in taken], taken)
    taken |= _unmistakable(message, (*wanted, *known), taken)
    taken |= by_head(message.typed, [slot for slot in (*wanted, *known) if slot.name not in taken])
    taken |= _as_text(message, wanted, taken, labels_of([slot for slot in known if slot.name in taken]))
    mine = [(slot, taken[slot.name]) for slot in (*wanted, *known) if slot.name in taken]
    found = {slot.name: mention.problem or check_value(slot, mention.value) for slot, mention in mine}
    problems = {name: problem for name, problem in found.items() if problem}
    values: dict[str, Value] = {slot.name: mention.value for slot, mention in mine if slot.name not in problems}
    left = [slot for slot in wanted if slot.name not in values]
    problems |= absence(message.typed, left)
    if len(left) == 1 and PRIVATE_MARK.search(plain) and left[0].name not in problems:
        problems[left[0].name] = PRIVATE
    return Found(values, problems)


def _unmistakable(message: _Message, slots: Sequence[Slot], taken: Mapping[str, Mention]) -> dict[str, Mention]:
    """Values of slots that were not asked for, where only one slot can be meant."""
    found: dict[str, Mention] = {}
    used = [(mention.start, mention.end) for mention in taken.values()]
    for slot in slots:
        shown = in_shape(slot, slots) if slot.name not in taken else None
        if shown is None:
            continue
        free = [m for m in message.mentions(shown) if m.sure and all(m.end <= a or b <= m.start for a, b in used)]
        free = [m for m in free if stands_out(slot.type, message.text, m)]
        one = _choose(message, slot, [m for m in free if not m.problem and m.end - m.start >= SURE_CHARACTERS_MIN])
        if one and not one.problem:
            found[slot.name] = one
    return found
