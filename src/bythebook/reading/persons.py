"""The wish for a person, in whatever words, and the wish for none."""

from __future__ import annotations

import re
from typing import Final

from bythebook.reading.common import content_words, listed

_PERSON: Final = (
    r"(?:human(?: being)?|person|people|someone|somebody|anyone|anybody|representative|rep|reps|agent|agents|"
    r"operator|staff(?: member)?|manager|supervisor|boss|"
    r"colleague|advisor|adviser|specialist|individual|employee|teammate|team member|customer (?:service|"
    r"support|care)|support (?:team|staff|person)|live (?:chat|support|help)|"
    r"(?:member|one) of (?:the|your) (?:team|staff|people|support team)|your team|the team|a team|folks)"
)
_KIND_OF: Final = (
    r"(?:(?:a|an|the|any|some|one of your|your|another) )?(?:(?:real|live|actual|human|natural|proper|"
    r"physical|breathing|living|customer|service|support|different|senior|other) )*"
)
WHOLE: Final = (
    rf"(?:i (?:want|need|would like|prefer|would prefer|demand|require) |we (?:want|need|would like|prefer) |"
    rf"(?:get|give|find|bring|connect|transfer|put|pass|escalate) (?:me |us |this |it )?(?:to |with |"
    rf"over to |through to |on to )?|(?:can|could|may) (?:i|we) (?:have|get|please have) |"
    rf"(?:is there|are there|do you have) )?{_KIND_OF}{_PERSON}(?: (?:here|now|there|instead|immediately|"
    rf"available|on the line|on the phone|for me|who can help(?: me| us)?|i can (?:talk|speak|chat) (?:to|"
    rf"with)|to (?:talk|speak|chat) (?:to|with)|to help(?: me| us)?))*"
    r"|human|humans|(?:is|are) (?:there )?(?:a |an |any )?(?:real |live |actual )?(?:human|humans|person|"
    r"people|agent|someone|anyone)(?: (?:there|here|available|around|i can (?:talk|speak) (?:to|with)))+|"
    r"(?:please )?(?:transfer|connect|redirect|forward) (?:me|us)(?: (?:now|please))?|escalate(?: (?:this|it|"
    r"my|the|our|case|ticket|issue|request|now|please))*|(?:hand|pass) (?:me|us|this|it) over|hand ?off|"
    r"(?:let me|i want to|i need to|i would like to|can i|could i) (?:talk|speak)(?: now)?"
    r"|(?:(?:can|could|would|will) (?:someone|somebody|you|anyone) )?(?:please )?(?:call|phone|ring) (?:me|"
    r"us)(?: back)?(?: .{0,30})?|call ?back(?: please)?|phone call|(?:can i |could i |i want to |"
    r"i would like to )?(?:call|phone) (?:you|someone|somebody)|(?:not|no more) (?:a )?(?:bots?|robots?|"
    r"machines?|chatbots?|ai)|no bots?|stop (?:giving|with) .{0,12}\bbots?"
)
_TALK: Final = (
    r"(?:talk(?:ing)?|speak(?:ing)?|chat(?:ting)?|connect(?:ed)?|transfer(?:red)?|escalated?|"
    r"forward(?:ed)?|(?:put|send|bring) (?:me|us)|(?:be|am|are) put|pass(?:ed)?|hand(?:ed)?|switch|redirect|"
    r"route|get hold|"
    r"refer(?:red)?|get in touch|meet(?:ing)?|call|deal(?:ing)?|work(?:ing)?|interact(?:ing)?|communicat(?:e|ing)|"
    r"correspond(?:ing)?|negotiat(?:e|ing)|discuss (?:this|it))"
)
_HUMAN_INSIDE: Final = re.compile(
    r"\b(?:not|no) (?:\w+ ){0,4}?(?:talk|chat|speak|deal)(?:ing)? (?:to|with) (?:a |an |this |"
    r"the )?(?:machines?|bots?|robots?|computers?|ai|chatbots?)\b|"
    rf"\b{_TALK}(?: (?:me|us|this|it|my|our|case|now|please|directly|over|through|on|in|the|phone|"
    rf"by))*(?: (?:to|with|into|of|onto))+ {_KIND_OF}{_PERSON}\b(?! (?:in|from|at) (?:sales|billing))"
    r"|\b(?:need|want|prefer|get me|give me|like) (?:a |an |the |some )?(?:human|person|representative|agent|"
    r"supervisor|manager|operator)\b(?! (?:in|from|at|to sign|to approve|approved|resources) )"
    r"|\b(?:can|could|would|will|may) (?:a|an|some|any) (?:real |actual |live )?(?:person|human|agent|"
    r"representative)\b"
    r"|\bnot (?:want|like|need)(?: to)? (?:a |an |the |this |your |talk to |chat with |any )*(?:bots?|machines?|"
    r"robots?|chatbots?|computer)\b"
    r"|^(?:a|an|the) (?:real |live |human )?(?:person|human|representative|agent) (?:would|could|might|will)\b"
    r"|\b(?:is|are) there (?:really |not )?(?:a|an|any|some) (?:\w+ )?(?:person|people|human|humans)(?: \w+){0,5}? "
    r"(?:i|we) (?:can|could|may|"
    r"might) (?:speak|talk|chat)\b"
    r"|\b(?:someone|somebody|anyone) (?:real|human|actual|alive|who understands)\b|\b(?:real|live|actual|"
    r"human) (?:person|human|agent|representative|rep|operator|being|support|"
    r"assistance|help)\b"
    r"|\b(?:can|could|would) (?:someone|somebody|a person|anyone|a human) (?:please )?(?:(?:from|on|"
    r"in) (?:your|the) \w+ )?(?:call|contact|help|explain|walk|guide|assist|answer|look|take|reach out to|get back|"
    r"ring|phone|talk|speak)\b"
    rf"|\b(?:help|support|assistance|an answer|answers) (?:from|by|of) {_KIND_OF}(?:person|people|human|humans|agent|"
    r"representative|operator|someone|somebody)\b"
    r"|\bfrom (?:a|an) (?:real |actual |live )?(?:person|human)\b"
    r"|\bspeak (?:to|with) (?:a |your )?manager\b|\bhuman (?:please|now|help|support)\b|\b(?:want|have|get|"
    r"need|ask) (?:someone|somebody|a person|a human)(?: (?:from|in|at|of) (?:your|the)(?: \w+){1,2})? (?:to "
    r")?(?:call|contact|look|review|check|help|take)\b"
)
_ASKS_WHO: Final = re.compile(
    r"\b(?:is (?:this|that|it|he|she)|are (?:you|u)|am i (?:talking|speaking|chatting|writing) (?:to|with)|"
    r"(?:this|that|it) is|you are) (?:really |actually |even |just )?(?:an? |the )?(?:real |live |actual |human )*"
    r"(?:person|human(?: being)?|agent|representative|operator)(?: (?:here|there|or .*|i am .*|and not .*))?$"
)
"""Asks who is there; wants nobody else."""

_NO_HUMAN: Final = re.compile(
    r"\b(?:not|no|without|never|rather not|instead of|cancel|forget|never mind|drop)\b(?: (?:need|want|have|to|"
    r"wish|like|a|an|the|any|talk|"
    r"speak|talking|speaking|with|wait|for|be|transferred|transfers?|calls?|handover|real|human))* (?:human|"
    r"person|agent|someone|anyone|"
    r"representative|people|humans)\b"
)

_HAND_ON: Final = re.compile(
    r"^(?:(?:please|just|so|then|ok|yes|and|do|well|sure|can you|could you|would you|you (?:can|may|could)|go ahead "
    r"and|kindly) )*"
    r"(?:(?:pass|hand|send|put|transfer|forward|move|connect|escalate|redirect|refer)(?: (?:it|me|us|this|that|"
    r"them|my "
    r"\w+|our \w+|the \w+|him|her))?(?: (?:on|over|through|along|up))?)(?: (?:then|please|to (?:them|him|her|one|"
    r"whoever.*|somebody.*|someone.*)|now|straight away|thanks|thank you))*$"
)
""" "Pass it on": where a person is offered, what the offer proposes."""

_DONE: Final = re.compile(
    r"\b(?:i|we|he|she|they|(?:my|our) \w+) (?:(?:have|has|had|already|just|then|also|now) )*(?:passed|"
    r"handed|forwarded|"
    r"gave|sent|transferred|referred|escalated|talked|spoke|spoken|chatted) (?:(?:it|this|that|them|"
    r"these|everything|all|"
    r"(?:your|the|my|our) \w+) )?(?:(?:on|over|along|through) )?(?:to|with) "
    r"|\b(?:my|our|their|most|some|many) \w+ (?:(?:only|always|still|just) )*(?:talk|speak|chat)s? (?:to|with) "
)
"""What was passed on already, and to whom others talk, calls for nobody here."""

_NEEDED: Final = listed("needed required necessary help")


def wants_human(plain: str) -> bool:
    """Whether the clause asks for a human, in whatever words around it."""
    return bool(_HUMAN_INSIDE.search(_DONE.sub("", plain))) and not (_NO_HUMAN.search(plain) or asks_who(plain))


def asks_who(plain: str) -> bool:
    """Whether the clause asks if a person is there."""
    return bool(_ASKS_WHO.search(plain))


def hands_on(plain: str) -> bool:
    """Whether the clause tells whoever offers a person to go ahead, in the words of the offer."""
    return bool(_HAND_ON.match(plain))


def refuses_human(plain: str) -> bool:
    """Whether the clause says that no human is wanted."""
    return bool(_NO_HUMAN.search(plain))


def only_refuses_human(plain: str) -> bool:
    """Whether the clause says that no human is wanted, and no more."""
    return refuses_human(plain) and not set(content_words(_NO_HUMAN.sub("", plain))) - _NEEDED
