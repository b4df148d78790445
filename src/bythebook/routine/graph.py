"""A routine as a graph: what stands where, and where a case can go from there. Inert data; it is drawn elsewhere.

A line that hangs on a condition is where the walk looks at it: what holds goes on under it, what does not goes on
behind it. The answers of a which-question and what somebody reports are entered from where they are said.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Final, assert_never

from bythebook.routine.model import (
    STANDING,
    Ask,
    Call,
    Collect,
    Condition,
    ConditionKind,
    Goto,
    Group,
    HandOver,
    Instruction,
    Leave,
    Line,
    QuestionKind,
    Repeat,
    Routine,
    Say,
    Step,
)
from bythebook.source.span import SourceFile, Span

START: Final = "start"
HUMAN: Final = "human"
RESOLVED: Final = "resolved"
END: Final = "end"


class NodeKind(Enum):
    START = "start"
    """Where a case begins."""

    STEP = "step"
    """A step: what must hold for its lines to be carried out."""

    SAY = "say"
    ASK = "ask"
    COLLECT = "collect"
    CALL = "call"
    GROUP = "group"
    """It does nothing by itself: its condition, or its place, is for the lines under it."""

    JUMP = "jump"
    LEAVE = "leave"
    """The path ends."""

    REPEAT = "repeat"
    HAND_OVER = "hand over"
    HUMAN = "human"
    """A human has the case."""

    RESOLVED = "resolved"
    """The case is closed."""

    END = "end"
    """Nothing more is to be done, and the case waits for the customer."""


class EdgeKind(Enum):
    NEXT = "next"
    CONDITION = "condition"
    """Taken when the words of the edge hold."""

    OTHERWISE = "otherwise"
    """Taken when the condition of the line it leaves does not hold."""

    JUMP = "jump"
    LOOP = "loop"
    """Back to a line that was passed before."""

    HAND_OVER = "hand over"
    CLOSE = "close"
    """Nothing more is wanted, or the case is closed."""


@dataclass(frozen=True, slots=True)
class Node:
    """A step, a line, or an outcome."""

    id: str
    """`step:2`, `line:2e.i`, or the name of an outcome."""

    kind: NodeKind
    label: str
    """As a person cites it; empty for outcomes."""

    words: str
    """The document's own words, as one line."""

    text: str = ""
    """What is said or asked where it is quoted, the call as it is made, the label that is gone on at."""

    span: Span | None = None
    line: int | None = None
    """Where it stands in the document, from 1."""

    step: str | None = None
    """The label of the step that it is, or stands in."""

    parent: str | None = None
    """The label of the line that it stands under."""

    condition: Condition | None = None
    path: str | None = None
    """The path that a step stands in."""

    implied: bool = False
    """The document does not write it: it follows from what stands there."""


@dataclass(frozen=True, slots=True)
class Edge:
    """A way from one node to another."""

    source: str
    target: str
    kind: EdgeKind
    words: str = ""
    """The condition in the document's words, an answer, or a limit ("2 times at most")."""

    name: str = ""
    """The same in the few words that tell it from its siblings ("the API")."""


@dataclass(frozen=True, slots=True)
class Graph:
    """Nodes in document order, outcomes last; edges by the node that they leave."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]

    def leaving(self, node: str) -> tuple[Edge, ...]:
        """Return the edges that leave a node."""
        return tuple(edge for edge in self.edges if edge.source == node)


def step_id(label: str) -> str:
    """Return the id of a step's node."""
    return f"step:{label}"


def line_id(label: str) -> str:
    """Return the id of a line's node."""
    return f"line:{label}"


def graph_of(routine: Routine, file: SourceFile) -> Graph:
    """Return the graph of a routine; every step and line is a node, in time and size linear in the routine."""
    ways = _Edges(routine)
    edges = tuple(sorted(dict.fromkeys(ways.all()), key=lambda edge: ways.order.get(edge.source, -1)))
    reached = {edge.target for edge in edges}
    nodes = [Node(START, NodeKind.START, "", "A case begins")]
    for step in routine.steps:
        nodes.append(_step_node(step, file))
        nodes += [_line_node(line, step, file) for line in step.lines]
    outcomes = (
        Node(HUMAN, NodeKind.HUMAN, "", "A person has the case"),
        Node(RESOLVED, NodeKind.RESOLVED, "", "The case is resolved"),
        Node(END, NodeKind.END, "", "Nothing more is to be done"),
    )
    return Graph((*nodes, *(node for node in outcomes if node.id in reached)), edges)


def any_time(condition: Condition | None) -> bool:
    """Tell whether a customer's words can meet a condition at any time, wherever the walk is."""
    if condition is None:
        return False
    return condition.kind is ConditionKind.REPORT or (condition.kind is ConditionKind.ANSWER and not condition.answer)


def _walked(step: Step) -> bool:
    return not any_time(step.condition) and not step.label.startswith(STANDING)


def _step_node(step: Step, file: SourceFile) -> Node:
    number, _ = file.position(step.span.start)
    return Node(
        step_id(step.label),
        NodeKind.STEP,
        step.label,
        " ".join(step.text.split()),
        span=step.span,
        line=number,
        step=step.label,
        condition=step.condition,
        path=step.path,
    )


def _line_node(line: Line, step: Step, file: SourceFile) -> Node:
    number, _ = file.position(line.span.start)
    words = " ".join(file.slice(line.span).split())
    kind, text = _does(line.instruction)
    return Node(
        line_id(line.label),
        kind,
        line.label,
        words,
        text,
        span=line.span,
        line=number,
        step=step.label,
        parent=line.parent,
        condition=line.condition,
        implied=line.implied,
    )


def _does(instruction: Instruction) -> tuple[NodeKind, str]:
    match instruction:
        case Say(text=text):
            return NodeKind.SAY, text or ""
        case Ask(text=text):
            return NodeKind.ASK, text or ""
        case Collect(text=text):
            return NodeKind.COLLECT, text or ""
        case Call(function=function, arguments=arguments):
            return NodeKind.CALL, f"{function}({', '.join(arguments)})"
        case Group():
            return NodeKind.GROUP, ""
        case Goto(target=target):
            return NodeKind.JUMP, target
        case Leave():
            return NodeKind.LEAVE, ""
        case Repeat(target=target):
            return NodeKind.REPEAT, target
        case HandOver():
            return NodeKind.HAND_OVER, ""
        case _:
            assert_never(instruction)


@dataclass(frozen=True, slots=True)
class _Run:
    """Where the walk goes on behind a step: at the next one, or past the alternatives to it."""

    behind: str
    beyond: str
    chained: tuple[str, ...] = ()


class _Edges:
    """The ways through a routine, step by step."""

    def __init__(self, routine: Routine) -> None:
        self.routine = routine
        self.order: dict[str, int] = {}
        self.place: dict[str, str] = {}
        for step in routine.steps:
            self.place[step.label] = step_id(step.label)
            self.order[step_id(step.label)] = len(self.order)
            for line in step.lines:
                # A step that is its own line is come to by the step: its condition is looked at there.
                self.place.setdefault(line.label, line_id(line.label))
                self.order[line_id(line.label)] = len(self.order)
        self.resolution = routine.resolution
        self.ends: dict[str | None, str] = {}
        """By path: what comes behind it."""

    def all(self) -> Iterator[Edge]:
        """Return the edges, by the step that they leave."""
        skip: dict[str, str] = {}
        done: dict[str, str] = {}
        runs: dict[str | None, _Run] = {None: _Run(END, END)}
        for step in reversed(self.routine.steps):
            # A path ends before what comes next outside it.
            run = runs.setdefault(step.path, _Run(runs[None].behind, runs[None].behind))
            self.ends.setdefault(step.path, run.behind)
            skip[step.label] = run.behind
            done[step.label] = run.beyond if step.label in run.chained else run.behind
            if _walked(step):
                chained = step.condition.instead_of if step.condition is not None else ()
                runs[step.path] = _Run(step_id(step.label), done[step.label], chained)
        yield Edge(START, runs[None].behind, EdgeKind.NEXT)
        for step in self.routine.steps:
            yield from self._step(step, skip[step.label], done[step.label])

    def _step(self, step: Step, skip: str, done: str) -> Iterator[Edge]:
        own = step_id(step.label)
        children: dict[str | None, list[Line]] = {}
        for line in step.lines:
            children.setdefault(line.parent, []).append(line)
        top = children.get(None, [])
        first = line_id(top[0].label) if top else done
        condition = step.condition
        if condition is None:
            yield Edge(own, first, EdgeKind.NEXT)
        elif any_time(condition):
            question = self.place.get(condition.question or "")
            # Said by somebody, wherever the case is; or the answer of the question that asks for it.
            yield Edge(question or START, own, EdgeKind.CONDITION, condition.text, condition.name)
            yield Edge(own, first, EdgeKind.NEXT)
        else:
            yield _holds(own, first, condition)
            if condition.kind is not ConditionKind.OTHERWISE:
                yield Edge(own, skip, EdgeKind.OTHERWISE)
        yield from self._lines(top, children, done)

    def _lines(
        self, beside: Sequence[Line], children: Mapping[str | None, Sequence[Line]], behind: str
    ) -> Iterator[Edge]:
        """Return the edges of lines that stand beside each other, and of all that stand under them."""
        beyond = behind
        chained: tuple[str, ...] = ()
        for at in range(len(beside) - 1, -1, -1):
            line = beside[at]
            skip = line_id(beside[at + 1].label) if at + 1 < len(beside) else behind
            # Behind an alternative that was taken, those after it are passed over.
            done = beyond if line.label in chained else skip
            if line.label not in chained:
                beyond = skip
            yield from self._line(line, children.get(line.label, ()), skip, done)
            yield from self._lines(children.get(line.label, ()), children, done)
            chained = line.condition.instead_of if line.condition is not None else ()

    def _line(self, line: Line, under: Sequence[Line], skip: str, done: str) -> Iterator[Edge]:
        own, condition = line_id(line.label), line.condition
        onward = line_id(under[0].label) if under else done
        yield from self._what(line, onward, condition if under else None)
        handed = isinstance(line.instruction, HandOver) and not line.instruction.by_hand
        away = handed or isinstance(line.instruction, Leave) or line == self.resolution
        leaves = away or (isinstance(line.instruction, Goto) and not line.instruction.returns)
        if condition is not None and condition.kind is not ConditionKind.OTHERWISE and (leaves or onward != skip):
            yield Edge(own, skip, EdgeKind.OTHERWISE)

    def _what(self, line: Line, onward: str, over: Condition | None) -> Iterator[Edge]:
        """Return the ways that a line itself takes; `over` is its condition where lines stand under it."""
        own, condition = line_id(line.label), line.condition
        words, name = (condition.text, condition.name) if condition is not None else ("", "")
        match line.instruction:
            case Goto(target=target, returns=returns):
                yield self._jump(own, target, words, name)
                if returns:
                    yield Edge(own, onward, EdgeKind.NEXT)
            case Leave():
                step = self.routine.step_of(line.label)
                yield Edge(own, self.ends.get(step.path if step is not None else None, END), EdgeKind.NEXT)
            case Repeat(target=target, times=times):
                yield self._jump(own, target, f"{times} times at most" if times > 1 else "once", "")
                yield Edge(own, onward, EdgeKind.NEXT)
            case HandOver(by_hand=by_hand):
                yield Edge(own, HUMAN, EdgeKind.HAND_OVER, words, name)
                if by_hand:
                    yield Edge(own, onward, EdgeKind.NEXT)
            case Ask(kind=QuestionKind.ANYTHING_ELSE) if self.resolution is not None:
                yield Edge(own, line_id(self.resolution.label), EdgeKind.CLOSE, "no", "no")
            case Call() if line == self.resolution:
                yield Edge(own, RESOLVED, EdgeKind.CLOSE, words, name)
            case Ask(kind=QuestionKind.WHICH, answers=answers) if self._lead_to_steps(answers):
                return  # each answer is an edge of its own, to the step that it leads to
            case Say() | Ask() | Collect() | Call() | Group():
                yield _holds(own, onward, over) if over is not None else Edge(own, onward, EdgeKind.NEXT)
            case _:
                assert_never(line.instruction)

    def _lead_to_steps(self, answers: Sequence[str]) -> bool:
        return bool(answers) and all(self.place.get(label) == step_id(label) for label in answers)

    def _jump(self, source: str, target: str, words: str, name: str) -> Edge:
        there = self.place.get(target, END)
        loops = self.order.get(there, len(self.order)) <= self.order[source]
        return Edge(source, there, EdgeKind.LOOP if loops else EdgeKind.JUMP, words, name)


def _holds(source: str, target: str, condition: Condition) -> Edge:
    words = "otherwise" if condition.kind is ConditionKind.OTHERWISE else condition.text
    return Edge(source, target, EdgeKind.CONDITION, words, condition.name)
