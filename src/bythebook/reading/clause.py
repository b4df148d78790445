"""Reads one clause: the rules in the order of their certainty, the head last."""

from __future__ import annotations

import re
from typing import Final

from bythebook.engine.choice import (
    AFFIRM,
    COMPLAINT,
    DENY,
    GOODBYE,
    GREETING,
    HUMAN,
    NEITHER,
    OFF_TOPIC,
    ROUTINE,
    THANKS,
)
from bythebook.reading import certainty as c
from bythebook.reading import complaints, facets, lexicon, moments, persons, position
from bythebook.reading.bearing import corrects, happened, is_told, named_in_passing, plainly_asked
from bythebook.reading.common import listed
from bythebook.reading.context import Context
from bythebook.reading.guess import asks_for_it, guess, tells_of_ours, was_said
from bythebook.reading.heard import Heard
from bythebook.reading.matters import elsewhere, placed, report, request, subject, supposed_well
from bythebook.reading.outcomes import outcomes
from bythebook.reading.requests import not_sent
from bythebook.reading.second_look import hardly_wished
from bythebook.reading.siblings import mentioned
from bythebook.reading.terms import Kind
from bythebook.reading.text import Clause

PEELS_MAX: Final = 3
"""Acts that may stand before what a clause says ("hi, yes, thanks, ...")."""

ACT_WORDS_MAX: Final = 14
"""Words of the longest clause that is looked up in the lexicon of acts."""

WHOM_WORDS_MAX: Final = 3
"""Words by which somebody is addressed."""

_OWN_WORDS: Final = re.compile(
    r"^(?:(?:can|could|would|will) (?:you|we) |please |just |so |sorry |hi |hello |kindly |and |ok )*(?:ignore|"
    r"disregard|forget|"
    r"discard|skip|delete|strike|scratch|overlook)(?: about)? (?:(?:my|our|the|that|this|what|everything|anything|"
    r"all) )+"
    r"(?:\w+ ){0,2}?(?:e?mails?|messages?|questions?|notes?|requests?|(?:i|we) (?:said|wrote|sent|asked|typed|told "
    r"you))"
    r"(?: (?:i|we) (?:\w+ )?(?:sent|wrote|asked|typed)(?: (?:you|this \w+|earlier|before|yesterday|today|last \w+))*|"
    r" from "
    r"\w+(?: \w+)?| (?:before|earlier|above|previously|just now|first|at first|so far|a (?:moment|minute|second) ago|"
    r"last)| and start (?:over|again|afresh))*$"
)
"""Takes back what the customer wrote before."""

_THANKS_AND_ASKS: Final = re.compile(
    r"^(?:\w+ ){0,2}thank(?:s| you)\b.*?(?:, |\band )(?:which|what|where|when|how|who|why|is|are|do|does|can|could)\b"
)
""" "Thanks for the list, which of those are new?" thanks, and asks."""

_NO_NAME: Final = listed("the a an only just and but or also one some any what how when where")
"""Words by which nobody is addressed."""

_ELLIPTIC: Final = re.compile(
    r"^(?:(?:so|and|but|or|well|then|now) )*(?:do|does|did|is|are|can|could|will|would|should|must|have|has|"
    r"may) (?:not )?"
    r"(?:we|i|it|they|that|this|these|those|there|he|she)(?: (?:then|really|now|though|or not|or do not we))*$"
)
_DO_YOU: Final = re.compile(
    r"^(?:(?:so|and|but|or|well|then|now) )*(?:do|would|will|can|could) you(?: (?:guys|people|then|sign (?:one|"
    r"them|it)|offer "
    r"(?:one|them|it)))*$"
)
""" "So, do we?": asks once more what was asked before. "Do you?" asks it of us."""

_HOW_TO_SAY: Final = re.compile(
    r"^(?:just |only |i am |we are )*asking (?:for|on behalf of) (?:a|an|my|our|another|the) \w+(?: \w+)?$|"
    r"^(?:please |and |but |so )*(?:do not )?(?:just|only|simply) (?:say|answer|reply|tell (?:me|us))(?: "
    r"with)?(?: a)? (?:yes|no|"
    r"ok|yes or no|it depends)$|"
    r"^(?:so |and |but |now |well )*(?:i|we) (?:would like|want|wanted|need|would love|wish) to (?:hear|know|ask|"
    r"find out|understand)(?: (?:this|beforehand|something|first|one thing|two things|in advance|now|please))*$"
)
"""Tells how an answer should be; what is asked stands beside it."""

_HEDGE: Final = re.compile(r"^(?:or so )?(?:i|we) (?:guess|think|suppose|believe|reckon|imagine|assume)(?: so)?$")

_MEANT_TO_ASK: Final = re.compile(
    r"\b(?:i|we) (?:just |only |actually |really )*(?:meant|mean|wanted|want|am|was|came) (?:\w+ )?(?:to )?"
    r"(?:ask|asking)\b"
)

_PEELED: Final = {"human": HUMAN, "yes": AFFIRM, "no": DENY, "hi": GREETING, "thanks": THANKS}


def read_clause(context: Context, clause: Clause) -> Heard:
    """Return what the clause says."""
    heard = Heard(clause.plain, clause.opener)
    heard.asks = clause.question or bool(facets.TELL.match(clause.plain))
    heard.question = heard.asks or facets.wants(clause.plain)
    heard.corrects = corrects(context, clause)
    heard.ending = moments.is_ending(clause.plain)
    heard.broken = clause.broken
    if complaints.not_helped(clause.plain):
        heard.add(COMPLAINT, c.RULE)
        heard.unhelped = True
        return heard
    if complaints.is_relieved(clause.plain) and not clause.question:
        heard.aside = heard.background = True
        return heard
    if complaints.complains(clause.plain):
        heard.add(COMPLAINT, c.RULE)
        _said(context, clause, heard)  # sarcasm wears the words of thanks and yes
        return heard
    for _ in range(PEELS_MAX):
        if _whole(context, clause, heard):
            return heard
        act, rest = lexicon.peel(clause.marked)
        if not act:
            break
        heard.peeled = (*heard.peeled, act)
        if act == "ok":
            heard.ok = True
        else:
            heard.add(_PEELED[act], c.LEXICON)
        clause = clause.without(rest, act)
        heard.plain = clause.plain
    _said(context, clause, heard)
    _step_first(context, clause, heard)
    heard.story = OFF_TOPIC in heard.sure and is_told(context, clause)
    heard.aside = _is_aside(context, clause, heard)
    return heard


_WHO: Final = re.compile(r"^(?:(?:and|so|ok|but|then|now) )*(?:who|whom|how|where)\b")


def _step_first(context: Context, clause: Clause, heard: Heard) -> None:
    """ "Who do I contact for X?", where X was not dealt with yet: what its step says is the way to that line."""
    if not clause.question or not _WHO.match(clause.plain):
        return
    of_lines = {
        word for entry in context.menu.entries if entry.id in heard.sure for word in entry.words.lower().split()
    }
    terms = [mention for mention in context.mentions(clause) if mention.kind is Kind.TERM]
    if any(of_lines & set(clause.words[one.start : one.end]) for one in terms):
        return
    named = {one.choice for one in terms}
    for line in [choice for choice in heard.sure if choice.startswith("line:")]:
        label = line.partition(":")[2]
        for choice in named & set(context.siblings):
            step = choice.partition(":")[2]
            if label.startswith(step) and step not in context.menu.situation.current:
                heard.sure.pop(line, None)
                heard.want(choice, c.LIKELY)


def _is_aside(context: Context, clause: Clause, heard: Heard) -> bool:
    """Whether the clause states something that has no word of the release in it."""
    if clause.question or context.mentions(clause) or set(heard.sure) - set(_PEELED.values()) or heard.wished:
        return False
    if _MEANT_TO_ASK.search(clause.plain):
        return False
    return (heard.ending or not context.knows.familiar(clause.plain)) and not outcomes(clause.plain)


def _whole(context: Context, clause: Clause, heard: Heard) -> bool:
    """What is certain by the clause's whole wording."""
    plain = clause.plain
    core = lexicon.strip_fillers(plain)
    short = len(plain.split()) <= ACT_WORDS_MAX
    named = bool(context.mentions(clause))
    if short and moments.whole(context.menu, plain, clause.question, named, heard):
        if heard.unwanted:
            heard.doubt(
                *(one for one in context.siblings if one.removeprefix("step:") not in context.menu.situation.current)
            )
        return True
    if context.menu.options and short and position.none_of(plain) and not named:
        heard.add(NEITHER, c.LEXICON)
        return True
    if (option := context.option_named(core)) is not None:
        heard.want(option, c.LEXICON)
        return True
    exact = context.knows.exact.get(core)
    if exact is not None and context.menu.has(exact) and len(core.split()) > 1:
        _exact(context, clause, exact, heard)
        return True
    if named and clause.question and "thanks" in plain.split()[:2]:
        return False  # "thanks for the link, and for the API?"
    if _THANKS_AND_ASKS.search(clause.marked) and clause.question:
        return False
    closing = moments.at_closing(context.menu)
    return short and (_act(plain, named, heard, closing=closing) or _addressed(context, clause, named, heard))


def _exact(context: Context, clause: Clause, choice: str, heard: Heard) -> None:
    """An example word for word; the way to what the routine gives is another thing at the opening (R4)."""
    if facets.asks_how_to_get(heard.plain) and (choice == ROUTINE or choice in context.knows.how_to_get):
        choice = context.way_to_it if choice == ROUTINE or context.opening else choice
    if (
        choice.startswith("line:")
        and not context.only
        and was_said(context, choice)
        and not asks_for_it(context, clause)
    ):
        heard.aside = True  # "Contact sales. Of course.": what was said is only said after us
        return
    if choice.startswith("step:"):
        heard.want(choice, c.LEXICON)
        if any(choice == report for report, _ in context.knows.reports):
            heard.reported = choice
    else:
        heard.add(choice, c.LEXICON)


def _act(plain: str, named: bool, heard: Heard, *, closing: bool = False) -> bool:
    acts = lexicon.acts(plain)
    if acts is None and closing and (said := moments.passed_on(plain)):
        told = lexicon.acts(said)
        acts = told if told and set(told) <= {DENY, THANKS, GOODBYE} else None
    if acts is not None:
        for act in acts:
            heard.add(act, c.LEXICON)
        heard.ok = heard.ok or not acts
        heard.polite_no = lexicon.is_polite_no(plain)
        return True
    heard.empty = heard.undecided = not named and lexicon.is_undecided(plain)
    heard.help = not heard.empty and lexicon.asks_for_help(plain)
    # "hm" says nothing, and is no part that was not understood.
    return heard.empty or heard.help or not lexicon.strip_fillers(plain)


def _addressed(context: Context, clause: Clause, named: bool, heard: Heard) -> bool:
    """ "No more questions, your honor": an act, and whom it is said to."""
    said, comma, whom = clause.marked.partition(" , ")
    if not comma or " " not in said or named or clause.question or len(whom.split()) > WHOM_WORDS_MAX:
        return False
    if whom.split()[0] in _NO_NAME or facets.asks_timing(whom):
        return False  # "no thank you, only the timeline"
    return not context.knows.familiar(whom) and lexicon.acts(said) is not None and _act(said, named, heard)


def _once_more(context: Context, clause: Clause, heard: Heard) -> bool:
    """ "So, do we?", after other clauses."""
    if not context.only and (_HOW_TO_SAY.match(clause.plain) or _HEDGE.match(clause.plain)):
        heard.aside = True
        return True
    if context.only or not clause.question:
        return False
    if _DO_YOU.match(clause.plain) and context.speaks_of_ours:
        heard.add(ROUTINE, c.LIKELY)
        heard.of_ours = True
        return True
    heard.aside = bool(_ELLIPTIC.match(clause.plain))
    return heard.aside


_SUPPOSES_PLACE: Final = re.compile(
    r"^(?:(?:and|so|but|ok|now|then) )*(?:suppose|supposing|imagine|say|assume|assuming|let us (?:say|assume|"
    r"suppose))(?: that)? "
    r"(?:it|this|that)(?: is|will be| turns out(?: to be)?| becomes) (?:the )?\w+(?: one| case| of (?:those|these|"
    r"them|the two))?$"
)


def _supposes_a_place(context: Context, clause: Clause, heard: Heard) -> bool:
    """ "Suppose it is the second": where no answers wait, that is one of the things just told of."""
    if context.menu.options or context.only or not _SUPPOSES_PLACE.match(clause.plain):
        return False
    heard.aside = any(mention.placed for mention in context.mentions(clause))
    return heard.aside


def _own_words(context: Context, clause: Clause, heard: Heard) -> bool:
    """ "Ignore my last mail": takes back, and asks for nothing."""
    if not _OWN_WORDS.match(clause.plain) or context.mentions(clause):
        return False
    heard.aside = heard.background = True
    return True


def _told(context: Context, clause: Clause, heard: Heard) -> bool:
    """What a condition of the document waits for, told nearly in its words, is of no other matter."""
    if not tells_of_ours(context, clause):
        return False
    guess(context, clause, heard)
    return True


def _said(context: Context, clause: Clause, heard: Heard) -> None:
    """What remains when no whole wording is known: rules, the most certain first."""
    plain = clause.plain
    if (
        not plain
        or supposed_well(context, clause, heard)
        or _once_more(context, clause, heard)
        or _own_words(context, clause, heard)
        or _supposes_a_place(context, clause, heard)
        or plainly_asked(context, clause, heard)
        or report(context, clause, heard)
        or _told(context, clause, heard)
    ):
        return
    if persons.asks_who(plain) or persons.wants_human(plain):
        heard.add(OFF_TOPIC if persons.asks_who(plain) else HUMAN, c.RULE)
        return
    if happened(context, clause, heard):
        return
    mentions = context.mentions(clause)
    if elsewhere(context, clause, mentions, heard):
        return
    if heard.ending and not mentions and not clause.question:
        return  # whatever else it says, nothing more is wanted
    if COMPLAINT not in heard.sure and request(context, clause, heard):
        return
    if not_sent(plain) and not mentions and not clause.question:
        heard.unsent = heard.empty = True
        return
    if placed(context, clause, mentions, heard):
        return
    named = any(mention.kind is not Kind.FOREIGN for mention in mentions)
    if mentions and named_in_passing(context, clause, heard):
        return
    if named and mentioned(context, clause, mentions, heard):
        hardly_wished(context, clause, heard)
        return
    if not subject(context, clause, heard):
        guess(context, clause, heard)
