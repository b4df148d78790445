"""What is told may be meant otherwise: a value that the customer is to confirm, a table to be looked up."""

from __future__ import annotations

from collections.abc import Iterator

from bythebook.compiler.checks.base import Check, Context
from bythebook.compiler.confirming import in_doubt
from bythebook.compiler.outline import Item
from bythebook.compiler.tables import CELLS, MARK, has_rule
from bythebook.routine.model import Ask, Collect, Line, Say
from bythebook.source.diagnostic import Diagnostic, Label, Severity
from bythebook.source.span import Span

NAME = "doubtful-telling"


def _run(context: Context) -> Iterator[Diagnostic]:
    for line in in_doubt(context.routine.steps, context.routine.functions, context.file):
        yield Diagnostic(
            NAME,
            Severity.WARNING,
            f"line {line.label} is told, and may be meant as a question",
            Label(line.span, "said, and no answer is waited for"),
            (),
            "to ask, write: Ask the customer if their address is right. To tell: Tell the customer their address.",
        )
    heads = dict(_heads(context))
    for line in context.routine.lines:
        told = isinstance(line.instruction, Say | Ask | Collect) and line.instruction.text is None
        head = heads.get(line.span) if told else None
        if head is not None:
            yield _table(line, head, context)


def _heads(context: Context) -> Iterator[tuple[Span, Item]]:
    """Yield the heads of tables, by the place of the line that they stand under."""
    for item in context.items:
        if item.parent is not None and has_rule(context.file, item.span):
            yield context.items[item.parent].span, item


def _table(line: Line, head: Item, context: Context) -> Diagnostic:
    """Return the finding of a table that a line is told with."""
    words = context.file.slice(head.span).split("\n")[0].split(MARK)
    names = [name.strip() for name in words if name.strip()]
    when = f"{names[0].lower()} is ..." if names else "..."
    says = f"the {names[1].lower()} is ..." if len(names) == CELLS else "..."
    return Diagnostic(
        NAME,
        Severity.WARNING,
        f"the table under line {line.label} is told whole, and no row of it is looked up",
        Label(head.span, "one text for every customer"),
        (),
        f'leave it if all of it is meant; else write each row as a line of its own: - If the {when}, say: "{says}"',
    )


CHECK = Check(NAME, __doc__ or "", _run)
