"""A line stands beside the line that it belongs to by its marker, not under it."""

from __future__ import annotations

from collections.abc import Iterator

from bythebook.compiler.checks.base import Check, Context
from bythebook.compiler.outline import Rank
from bythebook.source.diagnostic import Diagnostic, Label, Severity

NAME = "ambiguous-nesting"


def _run(context: Context) -> Iterator[Diagnostic]:
    for item in context.items:
        above = context.items[item.parent] if item.parent is not None else None
        # A letter beside a number is plain; a numeral or a bullet beside a letter could be meant either way.
        if above is None or not item.beside or above.rank is Rank.NUMBER:
            continue
        if context.file.slice(above.span).rstrip(" *").endswith(":"):
            continue
        yield Diagnostic(
            NAME,
            Severity.WARNING,
            f"this line stands beside line {above.label}, and is read as part of it: line {item.label}",
            Label(item.marker_span, f"read as {item.label}"),
            (Label(above.marker_span, f"part of this line, {above.label}"),),
            f"indent the line so that it stands under {above.label}, to say so plainly",
        )


CHECK = Check(NAME, __doc__ or "", _run)
