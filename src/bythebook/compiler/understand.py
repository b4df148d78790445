"""The outline with what each item's words ask for, and what that makes of an item among the others."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from bythebook.compiler.actions import Action, once, recogniser
from bythebook.compiler.bold_lead import read_led
from bythebook.compiler.by_person import handed_over
from bythebook.compiler.clauses import Clause, Part, Recognise, read_clauses
from bythebook.compiler.forms import (
    Asking,
    Behaving,
    Calling,
    Chain,
    Closing,
    Collecting,
    Doing,
    Form,
    Going,
    Handing,
    Quoted,
    Repeating,
    Telling,
    Voice,
)
from bythebook.compiler.labelled import labelled
from bythebook.compiler.outline import Item, Rank, children_of
from bythebook.compiler.recognise import recognise_at
from bythebook.compiler.regrouping import checked_again, from_start, held, limited, told_first, until
from bythebook.compiler.resolution import resolves_by_name
from bythebook.compiler.sentence_kinds import ASKED as ASKED
from bythebook.compiler.sentence_kinds import (
    ASKS_MORE,
    ASKS_YOU,
    DOES,
    FINDS_OUT,
    IMPERATIVE,
    NO_ANSWER,
    TELLS_WHAT_THEN,
    slip_of_else,
    speaks_to_them,
    tells,
)
from bythebook.compiler.sentence_kinds import is_call as is_call
from bythebook.compiler.sentence_kinds import understood as understood
from bythebook.compiler.tables import has_rule
from bythebook.routine.model import QuestionKind
from bythebook.source.span import SourceFile, Span

# What is done, not said: a title with such a verb needs lines that do it.
_DEED: Final = re.compile(
    r"\W*(?:verify|check|process|cancel|update|refund|validate|look|search|find|record|create|delete|apply|retrieve|"
    r"determine|submit|arrange|change|add|remove|register)\b",
    re.I,
)
_NOTED: Final = re.compile(r"\W*(?:note|important|caution|tip|warning|reminder|remember|example)\b", re.I)
_NO_MORE: Final = re.compile(
    r".*\b(?:no|not|n't|n’t)\b.*\b(?:further|other|more|additional|anything|any)\b.*|.*\bnothing (?:else|more)\b.*",
    re.I | re.S,
)
_RESOLVED: Final = re.compile(r".*\b(?:resolved|complete[d]?|closed|finished)\b", re.I | re.S)
_YOURS: Final = re.compile(r"\W*you\b", re.I)
_CONDITION: Final = re.compile(r"\W*(?:if|when|whenever|once|unless|else|otherwise|in case|for any|until)\b", re.I)
_LOOKS_FOR: Final = re.compile(r"\W*(?:specifically )?(?:check|look|watch) for:", re.I)
_QUOTE: Final = re.compile(r"[\"“”]")
_WAITS: Final = re.compile(
    r"\W*(?:then )?(?:wait|pause) (?:for|until)\b[^.:;]*?\b(?:respon\w+|answer\w*|repl(?:y|ies|ied)|confirm\w*|"
    r"customer|client|user|caller|them|they)\b",
    re.I,
)
_BARE_CONDITION: Final = re.compile(
    r"(?:if|when|whenever|in case|unless)\s+(?P<condition>[^\s,:;.\"“”`][^,:;.\"“”`\n]*[^\s,:;.\"“”`])", re.I
)
_OFFERS_THESE: Final = re.compile(
    r"\b(?:which|what) (?:one )?of (?:these|the following|the below)\b|\b(?:these|following) (?:options|choices)\b|"
    r"\b(?:which|what) (?:option|one|of them)\b",
    re.I,
)
_TITLES: Final = (Telling, Collecting, Asking, Doing, Behaving, Closing, Going)
_PLAINLY: Final = (Asking, Calling, Closing, Collecting, Going, Handing, Quoted, Repeating, Telling)
_SPOKEN: Final = (Quoted, Telling, Behaving, Doing, type(None))
ANSWERS_MIN: Final = 2
ANSWER_WORDS_MAX: Final = 8
"""Longer words under a question are no answer to it."""

HEAD_CHARACTERS: Final = 200
"""How much of an item's words is looked at to see what it begins with."""


@dataclass(frozen=True, slots=True)
class Outline:
    """The items with their sentences, and how they stand to each other."""

    file: SourceFile
    items: tuple[Item, ...]
    clauses: tuple[tuple[Clause, ...], ...]
    children: tuple[tuple[int, ...], ...]
    quotes: tuple[bool, ...]
    """Whether quoted words stand somewhere under the item."""

    acts: tuple[bool, ...]
    """Whether something under the item does more than speak."""

    first_step: int
    """The index of the first step; 0 where there is none."""

    does: Mapping[str, str]
    """By label: what the author says beside the document that a line does, instead of all that its words say."""

    by_hand: frozenset[str]
    """The labels of lines that call something which a person does."""

    def head(self, index: int) -> str:
        """The beginning of the item's words."""
        span = self.items[index].span
        return self.file.slice(Span(span.start, min(span.end, span.start + HEAD_CHARACTERS)))

    def form(self, index: int) -> Form | None:
        """The one thing that the item asks for, under no condition; nothing where it asks for more or less."""
        clauses = self.clauses[index]
        if len(clauses) != 1 or clauses[0].condition is not None or len(clauses[0].parts) != 1:
            return None
        return clauses[0].parts[0].form

    def understood(self, index: int) -> bool:
        """Whether everything that the item says can be carried out."""
        return all(part.form is not None for clause in self.clauses[index] for part in clause.parts)

    def conditional(self, index: int) -> bool:
        """Whether everything that the item says hangs on conditions."""
        return all(clause.condition is not None for clause in self.clauses[index])

    def stands(self, index: int) -> bool:
        """Whether the item belongs to no step, and holds for all of them: "If they ask for a human, call f"."""
        item = self.items[index]
        if item.parent is not None or item.is_step or item.rank is Rank.SECTION:
            return False
        hangs = bool(self.children[index])
        return any(
            clause.condition is not None and (understood(clause) or hangs) and not self.is_yours(clause)
            for clause in self.clauses[index]
        )

    def is_yours(self, clause: Clause) -> bool:
        """Whether a sentence speaks to the person who reads it: "If you are not sure, ..."."""
        words = self.file.slice(clause.condition)[:HEAD_CHARACTERS] if clause.condition is not None else ""
        return bool(_YOURS.match(words))

    def begins_step(self, index: int) -> bool:
        """Whether a step begins here, numbered or standing."""
        return self.items[index].is_step or self.stands(index)

    def is_note(self, index: int) -> bool:
        """Whether the item only says how to behave, or explains."""
        item = self.items[index]
        if self.stands(index):
            return False
        if isinstance(self.form(index), Behaving) and (
            not self.children[index] or self.lists_what_to_look_for(index)
        ):
            return True
        if item.parent is None and item.rank in (Rank.NOTE, Rank.BULLET):
            # Words before the first step explain; a list of them is no step either.
            return not self.children[index] and index < self.first_step
        tells = all(clause.states for clause in self.clauses[index]) and not self.children[index]
        if item.rank is not Rank.NOTE or (self.conditional(index) and self.understood(index) and not tells):
            return False
        headed = self.under_heading(index)
        acts = self.understood(index) and self.acts_itself(index)
        if headed and (self.instructs(index) or self.calls_among_words(index) or acts):
            return False
        words = self.file.slice(item.span)
        if headed and (TELLS_WHAT_THEN.match(words) or speaks_to_them(words) or has_rule(self.file, item.span)):
            return False
        return (headed or bool(_NOTED.match(self.head(index)))) and not self.children[index]

    def calls_among_words(self, index: int) -> bool:
        """Whether a paragraph under a heading asks for a call, and says more: "Check the SIM card. It is small."."""
        headed = self.items[index].rank is Rank.NOTE and self.under_heading(index)
        return headed and any(is_call(clause) for clause in self.clauses[index])

    def lists_what_to_look_for(self, index: int) -> bool:
        """Whether it is "Check for:" over what to check for."""
        below = self.children[index]
        does = any(self.instructs(child) or self.conditional(child) for child in below)
        return bool(_LOOKS_FOR.match(self.head(index))) and not does

    def finds_out_below(self, index: int) -> bool:
        """Whether a line says what to find out, and the lines under it do so: "Check if it works:" over a call."""
        # "What is your name?" over a call is asked; "Is it covered?" over one is what the call finds out.
        asked = ASKED.match(self.head(index)) or ASKS_YOU.search(self.file.slice(self.items[index].span))
        calls = (is_call(clause) for child in self.children[index] for clause in self.clauses[child])
        return asked is None and any(calls)

    def waits(self, index: int) -> bool:
        """Whether the item only says to wait for the answer to what stands before it."""
        return self.is_note(index) and bool(_WAITS.match(self.head(index)))

    def is_waited_for(self, index: int) -> bool:
        """Whether a line under the item, or right behind it, says to wait for the customer's answer."""
        parent = self.items[index].parent
        beside = self.children[parent] if parent is not None else ()
        behind = beside[beside.index(index) + 1 :][:1] if index in beside else ()
        return any(self.waits(other) for other in (*self.children[index], *behind))

    def under_heading(self, index: int) -> bool:
        """Whether the item stands right under a heading that is a step."""
        parent = self.items[index].parent
        return parent is not None and self.items[parent].rank is Rank.STEP

    def lacks_a_deed(self, index: int) -> bool:
        """Whether a title asks for more than the lines under it do."""
        several = len(self.clauses[index]) > 1 or len(self.clauses[index][0].parts) > 1
        deed = bool(_DEED.match(self.head(index))) or several
        asks = any(isinstance(self.form(child), Quoted | Asking | Collecting) for child in self.children[index])
        if asks and FINDS_OUT.search(self.head(index)):
            return False
        return self.items[index].rank is not Rank.STEP and deed and not self.acts[index]

    def is_title(self, index: int) -> bool:
        """Tell whether the lines under an item carry out what it announces."""
        below = self.children[index]
        if not below or any(clause.condition for clause in self.clauses[index]):
            return False
        if self.items[index].rank is Rank.NUMBER and self.head(index).rstrip(" *").endswith("?"):
            return False  # a question is there to be asked
        form = self.form(index)
        if self.offers_these(index):
            return False
        understood_here = self.understood(index)
        if understood_here and form is not None and not isinstance(form, _TITLES):
            return False
        # Words in quotation marks are there to be said, and a condition to be kept: neither may be passed over.
        if slip_of_else(self.head(index)):
            return False
        kept = _QUOTE.search(self.file.slice(self.items[index].span)) or _CONDITION.match(self.head(index))
        # "Fill in the form. Tell them that a code will come.": what is told is no title either.
        told = len(self.clauses[index]) > 1 and any(tells(clause) for clause in self.clauses[index])
        does = DOES.search(self.head(index))
        if not understood_here and (kept or told or does or "\n" in self.file.slice(self.items[index].span)):
            return False
        quoted = any(isinstance(self.form(child), Quoted) for child in below)
        more = any(self.asks_for_more(child) or self.instructs_first(child) for child in below)
        headed = self.items[index].rank is Rank.STEP and (not isinstance(form, Telling | Collecting) or more)
        if quoted or headed or not understood_here or form is None:
            return True
        if isinstance(form, Telling) and self.quotes[index]:
            return True
        opens = isinstance(form, Doing) and self.head(index).rstrip(" *").endswith(":")
        if opens and all(self.conditional(child) for child in below):
            return True  # "Check the age of the child:" over what to do then
        return any(self.instructs(child) for child in below)

    def offers_these(self, index: int) -> bool:
        """Whether a question offers the lines under it as its answers: "Ask which of these applies:"."""
        if not isinstance(self.form(index), Asking):
            return self.answers_below(index)
        return bool(_OFFERS_THESE.search(self.head(index))) or self.answers_below(index)

    def answers_below(self, index: int) -> bool:
        """Whether the lines under an open question are short words that ask for nothing: its answers."""
        below = self.children[index]
        form = self.form(index)
        opens = isinstance(form, Asking) and form.kind is QuestionKind.OPEN
        opens = opens or (isinstance(form, Quoted) and form.voice in (Voice.ASK, Voice.BARE) and self.asks(index))
        return opens and len(below) >= ANSWERS_MIN and all(self.is_answer(child) for child in below)

    def asks(self, index: int) -> bool:
        """Whether the item's words end with a question."""
        return self.file.slice(self.items[index].span).rstrip(' \n*.:"”').endswith("?")

    def is_answer(self, index: int) -> bool:
        """Whether an item can be an answer to a question: a bullet or letter of a few words that do nothing."""
        words = self.file.slice(self.items[index].span)
        plain = self.items[index].rank in (Rank.BULLET, Rank.LETTER) and not self.children[index]
        if not plain or len(words.split()) > ANSWER_WORDS_MAX or words.rstrip().endswith((":", "?")):
            return False
        return not self.understood(index) and not self.conditional(index) and not NO_ANSWER.search(words)

    def quoted_below(self, index: int) -> bool:
        """Whether lines stand under the item, and all of them are words to be said."""
        below = self.children[index]
        return bool(below) and all(isinstance(self.form(child), Quoted) for child in below)

    def asks_for_more(self, index: int) -> bool:
        """Whether an item under a line does, or would do, more than name what the line asks for or tells."""
        if self.instructs(index) or self.conditional(index):
            return True
        return bool(ASKS_MORE.search(self.head(index)))

    def instructs_first(self, index: int) -> bool:
        """Whether an item without a marker begins as an instruction does."""
        return self.items[index].rank is Rank.NOTE and bool(IMPERATIVE.match(self.head(index)))

    def instructs(self, index: int) -> bool:
        """Whether the item is an instruction to the assistant."""
        form = self.form(index)
        return form is not None and not isinstance(form, Doing | Behaving)

    def acts_itself(self, index: int) -> bool:
        """Whether any sentence of the item instructs the assistant."""
        forms = (part.form for clause in self.clauses[index] for part in clause.parts)
        return any(form is not None and not isinstance(form, Doing | Behaving) for form in forms)

    def acts_plainly(self, clause: Clause) -> bool:
        """Whether a sentence asks for something of the assistant, and not only says what the call beside it finds."""
        first = clause.parts[0] if clause.parts else None
        if first is None or (isinstance(first.form, Asking) and not ASKED.match(self.file.slice(first.span))):
            return False
        return understood(clause) and all(isinstance(part.form, _PLAINLY) for part in clause.parts)

    def named(self, index: int) -> str:
        """The item, as a finding speaks of it."""
        item = self.items[index]
        return f"step {item.label}" if item.parent is None else f"line {item.label}"

    def step_label(self, index: int) -> str:
        """The label of the step that the item stands under."""
        item = self.items[index]
        while item.parent is not None:
            item = self.items[item.parent]
        return item.label

    def closes(self, clause: Clause) -> bool:
        """Tell whether it is the closing question with what follows its no: "If there is nothing else, call f"."""
        if clause.condition is None or clause.chain is not Chain.IF or len(clause.parts) != 1:
            return False
        words = self.file.slice(clause.condition)[:HEAD_CHARACTERS]
        return isinstance(clause.parts[0].form, Calling) and bool(_NO_MORE.match(words))

    def repeats_resolution(self, clause: Clause) -> bool:
        """Tell whether it only says when the case is resolved: "Once it is resolved, always call case_closed"."""
        words = self.file.slice(clause.condition)[:HEAD_CHARACTERS] if clause.condition is not None else ""
        form = clause.parts[0].form if len(clause.parts) == 1 else None
        return isinstance(form, Calling) and resolves_by_name(form.function) and bool(_RESOLVED.match(words))


def understand(
    items: Sequence[Item], file: SourceFile, actions: Sequence[Action], does: Mapping[str, str]
) -> Outline:
    """Return the items with what their words ask for, or what `does` says instead; some name a document's action."""
    read = recogniser(actions)
    clauses = tuple(
        ()
        if item.rank is Rank.SECTION
        # A heading says what the lines under it do.
        else from_start(
            held(once(_sentences(file.slice(item.span), recognise_at if item.rank is Rank.STEP else read)), item),
            item.span.start,
        )
        for item in items
    )
    handed = handed_over(items, clauses, does)
    does = {label: words for label, words in does.items() if label not in handed}
    clauses = tuple(
        _instead(item, does[item.label]) if item.label in does else own
        for item, own in zip(items, clauses, strict=True)
    )
    children = children_of(items)
    clauses = labelled(items, clauses, children, file, read)
    clauses = tuple(
        _opening(file, one, item) if below else one for one, item, below in zip(clauses, items, children, strict=True)
    )
    clauses = tuple(told_first(limited(until(checked_again(one, file.text)))) for one in clauses)
    first_step = next((number for number, item in enumerate(items) if item.is_step), 0)
    quotes = [False] * len(items)
    acts = [False] * len(items)
    for index in range(len(items) - 1, -1, -1):
        parent = items[index].parent
        forms = [part.form for clause in clauses[index] for part in clause.parts]
        if parent is not None:
            quotes[parent] |= quotes[index] or any(isinstance(form, Quoted) for form in forms)
            acts[parent] |= acts[index] or any(not isinstance(form, _SPOKEN) for form in forms)
    return Outline(file, tuple(items), clauses, children, tuple(quotes), tuple(acts), first_step, does, handed)


def _sentences(words: str, read: Recognise) -> tuple[Clause, ...]:
    return read_led(words, lambda own: read_clauses(own, read))


def _instead(item: Item, words: str) -> tuple[Clause, ...]:
    """Return what other words ask for, at the item's place; places inside forms count from those words' start."""
    return tuple(
        Clause(item.span, None, clause.chain, tuple(Part(item.span, part.form) for part in clause.parts))
        for clause in read_clauses(words)
    )


def _opening(file: SourceFile, clauses: tuple[Clause, ...], item: Item) -> tuple[Clause, ...]:
    """A condition over lines needs no colon: "When something breaks" over what to do then."""
    one = clauses[0] if len(clauses) == 1 else None
    if one is None or one.condition is not None or [part.form for part in one.parts] != [None]:
        return clauses
    match = _BARE_CONDITION.fullmatch(file.text, item.span.start, item.span.end)
    return (replace(one, condition=Span(*match.span("condition")), parts=()),) if match else clauses
