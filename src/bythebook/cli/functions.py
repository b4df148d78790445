"""`bythebook functions`: what stands behind a document's functions, and whether it can be called from here."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from importlib import import_module
from pathlib import Path
from typing import Final

from bythebook.adapters.bound_functions import BoundFunctions
from bythebook.adapters.folder import DOCUMENT, find_document, read_folder
from bythebook.adapters.library import routines_at
from bythebook.adapters.shelf import CannotRun, functions_of
from bythebook.bootstrap import caller
from bythebook.cli.common import EXIT_FAILED, explained
from bythebook.compiler.compile import compile_document
from bythebook.compiler.release import BINDINGS_PATH
from bythebook.routine.model import Call
from bythebook.settings import Settings
from bythebook.source.span import SourceFile

FETCH_SECONDS_MAX: Final = 20.0


@dataclass(frozen=True, slots=True)
class Row:
    """One function."""

    function: str
    bound: str
    """`python`, a method and an address, or empty where nothing stands behind it."""

    effect: bool
    takes: tuple[str, ...]
    missing_secrets: tuple[str, ...]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("document", nargs="?", default="", help="a folder with document.md, or a shipped document")
    parser.add_argument(
        "--fetch", action="store_true", help="fetch the OpenAPI descriptions that functions.toml names"
    )
    parser.add_argument("--json", action="store_true", help="print JSON")


def run(arguments: argparse.Namespace) -> int:
    """List, or fetch; 1 where a function cannot be called from here."""
    path = find_document(arguments.document)
    return explained(lambda: _fetch(path) if arguments.fetch else _list(path, as_json=arguments.json))


def _list(path: Path, *, as_json: bool) -> int:
    rows = [row for folder in routines_at(path) for row in _rows(folder.files)]
    unique = list({row.function: row for row in rows}.values())
    if as_json:
        print(json.dumps([asdict(row) for row in unique], indent=2, ensure_ascii=False))
    else:
        wide = max((len(row.function) for row in unique), default=0)
        for row in unique:
            kind = "effect " if row.effect else "look-up"
            print(f"{row.function:{wide}}  {kind}  {row.bound or 'nothing stands behind it'}")
            for name in row.missing_secrets:
                print(f"{'':{wide}}           the secret {name} is not set here")
    return int(any(not row.bound or row.missing_secrets for row in unique))


def _rows(files: Mapping[str, bytes]) -> list[Row]:
    functions = functions_of(files, caller(Settings.read(os.environ)))
    if functions.problems:
        raise CannotRun(f"{BINDINGS_PATH} has errors; `bythebook check` shows them")
    routine = compile_document(SourceFile.of(DOCUMENT, files[DOCUMENT].decode("utf-8", "replace"))).routine
    called = [line.instruction.function for line in routine.lines if isinstance(line.instruction, Call)]
    names = dict.fromkeys([*(one.name for one in routine.functions), *called])
    return [_row(name, functions) for name in names]


def _row(name: str, functions: BoundFunctions) -> Row:
    binding = functions.bindings.get(name)
    bound = f"{binding.method} {binding.url}" if binding is not None else ""
    if name in functions.python.signatures:
        bound = "python"
    missing = functions.caller().missing_secrets(binding) if binding is not None else []
    return Row(name, bound, name in functions.effects, functions.signatures.get(name, ()), tuple(missing))


def _fetch(path: Path) -> int:
    """Keep each description beside the document: what was looked at is what runs, until it is fetched again."""
    folder = path.parent if path.name == DOCUMENT else path
    file, http, wire = (import_module(f"bythebook.adapters.{name}") for name in _FETCHING)
    addresses = file.addresses_of(read_folder(path)[1].get(BINDINGS_PATH))
    if not addresses:
        print(f"bythebook: {BINDINGS_PATH} names no description by its address", file=sys.stderr)
        return EXIT_FAILED
    client = http.HttpClient(http.Hosts.of(Settings.read(os.environ).function_hosts), answer_bytes_max=_BYTES_MAX)
    try:
        for address in addresses:
            try:
                answer = client.send(http.Asked("GET", address), FETCH_SECONDS_MAX)
                if answer.status != 200:
                    raise http.NotAnswered(f"status {answer.status}", again=False)
                wire.read_description(answer.body)
            except (http.NotAnswered, wire.DescriptionWrong) as why:
                raise CannotRun(f"{address} is not fetched: {why}") from why
            place = folder / file.description_path(address)
            before = place.read_bytes() if place.exists() else None
            place.parent.mkdir(exist_ok=True)
            place.write_bytes(answer.body)
            told = "fetched" if before is None else "as it was" if before == answer.body else "changed"
            print(f"{place}: {told}")
    finally:
        client.close()
    return 0


_FETCHING: Final = ("function_file", "guarded_http", "openapi")
"""Loaded by name: HTTP is needed where something is fetched."""

_BYTES_MAX: Final = 5_000_000
