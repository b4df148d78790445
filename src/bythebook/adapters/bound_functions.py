"""All functions that stand behind a document's names: in Python, and behind addresses.

What HTTP needs is loaded by name, and only for a document that has a functions.toml: most have none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from importlib import import_module
from typing import Any, Protocol

from bythebook.adapters.check_bindings import Binding, check_bindings
from bythebook.adapters.python_functions import PythonFunctions, ReviewProblem, load_functions
from bythebook.compiler.compile import Compiled
from bythebook.compiler.problems import ReleaseProblem
from bythebook.compiler.release import BINDINGS_PATH, DATA_PREFIX, FUNCTIONS_PATH
from bythebook.routine.value import Values
from bythebook.service.ports import FunctionFailure


class Caller(Protocol):
    """Calls over HTTP (`http_functions.py`)."""

    def call(self, binding: Any, arguments: Values, key: str) -> Values: ...

    def preview(self, binding: Any, arguments: Values, key: str) -> str: ...

    def missing_secrets(self, binding: Any) -> list[str]: ...


def no_caller() -> Caller:
    """Stand where nothing is called: a check reads what is bound."""
    raise AssertionError("nothing is called here")


@dataclass
class BoundFunctions:
    """The functions of one release, as the Functions port wants them."""

    python: PythonFunctions
    bindings: Mapping[str, Any] = field(default_factory=dict)
    """By function: what it is bound to over HTTP (`http_binding.py`)."""

    said: Mapping[str, bool] = field(default_factory=dict)
    """By function in Python: whether it has an effect, where functions.toml says so."""

    broken: frozenset[str] = frozenset()
    """The functions whose binding cannot be used."""

    nothing: frozenset[str] = frozenset()
    """The functions that have nothing to do outside."""

    caller: Callable[[], Caller] = no_caller
    problems: tuple[ReleaseProblem, ...] = ()
    """What is wrong with functions.toml."""

    @property
    def signatures(self) -> Mapping[str, tuple[str, ...]]:
        """By function: the parameters that a document must give, in their order."""
        over_http = {name: one.takes for name, one in self.bindings.items()}
        return {**self.python.signatures, **dict.fromkeys((*self.broken, *self.nothing), ()), **over_http}

    @property
    def fields(self) -> Mapping[str, tuple[str, ...] | None]:
        """By function: the names of the result's fields, or None where only a call can tell."""
        return {
            **self.python.fields,
            **dict.fromkeys(self.nothing, ()),
            **{name: one.fields for name, one in self.bindings.items()},
        }

    @property
    def effects(self) -> frozenset[str]:
        """The functions that change something outside; the others only look up."""
        declared = {name: name in self.python.effects for name in self.python.signatures}
        over_http = {name: one.effect for name, one in self.bindings.items()}
        return frozenset(name for name, effect in {**declared, **self.said, **over_http}.items() if effect)

    @property
    def over_http(self) -> frozenset[str]:
        """The functions whose arguments are held against functions.toml, and not against Python."""
        return self.broken.union(self.bindings, self.nothing)

    def call(self, function: str, arguments: Values, key: str) -> Values:
        """Call what is bound; raise FunctionFailure with a short reason."""
        if function in self.nothing:
            return {}
        binding = self.bindings.get(function)
        if binding is None:
            return self.python.call(function, arguments, key)
        return self.caller().call(binding, arguments, key)

    def preview(self, function: str, arguments: Values, key: str) -> str:
        """Return what a call would send, or be given, in words; nothing is called."""
        if function in self.nothing:
            return "nothing: it has nothing to do outside"
        binding = self.bindings.get(function)
        if binding is None:
            given = ", ".join(f"{name}={value!r}" for name, value in arguments.items())
            return f"{function}({given})"
        try:
            return self.caller().preview(binding, arguments, key)
        except FunctionFailure as failure:
            return f"nothing: {failure}"

    def review_problems(self, today: date) -> list[ReviewProblem]:
        """Return the data files that nobody has reviewed, or not in time."""
        return self.python.review_problems(today)

    def missing_secrets(self) -> list[str]:
        """Return the names of the secrets that functions over HTTP ask for and that are not set here."""
        found = [name for one in self.bindings.values() for name in self.caller().missing_secrets(one)]
        return list(dict.fromkeys(found))

    def misfits(self, compiled: Compiled, files: Mapping[str, bytes]) -> Iterator[ReleaseProblem]:
        """Return what is wrong with bindings beside this document: names and parameters that it does not have."""
        bound = {name: Binding(one.takes, one.needs) for name, one in self.bindings.items()}
        yield from check_bindings(bound, frozenset(self.said), compiled, files.get(BINDINGS_PATH))


def bound_functions(files: Mapping[str, bytes], caller: Callable[[], Caller] = no_caller) -> BoundFunctions:
    """Return what a release's files bind; raise FunctionsBroken for what is wrong in Python."""
    data = {path: content for path, content in files.items() if path.startswith(DATA_PREFIX)}
    python = load_functions(files.get(FUNCTIONS_PATH, b""), FUNCTIONS_PATH, data)
    if BINDINGS_PATH not in files:
        return BoundFunctions(python)
    file = import_module("bythebook.adapters.function_file").read_function_file(files, tuple(python.signatures))
    return BoundFunctions(python, file.bindings, file.effects, file.broken, file.nothing, caller, file.problems)
