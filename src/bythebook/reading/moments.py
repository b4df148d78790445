"""What a whole clause means by the moment it comes at: the closing question, an offer, a question that waits.

"One more question" is a yes where one was asked for more, and a need where the case is over; "that's all" is a no to
the closing question and a goodbye before any other.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from bythebook.engine.choice import AFFIRM, DENY, GOODBYE, GREETING, HUMAN, NEITHER, REPEAT, THANKS
from bythebook.engine.menu import Menu
from bythebook.reading import certainty as c
from bythebook.reading import persons, position
from bythebook.reading.heard import Heard
from bythebook.routine.model import QuestionKind

_LEAD: Final = r"(?:(?:well|oh|ah|um|so|and|but|ok|sorry|actually|please|just|also|hmm+|yes|hi|hello|hey) )*"
_TAIL: Final = r"(?: (?:please|though|then|actually|if (?:i|we) may|if that is ok|for you|real quick|quickly|now))*"

_MORE: Final = re.compile(
    rf"^{_LEAD}(?:"
    r"(?:(?:i|we) (?:still |also |do |actually )*(?:have|had|have got|got|need)|there is|(?:is it|would it be) "
    r"ok if i"
    r"|(?:can|could|may|might) (?:i|we)|(?:i|we) (?:want|would like|wanted|wish|need) to|let me) )?"
    r"(?:(?:ask|know|check|raise|bring up)(?: you)? )?"
    r"(?:(?:just |only )?(?:one|another|a|some|a few|two|a couple(?: of)?|yet another)(?: (?:more|other|last|"
    r"final|further|"
    r"quick|small|short|different|additional|new))* (?:question|questions|thing|things|point|topic|query|request|"
    r"matter|"
    r"issue)s?(?: (?:more|else|to ask|to add))?"
    r"|(?:one|another|some|a few) more|(?:another|a different) one|(?:something|anything) else|"
    r"(?:more|other|further|additional) questions?)"
    rf"{_TAIL}$|^{_LEAD}(?:there is|got) (?:more|(?:something|one thing) (?:else|more)){_TAIL}$"
)
"""Wants something else and does not say what."""

_ONE_QUESTION: Final = re.compile(r"\b(?:more|another|else|other|further|additional|new|last|final|different)\b")

_PARTLY: Final = re.compile(
    r"\b(?:answer(?:s|ed)?|cover(?:s|ed)?|solve[sd]?|clear(?:s|ed)? up|deals with|dealt with|settles|"
    r"helps? with|that is|"
    r"that was)(?: \w+)? (?:half|part|one half|(?:the|one) (?:first|one|half|part|other)|one of|some of|most of)\b"
)
""" "That answers the first half": the other is still to come."""

_NOT_YET: Final = re.compile(rf"^{_LEAD}(?:no )?not (?:quite |just )?(?:yet|done yet|quite done|done)$")
_PAUSE: Final = re.compile(
    rf"^{_LEAD}(?:"
    r"(?:please )?(?:wait|hold on|hang on|bear with me|stand by|stay there|not so fast)(?: (?:a|one|just a|for a))?"
    r"(?: (?:second|sec|moment|minute|min|bit|while))?|"
    r"(?:(?:give me|i need|need|just|wait|hold on|in) )*(?:a|an|one|1|two|2|another|five|5|some) (?:quick |little )?"
    r"(?:second|sec|secs|moment|minute|min|mins|minutes|seconds|time)(?: (?:to (?:think|check|look|ask|decide|"
    r"find out)|"
    r"more))?|brb|(?:i will |will )?be (?:right )?back(?: (?:soon|in .*|later|shortly))?|(?:i am |still )(?:thinking|"
    r"checking|looking|reading)(?: (?:about it|it over|it|this))?|"
    r"(?:let me|i (?:will|need to|have to|must|should|would have to)|we (?:will|need to|have to|must)) (?:just |"
    r"first |"
    r"quickly )*(?:think|check|ask|look|see|verify|confirm|find out|consult|discuss|talk it over|read|get back)"
    r"(?: (?:with|to|it|this|that|about|over|up|into|my|our|the|a|internally|first|again|you|team|colleagues?|"
    r"boss|manager|"
    r"developers?|engineers?|it department|lawyers?|legal|compliance|officer|cto|ceo|director|partner|on|through|"
    r"second|moment|minute|bit|and|come|get|back))*"
    rf"){_TAIL}$"
)
"""Asks for a moment: nothing is said yet, nothing is missed."""

_STEP_OF_THEIRS: Final = re.compile(
    r"^(?:so |then |and |great |perfect |in that case )*(?:(?:i|we|my \w+|our \w+) )?(?:will|am going to|"
    r"are going to|"
    r"shall|plan to)"
    r" (?:now |then |just |go ahead and |make sure to |definitely |also |try to |get |go )*(?:do|email|mail|"
    r"write|contact|"
    r"reach|send|call|apply|check|look|read|follow|forward|pass|try|let|talk|speak|discuss|tell|submit|fill|prepare|"
    r"draft|drop|message|get|be in touch|in touch|take|ask|start|proceed|share|review|go through|study|change|"
    r"consider|revise|adjust|update|fix|think|wait|come|see|re ?apply|resubmit|"
    r"give)\b"
    r"(?!.*\b(?:need|want|require|from (?:here|there|now)|over from|(?:if|when) (?:i|we|anything|something))\b)"
)
"""Announces what the customer will do next: no question, and not a word about what they want of us."""

_ENDING: Final = re.compile(
    r"\b(?:that (?:is|was|will be|would be|should be) (?:about |really |pretty much )?(?:all|it|everything)|"
    r"nothing (?:else|more|further)|(?:no|any) (?:more|other|further|additional) (?:questions?|help|queries)|"
    r"(?:anything|any thing) (?:else|more|further)|all (?:set|done)|(?:i am|we are) (?:all )?(?:set|done|finished)|"
    r"just (?:looking|browsing|checking|curious)|looking around|never mind|forget (?:it|about it|that|this|"
    r"the whole thing)|(?:close|end|finish|wrap up|resolve|leave) "
    r".*(?:case|chat|ticket|"
    r"conversation|it|this)|everything (?:i|we) need(?:ed)?|that will (?:be all|do)|not interested)\b|"
    r"^(?:please )?(?:stop|quit|exit|cancel|end|abort|leave|enough|done|nothing)(?: (?:it|this|that|here|now|"
    r"chat|please|the chat|"
    r"this chat|everything))*$"
)
"""Says that nothing more is wanted, whatever was asked."""


_JUST_THAT: Final = re.compile(
    r"^(?:(?:yes|yeah|exactly|right|correct|ok|well|oh|i mean|i meant|precisely) )*(?:that|this|the same|"
    r"the one)(?: (?:one|thing|is "
    r"(?:it|right|correct|the one|what i (?:meant|mean|want|said))|exactly|please|indeed))*$|"
    r"^(?:that is )?what i (?:meant|mean|"
    r"want|said)(?: exactly)?$"
)
"""Takes the one thing that was offered."""


_NOT_THAT: Final = re.compile(
    r"^(?:(?:no|well|sorry|oh|but) )*not (?:that|this)(?: (?:one|thing|product))?(?: please| though)?$|"
    r"^(?:(?:no|well|sorry|oh|but|thanks|thank you) )*(?:that|this|it) (?:is|was) (?:the )?wrong (?:one|product|"
    r"thing|option|service)$"
)
""" "Not that one", of what was just given."""


_WHAT_NEEDED: Final = re.compile(
    rf"^{_LEAD}what (?:exactly )?(?:do|did|would|should|else do) (?:you|u) (?:still |actually |just )*(?:need|"
    rf"want|ask|have)"
    r"(?: (?:to (?:know|hear|ask)))?(?: (?:from|of|about) (?:me|us))?(?: (?:now|again|exactly|then|first))*$"
)
"""Asks what is asked."""

_PASSED_ON: Final = re.compile(
    r"^(?:and |so |but |also )*(?:he|she|they|(?:my|our|the) \w+(?: \w+)?|everybody|everyone) (?:just |also |all "
    r")?(?:(?:says?|"
    r"said|sends?|tells? (?:me|you|us)|is saying|are saying)(?: to (?:say|tell you))?(?: that)?|(?=(?:has|have|is|"
    r"are)\b))"
    r" ?(?P<said>.+)$"
)
"""What somebody else has to say: their thanks, and that they need no more, end a case as the customer's own do."""

_ALL_THE_SAME: Final = re.compile(
    rf"^{_LEAD}(?:thanks|thank you|cheers)(?: \w+)? (?:any ?ways?|all the same|regardless|nonetheless|nevertheless)$"
)
"""Thanks for what did not help: a goodbye, unless something else was asked for."""


def passed_on(plain: str) -> str:
    """Return what somebody else is reported to say, in the first person; empty where nobody is."""
    found = _PASSED_ON.match(plain)
    if found is None:
        return ""
    said = found["said"]
    return re.sub(r"^(?:has|have)\b", "i have", re.sub(r"^(?:is|are)\b", "i am", said))


def at_closing(menu: Menu) -> bool:
    """Whether the closing question waits, and nothing lies over it."""
    return menu.pending_kind is QuestionKind.ANYTHING_ELSE and not menu.situation.offer and not menu.situation.closed


def whole(menu: Menu, plain: str, question: bool, named: bool, heard: Heard) -> bool:
    """Read a clause whose meaning hangs on the moment; `named`: a term of the document is in it."""
    if plain in ("y", "n"):
        heard.add(AFFIRM if plain == "y" else DENY, c.LEXICON)
        return True
    if len(menu.situation.offer) == 1 and _JUST_THAT.match(plain):
        heard.add(AFFIRM, c.LEXICON)
        return True
    if named:
        return False
    if (act := _one_act(menu, plain, question)) is not None:
        heard.add(act, c.LEXICON)
        return True
    if at_closing(menu) and _NOT_THAT.match(plain) and menu.situation.current:
        heard.unwanted = True
        return True
    if at_closing(menu) and not question and _PARTLY.search(plain):
        heard.help = True
        return True
    if at_closing(menu) and _NOT_YET.match(plain):
        heard.pause = True
        heard.add(GREETING, c.RULE)
        return True
    if _MORE.match(plain) and _more(menu, plain, heard):
        return True
    closing = at_closing(menu)
    if _STEP_OF_THEIRS.match(plain) and not question and (closing or menu.situation.closed or menu.situation.offer):
        heard.ok = heard.announced = True
        return True
    if _PAUSE.match(plain):
        heard.pause = True
        heard.add(GREETING, c.RULE)
        return True
    if _none(menu, plain):
        heard.add(DENY if closing or menu.situation.offer else NEITHER, c.LEXICON)
        return True
    return False


def _one_act(menu: Menu, plain: str, question: bool) -> str | None:
    """The one act that the words are, where they are said at the moment that makes them so."""
    if HUMAN in menu.situation.offer and persons.hands_on(plain) and not question:
        return AFFIRM
    if _ALL_THE_SAME.match(plain) and not (at_closing(menu) or menu.situation.closed or menu.situation.offer):
        return GOODBYE
    return REPEAT if menu.options and _WHAT_NEEDED.match(plain) else None


def _more(menu: Menu, plain: str, heard: Heard) -> bool:
    """More is wanted: what that leads to is told by the moment, and any need said besides outweighs it."""
    past_opening = menu.situation.closed or at_closing(menu)
    heard.help = past_opening or bool(_ONE_QUESTION.search(plain) and not menu.options)
    return heard.help


def _none(menu: Menu, plain: str) -> bool:
    """None of what was asked about, put so that it can be nothing else."""
    return position.none_outright(plain) and not menu.situation.closed


def is_ending(plain: str) -> bool:
    """Whether a clause says that nothing more is wanted."""
    return bool(_ENDING.search(plain))


def closed_acts(menu: Menu, acts: Sequence[str], ending: bool) -> tuple[str, ...]:
    """Return a no that ends the matter as what it is here (R6): before the closing question, a goodbye."""
    if not ending or DENY not in acts or menu.situation.closed or at_closing(menu):
        return tuple(acts)
    if menu.situation.offer:
        return (*(act for act in acts if act not in (THANKS, GOODBYE)), GOODBYE)
    return (*(act for act in acts if act not in (DENY, THANKS, GOODBYE)), GOODBYE)
