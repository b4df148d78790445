"""What settles each condition, and what it is called: a question, a function's result, a comparison, or a word.

A condition is an answer when the words that tell it from the conditions like it stand in an earlier question, and
that question asks with the condition's verb ("whether you require ..." for "the customer requires ...").
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from bythebook.compiler.draft import DraftCondition, DraftLine, DraftStep
from bythebook.compiler.forms import Chain
from bythebook.compiler.opposites import told_apart
from bythebook.compiler.people import NOUNS
from bythebook.compiler.text import Token, plain, snake, stem, stems, tokens_at
from bythebook.compiler.value_lists import value_lists, values_in
from bythebook.routine.model import Ask, Line, QuestionKind, Say
from bythebook.source.span import SourceFile, Span

QUESTIONS_BACK_MAX: Final = 50
"""How many questions back a condition's question is looked for."""

BARE_WORDS_MAX: Final = 4
"""A condition of more words does more than name an answer."""

LISTED_MAX: Final = 300
"""Characters at the end of a question where its answers are looked for."""

ANSWERS_MIN: Final = 2
"""A question that names fewer answers is a yes-or-no question."""

_ARTICLES: Final = frozenset(("a", "an", "the"))
_PEOPLE: Final = frozenset((*map(stem, NOUNS), "they", "he", "she"))
_LINKING: Final = frozenset(("is", "are", "was", "were", "be", "been", "has", "have", "had"))
# Words too small to tell one condition from another.
_ABOUT: Final = re.compile(r"\b(?:whether|if|which|what)\b.*", re.I | re.S)
_LISTED: Final = re.compile(r":\s*(?P<list>[^:.;\"“”?]+\bor\b[^:.;\"“”?]+)[.?]?\s*$", re.I)
"""Answers that a question lists behind it: "which plan they want: Basic, Standard or Premium"."""

_SMALL: Final = re.compile(
    r"a|about|an|and|any|as|at|by|either|for|from|her|his|in|it|its|my|of|on|or|our|that|the|their|them|this|to|us|we|with|your?"
)
TAKEN_UP_MAX: Final = 3
"""Words of a condition in which it takes up what was asked."""

_TAKING_UP: Final = frozenset(("it", "this", "that", "they"))
_LITTLE_SAID: Final = stems("is are was were has have had been be not the a an it this that they do does did")


# Verbs that ask for one another: "Would you like ..." asks who wants; "Are you ..." asks who is.
_SAME: Final[tuple[frozenset[str], ...]] = (
    frozenset(("be", "is", "are", "was", "were")),
    frozenset(("have", "has", "had")),
    frozenset(("want", "like", "prefer", "choose", "wish")),
    frozenset(("require", "need")),
)


_NAMES_IT: Final = frozenset(
    map(
        stem,
        ("means", "meant", "chooses", "chose", "picks", "selects", "says", "said", "answers", "replies", "names"),
    )
)
"""Verbs by which a customer names an answer, whatever was asked with: "the customer means the small one"."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a condition stands: its step, the label of the step or line that hangs on it, and what it is."""

    step: int
    label: str
    draft: DraftCondition
    parent: str | None
    """The line that the conditional line belongs to; None for the lines of a step, and `` for a step itself."""

    order: int
    """How many lines, or steps, stand before it beside it."""


@dataclass(frozen=True, slots=True)
class Parsed:
    """A condition in words: who it speaks of, and what it says of them."""

    place: int
    tokens: tuple[Token, ...]
    verb: int
    """The index of the verb; everything before it is the subject."""

    @property
    def key(self) -> tuple[str, ...]:
        """Conditions with the same subject and verb are alike."""
        return tuple(token.key for token in self.tokens[: self.verb + 1])


@dataclass(frozen=True, slots=True)
class Named:
    """A condition's words and names, without what settles it."""

    text: str
    span: Span
    name: str
    name_span: Span
    fact: str


def places_of(drafts: Sequence[DraftStep]) -> tuple[Place, ...]:
    """Return every condition with its place, in document order."""
    found = []
    for index, draft in enumerate(drafts):
        if draft.condition is not None:
            found.append(Place(index, draft.label, draft.condition, "", index))
        beside: Counter[str | None] = Counter()
        for one in draft.lines:
            if one.condition is not None:
                found.append(Place(index, one.line.label, one.condition, one.line.parent, beside[one.line.parent]))
            beside[one.line.parent] += 1
    return tuple(found)


def parse(place: int, span: Span, file: SourceFile) -> Parsed:
    """Return a condition's words with its verb found."""
    tokens = tokens_at(file, span)
    subject = next((index for index, token in enumerate(tokens[:4]) if stem(token.key) in _PEOPLE), None)
    linking = next((index for index, token in enumerate(tokens) if token.key in _LINKING), None)
    if subject is not None and not _owns(tokens[subject]):
        verb = subject + 1
    elif linking is not None:
        verb = linking
    else:
        verb = 0
    return Parsed(place, tokens, min(verb, len(tokens) - 1))


def speaks_of_people(one: Parsed) -> bool:
    """Tell whether it is the customer that a condition speaks of."""
    return any(stem(token.key) in _PEOPLE and not _owns(token) for token in one.tokens[: one.verb])


def takes_up(one: Parsed, question: Line, file: SourceFile) -> bool:
    """Whether "if it was cancelled by the airline" takes up what "Ask why the trip was cancelled" asks."""
    said = one.tokens[one.verb :]
    about = stems(" ".join(token.key for token in said[:TAKEN_UP_MAX]))
    return one.tokens[0].key in _TAKING_UP and bool((about - _LITTLE_SAID) & stems(file.slice(question.span)))


def _is_bare(one: Parsed) -> bool:
    """Tell whether a condition only names an answer: "If by mail: ..."."""
    return one.verb == 0 and len(one.tokens) <= BARE_WORDS_MAX and one.tokens[0].key not in _LINKING


def _owns(token: Token) -> bool:
    # "the customer's plan": the plan is spoken of, not the customer.
    return token.key.endswith(("'s", "’s"))


def asked(
    drafts: Sequence[DraftStep], places: Sequence[Place], parsed: Mapping[int, Parsed], file: SourceFile
) -> dict[int, Line]:
    """Return, by place, the nearest earlier question that asks for its condition."""
    alike: dict[tuple[str, ...], list[Parsed]] = {}
    for one in parsed.values():
        alike.setdefault(one.key, []).append(one)
    telling: dict[int, frozenset[str]] = {}
    for siblings in alike.values():
        for one, (first, end) in zip(siblings, distinct(siblings, articles=False), strict=True):
            bare = _is_bare(one)
            telling[one.place] = _content(one.tokens if bare else one.tokens[max(first, one.verb + 1) : end])
    questions = [
        (line, stems(" ".join((_words(line.line, file), *(file.slice(one) for one in line.options)))))
        for draft in drafts
        for line in draft.lines
        if _may_settle(line.line)
    ]
    found: dict[int, Line] = {}
    upto = 0
    for number, place in enumerate(places):
        while upto < len(questions) and questions[upto][0].line.span.end <= place.draft.span.start:
            upto += 1
        if number in telling:
            earlier = questions[max(0, upto - QUESTIONS_BACK_MAX) : upto]
            question = _question_for(parsed[number], telling[number], earlier, file)
            if question is not None:
                found[number] = question
    return found


def _may_settle(line: Line) -> bool:
    match line.instruction:
        case Ask(kind=kind):
            return kind is not QuestionKind.ANYTHING_ELSE
        case Say(text=text):
            return text is not None and text.rstrip().endswith("?")
        case _:
            return False


def _words(line: Line, file: SourceFile) -> str:
    match line.instruction:
        case Ask(text=str(text)) | Say(text=str(text)):
            # "Ask whether they want sugar or milk: ..." says what is asked, however the question itself is put.
            about = _ABOUT.search(file.slice(line.span).partition(text)[0])
            return f"{about[0]} {text}" if about is not None else text
        case _:
            return file.slice(line.span)


def _question_for(
    one: Parsed, telling: frozenset[str], questions: Sequence[tuple[DraftLine, frozenset[str]]], file: SourceFile
) -> Line | None:
    if not telling:
        return None
    if _is_bare(one):
        return next((draft.line for draft, words in reversed(questions) if telling <= words), None)
    verb = stem(one.tokens[one.verb].key)
    verbs = next((same for same in _SAME if verb in same), frozenset((verb,)))
    fits = (
        draft
        for draft, words in reversed(questions)
        if telling <= words
        and (verb in _NAMES_IT or verbs & words or draft.options or _lists(draft.line, telling, one, file))
    )
    return next((draft.line for draft in fits), None)


def _lists(line: Line, telling: frozenset[str], one: Parsed, file: SourceFile) -> bool:
    """Whether a question lists what tells a condition among its answers: "which kind it is (medical, luggage)"."""
    words = file.slice(line.span)
    said = file.slice(Span(one.tokens[0].span.start, one.tokens[-1].span.end))
    if one.tokens[one.verb].key in _LINKING and told_apart(said, words):
        return True
    behind = _LISTED.search(words[-LISTED_MAX:])
    lists = (*value_lists(words), *((values_in(behind["list"]),) if behind is not None else ()))
    return any(telling == stems(value) for values in lists if len(values) >= ANSWERS_MIN for value in values)


def _content(tokens: Sequence[Token]) -> frozenset[str]:
    # "at the customer's own address" is asked for by "at your own address".
    return frozenset(
        stem(token.key)
        for token in tokens
        if token.key and not _SMALL.fullmatch(token.key) and not (_owns(token) and stem(token.key) in _PEOPLE)
    )


def distinct(siblings: Sequence[Parsed], *, articles: bool) -> tuple[tuple[int, int], ...]:
    """Return, for each, the range of tokens left when what all of them begin and end with is taken off."""
    keys = [tuple(token.key for token in one.tokens) for one in siblings]
    shortest = min(len(key) for key in keys)
    if len(keys) == 1:
        return ((min(siblings[0].verb + 1, shortest - 1), shortest),)
    room = shortest - 1
    head = next((n for n in range(room) if len({key[n] for key in keys}) > 1), room)
    tail = next((n for n in range(room - head) if len({key[-1 - n] for key in keys}) > 1), room - head)
    if articles and head > 0 and keys[0][head - 1] in _ARTICLES:
        head -= 1
    return tuple((head, len(key) - tail) for key in keys)


def named(one: Parsed, file: SourceFile, name: tuple[int, int] | None) -> Named:
    """Return what a condition is called."""
    said = _said(one)
    first, end = name or (said, len(one.tokens))
    span = Span(one.tokens[0].span.start, one.tokens[-1].span.end)
    name_span = Span(one.tokens[first].span.start, one.tokens[end - 1].span.end)
    fact = snake(" ".join(token.key for token in _fact_tokens(one, said)))
    return Named(plain(file.slice(span)), span, plain(file.slice(name_span)), name_span, fact or "condition")


def _said(one: Parsed) -> int:
    """Return where what is said of the subject begins; "is" and "has" say nothing by themselves."""
    linking = one.tokens[one.verb].key in _LINKING and one.verb + 1 < len(one.tokens)
    return one.verb + 1 if linking else one.verb


def _fact_tokens(one: Parsed, said: int) -> tuple[Token, ...]:
    subject = [token for token in one.tokens[: one.verb] if token.key not in _ARTICLES]
    people = len(subject) == 1 and stem(subject[0].key) in _PEOPLE
    rest = one.tokens[said:]
    if len(rest) > 1 and rest[0].key in _ARTICLES:
        rest = rest[1:]
    return rest if people else (*subject, *rest)


def chain_before(number: int, places: Sequence[Place]) -> tuple[str, ...]:
    """Return the labels of the alternatives that an else comes after, in document order."""
    place = places[number]
    found: list[str] = []
    for other in reversed(places[max(0, number - QUESTIONS_BACK_MAX) : number]):
        beside = other.parent == place.parent and (other.step == place.step or place.parent == "")
        if not beside:
            continue
        # A line under no condition in between ends the chain; an else after several ifs is none of them.
        if found and other.order != place.order - 1 - len(found):
            break
        if other.parent == "" and other.order != place.order - 1 - len(found):
            break
        found.append(other.label)
        if other.draft.chain is Chain.IF and place.draft.chain is Chain.ELSE_IF:
            break
    return tuple(reversed(found))
