"""Turns what a customer typed or dictated into clauses of plain words, the one form every rule of this room reads.

Curly quotes, contractions with and without their apostrophe, chat spellings and stretched words are levelled here,
so that no table further in has to know them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from bythebook.reading.breaks import (
    breaks_off,
    fluent,
    goes_on,
    is_it_so,
    only_states,
    put_forward,
    puts_right,
    tells_what_is_said,
)
from bythebook.reading.common import FUNCTION_WORDS, listed
from bythebook.reading.short_forms import SHORT
from bythebook.reading.signs import levelled

CHARACTERS_HEAD_MAX: Final = 3000
"""Characters read from the start of a message."""

CHARACTERS_TAIL_MAX: Final = 1000
"""Characters read from the end of a longer one: a pasted document has its request before or after."""

CLAUSES_MAX: Final = 40
"""Clauses read of one message."""

_ENDINGS: Final = (
    ("n't", " not"),
    ("'re", " are"),
    ("'ve", " have"),
    ("'ll", " will"),
    ("'m", " am"),
    ("'d", " would"),
)
_IS_AFTER: Final = listed("it that what where how who there here he she when why this everything one")

_WORD: Final = re.compile(
    r"\[[^\]\n]{1,60}\]|[\w.+-]+@[\w-]+\.[\w.-]+|https?://\S+|(?<!\w)/[\w./-]+|\d+(?:[.,]\d+)+|"
    r"[^\W_]+(?:['-][^\W_]+)*|[,;:.!?()\n\"-]+"
)
_STRETCHED: Final = re.compile(r"([^\W\d_])\1{2,}")
_BREAK: Final = frozenset(".!?;:\n-")

_STARTERS: Final = listed(
    """
    i we you they he she how what when where which who why is are was were do does did can could will would
    should has have had please tell show give send let thanks thank bye goodbye hi hello yes no ok there
    also then if in want need just but so may might am explain connect say repeat not
    """
)
"""Words that begin a clause of their own after a comma."""

_BEGINNING: Final = re.compile(
    r"(?:the|that) (?:one|version|product|option) (?:for|with|without|that|where|which)\b|"
    r"(?:this|that|our \w+|my \w+|it) (?:is|was|are|has|will|needs|wants|would)\b|"
    r"(?:our|my) \w+ (?:walked|closed|lost|broke|fell|took|ran|deleted|crashed|died|went|came)\b|"
    r"(?:now|today|instead|this (?:year|month|week|time)|next (?:year|month|week|time)) (?:we|i)\b|"
    r"(?:maybe|perhaps) (?:you|we|i|somebody|someone)\b"
)

_QUESTION_VERB: Final = re.compile(
    r"\w+(?: not)? (?:i|we|you|they|he|she|it|there|this|that|the|my|our|your|all|any|an|a|every|some|most|"
    r"these|those|someone|anyone)\b"
)
"""An auxiliary before its subject: a question, and no aside that goes on ("my client, a firm, was ...")."""

_STARTERS_AFTER_AND: Final = listed(
    """
    i we you they he she how what when where which who why is are was were do does did can could will would
    should has must shall please tell show give send let thanks thank bye goodbye want need if there may am explain
    wondering
    """
)
"""Words that begin a clause of their own after "and"."""

_IT_IS: Final = re.compile(r"(?:it|this|that) (?:is|was|must|should|has)\b")
_CUTS: Final = listed("but however although whereas though")
_INTERJECTIONS: Final = listed("oh btw wait anyway anyways")
_JOINS: Final = listed("and so also then plus because")
_QUESTION_STARTS: Final = re.compile(
    r"(how (?:long|do|does|can|much|many|soon|fast|quickly|should|would|will|is|are|come)|what (?:is|are|if|"
    r"happens|about|do|does)"
    r"|which (?:\w+ )?(?:is|are|do)|can (?:i|we|you)|could (?:i|we|you)|do (?:i|we|you)|does (?:it|this|that|the)"
    r"|is (?:there|it)|are (?:there|you|we)|will (?:i|we|you)|where (?:is|are|do|can)|when (?:will|do|can|is)"
    r"|who (?:do|can|should)|why (?:was|were|did|do|is|are))\b"
)
_SUBORDINATING: Final = listed(
    """
    know ask asking wonder wondering tell see check understand explain if whether because that me us about
    sure and of to for on or not but so what how when please can could do
    """
)
"""Words after which a question is part of the clause before it ("tell me how long")."""

_SUBJECTS: Final = listed(
    """
    i we you they it he she this that there who which way no never anything something nothing all everything the
    a an my our your
    """
)
"""Words after which a verb goes on with the clause ("the one that is", "we are")."""

_DETERMINERS: Final = listed("this that the")
_THING_ALONE: Final = re.compile(
    r"(?:^|, |\b(?:and|but|because|so|since|where) )(?:our|my|the|this|that|your|their|his|her|"
    r"an?) (?:[\w-]+ ){0,2}[\w-]+$"
)
"""What a verb must follow: a thing, and nothing yet said of it."""

_WH: Final = listed("how what when where which who why")
_AUXILIARIES: Final = listed("is are was were do does did can could will would should has have had may am might")
_OPENING_WORDS_MAX: Final = 5
_INTERROGATIVE: Final = re.compile(
    r"(?:(?:and|but|so|or|also|then|well|hi|hey|hello|ok|um|uh|sorry|please|in|for|at|to|by|if so|until|since) )*"
    r"(?:how|what|when|where|which|who|whom|whose|why|whether|(?!(?:has|have|had) (?:an?|some|every)\b)"
    r"(?:is|are|was|were|do|does|did|can|could|will|would|should|has|have|had|may|am|must|shall|might)"
    r"(?: not)? (?:i|we|you|they|he|she|it|there|this|that|the|my|our|your|all|any|an|a|every|some|most|both|"
    r"only|someone|anyone|humans?|people|"
    r"these|those|each|one)\b|do (?:\w+ )?\w+s\b|(?:does|did|could|should|is|are|was|were) (?!have\b)\w+|"
    r"would (?!like|"
    r"love|prefer|rather|appreciate|also|need|want)\w+|"
    r"any (?:chance|idea|update|"
    r"news|way|word))\b"
)
_ASKING: Final = re.compile(
    r"\b(?:wondering|wonder|(?:meant|wanted|forgot|came|like|going) to ask|ask(?:ing)? about|not "
    r"(?:answer(?:ed)?|tell|told|say|said|explain(?:ed)?)(?: (?:me|us))? (?:whether|"
    r"if|what|how|which|when)|"
    r"(?:advise|inform|indicate)(?: (?:us|me))?(?: please)? (?:as to|on|of|about|regarding)|"
    r"questions? (?:is|are|was|were) (?:whether|if|how|what|which|when)|(?:wants?|wanted|needs?|like|likes) "
    r"to know|tell me|let me know|curious|question is|"
    r"explain|asking)\b"
    r"|\b(?:confirm|clarify|state|advise|specify|indicate|find out|check)(?: to (?:me|us)| for (?:me|us))?"
    r" (?:whether|if|what|which|how|when|who)\b"
)


@dataclass(frozen=True, slots=True)
class Clause:
    """A stretch of a message that says one thing. `words` holds commas too; `plain` does not."""

    words: tuple[str, ...]
    question: bool
    opener: str
    """The word that joined it to what came before (`but`, `and`), or empty."""

    asked: bool = False
    """A question mark was typed."""

    broken: bool = False
    """It breaks off, with three dots or a dash."""

    def without(self, rest: str, opener: str) -> Clause:
        """Return what is left of the clause when an act that opened it is taken off."""
        return clause_of(rest.split(), opener, self.asked)

    @property
    def plain(self) -> str:
        """The words with single spaces, without commas."""
        return " ".join(word for word in self.words if word != ",")

    @property
    def marked(self) -> str:
        """The words with single spaces, commas standing as words."""
        return " ".join(self.words)


def level(text: str) -> str:
    """Return the text in one spelling of quotes, dashes and spaces, cut to what is read; upper case kept."""
    if len(text) > CHARACTERS_HEAD_MAX + CHARACTERS_TAIL_MAX:
        text = text[:CHARACTERS_HEAD_MAX] + "\n" + text[-CHARACTERS_TAIL_MAX:]
    return levelled(text)


def raw_words(text: str) -> tuple[str, ...]:
    """Return the lower-case words of a levelled text as they were typed, nothing expanded."""
    return tuple(match for match in _WORD.findall(text.lower()) if match[0].isalnum() or match[0] == "[")


_GROPING: Final = re.compile(  # said while one looks for a word
    r"(?<=\w)\W+(?:(?:what|how) do (?:you|we|they) call (?:it|that|them|this)|what['’]s it called|what (?:is|was) it"
    r" called(?: again)?|whatchamacallit|how do you say(?: it| that)?)\W+(?=\w)(?!when|if|where)",
    re.I,
)


def clauses(text: str, spell: Callable[[str], str]) -> tuple[Clause, ...]:
    """Return the clauses of a levelled text; `spell` mends a word that is no word."""
    found: list[Clause] = []
    for said, end in _sentences(_GROPING.sub(" ", text), spell):
        words = fluent(said) if "?" in end else put_forward(fluent(said))
        for part, opener in _parts(words):
            if any(word != "," for word in part):
                last = part[-1] == words[-1] and part == words[-len(part) :]
                clause = clause_of(part, opener, last and "?" in end, inside=part[0] != words[0])
                found.append(replace(clause, broken=last and _breaks(end)))
        if len(found) >= CLAUSES_MAX:
            break
    return resolved(tuple(found[:CLAUSES_MAX]))


TOLD_CLAUSES_MAX: Final = 4
"""Clauses after which it is still asked if what was told is so."""

_WHAT_ABOUT: Final = re.compile(r"^(?:(?:and|so|but|ok|then|hm+) )*(?:what|how) about (?P<thing>[^,]+)$")
_OF_IT: Final = re.compile(
    r"^(?P<verb>is|are|does|do|can|will|would|must) (?:it|that|they|this|these|those) (?P<rest>.+)$"
)


def resolved(parts: tuple[Clause, ...]) -> tuple[Clause, ...]:
    """Return clauses with what is asked in two parts as the one question it is.

    "What about X, is it needed?" is "is X needed?", and "they say X, is that so?" asks if X.
    """
    found: list[Clause] = []
    for part in parts:
        about = _WHAT_ABOUT.match(found[-1].marked) if found else None
        asked = _OF_IT.match(part.plain)
        told = _told_before(found) if is_it_so(part.plain) else None
        if told is not None:
            found[told] = clause_of(list(found[told].words), found[told].opener, asked=True)
        elif about is not None and asked is not None:
            words = f"{asked['verb']} {about['thing']} {asked['rest']}".split()
            found[-1] = clause_of(words, found[-1].opener, asked=True)
        else:
            found.append(part)
    return tuple(found)


def _told_before(found: list[Clause]) -> int | None:
    """Which clause before tells what others say, of which it is asked whether it is so."""
    back = range(len(found) - 1, max(-1, len(found) - 1 - TOLD_CLAUSES_MAX), -1)
    return next((at for at in back if tells_what_is_said(found[at].plain)), None)


def one_clause(text: str, spell: Callable[[str], str]) -> Clause:
    """Return a text as a single clause, whatever it says (for the author's examples)."""
    words = [word for sentence, _ in _sentences(level(text), spell) for word in sentence]
    return clause_of(words, "", "?" in text)


def clause_of(words: list[str], opener: str, asked: bool, *, inside: bool = False) -> Clause:
    """Return words as a clause; `asked` when a question mark was typed after them, `inside` within a sentence."""
    plain = " ".join(word for word in words if word != ",")
    asks = bool(_INTERROGATIVE.match(plain) or _ASKING.search(plain))
    question = asked or (asks and not only_states(plain, inside=inside))
    return Clause(tuple(words), question, opener, asked)


def _breaks(end: str) -> bool:
    """Whether a sentence ends in what is put where somebody breaks off."""
    return ".." in end or (set(end) <= {"-", "\n"} and "-" in end)


def _sentences(text: str, spell: Callable[[str], str]) -> Iterator[tuple[list[str], str]]:
    words: list[str] = []
    for token in _WORD.findall(text.lower()):
        if token[0].isalnum() or token[0] in "[/" or "@" in token:
            words.extend(_expand(token, spell))
        elif _BREAK & set(token):
            # A hyphen between words is a dash only where it stands alone; that is how it comes out of `level`.
            if words:
                yield words, token
                words = []
        elif words and words[-1] != ",":
            words.append(",")
    if words:
        yield words, ""


def _expand(token: str, spell: Callable[[str], str]) -> list[str]:
    if token[0] == "[" or "@" in token or "/" in token:
        return [token]
    if token in SHORT:
        return SHORT[token].split()
    for ending, full in _ENDINGS:
        if token.endswith(ending) and len(token) > len(ending):
            return (token.removesuffix(ending) + full).split()
    if token.endswith("'s"):
        stem = token.removesuffix("'s")
        return [stem, "is"] if stem in _IS_AFTER else [*_expand(stem, spell), "'s"]
    token = token.strip("'").replace("'", "")
    if _STRETCHED.search(token):
        token = _STRETCHED.sub(r"\1", token)
        token = SHORT.get(token, token)
    if len(token) > 2 and token[-1] == token[-2] and token[:-1] in FUNCTION_WORDS and token not in FUNCTION_WORDS:
        token = token[:-1]  # "youu"
    return spell(token).split() if token else []


def _parts(words: list[str]) -> Iterator[tuple[list[str], str]]:
    """Cut a sentence where a new clause begins."""
    part: list[str] = []
    opener = ""
    for at, word in enumerate(words):
        if not part and word == ",":
            continue
        if not part and word in _CUTS and at + 1 < len(words):
            opener = word
            continue
        cut = _cut(words, at) if part else None
        if cut is not None:
            yield _trim(part), opener
            part, opener = [], cut
            if word == "," or word == cut:
                continue
        part.append(word)
    if part:
        yield _trim(part), opener


def _trim(part: list[str]) -> list[str]:
    while part and (part[-1] == "," or part[-1] in ("and", "so")):
        part = part[:-1]
    return part


def _cut(words: list[str], at: int) -> str | None:
    """Return the opener of the clause that begins at this word, or None where none begins."""
    word = words[at]
    after = words[at + 1] if at + 1 < len(words) else ""
    before = words[at - 1] if at else ""
    if word in _CUTS and after and before not in ("nothing", "anything", "everything", "all"):
        return word
    if puts_right(words, at) or (before != "," and breaks_off(words, at)):
        return ""
    if goes_on(words, at):
        return word
    if word == "," and _goes_on_of_them(words, at):
        return None  # "our doctors, who use the chat"
    if (word == "," and after in _INTERJECTIONS) or words[at : at + 3] == ["by", "the", "way"]:
        return ""
    if word == ",":
        verb = after in _AUXILIARIES and _QUESTION_VERB.match(" ".join(words[at + 1 : at + 4])) is None
        begins = (after in _STARTERS and not verb) or _BEGINNING.match(" ".join(words[at + 1 : at + 4]))
        return "" if begins and not _continues(words, at + 1) else None
    if word in _JOINS and (
        after in _STARTERS_AFTER_AND
        or _IT_IS.match(" ".join(words[at + 1 : at + 3]))
        or (word == "because" and after)
    ):
        return word
    if word == "does" and _THING_ALONE.search(" ".join(words[:at])) and after in _DETERMINERS:
        return None  # "our backend does the calls"
    if _asking_still(words[:at]):
        return None
    if before in _SUBORDINATING or before == "," or (before in _SUBJECTS and word not in _WH):
        return None
    if _QUESTION_STARTS.match(" ".join(words[at : at + 4])):
        return ""
    return None


def _goes_on_of_them(words: list[str], at: int) -> bool:
    """Whether "who" or "which" after a comma speaks of what was named before it ("our doctors, who use the chat")."""
    after, then = words[at + 1 : at + 2], words[at + 2 : at + 3]
    return after in (["who"], ["which"]) and bool(then) and then[0] not in _AUXILIARIES and then != ["of"]


def _asking_still(before: list[str]) -> bool:
    """Whether the words before are a question's opening that waits for its verb ("which one | do I need")."""
    lead = before[-_OPENING_WORDS_MAX:]
    for at in range(len(lead) - 1, -1, -1):
        if lead[at] in _AUXILIARIES or lead[at] == ",":
            return False
        if lead[at] in _WH:
            return True
    return False


def _continues(words: list[str], at: int) -> bool:
    """Whether what follows the comma belongs to the clause before it ("X, not Y")."""
    if words[at] == "not":
        return True
    return words[at] in ("and", "or") and at + 1 < len(words) and words[at + 1] not in _STARTERS_AFTER_AND
