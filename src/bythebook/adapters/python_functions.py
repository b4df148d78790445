"""Binds an author's `functions.py`: the one place where code that comes with a document is run.

It is run from the bytes of a release: a case is served by the code it began with, whatever is on disk now.
"""

from __future__ import annotations

import ast
import hashlib
import inspect
import sys
import tomllib
import traceback
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import PurePosixPath
from types import FunctionType, MappingProxyType, ModuleType
from typing import Final

from bythebook.adapters.function_types import (
    Context,
    Expected,
    NotAllowed,
    as_values,
    parameter_type,
    result_fields,
    type_hints,
)
from bythebook.functions import DECLARED, Data, Declared, Failed, Table
from bythebook.routine.value import Value, Values
from bythebook.service.ports import FunctionFailure

REASON_CHARACTERS_MAX: Final = 200
DATA: Final = "data/"

_PLAIN: Final = (inspect.Parameter.POSITIONAL_OR_KEYWORD, inspect.Parameter.KEYWORD_ONLY)


class FunctionsBroken(Exception):
    """The author's functions or data files cannot be used; says where, and what to write instead."""

    def __init__(self, place: str, message: str, help: str) -> None:
        super().__init__(f"{place}: {message}\nhelp: {help}")
        self.place = place
        """File and line: `functions.py:12`."""

        self.message = message
        self.help = help


@dataclass(frozen=True, slots=True)
class ReviewProblem:
    """A data file that customers should not be told from before somebody has compared it with its source."""

    file: str
    message: str
    help: str
    key: str
    """The key of the file that it is about; the file may not have it."""

    def __str__(self) -> str:
        return f"{self.file}: {self.message}; {self.help}"


@dataclass(frozen=True, slots=True)
class Bound:
    """One function of the author's, with all that a call has to know."""

    run: Callable[..., object]
    takes: Mapping[str, Expected]
    """What the document must give, by parameter."""

    context: Mapping[str, Context]
    """What is given by the assistant, by parameter."""

    fields: tuple[str, ...] | None
    """The names of the result's fields, where its type tells them."""

    effect: bool


class PythonFunctions:
    """The functions of one release's `functions.py`, as the Functions port wants them."""

    def __init__(self, file: str, functions: Mapping[str, Bound], data: Mapping[str, Table]) -> None:
        self._file = file
        self._functions = functions
        self._tables = data
        self._data = Data(data)

    @property
    def signatures(self) -> Mapping[str, tuple[str, ...]]:
        """By function: the parameters that a document must give, in their order."""
        return {name: tuple(bound.takes) for name, bound in self._functions.items()}

    @property
    def fields(self) -> Mapping[str, tuple[str, ...] | None]:
        """By function: the names of the result's fields, or None where only a call can tell."""
        return {name: bound.fields for name, bound in self._functions.items()}

    @property
    def effects(self) -> frozenset[str]:
        """The functions that change something outside; the others only look up."""
        return frozenset(name for name, bound in self._functions.items() if bound.effect)

    def call(self, function: str, arguments: Values, key: str) -> Values:
        """Call the author's function; raise FunctionFailure with a short reason."""
        bound = self._functions.get(function)
        if bound is None:
            raise FunctionFailure(f"{self._file} has no function `{function}`")
        given = {**_checked(function, bound, arguments), **self._context(bound, key)}
        try:
            result = bound.run(**given)
        except Failed as failed:
            raise FunctionFailure(_short(str(failed) or f"`{function}` failed without a reason")) from failed
        except (Exception, SystemExit) as error:
            # Its message may hold what must not be logged (an address with a password); the place does not.
            raise FunctionFailure(f"{type(error).__name__} at {_place(error, self._file)}") from error
        try:
            return as_values(result)
        except NotAllowed as problem:
            raise FunctionFailure(_short(f"`{function}` returned {problem}")) from problem

    def review_problems(self, today: date) -> list[ReviewProblem]:
        """Return the data files that nobody has reviewed, or not in time, sorted by name."""
        problems = []
        for name, table in sorted(self._tables.items()):
            problem = _review_problem(table, today)
            if problem is not None:
                problems.append(ReviewProblem(f"data/{name}.toml", *problem))
        return problems

    def _context(self, bound: Bound, key: str) -> Mapping[str, object]:
        given = {Context.DATA: self._data, Context.KEY: key}
        return {name: given[context] for name, context in bound.context.items()}


def load_functions(source: bytes, name: str, data: Mapping[str, bytes]) -> PythonFunctions:
    """Run the author's file and bind what it declares; raise FunctionsBroken.

    `name` is the file's name for messages; `data` holds the release's TOML files under `data/`, by path.
    """
    tables = dict(_table(path.removeprefix(DATA), content) for path, content in data.items())
    functions: dict[str, Bound] = {}
    for given, target in vars(_run(source, name)).items():
        declared = getattr(target, DECLARED, None)
        if isinstance(declared, Declared):
            if not isinstance(target, FunctionType):
                raise FunctionsBroken(
                    f"{name}:1", f"`{given}` is not a plain function", "put `@function` on top of a `def`"
                )
            functions[target.__name__] = _bind(target, declared, name)
    return PythonFunctions(name, functions, tables)


def _run(source: bytes, name: str) -> ModuleType:
    """Execute the file as a module of its own, whose name follows from its bytes."""
    try:
        tree = ast.parse(source, filename=name)
        _refuse_twice(tree, name)
        code = compile(tree, name, "exec", dont_inherit=True)
    except SyntaxError as error:
        raise FunctionsBroken(
            f"{name}:{error.lineno or 1}", f"this is not Python: {error.msg}", "correct this line"
        ) from error
    except ValueError as error:
        raise FunctionsBroken(f"{name}:1", "this is not a text file", "save it as UTF-8") from error
    module = ModuleType(f"bythebook_author_{hashlib.sha256(source).hexdigest()[:16]}")
    module.__file__ = name
    # Dataclasses and TypedDicts look their module up by its name.
    sys.modules[module.__name__] = module
    try:
        exec(code, module.__dict__)
    except (Exception, SystemExit) as error:
        sys.modules.pop(module.__name__, None)
        raise FunctionsBroken(
            _place(error, name),
            f"the file stops here with {type(error).__name__}: {_short(str(error))}",
            "let the file only import and define; do the work inside the functions",
        ) from error
    return module


def _refuse_twice(tree: ast.Module, name: str) -> None:
    first: dict[str, int] = {}
    for part in tree.body:
        if isinstance(part, ast.FunctionDef | ast.AsyncFunctionDef):
            if part.name in first:
                raise FunctionsBroken(
                    f"{name}:{part.lineno}",
                    f"`{part.name}` is defined twice, first in line {first[part.name]}",
                    "rename or remove one of them",
                )
            first[part.name] = part.lineno


def _bind(target: FunctionType, declared: Declared, file: str) -> Bound:
    place = f"{file}:{inspect.unwrap(target).__code__.co_firstlineno}"
    if inspect.iscoroutinefunction(target):
        raise FunctionsBroken(place, f"`{target.__name__}` is an `async def`", "write `def`")
    try:
        hints = type_hints(target)
        takes: dict[str, Expected] = {}
        context: dict[str, Context] = {}
        for parameter in inspect.signature(target).parameters.values():
            _refuse_unplain(parameter)
            found = parameter_type(parameter.name, hints)
            if isinstance(found, Context):
                context[parameter.name] = found
            else:
                takes[parameter.name] = found
        fields = result_fields(hints)
    except NotAllowed as problem:
        message = f"in `{target.__name__}`, {problem}"
        raise FunctionsBroken(place, message, problem.help) from problem
    return Bound(target, takes, context, fields, declared.effect)


def _refuse_unplain(parameter: inspect.Parameter) -> None:
    if parameter.kind not in _PLAIN:
        raise NotAllowed(f"`{parameter}` is not a plain parameter", "name each parameter, without `*`, `**` or `/`")
    if parameter.default is not inspect.Parameter.empty:
        raise NotAllowed(
            f"`{parameter.name}` has a default, which the document does not say",
            "remove the default, or keep the value in data/",
        )


def _checked(function: str, bound: Bound, arguments: Values) -> Mapping[str, Value | list[object]]:
    """Return the arguments as the function wants them; raise FunctionFailure when they do not fit."""
    if set(arguments) != set(bound.takes):
        takes, got = (", ".join(f"`{name}`" for name in names) for names in (bound.takes, arguments))
        raise FunctionFailure(f"`{function}` takes {takes or 'nothing'} and was given {got or 'nothing'}")
    given = {}
    for name, expected in bound.takes.items():
        if not expected.allows(arguments[name]):
            raise FunctionFailure(f"`{function}` takes {expected} as `{name}` and was given something else")
        given[name] = expected.convert(arguments[name])
    return given


def _table(path: str, content: bytes) -> tuple[str, Table]:
    """Return the name under which a function asks for the file, and what stands in it."""
    file = DATA + path
    name = path.removesuffix(".toml")
    if name == path:
        raise FunctionsBroken(
            file, "data files are TOML", f"write it as {DATA}{PurePosixPath(path).with_suffix('.toml')}"
        )
    try:
        return name, Table(file, _frozen(tomllib.loads(content.decode("utf-8"))))
    except tomllib.TOMLDecodeError as error:
        raise FunctionsBroken(file, f"this is not TOML: {error}", "correct this line") from error
    except UnicodeDecodeError as error:
        raise FunctionsBroken(file, "this is not a text file", "save it as UTF-8") from error


def _frozen(values: Mapping[str, object]) -> Mapping[str, object]:
    """Return the table as nobody can change it, so that one call cannot alter what the next one reads."""
    return MappingProxyType({name: _frozen_value(value) for name, value in values.items()})


def _frozen_value(value: object) -> object:
    if isinstance(value, list):
        return tuple(_frozen_value(item) for item in value)
    return _frozen(value) if isinstance(value, dict) else value


def _review_problem(table: Table, today: date) -> tuple[str, str, str] | None:
    """Return what keeps the file from production, what to do, and the key it is about, or None."""
    by, due = table.raw("reviewed_by"), table.raw("review_due")
    if isinstance(due, datetime):
        due = due.date()
    if not isinstance(by, str) or not by.strip():
        return (
            "nobody has reviewed this data",
            'compare it with its source, then write your name: `reviewed_by = "..."`',
            "reviewed_by",
        )
    if not isinstance(due, date):
        return "it has no review date", "write one without quotes: `review_due = 2030-12-31`", "review_due"
    if due < today:
        return (
            f"its review was due on {due.isoformat()}",
            "compare it with its source and set `review_due` anew",
            "review_due",
        )
    return None


def _place(error: BaseException, file: str) -> str:
    """Return the last line of the author's file that the error came through."""
    frames = traceback.extract_tb(error.__traceback__)
    line = next((frame.lineno for frame in reversed(frames) if frame.filename == file), None)
    return f"{file}:{line}" if line else f"{file}:1"


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= REASON_CHARACTERS_MAX else line[: REASON_CHARACTERS_MAX - 1] + "…"
