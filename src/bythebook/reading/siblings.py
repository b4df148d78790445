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
from bythebook.reading.moves import Move
from bythebook.reading.one_named import one_named
from bythebook.reading.polarity import Wish, between, taken_back, wishes
from bythebook.reading.terms import Kind, Mention
from bythebook.reading.text import Clause

Pairs: TypeAlias = Sequence[tuple[Mention, Wish]]

PAIR: Final = 2
"""Answers of which ruling out one leaves one."""

APART_WORDS_MIN: Final = 4
"""Words between two siblings from which they stand in statements of their own."""

_BESIDES: Final = re.compile(
    r"^(?:besides|in addition to|on top of|alongside|along with|as well as|apart from|aside from)\b"
)
_CONDITION_OF: Final = re.compile(
    r"\b(?:need|require|have|must)\b[^@]*@(?: \w+)? (?:in order )?(?:to|before|for) (?:get|getting|sign|have|"
    r"obtain|be|using|use)\b[^@]*@"
)
""" "Do we need X to get one for Y?": X is asked about as a condition."""

_LINK: Final = re.compile(
    r"(?:^|\b)(?:,|and|plus|also|both|as well|along with|together|too|then|in addition|but|while|another)(?:\b|$)"
)
_OR: Final = re.compile(r"\b(?:or|vs|versus)\b")
_ALL_BUT: Final = re.compile(r"\b(?:everything|anything|all|whatever|every)\b")
_ONLY: Final = re.compile(
    r"\b(?:just|only|solely|merely|nothing (?:but|except|other than|besides)|that (?:is|was|will be) (?:all|it|"
    r"everything)|"
    r"all (?:i|we) (?:need|needed|want|wanted|came for)|is (?:all|enough|fine|sufficient))\b"
)
_AGAIN: Final = re.compile(
    r"\b(?:again|repeat|instead|after all|second thoughts?|meant|mean|wrong|rather|not|also|too|list|show|send)\b"
)
_NOT_NEEDED: Final = re.compile(
    r"\b(?:do|does|did|would|will) not (?:really |actually |currently |even )*(?:need|want|require|care|be "
    r"needing)\b|"
    r"\b(?:forget|never mind|skip|drop|scrap|leave out|ignore)(?: about)?\b|\bno (?:longer|need|interest)\b|\bnot "
    r"(?:interested|looking|needed|required|necessary|after|relevant)\b|"
    r"\bwithout\b"
)
_ANY_MORE: Final = re.compile(r"\b(?:any ?more|any longer|no longer|after all|anything|nothing)\b")
_SUPPOSED: Final = re.compile(
    r"\b(?:if|in case|suppose|supposing|imagine|unless|in the event|nothing|none|nobody|no one|no longer)\b"
)
"""What tells of nothing that is so: it is supposed, or it is not so."""

_ABOUT: Final = re.compile(
    r"^(?:(?:so|and|but|ok|well|then|also|just) )*(?:how (?:long|much|many|soon|fast|often|quickly)|when|why|what "
    r"(?:is|are|was|does|do|happens|would|will)|(?:is|are) (?:the|it|that|they))\b"
)
"""Questions of how a thing is, by which it is not asked for."""

_THAT_IS_FOR: Final = re.compile(
    r"^(?:(?:oh|ah|so|but|wait|hm+|well|sorry|i see|ok|,) )*(?:that|this|it|those|these) (?:is|was|are|were)"
    r"(?: all| only| just)* (?:for|about|on) (?:the )?@$"
)

_BARE_NOT: Final = re.compile(
    r"^(?:(?:no|well|sorry|hmm|oh|it is|this is|that is|definitely|certainly|actually|we are|i am|i|we|do|did|would|"
    r"really) )*"
    r"not (?:(?:really|actually|at all|mean|meant|need|want|use|require|using|talking|looking|interested|referring|"
    r"mind|to) )*"
    r"(?:(?:for|about|with|using|on|in|to) )*(?:the |our |your )?@(?: (?:at all|here|any ?more|part|one|thing|"
    r"please|though|for sure|part|"
    r"version))*$"
)


def mentioned(context: Context, clause: Clause, mentions: Sequence[Mention], heard: Heard) -> bool:
    """Read a clause with these terms in it; return whether anything was made of them."""
    pairs = taken_back(clause.words, tuple(zip(mentions, wishes(context.words_of(clause), mentions), strict=True)))
    terms = [(m, w) for m, w in pairs if m.kind is Kind.TERM]
    families = [(m, w) for m, w in pairs if m.kind is Kind.FAMILY]
    heard.wished += [Wished(mention.choice, wish) for mention, wish in terms]
    if len(mentions) == 1 and _about_the_thing(clause, mentions[0], bool(context.menu.situation.current), heard):
        return True
    wanted = _choices(terms, Wish.WANTED)
    if not terms and families and all(wish is Wish.EXCLUDED for _, wish in families):
        terms = families  # "not X": whoever excludes the family means the one of it that was asked about
        heard.wished += [Wished(mention.choice, wish) for mention, wish in terms]
    if families and not wanted and _family(context, clause, (families[0], terms), heard):
        return True
    doubted = _choices(terms, Wish.DOUBTED)
    if doubted:
        heard.doubt(*doubted[:2])
        return True
    if at_closing(context.menu) and _nothing_new(context, clause, terms, heard):
        return True
    if at_closing(context.menu) and len(terms) == 1 and _is_for_another(context, clause, terms[0][0]):
        heard.unwanted = True
        heard.doubt(*(one for one in context.siblings if one not in wanted))
        return True
    if not wanted:
        return _left_over(context, clause, terms, heard) if terms else False
    supposed = wanted[0] in context.knows.tells and bool(_SUPPOSED.search(clause.plain))
    if len(wanted) == 1 and (supposed or _only_asked_about(context, clause, wanted[0])):
        heard.doubt(wanted[0])
        return True
    # "X and the family of Y": joined to a sibling, a family's name means its sibling.
    wanted += [choice for choice in _choices(families, Wish.WANTED) if choice not in {m.choice for m, _ in terms}]
    if len(wanted) > 1:
        if (
            clause.question
            and _CONDITION_OF.search(_masked(clause, [m for m, _ in pairs]))
            and _of_article(context, clause, heard)
        ):
            return True
        _several(clause, [m for m, w in pairs if w is Wish.WANTED and m.kind is not Kind.FOREIGN], wanted, heard)
    elif _choices(terms, Wish.EXCLUDED) and set(_choices(terms, Wish.EXCLUDED)) != set(wanted):
        heard.add(wanted[0], c.TERM)  # "could we leave out X and only do Y?": chosen, however it is put
    else:
        one_named(context, clause, next(m for m, w in terms if w is Wish.WANTED), heard)
    return True


def _is_for_another(context: Context, clause: Clause, mention: Mention) -> bool:
    """ "Oh, that is for X", after X: what was said is not for them."""
    words = (*clause.words[: mention.start], "@", *clause.words[mention.end :])
    given = mention.choice.partition(":")[2] in context.menu.situation.current
    return given and not clause.question and bool(_THAT_IS_FOR.match(" ".join(words)))


def _only_asked_about(context: Context, clause: Clause, choice: str) -> bool:
    """Whether a routine that has no article is asked something of what was not done yet: no line answers that."""
    label = choice.partition(":")[2].partition("(")[0]
    done = any(said.startswith(label) for said in context.menu.situation.said)
    return context.knows.alone and not done and clause.question and bool(_ABOUT.match(clause.plain))


def _about_the_thing(clause: Clause, mention: Mention, given: bool, heard: Heard) -> bool:
    """What a thing is, or how to use it, is nothing this document says, and no wish for it."""
    name = " ".join(clause.words[mention.start : mention.end])
    if facets.asks_use(clause.plain, name) or (not given and facets.handles(clause.plain, name)):
        heard.add(OFF_TOPIC, c.LIKELY)
        return True
    heard.empty = facets.asks_what_it_is(clause.plain, name)
    return heard.empty


def _nothing_new(context: Context, clause: Clause, terms: Pairs, heard: Heard) -> bool:
    """After the closing question: only what was given is wanted ("just X"), or a sibling is not needed."""
    if clause.question or not terms:
        return False
    plain, current = clause.plain, {f"step:{label}" for label in context.menu.situation.current}
    said = context.menu.situation.said
    before = {one for one in context.siblings if any(line.startswith(one.partition(":")[2]) for line in said)}
    named = {mention.choice for mention, _ in terms}
    if all(wish is Wish.WANTED for _, wish in terms) and not heard.corrects:
        given = named <= current and bool(_ONLY.search(plain)) and not _AGAIN.search(plain)
        if given:
            heard.add(DENY, c.RULE)
        elif len(before) > 1 and named <= before and bool(_ONLY.search(plain)) and not _AGAIN.search(plain):
            given = heard.aside = True  # "we only need X", when both were given: what else is said tells
        return given
    if any(wish is Wish.WANTED for _, wish in terms) or not _NOT_NEEDED.search(plain):
        return False
    if named & current and not _ANY_MORE.search(plain):
        heard.declined = True
        return False
    heard.add(DENY, c.RULE)
    return True


def _choices(pairs: Pairs, wish: Wish) -> list[str]:
    return list(dict.fromkeys(mention.choice for mention, wished in pairs if wished is wish))


def _masked(clause: Clause, mentions: Sequence[Mention]) -> str:
    words = list(clause.words)
    for mention in reversed(mentions):
        words[mention.start : mention.end] = ["@"]
    return " ".join(words)


def _of_article(context: Context, clause: Clause, heard: Heard) -> bool:
    best = context.match(clause.plain).best("article")
    if best is None or best.probability < context.ask_min / 2:
        return False
    heard.add(best.choice, c.LIKELY)
    return True


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
    elif len(left) == 1 and (_other_of_two(context, clause, terms, left[0]) or _rules_out(context, clause)):
        heard.want(left[0], c.LIKELY)
    elif len(left) == 1 and _ALL_BUT.search(clause.plain):
        heard.add(left[0], c.LIKELY)
    else:
        heard.doubt(*left[: 1 if clause.question else 2])
    return True


def _rules_out(context: Context, clause: Clause) -> bool:
    """Whether one of two answers is ruled out by what the customer says of themselves."""
    told = context.told(clause.plain)
    if told is None or clause.question or len(context.siblings) != PAIR or len(context.menu.options) != PAIR:
        return False
    return told.of(Move.USE, Move.WANT, Move.CORRECT) >= c.MOVE_MIN


def _other_of_two(context: Context, clause: Clause, terms: Pairs, left: str) -> bool:
    """ "Not X", where a question asks about just X and one other, is that other."""
    options = context.menu.options
    if len(options) != 2 or left not in options or clause.question or len(terms) != 1:
        return False
    mention = terms[0][0]
    words = (*clause.words[: mention.start], "@", *clause.words[mention.end :])
    return bool(_BARE_NOT.match(" ".join(word for word in words if word != ",")))


def _plainly_that_one(context: Context, clause: Clause, choice: str) -> bool:
    """Whether a family's name is said with words that only one of it has ("X for big companies")."""
    told, best = context.told(clause.plain), context.match(clause.plain).ranked[0]
    used = told is not None and told.of(Move.USE, Move.WANT, Move.CORRECT) >= c.PLAIN_MIN
    return used and best.choice == choice and best.nearness >= c.SAME_NEAR_MIN and best.probability >= c.ASKED_MIN


def _family(context: Context, clause: Clause, named: tuple[tuple[Mention, Wish], Pairs], heard: Heard) -> bool:
    """The family's name alone: the article's word on it, or a question which of it is meant."""
    (mention, wish), terms = named
    if wish is not Wish.WANTED:
        return False
    if any(other is Wish.EXCLUDED for _, other in terms):
        heard.want(mention.choice, c.LIKELY)
        return True
    current = {f"step:{label}" for label in context.menu.situation.current} & set(context.siblings)
    if current and mention.choice not in current and not clause.question and facets.wants(clause.plain):
        heard.want(mention.choice, c.LIKELY)  # "I need the X one", after its sibling
        return True
    if clause.question and facets.asks_timing(clause.plain) and context.knows.timing is not None:
        heard.add(context.knows.timing, c.RULE)
        return True
    ranked = context.match(clause.plain).ranked
    if ranked and ranked[0].choice == mention.choice and ranked[0].probability >= c.REPORT_MIN:
        heard.want(mention.choice, ranked[0].probability)
        return True
    if context.menu.options and not clause.question and _plainly_that_one(context, clause, mention.choice):
        heard.want(mention.choice, c.LIKELY)
        return True
    topic = context.knows.family_topic(mention, clause.words)
    if topic is None or (context.menu.options and not clause.question):
        heard.doubt(mention.choice)
        return True
    asked = clause.question and ranked and ranked[0].choice.startswith(("article", "line"))
    if asked and ranked[0].probability >= context.answer_min:
        heard.add(ranked[0].choice, ranked[0].probability)
    else:
        heard.family = topic
        heard.add(topic, c.LIKELY)
    return True
