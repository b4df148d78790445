"""What lines do and what decides conditions, in a few words and the document's own: for whoever reads beside it."""

from __future__ import annotations

import json

from bythebook.routine.model import (
    All,
    Any,
    Ask,
    Call,
    Collect,
    Compare,
    Condition,
    ConditionKind,
    Goto,
    Group,
    HandOver,
    Instruction,
    Leave,
    Not,
    Outcome,
    QuestionKind,
    Repeat,
    Routine,
    Say,
    Test,
    Told,
)


def does(instruction: Instruction, words: str) -> str:
    """Return what an instruction does, in a few words and the document's own."""
    match instruction:
        case Say(text=None):
            return f"says, in words to be approved: {words}"
        case Say(text=text):
            return f"says “{text}”"
        case Ask(text=None, kind=QuestionKind.ANYTHING_ELSE):
            return f"asks whether there is anything else: {words}"
        case Ask(text=None) | Collect(text=None):
            return f"asks, in words to be approved: {words}"
        case Ask(text=text, kind=QuestionKind.ANYTHING_ELSE):
            return f"asks, to close: “{text}”"
        case Ask(text=text) | Collect(text=text):
            return f"asks “{text}”"
        case Call(function=function, arguments=arguments):
            return f"calls {function}({', '.join(arguments)})"
        case Group():
            return words
        case Goto() | Leave() | Repeat():
            return _leads(instruction)
        case HandOver(reason=reason, by_hand=True):
            return f"waits for a human, who does it and hands the case back: {reason}"
        case HandOver(reason=reason):
            return f"hands the case to a human: {reason}"


def _leads(instruction: Goto | Leave | Repeat) -> str:
    match instruction:
        case Goto(target=target, returns=returns):
            return f"goes on at {target}{', and comes back' if returns else ''}"
        case Leave():
            return "the path ends here"
        case Repeat(target=target, times=times):
            return f"does {target or 'what failed'} again, {times} time{'s' if times > 1 else ''} at most"


def why(label: str, condition: Condition, routine: Routine) -> str:
    """Return why a condition is of its kind, and what settles it."""
    match condition.kind:
        case ConditionKind.REPORT if condition.by_person:
            return f"what a person at the desk says decides it: the fact {condition.fact}"
        case ConditionKind.REPORT:
            return (
                "no question asks for it, so only the customer's word or a human's can make it hold; "
                f"at the desk: the fact {condition.fact}"
            )
        case ConditionKind.FAILURE:
            return "any call that failed for good decides it"
        case ConditionKind.OTHERWISE:
            return f"it holds when none of {', '.join(condition.instead_of)} does"
        case ConditionKind.RESULT if condition.found_at:
            return f"what a person finds out at line {condition.found_at} decides it: the fact {condition.fact}"
        case ConditionKind.RESULT | ConditionKind.FACT if condition.test is None:
            return "what a function returned decides it, and no outcome is bound to it yet"
        case ConditionKind.RESULT | ConditionKind.FACT:
            assert condition.test is not None
            return f"{tested(condition.test)} decides it"
        case ConditionKind.ANSWER if condition.answer not in ("", "yes", "no"):
            return f"the same answer to question {condition.question} as {condition.answer} decides it"
        case ConditionKind.ANSWER if condition.answer:
            return f"a {condition.answer} to question {condition.question} decides it; the fact {condition.fact}"
        case ConditionKind.ANSWER:
            others = _beside(label, condition, routine)
            told = f", and “{condition.name}” tells it from {' and '.join(others)}" if others else ""
            return f"question {condition.question} asks for it{told}; the fact {condition.fact}"


def _beside(label: str, condition: Condition, routine: Routine) -> list[str]:
    """Return the other places that the same question decides."""
    question = routine.line(condition.question or "")
    answers = question.instruction.answers if question and isinstance(question.instruction, Ask) else ()
    return [place_of(other, routine) for other in answers if other != label]


def place_of(label: str, routine: Routine) -> str:
    """Return a place as it is cited: step 2, line 2a."""
    step = routine.step(label)
    return f"step {label}" if step is not None and step.condition is not None else f"line {label}"


def name_of(label: str, routine: Routine) -> str:
    """Return the answer that a condition is, as its customer would name it."""
    step, line = routine.step(label), routine.line(label)
    for condition in (step.condition if step else None, line.condition if line else None):
        if condition is not None:
            return condition.answer or f"“{condition.name}”"
    return label


def tested(test: Test) -> str:
    """Return a test as an author would write it."""
    match test:
        case Outcome(function=function, name=name):
            return f"the outcome {name} of {function}"
        case Compare(name=name, operator=operator, value=value):
            return f"{name} {operator} {json.dumps(value, ensure_ascii=False)}"
        case Told(function=function, value=value):
            return f"{function} tells “{value}”"
        case Not(test=inner):
            return f"not ({tested(inner)})"
        case All(tests=tests):
            return " and ".join(f"({tested(one)})" if isinstance(one, Any) else tested(one) for one in tests)
        case Any(tests=tests):
            return " or ".join(tested(one) for one in tests)
