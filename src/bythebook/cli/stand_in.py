"""Functions that are not bound yet: whoever tries the document out is asked for their result."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final, TextIO

from bythebook.adapters.bound_functions import BoundFunctions
from bythebook.adapters.dry_run import DryRun
from bythebook.engine.render import holes_of
from bythebook.routine.compared import leaves
from bythebook.routine.model import Call, Collect, Compare, Line, Routine, Step
from bythebook.routine.value import Scalar, Values, fixed_value
from bythebook.routine.wording import Release
from bythebook.service.ports import FunctionFailure, Functions

_SAID: Final = {"yes": True, "true": True, "y": True, "no": False, "false": False, "n": False}


@dataclass
class StandIn:
    """Asks the tester, field by field where a phrase or a condition names fields."""

    source: TextIO
    out: TextIO
    releases: Sequence[Release] = ()
    """The documents that call: their phrases name the fields that are asked for."""

    dry: bool = False
    """Functions with effects are not called: what would be sent is shown, and the tester answers for them."""

    before: Callable[[], None] = field(default=lambda: None)
    """Done before the tester is asked: shows what the customer has got so far."""

    def behind(self, bound: BoundFunctions) -> Functions:
        """Return functions that call what is bound and ask for the rest."""
        return _Asking(self, bound, DryRun(self._show, self._answer).behind(bound) if self.dry else bound)

    def _show(self, words: str) -> None:
        self.before()
        print(f"  [{words}\n  you answer for it; an empty line lets it fail]", file=self.out)

    def _answer(self, function: str, arguments: Values) -> Values:
        return {} if self.resolves(function) else self.fields(function)

    def resolves(self, function: str) -> bool:
        """Whether the function ends a case: it needs no answer."""
        return any(release.routine.resolution_function == function for release in self.releases)

    def ask(self, function: str, arguments: Values) -> Values:
        """Return the result that the tester gives; an empty answer lets the call fail."""
        self.before()
        given = ", ".join(f"{name}={value!r}" for name, value in arguments.items())
        print(f"  [{function}({given}) is not bound: you answer for it; an empty line lets it fail]", file=self.out)
        return self.fields(function)

    def fields(self, function: str) -> Values:
        """Return the fields of a result, as the tester gives them."""
        told = (release.wording.functions.get(function) for release in self.releases)
        phrase = next((phrase for phrase in told if phrase is not None), None)
        compared = {name: value for release in self.releases for name, value in _compared(release.routine, function)}
        names = dict.fromkeys((*(holes_of(phrase.text) if phrase is not None else ()), *compared)) or ("result",)
        given = {name: self._field(name) for name in names}
        return {name: _as(answer, compared.get(name, "")) for name, answer in given.items()}

    def _field(self, name: str) -> str:
        print(f"  {name}: ", end="", file=self.out, flush=True)
        answer = self.source.readline().strip()
        if not answer:
            raise FunctionFailure("the tester let it fail")
        return answer


def _compared(routine: Routine, function: str) -> Iterator[tuple[str, Scalar]]:
    """Yield the fields that conditions compare behind the function's call, each with a value it is compared with."""
    asking = (line.instruction for line in routine.lines if isinstance(line.instruction, Collect))
    asked = {slot.name for collect in asking for slot in collect.slots}
    called = ""
    for step in routine.steps:
        holders: tuple[Step | Line, ...] = (step, *step.lines)
        for holder in holders:
            test = holder.condition.test if holder.condition is not None else None
            for leaf in leaves(test) if test is not None and called == function else ():
                if isinstance(leaf, Compare) and leaf.name not in asked:
                    yield leaf.name, leaf.value
            if isinstance(holder, Line) and isinstance(holder.instruction, Call):
                called = holder.instruction.function


def _as(answer: str, like: Scalar) -> Scalar:
    """Return an answer as the kind of value that it is compared with: "yes" as true, "12" as a number."""
    if isinstance(like, bool):
        return _SAID.get(answer.casefold(), answer)
    fixed = fixed_value(answer) if isinstance(like, int | float) else None
    return fixed[1] if fixed is not None and not fixed[0] else answer


@dataclass(frozen=True, slots=True)
class Nothing:
    """Stands in where nobody can be asked: what is not bound returns no fields."""

    bound: BoundFunctions
    shut: Callable[[BoundFunctions], Functions] | None = None
    """What keeps functions with effects from being called."""

    def call(self, function: str, arguments: Values, key: str) -> Values:
        """Call what is bound; return nothing for the rest."""
        functions = self.shut(self.bound) if self.shut is not None else self.bound
        return functions.call(function, arguments, key) if function in self.bound.signatures else {}


@dataclass(frozen=True, slots=True)
class _Asking:
    asking: StandIn
    bound: BoundFunctions
    behind: Functions

    def call(self, function: str, arguments: Values, key: str) -> Values:
        if function in self.bound.signatures:
            return self.behind.call(function, arguments, key)
        return {} if self.asking.resolves(function) else self.asking.ask(function, arguments)
