"""What the head makes of a clause that no rule has read, made to fit the situation and gated twice."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from bythebook.engine.choice import AFFIRM, COMPLAINT, DENY, HUMAN, OFF_TOPIC, ROUTINE
from bythebook.reading import certainty as c
from bythebook.reading import facets, persons
from bythebook.reading.bearing import by_what_it_does, fits
from bythebook.reading.common import content_words
from bythebook.reading.context import Context
from bythebook.reading.head import Ranked
from bythebook.reading.heard import Heard
from bythebook.reading.joined import joined
from bythebook.reading.moves import Move
from bythebook.reading.outcomes import outcomes
from bythebook.reading.own_words import says_measure
from bythebook.reading.reports import names_matter
from bythebook.reading.text import Clause

FAR_WORDS_MIN: Final = 3
"""Words a clause must have to be a sentence that is none of our matters, and not just too short to tell."""

_OF_US: Final = re.compile(
    r"^(?:we|i|our \w+|my \w+)\b(?!.*\b(?:know|understand|learn|ask|wonder|wondering|confused|curious|unsure|"
    r"question)\b)"
)
_WISHED: Final = re.compile(
    r"^(?:(?:so|and|but|then|ok|well|hi|hello|please|also|just) )*(?:(?:can|could|would|will|may|might|should) "
    r"(?:you|i|we)|how (?:do|can|could|would|to)|is it possible|do i|shall)\b"
)
"""Questions by which things are asked for."""

_SAYS: Final = re.compile(
    r"\b(?:i|we|you|they|it|he|she|who|is|are|was|were|will|would|do|does|did|has|have|had|can|calls?|runs?|talks?|"
    r"sends?|uses?|wants?|needs?)\b"
)
NEGATED: Final = re.compile(r"\b(?:not|never|nobody|no one|none|no|without)\b")
_FAILED: Final = re.compile(
    rf"{NEGATED.pattern}|\b(?:cannot|fail\w*|miss\w*|refus\w*|unable|absent|lost|late|gone|waiting|waited|still|yet|stuck"
    r"|unsuccessful|impossible|wrong|dead|broken|empty|out of|nothing|nowhere|un\w+ed)\b"
)
"""Words by which something is not so, in whatever way."""

_BEFORE: Final = re.compile(
    r"^(?:but |and |oh |so )*(?:while|whilst|before|until|unless|instead of|rather than|no need|not) "
)
_DESCRIBES: Final = re.compile(r"^(?:the|an?) (?:one|product|option|version) ")
_WELCOME: Final = re.compile(
    r"\b(?:would|will) (?:be (?:nice|good|great|helpful|useful|lovely|appreciated)|help|do)\b"
)
VAGUE_WORDS_MAX: Final = 6
"""Words of a phrase that names some thing and says nothing of it."""


def guess(context: Context, clause: Clause, heard: Heard) -> None:
    """Take the head's best choice when it is probable and near; else note what may be asked about."""
    if COMPLAINT in heard.sure or persons.refuses_human(clause.plain):
        return
    match = context.match(clause.plain)
    ranked = _awaited(context, clause, [one for one in match.ranked if context.menu.has(one.choice)])
    if facets.asks_if_required(clause.plain):
        ranked = [one for one in ranked if not one.choice.startswith("line")]
    ranked = one_of_ours(ranked) if context.knows.alone else ranked
    if not ranked or (context.mode == "lexical" and match.known < c.KNOWN_MIN):
        heard.empty = heard.silent
        return
    if by_what_it_does(context, clause, max(ranked, key=lambda one: one.nearness), heard):
        return
    if max(one.nearness for one in ranked) < c.FAR[context.mode]:
        heard.far = len(clause.plain.split()) >= FAR_WORDS_MIN and not context.knows.on_matter(clause.plain)
        heard.names = _names_something(context, clause)
        heard.empty = True
        return
    both = joined(context, clause.plain)
    if both:
        for one in both:
            heard.add(one.choice, min(one.probability, c.RULE))
        return
    best = ranked[0]
    states = not clause.question and bool(_OF_US.match(clause.plain))
    heard.stated = states and (best.probability < c.STATED_MIN or bool(NEGATED.search(clause.plain)))
    if best.choice.startswith("line") and not clause.question and _BEFORE.match(clause.plain):
        heard.aside = heard.empty = True
        return
    near_enough = best.assurance >= c.NEAR_MIN[context.mode] or _asks_of_another_matter(context, clause, best)
    assured = near_enough and fits(context, clause, best.choice)
    assured = assured and not (best.choice in context.siblings and match.of(best.choice) < c.LIKELIEST)
    same = best.nearness >= c.SAME_NEAR_MIN and best.choice in context.knows.tells and best.probability >= c.LIKELIEST
    if assured and (same or best.probability >= needed(context, best.choice)):
        _take(context, clause, best.choice, best.probability, heard)
        return
    near = c.ASK_NEAR_MIN[context.mode]
    likely = [
        one
        for one in ranked
        if not one.choice.startswith("act:")
        and fits(context, clause, one.choice)
        and one.probability >= context.ask_min
        and one.nearness >= near
    ][:2]
    for one in likely:
        heard.doubt(one.choice, confidence=one.probability)
    heard.empty = heard.silent


def _awaited(context: Context, clause: Clause, ranked: list[Ranked]) -> list[Ranked]:
    """Where answers wait, what is said and asks nothing is likelier one of them, and less likely another matter."""
    if not context.menu.options or clause.question or facets.TELL.match(clause.plain):
        return ranked
    weighed = [(one, one.probability * (c.AWAITED if one.choice in context.menu.options else 1.0)) for one in ranked]
    total = sum(weight for _, weight in weighed) or 1.0
    found = [replace(one, probability=weight / total) for one, weight in weighed]
    return sorted(found, key=lambda one: -one.probability)


def one_of_ours(ranked: list[Ranked]) -> list[Ranked]:
    """A wish that a routine has words for is of its matter too: one takes nothing from the other."""
    matter = next((one for one in ranked if one.choice == ROUTINE), None)
    wish = next((one for one in ranked if one.choice.startswith("step:")), None)
    if matter is None or wish is None:
        return ranked
    rest = [one for one in ranked if one not in (wish, matter)]
    if wish == ranked[0] or (matter == ranked[0] and wish.nearness > matter.nearness):
        share = 1.0 - matter.probability
        return [replace(one, probability=min(1.0, one.probability / share)) for one in (wish, *rest)]
    if matter == ranked[0]:
        ours = sum(one.probability for one in ranked if one.choice.startswith("step:"))
        return [replace(matter, probability=matter.probability + ours), wish, *rest]
    return ranked


def _asks_of_another_matter(context: Context, clause: Clause, best: Ranked) -> bool:
    """Whether a routine that has no article is asked something in which none of its words is."""
    strange = context.knows.alone and clause.question and best.choice == OFF_TOPIC
    return strange and context.mode == "encoded" and not context.knows.on_matter(clause.plain)


def _asks_beside(context: Context, clause: Clause) -> bool:
    """Whether a routine that has no article is asked something of its matter, once it has begun: no line answers."""
    under_way = context.knows.alone and not context.opening
    return under_way and clause.question and not _WISHED.match(clause.plain) and not facets.wants(clause.plain)


def _names_something(context: Context, clause: Clause) -> bool:
    """Whether a word of the clause is no English word that is known here: perhaps the name of a product."""
    return any(not context.knows.speller.knows(word) and word.isalpha() for word in content_words(clause.plain))


def _names_vaguely(context: Context, clause: Clause) -> bool:
    """Whether a clause only names a thing ("for the tablet app") that may be of any sibling."""
    plain = clause.plain
    if len(plain.split()) > VAGUE_WORDS_MAX or _SAYS.search(plain) or _DESCRIBES.match(plain):
        return False
    best = context.match(plain).ranked[0]
    return best.nearness < c.VAGUE_NEAR_MIN[context.mode]


def needed(context: Context, choice: str) -> float:
    """Return the probability from which a choice is taken without asking."""
    if any(choice == report for report, _ in context.knows.reports):
        return c.REPORT_MIN
    kind = choice.partition(":")[0]
    if kind == "line":
        return c.LINE_MIN if context.opening or was_said(context, choice) else context.act_min
    if choice in context.knows.only_said and not context.opening:
        return context.answer_min
    if kind == "step" or choice in (HUMAN, AFFIRM, DENY):
        more = c.HUMAN_MORE if choice == HUMAN else 0.0
        return context.act_min + more
    return c.OTHER_MIN[context.mode] if kind == "other" else context.answer_min


def was_said(context: Context, choice: str) -> bool:
    """Whether a line is of the step that was served last."""
    return any(choice.partition(":")[2].startswith(step) for step in context.menu.situation.current)


def asks_for_it(context: Context, clause: Clause) -> bool:
    """Whether what was just said is asked for, and not only spoken of ("sales, of course")."""
    told = context.told(clause.plain)
    asks = (
        clause.question
        or bool(_WELCOME.search(clause.plain))
        or bool(facets.TELL.match(clause.plain))
        or facets.wants(clause.plain)
    )
    return asks or told is None or told.of(Move.WANT, Move.ASK, Move.REPEAT) >= c.MOVE_SURE


def _given_already(context: Context, clause: Clause, choice: str, probability: float, heard: Heard) -> None:
    """What was just given is given again where it is plainly wanted; a word of it alone asks about it, or nothing."""
    told = context.told(clause.plain)
    if told is None or told.of(Move.WANT, Move.REPEAT, Move.USE, Move.CORRECT) >= c.MOVE_MIN:
        heard.guessed = choice
        heard.want(choice, min(probability, c.RULE))
        return
    articles = [one for one in context.match(clause.plain).ranked if one.choice.startswith("article")]
    nearest = max(articles, key=lambda one: one.nearness, default=None)
    asks = clause.question or told.of(Move.ASK) >= c.MOVE_MIN
    if asks and nearest is not None and nearest.nearness >= c.ABOUT_MIN:
        heard.guessed = nearest.choice
        heard.add(nearest.choice, c.LIKELY)
    else:
        heard.aside, heard.empty = not asks, asks


def _is_near(context: Context, plain: str, choice: str) -> bool:
    """Whether a clause with a not in it is near enough to a text with one for both to deny the same."""
    nearness = next(one.nearness for one in context.match(plain).ranked if one.choice == choice)
    return nearness >= c.NEGATED_NEAR_MIN[context.mode]


def _reports_nothing(context: Context, clause: Clause, taken: tuple[str, float], heard: Heard) -> bool:
    """Whether what the head takes for a report is none: the rules knew its words, it asks, or it names no matter."""
    (choice, probability), senses = taken, dict(context.knows.reports)
    if choice not in senses:
        return False
    if outcomes(clause.plain):
        heard.empty = True  # the rules have seen the words, and took them for no report
        return True
    if clause.question or not names_matter(context.knows.neutral(clause.plain)):
        topic = context.knows.topic_if(senses[choice])
        heard.doubt(choice, *([topic] if topic else []), confidence=probability)
        return True
    return False


def tells_of_ours(context: Context, clause: Clause) -> bool:
    """Whether a clause says, nearly in the document's words, what a condition of it waits for."""
    best = context.match(clause.plain).ranked[0]
    return best.choice in context.knows.tells and best.nearness >= c.SAME_NEAR_MIN and context.menu.has(best.choice)


def _is_not_told(context: Context, clause: Clause, choice: str, probability: float, heard: Heard) -> bool:
    """What is spoken of, but not as what is so: its measure is not said, or it is asked, or the contrary is said.

    "The driver came" says the contrary of "the driver did not come".
    """
    plain = clause.plain
    if choice in context.knows.measured and not says_measure(plain):
        heard.empty = True
        return True
    denies = NEGATED.search(context.knows.nearest(plain, choice)) is not None
    contrary = denies and not _FAILED.search(plain)
    numbered = any(char.isdigit() for char in plain) and not _SAYS.search(plain)  # "locker 17, not 7" gives a value
    if choice in context.knows.tells and (clause.question or contrary or numbered):
        heard.doubt(choice, confidence=probability)
        return True
    same = denies and _is_near(context, plain, choice)
    if choice.startswith(("step:", "line:")) and NEGATED.search(plain) and not same:
        heard.doubt(choice, confidence=probability)
        return True
    return False


def _take(context: Context, clause: Clause, choice: str, probability: float, heard: Heard) -> None:
    plain = clause.plain
    if _reports_nothing(context, clause, (choice, probability), heard):
        return
    if choice == OFF_TOPIC:
        heard.weak = probability
        heard.names = (
            _names_something(context, clause) or context.match(plain).ranked[0].nearness >= c.NEAR_MIN[context.mode]
        )
        return
    if choice in context.siblings and choice.partition(":")[2] in context.menu.situation.current:
        _given_already(context, clause, choice, probability, heard)
        return
    if choice == ROUTINE and _asks_beside(context, clause):
        heard.add(OFF_TOPIC, c.LIKELY)
        return
    asks_way = facets.asks_how_to_get(plain) and not facets.asks_timing(plain)
    if choice in context.knows.how_to_get and context.opening and asks_way:
        choice = ROUTINE
    if choice in context.siblings and _names_vaguely(context, clause):
        heard.doubt(choice, confidence=probability)
        return
    if choice == context.knows.meaning and context.opening and not clause.question and _OF_US.match(plain):
        heard.matter = choice
        choice = ROUTINE  # R4: what the customer says of themselves at the opening is why they come
    if choice.startswith("line:") and was_said(context, choice) and not asks_for_it(context, clause):
        heard.doubt(choice, confidence=probability)
        return
    if _is_not_told(context, clause, choice, probability, heard):
        return
    if choice.startswith("step:"):
        heard.guessed = choice
        heard.loose = max(one.nearness for one in context.match(plain).ranked) < c.LOOSE_MAX
        heard.want(choice, min(probability, c.RULE))
    else:
        heard.guessed = choice
        heard.loose = choice.startswith("article") and context.match(plain).ranked[0].nearness < c.ABOUT_MIN
        heard.add(choice, min(probability, c.RULE))
