"""The shipped document with functions that write into a ledger: what was really done, beside what the log says."""

from __future__ import annotations

import shutil
from pathlib import Path

from bythebook.adapters.folder import find_document

FUNCTIONS = '''
"""Functions that write what they do, and under which key, into a ledger."""

import os
import threading
from pathlib import Path

from bythebook.functions import IdempotencyKey, function

LEDGER = Path({ledger!r})


def done(name: str, key: str) -> None:
    """Write one line, to the disk; wait first while somebody holds this function."""
    with (LEDGER / "begun").open("a") as begun:
        begun.write(f"{{key}} {{name}} {{os.getpid()}}\\n")
    while (LEDGER / f"hold-{{name}}").exists():
        threading.Event().wait(0.02)
    line = os.open(LEDGER / "done", os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    os.write(line, f"{{key}} {{name}} {{os.getpid()}}\\n".encode())
    os.fsync(line)
    os.close(line)


@function
def provide_list_of_zero_retention_endpoints(key: IdempotencyKey) -> dict[str, str | list[str]]:
    """Tell two endpoints."""
    done("provide_list_of_zero_retention_endpoints", key)
    return {{"endpoints": ["/v1/a", "/v1/b"], "as_of": "now", "source": "here", "review": ""}}


@function
def provide_sales_contact_information(key: IdempotencyKey) -> dict[str, str]:
    """Tell where sales is."""
    done("provide_sales_contact_information", key)
    return {{"url": "there", "as_of": "now"}}


@function(effect=True)
def case_resolution(key: IdempotencyKey) -> None:
    """Write it down."""
    done("case_resolution", key)
'''


def document_with_ledger(folder: Path, *, effects: bool = False, examples: bool = True) -> Path:
    """Copy the shipped document, bind it to a ledger in the same folder, and return it.

    With `effects` every function has an effect, so that each call can be handed over. Without `examples` a process
    starts in half the time; plain messages are read alike.
    """
    document, ledger = folder / "business-associate-agreement", folder / "ledger"
    shutil.copytree(find_document(""), document)
    ledger.mkdir()
    functions = FUNCTIONS.format(ledger=str(ledger))
    if effects:
        functions = functions.replace("@function\n", "@function(effect=True)\n")
    (document / "functions.py").write_text(functions)
    if not examples:
        (document / "examples.toml").unlink()
    return document


def ledger_lines(folder: Path, name: str = "done") -> list[tuple[str, str, int]]:
    """Return key, function and process of everything that was done, or begun; the last line may be half a line."""
    path = folder / "ledger" / name
    lines = path.read_text().splitlines() if path.exists() else []
    parts = [line.split() for line in lines]
    return [(key, function, int(process)) for key, function, process in (part for part in parts if len(part) == 3)]
