"""What the rows of the wording table are made of."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from bythebook.compiler.forms import Form
from bythebook.compiler.people import PEOPLE


@dataclass(frozen=True, slots=True)
class Wording:
    """A row of the table. Places in a form count from the start of the words."""

    name: str
    pattern: re.Pattern[str]
    build: Callable[[re.Match[str]], Form | None]
    example: str
    means: str
    """What is carried out, for the page that is generated from the table."""


QUOTE: Final = r"[\"“](?P<text>\s*+[^\s\"“”][^\"“”]*+)[\"”]$"
QUESTION: Final = r"[\"“](?P<text>\s*+[^\s\"“”][^\"“”]*\?\s*)[\"”]$"
CUSTOMER: Final = (
    rf"(?:the (?:{PEOPLE}|employee|person|owner|driver|family|reader|player|viewer|holder)|customer|them|him|her)"
)
"""Whoever is spoken to."""

SHALL: Final = r"(?:shall|should|must|will|has to|have to|is to|are to) (?:then |now |also |first |be )*"
"""Before what is to be done to somebody: "the customer should be told"."""

THESE: Final = r"(?:\s*:|,)?\s*(?:>\s*)?(?:that )?"
"""Between a verb and the words in quotation marks: a colon, or nothing."""

TELLING: Final = "inform|tell|instruct|advise|remind|notify|suggest to|explain to|say to|reply to"
ASKING: Final = "ask|request|confirm with|check with"
SPEAKING: Final = (
    "thank|greet|welcome|acknowledge|apologi[sz]e|inform|tell|instruct|advise|remind|notify|suggest|explain|"
    "guide|say|let|reassure|provide|offer|share|give|confirm|mention|recommend|congratulate|wish|encourage|"
    "respond|reply|express|empathi[sz]e|sympathi[sz]e|direct|warn|assure|introduce|summari[sz]e"
)
# Words before the verb that change nothing: "You must always ask ...", "Then politely ask ...".
BEFORE: Final = (
    r"(?:(?:then|also|first|next|finally|now|please|always|politely|kindly|immediately|you (?:must|should|may|can|"
    r"will|need to|will need to)|the (?:agents?|officers?|advis[eo]rs?|assistant|representative|operator|clerk|"
    r"employee|handler) (?:shall|should|must|will|may|needs? to|has to|have to|is to)|be sure to|make sure to|"
    r"simply|specifically),? )*+"
)


def row(name: str, pattern: str, build: Callable[[re.Match[str]], Form | None], example: str, means: str) -> Wording:
    """Return a row; its pattern is tried at the start of the words."""
    return Wording(name, re.compile(pattern, re.I), build, example, means)


NAME: Final = r"(?P<function>[a-z_]\w*)(?:\((?P<arguments>[^()`]*)\))?"
LOOSE: Final = r"(?P<function>[a-z_][\w-]*\w)"
GIVEN: Final = r"(?:\((?P<arguments>[^()`]*)\))?"
CALL: Final = BEFORE + r"(?:call|use|run|invoke|execute|trigger) (?:the )?(?:tool|function)?:? ?"
ANOTHER: Final = (
    r"(?:,| and|;)(?: then)? (?:also )?(?:tell|inform|ask|say|call|go|proceed|explain|advise|let|send|offer|thank|"
    r"apologi[sz]e|transfer|hand|escalate|pass|remind|notify|give|wait|close|end|stop|read)\b"
)
"""Where words about a call go on to another thing to do."""

TAIL: Final = (
    r"(?:[ ]?(?:function|tool|action)\b)?[`'\"”]?(?:[ ](?:function|tool|action)\b)?(?:\s*(?:->|→)\s*\[[^\]]*\])?"
    r"(?:,? (?:with|using) (?:(?:the )?(?:parameters?|arguments?|inputs?):? |(?=`?[a-z]+_\w+`?(?:[., ]|$)))"
    r"(?P<more>(?:(?!,? (?:and )?then\b|;)[^.:])*))?"
    r"(?: (?:to|for|in order to|always|again|immediately|instead|straight ?away|right away|at once|directly|now|"
    rf"without delay)\b(?:(?!{ANOTHER})[^\"“”`])*|,? (?:and|then) (?:then )?use (?:the|its) (?:results?|answer)|"
    r" to (?:get|find out|see|obtain|learn|retrieve|look up|determine) (?:[^\"“”`:;.]|`\w+`)+)?\s*[.:]?$"
)
CALLED: Final = rf"(?:`(?=[^`]*`)|(?=\w+\()|(?=[a-z]+_\w+\s*\.?$)){NAME}`?"
"""A function that is plainly one: in backticks, or with brackets behind it."""

UNDONE: Final = (
    r"(?:if|when|whenever|once|after|else|otherwise|unless|not?|do|don['’]t|never|or|for|say|reply|"
    r"where|should|provided|assuming|in case|upon|as soon as|until|while)\b"
)
TIMES: Final = (
    r"(?P<times>once|twice|(?:(?:up to|at most|a maximum of|no more than|another) )?\w+"
    r"(?: more| further| additional)?(?= (?:times?|attempts?|tries|retries))|\d{1,2}(?= ?x\b))(?: (?:times?|"
    r"attempts?|tries|retries)| ?x\b)?"
)
LIMIT: Final = (
    rf"(?:,? (?:but )?\(?(?:at most |up to |maximum |max\.? |(?:not|no) more (?:often )?than )?{TIMES}\)?)?[.;]?$"
)
TARGET: Final = (
    r"(?P<target>next (?:step|question|section|part)|(?:part|section) (?-i:[A-Z])\b|"
    r"(?:step|path|section|line|point|question|§) ?#?\d[\w.]*|(?:step|path|section|line|point)s ?#?\d[\w.]*|"
    r"q\d{1,3}\b|step [a-z](?=[\s.,;:)]|$)|"
    r"(?-i:[A-Z][A-Z]{1,5}[- ]?\d{1,3}\b)|final (?:action|step)|last step|end)"
)
PROVIDE: Final = (
    r"(?:provide|give|share|tell (?:us|you)|enter|re-?enter|send|supply|state|specify|submit|upload|verify|"
    r"describe|explain|"
    r"outline)"
)
OPEN: Final = r"[^\"“”`]*$"
