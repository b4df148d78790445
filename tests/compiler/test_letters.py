"""Documents whose steps are A, B, C and nothing else: each line is a step, cited by its letter."""

from __future__ import annotations

from bythebook.compiler.account import Fate, account
from bythebook.compiler.compile import Compiled, compile_document
from bythebook.routine.model import Ask, Call, Collect, Goto, Group, Say
from bythebook.source.span import SourceFile

PARCELS = """# Parcels

How long does a parcel take? Three days.

A. Ask the customer for their order number.
B. Call `find_order(order_number)`.
   a. If it is not found, say: "I could not find it." Then go to step D.
C. Say: "It is on its way."
D. Ask the customer: "Is there anything else?"
E. Call the `case_resolution` function.

Functions:

- `find_order(order_number)`: finds the order.
- `case_resolution`: closes the case.
"""


def compiled(text: str) -> Compiled:
    return compile_document(SourceFile.of("document.md", text))


def test_lettered_lines_are_steps() -> None:
    found = compiled(PARCELS)
    assert not found.diagnostics
    assert [step.label for step in found.routine.steps] == ["A", "B", "C", "D", "E"]
    assert [(line.label, type(line.instruction)) for line in found.routine.lines] == [
        ("A", Collect),
        ("B", Call),
        ("Ba", Group),
        ("Ba(1)", Say),
        ("Ba(2)", Goto),
        ("C", Say),
        ("D", Ask),
        ("E", Call),
    ]
    last = found.routine.line("Ba(2)")
    assert last is not None and last.instruction == Goto("D")
    assert not [one for one in account(found) if one.fate is Fate.LOST]


def test_letters_before_answers_of_an_article_are_no_steps() -> None:
    text = PARCELS.replace("How long does a parcel take? Three days.", "A. Small\nB. Large\nC. Huge")
    text = text.replace("\nA. Ask", "\n1. Ask").replace("\nB. Call", "\n2. Call").replace("\nC. Say", "\n3. Say")
    text = text.replace("\nD. Ask", "\n4. Ask").replace("\nE. Call", "\n5. Call").replace("step D", "step 4")
    assert [step.label for step in compiled(text).routine.steps] == ["1", "2", "3", "4", "5"]
