"""The rows of the wording table that go on elsewhere, and those that do something again."""

from __future__ import annotations

from typing import Final

from bythebook.compiler.builders import (
    build_always,
    build_going,
    build_going_named,
    build_repeating,
    build_repeating_until,
)
from bythebook.compiler.forms import ON, Going
from bythebook.compiler.wording_parts import (
    BEFORE,
    CUSTOMER,
    LIMIT,
    OPEN,
    TARGET,
    TIMES,
    Wording,
    row,
)

GOING: Final[tuple[Wording, ...]] = (
    row(
        "go-to",
        rf"-?{BEFORE}(?:proceed|go|move|skip|jump|continue|return|carry|advance|follow|use|see|start)"
        rf"(?: directly| straight| immediately)?(?: back| on| ahead| forward)?(?: to| at| with| from| again at)? "
        rf"(?:the )?{TARGET}(?:\s*\([^()]*\)|:\s+[^\"“”`:.;]{{3,80}})?\)?"
        rf"(?: (?:below|above|instead|first|now|directly|troubleshooting)\b{OPEN}|[.:]?$)",
        build_going,
        "Proceed to step 6.",
        "goes on there",
    ),
    row(
        "go-to-for",
        rf"{TARGET}:? (?:to )?(?:checks?|looks?|is|covers?|handles?|deals?)(?: for| with)?\b{OPEN}",
        build_going,
        "Path 2 checks for missing parcels.",
        "goes on there",
    ),
    row(
        "go-to-number",
        rf"-?{BEFORE}(?:(?:proceed|go|move|skip|jump|continue|return|carry)(?: directly| straight)?(?: back| on)?|"
        r"back) (?:to|with|at) (?P<target>#?\d{1,3}[a-z]?(?:\.\d{1,3})*|(?-i:[A-Z])(?:\.?\d{1,2})?)\)?[.;]?$",
        build_going,
        "Go to 6.",
        "goes on there",
    ),
    row(
        "go-to-named",
        rf"-?{BEFORE}(?:proceed|go|move|skip|jump|continue|return)(?: directly| straight)?(?: back| on)? "
        r"(?:to|with|at) (?:the )?(?:section |part )?[\"“'‘](?P<target>[^\"“”'‘’]{2,60})[\"”'’]"
        r"(?: section| part)?[.;]?$",
        build_going_named,
        "Go to “Refunds”.",
        "goes on with the first step under that heading",
    ),
    row(
        "go-on",
        rf"{BEFORE}(?:continue|carry on|go on|move on|proceed|do nothing|nothing (?:further|more|else)?(?: ?is)?"
        r"(?: ?(?:to do|needed|required|necessary|to be done))?|no (?:further )?action(?: is)?(?: (?:needed|"
        r"required))?)[.;]?$",
        build_always(Going(ON)),
        "Continue.",
        "goes on with what stands next",
    ),
    row("go-to-bare", rf"-?{TARGET}\)?\.?$", build_going, "Step 6", "goes on there"),
    row(
        "repeat",
        rf"{BEFORE}(?:retry|try (?:it |this |that )?(?:again|once more|one more time|another time)|repeat|"
        rf"ask (?:again|once more)|"
        r"(?:run|do|check|look|search|call(?! them\b)) (?:(?:it|this|that|them|the (?:call|check|search|lookup|"
        r"request)) )?"
        r"(?:up )?(?:again|once more))"
        r"\b(?!.*\b(?:until|back)\b)(?!.*\bto (?:them|him|her|the (?!steps?\b|questions?\b|lines?\b|points?\b)))"
        r"(?P<what>(?:(?!\b(?:then|and)\b)[^\"“”`;,.])*?)"
        rf"{LIMIT}",
        build_repeating,
        "Retry the search twice",
        "does it again, so many times at most",
    ),
    row(
        "repeat-until",
        rf"{BEFORE}(?:retry|try again|repeat)(?: (?:this|it|that|the step|these steps))? until [^\"“”`;,.]*?"
        rf",? \(?(?:up to |at most |maximum |max\.? |no more than )?{TIMES}\)?[.;]?$",
        build_repeating_until,
        "Repeat until the account is found, up to three times.",
        "under a condition: does it again, so many times at most",
    ),
    row(
        "ask-again",
        rf"{BEFORE}ask (?:{CUSTOMER} |for )?(?P<what>(?:to (?:try|check|enter|give|provide|confirm)[^\"“”`;,.]*? |"
        rf"(?:it|that|this|the (?:(?!\band\b)[^\"“”`;,.])*?) )?)again{LIMIT}",
        build_repeating,
        "Ask them to try again.",
        "does it again, so many times at most",
    ),
    row(
        "enter-again",
        rf"{BEFORE}(?:(?:ask|have|let|get|request) {CUSTOMER} (?:to )?|ask to )"
        r"(?P<what>(?:re-?(?:enter|type|send|submit|check)|resend|double-?check)\b(?:(?!\band\b)[^\"“”`;,.])*?)"
        rf"{LIMIT}",
        build_repeating,
        "Ask the customer to re-enter the number.",
        "asks for it anew, and does again what it was for",
    ),
    row(
        "attempts",
        rf"{BEFORE}(?:allow|permit) (?:(?:the )?(?:customer|user|client) )?{TIMES}\.?$",
        build_repeating,
        "Allow up to two more attempts.",
        "does it again, so many times at most",
    ),
    row(
        "at-most",
        rf"(?:try|do|repeat|allow)(?: this| it| so| that)? (?:no more than|at most|up to|only|"
        rf"a maximum of) {TIMES}[.;]?$",
        build_repeating,
        "Do this no more than twice.",
        "how often at most what stands before it is done again",
    ),
)
