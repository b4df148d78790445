"""What a finding says to write instead is written into the document: the finding is gone, and no other has come."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

import pytest

from bythebook.compiler.compile import Compiled, compile_document
from bythebook.source.diagnostic import Diagnostic, Severity
from bythebook.source.span import SourceFile

ROOT = Path(__file__).parents[2]
DOCUMENTS: Final = sorted(
    path
    for folder in ("tests/fixtures", "../shared/corpus/routines", "docs/checks")
    for path in (ROOT / folder).rglob("*.md")
)
OPENS: Final = re.compile(r"(?:if|when|whenever|in case)\s+$", re.I)
CURE: Final = re.compile(r"with the question: (?P<words>Ask the customer: \".+\" If yes)[,:]$")


def compiled(text: str) -> Compiled:
    return compile_document(SourceFile.of("document.md", text))


def cured(one: Compiled, finding: Diagnostic, words: str) -> str:
    """Return the text with a line that begins with the question, as the help says."""
    text, place = one.file.text, finding.label.span
    opens = OPENS.search(text[: place.start])
    assert opens is not None
    ends = "" if text[place.end : place.end + 1] in (",", ":") or ", then" in text[place.end : place.end + 6] else ":"
    return f"{text[: opens.start()]}{words}{ends}{text[place.end :]}"


def errors(one: Compiled) -> int:
    return sum(finding.severity is Severity.ERROR for finding in one.diagnostics)


def test_a_question_at_the_beginning_of_its_line_settles_the_condition() -> None:
    tried = 0
    left = []
    for path in DOCUMENTS:
        one = compiled(path.read_text(encoding="utf-8"))
        alike = [finding for finding in one.diagnostics if finding.name == "report-only-condition"]
        for finding in alike:
            cure = CURE.search(finding.help or "")
            if cure is None:
                continue
            tried += 1
            other = compiled(cured(one, finding, cure["words"]))
            still = [one for one in other.diagnostics if one.name == "report-only-condition"]
            if len(still) >= len(alike) or errors(other) > errors(one):
                left.append(f"{path.name}: {finding.message}")
    assert tried > 10
    assert left == []


@pytest.mark.parametrize("label", ["5e", "5d.3"])
def test_it_is_asked_only_of_those_who_come_to_the_line(label: str) -> None:
    under = label == "5d.3"
    line = 'Ask the customer: "Do you want to keep the service?" If yes: tell them how.'
    text = f"""## Cards

### Routine

1. Ask the customer: "Shall I end the service?"
   a. If the customer agrees, say: "It is ended."
   b. Else:
      - Say: "Here is how to end it."
{"      - " if under else "   c. "}{line}
2. Ask the customer: "Is there anything else?"
3. Call the `case_resolution` function.

**Function Definitions:**

- `case_resolution`: Marks the case as resolved.
"""
    one = compiled(text)
    asked = next(at for at in one.routine.lines if "keep the service" in one.file.slice(at.span))
    above = {at.label: at for at in one.routine.lines}
    parent = above.get(asked.parent or "")
    while parent is not None and parent.condition is None:
        parent = above.get(parent.parent or "")
    assert (parent is not None) is under


def test_the_help_names_the_line_whose_customers_it_may_be_for() -> None:
    one = compiled(
        """## Cards

### Routine

1. Ask the customer: "Shall I end the service?"
   a. If the customer agrees, say: "It is ended."
   b. Else, say: "Here is how to end it."
   c. If the customer has a second card, say: "Here is how."
2. Ask the customer: "Is there anything else?"
3. Call the `case_resolution` function.

**Function Definitions:**

- `case_resolution`: Marks the case as resolved.
"""
    )
    (finding,) = (one for one in one.diagnostics if one.name == "report-only-condition")
    assert finding.help == (
        "leave it if that is meant; else move it under line 1b if it is for those customers only, and begin line 1c "
        'with the question: Ask the customer: "Do you have a second card?" If yes,'
    )
