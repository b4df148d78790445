"""A routine as a flowchart, drawn by Mermaid: steps, the answers and outcomes that lead to them, and every jump."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from typing import Final

from bythebook.routine.model import (
    Ask,
    Condition,
    ConditionKind,
    Goto,
    HandOver,
    Line,
    QuestionKind,
    Repeat,
    Routine,
    Step,
)

NODE_CHARACTERS_MAX: Final = 60
EDGE_CHARACTERS_MAX: Final = 40


def as_mermaid(routine: Routine) -> str:
    """Return a flowchart of the steps, as Mermaid draws it."""
    rows = ["flowchart TD"]
    rows += [f'    step{index}["{_node(step)}"]' for index, step in enumerate(routine.steps)]
    place = {line.label: index for index, step in enumerate(routine.steps) for line in step.lines}
    place |= {step.label: index for index, step in enumerate(routine.steps)}
    plain = [index for index, step in enumerate(routine.steps) if step.condition is None]
    for index, step in enumerate(routine.steps):
        rows += _into(index, step.condition, place)
        rows += _jumps(index, step, place)
        following = next((after for after in plain if after > index), None)
        if following is not None and not _leaves(step):
            rows.append(f"    step{index} {'-- no ' if _closes(step) else ''}--> step{following}")
    return "\n".join(rows)


def _into(index: int, condition: Condition | None, place: dict[str, int]) -> Iterator[str]:
    if condition is None:
        return
    if condition.question in place:
        yield f'    step{place[condition.question]} -- "{_escaped(condition.name)}" --> step{index}'
    elif condition.kind is ConditionKind.REPORT:
        yield f'    word(["somebody says so"]) -. "{_escaped(condition.text)}" .-> step{index}'
    elif index > 0:
        yield f'    step{index - 1} -- "{_escaped(condition.text)}" --> step{index}'


def _jumps(index: int, step: Step, place: dict[str, int]) -> Iterator[str]:
    for line in step.lines:
        match line.instruction:
            case Goto(target=target) if target in place:
                yield f"    step{index} {_edge(line, step)}--> step{place[target]}"
            case Repeat(target=target, times=times) if target in place:
                yield f'    step{index} -. "{times} times at most" .-> step{place[target]}'
            case HandOver():
                yield f'    step{index} {_edge(line, step)}--> human(["a human"])'
            case _:
                pass


def _edge(line: Line, step: Step) -> str:
    above = step.line(line.parent or "")
    condition = line.condition or (above.condition if above is not None else None)
    if condition is None:
        return ""
    words = textwrap.shorten(condition.name, EDGE_CHARACTERS_MAX, placeholder=" …")
    return f'-- "{_escaped(words)}" '


def _leaves(step: Step) -> bool:
    """Tell whether the step's last line always goes on elsewhere."""
    last = step.lines[-1] if step.lines else None
    always = last is not None and last.parent is None and last.condition is None and step.condition is None
    return last is not None and always and isinstance(last.instruction, Goto | HandOver)


def _closes(step: Step) -> bool:
    return any(
        isinstance(line.instruction, Ask) and line.instruction.kind is QuestionKind.ANYTHING_ELSE
        for line in step.lines
    )


def _node(step: Step) -> str:
    text = step.text if step.line(step.label) or step.condition is None else f"If {step.condition.text}"
    lines = ", ".join(line.label for line in step.lines if line.label != step.label)
    shown = textwrap.shorten(text, NODE_CHARACTERS_MAX, placeholder=" …")
    return _escaped(f"{step.label}. {shown}") + (f"<br/>{_escaped(lines)}" if lines else "")


def _escaped(text: str) -> str:
    return text.replace("&", "#amp;").replace('"', "#quot;").replace("<", "#lt;").replace("`", "#96;")
