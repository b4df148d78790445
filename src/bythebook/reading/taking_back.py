"""What later clauses of a message take back of earlier ones: the last word counts.

"X. Sorry, I meant Y"; "we have X, but need Y"; "my boss wants X, but we need Y"; "you refused us, then approved us";
"nobody has refused us, but what if?" A clause that only sets the scene says nothing where another says what is "
"wanted.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from bythebook.engine.choice import HUMAN, OFF_TOPIC, REQUEST_STATUS, ROUTINE
from bythebook.reading import facets
from bythebook.reading.certainty import LIKELY
from bythebook.reading.corrections import retracts, takes_the_place
from bythebook.reading.heard import Heard
from bythebook.reading.polarity import Wish
from bythebook.reading.whose import Standing

_AGAINST: Final = frozenset({"but", "however", "though", "although", "whereas"})
"""Words that set a clause against the one before it."""

_CONCEDING: Final = frozenset({"although", "though", "whereas", "while"})
"""Those that leave the clause before it as what counts."""

_HAVING: Final = re.compile(
    r"^(?:(?:so|well|currently|today|right now|although|while) )*(?:we|i|our \w+)"
    r"(?: (?:currently|already|do|also|now|all|just|mostly|mainly|first|originally|initially|previously))* "
    r"(?:have|use|used|are using|are on|were using|were on|bought|purchased|run|pay for|tried|had|started|"
    r"own|got|thought|said|was going|were going|intended|meant|"
    r"wrote|picked|chose|clicked|considered|planned|wanted|asked|looked at|were|was|assumed|believed)\b"
    r"|^(?:first|originally|initially|at first|before) "
)
_WANTING: Final = re.compile(
    r"\b(?:need|want|require|like|looking|can|could|how|interested|now|this is|it is|that is|we are|for|"
    r"meant|mean|via|through|using)\b"
)
_THEY_WISH: Final = re.compile(
    r"\b(?:(?:my|our|the|his|her|their|one|a|some|another) (?:\w+ ){1,3}?|he |she |they |someone |somebody |"
    r"everybody |people )"
    r"(?:first |originally |still |just |only |really )*(?:wants?|wanted|prefers?|preferred|says?|said|thinks?|"
    r"thought|insists?|"
    r"insisted|suggests?|suggested|would like|likes|liked|loves|loved|asked for|asks for|needs?|needed|wrote|"
    r"believes?|believed|"
    r"claims?|claimed|mentioned)\b"
)
_WE_WISH: Final = re.compile(
    r"\b(?:i|we|our|us|what we|what i|he was wrong|she was wrong|he is wrong|she is wrong|they are wrong|it is|so|"
    r"overruled|"
    r"actually|the truth)\b"
)
_WHAT_IF: Final = re.compile(r"^(?:(?:and|but|so|well|ok|only) )*what if\b")
_I_SAY: Final = re.compile(r"^(?:and )?(?:i|we|me) (?:say|think|believe|would say|prefer|want)\b")
_THEIRS: Final = re.compile(
    r"^(?:(?:my|our|the|a|his|her) (?:\w+ )?(?:partner|client|customer|vendor|supplier|competitor|contractor|"
    r"company|subsidiary|friend|"
    r"colleague|neighbou?r|wife|husband)s?(?: 's \w+)?|he|she|they) (?:only |just |also |already )?(?:uses?|used|"
    r"has|have|needs?|is on|are "
    r"on|runs?|works? with)\b"
)
_OURS: Final = re.compile(
    r"^(?:and |but |so )*(?:we|i|ours|mine)(?: only| just| ourselves| do)? (?:use|need|want|have|are on|am on|is|"
    r"are)\b"
)
_I_WISH: Final = re.compile(r"\b(?:i|we) (?:\w+ )?(?:want|need|say|think|believe|would like|prefer)\b")
_ENDS_IN_MARK: Final = re.compile(
    r"\b(?:no|wait|sorry|oops|scratch that|hang on|hold on|i mean|actually|correction|or rather|uh no)$"
)
_NO_FIRST: Final = re.compile(r"^(?:(?:hm+|uh|um|oh|well|ah|er|eh|sorry|wait|,) ?)*no\b")
_MEANT: Final = re.compile(
    r"\b(?:planned|planning|thought|thinking|considered|considering|wanted|supposed to|going to|meant to|intended|"
    r"hoped|expected|"
    r"would have|might|may|could|someday|one day|eventually|in future|next year)\b"
)
_OBTAINED: Final = re.compile(
    r"^(?:so |well )*(?:we|i)(?: \w+)? (?:signed|got|received|obtained|concluded|executed|completed|have|hold)\b"
)
_ANOTHER: Final = re.compile(r"\b(?:now|this time|another|too|also|additional|a second one|a new one|as well)\b")
_CAME_OF_IT: Final = re.compile(
    r"^(?:in the end|finally|eventually|ultimately|then|now|today|so now|at last)\b|\b(?:ended up|it became|"
    r"turned out|(?:we|i) "
    r"(?:then |finally |now )*(?:took|went with|went for|decided|chose|settled|switched|moved|picked|opted))\b"
)
_NOT_YOU: Final = re.compile(
    r"^(?:(?:no|wait|sorry|oh|actually|hold on|hang on) )*(?:that|it|this) was (?:not you|another|a different|"
    r"someone|somebody|"
    r"some other|them|our|the other)\b"
)


_GIVEN_UP: Final = re.compile(
    r"\b(?:used to|typed|wrote|guess(?:ed|ing)?|habit|mistake|mistaken(?:ly)?|by accident|thought|insisted|misread|"
    r"formerly|previously|originally|back then|until (?:last|recently|now)|no longer|so far we|"
    r"(?:in|since) (?:19|20)\d\d)\b"
    r"|^(?:it is |this is |that is )?not that\b"
)
"""What is no more, or never was: a sibling named so gives way to one named after it."""

_IF_NOT: Final = re.compile(
    r"^(?:(?:and|so|but|or) )*(?:supposing|suppose|if|assuming|in case|should|imagine)\b.*\b(?:not|never|no|"
    r"fails?|failed|"
    r"refuses?|impossible)\b"
)
""" "Supposing X can not be had, may we have Y?"."""

_UNSAID: Final = re.compile(
    r"\b(?:no|wait|oops|scratch that|i mean|correction|or rather|or at least|or better|that is to say)$"
)
_UNSAID_FIRST: Final = re.compile(
    r"^(?:or |well |, )*(?:no\b|not really\b|i mean\b|rather\b|at least\b|correction\b|more precisely\b|or better\b|"
    r"to be precise\b)"
)
_ONLY_FEARED: Final = re.compile(
    r"\b(?:worr(?:y|ied)|afraid|fear(?:ing)?|scared|nervous|might|may|could|expect(?:ing)? (?:it|to))\b"
)
"""A report that is put right at once to a mere fear is none."""

_NO_AFTER_ALL: Final = re.compile(
    r"^(?:(?:oh|well|hm+|wait|sorry|,) )*(?:actually ,? ?no|no wait|never mind|on second thoughts?|scratch that|"
    r"forget (?:it|that)|"
    r"no need)\b"
)
_GIVEN: Final = re.compile(
    r"^(?:(?:oh|ah|but|hmm|ok|wait|well) )*(?:that|this|these|it)(?: all)? (?:is|was|are|were) "
)
"""Speaks of what was just said."""

_OURS_IS: Final = re.compile(r"^(?:(?:but|and|so) )*(?:we|i|our|my|ours|mine)\b")
_DENIED: Final = re.compile(
    r"^(?:(?:god|oh|hell|well|ah|uh|no way|heavens) )*(?:no|nope|nah|not|never|wrong|forget)\b"
)
_OVERRULED: Final = re.compile(
    r"\b(?:overruled?|overturned|rejected|declined|refused|vetoed|insisted|forbade|forbids|forbidden|banned|dropped|"
    r"killed|stopped|cancel(?:l)?ed|changed)\b"
)
_SETTLED: Final = re.compile(
    r"\b(?:has|have|was|were|got|is|are|been|all)\b(?: \w+)? (?:sorted|settled|resolved|solved|fixed|cleared up|"
    r"straightened out|dealt with|overturned|reversed|put right)\b"
)
_OF_THAT: Final = re.compile(r"\b(?:it|that|this|they|them|then|again|still|back)\b")
"""Words by which a question goes on with what was supposed before it."""

_HENCE: Final = frozenset({"so", "then", "hence", "thus", "therefore"})
_ADDS: Final = re.compile(r"\b(?:also|too|as well|both|another|plus|in addition|each|besides)\b")
OF_ITS_OWN_MIN: Final = 0.9
"""Probability from which a question after a supposition is one of its own ("..., and can I have the list?")."""

NAME_WORDS_MAX: Final = 4
"""Words of a clause that only brings up a name ("the API?")."""


_OF_IT: Final = re.compile(r"\b(?:it|one|they|them|this|that|these|those|the (?:reasons?|rest|same|grounds))\b")


def take_back(heard: Sequence[Heard]) -> None:
    """Drop from each clause what a later one takes back."""
    for at, later in enumerate(heard):
        for before in range(at):
            between = heard[before + 1 : at]
            _sibling(heard[before], between, later)
            _report(heard[before], between, later)
            _after_approval(heard[before], later)
            _settled_since(heard[before], later)
            if later.of_ours and heard[before].standing is Standing.ELSEWHERE:
                heard[before].sure.pop(REQUEST_STATUS, None)
        if at:
            _supposition(heard[at - 1], later)
            _same_question(heard[at - 1], later)
            _permission(heard[at - 1], later)
    _person(heard)
    _no_such(heard)
    _only_in_doubt(heard)
    _background(heard)


def _sibling(earlier: Heard, between: Sequence[Heard], later: Heard) -> None:
    if earlier.family and any(w.wish is Wish.WANTED for w in later.wished) and _turns(earlier, between, later):
        earlier.sure.pop(earlier.family, None)
    wanted = {w.choice for w in later.wished if w.wish is Wish.WANTED}
    if wanted and OFF_TOPIC in earlier.sure and _ENDS_IN_MARK.search(earlier.plain):
        earlier.sure.pop(OFF_TOPIC)
    before = {w.choice for w in earlier.wished if w.wish is Wish.WANTED} - wanted
    if not wanted or not before:
        return
    if later.opener in _CONCEDING and _THEY_WISH.match(later.plain):
        for choice in wanted - {w.choice for w in earlier.wished}:
            later.sure.pop(choice, None)
        return
    disagree = _disagree(earlier, later)
    if disagree or _turns(earlier, between, later) or _sets_against(earlier, between, later):
        for choice in before:
            earlier.sure.pop(choice, None)
        earlier.close = [pair for pair in earlier.close if pair[0] not in before]
    if disagree:
        for choice in wanted:
            later.sure.pop(choice, None)
        later.doubt(*(*before, *wanted))


def _turns(earlier: Heard, between: Sequence[Heard], later: Heard) -> bool:
    """Whether a mark of correction stands between the two."""
    turn = " ".join(one.whole for one in between if not one.wished or one.guessed)
    said = f"{turn} {later.opener} {later.whole}"
    put_right = any(one.corrects for one in (earlier, *between, later)) and not _ADDS.search(later.whole)
    return (
        put_right
        or bool(_NO_FIRST.match(turn))
        or retracts(said)
        or takes_the_place(later.whole)
        or bool(_ENDS_IN_MARK.search(earlier.plain))
        or ("no" in later.peeled and later.opener not in ("and", "also"))
    )


def _disagree(earlier: Heard, later: Heard) -> bool:
    """Whether others say one thing and the customer another, without a word on who is right."""
    if later.opener in _AGAINST:
        return (
            bool(_THEY_WISH.match(later.plain))
            and not _THEY_WISH.search(earlier.plain)
            and bool(_I_WISH.search(earlier.plain))
        )
    if not _THEY_WISH.search(earlier.plain):
        return False
    return bool(_I_SAY.match(later.plain)) or (later.opener in ("", "and") and bool(_THEY_WISH.match(later.plain)))


def _gives_way(earlier: Heard, between: Sequence[Heard], later: Heard) -> bool:
    """Whether the earlier one is no more, was denied as soon as it was named, or was decided against."""
    if _ADDS.search(f"{later.opener} {later.plain}"):
        return False
    if {w.choice for one in between for w in one.wished if w.wish is Wish.SETTLED} & {
        w.choice for w in earlier.wished
    }:
        return True
    if (
        _IF_NOT.match(earlier.plain)
        or _GIVEN_UP.search(earlier.plain)
        or (_GIVEN.match(earlier.whole) and _OURS_IS.match(later.plain))
    ):
        return True
    named = len(earlier.plain.split()) <= NAME_WORDS_MAX
    if named and any(_DENIED.match(one.whole) for one in (*between, later)):
        return True
    stopped = any(_OVERRULED.search(one.plain) for one in (earlier, *between))
    return stopped and later.opener in _HENCE


def _sets_against(earlier: Heard, between: Sequence[Heard], later: Heard) -> bool:
    """Whether the later one says what is wanted, and the earlier only what there is, was, or others wish."""
    if _gives_way(earlier, between, later):
        return True
    if _THEIRS.match(earlier.plain) and _OURS.match(later.plain):
        return True
    if earlier.guessed.startswith("step") and later.opener in _AGAINST:
        return True
    if _OBTAINED.match(earlier.plain) and _ANOTHER.search(f"{later.opener} {later.plain}"):
        return True
    if _MEANT.search(earlier.plain) and _CAME_OF_IT.search(f"{later.opener} {later.plain}".strip()):
        return True
    if not any(one.opener in _AGAINST for one in (*between, later)):
        return False
    said = " ".join(f"{one.opener} {one.plain}" for one in (*between, later))
    if (_HAVING.match(earlier.plain) or _MEANT.search(earlier.plain)) and _WANTING.search(said):
        return True
    return bool(_THEY_WISH.search(earlier.plain) and _WE_WISH.search(said))


_WRONG_WORD: Final = re.compile(r"\bwrong (?:word|term|expression|choice of words)\b|\bslip of the (?:tongue|pen)\b")
""" "We were rejected. Sorry, wrong word": nothing was reported."""


def _report(earlier: Heard, between: Sequence[Heard], later: Heard) -> None:
    """An outcome is overtaken by a later one ("then you approved us"), or was somebody else's."""
    if earlier.standing is not Standing.HELD:
        return
    overtaken = later.standing is Standing.OPPOSITE and not later.background
    feared = later.standing is Standing.SUPPOSED or bool(_ONLY_FEARED.search(later.whole))
    unsaid = bool(_UNSAID_FIRST.search(later.whole) or _UNSAID.search(earlier.whole))
    waits = REQUEST_STATUS in {**later.sure, **later.soft}
    put_right = waits and any((one.corrects or takes_the_place(one.whole)) and not one.reported for one in between)
    if (
        overtaken
        or put_right
        or (feared and unsaid)
        or later.unsent
        or _NOT_YOU.match(later.whole)
        or (_WRONG_WORD.search(later.whole))
    ):
        earlier.sure = {choice: sure for choice, sure in earlier.sure.items() if choice != earlier.reported}
        earlier.standing = None


def _after_approval(earlier: Heard, later: Heard) -> None:
    """ "We are approved, what now?": how to begin is no answer to that any more."""
    approved = earlier.standing is Standing.OPPOSITE and not earlier.background
    if approved and later.guessed.startswith(("article", "routine")):
        later.sure.pop(later.guessed, None)


def _settled_since(earlier: Heard, later: Heard) -> None:
    """ "You refused us in May, but that has been sorted out since": it is told, and nothing is to be said to it."""
    if earlier.reported and not later.reported and not later.question and _SETTLED.search(later.plain):
        earlier.sure.pop(earlier.reported, None)
        earlier.reported = ""
        later.sure.setdefault(REQUEST_STATUS, LIKELY)


def _person(heard: Sequence[Heard]) -> None:
    """ "A person, please. Actually no, tell me how long it takes": nobody is called for."""
    for at, one in enumerate(heard[:-1]):
        if HUMAN in one.sure and any(_NO_AFTER_ALL.match(later.whole) for later in heard[at + 1 :]):
            one.sure.pop(HUMAN)


def _no_such(heard: Sequence[Heard]) -> None:
    """ "Everything speaks of X. We are no X. Do we need X for it?": X was only spoken of."""
    if not any(one.question and any(choice.startswith("article") for choice in one.sure) for one in heard):
        return
    for at, later in enumerate(heard):
        out = {w.choice for w in later.wished if w.wish is Wish.EXCLUDED}
        if later.question or any(w.wish is Wish.WANTED for w in later.wished):
            continue
        for earlier in heard[:at]:
            if not earlier.question or not _I_WISH.search(earlier.plain):
                for choice in out & {w.choice for w in earlier.wished}:
                    earlier.sure.pop(choice, None)


def _only_in_doubt(heard: Sequence[Heard]) -> None:
    """ "Not X" leaves the other in doubt only where no other clause says which."""
    out = {w.choice for one in heard for w in one.wished if w.wish is Wish.EXCLUDED}
    kept = {w.choice for one in heard for w in one.wished if w.wish is Wish.WANTED}
    if kept and out - kept:
        for one in heard:
            one.close = [pair for pair in one.close if not pair[0].startswith("step:")]


def _permission(earlier: Heard, later: Heard) -> None:
    """ "We keep lab results, may we do that?": what is stated is asked about."""
    if earlier.matter and facets.asks_permission(later.plain) and not set(later.sure) - {OFF_TOPIC}:
        earlier.sure.pop(ROUTINE, None)
        later.sure.clear()
        later.add(earlier.matter, LIKELY)
        later.close, later.weak, later.far, later.empty = [], 0.0, False, False


def _supposition(earlier: Heard, later: Heard) -> None:
    """ "Imagine you refused: could we come back?": the question is still about what was supposed."""
    if earlier.standing is not Standing.SUPPOSED or not later.guessed or not earlier.supposable:
        return
    own = later.sure.get(later.guessed, 0.0) >= OF_ITS_OWN_MIN and not _OF_THAT.search(later.plain)
    if not own or later.guessed == REQUEST_STATUS:
        later.sure.pop(later.guessed, None)


def _same_question(earlier: Heard, later: Heard) -> None:
    """ "If you refuse, may we change it?", "we have no X, do we need one?": asked of what was just spoken of."""
    asked = any(choice.startswith("article") for choice in earlier.sure)
    if (
        asked
        and later.question
        and later.loose
        and later.guessed.startswith("article")
        and _OF_IT.search(later.plain)
    ):
        later.sure.pop(later.guessed, None)


def _background(heard: Sequence[Heard]) -> None:
    """ "Nobody has refused us" sets the scene where anything else is said; "but what if?" supposes it."""
    for at, one in enumerate(heard):
        told = next((earlier for earlier in heard[:at] if earlier.supposable and earlier.standing), None)
        if told is not None and _WHAT_IF.match(one.plain) and not set(one.sure) - {REQUEST_STATUS}:
            one.add(told.supposable, LIKELY)
            one.close, one.weak, one.far = [], 0.0, False
    if any(one.standing is Standing.HELD or one.reported in one.sure for one in heard):
        for one in heard:
            if (one.sent or not one.question) and REQUEST_STATUS in one.sure:
                one.sure = {
                    choice: sure
                    for choice, sure in one.sure.items()
                    if choice == one.reported or choice.startswith("step")
                }
    for one in heard:
        others = {choice for other in heard if other is not one for choice in other.sure}
        if one.stated and any(choice.startswith(("step", "article", "line")) for choice in others):
            one.sure.pop(one.guessed, None)
    if any(choice.startswith(("step", "article", "line", "routine")) for one in heard for choice in one.sure):
        for one in heard:
            if one.background:
                one.sure.pop(REQUEST_STATUS, None)
            if one.story:
                one.sure.pop(OFF_TOPIC, None)
