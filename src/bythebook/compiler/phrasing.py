"""Draft what a document asks to be said but does not quote: by rules, the same words for the same line, every time.

A draft is a proposal that a person approves. So the rules are timid: a rule that is not sure gives nothing, and a
draft that lost a number, a name or a negation of its line is thrown away.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

from bythebook.compiler.drafting.asking import ASKING_LISTS, ASKING_ROWS, CLOSING_ROWS
from bythebook.compiler.drafting.builders import Rule
from bythebook.compiler.drafting.person import QUOTED, one_pronoun
from bythebook.compiler.drafting.pieces import Asking, Kind
from bythebook.compiler.drafting.telling import DEEDS, TELLING, TELLING_LISTS
from bythebook.compiler.drafting.words import CUSTOMERS
from bythebook.compiler.imperative import imperative

WORDS_MAX: Final = 150
"""Longer instructions are not drafted; a sentence that long is nobody's to say."""

LISTS: Final[tuple[Rule, ...]] = (*TELLING_LISTS, *ASKING_LISTS)
"""Tried for lines with bullets under them."""

RULES: Final[tuple[Rule, ...]] = (*TELLING, *ASKING_ROWS)
"""Tried for all other lines; the first that fits and is sure gives the draft."""

_POLITE: Final = re.compile(
    r"(?:(?:please|politely|kindly|always|then|next|first|finally|lastly|also|gently|clearly|briefly|courteously|"
    r"warmly|simply|once again|now|be sure to|make sure to|remember to|do not forget to|don['’]t forget to|"
    r"(?:you|the (?:assistant|agent)|agents?) (?:should|must|will|need to)),? )+",
    re.I,
)
_BOLD: Final = re.compile(r"\*\*(?=\S)(.+?)(?<=\S)\*\*|__(?=\S)(.+?)(?<=\S)__")
_SENTENCES: Final = re.compile(
    r"(?<=[\w)'’\"”])(?<!e\.g)(?<!i\.e)(?<!a\.m)(?<!p\.m)(?<!etc)(?<!No)(?<!St)(?<!vs)[.!?]\s+(?=[A-Z])"
)
# What only whoever carries the document out can do, or decide: not for the customer's ears.
_NOT_TO_BE_SAID: Final = re.compile(
    r"`|[\[\]{}<]|:\s*[\"“]|->|\bfunctions?\b|\bsteps? \d|\b(?:next|previous|following) step\b|\bescalat"
    r"|\bif (?:needed|necessary|applicable|possible|required|appropriate|so|not|any)\b"
    r"|\bas (?:needed|necessary|applicable|appropriate)\b|\betc\b|\band/or\b|\bn/a\b"
    r"|\b(?:before|prior to) (?:proceeding|continuing|moving|going|calling)\b"
    r"|\bdepending on (?:the|their|what|whether)\b|\bfollow(?:ing)? up\b|\b(?:politely|empathetically)\b"
    r"|\b(?:do not|don['’]t|never) (?:tell|mention|say|reveal|disclose|share with|inform)\b"
    r"|\bwithout (?:telling|mentioning|revealing)\b",
    re.I,
)
_SPEECH: Final = (
    r"(?:politely )?(?:ask|inform|tell|thank|advise|remind|explain|let|apologi[sz]e|notify|offer|instruct|request|"
    r"confirm|acknowledge|reassure|assure|wish|greet|welcome|suggest|recommend|encourage)"
)
_CUSTOMER: Final = rf"(?:the )?(?:{'|'.join(CUSTOMERS)})"
_LIGHT: Final = re.compile(r"(?:thank|greet|welcome|apologi[sz]e|acknowledge)\b", re.I)
_AFTER_LIGHT: Final = re.compile(rf"(?:,? and(?: then)?(?: also)?|, then|,) (?={_SPEECH}\b)", re.I)
_AFTER_ANY: Final = re.compile(rf"(?:,? and(?: then)?(?: also)?|, then|;) (?={_SPEECH} {_CUSTOMER}\b)", re.I)
# After "and", these begin something for the assistant to do, which must not be told to the customer as theirs.
_READERS_WORK: Final = re.compile(
    r"(?:\band|\bor|\bthen|,|;) (?:then |also |politely )?(?:(?:"
    r"call|inform|tell|ask|thank|proceed|escalate|transfer|close|process|issue|retrieve|record|create|arrange|apply|"
    r"wait|forward|offer|initiate|assign|document|mark|skip|repeat|retry|end|finish|advise|remind|explain|"
    r"apologi[sz]e|request|collect|determine|resolve|complete|handle|hand|place|run|use|move|go to step|return to|"
    r"look up|follow|continue|note|provide|gather|obtain)\b(?! you\b)|(?:"
    r"check|confirm|verify|validate|review|find|search|refund|cancel|add|remove|change|set|send|open|update|submit|"
    r"log|reset|make|get|give) (?!up\b|out\b|in\b|back\b|their\b|as\b))",
    re.I,
)
_DEED: Final = re.compile(rf"(?:{DEEDS})\b", re.I)
_NUMBER: Final = re.compile(r"[$€£]?\d+(?:[.,:/-]\d+)*%?")
_ADDRESS: Final = re.compile(r"\S+@\S+|https?://\S+|www\.\S+")
_NAME: Final = re.compile(r"\b[A-Z][\w-]*")
_NAME_BEGINS: Final = re.compile(r"(?:^|[.!?:]\s+|\n\s*)[\"“'‘(]*[A-Z][\w-]*")
_NO_NAMES: Final = frozenset(("MUST", "ALWAYS", "EXACTLY", "NOT", "NEVER", "ONLY", "I", "YES", "NO"))
_NEGATION: Final = re.compile(r"\bnot\b|n['’]t\b|\bcannot\b", re.I)
_LIMIT: Final = re.compile(
    r"\b(?:never|no|none|nothing|neither|nor|unable|without|unless|except|only|until|before|after|within|least|most|"
    r"more|less|may|might|if|once|or|per|up to|free|maximum|minimum|both|either|every|each|always)\b",
    re.I,
)
_PURPOSE: Final = re.compile(
    rf"(?:provide|give|tell|inform|show|send)s? (?:{_CUSTOMER} )?(?:with )?(?P<what>(?:an?|the) [^.;:]+?)"
    rf"(?: (?:to|for) {_CUSTOMER})?\.?$",
    re.I,
)
_UNSURE_PURPOSE: Final = re.compile(rf"\b(?:{'|'.join(CUSTOMERS)}|they|their|them|you|your)\b|[{{}}]", re.I)


def draft(words: str, kind: Kind, bullets: Sequence[str] = ()) -> str | None:
    """Return what the words ask to be said, as a sentence to the customer; None where the rules are not sure.

    `bullets` are the items under a line that ends in a colon ("Provide the following steps:"). Quoted bullets of a
    line that asks are the questions themselves, and are put as they stand.
    """
    text = one_pronoun(imperative(_unmarked(words)))
    items = tuple(item for bullet in bullets if (item := one_pronoun(_unmarked(bullet))))
    if not text or any(len(part.split()) > WORDS_MAX for part in (text, *items)):
        return None
    if items:
        return _quoted_questions(items, kind) or _from_bullets(text, items, kind)
    found = _ruled(CLOSING_ROWS, text, kind) or _from_sentences(text.rstrip(": "), kind)
    return found if found and _fits(found, kind) else None


def draft_result(name: str, purpose: str, fields: Sequence[str]) -> str | None:
    """Return a phrase over a function's result that names its fields; None where it has none."""
    if not name or not fields or not all(field.isidentifier() and field.isascii() for field in fields):
        return None
    told = _PURPOSE.match(_unmarked(purpose))
    head = told["what"].strip() if told else ""
    rows = [f"{_title(field)}: {{{field}}}" for field in fields]
    if not head or _UNSURE_PURPOSE.search(head):
        return "\n".join(rows)
    head = head[0].upper() + head[1:] + ":"
    return f"{head}\n{{{fields[0]}}}" if len(rows) == 1 else "\n".join([head, *rows])


def _title(field: str) -> str:
    words = field.replace("_", " ").strip()
    return words[:1].upper() + words[1:]


def _unmarked(words: str) -> str:
    return _BOLD.sub(lambda match: match[1] or match[2], " ".join(words.split()))


def _quoted_questions(items: Sequence[str], kind: Kind) -> str | None:
    quoted = [re.fullmatch(r"[\"“]([^\"“”]+)[\"”]", item) for item in items]
    if kind == "say" or not all(quoted):
        return None
    return "\n".join(match[1].strip() for match in quoted if match) or None


def _from_bullets(text: str, items: tuple[str, ...], kind: Kind) -> str | None:
    if any(_NOT_TO_BE_SAID.search(part) for part in (_bare(text), *items)):
        return None
    found = _ruled(LISTS, _bare(text), kind, items)
    return found if found and _faithful("\n".join((text, *items)), found) else None


def _from_sentences(text: str, kind: Kind) -> str | None:
    if _NOT_TO_BE_SAID.search(_bare(text)):
        return None
    drafts = [_one(part, kind) for sentence in _SENTENCES.split(text) for part in _parts(sentence.strip())]
    return None if None in drafts else " ".join(found for found in drafts if found)


def _parts(sentence: str) -> Iterator[str]:
    """Split "thank the customer and ask ..." where a new instruction surely begins."""
    while True:
        light = _LIGHT.match(_bare(sentence))
        cut = (_AFTER_LIGHT if light else _AFTER_ANY).search(sentence)
        if cut is None:
            yield sentence
            return
        yield sentence[: cut.start()]
        sentence = sentence[cut.end() :]


def _bare(text: str) -> str:
    match = _POLITE.match(text)
    return text[match.end() :] if match else text


def _one(text: str, kind: Kind) -> str | None:
    bare = _bare(imperative(text))
    if _READERS_WORK.search(bare) and not (kind == "say" and _DEED.match(bare)):
        return None
    # What thanks or greets may stand before what asks.
    found = _ruled(RULES, bare, kind) or (_ruled(TELLING, bare, "say") if _LIGHT.match(bare) else None)
    return found if found and _faithful(bare, found) else None


def _ruled(rules: Sequence[Rule], text: str, kind: Kind, items: tuple[str, ...] = ()) -> str | None:
    for rule in rules:
        match = rule.pattern.match(text) if kind in rule.kinds else None
        if match and (found := rule.build(Asking(match, kind, items))):
            return found
    return None


def _fits(text: str, kind: Kind) -> bool:
    """Whether the draft is what the line is for: a line that says asks nothing, and one that asks does ask."""
    return ("?" in QUOTED.sub("", text)) == (kind != "say")


def _faithful(words: str, text: str) -> bool:
    """Whether every number, address, name, quotation, negation and limit of the line is in the draft."""
    for pattern in (_NUMBER, _ADDRESS):
        if _counted(pattern, words) - _counted(pattern, text):
            return False
    names = set(_NAME.findall(_NAME_BEGINS.sub("", words))) - _NO_NAMES
    if any(name not in text for name in (*names, *QUOTED.findall(words))):
        return False
    if len(_NEGATION.findall(words)) != len(_NEGATION.findall(text)):
        return False
    limits = _counted(_LIMIT, words)
    if "?" in text:
        # "ask if": the question itself says it.
        limits["if"] = 0
    return not limits - _counted(_LIMIT, text)


def _counted(pattern: re.Pattern[str], text: str) -> Counter[str]:
    return Counter(found.rstrip(".,;?!)").lower() for found in pattern.findall(text))
