"""Findings as SARIF 2.1.0 (OASIS standard), which code hosts and editors show beside the lines.

Paths are relative to where the command ran, with `%SRCROOT%` as their base; columns count code points.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Final
from urllib.parse import quote

from bythebook.adapters.check_pages import read_page
from bythebook.cli.checking import Checked, Found
from bythebook.compiler.accepting import key_of
from bythebook.compiler.check_names import SUMMARIES
from bythebook.source.diagnostic import WHOLE_FILE, Label
from bythebook.source.span import SourceFile

SCHEMA: Final = "https://json.schemastore.org/sarif-2.1.0.json"
VERSION: Final = "2.1.0"
ROOT: Final = "%SRCROOT%"


def as_sarif(checked: Sequence[Checked], shown: Iterable[tuple[Checked, Found]], version: str) -> dict[str, object]:
    """Return the log of one run, with a rule for every check that found something."""
    results = list(shown)
    names = sorted({found.diagnostic.name for _, found in results})
    rules = {name: number for number, name in enumerate(names)}
    return {
        "$schema": SCHEMA,
        "version": VERSION,
        "runs": [
            {
                "tool": {
                    "driver": {
                        "name": "bythebook",
                        "version": version,
                        "semanticVersion": version,
                        "rules": [_rule(name) for name in names],
                    }
                },
                "columnKind": "unicodeCodePoints",
                "originalUriBaseIds": {ROOT: {"description": {"text": "the folder that the command ran in"}}},
                "artifacts": [
                    {"location": _location(file.path)} for document in checked for file in document.files.values()
                ],
                "results": [_result(document, found, rules) for document, found in results],
            }
        ],
    }


def _rule(name: str) -> dict[str, object]:
    summary = SUMMARIES.get(name, name)
    page = read_page(name) or f"# `{name}`\n\n{summary}\n"
    return {
        "id": name,
        "name": "".join(part.capitalize() for part in name.split("-")),
        "shortDescription": {"text": summary},
        "fullDescription": {"text": summary},
        "help": {"text": page, "markdown": page},
    }


def _result(document: Checked, found: Found, rules: Mapping[str, int]) -> dict[str, object]:
    diagnostic = found.diagnostic
    text = diagnostic.message if diagnostic.help is None else f"{diagnostic.message}\nhelp: {diagnostic.help}"
    result: dict[str, object] = {
        "ruleId": diagnostic.name,
        "ruleIndex": rules[diagnostic.name],
        "level": diagnostic.severity.value,
        "message": {"text": text},
        "locations": [_place(diagnostic.label, found.file)],
    }
    others = ((label, document.files.get(label.path) if label.path else found.file) for label in diagnostic.related)
    related = [
        {**_place(label, file), "id": number, "message": {"text": label.text}}
        for number, (label, file) in enumerate(others, start=1)
        if file is not None
    ]
    if related:
        result["relatedLocations"] = related
    if key := key_of(diagnostic):
        result["properties"] = {"accept": key}
    if found.accepted is not None:
        result["suppressions"] = [{"kind": "external", "status": "accepted", "justification": found.accepted}]
    return result


def _place(label: Label, file: SourceFile) -> dict[str, object]:
    physical: dict[str, object] = {"artifactLocation": _location(file.path)}
    if label != WHOLE_FILE:
        (line, column), (end_line, end_column) = (file.position(at) for at in (label.span.start, label.span.end))
        physical["region"] = {
            "startLine": line,
            "startColumn": column,
            "endLine": end_line,
            "endColumn": end_column,
            "snippet": {"text": file.slice(label.span)},
        }
    return {"physicalLocation": physical}


def _location(path: str) -> dict[str, object]:
    try:
        shown = os.path.relpath(path)
    except ValueError:
        # Another drive: there is no way from here to there.
        return {"uri": Path(path).resolve().as_uri()}
    return {"uri": quote(Path(shown).as_posix()), "uriBaseId": ROOT}
