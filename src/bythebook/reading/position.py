"""Answers by place: "the first one", "option 2", "the latter", "both", "neither", "the other one".

A place is a name of the answer that stands there, so that negation, correction and joining work on it as on any name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from bythebook.engine.choice import NEITHER
from bythebook.reading.terms import Kind, Mention

FEW_WORDS: Final = 9
"""Words of a clause in which a place can mean something although no question waits for one."""

_NOUN: Final = (
    r"(?:ones?|options?|choices?|answers?|products?|things?|alternatives?|cases?|items?|variants?|versions?|"
    r"suggestions?|"
    r"proposals?|entry|entries|names?)"
)
_OF_THEM: Final = (
    r"(?:of (?:them|those|these|(?:the|those|these|your) (?:two|options|choices|products|things|answers))|(?:on|in|"
    r"of|from) "
    r"(?:the|your|that|this) (?:list|menu|top|question|row|order))"
)
_YOU_SAID: Final = (
    r"(?:(?:that |which )?(?:you|u)(?: just| have)? (?:mentioned|named|said|listed|offered|gave|wrote|asked about|"
    r"put)"
    r"|mentioned|named|listed|offered)"
)
_ON: Final = (
    r"(?=$| ,| (?:please|for|then|instead|is|as|but|would|sounds|works|because|since|thanks|thank|and|or|nor|not|no|"
    r"in (?:the (?:list|menu|question|row|order)|that|this|your)|if|was|again|at the (?:start|beginning|top)|"
    r"were|it is|too|also|of course|really|actually|sorry|with|without|(?:i|we) (?:think|guess|suppose|believe|"
    r"reckon|would|"
    r"meant|mean)|rather|obviously|definitely|probably|only|now|maybe|either|yes)\b)"
)
"""What may follow a place: "the first I used" and "the last week" name none."""

_ORDINALS: Final = (
    (0, r"first|1st|former"),
    (1, r"second|2nd"),
    (2, r"third|3rd"),
    (3, r"fourth|4th"),
    (-1, r"last|latter"),
)
_NUMBERS: Final = ((0, "1|one|a|i"), (1, "2|two|b|ii"), (2, "3|three|c|iii"), (3, "4|four|d|iv"))
_ROWS: Final = tuple(
    (place, re.compile(rf"(?<![^ ]){pattern}{_ON}"))
    for place, ordinal in _ORDINALS
    for pattern in (
        rf"the (?:very )?(?:{ordinal})(?: {_NOUN}| {_OF_THEM}| {_YOU_SAID})*",
        rf"(?:that|this|your) (?:very )?(?:{ordinal})(?: {_NOUN}| {_OF_THEM})+",
        rf"(?:your )?(?:{ordinal})(?: {_NOUN}| {_OF_THEM})+(?: {_YOU_SAID})?",
        rf"(?:whatever|whichever|what|the (?:{_NOUN})(?: that| which)?) (?:came|comes|was|is|stands|stood|goes|went) "
        rf"(?:{ordinal})",
        rf"(?:the )?(?:{_NOUN}|whichever|what|whatever)(?: {_NOUN})? {_YOU_SAID}(?: me| us)? (?:{ordinal})",
    )
) + tuple(
    (
        place,
        re.compile(
            rf"(?<![^ ])(?:the )?(?:(?:option|opt|number|choice|answer|num|variant|item) (?:{number})|(?:no|nr) "
            rf"{number[0]}){_ON}"
        ),
    )
    for place, number in _NUMBERS
)
_HEIGHTS: Final = tuple(
    (place, re.compile(rf"(?<![^ ])the (?:(?:{name})(?: {_NOUN})+|{_NOUN} (?:at|on) the (?:{name}|{edge})){_ON}"))
    for place, name, edge in ((0, "top|upper", "start|beginning"), (-1, "bottom|lower", "end"))
)
_ALONE: Final = {name: place for place, names in _NUMBERS for name in names.split("|") if name != "i"}
_BARE: Final = {name: place for place, names in _ORDINALS for name in names.split("|")} | {
    name: place for name, place in _ALONE.items() if name.isdigit() or name in ("two", "three", "four")
}
_A_MOMENT: Final = re.compile(
    r"\b(?:one|a|1|just a|another|half a) (?:second|sec)\b|\bfor the (?:first|second|third|last) time\b"
)
"""Names no place."""

_NAMED_ALONE: Final = frozenset({"first", "1st", "former", "second", "2nd", "latter"})
"""Places that stand beside others without a noun ("the first, sorry, second")."""

_ADVERBS: Final = frozenset({"first", "last"})
"""Places that are adverbs beside other clauses ("wait, first: how long?")."""

_AROUND: Final = re.compile(
    r"(?:i|we|you|it|is|that|this|would|will|be|take|go|with|for|choose|pick|say|said|meant|mean|need|want|like|"
    r"prefer|think|guess|suppose|please|thanks|thank|and|or|nor|not|no|both|plus|sorry|oh|uh|um|oops|wait|actually|"
    r"yes|ok|"
    r"rather|make|let|us|definitely|probably|just|only|also|instead|then|scratch|correction|either|neither|number|"
    r"option|me|"
    r"choice|answer|my|well|hm+|,)"
)
"""What may stand around a bare "2" or "former" for it to be an answer."""

_OTHER: Final = re.compile(
    r"\bthe (?:very )?other(?: (?:one|option|choice|product|thing|side|service|of the two|please|instead))*(?:$| ,|"
    r" (?:then|please|instead|as well|too|also|for|is|now|not|sorry|thanks|of course|and|but|if)\b)"
    r"|^(?:(?:no|not that|and|but|rather|instead|oh|please|i mean|i meant|,) )*other "
    r"(?:one|option|choice|product|thing)(?: (?:please|instead|then|sorry))*$"
    r"|\bthe other (?:one|option|choice|product|thing|service) (?:you|that|which|we|i)\b"
    r"|^(?:and |so |no )?(?:what about |how about |for |i (?:want|need|meant) |we (?:want|need|"
    r"meant) )?the other(?: one)?$"
)
_BOTH: Final = re.compile(
    r"^(?:.* )?(?:both|all (?:of (?:them|those|these|the above|it|both)|two|three|the above)|"
    r"each of (?:the (?:aforementioned|above|said|named|foregoing|two)|them|"
    r"those|these)|either of them both|the two of them|1 and 2|a and b|the first and the second|"
    r"the one and the other|one (?:for |of )?each|for each|one (?:per|for each) \w+)(?: .*)?$"
    r"|^(?:yes and yes|yes ,? ?yes and yes|yes to (?:each|all|the two|the lot|everything)|twice yes|yes twice)"
    r"(?: (?:please|of them|of those|of these))*$|^(?:(?:for |i mean |we need |both )*(?:all|everything|the lot|"
    r"each|the two))(?: please| of it)?$"
)
_NOT_BOTH: Final = re.compile(
    r"\b(?:all of (?:these|those) (?!two|products?|options?|ones|services?|please|thanks?|too|and|at|for|if|in|"
    r"as|with|"
    r"of|now|here|again|then)\w+|(?:almost|nearly) all\b|not (?:need |want |for )?both|both of us|both (?:my|"
    r"our|the) (?:companies|teams|partners|founders|"
    r"names|emails|sites|clinics)|what (?:do|are|is|does) .*\bboth|both parties|not all|"
    r"(?:all|both|each) of (?:them|us|those|these) (?:are|were|is|was|would|will|use|want|need|work|log|have|had|"
    r"do))\b"
)
_NEITHER: Final = re.compile(
    r"^(?:.* )?(?:neither(?: (?:one|of (?:them|these two|those two|the two|those|these|the above|the foregoing|"
    r"your options|both)|option|"
    r"really|please|applies|fits))*|none(?: of (?:them|those|these|the above|the two|your options|that|"
    r"it|your products|your services|what you (?:said|listed|mentioned|offered|offer|named)))?"
    r"(?: (?:do )?(?:apply|applies|fit|fits|work|works|match|matches|is right|are right)(?: (?:to|"
    r"for))?(?: (?:us|me|our case))?)?|"
    r"not (?:either|any of (?:them|those|these))(?: (?:one|of (?:them|those|these|the two)))?|"
    r"nothing of (?:that|those)|(?:neither|not)(?: the)? one(?: and)?(?: nor| not)+(?: the)? other|"
    r"no to both|(?:something|anything|somewhere) else(?: entirely| altogether| completely)?|(?<!the )other|"
    r"another (?:one|product|service|thing)|not (?:these|those|them)(?: two)?|both no|none applies|(?:do|"
    r"does) not (?:need|want|use|apply to|require) either(?: of them| one)?|not for either(?: of them| one)?|"
    r"neither nor|neither (?:the )?\w+(?: one)? nor (?:the )?\w+(?: one)?)(?: really| actually| please| thanks|"
    r" thank you)*$"
)
_NONE_OUTRIGHT: Final = re.compile(
    r"^(?:(?:no|well|sorry|oh|actually|i am afraid|i think) )*(?:neither(?: (?:one|of (?:them|those|these|the two|"
    r"those two|these two)))?|none(?: of (?:them|those|these|that|it|the above|the two))?|"
    r"nothing of (?:that|those|them|the kind|it)|(?:not )?either of (?:them|those)(?= (?:no|not))|"
    r"not (?:either|any of (?:them|those|these)|these|those))(?: (?:actually|really|please|sorry|i think|"
    r"i am afraid|thanks|thank you|for us|for me|applies|fits))*$"
)
_ANYTHING_ELSE: Final = re.compile(
    r"\b(?:is there|do you (?:have|offer)|can you|what) (?:something|anything) else\b|^(?:need|want|have|ask|"
    r"get|know)? ?anything else$|\bnothing\b"
)


def places(words: Sequence[str], options: Sequence[str], *, alone: bool = True) -> tuple[Mention, ...]:
    """Return the options that a clause names by their place; `alone`: the clause is the whole message."""
    if len(options) < 2:
        return ()
    spans = dict(_by_rows(words))
    rest = tuple("," if any(start <= at < end for start, end in spans) else word for at, word in enumerate(words))
    if not spans or any(word in _NAMED_ALONE for word in rest):
        spans |= dict(_bare(rest)) if alone or not set(words) & _ADVERBS else {}
    return tuple(
        Mention(start, end, Kind.TERM, options[place], placed=True)
        for (start, end), place in sorted(spans.items())
        if -1 <= place < len(options)
    )


def _by_rows(words: Sequence[str]) -> Iterator[tuple[tuple[int, int], int]]:
    text = " ".join(words)
    starts, offset = {0: 0}, 0
    for at, word in enumerate(words, start=1):
        offset += len(word) + 1
        starts[offset] = at
    taken: list[range] = []
    for place, pattern in (*_ROWS, *_HEIGHTS):
        for match in pattern.finditer(text):
            span = range(starts[match.start()], starts[match.end() + 1])
            if not any(set(span) & set(other) for other in taken):
                taken.append(span)
                yield (span.start, span.stop), place


def _bare(words: Sequence[str]) -> Iterator[tuple[tuple[int, int], int]]:
    """ "2", "former": where nothing else is said."""
    said = [word for word in words if word != ","]
    if _A_MOMENT.search(" ".join(words)):
        return
    if (
        len(said) > 1
        and said[0] in ("b", "c")
        and words[1] == ","
        and all(_AROUND.fullmatch(word) for word in said[1:])
    ):
        yield (0, 1), _ALONE[said[0]]
    elif len(said) == 1 and said[0] in _ALONE:
        yield (words.index(said[0]), words.index(said[0]) + 1), _ALONE[said[0]]
    elif all(word in _BARE or _AROUND.fullmatch(word) for word in said):
        yield from (((at, at + 1), _BARE[word]) for at, word in enumerate(words) if word in _BARE)


_NEXT_TO: Final = re.compile(
    rf"(?<![^ ])(?:the|whatever|whichever) (?:{_NOUN} )?(?:that |which )?(?:(?:you|u) (?:\w+ )?)?(?:(?:named|said|"
    rf"mentioned|listed|"
    rf"offered|came|comes|stands|is|was) )?(?P<side>before|after) (?:the )?(?=@)"
)
""" "The one before X", of what was just listed: X is named for its place alone."""


def beside(words: Sequence[str], terms: Sequence[Mention], options: Sequence[str]) -> tuple[Mention, ...]:
    """Return terms, where one only says next to what the option stands that is meant: that option."""
    if len(terms) != 1 or terms[0].choice not in options or len(options) < 2:
        return tuple(terms)
    term = terms[0]
    found = _NEXT_TO.search(" ".join((*words[: term.start], "@", *words[term.end :])))
    if found is None:
        return tuple(terms)
    place = options.index(term.choice) + (1 if found["side"] == "after" else -1)
    start = len(" ".join(words[: term.start])[: found.start()].split())
    return (Mention(start, term.end, Kind.TERM, options[place], placed=True),) if 0 <= place < len(options) else ()


def all_of(plain: str) -> bool:
    """Whether the clause takes all that was offered."""
    return bool(_BOTH.match(plain)) and not _NOT_BOTH.search(plain)


def none_of(plain: str) -> tuple[str, ...]:
    """Return "neither" where the clause takes none of what was offered."""
    return (NEITHER,) if _NEITHER.match(plain) and not _ANYTHING_ELSE.search(plain) else ()


def none_outright(plain: str) -> bool:
    """Whether the clause says "neither" and no more, so that it means the same at any moment."""
    return bool(_NONE_OUTRIGHT.match(plain))


def the_other(plain: str) -> bool:
    """Whether the clause means the sibling that is not spoken of."""
    return bool(_OTHER.search(plain))
