"""Names the language of a message when it is surely not English: by script, else by its small words."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from typing import Final

from bythebook.reading.common import listed
from bythebook.reading.language_words import (
    ALL,
    ALL_PHRASES,
    GREETINGS,
    NEITHER_PHRASES,
    ORDINALS,
    PERSONS,
    SCRIPTS,
    SMALL,
    SURE,
    TALKING,
    UNITS,
)

LETTERS_MIN: Final = 2
"""Letters of another script that make a message one of it."""

_WORDS: Final = {code: frozenset(words.split()) for code, words in SMALL.items()}
_SURE_WORDS: Final = {code: frozenset(words.split()) for code, words in SURE.items()}
_ANY_SMALL: Final[frozenset[str]] = frozenset().union(*_WORDS.values())
_ENGLISH: Final = listed(
    """
    the a an i we you it is are was were do does did to of in on for with and or but not need want have has
    can how what when where why who this that my our your please thanks thank hi hello hey yes no me us be
    will would could get if there about from at by so am they any all just as long
    """
)

_UNIT: Final = {
    tuple(unit.split()): act
    for act, (words, phrases) in UNITS.items()
    for unit in (*words.split(), *phrases.split(", "))
    if unit
}
_UNIT_WORDS_MAX: Final = max(len(unit) for unit in _UNIT)
_ENGLISH_ACTS: Final = {
    "ok": "",
    "okay": "",
    "great": "",
    "perfect": "",
    "bye": "bye",
    "thanks": "thanks",
    "no": "no",
    "yes": "yes",
    **dict.fromkeys(("and", "et", "y", "und", "e", "en", "och", "og"), ""),
}
ACT_WORDS_MAX: Final = 8
"""Words of the longest message that is only acts in another language."""

_PERSON_WORDS: Final = {code: frozenset(words.split()) for code, words in PERSONS.items()}
_PERSON_ALONE_MAX: Final = 4
"""Words of a message that names a person and no talk, and still asks for one."""

_ENGLISH_PLACES: Final = listed("one neither nor either first former latter last other")

NEGATIONS: Final = listed(
    "no non não pas nicht kein keine keinen niet geen inte nie nie sin ohne sans senza sem не без ni"
)

_NEGATION_NEAR: Final = 3
"""Words before a name within which a negation denies it."""

_NEGATION_FAR: Final = 6
_LEADS_TO_NAME: Final = listed(
    "es è é e ist est is era seria sería sarebbe geht gaat trata trattasi c d l el la lo le les il der die das den "
    "dem de het o os um uma un una une ein eine einen a para per por pour für fur voor um om von du do da di su sobre"
)
"""What may stand between a negation and the name that it denies, however many of them: "no es para la"."""


def is_denied(before: Sequence[str]) -> bool:
    """Whether a name is denied by the words before it, in any of the languages."""
    if not NEGATIONS.isdisjoint(before[-_NEGATION_NEAR:]):
        return True
    rest = list(before[-_NEGATION_FAR:])
    while rest and rest[-1] in _LEADS_TO_NAME:
        rest.pop()
    return bool(rest) and rest[-1] in NEGATIONS


_COURTESIES: Final = frozenset(
    unit[0] for unit, act in _UNIT.items() if len(unit) == 1 and act in ("thanks", "bye")
) | listed("ciao adieu")


def without_courtesies(words: Sequence[str]) -> tuple[str, ...]:
    """Return the words of an English message without the thanks and goodbyes that English borrows ("danke")."""
    rest = tuple(word for word in words if word not in _COURTESIES)
    foreign = any(word in small for small in _WORDS.values() for word in rest)
    english = any(word in _ENGLISH for word in rest) or not foreign
    return rest if len(rest) > 1 and english else tuple(words)


def language_of(text: str, words: Sequence[str], known: frozenset[str]) -> str | None:
    """Return the ISO 639-1 code of a language that is not English, or None; `known` words count for neither side."""
    script = _script(text)
    if script is not None:
        return script
    content = [word for word in words if word not in known or (word in _ANY_SMALL and word not in _ENGLISH)]
    best, score = None, 0
    for code, small in _WORDS.items():
        # A sure word counts twice: no English sentence has it.
        points = sum((word in small) + (word in _SURE_WORDS[code]) for word in content)
        points += sum(1 for word in content if word in _SURE_WORDS[code] and not word.isascii())
        if points > score:
            best, score = code, points
    english = sum(word in _ENGLISH for word in words)
    if best is None or score < 2 or (score <= english + 1 and english > 0 and score < 2 * english):
        return None
    if len(content) > 3 and score < 3:
        return None
    return best


def foreign_acts(words: Sequence[str]) -> tuple[str, ...]:
    """Return what a message says that only says yes, no, thanks or goodbye in another language; else nothing."""
    if not 0 < len(words) <= ACT_WORDS_MAX:
        return ()
    found: list[str] = []
    foreign, at = False, 0
    while at < len(words):
        length = next((n for n in range(_UNIT_WORDS_MAX, 0, -1) if tuple(words[at : at + n]) in _UNIT), 0)
        if not length and words[at] not in _ENGLISH_ACTS:
            return ()
        found.append(_UNIT[tuple(words[at : at + length])] if length else _ENGLISH_ACTS[words[at]])
        foreign = foreign or bool(length and words[at] not in _ENGLISH_ACTS)
        at += max(1, length)
    return tuple(act for act in dict.fromkeys(found) if act not in ("", "ok", "please")) if foreign else ()


def foreign_places(words: Sequence[str], options: tuple[str, ...]) -> tuple[str, ...]:
    """Return the options that a message takes in another language, by place ("la segunda") or all ("les deux")."""
    said = set(words)
    if said & (NEGATIONS | (_ENGLISH - {"please"}) | _ENGLISH_PLACES):
        return ()
    if said & ALL or any(phrase in " ".join(words) for phrase in ALL_PHRASES):
        return options
    named = [place for place, table in enumerate(ORDINALS) if said & table]
    return options[named[0] : named[0] + 1] if len(named) == 1 else ()


def foreign_neither(words: Sequence[str]) -> bool:
    """Whether a message takes none of what was asked about, in another language."""
    said = " ".join(words)
    return len(words) <= ACT_WORDS_MAX and any(phrase in f" {said} " for phrase in NEITHER_PHRASES)


def wants_person(language: str, words: Sequence[str]) -> bool:
    """Whether a message in this language asks to talk to a person."""
    if not set(words) & _PERSON_WORDS.get(language, frozenset()) or set(words) & NEGATIONS:
        return False
    return bool(set(words) & TALKING) or len(words) <= _PERSON_ALONE_MAX


def greets(words: Sequence[str]) -> bool:
    """Whether a message is a greeting in another language and no more."""
    return bool(words) and set(words) <= GREETINGS


def _script(text: str) -> str | None:
    counts: dict[str, int] = {}
    letters = 0
    for character in text:
        if not character.isalpha():
            continue
        letters += 1
        if character.isascii():
            continue
        name = unicodedata.name(character, "")
        code = next((code for script, code in SCRIPTS if name.startswith(script)), None)
        if code is not None:
            counts[code] = counts.get(code, 0) + 1
    if not counts:
        return None
    if counts.get("ja"):
        return "ja"
    code = max(counts, key=lambda one: (counts[one], one))
    if counts[code] < LETTERS_MIN or counts[code] * 5 < letters:
        return None
    return "uk" if code == "ru" and any(letter in "іїєґ" for letter in text.lower()) else code
