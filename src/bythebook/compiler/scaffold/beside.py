"""The files beside a new document: drafts of phrases, links, first examples, a first conversation test.

They are made from the compiled document, so that every label in them is one that it has.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Final

from bythebook.compiler.compile import Compiled
from bythebook.compiler.phrase_file import quoted, with_drafts
from bythebook.compiler.phrase_needs import PhraseFor, PhraseNeed, one_line, phrase_needs
from bythebook.compiler.problems import Problems
from bythebook.compiler.scaffold.document import THANKS, Plan
from bythebook.compiler.scaffold.needs import Need
from bythebook.compiler.sidecars import PHRASES_PATH, read_phrases
from bythebook.compiler.text import words_at
from bythebook.routine.model import Ask, Call, Collect, ConditionKind, Line, QuestionKind, Routine, Say, Step

_PHRASES_HEAD: Final = """\
# Wording for what the document asks to be said but does not quote. Drafts are said while the document is tried out;
# production says only what somebody has read and approved: bythebook phrases FOLDER --approve LABEL --as "Your Name"
"""
_RESULT_HEAD: Final = """
# How the result of `{name}` is told. The words in braces are the fields that the function returns in functions.py:
# when it does, take the # away.
# [function.{name}]
# text = {text}
# source = {source}
"""
_EXAMPLES_HEAD: Final = """\
# What customers say, by what they mean by it: five or more of each, in their words and not in yours. Messages from
# your inbox are best. `bythebook examples FOLDER` says where more are needed and which are too much alike.

[choices]
"""
_OFF_TOPIC: Final = """
# What people ask you that this document does not cover, and names of products that are not meant here:
# "other:off_topic" = [
#   "I forgot my password",
# ]

# Other names that customers have for the document's words:
# [glossary]
# "the document's word" = ["a customer's word", "another"]
"""
_TESTS_HEAD: Final = """\
# Conversations

Read them aloud: each says what a customer does and which lines are said then. Write the ones that matter to you.
docs/testing-documents.md lists what can stand here.
"""


def phrases_text(plan: Plan, compiled: Compiled) -> str:
    """Return `phrases.toml`: drafts, what is to be worded, and where the article's words point."""
    needs = [
        need
        for need in phrase_needs(compiled, read_phrases(None, Problems.of(PHRASES_PATH)))
        if need.kind is PhraseFor.LINE
    ]
    first = compiled.routine.steps[0]
    words = one_line(words_at(compiled.file, first.span))
    thanks = PhraseNeed(PhraseFor.LINE, first.label, words, first.span, None, THANKS)
    text = with_drafts(_PHRASES_HEAD, [thanks, *needs] if plan.cases.asked else needs)
    for need in plan.needs:
        if need.field:
            text += _RESULT_HEAD.format(name=need.function, text=_one_row(need.told), source=quoted(need.purpose))
    links = "".join(_links(plan, compiled.routine))
    return text + (f"\n# What words of the article point at.{links}" if links else "")


def _one_row(told: str) -> str:
    return quoted(told.replace("\n", " "))


def _links(plan: Plan, routine: Routine) -> Iterator[str]:
    texts = [topic.text for topic in routine.article.topics]
    for need in plan.needs:
        line = _giving(need, routine)
        if need.points and line is not None and any(need.words in text for text in texts):
            yield f'\n[[link]]\nwords = {quoted(need.words)}\nline = "{line.label}"\n'


def _giving(need: Need, routine: Routine) -> Line | None:
    """Return the line that leads to a function's call."""
    for line in routine.lines:
        if isinstance(line.instruction, Call) and line.instruction.function == need.function:
            return routine.line(line.parent) if line.parent is not None else line
    return None


def examples_text(plan: Plan, routine: Routine) -> str:
    """Return `examples.toml` with a few texts that are certain, and room for those that only its author knows."""
    rows = [f'# How do customers say that they come for "{plan.title}", and no more yet?\n{_choice("routine", [])}']
    for step in routine.conditional:
        condition = step.condition
        assert condition is not None
        if condition.kind is ConditionKind.ANSWER:
            rows.append(_choice(f"step:{step.label}", [f"I need help with {condition.name}"]))
        else:
            words = one_line(condition.text)
            rows.append(f"# What do customers say when {words}?\n" + _choice(f"step:{step.label}", []))
    return _EXAMPLES_HEAD + "\n".join(rows) + _OFF_TOPIC


def _choice(choice: str, texts: Sequence[str]) -> str:
    name = choice if choice.isidentifier() else quoted(choice)
    inside = "\n" + "".join(f"  {quoted(text)},\n" for text in texts) if texts else ""
    return f"{name} = [{inside}]\n"


def conversations_text(routine: Routine, button: Callable[[str], str]) -> str:
    """Return the first conversation test; `button` gives what a button for a condition's name shows."""
    parts = [_TESTS_HEAD]
    asking = next(iter(routine.questions(QuestionKind.WHICH)), None)
    if asking is None:
        steps = [step for step in routine.steps if step.condition is None]
        parts.append(f"### A greeting\nCustomer: hi\n{_said_in(steps, routine)}")
        return "\n".join(parts)
    parts.append(f"### A greeting\nCustomer: hi\nAssistant: {asking.label}\nCalls: nothing\n")
    for step in routine.conditional:
        condition = step.condition
        if condition is not None and condition.question == asking.label:
            label = button(condition.name)
            opening = f"### {label}\nCustomer: hi\nCustomer presses: {label}\n"
            parts.append(opening + _said_in([step], routine))
    return "\n".join(parts)


def _said_in(steps: Sequence[Step], routine: Routine) -> str:
    """Return what is said when these steps run, up to the first question, as a script writes it."""
    labels: list[str] = []
    calls: list[str] = []
    closing = routine.closing_question
    asked = False
    for line in (line for step in steps for line in step.lines):
        match line.instruction:
            case _ if line.condition is not None or _under_condition(line, routine):
                continue
            case Say():
                labels.append(line.label)
            case Call(function=function):
                calls.append(function)
            case Ask() | Collect():
                labels.append(line.label)
                asked = True
                break
            case _:
                continue
    if not asked and closing is not None:
        labels.append(closing.label)
    ends = closing is not None and labels[-1:] == [closing.label]
    end = "Customer: no\nAssistant: house:goodbye\nStatus: resolved\n" if ends else ""
    return f"Assistant: {', '.join(labels)}\nCalls: {', '.join(calls) or 'nothing'}\n{end}"


def _under_condition(line: Line, routine: Routine) -> bool:
    above = routine.line(line.parent) if line.parent is not None else None
    return above is not None and (above.condition is not None or _under_condition(above, routine))
