"""Which of the terms in a clause the customer wants: negation and its scope, contrast, doubt.

"X, not Y", "not X but Y", "we don't use X, only Y", "from X to Y", "X no, Y yes".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from enum import Enum
from typing import Final

from bythebook.reading.common import listed
from bythebook.reading.corrections import retracts
from bythebook.reading.terms import Mention


class Wish(Enum):
    WANTED = "wanted"
    EXCLUDED = "excluded"
    SETTLED = "settled"
    """They have it already, or speak of the past."""

    DOUBTED = "doubted"
    """They do not know."""


_MARK: Final = "@"
_TWICE: Final = re.compile(
    r"\bnot (?:(?:true|correct|right|the case|quite true) )?that ((?:we|i|you|they|our \w+|my \w+) )(?:do|did|does|"
    r"would|are|am|"
    r"is) not\b|\bnot (?:(?:true|correct|right|the case) )?that ((?:we|i|you|they|our \w+|my \w+) )(?=(?:have|has|"
    r"had|use|"
    r"need) no\b)"
)
"""A not that denies another: "it is not that we do not use X"."""

_NONE_BUT: Final = re.compile(
    r"\b(?:not|never|no one|nobody)\b(?P<between>[^,]*?)\b(?:anything|any \w+|anyone) (?:but|except|other than)\b"
)
"""A not that leaves just what is named: "we do not want anything but X"."""

_TURNED: Final = re.compile(
    r"\b(?:thought|considered|looked|planned|planning|wanted|going|meant|started|tried|intended|evaluated|tested|"
    r"discussed|first|originally|initially|hoped|said|wrote)\b[^@]*(?P<it>@)[^@]*?\b(?:and then|but then|then|"
    r"in the end|finally|"
    r"eventually|ended up|now|went|decided|settled|chose|opted|switched|moved|changed|it is|we are|became|"
    r"turned out)\b"
    r"[^@]*@"
)
"""What was thought of before, and what came of it: the last counts."""

_HAD_ONE: Final = re.compile(
    r"\b(?:signed|got|have|had|received|obtained|concluded|closed)\b[^@]*(?P<it>@)[^@]*\b(?:now|another|additional|"
    r"a second one|"
    r"a new one)\b[^@]*@"
)
""" "We signed one for X, now need another for Y"."""

_EXEMPT: Final = re.compile(
    r"not (?:only|just|merely|solely|simply|all(?! @)|every\w*|each)\b|not (?:(?:have|got)(?! (?:(?:a|an|any|"
    r"the|our|bought|purchased|"
    r"access to) )*@)|sure|certain|clear|(?:yet )?(?:decided|decide|chosen|settled|made up|picked|figured|agreed)|"
    r"know|understand|see|get|"
    r"remember|mind|started|signed|received|heard|found|find|yet|a problem|be able)\b"
    r"|no (?:problem|worries|idea|reply|response|answer|one (?:has|have|answer\w*|repl\w+|respond\w*|told|wrote|"
    r"called|got|knows|can|could|tells?|seems)|doubt|application|agreement|contract|rush|hurry|luck|"
    r"news)\b|not (?:i|we|you|they|it|the(?! (?:one|ones|product|option|version|thing|part|side)\b)|there|my|"
    r"our) \w+|(?:can|could) not\b(?! be (?:(?:the|our) )?@)|"
    r"not (?:able|possible)\b|(?:instead of|rather than) (?:that|this|it|those|these)\b(?! (?:\w+ )?@)|"
    r"never mind\b(?! (?:(?:about|the|our|my|that) )*@)|"
    r"(?:strike|scratch|scrap|forget|ignore|disregard|drop|skip|cancel|delete) (?:that|this|it)\b(?! @)|"
    r"never (?:had|signed(?! up)|got|received)\b(?! (?:(?:a|an|any|the|our) )*@)|without (?:a|an|any|signing|"
    r"having)\b"
)
_EXCLUDING: Final = re.compile(
    r"no (?:interest in|use for|plans? for|plans to use|intention to use|desire for)\b|nobody\b|no one\b|"
    r"doubt(?:s|ed|ful)?(?: \w+){0,2}? (?:it is|that|this|we)\b|none of (?:us|our|"
    r"my|the|them)\b|"
    r"not\b(?: (?:really|actually|even|currently|at all|be|been|being|to|going|looking|interested|asking|talking|"
    r"referring|want|wanted|need|needed|mean|meant|use|used|using|require|required|for|about|in|after|like|have|had|"
    r"got|"
    r"having|care)\b)*|no longer\b|no need (?:for|of)\b|no(?= @| (?:the|to|more|further) )|never\b|neither\b|nor\b|"
    r"delete\b|without(?= (?:the )?@)|except(?: for)?\b|excluding\b|(?:to the )?exclusion of\b|save for\b|barring\b|"
    r"other than\b|apart from\b|aside from\b|"
    r"instead of\b|rather than\b|as opposed to\b|never mind(?: about)?\b|"
    r"forget(?: about)?\b|skip(?:ping)?\b|scrap\b|drop(?:ping)?\b|ignor(?:e|ing)\b|disregard(?:ing)?\b|strike\b|"
    r"cross out\b|leave out\b|leaving out\b|"
    r"nothing to do with\b|unrelated to\b|anything but\b|everything but\b|all but\b|stop(?:ped)? using\b|"
    r"(?:gave|giving|given|give) up(?: on)?\b|(?:abandoned|ditched|quit|terminated|ended|stopped|lost|dropped|"
    r"replaced|replacing|replace|left|"
    r"leaving|retired|rejected|vetoed|vetoes|declined|declines|refused|refuses|rejects|banned|bans|forbids|"
    r"dismissed|opposed|ruled out|turned down|denied|denies|blocked|blocks|nixed|killed|forbade|"
    r"(?:says?|said) no to|decided against)(?= (?:using |to use |to buy |us |any )*(?:the |our )?@)|(?:got|"
    r"getting) rid of\b|phas(?:ed|"
    r"ing) out\b|"
    r"moved off\b|do away with\b|remove\b|cancel(?:led|ing)?\b|un ?check\b|(?:can|could) not be\b|unlike\b|"
    r"(?:moved|moving|move|switched|switching|switch|migrated|migrating|migrate|changed|changing|change|went|"
    r"going|coming|came) (?:away |over )?from\b|used to use\b|wrong(?:ly)?(?: (?:said|wrote|typed|picked|"
    r"chose|clicked|pressed))?(?= )|(?:by mistake|accidentally|mistakenly)\b"
)
_SETTLED: Final = re.compile(
    r"(?:have|got|has|had|signed) (?:a|an|the|our|one)(?: (?!need|question|request|use|project|case|interest|plan|"
    r"wish)\w+){0,2}"
    r"(?: with (?:you|us))? (?:for|on|covering)(?= (?:the |our )?@.*\b(?:since|already|in place|through|from|last|"
    r"in \d{4})\b)|"
    r"(?:done|finished|through) with\b|(?:have|got|has) (?:the |our |a )?(?=@ (?:already |all )?(?:covered|sorted|"
    r"done|in place|signed|settled|"
    r"handled|taken care "
    r"of)\b)|(?:have|got|has) already\b|already (?:have|has|got|signed|done|covered|sorted|set|on|handled|did|"
    r"took care)\b|(?:signed|got|have) (?:one|ours|it|that|a \w+) (?:for|on|with)\b(?=.*\balready\b)"
)
_DOUBTING: Final = re.compile(
    r"(?:not|am not|are not) (?:sure|certain|clear)\b|unsure\b|uncertain\b|do not know\b|whether\b|no idea\b|"
    r"difference between\b|(?:decide|decided|deciding|choose|chosen|choosing|torn|undecided|hesitating|pick|picking|"
    r"wavering|vote) between\b|"
    r"compare\b|versus\b|confused\b|either(?! of| way)\b|which one\b|maybe\b|perhaps\b|might be\b|depends\b"
)
_LATER: Final = re.compile(
    r"@.*\b(?:maybe|perhaps|possibly|might|may|could)\b[^@]*(?P<it>@)(?: \w+){0,2} (?:later|eventually|some ?day|"
    r"one day|afterwards|"
    r"down the (?:road|line)|in (?:the|a) (?:\w+ )?future|next (?:year|month|quarter)|at some point|another time|"
    r"in future)\b"
    r"|@ (?:first|now|for now)\b[^@]*(?P<then>@) (?:maybe |perhaps |possibly )(?:later|afterwards|next|after)\b"
    r"|@.*\b(?:maybe|perhaps|possibly|might|may|could)\b(?: \w+){0,2}? (?:later|eventually|some ?day|"
    r"next (?:year|month|"
    r"quarter)|in (?:the )?future)\b[^@]*(?P<soon>@)"
    r"|@.*\b(?:for now|right now|at the moment|currently|today|first|now)\b.*\b(?:maybe|perhaps|possibly|"
    r"might)\b[^@]*(?P<now>@)"
)
_RELEASE: Final = listed(
    "but so instead rather only just however though to i we although whereas while yet use then want need meant mean"
)
_AFTERWARDS: Final = re.compile(
    r"^(?:, )?by (?:accident|mistake)\b|^(?:, )?(?:it|that|this) (?:is|was|will|can|could|"
    r"would)(?: \w+)? not(?: be)?\b|^(?:, )?(?:no|nope|not)(?: thanks| thank you| really)?(?:$| ,)|^(?:, )?no @|"
    r"^(?:is|are|was|"
    r"were) (?:not|no longer) (?:\w+ ){0,2}?(?:what|needed|necessary|required|relevant|for us|the one|"
    r"an option|of interest|ours|interesting|important|it$|in scope|what we)"
    r"|^(?:part |side |stuff |one |bit |thing )?(?:is|was) (?:out|irrelevant|off the table|wrong|not|"
    r"an?(?: \w+)? (?:mistake|"
    r"misunderstanding|error|slip|mix up|typo|misclick))\b|"
    r"^(?:accounts? |contracts? |subscriptions? |seats? |licen[sc]es? |keys? |plan |deal |project |pilot |trial )?"
    r"(?:was|were|is|are|got|has been|have been|had been)(?: \w+)? (?:cancelled|canceled|closed|terminated|dropped|"
    r"discontinued|shut down|given up|switched off|abandoned|called off)\b|^(?:,? ?)(?:which )?(?:we|i) (?:do|"
    r"did) not (?:need|"
    r"want|use|mean|have)\b|^(?:can|could) wait\b"
)


_PAST: Final = re.compile(
    r"^(?:part |side |one |bit |thing )?(?:was|were) (?:(?:only|just|for|our|my|the|back|all) )*(?:last|"
    r"before|earlier|"
    r"(?:\w+ ){1,2}ago|then|in (?:19|20)\d\d|old|previous|former|original|until|yesterday)\b"
)
"""What was, and is no more."""


_ALREADY: Final = re.compile(r"(?:\w+ ){0,3}(?:already|sorted already|done already)(?:$| ,)")


def wishes(words: Sequence[str], mentions: Sequence[Mention]) -> tuple[Wish, ...]:
    """Return what is wished of each mention, in order."""
    marked, places = _masked(words, mentions)
    text = " ".join(marked)
    if "not" in marked and (_TWICE.search(text) or _NONE_BUT.search(text)):
        text = _TWICE.sub(lambda denied: denied[1] or f"{denied[2]}do ", text).replace("do have no", "have")
        marked = _NONE_BUT.sub(lambda denied: denied["between"], text).split()
        places = [at for at, word in enumerate(marked) if word == _MARK]
        text = " ".join(marked)
    offsets = _offsets(marked)
    found: list[Wish] = []
    wish = Wish.WANTED
    later = _deferred(text)
    doubt = bool(_DOUBTING.search(text)) and len(mentions) - len(later) > 1
    at = 0
    while at < len(marked):
        rest = text[offsets[at] :]
        if marked[at] == _MARK:
            found.append(Wish.DOUBTED if doubt and wish is Wish.WANTED else wish)
            at += 1
            continue
        exempt = _EXEMPT.match(rest)
        if exempt is not None and not _wants_none(rest):
            at += len(exempt.group().split())
            wish = Wish.WANTED
            continue
        opened = _EXCLUDING.match(rest)
        if opened is not None:
            wish = Wish.EXCLUDED
            at += max(1, len(opened.group().split()))
            continue
        if _SETTLED.match(rest):
            wish = Wish.SETTLED
        elif wish is not Wish.WANTED and _releases(marked, at):
            wish = Wish.WANTED
        at += 1
    for index in (*later, *_given_up(text)):
        found[index] = Wish.SETTLED
    for index, place in enumerate(places):
        after = text[offsets[place] + len(_MARK) :].strip()
        if found[index] is Wish.WANTED and _AFTERWARDS.match(after):
            found[index] = Wish.EXCLUDED
        elif found[index] is Wish.WANTED and (_PAST.match(after) or _ALREADY.match(after)):
            found[index] = Wish.SETTLED
    return tuple(found)


def _deferred(text: str) -> tuple[int, ...]:
    """Which mention is put off, where another is meant now: "X for now, perhaps Y later"."""
    put_off = _LATER.search(text)
    if put_off is None:
        return ()
    place = max(put_off.start(name) for name in ("it", "then", "soon", "now"))
    return (text[:place].count(_MARK),)


def _given_up(text: str) -> Iterator[int]:
    """Which mentions were only thought of, where another came of it: "we considered X and then chose Y"."""
    for turned in (*_TURNED.finditer(text), *_HAD_ONE.finditer(text)):
        yield text[: turned.start("it")].count(_MARK)


def taken_back(words: Sequence[str], pairs: Sequence[tuple[Mention, Wish]]) -> tuple[tuple[Mention, Wish], ...]:
    """Return mentions and wishes with those settled that a later one in the same clause takes back ("X, no, Y")."""
    judged = list(pairs)
    for at, (mention, wish) in enumerate(judged):
        after = next((other for other, wished in judged[at + 1 :] if wished is Wish.WANTED), None)
        if wish is Wish.WANTED and after is not None and retracts(" ".join(words[mention.end : after.start])):
            judged[: at + 1] = [(one, Wish.SETTLED if w is Wish.WANTED else w) for one, w in judged[: at + 1]]
    return tuple(judged)


def _wants_none(rest: str) -> bool:
    """ "not X" is an exclusion, "can not we get ..." and "not the case that" are not."""
    return bool(re.match(r"not (?:the|my|our|it) @|not the \w+ @", rest))


def _releases(marked: Sequence[str], at: int) -> bool:
    """Whether this word ends the scope of an exclusion."""
    if marked[at] == ",":
        return not (at + 1 < len(marked) and marked[at + 1] in ("or", "nor"))
    if marked[at] == "to":  # "from X to Y", but not "I do not want to use X"
        return at > 0 and marked[at - 1] == _MARK
    if marked[at] in ("i", "we", "use", "want", "need", "then", "just", "only"):
        return any(word == _MARK for word in marked[max(0, at - 4) : at])
    return marked[at] in _RELEASE


def _masked(words: Sequence[str], mentions: Sequence[Mention]) -> tuple[list[str], list[int]]:
    """Return the words with each mention as one mark, and the places of the marks."""
    marked: list[str] = []
    places: list[int] = []
    at = 0
    for mention in mentions:
        marked += words[at : mention.start]
        places.append(len(marked))
        marked.append(_MARK)
        at = mention.end
    marked += words[at:]
    return marked, places


def _offsets(marked: Sequence[str]) -> list[int]:
    offsets = [0]
    for word in marked:
        offsets.append(offsets[-1] + len(word) + 1)
    return offsets


def between(words: Sequence[str], first: Mention, second: Mention) -> str:
    """Return the words between two mentions."""
    return " ".join(words[first.end : second.start])
