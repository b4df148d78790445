"""What a customer's words are worth as an answer: their core without lead-ins and corrections, or no value at all.

An act ("thanks"), a question, a wish for a human, "I don't have it" and "I'd rather not say" are answers of their own
kind and never fill a slot; the last two are told apart because the dialogue goes on differently after each.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from bythebook.reading.asked_names import FIRM_WORDS, PERSON_WORDS, may_be_name
from bythebook.reading.dates import Mention
from bythebook.reading.masking import KINDS
from bythebook.reading.slot_bounds import NUMBER_IS, TAIL
from bythebook.reading.slot_types import STREET, ZIP
from bythebook.routine.model import Slot, SlotType

NOT_GIVEN: Final = "not given"
REFUSED: Final = "refused"

ANSWER_SHOWN: Final = 400  # characters of an answer in which acts, questions and corrections are looked for
AROUND_MAX: Final = 60  # characters around a mention in which what is said of it is looked for
TRAIL_SHOWN: Final = 60  # characters at the end of an answer in which courtesies are looked for
CORRECTED_WORDS_MAX: Final = 8  # words of a text that is given and corrected in one message
HIDDEN: Final = "\ufffc"  # stands for each character of what is no value
PRIVATE_MARK: Final = re.compile("|".join(re.escape(f"[{kind}]") for kind in KINDS))


def _re(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


# --- what is no value where it stands ---

_HIDDEN: Final = re.compile(
    r"\[(?!at\]|dot\])[a-z _]{2,40}\]|<[a-z _]{2,40}>|\{[a-z _]{2,40}\}"
    r"|\b(?:what if|suppose|supposing|imagine|hypothetically|let's pretend)\b[^?!;\n]{0,300}"
    r"|(?<![.@])\b(?:for example|e\.g\.|for instance|something like|such as|example is"
    r"|in the form(?:at)?(?: of)?)\s[^,;!?\n]{0,60}"
    r"|^>.{0,2000}$",
    re.IGNORECASE | re.MULTILINE,
)
_QUOTED: Final = _re(r"\"[^\"\n]{1,300}\"|(?<!\w)'[^'\n]{1,200}'(?!\w)")
_GIVES: Final = _re(
    r"(?:^|\b(?:is|are|to|use|as|called|put|be|with|want|take|need|choose|pick|prefer|for|the)|'s|[:=,])\s*$"
)
_REPORTS: Final = _re(
    r"\b(?:sa(?:y|ys|id|ying)|reads?|wrote|writes|told|tells|shows?|showed|displays?|ask(?:s|ed)|like|example|error"
    r"|message|states?|quote|heard)\b[^.\n]{0,24}$"
)
_OPENING: Final = r"(?:(?:hi|hey|hello|ok|so|and|but|well|sorry|wait)\b[\s,]{0,3}){0,2}"
_QUESTION: Final = _re(
    rf"(?<![^.!?\n])\s{{0,3}}{_OPENING}(?:(?:what|which|why|how(?! about)|when|where|who|does|do|did|is|are|was|will"
    r"|should|would)\b[^.!?\n]{0,400}\?|(?:what|which|why|how|when|where|who)(?:'s|\s(?:is|are|was|would|does|do|"
    r"did|can|could"
    r"|will|should|much|many|long|kind))\b[^.!?\n]{0,400})"
)
_FILL: Final = (
    r"(?:(?:the|my|our|at|on|is|it|it's|be|an?|use|using|in|for|with|number|id|email|address|account|order|want|need"
    r"|have|take|go|going|called)[ ]+){0,4}"
)
_DENIED_BEFORE: Final = _re(
    r"(?:\bnot|n't|\bnever|\binstead of|\brather than|\bignore|\bforget|\bother than|\bexcept|\bno longer"
    r"|\bused to be|\b(?:any|every)thing but|\bneither|\bends?(?: in| with)?|\bending(?: in| with)?|\b(?:start"
    r"|begin)(?:s|ning|ing)? with|\blast (?:four|4|three|3|few)(?: digits)?(?: (?:are|is))?|\b(?:old"
    r"|previous) (?:one|number|email|address|id)"
    rf"|\b(?:previously|formerly))[ ]+(?:(?:is|was)[ ]+)?{_FILL}[\"'#$]?$"
)
_PEOPLE: Final = (
    r"(?:neighbou?rs?|friends?|colleagues?|co-?workers?|sisters?|brothers?|cousins?|parents|mother|father|mum|mom|dad"
    r"|son|daughter|boss|others|somebody(?: else)?|someone(?: else)?|everyone(?: else)?|competitors?)"
)
_OF_OTHERS: Final = _re(
    rf"\b{_PEOPLE} (?:already |also |just |still )?(?:has|have|had|uses?|used|got|gets|is on|are on|took|bought"
    r"|ordered|went (?:for|with)|swears by)[ ](?:(?:the|an?|his|her|their) )?[\"']?$"
)
_PERHAPS: Final = _re(r"\b(?:maybe|perhaps|possibly|might be|could be)[ ](?:\w+ ){0,2}$")
_SOME_DAY: Final = _re(
    r"\s(?:\w+ ){0,2}(?:next (?:week|month|quarter|year)|later|in the future|some ?day|eventually)\b"
)
_DENIED_AFTER: Final = _re(
    r"\W{0,3}(?:(?:is|was|'s|which is|which was|that's|that is|that was|it's) (?:not(?! (?:work|a\b|the))"
    r"|the wrong (?:one|number)|old\b|outdated|a typo|(?:my|the|our) (?:old|previous|former)|a mistake|no longer)"
    r"|(?:(?:but|and|although|though) )?(?:that|it|this|which)(?:'s| is| was)?(?:n't| not| no longer)"
    r"(?: (?:mine|ours|me|us|valid|current|active|in use|right|correct|it|the one|working)\b|[.!]|$)"
    r"|(?:that's|that is|that was|it's) (?:wrong|incorrect)|isn't|wasn't|no longer|not any ?more|(?:doesn't"
    r"|does not) (?:work|exist)(?! for))"
)
_RETRACTED: Final = _re(
    r"(?:\W|\b(?:no|oh|oops|hm+|sorry|actually)\b){0,12}\b(?:wait|scratch that|strike that|never ?mind(?: that)?"
    r"|(?:forget|ignore) (?:that|it))\W*$"
)


def _hidden(match: re.Match[str]) -> str:
    return match[0] if "dot" in match[0] and match[0][0] in "[<{" else HIDDEN * len(match[0])


def _reported(match: re.Match[str]) -> str:
    before = match.string[max(0, match.start() - AROUND_MAX) : match.start()]
    given = _GIVES.search(before) and not _REPORTS.search(before)
    return match[0] if given else HIDDEN * len(match[0])


def without_what_is_no_value(text: str) -> str:
    """The text, as long as it was, without placeholders, examples, suppositions and what others are quoted to say."""
    return _QUOTED.sub(_reported, _HIDDEN.sub(_hidden, text))


def without_questions(text: str) -> str:
    """The text, as long as it was, without the questions that only name a value ("is it 5?")."""
    return _QUESTION.sub(_hidden, text)


def denied(text: str, mention: Mention) -> bool:
    """Whether a mention is denied ("not 123"), outdated ("my old one is 123") or taken back ("123, scratch that")."""
    before = text[max(0, mention.start - AROUND_MAX) : mention.start]
    after = text[mention.end : mention.end + AROUND_MAX]
    others = _OF_OTHERS.search(before)
    return bool(others or _DENIED_BEFORE.search(before) or _DENIED_AFTER.match(after) or _RETRACTED.match(after))


def only_perhaps(text: str, mention: Mention) -> bool:
    """Whether a mention is only thought of ("40 now and maybe 60 next year")."""
    before, after = text[max(0, mention.start - AROUND_MAX) : mention.start], text[mention.end :][:AROUND_MAX]
    return bool(_PERHAPS.search(before) and _SOME_DAY.match(after))


# --- kinds of text ---

_NOT_A_NAME: Final = (
    r"(?![^\n]*\b(?:i|you|we|it|want|need|can|can't|cannot|don't|is|are|have|help|please|how|what|why|do|does|to|not"
    r"|this|that|cancel|update|change|give|with|because|my|your|our|same|above|already|me|they|them|spelled|spelt)\b)"
)
_NAME: Final = _re(rf"(?!(?:in|on|at|it|as)\b){_NOT_A_NAME}[^\W\d_][\w.'-]*(?:[ ,]+[^\W\d_][\w.'-]*){{0,5}}")
_PLACE: Final = _re(rf"{_NOT_A_NAME}(?!in\b)[^\W\d_](?:[^\W\d]|[.'()-])*(?:[ ,]+(?:[^\W\d]|[.'()-])+){{0,4}}")
_WHEN: Final = (
    r"(?:(?:this|on|at)\s(?=(?:mon|tues|wednes|thurs|fri|satur|sun)day|morning|afternoon|evening|week|month|\d))?"
)
PART: Final = _re(rf"{_WHEN}{_NOT_A_NAME}[^\n]{{1,80}}")


@dataclass(frozen=True, slots=True)
class Kind:
    """What a slot's own words tell of it: other words for it, the form of its text, a type it may have."""

    name: str
    words: re.Pattern[str]
    labels: str = ""
    form: re.Pattern[str] | None = None
    type: SlotType | None = None


KINDS_OF_TEXT: Final = (
    Kind(
        "zip", _re(r"\b(?:zip|postal|post ?code)"),
        "zip|zip code|zipcode|postal code|postcode", _re(ZIP), SlotType.ID,
    ),
    Kind("first", _re(r"\b(?:first|given) name\b"), "first name|given name", _NAME),
    Kind("last", _re(r"\b(?:last|family) name\b|\bsurname\b"), "last name|surname|family name", _NAME),
    Kind("name", PERSON_WORDS, "name|full name", _NAME),
    Kind("email", _re(r"\be-?mail\b"), "email|e-mail|mail|email address|e-mail address", None, SlotType.EMAIL),
    Kind(
        "phone", _re(r"\b(?:phone|mobile|telephone|cell)\b"),
        "phone|phone number|mobile|mobile number|cell|cell phone|telephone|tel", None, SlotType.PHONE,
    ),
    Kind("id", _re(r"\b(?:id|number|code|pin|reference)\b"), "", None, SlotType.ID),
    Kind("street", _re(r"\bstreet\b|\baddress line"), "street|street address"),
    Kind("city", _re(r"\b(?:city|town)\b"), "city|town", _PLACE),
    Kind("state", _re(r"\b(?:state|province)\b"), "state|province", _PLACE),
    Kind("country", _re(r"\bcountry\b"), "country", _PLACE),
    Kind("origin", _re(r"\b(?:origin|from)\b"), "origin|departure city", _PLACE),
    Kind("destination", _re(r"\bdestination\b"), "destination", _PLACE),
    Kind(
        "company", FIRM_WORDS,
        "company|company name|organization|organisation|business", _re(r"[^\n]{1,80}"),
    ),
    Kind("birth", _re(r"\bbirth"), "dob|date of birth|birthday|birth date"),
)  # fmt: skip


@lru_cache(maxsize=1024)
def kinds(slot: Slot) -> tuple[Kind, ...]:
    """The kinds that a slot's name and words tell, most telling first."""
    spoken_of = (slot.name.replace("_", " "), slot.words)
    return tuple(kind for kind in KINDS_OF_TEXT if any(kind.words.search(words) for words in spoken_of))


def labels_of(slots: Sequence[Slot]) -> dict[str, Slot]:
    """What each slot may be called; a word that two slots share calls neither."""
    whole: dict[str, Slot] = {}
    short: dict[str, list[Slot]] = {}
    for slot in slots:
        words = re.sub(r"^(?:your|their|the|an?|customer's|new)\s+", "", slot.words.lower())
        for name in (slot.name.replace("_", " "), words):
            whole.setdefault(name, slot)
            parts = [*re.split(r"\s+or\s+|/", name), *name.split()[-1:]]
            split = name.split()  # "tax id" of "business tax id"
            parts += (" ".join(split[at:]) for at in range(1, len(split) - 1))
            parts += (label for kind in kinds(slot)[:1] for label in kind.labels.split("|"))
            for part in parts:
                short.setdefault(part.strip(), []).append(slot)
    alone = {label: found[0] for label, found in short.items() if len({slot.name for slot in found}) == 1}
    return {label: slot for label, slot in (alone | whole).items() if len(label) > 1}


# --- where a text ends, and where lists part ---

_NO_TEXT_VALUE: Final = _re(
    r"(?:not|wrong|incorrect|missing|the same|right|correct|fine|unknown|different|changed?|(?:mis)?spelled|out|still"
    r"|already|in|on|at|required|needed|that|there|what|of|for|to|because|really|so|very|too|and|or|gone|broken|empty"
    r"|blank|about|as|with|by|has|is|too|going|a bit)\b"
)
_TEXT_ENDS: Final = _re(
    r"[\n;]|,?\s(?:and|but)\s(?:i|i'm|my|can|please|the|we|could|it|that)\b|,\s(?:i|i'm|please|thanks?|can|could|so"
    r"|which|because|the|but|if)\b|(?<!\bst|\bdr|\bmr|\bms|\bjr|\bsr|\bno|\bmt|\bft)(?<!\bmrs|\bave"
    r"|\bapt)(?<!\b\w)[.!?](?=\s|$)"
)
_TOGETHER: Final = (
    (
        {"first", "last"},
        _re(r"(?P<first>[^\W\d_][\w'-]*(?: [^\W\d_]\.?)?) (?P<last>[^\W\d_][\w'-]*(?: [^\W\d_][\w'-]*)?)"),
    ),
    (
        {"street", "city", "state", "zip"},
        _re(
            rf"(?P<street>{STREET}),?\s+(?:in\s+)?(?P<city>[a-z][a-z .'-]{{1,30}}?),?\s+(?P<state>[a-z]{{2}}"
            rf"|[a-z]{{4,}}(?: [a-z]{{4,}})?),?\s+(?P<zip>{ZIP})(?:,?\s+(?P<country>[a-z][a-z .]{{1,30}}))?"
        ),
    ),
    (
        {"origin", "destination"},
        _re(
            r"(?:.{0,200}?\b)?(?:from|out of|leaving|departing) (?P<origin>[a-z][a-z .'-]{1,30}?)"
            r" to (?P<destination>[a-z][a-z.'-]{1,20}(?: (?-i:[A-Z])[a-z.'-]{1,20})*)"
            r"(?:(?:,| (?:on|for|in|at|by|next|this|tomorrow|leaving|please)\b).{0,200})?"
        ),
    ),
)
_PARTS: Final = re.compile(r"\s*(?:\n+(?:\s?\d[.)]|\s?[-*•])?|,|;)\s*(?:and\s)?")
_UNIT_PART: Final = _re(r"(?:apt|apartment|unit|suite|ste|floor|fl|flat)\b|#")
_STATE_ZIP: Final = _re(
    rf"(?:(?P<city>[a-z][a-z. ]{{1,30}}?)\s+(?=[a-z]{{2}}\s))?(?P<state>[a-z][a-z. ]{{1,30}}?)\s+(?P<zip>{ZIP})"
)


def text_behind(text: str) -> tuple[int, str]:
    """The text right behind a label and its length, empty where it only says something of the label."""
    shown = text[:ANSWER_SHOWN]
    cut = _TEXT_ENDS.search(shown)
    shown = shown[: cut.start()] if cut else shown
    value = core(TAIL.sub("", shown).strip(" ,;-\"'"))
    return len(shown), "" if _NO_TEXT_VALUE.match(value) else value


def said_together(answer: str, named: set[str]) -> dict[str, str]:
    """Parts by kind of an answer that gives several kinds of slots in one breath ("from Austin to Boston")."""
    for needed, pattern in _TOGETHER:
        match = pattern.fullmatch(answer) if needed <= named else None
        if match:
            return {kind: part.strip(" ,") for kind, part in match.groupdict().items() if part and kind in named}
    return {}


def list_parts(answer: str, wanted: int, split_zip: bool) -> list[str]:
    """The parts of a list; "Apt 4" belongs to the part before it, and "TX 78701" are two."""
    parts: list[str] = []
    for part in _PARTS.split(answer.removeprefix("1.").removeprefix("1)")):
        state = _STATE_ZIP.fullmatch(part) if split_zip else None
        if parts and _UNIT_PART.match(part):
            parts[-1] += f", {part}"
        else:
            parts += filter(None, state.groups()) if state else (part,)
    return re.split(r"\s+and\s+", parts[0]) if wanted == 2 and len(parts) == 1 else parts


# --- the core of an answer ---

_LEAD: Final = _re(
    r"(?:\W*\b(?:um+|uh+|er+|hm+|well|so|ok(?:ay)?|sure(?: thing)?|yes|yeah|yep|yup|of course|certainly|absolutely"
    r"|alright|no(?=,)|hi|hello|hey(?: there)?|sorry|oh|oops|ah|please|thanks|thank you|here you go|here it is"
    r"|there you go|no problem|let me (?:see|check)|let's see|actually|i (?:think|believe|guess|mean|meant)|i(?:'d"
    r"| would) say|(?:as|like) i said|it'?s|it is|that'?s|that is|(?:that|it) (?:would|should) be|should be|it was"
    r"|my answer is|just put|please use)\b[\s,.:;!-]*)+"
)
_TRAIL: Final = _re(
    r"[\s,;:!.-]{0,5}\b(?:please|thanks?(?: you)?(?: so much| a lot)?|thx|cheers|sir|ma'?am|if that helps|by the way"
    r"|btw|i (?:think|guess|believe)|that's (?:it|all)|ok(?:ay)?)[\s.,;!]{0,5}$"
)

_MINE: Final = _re(r"(?:my|the|our)\s(?:[\w-]+\s){0,3}?(?:name|answer|{labels})(?:'s|\s(?:is|are|was|would be))\s+")
I_AM: Final = _re(
    r"(?:i'm with|i work (?:for|at)|i(?:'m| am) from|i live in|i'm|i am|im|this is|(?:you can |everyone )?calls? me"
    r"|we're|we are|it's me|myself|name's|(?:you're )?speaking (?:to|with))(?:\s+called)?\s+"
)
_AGAIN: Final = _re(
    r"(?:\s*[,.;!?-]+|\s)\s*\b(?:no(?! (?:rush|problem|worr|hurry|need|one))|sorry(?! (?:for|about|to|that|i\b))"
    r"|wait|i mean|i meant|make (?:it|that)|scratch that|correction|actually|or rather|oops|my bad"
    r"|i should say)\b[\s,.:;!-]*(?:it'?s\s)?(?=\w)"
)
_BUT: Final = _re(
    r"not\s.{1,60}?(?:,\s*(?:it'?s|but|rather)?|\sbut)\s+(.+)|(.{1,60}?)"
    r"(?:,\s(?:and\s)?not|,?\sinstead of|,?\srather than)\s.{1,60}"
)
_SHORTENED: Final = _re(r"\b(?:inc|ltd|co|corp|llc|jr|sr|st|ave|rd|blvd|etc|dept|no)\.$")
_ACT: Final = _re(
    r"(?:\W|\b(?:yes|yeah|yep|yup|no|nope|nah|ok|okay|sure|fine|great|good|cool|perfect|thanks|thank|thx|ty|you|so"
    r"|much|very|a|lot|hi|hello|hey|there|bye|goodbye|morning|afternoon|evening|please|help|me|cancel|stop|quit|exit"
    r"|wait|hold on|hang on|one|just|sec(?:ond)?|moment|minute|give|let|check|see|never ?mind|forget it"
    r"|you know what|start over|go back|back|skip|pass|next|continue|go ahead|got it|alright|right|correct"
    r"|absolutely|definitely|exactly|of course|sorry|what|huh|why|how|who|hm+|um+|lol|it is|that is|it's|that's|this"
    r"|ready|done|you're|welcome|repeat|again|oh|wow|k|idk|dunno|no problem|sounds|i see|i do|i am|i will|not really"
    r"|nothing|else|all)\b)*"
)
_WANTS_HUMAN: Final = _re(
    r"\b(?:talk|speak|chat|connect|transfer|put|get|give|want|need)\b.{0,30}\b(?:human|person|someone|somebody"
    r"|representative|rep|agent|operator|manager|supervisor|advisor)\b|^\W*(?:a |an |real |live )*(?:human|agent"
    r"|person|someone|representative|operator|supervisor)\W*$"
)
_ASKS: Final = _re(
    r"(?:(?:and|but|so|also|ok(?:ay)?|well|then|oh|hm+|now|yes|yeah|no|thanks|please),?\s){0,3}(?:what|why|how|when"
    r"|where|who|which|can|could|do|does|did|is|are|will|would|should|may)(?:'s)?\s(?:i|you|we"
    r"|it|this|that|the|there|do|does|is|are|am|my|can|if|would|should|kind|sort|about)\b|.*\?\W*$"
)
_WITHOUT: Final = _re(
    r"\b(?:(?:don'?t|do not|didn'?t|can'?t|cannot|can not|couldn'?t|no longer)\s(?:have|know|remember|recall|find"
    r"|locate)|haven'?t got|lost|forgot(?:ten)?|misplaced|(?:no|have no|got no|there(?:'s| is) no)(?=\s\w)"
    r"|not sure(?: of| about)?|not certain(?: of| about)?|have(?:n't| not) (?:received|been given|got|gotten|seen)"
    r"|(?:didn'?t|did not) (?:get|receive|see)"
    r"|never (?:got|had|received|saw))\b(?P<what>(?:\s(?!but\b|and\b)[\w'/-]{1,30}){0,7})"
    r"|^\W*(?:n/?a|none|idk|dunno)\W*$"
)
_OF_IT: Final = _re(
    r"\s*(?:it|one|that|this|them|those|any|either|what (?:it|that) is|idea|clue|what you mean|such thing|sorry|yet"
    r"|now|to|on|with|me|at|hand|the moment|handy|right|here|by heart|off|available|any ?more|my|memory|anything"
    r"|unfortunately|to hand|\s)*"
)
_WONT: Final = _re(
    r"\b(?:(?:would|'?d) (?:rather|prefer) not|(?:rather|prefer) not (?:to\s)?(?:say|give|share|tell|answer|to)"
    r"|rather not$|(?:won'?t|will not|not going to|refuse to|don'?t want to|do not want to|not (?:comfortable"
    r"|willing)(?: to)?|decline to|not gonna)\s(?:be\s)?(?:giv|shar|tell|say|provid|disclos|answer|hand)\w*"
    r"|not (?:giving|telling|sharing) (?:you|that|it|my|out)|none of your (?:business|concern)|i (?:refuse"
    r"|decline)\b|that's (?:private|personal|confidential)|rather keep (?:it|that|this|them|those|mine"
    r"|my \w+)\b(?! (?:using|on|as|with)\b)"
    r"|keep (?:it|that) (?:to myself|private)"
    r"|mind your own|can (?:we|i) skip|skip (?:this|that|it)|not comfortable with that)|^\W*(?:skip|pass)\W*$"
)


def _stripped(text: str, labels: str = "") -> str:
    """A text without what leads in to its value and what is only polite after it."""
    mine = re.compile(_MINE.pattern.replace("{labels}", labels or "address"), re.IGNORECASE)
    for _ in range(3):
        for lead in (_LEAD, mine, NUMBER_IS):
            match = lead.match(text)
            text = text[match.end() :] if match else text
        trail = _TRAIL.search(text[-TRAIL_SHOWN:])
        text = (text[: -len(trail[0])] if trail else text).strip(" \n\t,;:!\"'")
    return text if _SHORTENED.search(text) or text.count(".") > 1 else text.removesuffix(".")


def core(text: str, labels: str = "") -> str:
    """The value of an answer in words: without its lead-in, last word first."""
    text = _stripped(text, labels)
    turns = list(_AGAIN.finditer(text[:ANSWER_SHOWN]))
    before, after = (text[: turns[-1].start()], text[turns[-1].end() :]) if turns else ("", text)
    if turns and max(len(before.split()), len(after.split())) <= CORRECTED_WORDS_MAX:
        text = _stripped(after, labels)
    but = _BUT.fullmatch(text) if len(text.split()) <= CORRECTED_WORDS_MAX else None
    return _stripped(but[1] or but[2], labels) if but else text


def fits(slot: Slot, text: str) -> bool:
    """Whether words may be the value of a slot for text: not an act, a question, a refusal or the wrong form."""
    if not any(char.isalnum() for char in text) or not PRIVATE_MARK.sub("", text).strip(" .,") or HIDDEN * 3 in text:
        return False
    short = text[:ANSWER_SHOWN]
    if text.lower() in labels_of((slot,)):
        return False
    if _ACT.fullmatch(short) or _WANTS_HUMAN.search(short) or _ASKS.match(short) or absence(short, (slot,)):
        return False
    kind = next((kind for kind in kinds(slot) if kind.form), None)
    if kind is None or kind.form is None:
        return True
    return kind.form.fullmatch(text.strip(" .")) is not None and (kind.form is not _NAME or may_be_name(text))


def absence(text: str, open_slots: Sequence[Slot]) -> dict[str, str]:
    """The slots that the customer says not to have, or will not give."""
    labels = labels_of(open_slots)
    found: dict[str, str] = {}
    for problem, pattern in ((NOT_GIVEN, _WITHOUT), (REFUSED, _WONT)):
        for match in list(pattern.finditer(text))[:8]:
            what = (match.groupdict().get("what") or "").lower() or text[match.end() : match.end() + 40].lower()
            meant = [slot for label, slot in labels.items() if re.search(rf"\b{re.escape(label)}\b", what)]
            of_it = problem == REFUSED or match.groupdict().get("what") is None or _OF_IT.fullmatch(what)
            found |= {slot.name: problem for slot in meant or (open_slots if of_it else ())}
    return found
