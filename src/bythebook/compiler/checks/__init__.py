"""Every check, in the order in which they run. One line a check; one file a check."""

from __future__ import annotations

from typing import Final

from bythebook.compiler.checks import (
    ambiguous_nesting,
    duplicate_function,
    duplicate_label,
    empty_routine,
    endless_loop,
    missing_closing_question,
    missing_resolution,
    outside_instructions,
    report_only_condition,
    resolution_not_last,
    unbound_function,
    undecidable_condition,
    undefined_function,
    unfilled_argument,
    unknown_function,
    unknown_target,
    unreachable_step,
    unused_function,
    wrong_arguments,
)
from bythebook.compiler.checks.base import Check

CHECKS: Final[tuple[Check, ...]] = (
    empty_routine.CHECK,
    ambiguous_nesting.CHECK,
    duplicate_label.CHECK,
    report_only_condition.CHECK,
    undecidable_condition.CHECK,
    unknown_target.CHECK,
    outside_instructions.CHECK,
    endless_loop.CHECK,
    unreachable_step.CHECK,
    unknown_function.CHECK,
    undefined_function.CHECK,
    unused_function.CHECK,
    duplicate_function.CHECK,
    wrong_arguments.CHECK,
    unfilled_argument.CHECK,
    unbound_function.CHECK,
    missing_closing_question.CHECK,
    missing_resolution.CHECK,
    resolution_not_last.CHECK,
)
