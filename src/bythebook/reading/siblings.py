"""Reads a clause that names siblings ("the parcel", "the letter"): which is wanted, or what is asked of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Final, TypeAlias

from bythebook.engine.choice import DENY, NEITHER, OFF_TOPIC
from bythebook.reading import certainty as c
from bythebook.reading import facets
from bythebook.reading.context import Context
from bythebook.reading.heard import Heard, Wished
from bythebook.reading.moments import at_closing
from bythebook.reading.polarity import Wish, between, wishes
from bythebook.reading.terms import Kind, Mention
from bythebook.reading.text import Clause

Pairs: TypeAlias = Sequence[tuple[Mention, Wish]]

SHORT_WORDS_MAX: Final = 4
"""Words of a clause so short that naming a thing is asking for it."""

APART_WORDS_MIN: Final = 4
"""Words between two siblings from which they stand in statements of their own."""

TELL: Final = re.compile(
    r"^(?:(?:please|can you|could you|i want to|i need to|i would like to|we need to|we want to) )*"
    r"(?:show|list|give|send|tell|see|name|provide|explain|share|get me|print|point me)\b"
)
"""Orders that ask a question."""

_BESIDES: Final = re.compile(
    r"^(?:besides|in addition to|on top of|alongside|along with|as well as|apart from|aside from)\b"
)
_CONDITION: Final = re.compile(r"\b(?:without|before|prior to|unless|until|if i only|if we only)\b")
_LINK: Final = re.compile(
    r"(?:^|\b)(?:,|and|plus|also|both|as well|along with|together|too|then|in addition|but|while|another)(?:\b|$)"
)
_OR: Final = re.compile(r"\b(?:or|vs|versus)\b")
_ALL_BUT: Final = re.compile(r"\b(?:everything|anything|all|whatever|every)\b")
_AND_MORE: Final = re.compile(r"^(?:(?:the|for|our) )*\w+(?: \w+)? and\b")
_ONLY: Final = re.compile(
    r"\b(?:just|only|solely|merely|nothing (?:but|except|other than|besides)|that (?:is|was|will be) (?:all|it|"
    r"everything)|"
    r"all (?:i|we) (?:need|needed|want|wanted|came for)|is (?:all|enough|fine|sufficient))\b"
)
_AGAIN: Final = re.compile(
    r"\b(?:again|repeat|instead|after all|meant|mean|wrong|rather|not|also|too|list|show|send)\b"
)
_NOT_NEEDED: Final = re.compile(
    r"\b(?:do|does|did|would|will) not (?:really |actually |currently |even )*(?:need|want|require|care|be "
    r"needing)\b|"
    r"\bno (?:longer|need|interest)\b|\bnot (?:interested|looking|needed|required|necessary|after|relevant)\b|"
    r"\bwithout\b"
)
_ANY_MORE: Final = re.compile(r"\b(?:any ?more|any longer|no longer|after all|anything|nothing)\b")
_BARE_NOT: Final = re.compile(
    r"^(?:(?:no|well|sorry|hmm|oh|it is|this is|that is|definitely|certainly|actually|we are|i am) )*not "
    r"(?:(?:for|about|with|using|on|in) )?(?:the |our |your )?@(?: (?:one|thing|please|though|for sure|part|"
    r"version))*$"
)
_REQUEST_BONUS: Final = 1.5


def mentioned(context: Context, clause: Clause, mentions: Sequence[Mention], heard: Heard) -> bool:
    """Read a clause with these terms in it; return whether anything was made of them."""
    pairs = tuple(zip(mentions, wishes(clause.words, mentions), strict=True))
    terms = [(m, w) for m, w in pairs if m.kind is Kind.TERM]
    families = [(m, w) for m, w in pairs if m.kind is Kind.FAMILY]
    heard.wished += [Wished(mention.choice, wish) for mention, wish in terms]
    if len(mentions) == 1 and _about_the_thing(clause, mentions[0], heard):
        return True
    wanted = _choices(terms, Wish.WANTED)
    if families and not wanted and _family(context, clause, (families[0], terms), heard):
        return True
    doubted = _choices(terms, Wish.DOUBTED)
    if doubted:
        heard.doubt(*doubted[:2])
        return True
    if at_closing(context.menu) and _nothing_new(context, clause, terms, heard):
        return True
    if not wanted:
        return _left_over(context, clause, terms, heard) if terms else False
    # "X and the family of Y": joined to a sibling, a family's name means its sibling.
    wanted += [choice for choice in _choices(families, Wish.WANTED) if choice not in {m.choice for m, _ in terms}]
    if len(wanted) > 1:
        _several(clause, [m for m, w in pairs if w is Wish.WANTED and m.kind is not Kind.FOREIGN], wanted, heard)
    else:
        _one(context, clause, wanted[0], heard)
    return True


def _about_the_thing(clause: Clause, mention: Mention, heard: Heard) -> bool:
    """What a thing is, or how to use it, is nothing this document says, and no wish for it."""
    name = " ".join(clause.words[mention.start : mention.end])
    if facets.asks_use(clause.plain, name):
        heard.add(OFF_TOPIC, c.LIKELY)
        return True
    heard.empty = facets.asks_what_it_is(clause.plain, name)
    return heard.empty


def _nothing_new(context: Context, clause: Clause, terms: Pairs, heard: Heard) -> bool:
    """After the closing question: only what was given is wanted ("just X"), or a sibling is not needed."""
    if clause.question or not terms:
        return False
    plain, current = clause.plain, {f"step:{label}" for label in context.menu.situation.current}
    named = {mention.choice for mention, _ in terms}
    if all(wish is Wish.WANTED for _, wish in terms):
        given = named <= current and bool(_ONLY.search(plain)) and not _AGAIN.search(plain)
        if given:
            heard.add(DENY, c.RULE)
        return given
    if any(wish is Wish.WANTED for _, wish in terms) or not _NOT_NEEDED.search(plain):
        return False
    if named & current and not _ANY_MORE.search(plain):
        heard.declined = True
        return False
    heard.add(DENY, c.RULE)
    return True


def coverage(context: Context, plain: str) -> str | None:
    """Return the question of the article about what is covered, where the clause asks that of a thing."""
    return context.knows.coverage if facets.asks_coverage(plain) else None


def _choices(pairs: Pairs, wish: Wish) -> list[str]:
    return list(dict.fromkeys(mention.choice for mention, wished in pairs if wished is wish))


def _one(context: Context, clause: Clause, choice: str, heard: Heard) -> None:
    """One sibling is named: it is wanted, unless the clause asks something the article answers."""
    plain = clause.plain
    topic, step = context.topic(plain), context.match(plain).of(choice)
    asks = clause.question or bool(TELL.match(plain))
    if not asks or facets.asks_of_another(plain):
        line = topic is not None and topic.choice.startswith("line")
        listed = topic is not None and line and topic.probability > max(2 * step, context.answer_min)
        if not listed or _AND_MORE.match(plain):
            heard.add(choice, c.TERM)
        if listed and topic is not None:
            heard.add(topic.choice, c.RULE)
        return
    if facets.asks_need(plain) and context.knows.names_subject(plain) and not _CONDITION.search(plain):
        heard.add(choice, c.LIKELY)
        return
    answer = _answer(context, plain, choice)
    if answer is not None:
        heard.add(*answer)
        return
    likely = step >= context.answer_min and context.knows.names_subject(plain)
    if likely or _requests(context, plain) or len(plain.split()) <= SHORT_WORDS_MAX:
        heard.add(choice, c.LIKELY)
    else:
        best = context.match(plain).best("article", "line")
        asked = best is not None and best.probability >= context.ask_min
        heard.doubt(choice, *([best.choice] if asked and best is not None else []))


def _requests(context: Context, plain: str) -> bool:
    """Whether a question is how customers ask for a thing."""
    return (
        facets.asks_how_to_get(plain) or facets.asks_whether_offered(context.knows.neutral(plain))
    ) and not _CONDITION.search(plain)


def _answer(context: Context, plain: str, choice: str) -> tuple[str, float] | None:
    """What of the article answers a question that names one sibling."""
    if facets.asks_timing(plain) and context.knows.timing is not None:
        return context.knows.timing, c.RULE
    covered = coverage(context, plain)
    if covered is not None:
        return covered, c.RULE
    topic, step = context.topic(plain), context.match(plain).of(choice)
    outweighs = step * (_REQUEST_BONUS if _requests(context, plain) else 1.0)
    if topic is not None and topic.probability >= context.answer_min and topic.probability > outweighs:
        return topic.choice, topic.probability
    best = context.match(plain).best("article", "line")
    if _CONDITION.search(plain) and best is not None and best.probability >= context.ask_min:
        return best.choice, c.LIKELY
    return None


def _several(clause: Clause, wanted: Sequence[Mention], choices: Sequence[str], heard: Heard) -> None:
    """Several siblings are named: all are wanted when they are joined, else it must be asked which."""
    joins = [between(clause.words, a, b) for a, b in pairwise(wanted) if a.choice != b.choice]
    joined = all(_LINK.search(join) or len(join.split()) >= APART_WORDS_MIN for join in joins)
    if any(_OR.search(join) for join in joins) or not (joined or _BESIDES.match(clause.plain)):
        heard.doubt(*choices[:2])
        return
    for choice in choices:
        heard.add(choice, c.TERM)


def _left_over(context: Context, clause: Clause, terms: Pairs, heard: Heard) -> bool:
    """Only what is not wanted is named: the rest is, if one is left."""
    named = {wish for _, wish in terms}
    if Wish.SETTLED in named and Wish.EXCLUDED not in named:
        return True
    out = {mention.choice for mention, _ in terms}
    left = [choice for choice in context.siblings if choice not in out]
    if not left:
        heard.add(NEITHER, c.RULE)
    elif len(left) == 1 and (_other_of_two(context, clause, terms, left[0])):
        heard.want(left[0], c.LIKELY)
    elif len(left) == 1 and _ALL_BUT.search(clause.plain):
        heard.add(left[0], c.LIKELY)
    else:
        heard.doubt(*left[: 1 if clause.question else 2])
    return True


def _other_of_two(context: Context, clause: Clause, terms: Pairs, left: str) -> bool:
    """ "Not X", where a question asks about just X and one other, is that other."""
    options = context.menu.options
    if len(options) != 2 or left not in options or clause.question or len(terms) != 1:
        return False
    mention = terms[0][0]
    words = (*clause.words[: mention.start], "@", *clause.words[mention.end :])
    return bool(_BARE_NOT.match(" ".join(word for word in words if word != ",")))


def _family(context: Context, clause: Clause, named: tuple[tuple[Mention, Wish], Pairs], heard: Heard) -> bool:
    """The family's name alone: the article's word on it, or a question which of it is meant."""
    (mention, wish), terms = named
    if wish is not Wish.WANTED:
        return False
    if any(other is Wish.EXCLUDED for _, other in terms):
        heard.want(mention.choice, c.LIKELY)
        return True
    if clause.question and facets.asks_timing(clause.plain) and context.knows.timing is not None:
        heard.add(context.knows.timing, c.RULE)
        return True
    ranked = context.match(clause.plain).ranked
    if ranked and ranked[0].choice == mention.choice and ranked[0].probability >= c.REPORT_MIN:
        heard.want(mention.choice, ranked[0].probability)
        return True
    topic = context.knows.family_topic(mention, clause.words)
    if topic is None or (context.menu.options and not clause.question):
        heard.doubt(mention.choice)
        return True
    asked = clause.question and ranked and ranked[0].choice.startswith(("article", "line"))
    if asked and ranked[0].probability >= context.answer_min:
        heard.add(ranked[0].choice, ranked[0].probability)
    else:
        heard.add(topic, c.LIKELY)
    return True
