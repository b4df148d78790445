"""The document that an article becomes: the article as it is, a routine in the house form, and its functions.

The routine is a frame: what to ask, the cases, the calls, and lines that say what their author has yet to word. With
`quoting` the article's own sentences stand in their places instead.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

from bythebook.compiler.drift.sentences import Sentence
from bythebook.compiler.scaffold.cases import Case, Cases, cases_of
from bythebook.compiler.scaffold.needs import FUNCTIONS_MAX, Need, needs_of
from bythebook.compiler.scaffold.sections import FURNITURE, Section, furniture, sections_of, title_of
from bythebook.routine.model import RESOLUTION_FUNCTION
from bythebook.source.span import SourceFile

THANKS: Final = "Thank you for reaching out!"
CLOSING: Final = "Is there anything else I can assist you with today?"
LETTERS: Final = "abcdefghijklmnopqrstuvwxyz"
SENTENCES_MAX: Final = len(LETTERS) - 3
"""Sentences of one case that become lines."""

_NUMERAL: Final = re.compile(r"- i+\. ")
_YES_NO: Final = re.compile(r"(?:yes|no)[,:;.!]? (?P<rest>\S.*)$", re.I | re.S)


@dataclass(frozen=True, slots=True)
class Plan:
    """What the routine is made of: all that was found in the article."""

    title: str
    article: str
    sections: tuple[Section, ...]
    cases: Cases
    needs: tuple[Need, ...]
    furniture: tuple[Sentence, ...]
    quoting: bool

    @property
    def questions(self) -> tuple[str, ...]:
        """The article's headings and questions that have an answer."""
        return tuple(section.question for section in self.sections if section.head is not None and section.sentences)

    def needs_in(self, sections: Sequence[Section]) -> tuple[Need, ...]:
        """Return the functions that sentences of these sections speak for."""
        inside = {sentence for section in sections for sentence in section.sentences}
        return tuple(need for need in self.needs if need.sentence in inside)


def plan_of(file: SourceFile, name: str, title: str, *, quoting: bool) -> Plan:
    """Return what an article's routine is to be made of; `name` is that of its file, `title` what its author says."""
    sections = sections_of(file)
    sentences = [one for section in sections for one in section.sentences if not FURNITURE.match(one.text)]
    return Plan(
        title=title or title_of(file, sections, name),
        article=file.text.strip("\n"),
        sections=sections,
        cases=cases_of(sections),
        needs=needs_of(sentences)[:FUNCTIONS_MAX],
        furniture=furniture(sections),
        quoting=quoting,
    )


def document_text(plan: Plan) -> str:
    """Return the document."""
    parts = [f"## {plan.title}", "### Solution", plan.article, "### Routine", *_steps(plan), "---", *_functions(plan)]
    return "\n\n".join(parts) + "\n"


def question_of(cases: Sequence[Case]) -> str:
    """Return what is asked to tell the cases apart."""
    return f"{THANKS} Could you please specify whether you need help with {_either([case.name for case in cases])}?"


def _steps(plan: Plan) -> Iterator[str]:
    number = 1
    if plan.cases.asked:
        yield f'1. Thank the customer and ask for clarification:\n\n   a. "{question_of(plan.cases.asked)}"'
    else:
        yield f'1. Thank the customer:\n\n   a. "{THANKS}"'
        number += 1
        main = next((section for section in plan.cases.rest if section.sentences), None)
        sections = (main,) if main is not None else ()
        yield "\n".join([f"{number}. Explain what the customer came for:", *_lines(plan, plan.title, sections)])
    for case in plan.cases.asked:
        number += 1
        head = f"{number}. If the customer needs help with {case.name}, then:"
        yield "\n".join([head, *_lines(plan, case.name, case.sections)])
    for case in plan.cases.reported:
        number += 1
        owns = case.name.startswith("'s ")
        head = f"{number}. If the customer{'' if owns else ' '}{case.name}, then:"
        yield "\n".join([head, *_lines(plan, "this", case.sections)])
    for need in _elsewhere(plan):
        number += 1
        lines = _letters(_acting(need) if need.acts else _telling(need))
        yield "\n".join([f"{number}. If the customer asks for {need.wish}, then:", *lines])
    yield f'{number + 1}. Ask the customer if there is anything else you can assist with:\n   - "{CLOSING}"'
    yield f"{number + 2}. Call the `{RESOLUTION_FUNCTION}` function."


def _elsewhere(plan: Plan) -> tuple[Need, ...]:
    """Return the needs that belong to no case."""
    rest = plan.cases.rest
    main = next((section for section in rest if section.sentences), None)
    return plan.needs_in([section for section in rest if plan.cases.asked or section is not main])


_Entry: TypeAlias = tuple[str, tuple[str, ...]]
"""A lettered line, and what stands under it."""


def _lines(plan: Plan, about: str, sections: Sequence[Section]) -> list[str]:
    needs = plan.needs_in(sections)
    sentences = [one for section in sections for one in section.sentences if not FURNITURE.match(one.text)]
    telling = {need.sentence: need for need in needs if not need.acts}
    acting = [entry for need in needs if need.acts and not need.hangs for entry in _acting(need)]
    if plan.quoting:
        said: list[_Entry] = []
        for sentence, words in _spoken(sentences)[:SENTENCES_MAX]:
            said += _telling(telling[sentence]) if sentence in telling else [(_quoted(words), ())]
        return [*_letters([*said, *acting]), *_hanging(needs)]
    left = [sentence for sentence in sentences if sentence not in telling]
    todo = [(f"Tell the customer what the article says about {about}.", _suggested(left))] if left else []
    given = [entry for need in telling.values() for entry in _telling(need)]
    return [*_letters([*todo, *given, *acting]), *_hanging(needs)]


def _hanging(needs: Sequence[Need]) -> list[str]:
    """Return, as comments, what is done only where something holds: its author says where."""
    return [
        f'   <!-- To do: `{need.function}` may be needed where this holds: "{_bare(need.sentence.text)}" -->'
        for need in needs
        if need.acts and need.hangs
    ]


def _spoken(sentences: Sequence[Sentence]) -> list[tuple[Sentence, str]]:
    """Return sentences as they are said: the points of a list, which end nowhere, with the words over them."""
    found: list[tuple[Sentence, str]] = []
    for sentence in sentences:
        point = sentence.text[-1:] not in ".!?:" or sentence.text.endswith("etc.")
        if found and point and (found[-1][1].endswith(":") or "; " in found[-1][1] or ": " in found[-1][1]):
            first, before = found.pop()
            found.append(
                (first, f"{before} {sentence.text}" if before.endswith(":") else f"{before}; {sentence.text}")
            )
        else:
            found.append((sentence, sentence.text))
    return found


def _bare(text: str) -> str:
    return text.replace("-->", "→").replace('"', "'")


def _telling(need: Need) -> list[_Entry]:
    return [(_quoted(need.sentence.text), (f"- i. Call the `{need.function}` function.",))]


def _acting(need: Need) -> list[_Entry]:
    under = (f"- i. Call the `{need.function}` function.", f"- ii. Inform the customer that {need.told}.")
    return [
        (f"Ask the customer if they would like {need.offer}.", ()),
        ("If the customer agrees, then:", under),
    ]


def _quoted(words: str) -> str:
    """Return words as a line: without the yes or no that answered a question, and without quotation marks inside."""
    answered = _YES_NO.match(words)
    if answered:
        words = answered["rest"][0].upper() + answered["rest"][1:]
    words = words.replace('"', "'").replace("“", "‘").replace("”", "’")
    return f'Inform the customer: "{words}"'


def _suggested(sentences: Sequence[Sentence]) -> tuple[str, ...]:
    """Return a comment with the article's sentences as lines, to be taken over."""
    lines = zip(LETTERS, _spoken(sentences), strict=False)
    rows = [f"{letter}. {_quoted(words)}".replace("-->", "→") for letter, (_, words) in lines]
    return ("<!-- To do: word line a yourself, or put lines like these in its place.", *rows, "-->")


def _letters(entries: Sequence[_Entry]) -> list[str]:
    found: list[str] = []
    for letter, (words, under) in zip(LETTERS, entries, strict=False):
        found.append(f"   - {letter}. {words}")
        indent = "   " if under and under[0].startswith("<!--") else "     "
        # After h comes i: there a numeral would be read as the next letter.
        found += [f"{indent}{_NUMERAL.sub('- ', row) if letter >= 'h' else row}" for row in under]
    return found


def _functions(plan: Plan) -> Iterator[str]:
    yield "**Function Definitions:**"
    for need in plan.needs:
        yield _function(need.function, need.purpose)
    yield _function(RESOLUTION_FUNCTION, "Finalizes the case and marks it as resolved.")


def _function(name: str, purpose: str) -> str:
    return f"- `{name}`:\n  - **Purpose**: {purpose}\n  - **Parameters**: None."


def _either(names: Sequence[str]) -> str:
    return f"{', '.join(names[:-1])} or {names[-1]}" if len(names) > 1 else "".join(names)
