"""What stands behind the functions of a draft: read from the files that a developer brought, never called."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from bythebook.adapters.bound_functions import BoundFunctions, bound_functions
from bythebook.adapters.python_functions import FunctionsBroken
from bythebook.adapters.returned_names import returned_names
from bythebook.compiler.accepting import UNREVIEWED
from bythebook.compiler.checks.base import Beside
from bythebook.compiler.problems import ReleaseProblem
from bythebook.compiler.release import BINDINGS_PATH, DATA_PREFIX, DESCRIPTIONS_PREFIX, FUNCTIONS_PATH
from bythebook.compiler.toml_places import Places
from bythebook.service.analysis import Behind
from bythebook.service.drafts import Files
from bythebook.service.ports import Clock
from bythebook.service.remembered import Remembered
from bythebook.source.diagnostic import WHOLE_FILE, Diagnostic, Severity

REMEMBERED: Final = 32
"""Sets of functions that are read once."""


@dataclass
class DraftBindings:
    """Implements the Bindings port. Typing in a document does not have its functions read anew."""

    clock: Clock
    _known: Remembered[tuple[str, date], Behind] = field(default_factory=lambda: Remembered(REMEMBERED))

    def __call__(self, files: Files) -> Behind:
        """Return what stands behind a draft's functions."""
        today = self.clock.now().date()
        return self._known.of((_digest(files), today), lambda: _standing(files, today))


def _standing(files: Files, today: date) -> Behind:
    if FUNCTIONS_PATH not in files and BINDINGS_PATH not in files:
        return Behind()
    try:
        functions = bound_functions(files)
    except FunctionsBroken as broken:
        path = broken.place.partition(":")[0]
        why = f"{broken.place}: {broken.message}"
        found = Diagnostic("broken-functions", Severity.ERROR, why, WHOLE_FILE, help=broken.help)
        return Behind(problems=(ReleaseProblem(path, found),))
    returned = returned_names(files.get(FUNCTIONS_PATH, b""), functions.fields)
    return Behind(
        functions.signatures,
        functions.fields,
        Beside(returned=returned, elsewhere=functions.over_http),
        (*functions.problems, *_unreviewed(functions, files, today)),
        lambda compiled: () if functions.problems else tuple(functions.misfits(compiled, files)),
    )


def _unreviewed(functions: BoundFunctions, files: Files, today: date) -> Iterator[ReleaseProblem]:
    for one in functions.review_problems(today):
        places = Places.of(one.file, files.get(one.file))
        at = places.at(one.key, under="customers are told what stands here")
        yield ReleaseProblem(one.file, Diagnostic(UNREVIEWED, Severity.WARNING, one.message, at, help=one.help))


def _digest(files: Files) -> str:
    digest = hashlib.sha256()
    for path in sorted(files):
        if path in (FUNCTIONS_PATH, BINDINGS_PATH) or path.startswith((DATA_PREFIX, DESCRIPTIONS_PREFIX)):
            digest.update(b"%s\0%d\0" % (path.encode(), len(files[path])))
            digest.update(files[path])
    return digest.hexdigest()
