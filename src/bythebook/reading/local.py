"""The local reader: rules and a small head, on this machine, the same answer every time.

A message is levelled, cut into clauses, each clause is read apart, and the readings are put together (`merge`).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, assert_never

from bythebook.engine.choice import (
    ACTS,
    AFFIRM,
    COMPLAINT,
    DENY,
    GOODBYE,
    GREETING,
    HEALTH_INFORMATION,
    HUMAN,
    INJECTION,
    LANGUAGE_PREFIX,
    NEITHER,
    OFF_TOPIC,
    ROUTINE,
    THANKS,
    UNCLEAR,
    Choice,
)
from bythebook.engine.menu import Menu
from bythebook.reading import certainty
from bythebook.reading.as_one import as_one, asks_back, begins
from bythebook.reading.assent import asked_in, to_yes_or_no
from bythebook.reading.attacks import is_attack, is_forged
from bythebook.reading.beside_answer import with_wish
from bythebook.reading.changed import changed_answer
from bythebook.reading.clause import read_clause
from bythebook.reading.complaints import praises_a_refusal, praises_falsely
from bythebook.reading.context import Context
from bythebook.reading.encoder import Encoder
from bythebook.reading.health import is_about_a_person
from bythebook.reading.heard import Heard
from bythebook.reading.junk import is_junk, is_only_private, is_sum
from bythebook.reading.knowledge import Knowledge
from bythebook.reading.language import (
    foreign_acts,
    foreign_neither,
    foreign_places,
    greets,
    is_denied,
    language_of,
    wants_person,
    without_courtesies,
)
from bythebook.reading.language_needs import Need, need_in
from bythebook.reading.lexicon import strip_fillers
from bythebook.reading.merge import Said, merged
from bythebook.reading.outcomes import Sense, outcomes
from bythebook.reading.port import Reader, Reading
from bythebook.reading.position import places
from bythebook.reading.proper_names import without_names
from bythebook.reading.second_look import look_again
from bythebook.reading.terms import Kind
from bythebook.reading.text import Clause, clauses, level, one_clause, raw_words
from bythebook.routine.wording import Release

_ANSWER_WORDS_MAX: Final = 5
"""Words of a message so short that it is an answer to the question before it."""

_FOREIGN_ACTS: Final = {"yes": AFFIRM, "no": DENY, "thanks": THANKS, "bye": GOODBYE}


def _acts_only(acts: tuple[str, ...]) -> tuple[Choice, ...]:
    """Acts in another language, where nothing else is said; a no with thanks is a no."""
    kept = [act for act in acts if act != "thanks" or "no" not in acts]
    return tuple(Choice(_FOREIGN_ACTS[act], certainty.LIKELY) for act in kept)


def build_reader(release: Release, encoder: Encoder | None) -> Reader:
    """Return the reader of a release: with an encoder ("local"), or by words alone ("lexicon")."""
    return LocalReader(Knowledge(release, encoder))


class LocalReader:
    """Reads with what it knows of one release."""

    def __init__(self, knows: Knowledge) -> None:
        self._knows = knows

    @property
    def name(self) -> str:
        return "local" if self._knows.encoded else "lexicon"

    def read(self, text: str, menu: Menu) -> Reading:
        """Return what the message means here; only ids of the menu."""
        levelled = without_names(level(text), self._knows.terms.words.__contains__)
        words = raw_words(levelled)
        if is_forged(levelled):
            return self._reading(menu, (Choice(INJECTION, certainty.RULE),), unsure=False)
        if is_sum(levelled, len(menu.options)):
            return self._reading(menu, (Choice(OFF_TOPIC, certainty.RULE),), unsure=False)
        parts = self._parts(levelled, self._mend(menu, words))
        acts = foreign_acts(words)
        if acts and not any(part.plain in self._knows.exact for part in parts):
            return self._reading(menu, _acts_only(acts), unsure=False)
        language = language_of(levelled, without_courtesies(words), self._knows.words)
        if language is None and (placed := foreign_places(words, menu.options)):
            return self._reading(menu, tuple(Choice(one, certainty.LIKELY) for one in placed), unsure=False)
        if menu.options and foreign_neither(words):
            return self._reading(menu, (Choice(NEITHER, certainty.LIKELY),), unsure=False)
        placed_by = menu.options and any(places(part.words, menu.options) for part in parts)
        if (is_junk(words, parts, self._knows) and not placed_by) or is_only_private(words):
            return self._reading(menu, (Choice(UNCLEAR, certainty.RULE),), unsure=False)
        if language is not None:
            return self._foreign(menu, language, levelled, clauses(levelled, str))
        asked = asked_in(self._knows.release, menu.situation.pending)
        reading = to_yes_or_no(menu, levelled, self._english(menu, parts), certainty.RULE, asked)
        reading = with_wish(self._knows, menu, parts, reading)
        return changed_answer(menu, levelled, reading)

    def _parts(self, levelled: str, mend: Callable[[str], str]) -> tuple[Clause, ...]:
        """The clauses; what is an example from beginning to end is not cut."""
        parts = clauses(levelled, mend)
        whole = one_clause(levelled, mend) if len(parts) > 1 else None
        return (whole,) if whole is not None and strip_fillers(whole.plain) in self._knows.exact else parts

    def _mend(self, menu: Menu, words: tuple[str, ...]) -> Callable[[str], str]:
        """How typos are mended: where a question gives few answers, in their short names too."""
        mend = self._knows.speller.mend
        if not menu.options or len(words) > _ANSWER_WORDS_MAX:
            return mend
        answers = self._knows.terms.short_names(menu.options)
        return lambda word: self._knows.speller.mend_short(word, answers) or mend(word)

    def _english(self, menu: Menu, parts: tuple[Clause, ...]) -> Reading:
        context = Context(self._knows, menu, parts)
        whole = " ".join(part.plain for part in parts)
        attack = is_attack(self._knows.neutral(whole))
        notices: list[str] = []
        heard: list[Heard] = []
        for part in parts:
            attacked = is_attack(self._knows.neutral(part.marked))
            private = is_about_a_person(part.marked)
            if attacked or private:
                notices.append(INJECTION if attacked else HEALTH_INFORMATION)
                heard.append(self._named(part))
            elif attack and (len(parts) == 1 or outcomes(part.plain)):
                heard.append(self._named(part))
            else:
                heard.append(read_clause(context, part))
                look_again(context, part, heard[-1])
        if praises_falsely(" . ".join(part.marked for part in parts)) or praises_a_refusal(
            [part.plain for part in parts]
        ):
            heard[0].add(COMPLAINT, certainty.RULE)
        if attack or INJECTION in notices:
            notices = [INJECTION, *(notice for notice in notices if notice != INJECTION)]
        first = tuple(Choice(notice, certainty.RULE) for notice in dict.fromkeys(notices))
        reading = self._put_together(menu, first, parts, heard)
        if not self._knows.alone:
            return reading
        return asks_back(context, parts, begins(context, parts, as_one(context, parts, reading)))

    def _put_together(
        self, menu: Menu, notices: tuple[Choice, ...], parts: tuple[Clause, ...], heard: list[Heard]
    ) -> Reading:
        marked = " . ".join(part.marked for part in parts)
        siblings = tuple(sibling.choice for sibling in self._knows.terms.siblings)
        choices, unsure = merged(menu, heard, Said(marked, siblings), bool(notices))
        if notices:
            left_out = {OFF_TOPIC, *(ACTS if INJECTION in {notice.id for notice in notices} else ())} - {HUMAN}
            sure = () if unsure else tuple(choice for choice in choices if choice.id not in left_out)
            return self._reading(menu, (*notices, *sure), unsure=False)
        return self._reading(menu, choices, unsure=unsure)

    def _named(self, part: Clause) -> Heard:
        """From a clause that is not taken at its word, only what it is about: a sibling of the routine's matter."""
        heard = Heard(part.plain, part.opener)
        if self._knows.names_subject(part.plain):
            for mention in self._knows.terms.find(part.words):
                if mention.kind is Kind.TERM:
                    heard.want(mention.choice, certainty.LIKELY)
        return heard

    def _needed(self, need: Need | None) -> tuple[str, ...]:
        """What answers a need that was read by its words in another language."""
        refusals = [choice for choice, sense in self._knows.reports if sense is Sense.REFUSED]
        if need is None:
            return ()
        match need:
            case Need.TIMING:
                return (self._knows.timing,) if self._knows.timing is not None else ()
            case Need.IF_REFUSED:
                topic = self._knows.topic_if(Sense.REFUSED)
                return (topic,) if topic is not None else ()
            case Need.REFUSED:
                return tuple(refusals[:1])
            case _:
                assert_never(need)

    def _foreign(self, menu: Menu, language: str, text: str, parts: tuple[Clause, ...]) -> Reading:
        """Another language: product names are the same in all, and so is what they are wanted for."""
        words = raw_words(text)
        found = [Choice(LANGUAGE_PREFIX + language, certainty.RULE)]
        wanted: dict[str, None] = {}
        for part in parts:
            split = tuple(one for word in part.words for one in word.split("-"))
            for mention in self._knows.terms.find(split):
                if mention.kind is Kind.TERM and not is_denied(split[: mention.start]):
                    wanted[mention.choice] = None
        found += [Choice(choice, certainty.LIKELY) for choice in wanted]
        found += [Choice(choice, certainty.LIKELY) for choice in self._needed(need_in(text))]
        if not wanted and menu.options:
            chosen = foreign_places(words, menu.options)
            wanted = dict.fromkeys(chosen)
            found += [Choice(choice, certainty.LIKELY) for choice in chosen]
        if wants_person(language, words):
            found.append(Choice(HUMAN, certainty.LIKELY))
        elif greets(words) and (menu.situation.pending is not None or menu.situation.offer):
            found.append(Choice(GREETING, certainty.LIKELY))
        elif not wanted and len(found) == 1 and self._knows.names_subject(" ".join(words)):
            found.append(Choice(ROUTINE, certainty.LIKELY))
        return self._reading(menu, tuple(found), unsure=False)

    def _reading(self, menu: Menu, choices: tuple[Choice, ...], *, unsure: bool) -> Reading:
        kept = menu.keep(choices)
        return Reading(kept[:2] if unsure else kept, unsure or not kept, {}, self.name)
