"""Reads what a clause is about when it names no sibling: an outcome, a request, another desk's matter, our own."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from bythebook.engine.choice import COMPLAINT, NEITHER, OFF_TOPIC, REQUEST_STATUS, ROUTINE
from bythebook.reading import certainty as c
from bythebook.reading import facets, position
from bythebook.reading.bearing import NO_NEED
from bythebook.reading.context import Context
from bythebook.reading.elsewhere import is_of_another_paper, matter_elsewhere, out_of_order
from bythebook.reading.heard import Heard, Wished
from bythebook.reading.moves import Move
from bythebook.reading.one_named import SHORT_WORDS_MAX, coverage
from bythebook.reading.outcomes import Sense, outcomes
from bythebook.reading.polarity import Wish, wishes
from bythebook.reading.reports import is_leaning, standing, supposes_the_opposite
from bythebook.reading.requests import tells_of_a_request, waits
from bythebook.reading.terms import Kind, Mention
from bythebook.reading.text import Clause
from bythebook.reading.whose import ELSEWHERE, Standing

TIMING_WORDS_MAX: Final = 6
"""Words of a clause that asks for the time without being a question ("turnaround time")."""

ALL_WORDS_MAX: Final = 8
"""Words of a clause whose "both" means the siblings even where none is named."""

STRANGE_MAX: Final = 1
"""Words that are none of the release's in a question about time, beyond which it is about some other thing."""

_AGAINST_A_THING: Final = re.compile(
    r"^(?P<who>.*?)\b(?:reject(?:s|ed)?|veto(?:es|ed)?|declin(?:e|es|ed)|refus(?:e|es|ed)|den(?:y|ies|ied)|turn(?:s|"
    r"ed)? down|rul(?:e|es|ed) out|dismiss(?:es|ed)?|oppos(?:e|es|ed)|decided against|forbids?|forbade|bann(?:s|ed)|"
    r"prohibit(?:s|ed)?|(?:say|says|said) no(?= (?:to|on) )|"
    r"(?:will|would|does|did) not (?:approve|allow|accept|permit))"
    r"(?: (?:the|our|using|to use|to buy|buying|to have|to allow|us|having|any|to|on))* @(?! (?:baa|request|"
    r"application|agreement|use|account|access|one|bid|part)\b)"
)
_VENDOR: Final = re.compile(r"\b(?:you|your|u|they|was|were|been|got|is|are|has|have)\b")
_BOTH_FIRST: Final = re.compile(
    r"^(?:(?:for|we|i|need|want|it is|would|like|yes|please|actually|really|,) )*(?:both|all of)\b"
)
_LEFT_ASIDE: Final = re.compile(
    r"^(?:please |just )*(?:ignore|disregard|forget)\b|^both (?:\w+ )?(?:clear|understood|received|noted|fine)\b"
)
_US: Final = re.compile(r"\b(?:us|me|(?:we|i) (?:were|are|got|have)|you)\b")
_WE_WERE: Final = re.compile(r"\b(?:we|i) (?:are|were|was|am|got|have been|do not|did not)\b")
_FAULT: Final = re.compile(
    r"\b(?:error|code|status|http|with an?|with) (?:code )?[45]\d\d\b|\b[45]\d\d (?:error|code|status)\b|\b(?:log "
    r"?in|sign ?in|"
    r"password|token|(?:api )?keys?|port|cookies?|uploads?) (?:is|was|were|are|gets?|got|keeps?|has been)(?: \w+)? "
    r"(?:denied|rejected|"
    r"refused|declined|not accepted)\b|\b(?:reject|refus|declin|den)(?:s|e|es|ed|ing|y|ies|ied|ying) (?:my|our|the) "
    r"(?:\w+ )?(?:keys?|tokens?|log ?in|password|uploads?|files?|calls?|prompts?|images?)\b"
)
"""Refusals of a machine."""

_REFUSING_THING: Final = re.compile(
    r"^(?:(?:so|and|but|hi|hello|why|today|yesterday|the|your|our|this|that|does|did|is|has) )*(?:@|endpoint|server|"
    r"model|app|"
    r"website|site|system|chat|page|dashboard)(?: endpoint| server| model| app| website| page)? (?:(?:just|always|"
    r"still|also|keeps?|kept|has|have|is) )*(?:refus|reject|declin|den(?=y|i))\w*\b"
)
_MAKE_UP: Final = re.compile(
    r"^(?:(?:please|now|then|and|just|can you|could you|would you) )*(?:write|compose|draft|generate|make up|"
    r"create|sing|tell)(?: "
    r"(?:me|us))? (?:an?|some|the) (?:\w+ )?(?:poem|story|song|joke|essay|haiku|limerick|rap|fairy ?tale|novel|"
    r"tale)\b"
)
_STILL: Final = re.compile(r"\b(?:still|again)\b")
_WHEN_WE: Final = re.compile(r"\bwhen (?:will|do|are|am) (?:i|we|my \w+|our \w+)\b(?! (?:need|have to|require))")
_OFFERED_SHARE: Final = 0.5


def report(context: Context, clause: Clause, heard: Heard) -> bool:
    """R11: a report, a fear, somebody else's outcome, or none of them."""
    knows = context.knows
    plain = knows.neutral(clause.plain)
    if _when_decided(context, clause, plain, heard):
        return True
    heard.decided = _own_decision(context, clause)
    if heard.decided or _is_fault(context, clause, heard) or _is_of_another_desk(context, clause, heard):
        return OFF_TOPIC in heard.sure
    for choice, sense in knows.reports:
        heard.standing = _agreed(context, clause, choice, standing(plain, sense, clause.question, knows.told_of))
        heard.supposable = knows.topic_if(sense) or ""
        match heard.standing:
            case None:
                continue
            case Standing.HELD if _is_of_others(context, clause):
                _status(context, plain, clause.question, heard)
            case Standing.HELD:
                heard.add(choice, c.REPORTED)
                heard.reported = choice
                heard.leaning = is_leaning(plain) and not knows.names_subject(clause.plain)
                if _STILL.search(plain) and not clause.question:
                    heard.add(COMPLAINT, c.LIKELY)
            case Standing.SUPPOSED:
                topic = knows.topic_if(sense)
                if topic is None:
                    continue
                heard.add(topic, c.RULE)
            case Standing.DOUBTFUL:
                heard.doubt(choice, REQUEST_STATUS)
            case Standing.OPPOSITE:
                heard.background = all(one.sense is sense for one in outcomes(plain))
                heard.add(REQUEST_STATUS, c.RULE)
            case _:
                heard.background = heard.standing is not Standing.PENDING and all(
                    one.sense is sense for one in outcomes(plain)
                )
                _status(context, plain, clause.question, heard)
        return True
    return False


def supposed_well(context: Context, clause: Clause, heard: Heard) -> bool:
    """ "If you approve us, how long ...?": the supposition itself asks nothing."""
    plain = context.knows.neutral(clause.plain)
    if clause.question or not any(supposes_the_opposite(plain, sense) for _, sense in context.knows.reports):
        return False
    heard.aside = True
    return True


def _is_of_others(context: Context, clause: Clause) -> bool:
    told = context.told(clause.plain)
    return told is not None and told.of(Move.OTHERS) >= c.MOVE_SURE


def _is_refusal(context: Context, clause: Clause) -> bool:
    told = context.told(clause.plain)
    return told is not None and told.of(Move.REFUSED) >= c.MOVE_SURE


def _agreed(context: Context, clause: Clause, choice: str, found: Standing | None) -> Standing | None:
    """What a rule cannot tell, or takes for somebody else's, is ours where both heads have no doubt of it."""
    if found is Standing.DOUBTFUL and context.speaks_of_ours and _is_refusal(context, clause):
        return Standing.HELD
    told, best = context.told(clause.plain), context.match(clause.plain).ranked[0]
    sure = told is not None and told.of(Move.REFUSED) >= c.MOVE_ALONE and not clause.question
    refused = told is not None and told.of(Move.REFUSED) >= c.MOVE_MIN and not clause.question
    if found is Standing.DOUBTFUL and refused and best.choice == choice and _US.search(clause.plain):
        return Standing.HELD
    if found is Standing.DOUBTFUL and _is_of_others(context, clause) and not _US.search(clause.plain):
        return Standing.ELSEWHERE
    both = sure and best.choice == choice and best.probability >= c.PLAIN_MIN
    ours = found is Standing.DOUBTFUL or (found is Standing.ELSEWHERE and bool(_WE_WERE.search(clause.plain)))
    return Standing.HELD if both and ours else found


def _is_of_another_desk(context: Context, clause: Clause, heard: Heard) -> bool:
    """Whether a loan, a card, a claim was refused: nothing that this document gives."""
    knows = context.knows
    if _MAKE_UP.match(clause.plain):
        heard.add(OFF_TOPIC, c.LIKELY)
        return True
    if not outcomes(clause.plain) or knows.names_subject(clause.plain) or context.mentions(clause):
        return False
    found = {noun for nouns in ELSEWHERE.findall(clause.plain) for noun in nouns if noun}
    if not found - knows.told_of.matters:
        return False
    heard.add(OFF_TOPIC, c.LIKELY)
    return True


def _own_decision(context: Context, clause: Clause) -> bool:
    """Whether the customer's own side decided against a thing ("our board rejected X"): that reports no request."""
    words = list(clause.words)
    for mention in reversed(context.mentions(clause)):
        words[mention.start : mention.end] = ["@"]
    found = _AGAINST_A_THING.search(" ".join(words))
    return found is not None and not _VENDOR.search(found["who"])


def _is_fault(context: Context, clause: Clause, heard: Heard) -> bool:
    """Whether a product, and nobody, refused a call or a sign-in ("the X keeps rejecting my key")."""
    words = list(clause.words)
    for mention in reversed(context.mentions(clause)):
        words[mention.start : mention.end] = ["@"]
    found = _FAULT.search(clause.plain) or _REFUSING_THING.search(" ".join(words))
    if found is None or not outcomes(clause.plain):
        return False
    heard.add(OFF_TOPIC, c.LIKELY)
    return True


def _when_decided(context: Context, clause: Clause, plain: str, heard: Heard) -> bool:
    """ "How long does approval take?" asks for the time; "when will we be approved?" of a request that is pending."""
    timing = context.knows.timing
    found = outcomes(plain)
    if timing is None or not found or any(one.meant is not Sense.APPROVED for one in found):
        return False
    if not facets.asks_timing(plain) or not (clause.question or len(plain.split()) <= TIMING_WORDS_MAX):
        return False
    heard.add(timing, c.RULE)
    if _WHEN_WE.search(plain):
        heard.add(REQUEST_STATUS, c.LIKELY)
    return True


def request(context: Context, clause: Clause, heard: Heard) -> bool:
    """A request that was sent and is not answered."""
    plain = context.knows.neutral(clause.plain)
    if not tells_of_a_request(plain) or (context.knows.alone and context.is_ours(clause.plain)):
        return False
    heard.sent = not waits(plain, question=True)
    _status(context, plain, clause.question, heard)
    return True


def _status(context: Context, plain: str, question: bool, heard: Heard) -> None:
    heard.add(REQUEST_STATUS, c.RULE)
    if context.knows.timing is not None and waits(plain, question):
        heard.add(context.knows.timing, c.LIKELY)


def elsewhere(context: Context, clause: Clause, mentions: Sequence[Mention], heard: Heard) -> bool:
    """A product or a matter that the document does not have (R12)."""
    plain = clause.plain
    if context.knows.on_matter(plain):
        return False
    if any(mention.kind is Kind.FOREIGN for mention in mentions):
        wished = [(m.kind, w) for m, w in zip(mentions, wishes(context.words_of(clause), mentions), strict=True)]
        own = (Kind.TERM, Wish.WANTED) in wished
        belonging = all(m.choice for m in mentions if m.kind is Kind.FOREIGN)
        if own and belonging and not clause.question and not matter_elsewhere(plain, context.knows.own_words):
            return False
        if own and (Kind.FOREIGN, Wish.WANTED) not in wished:
            return False
        heard.add(OFF_TOPIC, c.RULE)
        return not own
    if out_of_order(plain):
        heard.add(OFF_TOPIC, c.LIKELY)
        return True
    if facets.asks_cost(plain) and not context.knows.tells_cost:
        topic = context.topic(plain)
        if topic is None or topic.probability < context.act_min:
            heard.add(OFF_TOPIC, c.LIKELY)
            return True
    if COMPLAINT in heard.sure or (clause.question and coverage(context, plain) and not is_of_another_paper(plain)):
        return False
    if (
        matter_elsewhere(plain, context.knows.own_words)
        and not context.knows.names_subject(plain)
        and not _plainly_ours(context, plain, mentions)
    ):
        if context.knows.alone and context.is_ours(plain):
            return False
        heard.add(OFF_TOPIC, c.LIKELY)
        return True
    return False


def _plainly_ours(context: Context, plain: str, mentions: Sequence[Mention]) -> bool:
    """Whether a sibling is named, and the head has no doubt that it is meant."""
    best = context.match(plain).ranked[:1]
    named = {mention.choice for mention in mentions if mention.kind is Kind.TERM}
    return bool(best) and best[0].choice in named and best[0].probability >= c.PLAIN_MIN


def placed(context: Context, clause: Clause, mentions: Sequence[Mention], heard: Heard) -> bool:
    """ "both", "neither", "the other one"."""
    plain, siblings = clause.plain, context.siblings
    offered = tuple(choice for choice in context.offered if choice in siblings)
    options = offered if len(offered) > 1 else siblings
    named = {mention.choice for mention in mentions if mention.kind is not Kind.FOREIGN}
    pairs = zip(mentions, wishes(context.words_of(clause), mentions), strict=True)
    out = [Wished(mention.choice, wish) for mention, wish in pairs if wish is Wish.EXCLUDED]
    all_named = len(named) != 1 or bool(_BOTH_FIRST.match(plain))
    meant = bool(context.offered or named) or len(plain.split()) <= ALL_WORDS_MAX
    told = context.told(plain)
    if told is not None and not named and told.of(*NO_NEED, Move.ORDER, Move.STATUS) >= c.MOVE_SURE:
        meant = False  # "both clear, thanks" takes nothing
    if ("thanks" in heard.peeled and plain.startswith("for ")) or _LEFT_ASIDE.match(plain):
        meant = False  # "thanks for both"
    if told is not None and clause.question and facets.asks_timing(plain):
        meant = False  # "and how long for each?"
    if len(options) > 1 and meant and all_named and position.all_of(plain) and not _asks_topic(context, clause):
        given = {f"step:{label}" for label in context.menu.situation.current}
        again = named or clause.question or _STILL.search(plain)
        left = [choice for choice in options if choice not in given or again]
        for choice in left or options:  # "make that both", after one of them
            heard.want(choice, c.RULE)
        return True
    if context.menu.options and position.none_of(plain) and not named:
        heard.add(NEITHER, c.RULE)
        return True
    if position.the_other(plain) and len(siblings) == 2:
        heard.wished += out
        return _other(context, named, heard)
    return False


def _other(context: Context, named: set[str], heard: Heard) -> bool:
    """Other than what is named beside it, in the message, or in an offer of one; else than what was served last."""
    current = {f"step:{label}" for label in context.menu.situation.current}
    against = named or context.named or set(context.menu.situation.offer) & set(context.siblings) or current
    left = [choice for choice in context.siblings if choice not in against]
    if len(left) == 1:
        heard.want(left[0], c.RULE)
        return True
    if not named:
        heard.doubt(*context.siblings)
    return not named


def _asks_topic(context: Context, clause: Clause) -> bool:
    if not clause.question:
        return False
    ranked = context.match(clause.plain).ranked
    return bool(ranked) and ranked[0].choice.startswith(("article", "line"))


def subject(context: Context, clause: Clause, heard: Heard) -> bool:
    """The routine's own matter: how long, what is covered, how to get it, if it can be had, that it is wanted."""
    plain = clause.plain
    if _timing(context, clause, heard):
        return True
    topic = context.topic(plain) if facets.asks_if_to_buy(plain) else None
    if topic is not None and topic.choice.startswith("article") and topic.probability >= context.ask_min:
        heard.add(topic.choice, c.LIKELY)
        return True
    covered = coverage(context, plain) if clause.question else None
    if covered is not None:
        heard.add(covered, c.LIKELY)
        return True
    named = context.knows.names_subject(plain)
    if named and clause.question and facets.asks_if_right_here(plain):
        heard.add(ROUTINE, c.LIKELY)
        return True
    if _way_to_it(context, plain, named):
        if context.named - {f"step:{label}" for label in context.menu.situation.current} and not context.only:
            heard.aside = True  # the step that is named tells the way
            return True
        heard.guessed = _line_at_hand(context, plain) or context.way_to_it
        heard.add(heard.guessed, c.LIKELY)
        return True
    if not named or context.knows.alone:
        return False
    if facets.asks_meaning(plain) and context.knows.meaning is not None:
        heard.add(context.knows.meaning, c.LIKELY)
        return True
    topic = context.topic(plain)
    sure = topic.probability if topic is not None else 0.0
    if clause.question:
        wanted = (
            facets.asks_whether_offered(context.knows.neutral(plain))
            and context.match(plain).of(ROUTINE) >= sure * _OFFERED_SHARE
        )
    else:
        said = facets.wants(plain) or len(plain.split()) <= SHORT_WORDS_MAX
        wanted = said and not (sure >= context.act_min and bool(facets.TELL.match(plain)))
    told = context.told(plain)
    if not wanted and told is not None and told.of(Move.WANT) >= c.MOVE_SURE:
        wanted = context.match(plain).ranked[0].choice == ROUTINE
    if wanted:
        heard.add(ROUTINE, c.LIKELY if clause.question else c.RULE)
    return wanted


def _line_at_hand(context: Context, plain: str) -> str | None:
    """What was said last may hold the way ("contact sales": who is that?): then that line is asked for."""
    line = context.match(plain).best("line")
    if line is None or line.probability < c.AT_HAND_MIN:
        return None
    label = line.choice.partition(":")[2]
    return line.choice if any(label.startswith(step) for step in context.menu.situation.current) else None


def _timing(context: Context, clause: Clause, heard: Heard) -> bool:
    plain, timing = clause.plain, context.knows.timing
    if timing is None or not facets.asks_timing(plain):
        return False
    if not clause.question and len(plain.split()) > TIMING_WORDS_MAX:
        return False
    ranked = context.match(plain).ranked
    if context.knows.strange(plain) <= STRANGE_MAX or context.knows.familiar(plain):
        heard.add(timing, c.RULE)
    elif ranked and ranked[0].choice == OFF_TOPIC:
        heard.weak = ranked[0].probability
    else:
        heard.doubt(timing)
    return True


def _way_to_it(context: Context, plain: str, named: bool) -> bool:
    """Whether the clause asks how to get what the routine gives, and not something the article answers better."""
    if not facets.asks_how_to_get(plain) or facets.asks_meaning(plain):
        return False
    if not named and context.knows.strange(plain):
        return False
    topic, match, ways = context.topic(plain), context.match(plain), context.knows.how_to_get
    if topic is None or topic.choice in ways:
        return True
    return match.of(ROUTINE) + sum(match.of(choice) for choice in ways) >= topic.probability
