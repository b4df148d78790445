"""Lines of JSON in, lines of JSON out: one answer for each line, also for a bad one."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from typing import TextIO


def answer_lines(lines: Iterable[str], out: TextIO, answer: Callable[[Mapping[str, object]], object]) -> None:
    """Answer each line that holds something, at once; end with the input."""
    for line in lines:
        # ensure_ascii: a lone surrogate in a customer's text must not break the pipe
        print(json.dumps(_answered(line, answer)), file=out, flush=True)


def _refused(constant: str) -> object:
    raise ValueError(f"{constant} is no number")


def _answered(line: str, answer: Callable[[Mapping[str, object]], object]) -> object:
    try:
        given = json.loads(line.strip(), parse_constant=_refused)
    except (ValueError, RecursionError) as failure:
        return {"error": f"this line is not JSON: {failure}"}
    if not isinstance(given, dict):
        return {"error": "a line holds one JSON object"}
    return answer(given)
