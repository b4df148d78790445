"""The pieces that drafted sentences are built of: a statement, a request, a question, a polite order, a list."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from bythebook.compiler.drafting.person import to_customer
from bythebook.compiler.drafting.questions import QUESTION_WORDS, which, yes_no
from bythebook.compiler.drafting.words import CUSTOMERS, CUSTOMERS_OWN, FINITE

Kind: TypeAlias = Literal["say", "ask", "collect", "closing"]


@dataclass(frozen=True, slots=True)
class Asking:
    """Words that fit a rule: the match, what the line is for, and the bullets under it."""

    match: re.Match[str]
    kind: Kind
    bullets: tuple[str, ...] = ()

    def part(self, name: str) -> str:
        """Return the words in a named group, without the space around them."""
        return (self.match.groupdict().get(name) or "").strip()

    @property
    def noun(self) -> str:
        """What the line calls the customer, if it names them."""
        words = self.part("who").lower().split()
        return words[-1].removesuffix("s") if words and words[-1] != "them" else ""


Builder: TypeAlias = Callable[[Asking], str | None]

NOUN: Final = "|".join(CUSTOMERS)
WHO: Final = rf"(?P<who>(?:the |our )?(?:{NOUN})s?(?!['’\w]| (?:service|support|care))|them)"
WHO_ELSE: Final = WHO.replace("?P<who>", "?:", 1)
CLAUSE_START: Final = re.compile(
    r"\b(and|but|or),? that (?=(?:they|we|the|their|our|it|there|any|all|no|you|an?|if|once|after|when|this|these|"
    r"each|every)\b)",
    re.I,
)
_SENDABLE: Final = re.compile(
    r"\b(?:copy|copies|photos?|pictures?|images?|screenshots?|scans?|certificates?|videos?)\b", re.I
)
_BEGINS_NOUNS: Final = re.compile(
    r"(?:the|an?|your|our|my|any|some|more|additional|further|other|this|that|these|those|each|all|both|either|"
    r"proof|evidence|information|details|photos|pictures|images|screenshots|copies|feedback|confirmation|one|two|"
    r"three|four|at least|up to|\d+|[A-Z\"'‘“(])\b",
    re.I,
)
_NOT_GIVEN: Final = re.compile(
    r"(?:your )?(?:\w+ )?(?:patience|understanding|forgiveness|time|help|a moment|a minute|anything|permission|"
    r"consent|agreement|approval|it|them|this|that|you|me|one|confirmation)\b",
    re.I,
)
_PURPOSE: Final = re.compile(
    r" (?:in order )?to (?=(?:locate|find|look up|pull up|access|identify|open|check|search|retrieve|process|"
    r"update|complete|continue|help|assist|start|begin)\b)",
    re.I,
)
_ALTERNATIVE: Final = re.compile(r",? or (?:if|whether) (?=(?:they|you|the)\b)", re.I)
_NEXT_QUESTION: Final = re.compile(rf",? and (?=(?:if|whether|{QUESTION_WORDS})\b)", re.I)
_QUESTION_BEGINS: Final = re.compile(rf"(?:if|whether(?: or not)?) |(?=(?:\w+ )?(?:{QUESTION_WORDS})\b)", re.I)
_FULL: Final = (
    (re.compile(r"\b(you|we|I|they)['’]d (?=like|prefer|rather|be)", re.I), r"\1 would "),
    (re.compile(r"\b(you|we|they)['’]re\b", re.I), r"\1 are"),
    (re.compile(r"\b(you|we|I|they)['’]ve\b", re.I), r"\1 have"),
    (re.compile(r"\b(there|it|what)['’]s\b", re.I), r"\1 is"),
)


def sentence(text: str, end: str = ".") -> str:
    """Return the words with a capital and an end."""
    text = text.strip().rstrip(" ;,:")
    if not text:
        return ""
    ended = text.rstrip("'\"’”)")[-1:] in (*".!?…", "")
    return text[0].upper() + text[1:] + ("" if ended else end)


def statement(said: str, noun: str = "") -> str | None:
    """Return a reported clause as it is said to the customer; None where that is not sure."""
    text = to_customer(CLAUSE_START.sub(lambda match: f"{match[1]} ", said), noun)
    return sentence(text) if text else None


def has_verb(text: str) -> bool:
    """Whether the words are a clause: they hold a finite verb, or begin with whoever acts."""
    words = re.findall(r"[a-z]+(?:['’][a-z]+)?", text.lower())
    contracted = any(re.fullmatch(r"\w+['’](?:ll|re|ve|d|s|t|m)", word) for word in words)
    return contracted or any(word in FINITE for word in words) or bool(re.match(r"(?:you|we|I) \w", text, re.I))


def order(doing: str, noun: str = "") -> str | None:
    """Return what the customer is to do, in words to them and without an end; None where that is not sure."""
    return to_customer(doing.strip().rstrip("."), noun, reader_known=True)


def please(doing: str, noun: str = "", *, before: str = "Please ") -> str | None:
    """Return a polite order."""
    text = order(doing, noun)
    return None if text is None else sentence(before + text)


def could_you(doing: str, noun: str = "") -> str | None:
    """Return a polite request as a question."""
    text = order(doing, noun)
    return None if text is None else sentence(f"Could you please {text}", "?")


def nouns(words: str, noun: str = "") -> str | None:
    """Return what is asked for with an article or "your" before it: "order number" gives "your order number"."""
    text = to_customer(words.strip().rstrip("."), noun, reader_known=True)
    if not text:
        return None
    if _BEGINS_NOUNS.match(text):
        return text
    own = any(word.lower().strip("(),") in CUSTOMERS_OWN for word in text.split()[:4])
    return f"{'your' if own else 'the'} {text}"


def give_me(words: str, noun: str = "") -> str | None:
    """Return a request for something the customer knows or has."""
    text = nouns(words, noun)
    if text is None or _NOT_GIVEN.match(text):
        return None
    text = _PURPOSE.sub(" so that I can ", text, count=1)
    return sentence(f"Could you please {'send' if _SENDABLE.search(text) else 'give'} me {text}", "?")


def question(asked: str, noun: str = "") -> str | None:
    """Return indirect questions ("if they ...", "which plan they use and when ...") as direct ones."""
    parts = _NEXT_QUESTION.split(asked.strip().rstrip(".? "))
    found = [_one_question(part, noun) for part in parts]
    return None if None in found else " ".join(one for one in found if one)


def _one_question(asked: str, noun: str) -> str | None:
    begins = _QUESTION_BEGINS.match(asked)
    if not begins:
        return None
    first, *others = _ALTERNATIVE.split(asked[begins.end() :])
    turn = yes_no if begins[0] else which
    texts = []
    for words in (first, *others):
        text = to_customer(_full(words).replace(" or not", ""), noun, reader_known=True)
        texts.append(turn(text) if text is not None else None)
    if None in texts:
        return None
    whole = [text for text in texts if text]
    return (
        whole[0] if not others else ", or ".join([whole[0][:-1], *(t[0].lower() + t[1:-1] for t in whole[1:])]) + "?"
    )


def _full(text: str) -> str:
    for pattern, full in _FULL:
        text = pattern.sub(full, text)
    return text


def listed(head: str, bullets: Sequence[str], *, numbered: bool = False) -> str | None:
    """Return a line with the bullets under it, in words to the customer."""
    texts = [to_customer(bullet, reader_known=True) for bullet in bullets]
    if None in texts or not texts:
        return None
    marks = (f"{number}." if numbered else "-" for number in range(1, len(texts) + 1))
    return "\n".join([head, *(f"{mark} {text}" for mark, text in zip(marks, texts, strict=True))])
