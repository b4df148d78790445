"""One sibling is named: is it wanted, or is something asked or said of it?

"API?", "could it be the API?", "how do I get one for the API?" choose it. "Is the API covered?" is the article's. "Is
the API good?", "your API gave a wrong answer" choose nothing: to act on a name alone would be a guess.
"""

from __future__ import annotations

import re
from typing import Final

from bythebook.engine.choice import OFF_TOPIC
from bythebook.reading import certainty as c
from bythebook.reading import facets
from bythebook.reading.common import FUNCTION_WORDS, listed
from bythebook.reading.context import Context
from bythebook.reading.heard import Heard
from bythebook.reading.joined import joined
from bythebook.reading.moments import at_closing
from bythebook.reading.moves import Move
from bythebook.reading.terms import Mention
from bythebook.reading.text import Clause

_TELL_ABOUT: Final = re.compile(
    r"^(?:(?:please|can you|could you|i want to|i would like to|just|only|rather|instead) )*(?:tell|inform|advise|"
    r"brief|"
    r"explain|give|send|ask|know|hear|learn|find out|talk|speak)(?: (?:me|us|to|more|some|the|a|information|info|"
    r"details|steps))* (?:about|on|regarding|"
    r"concerning|"
    r"for)\b"
)
"""Asks for what there is to say on a thing that was just asked about."""

_CLEFT: Final = re.compile(
    r"^(?:(?:no|so|and|but|sorry|actually|well|,) )*(?:(?:it|this|that) is (?:the |our )?@ (?:that|which|what)\b|"
    r"what (?:i|we|they|he|she|it|you|(?:my|our) \w+) (?!(?:if|about)\b)(?:[^@]* )?(?:is|are|was|were) (?:the |our "
    r"|a )?@)"
)
""" "It is X that we need", "what we have is X": states, in the words of a question."""

_HAND_OVER: Final = re.compile(r"^(?:(?:please|just|now|then|can you|could you) )*(?:give|get|send|issue) (?:me|us) ")

SHORT_WORDS_MAX: Final = 4
"""Words of a clause so short that naming a thing is asking for it."""

_INSTEAD: Final = re.compile(r"\binstead\b(?! of)|\b(?:an?|the|our) (?:alternative|option|way out|other way)\b")
""" "Could we have Y instead?", after something else was spoken of."""

_AGAIN: Final = re.compile(
    r"\b(?:once more|(?:one|another|a second) (?:more )?time|repeat|remind me|go over|over again|recap)\b|\bagain$"
)
"""Wants what was said on a thing once more."""

_YOU_OFFER: Final = re.compile(
    r"\b(?:confirm|tell (?:me|us)|know|say|check|wonder\w*|sure)\b.*\byou (?:also |even |do |can |still "
    r")*(?:offer|sign|provide|"
    r"give|issue|have)\b"
)
""" "Please confirm that you offer X for Y"."""

_CONDITION: Final = re.compile(r"\b(?:without|before|prior to|unless|until|if i only|if we only)\b")
_AND_MORE: Final = re.compile(r"^(?:(?:the|for|our) )*\w+(?: \w+)? and\b")
_IT: Final = re.compile(r"\b(?:one|it|same|this|that|these|those|agreements?|contract|paperwork|papers|coverage)\b")
_OF_IT_ALONE: Final = re.compile(r"^(?:what|who|where|why|when|which|how|whose)\b")
_SAYS_OF_IT: Final = re.compile(
    r"^(?:(?:well|so|and|but|because|since|however|also|hi|hello) )*(?:the |our |my |your |"
    r"this )?@(?: (?!it\b|is\b|are\b|was\b|would\b|will\b|i\b|we\b|you\b|they\b|he\b|she\b)\w+)? (?!(?:please|it is|"
    r"(?:is|are) "
    r"(?:it|all|fine|good|ok|right|correct|enough|what|the one|for|our|my|needed|required|better|best|more)|would|"
    r"sounds|works|suits|"
    r"fits|will do|it|then|if|for|and|or|as|but|thanks|in|with|only|now|too|also|obviously|definitely|probably|i|we|"
    r"of|at|by|"
    r"from|because|since|should|instead|actually|not|no|yes|sorry|here|there|access|integration|usage|use|account|"
    r"platform|user|"
    r"users|side|part|one|customer|customers|project|licen[cs]es?|seats|plan|version|product|workspace|edition|"
    r"subscription|tier|"
    r"baa|stuff|thing|option|team)\b)(?:\w+s|\w+ed|is|are|was|were|has|had|does|did|keeps?|kept|gave|went|got|said|"
    r"broke|can|"
    r"will|might|may|seems?|looks?)\b"
)
"""The sibling is what the clause speaks of, and something is said of it."""

_ELLIPTIC: Final = FUNCTION_WORDS - listed("who whom whose why when where which how what there") | listed(
    "possible right correct please maybe perhaps only instead meant mean option choice sign signed obtain arrange "
    "offer "
    "provide probably actually case though ok fine sure possibly applicable well think guess believe suppose reckon "
    "hope"
)
"""Words that ask nothing of a thing beyond whether it is the one."""


def one_named(context: Context, clause: Clause, mention: Mention, heard: Heard) -> None:
    """Read a clause in which one sibling is named and not ruled out."""
    plain, choice = clause.plain, mention.choice
    masked = " ".join((*clause.words[: mention.start], "@", *clause.words[mention.end :]))
    if not (clause.question or facets.TELL.match(plain)) or facets.asks_of_another(plain) or _CLEFT.match(masked):
        _stated(context, clause, mention, heard)
        return
    if (choice in context.menu.options or at_closing(context.menu)) and _TELL_ABOUT.match(plain):
        heard.add(choice, c.LIKELY)
        return
    topic = context.topic(plain)
    if facets.asks_if_to_buy(plain) and topic is not None and topic.probability >= context.ask_min:
        heard.add(topic.choice, c.LIKELY)
        return
    likelier = topic is not None and topic.probability > context.match(plain).of(choice)
    if not likelier and (_AGAIN.search(plain) or (_INSTEAD.search(plain) and not facets.asks_timing(plain))):
        heard.add(choice, c.LIKELY)
        return
    subject = context.knows.names_subject(plain)
    if facets.asks_need(plain) and (subject or _IT.search(plain)) and not _CONDITION.search(plain):
        heard.add(choice, c.LIKELY)
        return
    if subject and _YOU_OFFER.search(plain):
        heard.add(choice, c.LIKELY)
        return
    if _elliptic(clause, mention) and not facets.asks_need(plain):
        heard.add(choice, c.LIKELY)
        return
    for one in joined(context, plain):
        heard.add(one.choice, c.RULE)
    answer = _answer(context, plain, choice)
    if answer is not None:
        heard.add(*answer)
        return
    step = context.match(plain).of(choice)
    after = next((word for word in clause.words[mention.end :] if word != ","), "")
    whole = not after or after in FUNCTION_WORDS  # "the API docs" are not the API
    wanted = _requests(context, plain) and (subject or whole or bool(_IT.search(plain)))
    sure = (context.knows.alone and step >= context.act_min) or (subject and bool(_HAND_OVER.match(plain)))
    if (step >= context.answer_min and subject) or wanted or sure:
        heard.add(choice, c.LIKELY)
        return
    if _plainly_wanted(context, plain, choice):
        heard.want(choice, c.LIKELY)
        return
    _asked_of_it(context, plain, choice, heard)


def _plainly_wanted(context: Context, plain: str, choice: str) -> bool:
    """Whether what a question does, and what it is about, both say that the thing is wanted ("switch that to X?")."""
    told, best = context.told(plain), context.match(plain).ranked[0]
    wanted = told is not None and told.of(Move.WANT, Move.CORRECT, Move.USE) >= c.MOVE_PLAIN
    asked = facets.asks_need(plain) or facets.asks_if_to_buy(plain)
    return wanted and not asked and best.choice == choice and best.probability >= c.ACT_MIN[context.mode]


def _stated(context: Context, clause: Clause, mention: Mention, heard: Heard) -> None:
    """It is named in a statement: wanted, unless something else is only said of it."""
    plain, choice = clause.plain, mention.choice
    topic, step = context.topic(plain), context.match(plain).of(choice)
    line = topic is not None and topic.choice.startswith("line") and not mention.placed
    listed_line = topic is not None and line and topic.probability > max(2 * step, context.answer_min)
    if choice in context.menu.options and len(plain.split()) <= SHORT_WORDS_MAX and not facets.asks_list(plain):
        listed_line = False
    first, also, _ = plain.partition(" and ")
    beside = bool(also) and context.knows.names_subject(first) and not facets.asks_list(first)
    if not listed_line or _AND_MORE.match(plain) or beside:
        if not mention.placed and _only_said_of(context, clause, mention):
            _asked_of_it(context, plain, choice, heard)
            return
        heard.add(choice, c.TERM)
    if listed_line and topic is not None:
        both = joined(context, plain)
        for one in both or (topic,):
            heard.add(one.choice, c.RULE)


def _only_said_of(context: Context, clause: Clause, mention: Mention) -> bool:
    rest = (*clause.words[: mention.start], "@", *clause.words[mention.end :])
    said = " ".join(word for word in rest if word != ",")
    return bool(_SAYS_OF_IT.match(said)) and not context.knows.familiar(said)


def _asked_of_it(context: Context, plain: str, choice: str, heard: Heard) -> None:
    """Something is asked or said of the thing that nothing here answers: perhaps it is meant, perhaps another "
    "desk."""
    match = context.match(plain)
    if (
        match.ranked
        and match.ranked[0].choice == OFF_TOPIC
        and match.ranked[0].probability >= c.OTHER_MIN[context.mode]
    ):
        heard.weak = match.ranked[0].probability
        return
    best = match.best("article", "line")
    asked = best is not None and best.probability >= context.ask_min
    heard.doubt(choice, *([best.choice] if asked and best is not None else []))


def _elliptic(clause: Clause, mention: Mention) -> bool:
    """ "For the API?", "could it be the API?": nothing is asked but whether it is the one."""
    rest = [word for word in (*clause.words[: mention.start], *clause.words[mention.end :]) if word != ","]
    if not rest:
        return True
    if _OF_IT_ALONE.match(clause.plain) or any(word not in _ELLIPTIC for word in rest):
        return False
    before = clause.words[: mention.start]
    after = [word for word in clause.words[mention.end :] if word != ","]
    # "Is the API ...?", "do you have an API?" ask of the thing; "is it the API?", "API then?" do not.
    subject = len(before) > 0 and all(
        word in ("is", "are", "does", "do", "can", "will", "has", "the", "an", "a") for word in before
    )
    return not (subject and after) and before[-2:] not in (("have", "an"), ("have", "a"), ("have", "the"))


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
        return context.knows.family_topics.get(choice, covered), c.RULE
    topic, step = context.topic(plain), context.match(plain).of(choice)
    outweighs = step * (_REQUEST_BONUS if _requests(context, plain) else 1.0)
    if topic is not None and topic.probability >= context.answer_min and topic.probability > outweighs:
        return topic.choice, topic.probability
    best = context.match(plain).best("article", "line")
    if _CONDITION.search(plain) and best is not None and best.probability >= context.ask_min:
        return best.choice, c.LIKELY
    return None


_REQUEST_BONUS: Final = 1.5


def coverage(context: Context, plain: str) -> str | None:
    """Return the question of the article about what is covered, where the clause asks that of a thing."""
    return context.knows.coverage if facets.asks_coverage(context.knows.neutral(plain)) else None
