"""Turn a diagnostic into what a person or a machine reads."""

from __future__ import annotations

from collections.abc import Mapping

from bythebook.source.diagnostic import Diagnostic, Label
from bythebook.source.span import SourceFile


def render(diagnostic: Diagnostic, file: SourceFile) -> str:
    """Return the finding with its line and a caret under the place."""
    line, column = file.position(diagnostic.label.span.start)
    parts = [
        f"{diagnostic.severity.value}[{diagnostic.name}]: {diagnostic.message}",
        f" --> {file.path}:{line}:{column}",
        *_excerpt(diagnostic.label, file, "^"),
    ]
    for label in diagnostic.related:
        parts += _excerpt(label, file, "-")
    if diagnostic.help is not None:
        parts.append(f"help: {diagnostic.help}")
    return "\n".join(parts)


def render_concise(diagnostic: Diagnostic, file: SourceFile) -> str:
    """Return the finding in one line."""
    line, column = file.position(diagnostic.label.span.start)
    return f"{file.path}:{line}:{column}: {diagnostic.severity.value}[{diagnostic.name}] {diagnostic.message}"


def as_json(diagnostic: Diagnostic, file: SourceFile) -> Mapping[str, object]:
    """Return the finding as plain data: 1-based lines and columns, the end exclusive."""
    return {
        "name": diagnostic.name,
        "severity": diagnostic.severity.value,
        "message": diagnostic.message,
        "help": diagnostic.help,
        **_place(diagnostic.label, file),
        "related": [_place(label, file) for label in diagnostic.related],
    }


def _place(label: Label, file: SourceFile) -> dict[str, object]:
    line, column = file.position(label.span.start)
    end_line, end_column = file.position(label.span.end)
    return {
        "path": file.path,
        "line": line,
        "column": column,
        "end_line": end_line,
        "end_column": end_column,
        "label": label.text,
    }


def _excerpt(label: Label, file: SourceFile, mark: str) -> list[str]:
    line, column = file.position(label.span.start)
    text = file.line(line)
    width = max(1, min(label.span.end - label.span.start, len(text) - column + 1))
    gutter = f"{line:>4} | "
    # A tab before the place is kept a tab, so the caret stands under it on every terminal.
    lead = "".join("\t" if character == "\t" else " " for character in text[: column - 1])
    return [gutter + text, f"{' ' * (len(gutter) - 2)}| {lead}{mark * width} {label.text}".rstrip()]
