"""What drifts: everything of a document that rests on sentences which changed or went, with the evidence in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import Enum
from typing import Final

from bythebook.compiler.drift.changes import Change, Changes, Fate, compare
from bythebook.compiler.drift.holders import Holder, HolderKind
from bythebook.compiler.drift.rest import TERMS_MIN, Ground, Rest, longest_run
from bythebook.compiler.drift.sentences import Sentence
from bythebook.compiler.terms import (
    LIMITS,
    Rarity,
    Term,
    TermKind,
    keys_of,
    names,
    names_of,
    terms_of,
    words_of,
)

LOST_MIN: Final = 0.2
"""The share of what a text owes to a sentence that must be gone, by weight, for the text to be stale; of a number, an
address or a word that it quotes, any."""

HALF: Final = 0.5
"""The share of a sentence's terms that a text must have for a change beside them to be its business."""

SPOKEN_MIN: Final = 0.5
"""The share of a new sentence's terms that one line must have to speak of it."""

_SPEAKING: Final = (HolderKind.LINE, HolderKind.PHRASE, HolderKind.CONDITION)


class Verdict(Enum):
    STALE = "stale"
    """It says what the new article does not say any more."""

    LOOK = "look again"
    """The sentence that it rests on changed, but not, or hardly, in the words that they share."""


@dataclass(frozen=True, slots=True)
class Drifted:
    """One thing that rested on a sentence that changed or went."""

    holder: Holder
    verdict: Verdict
    change: Change | None
    """The sentence, and what became of it; None where it only goes with another thing that drifted."""

    figure: float
    """The share of its terms that the sentence has, 0 to 1."""

    evidence: tuple[str, ...]
    """Why, one reason each."""


@dataclass(frozen=True, slots=True)
class Renumbered:
    """A choice of the examples whose question has another number, or none, in the new article."""

    choice: str
    question: str
    now: str | None


@dataclass(frozen=True, slots=True)
class Drift:
    """All there is to say about a document and the new version of its article."""

    changes: Changes
    drifted: tuple[Drifted, ...]
    unspoken: tuple[Sentence, ...]
    """New sentences that no line of the routine speaks of."""

    renumbered: tuple[Renumbered, ...]

    @property
    def any(self) -> bool:
        return bool(self.drifted or self.unspoken or self.renumbered)


@dataclass(frozen=True, slots=True)
class _Compared:
    """What every holder is judged with."""

    changes: Changes
    ground: Ground
    new_keys: tuple[frozenset[str], ...]
    """The terms of each sentence of the new article."""

    vanished: Mapping[str, Change]
    """Names and addresses that the new article has nowhere, by the sentence that had them."""

    new_text: str
    rarity: Rarity


def find_drift(
    old: Sequence[Sentence], new: Sequence[Sentence], holders: Sequence[Holder], questions: Sequence[str]
) -> Drift:
    """Return what of a document drifts when its article goes from old to new.

    `questions` are those of the document's article, by number from 1: what the examples' `article:N` mean.
    """
    changes = compare(old, new)
    rarity = Rarity(terms_of(text) for text in (*(one.text for one in old), *(one.text for one in holders)))
    compared = _Compared(
        changes,
        Ground(old, rarity),
        tuple(keys_of(sentence.text) for sentence in new),
        _vanished(changes, new),
        " ".join(sentence.text for sentence in new),
        rarity,
    )
    found = {holder: drifted for holder in holders if (drifted := _judge(holder, compared)) is not None}
    for holder in holders:
        if holder not in found and (leader := _leader(holder, found)) is not None:
            found[holder] = leader
    renumbered = tuple(_renumbered(holders, questions, old, new, changes))
    listed = tuple(found[holder] for holder in holders if holder in found)
    return Drift(changes, listed, _unspoken(changes, listed, holders, rarity), renumbered)


def _vanished(changes: Changes, new: Iterable[Sentence]) -> dict[str, Change]:
    text = "\n".join(sentence.text for sentence in new)
    addresses = {term.key for sentence in new for term in terms_of(sentence.text) if term.kind is TermKind.ADDRESS}
    found: dict[str, Change] = {}
    for change in changes.of_old:
        if change.fate is Fate.SAME:
            continue
        for name in names_of(change.old.text):
            if not names(text, name):
                found.setdefault(name, change)
        for term in terms_of(change.old.text):
            if term.kind is TermKind.ADDRESS and term.key not in addresses:
                found.setdefault(term.key, change)
    return found


# ---------------------------------------------------------------- one holder


def _judge(holder: Holder, compared: _Compared) -> Drifted | None:
    if holder.kind is HolderKind.LINK:
        return _of_link(holder, compared)
    # What customers say is short, and full of words that happen to stand in one sentence only.
    rests = compared.ground.under(holder.text, lone=holder.kind is not HolderKind.EXAMPLE)
    found = [drifted for rest in rests if (drifted := _of_rest(holder, rest, compared)) is not None]
    found += _of_names(holder, compared)
    # The gravest first, then what it rests on most.
    found.sort(key=lambda one: (one.verdict is not Verdict.STALE, -one.figure))
    if not found:
        return None
    evidence = tuple(dict.fromkeys(reason for one in found for reason in one.evidence))
    # Customers go on asking what they asked: an example is never wrong, but its answer may be gone.
    asked = holder.kind in (HolderKind.EXAMPLE, HolderKind.NICKNAME)
    verdict = Verdict.LOOK if asked else found[0].verdict
    return Drifted(holder, verdict, found[0].change, found[0].figure, evidence)


def _of_rest(holder: Holder, rest: Rest, compared: _Compared) -> Drifted | None:
    change = compared.changes.of_old[rest.sentence]
    if change.fate is Fate.SAME:
        return None
    kept = change.fate is Fate.CHANGED
    keys = {term.key for term in rest.shared}
    if not kept and len(keys) >= TERMS_MIN and any(keys <= there for there in compared.new_keys):
        return None  # another sentence says it now
    after = frozenset(key for sentence in change.new for key in keys_of(sentence.text))
    if not kept:
        after |= max(compared.new_keys, key=lambda there: len(keys & there), default=frozenset())
    lost = tuple(term for term in rest.shared if term.key not in after)
    quoted = longest_run(change.old.text, holder.text)
    evidence = [_both(quoted, change.old, rest.shared), *_lost(change, lost, compared.vanished)]
    if _grave(change, lost, rest, quoted, compared.rarity):
        return Drifted(holder, Verdict.STALE, change, rest.figure, tuple(evidence))
    if kept and not lost and compared.rarity.sum(rest.shared) < HALF * compared.rarity.sum(terms_of(change.old.text)):
        return None  # what changed is beside what it says
    limits = _limits(change)
    if limits:
        evidence.append(f"{_listed(limits)} came or went")
    if not kept or lost or limits or _edited_within(change, rest):
        return Drifted(holder, Verdict.LOOK, change, rest.figure, tuple(evidence))
    return None


def _grave(change: Change, lost: Sequence[Term], rest: Rest, quoted: str, rarity: Rarity) -> bool:
    """Whether what is lost is a number, an address, a word that is quoted, or much of all that they share."""
    words = [change.old.text[term.start : term.end] for term in lost]
    if any(term.kind is not TermKind.WORD for term in lost) or any(word in quoted for word in words):
        return True
    return rarity.sum(lost) >= LOST_MIN * rarity.sum(rest.shared)


def _of_names(holder: Holder, compared: _Compared) -> Iterator[Drifted]:
    addresses = {term.key for term in terms_of(holder.text) if term.kind is TermKind.ADDRESS}
    found = [name for name in compared.vanished if name in addresses or names(holder.text, name)]
    for name in found:
        if not any(name != other and names(other, name) for other in found):
            reason = f"`{name}` is nowhere in the new article"
            yield Drifted(holder, Verdict.STALE, compared.vanished[name], 0.0, (reason,))


def _of_link(holder: Holder, compared: _Compared) -> Drifted | None:
    """A link holds by its words alone: they must stand in the article, letter for letter."""
    words = " ".join(holder.text.split())
    said = [change for change in compared.changes.of_old if words in change.old.text]
    if not said or any(words in sentence.text for change in said for sentence in change.new):
        return None
    if words in compared.new_text:
        reason = "its sentence went; the new article says these words elsewhere"
        return Drifted(holder, Verdict.LOOK, said[0], 1.0, (reason,))
    return Drifted(holder, Verdict.STALE, said[0], 1.0, ("the new article nowhere says these words",))


def _leader(holder: Holder, found: Mapping[Holder, Drifted]) -> Drifted | None:
    for kind, name in holder.follows:
        for other, drifted in found.items():
            if (other.kind, other.name) == (kind, name):
                what = "the condition of step" if kind is HolderKind.CONDITION else kind.value
                reason = f"{what} {name}, which it belongs to, is listed"
                return Drifted(holder, Verdict.LOOK, None, drifted.figure, (reason,))
    return None


def _edited_within(change: Change, rest: Rest) -> bool:
    """Whether words came or went between the first and the last term that the two share."""
    old = [term.key for term in terms_of(change.old.text)]
    new = [key for sentence in change.new for key in (term.key for term in terms_of(sentence.text))]
    shared = {term.key for term in rest.shared}
    places = [at for at, key in enumerate(old) if key in shared]
    first, last = places[0], places[-1]
    for tag, start, end, _, _ in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "insert" and first < start <= last:
            return True
        if tag in ("delete", "replace") and start <= last and end > first:
            return True
    return False


def _limits(change: Change) -> tuple[str, ...]:
    """Return the words that turn or narrow a sentence and that came or went."""
    old = Counter(word for word in words_of(change.old.text) if word in LIMITS)
    new = Counter(word for sentence in change.new for word in words_of(sentence.text) if word in LIMITS)
    return tuple(((old - new) + (new - old)).keys()) if change.new else ()


# ---------------------------------------------------------------- evidence in words


def _both(quoted: str, old: Sentence, shared: Sequence[Term]) -> str:
    words = dict.fromkeys(old.text[term.start : term.end] for term in shared)
    if not quoted:
        return f"both speak of {_listed(words)}"
    rest = [word for word in words if word not in quoted]
    return f"both say `{quoted}`" + (f" and speak of {_listed(rest)}" if rest else "")


def _lost(change: Change, lost: Sequence[Term], vanished: Collection[str]) -> Iterator[str]:
    told = {term.key: change.old.text[term.start : term.end] for term in lost if term.key not in vanished}
    if told and change.new:
        yield f"{_listed(dict.fromkeys(told.values()))} {'is' if len(told) == 1 else 'are'} not in the new words"


def _listed(words: Iterable[str]) -> str:
    return ", ".join(f"`{word}`" for word in words)


# ---------------------------------------------------------------- the rest of the report


def _unspoken(
    changes: Changes, drifted: Sequence[Drifted], holders: Sequence[Holder], rarity: Rarity
) -> tuple[Sentence, ...]:
    shown = {sentence for one in drifted if one.change is not None for sentence in one.change.new}
    versions = {sentence for one in changes.of_old if one.fate is Fate.CHANGED for sentence in one.new}
    lines = [keys_of(holder.text) for holder in holders if holder.kind in _SPEAKING]
    found = []
    for sentence in changes.fresh:
        own = terms_of(sentence.text)
        if sentence.is_question or sentence in shown or sentence in versions or not own:
            continue
        whole = rarity.sum(own)
        if not any(rarity.sum(t for t in own if t.key in keys) >= SPOKEN_MIN * whole for keys in lines):
            found.append(sentence)
    return tuple(found)


def _renumbered(
    holders: Sequence[Holder],
    questions: Sequence[str],
    old: Sequence[Sentence],
    new: Sequence[Sentence],
    changes: Changes,
) -> Iterator[Renumbered]:
    numbers = {words_of(question): number for number, question in enumerate(_answered(new), start=1)}
    fates = {change.old.key: change for change in changes.of_old if change.old.is_question}
    choices = dict.fromkeys(holder.name for holder in holders if holder.kind is HolderKind.EXAMPLE)
    for choice in choices:
        kind, _, name = choice.partition(":")
        if kind != "article" or not (name.isascii() and name.isdigit() and 0 < int(name) <= len(questions)):
            continue
        question = questions[int(name) - 1]
        change = fates.get(words_of(question))
        if change is None:
            continue
        now = numbers.get(change.new[0].key) if change.fate in (Fate.SAME, Fate.CHANGED) else None
        if now != int(name):
            yield Renumbered(choice, question, f"article:{now}" if now is not None else None)


def _answered(sentences: Sequence[Sentence]) -> list[str]:
    """Return the questions that have an answer, in order; words before the first are answered under the title."""
    found: list[str] = []
    for at, sentence in enumerate(sentences):
        if sentence.is_question:
            if at + 1 < len(sentences) and not sentences[at + 1].is_question:
                found.append(sentence.text)
        elif at == 0:
            found.append("")
    return found
