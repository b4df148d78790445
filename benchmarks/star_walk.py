"""What a person at the desk does next, by a compiled routine and what was said: the rule that `star.py` measures.

The routine comes from the compiler (questions, lines to say, calls, conditions with their jumps) and a customer's
words from the reader: clauses, the lexicon of acts, dates, likeness with the encoder. What is here and nowhere in the
product is the rule over them, and the patterns of the values that a placeholder names, since a routine that is *run*
needs no guess at what comes next:

- after a result, the condition on results that has most of its fields right;
- after a greeting, the first line; after a farewell, the last;
- after words at a question, the way its answers lead, past every question that was answered already: by being asked,
  or because the values it takes were said (as many times, dates, numbers, names as there are questions for them);
- at a choice, the answer most like the words, yes and no counted; an answer that names a field of the result is
  compared with that field;
- after a line that ends a branch, new wishes lead back to the call before it, pleasantries to the closing question.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from star_values import Heard, count_of, fields, heard, values_in

from bythebook.compiler.flows import compile_documents
from bythebook.engine.choice import AFFIRM, DENY, GOODBYE, GREETING, THANKS
from bythebook.reading import lexicon
from bythebook.reading.common import content_words, stem
from bythebook.reading.encoder import Encoder
from bythebook.reading.likeness import Likeness
from bythebook.reading.matching import core
from bythebook.routine.model import Ask, Call, Collect, ConditionKind, Goto, QuestionKind, Say
from bythebook.source.span import SourceFile

Event = Mapping[str, str | None]

_COMMENT: Final = re.compile(r"[ \t]*<!--[ \t]*(.*?)[ \t]*-->")
_PLACEHOLDER: Final = re.compile(r"\[([A-Z_]+)\]")


@dataclass(frozen=True, slots=True)
class Edge:
    """An answer or a result, and the step it leads to."""

    words: str
    of_result: bool
    target: str


@dataclass(frozen=True, slots=True)
class Stop:
    """A step that does something: the action, and what may follow."""

    label: str
    action: str
    calls: bool
    text: str
    closing: bool
    edges: tuple[Edge, ...]

    @property
    def takes(self) -> frozenset[str]:
        """The placeholders of its answers: kinds of values."""
        return frozenset(kind for edge in self.edges for kind in _PLACEHOLDER.findall(edge.words))

    @property
    def optional(self) -> bool:
        """A question whose answers all lead on to the same step, and one of them is a no."""
        same = len({edge.target for edge in self.edges}) == 1
        return (
            len(self.edges) > 1 and same and bool(self.takes) and any(DENY in heard(e.words).acts for e in self.edges)
        )


def read_routine(name: str, text: str) -> tuple[Stop, ...]:
    """Compile a routine without its comments; a comment on a line only names the line's action, for scoring."""
    named = {number: found[1] for number, line in enumerate(text.split("\n")) if (found := _COMMENT.search(line))}
    file = SourceFile.of(name, _COMMENT.sub("", text))
    stops = []
    for step in compile_documents(file)[0].routine.steps:
        does = step.lines[0].instruction
        action = named.get(file.position(step.span.start)[0] - 1, "")
        edges = tuple(
            Edge(
                line.condition.name or line.condition.text,
                line.condition.kind is ConditionKind.RESULT,
                line.instruction.target,
            )
            for line in step.lines
            if line.condition is not None and isinstance(line.instruction, Goto)
        )
        match does:
            case Call():
                stops.append(Stop(step.label, does.function, True, "", False, edges))
            case Ask():
                closing = does.kind is QuestionKind.ANYTHING_ELSE
                stops.append(Stop(step.label, action, False, does.text or "", closing, edges))
            case Say() | Collect():
                stops.append(Stop(step.label, action, False, does.text or "", False, edges))
            case _:
                stops.append(Stop(step.label, "", False, "", False, edges))
    return tuple(stops)


class Walk:
    """A routine, and where one stands in it."""

    def __init__(self, stops: Sequence[Stop], encoder: Encoder | None) -> None:
        self._stops = [stop for stop in stops if stop.action]
        self._by_label = {stop.label: stop for stop in self._stops}
        self._by_action = {stop.action: stop for stop in reversed(self._stops)}
        self._first = self._stops[0]
        says = [stop for stop in self._stops if not stop.calls]
        self._bye = next((stop for stop in reversed(says) if GOODBYE in heard(stop.text).acts), says[-1])
        self._closing = next((stop for stop in says if stop.closing), self._bye)
        self._calls = {stop.action for stop in self._stops if stop.calls}
        self._outcomes = {edge.target for stop in self._stops if stop.calls for edge in stop.edges}
        self._known = frozenset(
            stem(word) for stop in stops for text in (stop.text, *(edge.words for edge in stop.edges))
            for part in heard(text).content for word in content_words(part)
        )  # fmt: skip
        self._likeness = {
            stop.label: Likeness([core(edge.words) for edge in self._ways(stop)], encoder)
            for stop in self._stops
            if self._ways(stop)
        }

    def next_action(self, events: Sequence[Event], previous: str) -> str:
        """Return the action that comes next, after the action `previous` and all events."""
        stand = self._by_action.get(previous)
        last = str(events[-1]["text"])
        if events[-1]["by"] != "User":
            call = stand if stand is not None and stand.calls else self._last_call(events)
            return self._after_result(call, last).action
        if stand is not None and stand.calls:
            results = [str(event["text"]) for event in events if event["by"] == "KnowledgeBase"]
            stand = self._after_result(stand, results[-1]) if results else stand
        return self._after_words(events, previous, stand).action

    def _after_words(self, events: Sequence[Event], previous: str, stand: Stop | None) -> Stop:
        said = heard(str(events[-1]["text"]))
        if not previous and not said.content and not said.acts - {GREETING}:
            return self._first
        if GOODBYE in said.acts:
            return self._bye
        if stand is None and previous:  # an action that the routine does not have
            if not said.content and any(event["action"] in self._calls for event in events):
                return self._bye
            known = [str(event["action"]) for event in events if event["action"] in self._by_action]
            stand = self._by_action[known[-1]] if known else None
        if stand is None or stand is self._first:
            return self._onward(self._follow(self._first), events)
        if stand is self._closing:
            more = said.content and DENY not in said.acts and THANKS not in said.acts
            return self._last_call(events) if more else self._bye
        if self._asks_value(stand):
            return self._onward(self._follow(stand), events)
        ways = self._ways(stand)
        if len({edge.target for edge in ways}) > 1:
            return self._chosen(stand, events)
        if said.content and not said.acts & {THANKS, DENY}:
            return self._call_before(stand)
        return self._follow(stand) if ways else self._closing

    def _chosen(self, stand: Stop, events: Sequence[Event]) -> Stop:
        """The way that the words choose among several."""
        text, ways = str(events[-1]["text"]), self._ways(stand)
        by_field = self._by_field(ways, text, events)
        if by_field is not None:
            return by_field
        said = heard(text)
        likeness = self._likeness[stand.label].to(core(text))[0].tolist()
        scores = [like + _agreement(said, heard(edge.words)) for like, edge in zip(likeness, ways, strict=True)]
        return self._by_label[ways[scores.index(max(scores))].target]

    def _by_field(self, ways: Sequence[Edge], text: str, events: Sequence[Event]) -> Stop | None:
        """Where an answer stands for a field of the last result, whether it was said."""
        results = [str(event["text"]) for event in events if event["by"] == "KnowledgeBase"]
        found = {name.upper(): value for name, value in fields(results[-1]).items()} if results else {}
        kinds = [(edge, kind) for edge in ways for kind in _PLACEHOLDER.findall(edge.words)]
        named = [(edge, found[kind]) for edge, kind in kinds if kind in found]
        other = [edge for edge, kind in kinds if kind not in found]
        if not named or not other:
            return None
        plain = [edge for edge in ways if not _PLACEHOLDER.search(edge.words)]
        if lexicon.is_undecided(core(text)) and plain:
            return self._by_label[plain[0].target]
        wanted, said = (set(re.findall(r"\w+", one.lower())) for one in (named[0][1], text))
        return self._by_label[(named[0][0] if 2 * len(wanted & said) >= max(1, len(wanted)) else other[0]).target]

    def _after_result(self, call: Stop, result: str) -> Stop:
        """The way whose fields the result has."""
        got = fields(result)
        best, most = self._follow(call), float("-inf")
        for edge in call.edges:
            if edge.of_result and edge.target in self._by_label:
                score = sum(_field_score(name, value, got) for name, value in fields(edge.words).items())
                if score > most:
                    best, most = self._by_label[edge.target], score
        return best

    def _onward(self, stop: Stop, events: Sequence[Event]) -> Stop:
        """The first step from here that is still to do: a question that was answered is passed over."""
        for _ in self._stops:
            if not self._asks_value(stop) or not (stop.optional or self._answered(stop, events)):
                break
            stop = self._follow(stop)
        return stop

    def _answered(self, stop: Stop, events: Sequence[Event]) -> bool:
        question, texts = "", []
        for event in events:
            if event["by"] == "Wizard":
                question = str(event["action"] or question)
            elif event["by"] == "User":
                if question == stop.action:
                    return True
                texts.append(self._without_answer(question, str(event["text"])))
        values = values_in(".\n".join(texts), self._known)
        for kind in stop.takes:
            alike = [one for one in self._stops if self._asks_value(one) and kind in one.takes]
            if count_of(kind, values) > alike.index(stop):
                return True
        return False

    def _without_answer(self, question: str, text: str) -> str:
        """A reply without the first name in it, where a name was asked for: it is no place besides."""
        asked = self._by_action.get(question)
        if asked is None or "NAME" not in asked.takes:
            return text
        return re.sub(r"^\W*(?:[A-Z][a-z]+)\b", "", text, count=1)

    def _asks_value(self, stop: Stop) -> bool:
        """A question on the way to a call."""
        if stop.calls or stop in (self._first, self._closing, self._bye) or stop.label in self._outcomes:
            return False
        return bool(stop.edges) and (bool(stop.takes) or stop.text.rstrip().endswith("?"))

    def _ways(self, stop: Stop) -> tuple[Edge, ...]:
        """What may be answered; a question that says nothing of its answers takes those of one beside it."""
        ways = tuple(edge for edge in stop.edges if edge.target in self._by_label and not edge.of_result)
        if ways or not stop.text.rstrip().endswith("?"):
            return ways
        last = stop.text.rstrip().rpartition(". ")[2]
        beside = [one for one in self._stops if one.text.rstrip().endswith(last) and one.edges]
        return self._ways(beside[0]) if beside else ()

    def _follow(self, stop: Stop) -> Stop:
        """Where its first way leads, or the step after it."""
        for edge in (*self._ways(stop), *stop.edges):
            if edge.target in self._by_label:
                return self._by_label[edge.target]
        at = self._stops.index(stop)
        return self._stops[min(at + 1, len(self._stops) - 1)]

    def _call_before(self, stop: Stop) -> Stop:
        at = self._stops.index(stop)
        calls = [one for one in self._stops[:at] if one.calls] or [one for one in self._stops if one.calls]
        return calls[-1] if calls else self._follow(stop)

    def _last_call(self, events: Sequence[Event]) -> Stop:
        made = [self._by_action[str(e["action"])] for e in events if e["action"] in self._by_action]
        made = [stop for stop in made if stop.calls]
        return made[-1] if made else next((stop for stop in self._stops if stop.calls), self._first)


def _field_score(name: str, value: str, got: Mapping[str, str]) -> float:
    """How well a field of a condition fits a result: 1 the same, less for words in common, a little for any value."""
    if name == "APIName":
        return 0.0
    if name not in got:
        return -0.3
    if _PLACEHOLDER.fullmatch(value):
        return 0.1
    one, two = set(value.lower().split()), set(got[name].lower().split())
    return 1.0 if one == two else len(one & two) / max(1, len(one | two)) - 0.5


def _agreement(said: Heard, answer: Heard) -> float:
    """Yes with yes, no with no, thanks with thanks; yes against no counts as much against."""
    same = len(said.acts & answer.acts & {AFFIRM, DENY, THANKS})
    against = (AFFIRM in said.acts and DENY in answer.acts) + (DENY in said.acts and AFFIRM in answer.acts)
    return 0.5 * (same - against)
