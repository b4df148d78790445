"""Holds the bindings of functions.toml against the document: its functions, and the parameters it gives them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from bythebook.compiler.compile import Compiled
from bythebook.compiler.problems import Problems, ReleaseProblem
from bythebook.compiler.release import BINDINGS_PATH
from bythebook.engine.outcome import plain
from bythebook.routine.model import Call
from bythebook.source.suggest import did_you_mean

NAME: Final = "broken-binding"


@dataclass(frozen=True, slots=True)
class Binding:
    """What a function takes where it is bound."""

    takes: tuple[str, ...]
    needs: tuple[str, ...]


def check_bindings(
    bound: Mapping[str, Binding], python: frozenset[str], compiled: Compiled, raw: bytes | None
) -> Iterator[ReleaseProblem]:
    """Return the findings, in functions.toml; `python` are functions of functions.py of which it says something."""
    problems = Problems.of(BINDINGS_PATH, raw)
    calls = [line.instruction for line in compiled.routine.lines if isinstance(line.instruction, Call)]
    defined = {one.name: tuple(parameter.name for parameter in one.parameters) for one in compiled.routine.functions}
    known = {*defined, *(call.function for call in calls)}
    for name in (*bound, *sorted(python)):
        at = problems.places.at("function", name)
        if name not in known:
            help = did_you_mean(name, sorted(known)) or "remove it, or call it in the document"
            problems.error(NAME, f"the document has no function `{name}`", help, at)
            continue
        given = {plain(one) for one in defined.get(name, ())}
        given |= {plain(one) for call in calls if call.function == name for one in call.arguments}
        missing = [one for one in bound[name].needs if plain(one) not in given] if name in bound and given else []
        strange = [one for one in defined.get(name, ()) if name in bound and plain(one) not in _plain(bound[name])]
        if missing:
            message = f"`{name}` needs `{missing[0]}`, which the document does not give it"
            problems.error(NAME, message, f"add `{missing[0]}` to its parameters in the document", at)
        elif strange:
            names = ", ".join(f'"{one}"' for one in defined[name])
            message = f"`{name}` is given `{strange[0]}` by the document, which is sent nowhere"
            problems.error(NAME, message, f"add it here: arguments = [{names}]", at)
    yield from problems.found


def _plain(binding: Binding) -> frozenset[str]:
    return frozenset(plain(one) for one in binding.takes)
