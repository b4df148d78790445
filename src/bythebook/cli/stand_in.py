"""Functions that are not bound yet: whoever tries the document out is asked for their result."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TextIO

from bythebook.adapters.bound_functions import BoundFunctions
from bythebook.adapters.dry_run import DryRun
from bythebook.engine.render import holes_of
from bythebook.routine.value import Values
from bythebook.routine.wording import Release
from bythebook.service.ports import FunctionFailure, Functions


@dataclass
class StandIn:
    """Asks the tester, field by field where a phrase names fields."""

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
        names = holes_of(phrase.text) if phrase is not None else ("result",)
        return {name: self._field(name) for name in dict.fromkeys(names)}

    def _field(self, name: str) -> str:
        print(f"  {name}: ", end="", file=self.out, flush=True)
        answer = self.source.readline().strip()
        if not answer:
            raise FunctionFailure("the tester let it fail")
        return answer


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
